r"""Gradients of which it is not said what they are of: a text with ``\nabla_W = x^\top g`` means those of the loss, also in ``\nabla_y W^\top``."""

from collections.abc import Iterable, Sequence, Set

from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tokens import Renamed, Token, Word, end_of_braces

NABLA, GRADIENT, BELOW = "\\nabla", "grad", "_"
# What the exercises differentiate, the loss first.
DIFFERENTIATED = ("L", "J", "y")
# What a gradient is of, where the text says it.
OF = frozenset(
    (
        "L",
        "J",
        "E",
        "C",
        "l",
        "\\ell",
        "\\mathcal",
        "f",
        "F",
        "y",
        "\\|",
        "(",
        "[",
        "{",
        "\\left",
        "\\frac",
        "\\operatorname",
        "\\langle",
    )
)


def names_no_loss(formulas: Iterable[Sequence[Token]]) -> bool:
    """Whether a text has a gradient and a sign of equality directly behind it."""
    return any(tokens[end : end + 1] and tokens[end] in EQUALITIES for tokens in formulas for end in _ends(tokens))


def with_loss_named(tokens: list[Token], known: Set[str]) -> list[Token]:
    """The formula with what the exercise differentiates behind each gradient behind which nothing stands that it may be of."""
    loss = next((name for name in DIFFERENTIATED if name in known), "")
    found = list(tokens)
    for end in reversed([*_ends(tokens)]) if loss else ():
        behind = tokens[end] if end < len(tokens) else ""
        if behind not in OF and not isinstance(behind, Word):
            found.insert(end, Renamed.of(loss, ""))
    return found


def _ends(tokens: Sequence[Token]) -> Iterable[int]:
    """The places directly behind gradients by what stands below their sign."""
    for place in range(len(tokens) - 2):
        sign = tokens[place]
        is_gradient = sign == NABLA or (isinstance(sign, Word) and sign.text == GRADIENT)
        if is_gradient and tokens[place + 1] == BELOW:
            yield end_of_braces(tokens, place + 2) or place + 3
