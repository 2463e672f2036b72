"""The inverse of vec: ``\\operatorname{unvec}(v)``, ``\\operatorname{mat}_{N \\times M}(v)``, ``\\operatorname{vec}^{-1}(v)``."""

from matrix_checks.derivations.expressions.kinds import Node, Tuple
from matrix_checks.derivations.reading.stream import TokenStream
from matrix_checks.derivations.reading.tokens import Word

# Rows first or columns first: a program's reshape may be either.
VEC, BY_ROWS, UNVEC, RESHAPE = "vec", "rvec", "unvec", "reshape"
INVERSE = (["^", "{", "-", "1", "}"], ["^", "-", "1"])
# What is written below vec: what it stacks.
STACKED = {**dict.fromkeys(("r", "R", "row", "rows"), BY_ROWS), **dict.fromkeys(("c", "C", "col", "cols", "columns"), VEC)}


def inverse_of_vec(stream: TokenStream, name: str) -> str:
    """The name of the function, where what stands behind it says what it stacks, that it is the inverse of vec, or how large its values are."""
    stacked = _stacked(stream) if name == VEC else ""
    if stacked:
        return stacked
    if name == VEC:
        mark = next((mark for mark in INVERSE if [stream.peek(ahead) for ahead in range(len(mark))] == mark), None)
        if mark is None:
            return name
        stream.place += len(mark)
        name = UNVEC
    if name in (UNVEC, RESHAPE) and stream.take("_"):
        stream.script()
    return name


def _stacked(stream: TokenStream) -> str:
    """The vec of the rows for ``vec_r``, vec for ``vec_c``, of which the script is taken; empty for anything else."""
    is_braced = stream.peek(1) == "{" and stream.peek(3) == "}"
    below = stream.peek(1 + is_braced)
    stacked = STACKED.get(below.text if isinstance(below, Word) else str(below), "")
    if stream.peek() != "_" or not stacked:
        return ""
    stream.place += 4 if is_braced else 2
    return stacked


def stacked_in(name: str, inside: Node) -> Node:
    """The argument of a function; that of reshape without the sizes behind it."""
    return inside.entries[0] if name in (UNVEC, RESHAPE) and isinstance(inside, Tuple) else inside
