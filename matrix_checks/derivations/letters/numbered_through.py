r"""Matrices whose entries are numbered through: after ``X = \begin{pmatrix} x_1 & x_2 \\ x_3 & x_4 \end{pmatrix}`` an ``x_3`` is ``X_{21}``.

Elsewhere one number at a small letter is that of a row or a column of the matrix with the capital one.
"""

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.chains import cut
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tex import NotUnderstood

# Of a formula that is looked at, in characters.
LONGEST = 2000
Entries = dict[Node, Node]


def take_numbered_through(context: Context, found: list[Piece]) -> None:
    """Learn which entries of its matrices the text numbers through."""
    numbered: dict[str, Entries] = {}
    for piece in found:
        if piece.kind == "prose" or "matrix" not in piece.source or len(piece.source) > LONGEST:
            continue
        for letter, entries in _numbered_in(context, piece):
            # A letter that numbers two matrices numbers none surely.
            numbered[letter] = entries if numbered.get(letter, entries) == entries else {}
    context.memory.numbered = {entry: meant for entries in numbered.values() for entry, meant in entries.items()}
    if context.memory.numbered:
        context.memory.fixes_sizes = True
        context.read_anew()


def keep_numbered_sizes(context: Context) -> None:
    """Keep the sizes of these matrices, in the first view where all of them fit."""
    entries = [(kinds.whole_of(meant), meant.bound) for meant in context.memory.numbered.values()]
    for view in context.views if entries else ():
        lengths: dict[tuple[str, str, int], int] = {}
        for name, numbers in entries:
            assert isinstance(name, kinds.Name)
            for axis, letter in enumerate(view.variables.get(view.aliases.get(name.text, name.text), ())):
                number = numbers[axis]
                assert isinstance(number, kinds.Number)
                lengths[name.text, letter, axis] = max(int(number.value), lengths.get((name.text, letter, axis), 0))
        sizes = {(letter, length) for (_, letter, _), length in lengths.items() if not letter.isdecimal()}
        if sizes and len(dict(sizes)) == len(sizes):
            context.memory.laid_out |= dict(sizes)
            return


def _numbered_in(context: Context, piece: Piece) -> Iterator[tuple[str, Entries]]:
    with suppress(NotUnderstood):
        for chain in cut(context.tokens(piece.source), context.is_name).chains:
            for member, sign, following in zip(chain.members, chain.signs, chain.members[1:]):
                if sign in EQUALITIES and len(member) == 1 and isinstance(member[0], str):
                    with suppress(NotUnderstood):
                        yield from _numbered_as(member[0], context.parse(following))


def _numbered_as(name: str, node: Node) -> Iterator[tuple[str, Entries]]:
    """The letter of the entries of a matrix with more than one row and column, where it is one letter with different numbers."""
    node = kinds.bare(node)
    if not isinstance(node, kinds.Matrix) or not 1 < node.columns < len(node.entries):
        return
    letters = {_letter_with_number(entry) for entry in node.entries}
    if len(letters) == 1 and "" not in letters and len({*node.entries}) == len(node.entries):
        places = [divmod(place, node.columns) for place in range(len(node.entries))]
        yield letters.pop(), {entry: _entry_at(name, *place) for entry, place in zip(node.entries, places)}


def _entry_at(name: str, row: int, column: int) -> Node:
    return kinds.Indexed(kinds.Name(name), (kinds.Number(Fraction(row + 1)), kinds.Number(Fraction(column + 1))))


def _letter_with_number(node: Node) -> str:
    """The letter with one number below it; empty where it is anything else."""
    if not isinstance(node, kinds.Indexed) or not isinstance(node.body, kinds.Name) or len(node.indices) != 1:
        return ""
    return node.body.text if isinstance(node.indices[0], kinds.Number) else ""
