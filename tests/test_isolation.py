"""Student code is hostile until proven otherwise: each attack is tried, and proved to have failed.

Every attack runs in a real sandbox, beside a submission that must stay untouched.
"""

import os
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.sandbox.proxies import namespace
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.trusted import run_check
from autograder.sandbox.warm import WarmParent
from matrix_checks.checks.functions import Given
from matrix_checks.notebook.surroundings import surrounded_by, surroundings
from tests.conftest import ROOT

CHECK = """
import numpy as np
from matrix_checks.notebook import Check

check = Check("double", general=2, edge=1, care=1)
check.visible("one and two", np.array([1.0, 2.0]), expected=np.array([2.0, 4.0]))
SECRET = np.array([0.123456789, 3.0])
check.hidden("a secret", SECRET, truth=lambda x: 2 * x)
check.hidden("another secret", SECRET + 1, truth=lambda x: 2 * x, group="edge")
check.hidden("a last secret", SECRET + 2, truth=lambda x: 2 * x, group="care")
check.points()
"""
RIGHT = "def double(x):\n    return 2 * x"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("assignments") / "layers"
    folder.mkdir()
    (folder / "data.txt").write_text("data of the assignment")
    with Sandbox({"layers": folder}) as started:
        yield started


def grade(sandbox, *cells, seconds=10.0):
    """The outputs of some cells, and what the check made of ``double`` after them."""
    with sandbox.session("layers", 60.0) as session:
        outputs = [session.run_cell("import os, sys, numpy as np\n" + cell, seconds) for cell in cells]
        checked = run_check(CHECK, namespace(session), 1)
    return outputs, mark(checked), checked


def mark(outputs) -> float:
    results = [output["data"]["text/plain"] for output in outputs if output["output_type"] == "execute_result"]
    assert len(results) == 1 and not [output for output in outputs if output["output_type"] == "error"], outputs
    return float(results[0])


def text_of(outputs) -> str:
    return "".join(output.get("text", "") + output.get("evalue", "") + str(output.get("data", "")) for output in outputs)


def test_a_right_answer_earns_all_points_and_a_wrong_one_none(sandbox):
    assert grade(sandbox, RIGHT)[1] == 4.0
    assert grade(sandbox, "def double(x):\n    return 3 * x")[1] == 0.0


@pytest.mark.parametrize(
    "attack",
    [
        "np.testing.assert_allclose = lambda *a, **k: None\nnp.allclose = lambda *a, **k: True\nnp.abs = lambda x: 0 * x",
        "import builtins\nbuiltins.float = lambda *a: 4.0\nbuiltins.all = lambda *a: True\nbuiltins.print = lambda *a: None",
        "class Fake:\n    def __getattr__(self, name): return lambda *a, **k: 4.0\nsys.modules['autograder'] = sys.modules['matrix_checks.notebook'] = Fake()",
        "import matrix_checks.checks.comparing as c\nc.compare = lambda *a, **k: c.Comparison(True)\nc.TOLERANCE.clear()",
        "import matrix_checks.checks.calling as c\nc.call = lambda *a, **k: c.Outcome(value=np.array([2.0, 4.0]))",
        "sys.settrace(lambda *a: None)\nsys.setrecursionlimit(50)",
    ],
    ids=["numpy", "builtins", "sys.modules", "comparison", "calling", "tracing"],
)
def test_nothing_replaced_in_the_students_process_changes_a_mark(sandbox, attack):
    assert grade(sandbox, attack, "def double(x):\n    return 3 * x")[1] == 0.0


@pytest.mark.parametrize(
    "value",
    [
        "type('A', (np.ndarray,), {'__eq__': lambda *a: True, '__sub__': lambda s, o: 0 * o})(2)",
        "type('B', (), {'__eq__': lambda *a: True, '__array__': lambda *a, **k: 2 * x, 'shape': (2,)})()",
        "type('C', (float,), {'__eq__': lambda *a: True})(2.0)",
        "np.ma.array(2 * x, mask=True)",
        "np.array([object(), object()], dtype=object)",
        "(2 * x) + 0j",
        "np.array(2.0)",
        "np.full(2, np.nan)",
        "np.frombuffer(b'\\x01\\x00\\x00\\x00\\x00\\x00\\xf8\\x7f' * 2)",
        "np.broadcast_to(2.0, (10**6, 10**4))",
        "np.zeros((2,), dtype=[('a', float)])",
        "iter([2.0, 4.0])",
        "lambda: 2 * x",
        "{'a': x}",
        "[x] * 10**6",
        "'x' * 10**9",
        "10**10**5",
    ],
)
def test_a_strange_result_is_a_wrong_answer_and_nothing_else(sandbox, value):
    assert grade(sandbox, f"def double(x):\n    return {value}")[1] == 0.0


