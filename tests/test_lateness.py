"""When a submission came ends in the gradebook, in the page and in ``grades.csv``, as it does with plain nbgrader."""

import csv
import shutil
from collections.abc import Iterable
from datetime import datetime

import pytest
from nbgrader.plugins import CsvExportPlugin
from nbgrader.utils import parse_utc

from autograder.course.course import Course
from autograder.course.release import load_config, nbgrader_api, quiet_nbgrader
from autograder.grading.classes import choose_class
from autograder.grading.extensions import extend
from autograder.grading.gradebooks import open_gradebook
from autograder.grading.lateness import UnreadableTimestamp, read_timestamp, remarks, spoken
from autograder.grading.run import grade
from tests.conftest import ASSIGNMENTS, BY_ID, KNOWN, copy_course

# An extension without a name is one for all assignments: here for these, whose due dates the tests know.
BOTH = [BY_ID[identifier] for identifier in KNOWN]
# What a perfect submission earns for code.
CODE = BY_ID["layers"].points["code"]
LATE = "2027-04-02 11:59:00 UTC"
IN_TIME = "2027-03-01 07:00:00 UTC"
NOT_A_TIME = {
    "garbage": b"yesterday, I think",
    "empty": b"",
    "nothing but a time": b"14:30",
    "a number": b"12",
    "the first year": b"0001-01-01 00:00:00 +0300",
    "the last year": b"9999-12-31 23:59:59 -0300",
    "ten megabytes": b"2" * 10_000_000,
    "NUL": b"2027-03-01 10:00:00\0UTC",
    "no UTF-8": b"\xff\xfe2027",
    "a file for a time zone": b"2027-03-01 10:00:00 /dev/stdin",
    "an offset beyond any day": b"2027-03-01 10:00:00 99999999999",
}


