"""Powers, norms, and the functions of the notation, by their Taylor series; a new function is an entry of one of the two tables."""

from collections.abc import Callable, Sequence
from decimal import Decimal, DecimalException, getcontext
from functools import lru_cache, reduce

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.evaluation import Evaluation, rule
from matrix_checks.derivations.values.inverses import determinant, inverse
from matrix_checks.derivations.values.jets import ONE, STEP_DEGREE, CannotEvaluate, Jet
from matrix_checks.derivations.values.sample import Unknown

HIGHEST_MATRIX_POWER = 6


def _taylor(jet: Jet, derivatives: Callable[[np.ndarray, int], np.ndarray]) -> Jet:
    """A function entry by entry: its ``k``-th derivative over ``k`` factorial, times the ``k``-th power of the rest."""
    total = jets.constant(derivatives(jet.value, 0), jet.dims)
    if len(jet.parts) == 1:
        return total
    rest = Jet({**jet.parts, ONE: jet.value * 0}, jet.dims)
    power, factorial = rest, 1
    for order in range(1, STEP_DEGREE + 4):
        if order > 1:
            power = jets.bilinear(power, rest, lambda a, b: a * b, jet.dims)
        power.parts = {monomial: part for monomial, part in power.parts.items() if not monomial or any(part.ravel())}
        if len(power.parts) == 1:
            break
        factorial *= order
        term = jets.bilinear(jets.constant(derivatives(jet.value, order), jet.dims), power, lambda a, b: a * b, jet.dims)
        total = jets.add(total, jets.scale(term, Decimal(1) / factorial))
    return total


def _each(array: np.ndarray, function: Callable[[Decimal], Decimal]) -> np.ndarray:
    made = np.empty(array.shape, dtype=object)
    for place, value in np.ndenumerate(array):
        try:
            made[place] = function(value)
        except (DecimalException, ArithmeticError) as error:
            raise CannotEvaluate(f"a function has no value at {value:.5g}") from error
    return made


def exponential(jet: Jet) -> Jet:
    """The exponential of every entry."""
    if any(abs(value) > 500 for value in jet.value.ravel()):
        raise CannotEvaluate("an exponential that is too large")
    # It is its own derivative.
    found = _each(jet.value, lambda value: _exponential(value, getcontext().prec))
    return _taylor(jet, lambda array, order: found)


@lru_cache(maxsize=20_000)
def _exponential(value: Decimal, digits: int) -> Decimal:
    """``exp(value)`` to the digits of the context: the numbers are few, and this takes as long as a hundred products."""
    return value.exp()


def logarithm(jet: Jet) -> Jet:
    """The natural logarithm of every entry."""

    def derivative(array: np.ndarray, order: int) -> np.ndarray:
        if order == 0:
            return _each(array, Decimal.ln)
        sign = Decimal((-1) ** (order + 1))
        factorial = Decimal(int(np.prod(range(1, order))) if order > 1 else 1)
        return _each(array, lambda value: sign * factorial / value**order)

    return _taylor(jet, derivative)


def _of_its_own_value(slope: Sequence[int]) -> Callable[[Callable[[Decimal], Decimal], Jet], Jet]:
    """A function whose derivative is a polynomial in its value, with these coefficients, as ``1 - t^2`` for the hyperbolic tangent."""

    def apply(function: Callable[[Decimal], Decimal], jet: Jet) -> Jet:
        found = _each(jet.value, function)

        def derivative(array: np.ndarray, order: int) -> np.ndarray:
            coefficients = [0, 1]
            for _ in range(order):
                risen = [place * coefficient for place, coefficient in enumerate(coefficients)][1:]
                coefficients = [int(each) for each in np.convolve(risen, slope)]
            return _each(
                found,
                lambda value: sum(
                    (Decimal(each) * (value**place if place else 1) for place, each in enumerate(coefficients)), Decimal(0)
                ),
            )

        return _taylor(jet, derivative)

    return apply


def hyperbolic_tangent(jet: Jet) -> Jet:
    """The hyperbolic tangent of every entry."""
    return _of_its_own_value((1, 0, -1))(lambda value: 1 - 2 / ((2 * value).exp() + 1), jet)


def sigmoid(jet: Jet) -> Jet:
    """The logistic function of every entry."""
    return _of_its_own_value((0, 1, -1))(lambda value: 1 / (1 + (-value).exp()), jet)


def _steps(jet: Jet) -> Jet:
    """Heaviside's step of every entry, one where it is positive: the derivative of ReLU. Its own derivative is zero."""

    def step(value: Decimal) -> Decimal:
        if value == 0:
            raise ArithmeticError
        return Decimal(int(value > 0))

    return jets.constant(_each(jet.value, step), jet.dims)


