"""What a class costs the one process that records it: time and memory, whatever grades. ``python -m benchmarks.large_class --class-size 1000``.

Every submission is answered at once with a result that was graded before, so that nothing is measured but what cannot be done on
another machine: reading submissions, writing the gradebook, the pages and the tables.
"""

import argparse
import contextlib
import io
import pickle
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.grading.classes import choose_class
from autograder.grading.elsewhere.station import Parcel, close_stations, grade_parcel
from autograder.grading.results import Job, Result
from autograder.grading.run import grade
from autograder.reports.exports import write_exports
from autograder.reports.run import reports_of
from benchmarks.grading import make_course

SHARES = 10


class Recorded(Executor):
    """Grades one submission of each assignment and answers all others with what was found in that."""

    def __init__(self) -> None:
        self._found: dict[str, Result] = {}
        self.seconds_elsewhere = 0.0
        self.largest = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        """As :meth:`concurrent.futures.Executor.submit`."""
        start = time.process_time()
        parcel: Parcel = args[-1]
        job: Job = pickle.loads(parcel.data)
        name = job.assignment.identifier
        if name not in self._found:
            self._found[name] = pickle.loads(grade_parcel(*args).data)
        found = replace(self._found[name], student=job.student, remarks=[])
        answer = Parcel.of(parcel.name, found)
        self.largest = max(self.largest, len(answer.data), len(parcel.data))
        future: Future = Future()
        future.set_result(answer)
        self.seconds_elsewhere += time.process_time() - start
        return future


def megabytes() -> float:
    """The most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextlib.contextmanager
def timed(what: str, count: int, executor: Recorded | None = None) -> Iterator[None]:
    """Print what a part took, without what was done elsewhere."""
    start, elsewhere = time.process_time(), executor.seconds_elsewhere if executor else 0.0
    yield
    seconds = time.process_time() - start - (executor.seconds_elsewhere - elsewhere if executor else 0.0)
    print(
        f"{what:<32} {seconds:>8.1f} s {1000 * seconds / count:>8.1f} ms each   {megabytes():>6.0f} MB at most so far", flush=True
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--class-size", type=int, default=500, help="submissions (default 500)")
    count = parser.parse_args().class_size
    folder = Path(tempfile.mkdtemp())
    executor = Recorded()
    try:
        course = make_course(folder, count)
        print(f"{count} submissions, of processor time")
        with contextlib.redirect_stdout(io.StringIO()):
            which = choose_class(course)
        begun = [time.process_time(), 0]

        def say(line: str) -> None:
            begun[1] += line.startswith("[")
            if line.startswith("[") and begun[1] % max(1, count // SHARES) == 0:
                print(f"  {begun[1]:>6} recorded {'':>35} {megabytes():>9.0f} MB", flush=True)

        with timed("recording", count, executor):
            grade(course, which, executor=executor, workers=2, say=say, finish=write_exports)
        with timed("again, nothing new", count):
            grade(course, which, executor=executor, workers=2, say=lambda line: None, finish=write_exports)
        with timed("pages for reviewers", count):
            reports_of(course, which, lambda line: None)
        print(f"a submission or its result: at most {executor.largest / 1e6:.1f} MB")
    finally:
        close_stations()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
