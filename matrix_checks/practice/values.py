"""Terms in numbers, complex ones too, so that a derivative can be found by a complex step; columns are arrays of shape ``(n, 1)``."""

from collections.abc import Callable, Mapping
from functools import reduce, singledispatch

import numpy as np

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

# Source: W. Squire and G. Trapp, Using complex variables to estimate derivatives of real functions, SIAM Review 40 (1998).
COMPLEX_STEP = 1e-30
_FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "exp": np.exp,
    "log": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.where(z.real > 0, z, 0),
    "step": lambda z: (z.real > 0).astype(float),
    "reciprocal": lambda z: 1 / z,
}


class Numbers:
    """Numbers for letters.

    Attributes
    ----------
    sizes
        By letter; ``"1"`` is one.
    arrays
        By the name of the letter; that of ``dX`` is ``"dX"``.
    """

    def __init__(self, sizes: Mapping[str, int], arrays: Mapping[str, np.ndarray]):
        self.sizes, self.arrays = {**sizes, "1": 1}, arrays

    def value(self, term: Term) -> np.ndarray:
        """The array that a term stands for."""
        return _value(term, self)


@singledispatch
def _value(term: Term, numbers: Numbers) -> np.ndarray:
    raise TypeError(f"no value for {type(term).__name__}")


@_value.register
def _letter(term: Letter, numbers: Numbers) -> np.ndarray:
    return numbers.arrays[term.name]


@_value.register
def _step(term: Step, numbers: Numbers) -> np.ndarray:
    return numbers.arrays[f"d{term.name}"]


@_value.register
def _ones(term: Ones, numbers: Numbers) -> np.ndarray:
    return np.ones([numbers.sizes[each] for each in term.size])


@_value.register
def _identity(term: Identity, numbers: Numbers) -> np.ndarray:
    return np.eye(numbers.sizes[term.size])


@_value.register
def _sum(term: Sum, numbers: Numbers) -> np.ndarray:
    return np.add.reduce([_value(each, numbers) for each in term.terms])


@_value.register
def _product(term: Product, numbers: Numbers) -> np.ndarray:
    found = np.array([[float(term.coefficient)]])
    for each in term.numbers:
        found = found * _value(each, numbers)
    chain = [_value(each, numbers) for each in term.chain]
    return found * reduce(np.matmul, chain) if chain else found


@_value.register
def _transposed(term: Transposed, numbers: Numbers) -> np.ndarray:
    return _value(term.body, numbers).T


@_value.register
def _hadamard(term: Hadamard, numbers: Numbers) -> np.ndarray:
    return np.multiply.reduce([_value(each, numbers) for each in term.factors])


@_value.register
def _entrywise(term: Entrywise, numbers: Numbers) -> np.ndarray:
    if term.name == "log" and isinstance(term.body, Determinant):
        # The logarithm of the size of a determinant, which may be negative.
        determinant = _value(term.body, numbers)
        return np.log(determinant * np.sign(determinant.real))
    return _FUNCTIONS[term.name](_value(term.body, numbers))


@_value.register
def _softmax(term: Softmax, numbers: Numbers) -> np.ndarray:
    powers = np.exp(_value(term.body, numbers))
    return powers / (powers.sum() if term.is_column else powers.sum(axis=1, keepdims=True))


@_value.register
def _inverse(term: Inverse, numbers: Numbers) -> np.ndarray:
    return np.linalg.inv(_value(term.body, numbers))


@_value.register
def _diagonal_matrix(term: DiagonalMatrix, numbers: Numbers) -> np.ndarray:
    return np.diagflat(_value(term.body, numbers))


@_value.register
def _diagonal(term: Diagonal, numbers: Numbers) -> np.ndarray:
    return np.diagonal(_value(term.body, numbers)).reshape(-1, 1)


@_value.register
def _trace(term: Trace, numbers: Numbers) -> np.ndarray:
    return np.trace(_value(term.body, numbers)).reshape(1, 1)


@_value.register
def _determinant(term: Determinant, numbers: Numbers) -> np.ndarray:
    return np.linalg.det(_value(term.body, numbers)).reshape(1, 1)


@_value.register
def _inner(term: Inner, numbers: Numbers) -> np.ndarray:
    return np.sum(_value(term.left, numbers) * _value(term.right, numbers)).reshape(1, 1)


@_value.register
def _squared_norm(term: SquaredNorm, numbers: Numbers) -> np.ndarray:
    body = _value(term.body, numbers)
    return np.sum(body * body).reshape(1, 1)


@_value.register
def _power(term: Power, numbers: Numbers) -> np.ndarray:
    return _value(term.body, numbers) ** float(term.exponent)


@_value.register
def _stacked(term: Stacked, numbers: Numbers) -> np.ndarray:
    return _value(term.body, numbers).reshape(-1, 1, order="F")


@_value.register
def _kronecker(term: Kronecker, numbers: Numbers) -> np.ndarray:
    return np.kron(_value(term.left, numbers), _value(term.right, numbers))
