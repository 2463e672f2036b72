r"""Letters of which words say that they are Kronecker's delta: "$e_{ik}$ is 1 for equal indices, else 0", "$\kappa_{ij}$ is the Kronecker symbol"."""

import re
from collections.abc import Collection, Iterator, Sequence

from matrix_checks.derivations.reading.cases_in_words import cases_said
from matrix_checks.derivations.reading.conditions import Source

# What stands beside a letter and says what it is, in characters.
NEAR = 120
_INDEX = r"(?:[a-z]|\\(?:alpha|beta|gamma|mu|nu|lambda|rho|sigma))"
_LETTER = re.compile(
    rf"\s*(?P<letter>[A-Za-z]|\\[a-zA-Z]+)\s*_\s*\{{\s*(?P<one>{_INDEX})\s*,?\s*(?P<other>{_INDEX})\s*\}}\s*(?P<rest>=.*)?",
    re.DOTALL,
)
_KRONECKER = re.compile(r"(?i)(?:kronecker|кронекер|克罗内克|クロネッカー|크로네커)(?!\S*\s*(?:prod|sum|произвед|сумм|积|積|곱))")
_SENTENCE_BEFORE = re.compile(r"[.!?;](?:\s|$)|。|\n[ \t]*\n")
_SENTENCE_BEHIND = re.compile(r"[.!?;:](?:\s|$)|。|\n[ \t]*\n")
_ONE = r"1|ones?|eins|un[oa]?|unité|один|единиц\w+|одиниц\w+|jeden|jedynk\w+|bir"
_ZERO = r"0|zeros?|null|zéro|cero|нол\w+|нул\w+|sıfır"
_VALUE = re.compile(rf"(?i)(?<![\w.])(?:(?P<one>{_ONE})|(?P<zero>{_ZERO}))(?![\w.]\w)(?!\w)")


def deltas_in_words(found: Sequence[Source], known: Collection[str]) -> tuple[str, ...]:
    """The letters that words make Kronecker's delta, other than those that stand for something."""
    return tuple(dict.fromkeys(letter for letter in _letters(found) if letter not in known))


def _letters(found: Sequence[Source]) -> Iterator[str]:
    for place, piece in enumerate(found):
        match = _LETTER.fullmatch(piece.source) if piece.kind == "inline" else None
        if match is None or "\\begin" in (match["rest"] or ""):
            continue
        before = found[place - 1].source if place and found[place - 1].kind == "prose" else ""
        behind = _sentence_behind(found, place)
        is_called = match["rest"] is None and _KRONECKER.search(
            _SENTENCE_BEFORE.split(before)[-1][-NEAR:] + behind.partition("$")[0]
        )
        if is_called or _is_one_if_same(f"{match['rest'] or ''} {behind}", match["one"], match["other"]):
            yield match["letter"]


def _sentence_behind(found: Sequence[Source], place: int) -> str:
    """The rest of the sentence behind a formula, with the formulas in it."""
    parts = (each.source if each.kind == "prose" else f"${each.source}$" for each in found[place + 1 : place + 8])
    return _SENTENCE_BEHIND.split("".join(parts))[0][:NEAR]


def _is_one_if_same(sentence: str, one: str, other: str) -> bool:
    """Whether a sentence gives one for equal indices, and zero for different ones, and nothing else."""
    values = [(match.start(), match["one"] is not None) for match in _VALUE.finditer(sentence)]
    if sorted(is_one for _, is_one in values) != [False, True]:
        return False
    cases = list(cases_said(sentence, one, other))
    return bool(cases) and all(_value_at(values, start) == is_same for start, is_same in cases)


def _value_at(values: list[tuple[int, bool]], place: int) -> bool:
    """Whether what a sentence gives for the case at a place is a one: the last value before it, or the first of all."""
    return next((is_one for start, is_one in reversed(values) if start < place), values[0][1])
