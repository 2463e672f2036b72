r"""Shapes that do not fit where that is no mistake of this step: a habit of the writer, or a mistake made before it."""

from collections.abc import Callable, Set
from dataclasses import replace
from fractions import Fraction

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.dependence import unknown_dependence
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.fitted_numbers import upstream_names
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.equality.some_convention import holds_in_some_convention
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.names.gradients_in_programs import in_rows
from matrix_checks.derivations.reasons.explanations import EQUAL_SIZES
from matrix_checks.derivations.reasons.mistakes import PATH
from matrix_checks.derivations.reasons.repairs_of_both import IS_ENTRY
from matrix_checks.derivations.values.exercise import NUMBER
from matrix_checks.derivations.values.units import ONES

IDENTITY, ONE = kinds.Name("I"), kinds.Number(Fraction(1))


def _neither_fits(claim: Claim) -> str:
    """Whoever carries on with ``-2(X-AS)A^T`` made the mistake before; the step from one such side to the other may be right."""
    if claim.place.is_first or EQUAL_SIZES not in claim.reason:
        return ""
    fits = any(claim.context.shape_of(side) is not None for side in claim.sides)
    return "" if fits else "neither of its sides fits together"


def _entry_meant(claim: Claim) -> str:
    """Whoever writes no sums often sets the derivative by a matrix equal to that by any of its entries."""
    if claim.context.memory.writes_sums or IS_ENTRY not in claim.reason:
        return ""
    bottoms = [bare(side.bottom) for side in map(bare, claim.sides) if isinstance(side, kinds.Derivative)]
    is_meant = len(bottoms) == 2 and len([bottom for bottom in bottoms if isinstance(bottom, kinds.Indexed)]) == 1
    return "a matrix that is set equal to its entry was not understood" if is_meant else ""


def _index_left_out(claim: Claim) -> str:
    r"""Some write ``\frac{\partial y_i}{\partial x}`` for the derivative by the entry of the same index: ``y_i(1 - y_i)`` of a softmax."""
    of_claim = _indices_in(*claim.sides)
    left, right = (_by_own_entries(side, of_claim, claim.context.numbers) for side in claim.sides)
    if (left, right) == claim.sides or not holds_in_some_convention(claim.context.setting(), left, right):
        return ""
    return "it is true of the entry with the same index, and may be said of that"


def _by_own_entries(node: Node, of_claim: set[tuple[Node, ...]], numbers: Set[str]) -> Node:
    """The same with each derivative by the name of no number written by its entry with the only indices of its top, or, where that has none, of the claim."""
    if isinstance(node, kinds.Derivative) and isinstance(node.bottom, kinds.Name) and node.bottom.text not in numbers:
        indices = _indices_in(node.top) or of_claim
        return kinds.Derivative(node.top, kinds.Indexed(node.bottom, *indices)) if len(indices) == 1 else node
    return node.rebuilt(lambda part: _by_own_entries(part, of_claim, numbers))


def _indices_in(*nodes: Node) -> set[tuple[Node, ...]]:
    return {part.indices for node in nodes for part in node.everything if isinstance(part, kinds.Indexed)}


def _one_for_identity(claim: Claim) -> str:
    r"""``\frac{\partial Z}{\partial F} = 1`` is said entry by entry: the Jacobian is the identity."""
    for one, other in (claim.sides, claim.sides[::-1]):
        if isinstance(bare(one), kinds.Derivative) and other == ONE and holds(claim.context.setting(), one, IDENTITY):
            return "a number in the place of a Jacobian was not understood"
    return ""


def _number_for_step(claim: Claim) -> str:
    r"""The ``c`` of ``\tilde x = x - c``, of which the text says nothing, is a number to whoever goes on with ``\tilde x_i``."""
    context = claim.context
    for name, shape in sorted(context.steps.items()):
        if shape == NUMBER or name in context.memory.declared or not claim.speaks_of({name}):
            continue
        setting = context.setting()
        if holds(replace(setting, steps={**context.steps, name: NUMBER}, kept={}), *claim.sides):
            return f"it is not said what {name} is"
    return ""


