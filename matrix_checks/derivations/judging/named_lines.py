r"""Letters for the rows and columns of a matrix: "let ``u_i^\top`` be the rows of ``A``", ``B = (v_1, \dots, v_n)``."""

from contextlib import suppress
from dataclasses import replace

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging.context import MOST_NAMES, Context
from matrix_checks.derivations.judging.lines_in_words import lines_in_words
from matrix_checks.derivations.judging.lines_written_out import lines_written_out
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
    lines = dict(context.notation.indices.lines)
    said = list(dict.fromkeys((*lines_in_words(found, formulas), *lines_written_out(formulas))))
    for name, line in said:
        shape = context.shape_at(line.matrix)
        is_sure = [each for each, _ in said].count(name) == 1
        if shape is None or "1" in shape or not _is_free(context, name, line) or not is_sure:
            continue
        indices = (kinds.Name(INDEX), kinds.Slice()) if line.is_row else (kinds.Slice(), kinds.Name(INDEX))
        body: kinds.Node = kinds.Indexed(kinds.Name(line.matrix), indices)
        context.own.add(name)
        context.define(name, Definition(kinds.Transposed(body) if line.is_turned else body, (INDEX,)), first=True)
        lines[name] = line
        if line.is_row and not line.is_turned:
            # It may be a column by name.
            context.memory.guessed.add(name)
    context.notation.indices = replace(context.notation.indices, lines=lines)


def _is_free(context: Context, name: str, line: Line) -> bool:
    """Whether a letter stands for nothing yet, nor may it be for entries of another matrix."""
    upper = name.upper()
    is_of_other = upper in context.arrays and upper != line.matrix
    return name not in context.known and not is_of_other and len(context.own) < MOST_NAMES
