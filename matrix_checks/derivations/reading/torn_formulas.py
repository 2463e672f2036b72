r"""Formulas that go on outside of their dollar signs: "``dJ/dS = $-2$ A^T X``", "``$g_i$ y_i (g_k - ...)``".

What stands between the dollars is no statement then. All of it is read as what stands in plain prose: nothing of that is called false.
"""

import re
from collections.abc import Sequence

from matrix_checks.derivations.reading.left_sides import ends_in_left_side
from matrix_checks.derivations.reading.pieces import Piece

_FUNCTION = r"(?:tr|vec|diag|mean|sum|exp|log|sqrt|var|Tr)"
_COMMAND = (
    r"\\(?:[dt]?frac|sum|partial|delta|hat|bar|tilde|mathbf|mathrm|boldsymbol|operatorname|otimes|odot|cdot|sqrt|sigma|mu|epsilon|varepsilon|alpha|beta|gamma|nabla|langle|left|log|exp)"
    r"(?![A-Za-z])"
)
_LETTER = r"(?<![^\W_])(?:[A-Za-z]|[α-ωΑ-Ω])"
# What no prose has: a command, a letter with a script, a function with its bracket, a derivative.
_SURE = (
    rf"(?:{_COMMAND}|{_LETTER}(?:[_^][A-Za-z0-9{{]|[₀-₉ᵀᵢⱼₖ²])|{_FUNCTION}\(|(?<![^\W_])(?:d|∂)[A-Za-z]{{1,2}}\w*/(?:d|∂)[A-Za-z])"
)
# A letter that is no word of a language, at the end of a part of a sentence.
_LAST = r"(?<![^\W_])[B-HJ-Zbcdf-hj-np-rtvx](?=[ \t]*(?:\n|[,;)]|\.(?:\s|$)))"
# What stands directly behind a formula, or before it, and belongs to it.
_BEHIND = re.compile(
    rf"[ \t]*(?:[-−+*/·⊗⊙]?[ \t]*{_SURE}|[+*/·⊗⊙][ \t]*(?:\d|{_LETTER}(?![A-Za-z]))|{_LAST}|[_^]\{{?\w|\*{{0,2}}[ \t]*:?=[ \t]*[-+]?[ \t]*(?:\d[\d./]*[ \t]*|\()?{_SURE})"
)
_BEFORE = re.compile(
    rf"(?:{_SURE}(?:[^\n,;:.A-Za-z]|(?<![A-Za-z])[A-Za-z](?![A-Za-z])|{_FUNCTION}(?![A-Za-z])|{_COMMAND}){{0,60}}[-−+*/·⊗⊙=]|[^\W_][_^]|\bd)[ \t]*$"
)
# The same behind an equality, whatever words stand behind it: "$\\frac{dy}{dx} = 2$ x and so on".
_FACTOR_BEHIND = re.compile(r"[ \t]*[bcdghmnpqrtxBCDFGHLMNPQRTWXY](?=[ \t])")
# In characters.
_NEAR, _LONGEST = 80, 300


def with_torn_formulas(found: Sequence[Piece], markdown: str) -> list[Piece]:
    """The pieces of a text, where formulas that go on outside of their dollar signs are prose, with blanks for the signs.

    Parameters
    ----------
    found
        The pieces.
    markdown
        The text.
    """
    torn = {place for place, piece in enumerate(found) if piece.kind == "inline" and _is_torn(found, place)}
    pieces: list[Piece] = []
    for place, piece in enumerate(found):
        end = found[place + 1].start if place + 1 < len(found) else len(markdown)
        if place not in torn and not (pieces and pieces[-1].kind == "prose" and piece.kind == "prose"):
            pieces.append(piece)
            continue
        written = markdown[piece.start : end].replace("$", " ") if place in torn else piece.source
        if pieces and pieces[-1].kind == "prose":
            before = pieces.pop()
            pieces.append(Piece(before.source + written, "prose", before.start, before.inside))
        else:
            pieces.append(Piece(written, "prose", piece.start, piece.start))
    return pieces


def _is_torn(found: Sequence[Piece], place: int) -> bool:
    if len(found[place].source) > _LONGEST:
        return False
    before = found[place - 1].source[-_NEAR:] if place and found[place - 1].kind == "prose" else ""
    behind = found[place + 1].source[:_NEAR] if place + 1 < len(found) and found[place + 1].kind == "prose" else ""
    if "=" in found[place].source and _FACTOR_BEHIND.match(behind):
        return True
    return _BEHIND.match(behind) is not None or (_BEFORE.search(before) is not None and not ends_in_left_side(before))
