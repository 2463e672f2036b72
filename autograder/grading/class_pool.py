"""The workers of this machine that grade a class."""

import os
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path

from autograder.course.course import Course
from autograder.grading.class_results import AHEAD, results, seconds_for_one
from autograder.grading.isolated import IsolatedExecute, assignment_folders
from autograder.grading.pool import Pool
from autograder.grading.results import Job, Result
from autograder.grading.submissions import Submission
from autograder.grading.worker import Plan, grade_job, start_worker, warm_up
from autograder.sandbox.folders import HeldFolder
from autograder.sandbox.warm import WarmParent

# A worker and a right notebook take a tenth of it; a hostile one may take it all.
MEMORY_PER_WORKER = 2 << 30


class ClassPool:
    """Workers that get ready while this process does something else.

    What a worker has seen of an assignment it need not look at again: pages of feedback, the right answers. So each keeps
    to the submissions of one assignment until there are none left.

    Parameters
    ----------
    course
        The course.
    most
        How many workers at most.
    parent
        A warm parent of confined sandboxes that was started ahead, and that somebody else ends.
    """

    def __init__(self, course: Course, most: int, parent: WarmParent | None = None):
        settings = IsolatedExecute(config=course.config)
        self._course, self._most, self._isolation = course, most, settings.isolation
        self._scratch = HeldFolder("grading-")
        self._database = Path(self._scratch.name) / "gradebook.db"
        self._started_ahead = parent if self._isolation == "bubblewrap" else None
        self._parent: WarmParent | None = None
        self._processors = cycle(_processors())
        self._pool = Pool(self._start, lambda job: job.assignment.identifier, seconds_for_one(settings))

    def __enter__(self) -> "ClassPool":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        if self._parent is not None and self._parent is not self._started_ahead:
            self._parent.close()
        self._scratch.cleanup()

    def grow(self, submissions: list[Submission]) -> None:
        """Start as many workers as so many submissions keep busy."""
        assignments = list(dict.fromkeys(submission.assignment.identifier for submission in submissions))
        count = min(self._most, len(submissions))
        self._pool.grow([assignments[number % len(assignments)] for number in range(count)])

    def results(
        self, submissions: list[Submission], read: Callable[[Submission], Job], database: bytes, say: Callable[[str], None]
    ) -> Iterator[Result]:
        """Results as they come; see :func:`results`.

        Parameters
        ----------
        submissions
            What to grade.
        read
            Reads a submission when its turn comes.
        database
            An SQLite gradebook that knows the assignments, as bytes.
        say
            Told of what is tried once more.

        Raises
        ------
        SandboxError
            If the sandbox does not start.
        """
        self._database.write_bytes(database)
        self.grow(submissions)
        if self._parent is not None:
            self._parent.require_ready()
        submit = partial(self._pool.submit, grade_job)
        yield from results(submit, Future.result, submissions, read, lambda: AHEAD * self._most, self._pool.timeout, say)

    def _start(self, assignment_id: str) -> ProcessPoolExecutor:
        # A worker and its students' processes take turns: on one processor none waits to be woken on another.
        plan = Plan(self._course, Path(self._scratch.name), self._database, self._warm_parent(), next(self._processors))
        # Forked workers have nbgrader imported already; no gradebook is open when they are.
        process = ProcessPoolExecutor(1, mp_context=get_context("fork"), initializer=start_worker, initargs=(plan,))
        process.submit(warm_up, assignment_id)
        return process

    def _warm_parent(self) -> WarmParent | None:
        if self._isolation == "kernel":
            return None
        if self._parent is None:
            self._parent = self._started_ahead or WarmParent(confined=self._isolation == "bubblewrap")
            self._parent.put_assignments(assignment_folders(self._course.root / "source"))
        return self._parent


def most_workers() -> int:
    """One worker for each processor, as far as there is memory for a worker and its student's process."""
    processors = os.cpu_count() or 1
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return processors
    return max(1, min(processors, memory // MEMORY_PER_WORKER))


def _processors() -> list[int | None]:
    """Those that this process may use, where the system can say it.

    Which comes first is left to chance: the only workers of two runs at the same time would else share the first processor, while
    others are idle.
    """
    if not hasattr(os, "sched_getaffinity"):
        return [None]
    allowed = sorted(os.sched_getaffinity(0))
    first = secrets.randbelow(len(allowed))
    return [*allowed[first:], *allowed[:first]]
