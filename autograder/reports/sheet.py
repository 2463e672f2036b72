"""The defence sheet: one page per student and assignment, whose first two printed pages hold what ten minutes of defence need.

First a compact overview: marks, questions, doubts, and each exercise in a few lines. Then all details: the derivations step by step,
the functions, the course's own answers, and what changed since the version before. A sheet runs no script.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from autograder.course.defence import Defence, Question, read_defence
from autograder.grading.lateness import spoken
from autograder.grading.work import Work
from autograder.reports.class_data import ClassData, StudentsWork
from autograder.reports.differences import differences
from autograder.reports.doubts import Alike, doubts_of, titled
from autograder.reports.findings import CheckFinding, Findings, WriteupFinding
from autograder.reports.fresh_problem import fresh_problem
from autograder.reports.likeness import ClassLikeness
from autograder.reports.model_answers import read_model_answers
from autograder.reports.pairs import AlikeStudents, alike_students
from autograder.reports.parallel import written
from autograder.reports.questions import choose, problem_for, reasons
from autograder.reports.room import Room, code_html, size_without_pictures, step_html, writeup_html
from autograder.reports.sheet_parts import ExercisePart, WriteupPart, exercise_parts, folded_in_words, mark_rows, shown
from autograder.reports.site import Site, reason_html
from matrix_checks.derivations.equality.verdicts import FALSE, FIRST_ORDER, HOLDS, OTHER_LAYOUT
from matrix_checks.derivations.judging.display import MARKS, WORDS

FOLDER = "sheets"
MODEL_PAGE = "model_answers.html"
# Of a whole sheet without the student's own pictures, and of the pieces of it that may be left out; more than that has the overview
# of a long and wrong work only, and its sheet is written again with less room.
MOST_BYTES, ROOM = 150_000, 110_000
# Of remarks and doubts, and of pictures, that the first two pages have room for.
MOST_DOUBTS, MOST_PICTURES = 8, 2
# A file's name may have 255 bytes, and is a little longer while it is written.
LONGEST_NAME = 200
# Of letters of a formula that one line of the overview has room for.
LONG_FORMULA = 90
_CLASSES = {HOLDS: "holds", FIRST_ORDER: "holds", FALSE: "false", OTHER_LAYOUT: "other"}


def sheet_file(student: str) -> str:
    """The name of a student's sheet; in an address it has to be quoted."""
    if len(student.encode(errors="replace")) <= LONGEST_NAME:
        return f"{student}.html"
    return f"{student[:40]}-{hashlib.sha256(student.encode(errors='replace')).hexdigest()[:16]}.html"


def findings_of(work: Work | None) -> Findings:
    """What decides on the questions, from what grading kept."""
    if work is None:
        return Findings()
    return Findings(
        tuple(CheckFinding.of_output(each.function, each.printed, each.points == each.most, work.remarks) for each in work.checks),
        tuple(WriteupFinding.of_report(each.writeup, each.report) for each in work.writeups),
    )


def write_sheets(site: Site, data: ClassData, pairs: Sequence[AlikeStudents] | None = None) -> list[Path]:
    """Write the sheet of every student, and the page of the course's own answers. Returns the sheets.

    Parameters
    ----------
    site, data
        Where to, and of whom.
    pairs
        Who is alike, as the class page numbers them; found here where they are not given.
    """
    writer = _Writer(site, data, alike_students(data) if pairs is None else pairs)
    writer.write_model_page()
    site.remove_pages(f"{data.assignment.identifier}/{FOLDER}", {sheet_file(each.student) for each in data.students})
    return written(writer.write, len(data.students))


