"""What is doubtful in one student's work: reasons to ask in the defence, never a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.grading.work import ReadWriteup, Work
from autograder.reports.likeness import ClassLikeness, text_key
from autograder.reports.model_answers import NONE, ModelAnswer
from autograder.reports.site import points
from autograder.reports.solver_texts import reads_like_the_solver
from matrix_checks.derivations.equality.verdicts import NOT_UNDERSTOOD, STATED
from matrix_checks.derivations.judging.report import Report

# From this share of equalities that were not understood, a person has to read the write-up.
MUCH = 0.25
# Of students that a sentence names.
MOST_NAMES = 4
# Notes on how JupyterLab would show a text are no doubts about it.
_ON_RENDERING = ("JupyterLab", "The letter")


@dataclass(frozen=True)
class Doubt:
    """One reason to ask.

    Attributes
    ----------
    sentence
        Plain text.
    note
        What the reader of derivations noted, Markdown; empty where there is nothing.
    students
        Others of the class whom it concerns, by id.
    more
        How many there are besides.
    page
        The address of the page on which both texts stand side by side; empty where there is none.
    """

    sentence: str
    note: str = ""
    students: tuple[str, ...] = ()
    more: int = 0
    page: str = ""


@dataclass(frozen=True)
class Alike:
    """Another student of the class who handed in what is alike, though letters and names may differ.

    Attributes
    ----------
    student
        The other's id.
    page
        The address of the page of the pair, from a sheet.
    cells
        By the name of a write-up or function: how alike it is, from 0 to 1.
    """

    student: str
    page: str
    cells: Mapping[str, float]


def doubts_of(
    student: str, work: Work | None, likeness: ClassLikeness, models: Mapping[str, ModelAnswer], pairs: Sequence[Alike] = ()
) -> list[Doubt]:
    """What a reviewer should ask about, that which weighs most first.

    Parameters
    ----------
    student, work
        Whose it is, and what was found; ``None`` where nothing was kept.
    likeness
        Who of the class wrote the same.
    models
        The course's own answers by ``grade_id``.
    pairs
        With whom the class page names this student as alike.
    """
    if work is None:
        return [Doubt("This work was graded before records were kept: grade it again to see it here.")]
    found = [] if work.is_graded else [Doubt("The submission could not be run: nothing below was tried.")]
    found += [Doubt(_sentence(remark)) for remark in work.remarks]
    for writeup in work.writeups:
        found += _doubts_of_writeup(writeup, models)
    same = likeness.of(student, work)
    # What two share weighs more than what many do: of the latter, each may have come to it alone.
    likely = [*_of_pairs(pairs, same, models), *(_of_equals(name, same[name], models) for name in same)]
    return found + sorted(likely, key=lambda doubt: len(doubt.students) + doubt.more)


def _of_pairs(pairs: Sequence[Alike], same: Mapping[str, Sequence[str]], models: Mapping[str, ModelAnswer]) -> list[Doubt]:
    """A doubt for each student with whom something is alike that is not the same to the letter."""
    found = []
    for pair in pairs:
        alike = [(name, share) for name, share in pair.cells.items() if pair.student not in same.get(name, ())]
        if alike:
            what = " and ".join(f"{_named(name, models)} ({share:.0%})" for name, share in alike)
            found.append(Doubt(f"Alike, though letters and names may differ: {what}, with", "", (pair.student,), page=pair.page))
    return found


def _of_equals(name: str, others: Sequence[str], models: Mapping[str, ModelAnswer]) -> Doubt:
    but = "blanks and the letter case of words" if name.startswith("writeup_") else "names and remarks"
    what = _named(name, models)
    named = tuple(others[:MOST_NAMES])
    return Doubt(f"{what[:1].upper()}{what[1:]} is, but for {but}, the same as that of", "", named, len(others) - len(named))


def _named(name: str, models: Mapping[str, ModelAnswer]) -> str:
    return f"the derivation of {titled(name, models)}" if name.startswith("writeup_") else f"the function {name}"


def titled(name: str, models: Mapping[str, ModelAnswer]) -> str:
    """The name of a write-up for people."""
    return models.get(name, NONE).title or name.removeprefix("writeup_")


def _doubts_of_writeup(writeup: ReadWriteup, models: Mapping[str, ModelAnswer]) -> list[Doubt]:
    name, report = titled(writeup.writeup, models), writeup.report
    if writeup.is_empty and not writeup.pictures:
        return []
    found = []
    key = text_key(writeup.text)
    if key and key == text_key(models.get(writeup.writeup, NONE).answer):
        found.append(Doubt(f"{name}: this is the course's own answer, letter for letter."))
    if reads_like_the_solver(writeup.text):
        found.append(Doubt(f"{name}: this reads like the solver of practice problems. Ask for the reason of each step."))
    if writeup.pictures or (report is not None and report.has_picture):
        found.append(Doubt(f"{name}: there is a picture, which no program reads."))
    if report is None or not report.is_readable:
        found.append(Doubt(f"{name}: nothing could be read of it (worth {points(writeup.most)} points)."))
    elif claimed := _much_not_understood(report):
        found.append(Doubt(f"{name}: {report.count(NOT_UNDERSTOOD)} of {claimed} equalities were not understood."))
    if report is not None and not report.is_whole:
        notes = [note for note in report.notes if not note.startswith(_ON_RENDERING)]
        found += [Doubt(f"{name}:", note) for note in notes or ["Not all of the text was read."]]
    return found


def _much_not_understood(report: Report) -> int:
    claimed = len(report.steps) - report.count(STATED)
    return claimed if report.count(NOT_UNDERSTOOD) >= max(MUCH * claimed, 1) else 0


def _sentence(remark: str) -> str:
    """A remark with a capital letter and a full stop, but for names of functions and cells, which stay as they are."""
    first, _, rest = remark.partition(" ")
    if first.isalpha() and rest:
        remark = f"{first[:1].upper()}{first[1:]} {rest}"
    return remark if remark.endswith((".", "!", "?")) else f"{remark}."
