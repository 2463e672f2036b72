"""Indices: what they run over, what they pick, and sums over them."""

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.exercise import Definition, View
from matrix_checks.derivations.values.jets import Jet, ShapeError
from matrix_checks.derivations.values.sample import Unknown

# Letters of unit vectors and matrix units.
UNITS = ("e", "E")


class Indexing:
    """The part of :class:`matrix_checks.derivations.values.evaluate.Evaluator` that deals with indices."""

    def range_of(self, index: str, nodes: tuple[kinds.Node, ...]) -> str | None:
        """The letter of the size that an index runs over, from where it stands (``ShapeError`` where two disagree)."""
        kept = self._kept()
        if kept is None:
            return self._range(index, nodes)
        key = ("range", index, nodes, *self.indices)
        if key not in kept:
            kept[key] = self._range(index, nodes)
        return kept[key]

    def _range(self, index: str, nodes: tuple[kinds.Node, ...]) -> str | None:
        letters: dict[str, None] = {}
        for node in nodes:
            for part in node.everything:
                if isinstance(part, kinds.Indexed) and kinds.Name(index) in part.indices:
                    if self.is_unit(part):
                        letters |= {letter: None for text, letter in self.reading.units if text == index}
                        continue
                    family = self._family_of(part)
                    if family is not None:
                        inner = [own for own, each in zip(family.indices, part.indices) if each == kinds.Name(index)]
                        letters |= {letter: None for own in inner if (letter := self._range_in(family, own)) is not None}
                        continue
                    with_body = self._body_of(part)
                    if with_body is None:
                        continue
                    for place, each in enumerate(part.indices):
                        if each == kinds.Name(index):
                            columns = len(part.indices) == 1 and self._means_column(part)
                            letters[_dim(with_body, 1 if columns else place, 2 if columns else len(part.indices))] = None
        letters.pop("1", None) if len(letters) > 1 else None
        if len({self.draw.size(letter) for letter in letters}) > 1:
            raise ShapeError(f"the index {index} runs over {' and over '.join(letters)}")
        return next(iter(letters), None)

    def is_unit(self, node: kinds.Indexed) -> bool:
        """Whether it is a unit vector ``e_p``, or a matrix unit ``E_{pq}`` or ``e_{pq}``, which nothing else defines."""
        return bool(self.reading.units) and may_be_unit(node, self.view.names | self.draw.steps.keys())

    def _unit(self, node: kinds.Indexed) -> Jet:
        columns = []
        for index in node.indices:
            letter = dict(self.reading.units).get(text_of_index(index))
            if letter is None:
                raise Unknown(node.body.text)
            size = self.draw.size(letter)
            column = np.full((size, 1), Decimal(0), dtype=object)
            made = jets.constant(column, (letter, "1"))
            column[self._place(index, made, 0, 1)] = Decimal(1)
            columns.append(made)
        return columns[0] if len(columns) == 1 else jets.multiply(columns[0], jets.transpose(columns[1]))

    def _family_of(self, node: kinds.Indexed) -> Definition | None:
        """The definition of one array for each value of the indices, such as ``E_{pq} = e_p e_q^\\top``; ``None`` for entries."""
        name = self.resolve(node.body.text) if isinstance(node.body, kinds.Name) else ""
        definition = next(iter(self.view.definitions.get(name, ())), None)
        if definition is None or len(definition.indices) != len(node.indices) or name in self.overrides:
            return None
        if any(isinstance(each, kinds.Slice) for each in node.indices):
            return None
        key = ("family", name, self.reading)
        if key not in self.draw.found:
            first = self.within(indices=dict.fromkeys(definition.indices, 0)).value(definition.body)
            self.draw.found[key] = first
        return definition if not self.draw.found[key].is_scalar else None

    def _range_in(self, family: Definition, index: str) -> str | None:
        return self.within(indices=dict.fromkeys(family.indices, 0)).range_of(index, (family.body,))

    def _member(self, node: kinds.Indexed, family: Definition) -> Jet:
        places = {}
        for own, index in zip(family.indices, node.indices):
            letter = self._range_in(family, own)
            if letter is None:
                raise Unknown(node.body.text)
            size = self.draw.size(letter)
            places[own] = self._place(index, jets.constant(np.full((size, 1), Decimal(0), dtype=object), (letter, "1")), 0, 1)
        return self.within(indices=places).value(family.body)

    def indexed_name(self, text: str, count: int) -> str:
        """The name that an index is taken of: ``a_{ij}`` is an entry of ``A`` where ``a`` is nothing, or a number."""
        upper = text.upper() if len(text) == 1 else text
        resolved = self.resolve(text)
        if upper == text or not self.stands_for_something(upper):
            return resolved
        if not self.stands_for_something(resolved) or (text != resolved and self.named(resolved).is_scalar):
            return upper
        if count == 2 and 1 in self.named(resolved).shape and 1 not in self.named(upper).shape:
            return upper
        return resolved

    def stands_for_something(self, text: str) -> bool:
        """Whether a name has a value."""
        return text in self.overrides or text in self.view.variables or text in self.view.definitions or text in self.draw.steps

    def _body_of(self, node: kinds.Indexed) -> Jet | None:
        """What an index is taken of; a small letter may mean the entries of the capital one."""
        if isinstance(node.body, kinds.Name):
            return self.named(self.indexed_name(node.body.text, len(node.indices)))
        try:
            inner = self.within()
            inner._current = None
            return inner.value(node.body)
        except KeyError:
            return None

    def _indexed(self, node: kinds.Indexed) -> Jet:
        if isinstance(node.body, kinds.Name) and node.body.text in ("I", "E", "\\ones") and node.body.text not in self.view.names:
            if (
                len(node.indices) == 1
                and isinstance(node.indices[0], kinds.Name)
                and self.resolve(node.indices[0].text) in self.draw.sizes
            ):
                return self._sized(node.body.text, self.resolve(node.indices[0].text))
            if len(node.indices) == 1 and is_own_size(node.indices[0], self.view):
                return self._sized(node.body.text, self.reading.size)
        if self.is_unit(node):
            return self._unit(node)
        family = self._family_of(node)
        if family is not None:
            return self._member(node, family)
        body = self._body_of(node)
        if body.dims == ("1", "1"):
            raise NotUnderstood("an index at a number was not understood")
        places = [self._place(index, body, position, len(node.indices)) for position, index in enumerate(node.indices)]
        if all(place is None for place in places):
            raise NotUnderstood("an index that is nothing but a colon was not understood")
        if len(places) == 1:
            if body.shape[1] == 1:
                return jets.entry(body, places[0], 0)
            if body.shape[0] == 1:
                return jets.entry(body, 0, places[0])
            if self._means_column(node):
                return body.map(lambda part: part[:, places[0] : places[0] + 1], (body.dims[0], "1"))
            return self._row(body, places[0])
        if len(places) == 2:
            if places[1] is None:
                return self._row(body, places[0])
            if places[0] is None:
                return body.map(lambda part: part[:, places[1] : places[1] + 1], (body.dims[0], "1"))
            if 1 in body.shape and body.shape != (1, 1):
                raise ShapeError(f"two indices at {body.shown()}")
            return jets.entry(body, *places)
        raise NotUnderstood("more than two indices were not understood")

    def _means_column(self, node: kinds.Indexed) -> bool:
        """Whether ``s_j`` is column ``j`` of ``S``."""
        if not isinstance(node.body, kinds.Name):
            return False
        text = node.body.text
        name = self.indexed_name(text, 1)
        return name == text.upper() != text and name not in self.reading.rows and 1 not in self.named(name).shape

    def _row(self, body: Jet, place: int) -> Jet:
        row = body.map(lambda part: part[place : place + 1, :], ("1", body.dims[1]))
        return jets.transpose(row) if self.reading.row_entries else row

    def _place(self, index: kinds.Node, body: Jet, position: int, count: int) -> int | None:
        if isinstance(index, kinds.Slice):
            return None
        size = body.shape[0] if body.shape[1] == 1 or count == 2 and position == 0 else body.shape[1]
        if count == 1 and body.shape[1] != 1 and body.shape[0] != 1:
            size = max(body.shape)
        if isinstance(index, kinds.Number):
            place = int(index.value) - 1
        elif index.text in self.indices:
            place = self.indices[index.text]
        elif index.text in self.draw.sizes:
            place = self.draw.sizes[index.text] - 1
        else:
            raise Unknown(index.text)
        if not 0 <= place < size:
            raise ShapeError(f"an index leaves {body.shown()}")
        return place

    def _sum(self, node: kinds.Sum) -> Jet:
        inside = tuple(part for part in (node.body,))
        natural = self.range_of(node.index, (_without_inner_sums(inside[0], node.index),))
        if natural is None and node.upper is None:
            natural = self.range_of(node.index, inside)
        start, stop = self._bounds(node, natural)
        size = stop if natural is None else self.draw.size(natural)
        total: Jet | None = None
        for place in range(start, stop):
            if node.other is not None and self.indices.get(node.other) == place:
                continue
            term = self.within(indices={**self.indices, node.index: place}).entry_at(place, size).value(node.body)
            total = term if total is None else jets.add(total, term)
        return jets.number(0) if total is None else total

    def _bounds(self, node: kinds.Sum, natural: str | None) -> tuple[int, int]:
        """The first value of a sum's index, and the one behind the last, counted from zero."""
        first = 1 if node.lower is None else self._bound(node.lower)
        if node.upper is None:
            if natural is None:
                raise NotUnderstood(f"the sum over {node.index} has no end")
            return max(first - 1, 0), self.draw.size(natural)
        letter = self.resolve(node.upper.text) if isinstance(node.upper, kinds.Name) else ""
        if natural is not None and letter in self.draw.sizes and letter != natural and natural in self.draw.sizes:
            if not self.view.loose_bounds:
                raise ShapeError(f"the sum over {node.index} runs to {letter}, where it should run to {natural}")
            last = self.draw.size(natural)
        elif natural is not None and letter and letter not in self.draw.sizes and letter not in self.indices:
            self.draw.take_for_size(letter, natural)
            last = self.draw.size(natural)
        else:
            last = self._bound(node.upper)
        if first == 0:
            # Counted from zero, as in code: the last one is one less than the size.
            if natural is None or last != self.draw.size(natural) - 1:
                raise NotUnderstood(f"a sum over {node.index} that begins at zero was not understood")
            return 0, last + 1
        if first < 0 or last > 100:
            raise NotUnderstood("the bound of a sum was not understood")
        return first - 1, last

    def _bound(self, node: kinds.Node) -> int:
        """The whole number that a bound is, such as ``N - 1`` or the value of another index."""
        if isinstance(node, kinds.Number) and node.value.denominator == 1:
            return int(node.value)
        if isinstance(node, kinds.Name):
            letter = self.resolve(node.text)
            if letter in self.indices:
                return self.indices[letter] + 1
            if letter in self.draw.sizes:
                return self.draw.sizes[letter]
            raise Unknown(node.text)
        if isinstance(node, kinds.Add):
            return sum(self._bound(term) for term in node.terms)
        if isinstance(node, kinds.Negative):
            return -self._bound(node.body)
        raise NotUnderstood("the bound of a sum was not understood")


