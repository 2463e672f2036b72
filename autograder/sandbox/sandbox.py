"""The sandbox of one worker: ``bubblewrap`` around a warm parent, and a session with it for each submission."""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.sandbox.limits import StudentProcess
from autograder.sandbox.messages import LineBroken
from autograder.sandbox.session import Session
from autograder.sandbox.warm import SECONDS_TO_START, Copy, SandboxError, WarmParent

SECONDS_TO_FORK = 60


class Sandbox:
    """A warm parent in ``bubblewrap``: no network, a read-only system, no view of the course or of anyone's home.

    Parameters
    ----------
    assignments
        By assignment id, the folder whose files (data, helpers; no notebooks) lie in the working directory of the student's
        notebook, read-only.
    confined
        Whether ``bubblewrap`` is used. Without it there are only a process of its own and resource limits.
    parent
        A copy of a warm parent that has the assignments, and that somebody else ends; a parent is started if not given.

    Raises
    ------
    SandboxError
        If ``bubblewrap`` is missing or this machine does not let it make namespaces.
    """

    def __init__(self, assignments: dict[str, Path], confined: bool = True, parent: Copy | None = None):
        self._owned = parent is None
        self._parent = parent or started_parent(assignments, confined)
        self._number = 0
        if not self._owned:
            self._expect("ready", SECONDS_TO_START)

    def close(self) -> None:
        """End the parent and all that it started."""
        if self._owned:
            self._parent.close()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def session(self, assignment_id: str, seconds: float = 180.0, wall: float | None = None) -> Iterator[Session]:
        """A fresh process for one submission; it is killed at the end, with whatever it has started.

        Parameters
        ----------
        assignment_id
            A copy of whose files lies in its working directory.
        seconds
            Of computing, for everything that it is asked.
        wall
            The same by the wall; a multiple if not given.

        Raises
        ------
        SandboxError
            If the process cannot be started.
        """
        self._number += 1
        identifier = str(self._number)
        ours, theirs = socket.socketpair()
        process = None
        try:
            with theirs:
                request = f"start {identifier} {self._parent.inside}/assignments/{assignment_id}".encode()
                socket.send_fds(self._parent.line, [request], [theirs.fileno()])
                descriptors = self._expect(f"started {identifier}", SECONDS_TO_FORK)
            process = StudentProcess(descriptors[0]) if descriptors else None
            session = Session(ours, seconds, process, wall)
            try:
                session.greet(SECONDS_TO_FORK)
            except LineBroken as error:
                raise SandboxError(f"A process for a submission could not be started: {error}. {self._parent.reason()}") from error
            yield session
        finally:
            ours.close()
            if process is not None:
                process.close()
            with contextlib.suppress(OSError):
                self._parent.line.send(f"end {identifier}".encode())
                self._expect(f"ended {identifier}", SECONDS_TO_FORK)

    def _expect(self, wanted: str, seconds: float) -> list[int]:
        """Wait for an answer of the parent's; returns the descriptors that came with it."""
        deadline = time.monotonic() + seconds
        answer = ""
        # What answers an earlier request, which was not waited for so long, is nothing to this one.
        while answer != wanted:
            descriptors: list[int] = []
            try:
                self._parent.line.settimeout(max(deadline - time.monotonic(), 1e-3))
                data, descriptors, _, _ = socket.recv_fds(self._parent.line, 64, 1)
                answer = data.decode()
            except OSError:
                answer = ""
            if not answer or answer.startswith("failed") and answer.split()[-1] == wanted.split()[-1]:
                raise SandboxError(f"The sandbox does not work on this machine. {self._parent.reason()}")
            if answer != wanted:
                for descriptor in descriptors:
                    os.close(descriptor)
        return descriptors


def started_parent(assignments: dict[str, Path], confined: bool) -> WarmParent:
    """A warm parent that has the assignments and is ready; :class:`SandboxError` where it does not get there."""
    parent = WarmParent(confined)
    parent.put_assignments(assignments)
    parent.require_ready()
    return parent
