r"""Letters that words call the rows or columns of a matrix: "let ``u_i^\\top`` be the rows of ``A``", "those of ``S`` are ``b_1, \\dots, b_m``"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matrix_checks.derivations.names.lines_written_out import TRANSPOSITIONS, Named, is_letter
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
# Formulas are marked: those that are an entry, a matrix, or anything else.
_NAME, _MATRIX, _OTHER = r"⟦E(?P<name>\d+)⟧", r"⟦M(?P<matrix>\d+)⟧", r"⟦\d+⟧"
# Words between that join nothing new; an "i-th" does not.
_AND = r"\b(?:and|with|und|mit|и|et|y|e|i|oraz|та|і)\b(?![-‐‑–])"
_FEW = rf"(?:(?!{_AND})[^.,;⟦⟧]){{0,25}}"
# A letter with its index, the words row or column, with an index or without, and the matrix; in three orders.
_SAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAME}{_FEW}(?:{_OTHER}{_FEW})?{_LINE}{_FEW}(?:{_OTHER}{_FEW})?{_MATRIX}",
        rf"{_LINE}{_FEW}{_MATRIX}{_FEW}{_NAME}",
        rf"{_LINE}{_FEW}{_NAME}{_FEW}{_MATRIX}",
    )
)
# A matrix without dollar signs.
_OF = r"of|von|de|di|do|da|van|matrix|Matrix|матрицы|матриці|macierzy"
_PLAIN = re.compile(
    rf"\b(?P<before>(?:{_OF}) )(?P<letter>[A-Z])(?:(?P<between> (?:and|und|et|и|y|e|i) )(?P<second>[A-Z]))?(?![\w'’⟦])"
)
# The marks of these are greater than the number of any formula.
_PLAIN_FROM = 1_000_000
# Two letters at once, of two matrices in the same order.
_SAYS_TWICE = re.compile(
    rf"{_NAME}\s*{_AND}\s*⟦E(?P<second_name>\d+)⟧{_FEW}{_LINE}{_FEW}{_MATRIX}\s*{_AND}\s*⟦M(?P<second_matrix>\d+)⟧", re.IGNORECASE
)
_KINDS = re.compile(rf"\b(?:(?P<row>{ROW})|(?P<column>{COLUMN}))\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Letter:
    """The letter of some rows or columns, and whether the transpose of each is meant."""

    name: str
    is_turned: bool


def lines_in_words(found: list[Piece], formulas: list[list[Token]], matrices: frozenset[str]) -> Iterator[Named]:
    """The letters of which the words of a text say what they are.

    Parameters
    ----------
    found
        The formulas of the text, and the prose between them.
    formulas
        The tokens of each formula, without braces.
    matrices
        Small letters that the exercise has for matrices.
    """
    letters = [_letter_in(tokens) for tokens in formulas]
    text, place = "", 0
    for piece in found:
        if piece.kind == "prose":
            text += _PLAIN.sub(_marked, piece.source)
            continue
        tokens = formulas[place]
        kind = "E" if letters[place] else "M" if _is_matrix(tokens, matrices) else ""
        text += f"⟦{kind}{place}⟧"
        place += 1
    text = text[:LONGEST]
    for pattern in (*_SAYS, _SAYS_TWICE):
        for match in pattern.finditer(text):
            for name, matrix in (("name", "matrix"), ("second_name", "second_matrix"))[: 1 + (pattern is _SAYS_TWICE)]:
                letter, number = letters[int(match[name])], int(match[matrix])
                of = chr(number - _PLAIN_FROM) if number >= _PLAIN_FROM else str(formulas[number][0])
                is_row = _speaks_of_rows(match, text)
                if letter is not None and is_row is not None:
                    yield letter.name, Line(of, is_row, letter.is_turned)


def _is_matrix(tokens: list[Token], matrices: frozenset[str]) -> bool:
    """Whether a formula is the letter of a matrix."""
    return len(tokens) == 1 and (str(tokens[0]).isupper() or str(tokens[0]) in matrices)


def _marked(match: re.Match[str]) -> str:
    """Letters without dollar signs, marked as those of matrices."""
    first, second = (f"⟦M{_PLAIN_FROM + ord(letter)}⟧" if letter else "" for letter in (match["letter"], match["second"]))
    return f"{match['before']}{first}{match['between'] or ''}{second}"


def _speaks_of_rows(match: re.Match[str], text: str) -> bool | None:
    """Whether it is rows that a match speaks of: "those" are what was spoken of before; ``None`` where that was nothing."""
    if match["those"] is None:
        return match["row"] is not None
    before = list(_KINDS.finditer(text[: match.start("those")]))
    return before[-1]["row"] is not None if before else None


def _letter_in(tokens: list[Token]) -> _Letter | None:
    r"""The letter of ``a_i``, ``a_i^\top`` and ``a_1, \dots, a_m \in \mathbb{R}^n``; ``None`` of anything else."""
    end = next((place for place, token in enumerate(tokens) if token == "\\in"), len(tokens))
    parts: list[list[Token]] = [[]]
    for token in tokens[:end]:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    entries = [part for part in parts if part != ["\\dots"]]
    letters = {_letter_of(part) for part in entries}
    letter = letters.pop() if letters else None
    if letters or letter is None:
        return None
    # One with a number is no letter for all.
    is_list = len(entries) > 1 and len(entries) < len(parts)
    return letter if is_list or (len(parts) == 1 and is_letter(entries[0][2])) else None


def _letter_of(tokens: list[Token]) -> _Letter | None:
    is_turned = tokens[3:] in [["^", sign] for sign in TRANSPOSITIONS]
    is_entry = len(tokens) == (5 if is_turned else 3) and is_letter(tokens[0]) and tokens[1] == "_"
    is_entry = is_entry and (is_letter(tokens[2]) or str(tokens[2]).isdecimal())
    return _Letter(str(tokens[0]), is_turned) if is_entry else None
