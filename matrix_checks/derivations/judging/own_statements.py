r"""Which equalities of a text say what a name is: ``C = AB`` does, and ``\nabla f = 2Ax`` is a claim."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.context.statements_of_text import strange_arrays, tokens_of
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import NUMBER, is_of_exercise
from matrix_checks.derivations.values.letters import DELTA

# What programs call gradients: what one is is a claim.
_OF_GRADIENT = re.compile(r"(?:d|grad)_?[A-Za-z]{2,}\w*")
_JACOBIAN = re.compile(r"(?i)ja[ck]obi\w*[^.;:$]{0,20}$|雅可比\w{0,4}$|якоби\w*[^.;:$]{0,20}$")
# Of what defines something, in parts.
LARGEST = 150
DERIVED = (kinds.Derivative, kinds.Differentiated, kinds.Nabla, kinds.PartialDifferential, kinds.Operator, kinds.Differential)
NO_DEFINITION = (*DERIVED, kinds.HigherOrder, kinds.Dots)
# What begins the names of variations, tangents and adjoints: what these are is a claim.
CHANGES = (DELTA, "\\dot ", "\\bar ", "\\delta_")
Sides = tuple[Node, Node]


def definitions_of_text(
    context: Context, found: Iterable[Sides], varied: set[str], called: set[str], may_differ: bool
) -> Iterator[Sides]:
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
        if indices_of(left) is None or name.startswith(CHANGES) or (name in varied and (name in used or _is_solution(right))):
            continue
        if (
            isinstance(left, kinds.Product)
            and isinstance(kinds.bare(left.factors[-1]), kinds.Name)
            and left.factors[-1].names.isdisjoint(right.names)
        ):
            # J(S') is what the number is elsewhere, in letters for that.
            continue
        if (
            name in called
            or _OF_GRADIENT.fullmatch(name)
            or (name in context.known and not _is_other(context, left, right, may_differ))
        ):
            continue
        used |= right.names
        yield without_argument(left), right


def is_own(context: Context, left: Node, right: Node) -> bool:
    """Whether a definition has letters that the exercise does not have, or gives a name another meaning than there."""
    if strange_arrays(context, right) or context.shape_of(right) is None:
        return True
    return name_of(left) in context.known and not holds(context.setting(), left, with_parts(context, right))


def _is_other(context: Context, left: Node, right: Node, may_differ: bool) -> bool:
    """Whether a name that the exercise has may stand for something else: a mistake in the exercise's own statement is no other model.

    A function that only another word calls the exercise's number may be any number; what has letters of the text's own is another statement.
    """
    if holds(context.setting(), left, with_parts(context, right)):
        return True
    name = name_of(left)
    if not may_differ or any({name, name.lower()} & view.variables.keys() for view in context.views):
        return False
    if all(
        any(each.upper() not in context.known for each in strange_arrays(context, side))
        for side in (right, with_parts(context, right))
    ):
        return True
    is_function = left is not without_argument(left) or (isinstance(left, kinds.Name) and context.shape_of(right) == NUMBER)
    return is_function and not is_of_exercise(context.views, name)


def _is_solution(right: Node) -> bool:
    """Whether something is divided by what has names, or inverted, as in the solution of an equation."""
    return any(
        (isinstance(part, kinds.Quotient) and bool(part.bottom.names) and kinds.Function not in part.bottom.kinds)
        or (isinstance(part, kinds.Power) and isinstance(part.exponent, kinds.Negative) and kinds.Transposed in part.body.kinds)
        for part in right.everything
    )


def _says_nothing(right: Node) -> bool:
    """Whether a side is a name, a number, or a function of which nothing is known."""
    is_call = isinstance(right, kinds.Product) and len(right.factors) == 2 and isinstance(right.factors[1], kinds.Group)
    return isinstance(right, (kinds.Name, kinds.Number)) or (is_call and without_argument(right) is not right)


def indices_of(left: Node) -> tuple[str, ...] | None:
    """The indices of what is defined; ``None`` where these are no letters that differ."""
    left = without_argument(left)
    if not isinstance(left, kinds.Indexed):
        return ()
    letters = tuple(each.text for each in left.indices if isinstance(each, kinds.Name))
    return letters if len(set(letters)) == len(left.indices) else None


def called_jacobians(context: Context, found: list[Piece]) -> set[str]:
    """The letters of which words say directly before them that they are a Jacobian: what that is is a claim."""
    called = (piece for before, piece in pairwise(found) if before.kind == "prose" and _JACOBIAN.search(before.source))
    return {str(tokens_of(context, piece)[:1][0]) for piece in called if tokens_of(context, piece)}
