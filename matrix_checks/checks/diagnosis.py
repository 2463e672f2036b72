"""What went wrong, in words, where the numbers leave no doubt.

Three sources of words: outputs that have changed places, the mistakes that an exercise declares, each a function that makes it,
and relations that make sense for any array (transposed, sign, a factor). All are tried against the student's numbers in every
case, and against the right ones: what cannot be told from a right answer explains nothing. A sentence is given if it explains
every wrong value of an output and contradicts no right one; or, said so, the wrong values of several cases. One coincidence is
no diagnosis.
"""

import itertools
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

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
    """A sentence that explains the numbers of an output.

    Attributes
    ----------
    sentence
        What was done.
    of_one_output
        Whether it was declared for this output alone.
    changes
        The outputs that the mistake makes wrong, where it was declared for all of them.
    """

    sentence: str
    of_one_output: bool = False
    changes: tuple[str, ...] = ()


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


def diagnose(readings: list[Reading], knowledge: Knowledge, raised: Sequence[tuple] = ()) -> list[str]:
    """A sentence for the wrong outputs whose numbers can be explained; outputs with the same explanation share one.

    Parameters
    ----------
    readings
        Every output of every case that could be read as a real array, right ones included.
    knowledge
        The mistakes and dimensions that the exercise declares.
    raised
        The arguments of calls whose arrays did not fit: a mistake that gives numbers there is not the one that was made.
    """
    possible = [mistake for mistake in knowledge.mistakes if not any(_gives_numbers(mistake, arguments) for arguments in raised)]
    knowledge = replace(knowledge, mistakes=possible)
    exchanged = exchanged_outputs(readings)
    explanations: dict[str, list[Explanation]] = {}
    for output, own in _by_output(readings).items():
        if any(output in group for group in exchanged):
            continue
        if any(reading.wrong and reading.expected.size for reading in own) and (found := _explanations(own, knowledge, readings)):
            explanations[output] = found
    return exchanged_in_words(exchanged) + said_once(explanations, right_outputs(readings))


def _explanations(readings: list[Reading], knowledge: Knowledge, every: list[Reading]) -> list[Explanation]:
    fits = [fit for mistake in knowledge.mistakes if (fit := _fit(mistake, readings, knowledge.outputs))]
    whole = [explanation_of(fit.mistake, every, knowledge.outputs) for fit in fits if fit.whole]
    if whole:
        return whole
    sentence = general_relation(readings, knowledge.dimensions) or _partly(fits)
    return [Explanation(sentence)] if sentence else []


def explanation_of(mistake: Mistake, readings: list[Reading], outputs: tuple[str, ...]) -> Explanation:
    """The explanation that a mistake is, with the outputs that it changes in these readings."""
    changed: dict[str, None] = {}
    for reading in [] if mistake.output else readings:
        value = mistaken_output(mistake, reading.arguments, reading.output, outputs)
        if value is not None and not close(value, reading.expected, reading):
            changed[reading.output] = None
    return Explanation(mistake.sentence, bool(mistake.output), tuple(changed))


def right_outputs(readings: list[Reading]) -> set[str]:
    """The outputs that were judged, and right in every case."""
    judged = [reading for reading in readings if reading.judged]
    return {reading.output for reading in judged} - {reading.output for reading in judged if reading.wrong}


def said_once(explanations: dict[str, list[Explanation]], right: set[str]) -> list[str]:
    """A sentence for the outputs that can be explained, by their names; outputs with the same explanation share one.

    A mistake that would have changed a right output is not said where another one explains the numbers. A mistake may be declared for all outputs together, and for one of them in other words. So what explains all outputs is said of
    all of them and nothing else is; where nothing does, what is declared for one output goes before what is declared for all.
    """
    explanations = {
        output: [each for each in found if right.isdisjoint(each.changes)] or found for output, found in explanations.items()
    }
    every = [{each.sentence for each in found} for found in explanations.values()]
    shared = set.intersection(*every) if len(every) > 1 else set()
    outputs_of: dict[str, list[str]] = {}
    for output, found in explanations.items():
        own = [each for each in found if each.sentence in shared] or [each for each in found if each.of_one_output] or found
        outputs_of.setdefault(", or: ".join(dict.fromkeys(each.sentence for each in own)), []).append(output)
    return [f"{', '.join(outputs)}: {sentence}" if any(outputs) else sentence for sentence, outputs in outputs_of.items()]


def _gives_numbers(mistake: Mistake, arguments: tuple) -> bool:
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            mistake.function(*arguments)
    except Exception:
        return False
    return True


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


def exchanged_outputs(readings: list[Reading]) -> list[tuple[str, ...]]:
    """Groups of wrong outputs that hold each other's numbers, wherever one of them is wrong: pairs, or more in a circle."""
    calls: dict[int, dict[str, Reading]] = {}
    for reading in readings:
        calls.setdefault(id(reading.arguments), {})[reading.output] = reading
    names = list(dict.fromkeys(reading.output for reading in readings if reading.wrong))
    holder_of = {one: other for one, other in itertools.permutations(names, 2) if _holds(one, other, list(calls.values()))}
    groups: list[tuple[str, ...]] = []
    for name in names:
        circle = [name]
        while (following := holder_of.get(circle[-1], name)) not in circle:
            circle.append(following)
        closed = len(circle) > 1 and holder_of.get(circle[-1]) == name
        if closed and not any(name in group for group in groups):
            groups.append(tuple(sorted(circle, key=names.index)))
    return groups


def exchanged_in_words(groups: list[tuple[str, ...]]) -> list[str]:
    """A sentence for each group."""
    words = [("have changed places" if len(group) == 2 else "have changed places in a circle") for group in groups]
    return [f"{', '.join(group[:-1])} and {group[-1]} {said}" for group, said in zip(groups, words)]


def _holds(one: str, other: str, calls: list[dict[str, Reading]]) -> bool:
    """Whether output ``one`` holds the right numbers of ``other`` in every call where it is wrong itself."""
    wrong = [call for call in calls if one in call and other in call and call[one].wrong]
    return bool(wrong) and all(close(call[one].actual, call[other].expected, call[other]) for call in wrong)


def _fit(mistake: Mistake, readings: list[Reading], outputs: tuple[str, ...]) -> _Fit | None:
    """How a mistake fits the readings of one output; ``None`` where it explains nothing, or no more than a shape of one case."""
    explained: list[Reading] = []
    by_shape_only: list[Reading] = []
    agreeing, whole = 0, True
    for reading in readings:
        value = mistaken_output(mistake, reading.arguments, reading.output, outputs)
        if value is None:
            # Where only the shape is wrong, a mistake may have nothing to say: it could not be told from others there.
            whole = whole and reading.wrong and same_numbers(reading.actual, reading)
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
        remaining = [[reading for reading in fit.explained if id(reading) in left] for fit in fits]
        best = max(remaining, key=_weight, default=[])
        if not _weight(best):
            break
        same = [fit.mistake.sentence for fit, own in zip(fits, remaining) if [*map(id, own)] == [*map(id, best)]]
        sentences.append(PARTLY + ", or: ".join(dict.fromkeys(same)))
        left -= {id(reading) for reading in best}
    return "; ".join(sentences)


def _weight(explained: list[Reading]) -> int:
    """The number of cases, or zero where they are too few or too poor to be more than a coincidence."""
    numbers = sum(len(np.unique(reading.actual[np.isfinite(reading.actual) & (reading.actual != 0)])) for reading in explained)
    return len(explained) if len(explained) >= CASES and numbers >= NUMBERS else 0
