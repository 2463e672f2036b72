"""The trusted end of the line to one student's process."""

import socket
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.isolation import answers
from autograder.isolation.figures import Pictures
from autograder.isolation.limits import ProcessorLimit, StudentProcess
from autograder.isolation.messages import Line, LineBroken
from matrix_checks.checks.calling import GENEROUS
from matrix_checks.checks.functions import Failure, Given, Outcome

# Of computing. So much longer than the process itself allows, the trusted end waits for its word that the time is up.
GRACE = 3.0
# Cells are interrupted as a person would do it; one that goes on all the same is ended with its process.
INTERRUPTS = 3
SECONDS_PER_INTERRUPT = 1.0
# By the wall, for a cell that sleeps.
CELL_GENEROUS = 2.0
# Characters in all outputs of a notebook. The process keeps to less by itself, unless it was tampered with.
MAXIMAL_OUTPUT = 64_000_000


@dataclass
class Ran:
    """What became of one of the student's cells.

    Attributes
    ----------
    outputs
        As nbformat has them.
    stopped
        Whether it was interrupted because it did not end in time.
    """

    outputs: list[dict[str, Any]] = field(default_factory=list)
    stopped: bool = False


class Session:
    """Asks a student's process to run cells and functions; whatever it answers is only ever data.

    Parameters
    ----------
    end
        Of the line to it.
    seconds
        Of computing, for everything that it is asked.
    process
        The process, so that its time can be counted and its cells interrupted; without it, only the wall counts.
    wall
        Seconds by the wall; a multiple of ``seconds`` if not given.

    Attributes
    ----------
    ended
        Why the process is no longer asked, or an empty string.
    """

    def __init__(
        self, end: socket.socket, seconds: float = 180.0, process: StudentProcess | None = None, wall: float | None = None
    ):
        self._line = Line(end)
        self._pictures = Pictures()
        self._room = MAXIMAL_OUTPUT
        self.ended = ""
        self._process = process
        self._whole = ProcessorLimit(process, seconds, (seconds * CELL_GENEROUS if process else seconds) if wall is None else wall)
        self._functions: list[str] = []
        self._others: list[str] = []

    @property
    def seconds_left(self) -> float:
        """What remains of the time for the whole notebook."""
        return max(self._whole.left(), 0.0)

    @property
    def seconds_used(self) -> float:
        """Seconds that the process has computed, as far as that is known."""
        return self._process.seconds() if self._process else 0.0

    def greet(self, seconds: float) -> None:
        """Wait until the process is confined and ready (``LineBroken`` if it does not get there)."""
        self._line.receive(seconds)

    def use_pictures(self, pictures: Pictures) -> None:
        """Let the process name the solution's pictures, by the keys of :mod:`autograder.isolation.figures`, instead of drawing them."""
        self._pictures = pictures
        try:
            self._line.send({"do": "figures", "chains": pictures.chains})
            self._line.receive(self._whole)
        except LineBroken as error:
            self.ended = str(error)

    def put_files(self, files: dict[str, bytes]) -> None:
        """Put files of the student's own into the process's working directory: modules, data."""
        arrays = {name: np.frombuffer(content, dtype=np.uint8) for name, content in files.items()}
        try:
            self._line.send({"do": "files", "files": arrays})
            self._line.receive(self._whole)
        except LineBroken as error:
            self.ended = str(error)

    def bring_in(self, imports: str, seconds: float) -> None:
        """Run import statements of the course's own among the student's names, without an output."""
        if self.ended or not imports:
            return
        try:
            self._line.send({"do": "imports", "source": imports})
            self._line.receive(ProcessorLimit(self._process, min(seconds, self.seconds_left)))
        except LineBroken as error:
            self.ended = str(error)

    def run_cell(self, source: str, seconds: float) -> list[dict[str, Any]]:
        """Run one of the student's cells; returns its outputs as nbformat has them. See :meth:`run`."""
        return self.run(source, seconds).outputs

    def run(self, source: str, seconds: float) -> Ran:
        """Run one of the student's cells.

        A cell that computes for longer than ``seconds`` is interrupted; where it goes on all the same, its process is ended.
        """
        if self.ended:
            return Ran([_not_run(self.ended)])
        if not self.seconds_left:
            return Ran([_timeout()], stopped=True)
        stopped = False
        try:
            self._line.send({"do": "cell", "source": source})
            allowed = min(seconds, self.seconds_left)
            try:
                answer = self._line.receive(ProcessorLimit(self._process, allowed, allowed * CELL_GENEROUS))
            except LineBroken as error:
                if "in time" not in str(error) or self._process is None:
                    raise
                stopped = True
                answer = self._interrupted()
            self._learn(answer.get("names"))
            outputs, size = answers.outputs(answer.get("outputs"), self._pictures, self._room)
            self._room -= size
            return Ran([*outputs, _timeout()] if stopped else outputs, stopped)
        except LineBroken as error:
            self.ended = str(error)
            stopped = stopped or "in time" in self.ended
            return Ran([_timeout() if stopped else _died(self.ended)], stopped)

    def _interrupted(self) -> dict:
        """The answer of a process whose cell was interrupted."""
        assert self._process is not None
        for last in range(INTERRUPTS, 0, -1):
            self._process.interrupt()
            try:
                return self._line.receive(ProcessorLimit(self._process, SECONDS_PER_INTERRUPT))
            except LineBroken as error:
                if "in time" not in str(error) or last == 1:
                    self._process.end()
                    raise
        raise LineBroken("no answer in time")

    @property
    def functions(self) -> list[str]:
        """Names of the student's functions, as the process tells them."""
        return self._functions

    @property
    def others(self) -> list[str]:
        """The student's other names."""
        return self._others

    def call(self, name: str, arguments: tuple, seconds: float, given: Given) -> Outcome:
        """Call one of the student's functions; the outcome says so if the process is gone."""
        if self.ended and "in time" not in self.ended:
            return _no_outcome(self.ended)
        if self.ended or not self.seconds_left:
            return Outcome(too_long=True)
        try:
            self._line.send(
                {
                    "do": "call",
                    "name": name,
                    "arguments": arguments,
                    "seconds": seconds,
                    "given": list(given.names),
                    "source": given.source,
                }
            )
            allowed = min(seconds + GRACE, self.seconds_left)
            answer = self._line.receive(ProcessorLimit(self._process, allowed, allowed * GENEROUS if self._process else allowed))
            return answers.outcome(answer.get("outcome"), len(arguments))
        except LineBroken as error:
            self.ended = str(error)
            if "in time" in self.ended:
                return Outcome(too_long=True)
            return _no_outcome(self.ended)

    def _learn(self, names: Any) -> None:
        if isinstance(names, dict):
            self._functions = answers.identifiers(names.get("functions"))
            self._others = [name for name in answers.identifiers(names.get("others")) if name not in self._functions]


def _no_outcome(reason: str) -> Outcome:
    """Of a call that the process did not outlive, or that comes after that."""
    return Outcome(failure=Failure("SystemExit", "builtins", reason, "", "", False))


def _timeout() -> dict[str, Any]:
    words = "No reply from the student's process before the time was up"
    return {"output_type": "error", "ename": "CellTimeoutError", "evalue": "", "traceback": [f"CellTimeoutError: {words}"]}


def _died(reason: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": "DeadKernelError", "evalue": reason, "traceback": [f"DeadKernelError: {reason}"]}


def _not_run(reason: str) -> dict[str, Any]:
    words = f"not run, because an earlier cell ended the process: {reason}"
    return {"output_type": "error", "ename": "NotRun", "evalue": words, "traceback": [f"NotRun: {words}"]}
