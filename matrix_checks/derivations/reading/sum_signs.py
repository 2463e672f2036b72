"""``\\Sigma_{i=1}^m x_i``: the Greek letter with limits is a sign of a sum."""

from collections.abc import Sequence

from matrix_checks.derivations.reading.tokens import Token, Word, end_of_braces, without_braces

LETTER, SIGN = "\\Sigma", "\\sum"
INDICES = frozenset("ijklmnpqrst")
# No limit of a sum stands alone above the sign: these are powers and transpositions.
ABOVE = frozenset(("T", "t", "\\top", "'", "*", "-", "+"))
# Of one of its scripts, in tokens.
LONGEST = 20


def with_sums(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a sum in the place of each letter that has the limits of one."""
    return [SIGN if token == LETTER and _has_limits(tokens, place + 1) else token for place, token in enumerate(tokens)]


def _has_limits(tokens: Sequence[Token], place: int) -> bool:
    """Whether an index with its first value stands below the letter, or an index below it and a size above it."""
    scripts: dict[Token, list[Token]] = {}
    for _ in range(2):
        if tokens[place : place + 1] in (["_"], ["^"], ("_",), ("^",)):
            inside = _script(tokens, place + 1)
            scripts[tokens[place]] = without_braces(inside)
            place += 1 + len(inside)
    below, above = scripts.get("_", []), scripts.get("^", [])
    if "=" in below[1:]:
        return True
    is_index = len(below) == 1 and below[0] in INDICES
    is_size = len(above) == 1 and not isinstance(above[0], Word) and above[0].isalpha() and above[0] not in ABOVE
    return is_index and is_size


def _script(tokens: Sequence[Token], place: int) -> Sequence[Token]:
    """The tokens of a script that begins at a place, with its braces."""
    if tokens[place : place + 1] not in (["{"], ("{",)):
        return tokens[place : place + 1]
    return tokens[place : end_of_braces(tokens, place, LONGEST)]
