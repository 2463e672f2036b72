"""Which names a cell needs, and which it touches: what the silent run may leave out hangs on both."""

import pytest

from autograder.sandbox.cell_names import needed, needed_when_called, touched

NEEDED = {
    "print(x)": {"print", "x"},
    "x = 3\nprint(x)": {"print"},
    "print(x)\nx = 3": {"print", "x"},
    "x = x + 1": {"x"},
    "x += 1": {"x"},
    "x = 1\nx += y": {"y"},
    "del x": {"x"},
    "x, y = 1, 2\ndel x, y": set(),
    "try:\n    x\nexcept NameError:\n    x = 1": {"x", "NameError"},
    "if y:\n    x = 3\nprint(x)": {"y", "x", "print"},
    "for i in range(3):\n    s = i": {"range", "i"},
    "a, b = 1, 2\nc = a + b + d": {"d"},
    "import numpy as np\nnp.ones(3)": set(),
    # What belongs to a function is no name of the notebook.
    "def f(x, A):\n    y = A @ x\n    return y": set(),
    "def f(x):\n    return scale * x": {"scale"},
    "def f(x, y=first):\n    return g(x)": {"first", "g"},
    "@cached\ndef f(x):\n    return x": {"cached"},
    "def f():\n    global count\n    count += 1": {"count"},
    "def f():\n    total = 0\n    def g():\n        nonlocal total\n        total += step\n    return g": {"step"},
    "f = lambda x: x + shift": {"shift"},
    "[w * x for x in data]": {"w", "data"},
    "class Layer(Base):\n    size = width\n    def forward(self, x):\n        return x @ table": {"Base", "width", "table"},
    # A function of the cell may be called when another cell has bound the name again.
    "eps = 1\ndef f(x):\n    return x + eps": {"eps"},
}


@pytest.mark.parametrize("source", NEEDED)
def test_a_cell_needs_what_it_reads_before_it_binds_it(source):
    # A cell that says more than it needs is run for nothing; one that says less is not run.
    assert needed(source) - NEEDED[source] <= {"i"}
    assert NEEDED[source] <= needed(source) | {"i"}


@pytest.mark.parametrize(
    "source", ["f(globals()['x'])", "eval('x + 1')", "%time x", "!ls x", "def f(:\n x", "get_ipython().run_cell('x')", "\0 x"]
)
def test_where_names_are_looked_up_by_their_text_every_word_counts(source):
    assert "x" in needed(source) and "x" in needed_when_called(source)


def test_functions_need_their_names_whenever_they_are_called_and_the_cell_does_not():
    source = "print(shown)\ndef f(x):\n    return x * scale"
    assert needed_when_called(source) == {"scale"}


def test_what_is_bound_or_may_be_changed_is_touched():
    assert touched("x = 1\nwith look():\n    y.sort()\n    z[0] = 2\n    np.ones(3)\n    for i in u: pass") == {"x", "y", "z", "i"}


def test_a_cell_that_brings_in_whatever_a_module_has_is_never_left_out():
    from autograder.sandbox.two_runs import Step, without_effect

    steps = [Step("from helpers import *", look=True), Step("def f(x):\n    return x")]
    assert without_effect(steps) == set()


def test_a_cell_of_which_a_function_shares_only_the_letters_is_left_out_of_the_silent_run():
    from autograder.sandbox.two_runs import Step, without_effect

    steps = [
        Step("import numpy as np", look=True),
        Step("with look():\n    x = np.ones(3)\n    n = 5\n    print(f(x))", look=True),
        Step("def f(x):\n    n = len(x)\n    return np.sum(x) / n"),
        Step("x = np.zeros(2)\nprint(f(x))"),
    ]
    assert without_effect(steps) == {1}
    steps.append(Step("print(f(x), n)"))
    assert without_effect(steps) == set()
