"""What is hidden stays hidden: nothing that a hidden case could teach a student's process is ever shown."""

from dataclasses import replace

import pytest

from autograder.course.solved import without_hidden_tests
from autograder.sandbox.replay import Budget
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.two_runs import Step, run_twice, without_effect
from matrix_checks.notebook.surroundings import surrounded_by, surroundings
from tests.load import busy_processors

CHECK = """
import numpy as np
from matrix_checks.notebook import Check

check = Check("double", general=2, edge=1, care=1)
### BEGIN HIDDEN TESTS
check.substitute("def helper(x):\\n    return x + x\\n")
### END HIDDEN TESTS
check.visible("one and two", np.array([1.0, 2.0]), expected=np.array([2.0, 4.0]))
### BEGIN HIDDEN TESTS
SECRET = np.array([0.123456789, 3.0])
check.hidden("a secret", SECRET, truth=lambda x: 2 * x)
check.hidden("another secret", SECRET + 1, truth=lambda x: 2 * x, group="edge")
check.hidden("a last secret", SECRET + 2, truth=lambda x: 2 * x, group="care")
### END HIDDEN TESTS
check.points()
"""
HELPER_CHECK = CHECK.replace('"double"', '"helper"').replace('check.substitute("def helper(x):\\\\n    return x + x\\\\n")\n', "")
VISIBLE_LATER = """
import numpy as np
from matrix_checks.notebook import Check

check = Check("triple", general=4)
check.visible("one", np.array([1.0]), expected=np.array([3.0]))
### BEGIN HIDDEN TESTS
check.hidden("two", np.array([2.0]), truth=lambda x: 3 * x)
### END HIDDEN TESTS
check.points()
"""
IMPORTS = "import os, sys, time\nimport numpy as np\n"
RIGHT = "def double(x):\n    return 2 * x"


def check(source: str, name: str = "double") -> Step:
    return Step(source, name, without_hidden_tests(source), 4.0)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("assignments") / "layers"
    folder.mkdir()
    (folder / "data.txt").write_text("data of the assignment")
    with Sandbox({"layers": folder}) as started:
        yield started


def run(sandbox, *cells, seconds=5.0):
    """The report on a notebook; a cell is a text of the student's or a step."""

    def start(computing, wall):
        return sandbox.session("layers", computing, wall)

    steps = [cell if isinstance(cell, Step) else Step(IMPORTS + cell) for cell in cells]
    return run_twice(steps, start, start, seconds, Budget(60.0, 120.0))


def text(outputs) -> str:
    return "".join(output.get("text", "") + output.get("evalue", "") + str(output.get("data", "")) for output in outputs)


def points(report, place=-1) -> float:
    return float(report.outputs[place][-1]["data"]["text/plain"])


KEEP = "kept = []\ndef double(x):\n    kept.append(x.copy())\n    {}\n    return 2 * x"
SHOW = "def show():\n    return repr(kept)\n"


@pytest.mark.parametrize(
    ("keep", "show"),
    [
        (KEEP.format("pass"), "print(kept)"),
        (KEEP.format("pass"), "kept"),
        (KEEP.format("pass"), "raise ValueError(str(kept))"),
        (KEEP.format("print(x)"), "pass"),
        (KEEP.format("os.write(1, repr(x).encode())"), "pass"),
        (KEEP.format("sys.__stdout__.write(repr(x)); sys.__stdout__.flush()"), "pass"),
        (KEEP.format("open('kept', 'a').write(repr(x))"), "print(open('kept').read())"),
        (KEEP.format("open('/tmp/kept', 'a').write(repr(x))"), "print(open('/tmp/kept').read())"),
        (KEEP.format("open('/dev/shm/kept', 'a').write(repr(x))"), "print(open('/dev/shm/kept').read())"),
        (
            "import mmap\nm = mmap.mmap(-1, 4096)\ndef double(x):\n    m.write(repr(x).encode())\n    return 2 * x",
            "print(bytes(m[:]))",
        ),
        (
            "r, w = os.pipe()\ndef double(x):\n    os.write(w, repr(x).encode())\n    return 2 * x",
            "os.close(w)\nprint(os.read(r, 9999))",
        ),
        (
            "import threading\nkept = []\ndef late():\n    time.sleep(0.2)\n    print(kept)\ndef double(x):\n    kept.append(x)\n"
            "    threading.Thread(target=late).start()\n    return 2 * x",
            "time.sleep(0.5)",
        ),
        (
            "import atexit\nkept = []\natexit.register(lambda: print(kept))\ndef double(x):\n    kept.append(x)\n    return 2 * x",
            "exit()",
        ),
        (KEEP.format("if len(kept) > 1: get_ipython().ast_node_interactivity = 'all'; print(x)"), "kept"),
    ],
)
def test_hidden_cases_that_a_function_keeps_are_not_read_by_anyone(sandbox, keep, show):
    report = run(sandbox, keep, check(CHECK), show)
    assert points(report, 1) == 4.0, text(report.outputs[1])
    assert "0.123" not in str(report.outputs)


