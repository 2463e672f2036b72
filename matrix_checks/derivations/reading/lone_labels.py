r"""Words below a letter whose entries stand without them: ``u_{\text{back}}`` with its ``u_{nj}`` is one ``u``."""

from collections.abc import Iterable, Mapping, Sequence

from matrix_checks.derivations.reading.batch_labels import STATISTICS
from matrix_checks.derivations.reading.tokens import Renamed, Token, Word

MOST_INDICES = 2


def lone_labels(formulas: Iterable[Sequence[Token]], known: frozenset[str]) -> dict[str, str]:
    """The letters that stand nowhere but with one word below them, or with indices, each with its word.

    A word that tells one of two things from the other, ``W_{old}`` and ``W_{new}``, is none of them, and neither is one below a statistic,
    which says how that is kept; nor where the name with its word is ``known``.
    """
    words: dict[str, set[str]] = {}
    indexed: set[str] = set()
    others: set[str] = set()
    for tokens in formulas:
        in_scripts = _in_scripts(tokens)
        for place, token in enumerate(tokens):
            letter = str(token) if not isinstance(token, Word) else ""
            if len(letter) != 1 or not letter.isalpha():
                continue
            below = _below(tokens, place)
            if len(below) == 1 and isinstance(below[0], Word):
                words.setdefault(letter, set()).add(below[0].text)
            elif 1 <= len(below) <= MOST_INDICES and all(len(str(each)) == 1 and str(each).isalpha() for each in below):
                indexed.add(letter)
            elif place not in in_scripts and not all(str(each).isdigit() for each in below or [""]):
                others.add(letter)
    alone = {letter: min(found) for letter, found in words.items() if len(found) == 1 and letter in indexed - others}
    return {letter: word for letter, word in alone.items() if f"{letter}_{word}" not in known and letter not in STATISTICS}


def without_lone_labels(tokens: Sequence[Token], labels: Mapping[str, str]) -> list[Token]:
    """The formula without these words; each letter remembers how it was written."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        below = _below(tokens, place) if isinstance(token, str) and token in labels else []
        if len(below) == 1 and isinstance(below[0], Word):
            found.append(Renamed.of(str(token), f"{token}_{{\\text{{{below[0].text}}}}}"))
            place += 1 + _length_below(tokens, place)
        else:
            found.append(token)
            place += 1
    return found


def _below(tokens: Sequence[Token], place: int) -> list[Token]:
    """The tokens below the one at a place."""
    length = _length_below(tokens, place)
    inside = list(tokens[place + 2 : place + 1 + length])
    return inside[1:-1] if inside[:1] == ["{"] else inside


def _length_below(tokens: Sequence[Token], place: int) -> int:
    """How many tokens the sign below and what stands there are."""
    if list(tokens[place + 1 : place + 2]) != ["_"]:
        return 0
    if list(tokens[place + 2 : place + 3]) != ["{"]:
        return 2
    return next((end - place for end in range(place + 3, len(tokens)) if tokens[end] == "}"), 0)


def _in_scripts(tokens: Sequence[Token]) -> set[int]:
    """The places of tokens that stand below something, where an index may be."""
    found: set[int] = set()
    for place, token in enumerate(tokens):
        if token == "_":
            found.update(range(place, place + _length_below(tokens, place - 1)))
    return found
