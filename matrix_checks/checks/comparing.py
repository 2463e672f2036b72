"""Is an answer right? Kind, dtype, shape, finite, and close enough, in that order."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from matrix_checks.checks.estimate import Estimate

TOLERANCE = {np.dtype(np.float64): 1e-9, np.dtype(np.float32): 2e-5}
ROUNDING_LEVEL = 1e-14
# An answer that is zero in exact arithmetic is met only up to the rounding of its terms.
ARRAY_FLOOR = 1e-6


FOREIGN_KINDS = {
    "set": "the function returned a set, where a NumPy array is expected",
    "dtype": "the result has a dtype that holds no numbers, where floating-point numbers are expected",
    "subclass": "the function returned a special kind of array (a matrix or a masked array, say), where a plain one is expected",
    "huge": "the result is too large to be compared",
    "object": "the function returned an object that is no NumPy array and no number",
}


@dataclass(frozen=True)
class Foreign:
    """Stands for a result that cannot be taken over from a student's process; ``kind`` is a key of ``FOREIGN_KINDS``."""

    kind: str


@dataclass(frozen=True)
class Comparison:
    """The verdict on one array.

    Attributes
    ----------
    passed
        Whether the answer counts as right.
    reason
        Empty when passed; else one clause in words and shapes.
    reason_without_numbers
        The same for a hidden case: it gives away no shape and no value.
    error
        Largest relative error, or ``None`` where the answer could not be compared at all.
    costs
        Where the numbers are right and only their form is not: the group of cases that the fault belongs to, whatever the
        group of the case. Empty where the fault belongs to the case.
    """

    passed: bool
    reason: str = ""
    reason_without_numbers: str = ""
    error: float | None = None
    costs: str = ""


def compare(actual: Any, expected: Any, *, per: str = "array", floor: float | None = None, float32: bool = False) -> Comparison:
    """Compare a student's answer with the truth.

    Parameters
    ----------
    actual
        What the student's function returned: an array or a number.
    expected
        Real array or number, or an :class:`~matrix_checks.checks.estimate.Estimate` whose bound is then added to the tolerance.
    per
        What an error is measured against: the largest entry of the whole ``"array"``, of its ``"row"`` or ``"column"``,
        or each ``"entry"`` itself.
    floor
        Errors are never measured against less than this; 1e-6 if not given for ``"array"``, else 0. The size of the terms
        that cancel is a good value for an answer that is zero.
    float32
        Whether the arguments were float32: then the answer must be, too, and is compared at that precision.

    Returns
    -------
    Comparison
        The tolerance is 1e-9 relative for float64 and 2e-5 for float32.
    """
    bound = 0.0
    if isinstance(expected, Estimate):
        expected, bound = expected.value, expected.error_bound
    expected = np.asarray(expected, dtype=np.float64)

    kind = wrong_kind(actual)
    if kind:
        return Comparison(False, kind, kind)
    array = np.asarray(actual)
    if array.shape != expected.shape:
        shapes = f"{shape_in_words(array.shape)}, where {shape_in_words(expected.shape)} is expected"
        form = _length_one(array.shape, expected.shape)
        truth = Estimate(expected, np.asarray(bound))
        if form and compare(array.reshape(expected.shape), truth, per=per, floor=floor, float32=float32).passed:
            return Comparison(False, f"{shapes}: {form}", form, costs="edge")
        return Comparison(False, shapes, "the result has another shape than the answer")
    # A plain Python number has no dtype that it could have kept.
    dtype = "" if isinstance(actual, (int, float)) and not isinstance(actual, np.generic) else wrong_dtype(array, float32)
    if dtype:
        return _of_wrong_dtype(array, dtype, Estimate(expected, np.asarray(bound)), per, floor)
    wide = array.astype(np.float64)
    reason = not_finite(wide)
    if reason:
        return Comparison(False, reason, reason)
    if expected.size == 0:
        return Comparison(True, error=0.0)

    scale = np.maximum(error_scale(expected, per), (ARRAY_FLOOR if per == "array" else 0.0) if floor is None else floor)
    excess = np.maximum(np.abs(wide - expected) - bound, 0.0)
    relative = np.divide(excess, scale, out=np.where(excess > 0, np.inf, 0.0), where=scale > 0)
    error = float(relative.max())
    tolerance = TOLERANCE[np.dtype(np.float32 if float32 else np.float64)]
    if error <= tolerance:
        return Comparison(True, error=error)
    return Comparison(False, f"{error_in_words(error)}", "the values are not right", error)