@pytest.mark.parametrize("value", ["(2 * x)[::-1][::-1]", "np.asfortranarray(2 * x)", "np.array([2 * x, x]).T[:, 0]"])
def test_an_ordinary_array_may_have_any_strides(sandbox, value):
    assert grade(sandbox, f"def double(x):\n    return {value}")[1] == 4.0


def test_a_lazy_result_is_read_once(sandbox):
    lazy = "class Lazy(np.ndarray):\n    reads = 0\n    def __array_finalize__(self, obj): Lazy.reads += 1"
    assert grade(sandbox, lazy, "def double(x):\n    return (2 * x).view(Lazy)")[1] == 0.0


@pytest.mark.parametrize(
    "spy",
    [
        "import gc\nfound = [o for o in gc.get_objects() if 'SEC' + 'RET' in repr(o)[:2000] and isinstance(o, (str, dict))]",
        "frame, found = sys._getframe(), []\nwhile frame:\n    found += [k for k in (*frame.f_globals, *frame.f_locals) if k == 'SEC' + 'RET']\n    frame = frame.f_back",
        "found = [v for v in os.environ.values() if 'SEC' + 'RET' in v] + os.listdir('/proc')",
        f"found = [p for p in ({str(ROOT / 'source')!r}, {str(ROOT / 'tests')!r}, '/home', '/root/.ssh', '/etc/passwd', '/etc/shadow', '/var') if os.path.exists(p)]",
        "found = [os.path.join(d, f) for d, _, fs in os.walk('/sandbox') for f in fs if 'ipynb' in f or 'gradebook' in f]",
        "found = []\nfor d in range(3, 100):\n    try:\n        name = os.readlink(f'/proc/self/fd/{d}')\n        found.append(name)\n    except OSError: pass",
    ],
    ids=["gc", "frames", "environment", "folders", "notebooks", "descriptors"],
)
def test_there_is_nothing_to_spy_on(sandbox, spy):
    with sandbox.session("layers", 60.0) as session:
        outputs = session.run_cell(f"import os, sys, numpy as np\n{spy}\nprint('found:', [f for f in found if f is not None])", 10)
    assert "found: []" in text_of(outputs), outputs


def test_hidden_numbers_that_a_function_keeps_do_not_come_back_in_any_output(sandbox):
    keep = "kept = []\ndef double(x):\n    kept.append(x.copy())\n    print(x)\n    raise ValueError(str(x))"
    with sandbox.session("layers", 60.0) as session:
        session.run_cell(keep, 10)
        said = text_of(run_check(CHECK, namespace(session), 1))
    assert "0.123" not in said


@pytest.mark.parametrize(
    "forgery",
    [
        "print('4.0')\nsys.displayhook(4.0)",
        "for d in range(1, 50):\n    try: os.write(d, b'\\x00' * 7 + b'\\x30' + b'{\"outcome\": {\"value\": 4.0}}' * 20)\n    except OSError: pass",
        "from IPython.display import display\ndisplay({'text/plain': '4.0'}, raw=True)",
        "import socket\nfor d in range(3, 50):\n    try: socket.socket(fileno=d).sendall(b'\\xff' * 100)\n    except OSError: pass",
    ],
)
def test_a_forged_message_or_result_earns_nothing(sandbox, forgery):
    assert grade(sandbox, "def double(x):\n    return 3 * x", forgery)[1] == 0.0
    inside = "\n".join("    " + line for line in forgery.split("\n"))
    assert grade(sandbox, f"def double(x):\n{inside}\n    return 3 * x")[1] == 0.0


def test_thousands_of_megabytes_of_output_are_cut_off(sandbox):
    outputs, points, _ = grade(sandbox, "for i in range(300): print('x' * 10**6)", RIGHT)
    assert len(text_of(outputs[0])) < 2_000_000
    assert "cut off" in text_of(outputs[0])
    assert points == 4.0


@pytest.mark.parametrize(
    "place",
    ["/etc/x", "/usr/x", "/sandbox/x", "/sandbox/assignments/layers/data.txt", "/root/x", str(ROOT / "gradebook.db"), "/dev/x"],
)
def test_nothing_outside_the_scratch_folder_can_be_written(sandbox, place):
    outputs, *_ = grade(sandbox, f"open({place!r}, 'w').write('x')")
    assert outputs[0][-1]["ename"] in ("OSError", "PermissionError", "FileNotFoundError", "NotADirectoryError"), outputs


def test_files_of_the_assignment_can_be_read(sandbox):
    outputs, *_ = grade(sandbox, "print(open('data.txt').read())")
    assert "data of the assignment" in text_of(outputs[0])


