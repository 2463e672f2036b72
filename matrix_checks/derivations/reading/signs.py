"""Signs that are written in other characters: dots as points, sums as a Greek letter, a constant as a word."""

from collections.abc import Sequence

from matrix_checks.derivations.reading.constants import CONSTANT as CONSTANT
from matrix_checks.derivations.reading.constants import with_constants
from matrix_checks.derivations.reading.points_in_cells import with_dots
from matrix_checks.derivations.reading.sum_signs import with_sums
from matrix_checks.derivations.reading.tokens import Token


def with_signs(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with one token for each such sign."""
    return with_constants(with_sums(with_dots(tokens)))
