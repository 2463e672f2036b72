r"""Letters of which words say that they are columns of the exercise's matrices, where they would be rows, or objects, elsewhere.

Whoever has columns of the output beside those of the weights, ``y^{(m)} = Xw^{(m)} + b_m\\mathbf{1}``, has no objects in columns.
"""

from dataclasses import replace

from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.reading.columns_by_letter import Columns
from matrix_checks.derivations.reading.lines import Line
from matrix_checks.derivations.values.exercise import View

# Of a letter, and of whether its index stands above it.
Lines = dict[tuple[str, bool], Line]


def take_columns(context: Context, lines: Lines) -> None:
    """Read columns for letters that would be rows, or are the matrices themselves: ``g_m`` is ``g_{:,m}``."""
    if not any(view.instead_of for view in context.views):
        # In the text's own layout they are columns.
        _read(context, _columns(context, lines), lines)


def take_columns_of_weights(context: Context, lines: Lines) -> None:
    """The same for columns of weights beside those of what is made with them, before anything is taken for an object."""
    columns = _columns(context, lines)
    shapes = {context.shape_at(line.matrix) or ("1", "1") for line in columns.values()}
    downs, across = {down for down, _ in shapes}, {across for _, across in shapes}
    # Objects in columns are columns of the input, of which the exercise has as many as the input has features.
    if len(across) == 1 and len(downs) > 1 and "1" not in across:
        _read(context, columns, lines)


def _columns(context: Context, lines: Lines) -> Lines:
    return {
        (name, is_above): line
        for (name, is_above), line in lines.items()
        if not line.is_row and not line.is_turned and (is_above or _is_the_same(context, name, line.matrix))
    }


def _read(context: Context, columns: Lines, lines: Lines) -> None:
    if columns:
        said: Columns = {(name, is_above, ""): line for (name, is_above), line in columns.items()}
        known = context.notation.indices
        context.notation.indices = replace(known, columns={**known.columns, **_beside(context, columns, lines), **said})


def _beside(context: Context, columns: Lines, lines: Lines) -> Columns:
    """Other letters with the index of columns that are said, for matrices with as many columns: whoever has ``g_m`` so has ``w_m`` so."""
    found: Columns = {}
    arrays = {name: context.shape_at(name) for name in sorted(context.arrays) if len(name) == 1 and name.islower()}
    for (_, is_above), line in columns.items():
        meant = context.shape_at(line.matrix)
        for name, shape in arrays.items():
            is_alike = meant is not None and shape is not None and "1" not in shape and shape[1] == meant[1]
            if is_alike and line.index.isalpha() and (name, is_above) not in lines:
                found[name, is_above, line.index] = Line(name, False, False, is_above, line.index)
    return found


def _is_the_same(context: Context, name: str, matrix: str) -> bool:
    """Whether a letter stands for the matrix itself."""
    return any(view.aliases.get(name, name) == view.aliases.get(matrix, matrix) for view in context.views if name in view.names)


def small_matrices(context: Context) -> frozenset[str]:
    """The small letters that stand for the exercise's variables which are matrices."""
    return frozenset(
        name
        for view in context.views
        for name in (*view.variables, *view.aliases)
        if name.islower() and "1" not in _shape(view, name)
    )


def _shape(view: View, name: str) -> tuple[str, str]:
    """The shape of a variable of the exercise; that of a number for anything else."""
    return view.variables.get(view.aliases.get(name, name), ("1", "1"))
