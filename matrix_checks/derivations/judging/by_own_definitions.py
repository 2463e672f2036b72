"""What holds for a text's own definitions, where it is not quite about the exercise; nothing is called false for them."""

from collections.abc import Mapping
from dataclasses import replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.attempts import verdict_in_view
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.sides import Search
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, Equality, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.dotted import with_whole_columns
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.own_solutions import at_own_minimum, own_solution
from matrix_checks.derivations.letters.said_symmetric import symmetric_models
from matrix_checks.derivations.names.extrema import as_gradients, is_extremum
from matrix_checks.derivations.names.own_definitions import OwnDefinitions
from matrix_checks.derivations.names.unnamed_variables import UNNAMED, with_variables_named
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import NUMBER
from matrix_checks.derivations.values.jets import CannotEvaluate, ShapeError

BY_DEFINITIONS = "by the text's own definitions"
OF_OTHER = "it holds for what the exercise has by this name, and not for what the text says it is"
FALSE_OF_OTHER = "it is false for what the exercise has by this name, and the text says that it is something else"


def by_own_model(context: Context, left: Node, right: Node, finding: Finding) -> Finding:
    """What was not understood of the exercise, and holds for the text's own definitions, holds; it is no step of the exercise."""
    own = context.own_model
    if own is not None and finding.verdict in (HOLDS, OTHER_LAYOUT, FALSE) and _is_of_other(context, own, left, right):
        return _of_other(finding, _verdict(context, own, own, left, right))
    if own is None or finding.verdict not in (NOT_UNDERSTOOD, FALSE) or _is_asked(context, left):
        return finding
    strange = {name for name in own.view.variables if {name, name.upper()}.isdisjoint(context.known)}
    if finding.verdict == FALSE and strange.isdisjoint(left.names | right.names):
        # Of the exercise's letters alone the exercise says what is true.
        return finding
    if finding.verdict == FALSE and any("1" in own.shapes.get(name, ()) and name[0].isupper() for name in left.names | right.names):
        # Numbers may be multiplied in any order, and whoever writes capital letters may mean matrices.
        return finding
    verdict = None
    for each in (own, *own.others):
        verdict = verdict or next((v for v in (_verdict(context, own, each, left, right),) if v in (HOLDS, OTHER_LAYOUT)), None)
    at_minimum = own_solution if verdict is not None else at_own_minimum
    for each in (own, *own.others):
        found = at_minimum(each, left, right, lambda *sides, each=each: _verdict(context, own, each, *sides) == HOLDS)
        if found is not None:
            return found
    if verdict != HOLDS and any(_holds_for_symmetric(context, own, each, left, right) for each in (own, *own.others)):
        return Finding(HOLDS, BY_DEFINITIONS, as_written=False, earns=False)
    return Finding(verdict, BY_DEFINITIONS, earns=False) if verdict is not None else finding


def _is_asked(context: Context, left: Node) -> bool:
    """Whether a side is a gradient that the exercise has a name for: it is no name of the text's own, whatever that sets it equal to."""
    name = left.text if isinstance(left, kinds.Name) else ""
    given = [(view.origin or view).definitions.get(view.aliases.get(name, name), ()) for view in context.views]
    return any(isinstance(each.body, kinds.Derivative) for found in given for each in found[:1])


def _holds_for_symmetric(context: Context, own: OwnDefinitions, each: OwnDefinitions, left: Node, right: Node) -> bool:
    """Whether an equality holds where matrices of the text's own are symmetric that it says to be so."""
    models = symmetric_models(context, each.view, left, right)
    return any(_verdict(context, own, replace(each, view=view, held=None), *sides) == HOLDS for view, *sides in models)


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
    if is_extremum(left) or is_extremum(right):
        return HOLDS if any(_verdict(context, own, each, *sides) == HOLDS for sides in as_gradients(left, right)) else None
    is_held = any(view.holds_statistics for view in context.views)
    model = each.held if is_held and each.held is not None else each.view
    # What stands between is made of the variables, and nobody says that it is held fixed.
    setting = replace(context.setting((model,)), search=Search(total_only=True))
    sides = (with_whole_columns(_without_calls(side, own.arguments)) for side in (left, right))
    left, right = _with_same_variable(*(with_variables_named(side, (), model.definitions, own.arguments) for side in sides))
    try:
        if ZERO not in (left, right) and verdict_in_view(setting, model, Equality(left, ZERO)) == HOLDS:
            # Of the solution of an equation all multiples are zero.
            return None
        return verdict_in_view(setting, model, Equality(left, right)) or FALSE
    except (NotUnderstood, CannotEvaluate, ShapeError):
        return None


def _with_same_variable(left: Node, right: Node) -> tuple[Node, Node]:
    r"""The sides with gradients by what the other side differentiates by, where they do not say it: ``\\nabla f(x) = \\nabla c^\\top x``."""
    bottoms = {part.bottom for side in (left, right) for part in side.everything if isinstance(part, kinds.Derivative)}
    named = bottoms - {UNNAMED}
    if len(named) != 1 or UNNAMED not in bottoms:
        return left, right
    (variable,) = named

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        return replace(node, bottom=variable) if isinstance(node, kinds.Derivative) and node.bottom == UNNAMED else node

    return change(left), change(right)


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
