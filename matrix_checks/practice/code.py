"""Terms as NumPy code: columns are arrays of shape ``(n,)``, so that neither a column nor a row is transposed."""

from fractions import Fraction
from functools import singledispatch

from matrix_checks.practice.products import split
from matrix_checks.practice.stacking import Kronecker, Stacked
from matrix_checks.practice.terms import (
    ONE,
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

# Each is a Python expression of its argument.
_FUNCTIONS = {
    "exp": "np.exp({})",
    "log": "np.log({})",
    "sin": "np.sin({})",
    "cos": "np.cos({})",
    "tanh": "np.tanh({})",
    "sigmoid": "sigmoid({})",
    "relu": "np.maximum({}, 0)",
    "step": "({} > 0)",
    "reciprocal": "(1 / {})",
}
# What is needed beside NumPy, by the name that the code uses.
DEFINED = {
    "sigmoid(": "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n",
    "softmax(": "def softmax(z):\n    powers = np.exp(z - z.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)\n",
}


@singledispatch
def numpy_code(term: Term) -> str:
    """A term as an expression of Python; names are those of the letters."""
    raise TypeError(f"no code for {type(term).__name__}")


@numpy_code.register
def _letter(term: Letter) -> str:
    return python_name(term.name)


def python_name(name: str) -> str:
    """The name of a letter in code: ``lambda`` is a word of Python."""
    return {r"\lambda": "lam"}.get(name, name)


@numpy_code.register
def _step(term: Step) -> str:
    return f"d{term.name}"


@numpy_code.register
def _ones(term: Ones) -> str:
    rows, columns = term.size
    return f"np.ones({columns if rows == ONE else rows})" if ONE in term.size else f"np.ones(({rows}, {columns}))"


@numpy_code.register
def _identity(term: Identity) -> str:
    return f"np.eye({term.size})"


@numpy_code.register
def _sum(term: Sum) -> str:
    text = numpy_code(term.terms[0])
    for each in term.terms[1:]:
        coefficient, _ = split(each)
        own = numpy_code(each)
        if coefficient < 0:
            text += f" - {own.removeprefix('-')}"
        else:
            text += f" + {own}"
    return text


@numpy_code.register
def _product(term: Product) -> str:
    below = [each for each in term.numbers if isinstance(each, Power) and each.exponent < 0]
    above = [each for each in term.numbers if each not in below]
    sign = "-" if term.coefficient < 0 else ""
    coefficient = abs(term.coefficient)
    factors = [str(coefficient.numerator)] if coefficient.numerator != 1 or not (above or term.chain) else []
    factors += [_in_brackets(each) for each in above]
    if term.chain:
        chain = _chain(term.chain)
        factors.append(f"({chain})" if " @ " in chain and (factors or below or coefficient.denominator != 1) else chain)
    text = sign + " * ".join(factors)
    if coefficient.denominator != 1:
        text += f" / {coefficient.denominator}"
    for each in below:
        if isinstance(each, Power):
            text += f" / {_in_brackets(_raised(each.body, -each.exponent))}"
    return text


def _raised(body: Term, exponent: Fraction) -> Term:
    return body if exponent == 1 else Power(body, exponent)


def _chain(chain: tuple[Term, ...]) -> str:
    """A chain of products; a column before a row is their outer product."""
    for place in range(1, len(chain)):
        if chain[place].shape[0] == ONE:
            return f"np.outer({_chain(chain[:place])}, {_chain(chain[place:])})"
    if len(chain) == 1:
        return _in_brackets(chain[0])
    return " @ ".join(map(_in_brackets, chain))


def _in_brackets(term: Term) -> str:
    """With brackets where an operator beside it would take a part of it."""
    body = term.body if isinstance(term, Transposed) and (term.is_row or term.is_column) else term
    is_open = isinstance(body, (Sum, Hadamard)) or (isinstance(body, Product) and numpy_code(body) != _only_call(body))
    return f"({numpy_code(body)})" if is_open else numpy_code(body)


def _only_call(term: Product) -> str:
    """The code of a product that is a single call."""
    text = numpy_code(term)
    return text if text.startswith("np.outer(") and text.endswith(")") and " @ " not in text and " * " not in text else ""


@numpy_code.register
def _transposed(term: Transposed) -> str:
    if term.is_row or term.is_column:
        return numpy_code(term.body)
    body = numpy_code(term.body)
    return f"({body}).T" if isinstance(term.body, (Sum, Product, Hadamard)) else f"{body}.T"


@numpy_code.register
def _hadamard(term: Hadamard) -> str:
    return " * ".join(map(_in_brackets, term.factors))


@numpy_code.register
def _entrywise(term: Entrywise) -> str:
    if term.name == "log" and isinstance(term.body, Determinant):
        return f"np.linalg.slogdet({numpy_code(term.body.body)})[1]"
    body = _in_brackets(term.body) if term.name in ("step", "reciprocal") else numpy_code(term.body)
    return _FUNCTIONS[term.name].format(body)


@numpy_code.register
def _softmax(term: Softmax) -> str:
    return f"softmax({numpy_code(term.body)})"


@numpy_code.register
def _inverse(term: Inverse) -> str:
    return f"np.linalg.inv({numpy_code(term.body)})"


@numpy_code.register
def _diagonal_matrix(term: DiagonalMatrix) -> str:
    return f"np.diag({numpy_code(term.body)})"


@numpy_code.register
def _diagonal(term: Diagonal) -> str:
    return f"np.diag({numpy_code(term.body)})"


@numpy_code.register
def _trace(term: Trace) -> str:
    return f"np.trace({numpy_code(term.body)})"


@numpy_code.register
def _determinant(term: Determinant) -> str:
    return f"np.linalg.det({numpy_code(term.body)})"


@numpy_code.register
def _squared_norm(term: SquaredNorm) -> str:
    return f"np.sum({_in_brackets(term.body)} ** 2)"


@numpy_code.register
def _power(term: Power) -> str:
    if term.exponent == Fraction(1, 2):
        if isinstance(term.body, SquaredNorm):
            return f"np.linalg.norm({numpy_code(term.body.body)})"
        return f"np.sqrt({numpy_code(term.body)})"
    if term.exponent == -1:
        return f"(1 / {_in_brackets(term.body)})"
    return f"({numpy_code(term.body)}) ** ({term.exponent})"


@numpy_code.register
def _inner(term: Inner) -> str:
    return f"np.sum({_in_brackets(term.left)} * {_in_brackets(term.right)})"


@numpy_code.register
def _stacked(term: Stacked) -> str:
    return f"({numpy_code(term.body)}).ravel(order='F')"


@numpy_code.register
def _kronecker(term: Kronecker) -> str:
    return f"np.kron({numpy_code(term.left)}, {numpy_code(term.right)})"
