r"""Where a gradient is zero: a variable, by its own name or with a mark, ``\hat S = (A^\top A)^{-1} A^\top X``, that is set equal to the solution."""

import re
from collections.abc import Callable
from fractions import Fraction

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.given_values import is_variable
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View

_MARKED = re.compile(
    r"\\(?:hat|widehat|tilde|widetilde|bar) (?P<below>[A-Za-z]|\\[a-z]+)|\{?(?P<before>[A-Za-z]|\\[a-z]+)(?:\^\{?\*\}?|_(?:\w{2,}|\{\w{2,}\}))\}?"
)
# By what both sides of an equation are multiplied.
FACTORS = tuple(map(Fraction, ("1", "-1", "2", "-2", "1/2", "-1/2")))
Holds = Callable[[Node, Node], bool]


def without_mark(name: str) -> str:
    """The letter below a mark, or before one; the name itself where it has none."""
    said = _MARKED.fullmatch(name)
    return (said["below"] or said["before"]) if said else name


def is_multiple(node: Node, other: Node, holds: Holds) -> bool:
    """Whether an expression is another one, twice it or half of it, or the same with the other sign."""
    whole = kinds.Group(other)
    return any(holds(node, kinds.Product((kinds.Number(factor), whole), ("",))) for factor in FACTORS)


def solves(context: Context, left: Node, right: Node, gradient: Node, holds: Holds) -> bool:
    """Whether a variable is set equal to what makes a gradient zero that the text found, or set to zero."""
    if not isinstance(left, kinds.Name) or not is_variable(context, left.text) or left.text in right.names:
        return False
    return left.text in gradient.names and _is_zero_at(gradient, left, right, holds)


def difference_of(left: Node, right: Node) -> Node:
    """What is zero where two sides are equal."""
    return kinds.Add((kinds.Group(left), kinds.Negative(kinds.Group(right))))


def is_no_solution(context: Context, name: str, right: Node, holds: Holds) -> bool:
    r"""Whether a variable with a mark, ``\hat S``, is set equal to what might be where its gradient is zero, and is not."""
    variable = kinds.Name(without_mark(name))
    gradient = context.memory.gradients.get(variable)
    if variable.text == name or kinds.Power not in right.kinds:
        return False
    if gradient is None:
        loss, view = loss_of(context.views), context.views[0]
        is_of_exercise = variable.text in view.behind(loss.text) and right.names - OF_ANY_SIZE <= view.behind(loss.text) - {
            variable.text
        }
        return (
            is_of_exercise
            and is_variable(context, variable.text)
            and not is_stationary(in_full(view, loss), variable, right, holds)
        )
    is_of_exercise = right.names - OF_ANY_SIZE <= gradient.names - {variable.text}
    return is_of_exercise and not _is_zero_at(gradient, variable, right, holds)


def is_stationary(loss: Node, variable: kinds.Name, value: Node, holds: Holds) -> bool:
    r"""Whether the gradient of a quadratic number is zero at a value ``v``.

    The gradient is a constant plus a linear function, so that it is ``2 \nabla f(v + w) - \nabla f(v + 2w)`` there, for any ``w``.
    """

    def gradient(step: Node) -> Node:
        there = kinds.Group(kinds.Add((kinds.Group(value), step)))
        return kinds.Derivative(kinds.Group(loss.substituted(variable, there)), variable)

    twice = kinds.Product((kinds.Number(Fraction(2)), variable), ("",))
    return holds(kinds.Product((kinds.Number(Fraction(4)), gradient(variable)), ("",)), gradient(twice))


def in_full(view: View, node: Node) -> Node:
    """An expression with what the names of a view stand for, but for those that have indices."""
    for _ in view.definitions:
        for name in sorted(node.names & view.definitions.keys()):
            definition = view.definitions[name][0]
            if not definition.indices:
                node = node.substituted(kinds.Name(name), kinds.Group(definition.body))
    return node


def _is_zero_at(gradient: Node, variable: kinds.Name, value: Node, holds: Holds) -> bool:
    return holds(gradient.substituted(variable, kinds.Group(value)), ZERO)
