"""The fourth level: norms, functions of every entry, chains through named intermediates."""

from fractions import Fraction

from matrix_checks.practice.forms.registry import CHAIN, FACTOR, LAYOUT, MEAN, ORDER, TRANSPOSES, Draft, form
from matrix_checks.practice.problem import JACOBIAN
from matrix_checks.practice.products import add, multiply, number, scale, trace, transpose
from matrix_checks.practice.shapes import Maker, mean_over
from matrix_checks.practice.terms import (
    NUMBER,
    Entrywise,
    Inner,
    Letter,
    Ones,
    Power,
    SquaredNorm,
)

SMOOTH = ("tanh", "sigmoid", "exp", "sin", "cos")

# Level 4: norms, functions of every entry, chains.


@form(4, FACTOR, TRANSPOSES, of="column matrix")
def _squared_norm_with_penalty(maker: Maker) -> Draft:
    x = maker.variable
    inner = maker.column_form() if x.is_column else maker.matrix_form(shift=True)
    penalty = multiply(Letter(r"\lambda", NUMBER), SquaredNorm(x))
    return Draft(add(scale(maker.draw.one_of((Fraction(1), Fraction(1, 2))), SquaredNorm(inner)), penalty))


@form(4, FACTOR, TRANSPOSES, of="column matrix")
def _squared_norm_and_linear(maker: Maker) -> Draft:
    x = maker.variable
    inner = maker.column_form() if x.is_column else maker.matrix_form(shift=True)
    linear = Inner(maker.matrix(*x.shape), x) if not x.is_column else multiply(transpose(maker.column(x.shape[0])), x)
    return Draft(add(SquaredNorm(inner), scale(maker.draw.one_of((2, -1, 3)), linear)))


@form(4, CHAIN, TRANSPOSES, of="column matrix")
def _weighted_function(maker: Maker) -> Draft:
    inner = maker.column_form(shift=True)
    z = Letter("z", inner.shape)
    return Draft(multiply(transpose(maker.column(z.shape[0])), Entrywise(maker.draw.one_of((*SMOOTH, "relu")), z)), ((z, inner),))


@form(4, CHAIN, FACTOR, TRANSPOSES, of="column matrix")
def _residual_of_function(maker: Maker) -> Draft:
    inner = maker.column_form(shift=False)
    z = Letter("z", inner.shape)
    s = Letter("s", inner.shape)
    residual = add(s, scale(-1, maker.column(s.shape[0])))
    return Draft(SquaredNorm(residual), ((z, inner), (s, Entrywise(maker.draw.one_of(SMOOTH), z))))


@form(4, CHAIN, MEAN, of="column matrix")
def _mean_of_function(maker: Maker) -> Draft:
    inner = maker.column_form(shift=True)
    z = Letter("z", inner.shape)
    name = maker.draw.one_of((*SMOOTH, "relu"))
    return Draft(multiply(mean_over(z.shape[0]), transpose(Ones(z.shape)), Entrywise(name, z)), ((z, inner),))


@form(4, CHAIN, FACTOR, of="column")
def _function_of_quadratic(maker: Maker) -> Draft:
    x, size = maker.variable, maker.variable.shape[0]
    choice = maker.draw.below(3)
    if choice == 0:
        return Draft(Entrywise("exp", scale(Fraction(-1, 2), multiply(transpose(x), maker.matrix(size, size), x))))
    # A sum of squares is never negative: the logarithm and the root exist everywhere.
    positive = add(number(1), SquaredNorm(maker.column_form()))
    return Draft(Entrywise("log", positive) if choice == 1 else Power(positive, Fraction(1, 2)))


@form(4, FACTOR, TRANSPOSES, of="column")
def _quotient(maker: Maker) -> Draft:
    x, size = maker.variable, maker.variable.shape[0]
    top = multiply(transpose(x), maker.matrix(size, size), x) if maker.draw.below(2) else multiply(transpose(maker.column(size)), x)
    square = SquaredNorm(x if maker.draw.below(2) else maker.column_form(shift=False))
    bottom = add(number(1), square) if maker.draw.below(2) else square
    return Draft(multiply(top, Power(bottom, Fraction(-1))))


@form(4, FACTOR, CHAIN, of="column matrix")
def _norm(maker: Maker) -> Draft:
    inner = maker.column_form(shift=True) if maker.variable.is_column else maker.matrix_form(shift=True)
    return Draft(Power(SquaredNorm(inner), Fraction(1, 2)))


@form(4, TRANSPOSES, ORDER, of="matrix")
def _norm_of_hadamard(maker: Maker) -> Draft:
    product = maker.entry_by_entry(maker.variable)
    return Draft(SquaredNorm(multiply(maker.maybe_transposed(maker.size(), product.shape[0]), product)))


@form(4, CHAIN, ORDER, of="matrix")
def _trace_of_function(maker: Maker) -> Draft:
    inner = maker.matrix_form(shift=False)
    z = Letter("Z", inner.shape)
    name = maker.draw.one_of(("tanh", "sigmoid"))
    return Draft(trace(multiply(maker.maybe_transposed(z.shape[1], z.shape[0]), Entrywise(name, z))), ((z, inner),))


@form(4, LAYOUT, CHAIN, of="column")
def _function_jacobian(maker: Maker) -> Draft:
    inner = maker.column_form(shift=True)
    z = Letter("z", inner.shape)
    outer = multiply(maker.matrix(maker.size(), z.shape[0]), Entrywise(maker.draw.one_of(SMOOTH), z))
    return Draft(outer, ((z, inner),), JACOBIAN)
