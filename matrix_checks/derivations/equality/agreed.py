"""What an equality that holds says of the conventions of its text, for what follows."""

from matrix_checks.derivations.equality.deviation import ROOT, VARIANCE, is_square
from matrix_checks.derivations.equality.rewriting import Sides, differentiated_name
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values.memory import Memory


def agree(memory: Memory, written: Sides, read: Sides) -> None:
    """What an equality that holds says of the text's conventions: the letter of the variance is read in one way from here on."""
    if _has_change(written) and not _has_change(read):
        memory.has_named_gradients = True
        memory.whole_gradients |= {differentiated_name(written[0])} - {""}
    if not any(kinds.Sum in side.kinds for side in written) and any(kinds.Sum in side.kinds for side in read):
        memory.sums_repeated = True
    if memory.deviation is None and VARIANCE.text in written[0].names | written[1].names:
        before, after = ({part for side in sides for part in side.everything} for sides in (written, read))
        memory.deviation = any(map(is_square, before)) != any(map(is_square, after)) or (ROOT in before) != (ROOT in after)


def _has_change(sides: Sides) -> bool:
    """Whether a differential, or what is written like one, stands on a side."""
    return any(kinds.Differentiated in side.kinds for side in sides)
