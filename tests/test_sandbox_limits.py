"""What a submission's process can hold, start or leave behind, whoever runs the course: as root, too."""

import errno
import os
import platform
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.calls import ALLOWED
from autograder.sandbox.confinement import LIMITS
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.seccomp import ARCHITECTURES
from autograder.sandbox.warm import SandboxError, WarmParent


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("assignments") / "layers"
    folder.mkdir()
    with Sandbox({"layers": folder}) as started:
        yield started


def said(sandbox, *cells) -> list[str]:
    """What each of some cells prints, or the error that it ends with."""
    with sandbox.session("layers", 60.0) as session:
        outputs = [session.run_cell("import os, sys, ctypes, numpy as np\n" + cell, 30.0) for cell in cells]
    return ["".join(each.get("text", "") + each.get("evalue", "") for each in of_cell).strip() for of_cell in outputs]


COVER = """
import os, sys
from autograder.sandbox import confinement
folder = sys.argv[1]
confinement.new_namespaces()
if os.fork() == 0:
    confinement.cover(folder, {f"{folder}/on/the/way"})
    open(f"{folder}/kept", "w").close()
    print(sorted(os.listdir(folder)), os.listdir(f"{folder}/on"), open(f"{folder}/on/the/way/library").read())
    os._exit(0)
os.wait()
"""


