"""A run of ``make grade`` says whose marks it changed, keeps out of another's way, and loses nothing where it cannot go on."""

import csv
import errno
import io
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook

from autograder.grading import class_run, locks, records
from autograder.grading.changes import changes
from autograder.grading.classes import GradingError, choose_class
from autograder.grading.exporting import SafeCsvExportPlugin, harmless
from autograder.grading.run import grade
from autograder.grading.state import State
from tests.conftest import BY_ID, ROOT, copy_course

# What a perfect submission earns for code.
CODE = BY_ID["layers"].points["code"]


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory):
    """A course with one submission after its first run, which said of no points that they changed."""
    course = copy_course(tmp_path_factory.mktemp("graded_once") / "course")
    shutil.copytree(course / "examples" / "submitted" / "perfect" / "layers", course / "submitted" / "ada" / "layers")
    assert not any("this run changed" in text for text in said_by(course))
    return course


@pytest.fixture
def ada(graded_once, tmp_path):
    """A copy that one run has graded."""
    return shutil.copytree(graded_once, tmp_path / "course")


def said_by(course, **options) -> list[str]:
    said = []
    grade(course, choose_class(course), say=said.append, workers=1, **options)
    return said


def score(course) -> float:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return gradebook.find_submission("layers", "ada").score


def test_a_run_says_whose_points_changed_and_by_how_much(ada):
    (ada / "submitted" / "ada" / "layers" / "neural_layers.ipynb").write_text("no notebook")
    assert any("this run changed:\n  ada/layers: 60 -> 0 (-60)" in text for text in said_by(ada))
    assert not any("this run changed" in text for text in said_by(ada))


def test_only_what_differs_and_was_there_before_is_a_change():
    assert changes({"a/x": 1.0, "b/x": 2.0, "c/x": 0.1 + 0.2}, {"a/x": 1.0, "b/x": 2.5, "c/x": 0.3, "d/x": 5.0}) == [
        "b/x: 2 -> 2.5 (+0.5)"
    ]


def test_a_second_run_waits_for_the_first_and_says_so(ada):
    before = (ada / "grades.csv").read_bytes()
    (ada / "grades.csv").unlink()
    with locks.one_run_at_a_time(ada):
        command = [sys.executable, "-m", "autograder", "--root", str(ada), "grade"]
        second = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        first_line = second.stdout.readline()
        assert first_line == "Another run works in this course: waiting for it to end.\n"
        assert not (ada / "grades.csv").exists()
    rest = second.communicate()[0]
    assert second.returncode == 0, rest
    assert (ada / "grades.csv").read_bytes() == before


