r"""Which equalities of a text say what a name is: ``C = AB`` does, and ``\nabla f = 2Ax`` is a claim."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.context.statements_of_text import strange_arrays, tokens_of
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.dotted import with_whole_columns
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.names.own_names import LOSSES
from matrix_checks.derivations.names.unnamed_variables import UNNAMED
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import NUMBER, View, is_of_exercise
from matrix_checks.derivations.values.letters import DELTA

# What programs call gradients: what one is is a claim.
_OF_GRADIENT = re.compile(r"(?:d|grad)_?[A-Za-z]{2,}\w*")
_FROBENIUS = re.compile(r"_\s*\{?\s*(?:\\(?:text|mathrm|mathsf)\s*\{)?\s*(?:F|Fro|fro)\b")
_JACOBIAN = re.compile(r"(?i)ja[ck]obi\w*[^.;:$]{0,20}$|雅可比\w{0,4}$|якоби\w*[^.;:$]{0,20}$")
# Of what defines something, in parts.
LARGEST = 150
DERIVED = (kinds.Derivative, kinds.Differentiated, kinds.Nabla, kinds.PartialDifferential, kinds.Operator, kinds.Differential)
NO_DEFINITION = (*DERIVED, kinds.HigherOrder, kinds.Dots)
# What begins the names of variations, tangents and adjoints: what these are is a claim.
CHANGES = (DELTA, "\\dot ", "\\bar ", "\\delta_")
# What a loss is called, with the names of statistics for sums of squares.
LOSSES_OF_ALL = frozenset((*LOSSES, "S", "RSS", "SSE", "SSR", "MSE"))
UNNAMED_LOSS = "\\unnamed "
Sides = tuple[Node, Node]


def definitions_of_text(
    context: Context, found: Iterable[Sides], varied: set[str], called: set[str], may_differ: bool
) -> Iterator[Sides]:
    """The first equality that says what a name is, for each name, where it is not false for the exercise.

    What is differentiated by is no result of what stands beside it before: ``x = (A^T A)^{-1} A^T b`` is a solution.
    """
    seen: set[str] = set()
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for left, written in found:
        name, right = name_of(left), with_whole_columns(written)
        is_first = name not in seen
        # What is said first of a name is what it is, also where that is of no use here.
        seen.add(name)
        if not is_first or name in right.names or not right.kinds.isdisjoint(NO_DEFINITION) or _says_nothing(right):
            continue
        if sum(1 for _ in right.everything) > LARGEST:
            continue
        if (
            indices_of(left) is None
            or name.startswith(CHANGES)
            or (name in varied and (not beside[name].isdisjoint(right.names) or _is_solution(right)))
        ):
            continue
        if (
            isinstance(left, kinds.Product)
            and isinstance(kinds.bare(left.factors[-1]), kinds.Name)
            and left.factors[-1].names.isdisjoint(right.names | (beside.keys() - seen))
        ):
            # J(S') is what the number is elsewhere, in letters for that.
            continue
        if (
            name in called
            or _OF_GRADIENT.fullmatch(name)
            or (name in context.known and not _is_other(context, left, right, may_differ))
        ):
            continue
        for each in right.names:
            beside[each] |= right.names
        yield without_argument(left), right


def by_what_they_rest_on(said: list[Sides], derivatives: Iterable[kinds.Derivative]) -> Iterator[Sides]:
    r"""The equalities without those that do not say how a number depends on what it is differentiated by, where another one does.

    Of ``S = \\sum_i e_i^2 = \\sum_i (y_i - a x_i - b)^2`` and ``\\partial S/\\partial a`` the second one says it, unless the text says what ``e`` is.
    """
    bottoms: dict[str, set[str]] = {}
    for part in derivatives:
        bottoms.setdefault(name_of(part.top), set()).update(part.bottom.names)
    given = {name_of(left) for left, _ in said}
    says = {name_of(left) for left, right in said if right.names & bottoms.get(name_of(left), set())}
    for left, right in said:
        name = name_of(left)
        if name not in says or right.names & (bottoms[name] | given - {name}):
            yield left, right


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
    is_variable = any({name, name.lower()} & view.variables.keys() for view in context.views)
    if not may_differ or (is_variable and not _has_own_argument(context, left)):
        return False
    if all(
        any(each.upper() not in context.known for each in strange_arrays(context, side))
        for side in (right, with_parts(context, right))
    ):
        return True
    is_function = left is not without_argument(left) or (isinstance(left, kinds.Name) and context.shape_of(right) == NUMBER)
    return is_function and not is_of_exercise(context.views, name)


def _has_own_argument(context: Context, left: Node) -> bool:
    """Whether a function is stated, of a letter that the exercise does not have: the ``S`` of ``S(b)`` is no matrix."""
    return (
        left is not without_argument(left) and isinstance(left, kinds.Product) and context.known.isdisjoint(left.factors[-1].names)
    )


def _is_solution(right: Node) -> bool:
    """Whether something is divided by what has names, or inverted, as in the solution of an equation."""
    return any(
        (isinstance(part, kinds.Quotient) and _is_made(part.bottom))
        or (isinstance(part, kinds.Power) and isinstance(part.exponent, kinds.Negative) and kinds.Transposed in part.body.kinds)
        for part in right.everything
    )


def _is_made(bottom: Node) -> bool:
    """Whether something is divided by what is made of names: ``x/\\tau`` is scaled, and solves nothing."""
    return bool(bottom.names) and kinds.Function not in bottom.kinds and not isinstance(kinds.bare(bottom), kinds.Name)


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


def losses_differentiated(claims: Iterable[Sides], definitions: Collection[str]) -> set[str]:
    """The text's own losses, by their usual names or as functions of which there is a gradient: they are numbers."""
    parts = [part for sides in claims for side in sides for part in side.everything if isinstance(part, kinds.Derivative)]
    names = {name for part in parts if (name := name_of(part.top)) in definitions}
    nabla = {name_of(part.top) for part in parts if isinstance(part, kinds.Nabla) or part.bottom == UNNAMED}
    return {name for name in names if name in LOSSES_OF_ALL or name in nabla} | ({UNNAMED_LOSS} & set(definitions))


