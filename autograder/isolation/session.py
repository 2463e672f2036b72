"""The trusted end of the line to one student's process."""

import contextlib
import resource
import socket
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.calling import Failure, Outcome, RemoteFunction, stop_after
from autograder.isolation import answers
from autograder.isolation.confinement import lower
from autograder.isolation.figures import Pictures
from autograder.isolation.messages import Line, LineBroken

GRACE = 3.0
MAXIMAL_ASKS = 100_000
MAXIMAL_ASKED_ENTRIES = 1_000_000
SECONDS_PER_ASK = 5.0
# Characters in all outputs of a notebook. The process keeps to less by itself, unless it was tampered with.
MAXIMAL_OUTPUT = 64_000_000
# So little can take neither long nor much memory, and a training loop asks thousands of times.
SMALL = 300
MEMORY_PER_ASK = 1 << 28


class Session:
    """Asks a student's process to run cells and functions; whatever it answers is only ever data.

    Attributes
    ----------
    ended
        Why the process is no longer asked, or an empty string.
    seconds_left
        What remains of the time for the whole notebook.
    """

    def __init__(self, end: socket.socket, seconds: float = 180.0):
        self._line = Line(end)
        self._pictures = Pictures()
        self._room = MAXIMAL_OUTPUT
        self.ended = ""
        self._deadline = time.monotonic() + seconds
        self._functions: list[str] = []
        self._others: list[str] = []

    @property
    def seconds_left(self) -> float:
        """What remains of the time for the whole notebook."""
        return max(self._deadline - time.monotonic(), 0.0)

    def greet(self, seconds: float) -> None:
        """Wait until the process is confined and ready (``LineBroken`` if it does not get there)."""
        self._line.receive(seconds)

    def use_pictures(self, pictures: Pictures) -> None:
        """Let the process name the solution's pictures, by the keys of :mod:`autograder.isolation.figures`, instead of drawing them."""
        self._pictures = pictures
        try:
            self._line.send({"do": "figures", "chains": pictures.chains})
            self._line.receive(self.seconds_left)
        except LineBroken as error:
            self.ended = str(error)

    def run_cell(self, source: str, seconds: float) -> list[dict[str, Any]]:
        """Run one of the student's cells; returns its outputs as nbformat has them.

        A cell that takes longer than ``seconds`` is the last: its process is not asked again.
        """
        if self.ended:
            return [_not_run(self.ended)]
        allowed = min(seconds, self.seconds_left)
        try:
            self._line.send({"do": "cell", "source": source})
            answer = self._line.receive(allowed)
            self._learn(answer.get("names"))
            outputs, size = answers.outputs(answer.get("outputs"), self._pictures, self._room)
            self._room -= size
            return outputs
        except LineBroken as error:
            self.ended = str(error)
            return [_timeout() if "in time" in self.ended else _died(self.ended)]

    def namespace(self) -> dict[str, Any]:
        """The student's names as a check sees them: proxies for functions, a placeholder for anything else."""
        names: dict[str, Any] = dict.fromkeys(self._others, "not a function")
        names |= {name: Proxy(self, name) for name in self._functions}
        return names

    def call(self, name: str, arguments: tuple, seconds: float, given: dict[str, Callable]) -> Outcome:
        """Call one of the student's functions; the outcome says so if the process is gone."""
        if self.ended or not self.seconds_left:
            return Outcome(too_long=True)
        try:
            self._line.send({"do": "call", "name": name, "arguments": arguments, "seconds": seconds, "given": list(given)})
            deadline = time.monotonic() + min(seconds + GRACE, self.seconds_left)
            for _ in range(MAXIMAL_ASKS):
                answer = self._line.receive(deadline - time.monotonic())
                if "ask" not in answer:
                    return answers.outcome(answer.get("outcome"), len(arguments))
                self._line.send(_answer_ask(answer, given))
            raise LineBroken("no answer in time")
        except LineBroken as error:
            self.ended = str(error)
            if "in time" in self.ended:
                return Outcome(too_long=True)
            return Outcome(failure=Failure("SystemExit", "builtins", self.ended, "", "", False))

    def _learn(self, names) -> None:
        if isinstance(names, dict):
            self._functions = answers.identifiers(names.get("functions"))
            self._others = [name for name in answers.identifiers(names.get("others")) if name not in self._functions]


class Proxy(RemoteFunction):
    """Stands for a student's function in the trusted process.

    Attributes
    ----------
    given
        Right functions that the student's may call in the place of its own, by name.
    """

    def __init__(self, session: Session, name: str):
        self._session = session
        self._name = name
        self.given: dict[str, Callable] = {}

    def call(self, arguments: tuple, time_limit: float) -> Outcome:
        """As :func:`autograder.checks.calling.call`, in the student's process."""
        return self._session.call(self._name, arguments, time_limit, self.given)


def _answer_ask(answer: dict, given: dict[str, Callable]) -> dict:
    """Run a right function for the student's process, within bounds: its arguments are a stranger's."""
    function, arguments = given.get(str(answer.get("ask"))), answer.get("arguments")
    if function is None or not isinstance(arguments, tuple) or _size(arguments) > MAXIMAL_ASKED_ENTRIES:
        return {"error": "a function was called with arguments that it cannot take"}
    try:
        if _size(arguments) <= SMALL:
            with np.errstate(all="ignore"):
                return {"value": function(*arguments)}
        with stop_after(SECONDS_PER_ASK), _bounded_memory(), np.errstate(all="ignore"):
            return {"value": function(*arguments)}
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, LineBroken)):
            raise
        return {"error": f"{type(error).__name__}: {error}"[:300]}


def _size(value) -> float:
    if isinstance(value, np.ndarray):
        # One that is empty may be made into one that is not, and one entry may be a number like those below.
        return value.size + sum(value.shape) + (_size(value.item()) if value.size == 1 else 0)
    if isinstance(value, (list, tuple)):
        return sum(map(_size, value)) + 1
    if isinstance(value, dict):
        return sum(map(_size, value.values())) + 1
    # A whole number may be a size: the number of columns, of steps.
    if isinstance(value, (int, np.integer)):
        return abs(int(value))
    # So may another, though it is hardly meant: it is not refused, but is no small thing.
    return 1 if not isinstance(value, (float, complex, np.inexact)) or abs(value) <= SMALL else SMALL + 1


@contextlib.contextmanager
def _bounded_memory():
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (lower(used + MEMORY_PER_ASK, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _timeout() -> dict[str, Any]:
    words = "No reply from the student's process before the time was up"
    return {"output_type": "error", "ename": "CellTimeoutError", "evalue": "", "traceback": [f"CellTimeoutError: {words}"]}


def _died(reason: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": "DeadKernelError", "evalue": reason, "traceback": [f"DeadKernelError: {reason}"]}


def _not_run(reason: str) -> dict[str, Any]:
    words = f"not run, because an earlier cell ended the process: {reason}"
    return {"output_type": "error", "ename": "NotRun", "evalue": words, "traceback": [f"NotRun: {words}"]}
