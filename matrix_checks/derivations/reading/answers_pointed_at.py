r"""Gradients with an arrow, a colon or the line of a table before what they are: ``\frac{dy}{dx} \to Ac``, "| ``$dJ/dF$`` | ``$-2(X - F)$`` |".

What points from a gradient to an expression says what it is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from matrix_checks.derivations.reading.macros import Expanded
from matrix_checks.derivations.reading.pieces import Piece

_D = r"(?:d|\\partial|∂|\\(?:mathrm|text|operatorname)\{d\})"
_INDEX = r"(?:_(?:[A-Za-z0-9]|\{[^{}]{1,8}\}))?"
_LETTER = rf"\s*(?:\\(?:mathbf|boldsymbol|bm)\s*)?\{{?\s*[A-Za-z]\s*\}}?{_INDEX}\s*"
GRADIENT = (
    rf"\s*(?:\\[dt]?frac\s*\{{\s*{_D}{_LETTER}\}}\s*\{{\s*{_D}{_LETTER}\}}|{_D}{_LETTER}/\s*{_D}{_LETTER}|\\nabla\s*(?:_\s*(?:[A-Za-z]|\{{\s*[A-Za-z]\s*\}}))?\s*[A-Za-z]?|"
    rf"(?:\\(?:text|mathrm|operatorname)\{{)?grad(?:Input|W|B)\}}?{_INDEX})\s*"
)
# Nothing is compared or concluded behind it, and it is neither a shape, nor what something tends to, nor the next gradient on the way.
_EXPRESSION = r"(?![^=]*(?:\\partial|∂|\\nabla|frac\s*\{\s*d))(?!\s*(?:[-+]?\d+(?:\.\d+)?|\\infty)\s*$)(?![^=]*\\times)(?:(?!\\(?:to|rightarrow|Rightarrow|longrightarrow|mapsto|implies|iff|in|le|ge|ne|approx|equiv|quad|qquad)(?![A-Za-z]))[^=<>≤≥≈→⇒,;:])+"
_POINTS = re.compile(
    rf"(?P<gradient>{GRADIENT})(?P<sign>\\(?:to|rightarrow|longrightarrow|mapsto)(?![A-Za-z])|→|->|:)(?P<expression>{_EXPRESSION})"
)
_IS_GRADIENT, _IS_EXPRESSION = re.compile(GRADIENT), re.compile(_EXPRESSION)
_BETWEEN = re.compile(r"[ \t]*(?:\||→|⟶|-->?|=?>)[ \t]*")
# In characters.
_LONGEST = 400


def with_answers_pointed_at(found: Sequence[Piece]) -> list[Piece]:
    """The pieces of a text with a sign of equality in the place of what points from a gradient to an expression."""
    changed: list[Piece] = []
    for place, piece in enumerate(found):
        if piece.kind != "prose":
            changed.append(_with_sign(piece))
            continue
        before, behind = found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None
        points = len(piece.source) < _LONGEST and _BETWEEN.fullmatch(piece.source) is not None
        is_said = points and before is not None and behind is not None and _is(before, _IS_GRADIENT) and _is(behind, _IS_EXPRESSION)
        changed.append(replace(piece, source=" = ") if is_said else piece)
    return changed


def _is(piece: Piece, pattern: re.Pattern[str]) -> bool:
    return piece.kind == "inline" and len(piece.source) < _LONGEST and pattern.fullmatch(piece.source) is not None


def _with_sign(piece: Piece) -> Piece:
    said = _POINTS.fullmatch(piece.source.rstrip(" .")) if len(piece.source) < _LONGEST else None
    if said is None:
        return piece
    first, last = said.span("sign")
    # All others stand where they stood: the sign is as long as what it is put in the place of.
    text = f"{piece.source[:first]}{'=':<{last - first}}{piece.source[last:]}"
    written = replace(piece.written, text=text) if piece.written.text else Expanded(text, piece.source)
    return replace(piece, source=text, written=written)