def higher_than_wide(claims: Iterable[Sides]) -> set[str]:
    """The matrices with an ``X^\\top X``, which has an inverse where they are higher than wide."""
    products = (part for sides in claims for side in sides for part in side.everything if isinstance(part, kinds.Product))
    return {
        behind.text
        for part in products
        for before, behind in pairwise(part.factors)
        if isinstance(behind, kinds.Name) and before == kinds.Transposed(behind)
    }


def unnamed_loss(claims: Iterable[Sides]) -> Iterator[Sides]:
    r"""What a text differentiates that has no name, ``\\nabla_w \\|Xw - y\\|^2``, as the definition of a number."""
    parts = (part for sides in claims for side in sides for part in side.everything if isinstance(part, kinds.Derivative))
    for part in parts:
        top = kinds.bare(part.top)
        is_number = isinstance(top, (kinds.Product, kinds.Power)) and not top.kinds.isdisjoint((kinds.Add, kinds.Norm))
        if is_number and isinstance(part.bottom, kinds.Name) and part.bottom.text in top.names:
            yield kinds.Name(UNNAMED_LOSS), top
            return


def labels_among(view: View) -> set[str]:
    r"""The variables of a view that stand before logarithms of what it defines, as the labels of a cross entropy do: ``-\\sum_i t_i \\log p_i``."""
    bodies = [each[0].body for each in view.definitions.values()]
    products = [part for body in bodies for part in body.everything if isinstance(part, kinds.Product)]
    before = [
        kinds.whole_of(kinds.bare(one))
        for part in products
        for one, other in pairwise(part.factors)
        if isinstance(other, kinds.Function) and other.name == "log" and not other.names.isdisjoint(view.definitions)
    ]
    names = {each.text for each in before if isinstance(each, kinds.Name)}
    return {name for name in names & view.variables.keys() if "1" in view.variables[name] and view.variables[name] != NUMBER}


def takes_entries(stated: Iterable[Sides]) -> bool:
    """Whether a text takes functions of every entry, as of what a layer gives: there numbers are added to arrays, too."""
    parts = (part for _, right in stated for part in right.everything)
    return any(isinstance(part, kinds.Function) and part.name in ("sigmoid", "tanh", "relu", "softmax") for part in parts)


def speaks_of_traces(claims: Iterable[Sides], found: Iterable[Piece]) -> bool:
    """Whether there are traces or Frobenius norms, so that capital letters are matrices."""
    parts = (part for sides in claims for side in sides for part in side.everything)
    is_traced = any(isinstance(part, kinds.Function) and part.name == "tr" for part in parts)
    return is_traced or any(_FROBENIUS.search(piece.source) for piece in found if piece.kind != "prose")
