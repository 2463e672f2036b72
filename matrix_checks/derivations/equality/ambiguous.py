"""An expression that may be read in more than one way, with what decides how."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from matrix_checks.derivations.equality.rows_and_columns import line_of
from matrix_checks.derivations.equality.verdicts import Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.memory import Memory

# Letters that are looked at, of those that may be rows or columns.
MOST_LINES = 3
Kind = TypeVar("Kind", bound=kinds.Node)
# Of one field of an interpretation, the most usual one first; none where the field makes no difference for the expression.
Choices = tuple[Any, ...]


@dataclass(frozen=True)
class Ambiguous:
    """An expression with what decides how it may be read."""

    view: View
    node: kinds.Node
    equality: Equality
    memory: Memory

    def here(self, kind: type[Kind]) -> list[Kind]:
        """The parts of the expression that are of a kind."""
        return of_kind(kind, self.node)

    def on_both_sides(self, kind: type[Kind]) -> list[Kind]:
        """The parts of both sides that are of a kind."""
        return of_kind(kind, *self.equality.sides)

    @property
    def names(self) -> frozenset[str]:
        """The names on both sides, and those behind them."""
        return _names(self.view, *self.equality.sides)

    @property
    def products(self) -> tuple[kinds.Product, ...]:
        """The products on both sides, and in what the text defines their names by: an index runs over what is in both."""
        return _products(self.view, *self.equality.sides)

    @property
    def lines(self) -> list[str]:
        """The matrices of which a small letter with one index may be a row or a column."""
        return _lines(self.view, *self.equality.sides)


# Both sides of an equality ask for the same.
@lru_cache(maxsize=100)
def _names(view: View, left: kinds.Node, right: kinds.Node) -> frozenset[str]:
    names = {name.text for name in of_kind(kinds.Name, left, right)}
    return frozenset(names.union(*map(view.behind, names)))


@lru_cache(maxsize=100)
def _products(view: View, left: kinds.Node, right: kinds.Node) -> tuple[kinds.Product, ...]:
    origin = (view.origin or view).definitions
    names = _names(view, left, right) - origin.keys()
    bodies = [every.body for name in sorted(names) for every in view.definitions.get(name, ())]
    return tuple(of_kind(kinds.Product, left, right, *bodies))


@lru_cache(maxsize=100)
def _lines(view: View, left: kinds.Node, right: kinds.Node) -> list[str]:
    indexed = of_kind(kinds.Indexed, left, right)
    return sorted({name.upper() for part in indexed if (name := line_of(view, part))})[:MOST_LINES]


@lru_cache(maxsize=20_000)
def _parts(kind: type[Kind], node: kinds.Node) -> tuple[Kind, ...]:
    return tuple(part for part in node.everything if isinstance(part, kind))


def of_kind(kind: type[Kind], *nodes: kinds.Node) -> list[Kind]:
    """The parts of these expressions that are of a kind."""
    # Most expressions have no part of most kinds; then nothing is looked through.
    return [part for node in nodes if kind in node.kinds for part in _parts(kind, node)]
