r"""A new letter of which an equality gives the square: ``s^2 = \\frac1N\\sum_i (x_i - \\mu)^2`` says what ``s`` is, wherever it stands."""

from collections.abc import Iterator

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.squares import TWO
from matrix_checks.derivations.judging.statements_of_text import formulas_of, relations
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import NUMBER


def take_implied_names(context: Context, found: list[Piece]) -> None:
    """Learn what new letters stand for of which the text gives a square, and nowhere the letter alone."""
    for sides in relations(context, formulas_of(context, found)):
        for one, other in (sides, sides[::-1]):
            name = _squared(one)
            if name and _is_free(context, name) and name not in other.names:
                context.implied.setdefault(name, kinds.Function("sqrt", (other,)))


def implied_in(context: Context, sides: tuple[Node, Node]) -> Iterator[tuple[str, Node]]:
    """The letters of an equality that another one gives, with what they stand for; none that it gives itself."""
    given = {_squared(side) for side in sides}
    for name in sorted((sides[0].names | sides[1].names).intersection(context.implied) - context.known - given):
        if name in context.implied:
            yield name, context.implied[name]


def is_number(context: Context, node: Node) -> bool:
    """Whether it has the shape of a number, as what a root is drawn of."""
    return context.shape_of(node) == NUMBER


def _squared(node: Node) -> str:
    """The name of which a side is the square; empty for anything else."""
    body = node.body if isinstance(node, kinds.Power) and node.exponent == TWO else None
    return body.text if isinstance(body, kinds.Name) else ""


def _is_free(context: Context, name: str) -> bool:
    said = context.memory.alone | context.later.keys() | context.later_entries.keys()
    return name not in context.known and name not in said
