"""Whether a problem is an exercise of the course, up to renaming, shapes and transposes."""

from matrix_checks.practice.problem import Problem
from matrix_checks.practice.products import add, multiply
from matrix_checks.practice.rewriting import replaced
from matrix_checks.practice.terms import (
    Entrywise,
    Hadamard,
    Inner,
    Letter,
    Ones,
    Power,
    Product,
    Softmax,
    SquaredNorm,
    Sum,
    Term,
    Trace,
    Transposed,
    letters_of,
)

Form = tuple[object, ...]
VARIABLE, CONSTANT = ("variable",), ("constant",)
# x^T x; tr(AB); x^T A c, by the vector or by the matrix; ||X - AS||^2, by either factor; the layers of the second chapter.
_SQUARE: Form = ("norm", VARIABLE)
_TRACE: Form = ("product", CONSTANT, VARIABLE)
_BILINEAR: Form = ("product", CONSTANT, CONSTANT, VARIABLE)
_FACTORS: Form = ("norm", ("sum", CONSTANT, ("product", CONSTANT, VARIABLE)))
_LINEAR: Form = ("sum", CONSTANT, ("product", CONSTANT, VARIABLE))
_SOFTMAX: Form = ("softmax", VARIABLE)
EXERCISES = frozenset((_SQUARE, _TRACE, _BILINEAR, _FACTORS, _LINEAR, _SOFTMAX, ("product", CONSTANT, _SOFTMAX)))


def is_exercise_of_the_course(problem: Problem) -> bool:
    """Whether the problem is one of the course's in other letters."""
    term = problem.term
    for letter, body in reversed(problem.intermediates):
        term = replaced(term, letter, body)
    name = problem.variable.name
    if not problem.value.is_number:
        return form_of(term, name) in EXERCISES
    # A constant that is added, and a factor such as 1/N, make no other problem.
    return bool({form_of(term, name), form_of(_without_constants(term, name), name)} & EXERCISES)


def form_of(term: Term, variable: str) -> Form:
    """What is left of a term without names, shapes, transposes, coefficients, and the order of factors and terms."""
    match term:
        case Letter(name):
            return VARIABLE if name == variable else CONSTANT
        case Ones():
            return CONSTANT
        case Transposed(body) | Trace(body):
            return form_of(body, variable)
        case SquaredNorm(body):
            return ("norm", form_of(body, variable))
        case Inner(left, right):
            return _joined((form_of(left, variable), form_of(right, variable)))
        case Softmax(body):
            return ("softmax", form_of(body, variable))
        case Entrywise(name, body):
            return (name, form_of(body, variable))
        case Sum(terms):
            return _of_sum(terms, variable)
        case Product():
            return _of_product(term, variable)
        case Hadamard(factors):
            return ("hadamard", *sorted((form_of(each, variable) for each in factors), key=repr))
    return (type(term).__name__, *(form_of(each, variable) for each in term.parts))


def _of_sum(terms: tuple[Term, ...], variable: str) -> Form:
    forms = sorted((form_of(each, variable) for each in terms), key=repr)
    return ("sum", *forms) if len(forms) > 1 else forms[0]


def _without_constants(term: Term, variable: str) -> Term:
    """What is left of a number when what does not depend on the variable is taken out of its sums, to any depth of products."""
    if isinstance(term, Sum):
        kept = [_without_constants(each, variable) for each in term.terms if variable in letters_of(each)]
        return add(*kept)
    if isinstance(term, Product):
        factors = [
            _without_constants(each, variable) if variable in letters_of(each) else each for each in (*term.numbers, *term.chain)
        ]
        return multiply(*(each for each in factors if not isinstance(each, Power)))
    if isinstance(term, Trace):
        return Trace(_without_constants(term.body, variable))
    if isinstance(term, Transposed):
        return Transposed(_without_constants(term.body, variable))
    return term


def _of_product(term: Product, variable: str) -> Form:
    factors = (*term.numbers, *term.chain)
    if len(factors) == 2 and _bare(factors[0]) == _bare(factors[1]):
        return ("norm", form_of(factors[0], variable))
    return _joined(tuple(form_of(each, variable) for each in factors))


def _joined(forms: tuple[Form, ...]) -> Form:
    """The form of a product, whose factors may be products."""
    found: list[Form] = []
    for form in forms:
        found += [inner for inner in form[1:] if isinstance(inner, tuple)] if form[0] == "product" else [form]
    return found[0] if len(found) == 1 else ("product", *sorted(found, key=repr))


def _bare(term: Term) -> Term:
    return term.body if isinstance(term, Transposed) else term
