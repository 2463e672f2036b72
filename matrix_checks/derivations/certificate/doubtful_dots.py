"""Dots that may go on in several ways, and rows that may be columns by name, in matrices that are written out."""

import re

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.dotted import is_sure
from matrix_checks.derivations.expressions.free_indices import free_indices

TWO_RANGES = re.compile(r"the index [ijklpq] runs over .* and over")


def unsure_rows(claim: Claim) -> str:
    """A matrix that is written out as rows may have them as columns by name."""
    for part in claim.parts(kinds.Matrix):
        assert isinstance(part, kinds.Matrix)
        if any(kinds.Transposed in entry.kinds and kinds.Indexed in entry.kinds for entry in part.entries):
            return "rows of a matrix that are written with a transposition were not understood"
    return ""


def unsure_dots(claim: Claim) -> str:
    """Dots go on surely from numbers to one letter, which is no index elsewhere, and sums not from zero."""
    if not any(token == "\\dots" for tokens in claim.tokens for token in tokens):
        return ""
    if any(TWO_RANGES.search(str(error)) for error in claim.decision.shape_errors):
        # The last of several is the j-th to some, and j is an index, too.
        return "how the dots go on was guessed"
    free = {index for side in claim.sides for index in free_indices(side, ())} - claim.context.memory.declared.keys()
    for part in claim.parts(kinds.Matrix, kinds.Tuple, kinds.Sum):
        if isinstance(part, (kinds.Matrix, kinds.Tuple)) and not is_sure(part):
            return "how the dots go on was guessed"
        if isinstance(part, kinds.Sum) and (part.lower == ZERO or (isinstance(part.upper, kinds.Name) and part.upper.text in free)):
            return "how the dots go on was guessed"
    return ""
