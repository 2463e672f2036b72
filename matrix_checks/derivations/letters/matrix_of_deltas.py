"""``\\Delta`` as a matrix, the columns or rows of which are the ``\\delta`` of the objects: no sign of a change, and the gradient by the output."""

import re
from itertools import permutations

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import RELATIONS, Token
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import Definition

DELTA = "\\Delta"
OUTPUTS = ("y", "F")
ENDS = (None, ",", ";", "\\\\")
TRANSPOSITIONS = ("T", "\\top", "\\intercal", "\\prime", "t")
# What prose beside the letter calls it.
_IS_GRADIENT = re.compile(
    r"(?i)gradient|derivative|\berrors?\b|delta|back-?prop|upstream|sensitiv|gradoutput|ableitung|fehler|dériv|erreur|градиент|ошибк|производн|梯度|误差"
)
# The same where the letter of its rows stands beside them.
_HAS_ROWS = re.compile(
    r"(?i)\brows?\b|\bcolumns?\b|stack|collect|zeilen?\b|spalten?\b|stapel|lignes?\b|colonnes?\b|empil|filas?\b|columnas?\b|righe\b|colonne\b|linhas?\b|"
    r"строк|столб|wiersz|kolumn|рядк|стовп|行|列"
)
ROW = "\\delta"


def declare_matrix_of_deltas(context: Context, formulas: list[list[Token]]) -> None:
    """Take ``\\Delta`` for a name wherever the text writes it as one, and nowhere as a sign."""
    for tokens in map(without_braces, formulas):
        # The \Delta_2 of two layers is a name wherever it stands.
        below = (str(two) for one, sign, two in zip(tokens, tokens[1:], tokens[2:]) if (one, sign) == (DELTA, "_"))
        context.labels |= {f"{DELTA}_{number}" for number in below if number.isdecimal()}
    uses = {use for tokens in formulas if DELTA in tokens for use in _uses(without_braces(tokens))}
    if uses == {"name"}:
        context.labels.add(DELTA)


def _uses(tokens: list[Token]) -> set[str]:
    """How a formula writes it: as a name, as a sign, or neither surely."""
    found = set[str]()
    padded: list[Token | None] = [None, None, *tokens, None, None, None]
    for place, token in enumerate(padded):
        if token != DELTA:
            continue
        earlier, before = padded[place - 2 : place]
        one, two, three = padded[place + 1 : place + 4]
        begins = before in ENDS or before in RELATIONS
        transposed = one == "^" and two in TRANSPOSITIONS
        alone = begins and (one in ENDS or one in RELATIONS or one == "\\in")
        entry = one == "_" and two in INDEX_LETTERS and three in INDEX_LETTERS
        defined = begins and one == "_" and two in INDEX_LETTERS and three in RELATIONS
        if transposed or alone or entry or defined:
            found.add("name")
        elif (before in ENDS and two in RELATIONS) or (before == "+" and earlier == one):
            found.add("sign")
    return found


def take_matrix_of_deltas(context: Context, found: list[Piece]) -> None:
    """Take the matrix for the gradient by the output, where only words say what it is: a guess."""
    is_said = DELTA in context.later or DELTA in context.later_entries or DELTA in context.known
    if (
        DELTA not in context.labels
        or is_said
        or not (
            any(map(_is_called_gradient, found, found[1:], found[2:]))
            or any(map(_is_stacked, found, found[1:], found[2:], found[3:]))
        )
    ):
        return
    output = next((name for name in OUTPUTS if any(name in view.definitions for view in context.views)), "")
    loss = loss_of(context.views)
    if output and loss.text in context.known:
        context.memory.guessed.add(DELTA)
        context.define(DELTA, Definition(kinds.Derivative(loss, kinds.Name(output))), first=True)


def _is_called_gradient(before: Piece, piece: Piece, behind: Piece) -> bool:
    """Whether words beside a formula with the letter speak of gradients."""
    if piece.kind == "prose" or DELTA not in piece.source:
        return False
    return any(each.kind == "prose" and _IS_GRADIENT.search(each.source) for each in (before, behind))


def _is_stacked(before: Piece, piece: Piece, between: Piece, other: Piece) -> bool:
    """Whether words between two formulas, or before both, say that one of the letter's matrix has the deltas of the other as its rows."""
    if "prose" in (piece.kind, other.kind) or not any(
        one in piece.source and two in other.source for one, two in permutations((DELTA, ROW))
    ):
        return False
    return any(each.kind == "prose" and _HAS_ROWS.search(each.source) for each in (before, between))
