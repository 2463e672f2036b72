"""The first three levels: linear, bilinear and quadratic forms, and traces."""

from fractions import Fraction

from matrix_checks.practice.forms.registry import CHAIN, FACTOR, LAYOUT, MEAN, ORDER, TRANSPOSES, Draft, form
from matrix_checks.practice.problem import DIFFERENTIAL, JACOBIAN
from matrix_checks.practice.products import add, multiply, number, scale, trace, transpose
from matrix_checks.practice.shapes import Maker, mean_over
from matrix_checks.practice.terms import (
    ONE,
    Inner,
    Letter,
    Ones,
)

# Level 1: linear forms.


@form(1, TRANSPOSES, of="column matrix")
def _linear_form(maker: Maker) -> Draft:
    inner = maker.column_form()
    return Draft(multiply(transpose(maker.column(inner.shape[0])), inner))


@form(1, TRANSPOSES, ORDER, of="matrix")
def _trace_of_product(maker: Maker) -> Draft:
    inner = maker.matrix_form(shift=False)
    rows, columns = inner.shape
    return Draft(trace(multiply(maker.maybe_transposed(columns, rows), inner)))


@form(1, TRANSPOSES, ORDER, of="matrix")
def _inner_product(maker: Maker) -> Draft:
    inner = maker.matrix_form(shift=False)
    return Draft(Inner(maker.matrix(*inner.shape), inner))


@form(1, TRANSPOSES, ORDER, of="matrix")
def _bilinear(maker: Maker) -> Draft:
    inner = maker.matrix_form()
    rows, columns = inner.shape
    return Draft(multiply(transpose(maker.column(rows)), inner, maker.column(columns)))


@form(1, TRANSPOSES, of="column")
def _two_linear_forms(maker: Maker) -> Draft:
    first = multiply(transpose(maker.column(maker.variable.shape[0])), maker.variable)
    inner = maker.column_form(shift=False)
    return Draft(add(first, scale(maker.draw.one_of((1, -1)), multiply(transpose(maker.column(inner.shape[0])), inner))))


@form(1, TRANSPOSES, MEAN, of="matrix")
def _mean_of_entries(maker: Maker) -> Draft:
    inner = maker.column_form(maker.size())
    size = inner.shape[0]
    return Draft(multiply(mean_over(size), transpose(Ones((size, ONE))), inner))


@form(1, TRANSPOSES, MEAN, of="matrix")
def _mean_of_all_entries(maker: Maker) -> Draft:
    inner = maker.matrix_form(maker.size(), maker.size())
    rows, columns = inner.shape
    total = multiply(transpose(Ones((rows, ONE))), inner, Ones((columns, ONE)))
    return Draft(multiply(mean_over(rows), mean_over(columns), total))


@form(1, TRANSPOSES, ORDER, of="matrix")
def _two_bilinear_forms(maker: Maker) -> Draft:
    first, second = maker.matrix_form(shift=False), maker.matrix_form(shift=False)
    forms = [multiply(transpose(maker.column(each.shape[0])), each, maker.column(each.shape[1])) for each in (first, second)]
    return Draft(add(forms[0], scale(maker.draw.one_of((1, -1, 2)), forms[1])))


@form(1, TRANSPOSES, ORDER, of="matrix")
def _trace_and_inner_product(maker: Maker) -> Draft:
    inner = maker.matrix_form(shift=False)
    rows, columns = inner.shape
    first = trace(multiply(maker.maybe_transposed(columns, rows), inner))
    return Draft(add(first, scale(maker.draw.one_of((1, -1, 3)), Inner(maker.matrix(*maker.variable.shape), maker.variable))))


@form(1, LAYOUT, ORDER, of="matrix")
def _two_products_differential(maker: Maker) -> Draft:
    rows, columns = maker.size(), maker.size()
    first = maker.matrix_form(rows, columns, shift=False)
    return Draft(add(first, scale(maker.draw.one_of((1, -1)), maker.matrix_form(rows, columns, shift=False))), asked=DIFFERENTIAL)


@form(1, LAYOUT, TRANSPOSES, of="column")
def _affine_jacobian(maker: Maker) -> Draft:
    inner = maker.column_form(shift=True)
    outer = multiply(maker.maybe_transposed(maker.size(), inner.shape[0]), inner)
    return Draft(outer, asked=JACOBIAN)


@form(1, LAYOUT, ORDER, of="matrix")
def _linear_differential(maker: Maker) -> Draft:
    size = maker.size()
    first = maker.matrix_form(size, maker.variable.shape[1], shift=False)
    return Draft(multiply(first, maker.maybe_transposed(maker.variable.shape[1], size)), asked=DIFFERENTIAL)


# Level 2: bilinear and quadratic forms.


@form(2, FACTOR, TRANSPOSES, of="column")
def _quadratic_form(maker: Maker) -> Draft:
    x, size = maker.variable, maker.variable.shape[0]
    quadratic = multiply(
        number(maker.draw.one_of((Fraction(1), Fraction(1, 2), Fraction(3)))), transpose(x), maker.matrix(size, size), x
    )
    linear = multiply(transpose(maker.column(size)), x)
    return Draft(add(quadratic, scale(maker.draw.one_of((1, -1, 2)), linear)))


@form(2, FACTOR, TRANSPOSES, ORDER, of="column")
def _bilinear_form_of_one_variable(maker: Maker) -> Draft:
    left, right = maker.column_form(plain=True), maker.column_form()
    return Draft(multiply(transpose(left), maker.matrix(left.shape[0], right.shape[0]), right))


