"""Means in angle brackets: ``\\langle g \\rangle`` with one letter inside is a name, as ``\\bar g`` is, for what the text says of it."""

import re

from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token

# A letter in angle brackets that is set equal to something.
_SAID = re.compile(r"\\langle\s*(?:\\mathbf\s*)?\{?\s*([A-Za-z])\s*\}?\s*\\rangle\s*&?\s*(?::?=|\\coloneqq|\\equiv)")
OPENING, CLOSING, BAR = "\\langle", "\\rangle", "\\bar"


def letters_in_angles(found: list[Piece]) -> frozenset[str]:
    """The letters of which the text says what they are in angle brackets."""
    return frozenset(letter for piece in found if piece.kind != "prose" for letter in _SAID.findall(piece.source))


def with_angle_means(tokens: list[Token], letters: frozenset[str]) -> list[Token]:
    """The same with a bar above each of these letters that stands alone in angle brackets."""
    if not letters or OPENING not in tokens:
        return tokens
    changed: list[Token] = []
    place = 0
    while place < len(tokens):
        opening, letter, closing = [*tokens[place : place + 3], "", ""][:3]
        is_mean = (opening, closing) == (OPENING, CLOSING) and letter in letters
        changed += [BAR, letter] if is_mean else [opening]
        place += 3 if is_mean else 1
    return changed
