"""Which cell of a submission is which of the instructor's: by name, by id, by the function that it defines, by its text, by its place."""

import re
from collections.abc import Callable

from nbformat import NotebookNode

from autograder.grading.inbox.listing import listed
from autograder.grading.inbox.original import Original, OriginalCell
from autograder.grading.inbox.recognising import squeezed
from autograder.grading.inbox.texts import defines, has_maths, like, parses, some, writes

# So many texts are compared with so many others at the most; a notebook that was saved with its names has none to compare.
MOST_COMPARED = 200
FLAGS = ("grade", "solution", "locked", "task", "points")
_CHECKS = re.compile(r"""\bCheck\(\s{0,100}["'](\w{1,100})["']""")
_READS = re.compile(r"""\bcheck_writeup\(\s{0,100}["'](\w{1,100})["']""")


class Recognition:
    """The cells of a submission and what they were taken for.

    Parameters
    ----------
    cells
        The submission's cells, each with an ``id`` of its own.
    original
        The instructor's notebook.

    Attributes
    ----------
    claims
        By the name of an instructor's cell, the cells that are taken for it, in their order.
    foreign
        Names that no cell of the instructor's has.
    guessed
        Names of the cells that were recognised by something else than a name or an id.
    shared
        By a write-up of which there is no cell, another one that may hold its text, too.
    doubtful
        Write-ups recognised by their place whose statement is not there: the text may be the answer to another one.
    by_id
        Names of the cells that have an id and no name.
    """

    def __init__(self, cells: list[NotebookNode], original: Original):
        self.cells, self.original = cells, original
        self.claims: dict[str, list[NotebookNode]] = {}
        self.foreign: list[str] = []
        self.guessed: list[str] = []
        self.by_id: list[str] = []
        self.shared: dict[str, str] = {}
        self.doubtful: list[str] = []
        self._taken: set[str] = set()
        self._known = {squeezed(text) for text in original.prose} | {squeezed(cell.text) for cell in original.cells}
        self._like_released: dict[str, bool] = {}
        self._by_name()
        self._by_function()
        self._by_text()
        self._by_place()

    def is_free(self, cell: NotebookNode) -> bool:
        """Whether a cell was taken for none of the instructor's."""
        return cell.id not in self._taken

    def is_own(self, cell: NotebookNode) -> bool:
        """Whether a cell is the student's own: not the instructor's, nor a copy of it, nor empty."""
        return self.is_free(cell) and bool(cell.source.strip()) and not self._is_released(cell)

    def release(self, cell: NotebookNode) -> None:
        """Take a cell for none of the instructor's any more."""
        self._taken.discard(cell.id)
        for cells in self.claims.values():
            cells[:] = [each for each in cells if each is not cell]

    def claim(self, name: str, cell: NotebookNode) -> None:
        """Take a cell for one of the instructor's."""
        self.claims.setdefault(name, []).append(cell)
        self._taken.add(cell.id)

    def _is_released(self, cell: NotebookNode) -> bool:
        text = squeezed(cell.source)
        if text in self._known:
            return True
        if cell.cell_type == "code":
            return False
        if text not in self._like_released:
            texts = [
                *self.original.prose,
                *(each.text for each in self.original.cells if not each.is_answer and each.kind == "markdown"),
            ]
            self._like_released[text] = len(self._like_released) < MOST_COMPARED and any(like(cell.source, each) for each in texts)
        return self._like_released[text]

    def _by_name(self) -> None:
        known = self.original.by_name
        for cell in self.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            others = [each for each in (cell.id, cell.metadata.get("id")) if isinstance(each, str) and each in known]
            if isinstance(name, str) and name in known:
                self.claim(name, cell)
            elif others:
                self.claim(others[0], cell)
                self.by_id.append(others[0])
            elif isinstance(name, str) and name:
                self.foreign.append(name)

    def _missing(self, wanted: Callable[[OriginalCell], bool]) -> list[OriginalCell]:
        return [cell for cell in self.original.cells if not self.claims.get(cell.name) and wanted(cell)]

    def _guess(self, name: str, cell: NotebookNode) -> None:
        self.claim(name, cell)
        self.guessed.append(name)

    def _by_function(self) -> None:
        free = [cell for cell in self.cells if self.is_free(cell) and (cell.cell_type == "code" or parses(cell.source))]
        for missing in self._missing(lambda each: each.is_answer and each.kind == "code"):
            found = [cell for cell in free if self.is_free(cell) and any(defines(cell.source, name) for name in missing.functions)]
            written = [cell for cell in found if any(writes(cell.source, name) for name in missing.functions)]
            if found:
                self._guess(missing.name, (written or found)[-1])

    def _by_text(self) -> None:
        free = [cell for cell in self.cells if self.is_free(cell)]
        by_text = {squeezed(cell.source): cell for cell in free}
        for missing in self._missing(lambda each: not each.is_answer):
            same = by_text.get(squeezed(missing.text)) or self._by_call(missing, free)
            if same is not None and self.is_free(same):
                self._guess(missing.name, same)
        free = [cell for cell in free if self.is_free(cell)][:MOST_COMPARED]
        for missing in self._missing(lambda each: not each.is_answer):
            for cell in free:
                if self.is_free(cell) and cell.cell_type == missing.kind and like(cell.source, missing.text):
                    self._guess(missing.name, cell)
                    break

    def _by_call(self, missing: OriginalCell, free: list[NotebookNode]) -> NotebookNode | None:
        for pattern, wanted in ((_CHECKS, _CHECKS.search(missing.text)), (_READS, _READS.search(missing.text))):
            if wanted is None:
                continue
            for cell in free:
                found = pattern.search(cell.source) if self.is_free(cell) and cell.cell_type != "markdown" else None
                if found is not None and found[1] == wanted[1]:
                    return cell
        return None

    def _by_place(self) -> None:
        """Derivations: whatever the student wrote between the instructor's cells before and behind the place of a missing one.

        A cell that calls itself a write-up, with other points or flags, is none where there is another text.
        """
        groups: dict[tuple[int, int], list[OriginalCell]] = {}
        for each in self.original.cells:
            if each.is_writeup and not any(is_faithful(cell, each) for cell in self.claims.get(each.name, [])):
                groups.setdefault(self._gap(self.original.order[each.name]), []).append(each)
        for (start, end), missing in groups.items():
            between = [cell for cell in self.cells[start:end] if is_text(cell) and self.is_free(cell)]
            written = [cell for cell in between if self.is_own(cell)]
            if len(written) == len(missing):
                found = [(each, [cell]) for each, cell in zip(missing, written, strict=True)]
            else:
                # Which is whose cannot be said: the first has all of them, and a person looks there for the others.
                found = [(missing[0], written)]
                self.shared |= {each.name: missing[0].name for each in missing[1:] if written}
            for each, cells in found:
                before = self.original.cells[max(self.original.order[each.name] - 1, 0)]
                if cells and not self.claims.get(before.name):
                    self.doubtful.append(each.name)
                stubs = [cell for cell in between if squeezed(cell.source) == squeezed(each.text) and self.is_free(cell)][:1]
                for cell in cells or ([] if self.claims.get(each.name) else stubs):
                    self.claim(each.name, cell)
                    self.guessed.append(each.name)
        self.guessed = list(dict.fromkeys(self.guessed))

    def _gap(self, order: int) -> tuple[int, int]:
        """From the nearest of the cells that come before it in the instructor's notebook to whichever is found next: others may be anywhere."""
        places = {cell.id: place for place, cell in enumerate(self.cells)}
        found = {self.original.order[name]: [places[cell.id] for cell in cells] for name, cells in self.claims.items() if cells}
        nearest = max((each for each in found if each < order), default=None)
        start = 0 if nearest is None else found[nearest][0] + 1
        behind = [place for each, all_places in found.items() if each != order for place in all_places if place >= start]
        return start, min(behind, default=len(self.cells))


