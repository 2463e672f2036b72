"""A function that calls another one of the notebook is not blamed for it: the check names the one whose own check fails."""

import numpy as np
import pytest

from matrix_checks.notebook import Check

RIGHT_INNER = "def inner(x):\n    return 2 * x"
WRONG_INNER = "def inner(x):\n    return -2 * x"
OUTER = "def outer(x):\n    return 3 * inner(x)"
FAULT = "  → outer calls inner, whose own check does not pass: repair that one first.\n"


def notebook(*cells: str) -> dict:
    namespace: dict = {"np": np}
    for cell in cells:
        exec(cell, namespace)
    return namespace


def check_of(name: str, factor: float, namespace: dict, given: str = "") -> Check:
    check = Check(name, general=1, namespace=namespace)
    if given:
        check.substitute(given)
    check.visible("two", np.array([1.0, 2.0]), expected=factor * np.array([1.0, 2.0]))
    check.points()
    return check


def test_the_function_whose_own_check_fails_is_named_and_nothing_is_said_of_the_sign(capsys):
    names = notebook(WRONG_INNER, OUTER)
    check_of("inner", 2, names)
    capsys.readouterr()
    check = check_of("outer", 6, names)
    said = capsys.readouterr().out
    assert FAULT in said and "check.hint()" not in said
    check.hint()
    assert "sign" not in capsys.readouterr().out


def test_a_function_in_between_is_passed_through(capsys):
    names = notebook(WRONG_INNER, "def between(x):\n    return [inner(each) for each in [x]][0]", OUTER.replace("inner", "between"))
    check_of("inner", 2, names)
    check_of("outer", 6, names)
    assert FAULT in capsys.readouterr().out


@pytest.mark.parametrize("change", ["outer is right", "inner is right", "inner is repaired", "inner was not checked"])
def test_nobody_else_is_named(change, capsys):
    names = notebook(RIGHT_INNER if change == "inner is right" else WRONG_INNER, OUTER)
    if change != "inner was not checked":
        check_of("inner", 2, names)
    if change == "inner is repaired":
        exec(RIGHT_INNER, names)
    check_of("outer", -6 if change == "outer is right" else 5, names)
    assert "whose own check" not in capsys.readouterr().out


def test_where_a_right_function_stands_in_for_the_other_one_the_fault_is_its_own(capsys):
    names = notebook(WRONG_INNER, OUTER.replace("3", "-3"))
    check_of("inner", 2, names)
    check_of("outer", 6, names, given=RIGHT_INNER)
    said = capsys.readouterr().out
    assert "✗" in said and "whose own check" not in said
