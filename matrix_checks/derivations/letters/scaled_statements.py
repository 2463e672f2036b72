r"""The exercise's statement in letters of the text's own, with parts that have names or a number beside the variable: ``p_k = e^{z_k/\tau} / S``."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.meanings import OUTPUTS
from matrix_checks.derivations.context.statements_of_text import (
    are_differentiated_only,
    formulas_of,
    indexed_in,
    letters_written,
    relations,
    renamed,
    strange_arrays,
    with_names,
)
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ONE
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.other_letters import entries_and_matrices
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import NUMBER, Definition, View

MOST_RELATIONS = 20


def take_scaled_statement(context: Context, found: list[Piece]) -> None:
    """Take a letter for the exercise's only variable, which the text never writes, where the text states the exercise with it."""
    formulas = formulas_of(context, found)
    variable = unwritten_variable(context, formulas)
    if not variable:
        return
    for left, right in islice(relations(context, formulas), MOST_RELATIONS):
        said = name_of(left)
        left, right = _without_logarithm(left, right)
        name, right = name_of(left), with_parts(context, right)
        output = output_of(context, name, formulas)
        strange = strange_arrays(context, right) - {name}
        arrays = strange & arrays_in(right)
        numbers = (strange - arrays) | {each for each in context.own & right.names if context.shape_at(each) == NUMBER}
        if output and len(arrays) == 1 and len(numbers) <= 1:
            names = {**dict.fromkeys(arrays, variable), name: output}
            if _take(context, (left, right), names, (said, next(iter(numbers), "")), formulas):
                return


def unwritten_variable(context: Context, formulas: list[list[Token]]) -> str:
    """The only variable that the output of the exercise rests on, where the text never writes it; else empty."""
    variables = {name for view in context.views for name in variables_of_output(view)}
    is_written = variables & (letters_written(formulas, alone=False) | context.memory.declared.keys())
    return variables.pop() if len(variables) == 1 and not is_written else ""


def variables_of_output(view: View) -> set[str]:
    """The arrays that the output of a layer rests on."""
    outputs = [view.behind(name) for name in OUTPUTS if name in (view.origin or view).definitions]
    return {name for names in outputs for name in names if view.variables.get(name, NUMBER) != NUMBER}


def _take(
    context: Context, sides: tuple[Node, Node], names: dict[str, str], said: tuple[str, str], formulas: list[list[Token]]
) -> bool:
    """Whether an equality states the exercise with these names; then they are taken.

    Said are the name that the equality gives a meaning to by itself, and the number beside the variable; empty for none.
    """
    name, number = said
    variable = next(iter(names.values()))
    is_one = bool(number) and any(without_braces(tokens) == [number, "=", "1"] for tokens in formulas)
    for factor in (kinds.Quotient(ONE, kinds.Name(number)), kinds.Name(number)) if number else (None,):
        scaled = [with_scaled_variable(view, variable, factor, number) if factor else view for view in context.views]
        named = tuple(with_names(view, names) for view in scaled)
        if not holds(context.setting(named), *(renamed(side, names) for side in sides)):
            continue
        if not number and name:
            # The text itself says what the output is, by names of its own.
            names = {one: meant for one, meant in names.items() if one != name}
        names |= entries_and_matrices(context, names, {name for tokens in formulas for name in indexed_in(tokens)})
        # With the number one the exercise is what it was.
        context.look_at([with_names(view, names) for view in (*scaled, *(context.views if is_one else ()))])
        context.memory.outputs_named |= {one for one, meant in names.items() if meant in OUTPUTS}
        if number:
            context.own.add(number)
        if is_one:
            context.memory.set_to_one.add(number)
        return True
    return False


def scale_in(context: Context, names: Iterable[str]) -> str:
    """A number beside the variable that the text takes for one somewhere, in some names or in what the text defines by them; empty for none."""
    for name in names if context.memory.set_to_one else ():
        for view in context.views:
            is_given = name in view.aliases or name in (view.origin or view).definitions
            spoken = {name} if is_given else {name, *view.behind(name)}
            if spoken & context.memory.set_to_one:
                return min(spoken & context.memory.set_to_one)
    return ""


def with_scaled_variable(view: View, variable: str, factor: Node, number: str) -> View:
    """The exercise with a number beside its variable, wherever that stands in what it defines."""

    def change(node: Node) -> Node:
        is_entry = isinstance(node, kinds.Indexed) and node.body == kinds.Name(variable)
        if is_entry or node == kinds.Name(variable):
            return kinds.Group(kinds.Product((factor, node), ("",)))
        return node.rebuilt(change)

    definitions = {
        name: tuple(Definition(change(each.body), each.indices) for each in found) if name in OUTPUTS else found
        for name, found in view.definitions.items()
    }
    view = view.with_variable(number, NUMBER)
    return replace(view, definitions={**view.definitions, **definitions}, positive=(*view.positive, number))


def output_of(context: Context, name: str, formulas: list[list[Token]]) -> str:
    """What the exercise calls its output, for a name that may stand for it: the text has no other meaning for the exercise's own."""
    for view in context.views:
        for output in OUTPUTS:
            if output not in (view.origin or view).definitions:
                continue
            if view.aliases.get(name, name) == output:
                return output
            if name and name not in context.known and output not in context.restated and are_differentiated_only(formulas, output):
                return output
    return ""


def _without_logarithm(left: Node, right: Node) -> tuple[Node, Node]:
    r"""``\log p_k = z_k - \dots`` says what ``p_k`` is."""
    if isinstance(left, kinds.Function) and left.name == "log":
        return kinds.bare(left.arguments[0]), kinds.Function("exp", (right,))
    return left, right


def arrays_in(node: Node) -> set[str]:
    """The names that have indices in an expression."""
    return {part.body.text for part in node.everything if isinstance(part, kinds.Indexed) and isinstance(part.body, kinds.Name)}
