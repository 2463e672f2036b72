"""Diagnoses that travel with the release without giving anything away.

A release may not say which mistakes an exercise expects: a sentence that names the mistake names the answer. So each sentence is
locked with the very numbers that the mistake gives. Who makes the mistake has the key.

Sealed are the declared mistakes, and the factors that a declared dimension can be. The numbers are those of the visible cases and of
the probes: cases that earn nothing, with square arrays, where a forgotten transpose raises no exception. A function may raise in
some cases, so that there is a lock for each set of cases that may give numbers, and for each set of cases in which the mistake
may raise.

What the seal protects: no sentence can be read, and no formula, without the numbers of the mistake, to six digits. Of the hidden
part of a check, the release holds no input, no answer and no code. The inputs of the probes are readable, and made for the release:
only their sizes, and in which arrays there are negative numbers, are those of the hidden part.

What it does not protect: how many mistakes are declared, how long each sentence is, and a mistake that somebody guesses. Who
programs it has its numbers, and learns from the sentence that the course expects it, which is what a check says of it anyway. The
factors of a dimension need no program, since the expected numbers of a visible case are readable: they tell that a sum and a mean
are taken for each other, and no formula.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from matrix_checks.checks.cases import map_arrays
from matrix_checks.checks.diagnosis import (
    PARTLY,
    Dimension,
    Explanation,
    Knowledge,
    Reading,
    explanation_of,
    mistaken_output,
    right_outputs,
    said_once,
)
from matrix_checks.checks.readings import same_numbers

SEALED_FILE = "mistakes.json"
DIGITS = 6
# Of so many cases every set gets a lock; of more, only all together.
MOST_SETS_OF = 4
# A mistake in some of the cases must give so many different numbers there: fewer may be a coincidence.
FEWEST_NUMBERS = 4
# A factor of these sizes is a sign of nothing: it is 1, or the factor of 2 that a check names by itself.
COMMON_SIZES = {1, 2}

# By the place of a case, one output.
ByPlace = dict[int, Reading]


def seal_mistakes(function_name: str, cases: list[list[Reading]], knowledge: Knowledge) -> list[dict[str, str]]:
    """What one exercise knows of mistakes, each sentence locked with the numbers that the mistake gives.

    Parameters
    ----------
    function_name
        The function that is checked.
    cases
        The readings of each visible case, and then of each probe.
    knowledge
        What the exercise declares.

    Returns
    -------
    list of dict
        ``{"lock": ..., "text": ...}``. Mistakes that the cases cannot tell from a right answer are left out.
    """
    sealed = []
    for output, own in _by_output(cases).items():
        for explanation, values in _mistakes(output, own, knowledge, [reading for case in cases for reading in case]):
            text = json.dumps([explanation.sentence, explanation.of_one_output, explanation.changes]).encode()
            for places in _sets(own):
                given = {place: value for place in places if (value := values.get(place)) is not None}
                # Right numbers in another shape have many causes.
                is_telling = any(not same_numbers(value, own[place]) for place, value in given.items())
                right = key_of(function_name, output, {place: own[place].expected for place in places})
                if len(given) < len(places) or not is_telling or key_of(function_name, output, given) == right:
                    continue
                # Who raises where the mistake gives numbers made another one.
                for raised in _subsets([place for place in own if values.get(place) is None]):
                    key = key_of(function_name, output, given | dict.fromkeys(raised))
                    sealed.append({"lock": _lock(key), "text": base64.b64encode(_mix(key, text)).decode()})
    return sealed


def open_sealed(function_name: str, cases: list[list[Reading]]) -> list[str]:
    """The sentences that a student's numbers open, read from :data:`SEALED_FILE` in this folder.

    A missing or spoilt file opens nothing: students may have copied the notebook alone.

    Parameters
    ----------
    function_name, cases
        As for :func:`seal_mistakes`; a case in which the function raised has no readings.
    """
    try:
        sealed = _of_the_file(function_name)["mistakes"]
        explanations = {}
        for output, own in _by_output(cases).items():
            raised = dict.fromkeys(place for place, readings in enumerate(cases) if not readings)
            locks = _Locks(sealed, function_name, output, raised)
            if found := _opened(locks, own) or _opened_partly(locks, own):
                explanations[output] = found
        return said_once(explanations, right_outputs([reading for case in cases for reading in case]))
    except (OSError, ValueError, KeyError, TypeError):
        return []


class _Locks(NamedTuple):
    """What is locked, for one output of a function, and the places of the cases in which a student's function raised."""

    sealed: list[dict[str, str]]
    function_name: str
    output: str
    raised: dict[int, None]


def _opened(locks: _Locks, own: ByPlace) -> list[Explanation]:
    """The explanations whose locks the numbers of these cases open, all together."""
    numbers = locks.raised | {place: reading.actual for place, reading in own.items()}
    key = key_of(locks.function_name, locks.output, numbers)
    texts = [json.loads(_mix(key, base64.b64decode(each["text"]))) for each in locks.sealed if each["lock"] == _lock(key)]
    return [Explanation(sentence, of_one_output, tuple(changes)) for sentence, of_one_output, changes in texts]


