"""Matrices written out entry by entry or block by block, with dots for what goes on; a new pattern of dots is a case of ``_generic``."""

from decimal import Decimal
from fractions import Fraction

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.evaluation import Evaluation, rule
from matrix_checks.derivations.values.jets import Jet, ShapeError, assemble


@rule(kinds.Matrix)
def block_matrix(evaluation: Evaluation, node: kinds.Matrix) -> Jet:
    """The value of a matrix that is written out."""
    rows = [list(node.entries[start : start + node.columns]) for start in range(0, len(node.entries), node.columns)]
    if any(isinstance(cell, kinds.Dots) for row in rows for cell in row):
        rows = _continued(evaluation, rows)
    values = [[None if cell == kinds.Number(Fraction(0)) else evaluation.value(cell) for cell in row] for row in rows]
    heights = [_only({cell.shape[0]: cell.dims[0] for cell in row if cell is not None}) for row in values]
    widths = [
        _only({cell.shape[1]: cell.dims[1] for row in values if (cell := row[place]) is not None})
        for place in range(len(values[0]))
    ]
    filled = [
        [
            cell if cell is not None else jets.constant(np.full((height, width), Decimal(0), dtype=object), (dim, wide))
            for cell, (width, wide) in zip(row, widths)
        ]
        for row, (height, dim) in zip(values, heights)
    ]
    names = [jets.joined(_count(evaluation, len(each)), each[0][1]) for each in (heights, widths)]
    return assemble(filled, (names[0], names[1]))


def _only(sizes: dict[int, str]) -> tuple[int, str]:
    if len(sizes) > 1:
        raise ShapeError("the blocks of a matrix do not fit together")
    return next(iter(sizes.items()), (1, "1"))


def _count(evaluation: Evaluation, number: int) -> str:
    return next((letter for letter, size in evaluation.sample.sizes.items() if size == number), str(number)) if number > 1 else "1"


def _continued(evaluation: Evaluation, rows: list[list[kinds.Node]]) -> list[list[kinds.Node]]:
    """The rows with the dots filled in: first, second, dots, last."""
    height = _last(evaluation, [row[0] for row in rows], [row[-1] for row in rows])
    width = _last(evaluation, rows[0], rows[-1])
    return [
        [_generic(rows, row, column, height, width) for column in range(width or len(rows[0]))]
        for row in range(height or len(rows))
    ]


def _last(evaluation: Evaluation, *lines: list[kinds.Node]) -> int | None:
    """How many entries a line with dots stands for: the size in the index of its last entry; ``None`` without dots."""
    if not any(isinstance(cell, kinds.Dots) for cell in lines[0]):
        return None
    for line in lines:
        for one, other in zip(_indices(line[0]), _indices(line[-1])):
            if one != other and isinstance(other, kinds.Name) and other.text in evaluation.sample.sizes:
                return evaluation.sample.sizes[other.text]
    # A matrix of zeros beside its diagonal has no index: it is as large as what it is multiplied by; the identity's size says it.
    return evaluation.sample.sizes.get(evaluation.interpretation.size)


def _generic(rows: list[list[kinds.Node]], row: int, column: int, height: int | None, width: int | None) -> kinds.Node:
    at_row = 0 if height is None else min(row, 1)
    at_column = 0 if width is None else min(column, 1)
    if height is None:
        at_row = row
    if width is None:
        at_column = column
    if height is not None and width is not None:
        at_row, at_column = (1, 1) if row == column and row else (0, 0) if row == column else (1, 0) if row > column else (0, 1)
    if rows[0][0] == rows[min(1, len(rows) - 1)][min(1, len(rows[0]) - 1)] and height is not None and width is not None:
        return rows[at_row][at_column]
    first = rows[0 if height is not None else row][0 if width is not None else column]
    changed = first
    if height is not None:
        place = 0 if width is not None else column
        below = rows[-1][place] if isinstance(rows[1][place], kinds.Dots) else rows[1][place]
        changed = _stepped(changed, first, below, row)
    if width is not None:
        line = rows[0 if height is not None else row]
        beside = line[-1] if isinstance(line[1], kinds.Dots) else line[1]
        changed = _stepped(changed, first, beside, column)
    return changed


def _stepped(node: kinds.Node, first: kinds.Node, second: kinds.Node, steps: int) -> kinds.Node:
    """The entry that is ``steps`` further than ``first``, where ``second`` is one further."""
    ours, theirs = _indices(first), _indices(second)
    if len(ours) != len(theirs):
        raise NotUnderstood("the dots of a matrix were not understood")
    moved = [place for place, (one, other) in enumerate(zip(ours, theirs)) if one != other]
    counter = iter(range(len(ours)))

    def change(part: kinds.Node) -> kinds.Node:
        if isinstance(part, kinds.Indexed):
            new = []
            for index in part.indices:
                place = next(counter)
                new.append(kinds.Number(index.value + steps) if place in moved and isinstance(index, kinds.Number) else index)
            return kinds.Indexed(change(part.body), tuple(new))
        return part.rebuilt(change)

    return change(node)


def _indices(node: kinds.Node) -> list[kinds.Node]:
    """All indices of an expression in the order of the text."""
    found = list(node.indices) if isinstance(node, kinds.Indexed) else []
    for part in [node.body] if isinstance(node, kinds.Indexed) else node.parts:
        found += _indices(part)
    return found
