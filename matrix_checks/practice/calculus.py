"""The rules of the differential calculus: what the differential of each kind of term is.

Source of the rules: J. R. Magnus and H. Neudecker, Matrix Differential Calculus with Applications in Statistics and Econometrics,
chapters 8 and 9. A rule is a function of this module, registered by the kind of term; ``reason_of`` says its name in words.
"""

from fractions import Fraction
from functools import singledispatch

from matrix_checks.practice.products import add, expanded, hadamard, is_zero, multiply, number, scale, trace, transpose
from matrix_checks.practice.terms import (
    Determinant,
    Diagonal,
    DiagonalMatrix,
    Entrywise,
    Hadamard,
    Inner,
    Inverse,
    Letter,
    Ones,
    Power,
    Product,
    Softmax,
    SquaredNorm,
    Step,
    Sum,
    Term,
    Trace,
    Transposed,
    letters_of,
)


def differential(term: Term, changing: frozenset[str]) -> Term:
    """The differential of a term, to first order, in the differentials of the letters that change; zero where none is inside."""
    return number(0) if letters_of(term).isdisjoint(changing) else expanded(_differential(term, changing))


@singledispatch
def _differential(term: Term, changing: frozenset[str]) -> Term:
    raise TypeError(f"no rule for the differential of {type(term).__name__}")


@_differential.register
def _of_letter(term: Letter, changing: frozenset[str]) -> Term:
    return Step(term.name, term.size)


@_differential.register
def _of_sum(term: Sum, changing: frozenset[str]) -> Term:
    return add(*(differential(each, changing) for each in term.terms))


@_differential.register
def _of_product(term: Product, changing: frozenset[str]) -> Term:
    """``d(AB) = (dA) B + A (dB)``."""
    factors = (*term.numbers, *term.chain)
    found = [
        expanded(multiply(number(term.coefficient), *factors[:place], step, *factors[place + 1 :]))
        for place, factor in enumerate(factors)
        if not is_zero(step := differential(factor, changing))
    ]
    return add(*found)


@_differential.register
def _of_transposed(term: Transposed, changing: frozenset[str]) -> Term:
    return transpose(differential(term.body, changing))


@_differential.register
def _of_hadamard(term: Hadamard, changing: frozenset[str]) -> Term:
    """``d(A ⊙ B) = (dA) ⊙ B + A ⊙ (dB)``; where a factor stands twice, twice the one term."""
    return add(
        *(
            hadamard(*term.factors[:place], *term.factors[place + 1 :], step)
            for place, factor in enumerate(term.factors)
            if not is_zero(step := differential(factor, changing))
        )
    )


@_differential.register
def _of_entrywise(term: Entrywise, changing: frozenset[str]) -> Term:
    """``d f(A) = f'(A) ⊙ dA``; of the logarithm of a determinant, ``tr(X^{-1} dX)``."""
    if _is_log_determinant(term):
        assert isinstance(term.body, Determinant)
        return trace(expanded(multiply(Inverse(term.body.body), differential(term.body.body, changing))))
    return hadamard(slope(term), differential(term.body, changing))


def slope(term: Entrywise) -> Term:
    """The derivative of a function of every entry, at each entry."""
    body = term.body
    match term.name:
        case "exp":
            return term
        case "log":
            return Power(body, Fraction(-1)) if body.is_number else Entrywise("reciprocal", body)
        case "sin":
            return Entrywise("cos", body)
        case "cos":
            return scale(-1, Entrywise("sin", body))
        case "tanh":
            square = multiply(term, term) if term.is_number else Hadamard((term, term))
            return add(_ones(term), scale(-1, square))
        case "sigmoid":
            rest = add(_ones(term), scale(-1, term))
            return multiply(term, rest) if term.is_number else Hadamard((term, rest))
        case "relu":
            return Entrywise("step", body)
        case "reciprocal":
            return scale(-1, Entrywise("reciprocal", Hadamard((body, body))))
    raise TypeError(f"no rule for the derivative of {term.name}")


def _ones(term: Term) -> Term:
    return number(1) if term.is_number else Ones(term.shape)


@_differential.register
def _of_softmax(term: Softmax, changing: frozenset[str]) -> Term:
    """``ds = (diag(s) - s s^T) dz``, where ``s`` is the softmax of a column; ``dS = S ⊙ dZ - S ⊙ ((S ⊙ dZ) 1 1^T)`` for each row."""
    if not term.is_column:
        step = hadamard(term, differential(term.body, changing))
        ones = Ones((term.shape[1], "1"))
        return add(step, scale(-1, hadamard(term, multiply(step, ones, transpose(ones)))))
    jacobian = add(DiagonalMatrix(term), scale(-1, multiply(term, transpose(term))))
    return multiply(jacobian, differential(term.body, changing))


