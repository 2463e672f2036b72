"""Points that stand alone in the cell of a matrix: ``&.&`` is ``&\\dots&``."""

from collections.abc import Sequence

from matrix_checks.derivations.reading.tokens import Token, Word

MATRICES = ("pmatrix", "bmatrix", "matrix", "array", "smallmatrix", "Bmatrix", "vmatrix", "Vmatrix")
# In letters.
LONGEST_NAME = 20
DOTS = "\\dots"
_AFTER = ("&", "\\\\", "\\end")


def with_dots(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with dots in the place of points that are all that a cell of a matrix holds."""
    if "." not in tokens or "\\begin" not in tokens:
        return list(tokens)
    found: list[Token] = []
    environments: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token == "\\begin":
            environments.append(_name(tokens, place))
        elif token == "\\end" and environments:
            environments.pop()
        end = place
        while end < len(tokens) and tokens[end] == ".":
            end += 1
        begins = found[-1:] in (["&"], ["\\\\"], ["}"])
        is_cell = begins and end < len(tokens) and tokens[end] in _AFTER
        if end > place and is_cell and environments and environments[-1] in MATRICES:
            found.append(DOTS)
            place = end
            continue
        end = max(end, place + 1)
        found += tokens[place:end]
        place = end
    return found


def _name(tokens: Sequence[Token], place: int) -> str:
    """The name of the environment that begins at a place."""
    inside = tokens[place + 2 : place + 2 + LONGEST_NAME]
    name = inside[: inside.index("}")] if "}" in inside else inside
    return "".join(token.text if isinstance(token, Word) else token for token in name)
