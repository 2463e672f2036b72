"""What a rule may ask of the evaluation that it is part of, and the table of rules by kind of expression.

A new operation is a function with ``@rule(kind)`` in one of the modules that :mod:`.evaluate` imports.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.interpretation import Interpretation
from matrix_checks.derivations.values.jets import Jet
from matrix_checks.derivations.values.sample import Sample
from matrix_checks.derivations.values.scope import Indices, Override, Scope

Kind = TypeVar("Kind", bound=Node)


class Evaluation(Protocol):
    """The evaluation of expressions in one scope, for some values of the indices."""

    @property
    def sample(self) -> Sample:
        """The numbers."""

    @property
    def view(self) -> View:
        """What the names stand for where nothing overrides them."""

    @property
    def interpretation(self) -> Interpretation:
        """How what is ambiguous is read."""

    @property
    def scope(self) -> Scope:
        """What values depend on."""

    @property
    def overridden(self) -> dict[str, Jet]:
        """The values that take the place of names."""

    @property
    def names(self) -> dict[str, Jet]:
        """The values of names that were found in this scope."""

    @property
    def indices(self) -> Indices:
        """Values of the index letters."""

    def value(self, node: Node) -> Jet:
        """The value of an expression."""

    def named(self, text: str) -> Jet:
        """The value of a name."""

    def range_of(self, index: str, nodes: tuple[Node, ...]) -> str | None:
        """The letter of the size that an index runs over, from where it stands."""

    def within(self, indices: Indices | None = None, entry: tuple[int, int] | None = None) -> "Evaluation":
        """The same inside, with other indices, and beside another entry where columns are so read."""

    def without_entry(self) -> "Evaluation":
        """The same where a column without an index is a column."""

    def under(self, override: Override) -> "Evaluation":
        """The same where some names stand for something else."""

    def without_overrides(self) -> "Evaluation":
        """The same where all names stand for what they always do, and no index has a value."""

    def afresh(self) -> "Evaluation":
        """The same in more digits, for which nothing was found yet."""


# A rule is given expressions of its own kind only, which the table cannot say.
RULES: dict[type[Node], Callable[[Evaluation, Any], Jet]] = {}


def rule(kind: type[Kind]) -> Callable[[Callable[[Evaluation, Kind], Jet]], Callable[[Evaluation, Kind], Jet]]:
    """The decorator of the function that finds the value of a kind of expression."""

    def register(function: Callable[[Evaluation, Kind], Jet]) -> Callable[[Evaluation, Kind], Jet]:
        RULES[kind] = function
        return function

    return register
