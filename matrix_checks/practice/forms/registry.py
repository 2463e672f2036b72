"""What a form of problems is, and how one is registered."""

from collections.abc import Callable
from dataclasses import dataclass

from matrix_checks.practice.problem import GRADIENT
from matrix_checks.practice.shapes import Maker
from matrix_checks.practice.terms import Letter, Term

TRANSPOSES, ORDER, FACTOR, LAYOUT, MEAN, CHAIN = TRAPS = ("transposes", "order", "factor", "layout", "mean", "chain")


@dataclass
class Draft:
    """What a form makes.

    Attributes
    ----------
    term
        What is differentiated.
    intermediates
        Its named parts.
    asked
        See :class:`~matrix_checks.practice.problem.Problem`.
    """

    term: Term
    intermediates: tuple[tuple[Letter, Term], ...] = ()
    asked: str = GRADIENT


@dataclass(frozen=True)
class Form:
    """A form.

    Attributes
    ----------
    level
        From 1 to 5.
    traps
        The kinds of mistakes that it invites.
    make
        What draws it.
    variables
        ``column``, ``matrix`` or ``square``: what the variable may be.
    """

    level: int
    traps: tuple[str, ...]
    make: Callable[[Maker], Draft]
    variables: tuple[str, ...]


FORMS: list[Form] = []


def form(level: int, *traps: str, of: str) -> Callable[[Callable[[Maker], Draft]], Callable[[Maker], Draft]]:
    """Register a form: its level, its traps, and what its variable may be."""

    def register(make: Callable[[Maker], Draft]) -> Callable[[Maker], Draft]:
        FORMS.append(Form(level, traps, make, tuple(of.split())))
        return make

    return register
