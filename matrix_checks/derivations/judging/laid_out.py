"""Matrices that are written out, ``X = \begin{pmatrix} x_{11} & x_{12} \\ x_{21} & x_{22} \\end{pmatrix}``: they fix the sizes of what they equal."""

from dataclasses import replace

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.judging.sides import Setting, make_numbers
from matrix_checks.derivations.values.evaluate import Evaluator
from matrix_checks.derivations.values.sample import Interpretation


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
            sizes |= {letter: size for letter, size in zip(dims(setting, other), lengths) if not letter.isdecimal()}
    return replace(setting, sizes={**setting.sizes, **sizes}, ranges={}) if sizes else None


def keep_sizes(setting: Setting, inner: Setting, left: Node) -> None:
    """Keep the sizes of a name that was set equal to a matrix: what is said of entries later has them."""
    if isinstance(left, kinds.Name):
        setting.memory.laid_out |= {letter: size for letter, size in inner.sizes.items() if letter not in setting.sizes}


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


def dims(setting: Setting, node: Node) -> tuple[str, ...]:
    """The sizes of a side, as the exercise names them, in the first view that has them."""
    for view in setting.views:
        try:
            return Evaluator(make_numbers(setting, view, 0).draw, Interpretation()).value(node).dims
        except (ValueError, ArithmeticError):
            continue
    return ()
