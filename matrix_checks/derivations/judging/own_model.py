r"""What a text is about, where it is not quite the exercise: its own definitions, with shapes for their letters that all of them fit.

Whoever derives the gradient of ``\|Ax - b\|^2``, or goes on from ``D = W X``, says nothing false of the exercise. What holds for the
text's own definitions holds; nothing is called false for them, since their letters have shapes by guess, and they are no answers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.context.statements_of_text import (
    equalities,
    formulas_of,
    relations,
    stated_behind,
    tokens_of,
)
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.attempts import verdict_in_view
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.sides import Search
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, Equality, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.losses_behind import Said, whole_name, with_gradients_named, with_loss
from matrix_checks.derivations.judging.own_statements import (
    DERIVED,
    LARGEST,
    Sides,
    called_jacobians,
    definitions_of_text,
    indices_of,
    is_own,
)
from matrix_checks.derivations.letters.running_statistics import modes_in
from matrix_checks.derivations.names.declared_sizes import shapes_given
from matrix_checks.derivations.names.own_definitions import OwnDefinitions
from matrix_checks.derivations.names.unnamed_variables import with_variables_named
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import NUMBER, Definition, View
from matrix_checks.derivations.values.jets import CannotEvaluate, ShapeError
from matrix_checks.derivations.values.joint_inference import typed_together

MOST_EQUALITIES, MOST_DEFINITIONS, MOST_CLAIMS, MOST_RELATIONS = 30, 12, 4, 60
BY_DEFINITIONS = "by the text's own definitions"
OF_OTHER = "it holds for what the exercise has by this name, and not for what the text says it is"
FALSE_OF_OTHER = "it is false for what the exercise has by this name, and the text says that it is something else"
# Words between two letters, in characters.
BETWEEN = 8


def take_own_model(context: Context, found: list[Piece]) -> None:
    """Keep the text's own definitions, where some of them are in letters that the exercise does not have, or as it has them not."""
    formulas = formulas_of(context, found)
    claims = list(islice(relations(context, formulas), MOST_RELATIONS))
    varied = {
        whole_name(part.bottom)
        for sides in claims
        for side in sides
        for part in side.everything
        if isinstance(part, kinds.Derivative)
    }
    said = list(islice(chain(equalities(context, formulas), stated_behind(context, formulas)), MOST_EQUALITIES))
    called = called_jacobians(context, found)
    # A name of the exercise may stand for something else; where that is no help, as it is there.
    ways = [list(definitions_of_text(context, said, varied, called, may_differ)) for may_differ in (True, False)]
    models = [
        _model(context, found, stated, Said(claims, stated)) for place, stated in enumerate(ways) if stated not in ways[:place]
    ]
    fitting = [each for each in models if each is not None]
    if fitting:
        arguments = dict(_arguments(left for left, _ in said))
        context.own_model = replace(fitting[0], arguments=arguments, other=fitting[1] if len(fitting) > 1 else None)


def _model(context: Context, found: list[Piece], stated: list[Sides], said: Said) -> OwnDefinitions | None:
    """The text's own definitions in shapes that all of them fit; ``None`` where none is in letters of its own, or none fits."""
    if not any(is_own(context, left, right) for left, right in stated):
        return None
    claims = said.claims
    positive = tuple(dict.fromkeys(name for view in context.views for name in view.positive))
    base = View({}, elementwise=any(view.elementwise for view in context.views), loose_bounds=True, positive=positive)
    shapes = _shapes(stated, found)
    typed: View | None = None
    kept: list[Sides] = []
    # Claims say what the text calls the sizes.
    counting = [sides for sides in claims if _ends(sides) and all(_is_short_claim(side) for side in sides)]
    for equality in (*stated[:MOST_DEFINITIONS], *counting[:MOST_CLAIMS]):
        if equality not in stated and (
            typed is None or not _names(equality) <= typed.variables.keys() or _ends(equality) <= typed.names
        ):
            continue
        # What goes with none of the others is left out.
        together = typed_together(base, [*kept, equality], shapes)
        if together is not None and not _makes_variables(context, together, [*kept, equality], said):
            typed, kept = together, [*kept, equality]
    if typed is None:
        return None
    definitions: dict[str, tuple[Definition, ...]] = {}
    for left, right in kept:
        definitions.setdefault(name_of(left), (Definition(right, indices_of(left) or ()),))
    variables = {name: shape for name, shape in typed.variables.items() if name not in definitions}
    origin = context.views[0].origin or context.views[0]
    view = replace(typed, variables=variables, definitions=definitions, origin=origin)
    whole = with_gradients_named(with_loss(view, typed.variables, said, context.views), said, context.known)
    for small in sorted(_entries(claims) - typed.names - definitions.keys()):
        if small.upper() in typed.names | definitions.keys():
            whole = whole.with_alias(small, small.upper())
    return OwnDefinitions(whole, _held(context, found, whole, typed.variables), typed.variables)


