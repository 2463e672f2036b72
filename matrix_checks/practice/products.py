"""The constructors that keep terms in the form that a person would write: no zeros, no doubled signs, like terms together."""

from fractions import Fraction

from matrix_checks.practice.terms import (
    NUMBER,
    ONE,
    DiagonalMatrix,
    DoesNotFit,
    Entrywise,
    Hadamard,
    Identity,
    Inverse,
    Ones,
    Product,
    Sum,
    Term,
    Trace,
    Transposed,
    require,
    steps_of,
)

UNIT = Product(Fraction(1), (), ())


def number(value: Fraction | int) -> Product:
    """A number as it is written."""
    return Product(Fraction(value), (), ())


def is_zero(term: Term) -> bool:
    """Whether it was made zero by its constructor."""
    return isinstance(term, Product) and term.coefficient == 0


def multiply(*factors: Term) -> Term:
    """The product of numbers and arrays, in this order.

    Raises
    ------
    DoesNotFit
        If the columns of one are not the rows of the next.
    """
    coefficient, numbers, chain = Fraction(1), list[Term](), list[Term]()
    for factor in factors:
        if isinstance(factor, Product):
            coefficient *= factor.coefficient
            numbers += factor.numbers
            if factor.chain and factor.is_number:
                numbers.append(Product(Fraction(1), (), factor.chain))
            else:
                chain += factor.chain
        elif factor.is_number:
            numbers.append(factor)
        else:
            chain.append(factor)
    arrays, inner = _in_segments([each for each in chain if not isinstance(each, Identity)] or chain[:1])
    return _made(coefficient, [*numbers, *inner], arrays)


def _made(coefficient: Fraction, numbers: list[Term], chain: tuple[Term, ...]) -> Term:
    # A number alone is its chain, so that it is written in one way only.
    if not chain and len(numbers) == 1 and isinstance(numbers[0], Product):
        only = numbers[0]
        return Product(coefficient * only.coefficient, only.numbers, only.chain)
    if chain and len(chain) == 1 and coefficient == 1 and not numbers:
        return chain[0]
    if not chain and coefficient == 1 and len(numbers) == 1:
        return numbers[0]
    return Product(coefficient, tuple(numbers), chain)


def _in_segments(chain: list[Term]) -> tuple[tuple[Term, ...], list[Term]]:
    """The chain without its parts that are numbers, such as ``a^T b`` in ``c a^T b``, and those parts."""
    segments: list[list[Term]] = []
    for factor in _without_inverses(chain):
        if segments and segments[-1][-1].shape[1] != factor.shape[0]:
            raise DoesNotFit(f"{segments[-1][-1].shape} and {factor.shape} cannot be multiplied")
        if segments and factor.shape[0] != ONE:
            segments[-1].append(factor)
        else:
            segments.append([factor])
    arrays: list[Term] = []
    numbers: list[Term] = []
    for segment in segments:
        if (segment[0].shape[0], segment[-1].shape[1]) == NUMBER:
            numbers.append(segment[0] if len(segment) == 1 else Product(Fraction(1), (), tuple(segment)))
        else:
            arrays += segment
    return tuple(arrays), numbers


def _without_inverses(chain: list[Term]) -> list[Term]:
    """The chain without neighbours of which one is the inverse of the other."""
    kept: list[Term] = []
    for factor in chain:
        if kept and len(chain) > 2 and (_inverse_of(kept[-1]) == factor or _inverse_of(factor) == kept[-1]):
            kept.pop()
        else:
            kept.append(factor)
    return kept or [Identity(chain[0].shape[0])] if chain else []


def _inverse_of(term: Term) -> Term | None:
    if isinstance(term, Inverse):
        return term.body
    if isinstance(term, Transposed) and isinstance(term.body, Inverse):
        return Transposed(term.body.body)
    return None


def scale(coefficient: Fraction | int, term: Term) -> Term:
    """A multiple of a term, whose factors stay as they are."""
    own, rest = split(term)
    if isinstance(rest, Product):
        return _made(coefficient * own, list(rest.numbers), rest.chain)
    return _made(coefficient * own, [rest] if rest.is_number else [], () if rest.is_number else (rest,))


def split(term: Term) -> tuple[Fraction, Term]:
    """The coefficient of a term, and the rest."""
    if isinstance(term, Product):
        return term.coefficient, _made(Fraction(1), list(term.numbers), term.chain)
    return Fraction(1), term


def add(*terms: Term) -> Term:
    """The sum of terms; like ones are taken together, and those that are zero left out.

    Raises
    ------
    DoesNotFit
        If the shapes differ.
    """
    flat = [each for term in terms for each in (term.terms if isinstance(term, Sum) else (term,))]
    require(bool(flat), "a sum without terms")
    coefficients: dict[Term, Fraction] = {}
    for each in flat:
        if is_zero(each):
            continue
        coefficient, rest = split(each)
        coefficients[rest] = coefficients.get(rest, Fraction(0)) + coefficient
    kept = [scale(coefficient, rest) for rest, coefficient in coefficients.items() if coefficient]
    require(len({each.shape for each in kept}) <= 1, "terms of a sum have different shapes")
    if not kept:
        return number(0)
    return kept[0] if len(kept) == 1 else Sum(tuple(kept))


