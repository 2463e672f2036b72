"""Two layers in other letters, and in any layout: whoever writes ``h = x U + p`` and ``o = h V + q`` states those of the exercise."""

from collections.abc import Iterator, Set
from itertools import islice, permutations

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.statements_of_text import (
    NO_ARRAY,
    equalities,
    formulas_of,
    in_order,
    is_said,
    letters_written,
    renamed,
    with_names,
)
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.fitted_numbers import upstream_names
from matrix_checks.derivations.equality.repeated_indices import both_summed
from matrix_checks.derivations.equality.rewriting import BIASES
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.activations import (
    ACTIVATED,
    Activation,
    activations,
    read_letters_of_functions,
    with_functions_apart,
)
from matrix_checks.derivations.names.left_out_terms import without_term
from matrix_checks.derivations.names.turned_views import in_layouts
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tokens import Token, without_braces
from matrix_checks.derivations.values.exercise import NUMBER, View

# So many equalities from the beginning of the text are looked at, so many pairs of them, and so many letters in each.
MOST_EQUALITIES = 12
MOST_PAIRS = 6
MOST_LETTERS = 3
Equality = tuple[Node, Node]


def take_layers(context: Context, found: list[Piece]) -> None:
    """Take the letters of two layers for those of the exercise, where the text states them one after the other in other letters."""
    layers = [(view, *names) for view in context.views if (names := layers_of(view))]
    if not layers:
        return
    formulas = formulas_of(context, found)
    written = letters_written(formulas) | {name for tokens in formulas for name in numbered_in(tokens)}
    stated = [with_sums(context, *sides) for sides in islice(equalities(context, formulas), MOST_EQUALITIES)]
    if _take_activated(context, found, stated, written, layers):
        return
    meant = _in_two_formulas(context, written, stated, layers)
    meant = meant or _in_two_formulas(context, written, [(_numbered(left), _numbered(right)) for left, right in stated], layers)
    meant = meant or [view for sides in stated for view in _in_one_formula(context, written, sides, layers)]
    if meant:
        context.look_at((*meant, *context.views))


def _in_two_formulas(
    context: Context, written: set[str], stated: list[Equality], layers: list[tuple[View, str, str]]
) -> list[View]:
    """The views of two layers that are stated one after the other, or the other way round."""
    # Where one object is meant, a layout of many may be as well.
    meant: list[View] = []
    for first, second in islice(_pairs(stated), MOST_PAIRS):
        for view, hidden, output in layers:
            layouts = (view, *in_layouts(view, output))
            both = ((first, hidden), (second, output))
            meant += stated_in(context, written, layouts, both)
            biases = view.behind(output).intersection(BIASES)
            if biases and not meant and written.isdisjoint(biases | {BIASES[0]}):
                # Layers without biases, which the text has nowhere.
                layouts = tuple(_without(each, biases, (hidden, output)) for each in layouts)
                meant += stated_in(context, written, layouts, both, may_be_own=True)
        if meant:
            break
    return meant


def _numbered(node: Node) -> Node:
    """An expression where each letter with one number below it is a name: the ``B_1`` and ``\\beta_1`` of a layer are no entries."""
    if isinstance(node, kinds.Indexed) and isinstance(node.body, kinds.Name) and len(node.indices) == 1:
        (index,) = node.indices
        if isinstance(index, kinds.Number) and index.value.denominator == 1:
            return kinds.Name(f"{node.body.text}_{index.value}")
    return node.rebuilt(_numbered)


def _in_one_formula(context: Context, written: set[str], sides: Equality, layers: list[tuple[View, str, str]]) -> Iterator[View]:
    """The views of two layers that are stated in one formula, in the exercise's letters: ``y = (x W_1 + b_1) W_2 + b_2``."""
    name = name_of(sides[0])
    for view, hidden, output in layers:
        weights = view.behind(output) & view.variables.keys() - view.behind(hidden)
        is_layer = name not in ("", hidden) and context.shape_in(view, output) != NUMBER
        is_meant = is_layer and view.behind(hidden) & view.variables.keys() | weights <= {*in_order(sides[1])}
        if is_meant and holds(context.setting((view,)), kinds.Name(output), sides[1]):
            yield with_names(view, ({} if name == output else {name: output}) | upstream_of(context, view, written))