def by_own_model(context: Context, left: Node, right: Node, finding: Finding) -> Finding:
    """What was not understood of the exercise, and holds for the text's own definitions, holds; it is no step of the exercise."""
    own = context.own_model
    if own is not None and finding.verdict in (HOLDS, OTHER_LAYOUT, FALSE) and _is_of_other(context, own, left, right):
        return _of_other(finding, _verdict(context, own, own, left, right))
    if own is None or finding.verdict not in (NOT_UNDERSTOOD, FALSE):
        return finding
    strange = {name for name in own.view.variables if {name, name.upper()}.isdisjoint(context.known)}
    if finding.verdict == FALSE and strange.isdisjoint(left.names | right.names):
        # Of the exercise's letters alone the exercise says what is true.
        return finding
    if finding.verdict == FALSE and any("1" in own.shapes.get(name, ()) and name[0].isupper() for name in left.names | right.names):
        # Numbers may be multiplied in any order, and whoever writes capital letters may mean matrices.
        return finding
    verdicts = (_verdict(context, own, each, left, right) for each in (own, own.other) if each is not None)
    verdict = next((each for each in verdicts if each in (HOLDS, OTHER_LAYOUT)), None)
    return Finding(verdict, BY_DEFINITIONS, earns=False) if verdict is not None else finding


def _of_other(finding: Finding, verdict: str | None) -> Finding:
    """What was found of the exercise, and of the text's own number."""
    if finding.verdict == FALSE:
        return Finding(HOLDS, BY_DEFINITIONS, earns=False) if verdict == HOLDS else Finding(NOT_UNDERSTOOD, FALSE_OF_OTHER)
    return Finding(NOT_UNDERSTOOD, OF_OTHER) if verdict == FALSE else finding


def _is_of_other(context: Context, own: OwnDefinitions, left: Node, right: Node) -> bool:
    """Whether a number is differentiated that the text defines, and not as the exercise does."""
    parts = (part for side in (left, right) for part in side.everything if isinstance(part, kinds.Derivative))
    names = {name_of(part.top) for part in parts} & own.view.definitions.keys() & context.known
    numbers = {name for name in names if own.shapes.get(name) == NUMBER and not own.view.definitions[name][0].indices}
    bodies = {name: with_parts(context, own.view.definitions[name][0].body) for name in numbers}
    return any(not holds(context.setting(), kinds.Name(name), body) for name, body in bodies.items())


def _verdict(context: Context, own: OwnDefinitions, each: OwnDefinitions, left: Node, right: Node) -> str | None:
    is_held = any(view.holds_statistics for view in context.views)
    model = each.held if is_held and each.held is not None else each.view
    # What stands between is made of the variables, and nobody says that it is held fixed.
    setting = replace(context.setting((model,)), search=Search(total_only=True))
    sides = (_without_calls(side, own.arguments) for side in (left, right))
    left, right = (with_variables_named(side, (), model.definitions, own.arguments) for side in sides)
    try:
        if ZERO not in (left, right) and verdict_in_view(setting, model, Equality(left, ZERO)) == HOLDS:
            # Of the solution of an equation all multiples are zero.
            return None
        return verdict_in_view(setting, model, Equality(left, right)) or FALSE
    except (NotUnderstood, CannotEvaluate, ShapeError):
        return None