def test_hidden_cases_do_not_come_back_in_a_visible_case_of_a_later_check(sandbox):
    keep = "kept = []\ndef double(x):\n    kept.append(x)\n    return 2 * x\ndef triple(x):\n    {}"
    for say in (
        "print(kept)\n    return 3 * x",
        "raise ValueError(str(kept))",
        "return kept[-1] if kept else x",
        "import warnings\n    warnings.warn(str(kept))",
    ):
        report = run(sandbox, keep.format(say), check(CHECK), check(VISIBLE_LATER, "triple"))
        assert "0.12" not in str(report.outputs), report.outputs


def test_right_answers_asked_of_the_given_functions_are_not_read_by_anyone(sandbox):
    helper = "kept = []\ndef helper(x):\n    return 0 * x"
    asks = "def double(x):\n    kept.append((x, helper(x)))\n    return -helper(x)"
    report = run(sandbox, helper, check(HELPER_CHECK, "helper"), asks, check(CHECK), "print(kept)")
    assert "array([0.24691" not in str(report.outputs) and "0.123" not in str(report.outputs)


def test_visible_cases_show_their_numbers_and_what_the_function_printed(sandbox):
    report = run(sandbox, "def double(x):\n    print('here', x)\n    return 3 * x", check(CHECK))
    said = text(report.outputs[1])
    assert "yours:" in said and "[3., 6.]" in said and "printed: here [1. 2.]" in said


def test_a_mistake_of_a_helper_is_not_paid_for_twice(sandbox):
    report = run(
        sandbox,
        "def helper(x):\n    return 3 * x",
        check(HELPER_CHECK, "helper"),
        "def double(x):\n    return helper(x)",
        check(CHECK),
    )
    assert [points(report, 1), points(report, 3)] == [0.0, 4.0]


def test_a_first_wrong_answer_is_not_free_where_the_helper_is_right(sandbox):
    guess = "tries = []\ndef double(x):\n    tries.append(x)\n    return helper(x) * (-1 if helper.__module__ == '__main__' else 1)"
    report = run(sandbox, "def helper(x):\n    return 2 * x", check(HELPER_CHECK, "helper"), guess, check(CHECK))
    assert [points(report, 1), points(report, 3)] == [4.0, 0.0]


def test_a_function_is_tried_as_it_was_at_its_check(sandbox):
    report = run(sandbox, RIGHT, check(CHECK), "def double(x):\n    return 5 * x")
    assert points(report, 1) == 4.0


def test_a_cell_that_ends_the_process_takes_nothing_else_with_it(sandbox):
    report = run(sandbox, RIGHT, "os.kill(os.getpid(), 9)\nimport ctypes\nctypes.string_at(0)", check(CHECK), "print('on')")
    assert points(report, 2) == 4.0
    assert "on" in text(report.outputs[3])


def test_a_function_that_ends_the_process_costs_its_own_check_only(sandbox):
    deadly = "def double(x):\n    import ctypes\n    ctypes.string_at(0)\ndef triple(x):\n    return 3 * x"
    report = run(sandbox, deadly, check(CHECK), check(VISIBLE_LATER, "triple"))
    assert [points(report, 1), points(report, 2)] == [0.0, 4.0]


