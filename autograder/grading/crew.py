"""The processes that grade a class: each keeps to one assignment as long as there are submissions of it."""

import math
import os
import signal
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path

from autograder.course.release import load_config
from autograder.grading.isolated import SECONDS_PER_NOTEBOOK, WALL, assignment_folders
from autograder.grading.results import Job, Result, not_graded, not_graded_here
from autograder.grading.submissions import Submission
from autograder.grading.worker import grade_job, open_workshop, start_worker, warm_up
from autograder.isolation.folders import HeldFolder
from autograder.isolation.warm import Copy, WarmParent

# Beside those of its cells, which have bounds of their own. As a rule it is less than one.
SECONDS_FOR_THE_REST = 120.0
SECONDS_TO_LOOK = 5.0
# The next submission waits with its worker, so that no worker waits for this process.
AHEAD = 2
# A worker and a right notebook take a tenth of it; a hostile one may take it all.
MEMORY_PER_WORKER = 2 << 30


@dataclass
class _Member:
    """A worker, and what it was given: the first of these is what it is at."""

    favourite: str
    pool: ProcessPoolExecutor
    parent: Copy | None
    process: Future
    opened: Future | None = None
    given: deque[tuple[Future, Submission]] = field(default_factory=deque)
    at: Future | None = None
    since: float = 0.0
    stopped: bool = False

    def watch(self, most: float) -> None:
        """Stop it where it has been at one submission for longer than so many seconds."""
        at = self.given[0][0] if self.given else None
        if at is not self.at:
            self.at, self.since = at, time.monotonic()
        elif at is not None and time.monotonic() - self.since > most:
            self.stopped = True
            os.kill(self.process.result(), signal.SIGKILL)

    def end_sandbox(self) -> None:
        """End its sandbox, and whatever runs in it."""
        if self.parent is not None:
            self.parent.close()


