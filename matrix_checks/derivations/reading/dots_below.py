r"""Dots below a symbol, as in statistics: ``x_{\cdot j}`` is column ``j``, and ``\bar x_{\cdot j}`` the mean over the first index."""

from matrix_checks.derivations.reading.groups import groups
from matrix_checks.derivations.reading.tex import Token, text_of
from matrix_checks.derivations.reading.tokens import Renamed, without_braces

DOTS = ("\\cdot", "\\bullet", ".")
BAR = "\\bar"
# In tokens: a letter with a bar, in braces or not.
LONGEST_LETTER = 6


def with_means_named(tokens: list[Token]) -> list[Token]:
    r"""The formula with ``\bar x_j`` for ``\bar x_{\cdot j}``: over what a mean is taken, its dot says, and its index what is left."""
    if BAR not in tokens or not any(token in DOTS for token in tokens):
        return tokens
    end = groups(tokens).end
    changed = list(tokens)
    left_out: set[int] = set()
    for place, token in enumerate(tokens[:-1]):
        if token != "_" or tokens[place + 1] != "{" or not _has_bar(tokens, place):
            continue
        inside = range(place + 2, end.get(place + 1, place + 2))
        dots = {each for each in inside if tokens[each] in (*DOTS, ",")}
        if len(inside) - len(dots) == 1 and any(tokens[each] in DOTS for each in dots):
            left_out |= dots
            (left,) = set(inside) - dots
            changed[left] = Renamed.of(str(tokens[left]), text_of([tokens[each] for each in inside]))
    return [token for place, token in enumerate(changed) if place not in left_out] if left_out else tokens


def _has_bar(tokens: list[Token], behind: int) -> bool:
    """Whether a single letter with a bar ends before a place."""
    before = without_braces(tokens[max(behind - LONGEST_LETTER, 0) : behind])
    return before[-2:-1] == [BAR]


def sums_by_dots(tokens: list[Token]) -> bool:
    r"""Whether a dot stands below a letter: besides a row or a column, it may say that one sums over the index."""
    end = groups(tokens).end
    return any(
        token == "_" and tokens[place + 1] == "{" and any(each in DOTS for each in tokens[place + 2 : end.get(place + 1, place)])
        for place, token in enumerate(tokens[:-1])
    )
