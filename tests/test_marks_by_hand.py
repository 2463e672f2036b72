"""What a person gave counts, is shown, and is asked for again only where there is something new to look at."""

import json
import shutil

import pytest
from nbgrader.api import Gradebook

from autograder.grading import renewal
from autograder.grading.classes import choose_class
from autograder.grading.marks import read_marks, table
from autograder.grading.run import grade
from autograder.grading.worker import Worker
from tests.conftest import BY_ID, copy_course

ASSIGNMENT = BY_ID["differentiation"]
NOTEBOOK = "matrix_derivatives.ipynb"
CODE, WRITEUPS = ASSIGNMENT.points["code"], ASSIGNMENT.points["writeups"]
# With the points of `writeup_ex1`, the one derivation that a person marks in most tests.
MARKED = CODE + 8


class Course:
    """A course with one submission that was graded, and is graded again as often as a test asks for."""

    def __init__(self, root):
        self.root = root
        self.submission = root / "submitted" / "ada" / "differentiation" / NOTEBOOK

    def grade(self, **options) -> list[str]:
        said = []
        self.remarks = grade(self.root, choose_class(self.root), say=said.append, workers=1, **options)["ada/differentiation"]
        return said

    def mark(self, cell: str, score: float | None = None, comment: str | None = None, extra: float | None = None) -> None:
        """As Formgrader does it."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            key = (cell, "matrix_derivatives", "differentiation", "ada")
            if score is not None or extra is not None:
                mark = gradebook.find_grade(*key)
                mark.manual_score, mark.extra_credit, mark.needs_manual_grade = score, extra, False
            if comment is not None:
                gradebook.find_comment(*key).manual_comment = comment
            gradebook.db.commit()

    def write(self, cell: str, text: str) -> None:
        content = json.loads(self.submission.read_text(encoding="utf-8"))
        next(each for each in content["cells"] if each["metadata"].get("nbgrader", {}).get("grade_id") == cell)["source"] = text
        self.submission.write_text(json.dumps(content), encoding="utf-8")

    @property
    def marks(self):
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            return read_marks(gradebook, ASSIGNMENT, "ada")

    @property
    def page(self) -> str:
        return (self.root / "feedback" / "ada" / "differentiation" / "matrix_derivatives.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory):
    """The folder of a course whose one submission was graded: what each test begins with, a copy for each."""
    course = Course(copy_course(tmp_path_factory.mktemp("graded_once") / "course"))
    shutil.copytree(course.root / "examples" / "submitted" / "perfect" / "differentiation", course.submission.parent)
    assert not any(line.endswith("unchanged") for line in course.grade())
    return course.root


@pytest.fixture
def ada(graded_once, tmp_path):
    return Course(shutil.copytree(graded_once, tmp_path / "course"))


def test_a_page_is_renewed_when_a_mark_or_a_comment_changed_without_running_anything(ada, monkeypatch):
    monkeypatch.setattr(Worker, "grade", None)
    files = {path.name for path in (ada.root / "feedback" / "ada" / "differentiation").iterdir()}
    autograded = (ada.root / "autograded" / "ada" / "differentiation" / NOTEBOOK).read_bytes()
    ada.mark("writeup_ex1", 3)
    assert any(line.endswith("because its marks had changed") for line in ada.grade())
    assert f"{CODE + 3:g} of {MARKED:g} points" in ada.page
    ada.mark("writeup_ex1", comment="Which layout?")
    ada.grade()
    assert "Which layout?" in ada.page
    ada.mark("check_grad_quadratic", extra=2)
    ada.grade()
    assert f"{CODE + 5:g} of {MARKED:g} points" in ada.page
    assert any(line.endswith("unchanged") for line in ada.grade())
    assert (ada.root / "autograded" / "ada" / "differentiation" / NOTEBOOK).read_bytes() == autograded
    assert {path.name for path in (ada.root / "feedback" / "ada" / "differentiation").iterdir()} == files


def test_a_mark_given_while_the_submission_is_graded_is_on_the_page_of_the_next_run(ada, monkeypatch):
    grade_one = Worker.grade

    def marked_meanwhile(worker, job):
        ada.mark("writeup_ex1", 3)
        return grade_one(worker, job)

    monkeypatch.setattr(Worker, "grade", marked_meanwhile)
    ada.grade(again=True)
    monkeypatch.setattr(Worker, "grade", None)
    ada.grade()
    assert f"{CODE + 3:g} of {MARKED:g} points" in ada.page


def test_a_penalty_follows_the_marks(ada):
    with (ada.root / "nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    (ada.submission.parent / "timestamp.txt").write_text("2027-03-03 10:00:00 UTC")
    ada.grade()
    ada.mark("writeup_ex1", 3)
    ada.grade()
    assert f"0 of {MARKED:g} points" in ada.page and f"after {CODE + 3:g} for being late" in ada.page
    assert f",{CODE + 3},{CODE + 3},0.0," in (ada.root / "grades.csv").read_text()


def test_grading_again_asks_for_no_mark_again(ada):
    derivations = [name for name in ada.marks.scores if name.startswith("writeup_")]
    for name in derivations:
        ada.mark(name, 5)
    ada.mark("check_grad_quadratic", 3)
    before = ada.marks
    said = ada.grade(again=True)
    assert ada.marks == before
    assert ada.marks.waiting == 0
    assert any(f"{CODE - 3:g}/{CODE:g}" in text and f"{5 * len(derivations)}/{WRITEUPS:g}" in text for text in said)


def test_only_the_write_up_whose_text_changed_is_asked_for_again_and_its_mark_counts_until_then(ada):
    ada.mark("writeup_ex1", 3)
    ada.mark("writeup_ex2", 4)
    ada.write("writeup_ex1", "$dy = 2 x^T dx$")
    said = ada.grade()
    assert ada.marks.again == {"writeup_ex1"}
    assert ada.marks.scores["writeup_ex1"] == 3
    assert any(f"7+?/{WRITEUPS:g}" in text for text in said)
    # Once asked for, it waits until the person has answered.
    ada.grade(again=True)
    assert ada.marks.again == {"writeup_ex1"}
    ada.mark("writeup_ex1", 2)
    ada.grade(again=True)
    assert ada.marks.again == set()


def test_a_check_that_a_person_overrode_is_shown_and_asked_for_again_where_it_finds_other_points(ada):
    ada.mark("check_grad_quadratic", 3)
    ada.write("grad_quadratic", "def grad_quadratic(x):\n    return x")
    ada.grade()
    assert ada.marks.scores["check_grad_quadratic"] == 3
    assert ada.marks.again == {"check_grad_quadratic"}
    with Gradebook(f"sqlite:///{ada.root / 'gradebook.db'}") as gradebook:
        shown = table(ASSIGNMENT, [("ada", read_marks(gradebook, ASSIGNMENT, "ada"))])
    assert f"{CODE - 3:g}/{CODE:g}" in shown and "3+?/" in shown


def test_marks_survive_a_broken_submission_and_are_asked_for_again_only_where_the_repaired_one_differs(ada):
    ada.mark("writeup_ex1", 3)
    ada.mark("writeup_ex2", 4)
    whole = ada.submission.read_text(encoding="utf-8")
    for broken in ("no notebook", "no notebook at all"):
        ada.submission.write_text(broken)
        ada.grade()
        assert "what a person gave for an earlier submission still counts" in ada.remarks
        assert ada.marks.scores["writeup_ex1"] == 3
    ada.submission.write_text(whole, encoding="utf-8")
    ada.write("writeup_ex2", "another text")
    ada.grade()
    assert ada.marks.again == {"writeup_ex2"}
    assert ada.remarks == []


def test_a_page_that_cannot_be_renewed_is_said_and_the_old_one_stays(ada, monkeypatch):
    page = ada.page
    ada.mark("writeup_ex1", 3)
    monkeypatch.setattr(renewal.NbGraderAPI, "generate_feedback", lambda *_, **__: {"success": False, "error": "no such template"})
    ada.grade()
    assert ada.remarks == ["its page could not be renewed: no such template"]
    assert ada.page == page
