"""What the value of an expression depends on besides the numbers; a new way to change what a name stands for is an override here.

Scopes and overrides are interned: those that are equal are one object, so that each is its own key.
"""

from dataclasses import dataclass

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.expressions.node import Interned, computed_once
from matrix_checks.derivations.values.interpretation import Interpretation
from matrix_checks.derivations.values.jets import Jet

# A row and a column, counted from zero.
Place = tuple[int, int]
# Values of the index letters, counted from zero.
Indices = dict[str, int]
# An expression, with the values of those indices that are in it.
Key = Node | tuple[Node | tuple[str, int], ...]


def key_of(node: Node, indices: Indices) -> Key:
    """What the value of an expression is kept by: indices that are not in it do not matter."""
    if not indices:
        return node
    texts = node.texts
    places = [pair for pair in indices.items() if pair[0] in texts]
    if not places:
        return node
    return (node, *sorted(places)) if len(places) > 1 else (node, *places)


@dataclass(frozen=True, eq=False)
class Override(metaclass=Interned):
    """Some names stand for something else than in the scope outside; what for, follows from the kind and its attributes alone."""


@dataclass(frozen=True, eq=False)
class Held(Override):
    """Named quantities are held fixed at what they are outside.

    Attributes
    ----------
    names
        In order of the alphabet.
    """

    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class InDirections(Override):
    """A name varies by an infinitesimal that has one direction for the entry at each place.

    Attributes
    ----------
    name
        The name.
    places
        Rows and columns.
    """

    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True, eq=False)
class Changed(Override):
    """Variables change by a random infinitesimal ``d x`` each.

    Attributes
    ----------
    names
        In order of the alphabet.
    """

    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class At(Override):
    """A name has a value that was computed: this very object, so that nothing found there is ever asked for again.

    Attributes
    ----------
    name
        The name.
    value
        Its value.
    """

    name: str
    value: Jet


@dataclass(frozen=True, eq=False)
class Scope(metaclass=Interned):
    """What names stand for.

    Attributes
    ----------
    interpretation
        How what is ambiguous is read.
    overrides
        The outermost first.
    entry
        The place, and the size, of the entry that columns without an index mean, where they are so read.
    """

    interpretation: Interpretation
    overrides: tuple[Override, ...] = ()
    entry: tuple[int, int] | None = None

    @computed_once
    def is_repeatable(self) -> bool:
        """Whether it may occur again, so that keeping what is found in it makes sense."""
        return not any(isinstance(each, At) for each in self.overrides)

    @computed_once
    def without_entry(self) -> "Scope":
        """The same where columns without an index are columns."""
        return Scope(self.interpretation, self.overrides, None) if self.entry else self

    @computed_once
    def outermost(self) -> "Scope":
        """The same without overrides and entry."""
        return Scope(self.interpretation, (), None)
