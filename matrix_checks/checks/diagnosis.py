"""What went wrong, in words, where the numbers leave no doubt.

Three sources of words: outputs that have changed places, the mistakes that an exercise declares, each a function that makes it,
and relations that make sense for any array (transposed, sign, a factor). All are tried against the student's numbers in every
case, and against the right ones: what cannot be told from a right answer explains nothing. A sentence is given if it explains
every wrong value of an output and contradicts no right one; or, said so, the wrong values of several cases. One coincidence is
no diagnosis.
"""

import itertools
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from matrix_checks.checks.readings import Reading as Reading
from matrix_checks.checks.readings import close, explains, same_numbers
from matrix_checks.checks.relations import Dimension as Dimension
from matrix_checks.checks.relations import general_relation

PARTLY = "in some of the cases: "
# Of a mistake that explains only some of the wrong cases, so many cases and so many different numbers must speak.
CASES, NUMBERS = 2, 6


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


@dataclass(frozen=True)
class _Fit:
    """How a mistake fits one output: the wrong cases that it explains, and whether it fits all cases."""

    mistake: Mistake
    explained: list[Reading]
    whole: bool


def diagnose(readings: list[Reading], knowledge: Knowledge) -> list[str]:
    """A sentence for the wrong outputs whose numbers can be explained; outputs with the same explanation share one.

    Parameters
    ----------
    readings
        Every output of every case that could be read as a real array, right ones included.
    knowledge
        The mistakes and dimensions that the exercise declares.
    """
    exchanged = _exchanged(readings)
    if exchanged:
        return [f"{' and '.join(exchanged)} have changed places"]
    explanations: dict[str, list[Explanation]] = {}
    for output, own in _by_output(readings).items():
        if any(reading.wrong and reading.expected.size for reading in own) and (found := _explanations(own, knowledge)):
            explanations[output] = found
    return said_once(explanations)


def _explanations(readings: list[Reading], knowledge: Knowledge) -> list[Explanation]:
    fits = [fit for mistake in knowledge.mistakes if (fit := _fit(mistake, readings, knowledge.outputs))]
    whole = [Explanation(fit.mistake.sentence, bool(fit.mistake.output)) for fit in fits if fit.whole]
    if whole:
        return whole
    sentence = general_relation(readings, knowledge.dimensions) or _partly(fits)
    return [Explanation(sentence)] if sentence else []


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


def _by_output(readings: list[Reading]) -> dict[str, list[Reading]]:
    grouped: dict[str, list[Reading]] = {}
    for reading in readings:
        grouped.setdefault(reading.output, []).append(reading)
    return grouped


def _exchanged(readings: list[Reading]) -> tuple[str, ...]:
    """The two outputs of which each holds the numbers of the other, wherever one of them is wrong."""
    calls: dict[int, dict[str, Reading]] = {}
    for reading in readings:
        calls.setdefault(id(reading.arguments), {})[reading.output] = reading
    wrong = {reading.output for reading in readings if reading.wrong}
    for pair in itertools.combinations(sorted(wrong, key=[reading.output for reading in readings].index), 2):
        both = [(call[pair[0]], call[pair[1]]) for call in calls.values() if pair[0] in call and pair[1] in call]
        if both and all(_have_changed_places(one, other) for one, other in both if one.wrong or other.wrong):
            return pair
    return ()


def _have_changed_places(one: Reading, other: Reading) -> bool:
    return close(one.actual, other.expected, other) and close(other.actual, one.expected, one)


def _fit(mistake: Mistake, readings: list[Reading], outputs: tuple[str, ...]) -> _Fit | None:
    """How a mistake fits the readings of one output; ``None`` where it explains nothing, or no more than a shape of one case."""
    explained, by_shape_only, agreeing, whole = [], [], 0, True
    for reading in readings:
        value = mistaken_output(mistake, reading.arguments, reading.output, outputs)
        if value is None:
            whole = False
        elif not reading.wrong:
            agrees = close(reading.actual, value, reading)
            agreeing, whole = agreeing + agrees, whole and agrees
        elif not explains(value, reading):
            whole = False
        else:
            (by_shape_only if same_numbers(value, reading) else explained).append(reading)
    # Right numbers in another shape have many causes. The mistake is one only if it is seen to do no harm elsewhere.
    if not explained and not (by_shape_only and agreeing and whole):
        return None
    return _Fit(mistake, explained, whole)


def _partly(fits: list[_Fit]) -> str:
    """The mistakes that explain most of the wrong cases, and, of the cases left, those that explain most of them."""
    sentences: list[str] = []
    left = {id(reading) for fit in fits for reading in fit.explained}
    for _ in range(2):
        sizes = [_weight([reading for reading in fit.explained if id(reading) in left]) for fit in fits]
        most = max(sizes, default=0)
        if not most:
            break
        best = [fit for fit, size in zip(fits, sizes) if size == most]
        sentences.append(PARTLY + ", or: ".join(dict.fromkeys(fit.mistake.sentence for fit in best)))
        left -= {id(reading) for fit in best for reading in fit.explained}
    return "; ".join(sentences)


def _weight(explained: list[Reading]) -> int:
    """The number of cases, or zero where they are too few or too poor to be more than a coincidence."""
    numbers = sum(len(np.unique(reading.actual[np.isfinite(reading.actual) & (reading.actual != 0)])) for reading in explained)
    return len(explained) if len(explained) >= CASES and numbers >= NUMBERS else 0
