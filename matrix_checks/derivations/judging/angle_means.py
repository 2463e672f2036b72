"""Means in angle brackets: ``\\langle g \\rangle`` with one letter inside is what the text says of it, or of any letter there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import NotUnderstood, Token

# A letter in angle brackets that is set equal to something.
_LETTER = r"\\langle\s*(?:\\mathbf\s*)?\{?\s*([A-Za-z])\s*\}?\s*\\rangle"
_SAID = re.compile(_LETTER + r"\s*&?\s*(?::?=|\\coloneqq|\\equiv)")
# What it is set equal to, up to the end of the sentence.
_MEANING = re.compile(_LETTER + r"\s*&?\s*(?::\s*)?(?:=|\\coloneqq|\\equiv)\s*&?\s*([^=,;&]{1,80}?)\s*(?:[=,;.&]|\\\\|\\q?quad|$)")
# Said of a letter that stands for every other.
_ANY = re.compile(
    r"(?i)\b(?:any|every|arbitrary|each|quantity|observable|beliebig\w*|jede\w*|quelconque|cualquier\w*)\b|люб\w+|任意"
)
OPENING, CLOSING, BAR = "\\langle", "\\rangle", "\\bar"


@dataclass(frozen=True)
class Angles:
    """What a text says of letters in angle brackets.

    Attributes
    ----------
    letters
        Those of which it says what they are there.
    any_letter, meaning
        A letter that stands for any other, and what it is in angle brackets; empty where the text says nothing of the kind.
    """

    letters: frozenset[str] = frozenset()
    any_letter: str = ""
    meaning: tuple[Token, ...] = ()


def letters_in_angles(found: list[Piece], tokens: Callable[[str], list[Token]]) -> Angles:
    """What the formulas of a text say, read by ``tokens``."""
    said = [letter for piece in found if piece.kind != "prose" for letter in _SAID.findall(piece.source)]
    if not said or not any(_ANY.search(piece.source) for piece in found if piece.kind == "prose"):
        return Angles(frozenset(said))
    for piece in found:
        meant = _MEANING.search(piece.source) if piece.kind != "prose" else None
        if meant is None or f"{meant[1]}_" not in meant[2]:
            continue
        try:
            return Angles(frozenset(said), meant[1], tuple(tokens(meant[2])))
        except NotUnderstood:
            continue
    return Angles(frozenset(said))


def with_angle_means(tokens: list[Token], angles: Angles) -> list[Token]:
    """The same with a bar above each of these letters that stands alone in angle brackets, or with what any letter means there."""
    if not angles.letters or OPENING not in tokens:
        return tokens
    changed: list[Token] = []
    place = 0
    while place < len(tokens):
        opening, letter, closing = [*tokens[place : place + 3], "", ""][:3]
        meant = _meant(letter, angles) if (opening, closing) == (OPENING, CLOSING) else []
        changed += meant or [opening]
        place += 3 if meant else 1
    return changed


def _meant(letter: Token, angles: Angles) -> list[Token]:
    """What a letter in angle brackets is; empty where nobody knows."""
    if letter in angles.letters:
        return [BAR, letter]
    is_letter = isinstance(letter, str) and letter.lstrip("\\").isalpha()
    if not angles.any_letter or not is_letter:
        return []
    return ["(", *(letter if token == angles.any_letter else token for token in angles.meaning), ")"]
