"""A filter of system calls: no new process or program, no socket, no mount, no look into another process, no memory that no limit counts.

Written as a Berkeley packet filter for the kernel's seccomp, which needs no library: see seccomp(2) and
``Documentation/userspace-api/seccomp_filter.rst`` of the Linux sources.
"""

import ctypes
import errno
import platform
import struct

# Numbers of the calls: x86_64 from arch/x86/entry/syscalls/syscall_64.tbl, aarch64 from include/uapi/asm-generic/unistd.h.
DENIED = {
    "x86_64": {
        "fork": 57, "vfork": 58, "execve": 59, "execveat": 322, "ptrace": 101,
        "socket": 41, "connect": 42, "bind": 49, "listen": 50, "accept": 43, "accept4": 288,
        "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161, "unshare": 272, "setns": 308,
        "move_mount": 429, "open_tree": 428, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "mount_setattr": 442,
        "process_vm_readv": 310, "process_vm_writev": 311, "pidfd_open": 434, "pidfd_getfd": 438, "kcmp": 312,
        "keyctl": 250, "add_key": 248, "request_key": 249, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323,
        "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_by_handle_at": 304,
        "name_to_handle_at": 303, "kexec_load": 246, "init_module": 175, "finit_module": 313, "delete_module": 176,
        "swapon": 167, "swapoff": 168, "reboot": 169, "personality": 135, "prctl": 157,
        "shmget": 29, "shmat": 30, "shmctl": 31, "semget": 64, "msgget": 68, "mq_open": 240, "memfd_create": 319,
        "sched_setaffinity": 203,
    },
    "aarch64": {
        "execve": 221, "execveat": 281, "ptrace": 117,
        "socket": 198, "connect": 203, "bind": 200, "listen": 201, "accept": 202, "accept4": 242,
        "mount": 40, "umount2": 39, "pivot_root": 41, "chroot": 51, "unshare": 97, "setns": 268,
        "move_mount": 429, "open_tree": 428, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "mount_setattr": 442,
        "process_vm_readv": 270, "process_vm_writev": 271, "pidfd_open": 434, "pidfd_getfd": 438, "kcmp": 272,
        "keyctl": 219, "add_key": 217, "request_key": 218, "bpf": 280, "perf_event_open": 241, "userfaultfd": 282,
        "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_by_handle_at": 265,
        "name_to_handle_at": 264, "kexec_load": 104, "init_module": 105, "finit_module": 273, "delete_module": 106,
        "swapon": 224, "swapoff": 225, "reboot": 142, "personality": 92, "prctl": 167,
        "shmget": 194, "shmat": 196, "shmctl": 195, "semget": 190, "msgget": 186, "mq_open": 180, "memfd_create": 279,
        "sched_setaffinity": 122,
    },
}  # fmt: skip
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CLONE_THREAD = 0x00010000
X32_BIT = 0x40000000

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER_OFFSET, ARCHITECTURE_OFFSET, FIRST_ARGUMENT_OFFSET = 0, 4, 16
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
    if machine not in DENIED:
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
        # The C library falls back to clone, whose flags can be read here, when clone3 does not exist.
        _instruction(JUMP_EQUAL, 0, 1, CLONE3),
        _instruction(RETURN, 0, 0, ERROR | errno.ENOSYS),
        _instruction(JUMP_EQUAL, 0, 4, CLONE[machine]),
        _instruction(LOAD, 0, 0, FIRST_ARGUMENT_OFFSET),
        _instruction(JUMP_ANY_BIT, 1, 0, CLONE_THREAD),
        _instruction(RETURN, 0, 0, ERROR | errno.EPERM),
        _instruction(RETURN, 0, 0, ALLOW),
    ]
    for number in DENIED[machine].values():
        instructions += [_instruction(JUMP_EQUAL, 0, 1, number), _instruction(RETURN, 0, 0, ERROR | errno.EPERM)]
    return b"".join([*instructions, _instruction(RETURN, 0, 0, ALLOW)])


def _instruction(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
