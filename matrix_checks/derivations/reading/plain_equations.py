"""Equations that stand in plain prose, without dollar signs: "so finally dL/dx = y * (g - sum(g * y)), elementwise product"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matrix_checks.derivations.reading.code_arguments import LEFT_OUT, READ
from matrix_checks.derivations.reading.macros import Expanded, replaced
from matrix_checks.derivations.reading.tex import FUNCTIONS
from matrix_checks.derivations.reading.unicode_letters import unicode_letters

# What is no prose: code, addresses, links, HTML, and lines with dollars that are left over, or with commands for words and tables.
_APART = re.compile(
    r"```.*?(?:```|\Z)|(`+)[^\n]*?\1|<[^<>\n]{1,500}>|\[[^\[\]\n]{0,500}\]\([^()\n]{0,500}\)|\b\w+://\S+|^(?: {4}|\t)[^\n]*|"
    r"^[ \t]*\[[^\]\n]*\]:[^\n]*|^[^\n]*(?:\$|\\(?:begin|end|text\w*|mbox|tag|label|new\w*|def|[\\()\[\]]))[^\n]*|(?<= )\|(?= )|^ {0,3}(?:[-+*>]|\d+[.)]|#+)(?= )",
    re.DOTALL | re.MULTILINE,
)
# An equation that is all of a piece of code in one line.
_IN_CODE = re.compile(r"(?<!`)`[ \t]*(?P<equation>[A-Za-z]\w*[ \t]*=(?!=)[^=#`\n]*(?:(?:axis|keepdims)=[^=#`\n]*)*)`(?!`)")
_SIGN = re.compile(r"(?<![=<>!:+\-*/~≤≥])=(?![=>~<])")
# Small letters and digits above and below.
_SCRIPTS = "ᵀⁱⁿᵏᵐᵢⱼₖₗₘₙₚᵣₛₜₐₑₒₓᵤᵥ⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁻₋⁺₊"
_PIECE = re.compile(
    rf"[_^]\{{[^{{}}\n]{{1,24}}\}}|\\[A-Za-z]+|\\[,;!]|(?<=\^)T|_[a-z]{{2,3}}(?![A-Za-z])|[^\W\d_{_SCRIPTS}]+|\d+(?:[.,]\d+)*|\s+|\*\*|.",
    re.DOTALL,
)
_OPEN, _CLOSE = "([{", ")]}"
_OPERATORS = frozenset("+-−*/^_@·×⊗⊙∘√|‖=")
# What an expression is made of, besides names and numbers.
_SIGNS = _OPERATORS | set("'’′.,∂∇∑Σ⊤" + _SCRIPTS)
# Inside of brackets only.
_CODE = frozenset({*READ, *LEFT_OUT})
_LETTER = re.compile(r"[A-Za-zα-ωΑ-Ω]")
_GREEK = "alpha|beta|gamma|delta|epsilon|eps|theta|lambda|mu|sigma"
_SPELLED = re.compile(rf"(?<![A-Za-z\\])(?:d(?=(?:{_GREEK})\b))?({_GREEK})(?![A-Za-z])")
_BELOW = re.compile(r"(?<=_)([a-z]{2,3})(?![A-Za-z{])")
_GRADIENT = re.compile(r"(?<![A-Za-z\\_])grad_(input|output|[a-zA-Z])(?![A-Za-z])")
_HAT = re.compile(r"(?<![A-Za-z\\])([xyz])_?hat(?![A-Za-z])")
# Around an equation, and no part of it.
_AROUND = " \t\r*_.,"
# Of one side, in characters; and how near to a sign its sides begin.
LONGEST_SIDE, NEAR = 400, 40
# What no words have: a script, a derivative, a command.
_OF_FORMULA = re.compile(r"[A-Za-z)][_^][A-Za-z0-9{]|\\[a-z]{2,}|[∂∇Σᵀ]|(?<![A-Za-z])d[A-Za-z]/d[A-Za-z]")


@dataclass(frozen=True)
class PlainEquation:
    """An equation in prose.

    Attributes
    ----------
    source
        As it is written.
    start
        Where it begins in the prose.
    is_cut
        Whether it ends inside of brackets in which there are words.
    """

    source: str
    start: int
    is_cut: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the prose."""
        return self.start + len(self.source)

    def in_tex(self) -> Expanded:
        """The same with Greek letters as commands, and with braces around indices."""
        greek = [(*found.span(1), "\\" + _command(found[1]) + " ") for found in _SPELLED.finditer(self.source)]
        below = [(*found.span(1), f"{{{found[1]}}}") for found in _BELOW.finditer(self.source) if not _SPELLED.match(found[1])]
        named = [(*found.span(), f"grad\\_{found[1]}") for found in _GRADIENT.finditer(self.source)]
        hats = [(*found.span(), f"\\hat {found[1]} ") for found in _HAT.finditer(self.source)]
        return replaced(self.source, [*greek, *below, *named, *hats, *unicode_letters(self.source)])


