"""The gradebook may lie anywhere that nbgrader's own setting says, and nbgrader's shortcuts change no verdict."""

import shutil
from pathlib import Path

import pytest
from jsonschema import ValidationError
from nbgrader.nbgraderformat import MetadataValidator, common

from autograder.course.release import load_config, nbgrader_api
from autograder.grading.classes import GradingError, choose_class
from autograder.grading.gradebooks import sqlite_file
from autograder.grading.patches.speedups import speed_up_nbgrader
from autograder.grading.run import grade
from tests.conftest import BY_ID, ROOT, copy_course, read_notebook

NOTEBOOK = ("matrix_derivatives", "differentiation", "ada")
CODE = BY_ID["differentiation"].points["code"]


def with_gradebook_elsewhere(course: Path, elsewhere: Path) -> tuple[Path, Path]:
    """A course with one submission, and its gradebook in another folder by nbgrader's own setting."""
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(f'\nc.CourseDirectory.db_url = "sqlite:///{elsewhere}"\n')
    name = "differentiation"
    shutil.copytree(course / "examples" / "submitted" / "perfect" / name, course / "submitted" / "ada" / name)
    return course, elsewhere


@pytest.fixture
def one_submission(course, tmp_path_factory):
    """Such a course that no run has graded."""
    return with_gradebook_elsewhere(course, tmp_path_factory.mktemp("server") / "marks.db")


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory):
    """Such a course after a run; what a test gives by hand and grades again is the same each time."""
    folder = tmp_path_factory.mktemp("graded_once")
    course, elsewhere = with_gradebook_elsewhere(copy_course(folder / "course"), folder / "marks.db")
    grade(course, choose_class(course), say=lambda text: None)
    return course, elsewhere


def mark_by_hand(course: Path) -> None:
    api = nbgrader_api(course, load_config(course))
    with api.gradebook as gradebook:
        notebook = gradebook.find_submission_notebook(*NOTEBOOK)
        mark = next(grade for grade in notebook.grades if grade.cell.name == "writeup_ex1")
        mark.manual_score, mark.needs_manual_grade = 3.0, False
        next(comment for comment in notebook.comments if comment.cell.name == "writeup_ex1").manual_comment = "Which layout?"
        gradebook.db.commit()


def test_the_gradebook_lies_where_db_url_says(graded_once):
    course, elsewhere = graded_once
    assert elsewhere.exists() and not (course / "gradebook.db").exists()
    with nbgrader_api(course, load_config(course)).gradebook as gradebook:
        checks = [each for each in gradebook.find_submission_notebook(*NOTEBOOK).grades if each.name.startswith("check_")]
        assert sum(each.auto_score for each in checks) == CODE


@pytest.mark.parametrize("server", [False, True])
def test_what_a_person_marked_stays_and_is_in_the_feedback_of_the_next_run(graded_once, monkeypatch, server):
    course, _ = graded_once
    mark_by_hand(course)
    if server:
        # As for PostgreSQL: there is no file to copy.
        monkeypatch.setattr("autograder.grading.gradebooks.sqlite_file", lambda db_url: None)
    grade(course, choose_class(course), again=True, say=lambda text: None)
    with nbgrader_api(course, load_config(course)).gradebook as gradebook:
        notebook = gradebook.find_submission_notebook(*NOTEBOOK)
        assert {cell.cell.name: cell.manual_score for cell in notebook.grades}["writeup_ex1"] == 3.0
    page = (course / "feedback" / "ada" / "differentiation" / "matrix_derivatives.html").read_text(encoding="utf-8")
    assert "Which layout?" in page and f"{CODE + 3:g} of {CODE + 8:g} points" in page


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("", "marks.db cannot be opened: file is not a database. Put a copy of it back, or correct c.CourseDirectory.db_url"),
        (
            "postgresql+nothing://course:secret@localhost/marks",
            r"postgresql\+nothing://course:\*\*\*@localhost/marks cannot be opened",
        ),
        ("postgresql+asyncpg://course@localhost/marks", "its driver is not installed .asyncpg.: .venv/bin/pip install asyncpg"),
    ],
)
def test_a_gradebook_that_cannot_be_opened_is_described_in_one_sentence_and_left_as_it_was(one_submission, setting, sentence):
    course, elsewhere = one_submission
    elsewhere.write_text("no database " * 100)
    if setting:
        with (course / "nbgrader_config.py").open("a") as file:
            file.write(f'\nc.CourseDirectory.db_url = "{setting}"\n')
    with pytest.raises(GradingError, match=sentence):
        grade(course, choose_class(course), say=lambda text: None)
    assert elsewhere.read_text() == "no database " * 100
    assert not (course / "autograded").exists()


def test_a_gradebook_on_a_server_has_no_file():
    assert sqlite_file("postgresql://course@localhost/marks") is None
    assert sqlite_file("sqlite:////course/gradebook.db") == Path("/course/gradebook.db")


def test_the_compiled_schema_accepts_and_refuses_what_nbgrader_s_own_does():
    original = common.jsonschema
    notebook = read_notebook(ROOT / "source" / "differentiation" / f"{BY_ID['differentiation'].notebook}.ipynb")
    verdicts = []
    try:
        for _ in range(2):
            verdicts.append([])
            for spoiled in (None, "points", "grade_id", "cell_type", "locked"):
                cell = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")).copy()
                cell.metadata = {"nbgrader": {**cell.metadata["nbgrader"], **({spoiled: [1]} if spoiled else {})}}
                try:
                    MetadataValidator().validate_cell(cell)
                    verdicts[-1].append("accepted")
                except ValidationError as error:
                    verdicts[-1].append(error.message)
            speed_up_nbgrader()
    finally:
        common.jsonschema = original
    assert verdicts[0] == verdicts[1]
    assert verdicts[0].count("accepted") == 1
