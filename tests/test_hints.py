"""Help comes in steps before grading and all at once in feedback; a function that is older than its cell is named as such."""

import json
import linecache

import numpy as np
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from matrix_checks.notebook import Check
from matrix_checks.notebook.stale import stale_definition
from tests.conftest import ROOT

QUESTION = "When one entry of the argument grows a little, does the result grow or fall?"


def checked(function, hidden=False):
    check = Check("f", general=1, namespace={"f": function})
    check.visible("two", np.array([1.0, 2.0]), expected=np.array([2.0, 4.0]))
    if hidden:
        check.hidden("three", np.arange(1.0, 4.0), expected=2 * np.arange(1.0, 4.0))
    check.points()
    return check


def test_the_check_says_what_happened_and_how_to_ask_for_more_but_not_what_was_done(capsys):
    checked(lambda x: -2 * x)
    said = capsys.readouterr().out
    assert "yours: [-2., -4.]" in said
    assert "? check.hint() in a new cell asks a question that may help; asked again, it says what was probably done." in said
    assert "the sign is wrong" not in said


def test_the_first_hint_is_a_question_and_the_second_says_what_was_done(capsys):
    check = checked(lambda x: -2 * x)
    capsys.readouterr()
    for words in (QUESTION, "the sign is wrong", "That was the last hint."):
        check.hint()
        assert capsys.readouterr().out == f"{words}\n"


def test_in_feedback_all_steps_stand(capsys):
    checked(lambda x: -2 * x, hidden=True)
    said = capsys.readouterr().out
    assert f"  ? {QUESTION}\n  → the sign is wrong\n" in said
    assert said.index("→") < said.index("✗"), "what was done is said before the cases that show it"
    assert "check.hint()" not in said


@pytest.mark.parametrize("hidden", [False, True])
def test_a_right_function_gets_no_question_and_no_invitation(hidden, capsys):
    check = checked(lambda x: 2 * x, hidden)
    assert "?" not in capsys.readouterr().out
    check.hint()
    assert capsys.readouterr().out == "There is no hint beyond what the check says.\n"


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x: y_squared, "Where is the name that the exception speaks of given a value"),  # noqa: F821
        (lambda x: 1 / 0, "Which kind and which shape does each name have in the line that raised"),
        (lambda x: np.array([2.0, 5.0]), "Some entries are right and others are not"),
        (lambda x: np.array([3.0, 7.0]), "Compute one entry of the smallest case by hand"),
        (lambda x: np.array([6.0]), "Which sizes should the answer have, and which has yours?"),
        (lambda x: x / 1, "In how many places does the variable stand in the formula"),
        (lambda x: (2 * x)[:, np.newaxis], "Which shape does each step of your line have"),
    ],
)
def test_the_question_is_about_what_happened(function, words, capsys):
    check = checked(function)
    capsys.readouterr()
    check.hint()
    assert words in capsys.readouterr().out


def question_of(capsys, function, *arguments, returns=None, expected):
    check = Check("f", general=1, returns=returns, namespace={"f": function})
    check.visible("one case", *arguments, expected=expected)
    check.points()
    capsys.readouterr()
    check.hint()
    return capsys.readouterr().out.strip()


def test_a_zero_that_comes_out_right_is_not_asked_about(capsys):
    zeros = np.array([0.0, 2.0, 3.0])
    assert question_of(capsys, lambda x: x * x * x, zeros, expected=2 * zeros).startswith("Compute one entry")
    assert question_of(capsys, lambda x: x + 2, zeros, expected=2 * zeros).startswith("Some entries are right")


def test_of_results_in_another_order_the_order_is_asked(capsys):
    both = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    asked = question_of(capsys, lambda x, y: (y, x), *both, returns=("first", "second"), expected=both)
    assert asked == "In which order does the docstring name the results?"
    asked = question_of(capsys, lambda x, y: (x + 1, y), *both, returns=("first", "second"), expected=both)
    assert "order" not in asked


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("x - x.max(axis=1)", "Should entries meet one by one here?"),
        ("x * x.T", "Should entries meet one by one here?"),
        ("x @ x", "Write the shape of each factor"),
        ("x.reshape(4, 2)", "Which kind and which shape does each name have"),
    ],
)
def test_of_shapes_that_do_not_fit_the_question_is_about_the_operation(source, words, capsys):
    x = np.arange(6.0).reshape(2, 3)
    function = ran(f"def f(x):\n    return {source}")["f"]
    assert question_of(capsys, function, x, expected=x).startswith(words)


def test_of_two_visible_cases_the_one_that_fails_is_set_beside_the_one_that_passes(capsys):
    check = Check("f", general=1, namespace={"f": lambda x: x * x})
    check.visible("ones and twos", np.array([1.0, 2.0]), expected=np.array([1.0, 4.0]))
    check.visible("threes", np.array([3.0, 3.0]), expected=np.array([27.0, 27.0]))
    check.points()
    capsys.readouterr()
    check.hint()
    assert 'The case "ones and twos" passes and "threes" does not: what is different between them?' in capsys.readouterr().out


