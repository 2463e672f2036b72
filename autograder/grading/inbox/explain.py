"""Which write-ups wait for a person although nothing can be read in their cells, and why; and where else answers may be."""

from nbformat import NotebookNode

from autograder.grading.inbox.original import Original
from autograder.grading.inbox.recognition import Recognition, is_text
from autograder.grading.inbox.texts import has_maths, has_picture, says_nothing_to_python
from matrix_checks.derivations.notebooks import is_written

# By the name of a write-up, one sentence.
Waiting = dict[str, str]

# A text of a student's own of this many letters may be an answer, even without a formula.
LONG = 200
# A comment without formulas that is not longer is about code.
LONG_COMMENT = 100
NEAR = "Nothing was written in this cell, but in another one near it: a person reads that."
ELSEWHERE = "Nothing was written in this cell, but there is text of the student's own elsewhere in the notebook: a person looks for the answer."
SHARED = "Nothing was written in this cell, but {other} may hold its answer: a person looks there."
PICTURE = "The answer is a picture, which no program reads: a person does."


def waiting_writeups(cells: list[NotebookNode], found: Recognition, original: Original, documents: list[str]) -> Waiting:
    """Write-ups that wait for a person though their cells hold nothing that could be read.

    Parameters
    ----------
    cells
        Of the aligned notebook.
    found
        What its cells were taken for.
    original
        The instructor's cells.
    documents
        Names of scans, photos and texts beside the notebook.
    """
    names = {cell.id: name for name, claimed in found.claims.items() for cell in claimed}
    writeups = {names[cell.id]: cell for cell in cells if cell.id in names and original.by_name[names[cell.id]].is_writeup}
    unwritten = [name for name, cell in writeups.items() if not is_written(cell.source) and not cell.get("attachments")]
    waiting = {name: PICTURE for name, cell in writeups.items() if _is_picture(cell)}
    own = [cell for cell in cells if (is_text(cell) or is_prose(cell)) and found.is_own(cell)]
    near = {name: _near(cells, names, original, writeups[name]) for name in unwritten}
    waiting |= {name: NEAR for name in unwritten if any(each is cell for each in own for cell in near[name])}
    # One text close to a cell is its answer; of more, one may be another's, and one behind other work may answer several.
    close = [_near(cells, names, original, writeups[name], close=True) for name in unwritten]
    spoken_for = [texts[0].id for places in close if (texts := [cell for cell in own if any(cell is each for each in places)])]
    elsewhere = [cell for cell in own if cell.id not in spoken_for]
    if any(_may_be_answer(cell) for cell in elsewhere):
        waiting |= {name: ELSEWHERE for name in unwritten if name not in waiting}
    waiting |= {name: SHARED.format(other=found.shared[name]) for name in unwritten if name in found.shared and name not in waiting}
    for other in found.doubtful[:1]:
        waiting |= {name: SHARED.format(other=other) for name in unwritten if name not in waiting}
    if documents:
        shown = ", ".join(documents[:4]) + (" and more" if len(documents) > 4 else "")
        beside = f"Nothing was written in this cell, but {shown} was handed in beside the notebook: a person looks there."
        waiting |= {name: beside for name in unwritten if name not in waiting}
    return waiting


def remarks_on_texts(cells: list[NotebookNode], found: Recognition) -> list[str]:
    """A sentence where there may be a part of an answer outside all cells for answers: nobody would look for it."""
    outside = sum((is_text(cell) or is_prose(cell)) and found.is_own(cell) and _may_be_answer(cell) for cell in cells)
    which = "a cell" if outside == 1 else f"{outside} cells"
    return (
        [f"{which} of the student's own with formulas, a picture or a longer text: a part of an answer may be there"]
        if outside
        else []
    )


def is_prose(cell: NotebookNode) -> bool:
    """Whether a code cell holds a text and no code: a derivation in a comment, in quotes, or not in Python at all."""
    enough = has_maths(cell.source) or len(cell.source) >= LONG_COMMENT
    return cell.cell_type == "code" and enough and says_nothing_to_python(cell.source)


def _may_be_answer(cell: NotebookNode) -> bool:
    return has_maths(cell.source) or has_picture(cell.source) or len(cell.source) >= LONG


def _is_picture(cell: NotebookNode) -> bool:
    if not (has_picture(cell.source) or cell.get("attachments")):
        return False
    words = "".join(line for line in cell.source.splitlines() if not has_picture(line))
    return not has_maths(words)


def _near(
    cells: list[NotebookNode], names: dict[str, str], original: Original, writeup: NotebookNode, close: bool = False
) -> list[NotebookNode]:
    """The cells around a write-up that belong to nothing else: up to the answer before it, down to the statement behind it.

    ``close``: down to any other answer or check.
    """
    place = next(number for number, cell in enumerate(cells) if cell is writeup)
    near = []
    for number in range(place - 1, -1, -1):
        known = original.by_name.get(names.get(cells[number].id, ""))
        if known is not None and (known.is_answer or known.is_check):
            break
        near.append(cells[number])
    for cell in cells[place + 1 :]:
        known = original.by_name.get(names.get(cell.id, ""))
        if known is not None and (known.is_writeup or known.kind == "markdown" or close and (known.is_answer or known.is_check)):
            break
        near.append(cell)
    return near
