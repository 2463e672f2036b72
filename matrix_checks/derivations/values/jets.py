"""Matrices of truncated polynomials in infinitesimals, over numbers of fifty digits.

A *jet* holds a matrix and what multiplies each product of infinitesimals beside it. An infinitesimal of degree one squares to
zero, as ``dx`` does; a finite step ``h`` is kept to the third power, so that "equal to first order in h" is a fact and not a
tolerance. A new linear operation on arrays is one line with :meth:`Jet.map`, a new product one line with :func:`bilinear`.
See Griewank and Walther, *Evaluating Derivatives* (2008), chapter 13, on propagating Taylor coefficients.
"""

from collections.abc import Callable
from decimal import Context, Decimal

import numpy as np

Product = Callable[[np.ndarray, np.ndarray], np.ndarray]

CONTEXT = Context(prec=50, Emax=10_000, Emin=-10_000)
# Products of numbers of few digits are exact; what a quotient or an exponential loses is far below this.
EQUAL = Decimal(10) ** -30
STEP_DEGREE = 3
LARGEST = 5_000

# Pairs of a name and a number. For a finite step the number is its power. An infinitesimal of degree one has no powers: there
# the number is a direction, and the product of any two directions is zero.
Monomial = tuple[tuple[str, int], ...]
ONE: Monomial = ()


class CannotEvaluate(ValueError):
    """Something that has no value here, such as a root of a negative number; it says nothing about the write-up."""


class ShapeError(ValueError):
    """Shapes that do not go together; the message says which."""


class Jet:
    """A matrix with its infinitesimal parts.

    Attributes
    ----------
    parts
        Arrays of :class:`decimal.Decimal`, ``(rows, columns)``, by monomial; the empty monomial is always there.
    dims
        The two sizes as the exercise names them, ``("N", "M")``; ``"1"`` for one.
    value
        The finite part.
    shape
        Rows and columns.
    """

    __slots__ = ("parts", "dims", "value", "shape")

    def __init__(self, parts: dict[Monomial, np.ndarray], dims: tuple[str, str]):
        self.parts = parts
        self.dims = dims
        self.value = parts[ONE]
        self.shape: tuple[int, int] = self.value.shape
        if self.value.size > LARGEST:
            raise CannotEvaluate("an array that is too large")

    @property
    def is_scalar(self) -> bool:
        """Whether it is one number."""
        return self.shape == (1, 1)

    def shown(self) -> str:
        """The shape in the exercise's letters."""
        return "a number" if self.dims == ("1", "1") else f"{self.dims[0]} × {self.dims[1]}"

    def map(self, function: Callable[[np.ndarray], np.ndarray], dims: tuple[str, str]) -> "Jet":
        """Apply a linear map of arrays to every part."""
        return Jet({monomial: function(part) for monomial, part in self.parts.items()}, dims)


def number(value: int | Decimal) -> Jet:
    """A constant."""
    return Jet({ONE: np.array([[Decimal(value)]], dtype=object)}, ("1", "1"))


def constant(array: np.ndarray, dims: tuple[str, str]) -> Jet:
    """A matrix without infinitesimal parts."""
    return Jet({ONE: array}, dims)


def infinitesimal(name: str, direction: np.ndarray, dims: tuple[str, str]) -> Jet:
    """A matrix times an infinitesimal: of degree one, or a finite step where the name begins with ``step``."""
    return Jet({ONE: np.full(direction.shape, Decimal(0), dtype=object), ((name, 1),): direction}, dims)


def degree(monomial: Monomial) -> int:
    """How many factors of finite steps a monomial has."""
    return sum(power for name, power in monomial if name.startswith("step"))


def _times(left: Monomial, right: Monomial) -> Monomial | None:
    if not left or not right:
        return left or right
    powers = dict(left)
    for name, power in right:
        if name not in powers:
            powers[name] = power
        elif not name.startswith("step") or powers[name] + power > STEP_DEGREE:
            return None
        else:
            powers[name] += power
    return tuple(sorted(powers.items()))