@form(2, FACTOR, TRANSPOSES, ORDER, of="matrix")
def _columns_times_columns(maker: Maker) -> Draft:
    left, right = maker.column_form(), maker.column_form(shift=False)
    return Draft(multiply(transpose(left), maker.matrix(left.shape[0], right.shape[0]), right))


@form(2, FACTOR, MEAN, of="column matrix")
def _mean_of_squares(maker: Maker) -> Draft:
    inner = maker.column_form(shift=True)
    left = maker.column_form(inner.shape[0], shift=False)
    return Draft(multiply(mean_over(inner.shape[0]), transpose(left), inner))


@form(2, CHAIN, FACTOR, of="column matrix")
def _quadratic_form_of_a_name(maker: Maker) -> Draft:
    z = Letter("z", maker.column_form(shift=True).shape)
    maker_form = maker.column_form(z.shape[0], shift=True)
    quadratic = multiply(transpose(z), maker.matrix(z.shape[0], z.shape[0]), z)
    return Draft(quadratic, ((z, maker_form),))


@form(2, LAYOUT, ORDER, of="column")
def _quadratic_jacobian(maker: Maker) -> Draft:
    x, size = maker.variable, maker.variable.shape[0]
    linear = multiply(transpose(maker.column(size)), x)
    choice = maker.draw.below(4)
    if choice == 0:
        return Draft(multiply(linear, maker.matrix(maker.size(), size), x), asked=JACOBIAN)
    if choice == 1:
        quadratic = multiply(transpose(x), maker.matrix(size, size), x)
        return Draft(multiply(quadratic, maker.column(maker.size())), asked=JACOBIAN)
    if choice == 2:
        outer = multiply(linear, maker.matrix(maker.size(), size), x)
        return Draft(add(outer, scale(maker.draw.one_of((1, -1)), multiply(maker.matrix(outer.shape[0], size), x))), asked=JACOBIAN)
    return Draft(multiply(maker.column_form(shift=False), linear), asked=JACOBIAN)


@form(2, TRANSPOSES, ORDER, FACTOR, of="column")
def _product_of_two_numbers(maker: Maker) -> Draft:
    x, size = maker.variable, maker.variable.shape[0]
    linear = multiply(transpose(maker.column(size)), x)
    inner = maker.column_form(shift=False)
    return Draft(multiply(linear, multiply(transpose(maker.column(inner.shape[0])), inner)))


# Level 3: traces with the variable twice.


@form(3, TRANSPOSES, ORDER, FACTOR, of="matrix")
def _trace_of_quadratic(maker: Maker) -> Draft:
    x = maker.variable
    rows, columns = x.shape
    body = (
        (transpose(x), maker.matrix(rows, rows), x, maker.matrix(columns, columns))
        if maker.draw.below(2)
        else (x, maker.matrix(columns, columns), transpose(x), maker.matrix(rows, rows))
    )
    return Draft(trace(multiply(*body)))


@form(3, ORDER, TRANSPOSES, of="matrix")
def _trace_with_twice(maker: Maker) -> Draft:
    x = maker.variable
    rows, columns = x.shape
    first, second = maker.maybe_transposed(columns, rows), maker.maybe_transposed(columns, rows)
    return Draft(trace(multiply(first, x, second, x)))


@form(3, TRANSPOSES, ORDER, of="matrix")
def _trace_of_two_forms(maker: Maker) -> Draft:
    left, right = maker.matrix_form(shift=True), maker.matrix_form(shift=False)
    middle = maker.maybe_transposed(left.shape[1], right.shape[0])
    rest = () if right.shape[1] == left.shape[0] else (maker.maybe_transposed(right.shape[1], left.shape[0]),)
    return Draft(trace(multiply(left, middle, right, *rest)))


@form(3, TRANSPOSES, ORDER, of="matrix")
def _trace_and_linear(maker: Maker) -> Draft:
    x = maker.variable
    rows, columns = x.shape
    quadratic = trace(multiply(transpose(x), maker.matrix(rows, rows), x))
    return Draft(add(quadratic, scale(maker.draw.one_of((1, -1, 2)), trace(multiply(maker.maybe_transposed(columns, rows), x)))))


@form(3, CHAIN, ORDER, TRANSPOSES, of="matrix")
def _trace_of_a_name(maker: Maker) -> Draft:
    inner = maker.matrix_form(shift=True)
    z = Letter("Z", inner.shape)
    return Draft(trace(multiply(transpose(z), maker.matrix(z.shape[0], z.shape[0]), z)), ((z, inner),))


@form(3, TRANSPOSES, ORDER, of="matrix")
def _inner_product_of_two_forms(maker: Maker) -> Draft:
    left = maker.matrix_form(shift=False)
    return Draft(Inner(left, maker.matrix_form(*left.shape, shift=True)))


@form(3, MEAN, FACTOR, of="matrix")
def _mean_trace(maker: Maker) -> Draft:
    x = maker.variable
    rows, columns = x.shape
    return Draft(
        multiply(mean_over(rows), trace(multiply(transpose(x), maker.matrix(rows, rows), x, maker.matrix(columns, columns))))
    )


@form(3, LAYOUT, ORDER, of="square")
def _product_differential(maker: Maker) -> Draft:
    x, size = maker.variable, maker.variable.shape[0]
    if maker.draw.below(2):
        return Draft(multiply(x, maker.matrix(size, size), x), asked=JACOBIAN)
    return Draft(multiply(transpose(x), maker.matrix(size, size), x), asked=DIFFERENTIAL)
