r"""The exercise's own statement in another layout: whoever writes ``y = W x + b`` has an object in a column, and not in a row."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from itertools import islice, permutations

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import as_entry, name_of
from matrix_checks.derivations.context.statements_of_text import (
    are_crossed,
    differentiated,
    equalities,
    formulas_of,
    in_order,
    letters_written,
    relations,
    renamed,
    strange_arrays,
    variables_of,
    with_names,
    without_index,
)
from matrix_checks.derivations.equality.ambiguous import of_kind
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.rewriting import BIASES, loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.letters_said import speaks_of_exercise
from matrix_checks.derivations.names.left_out_terms import without_term
from matrix_checks.derivations.names.own_names import LOSSES
from matrix_checks.derivations.names.turned_views import in_layouts
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.values.exercise import NUMBER, View

# So many equalities from the beginning of the text are looked at, and so many letters of the text's own in each.
# A text that has a bias somewhere.
_BIAS = re.compile(r"(?i)bias|sesgo|biais|viés|смещ|сдвиг|偏置|バイアス|편향|verschiebung|wyraz woln|grad_?b\b|\bb_\{?[12]")
MOST_EQUALITIES = 20
MOST_LETTERS = 3
MOST_DIFFERENTIATED = 3
# So many formulas state something before a text turns to the exercise's letters.
LEAST_FORMULAS = 4
# So many relations are looked at for what bears a layout out.
MOST_RELATIONS = 40


def take_own_layout(context: Context, found: list[Piece]) -> tuple[View, ...]:
    """Look at the exercise in the text's own layout, too, where the text states it so, and return the views of that layout.

    The exercise's views stay: a text that states the usual layer may still derive what the exercise asks for. What a text says of the
    exercise's own letters in the end, "in the exercise $x = A^\\top$", does not count against letters of its own before.
    """
    return _take(context, found) or _take(context, found[: _translation(found)])


def _translation(found: list[Piece]) -> int:
    """Where a text begins to speak of the exercise, behind what it states in other letters; 0 where it does not."""
    formulas = 0
    for place, piece in enumerate(found):
        formulas += piece.kind != "prose"
        if formulas >= LEAST_FORMULAS and speaks_of_exercise([piece]):
            return place
    return 0


def _take(context: Context, found: list[Piece]) -> tuple[View, ...]:
    """Look at the exercise in the layout in which some formulas state it, and return the views of that layout."""
    formulas = formulas_of(context, found)
    written = letters_written(formulas)
    # What only is spoken of, "my $U$ is your $A$", is no letter of the number that a text states.
    spoken_of = written - letters_written(formulas, alone=False)
    stated = list(islice(equalities(context, formulas), MOST_EQUALITIES))
    stated += islice(differentiated(context, formulas), MOST_DIFFERENTIATED)
    said = frozenset(name_of(left) for left, _ in stated)
    as_asked: set[str] = set()
    speaks_of_bias = any(_BIAS.search(piece.source) for piece in found)
    for left, right in stated:
        ways = [
            (view, defined, names)
            for view in context.views
            for defined, names in _statements(context, view, left, right, (written, spoken_of), said)
        ]
        asked = {
            defined for view, defined, names in ways if _states(context, view, defined, renamed(left, names), renamed(right, names))
        }
        if asked:
            as_asked |= asked
            goes_on = any(name_of(left) in other.names and strange_arrays(context, other) for _, other in stated)
            bare = [] if speaks_of_bias or goes_on else list(_of_no_bias(context, ways, written, left, right))
            if bare:
                context.look_at((*bare, *context.views))
            continue
        for view, defined, names in ways:
            is_number = context.shape_in(view, defined) == NUMBER
            if defined in as_asked and (is_number or _has_indices(left, right)):
                # Whoever mixes up the indices of what was stated before has made a mistake.
                continue
            sides = renamed(left, names), renamed(right, names)
            turned = [each for each in in_layouts(view, defined) if _holds_in(context, each, defined, *sides)]
            is_whole = bool(turned) or defined in as_asked
            turned = turned if is_whole else list(_without_bias(context, view, defined, *sides))
            if turned and not (is_whole and view.elementwise and (not _is_by_entries(left, right) or _is_of_object(left))):
                # Two indices, or the factors of what is no layer, are mixed up soon, and a bias is left out by mistake: what follows
                # has to bear it out.
                turned = _borne_out(context, turned, formulas, names)
            if turned:
                turned += [other for each in turned for other in _turned_alike(context.views, view, each)]
                if (
                    is_whole
                    and view.elementwise
                    and not _is_by_entries(left, right)
                    and not _is_asked(context, view, defined, stated, found)
                ):
                    turned = [replace(each, is_stated=True) for each in turned]
                context.look_at(with_names(each, names) for each in (*turned, *context.views))
                return context.views[: len(turned)]
    return ()


def _is_asked(context: Context, view: View, defined: str, stated: list[tuple[Node, Node]], found: list[Piece]) -> bool:
    """Whether a text states the layer as the exercise has it, too, or speaks of the exercise."""
    return speaks_of_exercise(found) or any(_states(context, view, defined, left, right) for left, right in stated)


def _of_no_bias(
    context: Context, ways: list[tuple[View, str, dict[str, str]]], written: Set[str], left: Node, right: Node
) -> Iterator[View]:
    """The views without a bias in which an equality states a layer, and those with one, in a text that has no letter for it: ``C = AB``."""
    for view, defined, names in ways:
        sides = renamed(left, names), renamed(right, names)
        biases = sorted(view.behind(defined).intersection(BIASES))
        entries = {name.lower() for name in names}
        if (
            not view.elementwise
            or len(biases) != 1
            or not (written - entries).isdisjoint(BIASES)
            or holds(context.setting((view,)), *sides)
        ):
            continue
        without = without_term(view, defined, biases[0])
        if holds(context.setting((without,)), *sides):
            yield from (with_names(each, names) for each in (without, view))
            return


def _turned_alike(views: tuple[View, ...], view: View, turned: View) -> Iterator[View]:
    """The other views that define as many layers or more, in the same layout: whoever has ``b`` as a row has ``b_1`` as one."""
    letters = _turned_letters(view, turned)
    for other in views:
        is_more = other is not view and {name[0] for name in view.variables} <= {name[0] for name in other.variables}
        if not is_more or len(other.variables) <= len(view.variables):
            continue
        outputs = [name for name in (other.origin or other).definitions if name.startswith("y")]
        yield from islice((each for each in in_layouts(other, outputs[-1]) if _turned_letters(other, each) == letters), 1)


def _turned_letters(view: View, turned: View) -> set[str]:
    """The first letters of the variables that have other shapes in a turned view."""
    return {name[0] for name, shape in turned.variables.items() if view.variables.get(name, shape) != shape}


def _borne_out(context: Context, turned: list[View], formulas: list[list[Token]], names: dict[str, str]) -> list[View]:
    """The views in which something of the text holds that does not hold in the exercise's own; nothing of that are statements."""
    stated = list(islice(relations(context, formulas), MOST_RELATIONS))
    gradients = {_letter(left)[0]: (left, right) for left, right in reversed(stated) if isinstance(right, kinds.Derivative)}
    gradients.pop("", None)
    names = {**names, **_loss_among(context, stated)}
    for left, right in stated:
        if _letter(left)[0]:
            continue
        sides = renamed(_in_full(left, gradients), names), renamed(_in_full(right, gradients), names)
        if holds(context.setting(), *sides):
            continue
        found = [view for view in turned if holds(context.setting((view,)), *sides)]
        if found:
            return found
    return []


