r"""Indices with primes or a star, as in ``\sum_{i'} x_{i'}`` and ``y_{k^*}``: each is a letter of its own, and is read as one that the text does not use."""

from collections.abc import Iterable, Mapping, Sequence

from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.groups import groups
from matrix_checks.derivations.reading.index_names import free_letters
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.reading.tokens import Renamed, prime_at, star_at

STAR = "^*"


def primed_indices(formulas: Iterable[Sequence[Token]], known: frozenset[str]) -> dict[str, str]:
    """The indices with primes or stars of a text, as ``i'`` and ``i^*``, each with a usual letter.

    Parameters
    ----------
    formulas
        The tokens of each formula.
    known
        Names that stand for something.
    """
    used: set[str] = set()
    found: dict[str, None] = {}
    others: set[str] = set()
    for tokens in formulas:
        used |= {token for token in tokens if isinstance(token, str)} & INDEX_LETTERS
        end = groups(tokens).end
        below = {
            each
            for place, token in enumerate(tokens[:-1])
            if token == "_" and tokens[place + 1] == "{"
            for each in range(place + 2, end.get(place + 1, place + 2))
        }
        for place, _, name in _primed(tokens):
            if place in below and name[0] not in known:
                found[name] = None
            elif name[0] not in INDEX_LETTERS:
                # A letter that is no index anywhere else is one only where it stands below all others.
                others.add(name)
    for name in others:
        found.pop(name, None)
    return dict(zip(found, free_letters(used | known)))


def with_primed_indices(tokens: list[Token], usual: Mapping[str, str]) -> list[Token]:
    """The formula with usual letters for indices with primes or stars; each remembers how it was written."""
    found: list[Token] = []
    place = 0
    for start, stop, name in _primed(tokens) if usual else ():
        if name in usual:
            found += [*tokens[place:start], Renamed.of(usual[name], name)]
            place = stop
    return [*found, *tokens[place:]]


def _primed(tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
    """Where letters of indices with primes behind them, or a star, begin and end, and their names."""
    found: list[tuple[int, int, str]] = []
    for place, token in enumerate(tokens):
        if not isinstance(token, str) or not (token in INDEX_LETTERS or (len(token) == 1 and token.islower())):
            continue
        stop, primes = place + 1, 0
        while length := prime_at(tokens, stop):
            stop, primes = stop + length, primes + 1
        if primes:
            found.append((place, stop, token + primes * "'"))
        elif star := star_at(tokens, stop):
            found.append((place, stop + star, token + STAR))
    return found
