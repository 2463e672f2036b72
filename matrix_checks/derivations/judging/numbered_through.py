r"""Matrices whose entries are numbered through: after ``X = \begin{pmatrix} x_1 & x_2 \\ x_3 & x_4 \end{pmatrix}`` an ``x_3`` is ``X_{21}``.

Elsewhere one number at a small letter is that of a row or a column of the matrix with the capital one.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.chains import cut
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import NotUnderstood

if TYPE_CHECKING:
    from matrix_checks.derivations.judging.context import Context

# Of a formula that is looked at, in characters.
LONGEST = 2000


@dataclass(frozen=True)
class Numbered:
    """A matrix whose entries are numbered through.

    Attributes
    ----------
    name
        The matrix.
    columns
        How many columns it has.
    numbers
        The numbers of its entries, row by row.
    """

    name: str
    columns: int
    numbers: tuple[int, ...]

    @property
    def lengths(self) -> tuple[int, int]:
        """How many rows and columns it has."""
        return len(self.numbers) // self.columns, self.columns

    def entry(self, number: int) -> Node | None:
        """The entry with this number, by its row and its column; ``None`` where there is none."""
        if number not in self.numbers:
            return None
        row, column = divmod(self.numbers.index(number), self.columns)
        return kinds.Indexed(kinds.Name(self.name), (kinds.Number(Fraction(row + 1)), kinds.Number(Fraction(column + 1))))


def take_numbered_through(context: "Context", found: list[Piece]) -> None:
    """Learn which letters the text numbers the entries of its matrices with."""
    numbered: dict[str, Numbered | None] = {}
    for piece in found:
        if piece.kind == "prose" or "matrix" not in piece.source or len(piece.source) > LONGEST:
            continue
        for letter, matrix in _numbered_in(context, piece):
            # A letter that numbers two matrices numbers none surely.
            numbered[letter] = matrix if numbered.get(letter, matrix) == matrix else None
    context.numbered = {letter: matrix for letter, matrix in numbered.items() if matrix is not None}
    if context.numbered:
        context.memory.fixes_sizes = True
        context.read_anew()


def keep_numbered_sizes(context: "Context") -> None:
    """Keep the sizes of these matrices, in the first view where all of them fit."""
    for view in context.views if context.numbered else ():
        sizes: dict[str, set[int]] = {}
        for matrix in context.numbered.values():
            name = view.aliases.get(matrix.name, matrix.name)
            for letter, length in zip(view.variables.get(name, ()), matrix.lengths):
                sizes.setdefault(letter, set()).add(length)
        if sizes and all(len(lengths) == 1 for lengths in sizes.values()):
            context.memory.laid_out |= {letter: lengths.pop() for letter, lengths in sizes.items() if not letter.isdecimal()}
            return


def _numbered_in(context: "Context", piece: Piece) -> Iterator[tuple[str, Numbered]]:
    with suppress(NotUnderstood):
        for chain in cut(context.tokens(piece.source), context.is_name).chains:
            for member, sign, following in zip(chain.members, chain.signs, chain.members[1:]):
                if sign in ("=", ":=") and len(member) == 1 and isinstance(member[0], str):
                    with suppress(NotUnderstood):
                        yield from _numbered_as(member[0], context.parse(following))


def _numbered_as(name: str, node: Node) -> Iterator[tuple[str, Numbered]]:
    """The letter of the entries of a matrix with more than one row and column, where it is one letter with different numbers."""
    node = kinds.bare(node)
    if not isinstance(node, kinds.Matrix) or not 1 < node.columns < len(node.entries):
        return
    entries = [_letter_and_number(entry) for entry in node.entries]
    letters = {letter for letter, _ in entries}
    numbers = tuple(number for _, number in entries)
    if len(letters) == 1 and "" not in letters and len({*numbers}) == len(numbers):
        yield letters.pop(), Numbered(name, node.columns, numbers)


def _letter_and_number(node: Node) -> tuple[str, int]:
    """The letter and the number below it; no letter where it is anything else."""
    if isinstance(node, kinds.Indexed) and isinstance(node.body, kinds.Name) and len(node.indices) == 1:
        index = node.indices[0]
        if isinstance(index, kinds.Number) and index.value.denominator == 1:
            return node.body.text, int(index.value)
    return "", 0


def with_numbered_through(node: Node, numbered: Mapping[str, Numbered]) -> Node:
    """The same expression with the row and the column of entries that are numbered through."""
    letter, number = _letter_and_number(node)
    entry = numbered[letter].entry(number) if letter in numbered else None
    return entry or node.rebuilt(lambda part: with_numbered_through(part, numbered))