def _without_calls(node: Node, arguments: Mapping[str, str]) -> Node:
    """The same without the arguments of the text's own functions, which are its variables: ``J`` for ``J(w)``, and in a gradient of it."""
    node = node.rebuilt(lambda part: _without_calls(part, arguments))
    if not isinstance(node, kinds.Product):
        return node
    kept = [
        place
        for place, factor in enumerate(node.factors)
        if not place or not isinstance(factor, kinds.Group) or not _is_argument(node.factors[place - 1], factor.body, arguments)
    ]
    if len(kept) == len(node.factors):
        return node
    signs = ("", *node.signs)
    factors = tuple(node.factors[place] for place in kept)
    return kinds.Product(factors, tuple(signs[place] for place in kept[1:])) if len(factors) > 1 else factors[0]


def _is_argument(function: Node, argument: Node, arguments: Mapping[str, str]) -> bool:
    inside = function.top if isinstance(function, kinds.Derivative) else function
    return isinstance(inside, kinds.Name) and isinstance(argument, kinds.Name) and arguments.get(inside.text) == argument.text


def _held(context: Context, found: list[Piece], model: View, shapes: dict[str, tuple[str, str]]) -> View | None:
    """The text's own definitions but for those of statistics, where words say that these are fixed; ``None`` where nothing is."""
    fixed = modes_in(context, found)
    first = next((place for place, is_fixed in enumerate(fixed) if is_fixed), None)
    if first is None:
        return None
    while first and (found[first - 1].kind != "prose" or len(found[first - 1].source) < BETWEEN):
        # "$\\mu$, $v$ come from the running averages"
        first -= 1
    near = [piece for piece in found[first:] if piece.kind != "prose"]
    names = {context.only_name(tokens_of(context, piece)) for piece in near} | {
        name for view in context.views for name in view.updates
    }
    # A statistic has a number for many objects.
    names = {name for name in names & model.definitions.keys() if "1" in shapes.get(name, ())}
    variables = {**model.variables, **{name: shapes[name] for name in names}}
    definitions = {name: each for name, each in model.definitions.items() if name not in names}
    return replace(model, variables=variables, definitions=definitions) if names else None


def _entries(claims: list[Sides]) -> set[str]:
    """The small letters that are written with two indices: those of the entries of the capital ones."""
    parts = (part for sides in claims for side in sides for part in side.everything if isinstance(part, kinds.Indexed))
    pairs = (part.body.text for part in parts if len(part.indices) == 2 and isinstance(part.body, kinds.Name))
    return {name for name in pairs if len(name) == 1 and name.islower()}


def _arguments(stated: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """The functions of one letter among the left sides of equalities, with that letter."""
    for left in stated:
        argument = kinds.bare(left.factors[-1]) if isinstance(left, kinds.Product) else left
        if isinstance(without_argument(left), kinds.Name) and isinstance(argument, kinds.Name) and argument is not left:
            yield name_of(left), argument.text


def _makes_variables(context: Context, typed: View, kept: list[Sides], said: Said) -> bool:
    """Whether what the exercise makes of its variables would be a variable: it must not be held fixed.

    A column that the text says nothing of is not the exercise's number, though it has its letter.
    """
    defined, spoken_of = {name_of(left) for left, _ in kept}, {name_of(left) for left, _ in said.claims}
    for name, shape in typed.variables.items():
        is_made = any(view.aliases.get(name, name) in view.definitions for view in context.views)
        is_column = context.shape_of(kinds.Name(name)) == NUMBER != shape and name not in spoken_of
        if name not in defined and is_made and not is_column:
            return True
    return False


def _is_short_claim(side: Node) -> bool:
    return side.kinds.isdisjoint(DERIVED) and sum(1 for _ in side.everything) <= LARGEST


def _names(sides: Sides) -> set[str]:
    """The names of an equality that are no indices, and no ends of sums."""
    bound = {index for side in sides for index in free_indices(side, ())}
    bound |= {part.index for side in sides for part in side.everything if isinstance(part, kinds.Sum)}
    return {name for side in sides for name in side.names} - bound - _ends(sides)


def _ends(sides: Sides) -> set[str]:
    """The letters that end sums."""
    sums = (part for side in sides for part in side.everything if isinstance(part, kinds.Sum))
    return {part.upper.text for part in sums if isinstance(part.upper, kinds.Name)}


def _shapes(stated: list[Sides], found: list[Piece]) -> dict[str, tuple[str, str]]:
    names = {name for sides in stated for side in sides for name in side.names}
    return {name: shape for name, shape in shapes_given(found) if name in names}