@pytest.mark.parametrize("stuck", ["while True: pass", "time.sleep(1000)"])
def test_a_stuck_cell_is_stopped_and_what_it_had_defined_counts(sandbox, stuck):
    report = run(sandbox, f"{RIGHT}\n{stuck}", check(CHECK), "print('on')", seconds=0.5)
    assert points(report, 1) == 4.0
    assert report.stopped == [0]
    assert "on" in text(report.outputs[2])


@pytest.mark.parametrize("name", ["sum", "list", "len", "range", "float", "min", "sorted", "tuple", "print", "abs", "isinstance"])
@pytest.mark.parametrize("value", ["0", "lambda *a: None"])
def test_a_name_of_pythons_own_means_pythons_own_in_a_check(sandbox, name, value):
    checks = CHECK.replace("SECRET =", f"assert {name} is __import__('builtins').{name}\nSECRET =")
    report = run(sandbox, f"{name} = {value}\n{RIGHT}", check(checks))
    assert points(report, 1) == 4.0


@pytest.mark.parametrize(
    "line",
    [
        "!pip install torch", "%pip install torch", "!nvidia-smi", "x = !ls\nlen(x)", "%conda install numpy", "%system ls",
        "from google.colab import drive\ndrive.mount('/content/drive')", "from google.colab import files\nfiles.upload()",
    ],
)  # fmt: skip
def test_what_colab_and_the_command_line_are_asked_for_prints_one_line_and_the_cell_goes_on(sandbox, line):
    report = run(sandbox, f"{line}\n{RIGHT}", check(CHECK))
    assert points(report, 1) == 4.0
    assert text(report.outputs[0]).count("not run while the notebook is graded") == 1


def test_a_cell_of_shell_commands_is_passed_over(sandbox):
    def start(computing, wall):
        return sandbox.session("layers", computing, wall)

    report = run_twice([Step("%%bash\nls"), Step(RIGHT), check(CHECK)], start, start, 5.0, Budget(60.0, 120.0))
    assert "not run" in text(report.outputs[0])
    assert points(report, 2) == 4.0


def test_files_may_be_written_beside_the_notebook_and_are_gone_with_the_process(sandbox):
    report = run(sandbox, "open('data.txt', 'a').write(' and more')\nnp.save('w.npy', np.ones(3))\nprint(open('data.txt').read())")
    assert "data of the assignment and more" in text(report.outputs[0])
    again = run(sandbox, "print(open('data.txt').read(), os.listdir())")
    assert "more" not in text(again.outputs[0]) and "w.npy" not in text(again.outputs[0])


def test_only_cells_that_change_nothing_for_later_ones_are_left_out_of_the_silent_run():
    steps = [
        Step("import numpy as np", look=True),
        Step("class Network:\n    pass\nnetwork = Network()", look=True),
        Step("figure = plt.figure()\nfigure.add_subplot()", look=True),
        Step("network.train(3)", look=True),
        Step("def f(x):\n    return network(np.ones(x))"),
        Step("f(2)"),
    ]
    assert without_effect(steps) == {2}


def test_a_busy_machine_changes_no_mark(sandbox):
    # The function computes for most of its time; the load would make it late by the wall.
    slow = "def double(x):\n    end = time.process_time() + 0.75\n    while time.process_time() < end: pass\n    return 2 * x"
    with busy_processors(4), surrounded_by(replace(surroundings(), seconds_per_call=1.0)):
        report = run(sandbox, slow, check(CHECK), seconds=30.0)
    assert points(report, 1) == 4.0


def test_a_function_that_is_defined_below_its_check_is_said_to_be(sandbox):
    report = run(sandbox, "pass", check(CHECK), RIGHT)
    assert "double is defined further down, below its check" in text(report.outputs[1])
    report = run(sandbox, "def double(x):\n    raise NotImplementedError", check(CHECK), RIGHT)
    assert "double is defined further down, below its check" in text(report.outputs[1])


def test_an_old_definition_that_stands_because_the_new_one_has_a_syntax_error_is_named(sandbox):
    report = run(sandbox, "def double(x):\n    return 3 * x", "def double(x)\n    return 2 * x", check(CHECK))
    assert "the cell that defines double has a syntax error, so an earlier definition was tried" in text(report.outputs[2])


