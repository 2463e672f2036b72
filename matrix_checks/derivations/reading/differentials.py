"""Fractions, derivatives and differentials, in which a ``d`` has a meaning; a new way to write one is a function here."""

from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import (
    Derivative,
    Differential,
    Differentiated,
    Name,
    Node,
    Number,
    Operator,
    Power,
    Product,
    Quotient,
    bare,
)
from matrix_checks.derivations.reading.notation import bracket
from matrix_checks.derivations.reading.precedence import atom, expression, factor, skip_point, ungrouped, whole
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word

DIFFERENTIALS = Rules()
SIGNS = ("\\partial", "d")
SQUARES = (["^", "2"], ["^", "{", "2", "}"])
# What stands behind a d that is a name, as in d = x - y and d_i: nothing that it could be the differential of.
BEHIND_A_NAME = (None, "_", "^", ")", "]", "}", "+", "-", "*", "/", ",", "\\cdot", "\\odot", "\\rangle", "\\|")


@DIFFERENTIALS.reads("\\partial")
@DIFFERENTIALS.reads_words("d")
def _differentiated(stream: TokenStream, sign: str) -> Node:
    return Differentiated(ungrouped(factor(stream)))


@DIFFERENTIALS.reads("d")
def _differentiated_by_letter(stream: TokenStream, letter: str) -> Node | None:
    """``d x``, unless the letter is a name."""
    return None if letter in stream.known or stream.peek() in BEHIND_A_NAME else _differentiated(stream, letter)


@DIFFERENTIALS.reads("\\frac")
def _second_derivative(stream: TokenStream, command: str) -> Node | None:
    """``\\frac{\\partial^2 y}{\\partial x_i \\partial x_j}``; ``None`` if it is something else."""
    if not (stream.peek() == "{" and stream.peek(1) in SIGNS and stream.peek(2) == "^"):
        return None
    top, bottom = stream.argument(), stream.argument()
    square = next((mark for mark in SQUARES if top[1 : 1 + len(mark)] == mark), None)
    if square is None or top[0] in stream.known or not bottom:
        return None
    parts: list[list[Token]] = []
    for token in bottom:
        if token in SIGNS:
            parts.append([])
        elif not parts:
            return None
        else:
            parts[-1].append(token)
    bodies = [whole(stream.sub(part)) for part in parts]
    if len(bodies) == 1 and isinstance(bodies[0], Power) and bodies[0].exponent == Number(Fraction(2)):
        bodies = [bodies[0].body] * 2
    body = top[1 + len(square) :]
    if len(bodies) != 2 or not body:
        return None
    inner = whole(stream.sub(body))
    return Derivative(Derivative(ungrouped(inner), bare(bodies[1])), bare(bodies[0]))


@DIFFERENTIALS.reads("\\frac")
def _fraction(stream: TokenStream, command: str) -> Node:
    top, bottom = _fraction_part(stream), _fraction_part(stream)
    if not isinstance(bottom, Differentiated):
        return Quotient(top, bottom)
    if not isinstance(top, Differentiated):
        raise NotUnderstood("a fraction with a differential below and none above was not understood")
    return Operator(bottom.body) if top.body == Name("") else Derivative(top.body, bottom.body)


def _fraction_part(stream: TokenStream) -> Node:
    """What stands above or below in a fraction: behind a ``d`` all of it is differentiated."""
    content = stream.sub(stream.argument())
    first = content.peek()
    if not (first == Word("d") or (first in SIGNS and first not in stream.known)):
        return whole(content)
    content.next()
    if content.peek() is None:
        return Differentiated(Name(""))
    if first == "d" and content.peek() in BEHIND_A_NAME:
        content.place = 0
        return whole(content)
    body = whole(content)
    if isinstance(body, Product) and any(isinstance(each, Differentiated) for each in body.factors):
        raise NotUnderstood("a product of differentials in a fraction was not understood")
    return Differentiated(ungrouped(body))


@DIFFERENTIALS.reads("\\nabla")
def _gradient(stream: TokenStream, sign: str) -> Node:
    bottom = whole(stream.sub(stream.script())) if stream.take("_") else Name("")
    top = ungrouped(factor(stream))
    skip_point(stream, at_least=1)
    return Derivative(top, bottom)


@DIFFERENTIALS.reads("[")
def _differential(stream: TokenStream, opening: str) -> Node | None:
    """``[D_x f](h)``."""
    if not (stream.take_any(("D", "d")) and stream.take("_")):
        return None
    point = whole(stream.sub(stream.script()))
    body = expression(stream)
    stream.expect("]")
    return Differential(point, ungrouped(body), _step(stream))


@DIFFERENTIALS.reads("D")
def _bare_differential(stream: TokenStream, letter: str) -> Node | None:
    """``D_x f(h)``, unless the letter is a name."""
    if letter in stream.known or not stream.take("_"):
        return None
    point = whole(stream.sub(stream.script()))
    return Differential(point, atom(stream), _step(stream))


def _step(stream: TokenStream) -> Node:
    opening = stream.take_any(("(", "["))
    if not opening:
        raise NotUnderstood("a differential without its step in brackets was not understood")
    return ungrouped(bracket(stream, opening))