def raise_to(jet: Jet, exponent: Decimal) -> Jet:
    """Every entry to a constant power."""
    if abs(exponent) > 20:
        raise CannotEvaluate("a power that is too high")
    whole, halves = (each == each.to_integral_value() for each in (exponent, 2 * exponent))
    if whole and exponent >= 0:
        if exponent == 0:
            return jets.constant(jet.value * 0 + 1, jet.dims)
        result = jet
        for _ in range(int(exponent) - 1):
            result = jets.bilinear(result, jet, lambda a, b: a * b, jet.dims)
        return result

    def derivative(array: np.ndarray, order: int) -> np.ndarray:
        factor, left = Decimal(1), exponent
        for _ in range(order):
            factor, left = factor * left, left - 1

        def power(value: Decimal) -> Decimal:
            if value == 0 or (value < 0 and not whole):
                raise ArithmeticError
            if whole:
                # A quotient is found much faster than a negative power.
                return factor * value ** int(left) if left >= 0 else factor / value ** int(-left)
            # A root is found much faster than a power of any other kind.
            return factor * (value.sqrt() ** int(2 * left) if halves else value**left)

        return _each(array, power)

    return _taylor(jet, derivative)


@rule(kinds.Power)
def power(evaluation: Evaluation, node: kinds.Power) -> Jet:
    """The value of a power: of a norm, of a number, of every entry, or of a whole matrix."""
    exponent = evaluation.value(node.exponent)
    if not exponent.is_scalar or len(exponent.parts) > 1:
        raise NotUnderstood("an exponent that is no number was not understood")
    degree = exponent.value[0, 0]
    if isinstance(node.body, kinds.Norm):
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


@rule(kinds.Norm)
def norm(evaluation: Evaluation, node: kinds.Norm) -> Jet:
    """A norm: the root of the sum of the squares of all entries."""
    inside = evaluation.value(node.body)
    return raise_to(jets.inner(inside, inside), Decimal("0.5"))


@rule(kinds.Function)
def function(evaluation: Evaluation, node: kinds.Function) -> Jet:
    """The value of a function of the notation."""
    if node.name == "delta":
        return _delta(evaluation, node)
    if node.name == "max":
        return _maximum(evaluation, node)
    inside = node.arguments[0]
    if node.name == "softmax" and isinstance(inside, kinds.Indexed) and isinstance(inside.body, kinds.Name):
        # The entry of what the function makes of the whole.
        return evaluation.value(kinds.Indexed(kinds.Function("softmax", (inside.body,)), inside.indices))
    argument = evaluation.value(inside)
    if node.name in ("total of columns", "mean of columns"):
        return _reduced(argument, node.name == "mean of columns", over_objects=True)
    if node.name in ("total", "mean"):
        return _reduced(argument, node.name == "mean", evaluation.interpretation.reduced == "objects")
    if node.name in OF_ENTRIES and not (argument.is_scalar or evaluation.view.elementwise):
        raise NotUnderstood(f"{node.name} of {argument.shown()} was not understood")
    if node.name == "log" and isinstance(inside, kinds.Function) and inside.name == "det" and argument.value[0, 0] < 0:
        # The logarithm of a determinant is that of its size: both have the same derivative.
        argument = jets.scale(argument, Decimal(-1))
    known = OF_ENTRIES.get(node.name) or OF_ARRAYS.get(node.name)
    if known is None:
        raise NotUnderstood(f"the function {node.name} was not understood")
    return known(argument)


def _softmax(argument: Jet) -> Jet:
    """The softmax of a vector, or of each row of a matrix."""
    powers = exponential(argument)
    if 1 not in argument.shape:
        ones = jets.constant(np.full((argument.shape[1],) * 2, Decimal(1), dtype=object), (argument.dims[1],) * 2)
        return jets.elementwise(powers, raise_to(jets.multiply(powers, ones), Decimal(-1)))
    return jets.elementwise(powers, raise_to(_total(powers), Decimal(-1)))


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
    """The largest entry, or the largest value over an index."""
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


# Functions of every entry: of a number, and of an array where the exercise is so meant.
OF_ENTRIES: dict[str, Callable[[Jet], Jet]] = {
    "exp": exponential,
    "log": logarithm,
    "sqrt": lambda argument: raise_to(argument, Decimal("0.5")),
    "tanh": hyperbolic_tangent,
    "sigmoid": sigmoid,
    "relu": lambda argument: jets.elementwise(_steps(argument), argument),
    "step": _steps,
}
OF_ARRAYS: dict[str, Callable[[Jet], Jet]] = {
    "tr": jets.trace,
    "det": determinant,
    "inv": inverse,
    "diag": _diagonal,
    "vec": jets.vec,
    "softmax": _softmax,
}