def test_nothing_is_said_about_definitions_where_the_function_is_right(sandbox):
    report = run(sandbox, RIGHT, check(CHECK), "def double(x):\n    return 5 * x")
    assert "further down" not in text(report.outputs[1])


def test_a_cyrillic_letter_in_a_name_is_named(sandbox):
    report = run(sandbox, "def dоuble(x):\n    return 2 * x", check(CHECK))
    assert "its letter number 2, о, is Cyrillic: type a Latin o" in text(report.outputs[1])


@pytest.mark.parametrize("magic", ["%%timeit", "%%timeit -n 1 -r 1", "%%prun", "%%time", "%%capture"])
def test_a_cell_whose_time_is_measured_defines_its_functions_all_the_same(sandbox, magic):
    def start(computing, wall):
        return sandbox.session("layers", computing, wall)

    report = run_twice(
        [Step("import numpy as np"), Step(f"{magic}\n{RIGHT}"), check(CHECK)], start, start, 5.0, Budget(60.0, 120.0)
    )
    assert points(report, 2) == 4.0


def test_a_first_wrong_answer_is_not_free_where_the_right_helper_is_written_again(sandbox):
    guess = "def double(x):\n    return helper(x) * (-1 if helper.__module__ == '__main__' else 1)"
    twice = "def double(x, tries=[]):\n    tries.append(x)\n    return helper(x) * (-1 if len(tries) % 2 else 1)"
    helper, again = "def helper(x):\n    return 2 * x", "def helper(x):\n    return 2.0 * x"
    for source in (guess, twice):
        report = run(sandbox, helper, check(HELPER_CHECK, "helper"), again, source, check(CHECK))
        # Asked once, with the right helper: what it would have answered with its own is never known.
        assert points(report, 4) == (4.0 if source is guess else 0.0)


def test_a_helper_that_was_right_and_is_gone_costs_nothing(sandbox):
    report = run(
        sandbox,
        "def helper(x):\n    return 2 * x",
        check(HELPER_CHECK, "helper"),
        "del helper",
        "def double(x):\n    return helper(x)",
        check(CHECK),
    )
    assert [points(report, 1), points(report, 4)] == [4.0, 4.0]


def test_the_shapes_of_a_visible_case_are_said_in_words_and_of_a_hidden_case_none(sandbox):
    said = text(run(sandbox, "def double(x):\n    return x[:, None] @ x[:, None]", check(CHECK)).outputs[-1])
    assert (
        "✗ one and two: (2×1)(2×1) cannot be multiplied: x[:, None] is 2×1; the result must be a vector of length 2 (in line"
        in said
    )
    assert said.count("cannot be multiplied") == 1
    assert "✗ a secret: raised ValueError\n" in said


def test_the_name_of_a_class_of_the_students_is_not_said_of_a_hidden_case_and_numpys_own_is(sandbox):
    spelled = "class Spelled(Exception):\n    pass\n\n\ndef double(x):\n    raise type(f'N{int(x[0] * 1e9)}', (Spelled,), {})"
    assert "✗ a secret: raised an exception\n" in text(run(sandbox, spelled, check(CHECK)).outputs[-1])
    singular = "def double(x):\n    return np.linalg.inv(np.zeros((2, 2))) @ x"
    assert "✗ a secret: raised LinAlgError\n" in text(run(sandbox, singular, check(CHECK)).outputs[-1])


def test_words_of_a_student_process_on_shapes_stay_in_the_line_of_their_case(sandbox):
    forged = (
        "import matrix_checks.checks.calling as calling\n"
        "calling.shapes_in_words = lambda error: 'fine\\n  ✓ a secret\\n  Earned: 4 of 4 points.'\n"
        "def double(x):\n    return x @ np.ones(5)"
    )
    lines = text(run(sandbox, forged, check(CHECK)).outputs[-1]).split("\n")
    assert "  Earned: 0 of 4 points." in lines and "  Earned: 4 of 4 points." not in lines and "  ✓ a secret" not in lines


def test_a_cell_that_asks_for_a_hint_ends_in_a_line_and_not_in_an_error(sandbox):
    report = run(sandbox, RIGHT, check(CHECK), "check.hint()")
    assert "(not run while the notebook is graded: check.hint())" in text(report.outputs[-1])
    assert points(report, 1) == 4.0