def may_be_unit(node: kinds.Indexed, names: Collection[str]) -> bool:
    """Whether it may be a unit vector ``e_p``, or a matrix unit ``E_{pq}`` or ``e_{pq}``, where ``names`` stand for something else."""
    if not isinstance(node.body, kinds.Name) or any(isinstance(each, kinds.Slice) for each in node.indices):
        return False
    if node.body.text == "E" or (node.body.text == "e" and len(node.indices) == 2):
        return len(node.indices) == 2 and not {node.body.text, "E"} & set(names)
    return node.body.text == "e" and len(node.indices) == 1 and "e" not in names


def text_of_index(index: kinds.Node) -> str:
    """An index as it is written."""
    return index.text if isinstance(index, kinds.Name) else str(index.value) if isinstance(index, kinds.Number) else ""


def is_own_size(index: kinds.Node, view: View) -> bool:
    """Whether an index of ``I`` is a letter for a size that the exercise does not have: ``I_K``."""
    return isinstance(index, kinds.Name) and len(index.text) == 1 and index.text.isupper() and index.text not in view.names


def _dim(body: Jet, place: int, count: int) -> str:
    if count == 1:
        return body.dims[0] if body.shape[1] == 1 or body.shape[0] != 1 else body.dims[1]
    return body.dims[min(place, 1)]


@lru_cache(maxsize=4096)
def _without_inner_sums(node: kinds.Node, index: str) -> kinds.Node:
    """The expression where a sum inside that takes the same index does not speak for it."""
    if isinstance(node, kinds.Sum) and node.index == index:
        return kinds.Number(Fraction(0))
    return node.rebuilt(lambda part: _without_inner_sums(part, index))
