"""The comparison passes what is right to rounding, fails what is not, and gives the reason in one clause."""

import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matrix_checks.checks.cases import Case
from matrix_checks.checks.comparing import TOLERANCE, compare
from matrix_checks.checks.estimate import Estimate
from matrix_checks.checks.judging import judge
from matrix_checks.notebook import Check

ANSWERS = arrays(
    np.float64,
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    elements=st.floats(-1e8, 1e8, allow_subnormal=False).filter(lambda value: value == 0 or abs(value) > 1e-8),
)


@given(ANSWERS, st.sampled_from(["array", "row", "column", "entry"]))
def test_the_right_answer_passes(expected, per):
    assert compare(expected.copy(), expected, per=per).passed


@given(ANSWERS, st.integers(0, 15), st.floats(1.5, 1e6))
def test_an_error_above_the_tolerance_fails_and_one_below_passes(expected, where, times):
    largest = np.abs(expected).max()
    assume(largest > 1e-6)
    index = np.unravel_index(where % expected.size, expected.shape)
    tolerance = TOLERANCE[np.dtype(np.float64)]
    for factor, passes in ((times, False), (1 / times, True)):
        actual = expected.copy()
        actual[index] += factor * tolerance * largest
        assert compare(actual, expected).passed == passes


def test_per_entry_sees_an_error_that_a_large_entry_would_cover():
    expected = np.array([1e8, 1e-8])
    actual = np.array([1e8, 2e-8])
    assert compare(actual, expected).passed
    assert not compare(actual, expected, per="entry").passed


def test_rows_and_columns_are_measured_against_their_own_largest_entry():
    expected = np.array([[1e8, 1e8], [1.0, 1.0]])
    actual = expected + np.array([[0, 0], [1e-3, 0]])
    assert compare(actual, expected, per="column").passed
    assert not compare(actual, expected, per="row").passed


def test_an_error_bound_of_the_truth_widens_the_tolerance():
    truth = Estimate(np.array([1.0]), np.array([1e-3]))
    assert compare(np.array([1.0005]), truth).passed
    assert not compare(np.array([1.002]), truth).passed


@pytest.mark.parametrize(
    ("actual", "words"),
    [
        (None, "returned None"),
        ([1.0, 2.0], "returned a list"),
        ((1.0, 2.0), "returned a tuple"),
        ("12", "returned a str"),
        (True, "truth value"),
        (object(), "no NumPy array"),
        (np.ma.array([1.0, 2.0]), "special kind of array"),
        (np.array([1.0, 2.0], dtype=complex), "complex"),
        (np.array([1.0, 2.0], dtype=object), "dtype that holds no numbers"),
        (np.array(["1", "2"]), "dtype that holds no numbers"),
        (np.array([1.0, np.nan]), "NaN"),
        (np.array([1.0, np.inf]), "infinity"),
        (np.array([[1.0, 2.0]]), r"shape \(1, 2\), where shape \(2,\)"),
        (np.float64(1.0), r"a single number, where shape \(2,\)"),
        (np.array([1.0, 2.0], dtype=np.float32), "float32"),
        (np.array([1.0, 2.5]), "relative error 2e-01"),
    ],
)
def test_each_way_to_be_wrong_is_said_in_one_clause(actual, words):
    verdict = compare(actual, np.array([1.0, 2.0]))
    assert not verdict.passed
    assert len(verdict.reason.splitlines()) == 1
    assert re.search(words, verdict.reason)


def test_the_reason_for_a_hidden_case_holds_no_digit():
    for actual in (np.array([[1.0, 2.0]]), np.array([1.0, 2.5]), np.float64(3), None, [1]):
        assert not any(character.isdigit() for character in compare(actual, np.array([1.0, 2.0])).reason_without_numbers)


def test_float32_arguments_ask_for_a_float32_answer():
    expected = np.array([1.0, 2.0])
    assert compare(expected.astype(np.float32), expected, float32=True).passed
    assert "float32" in compare(expected, expected, float32=True).reason


def test_a_zero_answer_is_met_up_to_the_rounding_of_its_terms():
    assert compare(np.full(2, 1e-17), np.zeros(2)).passed
    assert not compare(np.full(2, 1e-12), np.zeros(2)).passed
    assert compare(np.full(2, 1e-12), np.zeros(2), floor=1e4).passed


def test_a_python_number_is_taken_for_a_single_number_at_any_precision():
    assert compare(0.5, np.array(0.5), float32=True).passed
    assert not compare(np.float64(0.5), np.array(0.5), float32=True).passed


@pytest.mark.parametrize(
    "value",
    [
        np.array([1e4000, -1e4000], dtype=np.longdouble) if np.finfo(np.longdouble).max > 1e4000 else np.array([np.inf]),
        np.array([1.0, np.nan]),
        np.array([1.0, np.inf], dtype=np.float32),
        np.float64(np.nan),
        np.array([1.0], dtype=complex),
        np.array([True]),
        np.array(["1"]),
        np.array([None]),
        [1.0],
    ],
)
def test_a_property_sees_finite_numbers_of_ordinary_kinds_only(value):
    seen = []
    verdict = judge(Case("any", "general", (), holds=seen.append, visible=True), lambda: (np.ones(1), value), ("one", "other"), 1.0)
    assert not verdict.passed and not seen
    assert verdict.reason.startswith(("other: ", "other is a list"))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int8, np.int64, np.uint8])
def test_a_property_may_be_judged_of_any_ordinary_kind(dtype):
    assert judge(
        Case("any", "general", (), holds=lambda result: None, visible=True), lambda: np.ones(2, dtype=dtype), None, 1.0
    ).passed
    assert judge(Case("any", "general", (), holds=lambda result: None, visible=True), lambda: 1.0, None, 1.0).passed


def test_an_output_of_the_wrong_kind_is_named(capsys):
    check = Check("both", returns=("A", "losses"), general=1, namespace={"both": lambda: (np.ones(1), [1.0])})
    check.visible("anything", holds=lambda result: None)
    check.points()
    assert "losses is a list, where a NumPy array is expected" in capsys.readouterr().out
