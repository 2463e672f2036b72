"""A wrong array and the right one are shown so that their difference can be read, and no rounding is."""

import numpy as np

from matrix_checks.checks.two_arrays import both_in_words


def shown(actual, expected, per="array"):
    return " ".join("".join(both_in_words("", np.array(actual), np.array(expected), per)).split())


def test_few_digits_suffice_where_the_arrays_differ_in_them():
    assert shown([0.1234567891, 1e-17], [1.0, 0.0]) == "yours: [0.123457, 0. ]expected: [1., 0.]"


def test_arrays_that_look_alike_get_more_digits():
    assert shown([0.24999999], [0.25]) == "yours: [0.24999999]expected: [0.25]"
    assert shown([0.25 + 1e-13], [0.25]) == "yours: [0.2500000000001]expected: [0.25]"


def test_columns_of_very_different_size_are_both_readable_and_show_no_rounding():
    text = shown([[1.0, 0.5], [1e-30, 0.5]], [[1 / 3e8, 0.25], [0.0, 0.25]], per="column")
    assert "3.333333e-09, 2.500000e-01" in text and "e-30" not in text


def test_arrays_that_are_too_large_to_be_read_are_not_shown():
    assert both_in_words("", np.zeros(25), np.ones(25), "array") == []
