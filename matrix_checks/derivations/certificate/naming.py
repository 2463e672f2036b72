"""Claims that may only give a name: what a text calls by a name of its own, or by one of the exercise's, is no mistake."""

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import without_argument
from matrix_checks.derivations.context.statements_of_text import parsed
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.letters.lengths_of_steps import may_be_small
from matrix_checks.derivations.reasons.explanations import is_recognised
from matrix_checks.derivations.reasons.mistakes import IS_ZERO
from matrix_checks.derivations.values.exercise import is_of_exercise


def may_name(claim: Claim) -> str:
    """What the claim may give a name to; empty where it says something."""
    left, right = claim.left, claim.right
    for side in (left, right):
        # Of N = M = R = 1 the M may be a matrix elsewhere.
        is_size = isinstance(left, kinds.Name) and isinstance(side, kinds.Name) and _is_size(claim.context, side.text)
        if is_size and (side is right or not is_recognised(claim.reason)):
            return f"another meaning is given to {min(side.names)}, or a value"
    if (
        claim.place.is_first
        and _is_function_of_size(claim.context, left)
        and not all(_is_size(claim.context, each) for each in right.names)
    ):
        return f"another meaning is given to {min(left.names)}, or a value"
    name = _named_first(claim) if claim.place.is_first else ""
    if not name and isinstance(right, kinds.Name) and _is_defined(claim.context, right.text):
        name = right.text if _differ_in_shape(claim) and not _says(left) else ""
    if not name:
        return ""
    # The rest of the text may use either meaning.
    claim.surroundings.redefined.add(name)
    return f"another meaning is given to {name}"


def _named_first(claim: Claim) -> str:
    """The name at the beginning of a chain that may stand for what follows; empty for none."""
    context, left, right = claim.context, claim.left, claim.right
    name, gradient = kinds.whole_of(left), bare(right)
    is_of_loss = isinstance(gradient, kinds.Derivative) and gradient.top == loss_of(context.views)
    if is_of_loss and isinstance(name, kinds.Name) and _is_defined(context, name.text):
        # Whoever writes w for the output may write y for the gradient by it.
        return name.text
    function = without_argument(left)
    is_defined = isinstance(function, kinds.Name) and _is_defined(context, function.text)
    if isinstance(function, kinds.Name) and is_defined and not is_recognised(claim.reason) and _is_new(context, function.text):
        # f(x) = x^\\top A x is a function of the text's own, where the sheet calls none so.
        return function.text
    if not isinstance(left, kinds.Name):
        return ""
    if left.text in context.own and not is_recognised(claim.reason):
        return left.text
    if not _is_defined(context, left.text):
        return ""
    if _has_another_name(context, left.text):
        # Beside y = x^\\top x, f = \\ln(x^\\top x) is another function.
        return left.text
    others = {each for view in context.views for each in (view.origin or view).definitions} - {left.text}
    # F = \\|X - AS\\|^2 is the exercise's J.
    is_other = _differ_in_shape(claim) and any(holds(context.setting(), kinds.Name(each), right) for each in sorted(others))
    return left.text if is_other else ""


def _is_new(context: Context, name: str) -> bool:
    """Whether the sheet has no such name for what it defines, and the text never states that with it."""
    if len(name) > 1 or is_of_exercise(context.views, name):
        return False
    stated = (parsed(context, tokens) for tokens in context.restated.get(name, ()))
    setting = context.setting()
    return not any(node is not None and holds(setting, kinds.Name(name), with_parts(context, node)) for node in stated)


def _has_another_name(context: Context, name: str) -> bool:
    """Whether the text states what the exercise defines under another name than this one."""
    meant = {view.aliases.get(name, name) for view in context.views}
    return any(
        each != name and not meant.isdisjoint({view.aliases.get(each, each) for view in context.views}) for each in context.restated
    )


def is_cut_surely(claim: Claim) -> str:
    """``X = \\begin{pmatrix}…\\end{pmatrix} W = \\begin{pmatrix}…``: two equalities may stand side by side without a sign between."""
    left, right = claim.left, claim.right
    if isinstance(left, kinds.Product) and isinstance(right, kinds.Matrix):
        *before, last = left.factors
        if isinstance(last, kinds.Name) and isinstance(before[-1], kinds.Matrix):
            return "it is not sure where one equality ends and the next begins"
    return ""


