"""A submission's cells, put in order: every cell of the instructor's is there once, and everything of the student's is kept."""

import copy

import nbformat
from nbformat import NotebookNode

from autograder.grading.inbox.explain import Waiting, remarks_on_texts, waiting_writeups
from autograder.grading.inbox.ordering import in_order
from autograder.grading.inbox.original import Original, OriginalCell
from autograder.grading.inbox.recognising import squeezed
from autograder.grading.inbox.recognition import Recognition, is_faithful, remarks_on
from autograder.grading.inbox.repair import new_cell
from autograder.grading.inbox.texts import added_lines, parses, some, writes
from matrix_checks.derivations.notebooks import is_written

ELSEWHERE = "# {name} is defined in another cell."


def align(notebook: NotebookNode, original: Original, documents: list[str]) -> tuple[list[str], Waiting]:
    """Align a repaired notebook with the instructor's, in place.

    Parameters
    ----------
    notebook
        The submission, valid and without outputs.
    original
        The instructor's cells, as released.
    documents
        Names of scans, photos and texts that were handed in beside the notebook.

    Returns
    -------
    list of str
        A sentence for each loss of form.
    dict
        By the name of a write-up that waits for a person though its cell may hold nothing: why.
    """
    alignment = _Alignment(notebook, original)
    alignment.settle_claims()
    alignment.change_kinds()
    alignment.drop_untouched_copies()
    alignment.keep_what_locked_cells_hold()
    alignment.let_other_definitions_count()
    alignment.put_back()
    alignment.remarks += in_order(notebook.cells, alignment.found, original)
    waiting = waiting_writeups(notebook.cells, alignment.found, original, documents)
    alignment.remarks += remarks_on_texts(notebook.cells, alignment.found)
    alignment.write_metadata()
    return list(dict.fromkeys(alignment.remarks)), waiting


