"""Letters that a text says to be the column, or the square matrix, of ones: "let ``\\iota`` be the vector of ones", ``e = (1, \\dots, 1)^T``."""

import re
from collections.abc import Iterator
from fractions import Fraction

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import RELATIONS, NotUnderstood, Token, Word, tokenize
from matrix_checks.derivations.reading.tokens import without_braces

ONES = "\\ones"
# As a typewriter has them.
PLAIN = "1"
_SQUARE = re.compile(r"(?<![\d._{])11\s*\^")
_TURNED = (["^", "T"], ["^", "\\top"], ["^", "t"])
# The ones with a letter below, where they are something else than the ones without.
LABELLED = "\\ones_"
COLUMN: tuple[Token, ...] = (ONES,)
MATRIX: tuple[Token, ...] = ("(", ONES, ONES, "^", "T", ")")
# In characters, each formula as one: what a text says of ones stands near its beginning.
LONGEST = 20_000
_FORMULA = "\ufffc%d\ufffc"
_NAME = r"\ufffc(?P<name>\d+)\ufffc"
_OF_ONES = r"(?:with |filled with |full )?(?:(?:of|with|from|aus|mit|из|с|з|de|d'|di|van|av|af)\s*)?(?:all |only |lauter |nur |louter |enkel |всех |\ufffc\d+\ufffc )?(?:ones|1s|1's|one's|Einsen|единиц\w*|одиниц\w*|unos|uns|uno|enen|eentjes|ettor|ettaller|enere|ettall|egyesek\w*|jedinica|jedničiek|unità|unitari|jedynek|jedniček|jednotiek|birler\w*)\b"
_VECTORS = r"(?:vectors?|columns?|(?:Spalten)?vektor|Spalte|вектор\w*|столб\w+|vecteur|colonne|columna|coluna|vetor|vettore|wektor\w*|kolumn\w*|kolom\w*|vektör\w*|vektor\w*|søjle\w*|kolonne\w*|sloup\w+|oszlop\w*|sütun\w*|stup\w+)(?:[- ](?:vectors?|столбец))?"
_MATRICES = r"(?:matrix|matrices|матриц\w*|matrice|matriz)"
# One vector is not the vector of ones.
_ALL_ONES = r"\b(?:all[- ]ones?[- ]|ones[- ]|one-)"
_ADJECTIVES = r"(?:(?:the|an?|der|die|das|ein|eine|de|het|een|den|det|en|ett|et|az|o|el|la|le|un|une|usual|constant|column|row|square|n-dimensional|N-dimensional|whole|full)\s+|\d++\s*+)*(?:\ufffc\d+\ufffc\s*+(?:-\s*+)?)?"
_IS = r"\s*(?:is|are|be|denotes?|stands for|means|being|sei|ist|bezeichne|est|es|è|é|jest|je|är|er|обозначает|[-—–:,(]+|=)?\s*"
_CALLED = r"\s*(?:[(,:]|called|named|denoted(?: by)?)?\s*"


def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    phrase = rf"(?:{kind}\s+{_OF_ONES}|{_ALL_ONES}{kind})"
    return (
        re.compile(rf"{_NAME}{_IS}{_ADJECTIVES}{phrase}", re.IGNORECASE),
        re.compile(rf"{phrase}{_CALLED}{_NAME}", re.IGNORECASE),
        re.compile(rf"{kind}\s+{_NAME}\s+{_OF_ONES}", re.IGNORECASE),
    )


_COLUMNS, _SQUARES = _patterns(_VECTORS), _patterns(_MATRICES)


def _of_centering(tokens: list[Token]) -> Iterator[str]:
    r"""The ``u`` of ``I - \frac1N u u^\top``: what is taken off is the mean, of whatever the matrix stands before."""
    for one, minus, fraction, top, size, letter, again, *turned in zip(*(tokens[shift:] for shift in range(9))):
        is_mean = (one, minus, fraction, top) == ("I", "-", "\\frac", "1") and str(size).isalpha()
        if is_mean and letter == again and isinstance(letter, str) and turned in _TURNED:
            yield letter


