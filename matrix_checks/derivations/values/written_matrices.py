"""Matrices written out entry by entry or block by block, with dots for what goes on; a new pattern of dots is a case of ``_generic``."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ONE, ZERO
from matrix_checks.derivations.expressions.dotted import indices_of
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.blocks_of_ones import values_of_blocks
from matrix_checks.derivations.values.evaluation import Evaluation, rule
from matrix_checks.derivations.values.jets import Jet, ShapeError, assemble
from matrix_checks.derivations.values.names import size_named


@rule(kinds.Matrix)
def block_matrix(evaluation: Evaluation, node: kinds.Matrix) -> Jet:
    """The value of a matrix that is written out."""
    rows = [list(node.entries[start : start + node.columns]) for start in range(0, len(node.entries), node.columns)]
    if any(isinstance(cell, kinds.Dots) for row in rows for cell in row):
        rows = _continued(evaluation, rows)
    values = values_of_blocks(evaluation, rows)
    ones = [[cell == ONE for cell in row] for row in rows]
    heights = [_size_of_blocks(row, own, 0) for row, own in zip(values, ones)]
    widths = [_size_of_blocks([*column], [*own], 1) for column, own in zip(zip(*values), zip(*ones))]
    filled = [
        [_filled_block(cell, is_one, (height, width)) for cell, is_one, width in zip(row, own, widths)]
        for row, own, height in zip(values, ones, heights)
    ]
    names = [_added_up(evaluation, each) for each in (heights, widths)]
    return assemble(filled, (names[0], names[1]))


def _added_up(evaluation: Evaluation, sizes: list[tuple[int, str]]) -> str:
    """The size of all blocks in a line: of equal ones their number times their size, of others the sum."""
    letters = [letter for _, letter in sizes]
    return jets.joined(_count(evaluation, len(sizes)), letters[0]) if len(set(letters)) == 1 else "+".join(letters)


def _size_of_blocks(blocks: list[Jet | None], ones: list[bool], axis: int) -> tuple[int, str]:
    """The size along an axis that blocks in a line have; a 1 may be a column or a row of ones, as long as the others."""
    sizes = {each.shape[axis]: each.dims[axis] for each, is_one in zip(blocks, ones) if each is not None and not is_one}
    return _only(sizes)


def _filled_block(block: Jet | None, is_one: bool, sizes: tuple[tuple[int, str], tuple[int, str]]) -> Jet:
    """A block in its full size, where it is a zero, or a 1 that stands for a column or a row of ones."""
    (height, dim), (width, wide) = sizes
    if block is not None and not (is_one and (height, width) != (1, 1)):
        return block
    if is_one and 1 not in (height, width):
        # The identity, or ones.
        raise ShapeError("the blocks of a matrix do not fit together")
    return jets.constant(np.full((height, width), Decimal(int(is_one)), dtype=object), (dim, wide))


def _only(sizes: dict[int, str]) -> tuple[int, str]:
    if len(sizes) > 1:
        raise ShapeError("the blocks of a matrix do not fit together")
    return next(iter(sizes.items()), (1, "1"))


def _count(evaluation: Evaluation, number: int) -> str:
    return next((letter for letter, size in evaluation.sample.sizes.items() if size == number), str(number)) if number > 1 else "1"


def _continued(evaluation: Evaluation, rows: list[list[kinds.Node]]) -> list[list[kinds.Node]]:
    """The rows with the dots filled in: first, second, dots, last."""
    diagonal = [row[place] for place, row in enumerate(rows)] if len(rows) == len(rows[0]) else []
    height = _last(evaluation, [row[0] for row in rows], [row[-1] for row in rows], diagonal)
    width = _last(evaluation, rows[0], rows[-1], diagonal)
    if diagonal and height == width and height is not None and _is_diagonal(rows):
        found = [
            [_stepped(diagonal[0], diagonal[0], diagonal[-1], row) if row == column else ZERO for column in range(height)]
            for row in range(height)
        ]
    elif height is not None and width is not None and _has_other_diagonal(rows):
        found = _by_classes(rows, height, width)
    else:
        found = [
            [_generic(rows, row, column, height, width) for column in range(width or len(rows[0]))]
            for row in range(height or len(rows))
        ]
    return _as_written(evaluation, rows, found)


def _as_written(evaluation: Evaluation, rows: list[list[kinds.Node]], found: list[list[kinds.Node]]) -> list[list[kinds.Node]]:
    """The entries with those that are written in their places: a mistake in one of them is not to be passed over."""
    down = _places([row[0] for row in rows], [row[-1] for row in rows], len(found))
    across = _places(rows[0], rows[-1], len(found[0]))
    for row, place in zip(rows, down):
        for cell, column in zip(row, across):
            if place is None or column is None or isinstance(cell, kinds.Dots):
                continue
            if not _is_the_same(evaluation, cell, found[place][column], (place + 1, column + 1)):
                found[place][column] = cell
    return found


def _places(first: list[kinds.Node], last: list[kinds.Node], length: int) -> list[int | None]:
    """Where the lines stand that are written before and behind the dots; ``None`` for those of dots, and where there are too many."""
    dots = [place for place, pair in enumerate(zip(first, last)) if any(isinstance(cell, kinds.Dots) for cell in pair)]
    if not dots:
        return list(range(len(first)))
    before: list[int | None] = [place if place < length else None for place in range(dots[0])]
    behind: list[int | None] = [length - number for number in range(len(first) - dots[-1] - 1, 0, -1)]
    return [*before, *[None] * (dots[-1] - dots[0] + 1), *behind]


def _is_the_same(evaluation: Evaluation, written: kinds.Node, found: kinds.Node, numbers: tuple[int, int]) -> bool:
    """Whether a written entry is the one that the dots give, where letters of sizes stand for their numbers."""
    if written == found:
        return True
    for number in dict.fromkeys(numbers):
        sizes = {**evaluation.sample.sizes}
        if _with_numbers(written, sizes, number) == found:
            return True
    return False


def _with_numbers(node: kinds.Node, sizes: dict[str, int], number: int) -> kinds.Node:
    if not isinstance(node, kinds.Indexed):
        return node.rebuilt(lambda part: _with_numbers(part, sizes, number))
    indices = tuple(
        kinds.Number(Fraction(sizes.get(index.text, number))) if isinstance(index, kinds.Name) else index for index in node.indices
    )
    return kinds.Indexed(_with_numbers(node.body, sizes, number), indices)


def _is_diagonal(rows: list[list[kinds.Node]]) -> bool:
    """Whether there is nothing but a first block, dots and a last one on the diagonal, as where blanks stand beside it."""
    beside = [cell for row, line in enumerate(rows) for column, cell in enumerate(line) if row != column]
    on = [line[place] for place, line in enumerate(rows)]
    return (
        all(isinstance(cell, kinds.Dots) for cell in on[1:-1])
        and all(cell == ZERO or isinstance(cell, kinds.Dots) for cell in beside)
        and rows[0][-1] == rows[-1][0] == ZERO
    )


def _has_other_diagonal(rows: list[list[kinds.Node]]) -> bool:
    """Whether the entries on the diagonal have another form than those beside it."""
    first, beside = rows[0][0], rows[0][-1]
    return ZERO not in (first, beside) and bool(indices_of(first)) and _form(first) != _form(beside)


def _form(node: kinds.Node) -> kinds.Node:
    """An expression without what its indices are."""
    if isinstance(node, kinds.Indexed):
        return kinds.Indexed(_form(node.body), (ZERO,) * len(node.indices))
    return node.rebuilt(_form)


def _by_classes(rows: list[list[kinds.Node]], height: int, width: int) -> list[list[kinds.Node]]:
    """All entries, those on the diagonal from the ones that are written there, and the others from the others."""
    down = _places([row[0] for row in rows], [row[-1] for row in rows], height)
    across = _places(rows[0], rows[-1], width)
    written = [
        (row, column, cell)
        for line, row in zip(rows, down)
        for cell, column in zip(line, across)
        if row is not None and column is not None and not isinstance(cell, kinds.Dots)
    ]
    on = _rule_of([each for each in written if each[0] == each[1]], height, width)
    beside = _rule_of([each for each in written if each[0] != each[1]], height, width)
    return [[(on if row == column else beside)(row, column) for column in range(width)] for row in range(height)]


def _rule_of(written: list[tuple[int, int, kinds.Node]], height: int, width: int) -> Callable[[int, int], kinds.Node]:
    """How entries depend on their row and column, as most of those that are written do."""
    form = _form(written[0][2]) if written else ZERO
    alike = [(row, column, indices_of(cell)) for row, column, cell in written if _form(cell) == form]
    if len(alike) < 2:
        raise NotUnderstood("the dots of a matrix were not understood")
    slots: list[str | kinds.Node] = []
    for place, index in enumerate(alike[0][2]):
        in_row = sum(_is_at(indices[place], row, height) for row, _, indices in alike)
        in_column = sum(_is_at(indices[place], column, width) for _, column, indices in alike)
        same = sum(indices[place] == index for _, _, indices in alike)
        slots.append(index if same > max(in_row, in_column) else "row" if in_row >= in_column else "column")

    def entry(row: int, column: int) -> kinds.Node:
        numbers = iter(
            [
                slot if isinstance(slot, kinds.Node) else kinds.Number(Fraction({"row": row, "column": column}[slot] + 1))
                for slot in slots
            ]
        )
        return _filled(form, numbers)

    return entry


def _filled(form: kinds.Node, indices: Iterator[kinds.Node]) -> kinds.Node:
    if isinstance(form, kinds.Indexed):
        own = tuple(next(indices) for _ in form.indices)
        return kinds.Indexed(_filled(form.body, indices), own)
    return form.rebuilt(lambda part: _filled(part, indices))


def _is_at(index: kinds.Node, place: int, size: int) -> bool:
    """Whether an index is that of a line: its number, or a letter for the last one."""
    return index == kinds.Number(Fraction(place + 1)) or (isinstance(index, kinds.Name) and place == size - 1)


def _last(evaluation: Evaluation, *lines: list[kinds.Node]) -> int | None:
    """How many entries a line with dots stands for: the size in the index of its last entry; ``None`` without dots."""
    if not any(isinstance(cell, kinds.Dots) for cell in lines[0]):
        return None
    for line in filter(None, lines):
        for place, (one, other) in enumerate(zip(indices_of(line[0]), indices_of(line[-1]))):
            size = _size_at_end(evaluation, line[0], place, other) if one != other else ""
            if size:
                return evaluation.sample.sizes[size]
    # A matrix of zeros beside its diagonal has no index: it is as large as what it is multiplied by; the identity's size says it.
    return evaluation.sample.sizes.get(evaluation.interpretation.size)


def _size_at_end(evaluation: Evaluation, first: kinds.Node, place: int, last: kinds.Node) -> str:
    """The letter of the size to which an index runs from the first entry to the last one; empty for none."""
    if not isinstance(last, kinds.Name):
        return ""
    size = size_named(evaluation, last.text)
    if size and last.text not in evaluation.sample.memory.sizes:
        return size
    entry = kinds.Name("\\entry")
    natural = evaluation.within(indices={**evaluation.indices, entry.text: 0}).range_of(
        entry.text, (with_index(first, place, entry),)
    )
    if natural is None or natural not in evaluation.sample.sizes:
        return size
    evaluation.sample.take_for_size(last.text, natural)
    return natural


def with_index(node: kinds.Node, place: int, new: kinds.Node) -> kinds.Node:
    """The same with another index in one place."""
    counter = iter(range(len(indices_of(node))))

    def change(part: kinds.Node) -> kinds.Node:
        if isinstance(part, kinds.Indexed):
            indices = tuple(new if next(counter) == place else index for index in part.indices)
            return kinds.Indexed(change(part.body), indices)
        return part.rebuilt(change)

    return change(node)


def _generic(rows: list[list[kinds.Node]], row: int, column: int, height: int | None, width: int | None) -> kinds.Node:
    at_row = 0 if height is None else min(row, 1)
    at_column = 0 if width is None else min(column, 1)
    if height is None:
        at_row = row
    if width is None:
        at_column = column
    if height is not None and width is not None:
        at_row, at_column = (1, 1) if row == column and row else (0, 0) if row == column else (1, 0) if row > column else (0, 1)
    if rows[0][0] == rows[min(1, len(rows) - 1)][min(1, len(rows[0]) - 1)] and height is not None and width is not None:
        return rows[at_row][at_column]
    first = rows[0 if height is not None else row][0 if width is not None else column]
    changed = first
    if height is not None:
        place = 0 if width is not None else column
        below = rows[-1][place] if isinstance(rows[1][place], kinds.Dots) else rows[1][place]
        changed = _stepped(changed, first, below, row)
    if width is not None:
        line = rows[0 if height is not None else row]
        beside = line[-1] if isinstance(line[1], kinds.Dots) else line[1]
        changed = _stepped(changed, first, beside, column)
    return changed


def _stepped(node: kinds.Node, first: kinds.Node, second: kinds.Node, steps: int) -> kinds.Node:
    """The entry that is ``steps`` further than ``first``, where ``second`` is one further."""
    ours, theirs = indices_of(first), indices_of(second)
    if len(ours) != len(theirs):
        raise NotUnderstood("the dots of a matrix were not understood")
    moved = [place for place, (one, other) in enumerate(zip(ours, theirs)) if one != other]
    counter = iter(range(len(ours)))

    def change(part: kinds.Node) -> kinds.Node:
        if isinstance(part, kinds.Indexed):
            new = []
            for index in part.indices:
                place = next(counter)
                new.append(kinds.Number(index.value + steps) if place in moved and isinstance(index, kinds.Number) else index)
            return kinds.Indexed(change(part.body), tuple(new))
        return part.rebuilt(change)

    return change(node)
