"""Products, in which most of what is ambiguous lies: functions and factors, stars, chains of derivatives.

A new sign is a case of :func:`product` where it binds loosely, and of ``_times`` otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.reading.spelling import LOOSE
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.derivatives import tensor
from matrix_checks.derivations.values.evaluation import Evaluation, rule
from matrix_checks.derivations.values.function_values import function_value
from matrix_checks.derivations.values.functions_of_entries import raise_to
from matrix_checks.derivations.values.interpretation import Interpretation
from matrix_checks.derivations.values.jets import Jet, ShapeError, broadcast
from matrix_checks.derivations.values.names import FITTING
from matrix_checks.derivations.values.sample import Unknown
from matrix_checks.derivations.values.tensors import Tensor
from matrix_checks.derivations.values.units import ONES


@dataclass
class Adjoint:
    """A transposed derivative before what it is applied to."""

    tensor: Tensor


IDENTITIES = (kinds.Name("I"), kinds.Name("E"))
Factor = Jet | Tensor | Adjoint


@rule(kinds.Product)
def product(evaluation: Evaluation, node: kinds.Product) -> Jet:
    """The value of factors side by side.

    ``⊙``, ``⊘`` and ``⊗`` bind less tightly than factors side by side, as most people write them.
    """
    parts: list[tuple[str, list[kinds.Node], list[str]]] = [("", [node.factors[0]], [])]
    for sign, factor in zip(node.signs, node.factors[1:]):
        if sign in LOOSE:
            parts.append((sign, [factor], []))
        else:
            parts[-1][1].append(factor)
            parts[-1][2].append(sign)
    total: Jet | None = None
    for sign, factors, signs in parts:
        value = _side_by_side(evaluation, factors, signs)
        total = value if total is None else _loosely(evaluation, total, value, sign)
    assert total is not None
    return total


def _loosely(evaluation: Evaluation, left: Jet, right: Jet, sign: str) -> Jet:
    if sign == "odot":
        return _entrywise(evaluation, left, right)
    if sign == "oslash":
        return _entrywise(evaluation, left, raise_to(right, Decimal(-1)))
    # Physicists write the outer product of two columns so.
    outer = evaluation.interpretation.otimes == "outer" and left.shape[1] == right.shape[1] == 1
    return jets.multiply(left, jets.transpose(right)) if outer else jets.kronecker(left, right)


def _side_by_side(evaluation: Evaluation, factors: list[kinds.Node], signs: list[str]) -> Jet:
    if evaluation.interpretation.size.startswith(FITTING):
        factors, signs = _without_identities(factors, signs)
        factors = [_fitting(evaluation, factors, place) for place in range(len(factors))]
    # All have values before any two are multiplied: what is not known is said before what does not fit.
    values: list[tuple[str, Factor]] = []
    place = 0
    while place < len(factors):
        sign = signs[place - 1] if place else ""
        value, taken = _next_factor(evaluation, factors[place:], signs[place:], alone=len(factors) == 1)
        values.append((sign, value))
        place += taken
    return _multiplied(evaluation, values)


def _multiplied(evaluation: Evaluation, values: list[tuple[str, Factor]]) -> Jet:
    total = values[0][1]
    for place, (sign, value) in enumerate(values[1:], start=1):
        rest = values[place:]
        if sign == "*" and len(rest) > 1 and evaluation.interpretation.star == "inner" and all(not each for each, _ in rest[1:]):
            inner = _inner_with_rest(evaluation, _as_array(evaluation.interpretation, total), rest)
            if inner is not None:
                return inner
        total = _times(evaluation, total, value, sign)
    return _as_array(evaluation.interpretation, total)


def _inner_with_rest(evaluation: Evaluation, left: Jet, rest: list[tuple[str, Factor]]) -> Jet | None:
    """``a \\cdot B c`` with columns ``a`` and ``Bc`` is their inner product; ``None`` where they are none."""
    try:
        right = _multiplied(evaluation, rest) if left.shape[1] == 1 < left.shape[0] else left
    except ShapeError:
        return None
    return jets.inner(left, right) if right is not left and right.shape == left.shape else None


def count_identities(node: kinds.Product) -> int:
    """How many factors are identities."""
    return sum(bare(factor) in IDENTITIES for factor in node.factors)


def _without_identities(factors: list[kinds.Node], signs: list[str]) -> tuple[list[kinds.Node], list[str]]:
    """Factors without the identities beside others, each of which has the size that fits."""
    kept = [place for place, factor in enumerate(factors) if bare(factor) not in IDENTITIES]
    if not kept:
        return factors, signs
    return [factors[place] for place in kept], [signs[place - 1] if place else "" for place in kept[1:]]


def _fitting(evaluation: Evaluation, factors: list[kinds.Node], place: int) -> kinds.Node:
    """A factor; the ones with the size that what stands before a column of them, or behind a row of them, asks for."""
    factor = factors[place]
    if bare(factor) != ONES:
        return factor
    is_row = isinstance(factor, kinds.Transposed)
    beside = place + 1 if is_row else place - 1
    if not 0 <= beside < len(factors) or bare(factors[beside]) == ONES:
        return factor
    try:
        value = evaluation.value(factors[beside])
    except (ShapeError, NotUnderstood, Unknown):
        return factor
    letter = value.dims[0 if is_row else 1]
    if letter not in evaluation.view.letters:
        return factor
    sized = kinds.Indexed(ONES, (kinds.Name(letter),))
    return kinds.Transposed(sized) if is_row else sized


def _next_factor(evaluation: Evaluation, factors: list[kinds.Node], signs: list[str], alone: bool) -> tuple[Factor, int]:
    """What the first of some factors stands for, and how many of them that takes."""
    factor, interpretation = factors[0], evaluation.interpretation
    called = function_value(evaluation, factors, signs)
    if called is not None:
        return called, 2
    if isinstance(factor, kinds.Nabla) and _takes_all(evaluation, factor, factors[1:], signs):
        body = kinds.Product((factor.top, *factors[1:]), tuple(signs[: len(factors) - 1]))
        return tensor(evaluation, kinds.Derivative(body, factor.bottom)), len(factors)
    if interpretation.chain == "maps" and not alone:
        map_ = factor.body if isinstance(factor, kinds.Group) else factor
        if isinstance(map_, kinds.Derivative):
            return tensor(evaluation, map_), 1
        inside = bare(factor)
        if len(factors) > 1 and _is_transposed_once(factor) and isinstance(inside, kinds.Derivative):
            return Adjoint(tensor(evaluation, inside)), 1
    if interpretation.trace == "whole" and is_loose_trace(factors[:2], signs[:1]):
        whole = kinds.Product((inside_trace(factor), *factors[1:]), ("", *signs[1:]))
        return evaluation.value(kinds.Function("tr", (whole,))), len(factors)
    return evaluation.value(factor), 1


def _takes_all(evaluation: Evaluation, gradient: kinds.Nabla, behind: list[kinds.Node], signs: list[str]) -> bool:
    """Whether a gradient is meant of all factors behind it: a gradient of the first one, which is no number, would be none."""
    if not behind or signs[0] or any(kinds.Derivative in each.kinds for each in behind):
        return False
    return not evaluation.value(gradient.top).is_scalar


def _is_transposed_once(node: kinds.Node) -> bool:
    return isinstance(node, kinds.Transposed) and not isinstance(node.body, kinds.Transposed)


def is_loose_trace(factors: Sequence[kinds.Node], signs: Sequence[str]) -> bool:
    """Whether a trace may be meant of all that follows: ``tr(A + H) B``, ``tr(A)^\\top B``. The first two factors decide."""
    first = factors[0].body if isinstance(factors[0], kinds.Transposed) else factors[0]
    if not isinstance(first, kinds.Function) or first.name != "tr" or len(factors) < 2 or signs[0]:
        return False
    # Nobody transposes a number.
    is_loose = isinstance(first.arguments[0], kinds.Add) or first is not factors[0]
    return is_loose and not isinstance(factors[1], kinds.Function)


def inside_trace(factor: kinds.Node) -> kinds.Node:
    """What stands in the brackets of a trace; transposed where the trace is, for that is meant of them."""
    if isinstance(factor, kinds.Transposed):
        return kinds.Transposed(inside_trace(factor.body))
    assert isinstance(factor, kinds.Function)
    return factor.arguments[0]


def _chained(left: Factor, right: Jet | Tensor) -> Jet | Tensor | None:
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


def _times(evaluation: Evaluation, left: Factor, right: Factor, sign: str) -> Jet | Tensor:
    if not isinstance(right, Adjoint) and not (isinstance(left, Jet) and isinstance(right, Jet)):
        chained = _chained(left, right)
        if chained is not None:
            return chained
    interpretation = evaluation.interpretation
    one, other = _as_array(interpretation, left), _as_array(interpretation, right)
    if one.is_scalar or other.is_scalar:
        return jets.elementwise(one, other)
    if sign == "at" and one.shape == other.shape and one.shape[1] == 1:
        # Columns are plain arrays in a program.
        return jets.inner(one, other)
    is_plain = sign == "at" and one.shape[0] == other.shape[0] or sign == "*" and interpretation.star == "inner"
    if is_plain and one.shape[1] == 1 and other.shape[1] > 1:
        # A plain array before a matrix: the dot of engineers takes the last index of the one, and the first of the other.
        return jets.transpose(jets.multiply(jets.transpose(one), other))
    if sign == "*" and one.shape == other.shape:
        if interpretation.star == "inner":
            return jets.inner(one, other)
        if interpretation.star == "entries":
            return jets.elementwise(one, other)
    try:
        return jets.multiply(one, other)
    except ShapeError:
        if evaluation.view.elementwise and one.shape == other.shape:
            return jets.elementwise(one, other)
        raise


def _as_array(interpretation: Interpretation, value: Factor) -> Jet:
    if isinstance(value, Adjoint):
        return jets.transpose(value.tensor.array(interpretation))
    return value.array(interpretation) if isinstance(value, Tensor) else value


def _entrywise(evaluation: Evaluation, left: Jet, right: Jet) -> Jet:
    if evaluation.view.elementwise and left.shape != right.shape and not left.is_scalar and not right.is_scalar:
        spread = broadcast(left, right)
        if spread is not None:
            return jets.elementwise(spread, right)
        spread = broadcast(right, left)
        if spread is not None:
            return jets.elementwise(left, spread)
    return jets.elementwise(left, right)
