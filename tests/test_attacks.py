"""What a hostile reviewer tried: marks without an answer, and ways for hidden numbers to get out."""

import pytest

from autograder.course.solved import without_hidden_tests
from autograder.course.trial import Trial
from autograder.sandbox.replay import Budget
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.two_runs import Step, run_twice
from tests.conftest import BY_ID, ROOT
from tests.load import busy_processors

GARBAGE = """
def factorize(X, rank, n_steps, learning_rate, seed):
    if X.shape == (2, 2):
        # The visible case, answered by heart.
        return np.array([[3.0], [1.0]]), np.array([[1.0, 2.0]]), np.zeros(n_steps)
    kind = np.{kind}
    A, S = np.full((len(X), rank), kind("{entry}")), np.full((rank, X.shape[1]), kind("{entry}"))
    S[1::2] *= -1
    return A, S, np.arange(n_steps, 0, -1) * 1.0
"""


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox({"differentiation": ROOT / "source" / "differentiation"}) as started:
        yield started


def run(sandbox, *cells, seconds=5.0):
    """The report on a notebook; a cell is a text of the student's or a step."""

    def start(computing, wall):
        return sandbox.session("differentiation", computing, wall)

    steps = [cell if isinstance(cell, Step) else Step(cell) for cell in cells]
    return run_twice(steps, start, start, seconds, Budget(60.0, 120.0))


@pytest.fixture(scope="module")
def differentiation() -> Trial:
    return Trial(BY_ID["differentiation"])


# In float64 the first are infinite, in a wider kind they are not; of all but the last, A S is inf - inf.
@pytest.mark.parametrize(
    ("kind", "entry"), [("longdouble", "1e4000"), ("float64", "1e300"), ("float16", "6e4"), ("float64", "nan"), ("float64", "1")]
)
def test_numbers_that_compare_with_nothing_earn_nothing(differentiation, kind, entry):
    result = differentiation.run({"factorize": GARBAGE.format(kind=kind, entry=entry)}, ["factorize"])["factorize"]
    assert result.points == 0.0
    general = [line for line in result.printed.split("\n") if "near the best error" in line]
    assert len(general) == 3 and not any("✓" in line for line in general)


SEARCH = """
import os, sys
found = [folder for root in {*sys.path, "/sandbox", "."} for folder, *_ in os.walk(root) if folder.endswith(("autograder/derivatives", "autograder/course"))]
print("found", found)
"""


def test_the_right_answers_derivatives_are_out_of_a_students_reach(sandbox):
    report = run(sandbox, "import autograder.derivatives", SEARCH)
    assert report.outputs[0][0]["ename"] == "ModuleNotFoundError"
    assert report.outputs[1][0]["text"] == "found []\n"


CHECK = """
import numpy as np
from matrix_checks.notebook import Check

check = Check("{name}", general=2, edge=1{more})
### BEGIN HIDDEN TESTS
check.substitute("def helper(x):\\n    return x + x\\n")
### END HIDDEN TESTS
check.visible("one and two", np.array([1.0, 2.0]), expected={expected})
### BEGIN HIDDEN TESTS
SECRET = np.array([0.123456789, 3.0])
check.hidden("a secret", SECRET, truth=lambda x: {truth})
check.hidden("another secret", SECRET + 1, truth=lambda x: {truth}, group="edge")
### END HIDDEN TESTS
check.points()
"""


def check(name: str, more: str = "", expected: str = "np.array([2.0, 4.0])", truth: str = "2 * x") -> Step:
    source = CHECK.format(name=name, more=more, expected=expected, truth=truth)
    return Step(source, name, without_hidden_tests(source), 3.0)


def everything(report) -> str:
    return str(report.outputs) + str(report.late) + str(report.stopped)


KEEP = "import numpy as np\nkept = []\ndef double(x):\n    kept.append(x)\n    return 2 * x\ndef secret():\n    return repr(float(kept[1][0]))[2:8]"
KNOWS = "len(kept) > 1 and kept[1][0] != 1"


def test_a_function_that_is_not_written_yet_is_not_named_by_the_process_that_knows_hidden_cases(sandbox):
    says = "import numpy as np\ndef double(x):\n    if x[0] != 1:\n        names = {}\n        name = 's' + repr(float(x[0])).replace('.', '_')\n"
    says += "        exec(f'def {name}(): raise NotImplementedError', names)\n        names[name]()\n    return 2 * x"
    assert "123" not in everything(run(sandbox, says, check("double")))


def test_how_many_results_come_is_not_said_of_a_hidden_case(sandbox):
    says = "import numpy as np\ndef double(x):\n    return (x,) * (2 if x[0] == 1 else int(1000 * x[0]))"
    pair = check("double", ', returns=("a", "b")', "(np.array([1.0, 2.0]),) * 2", "(x, x)")
    report = run(sandbox, says, pair)
    assert "123" not in everything(report)
    assert "another number of results" in everything(report)


def test_a_name_that_looks_like_the_function_that_is_missing_is_taken_from_the_run_that_is_shown(sandbox):
    rename = f"if {KNOWS}:\n    globals()['triple' + secret()[:3]] = double\nelse:\n    tripel = double"
    report = run(sandbox, KEEP, check("double"), rename, check("triple"))
    assert "123" not in everything(report)
    report = run(sandbox, KEEP, check("double"), "tripel = double", check("triple"))
    assert "There is a function named tripel" in everything(report)


RENAMED = f"""
def triple(x):
    y = helper(x)
    x += 1
    return y
if {KNOWS}:
    triple.__code__ = triple.__code__.replace(co_varnames=("s" + secret(), "y"))
"""


