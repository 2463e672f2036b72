"""A pool of worker processes, behind the interface of :class:`concurrent.futures.Executor`: another machine's may take its place.

Why there is a pool of our own, of single processes of the standard library's, and not one of a library such as Pebble:

- A worker is forked from the main thread, at a moment when no gradebook is open: in the constructor's caller, and in :meth:`Pool.submit`.
  Pebble forks from a thread of its own whenever it finds that a worker is missing, in the middle of what the main thread does.
- A worker ends with the run, however the run ends (``PR_SET_PDEATHSIG``). The system counts from the thread that forked it, so that
  thread must live as long as the run.
- A worker keeps to one queue of tasks as long as there are any in it. Pools of libraries have one queue for all.
"""

import contextlib
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from typing import Any

SECONDS_TO_LOOK = 5.0


class WorkerDied(RuntimeError):
    """The worker of a task died, and nothing is known of the task.

    Parameters
    ----------
    late
        Whether the pool ended it, because the task took longer than its timeout.
    """

    def __init__(self, late: bool):
        super().__init__("the worker was ended at its timeout" if late else "the worker died")
        self.late = late

    def __reduce__(self) -> tuple[type["WorkerDied"], tuple[bool]]:
        return type(self), (self.late,)


@dataclass(frozen=True)
class _Task:
    queue: str
    future: Future
    work: Callable[[], Any]


@dataclass
class _Worker:
    queue: str
    process: ProcessPoolExecutor
    number: Future
    task: _Task | None = None
    since: float = 0.0
    late: bool = False
    dead: bool = False


class Pool(Executor):
    """Worker processes that take tasks from several queues.

    A task whose worker dies fails with :class:`WorkerDied`, and no other task does. Where no worker is left, what waits is cancelled;
    to submit it again starts new workers.

    Parameters
    ----------
    start
        Starts a worker, given the queue that it begins with: an executor of one process, to be forked at its first task.
    queue_of
        The queue of a task, from the arguments of its function.
    timeout
        Seconds, by the wall, after which a worker that is still at its task is killed.
    """

    def __init__(self, start: Callable[[str], ProcessPoolExecutor], queue_of: Callable[..., str], timeout: float):
        self._start_process, self._queue_of, self.timeout = start, queue_of, timeout
        self._workers: list[_Worker] = []
        self._queues: dict[str, deque[_Task]] = {}
        # Tasks end in threads of the standard library's; workers are started by none of them.
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._watch = threading.Thread(target=self._end_late_ones, daemon=True)

    def grow(self, queues: list[str]) -> None:
        """Have as many workers as names are given; each new one begins with the queue of its place."""
        for queue in queues[len(self._workers) :]:
            self._workers.append(self._started(queue))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        """As :meth:`concurrent.futures.Executor.submit`. Workers that died are replaced here."""
        if self._closed.is_set():
            raise RuntimeError("cannot schedule new futures after shutdown")
        for place, worker in enumerate(self._workers):
            if worker.dead:
                worker.process.shutdown()
                self._workers[place] = self._started(worker.queue)
        if not self._watch.is_alive():
            self._watch.start()
        task = _Task(self._queue_of(*args, **kwargs), Future(), partial(fn, *args, **kwargs))
        if not self._workers:
            self.grow([task.queue])
        with self._lock:
            self._queues.setdefault(task.queue, deque()).append(task)
        # Who keeps to this queue comes first.
        for worker in sorted(self._workers, key=lambda worker: worker.queue != task.queue):
            self._give(worker)
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As :meth:`concurrent.futures.Executor.shutdown`."""
        if not cancel_futures:
            self._drain()
        self._closed.set()
        with self._lock:
            self._cancel_what_waits()
        for worker in self._workers:
            worker.process.shutdown(wait, cancel_futures=True)
        if wait and self._watch.is_alive():
            self._watch.join()

    def _drain(self) -> None:
        while True:
            with self._lock:
                left = [task.future for queue in self._queues.values() for task in queue]
                left += [worker.task.future for worker in self._workers if worker.task]
            if not left:
                return
            wait(left)

    def _started(self, queue: str) -> _Worker:
        process = self._start_process(queue)
        return _Worker(queue, process, process.submit(os.getpid))

    def _give(self, worker: _Worker) -> None:
        """Give a worker that has nothing to do its next task."""
        while task := self._take(worker):
            # No lock is held here: the executor has locks of its own, and calls back with them held.
            done: Future
            try:
                done = worker.process.submit(task.work)
            except BrokenProcessPool as error:
                # It died with nothing to do.
                done = Future()
                done.set_exception(error)
            done.add_done_callback(partial(self._finished, worker, task))

    def _take(self, worker: _Worker) -> _Task | None:
        """The next task for a worker: of its queue, or else of the longest."""
        with self._lock:
            while worker.task is None and not worker.dead and not self._closed.is_set():
                if not self._queues.get(worker.queue):
                    worker.queue = max(self._queues, key=lambda queue: len(self._queues[queue]), default=worker.queue)
                    if not self._queues.get(worker.queue):
                        return None
                task = self._queues[worker.queue].popleft()
                if task.future.set_running_or_notify_cancel():
                    worker.task, worker.since = task, time.monotonic()
                    return task
            return None

    def _finished(self, worker: _Worker, task: _Task, done: Future) -> None:
        """Hand an outcome on, and give the worker its next task."""
        error = done.exception()
        with self._lock:
            worker.task = None
            worker.dead = isinstance(error, BrokenProcessPool)
            if all(each.dead for each in self._workers):
                self._cancel_what_waits()
        self._give(worker)
        if worker.dead:
            task.future.set_exception(WorkerDied(worker.late))
        elif error is not None:
            task.future.set_exception(error)
        else:
            task.future.set_result(done.result())

    def _cancel_what_waits(self) -> None:
        for queue in self._queues.values():
            while queue:
                task = queue.popleft()
                task.future.cancel()
                # Whoever waits for it is told only now.
                task.future.set_running_or_notify_cancel()

    def _end_late_ones(self) -> None:
        while not self._closed.wait(SECONDS_TO_LOOK):
            with self._lock:
                for worker in self._workers:
                    if worker.task is not None and not worker.late and time.monotonic() - worker.since > self.timeout:
                        worker.late = True
                        # It may have died by itself meanwhile.
                        with contextlib.suppress(BrokenProcessPool, ProcessLookupError):
                            os.kill(worker.number.result(), signal.SIGKILL)
