"""The fifth level: inverses, determinants, layers, Jacobians."""

from fractions import Fraction

from matrix_checks.practice.forms.registry import CHAIN, FACTOR, LAYOUT, MEAN, ORDER, TRANSPOSES, Draft, form
from matrix_checks.practice.problem import DIFFERENTIAL, JACOBIAN
from matrix_checks.practice.products import add, hadamard, multiply, scale, trace, transpose
from matrix_checks.practice.shapes import Maker, mean_over
from matrix_checks.practice.terms import (
    Determinant,
    DiagonalMatrix,
    Entrywise,
    Inner,
    Inverse,
    Letter,
    Power,
    Softmax,
    SquaredNorm,
)

# Level 5: inverses, determinants, layers, Jacobians.


@form(5, TRANSPOSES, ORDER, of="square")
def _form_of_inverse(maker: Maker) -> Draft:
    size = maker.variable.shape[0]
    return Draft(multiply(transpose(maker.column(size)), Inverse(maker.regular_form()), maker.column(size)))


@form(5, TRANSPOSES, ORDER, of="square")
def _trace_of_inverse(maker: Maker) -> Draft:
    x, size = maker.variable, maker.variable.shape[0]
    # tr(X A X^{-1}) would be tr(A), whatever X is.
    before = (maker.maybe_transposed(size, size),) if maker.draw.below(3) else (x, maker.maybe_transposed(size, size))
    inverse = Inverse(maker.shifted(x) if len(before) == 2 else maker.regular_form())
    behind = (maker.matrix(size, size),) if maker.draw.below(2) else ()
    return Draft(trace(multiply(*before, inverse, *behind)))


@form(5, TRANSPOSES, ORDER, of="square")
def _inverse_and_linear(maker: Maker) -> Draft:
    size = maker.variable.shape[0]
    inverse = Inner(maker.matrix(size, size), Inverse(maker.regular_form()))
    return Draft(
        add(inverse, scale(maker.draw.one_of((1, -1, 2)), trace(multiply(maker.maybe_transposed(size, size), maker.variable))))
    )


@form(5, TRANSPOSES, of="square")
def _log_determinant(maker: Maker) -> Draft:
    size = maker.variable.shape[0]
    linear = trace(multiply(maker.maybe_transposed(size, size), maker.variable))
    return Draft(add(Entrywise("log", Determinant(maker.regular_form())), scale(maker.draw.one_of((1, -1, 2)), linear)))


@form(5, TRANSPOSES, FACTOR, of="square")
def _log_determinant_and_square(maker: Maker) -> Draft:
    penalty = scale(Fraction(1, 2), SquaredNorm(maker.variable if maker.draw.below(2) else maker.shifted(maker.variable)))
    return Draft(add(penalty, scale(-1, Entrywise("log", Determinant(maker.regular_form())))))


@form(5, FACTOR, TRANSPOSES, ORDER, of="matrix")
def _log_determinant_of_quadratic(maker: Maker) -> Draft:
    x = maker.variable
    rows, columns = x.shape
    # The constant keeps the matrix regular, whichever of the sizes is the larger one.
    if maker.draw.below(2):
        quadratic, size = multiply(transpose(x), maker.matrix(rows, rows), x), columns
    else:
        quadratic, size = multiply(x, maker.matrix(columns, columns), transpose(x)), rows
    return Draft(Entrywise("log", Determinant(add(maker.matrix(size, size), quadratic))))


@form(5, TRANSPOSES, FACTOR, of="square")
def _determinant(maker: Maker) -> Draft:
    x, size = maker.variable, maker.variable.shape[0]
    if maker.draw.below(2):
        return Draft(scale(maker.draw.one_of((1, 2, -1)), Determinant(maker.regular_form())))
    return Draft(multiply(Determinant(x), transpose(maker.column(size)), x, maker.column(size)))


