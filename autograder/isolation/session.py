"""The trusted end of the line to one student's process."""

import contextlib
import resource
import socket
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.calling import MAXIMAL_PRINT, Failure, Outcome, RemoteFunction, stop_after
from autograder.isolation.figures import MARK, Pictures, picture_of
from autograder.isolation.messages import LineBroken, receive, send

GRACE = 3.0
MAXIMAL_ASKS = 100_000
MAXIMAL_ASKED_ENTRIES = 1_000_000
MAXIMAL_NAMES = 500
MAXIMAL_WORDS = 2_000
SECONDS_PER_ASK = 5.0
# So little can take neither long nor much memory, and a training loop asks thousands of times.
SMALL = 300
MEMORY_PER_ASK = 1 << 30
OUTPUT_TYPES = ("stream", "display_data", "execute_result", "error")
MIME_TYPES = {"text/plain", "image/png", "image/svg+xml", "text/html", "text/latex", "text/markdown", "image/jpeg"}


class Session:
    """Asks a student's process to run cells and functions; whatever it answers is only ever data.

    Attributes
    ----------
    ended
        Why the process is no longer asked, or an empty string.
    seconds_left
        What remains of the time for the whole notebook.
    """

    def __init__(self, line: socket.socket, seconds: float = 180.0):
        self._line = line
        self._pictures = Pictures()
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
        receive(self._line, seconds)

    def use_pictures(self, pictures: Pictures) -> None:
        """Let the process name the solution's pictures, by the keys of :mod:`autograder.isolation.figures`, instead of drawing them."""
        self._pictures = pictures
        with contextlib.suppress(LineBroken):
            send(self._line, {"do": "figures", "chains": pictures.chains})
            receive(self._line, SECONDS_PER_ASK)

    def run_cell(self, source: str, seconds: float) -> list[dict[str, Any]]:
        """Run one of the student's cells; returns its outputs as nbformat has them.

        A cell that takes longer than ``seconds`` is the last: its process is not asked again.
        """
        if self.ended:
            return [_not_run(self.ended)]
        allowed = min(seconds, self.seconds_left)
        try:
            send(self._line, {"do": "cell", "source": source})
            answer = receive(self._line, allowed)
            self._learn(answer.get("names"))
            return _checked_outputs(answer.get("outputs"), self._pictures)
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
            send(self._line, {"do": "call", "name": name, "arguments": arguments, "seconds": seconds, "given": list(given)})
            deadline = time.monotonic() + min(seconds + GRACE, self.seconds_left)
            for _ in range(MAXIMAL_ASKS):
                answer = receive(self._line, deadline - time.monotonic())
                if "ask" not in answer:
                    return _checked_outcome(answer.get("outcome"), len(arguments))
                send(self._line, _answer_ask(answer, given))
            raise LineBroken("no answer in time")
        except LineBroken as error:
            self.ended = str(error)
            if "in time" in self.ended:
                return Outcome(too_long=True)
            return Outcome(failure=Failure("SystemExit", "builtins", self.ended, "", "", False))

    def _learn(self, names) -> None:
        if isinstance(names, dict):
            self._functions = _identifiers(names.get("functions"))
            self._others = [name for name in _identifiers(names.get("others")) if name not in self._functions]


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
        return value.size
    if isinstance(value, (list, tuple)):
        return sum(map(_size, value)) + 1
    if isinstance(value, dict):
        return sum(map(_size, value.values())) + 1
    # A whole number may be a size: the number of columns, of steps.
    return abs(value) if isinstance(value, int) else 1


@contextlib.contextmanager
def _bounded_memory():
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY_PER_ASK, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _checked_outcome(data, count: int) -> Outcome:
    if not isinstance(data, dict):
        raise LineBroken("an answer was badly formed")
    failure = data.get("failure")
    if failure is not None:
        if not isinstance(failure, dict):
            raise LineBroken("an answer was badly formed")
        words = {name: _words(failure.get(name)) for name in ("kind", "module", "message", "line", "function")}
        failure = Failure(**words, unwritten=failure.get("unwritten") is True)
    return Outcome(
        value=data.get("value"),
        failure=failure,
        parameters=tuple(_identifiers(data.get("parameters"))),
        changed=_positions(data.get("changed"), count),
        shared=_positions(data.get("shared"), count),
        printed=_words(data.get("printed"))[:MAXIMAL_PRINT],
        warned=[_words(text) for text in data.get("warned", []) if isinstance(text, str)][:20],
        too_long=data.get("too_long") is True,
    )


def _checked_outputs(outputs, pictures: Pictures) -> list[dict[str, Any]]:
    """Outputs rebuilt from text alone, so that nothing that is no output of a cell gets into the notebook."""
    checked = []
    for output in outputs if isinstance(outputs, list) else []:
        kind = output.get("output_type") if isinstance(output, dict) else None
        if kind == "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            checked.append({"output_type": kind, "name": name, "text": str(output.get("text", ""))})
        elif kind == "error":
            lines = [str(line) for line in output.get("traceback", [])]
            error = {"output_type": kind, "ename": _words(output.get("ename")), "evalue": str(output.get("evalue", ""))}
            checked.append({**error, "traceback": lines})
        elif kind in OUTPUT_TYPES:
            data = {key: value for key, value in output.get("data", {}).items() if key in MIME_TYPES and isinstance(value, str)}
            if data.get("image/png", "").startswith(MARK):
                data = picture_of(data["image/png"], pictures)
            number = output.get("execution_count")
            count = {"execution_count": number if isinstance(number, int) else None} if kind == "execute_result" else {}
            checked.append({"output_type": kind, "data": data, "metadata": {}, **count})
    return checked


def _identifiers(names) -> list[str]:
    if not isinstance(names, (list, tuple)):
        return []
    return [name for name in names if isinstance(name, str) and name.isidentifier() and len(name) <= 60][:MAXIMAL_NAMES]


def _positions(values, count: int) -> tuple[int, ...]:
    if not isinstance(values, (list, tuple)):
        return ()
    return tuple(sorted({value for value in values if type(value) is int and 0 <= value < count}))


def _words(text) -> str:
    return text[:MAXIMAL_WORDS] if isinstance(text, str) else ""


def _timeout() -> dict[str, Any]:
    words = "No reply from the student's process before the time was up"
    return {"output_type": "error", "ename": "CellTimeoutError", "evalue": "", "traceback": [f"CellTimeoutError: {words}"]}


def _died(reason: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": "DeadKernelError", "evalue": reason, "traceback": [f"DeadKernelError: {reason}"]}


def _not_run(reason: str) -> dict[str, Any]:
    words = f"not run, because an earlier cell ended the process: {reason}"
    return {"output_type": "error", "ename": "NotRun", "evalue": words, "traceback": [f"NotRun: {words}"]}
