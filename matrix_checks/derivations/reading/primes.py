r"""Primes behind a symbol: of a function a derivative, ``f'(x)`` and ``y''``, of a matrix its transpose."""

from matrix_checks.derivations.expressions.kinds import Derivative, Differential, Name, Node, Primed
from matrix_checks.derivations.reading.precedence import skip_point
from matrix_checks.derivations.reading.steps_of_differentials import step_behind
from matrix_checks.derivations.reading.stream import Rules, TokenStream

PRIMES = Rules()
NOT_SAID = Name("")
# Of numbers, along which a function of the text's own goes: \\varphi(t) = f(x + th).
PARAMETERS = ("t", "s", "h", "\\tau", "\\lambda", "\\alpha", "\\varepsilon", "0")


@PRIMES.reads_behind("'")
def primed(stream: TokenStream, body: Node) -> Node:
    """A symbol with one prime, or with two where another one follows."""
    if stream.peek() == "'" and stream.peek(1) != "'":
        stream.next()
        return with_two_primes(stream, body)
    # f'(x) is a derivative, A' a transposed matrix.
    point, end = stream.peek(1), stream.peek(2)
    if not (isinstance(body, Name) and body.text.islower() and skip_point(stream, at_least=1)):
        return Primed(body)
    if stream.peek() == "[" and end == ")" and point in stream.known:
        # f'(x)[h] is the differential, and not a product with what stands in the brackets.
        return Differential(Name(str(point)), body, step_behind(stream))
    return Derivative(body, NOT_SAID)


def with_two_primes(stream: TokenStream, body: Node) -> Node:
    """The second derivative of a function, whose brackets may follow; a matrix is transposed twice."""
    is_of_parameter = stream.peek() == "(" and stream.peek(2) == ")" and stream.peek(1) in PARAMETERS
    if not (isinstance(body, Name) and body.text.islower()) or is_of_parameter:
        # Of \varphi''(t), with a parameter of the text's own, others see to it.
        return Primed(Primed(body))
    skip_point(stream, at_least=1)
    return Derivative(Derivative(body, NOT_SAID), NOT_SAID)
