"""A filter of system calls: only what is listed in :mod:`autograder.isolation.calls`, and the start of a thread.

So no new process or program, no connection, no mount, no look into another process, and no memory that no limit counts,
with the calls of kernels to come, too.

Written as a Berkeley packet filter for the kernel's seccomp, which needs no library: see seccomp(2) and
``Documentation/userspace-api/seccomp_filter.rst`` of the Linux sources.
"""

import ctypes
import errno
import platform
import struct
from collections.abc import Iterable

from autograder.isolation.calls import ALLOWED, FCNTL, FCNTL_ALLOWED, FCNTL_IDLE, IDLE, MISSING

ARCHITECTURES = ("x86_64", "aarch64")
CLONE = {"x86_64": 56, "aarch64": 220}
# From here on (the year 2019) the numbers are the same everywhere, and programs expect kernels without these calls.
NEW = 424
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CLONE_THREAD = 0x00010000
X32_BIT = 0x40000000

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER_OFFSET, ARCHITECTURE_OFFSET, FIRST_ARGUMENT_OFFSET, SECOND_ARGUMENT_OFFSET = 0, 4, 16, 24
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def deny_system_calls() -> None:
    """Install the filter in this process, for good. Threads may still be started.

    Raises
    ------
    OSError
        If the machine's architecture is unknown here, or the kernel refuses.
    """
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no table of system calls for the architecture {machine}")
    library = ctypes.CDLL(None, use_errno=True)
    code = _filter(machine)
    program = _Program(len(code) // 8, code)
    if library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or library.prctl(
        PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0
    ):
        raise OSError(ctypes.get_errno(), "the kernel refuses the filter of system calls")


def _filter(machine: str) -> bytes:
    instructions = [
        _instruction(LOAD, 0, 0, ARCHITECTURE_OFFSET),
        _instruction(JUMP_EQUAL, 1, 0, ARCHITECTURE[machine]),
        _instruction(RETURN, 0, 0, KILL),
        _instruction(LOAD, 0, 0, NUMBER_OFFSET),
        # The 32-bit flavour of x86_64 has numbers of its own.
        _instruction(JUMP_AT_LEAST, 0, 1, X32_BIT),
        _instruction(RETURN, 0, 0, KILL),
        _instruction(JUMP_EQUAL, 0, 4, CLONE[machine]),
        _instruction(LOAD, 0, 0, FIRST_ARGUMENT_OFFSET),
        _instruction(JUMP_ANY_BIT, 1, 0, CLONE_THREAD),
        _instruction(RETURN, 0, 0, ERROR | errno.EPERM),
        _instruction(RETURN, 0, 0, ALLOW),
    ]
    which = ARCHITECTURES.index(machine)
    # A call that returns the error 0 has succeeded, although nothing was done.
    for calls, answer in ((ALLOWED, ALLOW), (IDLE, ERROR), (MISSING, ERROR | errno.ENOSYS)):
        instructions += _answers([number for numbers in calls.values() if (number := numbers[which]) is not None], answer)
    by_command = [
        _instruction(LOAD, 0, 0, SECOND_ARGUMENT_OFFSET),
        *_answers(FCNTL_ALLOWED.values(), ALLOW),
        *_answers(FCNTL_IDLE.values(), ERROR),
        _instruction(RETURN, 0, 0, ERROR | errno.EINVAL),
    ]
    instructions += [_instruction(JUMP_EQUAL, 0, len(by_command), FCNTL[which]), *by_command]
    instructions += [
        # The C library falls back to an older call: to clone, whose flags can be read here, when clone3 does not exist.
        _instruction(JUMP_AT_LEAST, 0, 1, NEW),
        _instruction(RETURN, 0, 0, ERROR | errno.ENOSYS),
        _instruction(RETURN, 0, 0, ERROR | errno.EPERM),
    ]
    return b"".join(instructions)


def _answers(numbers: Iterable[int], answer: int) -> list[bytes]:
    """What answers each of these numbers, and lets the others pass."""
    return [piece for number in numbers for piece in (_instruction(JUMP_EQUAL, 0, 1, number), _instruction(RETURN, 0, 0, answer))]


def _instruction(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
