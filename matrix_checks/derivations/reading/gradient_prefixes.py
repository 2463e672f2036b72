r"""Signs before a letter that make the gradient by it its name: ``\nabla W = \frac{\partial L}{\partial W}``, and ``gW`` for the same.

They are read as the ``dW`` of programs.
"""

from collections.abc import Iterable, Iterator, Sequence, Set

from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tokens import Renamed, Token, Word

DIFFERENTIALS = ("d", "\\partial", Word("d"))
NABLA = "\\nabla"
SIGNS = (NABLA, "g", "G", "D", "h")


def gradient_prefixes(formulas: Iterable[Sequence[Token]]) -> frozenset[str]:
    """The signs that the text sets before a letter for the gradient by it: ``gY = \\partial L/\\partial Y`` says it of all letters."""
    return frozenset(sign for tokens in formulas for sign in _said(tokens))


def with_gradient_prefixes(tokens: list[Token], prefixes: Set[str], known: Set[str]) -> list[Token]:
    """The formula with ``d`` in the place of these signs, where a name that stands for something is behind."""
    if not prefixes:
        return tokens
    found = list(tokens)
    for place, (sign, letter) in enumerate(zip(tokens, tokens[1:])):
        if sign in prefixes and isinstance(sign, str) and str(letter) in known:
            found[place] = Renamed.of("d", sign)
    return found


def _said(tokens: Sequence[Token]) -> Iterator[str]:
    for place, sign in enumerate(tokens):
        if sign not in SIGNS:
            continue
        letter, *behind = [
            token for token in tokens[place + 1 : place + 20] if token not in ("{", "}", "&", "\\frac", "/", "(", ")")
        ] or [""]
        if not isinstance(letter, str) or not letter.isalpha() or behind[:1] == [] or behind[0] not in EQUALITIES:
            continue
        top, bottom = behind[1:3], behind[3:5]
        is_fraction = len(bottom) == 2 and top[0] in DIFFERENTIALS and bottom[0] in DIFFERENTIALS and bottom[1] == letter
        if is_fraction or behind[1:4] == [NABLA, "_", letter]:
            yield str(sign)