class _Alignment:
    def __init__(self, notebook: NotebookNode, original: Original):
        self.notebook, self.original = notebook, original
        self.found = Recognition(notebook.cells, original)
        self.remarks = remarks_on(self.found)
        self._made = 0

    def settle_claims(self) -> None:
        """One cell for each of the instructor's: halves of a derivation joined, of anything else the last one that is written."""
        twice = []
        for name, cells in list(self.found.claims.items()):
            if len(cells) < 2:
                continue
            wanted = self.original.by_name[name]
            if wanted.is_writeup:
                self._join(wanted, list(cells))
            else:
                twice.append(name)
                self._keep_last(wanted, list(cells))
        if twice:
            twice.sort(key=self.original.order.__getitem__)
            self.remarks.append(f"{some(twice)} {'is' if len(twice) == 1 else 'are'} there more than once: the last one counts")

    def _join(self, wanted: OriginalCell, cells: list[NotebookNode]) -> None:
        faithful = [cell for cell in cells if is_faithful(cell, wanted)] or cells[:1]
        for cell in cells:
            if not any(cell is each for each in faithful):
                self.found.release(cell)
                self.remarks.append(
                    f"another cell calls itself {wanted.name}, with other points or flags: it is taken for an ordinary cell"
                )
        if len(cells) < 2:
            return
        first, *others = faithful
        texts = [cell.source for cell in faithful if is_written(cell.source)]
        if texts:
            first.source = "\n\n".join(dict.fromkeys(texts))
        for cell in others:
            self.found.release(cell)
            self._remove(cell)
            if cell.get("attachments"):
                first.attachments = {**cell.attachments, **first.get("attachments", {})}
        if len(set(texts)) > 1:
            self.remarks.append(f"{wanted.name} was in {len(set(texts))} pieces, which were joined")
        elif others:
            self.remarks.append(f"{some([wanted.name])} is there more than once, with one text, which counts")

    def _keep_last(self, wanted: OriginalCell, cells: list[NotebookNode]) -> None:
        released = squeezed(wanted.text)
        # What was never touched is no answer, wherever it stands, and of what was, the function is.
        written = [cell for cell in cells if squeezed(cell.source) != released] if wanted.is_answer else cells
        answers = [cell for cell in written if any(writes(cell.source, name) for name in wanted.functions)]
        last = (answers or written or cells)[-1]
        for cell in cells:
            if cell is not last:
                self.found.release(cell)
                if squeezed(cell.source) == released:
                    self._remove(cell)

    def change_kinds(self) -> None:
        """A cell of another kind than it was given out, by a key pressed by mistake, is one of its own kind again."""
        changed = []
        for wanted in self.original.cells:
            for cell in list(self.found.claims.get(wanted.name, [])):
                if cell.cell_type != wanted.kind:
                    self._replace(cell, new_cell(wanted.kind, cell.source, cell.id, cell.metadata))
                    changed.append(wanted.name)
        if changed:
            self.remarks.append(f"{some(changed)} {'was' if len(changed) == 1 else 'were'} of another kind, and changed back")

    def drop_untouched_copies(self) -> None:
        """A second copy of a function's cell as it was given out is no answer, and would undo the one above it."""
        answers = {squeezed(each.text): each.name for each in self.original.cells if each.functions and each.is_answer}
        for cell in list(self.notebook.cells):
            name = answers.get(squeezed(cell.source)) if cell.cell_type == "code" and self.found.is_free(cell) else None
            if name and self.found.claims.get(name):
                self._remove(cell)
                self.remarks.append(f"a second copy of {some([name])} as it was given out was left out")

    def keep_what_locked_cells_hold(self) -> None:
        """What a student wrote into a cell of the instructor's is put into a cell of its own."""
        changed = False
        for wanted in self.original.cells:
            cell = next(iter(self.found.claims.get(wanted.name, [])), None)
            if cell is None or wanted.is_answer or squeezed(cell.source) == squeezed(wanted.text):
                continue
            changed = True
            added = added_lines(cell.source, wanted.text)
            if not added.strip():
                self.remarks.append(f"{some([wanted.name])} had been changed: the instructor's text counts")
            elif wanted.kind == "markdown":
                self._insert(cell, new_cell("markdown", added), behind=True)
                self.remarks.append(
                    f"something was written into the locked cell {wanted.name}: it stands in a cell of its own below"
                )
            elif parses(added):
                # A function merged into its check is defined before it is checked; all else comes after what it builds on.
                self._insert(cell, new_cell("code", added), behind=not wanted.is_check)
                where = "above" if wanted.is_check else "below"
                self.remarks.append(f"lines were added to the locked cell {wanted.name}: they run in a cell of their own {where}")
            else:
                self._insert(cell, new_cell("markdown", f"```python\n{added}\n```"), behind=True)
                self.remarks.append(
                    f"{some([wanted.name])} had been changed: the instructor's text counts, and what was written stands below"
                )
            if wanted.is_check or wanted.kind == "code":
                cell.source = wanted.text
        if changed:
            self._look_again()

    def _look_again(self) -> None:
        """A derivation that was merged into its statement stands alone now, in the place of its missing cell."""
        again = Recognition(self.notebook.cells, self.original)
        for wanted in self.original.cells:
            here = self.found.claims.get(wanted.name, [])
            if not wanted.is_writeup or (here and wanted.name not in self.found.guessed):
                continue
            more = [cell for cell in again.claims.get(wanted.name, []) if self.found.is_free(cell)]
            for cell in more:
                self.found.claim(wanted.name, cell)
            if more:
                self.remarks.append(f"{wanted.name} had been merged into another cell, and stands alone again")
                self._join(wanted, sorted(self.found.claims[wanted.name], key=self._place))

    def let_other_definitions_count(self) -> None:
        """A function that was written into another cell than its own is not undone by the stub, which stands below it."""
        for wanted in self.original.cells:
            if not (wanted.is_answer and wanted.kind == "code"):
                continue
            cell = next(iter(self.found.claims.get(wanted.name, [])), None)
            if (
                cell is None
                or any(writes(cell.source, name) for name in wanted.functions)
                or not self._is_written_elsewhere(wanted)
            ):
                continue
            self.remarks.append(f"{wanted.name} is written in another cell than its own, and counts")
            if squeezed(cell.source) != squeezed(wanted.text):
                self._insert(cell, new_cell("code", cell.source), behind=False)
            cell.source = ELSEWHERE.format(name=wanted.name)

    def _is_written_elsewhere(self, wanted: OriginalCell) -> bool:
        codes = [cell.source for cell in self.notebook.cells if cell.cell_type == "code"]
        return any(writes(source, name) for source in codes for name in wanted.functions)

    def put_back(self) -> None:
        """Every cell of the instructor's that is not there, behind the nearest one before it that is."""
        missing = []
        previous: NotebookNode | None = None
        for wanted in self.original.cells:
            cell = next(iter(self.found.claims.get(wanted.name, [])), None)
            if cell is None:
                cell = self._replacement(wanted)
                if wanted.is_task:
                    # No answer belongs to it. Submissions from before there was one lack it, which is no loss and not worth a word.
                    cell.id = self._identifier(cell.id)
                    self.notebook.cells.append(cell)
                elif previous is None:
                    self.notebook.cells.insert(0, cell)
                else:
                    self._insert(previous, cell, behind=True)
                self.found.claim(wanted.name, cell)
                missing += [] if wanted.is_task else [wanted.name]
            previous = cell
        if len(missing) == sum(not cell.is_task for cell in self.original.cells):
            self.remarks.append("no cell of this assignment was found in the notebook")
        elif missing:
            self.remarks.append(f"{some(missing)} had been deleted and {'was' if len(missing) == 1 else 'were'} put back")

    def _replacement(self, wanted: OriginalCell) -> NotebookNode:
        if wanted.kind == "markdown":
            return new_cell("markdown", wanted.text, self._identifier(wanted.name))
        elsewhere = wanted.is_answer and self._is_written_elsewhere(wanted)
        return new_cell("code", ELSEWHERE.format(name=wanted.name) if elsewhere else wanted.text, self._identifier(wanted.name))

    def write_metadata(self) -> None:
        """nbgrader's metadata of the instructor's cells, and of no other; nothing else in any cell's."""
        names = {cell.id: name for name, cells in self.found.claims.items() for cell in cells}
        known = self.original.by_name
        for cell in self.notebook.cells:
            name = names.get(cell.id)
            cell.metadata = nbformat.from_dict({"nbgrader": copy.deepcopy(known[name].grading)} if name else {})

    def _place(self, cell: NotebookNode) -> int:
        return next(place for place, each in enumerate(self.notebook.cells) if each is cell)

    def _replace(self, cell: NotebookNode, new: NotebookNode) -> None:
        self.notebook.cells[self._place(cell)] = new
        for cells in self.found.claims.values():
            cells[:] = [new if each is cell else each for each in cells]

    def _remove(self, cell: NotebookNode) -> None:
        del self.notebook.cells[self._place(cell)]

    def _insert(self, beside: NotebookNode, cell: NotebookNode, behind: bool) -> None:
        cell.id = self._identifier(cell.id)
        self.notebook.cells.insert(self._place(beside) + behind, cell)

    def _identifier(self, wanted: str) -> str:
        used = {cell.id for cell in self.notebook.cells}
        return (
            wanted
            if wanted and wanted not in used
            else next(name for number in range(len(used) + 1) if (name := f"added-{number}") not in used)
        )