def transpose(term: Term) -> Term:
    """The transposed term, with the transposition at its letters, but for those sums that a person would leave together."""
    if term.is_number or isinstance(term, (DiagonalMatrix, Identity)):
        return term
    match term:
        case Transposed():
            return term.body
        case Product():
            return Product(term.coefficient, term.numbers, tuple(transpose(each) for each in reversed(term.chain)))
        case Sum():
            distributed = add(*map(transpose, term.terms))
            return distributed if _transpositions(distributed) <= _transpositions(term) else Transposed(term)
        case Hadamard() if all(isinstance(each, Transposed) for each in term.factors):
            return Hadamard(tuple(map(transpose, term.factors)))
        case Entrywise(name, Transposed(body)):
            return Entrywise(name, body)
        case Ones(size):
            return Transposed(term) if ONE in size else Ones(size[::-1])
    return Transposed(term)


def _transpositions(term: Term) -> int:
    return sum(isinstance(each, Transposed) for each in term.everything)


def hadamard(*factors: Term) -> Term:
    """Arrays multiplied entry by entry; coefficients come to the front, and ones are left out.

    Raises
    ------
    DoesNotFit
        If the shapes differ.
    """
    coefficient, kept, numbers = Fraction(1), list[Term](), list[Term]()
    for factor in factors:
        own, rest = split(factor)
        coefficient *= own
        if isinstance(rest, Product) and rest.numbers and rest.chain:
            numbers += rest.numbers
            rest = multiply(*rest.chain)
        kept += rest.factors if isinstance(rest, Hadamard) else (rest,)
    require(len({each.shape for each in kept}) == 1, "factors entry by entry have different shapes")
    if kept[0].is_number:
        return multiply(number(coefficient), *kept)
    kept = [each for each in kept if not isinstance(each, Ones)] or kept[:1]
    product = kept[0] if len(kept) == 1 else Hadamard(tuple(kept))
    return multiply(number(coefficient), *numbers, product)


def trace(term: Term) -> Term:
    """The trace, with numbers in front of it.

    Raises
    ------
    DoesNotFit
        If the matrix is not square.
    """
    require(term.shape[0] == term.shape[1], "the trace of a matrix that is not square")
    if term.is_number:
        return term
    if isinstance(term, Sum):
        return add(*map(trace, term.terms))
    if isinstance(term, Product):
        return multiply(number(term.coefficient), *term.numbers, Trace(_made(Fraction(1), [], term.chain)))
    return Trace(term)


def expanded(term: Term) -> Term:
    """A product whose factors that hold a differential are sums, multiplied out."""
    if isinstance(term, Sum):
        return add(*map(expanded, term.terms))
    if not isinstance(term, Product):
        return term
    factors: tuple[Term, ...] = (*term.numbers, *term.chain)
    for place, factor in enumerate(factors):
        if isinstance(factor, Sum) and steps_of(factor):
            before, after = factors[:place], factors[place + 1 :]
            return add(*(expanded(multiply(number(term.coefficient), *before, each, *after)) for each in factor.terms))
    return term


def with_common_front(term: Term) -> Term:
    """A sum of arrays whose terms have the same coefficient and numbers, with these in front of brackets."""
    if not isinstance(term, Sum) or not all(isinstance(each, Product) and each.chain for each in term.terms):
        return term
    products = [each for each in term.terms if isinstance(each, Product)]
    numbers = products[0].numbers
    shared = abs(products[0].coefficient)
    if any(each.numbers != numbers or abs(each.coefficient) != shared for each in products) or (shared == 1 and not numbers):
        return term
    inner = add(*(_made(each.coefficient / shared, [], each.chain) for each in products))
    return Product(shared, numbers, (inner,))


def factored(term: Term) -> Term:
    """A sum in which ``a A b + a A^T b`` is written ``a (A + A^T) b``."""
    terms = list(term.terms) if isinstance(term, Sum) else [term]
    for first in range(len(terms)):
        for second in range(first + 1, len(terms)):
            together = _with_its_transpose(terms[first], terms[second])
            if together is not None:
                rest = [each for place, each in enumerate(terms) if place not in (first, second)]
                return factored(Sum((*rest[:first], together, *rest[first:]))) if rest else together
    return term


def _with_its_transpose(left: Term, right: Term) -> Term | None:
    if not (isinstance(left, Product) and isinstance(right, Product)):
        return None
    same = left.coefficient == right.coefficient and left.numbers == right.numbers and len(left.chain) == len(right.chain)
    places = [place for place, pair in enumerate(zip(left.chain, right.chain)) if pair[0] != pair[1]]
    if not same or len(places) != 1 or left.chain[places[0]] != transpose(right.chain[places[0]]):
        return None
    place = places[0]
    both = Sum((left.chain[place], right.chain[place]))
    return Product(left.coefficient, left.numbers, (*left.chain[:place], both, *left.chain[place + 1 :]))
