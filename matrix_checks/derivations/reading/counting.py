"""Whether a text counts from zero, as programs do."""

from collections.abc import Iterable, Sequence

from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.tokens import Token, without_braces


def counts_from_zero(formulas: Iterable[Sequence[Token]]) -> bool:
    """Whether a sum of the text begins at zero, and no sum, range or entry of it at one."""
    firsts = {first for tokens in formulas for first in _firsts(tokens)}
    return firsts == {"0"}


def _firsts(tokens: Sequence[Token]) -> set[str]:
    """Zero and one, where a sum or a range of an index begins there, or one is an index."""
    bare = without_braces(tokens)
    found: set[str] = set()
    for before, token, behind in zip(bare, bare[1:], bare[2:]):
        begins = token in ("=", "\\in") and before in INDEX_LETTERS and behind in ("0", "1", "0,", "1,")
        if begins:
            found.add(str(behind)[0])
    # Below a symbol the first digit is that of the row.
    for sign, index in zip(bare, bare[1:]):
        if sign == "_" and isinstance(index, str) and index[0] == "1":
            found.add("1")
    return found
