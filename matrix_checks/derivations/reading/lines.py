r"""Derivatives by a row or a column that has a letter of its own: ``\\partial y/\\partial u_i`` is one by ``A_{i,:}``, transposed where ``u_i`` is."""

from dataclasses import dataclass

from matrix_checks.derivations.reading.tex import Token, text_of
from matrix_checks.derivations.reading.tokens import Renamed, end_of_braces, without_braces

# In tokens, of what is differentiated.
LONGEST_TOP = 12


@dataclass(frozen=True)
class Line:
    """A row, or a column, of a matrix.

    Attributes
    ----------
    matrix
        The letter of the matrix.
    is_row, is_turned
        Whether it is a row; and whether its transpose is what the letter stands for.
    """

    matrix: str
    is_row: bool
    is_turned: bool


@dataclass(frozen=True)
class _Found:
    """A derivative by a row or a column: where its letter begins, the letter, its index, and the place behind the derivative."""

    start: int
    name: str
    index: str
    end: int


def by_lines(tokens: list[Token], lines: dict[str, Line]) -> list[Token]:
    """The formula with derivatives by rows and columns in the place of those by their letters; shown as it was written."""
    changed: list[Token] = []
    place = 0
    while place < len(tokens):
        found = _derivative_at(tokens, place, lines)
        if found is None:
            changed.append(tokens[place])
            place += 1
            continue
        line = lines[found.name]
        inside = [found.index, ",", ":"] if line.is_row else [":", ",", found.index]
        hidden = [Renamed.of(token, "") for token in ("_", "{", *inside, "}", "}")]
        written = text_of(tokens[found.start : found.end - 1])
        below = [*tokens[place : found.start], Renamed.of(line.matrix, written), *hidden[:-1], "}"]
        turned = [Renamed.of(token, "") for token in ("}", "^", "\\top")]
        changed += [Renamed.of("{", ""), *below, *turned] if line.is_turned else below
        place = found.end
    return changed


def _derivative_at(tokens: list[Token], place: int, lines: dict[str, Line]) -> _Found | None:
    r"""The ``\\frac{\\partial y}{\\partial u_i}`` that begins at a place; ``None`` for anything else."""
    if tokens[place] != "\\frac":
        return None
    middle = end_of_braces(tokens, place + 1, 2 * LONGEST_TOP)
    end = end_of_braces(tokens, middle, 2 * LONGEST_TOP) if middle else 0
    if not end or middle - place > LONGEST_TOP:
        return None
    below = without_braces(tokens[middle + 1 : end - 1])
    # Before the letter there may be an accent.
    name = " ".join(map(str, below[1:-2]))
    is_by_line = below[:1] in (["\\partial"], ["d"]) and below[-2:-1] == ["_"] and name in lines
    if not is_by_line or tokens[place + 2] != below[0]:
        return None
    start = tokens.index(below[0], middle) + 1
    return _Found(start, name, str(below[-1]), end)
