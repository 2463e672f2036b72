"""Where submissions are graded on another machine: the files of a course, and processes that grade with them.

The process that calls :func:`grade_parcel` may be any: one of many threads, one that may have no children of the standard library's
``multiprocessing``, as a worker of Dask. So each grading process is a program of its own, and speaks by a pipe.
"""

import contextlib
import os
import pickle
import selectors
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.elsewhere.bundle import Damaged, difference, digest_of_bytes, unpack, versions
from autograder.grading.pool import WorkerDied
from autograder.grading.results import Job, Result
from autograder.sandbox.folders import HeldFolder

LENGTH = struct.Struct("!Q")
PROGRAM = "autograder.grading.elsewhere.process"
# To import what grading needs, and to get the sandbox ready, on a machine that does much besides.
SECONDS_TO_START = 120.0
SECONDS_TO_END = 10.0
READY = b"ready"


@dataclass(frozen=True)
class Parcel:
    """A submission, or a result, as it travels.

    Attributes
    ----------
    name
        ``"student/assignment"``.
    data
        A :class:`~autograder.grading.results.Job` or a :class:`~autograder.grading.results.Result`, pickled.
    digest
        Of ``data``.
    """

    name: str
    data: bytes
    digest: str

    @classmethod
    def of(cls, name: str, what: Job | Result) -> "Parcel":
        """Pack something."""
        data = pickle.dumps(what)
        return cls(name, data, digest_of_bytes(data))

    def checked(self) -> bytes:
        """The data; :class:`Damaged` where it is not what was sent."""
        if digest_of_bytes(self.data) != self.digest:
            raise Damaged(f"{self.name} did not arrive as it was sent")
        return self.data


class UnfitMachine(RuntimeError):
    """This machine cannot grade for the course; the message says why. Another one may."""


def grade_parcel(data: bytes, digest: str, wanted: dict[str, str], seconds: float, parcel: Parcel) -> Parcel:
    """Grade one submission on this machine, in a process of its own.

    Parameters
    ----------
    data, digest, wanted
        Of the :class:`~autograder.grading.elsewhere.bundle.Bundle`.
    seconds
        By the wall, after which the process is ended.
    parcel
        The submission.

    Returns
    -------
    Parcel
        The result.

    Raises
    ------
    UnfitMachine
        Where this machine has other versions than the one that records the marks, or cannot start its sandbox.
    WorkerDied
        Where the process that graded it died, or took longer.
    """
    if other := difference(versions(), wanted):
        raise UnfitMachine(other)
    job = parcel.checked()
    with _station(data, digest) as station:
        result = station.grade(job, seconds)
    return Parcel(parcel.name, result, digest_of_bytes(result))


class Station:
    """The files of one bundle, unpacked, and the processes that grade with them.

    Parameters
    ----------
    data, digest
        Of the bundle.
    """

    def __init__(self, data: bytes, digest: str):
        self._held = HeldFolder("grading-")
        self._folder = Path(self._held.name)
        try:
            unpack(data, digest, self._folder)
        except BaseException:
            self._held.cleanup()
            raise
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        self.users = 0

    def grade(self, job: bytes, seconds: float) -> bytes:
        """The result of one submission; see :func:`grade_parcel`."""
        with self._lock:
            process = self._idle.pop() if self._idle else None
        process = process or _Process(self._folder)
        try:
            result = process.ask(job, seconds)
        except BaseException:
            process.end()
            raise
        with self._lock:
            self._idle.append(process)
        return result

    def close(self) -> None:
        """End the processes and remove the files."""
        for process in self._idle:
            process.end()
        self._held.cleanup()


class _Process:
    """A grading process, and the pipes to it."""

    def __init__(self, folder: Path):
        # It ends when this end is closed, which the system does for a process that dies.
        alive, self._alive = os.pipe()
        self._scratch = Path(tempfile.mkdtemp(dir=folder, prefix="process-"))
        self._errors = self._scratch / "errors.txt"
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", PROGRAM, str(folder), str(self._scratch), str(alive)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                pass_fds=[alive],
                start_new_session=True,
            )
        os.close(alive)
        try:
            started = self._receive(SECONDS_TO_START)
        except WorkerDied:
            started = b""
        if started != READY:
            # It closes the pipe before it says why it ends.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(SECONDS_TO_END)
            reason = self._last_words()
            self.end()
            raise UnfitMachine(f"its grading process does not start: {reason}")

    def ask(self, job: bytes, seconds: float) -> bytes:
        """Have a job done."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(LENGTH.pack(len(job)) + job)
            self._process.stdin.flush()
        except OSError as error:
            raise WorkerDied(late=False) from error
        return self._receive(seconds)

    def end(self) -> None:
        """End it, and whatever it has started."""
        self._process.kill()
        os.close(self._alive)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _receive(self, seconds: float) -> bytes:
        assert self._process.stdout is not None
        pipe = self._process.stdout
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            if not selector.select(None if seconds == float("inf") else seconds):
                raise WorkerDied(late=True)
        # It writes an answer as a whole, once it has one.
        head = pipe.read(LENGTH.size)
        answer = pipe.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""
        if not answer:
            raise WorkerDied(late=False)
        return answer

    def _last_words(self) -> str:
        lines = self._errors.read_text(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "it gives no reason"


_stations: dict[str, Station] = {}
_lock = threading.Lock()


@contextlib.contextmanager
def _station(data: bytes, digest: str) -> Iterator[Station]:
    """The station of a bundle. Those of other bundles, of an earlier run or an older course, are closed once nobody uses them."""
    with _lock:
        if digest not in _stations:
            for other in [other for other, station in _stations.items() if not station.users]:
                _stations.pop(other).close()
            _stations[digest] = Station(data, digest)
        station = _stations[digest]
        station.users += 1
    try:
        yield station
    finally:
        with _lock:
            station.users -= 1


def close_stations() -> None:
    """End every grading process of this machine that has nothing to do."""
    with _lock:
        for digest in [digest for digest, station in _stations.items() if not station.users]:
            _stations.pop(digest).close()
