"""Two layers in other letters: whoever writes ``h = x U + p`` and ``o = h V + q`` states the exercise's two layers, the letters of which differ."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, permutations

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.equality import holds
from matrix_checks.derivations.judging.introductions import name_of
from matrix_checks.derivations.judging.other_letters import NO_ARRAY, in_order, renamed, with_names
from matrix_checks.derivations.judging.statements_of_text import equalities, formulas_of
from matrix_checks.derivations.judging.turned_views import turned_views
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import View

# So many equalities from the beginning of the text are looked at, so many pairs of them, and so many letters in each.
MOST_EQUALITIES = 12
MOST_PAIRS = 6
MOST_LETTERS = 3
Equality = tuple[Node, Node]


def take_two_layers(context: Context, found: list[Piece]) -> None:
    """Take the letters of two layers for those of the exercise, where the text states both layers with them, in any layout."""
    layers = [(view, *names) for view in context.views if (names := _layers_of(view))]
    if not layers:
        return
    stated = list(islice(equalities(context, formulas_of(context, found)), MOST_EQUALITIES))
    for first, second in islice(_pairs(stated), MOST_PAIRS):
        # Where one object is meant, a layout of many may be as well.
        meant = [each for view, hidden, output in layers for each in _stated_in(context, view, (first, hidden), (second, output))]
        if meant:
            context.look_at((*meant, *context.views))
            return


def _stated_in(context: Context, view: View, first: tuple[Equality, str], second: tuple[Equality, str]) -> Iterator[View]:
    """The layouts of a view in which two equalities state its layers, with their letters."""
    for layout in (view, *_in_layouts(view, second[1])):
        names = _letters(context, layout, *first, {})
        both = _letters(context, layout, *second, names) if names else None
        if both and layout.names.isdisjoint(both):
            yield with_names(layout, both)


def _layers_of(view: View) -> tuple[str, str] | None:
    """The names of what two layers give, where the second one takes what the first one gives."""
    defined = (view.origin or view).definitions
    for output, definitions in defined.items():
        for hidden in definitions[0].body.names & defined.keys():
            if not output.startswith("g") and output != "L" and view.variables.keys() & definitions[0].body.names:
                return hidden, output
    return None


def _pairs(stated: list[Equality]) -> Iterator[tuple[Equality, Equality]]:
    """Two equalities, the second one with the name in it that the first one defines."""
    for first in stated:
        for second in stated:
            name = name_of(first[0])
            if first is not second and name in in_order(second[1]) and name_of(second[0]) not in (name, *in_order(first[1])):
                yield first, second


def _in_layouts(view: View, output: str) -> Iterator[View]:
    for turned in turned_views(view.origin or view, output):
        yield turned if view.origin is None else replace(turned, aliases=view.aliases, origin=turned)


def _letters(context: Context, view: View, equality: Equality, defined: str, names: dict[str, str]) -> dict[str, str] | None:
    """The exercise's names for the letters of a layer, beside those of the layer before; ``None`` where it is not that layer."""
    left, right = equality
    body = view.definitions[defined][0].body
    known = [names.get(name, view.aliases.get(name, name)) for name in in_order(right)]
    strange = [name for name in _arrays(right) if name not in view.names and name not in names]
    theirs = [name for name in in_order(body) if name in view.variables and name not in known]
    if not 0 < len(strange) <= MOST_LETTERS or len(strange) != len(theirs):
        return None
    for chosen in permutations(theirs):
        found = {**names, **dict(zip(strange, chosen)), name_of(left): defined}
        if holds(replace(context.setting(), views=(view,)), renamed(left, found), renamed(right, found)):
            return found
    return None


def _arrays(node: Node) -> list[str]:
    """The names in an expression that are no letters of indices and sizes."""
    ends = {part.upper.text for part in node.everything if isinstance(part, kinds.Sum) and isinstance(part.upper, kinds.Name)}
    indices = {index.text for part in node.everything if isinstance(part, kinds.Indexed) for index in part.indices if isinstance(index, kinds.Name)}
    return [name for name in in_order(node) if name not in NO_ARRAY | ends | indices]
