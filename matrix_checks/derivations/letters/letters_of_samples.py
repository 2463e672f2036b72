r"""The exercise's letter of another size as the number of samples: ``\bar x_j = \frac1n\sum_i x_{ij}``, where it has ``N`` for that."""

from collections.abc import Iterator

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import NotUnderstood, Token
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import View

SAMPLES, LETTER = "N", "n"
# For what the exercise calls n.
INSTEAD = "p"
# In tokens.
BEFORE, BEHIND = 8, 8


def take_letter_of_samples(context: Context, found: list[Piece]) -> str:
    """The text's own letter for the number of samples, where sums over the first index of two say so, and the text has no ``N``.

    Where it is the exercise's letter of another size, the views get the text's letters.
    """
    if not any(LETTER in view.letters and SAMPLES in view.letters for view in context.views):
        return ""
    counts: set[str] = set()
    for piece in found:
        if piece.kind == "prose":
            continue
        try:
            tokens = without_braces(context.tokens(piece.source))
        except NotUnderstood:
            continue
        if SAMPLES in tokens:
            return ""
        counts.update(_counts_of_first(tokens, context.views))
    if counts == {LETTER}:
        context.look_at([view.with_letters({SAMPLES: LETTER, LETTER: INSTEAD}) for view in context.views])
        return ""
    return counts.pop() if len(counts) == 1 else ""


def note_letter_of_samples(context: Context, letter: str) -> None:
    """Keep the text's own letter for the number of samples, unless the shapes that it gives say what it is."""
    if len(letter) == 1 and letter.isalpha() and letter not in context.known:
        context.memory.declared.setdefault(letter, SAMPLES)


def _counts_of_first(tokens: list[Token], views: tuple[View, ...]) -> Iterator[str]:
    r"""The letters that end a sum over the first index of two, or divide it: the ``n`` of ``\frac1n\sum_i x_{ij}``."""
    matrices = {name for view in views for name, shape in view.variables.items() if shape[0] == SAMPLES and shape[1] != "1"}
    for place, token in enumerate(tokens):
        if token != "\\sum" or tokens[place + 1 : place + 2] != ["_"]:
            continue
        index = tokens[place + 2 : place + 3]
        behind = tokens[place + 3 : place + 3 + BEHIND]
        summed = [
            each for each, letter in enumerate(behind[:-3])
            if letter in matrices and behind[each + 1] == "_" and behind[each + 2 : each + 3] == index and str(behind[each + 3]).isalpha()
        ]  # fmt: skip
        if not summed:
            continue
        above = behind[behind.index("^") + 1 : behind.index("^") + 2] if "^" in behind[: summed[0]] else []
        before = tokens[max(place - BEFORE, 0) : place]
        below = before[-1:] if before[-3:-2] == ["\\frac"] or before[-2:-1] == ["/"] else []
        yield from (str(letter) for letter in above or below)
