r"""Equalities of which only the sides are formulas: "``$\frac{dy}{dx}$ = $2x$``", "``$y$ = 2x``"; they are one formula."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise

from matrix_checks.derivations.reading.macros import Expanded, replaced
from matrix_checks.derivations.reading.pieces import Piece
from matrix_checks.derivations.reading.unicode_letters import unicode_letters

_SIGN = r"(?:\*\*?|__?)?[ \t]*\n?[ \t]*(?::?=|==|≈|≡)[ \t]*\n?[ \t]*(?:\*\*?|__?)?"
_SCRIPT = r"(?:['′ᵀ²³₁₂₃ᵢⱼₖ]|[\^_](?:[A-Za-z0-9]|\{[^{}\n]{1,12}\}))"
# A number or a letter with its scripts, as keyboards have them, or letters side by side that are no word; and what stands between two.
_WORDS = r"(?:an|and|as|at|by|da|de|del|des|die|du|el|es|et|for|für|if|il|im|in|is|la|le|let|mit|no|ob|of|on|or|per|pro|si|so|the|to|um|un|und|we|wo|zu|con|non)(?![A-Za-z])"
_LETTER, _NUMBER = rf"[A-Za-zμσεγβα]{_SCRIPT}*", r"\d+(?:[.,]\d+)?"


def _side(factor: str) -> str:
    return rf"[-−+]?[ \t]?{factor}(?:[ \t]?[-−+*·@/]?[ \t]?{factor}){{0,12}}+"


_FACTORS = _side(rf"(?:{_NUMBER}|{_LETTER}(?![A-Za-z]))")
_PRODUCTS = _side(rf"(?:{_NUMBER}|(?!{_WORDS}){_LETTER}(?:{_LETTER})?(?![A-Za-z]))")
# What stands between two formulas that are one: a sign of equality, perhaps with a factor behind it; nothing, or another sign.
_EQUAL, _FACTOR_LINK = re.compile(rf"{_SIGN}(?:{_FACTORS}[ \t]*[*·]?[ \t]*)?"), re.compile(r"[ \t]*[-−+*·@]?[ \t]*")
# The end of a side that stands in prose: of its part of the sentence.
_PLAIN_BEHIND = re.compile(rf"{_SIGN}{_PRODUCTS}(?=[ \t]*(?:[,;)]|[.:](?!\d)|\n|$| \([^\W\d_]{{2,}}))")
_OF_NUMBER = re.compile(r"[^\w]*\d+(?:[.,]\d+)?[^\w]*")
# A minus, or the sign before a remark.
_DASHES = ("-", "−")
# At the beginning of prose, in characters.
_NEAR = 120


def with_signs_between(found: Sequence[Piece]) -> list[Piece]:
    """The pieces of a text, where two formulas with a sign of equality between them, or a formula with one and a plain side behind it, are one."""
    joined: list[Piece] = []
    place = 0
    while place < len(found):
        end, is_one = _end_of_run(found, place) if found[place].kind == "inline" else (place + 1, True)
        if not is_one:
            joined += found[place : end - 1]
            place = end - 1
        piece = reduce(_joined, found[place:end])
        place = end
        behind = found[place] if place < len(found) else None
        is_last = place + 1 >= len(found)
        said = _PLAIN_BEHIND.match(behind.source[:_NEAR]) if piece.kind == "inline" and behind and behind.kind == "prose" else None
        # A number alone is a size, or the value of an example.
        said = None if said and _OF_NUMBER.fullmatch(said[0]) else said
        if said is None or behind is None or (said.end() == len(behind.source) and not is_last):
            joined.append(piece)
            continue
        length = said.end()
        joined.append(_joined(piece, replace(behind, source=behind.source[:length])))
        joined.append(replace(behind, source=behind.source[length:], start=behind.start + length, inside=behind.inside + length))
        place += 1
    return joined


def _end_of_run(found: Sequence[Piece], first: int) -> tuple[int, bool]:
    """The place behind the last of the formulas that stand beside each other from a place on, and whether they are one."""
    links: list[bool] = []
    has_dash = False
    place = first
    while place + 2 < len(found) and found[place + 1].kind == "prose" and found[place + 2].kind == "inline":
        between = found[place + 1].source
        is_equal = len(between) <= _NEAR and _EQUAL.fullmatch(between) is not None
        if not is_equal and (len(between) > _NEAR or not _FACTOR_LINK.fullmatch(between)):
            break
        links.append(is_equal)
        has_dash |= between.strip() in _DASHES
        place += 2
    # Factors stand behind a sign, and no further one behind them: it may be that of another equality.
    is_clear = not links or not has_dash and (links[0] and all(one or not other for one, other in pairwise(links)))
    return place + 1, is_clear


def _joined(first: Piece, second: Piece) -> Piece:
    """A formula that goes on with the next piece."""
    ours = first.written if first.written.text else Expanded(first.source, first.source)
    theirs = second.written if second.written.text else replaced(second.source, list(unicode_letters(second.source)))
    text = f"{ours.text} {theirs.text}"
    begins, apart = len(ours.text) + 1, second.inside - first.inside
    starts = (*ours.starts, *(begins + start for start in theirs.starts))
    shifts = (*ours.shifts, *(apart + shift for shift in theirs.shifts))
    written = Expanded(text, ours.original, starts, shifts, (*ours.written, *theirs.written))
    return replace(first, source=text, written=written)
