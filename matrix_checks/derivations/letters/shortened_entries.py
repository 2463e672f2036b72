r"""Letters that stand for an entry without its index: ``u = e^{x_i}``, ``v = S`` in the rule for a quotient, and then ``\frac{u'v - uv'}{v^2}``."""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of, relations
from matrix_checks.derivations.deciding.rules_of_derivatives import PRIME
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece

Sides = tuple[Node, Node]


def take_shortened_entries(context: Context, found: list[Piece]) -> None:
    """Keep the new letters that a text sets equal to an entry, and writes with no index anywhere."""
    said: dict[str, set[Node]] = {}
    with_index: set[str] = set()
    for left, right in relations(context, formulas_of(context, found)):
        for part in (*left.everything, *right.everything):
            if isinstance(part, kinds.Indexed):
                with_index |= part.body.names
        if isinstance(left, kinds.Name) and _may_be(context, left.text):
            said.setdefault(left.text, set()).add(right)
    for name, meant in said.items():
        (one, *others) = meant
        if not others and name not in with_index and _is_entry(context, one):
            context.shortened[name] = one


def _may_be(context: Context, name: str) -> bool:
    return len(name) == 1 and name.islower() and name not in context.known and name not in INDEX_LETTERS


def _is_entry(context: Context, node: Node) -> bool:
    """Whether it is made of entries of what is known, and of one index that no sum binds."""
    free = free_indices(node, tuple(letter for view in context.views for letter in view.letters))
    if len(free) != 1 or kinds.Derivative in node.kinds or isinstance(node, kinds.Name):
        return False
    bodies = {part.body for part in node.everything if isinstance(part, kinds.Indexed)}
    return node.names - {*free} <= context.known | OF_ANY_SIZE | {"e"} and any(body.names <= context.known for body in bodies)


def says_what_is_short(context: Context, left: Node, right: Node) -> bool:
    """Whether an equality says what such a letter stands for."""
    return isinstance(left, kinds.Name) and left.text in context.shortened and context.shortened[left.text] == right


def in_full(context: Context, left: Node, right: Node) -> Sides:
    """An equality with the entries in the place of such letters; what is primed beside a derivative is differentiated as there."""
    short = context.shortened
    if not short or short.keys().isdisjoint(left.names | right.names):
        return left, right
    parts = (*left.everything, *right.everything)
    bottoms = {part.bottom for part in parts if isinstance(part, kinds.Derivative)} - {PRIME}
    bottoms = bottoms or {other for name in sorted(short) if (other := _other_entry(context, short[name])) is not None}

    def change(node: Node) -> Node:
        if isinstance(node, kinds.Primed) and len(bottoms) == 1:
            return kinds.Derivative(kinds.Group(change(node.body)), next(iter(bottoms)))
        if isinstance(node, kinds.Name) and node.text in short:
            return kinds.Group(short[node.text])
        return node.rebuilt(change)

    return change(left), change(right)


def _other_entry(context: Context, node: Node) -> Node | None:
    """What is differentiated by where the text has set an index apart from another: beside ``i \\ne j`` it is ``x_j``; else ``None``."""
    if context.case is None or context.case[2]:
        return None
    one, other, _ = context.case
    for part in node.everything:
        if isinstance(part, kinds.Indexed) and part.indices in ((kinds.Name(one),), (kinds.Name(other),)):
            return kinds.Indexed(part.body, (kinds.Name(other if part.indices[0] == kinds.Name(one) else one),))
    return None
