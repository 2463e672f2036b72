"""Marks do not depend on what else the machine does."""

import contextlib
import shutil

from autograder.grading.class_run import ClassRun
from autograder.grading.classes import choose_class
from autograder.grading.run import grade
from tests.conftest import ASSIGNMENTS
from tests.load import busy_processors
from tests.test_grading import ALL, MARKS

# All is right in them, so that whatever is late costs a mark; and what was derived was read before, so that the load lasts no longer
# than what students' cells and checks take.
STUDENT = "perfect"
SUBMISSIONS = [assignment.identifier for assignment in ASSIGNMENTS]


def test_a_class_that_is_graded_beside_a_load_has_the_marks_that_it_deserves(course, monkeypatch):
    """The load begins with the first submission: until then there is nothing that could be late."""
    for name in SUBMISSIONS:
        shutil.copytree(course / "examples" / "submitted" / STUDENT / name, course / "submitted" / STUDENT / name)
    said: list[str] = []
    read = ClassRun.read
    with contextlib.ExitStack() as load:
        begun: list[str] = []

        def begin_load_and_read(run, api, submission):
            if not begun:
                load.enter_context(busy_processors(2))
            begun.append(submission.key)
            return read(run, api, submission)

        monkeypatch.setattr(ClassRun, "read", begin_load_and_read)
        grade(course, choose_class(course), say=said.append)
    assert len(begun) == len(SUBMISSIONS)
    wanted = {f"{STUDENT}/{name}: {MARKS[STUDENT][name]:g} of {ALL[name]:g} points for code" for name in SUBMISSIONS}
    assert {line.partition("] ")[2] for line in said if line.startswith("[")} == wanted
