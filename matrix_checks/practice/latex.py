"""Terms as TeX, as a person would write them; the reader of derivations reads what is written here."""

from fractions import Fraction
from functools import singledispatch

from matrix_checks.practice.products import split
from matrix_checks.practice.stacking import Kronecker, Stacked
from matrix_checks.practice.terms import (
    Determinant,
    Diagonal,
    DiagonalMatrix,
    Entrywise,
    Hadamard,
    Identity,
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
)

FUNCTIONS = {
    "exp": r"\exp",
    "log": r"\log",
    "sin": r"\sin",
    "cos": r"\cos",
    "tanh": r"\tanh",
    "sigmoid": r"\operatorname{sigmoid}",
    "relu": r"\operatorname{relu}",
    "step": r"\operatorname{step}",
}
# What needs no brackets as a factor, or before a transposition or a power.
_CLOSED = (Letter, Trace, Determinant, SquaredNorm, Softmax, Ones, Identity, Stacked, DiagonalMatrix, Diagonal, Inner)


def bracketed(text: str) -> str:
    """An expression in brackets, which grow with fractions and roots only, so that the source stays legible."""
    return rf"\left({text}\right)" if r"\frac" in text or r"\sqrt" in text else f"({text})"


@singledispatch
def latex(term: Term) -> str:
    """A term as TeX, without dollar signs."""
    raise TypeError(f"no TeX for {type(term).__name__}")


@latex.register
def _letter(term: Letter) -> str:
    return term.name


@latex.register
def _step(term: Step) -> str:
    return f"d{term.name}"


@latex.register
def _ones(term: Ones) -> str:
    return r"\mathbf{1}"


@latex.register
def _identity(term: Identity) -> str:
    return "I"


@latex.register
def _sum(term: Sum) -> str:
    text = latex(term.terms[0])
    for each in term.terms[1:]:
        coefficient, rest = split(each)
        own = latex(each)
        text += f" - {own.removeprefix('-').lstrip()}" if coefficient < 0 else f" + {own}"
    return text


@latex.register
def _product(term: Product) -> str:
    coefficient = abs(term.coefficient)
    sign = "-" if term.coefficient < 0 else ""
    below: list[Term] = [each for each in term.numbers if isinstance(each, Power) and each.exponent < 0]
    above = [each for each in term.numbers if each not in below]
    if below or (coefficient.denominator != 1 and not term.chain and above):
        front = _fraction(coefficient, above if not term.chain else [], below)
        above = above if term.chain else []
    else:
        front = "" if coefficient == 1 and (above or term.chain) else _number(coefficient)
    factors = [*(_factor(each, alone=len(above) == 1 and not term.chain) for each in above), *_chain(term.chain)]
    return sign + " ".join(filter(None, (front, _joined(factors))))


def _joined(factors: list[str]) -> str:
    """Factors side by side; a differential stands a little apart."""
    text = ""
    for place, factor in enumerate(factors):
        apart = place and (factor.startswith("d") or factors[place - 1].startswith("d"))
        text += (r"\, " if apart else " " if place else "") + factor
    return text


def _fraction(coefficient: Fraction, above: list[Term], below: list[Term]) -> str:
    top = " ".join(
        filter(
            None,
            (
                "" if coefficient.numerator == 1 and above else str(coefficient.numerator),
                *(_factor(each, alone=len(above) == 1) for each in above),
            ),
        )
    )
    bottoms = [Power(each.body, -each.exponent) if each.exponent != -1 else each.body for each in below if isinstance(each, Power)]
    number = "" if coefficient.denominator == 1 else str(coefficient.denominator)
    texts = [latex(each) if len(bottoms) == 1 and not number else _factor(each) for each in bottoms]
    return rf"\frac{{{top}}}{{{' '.join(filter(None, (number, *texts)))}}}"


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else rf"\frac{{{value.numerator}}}{{{value.denominator}}}"


def _chain(chain: tuple[Term, ...]) -> list[str]:
    # A sign or a number before an entrywise product needs no brackets.
    if len(chain) == 1 and isinstance(chain[0], (Hadamard, Kronecker)):
        return [latex(chain[0])]
    return [_factor(each, alone=len(chain) == 1) for each in chain]