def _length_one(shape: tuple, expected: tuple) -> str:
    """What happened to an axis of length one, in one clause without a number; else an empty string."""
    if len(expected) == 1 and shape == (1, *expected):
        return "the numbers are right, and an axis of length one stands before them: `keepdims=True`, `np.newaxis` or `reshape` leaves it"
    if expected == (1,) and shape == ():
        return "the number is right, and its axis is gone: of one feature, too, an array is expected, and `squeeze` takes it away"
    return ""


def _of_wrong_dtype(array: np.ndarray, reason: str, truth: Estimate, per: str, floor: float | None) -> Comparison:
    """The verdict on an array of a dtype that cannot be right; where only its precision is wrong, this costs numerical care only."""
    if array.dtype not in (np.float32, np.float64):
        return Comparison(False, reason, reason)
    # float32 stands for float64, or the reverse: right is what the less precise one can hold.
    with np.errstate(over="ignore"):
        single = array.astype(np.float32)
    right = compare(single, truth, per=per, floor=floor, float32=True).passed
    return Comparison(False, reason, reason, costs="care" if right else "")


def wrong_kind(value: Any) -> str:
    """One clause when ``value`` is no plain real array or number, else an empty string."""
    if value is None:
        return "the function returned None: does it end with `return`?"
    if isinstance(value, (bool, np.bool_)):
        return "the function returned a truth value, where numbers are expected"
    if isinstance(value, Foreign):
        return FOREIGN_KINDS[value.kind]
    if type(value) in (list, tuple, dict, str):
        return f"the function returned a {type(value).__name__}, where a NumPy array is expected"
    if isinstance(value, set):
        return FOREIGN_KINDS["set"]
    if not isinstance(value, (int, float, np.generic, np.ndarray)):
        return FOREIGN_KINDS["object"]
    if isinstance(value, np.ndarray) and type(value) is not np.ndarray:
        return FOREIGN_KINDS["subclass"]
    if np.asarray(value).dtype.kind not in "biufc":
        return FOREIGN_KINDS["dtype"]
    return ""


def wrong_dtype(array: np.ndarray, float32: bool) -> str:
    """One clause when the dtype cannot be right, else an empty string."""
    if array.dtype.kind == "c":
        return "the result is complex, where real numbers are expected"
    if array.dtype.kind not in "fiu":
        return f"the result has dtype {array.dtype.name}, where floating-point numbers are expected"
    if float32 and array.dtype != np.float32:
        return f"the result is {array.dtype.name}, although every argument is float32: keep the dtype of the arguments"
    if not float32 and array.dtype.kind == "f" and array.dtype.itemsize < 8:
        return f"the result is {array.dtype.name}: keep the precision of the arguments, which is float64"
    return ""


def wrong_numbers(value: Any) -> str:
    """One clause when ``value`` is no array or number of finite integers or floats of at most 64 bits, else an empty string."""
    kind = wrong_kind(value)
    if kind:
        return kind
    array = np.asarray(value)
    if array.dtype.kind == "f":
        wide = array.dtype.itemsize > 8
        return f"the result has dtype {array.dtype.name}, where float64 is expected" if wide else not_finite(array)
    return wrong_dtype(array, float32=False)


def not_finite(array: np.ndarray) -> str:
    """One clause when an array holds NaN or infinity, else an empty string."""
    if np.all(np.isfinite(array)):
        return ""
    return f"the result holds {'NaN' if np.any(np.isnan(array)) else 'infinity'}"


def error_scale(expected: np.ndarray, per: str) -> np.ndarray:
    """What the error of each entry is divided by; same shape as ``expected`` (see :func:`compare`)."""
    size = np.abs(expected)
    if per == "entry" or size.ndim == 0:
        return size
    if per == "array":
        return np.broadcast_to(size.max(), size.shape)
    axes = {"row": -1, "column": 0}
    if per not in axes:
        raise ValueError(f'per must be "array", "row", "column" or "entry", not {per!r}.')
    return np.broadcast_to(size.max(axis=axes[per], keepdims=True), size.shape)


def error_in_words(error: float) -> str:
    """A relative error as students see it. Rounding noise is not printed: it differs from machine to machine."""
    if error == 0 or error < ROUNDING_LEVEL:
        return "relative error below 1e-14"
    return f"relative error {error:.0e}" if np.isfinite(error) else "infinite relative error"


def shape_in_words(shape: tuple) -> str:
    """``shape (2, 3)``, or ``a single number`` for the empty shape."""
    return f"shape {shape}" if shape else "a single number"