def _loss_among(context: Context, stated: list[tuple[Node, Node]]) -> dict[str, str]:
    """The only letter of a loss that the text differentiates and that is not yet known, with the exercise's."""
    tops = {part.top.text for sides in stated for part in of_kind(kinds.Derivative, *sides) if isinstance(part.top, kinds.Name)}
    new = tops.intersection(LOSSES) - context.known
    return dict.fromkeys(new, loss_of(context.views).text) if len(new) == 1 else {}


def _letter(node: Node) -> tuple[str, tuple[Node, ...]]:
    """What a side of a definition defines, with its indices."""
    node = as_entry(node)
    return name_of(node), node.indices if isinstance(node, kinds.Indexed) else ()


def _in_full(node: Node, gradients: Mapping[str, tuple[Node, Node]]) -> Node:
    """The same with the derivatives for which the text has letters of its own."""
    name, places = _letter(node)
    if name not in gradients:
        return node.rebuilt(lambda part: _in_full(part, gradients))
    stated, body = gradients[name]
    indices = _letter(stated)[1]
    if len(indices) != len(places):
        return node
    for index, place in zip(indices, places):
        body = body.substituted(index, place)
    return body


def _statements(
    context: Context, view: View, left: Node, right: Node, letters: tuple[Set[str], Set[str]], said: Set[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """What an equality may state of what the exercise gives, with the letters of the text's own for those of the exercise.

    All matrices of the exercise's are in a statement; a letter that the text says something else of is no letter for one.
    """
    name, arrays = name_of(left), strange_arrays(context, right)
    strange = [each for each in in_order(right) if each in arrays]
    if len(strange) > MOST_LETTERS or not said.isdisjoint(strange):
        return
    known = {view.aliases.get(each, each) for each in right.names}
    for defined, definitions in (view.origin or view).definitions.items():
        own = view.aliases.get(name, name) == defined
        if kinds.Derivative in definitions[0].body.kinds or context.shape_in(view, defined) is None:
            continue
        if context.shape_in(view, defined) == NUMBER and (view.elementwise or not all(map(_needs_other_shapes, context.views))):
            # The loss behind a layer is any, and a text that has tr(A^T B) of square matrices states another exercise.
            continue
        written = letters[0] - letters[1] if context.shape_in(view, defined) == NUMBER else letters[0]
        if not own and (defined in written or name in view.names):
            continue
        theirs = variables_of(view, definitions[0].body)
        missing = [each for each in theirs if each not in known and each.lower() not in known]
        if len(strange) < len(missing):
            # A layer may be stated without its bias.
            missing = [each for each in missing if each not in BIASES]
        if len(strange) != len(missing) or not written.isdisjoint(missing):
            continue
        for chosen in permutations(missing):
            names = {**dict(zip(strange, chosen)), **({} if own else {name: defined})}
            if not are_crossed(names):
                yield defined, names


def _needs_other_shapes(view: View) -> bool:
    """Whether there are matrices, and each has as many rows as columns only by chance: turned, none fits in its place."""
    matrices = [shape for shape in view.variables.values() if "1" not in shape]
    return bool(matrices) and all(down != across for down, across in matrices)


def _is_by_entries(*sides: Node) -> bool:
    """Whether it is stated entry by entry, and not object by object, as in ``y_n = W x_n + b``."""
    parts = [part for side in sides for part in side.everything]
    return any(isinstance(part, kinds.Sum) or (isinstance(part, kinds.Indexed) and len(part.indices) > 1) for part in parts)


def _is_of_object(left: Node) -> bool:
    """Whether its object stands above, in brackets, and only what is counted below: ``y_k^{(i)}`` leaves nothing to mix up."""
    return isinstance(left, kinds.Mixed)


def _has_indices(*sides: Node) -> bool:
    return any(isinstance(part, kinds.Indexed) for side in sides for part in side.everything)


def _states(context: Context, view: View, name: str, left: Node, right: Node) -> bool:
    """Whether an equality states in a view what the exercise defines, with its bias or without one."""
    if _holds_in(context, view, name, left, right):
        return True
    left_out = view.behind(name).intersection(BIASES) - {view.aliases.get(each, each) for each in right.names}
    return view.elementwise and any(_holds_in(context, without_term(view, name, each), name, left, right) for each in left_out)


def _without_bias(context: Context, view: View, name: str, left: Node, right: Node) -> Iterator[View]:
    """The layouts of which an equality states all but the bias: without it, and with it, for the text may come to it later."""
    for turned in in_layouts(view, name):
        for bias in sorted(turned.behind(name).intersection(BIASES) - right.names):
            without = without_term(turned, name, bias)
            if _holds_in(context, without, name, left, right):
                yield from (without, turned)


def _holds_in(context: Context, view: View, name: str, left: Node, right: Node) -> bool:
    is_one = "1" in (context.shape_in(view, view.aliases.get(name, name)) or ())
    if is_one and _has_indices(left, right) and not without_index(right).isdisjoint(view.variables):
        # Of one object, W x_i has no meaning: x_i is a number.
        return False
    return holds(context.setting((view,)), left, right)
