"""The expressions that a formula is read into. All are plain and hashable; nothing here knows what a name stands for."""

from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import cache, cached_property


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@dataclass(frozen=True)
class Node:
    """An expression."""

    @cached_property
    def parts(self) -> tuple["Node", ...]:
        """The expressions directly inside this one."""
        found: list[Node] = []
        for name in _field_names(type(self)):
            value = getattr(self, name)
            if isinstance(value, Node):
                found.append(value)
            elif isinstance(value, tuple):
                found += [each for each in value if isinstance(each, Node)]
        return tuple(found)

    @cached_property
    def everything(self) -> tuple["Node", ...]:
        """The expression and all inside it."""
        return (self, *(each for part in self.parts for each in part.everything))

    @cached_property
    def names(self) -> frozenset[str]:
        """All names inside, those of indices left out."""
        skipped: set[int] = set()
        for part in self.everything:
            skipped |= {id(index) for index in part.bound}
        return frozenset(part.text for part in self.everything if isinstance(part, Name) and id(part) not in skipped)

    @property
    def bound(self) -> tuple["Node", ...]:
        """The names directly inside that are indices."""
        return ()

    def rebuilt(self, change) -> "Node":
        """The same expression with ``change`` applied to those directly inside."""
        new = {}
        for name in _field_names(type(self)):
            value = getattr(self, name)
            if isinstance(value, Node):
                new[name] = change(value)
            elif isinstance(value, tuple) and any(isinstance(each, Node) for each in value):
                new[name] = tuple(change(each) if isinstance(each, Node) else each for each in value)
        return replace(self, **new) if new else self


@dataclass(frozen=True)
class Number(Node):
    """A number as it is written."""

    value: Fraction


@dataclass(frozen=True)
class Name(Node):
    """A name: a letter with what decorates it, such as ``\\hat x`` or ``W_1``."""

    text: str


@dataclass(frozen=True)
class Slice(Node):
    """The colon in ``g_{i,:}``."""


@dataclass(frozen=True)
class Indexed(Node):
    """An entry, or a row or column, of an expression."""

    body: Node
    indices: tuple[Node, ...]

    @property
    def bound(self) -> tuple[Node, ...]:
        """The indices."""
        return self.indices


@dataclass(frozen=True)
class Sum(Node):
    """A sum over an index: all values, all but one (``other``), or from ``lower`` to ``upper``."""

    index: str
    lower: Node | None
    upper: Node | None
    other: str | None
    body: Node

    @property
    def bound(self) -> tuple[Node, ...]:
        """Indices of outer sums in the bounds: capital letters are sizes."""
        inside = [each for bound in (self.lower, self.upper) if bound is not None for each in bound.everything]
        return tuple(each for each in inside if isinstance(each, Name) and len(each.text) == 1 and each.text.islower())


@dataclass(frozen=True)
class Add(Node):
    """A sum of terms; a difference holds a :class:`Negative`."""

    terms: tuple[Node, ...]


@dataclass(frozen=True)
class Negative(Node):
    """An expression with a minus before it."""

    body: Node


@dataclass(frozen=True)
class Product(Node):
    """Factors side by side; ``signs[i]`` stands before factor ``i + 1``: empty, ``*``, ``odot`` or ``otimes``."""

    factors: tuple[Node, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Quotient(Node):
    """A fraction."""

    top: Node
    bottom: Node


@dataclass(frozen=True)
class Power(Node):
    """A power with an exponent that is no transposition."""

    body: Node
    exponent: Node


@dataclass(frozen=True)
class Transposed(Node):
    """A transposed expression."""

    body: Node


@dataclass(frozen=True)
class Primed(Transposed):
    """An expression with a prime behind it: transposed, or, where it is a number, its derivative."""


@dataclass(frozen=True)
class Group(Node):
    """An expression in brackets, which may be the argument of a function."""

    body: Node


@dataclass(frozen=True)
class Function(Node):
    """A function of the notation, such as ``tr`` or ``vec``, with its arguments."""

    name: str
    arguments: tuple[Node, ...]

    @property
    def bound(self) -> tuple[Node, ...]:
        """The indices of a delta, and the index of a maximum."""
        return {"delta": self.arguments, "max": self.arguments[1:]}.get(self.name, ())


@dataclass(frozen=True)
class Norm(Node):
    """A norm, Frobenius's for matrices."""

    body: Node


@dataclass(frozen=True)
class Inner(Node):
    """An inner product of two arrays of the same shape."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Derivative(Node):
    """``d top / d bottom``."""

    top: Node
    bottom: Node


@dataclass(frozen=True)
class Differentiated(Node):
    """``d body`` where it is no part of a fraction: a differential."""

    body: Node


@dataclass(frozen=True)
class Operator(Node):
    """``d / d bottom`` before the expression that it is applied to."""

    bottom: Node


@dataclass(frozen=True)
class Differential(Node):
    """``[D_point body](step)``."""

    point: Node
    body: Node
    step: Node


@dataclass(frozen=True)
class Cases(Node):
    """Values with the conditions under which they hold, ``None`` for "otherwise".

    A condition is two indices and whether they are the same; where there are several, all have to hold.
    """

    values: tuple[Node, ...]
    conditions: tuple[tuple[tuple[str, str, bool], ...] | None, ...]


@dataclass(frozen=True)
class Matrix(Node):
    """A matrix written out, row by row; the entries may be blocks, and ``Dots`` may stand for what goes on."""

    entries: tuple[Node, ...]
    columns: int


@dataclass(frozen=True)
class Dots(Node):
    """``\\cdots`` and the like inside a matrix."""


@dataclass(frozen=True)
class Limit(Node):
    """The limit of an expression as a name goes to zero."""

    name: str
    body: Node


@dataclass(frozen=True)
class HigherOrder(Node):
    """``o(h)``: what is left out because it is of higher order."""


def depends(node: Node, kind) -> bool:
    """Whether an expression of a kind is somewhere inside."""
    return any(isinstance(each, kind) for each in node.everything)


def bare(node: Node) -> Node:
    """An expression without brackets and transpositions around it."""
    while isinstance(node, (Group, Transposed)):
        node = node.body
    return node
