r"""Moving statistics before and behind an update: ``\mu_{new} = \alpha \mu_{old} + (1 - \alpha) \mu`` and ``m_t = \alpha m_{t-1} + (1 - \alpha) \mu``.

Both are the kept one, as in the ``\mu_{mov} \leftarrow \alpha \mu_{mov} + (1 - \alpha) \mu`` of the exercise.
"""

from collections.abc import Sequence

from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tex import text_of
from matrix_checks.derivations.reading.tokens import Renamed, Token, Word, end_of_braces

STATISTICS = ("\\mu", "\\sigma")
MOVING = "moving"
ARROWS = ("\\Leftarrow", "\\to")
STEPS = ("t", "k", "n", "s", "i")
BELOW, ABOVE = "_", "^"
# Of a letter with a label: m_{\\text{new}}.
LONGEST = 9


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
    left, right = (_kept(statistic, part) for part in (tokens[:end], tokens[before[0] : behind]))
    return [*left, *_without_step(tokens[end : before[0]]), *right, *_without_step(tokens[behind:])]


def _without_step(tokens: list[Token]) -> list[Token]:
    """The tokens without the step below the statistic of the objects: ``\\mu_t`` beside ``m_{t+1}``."""
    for place, token in enumerate(tokens):
        label, end = _labelled(tokens, place)[1:]
        if token in STATISTICS and label in STEPS:
            return [*tokens[: place + 1], *tokens[end:]]
    return tokens


def _kept(statistic: str, written: Sequence[Token]) -> list[Token]:
    """The tokens of a kept statistic; the first one remembers how it was written."""
    shown = Renamed.of(statistic, text_of(list(written)))
    return [shown, Renamed.of(BELOW, ""), Renamed.of("{", ""), Word(MOVING, "{}"), Renamed.of("}", "")]


def _labelled(tokens: Sequence[Token], place: int) -> tuple[str, str, int]:
    """A letter at a place, the label that it has below or above, and where that ends; no label where there is none."""
    letter = str(tokens[place]) if place < len(tokens) else ""
    labels: list[str] = []
    end = place + 1
    while tokens[end : end + 1] in ([BELOW], [ABOVE]):
        behind = end_of_braces(tokens, end + 1, LONGEST) or end + 2
        labels.append(
            "".join(each.text if isinstance(each, Word) else str(each) for each in tokens[end + 1 : behind]).strip("{}()[]")
        )
        end = behind
    return letter, " ".join(sorted(labels, key=len, reverse=True)), end


def _is_step(letter: str, label: str, other: tuple[str, str, int]) -> bool:
    """Whether a letter is the same before an update: ``old`` beside ``new``, ``t-1`` beside ``t``, or ``t`` beside ``t+1``."""
    if other[0] != letter or not other[1]:
        return False
    before, behind = set(other[1].split()), set(label.split())
    (one,), (next_one,) = (before - behind or {""}), (behind - before or {""})
    named = one in ("old", "prev", "alt", "before") and next_one in ("new", "next", "neu", "after", "")
    return named or any((next_one, one) in ((step, f"{step}-1"), (f"{step}+1", step)) for step in STEPS)


def _stands_alone(tokens: Sequence[Token], letter: str) -> bool:
    """Whether a letter stands without a label, or with that of the batch or the step."""
    places = [place for place, token in enumerate(tokens) if token == letter]
    labels = [_labelled(tokens, place)[1] for place in places]
    return any(label in ("", "B", "b", "batch", *STEPS, "2", *(f"2 {each}" for each in ("B", *STEPS))) for label in labels)
