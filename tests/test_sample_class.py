"""The sample class can be marked in formgrader, and exported, like any other; no class is taken for another."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from autograder import cli
from autograder.course.release import load_config, nbgrader_api
from autograder.grading.classes import CLASS_VARIABLE, NothingGraded, class_to_mark
from tests.conftest import ASSIGNMENTS, ROOT

STUDENTS = {path.name for path in (ROOT / "examples" / "submitted").iterdir()}


@pytest.fixture
def sample(monkeypatch):
    monkeypatch.setenv(CLASS_VARIABLE, "sample")


def submissions(root, assignment):
    """By student, the points for code that formgrader shows; none for a notebook that could not be graded."""
    listed = nbgrader_api(root, load_config(root)).get_submissions(assignment.identifier)
    return {one["student"]: one["code_score"] for one in listed}


def test_formgrader_lists_the_sample_class_where_it_is_asked_for(graded_class, assignment, sample):
    listed = submissions(graded_class.root, assignment)
    assert set(listed) == STUDENTS and listed["perfect"] == assignment.points["code"]


def test_formgrader_lists_the_class_of_its_own_otherwise(graded_class, assignment):
    assert submissions(graded_class.root, assignment) == {}


def test_nbgrader_exports_the_sample_class(graded_class, sample, tmp_path):
    command = [sys.executable, "-m", "nbgrader", "export", "--to", str(tmp_path / "grades.csv")]
    subprocess.run(command, cwd=graded_class.root, check=True, capture_output=True)
    assert len((tmp_path / "grades.csv").read_text().splitlines()) == 1 + len(STUDENTS) * len(ASSIGNMENTS)


def test_the_class_to_mark_is_the_one_that_was_graded(course):
    with pytest.raises(NothingGraded, match="make grade"):
        class_to_mark(course)
    (course / "gradebook_sample.db").touch()
    assert class_to_mark(course) == "sample"
    (course / "submitted" / "ada").mkdir(parents=True)
    assert class_to_mark(course) == "submitted"


def test_a_class_whose_submissions_were_moved_away_is_still_the_one_to_mark(graded_class, course):
    (course / "gradebook.db").write_bytes((graded_class.root / "gradebook_sample.db").read_bytes())
    (course / "gradebook_sample.db").touch()
    assert class_to_mark(course) == "submitted"


def test_the_other_commands_do_not_ask_which_class_is_marked(course, sample, monkeypatch):
    """A variable that is still set must not put a class's marks into the sample's gradebook."""
    seen = []
    monkeypatch.setattr(cli, "_grade", lambda options: seen.append(os.environ.get(CLASS_VARIABLE)))
    assert cli.main(["--root", str(course), "grade"]) == 0
    assert seen == [None]


def test_the_command_opens_formgrader_with_the_sample_class(graded_class, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token="]
    environment = {**os.environ, "HOME": str(tmp_path), "JUPYTER_CONFIG_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(
        [sys.executable, "-m", "autograder", "formgrader", "--", *options],
        cwd=graded_class.root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def answer(path):
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=60)

    try:
        for _ in range(300):
            try:
                first = answer("")
                break
            except (ConnectionError, urllib.error.URLError) as error:
                assert server.poll() is None and not isinstance(error, urllib.error.HTTPError), error
                time.sleep(0.2)
        assert "/formgrader" in first.url
        assert {one["name"] for one in json.load(answer("formgrader/api/assignments"))} == {one.identifier for one in ASSIGNMENTS}
        assert {one["student"] for one in json.load(answer("formgrader/api/submissions/layers"))} == STUDENTS
    finally:
        server.terminate()
        server.wait(30)


def test_a_course_without_marks_says_what_to_do_first(course, capsys):
    assert cli.main(["--root", str(course), "formgrader"]) == 2
    assert "make grade" in capsys.readouterr().err
