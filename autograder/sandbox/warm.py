"""The warm parent's process: ``bubblewrap``, and inside it everything that notebooks import.

It takes most of a second to be ready, and can get ready while the grading process itself is still importing. Where several
processes grade, each has a parent of its own, which is a copy of one warm parent.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from autograder.sandbox.confinement import NOBODY, SCRATCH
from autograder.sandbox.folders import HeldFolder
from autograder.sandbox.users import UserMap

INSIDE = "/sandbox"
MISSING = (
    "bubblewrap is not installed, and student code is not run without it. Install it (on Debian and Ubuntu: sudo apt install "
    "bubblewrap; other distributions name it so, too), or choose the weaker mode that runs it as your own user: set "
    "c.IsolatedExecute.isolation = 'limits' in nbgrader_config.py."
)
NOT_LINUX = "Student code is graded on Linux only: use the Dockerfile or a Linux machine."

SECONDS_TO_START = 60
NO_START = (
    "The sandbox does not start on this machine. Let its users make namespaces of their own (user namespaces; on Ubuntu from 24.04: "
    "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0; in a container: the options in the Dockerfile), or choose the "
    "weaker mode that runs student code as your own user: set c.IsolatedExecute.isolation = 'limits' in nbgrader_config.py."
)


class SandboxError(RuntimeError):
    """The sandbox cannot be started; the message says why and what to do."""


def require_bubblewrap() -> None:
    """Raise :class:`SandboxError`, with the way to get it, where ``bubblewrap`` is missing."""
    if sys.platform != "linux":
        raise SandboxError(NOT_LINUX)
    if not shutil.which("bwrap"):
        raise SandboxError(MISSING)


class WarmParent:
    """A started process; :class:`~autograder.sandbox.sandbox.Sandbox` waits until it is ready, and speaks with it.

    Parameters
    ----------
    confined
        Whether ``bubblewrap`` is used. Without it there are only a process of its own and resource limits.

    Attributes
    ----------
    line
        The socket to it.
    inside
        Where it sees the stage.

    Raises
    ------
    SandboxError
        If ``bubblewrap`` is missing.
    """

    def __init__(self, confined: bool = True):
        if confined:
            require_bubblewrap()
        self._stage = HeldFolder("sandbox-")
        self._folder = Path(self._stage.name)
        self.inside = INSIDE if confined else self._stage.name
        self._put_package()
        users = UserMap() if confined and os.getuid() == 0 else None
        command = _command(self._stage.name, users) if confined else []
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [*command, _python(), "-m", "autograder.sandbox.parent", str(theirs.fileno()), *([] if confined else ["limits"])],
            cwd=self._stage.name,
            pass_fds=[theirs.fileno(), *(users.descriptors if users else [])],
            stdin=subprocess.DEVNULL,
            stdout=self._errors,
            stderr=self._errors,
            env={} if confined else _environment(self._stage.name),
            # A run that is stopped from the keyboard ends it itself, once nothing needs it any more.
            start_new_session=True,
        )
        theirs.close()
        if users:
            users.write()
        self._ready = False

    def require_ready(self) -> None:
        """Wait until it is ready; :class:`SandboxError`, with the reason, if it does not get there."""
        if self._ready:
            return
        self.line.settimeout(SECONDS_TO_START)
        try:
            self._ready = self.line.recv(64) == b"ready"
        except OSError:
            self._ready = False
        if not self._ready:
            raise SandboxError(f"{NO_START} {self.reason()}")

    def put_assignments(self, assignments: dict[str, Path]) -> None:
        """Put the files of assignments (data, helpers; no notebooks) onto the stage, by assignment id."""
        # The students' package is imported already, and nobody needs another copy of it.
        ignored = shutil.ignore_patterns("*.ipynb", "*.whl", "__pycache__", ".ipynb_checkpoints")
        for identifier, folder in assignments.items():
            shutil.copytree(folder, self._folder / "assignments" / identifier, ignore=ignored)
        _let_read(self._folder)

    def copy(self, processor: int | None = None) -> "Copy":
        """A parent of its own for another process; made once this one is ready, and ended with it at the latest.

        Parameters
        ----------
        processor
            The only one that it and its children run on; ``None`` for any.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # Where this one has ended, the copy's line ends at once.
        with theirs, contextlib.suppress(OSError):
            socket.send_fds(self.line, [f"copy {'' if processor is None else processor}".encode()], [theirs.fileno()])
        return Copy(ours, self)

    def reason(self) -> str:
        """What it said last."""
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip().splitlines()
        return f"It said: {said[-1]}" if said else "It said nothing."

    def close(self) -> None:
        """End it and all that it started."""
        self.line.close()
        self._process.kill()
        self._process.wait()
        self._errors.close()
        self._stage.cleanup()

    def _put_package(self) -> None:
        # With what Python compiled of it, which would else be compiled again for each sandbox.
        shutil.copytree(_students_package(), self._folder / "matrix_checks")
        package = Path(__file__).resolve().parent.parent
        (self._folder / "autograder").mkdir()
        shutil.copyfile(package / "__init__.py", self._folder / "autograder" / "__init__.py")
        shutil.copytree(package / "sandbox", self._folder / "autograder" / "sandbox")
        _let_read(self._folder)