RIGHT = "def f(x):\n    return 2 * x"


def ran(*sources: str) -> dict:
    """The names of a kernel that ran these cells; those with a syntax error define nothing."""
    names: dict = {"In": ["", *sources]}
    for number, source in enumerate(sources):
        filename = f"<ipython-input-{number}-{abs(hash(source))}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
        try:
            exec(compile(source, filename, "exec"), names)
        except SyntaxError:
            continue
    return names


def save(folder, source: str, run: int | None):
    cell = {
        "cell_type": "code",
        "metadata": {"nbgrader": {"grade_id": "f"}},
        "source": source.splitlines(True),
        "execution_count": run,
    }
    (folder / "notebook.ipynb").write_text(json.dumps({"cells": [cell]}))


def test_a_cell_that_was_run_again_with_a_syntax_error_left_the_old_function(tmp_path, capsys):
    names = ran(RIGHT, "def f(x):\n    return 2 * (x")
    assert stale_definition("f", names, tmp_path) == (
        "the cell that defines f was run again with a syntax error in line 2: an earlier definition was tried."
    )
    check = Check("f", general=1, namespace=names)
    check.visible("two", np.array([1.0, 2.0]), expected=np.array([2.0, 4.0]))
    check.points()
    assert "→ the cell that defines f was run again with a syntax error" in capsys.readouterr().out, (
        "it is said of a case that passes"
    )


@pytest.mark.parametrize(
    ("source", "run", "words"),
    [
        ("def f(x):\n    return (2 * x", 2, "the cell of f, as it is saved, has a syntax error in line 2: an earlier definition was tried."),
        ("def double(x):\n    return 2 * x", 2, "the cell of f, as it is saved, defines no f any more: an earlier definition was tried. Was it renamed?"),
        ("def f(x):\n    return 3 * x", 1, "the cell of f was changed after it was run: run it again, and then this check."),
        (RIGHT, 1, ""),
        (RIGHT + "\n", 1, ""),
        ("def f(x):\n    ### your code", None, ""),
    ],
    ids=["syntax error", "renamed", "changed", "as it was run", "a line more", "not saved since it was run"],
)  # fmt: skip
def test_the_saved_cell_says_whether_the_function_is_still_its_own(source, run, words, tmp_path):
    save(tmp_path, source, run)
    assert stale_definition("f", ran(RIGHT), tmp_path) == words


def test_a_function_that_was_defined_again_after_a_syntax_error_is_the_one_of_its_cell(tmp_path):
    save(tmp_path, "def f(x):\n    return 2 * (x", 2)
    assert stale_definition("f", ran("def f(x):\n    return x", "def f(x):\n    return 2 * (x", RIGHT), tmp_path) == ""


@pytest.mark.parametrize("content", ["", "[]", '{"cells": 3}', '{"cells": [{}]}'])
def test_a_spoilt_notebook_says_nothing(content, tmp_path):
    (tmp_path / "notebook.ipynb").write_text(content)
    assert stale_definition("f", ran(RIGHT), tmp_path) == ""


def test_where_no_kernel_keeps_what_it_ran_nothing_is_said():
    assert stale_definition("f", {"f": lambda x: x}) == ""


def test_in_a_kernel_the_old_function_is_named_as_such_and_shapes_are_said_of_its_own_line():
    check = """
import numpy as np
from matrix_checks.notebook import Check

check = Check("f", general=1)
check.visible("a matrix", np.ones((2, 3)), np.ones((2, 1)), expected=np.ones((3, 1)))
check.points()
"""
    sources = ["def f(x, g):\n    return x @ g\n", check, "def f(x, g):\n    return (x.T @ g\n", check, "check.hint()"]
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, allow_errors=True, resources={"metadata": {"path": str(ROOT)}}).execute()
    first, second, hint = ("".join(output.get("text", "") for output in notebook.cells[number].outputs) for number in (1, 3, 4))
    assert "(2×3)(2×1) cannot be multiplied: x is 2×3, g is 2×1; the result must be 3×1 (in line 2: return x @ g)" in first
    assert "earlier definition" not in first
    assert "the cell that defines f was run again with a syntax error in line 2: an earlier definition was tried." in second
    assert hint.startswith("Write the shape of each factor")


def test_of_a_single_number_no_entry_is_worked_out(capsys):
    check = Check("f", general=1, namespace={"f": lambda x: np.sum(x) + 5})
    check.visible("two", np.array([1.0, 2.0]), expected=3.0)
    check.points()
    capsys.readouterr()
    check.hint()
    assert capsys.readouterr().out.startswith("Compute the smallest case by hand")


def test_cases_that_are_judged_by_a_property_are_not_set_beside_each_other(capsys):
    check = Check("f", general=1, namespace={"f": lambda x: x})
    check.visible("ones", np.ones(2), holds=lambda result: None)
    check.visible("twos", 2 * np.ones(2), holds=lambda result: "the result is too large")
    check.points()
    check.hint()
    assert "what is different between them" not in capsys.readouterr().out
