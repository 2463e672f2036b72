r"""Letters that the text sets equal to a row or a column of what the exercise defines: ``\hat y_j = A s_j`` is column ``j`` of ``F``."""

from collections.abc import Iterator
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.named_lines import define_lines, line_at
from matrix_checks.derivations.context.statements_of_text import parsed
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.lines import Line

# Of letters with an index that the text sets equal to something.
MOST_LETTERS = 6


def declare_lines_of_results(context: Context) -> None:
    """Take such a letter for the row or the column: what depends on the one depends on the other."""
    if any(_matrices(context)):
        define_lines(context, dict(islice(_lines(context), MOST_LETTERS)))


def _lines(context: Context) -> Iterator[tuple[str, Line]]:
    for name, (letters, tokens) in islice(context.later_entries.items(), MOST_LETTERS):
        right = parsed(context, tokens) if len(letters) == 1 and name not in context.known else None
        if right is None or kinds.Name(letters[0]) not in right.everything:
            continue
        for matrix in _matrices(context):
            line = Line(matrix, False, False)
            if holds(context.setting(), line_at(line, letters[0]), right):
                yield name, line
                break


def _matrices(context: Context) -> Iterator[str]:
    """The matrices that the exercise defines, but for gradients."""
    defined = (each for view in context.views for each in (view.origin or view).definitions.items())
    for name in sorted({name for name, found in defined if kinds.Derivative not in found[0].body.kinds}):
        shape = context.shape_at(name)
        if shape is not None and "1" not in shape:
            yield name
