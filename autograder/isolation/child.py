"""The process of one submission: runs its cells, and calls its functions with the numbers that it is sent."""

import contextlib
import os
import signal
import socket

from autograder.checks.calling import call
from autograder.isolation import confinement
from autograder.isolation.messages import Line, LineBroken
from autograder.isolation.shell import CellRunner

MAXIMAL_NAMES = 2_000


def serve(end: socket.socket, runner: CellRunner, folder: str, confined: bool) -> None:
    """Answer requests until the line ends.

    Parameters
    ----------
    end
        Of the line to the trusted process.
    runner
        A warm shell.
    folder
        The notebook's working directory, read-only.
    confined
        Whether there is a sandbox, so that more than limits can be set.
    """
    os.chdir(folder)
    output = confinement.quiet_descriptors()
    confinement.own_descriptors({end.fileno(), output})
    confinement.confine() if confined else confinement.limit()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL if number != signal.SIGPIPE else signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    line = Line(end, gaps=True)
    with contextlib.suppress(LineBroken):
        line.send({"ready": True})
        while True:
            line.send(_answer(line.receive(None), line, runner, output))


def _answer(request: dict, line: Line, runner: CellRunner, output: int) -> dict:
    if request["do"] == "figures":
        runner.sketches.chains = request["chains"]
        return {"ready": True}
    if request["do"] == "cell":
        outputs = runner.run(request["source"])
        return {"outputs": outputs + _written_past(output), "names": _names(runner.namespace)}
    return _call(request, line, runner)


def _call(request: dict, line: Line, runner: CellRunner) -> dict:
    namespace = runner.namespace
    given = {name: _asking(name, line) for name in request["given"]}
    own = {name: namespace[name] for name in given if name in namespace}
    namespace.update(given)
    try:
        outcome = call(namespace[request["name"]], request["arguments"], request["seconds"])
    finally:
        for name in given:
            namespace.pop(name, None)
        namespace.update(own)
    # Of most calls there is a value and nothing else to be said.
    answer = {name: what for name, what in vars(outcome).items() if name == "value" or what}
    if outcome.failure is not None:
        answer["failure"] = dict(vars(outcome.failure))
    return {"outcome": answer}


def _asking(name: str, line: Line):
    """A function that is answered by the trusted process: the right one, where a student's own would be marked twice."""

    def ask(*arguments):
        line.send({"ask": name, "arguments": arguments})
        reply = line.receive(None)
        if reply.get("error"):
            raise ValueError(reply["error"])
        return reply["value"]

    return ask


def _names(namespace: dict) -> dict:
    names = {"functions": [], "others": []}
    for name, value in list(namespace.items())[:MAXIMAL_NAMES]:
        if isinstance(name, str) and not name.startswith("_"):
            names["functions" if callable(value) else "others"].append(name)
    return names


def _written_past(output: int) -> list[dict]:
    """What was written to the descriptors rather than to ``sys.stdout``."""
    size = os.lseek(output, 0, os.SEEK_CUR)
    if not size:
        return []
    text = os.pread(output, min(size, 100_000), 0).decode(errors="replace")
    os.ftruncate(output, 0)
    os.lseek(output, 0, os.SEEK_SET)
    return [{"output_type": "stream", "name": "stdout", "text": text}]
