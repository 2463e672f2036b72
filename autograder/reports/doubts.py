"""What is doubtful in one student's work: reasons to ask in the defence, never a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.grading.work import ReadWriteup, Work
from autograder.reports.likeness import ClassLikeness, text_key
from autograder.reports.model_answers import NONE, ModelAnswer
from autograder.reports.site import points
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.verdicts import NOT_UNDERSTOOD, STATED

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
    """

    sentence: str
    note: str = ""
    students: tuple[str, ...] = ()
    more: int = 0


def doubts_of(student: str, work: Work | None, likeness: ClassLikeness, models: Mapping[str, ModelAnswer]) -> list[Doubt]:
    """What a reviewer should ask about, that which weighs most first.

    Parameters
    ----------
    student, work
        Whose it is, and what was found; ``None`` where nothing was kept.
    likeness
        Who of the class wrote the same.
    models
        The course's own answers by ``grade_id``.
    """
    if work is None:
        return [Doubt("This work was graded before records were kept: grade it again to see it here.")]
    found = [] if work.is_graded else [Doubt("The submission could not be run: nothing below was tried.")]
    for name, others in likeness.of(student, work).items():
        what = f"The derivation of {titled(name, models)}" if name.startswith("writeup_") else f"The function {name}"
        but = "blanks and letter case" if name.startswith("writeup_") else "names and remarks"
        named = tuple(others[:MOST_NAMES])
        found.append(Doubt(f"{what} is, but for {but}, the same as that of", "", named, len(others) - len(named)))
    for writeup in work.writeups:
        found += _doubts_of_writeup(writeup, models)
    return found + [Doubt(_sentence(remark)) for remark in work.remarks]


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
