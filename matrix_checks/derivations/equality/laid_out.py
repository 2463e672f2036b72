"""Matrices that are written out, ``X = \begin{pmatrix} x_{11} & x_{12} \\ x_{21} & x_{22} \\end{pmatrix}``: they fix the sizes of what they equal."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from matrix_checks.derivations.equality.sides import Setting, usual_value
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare


def with_sizes_written_out(setting: Setting, left: Node, right: Node) -> Setting | None:
    """The setting with the sizes that matrices of the text have; ``None`` where an equality says nothing of single entries.

    Parameters
    ----------
    setting, left, right
        What is decided, and where.
    """
    memory = setting.memory
    is_laid_out = any(_is_laid_out(part) for side in (left, right) for part in side.everything)
    memory.fixes_sizes |= is_laid_out
    if not is_laid_out and not (memory.laid_out and any(map(_is_at_numbers, (left, right)))):
        return None
    sizes = dict(memory.laid_out)
    for one, other in ((left, right), (right, left)):
        lengths = _lengths(one)
        if lengths:
            sizes |= _sizes_of(setting, other, lengths)
    return replace(setting, sizes={**setting.sizes, **sizes}, ranges={}) if sizes else None


def keep_sizes(setting: Setting, inner: Setting, left: Node) -> None:
    """Keep the sizes of a name that was set equal to a matrix: what is said of entries later has them."""
    if isinstance(left, kinds.Name):
        setting.memory.laid_out |= {letter: size for letter, size in inner.sizes.items() if letter not in setting.sizes}


def with_entries(setting: Setting, sides: tuple[Node, Node]) -> tuple[Node, Node]:
    """The sides where the ``b_1`` of the exercise's two layers is the first entry of its ``b`` of one."""
    usual = setting.views[0]

    def change(node: Node) -> Node:
        if not isinstance(node, kinds.Name):
            return node.rebuilt(change)
        letter, _, number = node.text.partition("_")
        is_entry = node.text not in usual.names and letter in usual.names and number.isdecimal() and number != "0"
        return kinds.Indexed(kinds.Name(letter), (kinds.Number(Fraction(int(number))),)) if is_entry else node

    return change(sides[0]), change(sides[1])


def _is_laid_out(node: Node) -> bool:
    return isinstance(node, kinds.Matrix) and bool(node.texts - {""}) and kinds.Dots not in node.kinds and len(node.entries) > 1


def _is_at_numbers(node: Node) -> bool:
    return any(
        isinstance(index, kinds.Number) for part in node.everything if isinstance(part, kinds.Indexed) for index in part.bound
    )


def _lengths(node: Node) -> tuple[int, int] | None:
    """The rows and columns of a side that is a matrix, written out."""
    inside = bare(node.body) if isinstance(node, kinds.Transposed) else bare(node)
    if not _is_laid_out(inside):
        return None
    assert isinstance(inside, kinds.Matrix)
    rows, columns = len(inside.entries) // inside.columns, inside.columns
    return (columns, rows) if isinstance(node, kinds.Transposed) else (rows, columns)


def _sizes_of(setting: Setting, node: Node, lengths: tuple[int, int]) -> dict[str, int]:
    """The sizes for which a side has so many rows and columns, in the first view where it may: before others one with the sizes that are kept."""
    found: list[dict[str, int]] = []
    for shape in _shapes(setting, node):
        pairs = {(letter, length) for letter, length in zip(shape, lengths) if not letter.isdecimal()}
        if len(dict(pairs)) == len(pairs):
            found.append(dict(pairs))
    kept = setting.memory.laid_out
    return min(found, key=lambda sizes: any(kept.get(letter, size) != size for letter, size in sizes.items()), default={})


def dims(setting: Setting, node: Node) -> tuple[str, ...]:
    """The sizes of a side, as the exercise names them, in the first view that has them."""
    return next(_shapes(setting, node), ())


def _shapes(setting: Setting, node: Node) -> Iterator[tuple[str, ...]]:
    for view in setting.views:
        with suppress(ValueError, ArithmeticError):
            yield usual_value(setting, view, node).dims
