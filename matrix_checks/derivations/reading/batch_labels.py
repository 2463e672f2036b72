r"""A letter below the mean and the variance that is no index, ``\mu_b`` and ``\sigma_b^2``: it stands below nothing else, and nowhere alone."""

from collections.abc import Iterable, Iterator, Sequence

from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.reading.tokens import Renamed

MEAN = "\\mu"
STATISTICS = (MEAN, "\\sigma")


def label_of_batch(formulas: Iterable[Sequence[Token]], known: frozenset[str]) -> str:
    """The letter that the mean and the variance have below them throughout a text; empty where they have none, or an index.

    What is ``known`` is no label: below a variance it says of what that is.
    """
    formulas = list(formulas)
    below = [token for tokens in formulas for _, _, _, token in _below_statistics(tokens)]
    # The other letter may stand for the root, where it has nothing below it.
    means = sum(token == MEAN for tokens in formulas for token in tokens)
    labelled = sum(tokens[place] == MEAN for tokens in formulas for place, _, _, _ in _below_statistics(tokens))
    if not below or len(set(below)) > 1 or labelled < means:
        return ""
    label = below[0]
    everywhere = sum(token == label for tokens in formulas for token in tokens)
    is_letter = isinstance(label, str) and len(label) == 1 and label.isalpha() and label.islower()
    return str(label) if is_letter and everywhere == len(below) and label not in known else ""


def without_label(tokens: list[Token], label: str) -> list[Token]:
    """The formula without that letter; each symbol remembers how it was written."""
    named: dict[int, Token] = {}
    left_out: set[int] = set()
    for place, start, end, token in _below_statistics(tokens):
        if token == label:
            named[place] = Renamed.of(str(tokens[place]), f"{tokens[place]}_{label}")
            left_out.update(range(start, end))
    return [named.get(place, token) for place, token in enumerate(tokens) if place not in left_out]


def _below_statistics(tokens: Sequence[Token]) -> Iterator[tuple[int, int, int, Token]]:
    """Where a statistic has one token below it: its place, where that begins, the place behind it, and the token."""
    for place, token in enumerate(tokens):
        if token not in STATISTICS:
            continue
        start = place + 3 if tuple(tokens[place + 1 : place + 3]) == ("^", "2") else place + 1
        if tuple(tokens[start : start + 1]) != ("_",):
            continue
        if tuple(tokens[start + 1 : start + 2]) != ("{",):
            yield from ((place, start, start + 2, each) for each in tokens[start + 1 : start + 2])
        elif tuple(tokens[start + 3 : start + 4]) == ("}",):
            yield place, start, start + 4, tokens[start + 2]
