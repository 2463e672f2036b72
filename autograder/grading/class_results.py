"""The results of a class as they come, from whatever grades it."""

import math
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait

from autograder.grading.isolated import WALL, IsolatedExecute
from autograder.grading.pool import WorkerDied
from autograder.grading.results import NOT_GRADED, Job, Result, not_graded, not_graded_here
from autograder.grading.submissions import Submission

# Beside those of its cells, which have bounds of their own. As a rule it is less than one.
SECONDS_FOR_THE_REST = 120.0
# So many submissions of an assignment wait in the pool for each of its workers: none waits for this process.
AHEAD = 2

Read = Callable[[Submission], Job]
Submit = Callable[[Job], Future]
# The result that a future holds; it raises what kept it from having one.
Take = Callable[[Future], Result]


class NobodyGrades(RuntimeError):
    """Nothing is left that could grade; the message says why. It ends the run, and what was graded until then is kept."""


def seconds_for_one(settings: IsolatedExecute) -> float:
    """Seconds, by the wall, after which a worker that is still at one submission is ended."""
    # A kernel is stopped by nbgrader, cell by cell.
    cells = math.inf if settings.isolation == "kernel" else WALL * settings.seconds_per_notebook
    return cells + SECONDS_FOR_THE_REST


def results(
    submit: Submit,
    take: Take,
    submissions: list[Submission],
    read: Read,
    ahead: Callable[[], int],
    seconds: float,
    say: Callable[[str], None],
) -> Iterator[Result]:
    """Results as they come. A worker that dies takes no submission but its own with it.

    Only a few submissions and results are in memory at a time, however large the class is. What the machine failed at, for want
    of memory, of processes or of time, is tried once more, alone, when everything else is done.

    Parameters
    ----------
    submit
        Has a submission graded.
    take
        The result of what was submitted.
    submissions
        What to grade.
    read
        Reads a submission when its turn comes.
    ahead
        How many submissions of an assignment are submitted at a time; asked again and again, for machines come and go.
    seconds
        After which a submission was given up.
    say
        Told of each submission that is tried once more, and why.
    """
    failed = []
    for submission, result in _graded(submit, take, submissions, read, ahead, seconds):
        if result.failure_of_machine:
            why = result.remarks[0].removeprefix(NOT_GRADED) if result.remarks else ""
            say(f"{submission.key} will be tried once more, in the end: {why}")
            failed.append(submission)
        else:
            yield result
    for submission in failed:
        for _, result in _graded(submit, take, [submission], read, ahead, seconds):
            yield result


def _graded(
    submit: Submit, take: Take, submissions: list[Submission], read: Read, ahead: Callable[[], int], seconds: float
) -> Iterator[tuple[Submission, Result]]:
    waiting: dict[str, deque[Submission]] = {}
    for submission in submissions:
        waiting.setdefault(submission.assignment.identifier, deque()).append(submission)
    at_work: dict[Future, Submission] = {}
    while True:
        for identifier, left in waiting.items():
            room = ahead() - sum(submission.assignment.identifier == identifier for submission in at_work.values())
            for submission in [left.popleft() for _ in range(min(max(room, 0), len(left)))]:
                try:
                    job = read(submission)
                except OSError as error:
                    yield submission, not_graded(submission, error)
                else:
                    at_work[submit(job)] = submission
        if not at_work:
            return
        for future in wait(at_work, return_when=FIRST_COMPLETED).done:
            submission = at_work.pop(future)
            if future.cancelled():
                waiting[submission.assignment.identifier].appendleft(submission)
            else:
                yield submission, _result(take, future, submission, seconds)


def _result(take: Take, future: Future, submission: Submission, seconds: float) -> Result:
    """The result of a submission, even where its worker died, or where it could not be carried from one process to the other."""
    try:
        return take(future)
    except NobodyGrades:
        raise
    except WorkerDied as error:
        late = f"it was not graded within {seconds:g} seconds"
        return not_graded_here(submission, late if error.late else "the process that graded it died")
    except Exception as error:
        return not_graded(submission, error)
