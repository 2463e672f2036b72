"""The value of an expression for a sample of random numbers; a module of rules is imported here, so that its kinds have values."""

from typing import Self

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.in_words import in_words
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import (  # noqa: F401 (each fills the table of rules)
    arithmetic,
    derivatives,
    indexing,
    names,
    powers_and_functions,
    products,
    sums,
    written_matrices,
)
from matrix_checks.derivations.values.evaluation import RULES
from matrix_checks.derivations.values.indexing import range_of_index
from matrix_checks.derivations.values.interpretation import Interpretation
from matrix_checks.derivations.values.jets import Jet, ShapeError
from matrix_checks.derivations.values.names import value_of_name
from matrix_checks.derivations.values.overrides import values_under
from matrix_checks.derivations.values.sample import Sample
from matrix_checks.derivations.values.scope import Indices, Key, Override, Scope, key_of

DEEPEST = 24
# A value with many directions costs accordingly.
CHEAP_PARTS, PARTS_PER_WORK = 3, 4


class Evaluator:
    """Evaluates expressions, and keeps their values by the scope (see :class:`.evaluation.Evaluation`).

    Parameters
    ----------
    sample
        The numbers.
    interpretation
        How to read what is ambiguous.
    indices
        Values of the index letters, counted from zero.
    depth
        How many evaluations it is inside of.
    """

    __slots__ = ("depth", "indices", "interpretation", "names", "overridden", "sample", "scope", "view", "_misfits", "_values")

    def __init__(self, sample: Sample, interpretation: Interpretation, indices: Indices | None = None, depth: int = 0):
        if depth > DEEPEST:
            raise NotUnderstood("a name is defined by itself")
        self.sample, self.view, self.interpretation = sample, sample.view, interpretation
        self.indices: Indices = indices or {}
        self.depth = depth
        self.overridden: dict[str, Jet] = {}
        self.names: dict[str, Jet] = {}
        self._enter(Scope(interpretation, (), None))

    def _enter(self, scope: Scope) -> Self:
        self.scope = scope
        found = self.sample.found_in(scope) if scope.is_repeatable else None
        self._values: dict[Key, Jet] | None = found.values if found else None
        self._misfits: dict[Key, tuple[ShapeError, int]] = found.misfits if found else {}
        return self

    def _copy(self, sample: Sample, indices: Indices, deeper: int) -> "Evaluator":
        """The same scope for another sample or other indices; what was found in it is still to be handed on."""
        inner = Evaluator.__new__(Evaluator)
        inner.depth = self.depth + deeper
        if inner.depth > DEEPEST:
            raise NotUnderstood("a name is defined by itself")
        inner.sample, inner.view, inner.interpretation, inner.indices = sample, self.view, self.interpretation, indices
        inner.overridden, inner.names, inner.scope = self.overridden, self.names, self.scope
        inner._values, inner._misfits = self._values, self._misfits
        return inner

    def within(self, indices: Indices | None = None, entry: tuple[int, int] | None = None) -> "Evaluator":
        """The same inside, with other indices, and beside another entry where columns are so read."""
        inner = self._copy(self.sample, self.indices if indices is None else indices, deeper=1)
        # What a name stands for does not depend on indices.
        return inner if entry is None else inner.entry_at(*entry)

    def entry_at(self, index: int, size: int) -> Self:
        """From here on, columns without an index mean this entry, if so read."""
        if not self.interpretation.implicit:
            return self
        return self._enter(Scope(self.interpretation, self.scope.overrides, (index, size)))

    def without_entry(self) -> "Evaluator":
        """The same where a column without an index is a column."""
        if self.scope.entry is None:
            return self
        return self._copy(self.sample, self.indices, deeper=0)._enter(self.scope.without_entry)

    def under(self, override: Override) -> "Evaluator":
        """The same where some names stand for something else."""
        values = values_under(self, override)
        inner = self._copy(self.sample, self.indices, deeper=1)
        inner.overridden, inner.names = {**self.overridden, **values}, {}
        return inner._enter(Scope(self.interpretation, (*self.scope.overrides, override), self.scope.entry))

    def without_overrides(self) -> "Evaluator":
        """The same where all names stand for what they always do, and no index has a value."""
        return Evaluator(self.sample, self.interpretation, depth=self.depth + 1)

    def afresh(self) -> "Evaluator":
        """The same in more digits, for which nothing was found yet."""
        inner = self._copy(self.sample.afresh(), self.indices, deeper=0)
        inner.names = {}
        return inner._enter(self.scope)

    def value(self, node: Node) -> Jet:
        """The value of an expression.

        Raises
        ------
        ShapeError
            If shapes do not go together.
        NotUnderstood, CannotEvaluate
            If it has none for another reason.
        """
        work = self.sample.work
        work.spend()
        kind = type(node)
        kept = None if kind is kinds.Name or kind is kinds.Number else self._values
        if kept is not None:
            key = key_of(node, self.indices)
            known = kept.get(key)
            if known is not None:
                return known
            misfit = self._misfits.get(key)
            if misfit is not None and misfit[1] == len(self.sample.memory.sizes):
                raise misfit[0].with_traceback(None)
        rule = RULES.get(kind)
        if rule is None:
            raise NotUnderstood(f"{in_words(kind)} has no value here")
        try:
            found = rule(self, node)
        except ShapeError as error:
            if kept is not None:
                self._misfits[key] = error, len(self.sample.memory.sizes)
            raise
        if len(found.parts) > CHEAP_PARTS:
            work.spend(len(found.parts) // PARTS_PER_WORK)
        if kept is not None:
            kept[key] = found
        return found

    def named(self, text: str) -> Jet:
        """The value of a name."""
        return value_of_name(self, text)

    def range_of(self, index: str, nodes: tuple[Node, ...]) -> str | None:
        """The letter of the size that an index runs over, from where it stands (``ShapeError`` where two disagree)."""
        return range_of_index(self, index, nodes)
