r"""What is set to zero where a minimum is looked for, and what follows: ``A^\top AS = A^\top X`` behind ``-2A^\top(X - AS) = 0``.

Only what surely follows holds: the difference of its sides is a multiple of what is set to zero, or a variable is set equal to what makes
that zero. Anything else waits as before.
"""

from collections.abc import Iterable

from matrix_checks.derivations.certificate.hypotheses_around import DEMANDED
from matrix_checks.derivations.certificate.normal_equations import FOLLOWS as TRUE_WHERE_ZERO
from matrix_checks.derivations.certificate.normal_equations import says_where_zero
from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.given_values import OF_SOLUTION, is_variable
from matrix_checks.derivations.context.introductions import without_argument
from matrix_checks.derivations.context.solutions import Holds, difference_of, is_multiple, solves, without_mark
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.equality.verdicts import HOLDS, STATED, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node

Sides = tuple[Node, Node]
SET_TO_ZERO = "it is set to zero, and not judged"
WHERE_ZERO = "it says where the gradient is zero"
FOLLOWS = "it follows from what is set to zero"


def what_follows(claim: Claim, why: str, holds: Holds, said: Iterable[Sides]) -> Finding | None:
    """What is found of a claim that waits because something is set to zero around it; ``None`` where it goes on waiting.

    Parameters
    ----------
    claim
        The claim, which is false of any numbers.
    why
        Why it waits.
    holds
        Whether ``left = right`` holds.
    said
        The equalities before.
    """
    context, memory = claim.context, claim.context.memory
    is_set = Finding(STATED, SET_TO_ZERO, earns=False, is_doubted=True)
    if claim.right == ZERO and _has_found_gradient(claim, why, holds, said):
        # Nobody who has just found a gradient claims that it is zero everywhere: \nabla E = 2(X^\top X w - X^\top y) = 0.
        claim.surroundings.zero, memory.demanded, memory.demanded_by_words = True, claim.left, False
        return is_set
    if why == TRUE_WHERE_ZERO:
        return _holds_where_zero(claim)
    if not why.startswith(DEMANDED) and why != OF_SOLUTION:
        return None
    if ZERO in claim.sides:
        memory.demanded, memory.demanded_by_words = claim.left if claim.right == ZERO else claim.right, False
        return is_set if _is_gradient(context, memory.demanded, holds) else None
    if (memory.demanded is None or memory.demanded_by_words) and says_where_zero(claim):
        # Words say that a gradient is zero, and no formula does.
        return _holds_where_zero(claim)
    gradient = memory.gradients.get(claim.left, memory.demanded)
    if gradient is not None and solves(context, claim.left, claim.right, gradient, holds):
        return Finding(HOLDS, FOLLOWS, earns=False)
    if memory.demanded is None or not _is_gradient(context, memory.demanded, holds):
        return None
    follows = is_multiple(difference_of(claim.left, claim.right), memory.demanded, holds)
    return Finding(HOLDS, FOLLOWS, earns=False) if follows else None


def _holds_where_zero(claim: Claim) -> Finding:
    """What is found of an equality that says itself which gradient is zero; what it says so is remembered."""
    memory = claim.context.memory
    memory.demanded, memory.demanded_by_words = difference_of(claim.left, claim.right), True
    return Finding(HOLDS, WHERE_ZERO, earns=False)


def _has_found_gradient(claim: Claim, why: str, holds: Holds, said: Iterable[Sides]) -> bool:
    """Whether the left side of a claim is a gradient that the text has found, by its name or at the end of a chain."""
    if not claim.place.is_first and not why and _is_gradient(claim.context, claim.left, holds):
        return True
    return _is_found(claim.left, said) or (not claim.place.is_first and _ends_gradient(claim.left, said))


def _is_found(left: Node, said: Iterable[Sides]) -> bool:
    """Whether something is the gradient of a name for which the text has found what it is: nobody claims that it is zero besides."""
    return _is_of_name(left) and any(before == left and right != ZERO for before, right in said)


def _ends_gradient(left: Node, said: Iterable[Sides]) -> bool:
    r"""Whether an expression was found to be the gradient of a name, by a column of a variable or anything else."""
    return any(right == left and _is_of_name(before) for before, right in said)


def _is_of_name(node: Node) -> bool:
    gradient = without_argument(node)
    while isinstance(gradient, (kinds.Transposed, kinds.Group)):
        gradient = gradient.body
    return isinstance(gradient, kinds.Derivative) and isinstance(without_argument(gradient.top), kinds.Name)


def _is_gradient(context: Context, node: Node, holds: Holds) -> bool:
    """Whether an expression is a multiple of the gradient of the exercise's number by a variable."""
    loss = loss_of(context.views)
    variables = sorted({name for view in context.views for name in (view.origin or view).variables})
    return any(is_multiple(node, kinds.Derivative(loss, kinds.Name(name)), holds) for name in variables)


def at_minimum(context: Context, left: Node, right: Node, holds: Holds) -> Finding | None:
    r"""What is found of an equality that says of a variable, with a mark above it, that a gradient is zero there: ``A^\top A \hat S = A^\top X``.

    ``None`` where it does not say that, or says more than that of its letters.
    """
    strange = (left.names | right.names) - context.known - OF_ANY_SIZE
    if len(strange) != 1:
        return None
    (marked,) = strange
    variable = kinds.Name(without_mark(marked))
    if not is_variable(context, variable.text):
        return None
    difference = difference_of(left, right).substituted(kinds.Name(marked), variable)
    gradient = kinds.Derivative(loss_of(context.views), variable)
    return Finding(HOLDS, WHERE_ZERO, earns=False) if is_multiple(difference, gradient, holds) else None
