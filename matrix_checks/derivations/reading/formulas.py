"""Where the formulas of a write-up are in its Markdown; another way to mark one is added to ``_OPENING`` and ``_CLOSING``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from matrix_checks.derivations.reading.answers_pointed_at import with_answers_pointed_at
from matrix_checks.derivations.reading.chains import chains as chains
from matrix_checks.derivations.reading.chains import cut as cut
from matrix_checks.derivations.reading.hidden import visible
from matrix_checks.derivations.reading.left_sides import with_left_sides
from matrix_checks.derivations.reading.macros import Macros, expanded, macros_of
from matrix_checks.derivations.reading.pairs_in_words import with_pairs_in_words
from matrix_checks.derivations.reading.pieces import Piece as Piece
from matrix_checks.derivations.reading.pieces import prose_at as prose_at
from matrix_checks.derivations.reading.signs_between import with_signs_between
from matrix_checks.derivations.reading.statements import Chain as Chain
from matrix_checks.derivations.reading.statements import Cut as Cut
from matrix_checks.derivations.reading.statements import shape_of as shape_of
from matrix_checks.derivations.reading.torn_formulas import with_torn_formulas

_ENVIRONMENT = r"\{(?:align|equation|gather|eqnarray|multline|flalign|alignat|aligned|gathered|split)\*?\}"
_OPENING = re.compile(rf"```(?:math|latex|tex)[ \t]*\n|```|`|(?<!\\)\$\$|(?<!\\)\$|\\\\?\[|\\\\?\(|\\begin{_ENVIRONMENT}")
# What ends a formula that begins with each; a bare environment ends with its own \end.
_CLOSING = {
    "math": (re.compile("```"), "display"),
    "```": (re.compile("```"), "prose"),
    "`": (re.compile("`|\n"), "prose"),
    "$$": (re.compile(r"(?:(?<!\\)|(?<=\\\\))\$\$?"), "display"),
    "$": (re.compile(r"(?:(?<!\\)|(?<=\\\\))\$|\n[ \t]*\n"), "inline"),
    "[": (re.compile(r"\\\\?\]"), "display"),
    "(": (re.compile(r"\\\\?\)"), "inline"),
    "}": (re.compile(rf"\\end{_ENVIRONMENT}"), "display"),  # The same one that was begun.
}
# Numbers that code gives to a letter, which what is said of them in formulas needs: `x = [1, 2, 3]`.
_GIVEN = re.compile(r"\s*+[A-Za-z]\s*+=\s*+\[(?:\s*+-?\d++(?:\.\d*+)?+\s*+,?+)++\]\s*+")
_TEXT = re.compile(r"\\(?:text\w*|mbox|hbox)\s*\{[^{}]*$")
# Another item of a list, a heading, or a row of a table.
_NEXT_ITEM = re.compile(r"\n[ \t]*(?:\d{1,2}[.)][ \t]|#{1,6}[ \t]|\||[-*+][ \t]+(?:[^\W\d_]{2,}|\*\*|\$))")
# How far back a \text that is still open is looked for.
LONGEST_TEXT = 100
# Inside of one formula.
MOST_DOLLARS = 12


@dataclass(frozen=True)
class Pieces:
    """A text in pieces.

    Attributes
    ----------
    pieces
        The formulas and the prose between them, in order; code is prose.
    hides
        Whether a part of the text is invisible, and was not read.
    """

    pieces: list[Piece]
    hides: bool


def pieces(markdown: str) -> list[Piece]:
    """The formulas of a Markdown text and the prose between them, in order; code is prose."""
    return read_pieces(markdown).pieces


def read_pieces(markdown: str, given: Mapping[str, str] | None = None) -> Pieces:
    """A Markdown text in pieces; ``given`` are abbreviations that the exercise has, by name without the backslash."""
    markdown, hides = visible(markdown)
    macros = macros_of(markdown)
    macros.bodies = {**(given or {}), **macros.bodies}
    found: list[Piece] = []
    place = search = 0
    # Kinds of which no end is left: they are not looked for again, so that the time grows with the length of the text only.
    endless: set[str] = set()
    while opening := _OPENING.search(markdown, search):
        kind = "math" if opening[0].endswith("\n") else opening[0] if opening[0] in _CLOSING else opening[0][-1]
        _, what = _CLOSING[kind]
        end = None if kind in endless else _end_of(markdown, kind, opening[0], opening.end(), endless)
        if end is None:
            search = opening.end()
            continue
        search = end[1]
        if what == "prose" and not (kind == "`" and _GIVEN.fullmatch(markdown, opening.end(), end[0])):
            continue
        what = what if what != "prose" else "inline"
        if opening.start() > place:
            found.append(Piece(markdown[place : opening.start()], "prose", place, place))
        first, last = (opening.end(), end[0]) if kind != "}" else (opening.start(), end[1])
        found.append(_formula(markdown[first:last], what, opening.start(), first, macros))
        place = end[1]
    if place < len(markdown):
        found.append(Piece(markdown[place:], "prose", place, place))
    whole = with_signs_between(with_answers_pointed_at(found))
    return Pieces(with_left_sides(with_pairs_in_words(with_torn_formulas(whole, markdown))), hides)


def _formula(source: str, kind: str, start: int, inside: int, macros: Macros) -> Piece:
    written = expanded(source, inside, macros)
    return Piece(written.text, kind, start, inside, written)


def _end_of(markdown: str, kind: str, opening: str, start: int, endless: set[str]) -> tuple[int, int] | None:
    """Where a formula ends, and where what closes it ends; ``None`` if it is none."""
    closing = _CLOSING[kind][0]
    search = start
    if kind == "}":
        # Inside it there may be others.
        found = markdown.find(opening.replace("begin", "end", 1), start)
        if found >= 0:
            return found, found + len(opening) - len("begin") + len("end")
    for _ in range(MOST_DOLLARS):
        end = closing.search(markdown, search)
        if end is None:
            endless.add(kind)
            return None
        if kind not in ("$", "$$"):
            return end.span()
        if end[0].isspace():
            # A paragraph ends: the dollar was one of money.
            return None
        if end[0] == "$" and _TEXT.search(markdown, max(start, end.start() - LONGEST_TEXT), end.start()):
            # A formula in the words of a formula.
            inner = closing.search(markdown, end.end())
            if inner is None:
                return None
            search = inner.end()
            continue
        item = _NEXT_ITEM.search(markdown, start, end.start()) if kind == "$" else None
        if item is not None:
            # The dollar that closes it was forgotten: the next one begins another.
            return item.start(), item.start()
        if kind == "$":
            wrong = markdown[end.end() : end.end() + 1] == "$" and not markdown[end.end() + 1 : end.end() + 2].strip(" \n\t.,;:)")
            return end.start(), end.end() + wrong
        if end[0] == "$" and not _is_prose_behind(markdown, end.end()):
            search = end.end()
            continue
        return end.span()
    return None


def _is_prose_behind(markdown: str, place: int) -> bool:
    """Whether a display that is closed by one dollar ends there: words or a new paragraph follow."""
    return re.match(r"\s*(?:[.,;:]\s|\n\s*\n|[^\W\d_]{2,}\s|$)", markdown[place : place + 40]) is not None
