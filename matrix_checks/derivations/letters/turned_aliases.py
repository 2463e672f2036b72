r"""Small letters that a text sets equal to the transposed matrix of the capital one: after ``w_{ji} = W_{ij}`` its ``w`` is no other spelling of ``W``."""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of, relations
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import Definition


def take_turned_aliases(context: Context, found: list[Piece]) -> None:
    """Take the exercise's spellings of a matrix for the transposed one, where the text says that they are."""
    for left, right in relations(context, formulas_of(context, found)):
        name, meant = _turned(left, right)
        if any(view.aliases.get(name) == meant for view in context.views) and name:
            context.look_at(view.without_alias(name) for view in context.views)
            context.own.add(name)
            context.define(name, Definition(kinds.Transposed(kinds.Name(meant))), first=True)
            context.read_anew()


def _turned(left: Node, right: Node) -> tuple[str, str]:
    """The names of two sides that are transposed to each other, as wholes or entry by entry; empty for others."""
    if isinstance(left, kinds.Name) and isinstance(right, kinds.Transposed) and isinstance(right.body, kinds.Name):
        return left.text, right.body.text
    if isinstance(left, kinds.Indexed) and isinstance(right, kinds.Indexed) and len(left.indices) == 2:
        is_turned = left.indices == right.indices[::-1] != right.indices
        if is_turned and isinstance(left.body, kinds.Name) and isinstance(right.body, kinds.Name):
            return left.body.text, right.body.text
    return "", ""