def numbered_in(tokens: list[Token]) -> Iterator[str]:
    """The names with a number below them in a formula."""
    bare = without_braces(tokens)
    return (f"{letter}_{number}" for letter, sign, number in zip(bare, bare[1:], bare[2:]) if sign == "_" and str(number).isdigit())


def _without(view: View, biases: Set[str], names: tuple[str, ...]) -> View:
    """The view where all biases are zero in what some names are defined as."""
    for name in names:
        for bias in sorted(biases & view.definitions[name][0].body.names):
            view = without_term(view, name, bias)
    return view


def with_sums(context: Context, left: Node, right: Node) -> Equality:
    """An equality with the sums that a repeated index stands for."""
    sizes = frozenset(letter for view in context.views for letter in view.letters)
    return both_summed(left, right, sizes) or (left, right)


def _take_activated(
    context: Context, found: list[Piece], stated: list[Equality], written: set[str], layers: list[tuple[View, str, str]]
) -> bool:
    """Look at two layers with a function between them, and at none without it, where the text states them so; return whether it does."""
    if read_letters_of_functions(context, found, stated):
        stated = list(islice(equalities(context, formulas_of(context, found)), MOST_EQUALITIES))
    stated = with_functions_apart(stated)
    for activation in activations(stated):
        pairs = list(islice(_around(stated, activation), MOST_PAIRS))
        for view, hidden, output in layers if pairs else ():
            between = activation.between(view, hidden, output)
            given = {activation.name: ACTIVATED}
            for first, second in pairs:
                around = (((first, hidden),) if first else ()) + ((second, output),)
                names = given if first else {**given, activation.argument: hidden}
                if not first and hidden in written and activation.argument not in between.names:
                    continue
                if meant := stated_in(context, written, (between, *in_layouts(between, output)), around, names):
                    origins = [each.origin or each for each, *_ in layers]
                    others = [each for each in context.views if not any((each.origin or each) is one for one in origins)]
                    context.look_at((*meant, *others))
                    return True
    return False


def _around(stated: list[Equality], activation: Activation) -> Iterator[tuple[Equality | None, Equality]]:
    """The equality for the layer before a function, if there is one, with that for the layer behind it."""
    before = [each for each in stated if name_of(each[0]) == activation.argument]
    for second in stated:
        names = in_order(second[1])
        if activation.name in names and activation.argument not in names and name_of(second[0]) != activation.argument:
            yield from ((first, second) for first in before or (None,))


def stated_in(
    context: Context,
    written: set[str],
    layouts: tuple[View, ...],
    layers: tuple[tuple[Equality, str], ...],
    given: dict[str, str] | None = None,
    may_be_own: bool = False,
) -> list[View]:
    """Those of some layouts in which equalities state layers one after the other, with their letters for what they name otherwise.

    In the exercise's own letters nothing is named otherwise, and the layouts are taken where that may be.
    """
    stated = []
    for layout in layouts:
        names: dict[str, str] | None = {name: meant for name, meant in (given or {}).items() if name not in layout.names}
        for equality, defined in layers:
            names = _letters(context, layout, (equality, defined), names, written) if names is not None else None
        if names is not None and layout.names.isdisjoint(names):
            names = names | upstream_of(context, layout, written)
            if names or may_be_own:
                stated.append(with_names(layout, names))
    return stated


def upstream_of(context: Context, layout: View, written: set[str]) -> dict[str, str]:
    """The letter without a number for the gradient that comes in: two layers that end in ``y`` have the gradient ``g``."""
    numbered = numbered_upstream(layout)
    letter = numbered.partition("_")[0]
    return {letter: numbered} if may_be_upstream(context, layout, written, letter) else {}


def numbered_upstream(layout: View) -> str:
    """The exercise's name for the gradient that comes in; empty where there is no single one."""
    upstream = upstream_names((layout,))
    return min(upstream) if len(upstream) == 1 else ""


def may_be_upstream(context: Context, layout: View, written: set[str], letter: str) -> bool:
    """Whether a letter that the text writes is free for the gradient that comes in."""
    return (
        letter in written
        and numbered_upstream(layout) not in written
        and letter not in layout.names
        and not is_said(context, letter)
    )


def layers_of(view: View) -> tuple[str, str] | None:
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
    if len(strange) > MOST_LETTERS or len(strange) != len(theirs):
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
