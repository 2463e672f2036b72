"""Powers, norms, and the functions of the notation; a new function of arrays is an entry of the table, one of entries of the other."""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.rectifiers import beside_zero
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.evaluation import Evaluation, rule
from matrix_checks.derivations.values.functions_of_entries import OF_ENTRIES, absolute, exponential, logarithm, raise_to
from matrix_checks.derivations.values.inverses import determinant, inverse
from matrix_checks.derivations.values.jets import Jet
from matrix_checks.derivations.values.sample import Unknown

HIGHEST_MATRIX_POWER = 6

REDUCED = ("mean", "mean of columns")
STAR = "*"


@rule(kinds.Power)
def power(evaluation: Evaluation, node: kinds.Power) -> Jet:
    """The value of a power: of a norm, of a number, of every entry, or of a whole matrix."""
    exponent = evaluation.value(node.exponent)
    if not exponent.is_scalar or len(exponent.parts) > 1:
        return _exponential(evaluation, node.body, exponent)
    degree = exponent.value[0, 0]
    if isinstance(node.body, kinds.Norm) and not _is_other(evaluation, node.body):
        inside = evaluation.value(node.body.body)
        return raise_to(jets.inner(inside, inside), degree / 2)
    base = evaluation.value(node.body)
    square = base.shape[0] == base.shape[1]
    if base.is_scalar or (evaluation.view.elementwise and not (square and evaluation.interpretation.star != "entries")):
        return raise_to(base, degree)
    if square and degree == degree.to_integral_value() and 1 <= degree <= HIGHEST_MATRIX_POWER:
        return reduce(jets.multiply, [base] * int(degree))
    if degree == degree.to_integral_value() and -HIGHEST_MATRIX_POWER <= degree <= -1:
        return reduce(jets.multiply, [inverse(base)] * int(-degree))
    raise NotUnderstood(f"a power of {base.shown()} was not understood")


def _exponential(evaluation: Evaluation, body: kinds.Node, exponent: Jet) -> Jet:
    r"""A number to a power that varies, or to each power in an array: ``2^x = \exp(x \ln 2)``."""
    base = evaluation.value(body)
    if not base.is_scalar or not (exponent.is_scalar or evaluation.view.elementwise):
        raise NotUnderstood("an exponent that is no number was not understood")
    return exponential(jets.elementwise(logarithm(base), exponent))


@rule(kinds.Norm)
def norm(evaluation: Evaluation, node: kinds.Norm) -> Jet:
    """A norm: the root of the sum of the squares of all entries."""
    inside = evaluation.value(node.body)
    return raise_to(jets.inner(inside, inside), Decimal("0.5"))


def _is_other(evaluation: Evaluation, node: kinds.Node) -> bool:
    """Whether bars mean something else than a norm."""
    return isinstance(node, kinds.Bars) and evaluation.interpretation.bars != "norm"


@rule(kinds.Bars)
def bars(evaluation: Evaluation, node: kinds.Bars) -> Jet:
    """A norm, the determinant of a matrix, or the absolute value of every entry."""
    inside = evaluation.value(node.body)
    if evaluation.interpretation.bars == "determinant" and not inside.is_scalar:
        return determinant(inside)
    return absolute(inside) if evaluation.interpretation.bars == "absolute" else norm(evaluation, node)


@rule(kinds.Function)
def function(evaluation: Evaluation, node: kinds.Function) -> Jet:
    """The value of a function of the notation."""
    if node.name == "delta":
        return _delta(evaluation, node)
    if node.name == "max":
        return _maximum(evaluation, node)
    if not node.arguments:
        raise NotUnderstood("a constant of which nothing is said has no value")
    inside = node.arguments[0]
    if node.name == "softmax" and isinstance(inside, kinds.Indexed) and isinstance(inside.body, kinds.Name):
        # The entry of what the function makes of the whole.
        return evaluation.value(kinds.Indexed(kinds.Function("softmax", (inside.body,)), inside.indices))
    if node.name in REDUCED and kinds.Product in inside.kinds:
        # Whose mean is taken has entries: there a star is no inner product.
        inside = _entry_by_entry(inside)
    argument = evaluation.value(inside)
    if node.name in ("total of columns", "mean of columns"):
        return _reduced(argument, node.name == "mean of columns", over_objects=True)
    if node.name in ("total", "mean"):
        return _reduced(argument, node.name == "mean", evaluation.interpretation.reduced == "objects")
    # Of a matrix it may be another function than that of each entry; a row or a column has no other.
    if node.name in OF_ENTRIES and not (1 in argument.shape or evaluation.view.elementwise):
        raise NotUnderstood(f"{node.name} of {argument.shown()} was not understood")
    is_determinant = (isinstance(inside, kinds.Function) and inside.name == "det") or _is_other(evaluation, inside)
    if node.name == "log" and is_determinant and argument.is_scalar and argument.value[0, 0] < 0:
        # The logarithm of a determinant is that of its size: both have the same derivative.
        argument = jets.scale(argument, Decimal(-1))
    known = OF_ENTRIES.get(node.name) or OF_ARRAYS.get(node.name)
    if known is None:
        raise NotUnderstood(f"the function {node.name} was not understood")
    return known(argument)


