r"""What a text is about, where it is not quite the exercise: its own definitions, with shapes for their letters that all of them fit.

Whoever derives the gradient of ``\|Ax - b\|^2``, or goes on from ``D = W X``, says nothing false of the exercise. What holds for the
text's own definitions holds; nothing is called false for them, since their letters have shapes by guess, and they are no answers.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.context.statements_of_text import equalities, formulas_of, relations, strange_arrays, tokens_of
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.sides import Search
from matrix_checks.derivations.equality.verdicts import HOLDS, NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.losses_behind import Said, whole_name, with_loss
from matrix_checks.derivations.letters.running_statistics import modes_in
from matrix_checks.derivations.names.declared_sizes import shapes_given
from matrix_checks.derivations.names.own_definitions import OwnDefinitions
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import Definition, View
from matrix_checks.derivations.values.joint_inference import typed_together
from matrix_checks.derivations.values.letters import DELTA

MOST_EQUALITIES, MOST_DEFINITIONS, MOST_CLAIMS, MOST_RELATIONS = 30, 12, 4, 60
BY_DEFINITIONS = "by the text's own definitions"
# Words between two letters, in characters.
BETWEEN = 8
# Of what defines something, in parts.
LARGEST = 150
DERIVED = (kinds.Derivative, kinds.Differentiated, kinds.Nabla, kinds.PartialDifferential, kinds.Operator, kinds.Differential)
NO_DEFINITION = (*DERIVED, kinds.HigherOrder, kinds.Dots)
# What begins the names of variations, tangents and adjoints: what these are is a claim.
CHANGES = (DELTA, "\\dot ", "\\bar ", "\\delta_")
Equality = tuple[Node, Node]


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
    stated = list(_definitions(context, islice(equalities(context, formulas), MOST_EQUALITIES), varied))
    if not any(strange_arrays(context, right) or context.shape_of(right) is None for _, right in stated):
        return
    positive = tuple(dict.fromkeys(name for view in context.views for name in view.positive))
    base = View({}, elementwise=any(view.elementwise for view in context.views), loose_bounds=True, positive=positive)
    shapes = _shapes(stated, found)
    typed: View | None = None
    kept: list[Equality] = []
    # Claims say what the text calls the sizes.
    counting = [sides for sides in claims if _ends(sides) and all(_is_short_claim(side) for side in sides)]
    for equality in (*stated[:MOST_DEFINITIONS], *counting[:MOST_CLAIMS]):
        if equality not in stated and (
            typed is None or not _names(equality) <= typed.variables.keys() or _ends(equality) <= typed.names
        ):
            continue
        # What goes with none of the others is left out.
        together = typed_together(base, [*kept, equality], shapes)
        if together is not None:
            typed, kept = together, [*kept, equality]
    if typed is None:
        return
    definitions: dict[str, tuple[Definition, ...]] = {}
    for left, right in kept:
        definitions.setdefault(name_of(left), (Definition(right, _letters(left) or ()),))
    variables = {name: shape for name, shape in typed.variables.items() if name not in definitions}
    if any(view.aliases.get(name, name) in view.definitions for view in context.views for name in variables):
        # What the exercise makes of its variables is none, and must not be held fixed.
        return
    origin = context.views[0].origin or context.views[0]
    view = replace(typed, variables=variables, definitions=definitions, origin=origin)
    whole = with_loss(view, typed.variables, Said(claims, stated), context.views)
    context.own_model = OwnDefinitions(whole, _held(context, found, whole, typed.variables), typed.variables)


def by_own_model(context: Context, left: Node, right: Node, finding: Finding) -> Finding:
    """What was not understood of the exercise, and holds for the text's own definitions, holds; it is no step of the exercise."""
    is_held = any(view.holds_statistics for view in context.views)
    own = context.own_model
    if finding.verdict != NOT_UNDERSTOOD or own is None:
        return finding
    model = own.held if is_held and own.held is not None else own.view
    # What stands between is made of the variables, and nobody says that it is held fixed.
    setting = replace(context.setting((model,)), search=Search(total_only=True))
    return Finding(HOLDS, BY_DEFINITIONS, earns=False) if holds(setting, left, right) else finding


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


def _definitions(context: Context, found: Iterator[Equality], varied: set[str]) -> Iterator[Equality]:
    """The first equality that says what a name is, for each name, where it is not false for the exercise.

    What is differentiated by is no result of what stands before: ``x = (A^T A)^{-1} A^T b`` is a solution.
    """
    seen: set[str] = set()
    used: set[str] = set()
    for left, right in found:
        name = name_of(left)
        is_first = name not in seen
        # What is said first of a name is what it is, also where that is of no use here.
        seen.add(name)
        if not is_first or name in right.names or not right.kinds.isdisjoint(NO_DEFINITION) or _says_nothing(right):
            continue
        if sum(1 for _ in right.everything) > LARGEST:
            continue
        if _letters(left) is None or (name in used and name in varied) or name.startswith(CHANGES):
            continue
        if name in context.known and not holds(context.setting(), left, with_parts(context, right)):
            # A mistake in the exercise's own statement is no other model.
            continue
        used |= right.names
        yield without_argument(left), right


def _is_short_claim(side: Node) -> bool:
    return side.kinds.isdisjoint(DERIVED) and sum(1 for _ in side.everything) <= LARGEST


def _says_nothing(right: Node) -> bool:
    """Whether a side is a name, a number, or a function of which nothing is known."""
    is_call = isinstance(right, kinds.Product) and len(right.factors) == 2 and isinstance(right.factors[1], kinds.Group)
    return isinstance(right, (kinds.Name, kinds.Number)) or (is_call and without_argument(right) is not right)


def _names(sides: Equality) -> set[str]:
    """The names of an equality that are no indices, and no ends of sums."""
    bound = {index for side in sides for index in free_indices(side, ())}
    bound |= {part.index for side in sides for part in side.everything if isinstance(part, kinds.Sum)}
    return {name for side in sides for name in side.names} - bound - _ends(sides)


def _ends(sides: Equality) -> set[str]:
    """The letters that end sums."""
    sums = (part for side in sides for part in side.everything if isinstance(part, kinds.Sum))
    return {part.upper.text for part in sums if isinstance(part.upper, kinds.Name)}


def _letters(left: Node) -> tuple[str, ...] | None:
    """The indices of what is defined; ``None`` where these are no letters that differ."""
    left = without_argument(left)
    if not isinstance(left, kinds.Indexed):
        return ()
    letters = tuple(each.text for each in left.indices if isinstance(each, kinds.Name))
    return letters if len(set(letters)) == len(left.indices) else None


def _shapes(stated: list[Equality], found: list[Piece]) -> dict[str, tuple[str, str]]:
    names = {name for sides in stated for side in sides for name in side.names}
    return {name: shape for name, shape in shapes_given(found) if name in names}