@form(5, CHAIN, TRANSPOSES, FACTOR, of="column matrix")
def _two_layers(maker: Maker) -> Draft:
    """A layer with a function behind it, and a linear one: by the input or by the first weights."""
    inner = maker.column_form(shift=True)
    z, s = Letter("z", inner.shape), Letter("s", inner.shape)
    name = maker.draw.one_of(("relu", "tanh", "sigmoid"))
    outer = multiply(maker.matrix(maker.size(), s.shape[0]), s)
    return Draft(
        scale(Fraction(1, 2), SquaredNorm(add(outer, scale(-1, maker.column(outer.shape[0]))))),
        ((z, inner), (s, Entrywise(name, z))),
    )


@form(5, CHAIN, of="column matrix")
def _cross_entropy(maker: Maker) -> Draft:
    """The cross-entropy of a softmax with weights that need not sum to one."""
    inner = maker.column_form(shift=True)
    z, s = Letter("z", inner.shape), Letter("s", inner.shape)
    weights = maker.column(z.shape[0])
    return Draft(scale(-1, multiply(transpose(weights), Entrywise("log", s))), ((z, inner), (s, Softmax(z))))


@form(5, CHAIN, ORDER, of="matrix")
def _softmax_of_rows(maker: Maker) -> Draft:
    """A weighted sum of the softmax of each row, which are objects, as in the second chapter."""
    z = Letter("Z", maker.matrix_form(shift=False).shape)
    inner = maker.matrix_form(*z.shape, shift=False)
    s = Letter("S", z.shape)
    return Draft(Inner(maker.matrix(*s.shape), s), ((z, inner), (s, Softmax(z))))


@form(5, LAYOUT, CHAIN, of="column")
def _softmax_jacobian(maker: Maker) -> Draft:
    inner = maker.column_form(shift=bool(maker.draw.below(2)))
    z = Letter("z", inner.shape)
    return Draft(multiply(maker.matrix(maker.size(), z.shape[0]), Softmax(z)), ((z, inner),), JACOBIAN)


@form(5, LAYOUT, ORDER, of="column")
def _diagonal_jacobian(maker: Maker) -> Draft:
    x = maker.variable
    size = x.shape[0]
    other = multiply(maker.matrix(size, size), x)
    return Draft(
        multiply(maker.matrix(maker.size(), size), hadamard(x, other))
        if maker.draw.below(2)
        else multiply(DiagonalMatrix(x), other),
        asked=JACOBIAN,
    )


@form(5, LAYOUT, FACTOR, of="column")
def _normalized_jacobian(maker: Maker) -> Draft:
    x = maker.variable
    return Draft(multiply(Power(SquaredNorm(x), Fraction(-1, 2)), maker.matrix(maker.size(), x.shape[0]), x), asked=JACOBIAN)


@form(5, LAYOUT, ORDER, TRANSPOSES, of="square")
def _inverse_jacobian(maker: Maker) -> Draft:
    x, size = maker.variable, maker.variable.shape[0]
    inverse = Inverse(x if maker.draw.below(2) else maker.shifted(x))
    before = (maker.matrix(maker.size(), size),) if maker.draw.below(2) else ()
    behind = (maker.matrix(size, maker.size()),) if maker.draw.below(2) else ()
    return Draft(multiply(*before, inverse, *behind), asked=maker.draw.one_of((JACOBIAN, DIFFERENTIAL)))


@form(5, MEAN, CHAIN, of="matrix")
def _mean_over_a_batch(maker: Maker) -> Draft:
    """The mean over objects of squared errors of a layer: rows are objects, as in the second chapter."""
    objects, features, outputs = maker.size(), maker.variable.shape[0], maker.variable.shape[1]
    prediction = multiply(maker.matrix(objects, features), maker.variable)
    z = Letter("Z", prediction.shape)
    residual = add(Entrywise(maker.draw.one_of(("tanh", "sigmoid")), z), scale(-1, maker.matrix(objects, outputs)))
    return Draft(multiply(mean_over(objects), SquaredNorm(residual)), ((z, prediction),))
