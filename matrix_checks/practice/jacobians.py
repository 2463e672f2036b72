"""From the differential of a column or a matrix to its Jacobian: the step comes to the end, or its columns are stacked."""

from fractions import Fraction

from matrix_checks.practice import adjoint
from matrix_checks.practice.products import UNIT, add, expanded, hadamard, multiply, number, split, transpose
from matrix_checks.practice.stacking import Kronecker
from matrix_checks.practice.terms import (
    DiagonalMatrix,
    Hadamard,
    Identity,
    Product,
    Step,
    Term,
    steps_of,
)

DIAGONAL = "an entrywise product is a product with a diagonal matrix"
NUMBER_BEHIND = "a number may stand behind a column"


def moved_to_the_end(whole: Term) -> tuple[Term, list[str]] | None:
    """The next form of the differential of a column on the way to ``J dx``, with the reasons; ``None`` where it has arrived."""
    reasons: list[str] = []
    new: list[Term] = []
    for each in adjoint.terms_of(whole):
        found = _moved(each)
        if found is None:
            new.append(each)
        else:
            new += adjoint.terms_of(found[0])
            reasons.append(found[1])
    return (add(*new), list(dict.fromkeys(reasons))) if reasons else None


def _moved(term: Term) -> tuple[Term, str] | None:
    product = term if isinstance(term, Product) else None
    if product is not None:
        place = next((place for place, each in enumerate(product.numbers) if steps_of(each)), None)
        if place is not None:
            return _number_behind(product, place)
    chain = product.chain if product is not None else (term,)
    place = next(place for place, each in enumerate(chain) if steps_of(each))
    holder = chain[place]
    front = (number(product.coefficient), *product.numbers) if product is not None else ()
    if isinstance(holder, Hadamard):
        inside = next(each for each in holder.factors if steps_of(each))
        others = [each for each in holder.factors if each is not inside]
        return expanded(multiply(*front, *chain[:place], DiagonalMatrix(hadamard(*others)), inside)), DIAGONAL
    if isinstance(holder, DiagonalMatrix) and place < len(chain) - 1:
        behind = multiply(*chain[place + 1 :])
        return expanded(multiply(*front, *chain[:place], DiagonalMatrix(behind), holder.body)), DIAGONAL
    return None


def _number_behind(product: Product, place: int) -> tuple[Term, str]:
    """``(s^T dx) c`` is ``c s^T dx``; the number is settled first."""
    inner = product.numbers[place]
    front = (number(product.coefficient), *product.numbers[:place], *product.numbers[place + 1 :])
    found = adjoint.moved(inner)
    if found is not None:
        return multiply(*front, *product.chain, found[0]), "; ".join(found[1])
    chain = inner.chain if isinstance(inner, Product) else (inner,)
    own = (number(inner.coefficient), *inner.numbers) if isinstance(inner, Product) else ()
    scaled = multiply(*front, *own)
    coefficient, rest = split(scaled)
    numbers = () if scaled == UNIT else rest.numbers if isinstance(rest, Product) else (rest,)
    # Made as it is: the constructor would take the row times the column for the number that it is.
    return Product(coefficient, numbers, (*product.chain, *chain)), NUMBER_BEHIND


def _without_step(term: Term) -> tuple[Term, Term]:
    """What stands before and behind the step in one term of a differential."""
    product = term if isinstance(term, Product) else None
    chain = product.chain if product is not None else (term,)
    place = next(place for place, each in enumerate(chain) if isinstance(each, Step))
    step = chain[place]
    front = (number(product.coefficient), *product.numbers) if product is not None else ()
    before = chain[:place] or (Identity(step.shape[0]),)
    after = chain[place + 1 :] or (Identity(step.shape[1]),)
    return multiply(*front, *before), multiply(*after)


def collected(whole: Term) -> Term:
    """``J dx`` for several terms of this form."""
    terms = adjoint.terms_of(whole)
    if len(terms) < 2:
        return whole
    step = next(each for each in whole.everything if isinstance(each, Step))
    return Product(Fraction(1), (), (jacobian_of(whole), step))


def jacobian_of(whole: Term) -> Term:
    """``J`` of ``dy = J dx``, or of ``vec(dF) = J vec(dX)`` where ``dF`` is a sum of terms ``A dX B``: ``B^T ⊗ A`` (Magnus and Neudecker)."""
    found: list[Term] = []
    for each in adjoint.terms_of(whole):
        before, after = _without_step(each)
        if after.is_number or after == Identity("1"):
            found.append(before)
            continue
        front: Term = number(1)
        if isinstance(before, Product) and (before.coefficient != 1 or before.numbers):
            front = multiply(number(before.coefficient), *before.numbers)
            before = multiply(*before.chain)
        found.append(multiply(front, Kronecker(transpose(after), before)))
    return add(*found)
