"""A part of a term put in the place of another one."""

from dataclasses import fields, replace
from functools import reduce

from matrix_checks.practice.products import add, hadamard, multiply, number
from matrix_checks.practice.terms import Hadamard, Product, Sum, Term


def replaced(term: Term, old: Term, new: Term) -> Term:
    """The same term with ``new`` wherever ``old`` stands, made by the constructors of :mod:`.products`."""
    if term == old:
        return new
    match term:
        case Sum():
            return add(*(replaced(each, old, new) for each in term.terms))
        case Product():
            factors = [replaced(each, old, new) for each in (*term.numbers, *term.chain)]
            return multiply(number(term.coefficient), *factors)
        case Hadamard():
            return reduce(hadamard, [replaced(each, old, new) for each in term.factors])
    changed = {
        field.name: replaced(value, old, new) for field in fields(term) if isinstance(value := getattr(term, field.name), Term)
    }
    return replace(term, **changed) if changed else term
