"""A class of twelve students, without a gradebook and without grading: what the reports are made of."""

from dataclasses import replace
from datetime import timedelta

from autograder.grading.work import CheckedFunction, ReadWriteup, Work
from autograder.reports.class_data import CellMark, ClassData, StudentsWork
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, STATED
from matrix_checks.derivations.judging.report import Report, Step
from tests.conftest import BY_ID
from tests.test_similarity import written_by

ASSIGNMENT = BY_ID["differentiation"]
CELLS = [cell for exercise in ASSIGNMENT.exercises for cell in exercise.cells]
CHECKS = [cell for cell in CELLS if cell.startswith("check_")]
WRITEUPS = [cell for cell in CELLS if cell.startswith("writeup_")]
TRUE = Step("a", "=", "a + 0", HOLDS, "", 0)
WRONG = Step(r"\frac{df}{dx}", "=", "x^\\top", FALSE, "a factor of $2$ is missing", 0)
UNREAD = Step("?", "=", "?", NOT_UNDERSTOOD, "", 0)
CONDITION = Step("N", ">", "0", STATED, "", 0)


def report(*steps: Step, answer: str = "reached") -> Report:
    return Report(list(steps), {"the gradient": answer})


DONE = report(*(replace(TRUE, right=f"a + {number} - {number}") for number in range(4)))
REPORTS = [None, report(UNREAD), report(CONDITION, TRUE, WRONG), report(TRUE, answer="missing"), DONE]


def work(student: str, number: int) -> Work:
    printed = "f\n  → B, where its transpose belongs\n  ✗ the first example: relative error 1e-01\n"
    checks = [
        CheckedFunction(
            cell.removeprefix("check_"), cell, f"def f(x):\n    return {number} * x", printed, 2.0 * ((number + place) % 3), 4.0
        )
        for place, cell in enumerate(CHECKS)
    ]
    writeups = [
        ReadWriteup(
            cell, written_by(number * 100 + place, 6) if REPORTS[(number + place) % 5] else "", 8.0, REPORTS[(number + place) % 5]
        )
        for place, cell in enumerate(WRITEUPS)
    ]
    return Work(student, ASSIGNMENT.identifier, True, ("a cell raised ZeroDivisionError",), tuple(checks), tuple(writeups), 1.5)


def member(number: int, student: str = "", name: str = "") -> StudentsWork:
    student = student or f"s{number:02}"
    found = work(student, number)
    marks = {each.check: CellMark(automatic=each.points) for each in found.checks}
    marks |= {each.writeup: CellMark(waits=not each.is_empty) for each in found.writeups}
    return StudentsWork(student, name or f"Person {number}", found, marks=marks, late=timedelta(hours=number))


def class_of(students: list[StudentsWork], root) -> ClassData:
    return ClassData(root, ASSIGNMENT, tuple(students))


def twelve_students(root) -> ClassData:
    """Twelve students: one could not be graded, one was marked, and two handed in the same write-up."""
    students = [member(number) for number in range(12)]
    students[3] = replace(students[3], work=Work("s03", ASSIGNMENT.identifier, False, ("its text is not JSON",)))
    marked = {cell: CellMark(automatic=None, manual=7.0) for cell in WRITEUPS} | {
        "defence": CellMark(manual=0.0, comment="knew it")
    }
    students[5] = replace(students[5], marks=students[5].marks | marked, penalty=2.0)
    for number in (8, 9):
        one = students[number].work
        copied = replace(one.writeups[0], text=written_by(1).replace("x", "w") if number == 8 else written_by(1), report=DONE)
        students[number] = replace(students[number], work=replace(one, writeups=(copied, *one.writeups[1:])))
    return class_of(students, root)
