"""The letter of the deviation for the root with the epsilon, too: "let ``\\sigma = \\sqrt{\\sigma^2 + \\varepsilon}``".

From there on ``\\sigma`` is the root, and ``\\sigma^2`` the variance only where it is differentiated, and beside an epsilon.
"""

import re
from fractions import Fraction
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import equalities, formulas_of, in_letters
from matrix_checks.derivations.equality.deviation import EPSILON, SHIFTED_ROOT, VARIANCE
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.names.named_parts import in_other_words
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import Definition, View

MOST_EQUALITIES = 20
HALF = kinds.Quotient(kinds.Number(Fraction(1)), kinds.Number(Fraction(2)))
# The square of the deviation as the variance: on a side alone.
_SQUARE_ALONE = r"\\sigma\s*(?:_\{?\w\}?)?\s*\^\s*(?:2|\{\s*2\s*\})\s*(?:_\{?\w\}?)?"
_SQUARED = re.compile(rf"{_SQUARE_ALONE}\s*&?\s*(?::?=|\\equiv)|=\s*&?\s*{_SQUARE_ALONE}\s*(?:$|[,.;&=\\])")
_SQUARE = r"\\sigma\s*(?:_\{?\w\}?)?\s*\^\s*\{?\s*2\s*\}?\s*(?:_\{?\w\}?)?"
_SUM = rf"(?:{_SQUARE}\s*\+\s*\\(?:var)?epsilon|\\(?:var)?epsilon\s*\+\s*{_SQUARE})"
_DEVIATION = r"\\sigma\s*(?:_\{?\w\}?)?"
_LETTER = (
    rf"(?:(?<![A-Za-z{{(\\]){_DEVIATION}(?:\s*\^\s*\{{\s*-\s*1\s*\}})?|\\[dt]?frac\s*(?:1|\{{1\}})\s*(?:{_DEVIATION}|\{{\s*{_DEVIATION}\s*\}})|(?<![\w}}])1\s*/\s*{_DEVIATION})"
    r"\s*&?\s*(?::=|=|\\coloneqq|\\equiv|\\leftarrow|\\gets)\s*&?\s*"
)
_ROOT = rf"\\sqrt\s*\{{\s*{_SUM}\s*\}}"
_SAYS_ROOT = re.compile(
    rf"{_LETTER}(?:(?:1\s*/\s*)?{_ROOT}|\\[dt]?frac\s*(?:1|\{{1\}})\s*\{{\s*{_ROOT}\s*\}}|"
    rf"(?:\\left)?\(\s*{_SUM}\s*(?:\\right)?\)\s*\^\s*\{{?\s*-?\s*(?:1/2|\\[dt]?frac\s*(?:12|\{{1\}}\{{2\}})))"
)


def declare_root(context: Context, found: list[Piece]) -> None:
    """Learn whether the text gives the root the letter of the deviation, beside that of the variance, or another one for that."""
    if _take_letters(context, found):
        return
    if not any(piece.kind != "prose" and _SAYS_ROOT.search(piece.source) for piece in found):
        return
    said = Definition(kinds.Function("sqrt", (kinds.Add((VARIANCE, EPSILON)),)))
    views = []
    for view in context.views:
        if VARIANCE.text in view.definitions and EPSILON.text in view.variables and not view.definitions[VARIANCE.text][0].indices:
            view = _with_root(view, SHIFTED_ROOT.text, said)
        views.append(view)
    context.look_at(views)
    context.own.add(SHIFTED_ROOT.text)


def _take_letters(context: Context, found: list[Piece]) -> bool:
    r"""Give the variance the text's letter, and its own to the root: behind ``\sigma = \sqrt{v + \varepsilon}`` both are known."""
    formulas = formulas_of(context, found)
    given = {name for view in context.views for name in (view.origin or view).names}
    if any(_SQUARED.search(piece.source) for piece in found if piece.kind != "prose"):
        return False
    for left, right in islice(equalities(context, formulas), MOST_EQUALITIES):
        inside = below_root(right)
        terms = set(inside.terms) if isinstance(inside, kinds.Add) else set[kinds.Node]()
        letter = next((each.text for each in terms - {EPSILON} if isinstance(each, kinds.Name)), "")
        if left != VARIANCE or len(terms) != 2 or EPSILON not in terms or not letter or letter in given:
            continue
        said = Definition(kinds.Function("sqrt", (kinds.Add((kinds.Name(letter), EPSILON)),)))
        context.look_at(_with_letters(view, letter, said) for view in context.views)
        context.own.add(VARIANCE.text)
        return True
    return False


def below_root(node: kinds.Node) -> kinds.Node | None:
    """What stands below a root, or in brackets to the power of one half; ``None`` for anything else."""
    if isinstance(node, kinds.Function) and node.name == "sqrt":
        return node.arguments[0]
    return kinds.bare(node.body) if isinstance(node, kinds.Power) and kinds.bare(node.exponent) == HALF else None


def _with_letters(view: View, letter: str, said: Definition) -> View:
    view = view.without_alias(letter)
    if VARIANCE.text not in view.definitions or letter in view.names:
        return view
    return _with_root(in_letters(view, {VARIANCE.text: letter}), VARIANCE.text, said)


def _with_root(view: View, name: str, said: Definition) -> View:
    """The view with a name for the root, and with what has that root in it in other words, too."""
    own = view.with_definition(name, said, first=True)
    for other, definition in in_other_words(own, name, said):
        own = own.with_definition(other, definition, first=False)
    return own
