"""The process of one submission: runs its cells, and calls its functions with the numbers that it is sent."""

import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType

from autograder.isolation import confinement
from autograder.isolation.messages import Line, LineBroken
from autograder.isolation.shell import CellRunner
from matrix_checks.checks.calling import call
from matrix_checks.checks.functions import Given

MAXIMAL_NAMES = 2_000
# The students' package is imported already, and beside the notebook nobody needs it again.
NOT_COPIED = shutil.ignore_patterns("autograder", "matrix_checks", "__pycache__")


def serve(end: socket.socket, runner: CellRunner, folder: str, confined: bool) -> None:
    """Answer requests until the line ends.

    Parameters
    ----------
    end
        Of the line to the trusted process.
    runner
        A warm shell.
    folder
        What lies beside the notebook; its working directory is a copy.
    confined
        Whether there is a sandbox, so that more than limits can be set.
    """
    output = confinement.quiet_descriptors()
    # Nothing but a cell is interrupted: a signal that comes late, when the cell has ended, is for nobody.
    signal.signal(signal.SIGINT, _for_nobody)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    confinement.own_descriptors({end.fileno(), output})
    confinement.confine() if confined else confinement.limit()
    _work_in_copy(folder)
    line = Line(end, gaps=True)
    with contextlib.suppress(LineBroken):
        line.send({"ready": True})
        while True:
            line.send(_answer(line.receive(None), line, runner, output))


def _work_in_copy(folder: str) -> None:
    """Go to a copy of a folder, of this process's own: bounded in size with the scratch folder, and gone with it."""
    work = tempfile.mkdtemp(dir=os.environ.get("TMPDIR"), prefix="work-")
    shutil.copytree(folder, work, ignore=NOT_COPIED, dirs_exist_ok=True, copy_function=shutil.copyfile)
    os.chdir(work)
    # As in a notebook's kernel: modules beside the notebook can be imported.
    sys.path.insert(0, "")


def _answer(request: dict, line: Line, runner: CellRunner, output: int) -> dict:
    if request["do"] == "figures":
        runner.sketches.chains = request["chains"]
        return {"ready": True}
    if request["do"] == "files":
        _write(request["files"])
        return {"ready": True}
    if request["do"] == "imports":
        with contextlib.suppress(Exception):
            exec(_compiled(request["source"]), runner.namespace)
        return {"ready": True}
    if request["do"] == "cell":
        with _interruptible():
            runner.run(request["source"])
        return {"outputs": runner.outputs.collected + _written_past(output), "names": _names(runner.namespace)}
    return _call(request, runner)


def _write(files: dict) -> None:
    """Put files beside the notebook. There is no more room than the scratch folder has."""
    for name, content in files.items():
        with contextlib.suppress(OSError):
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "xb") as file:
                file.write(content.tobytes())


def _for_nobody(*_: object) -> None:
    pass


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    try:
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            yield
        finally:
            signal.signal(signal.SIGINT, _for_nobody)
    except KeyboardInterrupt:
        # It came between the cell and here.
        pass


def _call(request: dict, runner: CellRunner) -> dict:
    # They are checked before this one is, and nothing that is said here is shown.
    given = Given(tuple(request["given"]), request["source"])
    with given.put_into(runner.namespace):
        function = runner.namespace[request["name"]]
        outcome = call(function, request["arguments"], request["seconds"], processor_time=True)
    # Of most calls there is a value and nothing else to be said.
    answer = {name: what for name, what in vars(outcome).items() if name == "value" or what}
    if outcome.failure is not None:
        answer["failure"] = dict(vars(outcome.failure))
    return {"outcome": answer}


@lru_cache(maxsize=32)
def _compiled(source: str) -> CodeType:
    return compile(source, "<imports>", "exec")


def _names(namespace: dict) -> dict:
    names: dict[str, list[str]] = {"functions": [], "others": []}
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
