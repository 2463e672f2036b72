"""The workers that grade a class, and the results as they come."""

import math
import os
import secrets
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path

from autograder.course.course import Course
from autograder.grading.isolated import WALL, IsolatedExecute, assignment_folders
from autograder.grading.pool import Pool, WorkerDied
from autograder.grading.results import Job, Result, not_graded, not_graded_here
from autograder.grading.submissions import Submission
from autograder.grading.worker import Plan, grade_job, start_worker, warm_up
from autograder.sandbox.folders import HeldFolder
from autograder.sandbox.warm import WarmParent

# Beside those of its cells, which have bounds of their own. As a rule it is less than one.
SECONDS_FOR_THE_REST = 120.0
# A worker and a right notebook take a tenth of it; a hostile one may take it all.
MEMORY_PER_WORKER = 2 << 30
# So many submissions of an assignment wait in the pool for each of its workers: none waits for this process.
AHEAD = 2


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
        # A kernel is stopped by nbgrader, cell by cell.
        cells = math.inf if self._isolation == "kernel" else WALL * settings.seconds_per_notebook
        self._pool = Pool(self._start, lambda job: job.assignment.identifier, cells + SECONDS_FOR_THE_REST)

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

    def results(self, submissions: list[Submission], read: Callable[[Submission], Job], database: bytes) -> Iterator[Result]:
        """Results as they come; see :func:`results`.

        Parameters
        ----------
        submissions
            What to grade.
        read
            Reads a submission when its turn comes.
        database
            An SQLite gradebook that knows the assignments, as bytes.

        Raises
        ------
        SandboxError
            If the sandbox does not start.
        """
        self._database.write_bytes(database)
        self.grow(submissions)
        if self._parent is not None:
            self._parent.require_ready()
        late = f"it was not graded within {self._pool.timeout:g} seconds"
        yield from results(self._pool, submissions, read, AHEAD * self._most, late)

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


def results(
    executor: Executor, submissions: list[Submission], read: Callable[[Submission], Job], ahead: int, late: str
) -> Iterator[Result]:
    """Results as they come. A worker that dies takes no submission but its own with it.

    Only a few submissions and results are in memory at a time, however large the class is. What the machine failed at, for want
    of memory, of processes or of time, is tried once more, alone, when everything else is done.

    Parameters
    ----------
    executor
        Runs :func:`autograder.grading.worker.grade_job`.
    submissions
        What to grade.
    read
        Reads a submission when its turn comes.
    ahead
        How many submissions of an assignment the executor has at a time.
    late
        What is said of a submission that took longer than its timeout.
    """
    failed = []
    for submission, result in _graded(executor, submissions, read, ahead, late):
        if result.failure_of_machine:
            failed.append(submission)
        else:
            yield result
    for submission in failed:
        for _, result in _graded(executor, [submission], read, ahead, late):
            yield result


def _graded(
    executor: Executor, submissions: list[Submission], read: Callable[[Submission], Job], ahead: int, late: str
) -> Iterator[tuple[Submission, Result]]:
    waiting: dict[str, deque[Submission]] = {}
    for submission in submissions:
        waiting.setdefault(submission.assignment.identifier, deque()).append(submission)
    at_work: dict[Future, Submission] = {}
    while True:
        for identifier, left in waiting.items():
            room = ahead - sum(submission.assignment.identifier == identifier for submission in at_work.values())
            for submission in [left.popleft() for _ in range(min(room, len(left)))]:
                try:
                    job = read(submission)
                except OSError as error:
                    yield submission, not_graded(submission, error)
                else:
                    at_work[executor.submit(grade_job, job)] = submission
        if not at_work:
            return
        for future in wait(at_work, return_when=FIRST_COMPLETED).done:
            submission = at_work.pop(future)
            if future.cancelled():
                waiting[submission.assignment.identifier].appendleft(submission)
            else:
                yield submission, _result(future, submission, late)


def _result(future: Future, submission: Submission, late: str) -> Result:
    """The result of a submission, even where its worker died, or where it could not be carried from one process to the other."""
    try:
        return future.result()
    except WorkerDied as error:
        return not_graded_here(submission, late if error.late else "the process that graded it died")
    except Exception as error:
        return not_graded(submission, error)


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
