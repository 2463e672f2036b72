r"""A prime at the output that is its Jacobian, ``y' = \operatorname{diag}(y) - yy^\top``, where a step is true with that, and not with a transpose."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.equality import Decision, holds
from matrix_checks.derivations.judging.sides import Setting
from matrix_checks.derivations.judging.verdicts import HOLDS, Equality
from matrix_checks.derivations.values.exercise import NUMBER, View

AS_JACOBIAN = "a prime for the Jacobian"


def for_primed_outputs(setting: Setting, left: Node, right: Node) -> Decision | None:
    """The decision on a step that holds with Jacobians for outputs with primes; ``None`` where it does not, or has none."""
    for view in setting.views if kinds.Primed in left.kinds | right.kinds else ():
        sides = _with_jacobians(left, view), _with_jacobians(right, view)
        if sides != (left, right) and holds(setting, *sides):
            return Decision(Equality(left, right), HOLDS, AS_JACOBIAN, as_written=False)
    return None


def _with_jacobians(node: Node, view: View) -> Node:
    if isinstance(node, kinds.Primed) and isinstance(node.body, kinds.Name):
        variable = _variable_of(view, node.body.text) if node.body.text.islower() else ""
        return kinds.Derivative(node.body, kinds.Name(variable)) if variable else node
    return node.rebuilt(lambda part: _with_jacobians(part, view))


def _variable_of(view: View, output: str) -> str:
    """The only array of the exercise in what a name is defined as; empty where there is none, or where there are several."""
    own, name = view.origin or view, view.aliases.get(output, output)
    variables = [each for each in view.behind(name) & own.variables.keys() if own.variables[each] != NUMBER]
    return variables[0] if name in view.definitions and len(variables) == 1 else ""
