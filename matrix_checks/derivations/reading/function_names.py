r"""Names of functions that a text gives to numbers: behind ``\text{mean} = \frac1N\sum_i x_i``, a ``\text{mean}`` without an argument is that."""

from collections.abc import Iterable, Sequence, Set

from matrix_checks.derivations.reading.marked_names import BETWEEN
from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tex import FUNCTIONS
from matrix_checks.derivations.reading.tokens import Token, Word

# Before a name that is a whole side.
_BEFORE = BETWEEN | {""}
# What follows a function.
_ARGUMENTS = {"(", "[", "\\{", "_", "\\left"}
# Of a matrix: whoever gives its name to a number has no such function.
_OF_MATRICES = {"inv"}
# A gradient takes the letter behind it, without brackets.
_GRADIENT = "grad"


def function_names(formulas: Iterable[Sequence[Token]]) -> frozenset[str]:
    """The names of functions that are, without an argument, the left side of an equality somewhere."""
    # The sign may be aligned: inv &= 1/std.
    aligned = [[token for token in tokens if token != "&"] for tokens in formulas]
    return frozenset(
        token.text
        for tokens in aligned
        for before, token, behind in zip(["", *tokens], tokens, tokens[1:])
        if isinstance(token, Word) and token.text in FUNCTIONS and str(before) in _BEFORE and behind in EQUALITIES
    )


def name_of_function(function: str) -> str:
    """The name that is read in the place of a function's."""
    return function.capitalize()


def with_function_names(tokens: list[Token], names: Set[str]) -> list[Token]:
    """The formula with names in the place of these functions, where they have no argument."""
    if not names:
        return tokens
    return [
        Word(name_of_function(token.text), token.text, upright=True)
        if isinstance(token, Word) and token.text in names and not _is_argument(token.text, behind)
        else token
        for token, behind in zip(tokens, [*tokens[1:], ""])
    ]


def _is_argument(function: str, behind: Token) -> bool:
    if function in _OF_MATRICES:
        return False
    return isinstance(behind, str) and (behind in _ARGUMENTS or (function == _GRADIENT and behind.isalpha()))