def _entry_by_entry(node: kinds.Node) -> kinds.Node:
    """An expression with the stars of programs as products of entries."""
    node = node.rebuilt(_entry_by_entry)
    if (
        not isinstance(node, kinds.Product)
        or STAR not in node.signs
        or any(isinstance(each, kinds.Number) for each in node.factors)
    ):
        return node
    return kinds.Product(node.factors, tuple("odot" if sign == STAR else sign for sign in node.signs))


def _softmax(argument: Jet) -> Jet:
    """The softmax of a vector, or of each row of a matrix."""
    powers = exponential(argument)
    if 1 not in argument.shape:
        ones = jets.constant(np.full((argument.shape[1],) * 2, Decimal(1), dtype=object), (argument.dims[1],) * 2)
        return jets.elementwise(powers, raise_to(jets.multiply(powers, ones), Decimal(-1)))
    return jets.elementwise(powers, raise_to(_total(powers), Decimal(-1)))


def _logarithm_of_sum(argument: Jet) -> Jet:
    """The logarithm of the sum of the exponentials of a vector; of a matrix it may be that of each row, or of each column."""
    if 1 not in argument.shape:
        raise NotUnderstood(f"logsumexp of {argument.shown()} was not understood")
    return OF_ENTRIES["log"](_total(exponential(argument)))


def _diagonal(argument: Jet) -> Jet:
    """The diagonal matrix of a vector, and the diagonal of a matrix as a column."""
    rows, columns = argument.shape
    if rows != columns or rows == 1:
        return jets.diagonal_matrix(argument)
    return argument.map(lambda part: part.diagonal().reshape(-1, 1), (argument.dims[0], "1"))


def _total(argument: Jet) -> Jet:
    """The sum of all entries."""
    return argument.map(lambda part: np.array([[part.sum()]], dtype=object), ("1", "1"))


def _reduced(argument: Jet, mean: bool, over_objects: bool) -> Jet:
    """The sum or mean of all entries, or of each column of a matrix, as a column."""
    if over_objects and 1 not in argument.shape:
        summed = argument.map(lambda part: part.sum(axis=0).reshape(-1, 1), (argument.dims[1], "1"))
        return jets.scale(summed, Decimal(1) / argument.shape[0]) if mean else summed
    total = _total(argument)
    return jets.scale(total, Decimal(1) / argument.value.size) if mean else total


def _delta(evaluation: Evaluation, node: kinds.Function) -> Jet:
    """Kronecker's delta: whether two indices are the same."""
    places = [_place_of(evaluation, index) for index in node.arguments]
    if len(places) != 2:
        raise NotUnderstood("delta needs two indices")
    return jets.number(int(places[0] == places[1]))


def _maximum(evaluation: Evaluation, node: kinds.Function) -> Jet:
    """The largest entry, the largest value over an index, or the larger one of zero and each entry."""
    other = beside_zero(node)
    if other is not None:
        return OF_ENTRIES["relu"](evaluation.value(other))
    if len(node.arguments) == 2:
        body, over = node.arguments
        if not isinstance(over, kinds.Name):
            raise NotUnderstood("a maximum over nothing")
        index = over.text
        letter = evaluation.range_of(index, (body,))
        if letter is None:
            raise NotUnderstood("a maximum over nothing")
        values = [
            evaluation.within(indices={**evaluation.indices, index: place}).value(body)
            for place in range(evaluation.sample.size(letter))
        ]
    else:
        values = [evaluation.value(node.arguments[0])]
    return jets.number(max(entry for value in values for entry in value.value.ravel()))


def _place_of(evaluation: Evaluation, index: kinds.Node) -> int:
    if isinstance(index, kinds.Number):
        return int(index.value) - 1
    if isinstance(index, kinds.Name) and index.text in evaluation.indices:
        return evaluation.indices[index.text]
    raise Unknown(index.text if isinstance(index, kinds.Name) else "an index")


OF_ARRAYS: dict[str, Callable[[Jet], Jet]] = {
    "tr": jets.trace,
    "det": determinant,
    "inv": inverse,
    "diag": _diagonal,
    "vec": jets.vec,
    "softmax": _softmax,
    "logsumexp": _logarithm_of_sum,
}