def _factor(term: Term, alone: bool = False) -> str:
    """With brackets where its neighbours would be taken for its terms."""
    if isinstance(term, (Sum, Hadamard, Kronecker)) or (isinstance(term, Entrywise) and term.name == "reciprocal"):
        return bracketed(latex(term))
    if isinstance(term, Product) and not alone:
        return bracketed(latex(term))
    return latex(term)


@latex.register
def _transposed(term: Transposed) -> str:
    body = term.body
    if isinstance(body, Inverse):
        return f"{_base(body.body)}^{{-\\top}}"
    return f"{_base(body)}^\\top"


def _base(term: Term) -> str:
    """What a transposition or a power may stand behind."""
    if isinstance(term, Step):
        return bracketed(latex(term))
    return latex(term) if isinstance(term, _CLOSED) else bracketed(latex(term))


@latex.register
def _inverse(term: Inverse) -> str:
    return f"{_base(term.body)}^{{-1}}"


@latex.register
def _hadamard(term: Hadamard) -> str:
    over = [each for each in term.factors if isinstance(each, Entrywise) and each.name == "reciprocal"]
    factors = [each for each in term.factors if each not in over]
    text = r" \odot ".join(map(_entrywise_factor, factors)) if factors else r"\mathbf{1}"
    return text + "".join(rf" \oslash {_entrywise_factor(each.body)}" for each in over if isinstance(each, Entrywise))


def _entrywise_factor(term: Term) -> str:
    return bracketed(latex(term)) if isinstance(term, (Sum, Hadamard, Product)) else latex(term)


@latex.register
def _entrywise(term: Entrywise) -> str:
    if term.name == "reciprocal":
        return rf"\mathbf{{1}} \oslash {_entrywise_factor(term.body)}"
    if isinstance(term.body, Determinant):
        # The logarithm exists where the determinant is negative, too, and has the same differential.
        size = rf"\lvert {latex(term.body)} \rvert"
        return rf"{FUNCTIONS[term.name]} {size}" if term.name == "log" else rf"{FUNCTIONS[term.name]}{bracketed(latex(term.body))}"
    return rf"{FUNCTIONS[term.name]}{bracketed(latex(term.body))}"


@latex.register
def _softmax(term: Softmax) -> str:
    return rf"\operatorname{{softmax}}{bracketed(latex(term.body))}"


@latex.register
def _trace(term: Trace) -> str:
    return rf"\operatorname{{tr}}{bracketed(latex(term.body))}"


@latex.register
def _determinant(term: Determinant) -> str:
    return rf"\det{bracketed(latex(term.body))}"


@latex.register
def _squared_norm(term: SquaredNorm) -> str:
    return rf"\lVert {latex(term.body)} \rVert{'' if term.body.is_column else '_F'}^2"


@latex.register
def _power(term: Power) -> str:
    body = latex(term.body)
    if term.exponent == Fraction(1, 2):
        if isinstance(term.body, SquaredNorm):
            return body.removesuffix("^2")
        return rf"\sqrt{{{body}}}"
    if term.exponent == -1:
        return rf"\frac{{1}}{{{body}}}"
    if term.exponent < 0:
        return rf"\frac{{1}}{{{latex(Power(term.body, -term.exponent))}}}"
    if isinstance(term.body, SquaredNorm) and (2 * term.exponent).denominator == 1:
        return rf"{body.removesuffix('^2')}^{{{2 * term.exponent}}}"
    return rf"{_base(term.body)}^{{{_number(term.exponent)}}}"


@latex.register
def _inner(term: Inner) -> str:
    return rf"\langle {latex(term.left)}, {latex(term.right)} \rangle"


@latex.register
def _stacked(term: Stacked) -> str:
    return rf"\operatorname{{vec}}{bracketed(latex(term.body))}"


@latex.register
def _kronecker(term: Kronecker) -> str:
    return rf"{_kronecker_factor(term.left)} \otimes {_kronecker_factor(term.right)}"


def _kronecker_factor(term: Term) -> str:
    return bracketed(latex(term)) if isinstance(term, (Sum, Kronecker, Hadamard)) else latex(term)


@latex.register
def _diagonal_matrix(term: DiagonalMatrix) -> str:
    return rf"\operatorname{{diag}}{bracketed(latex(term.body))}"


@latex.register
def _diagonal(term: Diagonal) -> str:
    return rf"\operatorname{{diag}}{bracketed(latex(term.body))}"
