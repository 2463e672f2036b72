"""Expressions of practice problems: terms with a shape in letters, equal where they are written the same.

A term is made by the functions of :mod:`.products` and the classes here; both refuse shapes that do not fit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction

Shape = tuple[str, str]
ONE = "1"
NUMBER: Shape = (ONE, ONE)


class DoesNotFit(ValueError):
    """Two shapes do not fit."""


def require(condition: bool, what: str) -> None:
    """Refuse a term whose parts do not fit.

    Raises
    ------
    DoesNotFit
        If the condition is not met.
    """
    if not condition:
        raise DoesNotFit(what)


@dataclass(frozen=True)
class Term:
    """An expression with a shape."""

    @property
    def shape(self) -> Shape:
        """Rows and columns, in letters; ``"1"`` for one."""
        raise NotImplementedError

    @property
    def parts(self) -> tuple["Term", ...]:
        """The terms directly inside."""
        found: list[Term] = []
        for field in fields(self):
            value = getattr(self, field.name)
            found += [each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, Term)]
        return tuple(found)

    @property
    def everything(self) -> Iterator["Term"]:
        """The term and all inside it."""
        yield self
        for part in self.parts:
            yield from part.everything

    @property
    def is_number(self) -> bool:
        """Whether it is 1 x 1."""
        return self.shape == NUMBER

    @property
    def is_column(self) -> bool:
        """Whether it has one column, and more than one row."""
        return self.shape[1] == ONE and self.shape[0] != ONE

    @property
    def is_row(self) -> bool:
        """Whether it has one row, and more than one column."""
        return self.shape[0] == ONE and self.shape[1] != ONE


@dataclass(frozen=True)
class Letter(Term):
    """A constant, a variable, or a named intermediate."""

    name: str
    size: Shape

    @property
    def shape(self) -> Shape:
        """As it was declared."""
        return self.size


@dataclass(frozen=True)
class Step(Letter):
    """The differential ``dX`` of a letter."""


@dataclass(frozen=True)
class Ones(Term):
    """An array of ones."""

    size: Shape

    @property
    def shape(self) -> Shape:
        """As it was made."""
        return self.size


@dataclass(frozen=True)
class Identity(Term):
    """The identity matrix of a size."""

    size: str

    @property
    def shape(self) -> Shape:
        """Square."""
        return self.size, self.size


@dataclass(frozen=True)
class Sum(Term):
    """Terms of one shape; a difference holds a product with a negative coefficient."""

    terms: tuple[Term, ...]

    @property
    def shape(self) -> Shape:
        """That of every term."""
        return self.terms[0].shape


@dataclass(frozen=True)
class Product(Term):
    """A coefficient, then numbers, then a chain of arrays that are multiplied."""

    coefficient: Fraction
    numbers: tuple[Term, ...]
    chain: tuple[Term, ...]

    @property
    def shape(self) -> Shape:
        """That of the chain."""
        return (self.chain[0].shape[0], self.chain[-1].shape[1]) if self.chain else NUMBER


@dataclass(frozen=True)
class Transposed(Term):
    """A transposed array."""

    body: Term

    @property
    def shape(self) -> Shape:
        """Columns and rows."""
        return self.body.shape[1], self.body.shape[0]


@dataclass(frozen=True)
class Hadamard(Term):
    """Arrays of one shape, multiplied entry by entry."""

    factors: tuple[Term, ...]

    @property
    def shape(self) -> Shape:
        """That of every factor."""
        return self.factors[0].shape


@dataclass(frozen=True)
class Entrywise(Term):
    """A function of every entry: ``exp``, ``log``, ``sin``, ``cos``, ``tanh``, ``sigmoid``, ``relu``, ``step`` or ``reciprocal``."""

    name: str
    body: Term

    @property
    def shape(self) -> Shape:
        """That of the argument."""
        return self.body.shape


@dataclass(frozen=True)
class Softmax(Term):
    """The softmax of a column, or of each row of a matrix."""

    body: Term

    @property
    def shape(self) -> Shape:
        """That of the argument."""
        return self.body.shape


@dataclass(frozen=True)
class Inverse(Term):
    """The inverse of a square matrix."""

    body: Term

    @property
    def shape(self) -> Shape:
        """That of the matrix."""
        return self.body.shape


@dataclass(frozen=True)
class DiagonalMatrix(Term):
    """The matrix with a column on its diagonal."""

    body: Term

    @property
    def shape(self) -> Shape:
        """Square."""
        return self.body.shape[0], self.body.shape[0]


@dataclass(frozen=True)
class Diagonal(Term):
    """The diagonal of a square matrix, as a column."""

    body: Term

    @property
    def shape(self) -> Shape:
        """A column."""
        return self.body.shape[0], ONE


@dataclass(frozen=True)
class OfMatrix(Term):
    """A number that a matrix has, such as its trace or determinant, or the square of its norm."""

    body: Term

    @property
    def shape(self) -> Shape:
        """A number."""
        return NUMBER


@dataclass(frozen=True)
class Trace(OfMatrix):
    """The trace of a square matrix."""


@dataclass(frozen=True)
class Determinant(OfMatrix):
    """The determinant of a square matrix."""


@dataclass(frozen=True)
class SquaredNorm(OfMatrix):
    """The sum of the squares of all entries."""


@dataclass(frozen=True)
class Inner(Term):
    """The inner product of two arrays of one shape: the sum of the products of their entries."""

    left: Term
    right: Term

    @property
    def shape(self) -> Shape:
        """A number."""
        return NUMBER


@dataclass(frozen=True)
class Power(Term):
    """A number to a constant power."""

    body: Term
    exponent: Fraction

    @property
    def shape(self) -> Shape:
        """A number."""
        return NUMBER


def letters_of(term: Term) -> set[str]:
    """The names of the letters inside, those of differentials left out."""
    return {each.name for each in term.everything if isinstance(each, Letter) and not isinstance(each, Step)}


def steps_of(term: Term) -> set[str]:
    """The names of the letters whose differentials are inside."""
    return {each.name for each in term.everything if isinstance(each, Step)}
