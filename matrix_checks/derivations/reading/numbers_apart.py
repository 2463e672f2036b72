r"""Entries of what has a number: ``t_{2,i}`` is ``(t_2)_i`` in a text that numbers its nodes ``t_1 = \mu``, and ``W_{1,ij}`` is ``(W_1)_{ij}``."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tokens import Renamed, Token

# In tokens, a letter with a number and indices behind it in braces.
LONGEST_INDEX = 4
BREAKS = (",", ";", ":", ".", "&", "\\\\", "\\quad", "\\qquad", "{", "\\Rightarrow")
Shapes = Callable[[str], tuple[str, str] | None]


def numbered_letters(formulas: Iterable[Sequence[Token]], known: Set[str]) -> frozenset[str]:
    """The letters of which the text sets some with a plain number below equal to something, and that stand for nothing else."""
    return frozenset(letter for tokens in formulas for letter in _numbered(tokens) if letter not in known)


def with_numbers_apart(tokens: list[Token], letters: Set[str], shape_at: Shapes) -> list[Token]:
    """The formula with the number below a letter as a part of its name.

    Parameters
    ----------
    tokens, letters
        The formula, and the letters that the text numbers.
    shape_at
        The shape of a name; ``None`` where nobody knows it. What the exercise numbers has as many indices as its shape has sizes.
    """
    found = list(tokens)
    for place in reversed(range(len(tokens) - 5)):
        letter, below, opening, number, comma = tokens[place : place + 5]
        if (below, opening, comma) != ("_", "{", ",") or not _is_letter(letter) or not str(number).isdecimal():
            continue
        closing = next((end for end in range(place + 6, min(place + 6 + LONGEST_INDEX, len(tokens))) if tokens[end] == "}"), 0)
        indices = [token for token in tokens[place + 5 : closing] if token != ","]
        if not closing or not all(isinstance(token, str) and token.isalpha() and len(token) == 1 for token in indices):
            continue
        shape = shape_at(f"{letter}_{number}")
        is_entry = len(indices) == sum(size != "1" for size in shape) if shape else letter in letters
        if is_entry:
            found[place : closing + 1] = [
                *(Renamed.of("(", " "), letter, below, Renamed.of(str(number), f"{{{number}"), Renamed.of(")", "")),
                *(Renamed.of("_", ""), Renamed.of("{", ","), *indices, "}"),
            ]
    return found


def _numbered(tokens: Sequence[Token]) -> Iterator[str]:
    for place, (letter, below, number, sign) in enumerate(zip(tokens, tokens[1:], tokens[2:], tokens[3:])):
        begins = place == 0 or tokens[place - 1] in BREAKS
        if begins and below == "_" and sign in EQUALITIES and str(number).isdecimal() and _is_letter(letter):
            yield str(letter)


def _is_letter(token: Token) -> bool:
    return isinstance(token, str) and len(token) == 1 and token.isalpha()