@_differential.register
def _of_inverse(term: Inverse, changing: frozenset[str]) -> Term:
    """``d X^{-1} = -X^{-1} (dX) X^{-1}``."""
    return multiply(number(-1), term, differential(term.body, changing), term)


@_differential.register
def _of_diagonal_matrix(term: DiagonalMatrix, changing: frozenset[str]) -> Term:
    step = differential(term.body, changing)
    return add(*(_inside(DiagonalMatrix, each) for each in (step.terms if isinstance(step, Sum) else (step,))))


@_differential.register
def _of_diagonal(term: Diagonal, changing: frozenset[str]) -> Term:
    step = differential(term.body, changing)
    return add(*(_inside(Diagonal, each) for each in (step.terms if isinstance(step, Sum) else (step,))))


def _inside(kind: type[DiagonalMatrix] | type[Diagonal], term: Term) -> Term:
    """Numbers in front of a linear function of an array."""
    if isinstance(term, Product):
        return multiply(number(term.coefficient), *term.numbers, kind(multiply(*term.chain)))
    return kind(term)


@_differential.register
def _of_trace(term: Trace, changing: frozenset[str]) -> Term:
    """``d tr(A) = tr(dA)``."""
    return trace(differential(term.body, changing))


@_differential.register
def _of_determinant(term: Determinant, changing: frozenset[str]) -> Term:
    """``d det(X) = det(X) tr(X^{-1} dX)``: Jacobi's formula."""
    return multiply(term, trace(expanded(multiply(Inverse(term.body), differential(term.body, changing)))))


@_differential.register
def _of_squared_norm(term: SquaredNorm, changing: frozenset[str]) -> Term:
    """``d ‖A‖² = 2 tr(A^T dA)``."""
    return scale(2, trace(expanded(multiply(transpose(term.body), differential(term.body, changing)))))


@_differential.register
def _of_inner(term: Inner, changing: frozenset[str]) -> Term:
    """``d tr(A^T B) = tr((dA)^T B) + tr(A^T dB)``."""
    left, right = differential(term.left, changing), differential(term.right, changing)
    pairs = [(left, term.right)] * (not is_zero(left)) + [(term.left, right)] * (not is_zero(right))
    return add(*(trace(expanded(multiply(transpose(one), other))) for one, other in pairs))


@_differential.register
def _of_power(term: Power, changing: frozenset[str]) -> Term:
    """``d s^p = p s^{p-1} ds``."""
    return multiply(number(term.exponent), power(term.body, term.exponent - 1), differential(term.body, changing))


def power(body: Term, exponent: Fraction) -> Term:
    """A number to a constant power, in its simplest form."""
    if exponent == 0:
        return number(1)
    return body if exponent == 1 else Power(body, exponent)


# The name of a rule in words, by the kind of term to which it is applied.
_REASONS: dict[type[Term], str] = {
    Product: "product rule",
    Hadamard: "product rule, entry by entry",
    Inverse: "differential of an inverse",
    Determinant: "Jacobi's formula",
    SquaredNorm: "squared norm",
    Inner: "an inner product is a trace",
    Entrywise: "chain rule, entry by entry",
    Softmax: "differential of the softmax",
    Power: "chain rule for a power",
}


def reasons_of(term: Term, changing: frozenset[str]) -> list[str]:
    """The rules that the differential of a term needs, in words, from the outside to the inside."""
    found: list[str] = []
    for each in term.everything:
        if letters_of(each).isdisjoint(changing):
            continue
        twice = sum(not letters_of(part).isdisjoint(changing) for part in each.parts) > 1
        if isinstance(each, (Product, Inner)) and twice:
            found.append(_REASONS[Product])
        if _is_log_determinant(each):
            found.append("logarithm of a determinant")
        elif isinstance(each, Entrywise) and each.is_number:
            found.append("chain rule")
        elif not isinstance(each, Product):
            found += filter(None, [_REASONS.get(type(each), "")])
    return [each for each in dict.fromkeys(found) if not (each == "Jacobi's formula" and "logarithm of a determinant" in found)]


def _is_log_determinant(term: Term) -> bool:
    return isinstance(term, Entrywise) and term.name == "log" and isinstance(term.body, Determinant)
