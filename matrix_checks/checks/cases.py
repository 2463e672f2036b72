"""Cases: what a function is called with, and the standard ways to vary it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Case:
    """One question put to a student's function.

    Attributes
    ----------
    label
        What the case is, in words that students read.
    group
        A key of :data:`matrix_checks.checks.scoring.GROUPS`.
    arguments
        What the function is called with.
    expected
        The right answer, a tuple of them for a function with several outputs; ignored where ``holds`` is given.
    holds
        Judges a result that has no single right answer: returns ``None`` or one sentence that says what is wrong.
    visible
        Whether students may see the numbers.
    per, floor
        See :func:`matrix_checks.checks.comparing.compare`.
    float32
        Whether the arguments are float32 and the result must be.
    repeated
        Whether the function is called twice, and must answer alike.
    """

    label: str
    group: str
    arguments: tuple
    expected: Any = None
    holds: Callable | None = None
    visible: bool = False
    per: str = "array"
    floor: float | None = None
    float32: bool = False
    repeated: bool = False


def standard_cases(arguments: tuple, truth: Callable, integers: bool) -> Iterator[Case]:
    """The variations that every function should survive: a view, a second call, float32, and integers if asked.

    Parameters
    ----------
    arguments
        Arguments of a general case; float64 arrays among them.
    truth
        Right answer as a function of the arguments.
    integers
        Whether whole numbers make sense as arguments.
    """
    views = tuple(_map_arrays(argument, _as_view) for argument in arguments)
    yield Case("arrays that are views with gaps between their entries", "edge", views, truth(*arguments))
    yield Case("the same call twice gives the same answer", "edge", arguments, truth(*arguments), repeated=True)
    if integers:
        whole = tuple(_map_arrays(argument, _as_integers) for argument in arguments)
        as_floats = tuple(_map_arrays(argument, lambda array: array.astype(np.float64)) for argument in whole)
        yield Case("arrays of integers", "edge", whole, truth(*as_floats))
    single = tuple(_map_arrays(argument, lambda array: array.astype(np.float32)) for argument in arguments)
    as_doubles = tuple(_map_arrays(argument, lambda array: array.astype(np.float64)) for argument in single)
    yield Case("float32 arrays give a float32 answer", "care", single, truth(*as_doubles), float32=True)


def are_float32(arguments: tuple) -> bool:
    """Whether arrays of real numbers are among the arguments, and all of them are float32."""
    kinds: set[np.dtype] = set()

    def note(array: np.ndarray) -> np.ndarray:
        kinds.add(array.dtype)
        return array

    for argument in arguments:
        _map_arrays(argument, note)
    return kinds == {np.dtype(np.float32)}


def _map_arrays(argument: Any, change: Callable) -> Any:
    if isinstance(argument, np.ndarray):
        # Labels and other integer arrays keep their meaning only as they are.
        return change(argument) if argument.dtype.kind == "f" else argument
    if isinstance(argument, dict):
        return {key: _map_arrays(value, change) for key, value in argument.items()}
    if isinstance(argument, (list, tuple)):
        return type(argument)(_map_arrays(value, change) for value in argument)
    return argument


def _as_view(array: np.ndarray) -> np.ndarray:
    if array.ndim == 0:
        return array
    wide = np.full(tuple(2 * n for n in array.shape), np.nan, dtype=array.dtype)
    view = wide[tuple(slice(None, None, 2) for _ in array.shape)]
    view[...] = array
    return view


def _as_integers(array: np.ndarray) -> np.ndarray:
    # Spread out before rounding: a standard normal would leave mostly zeros and ones.
    return np.rint(3 * array).astype(np.int64)
