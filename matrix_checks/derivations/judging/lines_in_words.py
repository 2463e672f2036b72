r"""Letters that words call the rows or columns of a matrix: "let ``u_i^\\top`` be the rows of ``A``", "those of ``S`` are ``b_1, \\dots, b_m``".

Of several letters and as many matrices, "``u_r``, ``h_r`` for the rows of ``U``, ``H``", each letter is that of the matrix at its place.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from matrix_checks.derivations.judging.lines_written_out import TRANSPOSITIONS, Named, is_letter
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.lines import Line
from matrix_checks.derivations.reading.tex import Token

# Of a text, in characters.
LONGEST = 20_000
ROW, COLUMN, THOSE = (
    r"(?:rows?|Zeilen?|строк\w*|рядк\w*|lignes?|filas?|linhas?|righe|riga|wiersz\w*|rij(?:en)?|行)",
    r"(?:columns?|Spalten?|столб\w*|стовпц\w*|colonnes?|columnas?|colunas?|colonn[ae]|kolumn\w*|kolom(?:men)?|列)",
    r"(?:those|diejenigen|celles|quelle)",
)
_LINE = rf"\b(?:(?P<row>{ROW})|(?P<column>{COLUMN})|(?P<those>{THOSE}))\b"
_AND = r"(?:and|und|и|et|y|e|i|oraz|та|і)"
# Formulas are marked: those that are entries, matrices, or anything else.
_JOINED = rf"\s*(?:,\s*(?:{_AND}\b)?|\b{_AND}\b)\s*"
_NAME, _MATRIX, _OTHER = (
    rf"(?P<names>⟦E\d+⟧(?:{_JOINED}⟦E\d+⟧)*)",
    rf"(?P<matrices>⟦M\d+⟧(?:{_JOINED}⟦M\d+⟧)*)",
    r"⟦\d+⟧",
)
_NUMBER = re.compile(r"\d+")
# Words between that join nothing new.
_FEW = rf"(?:(?!\b(?:with|mit|{_AND})\b)[^.,;⟦⟧]){{0,25}}"
# A letter with its index, the words row or column, with an index or without, and the matrix; in three orders.
_SAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAME}{_FEW}(?:{_OTHER}{_FEW})?{_LINE}{_FEW}(?:{_OTHER}{_FEW})?{_MATRIX}",
        rf"{_LINE}{_FEW}{_MATRIX}{_FEW}{_NAME}",
        rf"{_LINE}{_FEW}{_NAME}{_FEW}{_MATRIX}",
    )
)
_KINDS = re.compile(rf"\b(?:(?P<row>{ROW})|(?P<column>{COLUMN}))\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Letter:
    """The letter of some rows or columns, whether the transpose of each is meant, whether its index stands above it, in brackets, and the index."""

    name: str
    is_turned: bool
    is_above: bool
    index: str = field(compare=False)


def lines_in_words(found: list[Piece], formulas: list[list[Token]], matrices: Set[str]) -> Iterator[Named]:
    """The letters of which the words of a text say what they are.

    Parameters
    ----------
    found
        The formulas of the text, and the prose between them.
    formulas
        The tokens of each formula, without braces.
    matrices
        Small letters for matrices.
    """
    letters = [_letters_in(tokens) for tokens in formulas]
    arrays = [_matrices_in(tokens, matrices) for tokens in formulas]
    text, place = "", 0
    for piece in found:
        if piece.kind == "prose":
            text += piece.source
            continue
        kind = "E" if letters[place] else "M" if arrays[place] else ""
        text += f"⟦{kind}{place}⟧"
        place += 1
    text = text[:LONGEST]
    for pattern in _SAYS:
        for match in pattern.finditer(text):
            is_row = _speaks_of_rows(match, text)
            names = [letter for number in _NUMBER.findall(match["names"]) for letter in letters[int(number)]]
            those = [matrix for number in _NUMBER.findall(match["matrices"]) for matrix in arrays[int(number)]]
            for letter, matrix in _pairs(names, those, match) if is_row is not None else ():
                yield letter.name, Line(matrix, bool(is_row), letter.is_turned, letter.is_above, letter.index)


def _pairs(names: list[_Letter], matrices: list[str], match: re.Match[str]) -> list[tuple[_Letter, str]]:
    """Which letter is said of which matrix: one after the other, or the two that stand next to the words in between."""
    if len(names) == len(matrices):
        return list(zip(names, matrices))
    is_first = match.start("names") < min(
        match.start("matrices"), *(match.start(kind) for kind in ("row", "column", "those") if match[kind])
    )
    return [(names[-1 if is_first else 0], matrices[0])] if len(matrices) == 1 or len(names) == 1 else []


def _matrices_in(tokens: list[Token], small: Set[str]) -> list[str]:
    """The matrices that a formula lists, ``U, H``; none where it is anything else."""
    names = tokens[::2]
    is_list = len(tokens) % 2 and all(token == "," for token in tokens[1::2])
    return list(map(str, names)) if is_list and all(str(name).isupper() or name in small for name in names) else []


def _speaks_of_rows(match: re.Match[str], text: str) -> bool | None:
    """Whether it is rows that a match speaks of: "those" are what was spoken of before; ``None`` where that was nothing."""
    if match["those"] is None:
        return match["row"] is not None
    before = list(_KINDS.finditer(text[: match.start("those")]))
    return before[-1]["row"] is not None if before else None


def _letters_in(tokens: list[Token]) -> list[_Letter]:
    r"""The letters of ``a_i``, ``a_i^\\top``, ``a_1, \\dots, a_m \\in \\mathbb{R}^n`` and ``a_i, b_i``; none of anything else."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    parts = [part[: part.index("\\in")] if "\\in" in part else part for part in parts]
    entries = [part for part in parts if part != ["\\dots"]]
    letters = [letter for part in entries if (letter := _letter_of(part))]
    if not letters or len(letters) < len(entries):
        return []
    if len(set(letters)) == 1 < len(entries) < len(parts):
        return letters[:1]
    # One with a number is no letter for all.
    are_all_lines = len(entries) == len(parts) == len(set(letters)) and all(is_letter(_index_of(part)) for part in entries)
    return letters if are_all_lines else []


def _index_of(tokens: list[Token]) -> Token:
    """The index of an entry, which may stand in brackets."""
    return tokens[3] if tokens[2] == "(" else tokens[2]


def _letter_of(tokens: list[Token]) -> _Letter | None:
    is_turned = tokens[-2:] in [["^", sign] for sign in TRANSPOSITIONS]
    entry = tokens[:-2] if is_turned else tokens
    is_above = len(entry) == 5 and [entry[1], entry[2], entry[4]] == ["^", "(", ")"]
    is_entry = (is_above or (len(entry) == 3 and entry[1] == "_")) and is_letter(entry[0])
    is_entry = is_entry and (is_letter(_index_of(entry)) or str(_index_of(entry)).isdecimal())
    return _Letter(str(entry[0]), is_turned, is_above, str(_index_of(entry))) if is_entry else None
