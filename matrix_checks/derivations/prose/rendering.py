"""What a formula looks like in JupyterLab: letters of another alphabet, and TeX that MathJax does not show as it is meant."""

import re
from collections.abc import Callable, Iterator

from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.spelling import with_latin_letters
from matrix_checks.derivations.reading.tex import has_look_alikes

MOST_QUOTES = 3
LONGEST_QUOTE = 40
_IN_WORDS = re.compile(r"\\(?:text\w*|mbox)\s*\{[^{}]*\}")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_NUMBER = re.compile(r"\\l?eqno(?![a-zA-Z])")
_BRACKET = re.compile(r"\\begin\s*\{(?:aligned|alignedat|gathered|split)\}\s*\[(?!\s*[tbc]\s*\])")
_BREAK_AND_BRACKET = re.compile(r"\\\\\[(?!\s*-?[\d.]+\s*[a-z]{2}\s*\])")
_STRUCTURE = re.compile(r"\\begin\s*\{|\\end\s*\{|\\\\|\\.|[{}]", re.DOTALL)


def rendering_notes(markdown: str, found: list[Piece]) -> list[str]:
    """A sentence about each kind of thing that will not be shown as it is meant, with where it stands."""
    formulas = [piece for piece in found if piece.kind != "prose"]
    notes = list(_cyrillic(formulas))
    for sentence, place_of in _WARNINGS:
        places = [(piece, place_of(piece, markdown)) for piece in formulas]
        quotes = [
            quote(piece.written.original or piece.source, piece.written.place(place))
            for piece, place in places
            if place is not None
        ]
        if quotes:
            notes.append(f"{sentence}: {_listed(quotes)}.")
    return notes


def _listed(quotes: list[str]) -> str:
    quotes = list(dict.fromkeys(quotes))
    more = f" and {len(quotes) - MOST_QUOTES} more" if len(quotes) > MOST_QUOTES else ""
    return ", ".join(quotes[:MOST_QUOTES]) + more


def quote(source: str, place: int) -> str:
    """What stands around a place of a formula, as code."""
    first = place - LONGEST_QUOTE // 2 if place > LONGEST_QUOTE * 3 // 4 else 0
    last = min(first + LONGEST_QUOTE, len(source))
    inside = " ".join(source[first:last].replace("`", "'").split())
    return f"`{'…' if first else ''}{inside}{'…' if last < len(source) else ''}`"


def _cyrillic(formulas: list[Piece]) -> Iterator[str]:
    """Where Cyrillic letters stand, which look like Latin ones."""
    found: dict[str, list[str]] = {}
    for piece in formulas:
        if not has_look_alikes(piece.source):
            continue
        source = _IN_WORDS.sub(lambda words: " " * len(words[0]), piece.source)
        for place, (letter, latin) in enumerate(zip(source, with_latin_letters(source))):
            if letter != latin:
                found.setdefault(letter, []).append(quote(piece.source, place))
    for letter, quotes in found.items():
        latin = with_latin_letters(letter)
        yield f"The letter {letter} in {_listed(quotes)} is Cyrillic; it was read as the Latin {latin} that looks like it."


def _bare_break(piece: Piece, markdown: str) -> int | None:
    """Where a line is broken outside of all environments and braces, and something follows."""
    environments = braces = 0
    for found in _STRUCTURE.finditer(piece.source):
        sign = found[0]
        if sign.startswith("\\begin"):
            environments += 1
            braces += 1
        elif sign.startswith("\\end"):
            environments -= 1
            braces += 1
        elif sign in ("{", "}"):
            braces += 1 if sign == "{" else -1
        elif sign == "\\\\" and environments <= 0 and braces <= 0 and piece.source[found.end() :].strip(" \n\t\\"):
            return found.start()
    return None


def _blank_line(piece: Piece, markdown: str) -> int | None:
    if piece.kind != "display" or not markdown.startswith("$$", piece.start):
        return None
    found = _BLANK_LINE.search(piece.source)
    return found.start() if found else None


def _bracket(piece: Piece, markdown: str) -> int | None:
    found = _BRACKET.search(piece.source) or _BREAK_AND_BRACKET.search(piece.source)
    return found.start() if found else None


def _number_of_plain_tex(piece: Piece, markdown: str) -> int | None:
    return piece.source.find("\\tag{") if _NUMBER.search(piece.written.original) else None


_WARNINGS: tuple[tuple[str, Callable[[Piece, str], int | None]], ...] = (
    (
        "JupyterLab breaks no line at a `\\\\` outside of an environment; put the lines between `\\begin{aligned}` and `\\end{aligned}`",
        _bare_break,
    ),
    ("JupyterLab shows no formula that has a blank line between its `$$`; take the line out", _blank_line),
    (
        "JupyterLab takes a `[` right behind `\\begin{aligned}` or `\\\\` for an option, and does not show it; put `{}` before the bracket",
        _bracket,
    ),
    ("JupyterLab does not know `\\eqno`; number the formula with `\\tag{1}`", _number_of_plain_tex),
)
