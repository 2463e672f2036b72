"""The workers that grade a class by way of any :class:`concurrent.futures.Executor`, on whatever machines it has."""

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any

from autograder.course.course import Course
from autograder.grading.class_results import AHEAD, NobodyGrades, results, seconds_for_one
from autograder.grading.elsewhere.bundle import make_bundle
from autograder.grading.elsewhere.station import Parcel, grade_parcel
from autograder.grading.isolated import IsolatedExecute
from autograder.grading.pool import WorkerDied
from autograder.grading.results import Job, NotGradedThere, Result
from autograder.grading.submissions import Submission


class SharingExecutor(Executor):
    """An executor that can send an argument of many tasks once.

    Attributes
    ----------
    slots
        How many tasks it runs at a time, as far as is known now.
    """

    slots = 1

    def share(self, data: bytes) -> Any:
        """What a task is given in the place of ``data``, of which its function finds ``data``."""
        return data


class RemotePool:
    """As :class:`autograder.grading.class_pool.ClassPool`, by way of an executor that somebody else shuts down.

    Parameters
    ----------
    course
        The course.
    executor
        Runs functions of the installed package; nothing else of this machine needs to be there.
    slots
        How many tasks an executor runs at a time that does not say so itself.
    """

    def __init__(self, course: Course, executor: Executor, slots: int = 1):
        self._course, self._executor, self._slots = course, executor, slots

    def __enter__(self) -> "RemotePool":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def grow(self, submissions: list[Submission]) -> None:
        """Nothing is started here."""

    def results(
        self, submissions: list[Submission], read: Callable[[Submission], Job], database: bytes, say: Callable[[str], None]
    ) -> Iterator[Result]:
        """As :meth:`autograder.grading.class_pool.ClassPool.results`."""
        if not submissions:
            return
        bundle = make_bundle(self._course.root, database)
        shared: Any = bundle.data
        if isinstance(self._executor, SharingExecutor):
            shared = self._executor.share(bundle.data)
        seconds = seconds_for_one(IsolatedExecute(config=self._course.config))

        def submit(job: Job) -> Future:
            parcel = Parcel.of(f"{job.student}/{job.assignment.identifier}", job)
            return self._executor.submit(grade_parcel, shared, bundle.digest, bundle.versions, seconds, parcel)

        def ahead() -> int:
            return AHEAD * (self._executor.slots if isinstance(self._executor, SharingExecutor) else self._slots)

        own = {submission.key: submission.assignment for submission in submissions}
        for result in results(submit, _unpacked, submissions, read, ahead, seconds, say):
            # The folder of an assignment is another one on each machine.
            result.assignment = own[result.key]
            yield result


def _unpacked(future: Future) -> Result:
    """The result that came back. Whatever keeps one from coming says nothing of the submission."""
    try:
        parcel: Parcel = future.result()
        result: Result = pickle.loads(parcel.checked())
    except (NobodyGrades, WorkerDied):
        raise
    except Exception as error:
        raise NotGradedThere(f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}") from error
    return result
