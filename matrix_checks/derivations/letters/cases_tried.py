"""The cases of two indices in which an equality is tried, before it is known which of them the text speaks of."""

from collections.abc import Iterator

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.prose.prose import Case


def cases_tried(context: Context, left: Node, right: Node) -> Iterator[Case | None]:
    """The cases of two indices that an equality may be said of, from none to both."""
    yield None
    letters = tuple(letter for view in context.views for letter in view.letters)
    free = sorted({*free_indices(left, letters), *free_indices(right, letters)})
    if len(free) == 2:
        yield from ((free[0], free[1], is_same) for is_same in (False, True))