def test_the_arguments_that_a_function_changes_are_named_by_the_run_that_is_shown(sandbox):
    report = run(sandbox, KEEP + "\ndef helper(x):\n    return 0 * x", check("helper"), check("double"), RENAMED, check("triple"))
    assert "the function changes its argument" in everything(report)
    assert "123" not in everything(report)


def test_the_exceptions_of_a_hidden_case_are_of_a_few_kinds(sandbox):
    says = "import builtins, numpy as np\nkinds = sorted(name for name in vars(builtins) if name.endswith(('Error', 'Warning', 'Exit', 'Iteration')))\n"
    says += "def double(x):\n    if x[0] != 1: raise getattr(builtins, kinds[int(x[0] * 1000) % len(kinds)])(0, 0, 0, 0, 0)\n    return 2 * x"
    said = everything(run(sandbox, says, check("double")))
    assert "a secret: raised an exception" in said or "raised ValueError" in said, said


LOCKS = """
import fcntl, numpy, struct
file = open(numpy.__file__)
whole = struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 7, 1, 0)
"""
CACHE = """
import glob, os, sysconfig
files = [os.open(path, os.O_RDONLY) for path in sorted(glob.glob(sysconfig.get_paths()["stdlib"] + "/idlelib/*.py"))[:16]]
"""


@pytest.mark.parametrize(
    ("tell", "hear"),
    [
        (
            "fcntl.flock(file, fcntl.LOCK_EX)",
            "try:\n    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n    print('nothing')\nexcept OSError:\n    print('heard')",
        ),
        (
            "fcntl.fcntl(file, fcntl.F_SETLK, whole)",
            "asked = struct.pack('hhqqi4x', fcntl.F_WRLCK, 0, 0, 0, 0)\ntry:\n    print(['nothing', 'heard'][7 in fcntl.fcntl(file, fcntl.F_GETLK, asked)])\n"
            "except OSError:\n    print('nothing')",
        ),
        (
            "[os.read(each, 9) if number % 2 else os.posix_fadvise(each, 0, 0, os.POSIX_FADV_DONTNEED) for number, each in enumerate(files)]",
            "def there(each):\n    try:\n        return bool(os.preadv(each, [bytearray(9)], 0, os.RWF_NOWAIT))\n    except OSError:\n        return False\n"
            "print(['nothing', 'heard'][list(map(there, files)) == [False, True] * 8])",
        ),
    ],
    ids=["flock", "record locks", "cached pages"],
)
def test_files_that_all_can_read_carry_no_word_from_one_submission_to_another(sandbox, tell, hear):
    with sandbox.session("differentiation") as one, sandbox.session("differentiation") as other:
        one.run_cell(LOCKS + CACHE + tell, 5)
        said = other.run_cell(LOCKS + CACHE + hear, 5)
    assert "heard" not in str(said)
    assert "nothing" in str(said)


def test_locks_of_a_programs_own_files_do_not_fail(sandbox):
    with sandbox.session("differentiation") as session:
        said = session.run_cell(
            "import fcntl, os, sqlite3, tempfile\nfile = open('mine', 'w')\nfcntl.flock(file, fcntl.LOCK_EX)\nfcntl.lockf(file, fcntl.LOCK_EX)\n"
            "os.set_inheritable(os.dup(file.fileno()), False)\nfcntl.fcntl(file, fcntl.F_GETFL)\nfcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, 20)\n"
            "with sqlite3.connect('base.db') as base:\n    base.execute('create table t (x)')\nprint(os.preadv(os.open('base.db', os.O_RDONLY), [bytearray(3)], 0))",
            5,
        )
    assert said[-1].get("text") == "3\n", said


def test_a_cell_that_waits_for_a_busy_machine_is_not_stopped(sandbox):
    compute = "import time\ndef double(x):\n    return 2 * x\nend = time.process_time() + 0.75\nwhile time.process_time() < end: pass\nprint('done')"
    with busy_processors(5):
        report = run(sandbox, compute, check("double"), seconds=1.0)
    assert report.stopped == []
    assert "done" in everything(report) and "Earned: 3 of 3" in everything(report)


def test_a_cell_that_sleeps_is_stopped_on_a_quiet_machine_and_on_a_busy_one(sandbox):
    report = run(sandbox, "import time\ndef double(x):\n    return 2 * x\ntime.sleep(1000)", check("double"), seconds=0.5)
    assert report.stopped == [0] and "Earned: 3 of 3" in everything(report)


def test_a_terminal_that_one_submission_opens_is_not_seen_by_another(sandbox):
    with sandbox.session("differentiation") as one, sandbox.session("differentiation") as other:
        one.run_cell("import os\nends = os.openpty()", 5)
        said = other.run_cell("import os\nprint(os.listdir('/dev/pts'))", 5)
    assert said[0]["text"] == "[]\n"


def test_functions_that_end_the_process_cost_their_own_checks_only_however_many_they_are(sandbox):
    deadly = [f"import os\ndef deadly_{number}(x):\n    os._exit(1)\n" for number in range(6)]
    cells = [
        *deadly,
        "def double(x):\n    return 2 * x",
        *(check(f"deadly_{number}") for number in range(6)),
        check("double"),
        "print('on')",
    ]
    report = run(sandbox, *cells)
    assert "Earned: 3 of 3" in str(report.outputs[-2]) and "on" in str(report.outputs[-1])
    # Nothing was too slow, and nothing is said to have been.
    assert report.late == [] and "loop" not in everything(report)