def cost_everything(course) -> None:
    """Let lateness take all points."""
    with (course / "nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')


@pytest.fixture
def late_course(course):
    """A course in which lateness costs everything, with one submission."""
    cost_everything(course)
    hand_in_at(course, None)
    return course


@pytest.fixture(scope="module")
def late_once(tmp_path_factory):
    """Such a course after a run that graded its submission as late, and the remarks of that run."""
    course = copy_course(tmp_path_factory.mktemp("late_once") / "course")
    cost_everything(course)
    hand_in_at(course, LATE)
    return course, run(course)


@pytest.fixture
def graded_late(late_once, tmp_path):
    """A copy of it that a test may change."""
    return shutil.copytree(late_once[0], tmp_path / "course")


def hand_in_at(course, content: str | bytes | None, student: str = "ada") -> None:
    folder = course / "submitted" / student / "layers"
    if not folder.exists():
        shutil.copytree(course / "examples" / "submitted" / "perfect" / "layers", folder)
    path = folder / "timestamp.txt"
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def run(course) -> dict[str, list[str]]:
    return grade(course, choose_class(course), say=lambda text: None, workers=1)


def row_of(course, file: str = "grades.csv", student: str = "ada") -> dict[str, str]:
    with (course / file).open(encoding="utf-8") as content:
        return next(row for row in csv.DictReader(content) if (row["student_id"], row["assignment"]) == (student, "layers"))


def page(course) -> str:
    return (course / "feedback" / "ada" / "layers" / "neural_layers.html").read_text(encoding="utf-8")


def plain(course, folder, students: Iterable[str] = ("ada",)) -> dict[str, dict[str, str]]:
    """The rows that nbgrader's own commands export for the same submissions."""
    shutil.copytree(course, folder, ignore=shutil.ignore_patterns("gradebook*", "autograded", "feedback", "grades.csv"))
    open_gradebook(Course(folder), f"sqlite:///{folder / 'gradebook.db'}", ASSIGNMENTS)
    api = nbgrader_api(folder, load_config(folder))
    with quiet_nbgrader():
        assert all(api.autograde("layers", student)["success"] for student in students)
    exporter = CsvExportPlugin()
    exporter.to = str(folder / "plain.csv")
    with api.gradebook as gradebook:
        exporter.export(gradebook)
    return {student: row_of(folder, "plain.csv", student) for student in students}


# One student each: when the submission came, and until when there is an extension.
TIMES = {
    "late": (LATE, None),
    "in_time": (IN_TIME, None),
    "no_time": (None, None),
    "garbage": (NOT_A_TIME["garbage"], None),
    "extended": (LATE, "2027-04-02 11:59"),
    "extended_by_a_day": (LATE, "2027-04-02"),
    "extended_elsewhere": (LATE, "2027-04-02T14:59:00+03:00"),
}
EXTENDED = [student for student, (_, until) in TIMES.items() if until]


@pytest.fixture(scope="module")
def both_ways(tmp_path_factory):
    """The remarks of a run over these, their rows in its ``grades.csv``, and in the one of nbgrader's own commands."""
    course = copy_course(tmp_path_factory.mktemp("late") / "course")
    cost_everything(course)
    for student, (time, until) in TIMES.items():
        hand_in_at(course, time, student)
        if until is not None:
            extend(course, ASSIGNMENTS, student, until, "layers")
    said = run(course)
    by_nbgrader = plain(course, tmp_path_factory.mktemp("plain") / "course", TIMES)
    return said, {student: (row_of(course, student=student), by_nbgrader[student]) for student in TIMES}


@pytest.mark.parametrize("student", TIMES)
def test_grades_csv_says_of_lateness_what_plain_nbgrader_s_says(both_ways, student):
    _, rows = both_ways
    assert rows[student][0] == rows[student][1]


@pytest.mark.parametrize("student", EXTENDED)
def test_lateness_counts_from_the_end_of_an_extension_in_both_ways_of_grading(both_ways, student):
    said, rows = both_ways
    assert said[f"{student}/layers"] == []
    assert [row["score"] for row in rows[student]] == [str(CODE), str(CODE)]


def test_a_late_submission_is_remarked_upon_and_its_page_agrees_with_the_gradebook(late_once, graded_late):
    said = late_once[1]
    assert said["ada/layers"] == [f"late by 4 days 12 hours, which takes off {CODE:g} points"]
    row = row_of(graded_late)
    assert (row["timestamp"], row["late_submission_penalty"], row["raw_score"], row["score"]) == (
        "2027-04-02 11:59:00",
        str(CODE),
        str(CODE),
        "0.0",
    )
    assert f"0 of {CODE:g} points" in page(graded_late) and f"after {CODE:g} for being late" in page(graded_late)
    # It is not forgotten by a run that has nothing to do.
    assert run(graded_late)["ada/layers"] == [f"late by 4 days 12 hours, which takes off {CODE:g} points"]


def test_a_resubmission_in_time_takes_time_and_penalty_back(graded_late):
    hand_in_at(graded_late, IN_TIME)
    assert run(graded_late)["ada/layers"] == []
    row = row_of(graded_late)
    assert (row["timestamp"], row["late_submission_penalty"], row["score"]) == ("2027-03-01 07:00:00", "0.0", str(CODE))


def test_a_broken_resubmission_is_as_late_as_it_is(late_course):
    hand_in_at(late_course, LATE)
    (late_course / "submitted" / "ada" / "layers" / "neural_layers.ipynb").write_text("no notebook")
    said = run(late_course)["ada/layers"]
    assert said[-1] == "late by 4 days 12 hours"
    assert row_of(late_course)["timestamp"] == "2027-04-02 11:59:00"


def test_a_timestamp_that_cannot_be_read_costs_no_marks_and_is_a_remark(graded_late):
    hand_in_at(graded_late, NOT_A_TIME["the last year"])
    assert run(graded_late)["ada/layers"] == ["timestamp.txt cannot be read, so lateness is not known"]
    row = row_of(graded_late)
    assert (row["timestamp"], row["late_submission_penalty"], row["score"]) == ("", "0.0", str(CODE))


@pytest.mark.parametrize("kind", NOT_A_TIME)
def test_what_is_no_time_is_not_taken_for_one(tmp_path, kind):
    (tmp_path / "timestamp.txt").write_bytes(NOT_A_TIME[kind])
    with pytest.raises(UnreadableTimestamp):
        read_timestamp(tmp_path)
    assert remarks(tmp_path, 0, None) == ["timestamp.txt cannot be read, so lateness is not known"]


def test_a_timestamp_that_is_no_plain_file_is_not_opened(tmp_path):
    (tmp_path / "elsewhere").write_text(LATE)
    (tmp_path / "timestamp.txt").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnreadableTimestamp):
        read_timestamp(tmp_path)
    assert read_timestamp(tmp_path / "nowhere") is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        (LATE, datetime(2027, 4, 2, 11, 59)),
        ("2027-03-01T10:00:00+03:00", datetime(2027, 3, 1, 7)),
        ("2027-03-01 10:00:00.123456 Europe/Moscow", datetime(2027, 3, 1, 7, 0, 0, 123456)),
        ("\ufeff2027-03-01 10:00:00\r\n", datetime(2027, 3, 1, 10)),
    ],
)
def test_times_are_read_as_nbgrader_reads_them(tmp_path, text, time):
    (tmp_path / "timestamp.txt").write_text(text, encoding="utf-8")
    assert read_timestamp(tmp_path) == time == parse_utc(text.strip().strip("\ufeff"))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (388_800, "4 days 12 hours"),
        (86_400, "1 day"),
        (3_660, "1 hour 1 minute"),
        (59, "59 seconds"),
        (0.4, "0 seconds"),
    ],
)
def test_a_duration_is_said_in_two_units(seconds, words):
    assert spoken(seconds) == words