def _numbered_from_zero(claim: Claim) -> str:
    """The first column of ``W`` is ``W_0`` to a programmer."""
    numbered = any(index == ZERO for part in claim.parts(kinds.Indexed) for index in part.bound)
    return "numbers of entries that begin at zero were not understood" if numbered else ""


def _named_gradient(claim: Claim) -> str:
    r"""With ``J = \frac{dy}{du}`` alone, ``J`` may be a row, and it rests on how ``y`` depends on ``u``."""
    context = claim.context
    gradients: dict[str, kinds.Derivative] = {}
    for name in context.own & (claim.left.names | claim.right.names):
        for view in context.views:
            body = bare(view.definitions[name][0].body) if view.definitions.get(name) else None
            if isinstance(body, kinds.Derivative) and context.shape_of(body.top) == NUMBER:
                gradients[name] = body
    if not gradients:
        return ""

    def turned(node: Node) -> Node:
        return kinds.Transposed(node) if isinstance(node, kinds.Name) and node.text in gradients else node.rebuilt(turned)

    sides = [(turned(claim.left), turned(claim.right))]
    if any(_has_objects_in_columns(context, name) for name in gradients):
        # Behind z = Wx + b, \delta W is the gradient by x where all gradients are rows.
        sides += in_rows(claim.left, claim.right, context.views)
    if any(holds(context.setting(), *each) for each in sides):
        return f"it is not said whether {min(gradients)} is a row or a column"
    return next(filter(None, (unknown_dependence(context, body, body) for body in gradients.values())), "")


def _has_objects_in_columns(context: Context, name: str) -> bool:
    """Whether a gradient has the shape of the one that comes in, turned: the text has the objects in columns, and the exercise in rows."""
    shape = context.shape_of(kinds.Name(name))
    given = {(view.origin or view).variables.get(each) for view in context.views for each in upstream_names(context.views)}
    return shape is not None and shape not in given and shape[::-1] in given


def _three_indices(claim: Claim) -> str:
    """The derivative of a vector by a matrix has three indices, and nothing here does."""
    several = any(len(part.indices) > 2 for part in claim.parts(kinds.Indexed) if isinstance(part, kinds.Indexed))
    return "an array of three indices was not understood" if several else ""


def _turned_on_the_way(claim: Claim) -> str:
    r"""In ``\frac{\partial L}{\partial y^\top}\frac{\partial y^\top}{\partial W}`` the shapes of the factors are the writer's own."""
    derivatives = [part for part in claim.parts(kinds.Derivative) if isinstance(part, kinds.Derivative)]
    tops = {part.top for part in derivatives}
    is_turned = any(isinstance(part.bottom, kinds.Transposed) and part.bottom in tops for part in derivatives)
    return "a chain rule over a transposed quantity was not understood" if is_turned else ""


def _written_out(claim: Claim) -> str:
    r"""In ``\frac{\partial(x_i - \mu)}{\partial x_i} = 1`` the mean stands before everyone's eyes, and may be held fixed."""
    if PATH not in claim.reason or not claim.context.memory.holds_partly:
        return ""
    defined = {name for view in claim.context.views for name in view.definitions}
    for part in claim.parts(kinds.Derivative):
        if isinstance(part, kinds.Derivative) and isinstance(bare(part.top), (kinds.Add, kinds.Product, kinds.Quotient)):
            names = {view.aliases.get(name, name) for view in claim.context.views for name in part.top.names} & defined
            if names:
                return f"it is not said whether {min(names)} is held fixed"
    return ""


def _line_by_line(claim: Claim) -> str:
    """``\\frac{dF}{dS} = A`` is true for each column."""
    return "it is meant for each line, whose shapes are others" if not claim.fits and claim.surroundings.is_of_lines else ""


