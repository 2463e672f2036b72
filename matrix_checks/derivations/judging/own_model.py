r"""What a text is about, where it is not quite the exercise: its own definitions, with shapes for their letters that all of them fit.

Whoever derives the gradient of ``\|Ax - b\|^2``, or goes on from ``D = W X``, says nothing false of the exercise. What holds for the
text's own definitions holds; nothing is called false for them, since their letters have shapes by guess, and they are no answers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from itertools import chain, islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.context.stated_by_gradients import stated_by_gradients
from matrix_checks.derivations.context.statements_of_text import (
    equalities,
    formulas_of,
    relations,
    stated_behind,
    tokens_of,
)
from matrix_checks.derivations.equality.attempts import verdict_in_view
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.sides import Search
from matrix_checks.derivations.equality.verdicts import HOLDS, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.losses_behind import Said, whole_name, with_gradients_named, with_loss
from matrix_checks.derivations.judging.own_recursions import with_recursions
from matrix_checks.derivations.judging.own_statements import (
    DERIVED,
    LARGEST,
    Sides,
    by_what_they_rest_on,
    called_jacobians,
    definitions_of_text,
    higher_than_wide,
    indices_of,
    is_own,
    labels_among,
    losses_differentiated,
    speaks_of_traces,
    takes_entries,
    unnamed_loss,
)
from matrix_checks.derivations.letters.losses_in_words import numbers_in_words, numbers_stated
from matrix_checks.derivations.letters.own_losses import with_normed
from matrix_checks.derivations.letters.running_statistics import modes_in
from matrix_checks.derivations.names.declared_sizes import shapes_given
from matrix_checks.derivations.names.own_definitions import OwnDefinitions
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import NUMBER, Definition, View
from matrix_checks.derivations.values.jets import CannotEvaluate, ShapeError
from matrix_checks.derivations.values.joint_inference import typed_together

MOST_EQUALITIES, MOST_DEFINITIONS, MOST_CLAIMS, MOST_RELATIONS = 30, 12, 4, 60
# Words between two letters, in characters.
BETWEEN = 8


def take_own_model(context: Context, found: list[Piece]) -> None:
    """Keep the text's own definitions, where some of them are in letters that the exercise does not have, or as it has them not."""
    formulas = formulas_of(context, with_recursions(found))
    claims = list(islice(relations(context, formulas), MOST_RELATIONS))
    derivatives = [part for sides in claims for side in sides for part in side.everything if isinstance(part, kinds.Derivative)]
    varied, tops = {whole_name(part.bottom) for part in derivatives}, {whole_name(part.top) for part in derivatives}
    said = list(islice(chain(equalities(context, formulas), stated_behind(context, formulas)), MOST_EQUALITIES))
    called = called_jacobians(context, found)
    stated_before = {name_of(left) for left, _ in said}
    said += [sides for sides in stated_by_gradients(claims) if name_of(sides[0]) not in {*stated_before, ""}]
    if not any(whole_name(left) in tops for left, _ in said):
        said += unnamed_loss(claims)
    said += _called_losses(context, found, tops, {name_of(left) for left, _ in said} | numbers_stated(context, formulas))
    arguments = _arguments_of_gradients(derivatives) | dict(_arguments(left for left, _ in said))
    varied |= set(arguments.values())
    said = list(by_what_they_rest_on(said, derivatives))
    # A name of the exercise may stand for something else; where that is no help, as it is there.
    ways = [list(definitions_of_text(context, said, varied, called, may_differ)) for may_differ in (True, False)]
    fitting = [
        each
        for place, stated in enumerate(ways)
        if stated not in ways[:place]
        for each in _models(context, found, stated, Said(claims, stated))
    ]
    if fitting:
        fitting = [replace(each, arguments=arguments, varied=frozenset(varied)) for each in fitting]
        context.own_model = replace(fitting[0], others=tuple(fitting[1:]))


def _called_losses(context: Context, found: list[Piece], tops: set[str], stated: set[str]) -> Iterator[Sides]:
    """The exercise's number that a text differentiates, with what words call its loss: "for the loss $\\|X - AS\\|^2 + \\lambda \\|A\\|^2$"."""
    numbers = sorted(name for name in tops & context.known - stated if context.shape_of(kinds.Name(name)) == NUMBER)
    for number, is_called in numbers_in_words(context, found) if len(numbers) == 1 else ():
        if is_called and not any(holds(context.setting((view,)), kinds.Name(numbers[0]), number) for view in context.views):
            yield kinds.Name(numbers[0]), number
            return