def test_plain_nbgrader_grades_a_submission_whose_timestamp_cannot_be_read(late_course, tmp_path_factory):
    hand_in_at(late_course, NOT_A_TIME["NUL"])
    row = plain(late_course, tmp_path_factory.mktemp("plain") / "course")["ada"]
    assert (row["timestamp"], row["score"]) == ("", str(CODE))


def test_an_extension_that_was_too_short_leaves_the_rest_as_late(late_course):
    hand_in_at(late_course, LATE)
    extend(late_course, ASSIGNMENTS, "ada", "2027-04-02T11:00:00+00:00", "layers")
    assert run(late_course)["ada/layers"] == [f"late by 59 minutes, which takes off {CODE:g} points"]


def test_an_extension_is_for_one_student_and_one_assignment_or_all(course):
    extend(course, BOTH, "ada", "2027-04-02")
    extend(course, BOTH, "Ada, Countess", "2027-04-03", "layers")
    extend(course, BOTH, "ada", "2027-04-04", "layers")
    assert (course / "extensions.csv").read_text() == (
        "student,assignment,until\n"
        "ada,differentiation,2027-04-02T23:59:59+00:00\n"
        '"Ada, Countess",layers,2027-04-03T23:59:59+00:00\n'
        "ada,layers,2027-04-04T23:59:59+00:00\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ada", "soon"), "'soon' is no date and time"),
        (("ada", "2027-01-01"), "2027-01-01 is before differentiation is due"),
        (("ada", "2027-04-04", "homework"), "there is no assignment 'homework'"),
    ],
)
def test_an_extension_that_makes_no_sense_is_refused(course, arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        extend(course, BOTH, *arguments)
    assert not (course / "extensions.csv").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("who,when\nada,2027-04-04\n", "needs the columns student,assignment,until"),
        ("student,assignment,until\nada,layers,soon\n", "extensions.csv, line 2: 'soon' is no date and time"),
        ("student,assignment,until\nada,homework,2027-04-04\n", "line 2: there is no assignment 'homework'"),
    ],
)
def test_a_broken_file_of_extensions_stops_the_run_and_stays_as_it_is(late_course, text, sentence):
    (late_course / "extensions.csv").write_text(text)
    with pytest.raises(ValueError, match=sentence):
        run(late_course)
    with pytest.raises(ValueError, match=sentence):
        extend(late_course, BOTH, "bea", "2027-04-04")
    assert (late_course / "extensions.csv").read_text() == text
