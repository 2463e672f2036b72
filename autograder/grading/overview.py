"""What stands first on a student's page: the score so far, and for each exercise its points and what to fix."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nbformat import NotebookNode

from autograder.course.assignment import Exercise
from autograder.course.oral import DEFENCE
from autograder.grading.check_text import check_text
from autograder.grading.work import grading_of, printed_by
from autograder.grading.writeups import Derivation

NOT_MARKED, SEE_COMMENT = "not marked yet", "see the comment"
# In letters, of one line that says what to fix.
LONGEST = 300
_CHECK, _WRITEUP = "check_", "writeup_"
_ROUNDING = 1e-9
ORAL_DEFENCE = "Oral defence"


@dataclass(frozen=True)
class Fix:
    """One thing to fix, or to wait for.

    Attributes
    ----------
    cell
        The ``grade_id`` of its cell.
    part
        What it is called: the function, or the derivation.
    state
        Plain text: what a check found, or that nobody has marked it yet.
    reason
        Markdown, with formulas: what the reader of derivations found first.
    """

    cell: str
    part: str
    state: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Row:
    """One exercise.

    Attributes
    ----------
    identifier, title
        Its address in the page, and its heading.
    cells
        The ``grade_id`` of its graded cells.
    score, most
        Points of what is marked.
    waiting
        Points that nobody has given or refused yet.
    fixes
        What is not complete.
    """

    identifier: str
    title: str
    cells: tuple[str, ...]
    score: float
    most: float
    waiting: float
    fixes: tuple[Fix, ...]


@dataclass(frozen=True)
class Overview:
    """All that stands before the first exercise.

    Attributes
    ----------
    name, title
        The student's, and the assignment's.
    rows
        The exercises.
    penalty
        Points taken off for being late.
    late
        By how much it was late, in words.
    """

    name: str
    title: str
    rows: tuple[Row, ...]
    penalty: float = 0.0
    late: str = ""

    @property
    def most(self) -> float:
        """Points of what is marked."""
        return sum(row.most for row in self.rows)

    @property
    def score(self) -> float:
        """Points so far, less the penalty."""
        return max(0.0, sum(row.score for row in self.rows) - self.penalty)

    @property
    def waiting(self) -> float:
        """Points that nobody has given or refused yet."""
        return sum(row.waiting for row in self.rows)


def rows_of(
    cells: Sequence[NotebookNode],
    exercises: Iterable[Exercise],
    found: Mapping[str, Derivation],
    titles: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Row, ...]:
    """The table of a graded notebook, in the order of the exercises; what belongs to none has a row of its own.

    Parameters
    ----------
    cells
        Of the notebook, with the marks in their metadata.
    exercises
        Of the assignment; none where it has no table of marks.
    found
        What the reader of derivations made of each write-up.
    titles
        What the write-ups are called.
    """
    graded = {grading["grade_id"]: cell for cell in cells if _is_marked(grading := grading_of(cell))}
    known = [(each.identifier, each.title, tuple(name for name in each.cells if name in graded)) for each in exercises]
    taken = {name for _, _, names in known for name in names}
    alone = [(name, ORAL_DEFENCE if name == DEFENCE else name, (name,)) for name in graded if name not in taken]
    return tuple(_row(*each, graded, found, titles) for each in [*known, *alone] if each[2])


def _is_marked(grading: Mapping[str, Any]) -> bool:
    return bool(grading.get("grade") or (grading.get("task") and grading.get("points")))


def _row(
    identifier: str,
    title: str,
    names: tuple[str, ...],
    graded: Mapping[str, NotebookNode],
    found: Mapping[str, Derivation],
    titles: Mapping[str, str],
) -> Row:
    marked = [grading for name in names if not (grading := grading_of(graded[name])).get("waits")]
    waiting = [grading for name in names if (grading := grading_of(graded[name])).get("waits")]
    derivations = [name for name in names if name.startswith(_WRITEUP)]
    fixes = []
    for name in names:
        part = "derivation"
        if name in derivations and len(derivations) > 1:
            part = titles.get(name) or f"derivation {derivations.index(name) + 1}"
        fix = _fix(graded[name], part, found.get(name, Derivation()))
        fixes += [fix] if fix else []
    return Row(identifier, title, names, _sum(marked, "score"), _sum(marked, "points"), _sum(waiting, "points"), tuple(fixes))


def _sum(gradings: Iterable[Mapping[str, Any]], what: str) -> float:
    return sum(float(grading.get(what) or 0) for grading in gradings)


def _fix(cell: NotebookNode, derivation: str, found: Derivation) -> Fix | None:
    """What is not complete of one cell; nothing where it has all of its points."""
    grading = grading_of(cell)
    name, waits = grading["grade_id"], bool(grading.get("waits"))
    if not waits and float(grading.get("score") or 0) > float(grading.get("points") or 0) - _ROUNDING:
        return None
    if cell.cell_type == "code":
        function = name.removeprefix(_CHECK)
        said = _in_one_line(check_text(function, printed_by(cell)).in_short).removeprefix(f"{function} is ").removesuffix(".")
        return Fix(name, function, NOT_MARKED if waits else said or _by_hand(grading))
    part = ORAL_DEFENCE.lower() if grading.get("task") else derivation if name.startswith(_WRITEUP) else name
    state = NOT_MARKED if waits else "" if found.to_fix else _by_hand(grading)
    if waits and found.suggested:
        state += f" ({found.suggested})"
    return Fix(name, part, state, found.to_fix)


def _by_hand(grading: Mapping[str, Any]) -> str:
    """What is said where nothing was found by machine: whoever marked it has a reason."""
    if grading.get("comment"):
        return SEE_COMMENT
    return f"{float(grading.get('score') or 0):g} of {float(grading.get('points') or 0):g} points"


def _in_one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