def _models(context: Context, found: list[Piece], stated: list[Sides], said: Said) -> Iterator[OwnDefinitions]:
    r"""The text's own definitions, and the same with numbers for its losses: the ``W`` of ``L = (XW - Y)^\top (XW - Y)`` is a column."""
    shapes = _shapes(stated, found)
    model = _model(context, stated, said, shapes, found)
    if model is not None and (models_of := _equations_of_model(context, model, stated)):
        # Let y = Xw: of the loss \|y - Xw\|^2 that is what it would be zero for.
        stated = [sides for sides in stated if name_of(sides[0]) not in models_of]
        model = _model(context, stated, said, shapes, found)
    if model is None:
        return
    yield model
    labels = labels_among(model.view)
    if labels:
        # Labels sum to one, which a text need not say.
        yield replace(model, view=reduce(with_normed, sorted(labels), model.view))
    losses = losses_differentiated(said.claims, model.view.definitions)
    if losses and not speaks_of_traces(said.claims, found):
        as_numbers = _model(context, stated, said, {**shapes, **dict.fromkeys(losses, NUMBER)}, found, capital_columns=True)
        if as_numbers is not None and as_numbers.shapes != model.shapes:
            yield as_numbers


def _equations_of_model(context: Context, own: OwnDefinitions, stated: list[Sides]) -> set[str]:
    """The names in a number of the text's own that would be zero by what the text sets them equal to."""
    numbers = {name_of(left) for left, _ in stated if own.shapes.get(name_of(left)) == NUMBER} & own.view.definitions.keys()
    zero = {name for name in numbers if _is_zero(context, own, name)}
    behind = {name for number in zero for name in own.view.behind(number)} - zero
    return behind & {name_of(left) for left, _ in stated}


def _is_zero(context: Context, own: OwnDefinitions, name: str) -> bool:
    setting = replace(context.setting((own.view,)), search=Search(total_only=True))
    try:
        return verdict_in_view(setting, own.view, Equality(kinds.Name(name), ZERO)) == HOLDS
    except (NotUnderstood, CannotEvaluate, ShapeError):
        return False


def _model(
    context: Context,
    stated: list[Sides],
    said: Said,
    given: Mapping[str, tuple[str, str]],
    found: list[Piece],
    capital_columns: bool = False,
) -> OwnDefinitions | None:
    """The text's own definitions in shapes that all of them fit; ``None`` where none is in letters of its own, or none fits."""
    if not any(is_own(context, left, right) for left, right in stated):
        return None
    claims = said.claims
    positive = tuple(dict.fromkeys(name for view in context.views for name in view.positive))
    of_entries = any(view.elementwise for view in context.views) or takes_entries(stated)
    base = View({}, elementwise=of_entries, loose_bounds=True, positive=positive)
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
        together = typed_together(base, [*kept, equality], given, capital_columns)
        if together is not None and not _makes_variables(context, together, [*kept, equality], said):
            typed, kept = together, [*kept, equality]
    if typed is None or _transposes_numbers(typed, kept):
        return None
    definitions: dict[str, tuple[Definition, ...]] = {}
    for left, right in kept:
        definitions.setdefault(name_of(left), (Definition(right, indices_of(left) or ()),))
    high = higher_than_wide(said.claims)
    # The size of the first letter is the largest.
    ordered = sorted(typed.variables.items(), key=lambda item: (item[0] not in high, item[0]))
    variables = {name: shape for name, shape in ordered if name not in definitions}
    origin = context.views[0].origin or context.views[0]
    view = replace(typed, variables=variables, definitions=definitions, origin=origin)
    whole = with_gradients_named(with_loss(view, typed.variables, said, context.views), said, context.known)
    for small in sorted(_entries(claims) - typed.names - definitions.keys()):
        if small.upper() in typed.names | definitions.keys():
            whole = whole.with_alias(small, small.upper())
    return OwnDefinitions(whole, _held(context, found, whole, typed.variables), typed.variables)


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


def _transposes_numbers(typed: View, kept: list[Sides]) -> bool:
    """Whether an entry of a column with a capital letter is transposed: the ``H_k^T`` of a step is a matrix, and no number."""
    parts = (part.body for sides in kept for side in sides for part in side.everything if isinstance(part, kinds.Transposed))
    return any(
        isinstance(body, kinds.Indexed)
        and whole_name(body)[:1].isupper()
        and len(body.indices) == 1
        and "1" in typed.variables.get(whole_name(body), ("", ""))
        for body in parts
    )


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


def _arguments_of_gradients(derivatives: Iterable[kinds.Derivative]) -> dict[str, str]:
    """The names that are differentiated by one variable only, with it: it is the argument that may stand behind each."""
    bottoms: dict[str, set[Node]] = {}
    for part in derivatives:
        bottoms.setdefault(whole_name(part.top), set()).add(part.bottom)
    single = {name: next(iter(each)) for name, each in bottoms.items() if len(each) == 1}
    return {name: each.text for name, each in single.items() if isinstance(each, kinds.Name) and each.text}


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
