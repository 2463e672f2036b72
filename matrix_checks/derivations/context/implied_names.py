r"""New letters that an equality gives without saying so: ``s^2 = \\frac1N\\sum_i (x_i - \\mu)^2`` says what ``s`` is, wherever it stands.

So does ``Y = XW + B``: the letter is the term of the exercise's statement that is left.
"""

from collections.abc import Iterator

from matrix_checks.derivations.context.context import MOST_NAMES, Context
from matrix_checks.derivations.context.statements_of_text import formulas_of, relations
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.as_tex import tex
from matrix_checks.derivations.expressions.constants import TWO
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import NUMBER


def take_implied_names(context: Context, found: list[Piece]) -> None:
    """Learn what new letters stand for of which the text gives a square, and nowhere the letter alone."""
    for sides in relations(context, formulas_of(context, found)):
        for one, other in (sides, sides[::-1]):
            name = _squared(one)
            if name and _is_free(context, name) and name not in other.names:
                context.implied.setdefault(name, kinds.Function("sqrt", (other,)))
            name = _summand(context, one, other)
            term = _term_left(context, one, other, name) if name else None
            if term is not None:
                context.later[name] = [context.tokens(tex(term).strip("$"))]


def implied_in(context: Context, sides: tuple[Node, Node]) -> Iterator[tuple[str, Node]]:
    """The letters of an equality that another one gives, with what they stand for; none that it gives itself."""
    given = {_squared(side) for side in sides}
    for name in sorted((sides[0].names | sides[1].names).intersection(context.implied) - context.known - given):
        if name in context.implied:
            yield name, context.implied[name]


def is_number(context: Context, node: Node) -> bool:
    """Whether it has the shape of a number, as what a root is drawn of."""
    return context.shape_of(node) == NUMBER


def _summand(context: Context, one: Node, other: Node) -> str:
    """The only new letter that is a term of what the exercise's name is set equal to; empty for none."""
    if not isinstance(one, kinds.Name) or not isinstance(other, kinds.Add):
        return ""
    new = [term.text for term in other.terms if isinstance(term, kinds.Name) and _is_free(context, term.text)]
    # An accent over a letter of the exercise says something of that: the \hat b of XW + \hat b may be the bias.
    is_plain = len(new) == 1 and len(new[0]) == 1
    return new[0] if is_plain and len(context.later) < MOST_NAMES else ""


def _term_left(context: Context, one: Node, other: Node, name: str) -> Node | None:
    """The term of the exercise's own statement with which, in the place of a letter, an equality holds; ``None`` for none."""
    assert isinstance(one, kinds.Name)
    whole = with_parts(context, other)
    for view in context.views:
        for definition in (view.origin or view).definitions.get(view.aliases.get(one.text, one.text), ())[:1]:
            terms = definition.body.terms if isinstance(definition.body, kinds.Add) and not definition.indices else ()
            for term in terms:
                if holds(context.setting((view,)), one, whole.substituted(kinds.Name(name), kinds.Group(term))):
                    return term
    return None


def _squared(node: Node) -> str:
    """The name of which a side is the square; empty for anything else."""
    body = node.body if isinstance(node, kinds.Power) and node.exponent == TWO else None
    return body.text if isinstance(body, kinds.Name) else ""


def _is_free(context: Context, name: str) -> bool:
    said = context.memory.alone | context.later.keys() | context.later_entries.keys()
    return name not in context.known and name not in said
