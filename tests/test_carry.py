"""``make carry`` brings a class from one gradebook to another, and what a person gave with it."""

import contextlib
import copy
import shutil
import sqlite3

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.course.course import Course
from autograder.course.release import CellsChanged
from autograder.grading.classes import choose_class
from autograder.grading.gradebooks import left_behind
from autograder.grading.moving import carry_over
from autograder.grading.run import grade
from tests.conftest import copy_course, read_notebook
from tests.test_bad_input import started


def open_(path, **options) -> Gradebook:
    return Gradebook(f"sqlite:///{path}", **options)


@pytest.fixture(scope="module")
def marked_once(tmp_path_factory):
    """A graded course with a student on the roster who hands nothing in, and with marks by hand."""
    course = copy_course(tmp_path_factory.mktemp("marked_once") / "course")
    shutil.copytree(course / "examples" / "submitted" / "perfect" / "layers", course / "submitted" / "ada" / "layers")
    grade(course, choose_class(course), say=lambda text: None, workers=1)
    with open_(course / "gradebook.db") as gradebook:
        gradebook.update_or_create_student("ada", first_name="Ada", email="ada@example.org")
        gradebook.add_student("max", last_name="Muster")
        for cell, score, comment in (("writeup_linear", 5, "Which layout?"), ("writeup_softmax", 4, None)):
            key = (cell, "neural_layers", "layers", "ada")
            mark = gradebook.find_grade(*key)
            mark.manual_score, mark.needs_manual_grade = score, False
            gradebook.find_comment(*key).manual_comment = comment
        gradebook.find_grade("check_train_step", "neural_layers", "layers", "ada").extra_credit = 2
        gradebook.db.commit()
    return course


@pytest.fixture
def marked(marked_once, tmp_path):
    """A copy of it that a test may change."""
    return shutil.copytree(marked_once, tmp_path / "course")


def with_one_exercise_more_and_one_less(course) -> None:
    """The course with a new write-up, and its gradebook as if it had been made with one that is no longer there."""
    path = course / "source" / "layers" / "neural_layers.ipynb"
    notebook = read_notebook(path)
    new = copy.deepcopy(
        next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "writeup_softmax")
    )
    new.id = new.metadata.nbgrader["grade_id"] = "writeup_new"
    after = next(
        i for i, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == "writeup_softmax"
    )
    notebook.cells.insert(after + 1, new)
    nbformat.write(notebook, path)
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as database:
        database.execute("UPDATE base_cell SET name = 'writeup_gone' WHERE name = 'writeup_softmax'")
        database.commit()


def scores(path) -> dict[str, tuple]:
    with open_(path) as gradebook:
        grades = gradebook.find_submission_notebook("neural_layers", "layers", "ada").grades
        return {grade.name: (grade.manual_score, grade.extra_credit, grade.needs_manual_grade) for grade in grades}


def test_a_class_is_carried_into_the_gradebook_of_a_changed_course(marked):
    with_one_exercise_more_and_one_less(marked)
    with pytest.raises(CellsChanged, match="make carry FROM=old.db"):
        grade(marked, choose_class(marked), say=lambda text: None)
    (marked / "gradebook.db").rename(marked / "old.db")
    before = (marked / "old.db").read_bytes()
    result = started(marked, "carry", "old.db")
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [
        "Carried over: 2 students, 1 submissions, 3 marks and comments given by hand.",
        "Not carried over: 1 given for the cell writeup_gone, which the course no longer has.",
    ]
    assert (marked / "old.db").read_bytes() == before
    found = scores(marked / "gradebook.db")
    assert found["writeup_linear"] == (5, None, False)
    assert found["check_train_step"] == (None, 2, False)
    assert found["writeup_softmax"] == found["writeup_new"] == (None, None, True)
    grade(marked, choose_class(marked), say=lambda text: None, workers=1)
    assert scores(marked / "gradebook.db")["writeup_linear"] == (5, None, False)
    assert "Which layout?" in (marked / "feedback" / "ada" / "layers" / "neural_layers.html").read_text(encoding="utf-8")
    with open_(marked / "gradebook.db") as gradebook:
        assert gradebook.find_student("max").last_name == "Muster"
        assert gradebook.find_student("ada").email == "ada@example.org"


def test_carrying_twice_changes_nothing_and_what_was_marked_since_stays(marked):
    (marked / "gradebook.db").rename(marked / "old.db")
    carry_over(marked, "old.db")
    first = scores(marked / "gradebook.db")
    with open_(marked / "gradebook.db") as gradebook:
        gradebook.find_grade("writeup_linear", "neural_layers", "layers", "ada").manual_score = 6
        gradebook.db.commit()
    assert carry_over(marked, "old.db") == [
        "Carried over: 0 students, 0 submissions, 0 marks and comments given by hand.",
        "Left as it is: 1 that the new gradebook has otherwise.",
    ]
    assert scores(marked / "gradebook.db") == {**first, "writeup_linear": (6, None, False)}


def test_an_empty_database_in_the_place_of_one_with_marks_is_said_and_can_be_filled(marked, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("server") / "marks.db"
    with (marked / "nbgrader_config.py").open("a") as file:
        file.write(f'\nc.CourseDirectory.db_url = "sqlite:///{elsewhere}"\n')
    assert "gradebook.db holds marks of 1 submissions: `make carry FROM=gradebook.db`" in left_behind(
        Course(marked), f"sqlite:///{elsewhere}"
    )
    said = []
    grade(marked, choose_class(marked), say=said.append, workers=1)
    assert any(text.startswith("WARNING: The gradebook sqlite:////") and "make carry" in text for text in said)
    carry_over(marked, "gradebook.db")
    assert scores(elsewhere) == scores(marked / "gradebook.db")
    assert left_behind(Course(marked), f"sqlite:///{elsewhere}") == ""


@pytest.mark.parametrize(
    ("source", "sentence"), [("nowhere.db", "there is no gradebook"), ("gradebook.db", "is the gradebook of the course")]
)
def test_what_cannot_be_carried_from_is_refused_in_one_sentence(marked, command_line, source, sentence):
    result = command_line(marked, "carry", source)
    assert result.returncode == 2
    assert sentence in result.stderr and len(result.stderr.splitlines()) == 1
