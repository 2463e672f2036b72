r"""Letters for the rows and columns of a matrix: "let ``u_i^\top`` be the rows of ``A``", ``B = (v_1, \dots, v_n)``."""

from contextlib import suppress
from dataclasses import replace

from matrix_checks.derivations.context.context import MOST_NAMES, Context
from matrix_checks.derivations.context.lines_in_words import lines_in_words
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.names.lines_written_out import lines_written_out
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.lines import Line
from matrix_checks.derivations.reading.tex import NotUnderstood, Token
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import Definition

INDEX = "i"


def declare_lines(context: Context, found: list[Piece]) -> None:
    """Define the letters that the text has for rows and columns of the matrices that are known by now."""
    formulas: list[list[Token]] = []
    for piece in found:
        if piece.kind != "prose":
            formulas.append([])
            with suppress(NotUnderstood):
                formulas[-1] = without_braces(context.tokens(piece.source))
    small = frozenset(name for view in context.views for name in view.variables if name.islower() and len(name) == 1)
    said = list(dict.fromkeys((*lines_in_words(found, formulas, small), *lines_written_out(formulas))))
    sure = {name: line for name, line in said if [each for each, _ in said].count(name) == 1}
    lines = {name: line for name, line in sure.items() if _is_of_matrix(context, line)}
    # Where the exercise calls the matrix so, too, the letter with an index is read as a row of it.
    context.memory.guessed |= {name for name, line in lines.items() if not line.is_row and _is_called(context, name, line)}
    define_lines(context, lines)


def define_lines(context: Context, lines: dict[str, Line]) -> None:
    """Define letters for rows and columns, as far as they stand for nothing yet."""
    free = {name: line for name, line in lines.items() if _is_free(context, name, line)}
    for name, line in free.items():
        context.own.add(name)
        context.define(name, Definition(line_at(line, INDEX), (INDEX,)), first=True)
        if line.is_row and not line.is_turned:
            # It may be a column by name.
            context.memory.guessed.add(name)
    context.notation.indices = replace(context.notation.indices, lines={**context.notation.indices.lines, **free})


def line_at(line: Line, index: str) -> kinds.Node:
    """The row or the column at an index."""
    indices = (kinds.Name(index), kinds.Slice()) if line.is_row else (kinds.Slice(), kinds.Name(index))
    body = kinds.Indexed(kinds.Name(line.matrix), indices)
    return kinds.Transposed(body) if line.is_turned else body


def _is_of_matrix(context: Context, line: Line) -> bool:
    shape = context.shape_at(line.matrix)
    return shape is not None and "1" not in shape


def _is_free(context: Context, name: str, line: Line) -> bool:
    """Whether a letter stands for nothing yet, nor may it be for entries of another matrix."""
    upper = name.upper()
    is_of_other = upper in context.arrays and upper != line.matrix
    return name not in context.known and not is_of_other and len(context.own) < MOST_NAMES


def _is_called(context: Context, name: str, line: Line) -> bool:
    """Whether a letter is the exercise's own for the matrix itself."""
    return any(view.aliases.get(name, name) == view.aliases.get(line.matrix, line.matrix) for view in context.views)
