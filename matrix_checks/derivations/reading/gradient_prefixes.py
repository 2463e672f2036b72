r"""Signs before a letter that make the gradient by it its name: ``\nabla W = \frac{\partial L}{\partial W}``, and ``gW`` for the same.

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
ARRANGES = ("{", "}", "&", "\\frac", "/", "(", ")")


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


def is_gradient_by(tokens: Sequence[Token], letter: Token) -> bool:
    """Whether tokens begin with the derivative of something by a letter."""
    behind = [token for token in tokens[:20] if token not in ARRANGES]
    is_fraction = len(behind) > 3 and behind[0] in DIFFERENTIALS and behind[2] in DIFFERENTIALS and behind[3] == letter
    return is_fraction or behind[:3] == [NABLA, "_", letter]


def _said(tokens: Sequence[Token]) -> Iterator[str]:
    for place, sign in enumerate(tokens):
        if sign not in PREFIXES:
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
