r"""Statistics with a star that a normalization keeps: "the moving mean ``M^*`` and variance ``Q^*`` are fixed", ``\mu_*`` and ``\sigma_*^2``."""

import re
from collections.abc import Sequence

from matrix_checks.derivations.reading.pieces import Piece
from matrix_checks.derivations.reading.tokens import Renamed, Token, Word
from matrix_checks.derivations.reading.updates_of_means import MOVING, STATISTICS

STAR, SQUARE = "*", ["^", "2"]
# What the name of another letter ends with that has the star.
KEPT = f"^{STAR}"
# What else people call the mean and the variance.
LETTERS = frozenset("mvMVQqsS")
STARRED = tuple(f"{letter}{KEPT}" for letter in sorted(LETTERS))
_KEPT = re.compile(
    r"(?i)\b(?:moving|running|stored|kept|frozen|saved|inference|test|eval\w*|laufend\w*|gleitend\w*|gespeichert\w*|mobiles?|móvil\w*|mobil[ei]|acumulad\w*)\b|скользящ\w*|накопленн\w*|移动|滑动"
)
_STARRED = re.compile(r"(?:\\mu|\\sigma|μ|σ|(?<![A-Za-z\\])[mvMVQqsS])\s*(?:\^\s*2)?\s*[_^]\s*\{?\s*(?:\*|\\ast\b|\\star\b)\s*\}?")


def stars_are_kept(found: Sequence[Piece]) -> bool:
    """Whether stars at the letters of statistics mark those that are kept: words speak of such, and a text has both."""
    has_stars = any(_STARRED.search(piece.source) for piece in found if piece.kind != "prose")
    return has_stars and any(_KEPT.search(piece.source) for piece in found if piece.kind == "prose")


def with_starred_statistics(tokens: list[Token]) -> list[Token]:
    """The formula with the exercise's label for a star at its statistics, and one name for another letter with a star."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        is_statistic = token in STATISTICS
        start = place + (3 if is_statistic and tokens[place + 1 : place + 3] == SQUARE else 1)
        end = _behind_star(tokens, start) if is_statistic or token in LETTERS else 0
        if end and is_statistic:
            label: list[Token] = ["_", Renamed.of("{", ""), Word(MOVING, "{*}"), Renamed.of("}", "")]
            found += [token, *tokens[place + 1 : start], *label]
        elif end:
            found.append(Word(f"{token}{KEPT}", f"{{{token}{KEPT}}}", upright=True))
        else:
            found.append(token)
        place = end or place + 1
    return found


def _behind_star(tokens: Sequence[Token], place: int) -> int:
    """The place behind a star below or above a symbol that ends before a place; 0 where there is none."""
    if tokens[place : place + 1] not in (["_"], ["^"]):
        return 0
    if tokens[place + 1 : place + 2] == [STAR]:
        return place + 2
    return place + 4 if list(tokens[place + 1 : place + 4]) == ["{", STAR, "}"] else 0