def test_one_submission_leaves_nothing_to_the_next(sandbox):
    places = "[os.path.join(d, 'left') for d in ('/tmp', '/scratch', '/dev/shm', '/home', '.') if os.path.isdir(d)]"
    leave = f"for place in {places}:\n    try: open(place, 'w').write('x')\n    except OSError: pass\nimport builtins; builtins.left = 1"
    grade(sandbox, leave)
    outputs, *_ = grade(sandbox, f"print([p for p in {places} if os.path.exists(p)], hasattr(__builtins__, 'left'))")
    assert text_of(outputs[0]).strip() == "[] False"


def test_the_hosts_temporary_folder_is_another_one(sandbox, tmp_path):
    (tmp_path / "secret").write_text("x")
    outputs, *_ = grade(sandbox, f"print(os.path.exists({str(tmp_path / 'secret')!r}))")
    assert "False" in text_of(outputs[0])


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 22), 1)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('8.8.8.8', 53))",
        "import socket; socket.socket(socket.AF_UNIX).connect('\\0abstract')",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1', timeout=1)",
    ],
    ids=["tcp", "udp", "abstract", "http"],
)
def test_there_is_no_network_and_no_socket(sandbox, attempt):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("\0abstract")
        listening.listen()
        outputs, *_ = grade(sandbox, attempt)
    assert outputs[0][-1]["output_type"] == "error"
    assert "Operation not permitted" in text_of(outputs[0])


@pytest.mark.parametrize(
    "attempt",
    [
        "while True: os.fork()",
        "import subprocess; subprocess.Popen(['sleep', '1000'])",
        "os.execv('/bin/sh', ['sh'])",
        "import ctypes; assert ctypes.CDLL(None).unshare(0x10000000) == 0, 'Operation not permitted'",
        "import ctypes; assert ctypes.CDLL(None).ptrace(16, 1, 0, 0) == 0, 'Operation not permitted'",
        "import multiprocessing as m; p = m.Process(target=print); p.start()",
        "import ctypes; assert ctypes.CDLL(None).shmget(0, 1 << 20, 0o1600) >= 0, 'Operation not permitted'",
        "import ctypes; assert ctypes.CDLL(None).msgget(0, 0o1600) >= 0, 'Operation not permitted'",
        "os.memfd_create('more')",
        "os.sched_setaffinity(0, {0})",
    ],
)
def test_no_process_can_be_started_or_looked_into(sandbox, attempt):
    outputs, points, _ = grade(sandbox, attempt, RIGHT)
    assert "not permitted" in text_of(outputs[0]) or "Permission" in text_of(outputs[0]), outputs
    assert points == 4.0


def test_a_hundred_gigabytes_are_refused_and_the_rest_goes_on(sandbox):
    outputs, points, _ = grade(sandbox, "a = np.ones((10**10,))", "b = bytearray(10**11)", RIGHT)
    assert "Unable to allocate" in text_of(outputs[0])
    assert outputs[1][-1]["ename"] == "MemoryError"
    assert points == 4.0


def test_a_full_disk_is_the_students_own(sandbox):
    fill = "with open('/scratch/big', 'wb') as f:\n    for _ in range(10**4): f.write(b'x' * 10**6)"
    outputs, points, _ = grade(sandbox, fill, RIGHT)
    assert outputs[0][-1]["output_type"] == "error"
    assert points in (0.0, 4.0)


@pytest.mark.parametrize(
    "cell",
    [
        "import time\nwhile True: time.sleep(1)",
        "while True:\n    try:\n        while True: pass\n    except Exception: pass",
        "while True: pass",
    ],
    ids=["sleep", "swallow", "compute"],
)
def test_a_cell_that_never_ends_is_interrupted_and_the_next_cell_runs(sandbox, cell):
    outputs, points, _ = grade(sandbox, cell, RIGHT, seconds=0.5)
    assert [output["ename"] for output in outputs[0]] == ["KeyboardInterrupt", "CellTimeoutError"]
    assert points == 4.0


def test_a_cell_that_ignores_interrupts_is_ended_and_the_next_submission_runs(sandbox):
    ignore = "import signal\nfor s in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM): signal.signal(s, signal.SIG_IGN)\nwhile True: pass"
    outputs, points, _ = grade(sandbox, ignore, RIGHT, seconds=0.5)
    assert outputs[0][-1]["ename"] == "CellTimeoutError"
    assert points == 0.0
    assert grade(sandbox, RIGHT)[1] == 4.0


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), 9)", "import ctypes; ctypes.string_at(0)", "os.abort()"])
def test_a_process_that_ends_itself_costs_its_own_points_only(sandbox, end):
    outputs, points, _ = grade(sandbox, RIGHT, end, "1 + 1")
    # The first process of a namespace may be immune to its own signals; then nothing has happened.
    assert points == (4.0 if outputs[1] == [] else 0.0)
    inside = f"def double(x):\n    {end}\n    return 2 * x"
    assert grade(sandbox, inside)[1] in (0.0, 4.0)
    assert grade(sandbox, RIGHT)[1] == 4.0


