"""A loss that is called on what it is the loss of: ``L(XW + b)`` is ``L``, and no product of a number and an array."""

from collections.abc import Callable

from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import NUMBER, View


def with_losses_called(
    node: Node, views: tuple[View, ...], shape_of: Callable[[Node], tuple[str, str] | None], same: Callable[[Node, Node], bool]
) -> Node:
    """The same with the loss alone where it is called on what it is made of, as the output.

    Parameters
    ----------
    shape_of, same
        The shape of an expression, ``None`` where it has no value, and whether two expressions have the same value.

    Raises
    ------
    NotUnderstood
        Where it is called on another array that is not said to be the output with something added.
    """
    loss = loss_of(views).text
    names = {name for view in views for name in (loss, *view.aliases) if view.aliases.get(name, name) == loss}
    if names.isdisjoint(node.names):
        return node
    made_of = {name for view in views for name in view.behind(loss) if name in view.definitions and name != loss}
    if not made_of:
        return node

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        return _with_calls(node) if isinstance(node, kinds.Product) and not names.isdisjoint(node.names) else node

    def _with_calls(node: kinds.Product) -> Node:
        factors, signs = list(node.factors), list(node.signs)
        for place in reversed(range(len(signs))):
            function, argument = factors[place], factors[place + 1]
            # What stands behind its gradient is a factor, but for the output, which has no meaning as one.
            top = function.top if isinstance(function, kinds.Derivative) and isinstance(function.bottom, kinds.Name) else function
            if not isinstance(top, kinds.Name) or top.text not in names or signs[place] or not isinstance(argument, kinds.Group):
                continue
            if isinstance(argument.body, kinds.Name) or not _is_array(argument.body):
                continue
            if any(same(kinds.Name(name), argument.body) for name in made_of):
                del factors[place + 1], signs[place]
            elif top is function and _is_elsewhere(argument.body):
                raise NotUnderstood(f"the value of {loss} at another place was not understood")
        return kinds.Product(tuple(factors), tuple(signs)) if signs else factors[0]

    def _is_array(body: Node) -> bool:
        shape = shape_of(body)
        if shape:
            return shape != NUMBER
        arrays = {name for view in views for name, each in view.variables.items() if each != NUMBER}
        return any(name in arrays or view.aliases.get(name) in arrays for view in views for name in body.names)

    def _is_elsewhere(body: Node) -> bool:
        """Whether nobody can see what is added: J(F + K) and J(S + H) say it themselves, and J((A + K)S) does not."""
        first = body.terms[0] if isinstance(body, kinds.Add) else body
        is_made = any(view.aliases.get(name, name) in made_of for view in views for name in body.names)
        return not is_made and not isinstance(kinds.bare(first), kinds.Name)

    return change(node)