def test_a_gradebook_that_another_program_keeps_locked_ends_the_run_with_one_sentence(ada, monkeypatch):
    monkeypatch.setattr(locks, "SECONDS_FOR_A_LOCKED_GRADEBOOK", 0.1)
    other = sqlite3.connect(ada / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(GradingError, match="^gradebook.db is locked by another program. Close it and run the command again"):
        said_by(ada, again=True)
    other.close()
    assert score(ada) == CODE
    assert any(f"{CODE:g} of {CODE:g}" in text for text in said_by(ada, again=True))


def test_a_gradebook_that_is_locked_in_the_middle_of_a_run_does_so_too(ada, monkeypatch, capfd):
    original = class_run.record

    def record_while_locked(*arguments):
        other = sqlite3.connect(ada / "gradebook.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        try:
            original(*arguments)
        finally:
            other.close()

    monkeypatch.setattr(class_run, "record", record_while_locked)
    with pytest.raises(GradingError, match="^gradebook.db is locked by another program"):
        said_by(ada, again=True)
    assert "Traceback" not in "".join(capfd.readouterr())
    monkeypatch.setattr(class_run, "record", original)
    assert any(f"{CODE:g} of {CODE:g}" in text for text in said_by(ada, again=True))


def test_a_full_disk_ends_the_run_with_one_sentence_and_leaves_nothing_half_written(ada, monkeypatch):
    replace = os.replace

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(records.os, "replace", full)
    with pytest.raises(GradingError, match="^the disk is full. Make room and run the command again"):
        said_by(ada, again=True)
    monkeypatch.setattr(records.os, "replace", replace)
    assert [path.name for path in (ada / "autograded" / "ada").iterdir() if path.name.startswith(".new")] == []
    assert (ada / "autograded" / "ada" / "layers" / "neural_layers.ipynb").exists()
    assert score(ada) == CODE
    assert any(f"{CODE:g} of {CODE:g}" in text for text in said_by(ada, again=True))


@pytest.mark.parametrize(
    "text",
    [
        "[]", "{}", "null", "3", "{", "\\u0000", '{"class": "submitted"}', '{"class": "submitted", "graded": []}',
        '{"class": "submitted", "graded": {"ada/layers": {}}}', '{"class": "submitted", "graded": {"ada/layers": {"fingerprint": 3, "remarks": 4}}}',
        '{"class": "other", "graded": {"../layers": {"fingerprint": "", "remarks": []}}}',
    ],
)  # fmt: skip
def test_a_malformed_note_of_what_was_graded_is_said_and_read_as_none(tmp_path, text):
    (tmp_path / "autograded" / "ada").mkdir(parents=True)
    (tmp_path / "autograded" / ".graded.json").write_text(text)
    state = State(tmp_path, "submitted")
    assert state.unreadable
    assert not state.is_current("ada/layers", "some")
    assert (tmp_path / "autograded" / "ada").is_dir()


def test_what_was_graded_is_noted_one_by_one_and_known_to_the_next_run(tmp_path):
    first = State(tmp_path, "submitted")
    for number in range(20):
        first.record(f"student{number}/layers", str(number), ["a sentence"], "page")
    size = (tmp_path / "autograded" / ".graded.json").stat().st_size
    first.record_page("student3/layers", "another page")
    # A note costs the same, however many there are.
    assert (tmp_path / "autograded" / ".graded.json").stat().st_size == size
    second = State(tmp_path, "submitted")
    assert all(second.is_current(f"student{number}/layers", str(number)) for number in range(20))
    assert second.page("student3/layers") == "another page" and second.remarks("student19/layers") == ["a sentence"]


def test_a_note_that_was_half_written_when_the_run_was_killed_is_graded_again_and_no_other(tmp_path):
    first = State(tmp_path, "submitted")
    for name in ("ada", "bea", "cem"):
        first.record(f"{name}/layers", name, [], "")
    journal = tmp_path / "autograded" / ".graded.journal"
    journal.write_text(journal.read_text()[:-9])
    second = State(tmp_path, "submitted")
    assert [second.is_current(f"{name}/layers", name) for name in ("ada", "bea", "cem")] == [True, True, False]
    second.record("cem/layers", "cem", [], "")
    assert State(tmp_path, "submitted").is_current("cem/layers", "cem")


def test_the_notes_of_the_sample_class_are_no_notes_of_another(tmp_path):
    State(tmp_path, "sample").record("ada/layers", "ada", [], "")
    State(tmp_path, "submitted").record("bea/layers", "bea", [], "")
    again = State(tmp_path, "submitted")
    assert again.is_current("bea/layers", "bea") and not again.knows("ada/layers")


def test_a_run_with_a_malformed_note_grades_again_and_keeps_what_a_person_gave(ada):
    with Gradebook(f"sqlite:///{ada / 'gradebook.db'}") as gradebook:
        gradebook.find_grade("writeup_linear", "neural_layers", "layers", "ada").manual_score = 3
        gradebook.db.commit()
    (ada / "autograded" / ".graded.json").write_text("[]")
    assert "autograded/.graded.json cannot be read, so everything is graded again; no mark is lost." in said_by(ada)
    assert score(ada) == 63


@pytest.mark.parametrize("text", ["=1+1", "@SUM(1)", "+cmd|x", "-rf", " =1", "\t=1", "\uff1d1+1"])
def test_a_cell_that_a_spreadsheet_would_compute_is_made_a_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["ada", "O'Hara", "-3", "+7.5", 60.0, -2.5, "a=b", "", "1e-3"])
def test_other_cells_stay_as_they_are(value):
    assert harmless(value) == str(value)


def test_a_name_with_a_comma_a_quote_or_a_new_line_keeps_its_row_whole(tmp_path):
    plugin = SafeCsvExportPlugin()
    plugin.to = str(tmp_path / "grades.csv")
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment("layers")
        gradebook.add_student("ada", last_name="Lovelace, Countess", first_name='Ada "A"\nB', email="=HYPERLINK(1)")
        plugin.export(gradebook)
    (row,) = csv.DictReader(io.StringIO((tmp_path / "grades.csv").read_text()))
    assert (row["last_name"], row["first_name"], row["email"], row["score"]) == (
        "Lovelace, Countess",
        'Ada "A"\nB',
        "'=HYPERLINK(1)",
        "0.0",
    )
