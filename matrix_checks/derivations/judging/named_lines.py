r"""Letters for the rows and columns of a matrix: "let ``u_i^\top`` be the rows of ``A``", ``B = (v_1, \dots, v_n)``."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging.context import MOST_NAMES, Context
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.lines import Line
from matrix_checks.derivations.reading.precedence import SYMBOLS
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import Definition

# Of a text, in characters.
LONGEST = 20_000
INDEX = "i"
TRANSPOSITIONS = ("\\top", "T", "t")
ROW, COLUMN = (
    r"(?:rows?|Zeilen?|строк\w*|lignes?|filas?|righe|riga|行)",
    r"(?:columns?|Spalten?|столб\w*|colonnes?|columnas?|colonn[ae]|列)",
)
_LINE = rf"\b(?:(?P<row>{ROW})|(?P<column>{COLUMN}))\b"
# Formulas are marked: those that are an entry, a matrix, or anything else.
_NAME, _MATRIX, _OTHER = r"⟦E(?P<name>\d+)⟧", r"⟦M(?P<matrix>\d+)⟧", r"⟦\d+⟧"
# Words between that join nothing new.
_FEW = r"(?:(?!\b(?:and|with|und|mit|и|et|y|e)\b)[^.,;⟦⟧]){0,25}"
# A letter with its index, the words row or column, with an index or without, and the matrix; in three orders.
_SAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAME}{_FEW}(?:{_OTHER}{_FEW})?{_LINE}{_FEW}(?:{_OTHER}{_FEW})?{_MATRIX}",
        rf"{_LINE}{_FEW}{_MATRIX}{_FEW}{_NAME}",
        rf"{_LINE}{_FEW}{_NAME}{_FEW}{_MATRIX}",
    )
)
# What stands between the parts of a matrix that is written out, or around them.
_SEPARATORS = frozenset("{ } & | , ; \\\\ \\dots ( ) [ ] \\quad".split())
Named = tuple[str, Line]


def declare_lines(context: Context, found: list[Piece]) -> None:
    """Define the letters that the text has for rows and columns."""
    formulas: list[list[Token]] = []
    text = ""
    for piece in found:
        if piece.kind == "prose":
            text += piece.source
            continue
        tokens: list[Token] = []
        with suppress(NotUnderstood):
            tokens = without_braces(context.tokens(piece.source))
        kind = "E" if _is_entry(tokens) else "M" if len(tokens) == 1 and str(tokens[0]).isupper() else ""
        text += f"⟦{kind}{len(formulas)}⟧"
        formulas.append(tokens)
    lines: dict[str, Line] = {}
    said = list(dict.fromkeys((*_said(text[:LONGEST], formulas), *_written_out(formulas))))
    for name, line in said:
        shape = context.shape_at(line.matrix)
        is_free = name not in context.known and name.upper() not in context.known and len(context.own) < MOST_NAMES
        is_sure = [each for each, _ in said].count(name) == 1
        if shape is None or "1" in shape or not is_free or not is_sure:
            continue
        indices = (kinds.Name(INDEX), kinds.Slice()) if line.is_row else (kinds.Slice(), kinds.Name(INDEX))
        body: kinds.Node = kinds.Indexed(kinds.Name(line.matrix), indices)
        context.own.add(name)
        context.define(name, Definition(kinds.Transposed(body) if line.is_turned else body, (INDEX,)), first=True)
        lines[name] = line
        if line.is_row and not line.is_turned:
            # It may be a column by name.
            context.memory.guessed.add(name)
    context.notation.indices = replace(context.notation.indices, lines=lines)


def _said(text: str, formulas: list[list[Token]]) -> Iterator[Named]:
    """The letters of which the words say what they are."""
    for pattern in _SAYS:
        for match in pattern.finditer(text):
            name, matrix = formulas[int(match["name"])], formulas[int(match["matrix"])]
            yield str(name[0]), Line(str(matrix[0]), match["row"] is not None, len(name) > 3)


def _is_entry(tokens: list[Token]) -> bool:
    """Whether a formula is a letter with an index, transposed or not."""
    is_turned = tokens[3:] in [["^", sign] for sign in TRANSPOSITIONS]
    return (
        len(tokens) in (3, 5)
        and _is_letter(tokens[0])
        and tokens[1] == "_"
        and _is_letter(tokens[2])
        and is_turned == (len(tokens) > 3)
    )


def _is_letter(token: Token) -> bool:
    return isinstance(token, str) and ((len(token) == 1 and token.isalpha()) or token in SYMBOLS)


def _written_out(formulas: list[list[Token]]) -> Iterator[Named]:
    """The letters in matrices that are written out by rows, or by columns."""
    for tokens in formulas:
        for place, token in enumerate(tokens[:-3]):
            if token == "=" and place and (place == 1 or not _is_script(tokens[place - 2])) and _is_letter(tokens[place - 1]):
                line = _line_in(tokens[place + 1 :])
                if line:
                    yield line[0], Line(str(tokens[place - 1]), line[1], line[2])


def _is_script(token: Token) -> bool:
    return token in ("_", "^", "\\partial", "d")


def _line_in(tokens: list[Token]) -> tuple[str, bool, bool] | None:
    """The letter of which the parts of a matrix are, whether they are rows, and whether each is transposed."""
    rest: list[Token] = []
    rows = columns = dots = 0
    for place, token in enumerate(tokens):
        if token == "\\end" or (place and token in (")", "]")):
            break
        rows, columns, dots = rows + (token == "\\\\"), columns + (token in ("&", ",", "|")), dots + (token == "\\dots")
        if token not in _SEPARATORS and not isinstance(token, Word):
            rest.append(token)
    if rest[:1] == ["\\begin"]:
        rest = [token for token in rest[1:] if token not in tuple("bmpatrix")]
    is_turned = any(token in TRANSPOSITIONS for token in rest)
    parts = [token for token in rest if token not in ("^", *TRANSPOSITIONS)]
    letters = {str(letter) for letter in parts[0::3]}
    is_list = len(parts) in (6, 9) and set(parts[1::3]) == {"_"} and len(letters) == 1 and parts[2] == "1" and _is_letter(parts[0])
    if not is_list or not dots or bool(rows) == bool(columns) or is_turned != bool(rows):
        return None
    return letters.pop(), bool(rows), is_turned
