"""Shapes that are written below or above a symbol, ``A_{N \\times R}``: remarks, of which the symbol is no other one for."""

from collections.abc import Callable

from matrix_checks.derivations.reading.tex import Token, Word

CROSS = "\\times"
SCRIPTS = ("_", "^")
IDENTITIES = ("I", "E")
# In tokens.
LONGEST_SHAPE = 12
Shape = tuple[str, str]


def without_shapes_below(tokens: list[Token], shape_at: Callable[[str], Shape | None]) -> list[Token]:
    """The tokens without shapes below and above brackets, and names of arrays.

    Parameters
    ----------
    tokens
        Of a formula.
    shape_at
        The shape of what a name stands for; ``None`` where it stands for nothing.
    """
    if CROSS not in tokens:
        return tokens
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        end = _end_of_shape(tokens, place)
        # Brackets with something above them are a power.
        is_power = tokens[place] == "^" and kept[-1:] in ([")"], ["]"])
        if end and not is_power and _is_whole(kept, shape_at):
            place = end
            continue
        if end and kept and kept[-1] in IDENTITIES and shape_at(str(kept[-1])) is None:
            size = tokens[place + 2 : end - 1]
            half = size.index(CROSS)
            if tokens[place] == "_" and size[:half] == size[half + 1 :]:
                # The identity of that size.
                kept += ["_", "{", *size[:half], "}"]
                place = end
                continue
        kept.append(tokens[place])
        place += 1
    return kept


def without_breadth(content: list[Token]) -> list[Token]:
    """The number of ones in a column, of what stands below them: ``N``, ``N \\times 1``, ``N, 1``, or ``(N)``."""
    inside = [token for token in content if token not in ("(", ")")]
    return inside[:1] if inside[1:] in ([CROSS, "1"], [",", "1"]) or len(inside) == 1 else content


def _end_of_shape(tokens: list[Token], place: int) -> int:
    """The place behind the script that begins at one, where it holds sizes with one cross between them; 0 where it does not."""
    if tokens[place] not in SCRIPTS or tokens[place + 1 : place + 2] != ["{"]:
        return 0
    inside: list[Token] = []
    for end in range(place + 2, min(place + LONGEST_SHAPE, len(tokens))):
        token = tokens[end]
        if token == "}":
            is_shape = inside.count(CROSS) == 1 and inside[0] != CROSS != inside[-1]
            return end + 1 if is_shape else 0
        if isinstance(token, Word) or not (token.isalnum() or token in (CROSS, "_", "\\cdot")):
            return 0
        inside.append(token)
    return 0


def _is_whole(before: list[Token], shape_at: Callable[[str], Shape | None]) -> bool:
    """Whether tokens end in brackets around more than a letter, or in a name of an array."""
    last = before[-1] if before else None
    if last in (")", "]"):
        return True
    if last == "}":
        return before[-3:-2] != ["{"]
    if isinstance(last, Word) or last is None or before[-2:-1] in (["\\mathbb"], ["\\in"]):
        return False
    return last.isalpha() and len(last) == 1 and shape_at(last) not in (None, ("1", "1"))
