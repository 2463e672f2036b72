r"""Columns of a matrix by a letter that would be a row elsewhere: of ``g_m``, and of ``g^{(1)}``, a text may say that it is column ``m`` of ``G``."""

from matrix_checks.derivations.reading.lines import Line
from matrix_checks.derivations.reading.tex import Token, text_of
from matrix_checks.derivations.reading.tokens import Renamed

# A letter, whether its index stands above it, in brackets, and the index; an empty one for any.
Columns = dict[tuple[str, bool, str], Line]


def with_columns(tokens: list[Token], columns: Columns) -> list[Token]:
    """The formula with columns of their matrices in the place of these letters; shown as it was written."""
    changed: list[Token] = []
    place = 0
    while place < len(tokens):
        index, is_above, end = _index_behind(tokens, place)
        line = _line_of(columns, str(tokens[place]), is_above, index) if end else None
        if line is None:
            changed.append(tokens[place])
            place += 1
            continue
        hidden = [Renamed.of(token, "") for token in ("_", "{", ":", ",", index, "}")]
        changed += [Renamed.of(line.matrix, text_of(tokens[place:end])), *hidden]
        place = end
    return changed


def _line_of(columns: Columns, name: str, is_above: bool, index: str) -> Line | None:
    """What a letter with an index is a column of; where that is said with one letter below it, another one may count rows."""
    said = columns.get((name, is_above, ""))
    is_said = said is not None and not (index.islower() and said.index.islower() and index != said.index)
    return said if is_said else columns.get((name, is_above, index))


def _index_behind(tokens: list[Token], place: int) -> tuple[str, bool, int]:
    """The one index of the letter at a place, whether it stands above, in brackets, and the place behind it; zero where there is none."""
    sign, behind = tokens[place + 1 : place + 2], tokens[place + 2 : place + 3]
    inside, end = list(behind), place + 3
    if behind == ["{"] and "}" in tokens[place + 3 : place + 7]:
        end = tokens.index("}", place + 3)
        inside, end = list(tokens[place + 3 : end]), end + 1
    is_above = sign == ["^"] and len(inside) == 3 and (inside[0], inside[2]) == ("(", ")")
    index = str(inside[1]) if is_above else str(inside[0]) if sign == ["_"] and len(inside) == 1 else ""
    is_index = len(index) == 1 and (index.isalpha() or index.isdecimal())
    return index, is_above, end if is_index else 0
