"""What stands below a symbol in ways that some mean otherwise: where shapes differ, it may be that other way."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging.claims import Claim
from matrix_checks.derivations.reading.dots_below import sums_by_dots
from matrix_checks.derivations.reading.tex import Token


def _shapes_differ(claim: Claim) -> bool:
    attempt = claim.decision.attempt
    return attempt is None or attempt.left[0].shape != attempt.right[0].shape


def dots_below(claim: Claim) -> str:
    """A dot below a letter that is all of a side is a whole row to some, and the sum over it to others."""
    sizes = {letter for view in claim.context.views for letter in view.letters} | claim.context.memory.ends
    may_sum = any(sums_by_dots(tokens) and len(side.names - sizes) == 1 for tokens, side in zip(claim.tokens, claim.sides))
    return "it is not said whether one sums over an index with a dot in its place" if may_sum and _shapes_differ(claim) else ""


def variables_below(claim: Claim) -> str:
    """The ``J_F`` of a text may be the Jacobian of ``F``, and no derivative by ``F``."""
    if not _shapes_differ(claim):
        return ""
    variables = {name for view in claim.context.views for name in view.names - set(view.letters)}
    derivatives = [part for part in claim.parts(kinds.Derivative) if isinstance(part, kinds.Derivative)]
    tops = {part.top.text for part in derivatives if isinstance(part.top, kinds.Name)}
    is_below = any(_stands_below(tokens, tops, variables) for tokens in claim.tokens)
    return "it is not said whether a variable below a symbol is what is differentiated by" if is_below else ""


def _stands_below(tokens: list[Token], tops: set[str], variables: set[str]) -> bool:
    letters = [token for token in tokens if token not in ("{", "}")]
    return any(sign == "_" and one in tops and by in variables for one, sign, by in zip(letters, letters[1:], letters[2:]))