def is_text(cell: NotebookNode) -> bool:
    """Whether a cell holds prose or formulas, whatever kind of cell it is."""
    return cell.cell_type != "code" or (has_maths(cell.source) and not parses(cell.source))


def is_faithful(cell: NotebookNode, original: OriginalCell) -> bool:
    """Whether a cell has the flags and points of the instructor's, or none at all."""
    grading = cell.metadata.get("nbgrader")
    if not grading:
        return True
    return all(grading.get(flag, original.grading.get(flag)) == original.grading.get(flag) for flag in FLAGS)


def remarks_on(found: Recognition) -> list[str]:
    """What is to be known about how the cells were recognised."""
    remarks = []
    if found.foreign:
        names = list(dict.fromkeys(found.foreign))
        remarks.append(f"no cell of this assignment is called {listed(names, 8)}: taken for ordinary cells")
    if found.by_id:
        which = f"{len(found.by_id)} cells" if len(found.by_id) > 8 else some(list(dict.fromkeys(found.by_id)))
        remarks.append(f"{which} had lost nbgrader's metadata: recognised by what is left, the id")
    if found.guessed:
        many = len(found.guessed) > 8
        which = f"{len(found.guessed)} cells" if many else some(found.guessed)
        remarks.append(
            f"{which} had lost {'their names' if len(found.guessed) > 1 else 'its name'} and {'were' if len(found.guessed) > 1 else 'was'} recognised by text or place"
        )
    return remarks
