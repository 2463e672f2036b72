"""``D_k y_i`` as the derivative by the entry ``k``: where the text does not say that it is meant, ``D_k`` may be something else."""

import re

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.memory import Memory

LETTER = "D"
# Of a text, in characters.
LONGEST = 20_000
_SAYS = re.compile(
    r"(?<![A-Za-z\\])D_\{?[a-z]\}?[^.;\n]{0,40}?(?:\\partial|∂|\bd\s*/\s*d|\\frac\s*\{?\s*d\b|(?i:deriv|ableitung|abgeleitet|производн|dérivée|pochodn|похідн|导数))|"
    r"(?i:deriv\w*|ableitung|производн\w*|dérivée|pochodn\w*|похідн\w*|导数)[^.;\n]{0,40}?(?<![A-Za-z\\])D_\{?[a-z]"
)

# ``\\partial_k \\equiv \\frac{\\partial}{\\partial x_k}``
_BY = re.compile(
    r"\\partial_\{?([a-z])\}?\s*(?:\\equiv|:?=|\\coloneqq|\\triangleq)\s*\\[dt]?frac\s*\{?\s*\\partial\s*\}?\s*\{\s*\\partial\s*\{?\s*([A-Za-z])\s*\}?_\{?\1\b"
)


def declare_partials(memory: Memory, found: list[Piece]) -> None:
    """Learn whether the text says that ``D_k`` is a derivative, and by which array's entry a ``\\partial_k`` is one."""
    text = " ".join(piece.source for piece in found)[:LONGEST]
    memory.names_partials = _SAYS.search(text) is not None
    said = {name for _, name in _BY.findall(text)}
    memory.partials_by = said.pop() if len(said) == 1 else ""


def partials(claim: Claim) -> str:
    """A ``D`` with an index may be an entry of what the text does not explain; the ``m`` of ``\\partial L/\\partial m`` may be a mean."""
    letter = _lone_letter(claim)
    if letter:
        return f"it is not said what {letter} is"
    if claim.context.memory.names_partials or LETTER in claim.context.known:
        return ""
    for tokens in claim.tokens:
        bare_tokens = without_braces(tokens)
        found = zip(bare_tokens, bare_tokens[1:], bare_tokens[2:])
        if any((one, two) == (LETTER, "_") and index in INDEX_LETTERS for one, two, index in found):
            return "it is not said whether D with an index is a derivative"
    return ""


def _lone_letter(claim: Claim) -> str:
    """A letter of an index by which a claim differentiates, and which is no index in it; empty for none."""
    tokens = [token for side in claim.tokens for token in (*without_braces(side), "")]
    found = {
        str(two)
        for one, two, three in zip(tokens, tokens[1:], tokens[2:])
        if one == "\\partial" and two in INDEX_LETTERS and three != "_"
    }
    indices = {str(two) for one, two in zip(tokens, tokens[1:]) if one == "_"} | claim.context.known
    return min(found - indices, default="")
