"""From a differential to a gradient: each term is brought to ``tr(S dX)`` or ``s^T dx``, move by move, with the reason of each."""

from collections.abc import Callable
from fractions import Fraction

from matrix_checks.practice.products import add, expanded, hadamard, multiply, number, trace, transpose, with_common_front
from matrix_checks.practice.terms import (
    Diagonal,
    DiagonalMatrix,
    Hadamard,
    Identity,
    Product,
    Step,
    Sum,
    Term,
    Trace,
    Transposed,
    steps_of,
)

TRANSPOSE_TRACE = "transpose under the trace"
TRANSPOSE_NUMBER = "a number is its own transpose"
CYCLIC = "cyclic"
NUMBER_IS_TRACE = "a number is its own trace, cyclic"
HADAMARD = "an entrywise factor moves to the other side of the inner product"
DIAGONAL = "only the diagonal meets a diagonal matrix"


def terms_of(term: Term) -> tuple[Term, ...]:
    """The terms of a sum, or the term alone."""
    return term.terms if isinstance(term, Sum) else (term,)


class LinearTerm:
    """A number that is linear in one differential, taken apart.

    Attributes
    ----------
    front
        The coefficient and the numbers without the differential.
    chain
        The arrays of which one holds the differential; under a trace, or a row times a column.
    """

    def __init__(self, term: Term):
        coefficient, numbers, chain = (
            (term.coefficient, term.numbers, term.chain) if isinstance(term, Product) else (Fraction(1), (term,), ())
        )
        if chain:
            holding, others = multiply(*chain), numbers
        else:
            place = next(place for place, each in enumerate(numbers) if steps_of(each))
            holding, others = numbers[place], numbers[:place] + numbers[place + 1 :]
        self.front = multiply(number(coefficient), *others)
        self.under_trace = isinstance(holding, Trace)
        body = holding.body if isinstance(holding, Trace) else holding
        if isinstance(body, Product):
            self.front = multiply(self.front, number(body.coefficient), *body.numbers)
            self.chain = body.chain
        else:
            self.chain = (body,)

    @property
    def place(self) -> int:
        """Where in the chain the differential stands."""
        return next(place for place, each in enumerate(self.chain) if steps_of(each))

    @property
    def holder(self) -> Term:
        """The array that holds the differential."""
        return self.chain[self.place]

    def around(self) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """What stands before and behind that."""
        return self.chain[: self.place], self.chain[self.place + 1 :]

    def rest(self) -> Term:
        """What is multiplied with the holder under the trace, from the left: ``S`` of ``tr(S H)``."""
        before, after = self.around()
        size = self.holder.shape[1]
        return multiply(*after, *before) if after or before else Identity(size)

    def whole(self, *chain: Term) -> Term:
        """The term with another chain."""
        found = multiply(*chain)
        return multiply(self.front, found if found.is_number else trace(found))


Move = Callable[[LinearTerm], Term | None]


def _transposed(term: LinearTerm) -> Term | None:
    """Where the differential is transposed: ``tr(M) = tr(M^T)``."""
    holder = term.holder
    if not isinstance(holder, Transposed):
        return None
    return term.whole(*(transpose(each) for each in reversed(term.chain)))


def _last(term: LinearTerm) -> Term | None:
    """Where arrays stand behind the differential: they come to the front."""
    before, after = term.around()
    if not after:
        return None
    return term.whole(*after, *before, term.holder)


def _out_of_hadamard(term: LinearTerm) -> Term | None:
    """``tr(S (H ⊙ F)) = tr((S^T ⊙ H)^T F)``."""
    holder = term.holder
    if not isinstance(holder, Hadamard):
        return None
    inside = next(each for each in holder.factors if steps_of(each))
    others = [each for each in holder.factors if each is not inside]
    front = transpose(term.rest())
    weight = hadamard(front, *others) if not isinstance(front, Identity) else None
    if weight is None:
        # The trace of an entrywise product is the inner product of one factor with the transpose of the other.
        return multiply(term.front, paired(DiagonalMatrix(Diagonal(hadamard(*others))), inside))
    return multiply(term.front, paired(transpose(weight), inside))


def _out_of_diagonal(term: LinearTerm) -> Term | None:
    """``tr(S diag(f)) = diag(S)^T f``, and ``s^T diag(F) = tr(diag(s) F)`` for the diagonal of a matrix."""
    holder = term.holder
    if isinstance(holder, DiagonalMatrix):
        rest = term.rest()
        return multiply(term.front, paired(transpose(_diagonal_of(rest)), holder.body))
    if isinstance(holder, Diagonal):
        return multiply(term.front, paired(DiagonalMatrix(transpose(term.rest())), holder.body))
    return None


def _diagonal_of(rest: Term) -> Term:
    """The diagonal of a matrix as a column: of a column times a row, the product entry by entry."""
    if isinstance(rest, Product) and len(rest.chain) > 1:
        for place in range(1, len(rest.chain)):
            if rest.chain[place].shape[0] == "1":
                left, right = multiply(*rest.chain[:place]), multiply(*rest.chain[place:])
                return multiply(number(rest.coefficient), *rest.numbers, hadamard(left, transpose(right)))
    return Diagonal(rest)


def paired(left: Term, right: Term) -> Term:
    """``tr(S F)``, or ``s^T f`` where that is a number, with the sums that hold a differential multiplied out."""
    found = expanded(multiply(left, right))
    return found if found.is_number else trace(found)


# In this order: what is transposed is put right first, then the differential comes to the end, then it is taken out of its factor.
MOVES: tuple[tuple[Callable[[LinearTerm], str], Move], ...] = (
    (lambda term: TRANSPOSE_TRACE if term.under_trace else TRANSPOSE_NUMBER, _transposed),
    (lambda term: CYCLIC if term.under_trace else NUMBER_IS_TRACE, _last),
    (lambda term: HADAMARD, _out_of_hadamard),
    (lambda term: DIAGONAL, _out_of_diagonal),
)


def moved(whole: Term) -> tuple[Term, list[str]] | None:
    """The next form of a differential on the way to ``tr(S dX)``, and the reasons; ``None`` where it has arrived.

    One kind of move is made in all terms that need it.
    """
    for reason, move in MOVES:
        reasons: list[str] = []
        new: list[Term] = []
        for each in terms_of(whole):
            linear = LinearTerm(each)
            found = move(linear)
            if found is None or found == each:
                new.append(each)
                continue
            reasons.append(reason(linear))
            new.append(found)
        if reasons:
            return add(*new), list(dict.fromkeys(reasons))
    return None


def coefficients(whole: Term) -> dict[str, Term]:
    """``S`` of ``tr(S dX)``, and ``s^T`` of ``s^T dx``, by the name of the variable; every term has to be settled."""
    found: dict[str, list[Term]] = {}
    for each in terms_of(whole):
        linear = LinearTerm(each)
        holder = linear.holder
        assert isinstance(holder, Step)
        before, _ = linear.around()
        # Before a matrix alone stands an identity, which is not written; before a number stands nothing.
        before = before or (() if holder.is_number else (Identity(holder.shape[1]),))
        found.setdefault(holder.name, []).append(multiply(linear.front, *before))
    return {name: with_common_front(add(*arrays)) for name, arrays in found.items()}
