r"""Capital letters with one index below them, ``K_k R_k``: whoever numbers matrices does not mean the entries of columns, which are numbers."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.names import SIZED


def with_matrices_numbered(node: Node, bound: frozenset[str] = frozenset()) -> Node:
    """The same with a name of its own for each capital letter with an index that no sum with bounds runs over.

    A sum without bounds may have been read where nobody wrote one.
    """
    if isinstance(node, kinds.Sum) and (node.lower is not None or node.upper is not None or node.other is not None):
        bound |= {node.index}
    elif isinstance(node, kinds.Sum):
        inside = with_matrices_numbered(node.body, bound)
        return inside if node.index not in free_indices(inside, ()) else node
    if isinstance(node, kinds.Indexed) and isinstance(node.body, kinds.Name) and len(node.indices) == 1:
        (index,), letter = node.indices, node.body.text
        is_free = isinstance(index, kinds.Name) and index.text not in bound and letter not in SIZED
        if isinstance(index, kinds.Name) and is_free and letter.removeprefix("\\")[:1].isupper():
            base, sign, mark = letter.partition("^")
            return kinds.Name(f"{base}_{index.text}{sign}{mark}")
    return node.rebuilt(lambda part: with_matrices_numbered(part, bound))
