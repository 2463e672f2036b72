r"""A crossed circle of which the text says that it multiplies entry by entry: "$\otimes$ is element-wise there, not Kronecker"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from matrix_checks.derivations.reading.pieces import Piece
from matrix_checks.derivations.reading.tokens import Renamed, Token

CROSS, ENTRY_BY_ENTRY = "\\otimes", "\\odot"
_SIGN = re.compile(r"\s*(?:\\otimes|⊗)\s*")
_ENTRYWISE = (
    r"(?:element|entry|entries|component|coordinate|point)[- ]?(?:by[- ](?:element|entry|component))?[- ]?(?:wise)?|hadamard|schur|"
    r"(?:element|eintrags|komponenten|koordinaten|punkt)weise|terme à terme|élément par élément|elemento a elemento|componente a componente|"
    r"elemento per elemento|поэлементн\w*|покомпонентн\w*|逐元素|逐点|按元素"
)
# Behind the sign, in its sentence, with nothing that denies it; or directly before it.
_SAID_BEHIND = re.compile(
    rf"(?i)^(?!\s*(?:is |ist )?(?:not|no|nicht|kein\w*|pas|не)\b)[^.;$]{{0,40}}?\b(?<!not )(?<!no )(?<!nicht )(?<!не )(?:{_ENTRYWISE})"
)
_SAID_BEFORE = re.compile(
    rf"(?i)(?<!not )(?<!no )(?<!nicht )\b(?:{_ENTRYWISE})[- ]?(?:product|multiplication|produkt|produit|producto|prodotto|\w+ие)?\s*\(?$"
)
NEAR = 60


def multiplies_entries(found: Sequence[Piece]) -> bool:
    """Whether words beside a crossed circle that stands alone say that it multiplies entry by entry."""
    for before, after in pairwise(found):
        if before.kind == "inline" and _SIGN.fullmatch(before.source) and _SAID_BEHIND.search(after.source[:NEAR]):
            return True
        if after.kind == "inline" and _SIGN.fullmatch(after.source) and _SAID_BEFORE.search(before.source[-NEAR:]):
            return True
    return False


def with_entries_multiplied(tokens: list[Token]) -> list[Token]:
    """The formula with the sign of a product by entries for each crossed circle."""
    return [Renamed.of(ENTRY_BY_ENTRY, CROSS) if token == CROSS else token for token in tokens]
