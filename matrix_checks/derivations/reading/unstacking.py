"""The inverse of vec: ``\\operatorname{unvec}(v)``, ``\\operatorname{mat}_{N \\times M}(v)``, ``\\operatorname{vec}^{-1}(v)``."""

from matrix_checks.derivations.expressions.kinds import Node, Tuple
from matrix_checks.derivations.reading.stream import TokenStream

# Rows first or columns first: a program's reshape may be either.
VEC, UNVEC, RESHAPE = "vec", "unvec", "reshape"
INVERSE = (["^", "{", "-", "1", "}"], ["^", "-", "1"])


def inverse_of_vec(stream: TokenStream, name: str) -> str:
    """The name of the function, where what stands behind it says that it is the inverse of vec, or how large its values are."""
    if name == VEC:
        mark = next((mark for mark in INVERSE if [stream.peek(ahead) for ahead in range(len(mark))] == mark), None)
        if mark is None:
            return name
        stream.place += len(mark)
        name = UNVEC
    if name in (UNVEC, RESHAPE) and stream.take("_"):
        stream.script()
    return name


def stacked_in(name: str, inside: Node) -> Node:
    """The argument of a function; that of reshape without the sizes behind it."""
    return inside.entries[0] if name in (UNVEC, RESHAPE) and isinstance(inside, Tuple) else inside
