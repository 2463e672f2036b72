"""Formulas as in a program: ``x.T @ g``, ``np.sum(g, axis=0)``, ``g.sum(0)``; another function is added to ``REDUCTIONS``."""

from dataclasses import replace
from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import (
    Function,
    Group,
    Indexed,
    Inner,
    Name,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Transposed,
    Tuple,
)
from matrix_checks.derivations.reading.code_arguments import READ
from matrix_checks.derivations.reading.code_functions import MADE, PRODUCTS
from matrix_checks.derivations.reading.notation import bracket
from matrix_checks.derivations.reading.precedence import expression, ungrouped
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import Word

PROGRAMMING = Rules()
REDUCTIONS = {"sum": "total", "mean": "mean"}


@PROGRAMMING.reads_words(*PRODUCTS)
def _product_of_two(stream: TokenStream, name: str) -> Node | None:
    """``np.outer(x, c)``, ``np.kron(A, B)``."""
    if not stream.take("("):
        return None
    arguments = bracket(stream, "(")
    if not isinstance(arguments, Tuple) or len(arguments.entries) != 2:
        raise stream.not_understood()
    left, right = (Group(each) for each in arguments.entries)
    if name == "outer":
        return Group(Product((left, Transposed(right)), ("at",)))
    # What stands behind the brackets belongs to the whole.
    return Group(Product((left, right), (PRODUCTS[name],))) if PRODUCTS[name] else Inner(left, right)


@PROGRAMMING.reads_words(*MADE)
def _made(stream: TokenStream, name: str) -> Node | None:
    """``np.eye(M)``, ``np.ones(N)``."""
    size = stream.peek(1)
    if stream.peek() != "(" or stream.peek(2) != ")" or not isinstance(size, str) or not size.isalpha():
        return None
    stream.place += 3
    return Indexed(Name(MADE[name]), (Name(size),))


@PROGRAMMING.reads_words(*REDUCTIONS)
def _over_index(stream: TokenStream, name: str) -> Node | None:
    """``sum_i (x_i)`` and ``mean_i (x_i)``; ``None`` without an index."""
    if stream.peek() != "_":
        return None
    reader = stream.rules.commands["\\sum"][0]
    found = reader(stream, "\\sum")
    if name == "sum" or not isinstance(found, Sum):
        return found
    return _averaged(found)


def _averaged(total: Sum) -> Node:
    """A sum, divided by how often there are values of its index."""
    return Quotient(total, replace(total, body=Power(total.body, Number(Fraction(0)))))


def _has_index(body: Node) -> bool:
    """Whether an entry with a letter for its place stands in it."""
    return any(isinstance(each, Name) for part in body.everything if isinstance(part, Indexed) for each in part.indices)


def _over_indices(body: Node, name: str) -> Node:
    found = Sum("", None, None, None, body)
    return found if name == "sum" else _averaged(found)


@PROGRAMMING.reads_words(*REDUCTIONS)
def _reduction(stream: TokenStream, name: str) -> Node | None:
    """``sum(g, axis=0)``, and ``sum(x_i^2)``, which is over the index; ``None`` where all entries are summed."""
    if not stream.take("("):
        return None
    with stream.norm(inside=False):
        body = expression(stream)
        if not stream.take(","):
            return _over_indices(Group(body), name) if _has_index(body) and stream.take(")") else None
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
    word = stream.peek()
    if isinstance(word, Word) and word.text in READ and stream.peek(1) == "=":
        stream.place += 2
    place = stream.take_any(("0", "1"))
    if not place:
        raise stream.not_understood()
    stream.expect(")")
    return place == "0"


def _reduced(body: Node, name: str, over_rows: bool) -> Node:
    """One number for each column, or for each row, as a column."""
    return Function(f"{name} of columns", (body if over_rows else Transposed(body),))