class _Writer:
    """Writes the sheets of one class: what is the same on all of them is read once."""

    def __init__(self, site: Site, data: ClassData, pairs: Sequence[AlikeStudents]):
        self._site, self._data = site, data
        self._pairs = _by_student(pairs)
        self._models = read_model_answers(data.root, data.assignment)
        self._defence: Defence = read_defence(data.assignment)
        self._names = {each.student: each.name for each in data.students}
        works = {each.student: each.work for each in data.students if each.work is not None}
        # A right function may well be the course's own. A derivation in its words is a doubt of its own, see doubts.py.
        given = {name: [model.answer] for name, model in self._models.items()}
        self._likeness = ClassLikeness(works, given)

    def write(self, place: int) -> Path:
        """The sheet of the student at a place of the class."""
        one, data, students = self._data.students[place], self._data, self._data.students
        parts = exercise_parts(one, data.assignment, self._models)
        findings = findings_of(one.work)
        values = {
            "one": one,
            "assignment": data.assignment,
            "marks": mark_rows(one, data.assignment, self._models),
            "late": spoken(one.late.total_seconds()) if one.late else "",
            "titles": {each.identifier: each.title for each in data.assignment.exercises},
            "questions": [(each, self._why(each, findings)) for each in self._questions(one, findings)],
            "problem": problem_for(self._defence.problems, findings, one.student, data.assignment, data.class_list),
            "fresh": fresh_problem(one.student, data.assignment.identifier, findings),
            "doubts": doubts_of(one.student, one.work, self._likeness, self._models, self._pairs.get(one.student, ())),
            "most_doubts": MOST_DOUBTS,
            "pictures": [(each, seen) for part in parts for each in part.writeups for seen in each.pictures],
            "most_pictures": MOST_PICTURES,
            "exercises": parts,
            "before": students[place - 1] if place else None,
            "after": students[place + 1] if place + 1 < len(students) else None,
            "feedback": self._feedback(one.student),
            "address": _address,
            "model_page": MODEL_PAGE,
            "titled": self._called,
            "name_of": self._names,
            **_PIECES,
        }
        page = self._write(one, parts, values, ROOM)
        room = ROOM
        # A little less room may make no difference: what stands on the page may not have needed all of it.
        while room and (too_much := size_without_pictures(page.read_bytes()) - MOST_BYTES) > 0:
            room = max(0, min(room - too_much, room * 4 // 5))
            page = self._write(one, parts, values, room)
        return page

    def _write(self, one: StudentsWork, parts: Sequence[ExercisePart], values: dict[str, Any], room: int) -> Path:
        path = f"{self._data.assignment.identifier}/{FOLDER}/{sheet_file(one.student)}"
        return self._site.write_page(path, "sheet.html.j2", details=_Details(Room(room), parts, one).values(), **values)

    def _called(self, name: str) -> str:
        return f"the derivation of {titled(name, self._models)}" if name.startswith("writeup_") else name

    def write_model_page(self) -> Path:
        """The course's own answers, for the sheets that have no room for them."""
        names = [cell.removeprefix("check_") for exercise in self._data.assignment.exercises for cell in exercise.cells]
        return self._site.write_page(
            f"{self._data.assignment.identifier}/{MODEL_PAGE}",
            "model_answers.html.j2",
            assignment=self._data.assignment,
            answers=[(name, titled(name, self._models), self._models[name]) for name in names if name in self._models],
            **_PIECES,
        )

    def _questions(self, one: StudentsWork, findings: Findings) -> list[Question]:
        return choose(self._defence.questions, findings, one.student, self._data.assignment, self._data.class_list)

    def _why(self, question: Question, findings: Findings) -> list[str]:
        """The functions and write-ups whose mistakes a question is about."""
        return list(dict.fromkeys(source for _, source, _ in reasons(question, findings, self._data.assignment)))

    def _feedback(self, student: str) -> str:
        """The address of the student's own page, where there is one."""
        identifier, name = self._data.assignment.identifier, f"{self._data.assignment.notebook}.html"
        there = (self._data.root / "feedback" / student / identifier / name).is_file()
        return f"../../../feedback/{_quoted(student)}/{_quoted(identifier)}/{_quoted(name)}" if there else ""


class _Details:
    """What stands on the sheet as far as there is room, that which matters most first."""

    def __init__(self, room: Room, parts: Sequence[ExercisePart], one: StudentsWork):
        self._room, self._one = room, one
        self._writeups = [each for part in parts for each in part.writeups]
        self._functions = [each for part in parts for each in part.functions]

    def values(self) -> dict[str, Any]:
        """The pieces by their kind, and by the cell that they belong to."""
        before, now = self._one.previous, self._one.work
        changes = differences(before, now) if now and before and before.is_graded else []
        codes = {each.work.function: self._room.code(each.work.source) for each in self._functions}
        texts = {each.cell: self._room.text(each.work.text) for each in self._writeups if not each.work.is_empty}
        steps = {each.cell: self._steps(each, quiet=False) for each in self._writeups}
        cases = {each.work.function: each.text.cases for each in self._functions if self._room.take(Markup.escape(each.text.cases))}
        rubrics = {each.cell: self._optional(writeup_html(each.model.rubric)) for each in self._writeups if each.model.rubric}
        kept = [each for each in changes if self._room.take(*(Markup.escape(line) for _, line in each.lines))]
        # A derivation that is complete needs no other beside it: those come last.
        order = sorted(self._writeups, key=lambda each: bool(each.report and each.report.complete))
        models = {each.work.function: self._optional(code_html(each.model.answer)) for each in self._functions if not each.is_right}
        models |= {each.cell: self._optional(writeup_html(each.model.answer)) for each in order if each.model.answer}
        true_steps = {each.cell: self._steps(each, quiet=True) for each in self._writeups}
        return {
            "texts": texts, "codes": codes, "cases": cases, "steps": steps, "true_steps": true_steps, "rubrics": rubrics, "models": models,
            "changes": changes, "kept": kept,
        }  # fmt: skip

    def _optional(self, html: Markup) -> Markup:
        return html if self._room.take(html) else Markup("")

    def _steps(self, part: WriteupPart, quiet: bool) -> dict[int, Markup]:
        """The typeset steps of one kind, by their numbers: all, or as far as there is room."""
        found: dict[int, Markup] = {}
        for stretch in part.stretches:
            if (len(stretch) > 1) is quiet:
                for line in stretch:
                    html = step_html(line.step.left, line.step.sign, line.step.right)
                    if not self._room.take(html):
                        return {} if quiet else found
                    found[line.number] = html
        return found


def _by_student(pairs: Sequence[AlikeStudents]) -> dict[str, list[Alike]]:
    """With whom each student is alike."""
    found: dict[str, list[Alike]] = {}
    for number, pair in enumerate(pairs, 1):
        cells = {each.cell.removeprefix("check_"): each.pair.similarity for each in pair.cells}
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            found.setdefault(one, []).append(Alike(other, f"../pairs/{number}.html", cells))
    return found


def _address(student: str) -> str:
    return _quoted(sheet_file(student))


def _quoted(name: str) -> str:
    return quote(name, safe="", errors="replace")


def _class_of(verdict: str) -> str:
    return _CLASSES.get(verdict, "none")


def _in_one_line(left: str, sign: str, right: str) -> bool:
    return len(left) + len(sign) + len(right) <= LONG_FORMULA


def _joined(words: Iterable[str]) -> Markup:
    return reason_html("; ".join(words))


_PIECES: dict[str, Any] = {
    "code": code_html, "reason": reason_html, "step": step_html, "class_of": _class_of, "signs": MARKS, "words": WORDS, "shown": shown,
    "in_one_line": _in_one_line, "folded": folded_in_words, "joined": _joined, "model_html": writeup_html,
}  # fmt: skip
