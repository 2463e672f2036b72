"""The sandbox of one worker: ``bubblewrap`` around a warm parent, and a session with it for each submission."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.isolation.confinement import SCRATCH
from autograder.isolation.messages import LineBroken
from autograder.isolation.session import Session

PACKAGES = ("checks", "derivatives", "isolation", "notebook", "writeups")
INSIDE = "/sandbox"
NOBODY = "65534"
SECONDS_TO_START = 60
SECONDS_TO_FORK = 10
MISSING = (
    "bubblewrap is not installed, and student code is not run without it. Install it (sudo apt install bubblewrap), or choose "
    "the weaker mode that runs it as your own user: set c.IsolatedExecute.isolation = 'limits' in nbgrader_config.py."
)


class SandboxError(RuntimeError):
    """The sandbox cannot be started; the message says why and what to do."""


def require_bubblewrap() -> None:
    """Raise :class:`SandboxError`, with the way to get it, where ``bubblewrap`` is missing."""
    if not shutil.which("bwrap"):
        raise SandboxError(MISSING)


class Sandbox:
    """A warm parent in ``bubblewrap``: no network, a read-only system, no view of the course or of anyone's home.

    Parameters
    ----------
    assignments
        By assignment id, the folder whose files (data, helpers; no notebooks) lie in the working directory of the student's
        notebook, read-only.
    confined
        Whether ``bubblewrap`` is used. Without it there are only a process of its own and resource limits.

    Raises
    ------
    SandboxError
        If ``bubblewrap`` is missing or this machine does not let it make namespaces.
    """

    def __init__(self, assignments: dict[str, Path], confined: bool = True):
        if confined:
            require_bubblewrap()
        self._stage = tempfile.TemporaryDirectory(prefix="sandbox-")
        self._inside = INSIDE if confined else self._stage.name
        _fill(Path(self._stage.name), assignments)
        command = _command(self._stage.name) if confined else []
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [*command, sys.executable, "-m", "autograder.isolation.parent", str(theirs.fileno()), *([] if confined else ["limits"])],
            cwd=self._stage.name,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=self._errors,
            stderr=self._errors,
            env={} if confined else _environment(self._stage.name),
        )
        theirs.close()
        self._number = 0
        self._expect(b"ready", SECONDS_TO_START)

    def close(self) -> None:
        """End the parent and all that it started."""
        self._line.close()
        self._process.kill()
        self._process.wait()
        self._errors.close()
        self._stage.cleanup()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    @contextlib.contextmanager
    def session(self, assignment_id: str, seconds: float = 180.0) -> Iterator[Session]:
        """A fresh process for one submission; it is killed at the end, with whatever it has started.

        Parameters
        ----------
        assignment_id
            Whose files lie in its working directory.
        seconds
            For everything that it is asked.

        Raises
        ------
        SandboxError
            If the process cannot be started.
        """
        self._number += 1
        identifier = str(self._number)
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                request = f"start {identifier} {self._inside}/assignments/{assignment_id}".encode()
                socket.send_fds(self._line, [request], [theirs.fileno()])
                self._expect(b"started", SECONDS_TO_FORK)
            session = Session(ours, seconds)
            try:
                session.greet(SECONDS_TO_FORK)
            except LineBroken as error:
                raise SandboxError(f"A process for a submission could not be started: {error}. {self._reason()}") from error
            yield session
        finally:
            ours.close()
            with contextlib.suppress(OSError):
                self._line.send(f"end {identifier}".encode())
                self._expect(b"ended", SECONDS_TO_FORK)

    def _expect(self, wanted: bytes, seconds: float) -> None:
        self._line.settimeout(seconds)
        try:
            answer = self._line.recv(64)
        except (TimeoutError, OSError):
            answer = b""
        if answer != wanted:
            raise SandboxError(f"The sandbox does not work on this machine. {self._reason()}")

    def _reason(self) -> str:
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip().splitlines()
        return f"It said: {said[-1]}" if said else "It said nothing."


def _fill(stage: Path, assignments: dict[str, Path]) -> None:
    package = Path(__file__).resolve().parent.parent
    (stage / "autograder").mkdir()
    shutil.copyfile(package / "__init__.py", stage / "autograder" / "__init__.py")
    for name in PACKAGES:
        shutil.copytree(package / name, stage / "autograder" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for identifier, folder in assignments.items():
        ignored = shutil.ignore_patterns("*.ipynb", "__pycache__", ".ipynb_checkpoints")
        shutil.copytree(folder, stage / "assignments" / identifier, ignore=ignored)
    # The user inside is another one.
    for path in (stage, *stage.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _command(stage: str) -> list[str]:
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--uid", NOBODY, "--gid", NOBODY, "--clearenv"]
    for name in ("/usr", "/lib", "/lib32", "/lib64", "/bin"):
        if os.path.islink(name):
            command += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            command += ["--ro-bind", name, name]
    for name in ("/etc/ld.so.cache", "/etc/localtime"):
        command += ["--ro-bind-try", name, name]
    command += ["--proc", "/proc", "--dev", "/dev", "--dir", "/tmp", "--tmpfs", SCRATCH]
    # The interpreter and its libraries, wherever they are; nothing else of the folders that they lie in.
    for prefix in dict.fromkeys((sys.base_prefix, sys.prefix)):
        if not prefix.startswith("/usr/") and prefix != "/usr":
            command += ["--ro-bind", prefix, prefix]
    for name, value in _environment(SCRATCH).items():
        command += ["--setenv", name, value]
    command += ["--ro-bind", stage, INSIDE, "--remount-ro", "/dev", "--remount-ro", "/"]
    return [*command, "--chdir", INSIDE]


def _environment(scratch: str) -> dict[str, str]:
    return {
        "HOME": scratch,
        "TMPDIR": scratch,
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": f"{scratch}/matplotlib",
        "IPYTHONDIR": f"{scratch}/ipython",
        # A library that starts threads cannot be forked with them.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