def _loss_of_entries(claim: Claim) -> str:
    """Whoever takes the loss ``g_1y_1 + g_2y_2`` for an example counts entries, also beside two layers."""
    is_loss = claim.left == loss_of(claim.context.views) and claim.place.is_first
    numbered = any(name.partition("_")[2].isdecimal() and name not in claim.context.own for name in claim.right.names)
    return "it is not said whether its numbers count entries or layers" if is_loss and numbered else ""


def _ones_of_two_sizes(claim: Claim) -> str:
    r"""In ``\mathbf 1\mathbf 1_M^\top`` only the second column says how many ones it has, and by a letter of the text's own."""
    parts = [part for side in claim.sides for part in side.everything]
    labelled = [part for part in parts if isinstance(part, kinds.Indexed) and part.body == ONES]
    labels = {index.text for part in labelled for index in part.indices if isinstance(index, kinds.Name)}
    sizes = {letter for view in claim.context.views for letter in view.letters}
    is_bare = sum(part == ONES for part in parts) > len(labelled)
    return "it is not said how many ones a column has" if labels - sizes and is_bare else ""


def _loss_of_row(claim: Claim) -> str:
    r"""``E = \frac12 ee^\top`` is a number for one row ``e``, and a matrix for several."""
    context = claim.context
    differentiated = [
        part.top if isinstance(part, kinds.Derivative) else part.body
        for part in claim.parts(kinds.Derivative, kinds.Differentiated)
        if isinstance(part, (kinds.Derivative, kinds.Differentiated))
    ]
    for name in sorted({each.text for each in map(bare, differentiated) if isinstance(each, kinds.Name)} & context.own):
        shape = context.shape_of(kinds.Name(name))
        bodies = [each.body for view in context.views for each in view.definitions.get(name, ())[:1]]
        if shape is not None and shape[0] == shape[1] != "1" and any(map(_is_square_of_row, bodies)):
            return f"it is not said whether {name} is a number, as it is for one row"
    return ""


def _is_square_of_row(body: Node) -> bool:
    """Whether something is multiplied with its own transpose."""
    products = [part for part in body.everything if isinstance(part, kinds.Product)]
    return any(kinds.Transposed(one) == other for part in products for one, other in zip(part.factors, part.factors[1:]))


DOUBTS: tuple[Callable[[Claim], str], ...] = (
    _neither_fits,
    _entry_meant,
    _index_left_out,
    _one_for_identity,
    _number_for_step,
    _numbered_from_zero,
    _three_indices,
    _named_gradient,
    _turned_on_the_way,
    _written_out,
    _line_by_line,
    _loss_of_entries,
    _ones_of_two_sizes,
    _loss_of_row,
)


def reaches_unsurely(claim: Claim) -> str:
    r"""An operator before brackets may end with them, as in ``\frac{d}{dx}(f) g``.

    Where vectors are rows, a nabla without brackets may be of all that follows, and stand behind a row that does not vary.
    """
    brackets = tuple(map(_with_brackets_alone, claim.sides))
    if brackets != claim.sides and holds(claim.context.setting(), *brackets):
        return "it is not said whether a derivative ends with the brackets behind it"
    if claim.fits or not claim.surroundings.rows:
        return ""
    for part in claim.parts(kinds.Product):
        assert isinstance(part, kinds.Product)
        if any(isinstance(one, kinds.Nabla) for one in part.factors[:-1]):
            return "it is not said how far a gradient reaches among rows"
    return ""


def _with_brackets_alone(node: Node) -> Node:
    """The same where a derivative of a product that begins with brackets is that of the brackets, times the rest."""
    node = node.rebuilt(_with_brackets_alone)
    top = node.top if isinstance(node, kinds.Derivative) else None
    if not isinstance(node, kinds.Derivative) or not isinstance(top, kinds.Product) or not isinstance(top.factors[0], kinds.Group):
        return node
    first, *others = top.factors
    return kinds.Product((type(node)(first, node.bottom), *others), top.signs)


def is_habit(claim: Claim) -> str:
    """Why its shapes may be meant otherwise, or are no mistake of this step; empty where neither is so."""
    return next((found for doubt in DOUBTS if (found := doubt(claim))), "")
