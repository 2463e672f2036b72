r"""A matrix of ones that is written as a product, ``\\mathbf 1\\mathbf 1^T``: beside nothing that says its sizes it is as large as the other side."""

from dataclasses import replace

from matrix_checks.derivations.equality.equality import Decision, holds
from matrix_checks.derivations.equality.rewriting import ONES
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import HOLDS
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare

NUMBERS = (kinds.Number, kinds.Quotient, kinds.Power)


def with_ones_that_fit(setting: Setting, decision: Decision) -> Decision | None:
    """The decision with columns of ones of two sizes, where both had the same one; ``None`` where that changes nothing."""
    if decision.attempt is None:
        return None
    (left, right), ours, theirs = decision.equality.sides, decision.attempt.left[0], decision.attempt.right[0]
    for (one, other), dims in (((left, right), theirs.dims), ((right, left), ours.dims)):
        sized = _with_sizes(one, dims)
        if sized is not None and holds(setting, *((sized, other) if one is left else (other, sized))):
            return replace(
                decision, verdict=HOLDS, reason="with ones of two sizes", as_written=False, attempt=None, shape_errors=()
            )
    return None


def _with_sizes(side: Node, dims: tuple[str, str]) -> Node | None:
    """A product of a number, a column of ones and a row of ones, with the sizes of an array; ``None`` for anything else."""
    product = bare(side)
    if (
        not isinstance(product, kinds.Product)
        or len(product.factors) < 2
        or not all(size.isalpha() or "_" in size for size in dims)
    ):
        return None
    *numbers, column, row = product.factors
    if (column, row) != (ONES, kinds.Transposed(ONES)) or not all(isinstance(bare(each), NUMBERS) for each in numbers):
        return None
    down, across = (kinds.Indexed(ONES, (kinds.Name(size),)) for size in dims)
    return kinds.Product((*numbers, down, kinds.Transposed(across)), product.signs)
