r"""A matrix of the exercise that a text takes to be diagonal, ``A = \operatorname{diag}(a)``: there ``a_i`` is an entry, and no column."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import equalities, formulas_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import Definition, View

MOST_EQUALITIES = 20


def take_diagonals(context: Context, found: list[Piece]) -> None:
    """Look at the exercise with a diagonal matrix, too, where the text says that it is one; that answers no question."""
    for left, right in islice(equalities(context, formulas_of(context, found)), MOST_EQUALITIES):
        entries = _entries(right)
        is_free = not any(entries in each for view in context.views for each in (view.variables, view.definitions))
        if entries and isinstance(left, kinds.Name) and is_free:
            context.look_at((*_diagonal(context, left.text, entries), *context.views))
            return


def _entries(node: Node) -> str:
    """The name of what stands in the diagonal, alone or with its numbers; empty for anything else."""
    if not isinstance(node, kinds.Function) or node.name != "diag":
        return ""
    names = {kinds.whole_of(part) for argument in node.arguments for part in _parts(argument)}
    name = names.pop() if len(names) == 1 else None
    return name.text if isinstance(name, kinds.Name) else ""


def _parts(node: Node) -> Iterator[Node]:
    """The entries of a line, without its dots."""
    inside = kinds.bare(node)
    if isinstance(inside, (kinds.Name, kinds.Indexed)):
        yield inside
    elif not isinstance(inside, kinds.Dots):
        for part in inside.parts:
            yield from _parts(part)


def _diagonal(context: Context, matrix: str, entries: str) -> Iterator[View]:
    for view in context.views:
        name = view.aliases.get(matrix, matrix)
        down, across = view.variables.get(name, ("", "1"))
        if down == across:
            body = Definition(kinds.Function("diag", (kinds.Name(entries),)))
            variables = {each: shape for each, shape in view.variables.items() if each != name}
            # A small letter with an index is an entry of its matrix elsewhere.
            yield replace(
                view.without_alias(entries),
                variables={**variables, entries: (down, "1")},
                definitions={**view.definitions, name: (body,)},
                origin=view.origin or view,
                has_own_loss=True,
            )
