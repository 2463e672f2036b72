"""Marks of a file are recorded as formgrader records them: all or none, once, and seen wherever marks are seen."""

import shutil
import sqlite3
import threading

import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.grading import locks
from autograder.grading.classes import choose_class
from autograder.grading.marks import read_marks
from autograder.grading.run import grade
from autograder.grading.worker import Worker
from autograder.reports.marking import record_marks
from tests.conftest import BY_ID, copy_course

DIFFERENTIATION = BY_ID["differentiation"]
CODE = DIFFERENTIATION.points["code"]
# With the points of `writeup_ex1`, the one derivation of ada's that is marked.
MARKED = CODE + 8
HEADER = "student,assignment,cell,points,comment\n"
MARKS = HEADER + (
    'ada,differentiation,writeup_ex1,3,"Which layout?"\n'
    "ada,differentiation,writeup_ex2,,See the second line\n"
    "ada,layers,writeup_linear,2.5,\n"
    'Émile Ó Cé,differentiation,writeup_ex1,"1,5",\n'
)
HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(2)> [a](javascript:alert(3)) $\\href{javascript:alert(4)}{x}$ <b>bold</b>"""


class Class:
    """A class of two students, graded, of which each test has a copy."""

    def __init__(self, root):
        self.root, self.file = root, root / "marks.csv"
        self.gradebook = root / "gradebook.db"

    def grade(self) -> list[str]:
        said: list[str] = []
        grade(self.root, choose_class(self.root), say=said.append, workers=2)
        return said

    def record(self, text: str) -> list[str]:
        self.file.write_text(text, encoding="utf-8")
        return record_marks(self.root, self.file)

    def command(self, text: str) -> int:
        self.file.write_text(text, encoding="utf-8")
        return main(["--root", str(self.root), "marks", "--", str(self.file)])

    def marks(self, student: str = "ada", assignment=DIFFERENTIATION):
        with Gradebook(f"sqlite:///{self.gradebook}") as gradebook:
            return read_marks(gradebook, assignment, student)

    def comment(self, cell: str) -> tuple[str | None, str | None]:
        with Gradebook(f"sqlite:///{self.gradebook}") as gradebook:
            found = gradebook.find_comment(cell, "matrix_derivatives", "differentiation", "ada")
            return found.manual_comment, found.auto_comment

    @property
    def page(self) -> str:
        return (self.root / "feedback" / "ada" / "differentiation" / "matrix_derivatives.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory):
    root = copy_course(tmp_path_factory.mktemp("marking") / "course")
    for student in ("ada", "Émile Ó Cé"):
        shutil.copytree(root / "examples" / "submitted" / "perfect", root / "submitted" / student)
    Class(root).grade()
    return root


@pytest.fixture
def graded(graded_once, tmp_path):
    return Class(shutil.copytree(graded_once, tmp_path / "course"))


def test_marks_are_recorded_as_formgrader_records_them(graded):
    suggested = graded.comment("writeup_ex2")[1]
    assert graded.marks().waits("writeup_ex1")
    assert graded.record(MARKS) == ["4 marks of 2 students recorded; 0 unchanged."]
    marks = graded.marks()
    assert marks.scores["writeup_ex1"] == 3 and not marks.waits("writeup_ex1")
    assert marks.waits("writeup_ex2"), "a comment alone is no mark"
    assert graded.marks("Émile Ó Cé").scores["writeup_ex1"] == 1.5
    assert graded.marks(assignment=BY_ID["layers"]).scores["writeup_linear"] == 2.5
    assert graded.comment("writeup_ex2") == ("See the second line", suggested)


def test_a_second_time_nothing_changes(graded):
    graded.record(MARKS)
    before = graded.gradebook.read_bytes()
    assert graded.record(MARKS) == ["Nothing changed: 4 marks are in the gradebook already."]
    assert graded.gradebook.read_bytes() == before
    assert graded.record(MARKS.replace("3,", "4,")) == ["1 mark of 1 student recorded; 3 unchanged."]


def test_pages_and_grades_follow_and_the_next_run_has_nothing_to_do(graded, monkeypatch):
    monkeypatch.setattr(Worker, "grade", None)
    graded.record(MARKS)
    assert f"{CODE + 3:g} of {MARKED:g} points" in graded.page and "Which layout?" in graded.page
    assert f",{CODE + 3}," in (graded.root / "grades.csv").read_text()
    assert "Ex. 1: the square of a vector: Which layout?" in (graded.root / "exports" / "moodle-differentiation.csv").read_text()
    assert all(line.endswith("unchanged") for line in graded.grade() if line.startswith("["))


def test_the_penalty_for_being_late_follows(graded):
    with (graded.root / "nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    (graded.root / "submitted" / "ada" / "differentiation" / "timestamp.txt").write_text("2027-03-03 10:00:00 UTC")
    graded.grade()
    graded.record(MARKS)
    assert f"0 of {MARKED:g} points" in graded.page and f"after {CODE + 3:g} for being late" in graded.page
    assert f",{CODE + 3},{CODE + 3},0.0," in (graded.root / "grades.csv").read_text()


def test_nothing_is_recorded_unless_all_is_right(graded, capsys):
    before = graded.gradebook.read_bytes()
    wrong = MARKS + "ada,differentiation,check_grad_quadratic,3,\nbea,layers,writeup_linear,1,\nada,layers,writeup_softmax,999,\n"
    assert graded.command(wrong) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "Error: no mark was recorded, because 3 things in the file are not right:"
    assert [line.split(":")[0] for line in said[1:]] == ["  line 6", "  line 7", "  line 8"]
    assert "make formgrader" in said[1] and "no student 'bea'" in said[2] and "are more than the" in said[3]
    assert graded.gradebook.read_bytes() == before


def test_a_submission_that_is_not_graded_yet_is_named(graded, capsys):
    (graded.root / "submitted" / "bea").mkdir()
    assert graded.command(HEADER + "bea,layers,writeup_linear,1,\n") == 2
    assert "line 2: nothing of bea is graded in layers yet: run make grade first." in capsys.readouterr().err


def test_a_mark_that_fails_takes_all_others_back(graded, monkeypatch):
    before = graded.marks()

    def fails(*_):
        raise ValueError("no room")

    monkeypatch.setattr("autograder.reports.marking._give_comment", fails)
    with pytest.raises(ValueError, match="no room"):
        graded.record(MARKS)
    assert graded.marks() == before


def test_a_gradebook_that_another_program_has_locked_is_left_alone(graded, monkeypatch, capsys):
    monkeypatch.setattr(locks, "SECONDS_FOR_A_LOCKED_GRADEBOOK", 0.1)
    other = sqlite3.connect(graded.gradebook)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert graded.command(MARKS) == 2
    finally:
        other.close()
    assert "gradebook.db is locked by another program" in capsys.readouterr().err
    assert graded.marks().waits("writeup_ex1")


def test_it_waits_for_a_run_that_grades(graded):
    said: list[str] = []
    waits = threading.Event()

    def say(sentence: str) -> None:
        said.append(sentence)
        waits.set()

    graded.file.write_text(MARKS, encoding="utf-8")
    with locks.one_run_at_a_time(graded.root):
        locks._held.clear()  # as if the run were another process
        recording = threading.Thread(target=record_marks, args=(graded.root, graded.file, say))
        recording.start()
        assert waits.wait(60)
        assert graded.marks().waits("writeup_ex1")
    recording.join()
    assert said == [
        "Another run works in this course: waiting for it to end.",
        "The marks are in the gradebook; renewing 3 pages of feedback.",
    ]
    assert graded.marks().scores["writeup_ex1"] == 3


def test_a_hostile_comment_is_shown_and_does_nothing(graded):
    graded.record(f'{HEADER}ada,differentiation,writeup_ex1,3,"{HOSTILE}"\n')
    assert graded.comment("writeup_ex1")[0] == HOSTILE
    page = graded.page
    assert "<b>bold</b>" in page or "&lt;b&gt;bold" in page
    for live in ("<script>alert", "onerror", 'href="javascript'):
        assert live not in page


def test_before_anything_is_graded_it_says_what_to_do(course, capsys):
    (course / "marks.csv").write_text(MARKS)
    assert main(["--root", str(course), "marks", str(course / "marks.csv")]) == 2
    assert "run `make grade` first" in capsys.readouterr().err
    (course / "submitted" / "ada").mkdir(parents=True)
    assert main(["--root", str(course), "marks", str(course / "marks.csv")]) == 2
    assert "run `make grade` first" in capsys.readouterr().err
    assert not (course / "gradebook.db").exists()
    assert main(["--root", str(course), "marks", "nowhere.csv"]) == 2
    assert "nowhere.csv is no file" in capsys.readouterr().err
