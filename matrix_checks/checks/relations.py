"""Relations between a wrong array and the right one that make sense in any exercise: transposed, a sign, a factor, an axis."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matrix_checks.checks.readings import CLOSE, CLOSE_FLOAT32, Reading, close, distance, farther, same_numbers

NEARLY = 1e-3


@dataclass(frozen=True)
class Dimension:
    """A size that may turn up as a factor.

    Attributes
    ----------
    letter, meaning
        Its letter, and what it counts.
    size
        Finds it from the arguments.
    averages
        Whether the exercise has an average over it: only then can a sum have taken the place of one.
    """

    letter: str
    meaning: str
    size: Callable
    averages: bool = True

    @property
    def averaged(self) -> str:
        """What is said of a result that is too small by this factor."""
        return f"a factor of 1/{self.letter} too many, where {self.letter} is {self.meaning}: averaged, where a sum belongs"

    @property
    def summed(self) -> str:
        """What is said of a result that is too large by this factor."""
        what = ": summed, where an average belongs" if self.averages else ""
        return f"a factor of {self.letter} too many, where {self.letter} is {self.meaning}{what}"


def general_relation(readings: list[Reading], dimensions: list[Dimension]) -> str:
    """The relation that holds in every case of one output, or an empty string.

    Parameters
    ----------
    readings
        Those of one output, right ones included.
    dimensions
        Sizes that may turn up as factors.
    """
    telling = [reading for reading in readings if np.any(reading.expected)]
    shapes = {
        "": lambda actual, expected: actual,
        "the array is transposed": _untransposed,
        "right in numerator layout: a row, where the gradient has the shape of its variable": _from_row,
        "an axis of length one too many": _squeezed,
    }
    for words, restore in shapes.items():
        restored = [(restore(reading.actual, reading.expected), reading) for reading in telling]
        if not restored or any(array is None or array.shape != reading.expected.shape for array, reading in restored):
            continue
        # One number in two axes is a row as much as a column; and one of several results has no layout to be chosen.
        if restore is _from_row and all(reading.expected.size == 1 or reading.output for reading in telling):
            continue
        if words and any(reading.wrong for reading in telling) and all(_restores(array, reading) for array, reading in restored):
            return words
        factor = _constant_factor(restored, dimensions)
        if factor:
            return f"{words}, and {factor}" if words else factor
    return _axis_of_length_one(readings) or _precision(telling)


def _restores(array: np.ndarray, reading: Reading) -> bool:
    """Whether the change makes the answer right; a symmetric answer that it leaves as wrong as before is not restored."""
    if not close(array, reading.expected, reading):
        return False
    if not reading.wrong or reading.actual.shape != reading.expected.shape:
        return True
    return farther(reading.actual, reading.expected, distance(array, reading.expected), reading)


def _constant_factor(restored: list, dimensions: list[Dimension]) -> str:
    factors = []
    for array, reading in restored:
        expected = reading.expected
        if not np.all(np.isfinite(array)) or not np.any(array):
            return ""
        factor = float(np.sum(array * expected) / np.sum(expected * expected))
        if not close(array, factor * expected, reading):
            return ""
        factors.append((factor, reading))
    plain = {-1.0: "the sign is wrong", 2.0: "a factor of 2 too many", 0.5: "a factor of 2 is missing"}
    plain |= {-2.0: "the sign is wrong, with a factor of 2 too many", -0.5: "the sign is wrong, and a factor of 2 is missing"}
    for value, words in plain.items():
        if _all_near(factors, lambda arguments, value=value: value):
            return words
    for dimension in dimensions:
        if len({dimension.size(*reading.arguments) for _, reading in factors}) < 2:
            continue
        if _all_near(factors, lambda arguments, of=dimension.size: 1 / of(*arguments)):
            return dimension.averaged
        if _all_near(factors, lambda arguments, of=dimension.size: of(*arguments)):
            return dimension.summed
    return ""


def _all_near(factors: list, wanted: Callable) -> bool:
    for factor, reading in factors:
        value = wanted(reading.arguments)
        if abs(factor - value) > (CLOSE_FLOAT32 if reading.float32 else CLOSE) * abs(value):
            return False
    return True


def _axis_of_length_one(readings: list[Reading]) -> str:
    """Wherever the answer is wrong, its numbers are right, and it has fewer or more axes than it should."""
    wrong = [reading for reading in readings if reading.wrong]
    # A matrix of one row or one column has one vec, and loses an axis in many other ways.
    if all(_is_column_stacked(reading) for reading in wrong) and any(min(reading.expected.shape) > 1 for reading in wrong):
        return "the numbers are right, as a vec that stacks the columns: give them the shape of the variable"
    if not all(same_numbers(reading.actual, reading) for reading in wrong):
        return ""
    if all(reading.actual.ndim < reading.expected.ndim and 1 in reading.expected.shape for reading in wrong):
        return "the numbers are right, and an axis of length one is missing: was it squeezed or summed away?"
    if all(reading.actual.ndim > reading.expected.ndim and 1 in reading.actual.shape for reading in wrong):
        return "an axis of length one too many"
    if all(reading.actual.shape != reading.expected.shape for reading in wrong):
        return "the numbers are right and stand in their order; the shape is another one than the docstring says"
    return ""


def _is_column_stacked(reading: Reading) -> bool:
    actual, expected = reading.actual, reading.expected
    flat = actual.size == expected.size and max(actual.shape, default=0) == actual.size and expected.ndim == 2
    return flat and actual.shape != expected.shape and close(actual.reshape(expected.shape, order="F"), expected, reading)


def _precision(readings: list[Reading]) -> str:
    """Right in the large and wrong in the small: the trace of a difference quotient."""
    comparable = [reading for reading in readings if reading.actual.shape == reading.expected.shape]
    if len(comparable) < len(readings):
        return ""
    whole = all(map(_is_whole, comparable))
    if whole and any(map(_has_lost_a_fraction, comparable)):
        return "the numbers behind the decimal point are cut off: the result is made an integer on the way"
    if not all(_close_within(NEARLY, reading) for reading in comparable):
        return _precision_of_one_size(comparable)
    by_entry = [reading for reading in comparable if reading.per != "array" and reading.wrong]
    lost = [reading for reading in by_entry if _lost_small_entries(reading)]
    if lost and whole:
        return "the small entries beside large ones are lost, as with a finite difference, or where the result is made an integer"
    if lost:
        return (
            "large entries are nearly right and small ones beside them are lost, as with a finite difference: "
            "does one stand in for the formula?"
        )
    if comparable and all(reading.wrong for reading in comparable if not reading.float32):
        return "nearly right in every case, but not to rounding: was something approximated?"
    return ""


def _precision_of_one_size(readings: list[Reading]) -> str:
    """Beside entries of mixed scale, where an approximation may lose everything, the cases that are nearly right."""
    plain = [reading for reading in readings if reading.per == "array" and not reading.float32]
    if not plain or len(plain) == len(readings) or not all(map(_is_nearly_right, plain)):
        return ""
    return "nearly right where the entries are of one size, but not to rounding: was something approximated?"


def _is_nearly_right(reading: Reading) -> bool:
    return reading.wrong and _close_within(NEARLY, reading)


def _is_whole(reading: Reading) -> bool:
    """Whether the answer is right but for the fractions of its entries, which are gone."""
    return close(reading.actual, np.trunc(reading.expected), reading, strict=True)


def _has_lost_a_fraction(reading: Reading) -> bool:
    """Whether an entry kept its whole part alone. One that is lost altogether may have been too small for a difference."""
    return bool(np.any(reading.wrong & (np.abs(reading.expected) > 1) & (np.trunc(reading.expected) != reading.expected)))


def _lost_small_entries(reading: Reading) -> bool:
    size = np.abs(reading.expected)
    small = (size > 0) & (size < 1e-6 * size.max())
    return bool(np.any(np.abs(reading.actual - reading.expected)[small] > 0.1 * size[small]))


def _close_within(tolerance: float, reading: Reading) -> bool:
    difference = np.abs(reading.actual - reading.expected)
    return bool(np.all(difference <= tolerance * np.abs(reading.expected).max(initial=0.0)))


def _untransposed(actual: np.ndarray, expected: np.ndarray) -> np.ndarray | None:
    return actual.T if actual.ndim == 2 else None


def _from_row(actual: np.ndarray, expected: np.ndarray) -> np.ndarray | None:
    return actual[0] if expected.ndim == 1 and actual.shape == (1, *expected.shape) else None


def _squeezed(actual: np.ndarray, expected: np.ndarray) -> np.ndarray | None:
    return actual.reshape(expected.shape) if actual.size == expected.size and actual.ndim > expected.ndim else None
