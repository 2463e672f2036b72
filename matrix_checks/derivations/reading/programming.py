"""Formulas as in a program: ``x.T @ g``, ``np.sum(g, axis=0)``, ``g.sum(0)``; another function is added to ``REDUCTIONS``."""

from matrix_checks.derivations.expressions.kinds import Function, Node, Product, Transposed
from matrix_checks.derivations.reading.notation import bracket
from matrix_checks.derivations.reading.precedence import expression, ungrouped
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import FUNCTIONS, Word

PROGRAMMING = Rules()
REDUCTIONS = {"sum": "total", "mean": "mean"}


@PROGRAMMING.reads("n")
def _library(stream: TokenStream, letter: str) -> Node | None:
    """``np.`` before a function says nothing."""
    function = stream.peek(2)
    if stream.peek() != "p" or stream.peek(1) != "." or not isinstance(function, Word) or function.text not in FUNCTIONS:
        return None
    stream.place += 3
    if stream.peek() != "(":
        raise stream.not_understood()
    for reader in stream.rules.words[function.text]:
        found = reader(stream, function.text)
        if found is not None:
            return found
    return None


@PROGRAMMING.reads_words(*REDUCTIONS)
def _reduction(stream: TokenStream, name: str) -> Node | None:
    """``sum(g, axis=0)``; ``None`` where all is summed."""
    if not stream.take("("):
        return None
    with stream.norm(inside=False):
        body = expression(stream)
        if not stream.take(","):
            return None
        over_rows = _axis(stream)
    return _reduced(body, REDUCTIONS[name], over_rows)


@PROGRAMMING.reads_behind(".")
def _attribute(stream: TokenStream, body: Node) -> Node | None:
    """``x.T``, ``x.sum()``, ``x.sum(0)``, ``x.dot(y)``."""
    if stream.take("T"):
        return Transposed(body)
    word = stream.peek()
    if not isinstance(word, Word):
        if [stream.peek(ahead) for ahead in range(4)] == ["d", "o", "t", "("]:
            stream.place += 4
            return Product((body, bracket(stream, "(")), ("at",))
        return None
    if word.text not in REDUCTIONS or stream.peek(1) != "(":
        return None
    stream.place += 2
    if stream.take(")"):
        return Function(REDUCTIONS[word.text], (ungrouped(body),))
    return _reduced(ungrouped(body), REDUCTIONS[word.text], _axis(stream))


def _axis(stream: TokenStream) -> bool:
    """Read ``axis=0)`` or ``0)``, and say whether it is the axis of the rows."""
    for word in ("axis", "dim"):
        if [stream.peek(ahead) for ahead in range(len(word) + 1)] == [*word, "="]:
            stream.place += len(word) + 1
    place = stream.take_any(("0", "1"))
    if not place:
        raise stream.not_understood()
    stream.expect(")")
    return place == "0"


def _reduced(body: Node, name: str, over_rows: bool) -> Node:
    """One number for each column, or for each row, as a column."""
    return Function(f"{name} of columns", (body if over_rows else Transposed(body),))
