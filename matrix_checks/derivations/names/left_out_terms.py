"""An exercise without one of its terms: a layer ``y = xW`` without a bias, a norm without an epsilon."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import Definition, View


def without_term(view: View, name: str, missing: str) -> View:
    """The view where a variable is zero in what the exercise defines a name as."""
    stated = (view.origin or view).definitions[name][0]
    return view.with_definition(name, Definition(_with_zero(stated.body, missing), stated.indices), first=True)


def _with_zero(node: Node, name: str) -> Node:
    body = kinds.whole_of(node)
    return ZERO if body == kinds.Name(name) else node.rebuilt(lambda part: _with_zero(part, name))
