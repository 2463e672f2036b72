"""Products, in which most of what is ambiguous in a derivation lies: functions and factors, stars, and chains of derivatives."""

from autograder.writeups import jets, syntax
from autograder.writeups.differentiate import Tensor, tensor
from autograder.writeups.draw import broadcast
from autograder.writeups.jets import Jet, ShapeError
from autograder.writeups.tokens import NotUnderstood


def product(evaluator, node: syntax.Product) -> Jet:
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
            total = jets.kronecker(total, value)
    return total


def _side_by_side(evaluator, factors: list[syntax.Node], signs: list[str]) -> Jet:
    values: list[tuple[str, Jet | Tensor]] = []
    place = 0
    while place < len(factors):
        sign = signs[place - 1] if place else ""
        factor = factors[place]
        following = factors[place + 1] if place + 1 < len(factors) else None
        if following is not None and not signs[place] and is_application(evaluator, factor, following):
            value: Jet | Tensor = apply(evaluator, factor, following)
            place += 1
        elif isinstance(factor, syntax.Derivative) and evaluator.reading.chain == "maps" and len(factors) > 1:
            value = tensor(evaluator, factor)
        else:
            value = evaluator.value(factor)
        values.append((sign, value))
        place += 1
    total = values[0][1]
    for sign, value in values[1:]:
        total = _times(evaluator, total, value, sign)
    return total.array(evaluator) if isinstance(total, Tensor) else total


def _times(evaluator, left: Jet | Tensor, right: Jet | Tensor, sign: str) -> Jet | Tensor:
    if isinstance(right, Tensor) and not isinstance(left, Tensor):
        # A gradient before a derivative: the chain rule, where it has the shape of what is differentiated.
        if left.shape == right.top and left.shape != (1, 1):
            return right.after(left)
        right = right.array(evaluator)
    elif isinstance(left, Tensor) and isinstance(right, Tensor):
        if left.bottom == right.top:
            return left.composed(right)
        left, right = left.array(evaluator), right.array(evaluator)
    elif isinstance(left, Tensor):
        left = left.array(evaluator)
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


def _entrywise(evaluator, left: Jet, right: Jet) -> Jet:
    if evaluator.view.elementwise and left.shape != right.shape and not left.is_scalar and not right.is_scalar:
        for one, other, swapped in ((left, right, False), (right, left, True)):
            spread = broadcast(one, other)
            if spread is not None:
                return jets.elementwise(other, spread) if swapped else jets.elementwise(spread, other)
    return jets.elementwise(left, right)


def is_application(evaluator, function: syntax.Node, argument: syntax.Node) -> bool:
    """Whether ``f (…)`` is a function of what stands in the brackets, rather than a product."""
    return _point_of(evaluator, function, argument) is not None


def apply(evaluator, function: syntax.Name, argument: syntax.Group) -> Jet:
    """The function with what stands in the brackets in the place of its variable."""
    variable = _point_of(evaluator, function, argument)
    value = evaluator.value(argument.body)
    expected = evaluator.named(variable)
    if value.shape != expected.shape:
        raise ShapeError(f"{function.text} is taken at {value.shown()}, and {variable} is {expected.shown()}")
    return evaluator.within(overrides={variable: value}).value(function)


def _point_of(evaluator, function: syntax.Node, argument: syntax.Node) -> str | None:
    """The variable that an argument such as ``x + h`` stands for: it is in it by itself, and the function depends on it."""
    body = function.body if isinstance(function, syntax.Indexed) else function
    if not isinstance(body, syntax.Name) or not isinstance(argument, syntax.Group):
        return None
    name = evaluator.resolve(body.text)
    if name not in evaluator.view.definitions:
        return None
    terms = argument.body.terms if isinstance(argument.body, syntax.Add) else (argument.body,)
    reached = evaluator.reaches(body)
    found = [evaluator.resolve(term.text) for term in terms if isinstance(term, syntax.Name)]
    return next((text for text in found if text in reached and text != name and text in _changeable(evaluator)), None)


def _changeable(evaluator) -> set[str]:
    return {*evaluator.view.variables, *evaluator.view.definitions}


__all__ = ["NotUnderstood", "apply", "is_application", "product"]
