r"""What follows where a gradient is zero, with no word of that: ``A^\top A S = A^\top X`` of the least squares."""

import re
from functools import partial

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.given_values import holds_inverse, is_variable
from matrix_checks.derivations.context.solutions import is_multiple
from matrix_checks.derivations.context.statements_of_text import parsed
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO

FOLLOWS = "it is true where a gradient is zero, and may be said of that"
_GRADIENTS = (kinds.Derivative, kinds.Differential, kinds.Differentiated)
# In any language, and anywhere in the paragraph.
_SPEAKS_OF_OPTIMUM = re.compile(
    r"(?i)minim|\bmin\b|mínim|optim|óptim|ótim|extrem|extrém|station|statioun|least|kleinst|moindres|normal|lös|solv|solu|résol|riso|resol|rozwiąz|řeš|megold|çöz|miň|"
    r"миним|мінім|оптим|экстрем|екстрем|стацион|стаціон|наимень|наймен|решен|розв|nul|zer|cero|нул|нол|极小|最小|最优|最適|正规|驻点|零|최소|최적|解"
)


def follows_from_zero(claim: Claim) -> str:
    """Nobody claims of all matrices what is true of the least squares, where words speak of these."""
    speaks_of_it = _SPEAKS_OF_OPTIMUM.search(_beside(claim)) is not None or _solves(claim.context)
    return FOLLOWS if speaks_of_it and says_where_zero(claim) else ""


def _solves(context: Context) -> bool:
    """Whether the text solves for one of the exercise's variables by an inverse, anywhere."""
    said = (parsed(context, tokens) for name, given in context.later.items() if is_variable(context, name) for tokens in given)
    return any(node is not None and holds_inverse(node) for node in said)


def says_where_zero(claim: Claim) -> bool:
    """Whether the sides differ by a multiple of a gradient, and neither is one."""
    # The residuals of a solution have a name of their own.
    left, right = (with_parts(claim.context, side) for side in claim.sides)
    unknown = any(isinstance(part, kinds.Function) and not part.arguments for part in claim.parts(kinds.Function))
    # The prime of what is given is a transposition.
    is_derived = any(not is_variable(claim.context, name) for part in claim.parts(kinds.Primed) for name in part.names)
    is_gradient = is_derived or claim.parts(*_GRADIENTS)
    if not claim.place.is_first or unknown or is_gradient:
        return False
    meant = {view.aliases.get(each, each) for view in claim.context.views for each in left.names | right.names}
    names = {name for view in claim.context.views for name in view.variables} & meant
    ours = partial(holds, claim.context.setting())
    losses = [name for name in sorted(claim.context.numbers) if names <= claim.context.views[0].reached_from(name)]
    for loss in losses:
        for name in sorted(names):
            gradient = kinds.Derivative(kinds.Name(loss), kinds.Name(name))
            if is_multiple(kinds.Add((left, kinds.Negative(right))), gradient, ours):
                return right == ZERO or not (is_multiple(left, gradient, ours) or is_multiple(right, gradient, ours))
    return False


def _beside(claim: Claim) -> str:
    return f"{claim.surroundings.paragraph} {claim.surroundings.words_behind}"
