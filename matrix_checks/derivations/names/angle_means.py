"""Means in angle brackets: ``\\langle g \\rangle`` with one letter inside is what the text says of it, or of any letter there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.moments import ACCENTS
from matrix_checks.derivations.reading.precedence import SYMBOLS
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word

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
D, TIMES = "d", ("\\odot", "\\cdot", "\\,", "{", "}")
# In tokens, between the brackets.
LONGEST = 8


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
    says_any = any(_ANY.search(piece.source) for piece in found if piece.kind == "prose")
    if not said or not (says_any or len({*said}) == 1):
        # Of several letters, each may be something else.
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
    """The same with a bar above each of these letters that stands alone in angle brackets, or with what anything means there."""
    if not angles.letters or OPENING not in tokens:
        return tokens
    changed: list[Token] = []
    place = 0
    while place < len(tokens):
        behind = tokens[place + 1 : place + 2 + LONGEST]
        inside = behind[: behind.index(CLOSING)] if tokens[place] == OPENING and CLOSING in behind else []
        meant = _meant(inside, angles) if inside else []
        changed += meant or [tokens[place]]
        place += len(inside) + 2 if meant else 1
    return changed


def says_what_angles_are(left: list[Token], angles: Angles) -> bool:
    """Whether the left side of an equality is a letter in angle brackets that stands for any other."""
    return bool(angles.any_letter) and left == [OPENING, angles.any_letter, CLOSING]


def _meant(inside: list[Token], angles: Angles) -> list[Token]:
    """What a letter in angle brackets is, or a product of letters; empty where nobody knows."""
    if len(inside) == 1 and inside[0] in angles.letters:
        return [BAR, inside[0]]
    bare = [token for token in inside if token not in TIMES]
    if not angles.any_letter or not all(map(_is_letter, bare)) or bare[-1:] == [D]:
        return []
    meant: list[Token] = ["("]
    place = 0
    while place < len(angles.meaning):
        token, index = angles.meaning[place], _index_behind(angles.meaning, place)
        if token == angles.any_letter:
            # Each factor has the index; a d or an accent is none.
            meant += [part for letter in bare for part in (letter, *(() if letter in (D, *ACCENTS) else index))]
            place += len(index)
        else:
            meant.append(token)
        place += 1
    return [*meant, ")"]


def _index_behind(tokens: tuple[Token, ...], place: int) -> tuple[Token, ...]:
    """The index behind a letter, with its sign and its braces."""
    if tokens[place + 1 : place + 2] != ("_",):
        return ()
    end = place + 3
    if tokens[place + 2 : place + 3] == ("{",):
        end = tokens.index("}", place) + 1
    return tokens[place + 1 : end]


def _is_letter(token: Token) -> bool:
    return token == Word(D) or token in ACCENTS or token in SYMBOLS or (isinstance(token, str) and token.isalpha())
