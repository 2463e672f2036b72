"""A wrong array and the right one below each other, with as many digits as tell them apart."""

import numpy as np

from matrix_checks.checks.comparing import error_scale

SHOWN_ENTRIES = 24
# Few digits are read at once; where two arrays look alike in them, more are shown.
DIGITS = (6, 10, 16)
# What is so many times smaller than what an error is measured against is rounding, and differs from machine to machine.
ROUNDING = 1e-13


def both_in_words(name: str, actual: np.ndarray, expected: np.ndarray, per: str) -> list[str]:
    """Lines that show both arrays; none where they are too large to be read.

    Parameters
    ----------
    name
        What stands before "yours" and "expected".
    actual, expected
        Real arrays.
    per
        What an error is measured against, see :func:`matrix_checks.checks.comparing.compare`: of entries, rows or columns of very
        different size, the small ones are shown, too.
    """
    if max(actual.size, expected.size) > SHOWN_ENTRIES:
        return []
    if actual.shape == expected.shape and per != "array":
        tiny = ROUNDING * error_scale(expected, per)
        actual, expected = (np.where(np.abs(array) <= tiny, 0.0, array) for array in (actual, expected))
    texts = [_text(array, DIGITS[0], per == "array") for array in (actual, expected)]
    for digits in DIGITS[1:]:
        if texts[0] == texts[1]:
            texts = [_text(array, digits, False) for array in (actual, expected)]
    lines = []
    for title, text in zip(("yours", "expected"), texts):
        first, *rest = text.split("\n")
        lead = f"{name}{title}: "
        lines += [lead + first, *(" " * len(lead) + line for line in rest)]
    return lines


def _text(array: np.ndarray, digits: int, suppress_small: bool) -> str:
    return np.array2string(array, precision=digits, suppress_small=suppress_small, separator=", ")
