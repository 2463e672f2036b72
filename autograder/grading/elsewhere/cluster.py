"""A cluster of Dask's as an executor: its workers come, go and fail, and each task is done by one that grades as this machine does.

Dask itself gives the tasks of a worker that is lost to another one. What it does not do is done here: workers with other versions
are left out, and whatever happens to a task is said.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from distributed import Future as TaskFuture
from distributed import KilledWorker

from autograder.grading.class_results import NobodyGrades
from autograder.grading.elsewhere.bundle import difference, digest_of_bytes, versions
from autograder.grading.elsewhere.connection import connect
from autograder.grading.elsewhere.remote_pool import SharingExecutor
from autograder.grading.elsewhere.station import close_stations
from autograder.grading.elsewhere.tasks import Task, UnfitWorker, run
from autograder.grading.pool import WorkerDied

SECONDS_TO_CONNECT = 30.0
# How long a run waits where no worker is there that it can use.
SECONDS_WITHOUT_WORKERS = 120.0
SECONDS_TO_LOOK = 1.0


@dataclass
class _Workers:
    """What is known of the workers, by their addresses.

    Attributes
    ----------
    fit
        Those that grade as this machine does, and how many tasks each runs at a time.
    unfit
        The others that are there.
    busy
        What each was doing when it was looked at last: names of submissions.
    """

    fit: dict[str, int] = field(default_factory=dict)
    unfit: set[str] = field(default_factory=set)
    busy: dict[str, list[str]] = field(default_factory=dict)


class ClusterExecutor(SharingExecutor):
    """Dask's scheduler and its workers.

    Parameters
    ----------
    address
        Of the scheduler. Certificates are found by Dask's own settings, ``distributed.comm.tls``.
    say
        Told which workers are used, which are not and why, and of every task that is tried again.

    Raises
    ------
    UnsafeAddress
        If others could reach the scheduler.
    NobodyGrades
        If it does not answer.
    """

    def __init__(self, address: str, say: Callable[[str], None] = print):
        self.address, self._say = address, say
        self._client = connect(address, SECONDS_TO_CONNECT)
        self._lock = threading.RLock()
        self._tasks: dict[str, Task] = {}
        self._workers = _Workers()
        self._shared: dict[str, TaskFuture] = {}
        self._numbers = 0
        self._lost, self._waiting = "", False
        self._closed = threading.Event()
        self._look()
        self._watch = threading.Thread(target=self._watch_workers, daemon=True)
        self._watch.start()

    @property
    def slots(self) -> int:  # type: ignore[override]  # it changes with the cluster
        """How many tasks all usable workers run at a time."""
        with self._lock:
            return max(1, sum(self._workers.fit.values()))

    def share(self, data: bytes) -> TaskFuture:
        """The data, kept by the scheduler and sent to each worker once."""
        key = f"course-{digest_of_bytes(data)}"
        if key not in self._shared:
            # A task that has no input but itself: where the worker that had it is lost, it is made again.
            self._shared[key] = self._client.submit(bytes, data, key=key)
        return self._shared[key]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        """As :meth:`concurrent.futures.Executor.submit`."""
        if self._closed.is_set():
            raise RuntimeError("cannot schedule new futures after shutdown")
        task = Task(partial(fn, **kwargs) if kwargs else fn, args, Future())
        task.future.set_running_or_notify_cancel()
        self._send(task)
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As :meth:`concurrent.futures.Executor.shutdown`."""
        self._closed.set()
        if wait:
            self._watch.join()
        with contextlib.suppress(Exception):
            if not self._lost:
                # What a worker keeps for the next submission takes as much memory as itself.
                self._client.run(close_stations, workers=list(self._workers.fit), on_error="ignore")
            self._client.close(timeout=5)

    def _send(self, task: Task) -> None:
        """Have a task done by a worker that is fit; wait for one where there is none."""
        fit = self._wait_for_workers()
        if not fit:
            task.future.set_exception(NobodyGrades(self._lost or f"No worker of {self.address} can be used."))
            return
        with self._lock:
            self._numbers += 1
            key, task.workers = f"{task.name}-{self._numbers}", frozenset(fit)
            self._tasks[key] = task
        try:
            task.sent = self._client.submit(run, task.function, *task.arguments, key=key, workers=list(fit), pure=False)
        except Exception as error:
            self._lose(f"The scheduler at {self.address} does not answer any more: {type(error).__name__}.")
            return
        task.sent.add_done_callback(partial(self._done, key))

    def _done(self, key: str, sent: TaskFuture) -> None:
        with self._lock:
            task = self._tasks.get(key)
            if task is None or task.sent is not sent:
                return
            del self._tasks[key]
        if sent.status == "finished":
            try:
                task.future.set_result(sent.result())
            except Exception as error:
                task.future.set_exception(error)
        elif sent.status in ("cancelled", "lost"):
            self._send_again(task, "the scheduler gave it up")
        else:
            self._failed(task, sent.exception())

    def _failed(self, task: Task, error: BaseException | None) -> None:
        if isinstance(error, KilledWorker):
            task.future.set_exception(WorkerDied(late=False))
        elif isinstance(error, UnfitWorker):
            self._leave_out(error.worker, str(error))
            self._send_again(task, "its worker cannot grade")
        else:
            task.future.set_exception(error or CancelledError())

    def _send_again(self, task: Task, why: str) -> None:
        if self._lost or self._closed.is_set():
            task.future.set_exception(NobodyGrades(self._lost or "the run has ended"))
            return
        self._say(f"{task.name}: {why}; it is tried again.")
        # Not in the thread of Dask's that says so, which everything waits for.
        threading.Thread(target=self._send, args=(task,), daemon=True).start()

    def _wait_for_workers(self) -> dict[str, int]:
        deadline = time.monotonic() + SECONDS_WITHOUT_WORKERS
        while not self._lost and not self._closed.is_set():
            with self._lock:
                fit = dict(self._workers.fit)
                say, self._waiting = not fit and not self._waiting, not fit
            if fit or time.monotonic() > deadline:
                return fit
            if say:
                self._say(f"Waiting up to {SECONDS_WITHOUT_WORKERS:g} seconds for a worker of {self.address} that can be used.")
            time.sleep(SECONDS_TO_LOOK)
        return {}

    def _watch_workers(self) -> None:
        while not self._closed.wait(SECONDS_TO_LOOK):
            try:
                self._look()
            except Exception as error:
                if not self._closed.is_set():
                    self._lose(f"The scheduler at {self.address} does not answer any more: {type(error).__name__}.")
                return

    def _look(self) -> None:
        """See which workers are there, and what they are doing."""
        if self._client.status not in ("running", "connecting"):
            raise ConnectionError(self._client.status)
        # Not scheduler_info(), which another thread of the client's may have asked for no workers at all in between.
        there: dict[str, int] = self._client.nthreads()
        known = {*self._workers.fit, *self._workers.unfit}
        for address in known - there.keys():
            self._forget(address)
        self._examine({address: threads for address, threads in there.items() if address not in known})
        doing = self._client.processing()
        with self._lock:
            names = {address: [self._tasks[key].name for key in keys if key in self._tasks] for address, keys in doing.items()}
            self._workers.busy = names
            stranded = [key for key, task in self._tasks.items() if not task.workers & there.keys()]
        for key in stranded:
            self._move(key)

    def _examine(self, new: dict[str, int]) -> None:
        if not new:
            return
        # A function that names nothing but the package: a worker without it says so.
        found = self._client.run(versions, workers=list(new), on_error="return")
        for address, threads in new.items():
            theirs = found.get(address)
            why = difference(theirs, versions()) if isinstance(theirs, dict) else "it has not the course's package of this version"
            if why:
                self._leave_out(address, why)
                continue
            with self._lock:
                self._workers.fit[address] = threads
            self._say(f"The worker {address} grades, {threads} at a time.")

    def _leave_out(self, address: str, why: str) -> None:
        with self._lock:
            self._workers.unfit.add(address)
            self._workers.fit.pop(address, None)
        self._say(f"The worker {address} is not used: {why}.")

    def _forget(self, address: str) -> None:
        with self._lock:
            self._workers.unfit.discard(address)
            was_fit = self._workers.fit.pop(address, None)
            doing = self._workers.busy.pop(address, [])
        if was_fit is not None:
            what = f"; what it had is done by another: {', '.join(doing)}" if doing else ""
            self._say(f"The worker {address} is gone{what}.")

    def _move(self, key: str) -> None:
        """Send a task again that none of its workers is left for."""
        with self._lock:
            task = self._tasks.pop(key, None)
        if task is not None:
            if task.sent is not None:
                with contextlib.suppress(Exception):
                    task.sent.cancel()
            self._send_again(task, "no worker that could grade it is left")

    def _lose(self, why: str) -> None:
        """Nothing comes back any more."""
        with self._lock:
            self._lost = self._lost or f"{why} What was graded until then is recorded: run the command again for the rest."
            tasks = list(self._tasks.values())
            self._tasks.clear()
        for task in tasks:
            if not task.future.done():
                task.future.set_exception(NobodyGrades(self._lost))


@contextlib.contextmanager
def connected(address: str, say: Callable[[str], None]) -> Iterator[ClusterExecutor]:
    """The executor of a cluster while a run lasts."""
    executor = ClusterExecutor(address, say)
    try:
        yield executor
    finally:
        executor.shutdown()
