"""Matrices that are written out, and cases; a new environment is a branch of :func:`_environment`."""

import re
from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import Cases, Dots, Matrix, Node, Number
from matrix_checks.derivations.reading.precedence import whole
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word

ENVIRONMENTS = Rules()
MATRICES = ("pmatrix", "bmatrix", "matrix", "array", "smallmatrix", "Bmatrix")
MOST_ENTRIES = 200
_PAIR = r"([a-z])(=|\\ne|!=|\\not=)([a-z])"

Row = list[list[Token]]


@ENVIRONMENTS.reads("\\begin")
def _environment(stream: TokenStream, command: str) -> Node:
    name = "".join(token.text if isinstance(token, Word) else token for token in _braces(stream))
    if name == "array":
        # How its columns are aligned.
        _braces(stream)
    rows = _rows(stream)
    if name == "cases":
        return _cases(stream, rows)
    if name in MATRICES:
        return _matrix(stream, rows)
    raise NotUnderstood(f"the environment {name!r} was not understood")


def _braces(stream: TokenStream) -> list[Token]:
    stream.expect("{")
    return stream.rest_of_braces()


def _rows(stream: TokenStream) -> list[Row]:
    """The rows as far as the end of the environment, cell by cell."""
    rows: list[Row] = [[[]]]
    depth = 0
    while True:
        token = stream.next()
        if token == "\\end" and not depth:
            _braces(stream)
            break
        depth += {"\\begin": 1, "\\end": -1}.get(token, 0) if isinstance(token, str) else 0
        if token == "&" and not depth:
            rows[-1].append([])
        elif token == "\\\\" and not depth:
            rows.append([[]])
        elif token != "\\quad":
            rows[-1][-1].append(token)
    return [row for row in rows if any(row)]


def _matrix(stream: TokenStream, rows: list[Row]) -> Node:
    width = max((len(row) for row in rows), default=0)
    if not rows or any(len(row) != width for row in rows) or len(rows) * width > MOST_ENTRIES:
        raise NotUnderstood("a matrix whose rows differ in length was not understood")
    return Matrix(tuple(_entry(stream, cell, row) for row in rows for cell in row), width)


def _entry(stream: TokenStream, cell: list[Token], row: Row) -> Node:
    if not cell:
        # Nothing beside dots goes on like them; elsewhere it is a zero.
        return Dots() if ["\\dots"] in row else Number(Fraction(0))
    return whole(stream.sub(cell))


def _cases(stream: TokenStream, rows: list[Row]) -> Node:
    values, conditions = [], []
    for row in rows:
        value = row[0][:-1] if row[0] and row[0][-1] in (",", ";", ".") else row[0]
        values.append(whole(stream.sub(value)))
        conditions.append(_condition(row[1] if len(row) > 1 else []))
    return Cases(tuple(values), tuple(conditions))


def _condition(tokens: list[Token]) -> tuple[tuple[str, str, bool], ...] | None:
    """When a case holds; ``None`` where only words stand, such as "otherwise"."""
    text = "".join(token for token in tokens if isinstance(token, str))
    words = {token.text.strip() for token in tokens if isinstance(token, Word)}
    pairs = re.findall(_PAIR, text)
    if re.sub(rf"{_PAIR}|\\\\(?:land|wedge|quad)|[,;.]", "", text) or words & {"or", "или"}:
        raise NotUnderstood("the condition of a case was not understood")
    return tuple((one, other, sign == "=") for one, sign, other in pairs) or None
