r"""Signs before a letter, or below it, that make the gradient by it its name: ``\nabla W = \frac{\partial L}{\partial W}``, ``gW`` and ``W_g``.

They are read as the ``dW`` of programs.
"""

from collections.abc import Iterable, Iterator, Sequence, Set

from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tokens import Renamed, Token, Word

DIFFERENTIAL = "d"
DIFFERENTIALS = (DIFFERENTIAL, "\\partial", Word(DIFFERENTIAL))
NABLA = "\\nabla"
SIGNS = (NABLA, "g", "G", "D", "h")
PREFIXES = (*SIGNS, "\\Delta", "\\delta")
# Below a letter; others may be indices.
BELOW, LABELS = "_", ("g", "G", "\\nabla")
LONGEST = 24
BREAKS = (",", ";", ":", ".", "&", "\\\\", "\\quad", "{", "(", "\\Rightarrow", "\\to", "\\iff")
ARRANGES = ("{", "}", "&", "\\frac", "/", "(", ")")


def gradient_prefixes(formulas: Iterable[Sequence[Token]]) -> frozenset[str]:
    """The signs that the text sets before a letter for the gradient by it: ``gY = \\partial L/\\partial Y`` says it of all letters."""
    return frozenset(sign for tokens in formulas for sign in _said(tokens))


def with_gradient_prefixes(tokens: list[Token], prefixes: Set[str], known: Set[str]) -> list[Token]:
    """The formula with ``d`` in the place of these signs, where a name that stands for something is beside."""
    found = list(tokens)
    for place, (sign, letter) in enumerate(zip(tokens, tokens[1:])) if prefixes else ():
        if sign in prefixes and isinstance(sign, str) and str(letter) in known:
            found[place] = Renamed.of("d", sign)
    below = {prefix.removeprefix(BELOW) for prefix in prefixes if prefix.startswith(BELOW)}
    for place in reversed(range(len(found) - 2)) if below else ():
        letter, sign, label = found[place : place + 3]
        if sign == BELOW and label in below and isinstance(letter, str) and letter in known:
            found[place : place + 3] = [Renamed.of("d", ""), Renamed.of(letter, f"{letter}_{label}")]
    return found


def is_gradient_by(tokens: Sequence[Token], letter: Token) -> bool:
    """Whether tokens begin with the derivative of something by a letter."""
    behind = [token for token in tokens[:20] if token not in ARRANGES]
    is_fraction = len(behind) > 3 and behind[0] in DIFFERENTIALS and behind[2] in DIFFERENTIALS and behind[3] == letter
    return is_fraction or behind[:3] == [NABLA, "_", letter]


def _said(tokens: Sequence[Token]) -> Iterator[str]:
    for place, sign in enumerate(tokens):
        if tokens[place + 1 : place + 2] == [BELOW] and _names_below(tokens, place):
            yield f"{BELOW}{tokens[place + 2]}"
        if sign not in PREFIXES or not _begins(tokens, place):
            continue
        letter, *behind = [token for token in tokens[place + 1 : place + 20] if token not in ARRANGES] or [""]
        if (
            isinstance(letter, str)
            and letter.isalpha()
            and behind
            and behind[0] in EQUALITIES
            and is_gradient_by(behind[1:], letter)
        ):
            yield str(sign)


def _begins(tokens: Sequence[Token], place: int) -> bool:
    """Whether nothing stands before a place that it may be a factor of: the ``DW`` of ``2D^\\top DW`` is no name."""
    before = tokens[place - 1] if place else ","
    return isinstance(before, Word) or before in (*EQUALITIES, *BREAKS)


def _names_below(tokens: Sequence[Token], place: int) -> bool:
    """Whether a letter with a sign below it is set equal to the gradient by that letter: ``Y_g = \\partial L/\\partial Y``."""
    letter, _, *behind = tokens[place : place + LONGEST]
    is_letter = isinstance(letter, str) and len(letter) == 1 and letter.isalpha()
    said = behind[1:2] == ["="] and behind[0] in LABELS
    return is_letter and said and is_gradient_by(behind[2:], letter)