def add(left: Jet, right: Jet) -> Jet:
    """The sum of two of the same shape (``ShapeError`` otherwise)."""
    if left.shape != right.shape:
        raise ShapeError(f"{_a(left)} cannot be added to {_a(right)}")
    parts = dict(left.parts)
    for monomial, part in right.parts.items():
        parts[monomial] = parts[monomial] + part if monomial in parts else part
    return Jet(parts, left.dims)


def scale(jet: Jet, factor: int | Decimal) -> Jet:
    """Times a plain number."""
    exact = Decimal(factor)
    return jet.map(lambda part: part * exact, jet.dims)


def bilinear(left: Jet, right: Jet, function: Product, dims: tuple[str, str]) -> Jet:
    """A product of any kind, given for arrays: every part of one with every part of the other."""
    if len(left.parts) == len(right.parts) == 1:
        return Jet({ONE: function(left.value, right.value)}, dims)
    parts: dict[Monomial, np.ndarray] = {}
    if len(left.parts) == 1 or len(right.parts) == 1:
        # Only one of them changes.
        for first, a in left.parts.items():
            for second, b in right.parts.items():
                parts[first or second] = function(a, b)
        return Jet(parts, dims)
    groups = _by_names(right)
    for first, a in left.parts.items():
        names = {name for name, _ in first if not name.startswith("step")}
        for others, group in groups.items():
            if not names.isdisjoint(others):
                continue
            for second, b in group:
                monomial = _times(first, second)
                if monomial is not None:
                    product = function(a, b)
                    parts[monomial] = parts[monomial] + product if monomial in parts else product
    return Jet(parts, dims)


def _by_names(jet: Jet) -> dict[tuple[str, ...], list[tuple[Monomial, np.ndarray]]]:
    """The parts, those together in which the same infinitesimals occur."""
    groups: dict[tuple[str, ...], list[tuple[Monomial, np.ndarray]]] = {}
    for monomial, part in jet.parts.items():
        groups.setdefault(tuple(name for name, _ in monomial), []).append((monomial, part))
    return groups


def multiply(left: Jet, right: Jet) -> Jet:
    """The matrix product, or the product with a number (``ShapeError`` where there is none)."""
    if left.is_scalar and left.dims == ("1", "1"):
        return bilinear(left, right, lambda a, b: a[0, 0] * b, right.dims)
    if right.is_scalar and right.dims == ("1", "1"):
        return bilinear(left, right, lambda a, b: a * b[0, 0], left.dims)
    if left.shape[1] != right.shape[0]:
        raise ShapeError(f"{left.shown()} times {right.shown()} cannot be multiplied")
    return bilinear(left, right, lambda a, b: a.dot(b), (left.dims[0], right.dims[1]))


def elementwise(left: Jet, right: Jet) -> Jet:
    """The product entry by entry; a number goes with anything."""
    if left.is_scalar or right.is_scalar:
        return bilinear(left, right, lambda a, b: a * b, right.dims if left.is_scalar else left.dims)
    if left.shape != right.shape:
        raise ShapeError(f"{left.shown()} times {right.shown()} cannot be multiplied entry by entry")
    return bilinear(left, right, lambda a, b: a * b, left.dims)


def kronecker(left: Jet, right: Jet) -> Jet:
    """The Kronecker product."""
    rows, columns = (joined(a, b) for a, b in zip(left.dims, right.dims))
    return bilinear(left, right, np.kron, (rows, columns))


def transpose(jet: Jet) -> Jet:
    """Rows become columns."""
    return jet.map(lambda part: part.T, (jet.dims[1], jet.dims[0]))


def trace(jet: Jet) -> Jet:
    """The trace (``ShapeError`` for a matrix that is not square)."""
    if jet.shape[0] != jet.shape[1]:
        raise ShapeError(f"the trace of a matrix that is not square, {jet.shown()}, does not exist")
    return jet.map(lambda part: np.array([[np.trace(part)]], dtype=object), ("1", "1"))


