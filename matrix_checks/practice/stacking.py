"""Matrices as columns, and what multiplies these: the terms in which the Jacobian of a matrix is written."""

from dataclasses import dataclass

from matrix_checks.practice.terms import ONE, Shape, Term


@dataclass(frozen=True)
class Stacked(Term):
    """The columns of a matrix, one below the other."""

    body: Term

    @property
    def shape(self) -> Shape:
        """A column as long as the matrix has entries."""
        rows, columns = self.body.shape
        # In the order in which the sizes of a Kronecker product come.
        return "".join(size for size in (columns, rows) if size != ONE) or ONE, ONE


@dataclass(frozen=True)
class Kronecker(Term):
    """The Kronecker product of two matrices."""

    left: Term
    right: Term

    @property
    def shape(self) -> Shape:
        """The products of the sizes."""
        return self.left.shape[0] + self.right.shape[0], self.left.shape[1] + self.right.shape[1]
