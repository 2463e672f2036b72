r"""Stars for transposes: of real matrices the adjoint ``A^*`` is ``A^\top``, where a text uses no star for what is optimal, ``S^* = \dots``."""

from collections.abc import Iterable, Sequence, Set

from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tokens import Renamed, Token, Word, star_at

CLOSING = (")", "]", "}", "\\rangle")
# Behind a factor they end it.
NO_FACTORS = (*EQUALITIES, *CLOSING, ",", ";", ".", "&", "\\\\", "+", "-", "^", "_", "|", "\\|")


def transposes_by_stars(formulas: Iterable[Sequence[Token]], variables: Set[str]) -> bool:
    """Whether a star stands above a factor of some product, and above no letter that a formula sets equal to something, or that is no variable of the exercise."""
    is_factor = False
    for tokens in formulas:
        for place, length in _stars(tokens):
            behind = tokens[place + length : place + length + 1]
            if tokens[place - 1] != ")" and tokens[place - 1] not in variables:
                return False
            before = tokens[place - 2 : place - 1] if place > 1 else []
            if behind and behind[0] in EQUALITIES and (not before or before[0] in NO_FACTORS):
                return False
            is_factor |= bool(behind) and behind[0] not in NO_FACTORS and not isinstance(behind[0], Word)
    return is_factor


def with_transposes_for_stars(tokens: Sequence[Token]) -> list[Token]:
    """The formula with the sign of a transposition for each star; it remembers how it was written."""
    found: list[Token] = []
    start = 0
    for place, length in _stars(tokens):
        found += [*tokens[start:place], "^", Renamed.of("\\top", "*")]
        start = place + length
    return [*found, *tokens[start:]]


def _stars(tokens: Sequence[Token]) -> Iterable[tuple[int, int]]:
    for place, token in enumerate(tokens):
        length = star_at(tokens, place) if token == "^" and place else 0
        if length:
            yield place, length
