"""Lines of matrices and tuples that are written with dots: where they end, and whether it is sure how they go on."""

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from matrix_checks.derivations.expressions.kinds import Dots, Indexed, Matrix, Name, Node, Number, Tuple

Line = tuple[Node, ...]


def indices_of(node: Node) -> list[Node]:
    """All indices of an expression in the order of the text."""
    found = list(node.indices) if isinstance(node, Indexed) else []
    for part in [node.body] if isinstance(node, Indexed) else node.parts:
        found += indices_of(part)
    return found


def lines_of(node: Matrix | Tuple) -> list[Line]:
    """The rows and columns that have dots and something else."""
    columns = node.columns if isinstance(node, Matrix) else len(node.entries)
    rows = [node.entries[start : start + columns] for start in range(0, len(node.entries), columns)]
    lines = [*rows, *zip(*rows)]
    return [
        line for line in lines if any(isinstance(cell, Dots) for cell in line) and not all(isinstance(cell, Dots) for cell in line)
    ]


def ends(first: Node, last: Node) -> Iterator[str]:
    """The letters in the indices of the last entry of a line, where the first has numbers."""
    for one, other in zip(indices_of(first), indices_of(last)):
        if isinstance(one, Number) and isinstance(other, Name):
            yield other.text


@lru_cache(maxsize=2000)
def ends_of_dots(node: Matrix | Tuple) -> frozenset[str]:
    """The letters that end lines with dots: they stand for sizes, and are no free indices."""
    return frozenset(letter for line in lines_of(node) for letter in ends(line[0], line[-1]))


def is_sure(node: Matrix | Tuple) -> bool:
    """Whether it is sure how each line goes on: one run of dots, from numbers to one letter, the same in each place that changes."""
    return all(_goes_on_surely(line) for line in lines_of(node))


def _goes_on_surely(line: Line) -> bool:
    dots = [place for place, cell in enumerate(line) if isinstance(cell, Dots)]
    if dots[-1] - dots[0] + 1 != len(dots) or dots[0] == 0 or dots[-1] == len(line) - 1:
        # Blanks on both sides of a diagonal say what they are.
        return not any(indices_of(cell) for cell in line)
    return len(set(ends(line[0], line[-1]))) <= 1


def with_whole_columns(node: Node) -> Node:
    """The same with the name of a column for all of its entries: ``\\omega`` for ``(\\omega_1, \\dots, \\omega_n)``."""
    node = node.rebuilt(with_whole_columns)
    if not isinstance(node, Tuple) or not any(isinstance(entry, Dots) for entry in node.entries):
        return node
    first, last = node.entries[0], node.entries[-1]
    if (
        not isinstance(first, Indexed)
        or not isinstance(last, Indexed)
        or first.body != last.body
        or not isinstance(first.body, Name)
    ):
        return node
    is_whole = first.indices == (Number(Fraction(1)),) and len(last.indices) == 1 and isinstance(last.indices[0], Name)
    return first.body if is_whole else node
