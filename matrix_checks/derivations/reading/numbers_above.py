r"""Numbers above letters that are those of layers: no power is written ``\delta^1``, so that beside a ``W_2`` its ``\delta^2`` is no square.

Nobody squares a gradient, or gives a name to a square: beside a ``W_2``, ``\delta^2`` and ``z^2 = hW_2`` are those of layers by themselves.
"""

from collections.abc import Iterable, Sequence

from matrix_checks.derivations.reading.index_names import GREEK
from matrix_checks.derivations.reading.tokens import Renamed, Token

WEIGHTS, NUMBERS, LAYERS = ("W", "w"), ("1", "2"), ("l", "\\ell")
FIRST = "1"
GRADIENTS = ("\\delta", "δ")


def letters_with_layers(formulas: Iterable[Sequence[Token]]) -> frozenset[str]:
    """The letters with a number above them that is no power, in a text whose weights have numbers."""
    formulas = list(formulas)
    has_layers = any(
        letter in WEIGHTS and sign in ("_", "^") and number in NUMBERS
        for tokens in formulas
        for letter, sign, number in zip(tokens, tokens[1:], tokens[2:])
    )
    if not has_layers:
        return frozenset()
    found = (
        (tokens[place], number, place == 0 and "=" in tokens[end : end + 1])
        for tokens in formulas
        for place, number, end in _above(tokens)
    )
    return frozenset(
        str(letter)
        for letter, number, is_given in found
        if (number == FIRST or (number in NUMBERS and (is_given or letter in GRADIENTS)))
        and (len(str(letter)) == 1 or letter in GREEK)
    )


def with_layers_in_brackets(tokens: Sequence[Token], letters: frozenset[str]) -> list[Token]:
    """The formula with the numbers above these letters in square brackets, as those of layers are written."""
    found: list[Token] = []
    start = 0
    for place, number, end in _above(tokens) if letters else ():
        if tokens[place] in letters:
            found += [*tokens[start : place + 1], "^", "{", Renamed.of("[", ""), number, Renamed.of("]", ""), "}"]
            start = end
    return [*found, *tokens[start:]]


def _above(tokens: Sequence[Token]) -> Iterable[tuple[int, str, int]]:
    """Where letters with a number, or the letter of a layer, above them stand, with that and where it ends."""
    for place in range(len(tokens) - 2):
        letter, sign, above = tokens[place : place + 3]
        is_braced = above == "{" and tokens[place + 4 : place + 5] == ["}"]
        number = tokens[place + 3] if is_braced else above
        if sign == "^" and isinstance(letter, str) and letter.lstrip("\\").isalpha() and number in (*NUMBERS, *LAYERS):
            yield place, str(number), place + (5 if is_braced else 3)
