"""Fresh letters with fresh sizes, and the linear forms that problems are made of."""

from matrix_checks.practice.draws import Draws
from matrix_checks.practice.products import add, hadamard, multiply, number, scale, transpose
from matrix_checks.practice.terms import NUMBER, ONE, Letter, Power, Term, Transposed

SIZES = ("N", "M", "K", "R")
# No letter that the course uses for something else in these problems: d, e, h, o, E, I, J, R, sizes.
MATRICES = ("A", "B", "C", "G", "H", "P", "Q", "U", "V")
COLUMNS = ("a", "b", "c", "p", "q", "u", "v")
MATRIX_VARIABLES = ("X", "W", "Y")
COLUMN_VARIABLES = ("x", "w", "t")


class Maker:
    """Draws letters and the forms of one problem; no constant is used twice, so that nothing is symmetric by accident.

    Attributes
    ----------
    draw
        What chooses.
    variable
        What the problem is differentiated by.
    """

    def __init__(self, draw: Draws, matrix: bool, square: bool = False):
        self.draw = draw
        self._sizes, self._matrices, self._columns = draw.order(SIZES), draw.order(MATRICES), draw.order(COLUMNS)
        rows = self.size()
        if matrix:
            self.variable = Letter(draw.one_of(MATRIX_VARIABLES), (rows, rows if square else self.size()))
        else:
            self.variable = Letter(draw.one_of(COLUMN_VARIABLES), (rows, ONE))

    def size(self) -> str:
        """A letter for a size that has none yet; one that was used where none is left."""
        return self._sizes.pop() if self._sizes else self.draw.one_of(SIZES)

    def matrix(self, rows: str, columns: str) -> Term:
        """A constant matrix, or a column or a row where a size is one."""
        if columns == ONE:
            return self.column(rows)
        if rows == ONE:
            return transpose(self.column(columns))
        return Letter(self._matrices.pop(), (rows, columns))

    def column(self, rows: str) -> Term:
        """A constant column."""
        return Letter(self._columns.pop(), (rows, ONE))

    def maybe_transposed(self, rows: str, columns: str) -> Term:
        """A constant matrix, which may be written as a transposed one."""
        return transpose(self.matrix(columns, rows)) if self.draw.below(2) else self.matrix(rows, columns)

    def shifted(self, term: Term) -> Term:
        """A term with a constant added or taken away."""
        constant = self.matrix(*term.shape)
        return add(term, scale(self.draw.one_of((1, -1)), constant))

    def column_form(self, rows: str | None = None, shift: bool | None = None, plain: bool = False) -> Term:
        """A column that depends on the variable by an affine function, with as many rows as asked for.

        ``plain`` leaves the variable itself among the choices.
        """
        variable = self.variable
        if variable.is_column:
            own = variable.shape[0]
            if plain and rows in (None, own) and self.draw.below(2):
                form: Term = variable
            else:
                form = multiply(self.maybe_transposed(rows or self.size(), own), variable)
        else:
            form = self._column_of_matrix(rows)
        wanted = bool(self.draw.below(2)) if shift is None else shift
        return self.shifted(form) if wanted else form

    def _column_of_matrix(self, rows: str | None) -> Term:
        above, beside = self.variable.shape
        body: Term = self.variable
        if self.draw.below(2):
            body, above, beside = Transposed(body), beside, above
        product = multiply(body, self.column(beside))
        if rows is None or rows == above:
            return product
        return multiply(self.matrix(rows, above), product)

    def matrix_form(self, rows: str | None = None, columns: str | None = None, shift: bool | None = None) -> Term:
        """A matrix that depends on a matrix variable by an affine function, of the shape that is asked for."""
        above, beside = self.variable.shape
        body: Term = self.variable
        wants_turn = (rows, columns) != (above, beside) and (rows == beside or columns == above)
        if wants_turn or ((rows, columns) == (None, None) and not self.draw.below(3)):
            body, above, beside = Transposed(body), beside, above
        choice = self.draw.below(3)
        form = body
        if (rows is not None and rows != above) or (rows is None and choice == 0):
            form = multiply(self.maybe_transposed(rows or self.size(), above), form)
        if (columns is not None and columns != beside) or (columns is None and choice == 1):
            form = multiply(form, self.maybe_transposed(beside, columns or self.size()))
        wanted = not self.draw.below(3) if shift is None else shift
        return self.shifted(form) if wanted else form

    def regular_form(self) -> Term:
        """A square matrix that depends on a square variable, and has an inverse but for rare numbers."""
        variable, size = self.variable, self.variable.shape[0]
        choice = self.draw.below(6)
        if choice == 0:
            return variable
        if choice == 1:
            return multiply(self.maybe_transposed(size, size), variable)
        if choice == 2:
            return self.shifted(multiply(self.maybe_transposed(size, size), variable))
        if choice == 3:
            return self.shifted(multiply(variable, self.maybe_transposed(size, size)))
        return self.shifted(Transposed(variable) if choice == 4 else variable)

    def entry_by_entry(self, term: Term) -> Term:
        """A term times a constant, entry by entry."""
        return hadamard(self.matrix(*term.shape), term)


def mean_over(size: str) -> Term:
    """``1/N`` for a size."""
    return Power(Letter(size, NUMBER), number(-1).coefficient)
