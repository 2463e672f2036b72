"""The positive part of an expression, written as the larger one of zero and it."""

from matrix_checks.derivations.expressions.kinds import Function, Node, Number, Tuple


def beside_zero(node: Function) -> Node | None:
    r"""The ``z`` of ``\max(0, z)``; ``None`` for other functions."""
    pair = node.arguments[0].entries if node.name == "max" and isinstance(node.arguments[0], Tuple) else ()
    others = [each for each in pair if not (isinstance(each, Number) and each.value == 0)]
    return others[0] if len(pair) == len(node.arguments) + 1 == len(others) + 1 else None
