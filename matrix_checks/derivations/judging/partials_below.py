r"""Partial derivatives as subscripts, as in economics: ``y_{x_k}`` is ``\partial y/\partial x_k`` where ``y`` is a number."""

from collections.abc import Collection

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View


def with_partials_below(node: Node, numbers: Collection[str], views: tuple[View, ...]) -> Node:
    """The same with derivatives in the place of numbers that have an entry of a variable below them: a number has no index.

    Parameters
    ----------
    node
        The expression.
    numbers
        The names of what the exercise defines as a number.
    views
        The exercise with what the text introduced.
    """
    names = frozenset().union(*(view.names - set(view.letters) for view in views))

    def change(node: Node) -> Node:
        if isinstance(node, kinds.Indexed) and isinstance(node.body, kinds.Name) and len(node.indices) == 1:
            by = _entry(node.indices[0], names)
            if by is not None and any(view.aliases.get(node.body.text, node.body.text) in numbers for view in views):
                return kinds.Derivative(node.body, by)
        return node.rebuilt(change)

    return change(node)


def _entry(index: Node, names: Collection[str]) -> Node | None:
    """The entry of an array that stands below a symbol; ``None`` for an index."""
    letter, below, indices = index.text.partition("_") if isinstance(index, kinds.Name) else ("", "", "")
    letters = tuple(kinds.Name(each) for each in indices if each.isalpha() and each.islower())
    if not below or not {letter, letter.upper()} & set(names) or not letters or len(letters) != len(indices.strip("{}").replace(",", "")):
        return None
    return kinds.Indexed(kinds.Name(letter), letters)
