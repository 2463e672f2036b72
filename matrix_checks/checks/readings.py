"""One output of one call beside the right answer, and when two arrays count as the same for a diagnosis."""

from dataclasses import dataclass

import numpy as np

CLOSE, CLOSE_FLOAT32 = 1e-7, 1e-4
STRICT = 1e-9
# An explanation has to lie so many times closer to the student's numbers than the right answer does.
CLEARLY = 100.0


@dataclass(frozen=True)
class Reading:
    """One output of one call beside the right answer.

    Attributes
    ----------
    output
        Name of the output, or an empty string.
    arguments
        What the function was called with. The outputs of one call share one tuple.
    actual, expected
        Real float64 arrays.
    per
        What the error was measured against, see :func:`matrix_checks.checks.comparing.compare`.
    float32
        Whether the arguments were float32.
    passed
        Whether the comparison let it pass.
    judged
        Whether the right answer is known; if not, ``expected`` is the answer itself.
    """

    output: str
    arguments: tuple
    actual: np.ndarray
    expected: np.ndarray
    per: str = "array"
    float32: bool = False
    passed: bool = False
    judged: bool = True

    @property
    def wrong(self) -> bool:
        """Whether the values differ; a right array of the wrong dtype is no riddle."""
        return not self.passed and not close(self.actual, self.expected, self, strict=True)


def close(one: np.ndarray, other: np.ndarray, reading: Reading, strict: bool = False) -> bool:
    """Whether two arrays are the same for a diagnosis of this reading: shape, places of NaN and infinity, and values."""
    if one.shape != other.shape:
        return False
    finite = np.isfinite(other)
    if not np.array_equal(np.isfinite(one), finite) or not np.array_equal(one[~finite], other[~finite], equal_nan=True):
        return False
    tolerance = CLOSE_FLOAT32 if reading.float32 else STRICT if strict else CLOSE
    one, other = one[finite], other[finite]
    scale = np.abs(other) if strict and reading.per == "entry" else np.abs(other).max(initial=0.0)
    return bool(np.all(np.abs(one - other) <= tolerance * scale + (1e-15 if strict else 1e-12) * (reading.per == "array")))


def explains(value: np.ndarray, reading: Reading) -> bool:
    """Whether ``value`` is what the student has, and the right answer is clearly not.

    An answer that was rounded on the way is close to the right one and to many wrong ones: it is explained by none of them.
    """
    if not close(reading.actual, value, reading):
        return False
    if value.shape != reading.expected.shape:
        return True
    return farther(reading.actual, reading.expected, distance(reading.actual, value), reading)


def farther(one: np.ndarray, other: np.ndarray, than: float, reading: Reading) -> bool:
    """Whether two arrays of one shape differ by far more than ``than``, and by more than the comparison lets pass."""
    apart = distance(one, other)
    scale = float(np.abs(other[np.isfinite(other)]).max(initial=0.0))
    return apart > CLEARLY * than and (apart > (CLOSE_FLOAT32 if reading.float32 else STRICT) * scale or reading.per != "array")


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference between two arrays of one shape; infinite where only one of them is finite."""
    finite = np.isfinite(one) & np.isfinite(other)
    if not np.array_equal(one[~finite], other[~finite], equal_nan=True):
        return float("inf")
    return float(np.abs(one[finite] - other[finite]).max(initial=0.0))


def same_numbers(value: np.ndarray, reading: Reading) -> bool:
    """Whether ``value`` holds the right numbers in their order, in whatever shape."""
    expected = reading.expected
    return value.size == expected.size and close(value.reshape(expected.shape), expected, reading)
