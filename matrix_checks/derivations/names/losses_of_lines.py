r"""A loss of the rows of a matrix, ``L = \frac12\sum_n Y_n^2``: a loss is a number, and so all entries of a row are added up.

Whoever has one output in each row writes it so, and means the entries; a square of a row is the sum of their squares anyway.
"""

from collections.abc import Set

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

COLUMNS = "columns "


def of_all_entries(loss: Node, matrices: Set[str]) -> Node:
    """The same where a sum over the rows of matrices is one over all of their entries.

    Parameters
    ----------
    loss
        What is no number as it stands.
    matrices
        The names of arrays with two sizes.
    """
    if not isinstance(loss, kinds.Sum):
        return loss.rebuilt(lambda part: of_all_entries(part, matrices))
    row = (kinds.Name(loss.index),)

    def change(node: Node) -> Node:
        is_row = isinstance(node, kinds.Indexed) and node.indices == row and isinstance(node.body, kinds.Name)
        if is_row and isinstance(node, kinds.Indexed) and not matrices.isdisjoint(node.body.names):
            return kinds.Indexed(node.body, (*row, kinds.Name(COLUMNS)))
        return node.rebuilt(change)

    body = change(loss.body)
    if body == loss.body:
        return loss
    return kinds.Sum(loss.index, loss.lower, loss.upper, loss.other, kinds.Sum(COLUMNS, None, None, None, body))