def letters_of_ones(found: list[Piece], known: frozenset[str]) -> dict[str, tuple[Token, ...]]:
    """What stands for the letters that the text says to be of ones, by these; none that stands for something else is among them."""
    names: dict[int, str] = {}
    labelled, is_bare = set[int](), False
    said: list[str] = []
    meant: dict[str, tuple[Token, ...]] = {}
    for number, piece in enumerate(found):
        if piece.kind == "prose":
            said.append(piece.source)
            continue
        try:
            tokens = without_braces(tokenize(piece.source))
        except NotUnderstood:
            tokens = []
        if (
            tokens
            and all(token == "\\times" or (isinstance(token, str) and token.isalpha()) for token in tokens)
            and len(tokens) == 3
        ):
            # The size of a matrix.
            continue
        said.append(_FORMULA % number)
        names[number] = _name_of(tokens)
        if len(tokens) == 3 and tokens[:2] == [ONES, "_"]:
            labelled.add(number)
        is_bare |= tokens[1:2] != ["\\in"] and any(pair[0] == ONES and pair[1] != "_" for pair in zip(tokens, tokens[1:]))
        meant.update(dict.fromkeys(_written_out(tokens), COLUMN))
        meant.update(dict.fromkeys(_of_centering(tokens), COLUMN))
        is_turned = any(token == PLAIN and _is_turned(tokens, place) for place, token in enumerate(tokens))
        if is_turned or _SQUARE.search(piece.source):
            meant[PLAIN] = COLUMN
        if tokens[:2] == [ONES, "\\in"] and "\\times" in tokens and tokens[-1] == tokens[tokens.index("\\times") - 1] != "1":
            meant[ONES] = MATRIX
    text = " ".join(" ".join(said)[:LONGEST].split())
    for patterns, tokens_meant in ((_COLUMNS, COLUMN), (_SQUARES, MATRIX)):
        for pattern in patterns:
            for match in pattern.finditer(text):
                name = names.get(int(match["name"]), "")
                if name and (name != ONES or tokens_meant is MATRIX):
                    meant.setdefault(name, tokens_meant)
    is_column = any(int(match["name"]) in labelled for pattern in _COLUMNS for match in pattern.finditer(text))
    if meant.get(ONES) is MATRIX and (is_column or is_bare):
        # Beside the matrix, ones of which the number stands below are the usual column.
        meant[LABELLED] = COLUMN
    return {name: ones for name, ones in meant.items() if name not in known}


def _name_of(tokens: list[Token]) -> str:
    """The letter that a formula is, or of which it says the space: ``e``, ``e \\in \\mathbb{R}^N``; empty for none."""
    is_name = len(tokens) == 1 or tokens[1:2] == ["\\in"]
    letter = tokens[0] if is_name and tokens else ""
    if isinstance(letter, Word):
        letter = letter.text
    is_letter = (len(letter) == 1 and letter.isalpha()) or (letter.startswith("\\") and letter not in RELATIONS)
    return letter if is_letter else ""


def _written_out(tokens: list[Token]) -> Iterator[str]:
    """The ``e`` of ``e = (1, \\dots, 1)^T``."""
    if len(tokens) < 6 or tokens[1] not in ("=", "\\coloneqq") or not _name_of(tokens[:1]):
        return
    inside = [token for token in tokens[2:] if token not in (",", "(", ")", "[", "]", "\\left", "\\right", "&", ";", "\\\\")]
    if inside[-2:] in (["^", "T"], ["^", "\\top"], ["^", "t"]):
        inside = inside[:-2]
    dots = [token for token in inside if token in ("\\dots", "\\ldots", "\\cdots", "\\vdots")]
    if len(dots) == 1 and inside.count("1") >= 2 and inside.count("1") + 1 == len(inside):
        yield _name_of(tokens[:1])


def with_ones(tokens: list[Token], meant: dict[str, tuple[Token, ...]]) -> list[Token]:
    """The same with the ones in the place of their letters; an ``e^x`` and an ``e_i`` are something else."""
    if not meant or meant.keys().isdisjoint(token for token in tokens if isinstance(token, str)):
        return tokens
    changed: list[Token] = []
    for place, token in enumerate(tokens):
        if token == PLAIN:
            changed.append(ONES if _is_column(tokens, place) else token)
            continue
        ones = meant.get(token) if isinstance(token, str) else None
        changed += ones if ones is not None and _is_whole(token, tokens[place + 1 : place + 4], LABELLED in meant) else [token]
    return changed


def _is_turned(tokens: list[Token], place: int) -> bool:
    """Whether the sign of a transposition stands at what is at a place, and that is no index: the 1 of ``W_1^T`` is one."""
    return tokens[place + 1 : place + 3] in _TURNED and tokens[place - 1 : place] not in (["_"], ["^"])


def _is_column(tokens: list[Token], place: int) -> bool:
    """Whether a 1 is the column in a text that writes ``1^T``: behind a matrix or a row, or before a number in brackets, ``1(1^T g)``."""
    before, behind = tokens[max(place - 2, 0) : place], tokens[place + 1 : place + 4]
    if _is_turned(tokens, place):
        return True
    if behind[:1] == ["("] and behind[1:2] in ([PLAIN], [ONES]):
        return True
    is_turned = before in _TURNED
    is_letter = bool(before) and isinstance(before[-1], str) and len(before[-1]) == 1 and before[-1].isalpha()
    is_array = is_letter and before[:-1] not in (["_"], ["^"])
    return (is_turned or is_array) and behind[:1] not in (["_"], ["^"], ["."], ["/"])


def _is_whole(token: Token, behind: list[Token], is_other_below: bool) -> bool:
    """Whether a letter stands for the ones here: nothing but the sign of a transposition stands at it."""
    behind = without_braces(behind)
    if behind[:1] == ["_"]:
        return token == ONES and not is_other_below and behind[1:2] not in (["["],)
    return token != "e" or behind[:1] != ["^"] or behind[1:2] in (["T"], ["\\top"], ["t"], ["\\prime"])


def is_written_out(node: Node) -> bool:
    """Whether it is the column of ones, entry by entry: ``(1, \\dots, 1)^T``."""
    node = node.body if isinstance(node, kinds.Transposed) else node
    entries = node.entries if isinstance(node, (kinds.Matrix, kinds.Tuple)) else ()
    return bool(entries) and all(entry in (kinds.Number(Fraction(1)), kinds.Dots()) for entry in map(kinds.bare, entries))
