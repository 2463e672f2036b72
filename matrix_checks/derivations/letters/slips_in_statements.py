r"""The exercise's statement in the text's own letters with a slip in it, ``p_k = e^{z_k} / \sum_l e^{z_k}``: what follows is meant of either.

What is derived from it holds where it is right for what the text wrote, or for what the exercise says; it is false where it is neither.
"""

from dataclasses import replace
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.statements_of_text import (
    equalities,
    formulas_of,
    indexed_in,
    renamed,
    strange_arrays,
    with_names,
)
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.other_letters import entries_and_matrices
from matrix_checks.derivations.letters.scaled_statements import (
    MOST_RELATIONS,
    arrays_in,
    output_of,
    unwritten_variable,
)
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import Definition, View

# What says nothing of how an expression is built.
LOOSE = (kinds.Group, kinds.Name, kinds.Number)


def take_statement_with_slip(context: Context, found: list[Piece]) -> None:
    """Take a letter for the exercise's only variable, which the text never writes, where the text states nearly the exercise with it."""
    formulas = formulas_of(context, found)
    variable = unwritten_variable(context, formulas)
    if not variable:
        return
    for left, right in islice(equalities(context, formulas), MOST_RELATIONS):
        right, name = with_parts(context, right), name_of(left)
        strange, output = strange_arrays(context, right) - {name}, output_of(context, name, formulas)
        if not output or len(strange) != 1 or strange != arrays_in(right) & strange or not _is_entry(left):
            continue
        names = {**dict.fromkeys(strange, variable), name: output}
        own = [view for view in context.views if _is_built_alike(view, renamed(right, names), variable, output)]
        if own:
            names |= entries_and_matrices(context, names, {name for tokens in formulas for name in indexed_in(tokens)})
            # A sum in which nothing has its index has no end: only the exercise can be meant.
            meant = [
                _with_output(view, output, left, renamed(right, names)) for view in own if _has_value(context, view, right, names)
            ]
            context.memory.outputs_named.add(name)
            context.look_at([with_names(view, names) for view in (*meant, *context.views)])
            return


def _is_entry(node: Node) -> bool:
    return isinstance(node, kinds.Indexed) and len(node.indices) == 1 and isinstance(node.indices[0], kinds.Name)


def _is_built_alike(view: View, right: Node, variable: str, output: str) -> bool:
    """Whether an expression has parts of the same kinds as the exercise's output, of a column."""
    definition = view.definitions.get(output, ())[:1]
    if not definition or view.variables.get(variable, ("", ""))[1] != "1":
        return False
    return _built_of(with_meanings(view, definition[0].body)) == _built_of(right)


def _has_value(context: Context, view: View, right: Node, names: dict[str, str]) -> bool:
    meant = renamed(right, names)
    return holds(context.setting((view,)), meant, meant)


def with_meanings(view: View, node: Node) -> Node:
    """An expression with what the exercise defines in the places of its names."""
    if isinstance(node, kinds.Name) and node.text in view.definitions:
        return with_meanings(view, view.definitions[node.text][0].body)
    return node.rebuilt(lambda part: with_meanings(view, part))


def _built_of(node: Node) -> set[tuple[type, str]]:
    parts = (part for part in node.everything if not isinstance(part, (*LOOSE, kinds.Indexed)))
    return {(type(part), part.name if isinstance(part, kinds.Function) else "") for part in parts}


def _with_output(view: View, output: str, left: Node, right: Node) -> View:
    """The exercise with another output."""
    letters = tuple(each.text for each in left.indices if isinstance(each, kinds.Name)) if isinstance(left, kinds.Indexed) else ()
    return replace(view, definitions={**view.definitions, output: (Definition(right, letters),)}, origin=view.origin or view)