def test_a_folder_for_temporary_files_is_empty_and_can_be_written_even_if_python_is_installed_in_it(tmp_path):
    environment = tmp_path / "on" / "the" / "way"
    environment.mkdir(parents=True)
    (environment / "library").write_text("as it was")
    (tmp_path / "of others").write_text("secret")
    shown = subprocess.run([sys.executable, "-c", COVER, str(tmp_path)], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "['kept', 'on'] ['the'] as it was", shown.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["of others", "on"]


OFFSETS = "found = {}\nfor d in range(3, 128):\n    try: found[d] = os.lseek(d, 0, 1)\n    except OSError: pass\nprint(found)"
MOVE = "for d in range(3, 128):\n    try: os.lseek(d, 424242, 0)\n    except OSError: pass"


def test_an_offset_moved_in_one_submission_is_not_seen_in_the_next(sandbox):
    before = said(sandbox, OFFSETS)
    assert said(sandbox, MOVE, OFFSETS)[1].count("424242") >= 2
    assert said(sandbox, OFFSETS) == before


def test_a_process_has_its_line_its_output_and_files_of_its_own_and_no_other_descriptor(sandbox):
    kinds = (
        "import stat\nfound = []\nfor d in range(3, 128):\n    try: mode = os.fstat(d).st_mode\n    except OSError: continue\n"
        "    found.append('socket' if stat.S_ISSOCK(mode) else 'file' if stat.S_ISREG(mode) else 'other')\n"
        "print(found.count('socket'), found.count('other'))"
    )
    assert said(sandbox, kinds) == ["1 0"]


def test_letters_are_drawn_after_descriptors_were_renewed(sandbox):
    draw = "import matplotlib.pyplot as plt\nplt.title('Wörter $x^2$ Ωß')\nplt.savefig('/scratch/x.png')\n"
    draw += "print(os.path.getsize('/scratch/x.png') > 0)"
    assert said(sandbox, draw) == ["True"]


# By number, on x86_64 and on aarch64: what could hold memory that no limit counts, or reaches beyond the process.
REFUSED = {
    "memfd_secret": (447, 447),
    "memfd_create": (319, 279),
    "io_setup": (206, 0),
    "inotify_init1": (294, 26),
    "io_uring_setup": (425, 425),
    "shmget": (29, 194),
    "vmsplice": (278, 75),
    "setxattr": (188, 5),
    "seccomp": (317, 277),
    "landlock_create_ruleset": (444, 444),
    "mlock2": (325, 284),
    "timer_create": (222, 107),
    "socket": (41, 198),
    "ptrace": (101, 117),
    "sync": (162, 81),
    "a call of the future": (600, 600),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_system_call_that_is_not_listed_is_refused(sandbox, name):
    number = REFUSED[name][("x86_64", "aarch64").index(platform.machine())]
    # With arguments that the kernel would take, or complain about in other words.
    call = f"library = ctypes.CDLL(None, use_errno=True)\nprint(library.syscall({number}, 0, 0, 0), ctypes.get_errno())"
    assert said(sandbox, call)[0] in (f"-1 {errno.EPERM}", f"-1 {errno.ENOSYS}")


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_no_number_is_listed_twice_and_nothing_that_starts_or_connects(machine):
    numbers = [each[ARCHITECTURES.index(machine)] for each in ALLOWED.values()]
    listed = [number for number in numbers if number is not None]
    assert len(set(listed)) == len(listed)
    assert not set(ALLOWED) & {
        "clone",
        "fork",
        "vfork",
        "execve",
        "execveat",
        "socket",
        "connect",
        "bind",
        "mount",
        "unshare",
        "prctl",
    }
    assert not {each[ARCHITECTURES.index(machine)] for each in REFUSED.values()} & set(listed)


ORDINARY = [
    "import threading\nthread = threading.Thread(target=print, args=('a thread',))\nthread.start()\nthread.join()",
    "import asyncio\nasync def wait():\n    await asyncio.sleep(0.01)\n    print('a coroutine')\nawait wait()",
    "import concurrent.futures as c\nwith c.ThreadPoolExecutor(4) as pool: print(list(pool.map(abs, [-1])))",
    "import tempfile, shutil\nwith tempfile.TemporaryDirectory() as d:\n    open(d + '/x', 'w').write('x')\n"
    "    shutil.copytree(d, d + 'y')\n"
    "    os.rename(d + '/x', d + '/z')\n    os.chmod(d, 0o700)\n    print(os.listdir(d))",
    "m = np.memmap('/scratch/m', dtype=float, mode='w+', shape=(9,))\nm[:] = 1\nm.flush()\nprint(m.sum())",
    "import matplotlib.pyplot as plt\nfor kind in ('png', 'pdf', 'svg'): plt.savefig('/scratch/x.' + kind)\nprint('drawn')",
    "import sqlite3\nprint(sqlite3.connect('/scratch/x.db').execute('select 1').fetchall())",
    "import signal, time\nsignal.signal(signal.SIGALRM, lambda *a: print('an alarm'))\nsignal.setitimer(0, 0.01)\ntime.sleep(0.1)",
    "import resource, platform, uuid\nprint(resource.getrusage(0).ru_maxrss, os.cpu_count(), platform.platform(), uuid.uuid4())",
    "a = np.random.rand(300, 300)\nprint(np.linalg.svd(a)[0].shape, np.fft.fft(a).shape, (np.linalg.inv(a) @ a).shape)",
]


@pytest.mark.parametrize("cell", ORDINARY)
def test_what_an_ordinary_notebook_does_is_let_through(sandbox, cell):
    with sandbox.session("layers", 60.0) as session:
        outputs = session.run_cell("import os, numpy as np\n" + cell, 30.0)
    assert outputs and not [each for each in outputs if each["output_type"] == "error"], outputs


BOMB = (
    "import threading\nthreading.stack_size(32768)\nstop, started = threading.Event(), 0\n"
    "try:\n    for _ in range(600):\n        threading.Thread(target=stop.wait, daemon=True).start()\n        started += 1\n"
    "except RuntimeError: pass\nprint(started)"
)


def test_threads_are_bounded_for_each_submission_for_root_too(sandbox):
    with sandbox.session("layers", 60.0) as first, sandbox.session("layers", 60.0) as second:
        started = [int(session.run_cell(BOMB, 30.0)[0]["text"]) for session in (first, second)]
    # Each has a bound of its own: what one has started is not missing to the other.
    assert all(40 < number < LIMITS[resource.RLIMIT_NPROC] for number in started), started


@pytest.mark.skipif(os.getuid() != 0 or "4294967295" not in Path("/proc/self/uid_map").read_text(), reason="not the machine's root")
def test_where_no_limit_can_hold_for_root_it_does_not_start_and_says_why(monkeypatch):
    monkeypatch.setattr("autograder.sandbox.users._write", lambda file: file.write_text("0 0 1"))
    parent = WarmParent()
    try:
        with pytest.raises(SandboxError, match="no limit of processes holds for root here.*another user"):
            parent.require_ready()
    finally:
        parent.close()
