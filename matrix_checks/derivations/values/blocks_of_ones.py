"""The ones as a block of a matrix: a column as long as the blocks beside it, a row as long as those above and below it."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ONE, ZERO
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.values.evaluation import Evaluation
from matrix_checks.derivations.values.jets import Jet
from matrix_checks.derivations.values.units import ONES


def values_of_blocks(evaluation: Evaluation, rows: list[list[kinds.Node]]) -> list[list[Jet | None]]:
    """The values of all blocks, and none for a zero."""
    found = [[None if cell == ZERO or is_ones(cell) else evaluation.value(cell) for cell in row] for row in rows]
    values = [list(row) for row in found]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if not is_ones(cell):
                continue
            is_row = isinstance(bare(cell), kinds.Transposed)
            beside = [line[column] for line in found] if is_row else found[row]
            letter = next((each.dims[1 if is_row else 0] for each in beside if each is not None), "")
            sized = kinds.Indexed(ONES, (kinds.Name(letter),)) if letter in evaluation.view.letters else ONES
            values[row][column] = evaluation.value(kinds.Transposed(sized) if is_row else sized)
    return values


def is_ones(cell: kinds.Node) -> bool:
    """Whether a block is the column of ones, or the row of them, of a size that is not said."""
    inside = bare(cell)
    return bare(inside.body if isinstance(inside, kinds.Transposed) else inside) == ONES


def has_column_of_ones(evaluation: Evaluation, node: kinds.Tuple) -> bool:
    r"""Whether it is a matrix and a column of ones beside it: ``(X, \mathbf 1)``."""
    others = [entry for entry in node.entries if not is_ones(entry) and entry != ONE]
    return (
        len(others) == len(node.entries) - 1 == 1
        and not isinstance(others[0], kinds.Dots)
        and 1 not in evaluation.value(others[0]).shape
    )