class Copy:
    """A copy of a warm parent, with a line of its own.

    Attributes
    ----------
    line, inside
        As of the :class:`WarmParent`.
    """

    def __init__(self, line: socket.socket, original: WarmParent):
        self.line, self.inside, self.reason = line, original.inside, original.reason

    def close(self) -> None:
        """End it and all that it started."""
        # Other processes may have its line, too, so that it would not see the line end.
        with contextlib.suppress(OSError):
            self.line.send(b"stop")
        self.line.close()


@contextlib.contextmanager
def started_ahead() -> Iterator[WarmParent | None]:
    """A warm parent that gets ready while something else is done; ``None`` where there is no ``bubblewrap``. Ended with the block."""
    parent = WarmParent() if shutil.which("bwrap") else None
    try:
        yield parent
    finally:
        if parent is not None:
            parent.close()


def _students_package() -> Path:
    """The folder of ``matrix_checks``, which is not imported for that: it takes a third of a second, and the sandbox waits for it."""
    spec = find_spec("matrix_checks")
    if spec is None or spec.origin is None:
        raise SandboxError("matrix_checks is not installed beside autograder.")
    return Path(spec.origin).parent


def _python() -> str:
    """The path of this Python without a way through folders that are not in the sandbox; the last link is what makes an environment."""
    folder, name = os.path.split(sys.executable)
    return os.path.join(os.path.realpath(folder), name)


def _let_read(stage: Path) -> None:
    # The user inside is another one.
    for path in (stage, *stage.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _command(stage: str, users: UserMap | None) -> list[str]:
    # By its whole path: it is started without this process's own.
    command = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    command += users.options if users else ["--uid", str(NOBODY), "--gid", str(NOBODY)]
    for name in ("/usr", "/lib", "/lib32", "/lib64", "/bin"):
        if os.path.islink(name):
            command += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            command += ["--ro-bind", name, name]
    for name in ("/etc/ld.so.cache", "/etc/localtime"):
        command += ["--ro-bind-try", name, name]
    command += ["--proc", "/proc", "--dev", "/dev", "--dir", "/tmp", "--tmpfs", SCRATCH]
    # The interpreter and its libraries, wherever they are; nothing else of the folders that they lie in.
    prefixes = (sys.base_prefix, sys.prefix, os.path.realpath(sys.base_prefix), os.path.realpath(sys.prefix))
    for prefix in dict.fromkeys(prefixes):
        if not prefix.startswith("/usr/") and prefix != "/usr":
            # Folders on the way are empty, and everyone may pass; bubblewrap would let nobody but itself pass.
            command += [word for folder in reversed(Path(prefix).parents[:-1]) for word in ("--dir", str(folder))]
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
