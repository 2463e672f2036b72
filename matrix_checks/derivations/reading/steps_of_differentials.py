"""Differentials at a point with their steps: ``df(x)[h]``, ``df_x(h)``, and ``D^2 f(x)[h, k]``."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeGuard

from matrix_checks.derivations.expressions.kinds import (
    Derivative,
    Differential,
    Group,
    Inner,
    Matrix,
    Name,
    Node,
    Number,
    Power,
    Tuple,
    whole_of,
)
from matrix_checks.derivations.reading.notation import bracket
from matrix_checks.derivations.reading.precedence import SYMBOLS, expression, factor, ungrouped
from matrix_checks.derivations.reading.spelling import TRANSPOSITIONS
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import NotUnderstood, Token

SECOND_DIFFERENTIALS = Rules()
SIGNS = ("\\partial", "d")
# Above a differential, and before what its adjoint is applied to.
ADJOINTS = (*TRANSPOSITIONS, "*", "\\dagger")
SQUARES = (["^", "2"], ["^", "{", "2", "}"])


def takes_above(stream: TokenStream, *wanted: Sequence[Token]) -> bool:
    """Whether one of some things stands above what was read last; then it is taken."""
    start = stream.place
    if stream.take("^") and stream.script() in wanted:
        return True
    stream.place = start
    return False


def symbol_in(stream: TokenStream, tokens: list[Token]) -> Name | None:
    """The name that tokens are, if it stands for something."""
    if len(tokens) != 1 or tokens[0] not in stream.known:
        return None
    return Name(tokens[0]) if isinstance(tokens[0], str) else None


def is_letter(token: Token | None) -> TypeGuard[str]:
    """Whether a token may be the name of a function: a Latin letter or a Greek one."""
    return isinstance(token, str) and (token.isalpha() or token in SYMBOLS)


def at_point(stream: TokenStream) -> Node | None:
    """``df(x)[h]``, ``df(x)(h)``, ``df(x; h)``, ``df(x) \\cdot h`` and ``df_x(h)``; ``None`` for a differential without a step."""
    function = stream.peek()
    if not is_letter(function):
        return None
    start = stream.place
    stream.place += 1
    point: Name | None
    if stream.take("_"):
        point = symbol_in(stream, stream.script())
    else:
        ends = (stream.peek(), stream.peek(2))
        point = symbol_in(stream, [stream.peek(1) or ""]) if ends in (("(", ")"), ("(", ";")) else None
        stream.place += 3
        if point is not None and ends == ("(", ";"):
            step = ungrouped(expression(stream))
            stream.expect(")")
            return Differential(point, Name(function), step)
        if point is not None and stream.peek() == "\\cdot" and is_letter(stream.peek(1)) and stream.peek(1) not in SIGNS:
            stream.place += 1
            return Differential(point, Name(function), ungrouped(factor(stream)))
    if point is not None and stream.peek() == "^" and stream.peek(1) in ADJOINTS and stream.peek(2) in ("(", "["):
        # The adjoint of the differential is that of the inner product with what it is applied to.
        stream.place += 2
        return Derivative(Inner(step_behind(stream), Name(function)), point)
    if point is None or stream.peek() not in ("(", "["):
        stream.place = start
        return None
    return Differential(point, Name(function), step_behind(stream))


def along_step(stream: TokenStream, variable: Name) -> Node | None:
    """What stands behind the ``d_A`` of ``d_A f(H)``: the differential at ``A`` along ``H``; ``None`` for anything else."""
    function, step = stream.peek(), stream.peek(2)
    stands_at = (stream.peek(1), stream.peek(3)) == ("(", ")") and function in stream.known
    if (
        not stands_at
        or not is_letter(function)
        or not is_letter(step)
        or step == variable.text
        or stream.peek(4) in ("(", "[", "_", "^")
    ):
        return None
    stream.place += 4
    return Differential(variable, Name(function), Name(step))


def step_behind(stream: TokenStream) -> Node:
    opening = stream.take_any(("(", "["))
    if not opening:
        raise NotUnderstood("a differential without its step in brackets was not understood")
    return ungrouped(bracket(stream, opening))


@SECOND_DIFFERENTIALS.reads("D", "d")
@SECOND_DIFFERENTIALS.reads_words("D", "d")
def _second_differential(stream: TokenStream, letter: str) -> Node | None:
    """``D^2 f(x)[h, k]`` and ``d^2 f_x(h, k)``: the differential in ``k`` of the one in ``h``. The letter may be a name."""
    square = next((mark for mark in SQUARES if [stream.peek(ahead) for ahead in range(len(mark))] == mark), None)
    if letter in stream.known or square is None:
        return None
    start = stream.place
    stream.place += len(square)
    inner = at_point(stream)
    if not isinstance(inner, Differential) or not isinstance(inner.step, (Tuple, Matrix)) or len(inner.step.entries) != 2:
        stream.place = start
        return None
    first, second = inner.step.entries
    return Differential(inner.point, Differential(inner.point, inner.body, first), second)


def is_symbol(node: Node) -> bool:
    """Whether it is a letter, an entry, or the square of a letter, as of a deviation."""
    inside = node.body if isinstance(node, Power) and node.exponent == Number(Fraction(2)) else node
    return isinstance(whole_of(inside), Name) and not isinstance(inside, Group)
