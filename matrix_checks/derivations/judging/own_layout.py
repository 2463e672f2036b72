r"""The exercise's own statement in another layout: whoever writes ``y = W x + b`` has an object in a column, and not in a row."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.equality import holds
from matrix_checks.derivations.judging.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.judging.introductions import name_of
from matrix_checks.derivations.judging.statements_of_text import equalities, formulas_of
from matrix_checks.derivations.judging.turned_views import turned_views
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.values.exercise import View

# What the layers give.
OUTPUTS = ("y", "F")
# So many equalities from the beginning of the text are looked at.
MOST_EQUALITIES = 20


def take_own_layout(context: Context, found: list[Piece]) -> tuple[View, ...]:
    """Look at the exercise in the text's own layout, too, where the text states it so, and return the views of that layout.

    The exercise's views stay: a text that states the usual layer may still derive what the exercise asks for.
    """
    formulas = formulas_of(context, found)
    written = {token for tokens in formulas for token in tokens}
    as_asked: set[str] = set()
    for left, right in islice(equalities(context, formulas), MOST_EQUALITIES):
        name = name_of(left)
        stated = [view for view in context.views if _is_statement(view, name, right)]
        if not stated and name not in context.known:
            renamed = _with_own_output(context, written, left, right)
            if renamed:
                context.look_at((*renamed, *context.views))
                return renamed
        if as_asked and any(_is_gradient(view, name) for view in stated):
            # What is claimed of a gradient, where the layer was stated in the exercise's layout, is no other one.
            continue
        if not stated or context.shape_at(name) == ("1", "1"):
            continue
        if holds(context.setting(), left, right):
            as_asked.add(name)
            continue
        if name in as_asked and _has_indices(left, right):
            # Whoever mixes up the indices of what was stated before has made a mistake.
            continue
        turned = [each for view in stated for each in _in_layouts(view, name) if _holds_in(context, each, name, left, right)]
        if turned:
            context.look_at((*turned, *context.views))
            return tuple(turned)
    return ()


def _is_gradient(view: View, name: str) -> bool:
    found = view.definitions.get(view.aliases.get(name, name), ())
    return bool(found) and isinstance(found[0].body, kinds.Derivative)


def _with_own_output(context: Context, written: set[Token], left: Node, right: Node) -> tuple[View, ...]:
    """The views of a layout in which a new name is what the layer gives: ``z = W x + b``; none where it is that in the exercise's own.

    A text that writes the exercise's name for it, too, may mean the transposed one.
    """
    name = name_of(left)
    views = [
        view.with_alias(name, output)
        for view in context.views
        for output in OUTPUTS
        if output in view.definitions
        and output not in written
        and right.names <= view.names | OF_ANY_SIZE
        and _is_statement(view, output, right)
    ]
    if not views or holds(replace(context.setting(), views=tuple(views)), left, right):
        return ()
    turned = (each for view in views for each in _in_layouts(view, name))
    return tuple(each for each in turned if _holds_in(context, each, name, left, right))


def _is_statement(view: View, name: str, right: Node) -> bool:
    """Whether an expression has all matrices that a name of the exercise is made of."""
    own = view.aliases.get(name, name)
    if own not in (view.origin or view).definitions:
        return False
    behind = {each for each in view.behind(own) & view.variables.keys() if "1" not in view.variables[each]}
    written = {view.aliases.get(each, each) for each in right.names}
    return bool(behind) and behind <= {*written, *(each.upper() for each in written)}


def _has_indices(*sides: Node) -> bool:
    return any(isinstance(part, kinds.Indexed) for side in sides for part in side.everything)


def _in_layouts(view: View, name: str) -> Iterator[View]:
    for turned in turned_views(view.origin or view, view.aliases.get(name, name)):
        yield turned if view.origin is None else replace(turned, aliases=view.aliases, origin=turned)


def _holds_in(context: Context, view: View, name: str, left: Node, right: Node) -> bool:
    is_one = "1" in (context.shape_in(view, view.aliases.get(name, name)) or ())
    if is_one and _has_indices(left, right) and not _without_index(right).isdisjoint(view.variables):
        # Of one object, W x_i has no meaning: x_i is a number.
        return False
    return holds(replace(context.setting(), views=(view,)), left, right)


def _without_index(node: Node) -> set[str]:
    """The names in an expression that are no entries and no indices."""
    if isinstance(node, kinds.Indexed):
        return set()
    if isinstance(node, kinds.Name):
        return {node.text}
    return set().union(*map(_without_index, node.parts))
