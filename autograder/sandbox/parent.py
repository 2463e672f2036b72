"""The warm parent, inside the sandbox: everything is imported once, then each submission is a fork away, and so is another parent.

Run as ``python -m autograder.sandbox.parent DESCRIPTOR [limits]``, with the descriptor of its line to the trusted process;
with ``limits``, where there is no sandbox, the children make no namespaces and have their limits only.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.sandbox.shell import CellRunner
import contextlib
import gc
import os
import signal
import socket
import sys

MAXIMAL_REQUEST = 4096


def main() -> None:
    """Fork a child for each line that arrives, and kill one when asked to; or fork a copy that does so for another process."""
    line = socket.socket(fileno=int(sys.argv[1]))
    confined = "limits" not in sys.argv[2:]
    runner = _warm_runner()
    children: dict[str, int] = {}
    if confined:
        _try_out()
    line.send(b"ready")
    while True:
        request, descriptors, _, _ = socket.recv_fds(line, MAXIMAL_REQUEST, 1)
        if not request or request == b"stop":
            for process in children.values():
                _end(process)
            os._exit(0)
        what, _, text = request.decode().partition(" ")
        if what == "copy":
            if os.fork() == 0:
                line.close()
                line, children = socket.socket(fileno=descriptors[0]), {}
                if text:
                    # To wake a process on another processor takes longer than most calls do.
                    os.sched_setaffinity(0, {int(text)})
                line.send(b"ready")
            else:
                os.close(descriptors[0])
        elif what == "start":
            identifier, _, folder = text.partition(" ")
            children[identifier] = _start(descriptors[0], folder, line, runner, confined)
            _tell_of(children[identifier], identifier, line)
        else:
            _end(children.pop(text, 0))
            line.send(f"ended {text}".encode())


def _warm_runner() -> "CellRunner":
    import matplotlib.pyplot as plt
    import numpy as np
    import numpy.random

    # What the notebooks import, or NumPy on their behalf, and what each child runs: imported in every child it takes ten times as long.
    from autograder.sandbox import child, confinement  # noqa: F401
    from autograder.sandbox.shell import CellRunner

    runner = CellRunner()
    # Fonts are found and glyphs drawn once here instead of in every child.
    runner.run(
        "import matplotlib.pyplot as plt\n"
        "figure, axes = plt.subplots()\n"
        "axes.loglog([1, 10], [1, 10], 'o--', label='0123456789')\n"
        "axes.set_title('warm')\naxes.legend()\nplt.show()"
    )
    for name in ("figure", "axes", "plt"):
        runner.namespace.pop(name, None)
    plt.close("all")
    np.linalg.svd(np.eye(2))
    runner.begin()
    # Children share these pages only as long as no collection of garbage writes to them.
    gc.collect()
    gc.freeze()
    return runner


def _try_out() -> None:
    """End with the reason where a submission's process would not be confined."""
    from autograder.sandbox import confinement

    process = os.fork()
    if process == 0:
        try:
            confinement.become_another_user()
            confinement.new_namespaces()
            confinement.require_limits()
        except BaseException as error:
            print(error, file=sys.__stderr__, flush=True)
            os._exit(1)
        os._exit(0)
    if os.waitpid(process, 0)[1]:
        os._exit(1)


def _start(descriptor: int, folder: str, line: socket.socket, runner: "CellRunner", confined: bool) -> int:
    """Fork twice: the first fork makes the namespaces, the second is the first process in them. Returns the second's id."""
    reading, writing = os.pipe()
    first = os.fork()
    if first == 0:
        os.close(reading)
        line.close()
        _first(descriptor, folder, writing, runner, confined)
    os.close(writing)
    os.close(descriptor)
    answer = os.read(reading, 64)
    os.close(reading)
    os.waitpid(first, 0)
    return int(answer) if answer else 0


def _tell_of(process: int, identifier: str, line: socket.socket) -> None:
    """Say that a process was started, and hand over a descriptor of it: its time is counted, and it is interrupted, from outside."""
    if not process:
        line.send(f"failed {identifier}".encode())
        return
    try:
        descriptor = os.pidfd_open(process)
    except OSError:
        # It has ended, or the system is older than these descriptors: then its time is counted by the wall.
        line.send(f"started {identifier}".encode())
        return
    socket.send_fds(line, [f"started {identifier}".encode()], [descriptor])
    os.close(descriptor)


def _first(descriptor: int, folder: str, writing: int, runner: "CellRunner", confined: bool) -> None:
    from autograder.sandbox import child, confinement

    try:
        os.setsid()
        if confined:
            confinement.become_another_user()
            confinement.new_namespaces()
        second = os.fork()
        if second == 0:
            os.close(writing)
            try:
                child.serve(socket.socket(fileno=descriptor), runner, folder, confined)
            finally:
                os._exit(0)
        os.write(writing, str(second).encode())
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.__stderr__, flush=True)
        os._exit(1)
    os._exit(0)


def _end(process: int) -> None:
    # The first process of a namespace takes all others in it along.
    if process:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    main()
