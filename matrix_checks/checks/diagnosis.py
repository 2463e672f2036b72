"""What went wrong, in words, where the numbers leave no doubt.

Two sources of words: relations that make sense for any array (transposed, sign, a factor), and the mistakes that an exercise
declares, each a function that makes it. Both are tried against the student's numbers in every case. A sentence is given only
if it explains all of them; one coincidence is no diagnosis.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

CLOSE, CLOSE_FLOAT32 = 1e-7, 1e-4
NEARLY = 1e-3


@dataclass(frozen=True)
class Reading:
    """One output of one call beside the right answer.

    Attributes
    ----------
    output
        Name of the output, or an empty string.
    arguments
        What the function was called with.
    actual, expected
        Real float64 arrays.
    per
        What the error was measured against, see :func:`matrix_checks.checks.comparing.compare`.
    float32
        Whether the arguments were float32.
    passed
        Whether the comparison let it pass.
    """

    output: str
    arguments: tuple
    actual: np.ndarray
    expected: np.ndarray
    per: str = "array"
    float32: bool = False
    passed: bool = False

    @property
    def wrong(self) -> bool:
        """Whether the values differ; a right array of the wrong dtype is no riddle."""
        return not self.passed and not _close(self.actual, self.expected, self, strict=True)


@dataclass(frozen=True)
class Mistake:
    """A mistake that students make in one exercise.

    Attributes
    ----------
    sentence
        What was done, in the exercise's symbols.
    function
        Makes the mistake: called like the student's function, it returns what that would return.
    output
        The output that is wrong, where ``function`` returns only that one.
    """

    sentence: str
    function: Callable
    output: str = ""


@dataclass(frozen=True)
class Dimension:
    """A size that may turn up as a factor: its letter, what it counts, and how to find it from the arguments."""

    letter: str
    meaning: str
    size: Callable

    @property
    def averaged(self) -> str:
        """What is said of a result that is too small by this factor."""
        return f"a factor of 1/{self.letter} too many, where {self.letter} is {self.meaning}: averaged, where a sum belongs"

    @property
    def summed(self) -> str:
        """What is said of a result that is too large by this factor."""
        return f"a factor of {self.letter} too many, where {self.letter} is {self.meaning}: summed, where an average belongs"


@dataclass(frozen=True)
class Explanation:
    """A sentence that explains the numbers of an output, and whether it was declared for this output alone."""

    sentence: str
    of_one_output: bool = False


@dataclass
class Knowledge:
    """What an exercise knows about its mistakes."""

    outputs: tuple[str, ...] = ()
    mistakes: list[Mistake] = field(default_factory=list)
    dimensions: list[Dimension] = field(default_factory=list)


def diagnose(readings: list[Reading], knowledge: Knowledge) -> list[str]:
    """A sentence for the wrong outputs whose numbers can be explained; outputs with the same explanation share one.

    Parameters
    ----------
    readings
        Every output of every case that could be read as a real array, right ones included.
    knowledge
        The mistakes and dimensions that the exercise declares.
    """
    explanations: dict[str, list[Explanation]] = {}
    for output in dict.fromkeys(reading.output for reading in readings):
        own = [reading for reading in readings if reading.output == output]
        if not any(reading.wrong and reading.expected.size for reading in own):
            continue
        found = _declared(own, knowledge)
        if not found and (sentence := _general(own, knowledge)):
            found = [Explanation(sentence)]
        if found:
            explanations[output] = found
    return said_once(explanations)


def mistaken_output(mistake: Mistake, arguments: tuple, output: str, outputs: tuple[str, ...]) -> np.ndarray | None:
    """What one output would be if the mistake were made; ``None`` where the mistake raises or says nothing about it."""
    if mistake.output and mistake.output != output:
        return None
    try:
        # A warning on stderr would cost the whole cell, see nbgrader's rule for outputs.
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            value = mistake.function(*arguments)
        name, _, key = output.partition("[")
        if outputs and not mistake.output:
            value = value[outputs.index(name)]
        if isinstance(value, dict):
            value = value[key.rstrip("]") or name]
        return np.asarray(value, dtype=np.float64)
    except Exception:
        # A mistake may be impossible in some cases: shapes that cannot be multiplied, say.
        return None


def _declared(readings: list[Reading], knowledge: Knowledge) -> list[Explanation]:
    explaining = [mistake for mistake in knowledge.mistakes if _explains(mistake, readings, knowledge.outputs)]
    return [Explanation(mistake.sentence, bool(mistake.output)) for mistake in explaining]


def said_once(explanations: dict[str, list[Explanation]]) -> list[str]:
    """A sentence for the outputs that can be explained, by their names; outputs with the same explanation share one.

    A mistake may be declared for all outputs together, and for one of them in other words. So what explains all outputs is said of
    all of them and nothing else is; where nothing does, what is declared for one output goes before what is declared for all.
    """
    every = [{each.sentence for each in found} for found in explanations.values()]
    shared = set.intersection(*every) if len(every) > 1 else set()
    outputs_of: dict[str, list[str]] = {}
    for output, found in explanations.items():
        own = [each for each in found if each.sentence in shared] or [each for each in found if each.of_one_output] or found
        outputs_of.setdefault(", or: ".join(dict.fromkeys(each.sentence for each in own)), []).append(output)
    return [f"{', '.join(outputs)}: {sentence}" if any(outputs) else sentence for sentence, outputs in outputs_of.items()]


def _explains(mistake: Mistake, readings: list[Reading], outputs: tuple[str, ...]) -> bool:
    for reading in readings:
        value = mistaken_output(mistake, reading.arguments, reading.output, outputs)
        if value is None or not _close(reading.actual, value, reading):
            return False
    return True


def _general(readings: list[Reading], knowledge: Knowledge) -> str:
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
        if words and all(_close(array, reading.expected, reading) for array, reading in restored):
            return words
        factor = _constant_factor(restored, knowledge.dimensions)
        if factor:
            return f"{words}, and {factor}" if words else factor
    return _precision(telling)


def _constant_factor(restored: list, dimensions: list[Dimension]) -> str:
    factors = []
    for array, reading in restored:
        expected = reading.expected
        if not np.all(np.isfinite(array)) or not np.any(array):
            return ""
        factor = float(np.sum(array * expected) / np.sum(expected * expected))
        if not _close(array, factor * expected, reading):
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


def _precision(readings: list[Reading]) -> str:
    """Right in the large and wrong in the small: the trace of a difference quotient."""
    comparable = [reading for reading in readings if reading.actual.shape == reading.expected.shape]
    if len(comparable) < len(readings) or not all(_close_within(NEARLY, reading) for reading in comparable):
        return ""
    by_entry = [reading for reading in comparable if reading.per != "array" and reading.wrong]
    lost = [reading for reading in by_entry if _lost_small_entries(reading)]
    if lost:
        return (
            "large entries are nearly right and small ones beside them are lost, as with a finite difference: "
            "does one stand in for the formula?"
        )
    if all(reading.wrong for reading in comparable if not reading.float32):
        return "nearly right in every case, but not to rounding: was something approximated?"
    return ""


def _lost_small_entries(reading: Reading) -> bool:
    size = np.abs(reading.expected)
    small = (size > 0) & (size < 1e-6 * size.max())
    return bool(np.any(np.abs(reading.actual - reading.expected)[small] > 0.1 * size[small]))


def _close_within(tolerance: float, reading: Reading) -> bool:
    difference = np.abs(reading.actual - reading.expected)
    return bool(np.all(difference <= tolerance * np.abs(reading.expected).max(initial=0.0)))


def _close(one: np.ndarray, other: np.ndarray, reading: Reading, strict: bool = False) -> bool:
    if one.shape != other.shape:
        return False
    finite = np.isfinite(other)
    if not np.array_equal(np.isfinite(one), finite) or not np.array_equal(one[~finite], other[~finite], equal_nan=True):
        return False
    tolerance = CLOSE_FLOAT32 if reading.float32 else 1e-9 if strict else CLOSE
    one, other = one[finite], other[finite]
    scale = np.abs(other) if strict and reading.per == "entry" else np.abs(other).max(initial=0.0)
    return bool(np.all(np.abs(one - other) <= tolerance * scale + (1e-15 if strict else 1e-12) * (reading.per == "array")))


def _untransposed(actual: np.ndarray, expected: np.ndarray) -> np.ndarray | None:
    return actual.T if actual.ndim == 2 else None


def _from_row(actual: np.ndarray, expected: np.ndarray) -> np.ndarray | None:
    return actual[0] if expected.ndim == 1 and actual.shape == (1, *expected.shape) else None


def _squeezed(actual: np.ndarray, expected: np.ndarray) -> np.ndarray | None:
    return actual.reshape(expected.shape) if actual.size == expected.size and actual.ndim > expected.ndim else None
