"""A sample of mangled submissions, graded: exactly the marks of what is still there, in the sandbox and by plain nbgrader."""

import pytest
from nbgrader.api import Gradebook

from autograder.course.assignment import read_assignments
from autograder.course.course import Course
from autograder.course.release import load_config, nbgrader_api, quiet_nbgrader
from autograder.grading.classes import choose_class
from autograder.grading.gradebooks import open_gradebook
from autograder.grading.marks import read_marks
from autograder.grading.run import grade
from tests.conftest import BY_ID, copy_course
from tests.mangling import SAVINGS
from tests.mangling.sequences import PERFECT, Sequence, sequence

SANDBOXED = {f"s{seed:02}": sequence(seed, 6, sorted(SAVINGS)) for seed in range(12)}
# nbgrader opens files by itself, before any of the course's steps: it wants UTF-8 and a file that nbformat reads.
PLAIN = {f"s{seed:02}": sequence(seed, 4, ["utf8"]) for seed in range(100, 104)}


def hand_in(course, submissions: dict[str, Sequence]) -> None:
    for student, each in submissions.items():
        path = course / "submitted" / student / each.identifier / f"{BY_ID[each.identifier].notebook}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(each.content)


def marks_of(db_url: str, submissions: dict[str, Sequence]):
    with Gradebook(db_url) as gradebook:
        return {student: read_marks(gradebook, BY_ID[each.identifier], student) for student, each in submissions.items()}


def assert_exact(each: Sequence, marks) -> None:
    assert marks is not None, "not graded"
    points = PERFECT[each.identifier].points
    expected = {f"check_{name}": points[name] if name in each.there else 0 for name in points}
    assert {name: score for name, score in marks.scores.items() if name in expected} == expected
    for name in each.written:
        assert marks.waits(name), f"{name} does not wait for a person"


@pytest.fixture(scope="module")
def sandboxed(tmp_path_factory):
    course = copy_course(tmp_path_factory.mktemp("mangled") / "course")
    hand_in(course, SANDBOXED)
    which = choose_class(course, lambda _: None)
    remarks = grade(course, which, say=lambda _: None)
    return marks_of(which.db_url, SANDBOXED), remarks


@pytest.mark.parametrize("student", SANDBOXED)
def test_a_mangled_submission_earns_in_the_sandbox_what_is_still_there(sandboxed, student):
    marks, remarks = sandboxed
    each = SANDBOXED[student]
    print(each.identifier, each.edits, each.saving, remarks)
    assert_exact(each, marks[student])


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    course = copy_course(tmp_path_factory.mktemp("plain") / "course")
    hand_in(course, PLAIN)
    which = choose_class(course, lambda _: None)
    with quiet_nbgrader():
        open_gradebook(Course(course), which.db_url, read_assignments(course))
        api = nbgrader_api(course, load_config(course))
        reports = {student: api.autograde(each.identifier, student) for student, each in PLAIN.items()}
    return marks_of(which.db_url, PLAIN), reports


@pytest.mark.parametrize("student", PLAIN)
def test_a_mangled_submission_earns_under_plain_nbgrader_what_is_still_there(plain, student):
    marks, reports = plain
    print(PLAIN[student].edits, reports[student].get("log", "")[-2000:])
    assert_exact(PLAIN[student], marks[student])
