"""Products, in which most of what is ambiguous in a derivation lies: functions and factors, stars, and chains of derivatives."""

from dataclasses import dataclass

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.derivatives import Tensor, tensor
from matrix_checks.derivations.values.jets import Jet, ShapeError
from matrix_checks.derivations.values.sample import broadcast


def product(evaluator, node: kinds.Product) -> Jet:
    """The value of factors side by side.

    ``⊙`` and ``⊗`` bind less tightly than factors side by side, as most people write them.
    """
    parts: list[tuple[str, list, list]] = [("", [node.factors[0]], [])]
    for sign, factor in zip(node.signs, node.factors[1:]):
        if sign in ("odot", "otimes"):
            parts.append((sign, [factor], []))
        else:
            parts[-1][1].append(factor)
            parts[-1][2].append(sign)
    total: Jet | None = None
    for sign, factors, signs in parts:
        value = _side_by_side(evaluator, factors, signs)
        if total is None:
            total = value
        elif sign == "odot":
            total = _entrywise(evaluator, total, value)
        else:
            # Physicists write the outer product of two columns so.
            outer = evaluator.reading.otimes == "outer" and total.shape[1] == value.shape[1] == 1
            total = jets.multiply(total, jets.transpose(value)) if outer else jets.kronecker(total, value)
    return total


def _side_by_side(evaluator, factors: list[kinds.Node], signs: list[str]) -> Jet:
    values: list[tuple[str, Jet | Tensor | Adjoint]] = []
    place = 0
    while place < len(factors):
        sign = signs[place - 1] if place else ""
        factor = factors[place]
        following = factors[place + 1] if place + 1 < len(factors) else None
        if isinstance(following, kinds.Group) and not signs[place] and is_application(evaluator, factor, following):
            value: Jet | Tensor | Adjoint = apply(evaluator, factor, following)
            place += 1
        elif isinstance(factor, kinds.Derivative) and evaluator.reading.chain == "maps" and len(factors) > 1:
            value = tensor(evaluator, factor)
        elif place + 1 < len(factors) and evaluator.reading.chain == "maps" and _is_transposed_derivative(factor):
            value = Adjoint(tensor(evaluator, bare(factor)))
        elif evaluator.reading.trace == "whole" and is_loose_trace(factors[place : place + 2], signs[place : place + 1]):
            whole = kinds.Product((factor.arguments[0], *factors[place + 1 :]), ("", *signs[place + 1 :]))
            value, place = evaluator.value(kinds.Function("tr", (whole,))), len(factors)
        else:
            value = evaluator.value(factor)
        values.append((sign, value))
        place += 1
    total = values[0][1]
    for sign, value in values[1:]:
        total = _times(evaluator, total, value, sign)
    return _as_array(evaluator, total)


@dataclass
class Adjoint:
    """A transposed derivative before what it is applied to."""

    tensor: Tensor


def _is_transposed_derivative(node: kinds.Node) -> bool:
    return (
        isinstance(node, kinds.Transposed)
        and isinstance(bare(node), kinds.Derivative)
        and not isinstance(node.body, kinds.Transposed)
    )


def is_loose_trace(factors: list[kinds.Node], signs: list[str]) -> bool:
    """Whether a trace may be meant of all that follows: ``tr(A + H) B``. The first two factors decide."""
    first = factors[0]
    if not isinstance(first, kinds.Function) or first.name != "tr" or len(factors) < 2 or signs[0]:
        return False
    return isinstance(first.arguments[0], kinds.Add) and not isinstance(factors[1], kinds.Function)


def _chained(left: Jet | Tensor | Adjoint, right: Jet | Tensor) -> Jet | Tensor | None:
    """The chain rule, where the shapes say that it is meant; ``None`` otherwise."""
    gradient = right if isinstance(right, Jet) else right.gradient
    if isinstance(left, Adjoint):
        return left.tensor.after(gradient) if gradient is not None and gradient.shape == left.tensor.top != (1, 1) else None
    if isinstance(left, Jet):
        # A gradient before a derivative, where it has the shape of what is differentiated.
        return right.after(left) if isinstance(right, Tensor) and left.shape == right.top != (1, 1) else None
    if isinstance(right, Tensor) and left.bottom == right.top:
        return left.composed(right)
    if isinstance(right, Jet) and right.shape == left.bottom != (1, 1):
        return left.along(right)
    # In the denominator's layout the gradient stands behind.
    return left.after(gradient) if gradient is not None and gradient.shape == left.top != (1, 1) else None


def _times(evaluator, left: Jet | Tensor | Adjoint, right: Jet | Tensor | Adjoint, sign: str) -> Jet | Tensor:
    if not isinstance(right, Adjoint) and not (isinstance(left, Jet) and isinstance(right, Jet)):
        chained = _chained(left, right)
        if chained is not None:
            return chained
    left, right = (_as_array(evaluator, each) for each in (left, right))
    if left.is_scalar or right.is_scalar:
        return jets.elementwise(left, right)
    star = evaluator.reading.star
    if sign == "*" and left.shape == right.shape:
        if star == "inner":
            return jets.inner(left, right)
        if star == "entries":
            return jets.elementwise(left, right)
    try:
        return jets.multiply(left, right)
    except ShapeError:
        if evaluator.view.elementwise and (left.shape == right.shape):
            return jets.elementwise(left, right)
        raise


def _as_array(evaluator, value: Jet | Tensor | Adjoint) -> Jet:
    if isinstance(value, Adjoint):
        return jets.transpose(value.tensor.array(evaluator))
    return value.array(evaluator) if isinstance(value, Tensor) else value


def _entrywise(evaluator, left: Jet, right: Jet) -> Jet:
    if evaluator.view.elementwise and left.shape != right.shape and not left.is_scalar and not right.is_scalar:
        for one, other, swapped in ((left, right, False), (right, left, True)):
            spread = broadcast(one, other)
            if spread is not None:
                return jets.elementwise(other, spread) if swapped else jets.elementwise(spread, other)
    return jets.elementwise(left, right)


def is_application(evaluator, function: kinds.Node, argument: kinds.Node) -> bool:
    """Whether ``f (…)`` is a function of what stands in the brackets, rather than a product."""
    return _point_of(evaluator, function, argument) is not None


def apply(evaluator, function: kinds.Name, argument: kinds.Group) -> Jet:
    """The function with what stands in the brackets in the place of its variable."""
    variable = _point_of(evaluator, function, argument)
    value = evaluator.value(argument.body)
    expected = evaluator.named(variable)
    if value.shape != expected.shape:
        raise ShapeError(f"{function.text} is taken at {value.shown()}, and {variable} is {expected.shown()}")
    return evaluator.within(overrides={variable: value}).value(function)


def _point_of(evaluator, function: kinds.Node, argument: kinds.Node) -> str | None:
    """The variable that an argument such as ``x + h`` stands for: it is in it by itself, and the function depends on it."""
    body = function.body if isinstance(function, kinds.Indexed) else function
    if not isinstance(body, kinds.Name) or not isinstance(argument, kinds.Group):
        return None
    name = evaluator.resolve(body.text)
    if name not in evaluator.view.definitions:
        return None
    terms = argument.body.terms if isinstance(argument.body, kinds.Add) else (argument.body,)
    reached = evaluator.reaches(body)
    found = [evaluator.resolve(term.text) for term in terms if isinstance(term, kinds.Name)]
    return next((text for text in found if text in reached and text != name and text in _changeable(evaluator)), None)


def _changeable(evaluator) -> set[str]:
    return {*evaluator.view.variables, *evaluator.view.definitions}


__all__ = ["NotUnderstood", "apply", "is_application", "product"]
