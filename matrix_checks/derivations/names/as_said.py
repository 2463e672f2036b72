"""An expression as the text means it: what was read by the grammar alone, with the text's own names taken for what they stand for."""

from collections.abc import Callable
from dataclasses import dataclass

from matrix_checks.derivations.equality.labels import with_numbered
from matrix_checks.derivations.equality.operators import with_operators_applied
from matrix_checks.derivations.equality.rewriting import with_turned_gradients
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.names.derivatives_by_squares import with_derivatives_by_squares
from matrix_checks.derivations.names.derivatives_by_terms import with_derivatives_by_terms
from matrix_checks.derivations.names.entries_of_functions import OwnFunctions, with_entries_of_functions
from matrix_checks.derivations.names.functions_called import with_functions_called
from matrix_checks.derivations.names.gradient_families import Family, with_families
from matrix_checks.derivations.names.losses_called import with_losses_called
from matrix_checks.derivations.names.named_jacobians import JACOBIAN, with_jacobians
from matrix_checks.derivations.names.own_names import by_entries_of
from matrix_checks.derivations.names.own_points import with_directions, without_own_arguments, without_own_points
from matrix_checks.derivations.names.partials_below import with_partials_below
from matrix_checks.derivations.names.parts_of_gradients import with_parts_of_gradients
from matrix_checks.derivations.names.reach_of_arguments import with_arguments_inside
from matrix_checks.derivations.names.stacked_names import with_stacked_names
from matrix_checks.derivations.names.stacked_rows import with_rows_stacked
from matrix_checks.derivations.names.steps_in_brackets import with_steps_in_brackets
from matrix_checks.derivations.names.tangents import TANGENTS, with_tangents
from matrix_checks.derivations.names.turned_names import with_turned_names
from matrix_checks.derivations.names.unnamed_variables import with_variables_named
from matrix_checks.derivations.values.exercise import View


@dataclass(frozen=True)
class Said:
    """What a text said so far of its names.

    Attributes
    ----------
    views, known
        The exercise with what the text introduced, and all names that stand for something.
    own, functions
        Names that the text gave a meaning, and the arguments with which it introduced some of them.
    families
        The rules by which the text names gradients.
    stacks_rows
        Whether its vec stacks the rows of a matrix.
    names_gradients
        Whether ``dx`` may be the gradient by ``x``.
    partials_by
        The array by whose entry a ``\\partial_k`` differentiates, where the text says so.
    numbers
        Finds the names of what the exercise defines as a number.
    shape_of
        The shape of an expression; ``None`` where it has no value.
    steps
        The shapes of the text's steps.
    same
        Whether two expressions have the same value.
    arguments
        The arguments with which the text has names on a left side anywhere.
    """

    views: tuple[View, ...]
    known: frozenset[str]
    own: frozenset[str]
    functions: dict[str, str]
    families: frozenset[Family]
    stacks_rows: bool
    names_gradients: bool
    partials_by: str
    numbers: Callable[[], frozenset[str]]
    shape_of: Callable[[Node], tuple[str, str] | None]
    steps: dict[str, tuple[str, str]]
    same: Callable[[Node, Node], bool]
    arguments: dict[str, str]


def as_said(node: Node, said: Said) -> Node:
    """The same expression with the text's own names taken for what they stand for."""
    node = with_rows_stacked(node, said.shape_of, said.stacks_rows)
    if said.families and kinds.Indexed in node.kinds:
        # Before a letter below is taken for what something is differentiated by.
        node = with_families(node, said.families, said.views, said.own)
    node = with_arguments_inside(node, said.views, said.functions)
    node = without_own_arguments(with_directions(node, said.views), said.views)
    node = without_own_points(by_entries_of(node, said.views, said.known, said.partials_by), said.views, said.functions)
    if kinds.Indexed in node.kinds and said.steps:
        node = with_steps_in_brackets(node, said.views, said.steps, said.shape_of)
    if kinds.Indexed in node.kinds and kinds.Number in node.kinds:
        node = with_numbered(node, said.numbers())
    if kinds.Indexed in node.kinds:
        node = with_partials_below(node, said.numbers, said.views)
    if kinds.Product in node.kinds and kinds.Group in node.kinds:
        node = with_entries_of_functions(node, OwnFunctions(said.views, said.own, said.functions, said.shape_of))
        node = with_losses_called(node, said.views, said.shape_of, said.same)
    if said.functions:
        node = with_functions_called(node, said.views, said.functions)
    if JACOBIAN not in said.known:
        node = with_jacobians(node, said.views)
    if kinds.Differentiated in node.kinds and said.names_gradients:
        node = with_parts_of_gradients(node, said.known)
    if kinds.Derivative in node.kinds and kinds.Transposed in node.kinds:
        node = with_turned_gradients(node, said.numbers(), said.views)
    if kinds.Derivative in node.kinds and said.own:
        node = with_stacked_names(node, said.views, said.own)
        node = with_turned_names(node, said.views, said.own, said.shape_of)
    node = _with_gradients(node, said)
    if TANGENTS in said.families:
        node = with_tangents(node)
    if said.families:
        node = with_families(node, said.families, said.views, said.own)
    if kinds.Derivative in node.kinds and kinds.Product in node.kinds:
        node = with_derivatives_by_terms(node, said.views)
    return with_derivatives_by_squares(node, said.own) if kinds.Derivative in node.kinds and said.own else node


def _with_gradients(node: Node, said: Said) -> Node:
    """The same with what gradients are of, and by what."""
    if not node.kinds.isdisjoint((kinds.Derivative, kinds.Nabla)) and "" in node.names:
        node = with_variables_named(node, said.views, said.known, said.arguments | said.functions)
    if kinds.Nabla in node.kinds and kinds.Number in node.kinds:
        # Nobody differentiates a number: the gradient is that of all that stands behind it.
        node = with_operators_applied(node, (), letters=False)
    return node
