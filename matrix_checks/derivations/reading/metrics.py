r"""The Euclidean metric, ``\eta_{ab}``, with which tensors raise and lower indices, as Kronecker's delta."""

import re
from collections.abc import Collection, Sequence

from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.reading.tokens import Renamed

LETTERS = ("\\eta",)
DELTA = "\\delta"
SCRIPTS = ("_", "^")
_SAYS = re.compile(
    r"metri[ckq]|метри[кч]|度规|(?:rais|lower)\w*\s+(?:and\s+\w+\s+)?(?:the\s+|an?\s+)?ind|ind\w+\s+(?:are|is)\s+(?:rais|lower)",
    re.IGNORECASE,
)


def metric_letters(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The letters that are a metric in a text that speaks of one."""
    return tuple(letter for letter in LETTERS if letter not in known) if _SAYS.search(text) else ()


def with_deltas(tokens: Sequence[Token], letters: tuple[str, ...]) -> list[Token]:
    """The formula with a delta for each of these letters that has two indices."""
    return [
        Renamed.of(DELTA, str(token)) if token in letters and _has_two_indices(tokens[place + 1 : place + 9]) else token
        for place, token in enumerate(tokens)
    ]


def _has_two_indices(behind: Sequence[Token]) -> bool:
    if not behind or behind[0] not in SCRIPTS:
        return False
    one, *rest = _script(behind)
    return len(one) == 2 or (len(one) == 1 and bool(rest))


def _script(behind: Sequence[Token]) -> list[list[Token]]:
    """The letters of a script, and of one that follows it."""
    tokens = list(behind)
    end = tokens.index("}") if tokens[1:2] == ["{"] and "}" in tokens else 1
    letters = [token for token in tokens[1 : end + 1] if token not in ("{", "}", ",")]
    return [letters, ["_"]] if tokens[end + 1 : end + 2] and tokens[end + 1] in SCRIPTS else [letters]
