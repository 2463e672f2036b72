r"""Second derivatives: ``\frac{\partial^2 y}{\partial x_i \partial x_j}``, ``\nabla^2 y``; a new way to write one is a function here."""

from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import Derivative, Node, Number, Power, bare
from matrix_checks.derivations.reading.precedence import begins_factor, factor, skip_point, term, ungrouped, whole
from matrix_checks.derivations.reading.primes import NOT_SAID
from matrix_checks.derivations.reading.steps_of_differentials import SIGNS, SQUARES, takes_above
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import Token

SECOND_DERIVATIVES = Rules()


@SECOND_DERIVATIVES.reads("\\frac")
def _fraction(stream: TokenStream, command: str) -> Node | None:
    """``\\frac{\\partial^2 y}{\\partial x_i \\partial x_j}``, or with ``y`` behind it; ``None`` if it is something else."""
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
    if len(bodies) != 2 or not (body or begins_factor(stream)):
        return None
    inner = whole(stream.sub(body)) if body else term(stream)
    return Derivative(Derivative(ungrouped(inner), bare(bodies[1])), bare(bodies[0]))


@SECOND_DERIVATIVES.reads("\\nabla")
def _hessian(stream: TokenStream, sign: str) -> Node | None:
    """``\\nabla^2 y``, ``\\nabla^2_x y`` and ``\\nabla_x^2 y``; ``None`` where nothing is squared."""
    squared = takes_above(stream, ["2"])
    script = stream.script() if stream.take("_") else []
    if not (squared or takes_above(stream, ["2"])) or not begins_factor(stream):
        return None
    by = whole(stream.sub(script)) if script else NOT_SAID
    top = ungrouped(factor(stream))
    skip_point(stream, at_least=1)
    return Derivative(Derivative(top, by), by)
