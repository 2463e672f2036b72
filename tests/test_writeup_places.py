"""Where a write-up's verdicts show: in the student's notebook, and at the cell that a person marks."""

import json
import os
import shutil
import time

import pytest
from nbgrader.api import Gradebook

from autograder.grading.classes import choose_class
from autograder.grading.run import grade
from matrix_checks.derivations import check_writeup
from tests.conftest import BY_ID, ROOT, notebook_of, read_notebook


@pytest.fixture
def handed_in(course):
    """A function that grades one student's notebook of the sample class and gives the grade and comment of a write-up."""

    def run(student: str, setting: str = "") -> tuple[float | None, bool, str | None]:
        with (course / "nbgrader_config.py").open("a") as file:
            file.write(f"\n{setting}\n")
        origin = course / "examples" / "submitted" / student / "differentiation"
        shutil.copytree(origin, course / "submitted" / student / "differentiation")
        chosen = choose_class(course)
        grade(course, chosen, say=lambda text: None)
        with Gradebook(chosen.db_url, "matrix-derivatives") as gradebook:
            place = ("writeup_ex1", "matrix_derivatives", "differentiation", student)
            mark, comment = gradebook.find_grade(*place), gradebook.find_comment(*place)
            return mark.auto_score, mark.needs_manual_grade, comment.comment

    return run


def test_a_writeup_has_a_suggestion_and_still_waits_for_a_person(handed_in, course):
    score, waits, comment = handed_in("seed")
    # Nothing counts for which nobody has answered.
    assert score is None and waits
    assert "of 8 points, a suggestion by machine; a person decides" in comment
    assert "The first false step is" in comment and "a column (N × 1) cannot be added to a row (1 × N)" in comment
    page = (course / "feedback" / "seed" / "differentiation" / "matrix_derivatives.html").read_text(encoding="utf-8")
    assert "a column (N × 1) cannot be added to a row (1 × N)" in page
    assert "a suggestion by machine" not in page, "the steps are for students, the points for reviewers"


def test_a_blank_writeup_has_none(handed_in):
    assert handed_in("untouched") == (0, False, "No response.")


@pytest.mark.parametrize(("student", "accepted"), [("perfect", True), ("seed", False)])
def test_an_instructor_may_accept_what_holds_in_every_step(handed_in, student, accepted):
    score, waits, comment = handed_in(student, "c.SuggestWriteups.accept_complete = True")
    assert (score, waits) == ((8, False) if accepted else (None, True))
    assert ("accepted, because every step holds" in comment) == accepted


@pytest.fixture
def student_folder(tmp_path):
    """A student's folder with the perfect student's notebook."""
    shutil.copytree(ROOT / "release" / "differentiation", tmp_path / "differentiation")
    origin = ROOT / "examples" / "submitted" / "perfect" / "differentiation" / "matrix_derivatives.ipynb"
    shutil.copyfile(origin, tmp_path / "differentiation" / "matrix_derivatives.ipynb")
    return tmp_path / "differentiation"


def test_the_check_cell_reads_the_saved_notebook_and_says_when_it_was_saved(student_folder, capsys):
    os.utime(student_folder / "matrix_derivatives.ipynb", (1_700_000_000, 1_700_000_000))
    check_writeup("writeup_ex1", student_folder)
    said = capsys.readouterr().out
    assert "matrix_derivatives.ipynb, as it was saved on" in said and "November" in said
    assert "14 equalities read: 14 true" in said and "✓ steps 1 to 15: 14 hold, 1 condition" in said


@pytest.mark.parametrize(
    ("age", "words"), [(60, "1 min"), (38 * 60, "38 min"), (3700, "1 h"), (47 * 3600, "47 h"), (49 * 3600, "2 days")]
)
def test_before_the_first_save_the_check_cell_says_how_old_the_file_is_and_what_to_press(age, words, tmp_path, capsys):
    shutil.copytree(ROOT / "release" / "differentiation", tmp_path / "differentiation")
    notebook = tmp_path / "differentiation" / "matrix_derivatives.ipynb"
    saved = time.time() - age
    os.utime(notebook, (saved, saved))
    check_writeup("writeup_ex1", notebook.parent)
    said = capsys.readouterr().out
    assert f"the saved file ({words} old) has no write-up yet: press Ctrl+S, then run this cell again." in said


def test_the_check_cell_says_when_no_notebook_is_there(tmp_path, capsys):
    (tmp_path / "broken.ipynb").write_text("{")
    check_writeup("writeup_ex1", tmp_path)
    assert "There is no saved notebook" in capsys.readouterr().out


@pytest.mark.parametrize("identifier", BY_ID)
def test_a_check_cell_stands_behind_each_writeup(identifier):
    cells = read_notebook(notebook_of("release", BY_ID[identifier])).cells
    names = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in cells]
    writeups = [place for place, name in enumerate(names) if name.startswith("writeup_")]
    assert writeups and all(cells[place + 1].source == f'check_writeup("{names[place]}")' for place in writeups)
    assert all(cells[place + 1].metadata.nbgrader.locked for place in writeups)


def test_the_student_is_told_what_the_reader_cannot_do():
    text = "\n".join(cell.source for cell in read_notebook(notebook_of("release", BY_ID["differentiation"])).cells)
    assert "not the reasons" in " ".join(text.split())


def test_halves_of_a_split_derivation_are_read_as_one_in_the_students_own_notebook(tmp_path):
    from matrix_checks.derivations.notebooks import read_cells

    def cell(source):
        return {"cell_type": "markdown", "metadata": {"nbgrader": {"grade_id": "writeup_ex1"}}, "source": source}

    halves = [cell("$dy = 2 x^T dx$"), cell(["$\\frac{dy}{dx} = 2x$"]), cell("*Write your derivation here, and remove this line.*")]
    (tmp_path / "split.ipynb").write_text(json.dumps({"cells": halves}))
    assert read_cells(tmp_path / "split.ipynb") == {"writeup_ex1": "$dy = 2 x^T dx$\n\n$\\frac{dy}{dx} = 2x$"}