def _opened_partly(locks: _Locks, own: ByPlace) -> list[Explanation]:
    """The explanations of all cases that are not right, where others are: a mistake in one mode, say.

    No other set of cases is tried: of some wrong cases alone, another mistake may have the numbers.
    """
    left = {place: reading for place, reading in own.items() if reading.wrong or not reading.judged}
    numbers = [value for reading in left.values() if reading.wrong for value in map(_rounded, np.ravel(reading.actual))]
    if left.keys() == own.keys() or len(set(numbers)) < FEWEST_NUMBERS:
        return []
    return [replace(each, sentence=PARTLY + each.sentence) for each in _opened(locks, left)]


def seal_probe(arguments: tuple) -> list[Any]:
    """The arguments of a probe as JSON data."""
    return [_to_json(argument) for argument in arguments]


def read_probes(function_name: str) -> list[tuple]:
    """The arguments of the probes that travelled with the release; none where :data:`SEALED_FILE` is missing or spoilt."""
    try:
        return [tuple(_from_json(argument) for argument in arguments) for arguments in _of_the_file(function_name)["probes"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def public_arguments(function_name: str, place: int, arguments: tuple) -> tuple:
    """Arguments of the same kinds and sizes, with numbers that have nothing to do with the hidden ones.

    A generator that the hidden part has seeded gives its other numbers, too, to whoever finds the seed: so nothing of it travels.
    """
    seed = int.from_bytes(hashlib.sha256(f"{function_name} {place}".encode()).digest()[:8], "big")
    generator = np.random.default_rng(seed)

    def fresh(array: np.ndarray) -> np.ndarray:
        numbers = np.round(generator.uniform(0.3, 1.9, size=array.shape), 4)
        # Variances and probabilities stay positive.
        return numbers * generator.choice([-1.0, 1.0], size=array.shape) if np.any(array < 0) else numbers

    return tuple(map_arrays(argument, fresh) for argument in arguments)


def key_of(function_name: str, output: str, arrays: Mapping[int, np.ndarray | None]) -> bytes:
    """The key: a digest of the numbers of one output, by the places of the cases, rounded to six digits."""
    parts = [function_name, output]
    for place, array in sorted(arrays.items()):
        numbers = [] if array is None else [_rounded(value) for value in np.ravel(array)]
        parts.append(f"{place} {None if array is None else array.shape} {' '.join(numbers)}")
    return hashlib.sha256("\n".join(parts).encode()).digest()


def _mistakes(
    output: str, own: ByPlace, knowledge: Knowledge, every: list[Reading]
) -> Iterator[tuple[Explanation, dict[int, np.ndarray | None]]]:
    """Each explanation, with what the output would be in each case; ``None`` where the mistake raises."""
    for mistake in knowledge.mistakes:
        yield (
            explanation_of(mistake, every, knowledge.outputs),
            {place: mistaken_output(mistake, reading.arguments, output, knowledge.outputs) for place, reading in own.items()},
        )
    for dimension in knowledge.dimensions:
        sizes = {place: _size(dimension, reading.arguments) for place, reading in own.items()}
        telling = {place: size for place, size in sizes.items() if size}
        if set(telling.values()) <= COMMON_SIZES:
            continue
        yield Explanation(dimension.averaged), {place: own[place].expected / size for place, size in telling.items()}
        yield Explanation(dimension.summed), {place: own[place].expected * size for place, size in telling.items()}


def _size(dimension: Dimension, arguments: tuple) -> int:
    try:
        return int(dimension.size(*arguments))
    except Exception:
        return 0


def _sets(own: ByPlace) -> Iterator[Sequence[int]]:
    """Sets of cases that a lock is made for."""
    if len(own) > MOST_SETS_OF:
        yield tuple(own)
        return
    yield from filter(None, _subsets(list(own)))


def _subsets(places: list[int]) -> Iterator[Sequence[int]]:
    for count in range(len(places) + 1):
        yield from combinations(places, count)


def _rounded(value: float) -> str:
    # Rounding noise, and the sign of a zero, tell nothing.
    return f"{0.0 if abs(value) < 1e-12 else float(value):.{DIGITS - 1}e}"


def _by_output(cases: list[list[Reading]]) -> dict[str, ByPlace]:
    grouped: dict[str, ByPlace] = {}
    for place, readings in enumerate(cases):
        for reading in readings:
            grouped.setdefault(reading.output, {})[place] = reading
    return grouped


def _of_the_file(function_name: str) -> dict[str, Any]:
    return json.loads(Path(SEALED_FILE).read_text(encoding="utf-8"))[function_name]


def _to_json(argument: Any) -> Any:
    if isinstance(argument, np.ndarray):
        return {"array": argument.tolist()}
    if isinstance(argument, dict):
        return {"dictionary": {key: _to_json(value) for key, value in argument.items()}}
    return argument


def _from_json(argument: Any) -> Any:
    if not isinstance(argument, dict):
        return argument
    if "array" in argument:
        return np.array(argument["array"])
    return {key: _from_json(value) for key, value in argument["dictionary"].items()}


def _lock(key: bytes) -> str:
    return hashlib.sha256(key + b"lock").hexdigest()[:16]


def _mix(key: bytes, data: bytes) -> bytes:
    stream = b"".join(hashlib.sha256(key + number.to_bytes(4, "big")).digest() for number in range(len(data) // 32 + 1))
    return bytes(one ^ other for one, other in zip(data, stream))
