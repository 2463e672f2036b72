r"""Moving statistics before and behind an update: ``\mu_{new} = \alpha \mu_{old} + (1 - \alpha) \mu`` and ``m_t = \alpha m_{t-1} + (1 - \alpha) \mu``.

Both are the kept one, as in the ``\mu_{mov} \leftarrow \alpha \mu_{mov} + (1 - \alpha) \mu`` of the exercise.
"""

import re
from collections.abc import Sequence

from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tex import text_of
from matrix_checks.derivations.reading.tokens import Renamed, Token, Word, end_of_braces, without_braces

STATISTICS = ("\\mu", "\\sigma")
MOVING = "moving"
ARROWS = ("\\Leftarrow", "\\to")
STEPS = ("t", "k", "n", "s", "i")
# At the statistic of a batch: the step, or the batch.
OF_BATCH = {*STEPS, "B", "b", "batch", "minibatch"}
ACCENTS = ("\\hat", "\\widehat", "\\bar", "\\overline", "\\tilde", "\\widetilde")
BELOW, ABOVE = "_", "^"
# Of a letter with a label: m_{\\text{new}}.
LONGEST = 9
_LABELS = re.compile(r"[\s,]+")


def with_moving_statistics(tokens: list[Token]) -> list[Token]:
    """The formula with the kept statistic for a letter that it updates: the one of which it has the plain letter on the right side."""
    sign = next((place for place, token in enumerate(tokens) if token in EQUALITIES or token in ARROWS), 0)
    letter, label, end = _labelled(tokens, 0)
    statistic = next((each for each in STATISTICS if _stands_alone(tokens[sign + 1 :], each)), "") if sign else ""
    if not label or end != sign or not statistic or "\\alpha" not in tokens[sign:]:
        return tokens
    before = [place for place in range(sign + 1, len(tokens)) if _is_step(letter, label, _labelled(tokens, place))]
    if len(before) != 1:
        return tokens
    behind = _labelled(tokens, before[0])[2]
    is_square = _is_square(tokens[sign + 1 :], statistic)
    left, right = (_kept(statistic, part, is_square) for part in (tokens[:end], tokens[before[0] : behind]))
    return [*left, *_without_step(tokens[end : before[0]]), *right, *_without_step(tokens[behind:])]


def _without_step(tokens: list[Token]) -> list[Token]:
    """The tokens without the step or the batch at the statistic of the objects: ``\\mu_t`` and ``\\mu_{batch}`` beside ``m_{t+1}``."""
    for place, token in enumerate(tokens):
        labels, end = _scripts(tokens, place + 1)
        if token in STATISTICS and any(label in OF_BATCH for label, _ in labels):
            kept = [each for label, script in labels if label not in OF_BATCH for each in script]
            shown = Renamed.of(str(token), text_of(tokens[place:end]) if not kept else str(token))
            return [*tokens[:place], shown, *kept, *tokens[end:]]
    return tokens


def _kept(statistic: str, written: Sequence[Token], is_square: bool) -> list[Token]:
    """The tokens of a kept statistic, which the text may write as a square; the first one remembers how it was written."""
    shown = Renamed.of(statistic, text_of(list(written)))
    square = [Renamed.of(ABOVE, ""), Renamed.of("2", "")] if is_square else []
    return [shown, Renamed.of(BELOW, ""), Renamed.of("{", ""), Word(MOVING, "{}"), Renamed.of("}", ""), *square]


def _is_square(tokens: Sequence[Token], statistic: str) -> bool:
    """Whether a statistic is written as a square, as the variance often is."""
    places = [place for place, token in enumerate(tokens) if token == statistic]
    return any(label == "2" for place in places for label, _ in _scripts(tokens, place + 1)[0])


def _labelled(tokens: Sequence[Token], place: int) -> tuple[str, str, int]:
    """A letter at a place, the label that it has below or above, and where that ends; no label where there is none."""
    letter, end = str(tokens[place]) if place < len(tokens) else "", place + 1
    if letter in ACCENTS:
        end = end_of_braces(tokens, place + 1, LONGEST) or place + 2
        letter = " ".join(map(str, without_braces(list(tokens[place:end]))))
    labels, end = _scripts(tokens, end)
    return letter, " ".join(sorted((label for label, _ in labels), key=len, reverse=True)), end


def _scripts(tokens: Sequence[Token], place: int) -> tuple[list[tuple[str, Sequence[Token]]], int]:
    """What stands below and above what ends before a place, each as a label and as it is written, and where it ends."""
    labels: list[tuple[str, Sequence[Token]]] = []
    while tokens[place : place + 1] in ([BELOW], [ABOVE]):
        behind = end_of_braces(tokens, place + 1, LONGEST) or place + 2
        inside = (each.text if isinstance(each, Word) else str(each) for each in tokens[place + 1 : behind])
        labels.append(("".join(inside).strip("{}()[]"), tokens[place:behind]))
        place = behind
    return labels, place


def _is_step(letter: str, label: str, other: tuple[str, str, int]) -> bool:
    """Whether a letter is the same before an update: ``old`` beside ``new``, ``t-1`` beside ``t``, or ``t`` beside ``t+1``."""
    if other[0] != letter or not other[1]:
        return False
    before, behind = set(_LABELS.split(other[1])), set(_LABELS.split(label))
    if len(before - behind) > 1 or len(behind - before) > 1:
        return False
    (one,), (next_one,) = (before - behind or {""}), (behind - before or {""})
    named = one in ("old", "prev", "alt", "before") and next_one in ("new", "next", "neu", "after", "")
    return named or any((next_one, one) in ((step, f"{step}-1"), (f"{step}+1", step)) for step in STEPS)


def _stands_alone(tokens: Sequence[Token], letter: str) -> bool:
    """Whether a letter stands without a label, or with that of the batch or the step."""
    places = [place for place, token in enumerate(tokens) if token == letter]
    labels = [{label for label, _ in _scripts(tokens, place + 1)[0]} for place in places]
    return any(label - {"2"} <= OF_BATCH and len(label - {"2"}) <= 1 for label in labels)
