r"""A prime at the output that is its Jacobian, ``y' = \operatorname{diag}(y) - yy^\top``, where a step is true with that, and not with a transpose.

At a variable it is the gradient of the loss by it, ``W' = X^\top g``, and so is the ``gW`` of ``gW = X^\top g``.
"""

from matrix_checks.derivations.equality.equality import Decision, holds
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import HOLDS, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import NUMBER, View

LOSS, UPSTREAM = kinds.Name("L"), kinds.Name("g")
PRIME, AT_POINT = "'", "at the point {}"
AS_JACOBIAN = "a name for the derivative"


def for_primed_outputs(setting: Setting, left: Node, right: Node) -> Decision | None:
    """The decision on a step that holds with Jacobians for outputs with primes; ``None`` where it does not, or has none."""
    is_named = isinstance(left, kinds.Product) and left.factors[0] == UPSTREAM
    for view in setting.views if is_named or kinds.Primed in left.kinds | right.kinds else ():
        sides = _with_jacobians(_with_gradient(left, view), view), _with_jacobians(right, view)
        if sides != (left, right) and holds(setting, *sides):
            return Decision(Equality(left, right), HOLDS, AS_JACOBIAN, as_written=False)
        for point in sorted(name for name in view.definitions if name.endswith(PRIME)):
            sides = _at(left, point, view), _at(right, point, view)
            if sides != (left, right) and holds(setting, *sides):
                return Decision(Equality(left, right), HOLDS, AT_POINT.format(point), as_written=False)
    return None


def gradient_in_numbers(setting: Setting, left: Node, right: Node) -> Node | None:
    """The gradient that a side is the name of, where the other one has its entries in numbers: ``gx = (1, -1)``; ``None`` where it is none."""
    are_numbers = not right.names and not {kinds.Tuple, kinds.Matrix}.isdisjoint(right.kinds)
    gradients = (_with_gradient(left, view) for view in setting.views) if are_numbers else ()
    return next((gradient for gradient in gradients if gradient != left), None)


def _at(node: Node, point: str, view: View) -> Node:
    """The same with values at a point of the text's own in the place of what the exercise defines with a prime: beside ``S' = S + H``, ``F'`` is ``F(S')``."""
    if isinstance(node, kinds.Primed) and isinstance(node.body, kinds.Name) and node.body.text in (view.origin or view).definitions:
        return kinds.Group(kinds.Product((node.body, kinds.Group(kinds.Name(point))), ("",)))
    return node.rebuilt(lambda part: _at(part, point, view))


def _with_jacobians(node: Node, view: View) -> Node:
    if isinstance(node, kinds.Primed) and isinstance(node.body, kinds.Name):
        if (gradient := _gradient_by(view, node.body)) is not None:
            return gradient
        variable = _variable_of(view, node.body.text) if node.body.text.islower() else ""
        return kinds.Derivative(node.body, kinds.Name(variable)) if variable else node
    return node.rebuilt(lambda part: _with_jacobians(part, view))


def _with_gradient(node: Node, view: View) -> Node:
    """The gradient for the product of the upstream gradient and a variable that is the whole of a side."""
    if isinstance(node, kinds.Product) and len(node.factors) == 2 and node.factors[0] == UPSTREAM:
        return _gradient_by(view, node.factors[1]) or node
    return node


def _gradient_by(view: View, variable: Node) -> Node | None:
    """The gradient of the loss behind a layer by one of its variables, or by an entry of it; ``None`` where it is none."""
    own, whole = view.origin or view, variable.body if isinstance(variable, kinds.Indexed) else variable
    is_variable = isinstance(whole, kinds.Name) and view.aliases.get(whole.text, whole.text) in own.variables
    return kinds.Derivative(LOSS, variable) if is_variable and LOSS.text in own.definitions and whole != UPSTREAM else None


def _variable_of(view: View, output: str) -> str:
    """The only array of the exercise in what a name is defined as; empty where there is none, or where there are several."""
    own, name = view.origin or view, view.aliases.get(output, output)
    variables = [each for each in view.behind(name) & own.variables.keys() if own.variables[each] != NUMBER]
    return variables[0] if name in view.definitions and len(variables) == 1 else ""
