r"""Another output than the exercise's, by its name: whoever writes ``y_i = e^{-x_i} / \sum_j e^{-x_j}`` may speak of a variant.

Where what is derived from it bears it out, the text means it. Then neither the statement nor what follows from it is called false; both
wait for a person, and so does what is right only of the exercise's output. A statement that nothing bears out is a slip. One that comes later is a
variant: what holds for it alone is not called false.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.context.statements_of_text import equalities, formulas_of, relations
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.some_convention import holds_in_some_convention
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.cases_tried import cases_tried
from matrix_checks.derivations.prose.prose import Case
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.values.exercise import NUMBER, Definition, View

# What layers and the first exercises call what comes out.
OUTPUT = "y"
MOST_EQUALITIES, MOST_RELATIONS, MOST_VARIANTS = 20, 40, 4
DERIVED = (kinds.Derivative, kinds.Differentiated, kinds.Nabla, kinds.Operator)


def take_own_output(context: Context, found: list[Piece]) -> None:
    """Look at the exercise with the text's own output, too, where what the text derives bears that out."""
    if context.memory.leaves_epsilon_out:
        # That is another convention, and no other output.
        return
    formulas, is_first = formulas_of(context, found), True
    for left, right in islice(equalities(context, formulas), MOST_EQUALITIES):
        # Numbers alone are those of an example.
        if not _is_output(context, left) or not right.kinds.isdisjoint(DERIVED) or not right.names:
            continue
        if without_argument(left) is not left:
            # A function of the variable has values that are written with it.
            return
        whole = with_parts(context, right)
        is_of_exercise = _is_of_exercise(context, left, right, whole)
        is_usual = OUTPUT in whole.names or _has_numbered_entries(whole) or is_of_exercise
        own = () if is_usual else _borne_out(context, formulas, left, whole) or _with_temperature(context, formulas, left, whole)
        if is_first and own:
            # What a text sets it equal to first is what it is.
            context.look_at((*own, *context.views))
        elif own and len(context.variants) < MOST_VARIANTS:
            context.variants += own
        if is_first and not (own or is_of_exercise):
            return
        is_first = False


def _with_temperature(context: Context, formulas: list[list[Token]], left: Node, whole: Node) -> tuple[View, ...]:
    r"""The views with an output that has a number of the text's own below an exponent: no slip of the pen puts the ``T`` of ``e^{x_i/T}`` there."""
    temperatures = _temperatures(context, whole)
    if len(temperatures) != 1 or any(name_of(one) in temperatures for one, _ in equalities(context, formulas)):
        # It has a value, with which this is the exercise's output.
        return ()
    views = [view for view in context.views if OUTPUT in view.definitions]
    typed = [replace(view, variables={**view.variables, **dict.fromkeys(temperatures, NUMBER)}) for view in views]
    own = tuple(_with_output(view, left, whole) for view in typed)
    is_other = own and holds(context.setting(own), left, whole) and not holds(context.setting(tuple(typed)), left, whole)
    return own if is_other else ()


def _temperatures(context: Context, whole: Node) -> set[str]:
    """The letters that the exercise does not have, beside an exponent, and in no index."""
    exponents = [part.exponent for part in whole.everything if isinstance(part, kinds.Power)]
    exponents += [
        argument
        for part in whole.everything
        if isinstance(part, kinds.Function) and part.name == "exp"
        for argument in part.arguments
    ]
    indices = {
        name for part in whole.everything if isinstance(part, kinds.Indexed) for index in part.indices for name in index.names
    }
    bound = {part.index for part in whole.everything if isinstance(part, kinds.Sum)}
    return {name for each in exponents for name in each.names} - context.known - indices - bound - {"e"}


def _is_of_exercise(context: Context, left: Node, right: Node, whole: Node) -> bool:
    return any(holds_in_some_convention(context.setting(), left, each) for each in (right, whole))


def _borne_out(context: Context, formulas: list[list[Token]], left: Node, whole: Node) -> tuple[View, ...]:
    """The views with an output of the text's own, where something that it derives holds in them only; none otherwise."""
    derived = [sides for sides in relations(context, formulas) if _is_derived(context, *sides)]
    for own in _with_outputs(context, left, whole):
        for one, other in derived[:MOST_RELATIONS]:
            sides = with_parts(context, one), with_parts(context, other)
            if any(_bears_out(context, own, case, *sides) for case in cases_tried(context, *sides)):
                return own
    return ()


def _is_output(context: Context, left: Node) -> bool:
    """Whether it is the output, or any entry of it; that with a number is one of an example."""
    name = name_of(left)
    if isinstance(left, kinds.Indexed) and not all(isinstance(each, kinds.Name) for each in left.indices):
        return False
    # Whoever differentiates a number gives many examples of one, by its name.
    return any(view.elementwise and view.aliases.get(name, name) == OUTPUT and OUTPUT in view.definitions for view in context.views)


def _has_numbered_entries(node: Node) -> bool:
    """Whether it is written out for so many entries: that is a case of the exercise."""
    indices = (index for part in node.everything if isinstance(part, kinds.Indexed) for index in part.indices)
    return any(isinstance(index, kinds.Number) for index in indices)


def _bears_out(context: Context, own: tuple[View, ...], case: Case | None, left: Node, right: Node) -> bool:
    """Whether an equality holds with the text's own output only."""
    ours, given = (replace(context.setting(views), case=case, kept={}) for views in (own, ()))
    return holds(ours, left, right) and not holds_in_some_convention(given, left, right)


def _with_outputs(context: Context, left: Node, whole: Node) -> Iterator[tuple[View, ...]]:
    """The views with an output of the text's own; where its shape is not that of the output, with two sizes that are the same.

    What is added to its input, as by a residual connection, has its size.
    """
    views = [view for view in context.views if OUTPUT in view.definitions]
    own = tuple(_with_output(view, left, whole) for view in views)
    if any(holds(context.setting((view,)), left, whole) for view in own):
        yield own
        return
    for size, other in combinations(dict.fromkeys(letter for view in views for letter in view.letters), 2):
        alike = tuple(
            _with_output(view.with_equal_sizes(other, size), left, whole) for view in views if {size, other} <= {*view.letters}
        )
        if any(holds(context.setting((view,)), left, whole) for view in alike):
            yield alike


def _with_output(view: View, left: Node, body: Node) -> View:
    return view.stating(OUTPUT, definition_of(left, body))


def definition_of(left: Node, body: Node) -> Definition:
    """What an equality says that the name on its left side is, with the letters of its indices."""
    letters = tuple(each.text for each in left.indices if isinstance(each, kinds.Name)) if isinstance(left, kinds.Indexed) else ()
    return Definition(body, letters)


def _is_derived(context: Context, left: Node, right: Node) -> bool:
    """Whether an equality has a derivative, says what a gradient is that the exercise names, or something of the output but what it is."""
    name = name_of(left)
    if not (left.kinds | right.kinds).isdisjoint(DERIVED) or (not name and OUTPUT in left.names | right.names):
        return True
    found = (each.body for view in context.views for each in view.definitions.get(view.aliases.get(name, name), ())[:1])
    return any(kinds.Derivative in body.kinds for body in found)
