"""The kinds of expressions that a formula is read into, one class each; a new kind has more to say elsewhere.

=====================================  =======================================================================
``expressions/as_tex.py``              its TeX
``values/``, a ``@rule``               its value (:mod:`..values.evaluation`)
``values/shape_rules.py``              its shape among letters that nobody declared; without it they are not understood
``expressions/free_indices.py``        only where it binds or holds indices; and ``equality/repeated_indices.py``
=====================================  =======================================================================

What may turn out to be another kind is a subclass of it, as :class:`Primed` is; it has rules of its own for values and shapes.
"""

from fractions import Fraction

from matrix_checks.derivations.expressions.node import Node as Node
from matrix_checks.derivations.expressions.node import computed_once, expression


@expression
class Name(Node):
    """A name: a letter with what decorates it, such as ``\\hat x`` or ``W_1``."""

    text: str

    @computed_once
    def names(self) -> frozenset[str]:
        """Itself."""
        return frozenset((self.text,))


@expression
class Number(Node):
    """A number as it is written."""

    value: Fraction


@expression
class Slice(Node):
    """The colon in ``g_{i,:}``."""


@expression
class Indexed(Node):
    """An entry, or a row or column, of an expression."""

    body: Node
    indices: tuple[Node, ...]

    @property
    def bound(self) -> tuple[Node, ...]:
        """The indices."""
        return self.indices

    @property
    def _speaking(self) -> tuple[Node, ...]:
        return (self.body, *_no_names(self.indices))


@expression
class Mixed(Indexed):
    """An entry with an index below and then one above, as in ``A_j^i``: the upper one comes first here."""


@expression
class Sum(Node):
    """A sum over an index: all values, all but one (``other``), or from ``lower`` to ``upper``; over all free ones where it is empty."""

    index: str
    lower: Node | None
    upper: Node | None
    other: str | None
    body: Node

    @property
    def bound(self) -> tuple[Name, ...]:
        """Indices of outer sums in the bounds: capital letters are sizes."""
        inside = [each for bound in (self.lower, self.upper) if bound is not None for each in bound.everything]
        return tuple(each for each in inside if isinstance(each, Name) and len(each.text) == 1 and each.text.islower())

    @computed_once
    def names(self) -> frozenset[str]:
        """All names inside, those of indices left out."""
        bounds = [bound.names for bound in (self.lower, self.upper) if bound is not None]
        return self.body.names | frozenset[str]().union(*bounds) - {each.text for each in self.bound}


@expression
class Add(Node):
    """A sum of terms; a difference holds a :class:`Negative`."""

    terms: tuple[Node, ...]


@expression
class Negative(Node):
    """An expression with a minus before it."""

    body: Node


@expression
class Product(Node):
    """Factors side by side; ``signs[i]`` stands before factor ``i + 1``: empty, ``*``, ``odot``, ``oslash`` or ``otimes``."""

    factors: tuple[Node, ...]
    signs: tuple[str, ...]


@expression
class Quotient(Node):
    """A fraction."""

    top: Node
    bottom: Node


@expression
class Power(Node):
    """A power with an exponent that is no transposition."""

    body: Node
    exponent: Node


@expression
class Transposed(Node):
    """A transposed expression."""

    body: Node


@expression
class Primed(Transposed):
    """An expression with a prime behind it: transposed, or, where it is a number, its derivative."""


@expression
class Group(Node):
    """An expression in brackets, which may be the argument of a function."""

    body: Node


@expression
class Function(Node):
    """A function of the notation, such as ``tr`` or ``vec``, with its arguments."""

    name: str
    arguments: tuple[Node, ...]

    @property
    def bound(self) -> tuple[Node, ...]:
        """The indices of a delta, and the index of a maximum."""
        return {"delta": self.arguments, "max": self.arguments[1:]}.get(self.name, ())

    @property
    def _speaking(self) -> tuple[Node, ...]:
        free = len(self.arguments) - len(self.bound)
        return (*self.arguments[:free], *_no_names(self.bound))


@expression
class Norm(Node):
    """A norm, Frobenius's for matrices."""

    body: Node


@expression
class Bars(Norm):
    """What stands between single bars: a norm, a determinant, or absolute values."""


@expression
class Inner(Node):
    """An inner product of two arrays of the same shape."""

    left: Node
    right: Node


@expression
class Derivative(Node):
    """``d top / d bottom``."""

    top: Node
    bottom: Node


@expression
class Nabla(Derivative):
    """A gradient that is written with a nabla before several factors: of the first one, or of all of them."""


@expression
class PartialDifferential(Node):
    """``d_A y``: the differential where only one variable changes."""

    body: Node
    variable: Node


@expression
class Differentiated(Node):
    """``d body`` where it is no part of a fraction: a differential."""

    body: Node


@expression
class Operator(Node):
    """``d / d bottom`` before the expression that it is applied to."""

    bottom: Node


@expression
class Differential(Node):
    """``[D_point body](step)``."""

    point: Node
    body: Node
    step: Node


@expression
class Cases(Node):
    """Values with their conditions, ``None`` for "otherwise": two indices and whether they are the same; all of several have to hold."""

    values: tuple[Node, ...]
    conditions: tuple[tuple[tuple[str, str, bool], ...] | None, ...]


@expression
class Matrix(Node):
    """A matrix written out, row by row; the entries may be blocks, and ``Dots`` may stand for what goes on."""

    entries: tuple[Node, ...]
    columns: int


@expression
class Tuple(Node):
    """Expressions in round brackets with commas between: a column, a row, or the inner product of two arrays."""

    entries: tuple[Node, ...]


@expression
class Dots(Node):
    """``\\cdots`` and the like inside a matrix."""


@expression
class Limit(Node):
    """The limit of an expression as a name goes to zero."""

    name: str
    body: Node


@expression
class DerivativeAtZero(Node):
    """``d/dt body |_{t=0}``: the derivative by a number where that is zero."""

    name: str
    body: Node


@expression
class OperatorAtZero(Node):
    """``d/dt |_{t=0}`` before the expression that it is applied to."""

    name: str


@expression
class HigherOrder(Node):
    """``o(h)``: what is left out because it is of higher order, in these letters; ``vanishes`` for ``o(1)`` and ``O(h)``."""

    of: tuple[str, ...] = ()
    vanishes: bool = False


def _no_names(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(each for each in nodes if not isinstance(each, Name))


def whole_of(node: Node) -> Node:
    """What an entry is an entry of: ``x`` for ``x_i``; anything else as it is."""
    return node.body if isinstance(node, Indexed) else node


def bare(node: Node) -> Node:
    """An expression without brackets and transpositions around it."""
    while isinstance(node, (Group, Transposed)):
        node = node.body
    return node
