r"""Partial derivatives as subscripts, as in economics: ``y_x`` and ``y_{x_k}`` are derivatives where ``y`` is a number."""

from collections.abc import Callable, Collection

from matrix_checks.derivations.equality.deviation import MEAN, VARIANCE
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View


def with_partials_below(node: Node, numbers: Callable[[], Collection[str]], views: tuple[View, ...]) -> Node:
    """The same with derivatives in the place of numbers that have a variable, or an entry of one, below them: a number has no index.

    Parameters
    ----------
    node
        The expression.
    numbers
        Finds the names of what the exercise defines as a number.
    views
        The exercise with what the text introduced.
    """
    below = [part for part in node.everything if isinstance(part, kinds.Indexed) and _has_letter_below(part)]
    if not below:
        return node
    names = frozenset().union(*(view.names - set(view.letters) for view in views))
    found: dict[Node, Node] = {}
    for part in below:
        by = variable_below(part.indices[0], names)
        meant = {view.aliases.get(name, name) for view in views for name in part.body.names}
        if by is not None and part.body.names.isdisjoint(by.names) and not meant.isdisjoint(numbers()):
            found[part] = kinds.Derivative(part.body, by)

    def change(node: Node) -> Node:
        if isinstance(node, kinds.Differentiated) and node.body in found:
            # The dL_W of a text is the part of dL that comes from dW, and no differential of a gradient.
            return node
        return found[node] if node in found else node.rebuilt(change)

    return change(node) if found else node


def _has_letter_below(node: kinds.Indexed) -> bool:
    """Whether a letter stands below a name; the deviation of ``x`` is no derivative."""
    return (
        isinstance(node.body, kinds.Name)
        and node.body not in (MEAN, VARIANCE)
        and len(node.indices) == 1
        and isinstance(node.indices[0], kinds.Name)
    )


def variable_below(index: Node, names: Collection[str]) -> Node | None:
    """The array, or the entry of one, that stands below a symbol; ``None`` for an index."""
    text = index.text if isinstance(index, kinds.Name) else ""
    if text in names:
        return kinds.Name(text)
    letter, below, rest = text.partition("_")
    indices = [each for each in rest if each not in "{},"]
    if not below or not indices or not {letter, letter.upper()} & set(names) or not all(each.islower() for each in indices):
        return None
    return kinds.Indexed(kinds.Name(letter), tuple(map(kinds.Name, indices)))
