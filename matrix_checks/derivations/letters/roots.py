"""The letter of the deviation for the root with the epsilon, too: "let ``\\sigma = \\sqrt{\\sigma^2 + \\varepsilon}``".

From there on ``\\sigma`` is the root, and ``\\sigma^2`` the variance only where it is differentiated, and beside an epsilon.
"""

import re

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.deviation import EPSILON, SHIFTED_ROOT, VARIANCE
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.names.named_parts import in_other_words
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import Definition

_SQUARE = r"\\sigma\s*(?:_\{?\w\}?)?\s*\^\s*\{?\s*2\s*\}?\s*(?:_\{?\w\}?)?"
_SUM = rf"(?:{_SQUARE}\s*\+\s*\\(?:var)?epsilon|\\(?:var)?epsilon\s*\+\s*{_SQUARE})"
_LETTER = r"(?<![A-Za-z{(\\])\\sigma\s*(?:_\{?\w\}?)?\s*&?\s*(?::=|=|\\coloneqq|\\equiv|\\leftarrow|\\gets)\s*&?\s*"
_SAYS_ROOT = re.compile(
    rf"{_LETTER}(?:\\sqrt\s*\{{\s*{_SUM}\s*\}}|(?:\\left)?\(\s*{_SUM}\s*(?:\\right)?\)\s*\^\s*\{{?\s*(?:1/2|\\[dt]?frac\s*(?:12|\{{1\}}\{{2\}})))"
)


def declare_root(context: Context, found: list[Piece]) -> None:
    """Learn whether the text gives the root the letter of the deviation."""
    if not any(piece.kind != "prose" and _SAYS_ROOT.search(piece.source) for piece in found):
        return
    said = Definition(kinds.Function("sqrt", (kinds.Add((VARIANCE, EPSILON)),)))
    views = []
    for view in context.views:
        if VARIANCE.text in view.definitions and EPSILON.text in view.variables and not view.definitions[VARIANCE.text][0].indices:
            own = view.with_definition(SHIFTED_ROOT.text, said, first=True)
            for name, definition in in_other_words(own, SHIFTED_ROOT.text, said):
                own = own.with_definition(name, definition, first=False)
            view = own
        views.append(view)
    context.look_at(views)
    context.own.add(SHIFTED_ROOT.text)
