"""Functions of one number as the first terms of their power series: sums, products, powers, and derivatives by that number."""

import math
from collections.abc import Callable, Sequence

# Derivatives of derivatives have fewer terms: so many are known at first.
TERMS = 5
Series = tuple[float, ...]


class NoSeries(ArithmeticError):
    """A function that has no power series there, as a root of a negative number, or of which too few terms are known."""


def constant(number: float) -> Series:
    """A function that does not change."""
    return (number, *(0.0,) * (TERMS - 1))


def add(one: Series, other: Series) -> Series:
    """The sum of two functions."""
    return tuple(first + second for first, second in zip(one, other))


def multiply(one: Series, other: Series) -> Series:
    """The product of two functions."""
    return tuple(sum(one[place] * other[order - place] for place in range(order + 1)) for order in range(min(len(one), len(other))))


def scale(series: Series, factor: float) -> Series:
    """A function times a number."""
    return tuple(factor * term for term in series)


def differentiate(series: Series) -> Series:
    """The derivative of a function; one term less is known of it."""
    if len(series) < 2:
        raise NoSeries
    return tuple(order * term for order, term in enumerate(series) if order)


def polynomial(coefficients: Sequence[float], argument: Series) -> Series:
    """A polynomial of a function."""
    found = scale(argument, 0.0)
    for coefficient in reversed(coefficients):
        found = add(multiply(found, argument), scale(constant(1.0), coefficient))
    return found


def compose(derivatives: Callable[[float, int], float], argument: Series) -> Series:
    """A function of a function, from the derivatives of the outer one at a number."""
    start, rest = argument[0], (0.0, *argument[1:])
    try:
        found = [derivatives(start, order) / math.factorial(order) for order in range(len(argument))]
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise NoSeries from error
    return polynomial(found, rest)


def power(base: Series, exponent: Series) -> Series:
    """A function to the power of another one."""
    degree = exponent[0]
    if any(exponent[1:]):
        return compose(exponential, multiply(exponent, compose(logarithm, base)))

    def derivatives(at: float, order: int) -> float:
        factor = math.prod(degree - place for place in range(order))
        if factor == 0:
            return 0.0
        if at < 0 and not degree.is_integer():
            raise NoSeries
        return factor * at ** (degree - order)

    return compose(derivatives, base)


def exponential(at: float, order: int) -> float:
    """A derivative of the exponential function."""
    return math.exp(at)


def logarithm(at: float, order: int) -> float:
    """A derivative of the logarithm."""
    return math.log(at) if not order else (-1) ** (order - 1) * math.factorial(order - 1) / at**order


def sine(at: float, order: int) -> float:
    """A derivative of the sine."""
    return math.sin(at + order * math.pi / 2)


def cosine(at: float, order: int) -> float:
    """A derivative of the cosine."""
    return math.cos(at + order * math.pi / 2)


def _root(argument: Series) -> Series:
    return power(argument, constant(0.5))


def _hyperbolic_tangent(argument: Series) -> Series:
    twice = compose(exponential, scale(argument, 2.0))
    return multiply(add(twice, constant(-1.0)), power(add(twice, constant(1.0)), constant(-1.0)))


FUNCTIONS: dict[str, Callable[[Series], Series]] = {
    "exp": lambda argument: compose(exponential, argument),
    "log": lambda argument: compose(logarithm, argument),
    "sin": lambda argument: compose(sine, argument),
    "cos": lambda argument: compose(cosine, argument),
    "sqrt": _root,
    "tanh": _hyperbolic_tangent,
}
