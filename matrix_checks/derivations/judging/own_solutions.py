r"""Where the gradient of a text's own number is zero: ``X^\top X w = X^\top y`` behind ``L = \|Xw - y\|^2``, and the ``w`` that solves it."""

from collections.abc import Iterator
from itertools import pairwise

from matrix_checks.derivations.context.given_values import holds_inverse
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.solutions import Holds, difference_of, in_full, is_multiple, is_stationary, without_mark
from matrix_checks.derivations.equality.verdicts import HOLDS, NOT_UNDERSTOOD, STATED, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Name, Node
from matrix_checks.derivations.judging.what_follows import FOLLOWS, SET_TO_ZERO, WHERE_ZERO
from matrix_checks.derivations.names.own_definitions import OwnDefinitions
from matrix_checks.derivations.values.exercise import NUMBER

NO_SOLUTION = "it is not where the gradient is zero that the text's own definitions have"
_DERIVED = (kinds.Derivative, kinds.Differential, kinds.Differentiated, kinds.Operator)


def at_own_minimum(own: OwnDefinitions, left: Node, right: Node, holds: Holds) -> Finding | None:
    """What is found of an equality that says where a gradient is zero; ``None`` where it does not say that.

    Parameters
    ----------
    own
        The text's own definitions.
    left, right
        The sides, which are not equal for all numbers.
    holds
        Whether ``left = right`` holds by these definitions.
    """
    if ZERO in (left, right):
        demanded = left if right == ZERO else right
        is_gradient = any(demanded == each or _is_parallel(own, demanded, each, holds) for each in _gradients(own, demanded.names))
        return Finding(STATED, SET_TO_ZERO, earns=False) if is_gradient else None
    if not left.kinds.isdisjoint(_DERIVED) or not right.kinds.isdisjoint(_DERIVED):
        return None
    solved = own_solution(own, left, right, holds) or own_solution(own, right, left, holds)
    if solved is not None:
        return solved
    difference = difference_of(left, right)
    for gradient in _gradients(own, left.names | right.names):
        if _is_parallel(own, difference, gradient, holds):
            is_side = _is_parallel(own, left, gradient, holds) or _is_parallel(own, right, gradient, holds)
            return None if is_side else Finding(HOLDS, WHERE_ZERO, earns=False)
    return None


def own_solution(own: OwnDefinitions, left: Node, right: Node, holds: Holds) -> Finding | None:
    """What is found of a variable that is set equal to what has an inverse in it; ``None`` for anything else."""
    variable = without_mark(name_of(left))
    if not isinstance(left, Name) or variable in right.names or not (holds_inverse(right) or _is_solved(own, variable, right)):
        return None
    gradients = [each for each in _gradients(own, {variable}) if each.bottom == Name(variable)]
    if any(is_stationary(in_full(own.view, each.top), Name(variable), right, holds) for each in gradients):
        return Finding(HOLDS, FOLLOWS, earns=False)
    if any(_may_be_stationary(own, each, right, holds) for each in gradients):
        return None
    return Finding(NOT_UNDERSTOOD, NO_SOLUTION) if gradients else None


def _may_be_stationary(own: OwnDefinitions, gradient: kinds.Derivative, value: Node, holds: Holds) -> bool:
    """Whether a gradient is zero at a value where the square matrices are symmetric, of which the text may say so, or where the number is not known."""
    loss, variable = in_full(own.view, gradient.top), gradient.bottom
    # Those of quadratic forms, e^\\top P e.
    forms = {
        behind
        for part in loss.everything
        if isinstance(part, kinds.Product)
        for before, behind in pairwise(part.factors)
        if isinstance(before, kinds.Transposed)
    }
    square = [Name(name) for name, shape in own.view.variables.items() if shape[0] == shape[1] != "1" and Name(name) in forms]
    for matrix in square:
        both = kinds.Group(kinds.Add((matrix, kinds.Transposed(matrix))))
        loss, value = loss.substituted(matrix, both), value.substituted(matrix, both)
    is_known = variable.names <= loss.names and loss.names <= own.view.names
    return not is_known or (bool(square) and isinstance(variable, Name) and is_stationary(loss, variable, value, holds))


def _is_solved(own: OwnDefinitions, variable: str, right: Node) -> bool:
    """Whether a variable that the text differentiates by is set equal to what is made of all else that a number of it is made of."""
    behind = (own.view.behind(name_of(each.top)) for each in _gradients(own, {variable}))
    return variable in own.varied and any(right.names and right.names <= names - {variable} for names in behind)


def _gradients(own: OwnDefinitions, names: frozenset[str] | set[str]) -> Iterator[kinds.Derivative]:
    """The gradients of the text's own numbers by variables among some names."""
    for loss, definitions in own.view.definitions.items():
        if own.shapes.get(loss) != NUMBER or definitions[0].indices:
            continue
        for name in sorted(names & own.view.variables.keys() & own.view.behind(loss)):
            yield kinds.Derivative(Name(loss), Name(name))


def _is_parallel(own: OwnDefinitions, node: Node, gradient: kinds.Derivative, holds: Holds) -> bool:
    """Whether an expression, or its transpose, is a gradient times a number: of a derivative by a number, a simple one."""
    if own.view.variables[name_of(gradient.bottom)] == NUMBER:
        return is_multiple(node, gradient, holds)
    return any(
        holds(
            kinds.Product((kinds.Inner(gradient, gradient), kinds.Group(each)), ("",)),
            kinds.Product((kinds.Inner(gradient, kinds.Group(each)), gradient), ("",)),
        )
        for each in (node, kinds.Transposed(kinds.Group(node)))
    )
