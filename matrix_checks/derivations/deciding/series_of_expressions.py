"""Expressions in functions of one number as power series: sums, quotients, powers, known functions and primes, from the series of their parts."""

from collections.abc import Callable
from typing import Any

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values import power_series
from matrix_checks.derivations.values.power_series import Series

Value = Callable[[Node], Series]


class NoRule(Exception):
    """An expression that is not made of functions of one number."""


def series_of(node: Node, value: Value) -> Series:
    """The series of an expression whose names, products and derivatives are read elsewhere; ``NoRule`` where it is none.

    Parameters
    ----------
    node
        The expression.
    value
        The series of a part.
    """
    rule = _RULES.get(type(node))
    if rule is None:
        raise NoRule
    return rule(node, value)


def _sum(node: kinds.Add, value: Value) -> Series:
    first, *rest = map(value, node.terms)
    for term in rest:
        first = power_series.add(first, term)
    return first


def _quotient(node: kinds.Quotient, value: Value) -> Series:
    below = power_series.power(value(node.bottom), power_series.constant(-1.0))
    return power_series.multiply(value(node.top), below)


def _function(node: kinds.Function, value: Value) -> Series:
    known = power_series.FUNCTIONS.get(node.name)
    if known is None or len(node.arguments) != 1:
        raise NoRule
    return known(value(node.arguments[0]))


_RULES: dict[type[Node], Callable[[Any, Value], Series]] = {
    kinds.Number: lambda node, value: power_series.constant(float(node.value)),
    kinds.Add: _sum,
    kinds.Negative: lambda node, value: power_series.scale(value(node.body), -1.0),
    kinds.Quotient: _quotient,
    kinds.Power: lambda node, value: power_series.power(value(node.body), value(node.exponent)),
    kinds.Group: lambda node, value: value(node.body),
    kinds.Primed: lambda node, value: power_series.differentiate(value(node.body)),
    kinds.Function: _function,
}
