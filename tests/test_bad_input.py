"""Whatever an instructor or a student puts in the wrong place: one clear sentence, nothing lost, the right exit status."""

import json
import shutil
import subprocess
import sys

import pytest

from autograder.grading.inbox.importing import read_wanted
from autograder.grading.inbox.repair import NoNotebook
from autograder.grading.inbox.stage import take
from autograder.grading.submissions import Submission, find_submissions, read_files
from tests.conftest import ASSIGNMENTS, BY_ID, ROOT

WANTED = read_wanted(ROOT, ASSIGNMENTS)


def started(course, *arguments):
    """The command line, as the Makefile calls it, in a course of its own."""
    return subprocess.run(
        [sys.executable, "-m", "autograder", "--root", str(course), *arguments], cwd=ROOT, capture_output=True, text=True
    )


def hand_in(course, student, identifier, content: str | None = None, name: str | None = None):
    """Put a submission into ``submitted/``: the sample's perfect notebook unless its text is given."""
    folder = course / "submitted" / student / identifier
    folder.mkdir(parents=True)
    notebook = f"{BY_ID[identifier].notebook}.ipynb" if identifier in BY_ID else "notebook.ipynb"
    if content is None:
        shutil.copy(course / "examples" / "submitted" / "perfect" / identifier / notebook, folder / (name or notebook))
    else:
        (folder / (name or notebook)).write_text(content)
    return folder


def _said_of(submission: Submission) -> str:
    contents = read_files(submission)
    wanted = WANTED[submission.assignment.identifier]
    try:
        return " ".join(
            take(contents.files, contents.times, wanted, [each for each in WANTED.values() if each is not wanted]).remarks
        )
    except NoNotebook as error:
        return str(error)


def sentences(course):
    submissions, strays = find_submissions(course / "submitted", ASSIGNMENTS)
    return [_said_of(submission) for submission in submissions], strays


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "its text is not JSON (line 1)"),
        ("{\n\n1", "its text is not JSON (line 3)"),
        ("[" * 100_000, "its text is not JSON"),
        ("[]", "JSON but no notebook"),
        ("{}", "JSON but no notebook"),
        (json.dumps({"cells": 3, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "JSON but no notebook"),
        (json.dumps({"cells": [{"cell_type": "code"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "carries no cell"),
    ],
)
def test_a_broken_notebook_is_described_in_one_sentence(tmp_path, content, words):
    hand_in(tmp_path, "ada", "layers", content)
    (sentence,), _ = sentences(tmp_path)
    assert words in sentence
    assert len(sentence.splitlines()) == 1


def test_a_notebook_of_another_name_is_the_submission_and_is_said_to_be(course):
    hand_in(course, "ada", "layers", name="neural_layers (1).ipynb")
    (sentence,), _ = sentences(course)
    assert sentence == "neural_layers (1).ipynb was graded as neural_layers.ipynb: it carries the assignment's cells."


def test_a_missing_notebook_is_said_with_what_is_there_instead(course):
    folder = hand_in(course, "ada", "layers", "{}", name="notes.ipynb")
    (folder / "scan.pdf").write_bytes(b"%PDF-")
    (sentence,), _ = sentences(course)
    assert "no notebook with the cells of layers was handed in (neural_layers.ipynb is missing)" in sentence
    assert "notes.ipynb carries no cell of the assignment" in sentence and "scan.pdf" in sentence


def test_a_folder_that_is_no_assignment_is_named_with_the_right_names(course):
    hand_in(course, "ada", "homework", "{}")
    (course / "submitted" / "bob").mkdir()
    _, strays = sentences(course)
    assert "ada/homework: there is no such assignment" in strays[0]
    assert "differentiation or layers" in strays[0]
    assert "bob: the folder holds no assignment" in strays[1]


def test_an_unknown_student_is_an_error_that_lists_those_who_are_there(course):
    hand_in(course, "ada", "layers")
    result = started(course, "grade", "--student", "charles")
    assert result.returncode == 2
    assert result.stderr.strip() == "Error: charles has no submission in submitted/. There are submissions of: ada."
    assert not (course / "autograded").exists()


def test_submissions_that_cannot_be_graded_do_not_make_the_run_fail(course):
    hand_in(course, "ada", "layers", "no JSON")
    hand_in(course, "bob", "layers", "{}", name="other.ipynb")
    result = started(course, "grade")
    assert result.returncode == 0, result.stderr
    assert "ada/layers: NOT GRADED" in result.stdout
    assert "neural_layers.ipynb is missing" in result.stdout
    assert (course / "submitted" / "ada" / "layers" / "neural_layers.ipynb").read_text() == "no JSON"
    assert "ada" in (course / "grades.csv").read_text()
    assert result.stderr == ""


def test_a_folder_that_is_no_course_is_refused(tmp_path, command_line):
    result = command_line(tmp_path, "build")
    assert result.returncode == 2
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_sample_class_never_takes_the_place_of_a_class_that_has_marks(course, command_line):
    hand_in(course, "ada", "layers", "no JSON")
    assert command_line(course, "grade").returncode == 0
    shutil.rmtree(course / "submitted")
    grades = (course / "grades.csv").read_bytes()
    result = command_line(course, "grade")
    assert result.returncode == 2
    assert "gradebook.db holds marks" in result.stderr
    assert (course / "grades.csv").read_bytes() == grades


def test_an_assignment_without_its_description_is_named(course, command_line):
    (course / "assignments" / "layers" / "assignment.toml").unlink()
    result = command_line(course, "build")
    assert result.returncode == 2
    assert "assignments/layers/assignment.toml is missing" in result.stderr


def test_a_student_who_was_not_graded_has_a_page_that_says_why_and_what_to_do(course, command_line):
    hand_in(course, "ada", "layers", "no JSON")
    folder = hand_in(course, "bob", "layers", "{}", name="<img src=x onerror=alert(1)> $x$ *a*.ipynb")
    assert command_line(course, "grade").returncode == 0
    page = (course / "feedback" / "ada" / "layers" / "neural_layers.html").read_text()
    assert "not graded yet" in page and "its text is not JSON (line 1)" in page and "hand in the file" in page
    page = (course / "feedback" / "bob" / "layers" / "neural_layers.html").read_text()
    assert "<img" not in page and "onerror=alert(1)&gt; $x$ *a*.ipynb" in page
    assert folder.exists()
