"""The TeX commands that build something out of their arguments: fractions, roots, accents, delimiters, words, tables.

Each function is given the parser just behind the command's name, the name, and the style of the surroundings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from autograder.pages.typeset import symbols as tex
from autograder.pages.typeset.atoms import Atom, Style, operator, space
from autograder.pages.typeset.symbols import BINARY, CLOSING, INNER, OPENING, OPERATOR, ORDINARY, PUNCTUATION, RELATION

if TYPE_CHECKING:
    from autograder.pages.typeset.parser import Parser

_FENCES = {
    "matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"), "smallmatrix": ("", ""), "array": ("", ""), "cases": ("{", ""), "dcases": ("{", ""),
}  # fmt: skip
_CENTRED = frozenset(("gathered", "gather", "gather*", "equation", "equation*"))
_ALIGNED = frozenset(("aligned", "align", "align*", "split", "eqnarray", "eqnarray*")) | _CENTRED
_ATOM_KINDS = {
    "mathord": ORDINARY, "mathop": OPERATOR, "mathbin": BINARY, "mathrel": RELATION, "mathopen": OPENING,
    "mathclose": CLOSING, "mathpunct": PUNCTUATION, "mathinner": INNER,
}  # fmt: skip
_TEXTS = {
    **dict.fromkeys(("text", "textrm", "textnormal", "mbox"), ""),
    "textbf": "font-weight: bold",
    "textit": "font-style: italic",
    "texttt": "font-family: monospace",
}
_SIDES = {"": ORDINARY, "l": OPENING, "r": CLOSING, "m": RELATION}
_GROWING = ' stretchy="true"'
_STRETCHED = ' stretchy="true" symmetric="true"'


def _script(style: Style) -> Style:
    return style._replace(display=False, script=True)


def _fraction(parser: Parser, name: str, style: Style) -> Atom:
    display = {"d": True, "c": True, "t": False}.get(name[0], style.display)
    inner = style._replace(display=False, script=style.script or not display)
    attributes = ' linethickness="0"' if name.endswith("binom") else ""
    markup = f"<mfrac{attributes}>{parser.argument(inner, name)}{parser.argument(inner, name)}</mfrac>"
    if name.endswith("binom"):
        markup = "<mrow>" + operator("(", _STRETCHED) + markup + operator(")", _STRETCHED) + "</mrow>"
    if name[0] in "dct":
        markup = f'<mstyle displaystyle="{str(display).lower()}" scriptlevel="0">{markup}</mstyle>'
    return Atom(INNER, markup)


def _root(parser: Parser, name: str, style: Style) -> Atom:
    index = parser.enclosed(_script(style), "]") if parser.peek() == "[" else ""
    # A strut keeps the bar off low letters and gives all roots of a line one height.
    strut = '<mspace width="0" height="0.7em" depth="0.1em"/>'
    inside = f"<mrow>{strut}{parser.argument(style._replace(display=False), name)}</mrow>"
    return Atom(ORDINARY, f"<mroot>{inside}{index}</mroot>" if index else f"<msqrt>{inside}</msqrt>")


def _accent(parser: Parser, name: str, style: Style) -> Atom:
    character, grows = tex.ACCENTS[name]
    mark = operator(character, f' stretchy="{str(grows).lower()}"')
    return Atom(ORDINARY, f'<mover accent="true">{parser.argument(style, name)}{mark}</mover>')


def _brace(parser: Parser, name: str, style: Style) -> Atom:
    tag, brace = tex.BRACES[name]
    inside = parser.argument(style, name)
    return Atom(ORDINARY, f"<{tag}>{inside}{operator(brace, _GROWING)}</{tag}>", limits=True)


def _stacked(parser: Parser, name: str, style: Style) -> Atom:
    script = parser.argument(_script(style), name)
    tag = "munder" if name == "underset" else "mover"
    return Atom(RELATION, f"<{tag}>{parser.argument(style, name)}{script}</{tag}>")


def _wrapped(parser: Parser, name: str, style: Style) -> Atom:
    inside = parser.argument(style, name)
    if name == "phantom":
        return Atom(ORDINARY, f"<mphantom>{inside}</mphantom>")
    look = "overline" if name == "bar" else name  # the font's own bar touches the serifs of a capital
    return Atom(ORDINARY, f'<mrow class="{look}">{inside}</mrow>')


def _not(parser: Parser, name: str, style: Style) -> Atom:
    struck = parser.nucleus(style)
    strike = re.compile(r"(?<=>)([^<>&]|&[a-z]+;)(?=</m[io]>)")
    markup, count = strike.subn(lambda found: unicodedata.normalize("NFC", found[0] + "\u0338"), struck.markup)
    return struck._replace(markup=markup) if count == 1 else parser.fail(r"\not stands before nothing that it can strike out")


def _word(parser: Parser, name: str, style: Style) -> Atom:
    text = parser.raw_argument("\\" + name)
    if not re.fullmatch(r"[A-Za-z0-9 ]+", text):
        parser.fail(f"\\{name} takes letters only")
    return Atom(OPERATOR, _letters(text, ""), style.display and name.endswith("*"))


def _in_font(parser: Parser, name: str, style: Style) -> Atom:
    start = parser.place
    word = re.fullmatch(r"\s*([A-Za-z]+)\s*", parser.raw_argument("\\" + name)) if parser.peek() == "{" else None
    if word:  # a word in one alphabet is one element, so that its letters stand together
        return Atom(ORDINARY, _letters(word[1], name))
    parser.place = start
    return Atom(ORDINARY, parser.argument(style._replace(font=name), name))


def _of_kind(parser: Parser, name: str, style: Style) -> Atom:
    return Atom(_ATOM_KINDS[name], parser.argument(style, name), style.display and name == "mathop")


def _nothing(parser: Parser, name: str, style: Style) -> Atom:
    return Atom(None, "")


def _letters(text: str, font: str) -> str:
    mapped = "".join(tex.FONTS.get(font, {}).get(character, character) for character in text)
    upright = ' mathvariant="normal"' if mapped == text and len(text) == 1 else ""
    return f"<mi{upright}>{mapped.replace(' ', chr(0x2009))}</mi>"


def _text(parser: Parser, name: str, style: Style) -> Atom:
    pieces = []
    look = f' style="{_TEXTS[name]}"' if _TEXTS[name] else ""
    for place, piece in enumerate(parser.raw_argument("\\" + name).split("$")):
        if place % 2:  # between two dollar signs: mathematics again
            pieces.append(type(parser)(piece).row(style._replace(display=False), frozenset(("",))))
            continue
        plain = re.sub(r"\\([_%&# ])|[{}]", r"\1", piece)
        if "\\" in plain:
            parser.fail(f"a command inside \\{name}")
        if plain:
            # White space at the ends of an element is dropped by browsers, a no-break space is kept.
            shown = escape(re.sub(r"\s+", "\xa0", plain), quote=False)
            pieces.append(f"<mtext{look}>{shown}</mtext>")
    return Atom(ORDINARY, f"<mrow>{''.join(pieces)}</mrow>")


def _delimiter(parser: Parser, command: str) -> str:
    token = parser.next()
    if token not in tex.DELIMITERS:
        parser.fail(f"{command} stands before {token!r}, which is no delimiter")
    return tex.DELIMITERS[token]


def _fenced(parser: Parser, name: str, style: Style) -> Atom:
    pieces = [operator(_delimiter(parser, r"\left"), _STRETCHED + ' form="prefix"')]
    while True:
        pieces.append(parser.row(style, frozenset((r"\middle", r"\right"))))
        if parser.next() == r"\right":
            break
        pieces.append(operator(_delimiter(parser, r"\middle"), _STRETCHED))
    pieces.append(operator(_delimiter(parser, r"\right"), _STRETCHED + ' form="postfix"'))
    return Atom(INNER, f"<mrow>{''.join(pieces)}</mrow>")


def _sized(parser: Parser, name: str, style: Style) -> Atom:
    side = name[-1] if name[-1] in "lrm" else ""
    height = tex.BIG_SIZES[name.removesuffix(side)]
    delimiter = _delimiter(parser, "\\" + name)
    return Atom(_SIDES[side], operator(delimiter, f'{_STRETCHED} minsize="{height}em" maxsize="{height}em"'))


def _modulo(parser: Parser, name: str, style: Style) -> Atom:
    if name == "bmod":
        return Atom(BINARY, "<mi>mod</mi>")
    inside = parser.argument(style, name)
    row = operator("(") + '<mi>mod</mi><mspace width="0.33em"/>' + inside + operator(")")
    return Atom(INNER, f'<mrow><mspace width="1em"/>{row}</mrow>')


def _horizontal_space(parser: Parser, name: str, style: Style) -> Atom:
    width = re.fullmatch(r"\s*(-?\d*\.?\d+)\s*em\s*", parser.raw_argument("\\" + name))
    return space(float(width[1])) if width else parser.fail(rf"\{name} takes a width in em")


def _substack(parser: Parser, name: str, style: Style) -> Atom:
    if parser.next() != "{":
        parser.fail(r"\substack lacks its braces")
    markup = _table(parser, "substack", style, "}", [])
    parser.next()
    return Atom(ORDINARY, markup)


def _environment(parser: Parser, name: str, style: Style) -> Atom:
    environment = parser.raw_argument(r"\begin")
    if environment not in _FENCES and environment not in _ALIGNED:
        parser.fail(f"unknown environment {environment!r}")
    sides = parser.raw_argument(r"\begin{array}") if environment == "array" else ""
    columns = [{"l": "left", "r": "right"}.get(side, "center") for side in sides if side in "lcr"]
    table = _table(parser, environment, style, r"\end", columns)
    parser.next()
    if (closing := parser.raw_argument(r"\end")) != environment:
        parser.fail(f"unbalanced: environment {environment!r} ends as {closing!r}")
    left, right = _FENCES.get(environment, ("", ""))
    if environment == "smallmatrix":
        table = f'<mstyle scriptlevel="+1">{table}</mstyle>'
    return Atom(INNER, f"<mrow>{operator(left, _STRETCHED)}{table}{operator(right, _STRETCHED)}</mrow>")


def _table(parser: Parser, environment: str, style: Style, end: str, columns: list[str]) -> str:
    aligned, cases = environment in _ALIGNED, environment.endswith("cases")
    displayed = aligned or environment == "dcases"
    inner = style._replace(display=displayed, script=style.script or environment in ("smallmatrix", "substack"))
    rows: list[list[str]] = [[]]
    while True:
        place = len(rows[-1])
        side = columns[place] if place < len(columns) else ""
        if not columns:
            side = ("right", "left")[place % 2] if aligned else "left" if cases else ""
        if environment in _CENTRED:
            side = ""
        # Right of an ampersand, "=" and "−" stand between two operands although they come first in their cell.
        cell = parser.row(inner, frozenset(("&", r"\\", end)), ORDINARY if aligned and place % 2 else None)
        rows[-1].append(f'<mtd class="{side}">{cell}</mtd>' if side else f"<mtd>{cell}</mtd>")
        separator = parser.peek()
        if separator == end:
            break
        parser.next()
        if separator == r"\\":
            parser.skip_row_gap()
            if parser.peek() == end:
                break
            rows.append([])
    kind = "aligned" if aligned else "cases" if cases else "substack" if environment == "substack" else "matrix"
    style_of_cells = ' displaystyle="true"' if displayed else ""
    body = "".join(f"<mtr>{''.join(row)}</mtr>" for row in rows)
    return f'<mtable class="{kind}"{style_of_cells}>{body}</mtable>'


Construction = Callable[["Parser", str, Style], Atom]
CONSTRUCTIONS: dict[str, Construction] = {
    **dict.fromkeys(("frac", "tfrac", "dfrac", "cfrac", "binom", "tbinom", "dbinom"), _fraction),
    **dict.fromkeys(tex.ACCENTS, _accent),
    **dict.fromkeys(tex.BRACES, _brace),
    **dict.fromkeys(tex.FONTS, _in_font),
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys((size + side for size in tex.BIG_SIZES for side in _SIDES), _sized),
    **dict.fromkeys(_ATOM_KINDS, _of_kind),
    **dict.fromkeys(("overset", "underset", "stackrel"), _stacked),
    **dict.fromkeys(("bar", "overline", "underline", "boxed", "phantom"), _wrapped),
    **dict.fromkeys(("bmod", "pmod"), _modulo),
    **dict.fromkeys(("operatorname", "operatorname*"), _word),
    **dict.fromkeys(("nonumber", "notag"), _nothing),
    "sqrt": _root,
    "not": _not,
    "left": _fenced,
    "hspace": _horizontal_space,
    "substack": _substack,
    "begin": _environment,
}  # fmt: skip
