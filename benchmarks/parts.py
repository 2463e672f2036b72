"""Where the processor time of grading goes, part by part: one worker of its own, submission after submission."""

import contextlib
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from nbgrader.apps import NbGraderAPI

from autograder.course.course import Course
from autograder.grading import isolated, reading
from autograder.grading.gradebooks import for_workers, open_gradebook
from autograder.grading.inbox.importing import read_wanted
from autograder.grading.isolated import assignment_folders
from autograder.grading.patches.speedups import speed_up_nbgrader
from autograder.grading.submissions import find_submissions
from autograder.grading.worker import Plan, Worker, read_job
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.warm import WarmParent

STUDENT, DERIVATIONS, CHECKS = "the student's process", "derivations", "checks, and asking the process"
NBGRADER, FEEDBACK, REST = "nbgrader and its database", "feedback", "the rest: opening, repairing, summing up"


class Parts:
    """Seconds by part. What is inside of a part that is inside of another counts for the inner one."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = time.process_time()

    def _switch(self) -> None:
        now = time.process_time()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now

    @contextlib.contextmanager
    def inside(self, part: str) -> Iterator[None]:
        """Count what is done for a part."""
        self._switch()
        self._open.append(part)
        try:
            yield
        finally:
            self._switch()
            self._open.pop()

    def counted(self, part: str, function: Callable) -> Callable:
        """A function whose time counts for a part."""

        def call(*arguments: Any, **options: Any) -> Any:
            with self.inside(part):
                return function(*arguments, **options)

        return call


def shares(root: Path) -> dict[str, float]:
    """Seconds of processor time for one submission, by part, of the class in ``submitted/``."""
    course = Course(root)
    submissions, _ = find_submissions(root / "submitted", course.assignments, read_wanted(root, course.assignments))
    speed_up_nbgrader()
    open_gradebook(course, course.db_url, course.assignments)
    with tempfile.TemporaryDirectory() as scratch:
        database = Path(scratch) / "gradebook.db"
        database.write_bytes(for_workers(course, course.db_url))
        speed_up_nbgrader(lasting=False)
        parent = WarmParent()
        parent.put_assignments(assignment_folders(root / "source"))
        worker = Worker(Plan(course, Path(scratch), database, parent))
        # What the first of each assignment has to do is not for every submission.
        first = {submission.assignment.identifier: submission for submission in submissions}
        for submission in first.values():
            worker.warm_up(submission.assignment.identifier)
            worker.grade(read_job(submission))
        parts = Parts()
        with _watched(parts):
            for submission in submissions:
                with parts.inside(REST):
                    result = worker.grade(read_job(submission))
                    worker.tidy(result)
                assert result.graded, result.remarks
        parent.close()
    return {part: seconds / len(submissions) for part, seconds in parts.seconds.items()}


@contextlib.contextmanager
def _watched(parts: Parts) -> Iterator[None]:
    """Count the time of the functions where the parts begin."""
    reading._report.cache_clear()
    places: list[tuple[Any, str, str]] = [
        (isolated, "run_twice", CHECKS),
        (reading, "_report", DERIVATIONS),
        (NbGraderAPI, "autograde", NBGRADER),
        (NbGraderAPI, "generate_feedback", FEEDBACK),
    ]
    before = [getattr(owner, name) for owner, name, _ in places]
    session = Sandbox.session

    @contextlib.contextmanager
    def counted_session(self: Sandbox, *arguments: Any) -> Iterator[Any]:
        with session(self, *arguments) as opened:
            yield opened
            parts.seconds[STUDENT] += opened.seconds_used

    try:
        for (owner, name, part), function in zip(places, before):
            setattr(owner, name, parts.counted(part, function))
        setattr(Sandbox, "session", counted_session)  # noqa: B010 - for this measurement
        yield
    finally:
        for (owner, name, _), function in zip(places, before):
            setattr(owner, name, function)
        setattr(Sandbox, "session", session)  # noqa: B010 - as it was