def _command(name: str) -> str:
    return "varepsilon" if name in ("eps", "epsilon") else name


def plain_equations(prose: str, is_name: Callable[[str], bool]) -> list[PlainEquation]:
    """The equations of a text without formulas, in order.

    Parameters
    ----------
    prose
        What stands between two formulas.
    is_name
        Whether a word of several letters belongs to a formula; any other ends one.
    """
    if "=" not in prose:
        return []
    seen = _APART.sub(lambda found: "\0" * len(found[0]), prose)
    found = list(_in_code(prose))
    behind = 0
    for sign in _SIGN.finditer(seen):
        if sign.start() < behind:
            continue
        near, far = max(sign.start() - LONGEST_SIDE, behind), min(sign.end() + LONGEST_SIDE, len(seen))
        line = max(seen.rfind(mark, near, sign.start()) + 1 for mark in "\n\0") or near
        stop = min(place if (place := seen.find(mark, sign.end(), far)) >= 0 else far for mark in "\n\0")
        before = _reach(_PIECE.findall(seen[line : sign.start()])[::-1], is_name, is_left=True)
        after = _reach(_PIECE.findall(seen[sign.end() : stop]), is_name, is_left=False)
        behind = sign.end() + after[0]
        equation = _trimmed(seen, sign.start() - before[0], behind, before[1] or after[1])
        if _is_whole(equation.source):
            found.append(equation)
    return sorted(found, key=lambda each: each.start)


def signs_of_formulas(prose: str) -> Iterator[int]:
    """Where signs of equality stand in prose beside something that looks like a formula."""
    seen = _APART.sub(lambda found: "\0" * len(found[0]), prose) if "=" in prose else ""
    for sign in _SIGN.finditer(seen):
        beside = (
            seen[max(sign.start() - NEAR, 0) : sign.start()].rpartition("\n")[2],
            seen[sign.end() : sign.end() + NEAR].partition("\n")[0],
        )
        if any(_OF_FORMULA.search(each) for each in beside):
            yield sign.start()


def _in_code(prose: str) -> Iterator[PlainEquation]:
    """The equations in code."""
    for code in _IN_CODE.finditer(prose):
        source = code["equation"].rstrip(" ;")
        if _is_whole(source):
            yield PlainEquation(source, code.start("equation"))


def _reach(pieces: list[str], is_name: Callable[[str], bool], is_left: bool) -> tuple[int, bool]:
    """How many characters from the sign belong to the equation, and whether it is cut off inside of brackets."""
    opening, closing = (_CLOSE, _OPEN) if is_left else (_OPEN, _CLOSE)
    length = whole = depth = 0
    inside: list[str] = []
    beside = [*pieces[1:], " "]
    for place, piece in enumerate(pieces):
        if piece in opening:
            inside = [" " if place and pieces[place - 1].isspace() else "+"] if not depth else inside
            depth += 1
        elif piece in closing:
            if not depth:
                break
            depth -= 1
        elif piece == "**" or (piece == "," and not depth) or not (_belongs(piece, is_name) or (depth and piece in _CODE)):
            break
        elif piece == "." and (pieces[place - 1] if is_left and place else " " if is_left else beside[place]).isspace():
            # A full stop.
            break
        elif (
            not is_left
            and piece in FUNCTIONS
            and beside[place].isspace()
            and not _argument_in(pieces[place + 2 : place + 3], is_name)
        ):
            # A function in words, of which no argument follows: "the sum of".
            break
        length += len(piece)
        inside.append(piece)
        if not depth:
            whole = length
    return whole, depth > 0 and not _OPERATORS.isdisjoint(inside)


def _argument_in(following: list[str], is_name: Callable[[str], bool]) -> bool:
    return any(piece in _OPEN or _belongs(piece, is_name) for piece in following)


def _belongs(piece: str, is_name: Callable[[str], bool]) -> bool:
    if len(piece) > 1 and piece[0] in "\\^_":
        # TeX without dollar signs.
        return True
    if piece[0].isalpha() and piece not in _SIGNS:
        is_letter = len(piece) == 1 and _LETTER.match(piece) is not None
        is_product = len(piece.lstrip("d")) <= 3 and piece.lstrip("d").isupper()
        return is_letter or is_product or _SPELLED.fullmatch(piece) is not None or is_name(piece)
    return piece[0].isdecimal() or piece.isspace() or piece in _SIGNS or piece[0] == "_"


def _trimmed(text: str, first: int, last: int, is_cut: bool) -> PlainEquation:
    source = text[first:last]
    start = first + len(source) - len(source.lstrip(_AROUND))
    return PlainEquation(source.strip(_AROUND).rstrip(" ="), start, is_cut)


def _is_whole(source: str) -> bool:
    """Whether something stands on both sides of each sign."""
    return "=" in source and all(any(map(str.isalnum, side)) for side in source.split("="))
