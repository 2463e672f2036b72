r"""The shape of a matrix that is written out with dots, among letters that nobody declared: ``\begin{pmatrix} w_1 \\ \vdots \\ w_n \end{pmatrix}``."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.dotted import ends, indices_of
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.shapes import NotTyped, Typing, rule
from matrix_checks.derivations.values.sizes import ONE, Shape, Size
from matrix_checks.derivations.values.written_matrices import with_index

# The indices of any entry.
DOWN, ACROSS = "\\down", "\\across"
NOT_UNDERSTOOD = "a matrix that is written out was not understood among letters that were not introduced"


@rule(kinds.Matrix)
def matrix(typing: Typing, node: kinds.Matrix) -> Shape:
    """As many rows and columns as the indices run to that change along them: the entries are numbers, or blocks of one shape."""
    rows = [node.entries[start : start + node.columns] for start in range(0, len(node.entries), node.columns)]
    entry: Node = rows[0][0]
    if isinstance(entry, kinds.Dots):
        raise NotTyped(NOT_UNDERSTOOD)
    lasts = {DOWN: rows[-1][0], ACROSS: rows[0][-1]}
    entry, is_down = _with_changing(entry, rows[0][0], lasts[DOWN], DOWN)
    entry, is_across = _with_changing(entry, rows[0][0], lasts[ACROSS], ACROSS)
    if is_down != (len(rows) > 1) or is_across != (node.columns > 1):
        # Without dots there is no letter for how many there are.
        raise NotTyped(NOT_UNDERSTOOD)
    outside = {index: typing.indices.pop(index, None) for index in (DOWN, ACROSS)}
    typing.indices.update({index: typing.sizes.fresh() for index in (DOWN, ACROSS)})
    shape = typing.shape(entry)
    for index, last in lasts.items():
        for end in ends(rows[0][0], last):
            if end in typing.sizes.fixed | typing.sizes.named:
                typing.sizes.unify(typing.indices[index], (end,))
    height, width = (typing.indices.pop(index) for index in (DOWN, ACROSS))
    typing.indices.update({index: size for index, size in outside.items() if size is not None})
    return _times(is_down, height, shape[0]), _times(is_across, width, shape[1])


@rule(kinds.Tuple)
def listed(typing: Typing, node: kinds.Tuple) -> Shape:
    """A column, as long as the index of its last entry says."""
    if not any(isinstance(entry, kinds.Dots) for entry in node.entries):
        raise NotTyped("a list in brackets was not understood among letters that were not introduced")
    return matrix(typing, kinds.Matrix(node.entries, 1))


def _times(is_many: bool, number: Size, size: Size) -> Size:
    return (number if is_many else ONE) + size


def _with_changing(entry: Node, first: Node, last: Node, index: str) -> tuple[Node, bool]:
    """The entry with a letter for the index that changes from the first one to the last; whether one does."""
    ours, theirs = indices_of(first), indices_of(last)
    changing = [place for place, (one, other) in enumerate(zip(ours, theirs)) if one != other]
    if first == last:
        return entry, False
    if isinstance(last, kinds.Dots) or len(ours) != len(theirs) or not changing:
        raise NotTyped(NOT_UNDERSTOOD)
    if not all(isinstance(ours[place], kinds.Number) and isinstance(theirs[place], kinds.Name) for place in changing):
        raise NotTyped(NOT_UNDERSTOOD)
    for place in changing:
        entry = with_index(entry, place, kinds.Name(index))
    return entry, True
