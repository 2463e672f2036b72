"""An expression that may be read in more than one way, with what decides how."""

from dataclasses import dataclass
from typing import Any, TypeVar

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.node import computed_once
from matrix_checks.derivations.judging.rows_and_columns import line_of
from matrix_checks.derivations.judging.verdicts import Equality
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

    @computed_once
    def names(self) -> frozenset[str]:
        """The names on both sides, and those behind them."""
        names = {name.text for name in self.on_both_sides(kinds.Name)}
        return frozenset(names.union(*map(self.view.behind, names)))

    @computed_once
    def products(self) -> list[kinds.Product]:
        """The products on both sides, and in what the text defines their names by: an index runs over what is in both."""
        origin = (self.view.origin or self.view).definitions
        names = {name.text for name in self.on_both_sides(kinds.Name)}
        names = names.union(*map(self.view.behind, names)) - origin.keys() if names else names
        bodies = [every.body for name in sorted(names) for every in self.view.definitions.get(name, ())]
        return of_kind(kinds.Product, *self.equality.sides, *bodies)

    @computed_once
    def lines(self) -> list[str]:
        """The matrices of which a small letter with one index may be a row or a column."""
        indexed = self.on_both_sides(kinds.Indexed)
        return sorted({name.upper() for part in indexed if (name := line_of(self.view, part))})[:MOST_LINES]


def of_kind(kind: type[Kind], *nodes: kinds.Node) -> list[Kind]:
    """The parts of these expressions that are of a kind."""
    # Most expressions have no part of most kinds; then nothing is looked through.
    return [part for node in nodes if kind in node.kinds for part in node.everything if isinstance(part, kind)]
