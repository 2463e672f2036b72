"""What a child does to itself before it runs a student's first line: namespaces, limits, no privileges, few system calls."""

import contextlib
import ctypes
import fcntl
import itertools
import os
import resource
import stat
import sys
from pathlib import Path
from typing import Any

from autograder.sandbox.seccomp import deny_system_calls

NEW_USER, NEW_PROCESSES, NEW_MOUNTS, NEW_IPC = 0x10000000, 0x20000000, 0x00020000, 0x08000000
NO_SET_USER_ID, NO_DEVICES = 2, 4
BOUND, WITH_ALL_BELOW = 0x1000, 0x4000

SCRATCH = "/scratch"
NOBODY = 65534
PR_SET_DUMPABLE = 4

MEGABYTE = 2**20
LIMITS = {
    resource.RLIMIT_AS: 4096 * MEGABYTE,
    resource.RLIMIT_FSIZE: 32 * MEGABYTE,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 128,
    resource.RLIMIT_NPROC: 64,
    resource.RLIMIT_CPU: 120,
}

_library = ctypes.CDLL(None, use_errno=True)


def become_another_user() -> None:
    """Where root runs the course, be a user of this process's own (:mod:`autograder.sandbox.users`) that can do nothing else."""
    with open("/proc/self/uid_map") as file:
        several = len(file.readlines()) > 1
    if os.getuid() == 0 and several:
        user = os.getpid()
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        # Its own files in /proc, which became root's with that, are its own again.
        _call("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)


def new_namespaces() -> None:
    """Users, processes, mounts and inter-process communication of its own; the next child is the first of its processes.

    Raises
    ------
    OSError
        If the kernel allows no user namespace inside the sandbox.
    """
    user, group = os.getuid(), os.getgid()
    _call("unshare", NEW_USER | NEW_PROCESSES | NEW_MOUNTS | NEW_IPC)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{NOBODY} {user} 1"), ("gid_map", f"{NOBODY} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def confine() -> None:
    """Give up everything that a student's code does not need. Nothing of it can be taken back."""
    for folder in (SCRATCH, "/dev/shm", "/tmp"):
        # Libraries are still to be imported from where Python is installed, even if that is below /tmp.
        cover(folder, {prefix for prefix in (sys.prefix, sys.base_prefix) if prefix.startswith(f"{folder}/")})
    # An empty /proc: there is nothing to read about oneself or anyone else. No terminals: all submissions would see them.
    for folder in ("/proc", "/dev/pts"):
        _call("mount", b"tmpfs", folder.encode(), b"tmpfs", NO_SET_USER_ID | NO_DEVICES, b"size=4k,nr_inodes=2,mode=0555")
    limit()
    _drop_capabilities()
    deny_system_calls()


def cover(folder: str, kept: set[str]) -> None:
    """Put an empty folder, in memory and of this child's own, over another one; the folders in it that are kept are seen again as they were."""
    opened = [(path, os.open(path, os.O_PATH | os.O_DIRECTORY)) for path in sorted(kept)]
    options = b"size=32m,nr_inodes=4096,mode=1777"
    _call("mount", b"tmpfs", folder.encode(), b"tmpfs", NO_SET_USER_ID | NO_DEVICES, options)
    for path, descriptor in opened:
        os.makedirs(path, exist_ok=True)
        _call("mount", f"/proc/self/fd/{descriptor}".encode(), path.encode(), None, BOUND | WITH_ALL_BELOW, None)
        os.close(descriptor)
        # Folders on the way hold nothing else.
        for above in itertools.takewhile(lambda each: each != Path(folder), Path(path).parents):
            above.chmod(0o555)


def require_limits() -> None:
    """Try, in a process that has nothing else to do, what :func:`confine` counts on.

    Raises
    ------
    OSError
        If the user that submissions run as cannot read Python's libraries, or may start any number of processes.
    """
    for module in (os, ctypes, sys.modules.get("numpy", os), sys.modules.get("matplotlib", os)):
        if not os.access(module.__file__ or "", os.R_OK):
            unreadable = f"submissions, which run as another user, cannot read {module.__file__}"
            raise OSError(f"{unreadable}; let everyone read what is installed there")
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    try:
        process = os.fork()
    except BlockingIOError:
        return
    if process == 0:
        os._exit(0)
    raise OSError("no limit of processes holds for root here, so that one submission could stop all others; run it as another user")


def limit() -> None:
    """Set the limits of memory, time, files and processes."""
    for which, most in LIMITS.items():
        value = lower(most, resource.getrlimit(which)[1])
        resource.setrlimit(which, (value, value))


def lower(limit: int, hard: int) -> int:
    """The lower of two limits, of which the second, an account's own that cannot be raised, may be infinite."""
    return limit if hard == resource.RLIM_INFINITY else min(limit, hard)


def _drop_capabilities() -> None:
    version_3 = (ctypes.c_uint32 * 2)(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _call("capset", ctypes.byref(version_3), ctypes.byref(nothing))


def _call(name: str, *arguments: Any) -> None:
    if getattr(_library, name)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}", str(arguments))


def own_descriptors(keep: set[int]) -> None:
    """Close every descriptor from 3 on but those given, and open files anew: an offset would be shared with other submissions.

    A library goes on with the file that it has open (Matplotlib reads letters from its fonts), at the place where it was.
    """
    for number in {int(name) for name in os.listdir("/proc/self/fd")} - keep - {0, 1, 2}:
        # The descriptor that listed the others is closed already.
        with contextlib.suppress(OSError):
            offset = _offset(number)
            path = os.readlink(f"/proc/self/fd/{number}")
            os.close(number)
            if offset is not None:
                _open_at(path, number, offset)


def _offset(number: int) -> int | None:
    """Where a file is read next; ``None`` for what is no file, or is open for more than reading."""
    reads = fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY
    return os.lseek(number, 0, os.SEEK_CUR) if reads and stat.S_ISREG(os.fstat(number).st_mode) else None


def _open_at(path: str, number: int, offset: int) -> None:
    new = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    if new != number:
        os.dup2(new, number, inheritable=False)
        os.close(new)
    os.lseek(number, offset, os.SEEK_SET)


def quiet_descriptors() -> int:
    """Send descriptors 1 and 2 to a file in memory, so that what is written past ``sys.stdout`` is found there, too."""
    file = os.memfd_create("output")
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            stream.flush()
    nothing = os.open("/dev/null", os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(file, 1)
    os.dup2(file, 2)
    return file
