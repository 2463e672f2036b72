"""Notebooks and folders made to deceive the grader: what they lose is their own."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from autograder.grading.classes import GradingError, choose_class
from autograder.grading.isolated import SECONDS_PER_NOTEBOOK, WALL
from autograder.grading.run import grade
from autograder.grading.state import State
from autograder.grading.submissions import find_submissions
from autograder.grading.worker import Worker, read_job
from tests.conftest import ASSIGNMENTS, BY_ID, ROOT, notebook_of, read_notebook

LAYERS = BY_ID["layers"]
CODE = LAYERS.points["code"]
ALL_EARNED = f"{CODE:g} of {CODE:g} points for code"


def submission_of(course, student, source="perfect", assignment=LAYERS):
    """A copy of a sample submission in ``submitted/``; returns the path of its notebook."""
    place = f"{assignment.identifier}/{assignment.notebook}.ipynb"
    target = course / "submitted" / student / place
    target.parent.mkdir(parents=True)
    target.write_bytes((course / "examples" / "submitted" / source / place).read_bytes())
    return target


def grade_quietly(course, **options):
    said: list[str] = []
    which = choose_class(course, said.append)
    remarks = grade(course, which, say=said.append, **options)
    points = {}
    for text in said:
        if text.startswith("["):
            key, outcome = text.split("] ", 1)[1].split(": ", 1)
            points[key.split("/")[0]] = outcome
    return points, remarks


def test_a_notebook_made_to_deceive_is_graded_by_the_instructors_cells(course, own_warm_parent):
    """A changed check, changed points, a changed grade id and a swapped kind of cell change nothing for the better."""
    path = submission_of(course, "forger", source="untouched")
    notebook = read_notebook(path)
    for cell in notebook.cells:
        if cell.id == "check_linear_forward":
            cell.source = "4.0"
        if cell.id == "check_linear_backward":
            cell.metadata.nbgrader.points = 1000.0
            cell.source = "1000.0"
        if cell.id == "check_softmax_forward":
            cell.metadata.nbgrader.grade_id = "check_softmax_backward"
        if cell.id == "check_softmax_jacobian":
            cell.metadata.nbgrader.update(grade=False, locked=False, solution=True)
            cell.source = "4.0"
        if cell.id == "check_train_step":
            cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "8.0"}, execution_count=1)]
    nbformat.write(notebook, path)
    submission_of(course, "honest")
    points, _ = grade_quietly(course)
    assert points["forger"].startswith((f"0 of {CODE:g}", "NOT GRADED"))
    assert points["honest"] == ALL_EARNED


def test_a_huge_notebook_with_huge_outputs_costs_nobody_else(course):
    path = submission_of(course, "huge")
    notebook = read_notebook(path)
    laughs = {"output_type": "stream", "name": "stdout", "text": "ha" * 2_000_000}
    for cell in notebook.cells[:20]:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.from_dict(laughs)]
    notebook.cells.insert(3, new_code_cell("x = [['ha'] * 9] * 9\nfor _ in range(3): x = [x] * 9\nprint(x)", id="laughs"))
    nbformat.write(notebook, path)
    submission_of(course, "honest")
    points, _ = grade_quietly(course)
    assert points["honest"] == ALL_EARNED
    assert points["huge"] == ALL_EARNED
    graded = notebook_of("autograded/huge", LAYERS, course)
    assert graded.stat().st_size < 10_000_000


def test_links_in_a_submission_are_not_followed(course, tmp_path_factory):
    path = submission_of(course, "linker")
    secret = tmp_path_factory.mktemp("outside") / "secret.txt"
    secret.write_text("not yours")
    (path.parent / "link.txt").symlink_to(secret)
    (path.parent / "folder").symlink_to(secret.parent)
    submissions, _ = find_submissions(course / "submitted", ASSIGNMENTS)
    assert set(read_job(submissions[0]).contents.files) == {path.name}
    path.unlink()
    path.symlink_to(notebook_of("source", LAYERS, course))
    points, remarks = grade_quietly(course)
    assert points["linker"] == "NOT GRADED"
    assert "a link is not followed" in remarks["linker/layers"][0] and "is missing" in remarks["linker/layers"][1]
    assert not list((course / "feedback").rglob("secret.txt"))


def _of_text(notebook):
    notebook.cells[0].metadata.nbgrader = "x"


def _of_list(notebook):
    next(cell for cell in notebook.cells if cell.id == "check_softmax_forward").metadata.nbgrader.grade_id = [1]


def _of_object(notebook):
    notebook.cells[1].metadata["nbgrader"] = {"grade_id": {"a": 1}}


def _of_kernel(notebook):
    notebook.metadata["kernelspec"] = "python3"


def test_what_breaks_the_graders_own_code_costs_its_own_submission_only(course):
    """Metadata of every wrong kind, numbers without end, a folder in the place of the notebook, names in no alphabet."""
    for change in (_of_text, _of_list, _of_object, _of_kernel):
        path = submission_of(course, f"aa{change.__name__}")
        notebook = json.loads(path.read_text())
        notebook = nbformat.from_dict(notebook)
        change(notebook)
        path.write_text(json.dumps(notebook))
    path = submission_of(course, "aa_digits")
    path.write_text(path.read_text().replace('"metadata": {}', '"metadata": {"x": ' + "1" * 5000 + "}", 1))
    path = submission_of(course, "aa_folder")
    path.unlink()
    path.mkdir()
    (path / "x").write_text("x")
    path = submission_of(course, "aa_name")
    with open(os.fsencode(path.parent) + b"/caf\xe9.txt", "w") as file:
        file.write("x")
    (course / "submitted" / "aa\udcff").mkdir()
    submission_of(course, "honest")
    said: list[str] = []
    remarks = grade(course, choose_class(course, said.append), say=said.append)
    assert remarks["honest/layers"] == []
    assert any(f"honest/layers: {ALL_EARNED}" in text for text in said), said
    assert any(f"aa_name/layers: {ALL_EARNED}" in text for text in said), said
    assert sum(text.startswith("[") for text in said) == 8
    assert any(f"aa_digits/layers: {ALL_EARNED}" in text for text in said), said
    assert any("aa_folder/layers: NOT GRADED" in text for text in said), said
    "".join(said).encode()


def test_a_remark_says_nothing_to_the_terminal(course):
    path = submission_of(course, "ada")
    notebook = read_notebook(path)
    notebook.cells.insert(3, new_code_cell('raise ValueError("\\x1b[8A\\x1b[2K ada 60/60")', id="escape"))
    for number in range(2):
        notebook.cells.insert(3, new_code_cell("1", id=f"cell{number}", metadata={"nbgrader": {"grade_id": "\ud800"}}))
    path.write_text(json.dumps(notebook))
    said: list[str] = []
    remarks = grade(course, choose_class(course, said.append), say=said.append)
    assert all(sentence.isprintable() for sentence in remarks["ada/layers"])
    assert all(line.isprintable() for text in said for line in text.split("\n"))


def test_a_submission_that_keeps_its_grader_busy_is_stopped_and_named(course, monkeypatch):
    for student in ("ada", "bea", "cleo"):
        submission_of(course, student)
    grade_one = Worker.grade

    def busy_for_bea(worker, job):
        while job.student == "bea":
            time.sleep(0.1)
        return grade_one(worker, job)

    monkeypatch.setattr(Worker, "grade", busy_for_bea)
    monkeypatch.setattr("autograder.grading.class_results.SECONDS_FOR_THE_REST", 8 - WALL * SECONDS_PER_NOTEBOOK)
    monkeypatch.setattr("autograder.grading.pool.SECONDS_TO_LOOK", 0.5)
    said: list[str] = []
    with pytest.raises(GradingError, match="bea/layers was not graded"):
        grade(course, choose_class(course, said.append), say=said.append)
    outcomes = {text.partition("] ")[2] for text in said if text.startswith("[")}
    assert outcomes == {
        f"ada/layers: {ALL_EARNED}",
        "bea/layers: NOT GRADED, run again",
        f"cleo/layers: {ALL_EARNED}",
    }
    assert any("bea/layers: not graded, run again: it was not graded within 8 seconds" in text for text in said), said


def test_without_bubblewrap_the_run_stops_and_says_how_to_go_on(course, monkeypatch):
    submission_of(course, "ada")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GradingError, match="sudo apt install bubblewrap.*c.IsolatedExecute.isolation"):
        grade_quietly(course)
    assert not (course / "autograded").exists()


def test_where_the_sandbox_does_not_start_the_run_stops_and_says_how_to_go_on(
    course, own_warm_parent, monkeypatch, tmp_path_factory
):
    submission_of(course, "ada")
    folder = tmp_path_factory.mktemp("bin")
    (folder / "bwrap").write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    (folder / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    with pytest.raises(GradingError, match="does not start on this machine.*c.IsolatedExecute.isolation.*No permissions to create"):
        grade_quietly(course)
    assert not (course / "autograded").exists()


def grades_and_comments(course, assignment=LAYERS):
    """All that the gradebook holds of each graded cell."""
    found = {}
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        for submission in gradebook.assignment_submissions(assignment.identifier):
            notebook = submission.notebooks[0]
            comments = {comment.cell.name: comment.auto_comment for comment in notebook.comments}
            for one in notebook.grades:
                state = one.auto_score, one.manual_score, one.needs_manual_grade
                found[submission.student.id, one.cell.name] = (*state, comments.get(one.cell.name))
    return found


def _digests(folder):
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_a_run_that_is_killed_loses_nothing(course):
    """Killed again and again; afterwards the marks are those of an undisturbed run."""
    for student in ("forgetful", "seed", "perfect"):
        submission_of(course, student, source=student)
    before = _digests(course / "submitted")
    rng = random.Random(4)
    for _ in range(int(os.environ.get("KILLS", "2"))):
        run = subprocess.Popen(
            [sys.executable, "-m", "autograder", "--root", str(course), "grade", "--again"],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(rng.uniform(3, 10))
        run.send_signal(signal.SIGKILL)
        run.wait()
    grade_quietly(course)
    grades = grades_and_comments(course)
    codes = {student: 0.0 for student, _ in grades}
    for (student, cell), (auto, *_) in grades.items():
        codes[student] += auto if cell.startswith("check_") else 0
    assert codes == {"forgetful": CODE - 10, "seed": 24.0, "perfect": CODE}
    assert _digests(course / "submitted") == before
    state = State(course, "submitted")
    assert all(state.knows(f"{student}/layers") for student in codes)
