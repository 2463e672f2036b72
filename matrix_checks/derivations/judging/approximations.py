r"""What an approximation of numbers is good for: ``-3.96 \approx -4`` is right where the one is the other, rounded."""

from decimal import Decimal

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.context import Context

UNJUDGED = {
    "\\approx": "an approximation is not judged", "\\simeq": "an approximation is not judged", "\\cong": "an approximation is not judged",
    "\\propto": "a proportion is not judged", "\\demanded": "an equation that is demanded is not judged",
}  # fmt: skip
APPROXIMATIONS = ("\\approx", "\\simeq", "\\cong")
# Of the larger number: whoever writes 2.01 for 2 has said enough.
NEARLY = Decimal("0.02")


def are_nearly_equal(context: Context, left: Node, right: Node) -> bool:
    """Whether two sides without names have nearly the same value, entry by entry."""
    if left.names or right.names:
        return False
    one, other = (context.sampled(side, context.views[0]) for side in (left, right))
    if one is None or other is None or one.value.shape != other.value.shape:
        return False
    return all(abs(a - b) <= NEARLY * max(abs(a), abs(b)) for a, b in zip(one.value.flat, other.value.flat))