def vec(jet: Jet) -> Jet:
    """The columns, stacked."""
    return jet.map(lambda part: part.reshape(-1, 1, order="F"), (joined(*jet.dims), "1"))


def diagonal_matrix(jet: Jet) -> Jet:
    """A diagonal matrix with the entries of a vector."""
    if 1 not in jet.shape:
        raise ShapeError(f"diag needs a vector, and this is {jet.shown()}")
    size = jet.dims[0] if jet.shape[1] == 1 else jet.dims[1]

    def make(part: np.ndarray) -> np.ndarray:
        made = np.full((part.size, part.size), Decimal(0), dtype=object)
        np.fill_diagonal(made, part.ravel())
        return made

    return jet.map(make, (size, size))


def inner(left: Jet, right: Jet) -> Jet:
    """The sum of the products of all entries (``ShapeError`` for different shapes)."""
    if left.shape != right.shape:
        raise ShapeError(f"an inner product of {_a(left)} with {_a(right)} does not exist")
    return bilinear(left, right, lambda a, b: np.array([[(a * b).sum()]], dtype=object), ("1", "1"))


def entry(jet: Jet, row: int, column: int) -> Jet:
    """One entry, with the parts of which it has any."""
    parts = {
        monomial: part[row : row + 1, column : column + 1]
        for monomial, part in jet.parts.items()
        if not monomial or part[row, column]
    }
    return Jet(parts, ("1", "1"))


def assemble(cells: list[list[Jet]], dims: tuple[str, str]) -> Jet:
    """A matrix from its entries or blocks."""
    monomials = {monomial for row in cells for cell in row for monomial in cell.parts}

    def part(cell: Jet, monomial: Monomial) -> np.ndarray:
        return cell.parts[monomial] if monomial in cell.parts else cell.value * 0

    return Jet({each: np.block([[part(cell, each) for cell in row] for row in cells]) for each in monomials}, dims)


def broadcast(small: Jet, large: Jet) -> Jet | None:
    """A number, row or column, repeated to the shape of a matrix; ``None`` where it does not go with it."""
    rows, columns = large.shape
    if small.is_scalar or small.shape == (1, columns) or small.shape == (rows, 1):
        return small.map(lambda part: np.broadcast_to(part, (rows, columns)).copy(), large.dims)
    if small.shape == (columns, 1) and small.dims[0] == large.dims[1]:
        return small.map(lambda part: np.broadcast_to(part.T, (rows, columns)).copy(), large.dims)
    return None


def size_of(jet: Jet) -> Decimal:
    """The largest entry of all parts."""
    return max((abs(value) for part in jet.parts.values() for value in part.ravel()), default=Decimal(0))


def difference(left: Jet, right: Jet) -> set[Monomial]:
    """The monomials in which two jets of the same shape differ."""
    gaps: dict[Monomial, Decimal] = {}
    for monomial in {*left.parts, *right.parts}:
        a, b = left.parts.get(monomial), right.parts.get(monomial)
        if a is not None and b is not None and (a is b or (a == b).all()):
            continue
        gap = b if a is None else a if b is None else a - b
        assert gap is not None
        gaps[monomial] = max(map(abs, gap.ravel()), default=Decimal(0))
    # Most are equal, however large they are.
    if all(gap <= EQUAL for gap in gaps.values()):
        return set()
    limit = EQUAL * max(size_of(left), size_of(right), Decimal(1))
    return {monomial for monomial, gap in gaps.items() if gap > limit}


def joined(first: str, second: str) -> str:
    """The letters of a product of two sizes."""
    return second if first == "1" else first if second == "1" else first + second


def _a(jet: Jet) -> str:
    """A shape in words."""
    if jet.dims == ("1", "1"):
        return "a number"
    if jet.dims[1] == "1":
        return f"a column ({jet.shown()})"
    if jet.dims[0] == "1":
        return f"a row ({jet.shown()})"
    return f"a matrix ({jet.shown()})"