def test_a_function_that_never_returns_is_stopped_even_if_it_swallows_the_signal(sandbox):
    stubborn = "def double(x):\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass"
    with surrounded_by(replace(surroundings(), seconds_per_call=0.3)):
        _, points, outputs = grade(sandbox, stubborn)
    assert points == 0.0
    assert "no answer within 0.3 seconds" in text_of(outputs)


def test_nobody_is_there_to_be_killed(sandbox):
    outputs, points, _ = grade(sandbox, "os.kill(os.getppid(), 9)", "os.kill(-1, 9)", RIGHT)
    assert points == 4.0
    assert grade(sandbox, RIGHT)[1] == 4.0


def test_input_ends_at_once(sandbox):
    outputs, points, _ = grade(sandbox, "input('your answer? ')", RIGHT)
    assert outputs[0][-1]["ename"] == "EOFError"
    assert points == 4.0


def test_no_process_of_a_submission_outlives_it(sandbox):
    def processes() -> set[str]:
        return {path.name for path in Path("/proc").iterdir() if path.name.isdigit() and _is_parent(path)}

    before = processes()
    with sandbox.session("layers", 60.0) as session:
        session.run_cell("import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()", 5)
        # One of an earlier test may be ending meanwhile.
        started = processes() - before
        assert started
    deadline = time.monotonic() + 10
    while started & processes() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not started & processes()


def _is_parent(process: Path) -> bool:
    try:
        return b"autograder.sandbox.parent" in (process / "cmdline").read_bytes() and os.getpid() in _ancestors(process)
    except OSError:
        return False


def _ancestors(process: Path) -> set[int]:
    found = set()
    while process.name not in ("0", "1"):
        parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        found.add(parent)
        process = Path("/proc") / str(parent)
    return found


def test_a_right_function_given_in_place_of_the_students_own_is_there_during_the_call_only(sandbox):
    with sandbox.session("layers", 60.0) as session:
        session.run_cell("def helper(x): return -x\ndef f(x): return helper(x)", 10)
        proxy = namespace(session)["f"]
        own = [proxy.call((np.ones(2),), 5.0).value]
        given = Given(("helper",), "def helper(x):\n    return x + 1\n")
        right = proxy.call((np.ones(2),), 5.0, given).value
        own.append(proxy.call((np.ones(2),), 5.0).value)
    np.testing.assert_array_equal(right, np.full(2, 2.0))
    np.testing.assert_array_equal(own, np.full((2, 2), -1.0))


def test_a_copy_of_a_warm_parent_ends_with_its_children_and_leaves_the_others_theirs(tmp_path):
    (tmp_path / "layers").mkdir()
    warm = WarmParent()
    try:
        warm.put_assignments({"layers": tmp_path / "layers"})
        first, second = warm.copy(), warm.copy()
        ours, theirs = Sandbox({}, parent=first), Sandbox({}, parent=second)
        with theirs.session("layers") as other:
            with_ours = ours.session("layers")
            student = with_ours.__enter__()
            other.run_cell(RIGHT, 5)
            assert student.run_cell("while True:\n    try:\n        while True: pass\n    except BaseException: pass", 0.2)
            running = _children_of_parents()
            first.close()
            deadline = time.monotonic() + 10
            while len(_children_of_parents()) > len(running) - 2 and time.monotonic() < deadline:
                time.sleep(0.05)
            # The copy and its child are gone.
            assert len(_children_of_parents()) == len(running) - 2
            assert mark(run_check(CHECK, namespace(other), 1)) == 4.0
        second.close()
    finally:
        warm.close()


def _children_of_parents() -> set[str]:
    return {path.name for path in Path("/proc").iterdir() if path.name.isdigit() and _is_parent(path) and _state(path) != "Z"}


def _state(process: Path) -> str:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_an_answer_that_was_not_waited_for_is_not_taken_for_the_next(sandbox):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        line = sandbox._parent.line
        socket.send_fds(line, [f"start late {sandbox._parent.inside}/assignments/layers".encode()], [theirs.fileno()])
        line.send(b"end late")
    for _ in range(2):
        assert grade(sandbox, RIGHT)[1] == 4.0


def test_a_child_imports_nothing_that_its_warm_parent_has_not():
    script = (
        "import sys\nfrom autograder.sandbox import parent\nparent._warm_runner()\nbefore = set(sys.modules)\n"
        "from autograder.sandbox import child, confinement\nprint(sorted(set(sys.modules) - before))"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip().splitlines()[-1] == "[]"