class Crew:
    """Workers that get ready while this process does something else.

    What a worker has seen of an assignment it need not look at again: pages of feedback, the right answers. So each keeps
    to the submissions of one assignment until there are none left.

    Parameters
    ----------
    root
        The course.
    most
        How many workers at most.
    isolation
        As :class:`~autograder.grading.isolated.IsolatedExecute` has it.
    parent
        A warm parent of confined sandboxes that was started ahead, and that somebody else ends.
    """

    def __init__(self, root: Path, most: int, isolation: str, parent: WarmParent | None = None):
        self._root, self._most, self._isolation, self._database = root, most, isolation, b""
        self._scratch = HeldFolder("grading-")
        # A kernel is stopped by nbgrader, cell by cell.
        cells = (
            math.inf
            if isolation == "kernel"
            else load_config(root).IsolatedExecute.get("seconds_per_notebook", SECONDS_PER_NOTEBOOK)
        )
        self._most_seconds = WALL * cells + SECONDS_FOR_THE_REST
        self._started_ahead = parent if isolation == "bubblewrap" else None
        self._parent: WarmParent | None = None
        self._processors = cycle(_processors())
        self._members: list[_Member] = []

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_) -> None:
        for member in self._members:
            member.pool.shutdown(cancel_futures=True)
            member.end_sandbox()
        if self._parent is not None and self._parent is not self._started_ahead:
            self._parent.close()
        self._scratch.cleanup()

    def grow(self, submissions: list[Submission]) -> None:
        """Start as many workers as so many submissions keep busy."""
        favourites = list(dict.fromkeys(submission.assignment.identifier for submission in submissions))
        for number in range(len(self._members), min(self._most, len(submissions))):
            self._members.append(self._start(favourites[number % len(favourites)]))

    def results(self, submissions: list[Submission], read: Callable[[Submission], Job], database: bytes) -> Iterator[Result]:
        """Results as they come. A worker that dies takes no submission but its own with it.

        Only a few submissions and results are in memory at a time, however large the class is. What the machine failed at, for want
        of memory, of processes or of time, is tried once more, alone, when everything else is done.

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
        self._database = database
        self.grow(submissions)
        if self._parent is not None:
            self._parent.require_ready()
        for member in self._members:
            self._open(member)
        by_key = {(submission.student, submission.assignment.identifier): submission for submission in submissions}
        failed = []
        for result in self._graded(submissions, read):
            if result.failure_of_machine:
                failed.append(by_key[result.student, result.assignment.identifier])
            else:
                yield result
        for submission in failed:
            yield from self._graded([submission], read)

    def _graded(self, submissions: list[Submission], read: Callable[[Submission], Job]) -> Iterator[Result]:
        waiting: dict[str, deque[Submission]] = {}
        for submission in submissions:
            waiting.setdefault(submission.assignment.identifier, deque()).append(submission)
        while True:
            for place in range(AHEAD):
                for member in self._members:
                    # The last ones are given to whoever has nothing to do.
                    if len(member.given) == 0 or (
                        len(member.given) == place and sum(map(len, waiting.values())) > len(self._members)
                    ):
                        self._give(member, waiting, read)
            at_work = [member.given[0][0] for member in self._members if member.given]
            if not at_work:
                return
            wait(at_work, SECONDS_TO_LOOK, return_when=FIRST_COMPLETED)
            for number, member in enumerate(self._members):
                if not member.given or not member.given[0][0].done():
                    member.watch(self._most_seconds)
                    continue
                try:
                    member.opened.result()
                    result = _result(*member.given[0])
                    member.given.popleft()
                    yield result
                except BrokenProcessPool:
                    self._members[number] = self._replaced(member)
                    for _, submission in reversed(list(member.given)[1:]):
                        waiting.setdefault(submission.assignment.identifier, deque()).appendleft(submission)
                    submission = member.given[0][1]
                    why = (
                        f"it was not graded within {self._most_seconds:g} seconds"
                        if member.stopped
                        else "the process that graded it died"
                    )
                    yield not_graded_here(submission, why)

    def _give(self, member: _Member, waiting: dict[str, deque[Submission]], read: Callable[[Submission], Job]) -> None:
        """The next submission of the assignment that it is at, or else of that of which most are left."""
        if not waiting.get(member.favourite):
            member.favourite = max(waiting, key=lambda each: len(waiting[each]), default="")
        left = waiting.get(member.favourite)
        if left:
            submission = left.popleft()
            try:
                future = member.pool.submit(grade_job, read(submission))
            except OSError as error:
                future = Future()
                future.set_result(not_graded(submission, error))
            except BrokenProcessPool as error:
                # It died with nothing to do.
                future = Future()
                future.set_exception(error)
            member.given.append((future, submission))

    def _start(self, favourite: str) -> _Member:
        # A worker and its students' processes take turns: on one processor none waits to be woken on another.
        processor = next(self._processors)
        # Made here and not by the worker, which may die and leave it behind.
        parent = None if self._isolation == "kernel" else self._warm_parent().copy(processor)
        # Forked workers have nbgrader imported already; no gradebook is open when they are.
        pool = ProcessPoolExecutor(1, mp_context=get_context("fork"), initializer=start_worker, initargs=(parent, processor))
        process = pool.submit(os.getpid)
        pool.submit(warm_up, self._root, favourite)
        return _Member(favourite, pool, parent, process)

    def _warm_parent(self) -> WarmParent:
        if self._parent is None:
            self._parent = self._started_ahead or WarmParent(confined=self._isolation == "bubblewrap")
            self._parent.put_assignments(assignment_folders(self._root / "source"))
        return self._parent

    def _replaced(self, member: _Member) -> _Member:
        member.pool.shutdown()
        member.end_sandbox()
        new = self._start(member.favourite)
        self._open(new)
        return new

    def _open(self, member: _Member) -> None:
        folder = Path(tempfile.mkdtemp(dir=self._scratch.name))
        member.opened = member.pool.submit(open_workshop, self._root, folder, self._database)


def _result(future: Future, submission: Submission) -> Result:
    """The result of a submission, even where it could not be carried from one process to the other."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise
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
    """Those that this process may use, where the system can say it."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [None]
