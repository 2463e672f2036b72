r"""Lines that are drawn in matrices: dashes beside rows, ``— x_1^\top —``, and bars above and below columns; they say nothing."""

from collections.abc import Sequence

from matrix_checks.derivations.reading.tokens import Token, Word

DASHES = ("-", "—", "–", "―", "\\textemdash", "\\textendash")
BARS = ("|", "\\|", "\\vdots", "\\uparrow", "\\downarrow")
BEGIN, END = "\\begin", "\\end"
NEXT_CELL, NEXT_ROW = "&", "\\\\"
Cell = list[Token]


def without_rules(tokens: Sequence[Token]) -> list[Token]:
    """The formula without such lines in its matrices."""
    if BEGIN not in tokens or not any(_is_dash(token) or token in BARS for token in tokens):
        return list(tokens)
    found: list[Token] = []
    start = 0
    for begin, end in _matrices(tokens):
        found += [*tokens[start:begin], *_written(_without_rules(_rows(tokens[begin:end])))]
        start = end
    return [*found, *tokens[start:]]


def _matrices(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Where what stands in innermost matrices begins and ends."""
    found: list[tuple[int, int]] = []
    begin = -1
    for place, token in enumerate(tokens):
        if token == BEGIN:
            close = list(tokens[place : place + 12]).index("}") + 1 if "}" in tokens[place : place + 12] else 0
            name = "".join(map(str, tokens[place + 2 : place + close - 1])) if close else ""
            begin = place + close if name.endswith("matrix") else -1
        elif token == END and begin >= 0:
            found.append((begin, place))
            begin = -1
    return found


def _rows(tokens: Sequence[Token]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[[]]]
    depth = 0
    for token in tokens:
        depth += (token == "{") - (token == "}")
        if not depth and token == NEXT_ROW:
            rows.append([[]])
        elif not depth and token == NEXT_CELL:
            rows[-1].append([])
        else:
            rows[-1][-1].append(token)
    return rows


def _without_rules(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows without those of bars, and their cells without dashes on both sides, or in columns of their own."""
    rows = [row for row in rows if not _is_of_bars(row)]
    width = max((len(row) for row in rows), default=0)
    if width > 2 and any(_is_rule(row[0]) and _is_rule(row[-1]) for row in rows if len(row) == width):
        sides = [cell for row in rows if len(row) == width for cell in (row[0], row[-1])]
        if all(not cell or _is_rule(cell) for cell in sides):
            rows = [row[1:-1] if len(row) == width else row for row in rows]
    return [[cell[1:-1] if _is_between_dashes(cell) else cell for cell in row] for row in rows]


def _is_of_bars(row: list[Cell]) -> bool:
    """Whether bars stand in a row, and nothing else but blanks and dots; dots alone go on."""
    cells = [token for cell in row for token in cell]
    bars = [token for token in cells if token in BARS]
    return bool(bars) and all(token in BARS or token == "\\dots" for token in cells)


def _is_rule(cell: Cell) -> bool:
    return bool(cell) and all(map(_is_dash, cell))


def _is_between_dashes(cell: Cell) -> bool:
    return len(cell) > 2 and _is_dash(cell[0]) and _is_dash(cell[-1])


def _is_dash(token: Token) -> bool:
    return (token.text.strip() or "x").strip("-—–―") == "" if isinstance(token, Word) else token in DASHES


def _written(rows: list[list[Cell]]) -> list[Token]:
    found: list[Token] = []
    for number, row in enumerate(rows):
        found += [NEXT_ROW] if number else []
        for place, cell in enumerate(row):
            found += [*([NEXT_CELL] if place else []), *cell]
    return found