def is_taken_surely(claim: Claim) -> str:
    """``(\\nabla f)(x)``: a gradient with brackets behind it is taken at a point, and so is ``y_i'(0)``, at one of a step."""
    for part in claim.parts(kinds.Product):
        assert isinstance(part, kinds.Product)
        for one, behind in zip(part.factors, part.factors[1:]):
            if isinstance(one, kinds.Group) and isinstance(bare(one), kinds.Derivative) and _is_point(behind):
                return "a derivative with brackets behind it was not understood"
            if isinstance(one, (kinds.Name, kinds.Indexed, kinds.Primed)) and _is_number_in_brackets(behind):
                return "a value at a number in brackets was not understood"
    return ""


def depends_surely(claim: Claim) -> str:
    """A derivative is zero where what is differentiated does not depend on the variable, as far as was understood."""
    for side, words in zip(claim.sides, ("the left", "the right")):
        if claim.reason.startswith(f"{words} side {IS_ZERO}") and any(
            _is_by_defined(claim.context, part) for part in side.everything
        ):
            return "it is not sure how what is differentiated depends on the variable"
    return ""


def _is_by_defined(context: Context, node: kinds.Node) -> bool:
    """Whether a derivative is by what is no variable of the exercise, or of what the text alone has a name for."""
    if not isinstance(node, kinds.Derivative):
        return False
    top = bare(node.top)
    if isinstance(top, kinds.Name) and not is_of_exercise(context.views, top.text) and top.text not in context.known:
        return True
    bottom = bare(node.bottom)
    base = bare(bottom.body) if isinstance(bottom, kinds.Indexed) else bottom
    meant = {each for view in context.views for name in base.names for each in view.meant_by(name)}
    return not any(name in (view.origin or view).variables for view in context.views for name in meant)


def is_known_enough(claim: Claim) -> str:
    """Letters that the text puts to a use of its own may be special in a way that was not understood, where no mistake is recognised."""
    for name in sorted(claim.context.memory.constrained & (claim.left.names | claim.right.names)):
        if not {name, name.upper()} & claim.context.known:
            return f"the text says more of {name}"
    names_points = any(name.endswith("'") for name in claim.context.notation.marked_names)
    if names_points and any(_is_defined(claim.context, name) for part in claim.parts(kinds.Primed) for name in part.names):
        # Beside S' = S + H, an F' is F at that point.
        return "it is not sure what the prime means at its letters"
    if isinstance(claim.left, kinds.Primed) and kinds.Primed in claim.right.kinds and _differ_in_shape(claim):
        # It may be the Jacobian on the left, and a transposition on the right.
        return "it is not sure what the prime means at its letters"
    along = claim.context.memory.steps_along & (claim.left.names | claim.right.names)
    small = next((each for each in sorted(along) if may_be_small(claim, each)), "")
    if small:
        return f"it may be meant for small {small} only"
    if is_recognised(claim.reason) or claim.parts(kinds.Differentiated):
        return ""
    for one, other in (claim.sides, claim.sides[::-1]):
        for step in sorted(claim.context.steps.keys() & one.names - other.names):
            return f"which {step} is meant was not understood"
    if claim.decision.views and any("'" in tokens for tokens in claim.tokens):
        # A derivative, or a transposition.
        return "it is not sure what the prime means at its letters"
    return ""


def _is_point(node: kinds.Node) -> bool:
    return isinstance(node, kinds.Group) and isinstance(bare(node), kinds.Name)


def _is_number_in_brackets(node: kinds.Node) -> bool:
    return isinstance(node, kinds.Group) and isinstance(bare(node), kinds.Number)


def _is_function_of_size(context: Context, node: kinds.Node) -> bool:
    r"""Whether it is a function of one letter that the exercise has for a size: ``\log C = -\max_j x_j`` chooses a constant."""
    return isinstance(node, kinds.Function) and len(node.names) == 1 and all(_is_size(context, name) for name in node.names)


def _is_size(context: Context, name: str) -> bool:
    return any(name in view.letters for view in context.views) and name not in context.arrays


def _is_defined(context: Context, name: str) -> bool:
    return any(view.aliases.get(name, name) in (view.origin or view).definitions for view in context.views)


def _differ_in_shape(claim: Claim) -> bool:
    attempt = claim.decision.attempt
    return attempt is not None and attempt.left[0].shape != attempt.right[0].shape


def _says(node: kinds.Node) -> bool:
    """Whether something that is written out is claimed to be what a derivative is."""
    return kinds.Derivative in node.kinds or kinds.Differentiated in node.kinds
