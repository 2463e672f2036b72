r"""Left sides that stand in the prose directly before a formula: "so gradInput = ``$gW^\top$``".

The sign is a relation as any other: what is said is ``dX = gW^\top``.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from matrix_checks.derivations.reading.macros import Expanded, replaced
from matrix_checks.derivations.reading.pieces import Piece
from matrix_checks.derivations.reading.unicode_letters import unicode_letters

_OPERATORS = r"=<>≤≥≈∝"
# The name of a gradient, as keyboards have it, with an index or without.
_D = r"(?:d|∂|\\partial\s?)"
_INDEX = r"(?:_(?:\{[^{}\n]{1,8}\}|[a-z0-9]{1,3})|[ᵢⱼₖₗₘₙₚᵣ]{1,2})?"
_BELOW = r"(?:mu|sigma|gamma|beta|\\(?:mu|sigma|gamma|beta)(?![a-z])|[A-Za-z]{1,2}|[α-ω])(?:\^2|²)?"
GRADIENT = (
    rf"(?:{_D}[A-Za-z]{{0,2}}{_INDEX}\s?/\s?{_D}{_BELOW}{_INDEX}|d[A-Za-z]|grad_?(?:[Ii]n(?:put)?|[A-Za-z]){_INDEX}|grad_input|"
    r"∇_?[A-Za-z]?\s?[A-Za-z]|[fy]['′])(?![\w'′])"
)
# Nothing that it may be a factor of stands before it.
_APART = r"(?:^|[\n(,;:.!?>→⇒⟹⟶|*_–—-]|(?<![\w\\$])[^\W\d_]{2,}[,:]?)\s*"
_EMPHASIS = r"(?:\*\*|\*|__|_|`)?"
_WITH_SIGN = re.compile(rf"{_APART}{_EMPHASIS}(?P<name>{GRADIENT}|(?<![\w'])[A-Za-z](?:['′]?\([A-Za-z]\))?){_EMPHASIS}\s*=\s*$")
# A heading, or the cell of a table, before a formula that begins with its sign: "**dL/dX:** ``$= gW^\\top$``".
_WITHOUT_SIGN = re.compile(rf"{_APART}{_EMPHASIS}(?P<name>{GRADIENT}){_EMPHASIS}\s*:?{_EMPHASIS}\s*(?:\|\s*)?$")
# At the end of prose, in characters.
_NEAR = 60
_NUMBER = re.compile(r"[-+]?[\d.,\s]+")
_BEGINS_EQUAL = re.compile(r"\s*(?:&\s*)?=")
_BEGINS_WITH_SIGN = re.compile(rf"\s*(?:&\s*)?(?:[{_OPERATORS}]|\\(?:le|ge|ne|approx|equiv|to|Rightarrow|implies|iff)\b)")


def with_left_sides(found: Sequence[Piece]) -> list[Piece]:
    """The pieces of a text, where a left side that ends a piece of prose, with its sign or before it, belongs to the formula behind it."""
    pieces = list(found)
    for place in range(len(pieces) - 1):
        prose, formula = pieces[place], pieces[place + 1]
        if prose.kind != "prose" or formula.kind == "prose":
            continue
        has_sign = _BEGINS_EQUAL.match(formula.source) is not None
        if not has_sign and _BEGINS_WITH_SIGN.match(formula.source):
            continue
        if _NUMBER.fullmatch(formula.source):
            # A size, or the value of an example.
            continue
        begin = max(len(prose.source) - _NEAR, 0)
        said = (_WITHOUT_SIGN if has_sign else _WITH_SIGN).search(prose.source[begin:])
        if said is None:
            continue
        first = begin + said.start("name")
        pieces[place] = replace(prose, source=prose.source[:first])
        pieces[place + 1] = _joined(in_tex(said["name"]) + (" " if has_sign else " = "), prose.inside + first, formula)
    return pieces


def ends_in_left_side(prose: str) -> bool:
    """Whether prose ends in a left side with its sign, which belongs to the formula behind it."""
    return _WITH_SIGN.search(prose[-_NEAR:]) is not None


def in_tex(name: str) -> str:
    """The name of a gradient as TeX has it."""
    written = replaced(name, list(unicode_letters(name))).text
    spelled = written.replace("∂", r"\partial ").replace("′", "'").replace("∇", r"\nabla ")
    spelled = re.sub(r"(?<![A-Za-z\\])(d?)(mu|sigma|gamma|beta)(?![a-z])", r"\1\\\2 ", spelled)
    return re.sub(r"^grad_(?=\w)", r"grad\\_", re.sub(r"_([a-z0-9]{2,3})", r"_{\1}", spelled) if "/" in spelled else spelled)


def _joined(begins: str, stands_at: int, formula: Piece) -> Piece:
    """A formula with a left side before it, which stands at a place of the text."""
    written = formula.written
    text = begins + formula.source
    # All of what was put before it stands where it was written.
    starts = (0, *(len(begins) + start for start in (written.starts if written.text else (0,))))
    shifts = (stands_at - formula.inside, *(written.shifts if written.text else (0,)))
    is_written = (False, *(written.written if written.text else (True,)))
    return replace(formula, source=text, written=Expanded(text, written.original, starts, shifts, is_written))
