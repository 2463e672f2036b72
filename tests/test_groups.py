"""Groups keep their meaning: a fault of form costs its own group, and what must not be formed a point of its own."""

import numpy as np
import pytest

from matrix_checks.notebook import Check


def batch_check(function, capsys, **points):
    """The check of a sum over the batch, of two features and of one."""
    check = Check("f", general=4, edge=2, care=1, namespace={"f": function}, **points)
    x = np.array([[1.0, 2.0], [3.0, 5.0], [2.0, 4.0]])
    check.visible("two features", x, expected=x.sum(axis=0))
    check.hidden("one feature", x[:, :1], expected=x[:, :1].sum(axis=0), group="edge")
    check.standard_cases(x, truth=lambda x: x.sum(axis=0))
    return check.points(), capsys.readouterr().out


@pytest.mark.parametrize(
    ("function", "points", "words"),
    [
        (lambda x: x.sum(axis=0), 7.0, "✓ two features: relative error below 1e-14\n"),
        (lambda x: x.sum(axis=0, keepdims=True), 0.0, "✗ two features: shape (1, 2), where shape (2,) is expected: the numbers are right, "
         "and an axis of length one stands before them: `keepdims=True`, `np.newaxis` or `reshape` leaves it\n"),
        (lambda x: x.sum(axis=0).squeeze(), 5.0, "✗ one feature: the number is right, and its axis is gone: of one feature, too, an array "
         "is expected, and `squeeze` takes it away\n"),
        (lambda x: x.sum(axis=0).astype(np.float32), 6.0, "✗ two features: the result is float32: keep the precision of the arguments"),
        (lambda x: x.sum(axis=0)[:, np.newaxis], 0.0, "✗ two features: shape (2, 1), where shape (2,) is expected\n"),
        (lambda x: x.sum(axis=0, keepdims=True) + 1, 0.0, "✗ two features: shape (1, 2), where shape (2,) is expected\n"),
        (lambda x: (x.sum(axis=0) + 1).astype(np.float32), 0.0, "✗ two features: the result is float32"),
    ],
    ids=["right", "keepdims", "squeeze", "float32", "a column", "keepdims and wrong", "float32 and wrong"],
)  # fmt: skip
def test_a_fault_of_form_costs_its_own_group_where_the_numbers_are_right(function, points, words, capsys):
    earned, said = batch_check(function, capsys)
    assert (earned, words in said) == (points, True), said


def test_two_faults_of_form_cost_two_groups_and_a_wrong_output_beside_them_costs_its_own(capsys):
    x = np.array([[1.0, 2.0], [3.0, 5.0]])

    def earned(function):
        check = Check("f", returns=("one", "other"), general=4, edge=2, care=1, namespace={"f": function})
        check.visible("two features", x, expected=(x.sum(axis=0), x.sum(axis=0)))
        return check.points()

    assert earned(lambda x: (x.sum(axis=0, keepdims=True), x.sum(axis=0).astype(np.float32))) == 4.0
    assert earned(lambda x: (x.sum(axis=0, keepdims=True), x.mean(axis=0))) == 0.0


def test_a_row_in_the_place_of_the_only_result_is_another_layout_and_costs_its_case(capsys):
    earned, said = batch_check(lambda x: x.sum(axis=0, keepdims=True), capsys)
    assert (earned, "where shape (2,) is expected" in said) == (0.0, True)


def test_a_fault_of_form_costs_the_case_where_its_own_group_has_no_points(capsys):
    check = Check("f", general=4, namespace={"f": lambda x: x.sum(axis=0, keepdims=True)})
    check.visible("two features", np.ones((2, 2)), expected=np.full(2, 2.0))
    assert check.points() == 0.0


@pytest.mark.parametrize(
    ("function", "points", "words"),
    [
        (lambda x: x.sum(axis=0), 3.0, "✓ very many objects\n"),
        (lambda x: np.ones((10**8, 10**8)) @ x, 2.0, "✗ very many objects: a matrix of objects by objects must not be formed\n"),
        (lambda x: x.sum(axis=0) + 1, 2.0, "✗ very many objects: the values are not right\n"),
        (lambda x: 1 / 0, 2.0, "✗ very many objects: raised ZeroDivisionError\n"),
    ],
    ids=["right", "too large", "wrong", "another exception"],
)  # fmt: skip
def test_an_array_that_must_not_be_formed_costs_a_point_of_its_own(function, points, words, capsys):
    check = Check("f", general=2, memory=1, namespace={"f": lambda x: function(x) if len(x) > 2 else x.sum(axis=0)})
    check.visible("two objects", np.ones((2, 2)), expected=np.full(2, 2.0))
    check.hidden(
        "very many objects",
        np.ones((3, 2)),
        expected=np.full(2, 3.0),
        group="memory",
        must_not_form="a matrix of objects by objects",
    )
    assert check.points() == points
    assert words in capsys.readouterr().out


def test_a_function_that_remembers_its_first_call_is_caught_though_its_dtype_is_wrong_too(capsys):
    calls = []

    def forgets(x):
        calls.append(1)
        return (x.sum(axis=0) + (len(calls) > 4)).astype(np.float32)

    assert batch_check(forgets, capsys)[0] == 4.0
