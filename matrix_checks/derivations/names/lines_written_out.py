r"""Matrices that are written out by their rows or columns: ``B = (v_1, \\dots, v_n)``."""

from collections.abc import Iterator

from matrix_checks.derivations.reading.lines import Line
from matrix_checks.derivations.reading.precedence import SYMBOLS
from matrix_checks.derivations.reading.tex import Token, Word

TRANSPOSITIONS = ("\\top", "T", "t")
# What stands between the parts of a matrix that is written out, or around them.
_SEPARATORS = frozenset("{ } & | , ; \\\\ \\dots ( ) [ ] \\quad".split())
# With a letter before it, for what stands around: ``bmatrix``.
ENVIRONMENTS = ("smallmatrix", "matrix")
LONGEST_NAME = max(ENVIRONMENTS, key=len)
Named = tuple[str, Line]


def is_letter(token: Token) -> bool:
    """Whether a token is one letter."""
    return isinstance(token, str) and ((len(token) == 1 and token.isalpha()) or token in SYMBOLS)


def lines_written_out(formulas: list[list[Token]]) -> Iterator[Named]:
    """The letters in matrices that are written out by rows, or by columns."""
    for tokens in formulas:
        for place, token in enumerate(tokens[:-3]):
            if token == "=" and place and (place == 1 or not _is_script(tokens[place - 2])) and is_letter(tokens[place - 1]):
                line = line_in(tokens[place + 1 :])
                if line:
                    yield line[0], Line(str(tokens[place - 1]), line[1], line[2])


def _is_script(token: Token) -> bool:
    return token in ("_", "^", "\\partial", "d")


def line_in(tokens: list[Token]) -> tuple[str, bool, bool] | None:
    """The letter of which the parts of a matrix are, whether they are rows, and whether each is transposed."""
    if "diag" in str(tokens[0]).lower():
        # Those are entries.
        return None
    rest: list[Token] = []
    rows = columns = dots = 0
    for place, token in enumerate(tokens):
        if token == "\\end" or (place and token in (")", "]")):
            break
        rows, columns, dots = rows + (token == "\\\\"), columns + (token in ("&", ",", "|")), dots + (token == "\\dots")
        if token not in _SEPARATORS and not isinstance(token, Word):
            rest.append(token)
    if rest[:1] == ["\\begin"]:
        rest = _without_name(rest[1:])
    is_turned = any(token in TRANSPOSITIONS for token in rest)
    parts = [token for token in rest if token not in ("^", *TRANSPOSITIONS)]
    letters = {str(letter) for letter in parts[0::3]}
    is_list = len(parts) in (6, 9) and set(parts[1::3]) == {"_"} and len(letters) == 1 and parts[2] == "1" and is_letter(parts[0])
    if not is_list or not dots or bool(rows) == bool(columns) or is_turned != bool(rows):
        return None
    return letters.pop(), bool(rows), is_turned


def _without_name(tokens: list[Token]) -> list[Token]:
    """What stands in an environment, behind its name, which is that of a matrix; an index may be a letter of that name."""
    name = "".join(token for token in tokens[: len(LONGEST_NAME)] if isinstance(token, str))
    length = next((name.index(each) + len(each) for each in ENVIRONMENTS if each in name[: len(each) + 1]), 0)
    return tokens[length:]
