"""Two layers in other letters, and in any layout: whoever writes ``h = x U + p`` and ``o = h V + q`` states those of the exercise."""

from collections.abc import Iterator
from itertools import islice, permutations

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.equality import holds
from matrix_checks.derivations.judging.introductions import name_of
from matrix_checks.derivations.judging.statements_of_text import (
    NO_ARRAY,
    equalities,
    formulas_of,
    in_order,
    letters_written,
    renamed,
    with_names,
)
from matrix_checks.derivations.judging.turned_views import in_layouts
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import View

# So many equalities from the beginning of the text are looked at, so many pairs of them, and so many letters in each.
MOST_EQUALITIES = 12
MOST_PAIRS = 6
MOST_LETTERS = 3
Equality = tuple[Node, Node]


def take_layers(context: Context, found: list[Piece]) -> None:
    """Take the letters of two layers for those of the exercise, where the text states them one after the other in other letters."""
    layers = [(view, *names) for view in context.views if (names := _layers_of(view))]
    if not layers:
        return
    formulas = formulas_of(context, found)
    written = letters_written(formulas)
    stated = list(islice(equalities(context, formulas), MOST_EQUALITIES))
    # Where one object is meant, a layout of many may be as well.
    meant: list[View] = []
    for first, second in islice(_pairs(stated), MOST_PAIRS):
        for view, hidden, output in layers:
            meant += _stated_in(context, written, (view, *in_layouts(view, output)), ((first, hidden), (second, output)))
        if meant:
            break
    if meant:
        context.look_at((*meant, *context.views))


def _stated_in(
    context: Context, written: set[str], layouts: tuple[View, ...], layers: tuple[tuple[Equality, str], ...]
) -> list[View]:
    """Those of some layouts in which equalities state layers one after the other, with their letters for what they name otherwise."""
    stated = []
    for layout in layouts:
        names: dict[str, str] | None = {}
        for equality, defined in layers:
            names = _letters(context, layout, (equality, defined), names, written) if names is not None else None
        if names and layout.names.isdisjoint(names):
            stated.append(with_names(layout, names))
    return stated


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


def _letters(
    context: Context, view: View, layer: tuple[Equality, str], names: dict[str, str], written: set[str]
) -> dict[str, str] | None:
    """The exercise's names for the letters of a layer, beside those of the layer before; ``None`` where it is not that layer."""
    (left, right), defined = layer
    body, name = view.definitions[defined][0].body, name_of(left)
    is_own = view.aliases.get(name, name) == defined
    known = [names.get(each, view.aliases.get(each, each)) for each in in_order(right)]
    strange = [each for each in _arrays(right) if {each, each.upper()}.isdisjoint(view.names) and each not in names]
    theirs = [each for each in in_order(body) if each in view.variables and each not in known]
    if len(strange) > MOST_LETTERS or len(strange) != len(theirs) or (is_own and not strange):
        return None
    if not written.isdisjoint(theirs) or (not is_own and defined in written):
        # Both letters are in use.
        return None
    for chosen in permutations(theirs):
        found = {**names, **dict(zip(strange, chosen)), **({} if is_own else {name: defined})}
        if holds(context.setting((view,)), renamed(left, found), renamed(right, found)):
            return found
    return None


def _arrays(node: Node) -> list[str]:
    """The names in an expression that are no letters of indices and sizes."""
    ends = {part.upper.text for part in node.everything if isinstance(part, kinds.Sum) and isinstance(part.upper, kinds.Name)}
    indices = {
        index.text
        for part in node.everything
        if isinstance(part, kinds.Indexed)
        for index in part.indices
        if isinstance(index, kinds.Name)
    }
    return [name for name in in_order(node) if name not in NO_ARRAY | ends | indices]
