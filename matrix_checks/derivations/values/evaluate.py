"""The value of an expression for one random draw of the exercise's variables, under one reading of what is ambiguous."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets, powers
from matrix_checks.derivations.values.derivatives import derivative, differential, first_order_change, limit
from matrix_checks.derivations.values.exercise import Definition
from matrix_checks.derivations.values.functions import function_value
from matrix_checks.derivations.values.indexing import Indexing
from matrix_checks.derivations.values.jets import Jet, ShapeError
from matrix_checks.derivations.values.products import product
from matrix_checks.derivations.values.sample import Draw, Reading, Unknown, assemble, broadcast
from matrix_checks.derivations.values.written_matrices import block_matrix


class Evaluator(Indexing):
    """Evaluates expressions.

    Parameters
    ----------
    draw
        The numbers.
    reading
        How to read what is ambiguous.
    overrides
        Values that take the place of names.
    indices
        Values of the index letters, counted from zero.
    under
        What the overrides are, where it can be said in a key by which values are kept; ``None`` where it cannot.
    """

    def __init__(
        self,
        draw: Draw,
        reading: Reading,
        overrides: dict[str, Jet] | None = None,
        indices: dict[str, int] | None = None,
        depth: int = 0,
        under: tuple | None = (),
    ):
        self.draw, self.view, self.reading = draw, draw.view, reading
        self.overrides, self.indices, self.depth, self.under = overrides or {}, indices or {}, depth, under
        self._names: dict[str, Jet] = {}
        self._current: tuple[int, int] | None = None
        self._found: dict[Any, Jet] | None = None
        if depth > 12:
            raise NotUnderstood("a name is defined by itself")

    def within(
        self, overrides: dict[str, Jet] | None = None, indices: dict[str, int] | None = None, key: tuple | None = None
    ) -> "Evaluator":
        """The same with some names or indices changed; ``key`` tells these overrides from all others that are made here."""
        changed, under = self.overrides, self.under
        if overrides:
            changed = {**changed, **overrides}
            under = None if key is None or under is None else (*under, key)
        inner = Evaluator(self.draw, self.reading, changed, self.indices if indices is None else indices, self.depth + 1, under)
        inner._current = self._current
        if not overrides:
            # What a name stands for does not depend on indices; what was found is kept with those it does depend on.
            inner._names, inner._found = self._names, None if self.reading.implicit else self._found
        return inner

    def approaching(self, name: str, dims: tuple[str, str], step: Decimal) -> "Evaluator":
        """The same with a name that is a small step; what was found before has too few digits for it."""
        draw = replace(self.draw, values={}, found={}, precise=True, _own={})
        small = jets.scale(jets.constant(draw.array(f"step {name}", dims), dims), step)
        inner = Evaluator(draw, self.reading, {name: small}, self.indices, self.depth + 1, None)
        inner._current = self._current
        return inner

    def entry_at(self, index: int, size: int) -> "Evaluator":
        """The same, where columns without an index mean this entry, if so read."""
        if self.reading.implicit:
            self._current = (index, size)
        return self

    def value(self, node: kinds.Node) -> Jet:
        """The value of an expression.

        Raises
        ------
        ShapeError
            If shapes do not go together.
        NotUnderstood, CannotEvaluate
            If it has none for another reason.
        """
        work = self.draw.work
        work.spend()
        kind = type(node)
        kept = None if kind is kinds.Name or kind is kinds.Number else self._kept()
        if kept is not None:
            key = node
            if self.indices:
                texts = node.texts
                places = [pair for pair in self.indices.items() if pair[0] in texts]
                key = (node, *sorted(places)) if len(places) > 1 else (node, *places) if places else node
            known = kept.get(key)
            if known is not None:
                return known
        method = _method(kind)
        if method is None:
            raise NotUnderstood(f"{kind.__name__} has no value here")
        found = method(self, node)
        # What has many directions costs accordingly.
        if len(found.parts) > 3:
            work.spend(len(found.parts) // 4)
        if kept is not None:
            kept[key] = found
        return found

    def _kept(self) -> dict[Any, Jet] | None:
        """The values of expressions that were found, by the expression and the indices in it; ``None`` where they may depend on more."""
        if self.under is None:
            return None
        if self.reading.implicit:
            return self.draw.found.setdefault(("values", self.reading, self.under, self._current), {})
        if self._found is None:
            self._found = self.draw.found.setdefault(("values", self.reading, self.under), {})
        return self._found

    def _number(self, node: kinds.Number) -> Jet:
        return jets.number(Decimal(node.value.numerator) / Decimal(node.value.denominator))

    def _name(self, node: kinds.Name) -> Jet:
        return self._entry_if_implicit(self.named(node.text))

    def _entry_if_implicit(self, value: Jet) -> Jet:
        if self.reading.implicit and self._current is not None and 1 in value.shape and max(value.shape) == self._current[1] > 1:
            place = self._current[0]
            return jets.entry(value, place, 0) if value.shape[1] == 1 else jets.entry(value, 0, place)
        return value

    def resolve(self, text: str) -> str:
        """The name that a name is another spelling of."""
        for _ in range(5):
            if text in self.overrides or text not in self.view.aliases:
                break
            text = self.view.aliases[text]
        return text

    def named(self, text: str) -> Jet:
        """The value of a name."""
        text = self.resolve(text)
        if text in self.overrides:
            return self.overrides[text]
        if text in self._names:
            return self._names[text]
        if text in self.view.variables:
            found = self.draw.variable(text)
        elif text in self.view.definitions:
            # Where what was changed does not matter, the value is the same as without.
            matters = self.overrides and not self.draw.reached_from(text).isdisjoint(self.overrides)
            chosen = self if matters else Evaluator(self.draw, self.reading, depth=self.depth + 1)
            key = (text, self.reading, chosen.under)
            kept = {} if chosen.under is None else self.draw.kept(text)
            found = kept.get(key)
            if found is None:
                found = kept[key] = chosen._defined(text, self.view.definitions[text])
        elif text in self.draw.steps:
            dims = self.draw.steps[text]
            found = jets.infinitesimal(f"step {text}", self.draw.array(f"step {text}", dims), dims)
        elif text in self.draw.sizes:
            found = jets.number(self.draw.sizes[text])
        elif text in dict(self.reading.own_sizes):
            found = jets.number(self.draw.sizes[dict(self.reading.own_sizes)[text]])
        elif text in ("I", "E", "\\ones"):
            found = self._sized(text, self.reading.size)
        elif text.startswith("\\Delta ") and self.resolve(text[7:]) in self.view.variables:
            dims = self.view.variables[self.resolve(text[7:])]
            found = jets.infinitesimal(f"step {text}", self.draw.array(f"step {text}", dims), dims)
        else:
            raise Unknown(text)
        self._names[text] = found
        return found

    def _sized(self, text: str, letter: str) -> Jet:
        if not letter:
            raise Unknown(text)
        size = self.draw.size(letter)
        made = np.full((size, size if text != "\\ones" else 1), Decimal(0), dtype=object)
        if text == "\\ones":
            made[:] = Decimal(1)
            return jets.constant(made, (letter, "1"))
        np.fill_diagonal(made, Decimal(1))
        return jets.constant(made, (letter, letter))

    def _defined(self, text: str, definitions: tuple[Definition, ...]) -> Jet:
        changed = set(self.overrides)
        chosen = (
            next((each for each in definitions if changed & self.reaches(each.body)), definitions[0]) if changed else definitions[0]
        )
        inner = self.within(indices={})
        inner._current = None
        if not chosen.indices:
            return inner.value(chosen.body)
        dims = [inner.range_of(index, (chosen.body,)) for index in chosen.indices]
        if any(each is None for each in dims):
            raise NotUnderstood(f"the shape of {text} is not known")
        dims = [*dims, "1"][:2]
        rows, columns = (self.draw.size(each) for each in dims)
        cells = [
            [inner.within(indices=dict(zip(chosen.indices, (row, column)))).value(chosen.body) for column in range(columns)]
            for row in range(rows)
        ]
        return assemble(cells, (dims[0], dims[1]))

    def reaches(self, node: kinds.Node) -> set[str]:
        """All names that a value depends on, through definitions."""
        found: set[str] = set()
        for name in node.names:
            for meant in self.draw.meant_by(name):
                found |= {name} | self.draw.reached_from(meant)
        return found

    def _add(self, node: kinds.Add) -> Jet:
        terms = [self.value(term) for term in node.terms if not isinstance(term, kinds.HigherOrder)]
        if not terms:
            return jets.number(0)
        total = terms[0]
        for term in terms[1:]:
            total = self._added(total, term)
        return total

    def _added(self, left: Jet, right: Jet) -> Jet:
        if left.shape == right.shape:
            return jets.add(left, right)
        for one, other in ((left, right), (right, left)):
            if one.is_scalar and not any(part.ravel()[0] for part in one.parts.values()):
                return other
        if self.view.elementwise:
            for one, other in ((left, right), (right, left)):
                spread = broadcast(one, other)
                if spread is not None:
                    return jets.add(spread, other)
        return jets.add(left, right)

    def _negative(self, node: kinds.Negative) -> Jet:
        return jets.scale(self.value(node.body), -1)

    def _group(self, node: kinds.Group) -> Jet:
        return self.value(node.body)

    def _transposed(self, node: kinds.Transposed) -> Jet:
        return jets.transpose(self.value(node.body))

    def _primed(self, node: kinds.Primed) -> Jet:
        value = self.value(node.body)
        return self._derivative(kinds.Derivative(node.body, kinds.Name(""))) if value.is_scalar else jets.transpose(value)

    def _quotient(self, node: kinds.Quotient) -> Jet:
        top, bottom = self.value(node.top), self.value(node.bottom)
        if not bottom.is_scalar and not (self.view.elementwise and (top.shape == bottom.shape or top.is_scalar)):
            raise ShapeError(f"a division by {bottom.shown()} is not defined")
        return jets.elementwise(top, powers.raise_to(bottom, Decimal(-1)))

    def _power(self, node: kinds.Power) -> Jet:
        return powers.power(self, node)

    def _norm(self, node: kinds.Norm) -> Jet:
        inside = self.value(node.body)
        return powers.raise_to(jets.inner(inside, inside), Decimal("0.5"))

    def _inner(self, node: kinds.Inner) -> Jet:
        return jets.inner(self.value(node.left), self.value(node.right))

    def _function(self, node: kinds.Function) -> Jet:
        return function_value(self, node)

    def _cases(self, node: kinds.Cases) -> Jet:
        for value, condition in zip(node.values, node.conditions):
            if condition is None:
                return self.value(value)
            unknown = [index for first, second, _ in condition for index in (first, second) if index not in self.indices]
            if unknown:
                raise Unknown(unknown[0])
            if all((self.indices[first] == self.indices[second]) == equal for first, second, equal in condition):
                return self.value(value)
        raise NotUnderstood("no case applies")

    def _limit(self, node: kinds.Limit) -> Jet:
        return limit(self, node)

    def _product(self, node: kinds.Product) -> Jet:
        return product(self, node)

    def _matrix(self, node: kinds.Matrix) -> Jet:
        return block_matrix(self, node)

    def _derivative(self, node: kinds.Derivative) -> Jet:
        if self.overrides:
            return self._entry_if_implicit(derivative(self, node))
        key = (node, self.reading, self._current, tuple(sorted(self.indices.items())))
        if not kinds.depends(node, kinds.Indexed):
            key = (node, self.reading, self._current if self.reading.implicit else None)
        if key not in self.draw.found:
            self.draw.found[key] = derivative(self, node)
        return self._entry_if_implicit(self.draw.found[key])

    def _differential(self, node: kinds.Differential) -> Jet:
        return differential(self, node)

    def _differentiated(self, node: kinds.Differentiated) -> Jet:
        return first_order_change(self, node)


@cache
def _method(kind: type[kinds.Node]) -> Callable[[Evaluator, kinds.Node], Jet] | None:
    return getattr(Evaluator, f"_{kind.__name__.lower()}", None)
