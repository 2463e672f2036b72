r"""Derivatives by a row or a column that has a letter of its own: ``\\partial y/\\partial u_i`` is one by ``A_{i,:}``, transposed where ``u_i`` is."""

from dataclasses import dataclass

from matrix_checks.derivations.reading.tex import Token, text_of
from matrix_checks.derivations.reading.tokens import Renamed, without_braces

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


def by_lines(tokens: list[Token], lines: dict[str, Line]) -> list[Token]:
    """The formula with derivatives by rows and columns in the place of those by their letters; shown as it was written."""
    changed: list[Token] = []
    place = 0
    while place < len(tokens):
        end = _end_of_derivative(tokens, place, lines)
        if not end:
            changed.append(tokens[place])
            place += 1
            continue
        bottom = max(each for each in range(place, end) if tokens[each] in lines)
        index = next(token for token in tokens[bottom + 2 : end] if token not in ("{", "}"))
        line = lines[str(tokens[bottom])]
        inside = [str(index), ",", ":"] if line.is_row else [":", ",", str(index)]
        hidden = [Renamed.of(token, "") for token in ("_", "{", *inside, "}", "}")]
        below = [*tokens[place:bottom], Renamed.of(line.matrix, text_of(tokens[bottom : end - 1])), *hidden[:-1], "}"]
        turned = [Renamed.of(token, "") for token in ("}", "^", "\\top")]
        changed += [Renamed.of("{", ""), *below, *turned] if line.is_turned else below
        place = end
    return changed


def _end_of_derivative(tokens: list[Token], place: int, lines: dict[str, Line]) -> int:
    r"""The place behind a ``\\frac{\\partial y}{\\partial u_i}``; zero for anything else."""
    if tokens[place] != "\\frac" or tokens[place + 1 : place + 2] != ["{"] or "}" not in tokens[place : place + LONGEST_TOP]:
        return 0
    middle = tokens.index("}", place)
    if tokens[middle + 1 : middle + 2] != ["{"] or "}" not in tokens[middle + 1 :]:
        return 0
    end = tokens.index("}", middle + 1)
    if tokens[end - 2 : end - 1] == ["{"] and tokens[end + 1 : end + 2] == ["}"]:
        end += 1
    below = without_braces(tokens[middle + 2 : end])
    is_by_line = len(below) == 4 and below[0] in ("\\partial", "d") and below[1] in lines and below[2] == "_"
    return end + 1 if is_by_line and tokens[place + 2] == below[0] else 0
