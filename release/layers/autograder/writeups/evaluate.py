"""The value of an expression for one random draw of the exercise's variables, under one reading of what is ambiguous."""

import random
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from autograder.writeups import jets, syntax
from autograder.writeups.exercise import Definition, View, names_in
from autograder.writeups.jets import CannotEvaluate, Jet, ShapeError
from autograder.writeups.tokens import NotUnderstood

MAXIMAL_WORK = 60_000


@dataclass(frozen=True)
class Reading:
    """One way to read what is ambiguous.

    Attributes
    ----------
    star
        What ``*`` and ``\\cdot`` mean between arrays: ``matrix``, ``entries`` or ``inner``.
    derivative
        ``total``, or ``direct``: other named quantities on the way are held fixed.
    columns
        Whether a Jacobian of columns has the denominator's layout.
    chain
        Products of derivatives: ``maps`` composed, ``matrices`` multiplied, or ``diagonal``: entry by entry.
    implicit
        Whether a column without an index means its entry, beside others that have one.
    size
        The letter of the size of ``I`` and of the ones where nothing says it.
    varying
        The variables of which differentials are taken; empty for all.
    row_entries
        Whether ``g_{i,:}`` is written as a column.
    """

    star: str = "matrix"
    derivative: str = "total"
    columns: bool = False
    chain: str = "maps"
    implicit: bool = False
    size: str = ""
    varying: frozenset[str] = frozenset()
    row_entries: bool = False


class Work:
    """Counts what was done for one write-up, so that no text can keep the checker busy."""

    def __init__(self, maximum: int = MAXIMAL_WORK):
        self.left = maximum

    def spend(self, amount: int = 1) -> None:
        """``NotUnderstood`` once too much was done."""
        self.left -= amount
        if self.left < 0:
            raise NotUnderstood("it takes too long to evaluate")


@dataclass
class Draw:
    """Random numbers for the variables of a view."""

    view: View
    sizes: dict[str, int]
    seed: int
    work: Work
    values: dict[str, Jet] = field(default_factory=dict)
    steps: dict[str, tuple[str, str]] = field(default_factory=dict)
    found: dict[tuple, Jet] = field(default_factory=dict)
    _reached: dict[str, frozenset[str]] = field(default_factory=dict)

    def reached_from(self, name: str) -> frozenset[str]:
        """All names that a name depends on, itself included."""
        name = self.view.aliases.get(name, name)
        if name not in self._reached:
            seen, waiting = {name}, [name]
            while waiting:
                for definition in self.view.definitions.get(waiting.pop(), ()):
                    for text in names_in(definition.body):
                        text = self.view.aliases.get(text, text)
                        upper = text.upper() if len(text) == 1 else text
                        for each in {text, upper} - seen:
                            seen.add(each)
                            waiting.append(each)
            self._reached[name] = frozenset(seen)
        return self._reached[name]

    def size(self, letter: str) -> int:
        """The size that a letter stands for."""
        if letter.isdigit():
            return int(letter)
        if letter in self.sizes:
            return self.sizes[letter]
        raise CannotEvaluate(f"the size {letter} is not known")

    def array(self, name: str, dims: tuple[str, str], positive: bool = False) -> np.ndarray:
        """Numbers of three digits, the same for the same name."""
        shape = (self.size(dims[0]), self.size(dims[1]))
        generator = random.Random(f"{name} {self.seed} {shape}")
        made = np.empty(shape, dtype=object)
        for place in np.ndindex(shape):
            number = Decimal(generator.randrange(17, 160)) / 64
            made[place] = number if positive or generator.random() < 0.5 else -number
        return made

    def variable(self, name: str) -> Jet:
        """A variable's value."""
        if name not in self.values:
            dims = self.view.variables[name]
            self.values[name] = jets.constant(self.array(name, dims, name in self.view.positive), dims)
        return self.values[name]


class Evaluator:
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
    """

    def __init__(self, draw: Draw, reading: Reading, overrides: dict[str, Jet] | None = None, indices: dict[str, int] | None = None, depth: int = 0):
        self.draw, self.view, self.reading = draw, draw.view, reading
        self.overrides, self.indices, self.depth = overrides or {}, indices or {}, depth
        self._names: dict[str, Jet] = {}
        self._current: tuple[int, int] | None = None
        if depth > 12:
            raise NotUnderstood("a name is defined by itself")

    def within(self, overrides: dict[str, Jet] | None = None, indices: dict[str, int] | None = None) -> "Evaluator":
        """The same with some names or indices changed."""
        changed = {**self.overrides, **(overrides or {})}
        inner = Evaluator(self.draw, self.reading, changed, self.indices if indices is None else indices, self.depth + 1)
        inner._current = self._current
        return inner

    def entry_at(self, index: int, size: int) -> "Evaluator":
        """The same, where columns without an index mean this entry, if so read."""
        self._current = (index, size)
        return self

    def value(self, node: syntax.Node) -> Jet:
        """The value of an expression.

        Raises
        ------
        ShapeError
            If shapes do not go together.
        NotUnderstood, CannotEvaluate
            If it has none for another reason.
        """
        self.draw.work.spend()
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise NotUnderstood(f"{type(node).__name__} has no value here")
        return method(node)

    def _number(self, node: syntax.Number) -> Jet:
        return jets.number(Decimal(node.value.numerator) / Decimal(node.value.denominator))

    def _name(self, node: syntax.Name) -> Jet:
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
            if not any(name in self.draw.reached_from(text) for name in self.overrides):
                # What was changed does not matter here.
                key = (text, self.reading)
                if key not in self.draw.found:
                    plain = Evaluator(self.draw, self.reading, depth=self.depth + 1)
                    self.draw.found[key] = plain._defined(text, self.view.definitions[text])
                found = self.draw.found[key]
            else:
                found = self._defined(text, self.view.definitions[text])
        elif text in self.draw.steps:
            dims = self.draw.steps[text]
            found = jets.infinitesimal(f"step {text}", self.draw.array(f"step {text}", dims), dims)
        elif text in self.draw.sizes:
            found = jets.number(self.draw.sizes[text])
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
        chosen = next((each for each in definitions if changed & self.reaches(each.body)), definitions[0]) if changed else definitions[0]
        inner = self.within(indices={})
        inner._names = self._names
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

    def reaches(self, node: syntax.Node) -> set[str]:
        """All names that a value depends on, through definitions."""
        found: set[str] = set()
        for name in names_in(node):
            found |= {name} | self.draw.reached_from(name)
            if len(name) == 1:
                found |= self.draw.reached_from(name.upper())
        return found

    def range_of(self, index: str, nodes: tuple[syntax.Node, ...]) -> str | None:
        """The letter of the size that an index runs over, from where it stands (``ShapeError`` where two disagree)."""
        letters: dict[str, None] = {}
        for node in nodes:
            for part in syntax.walk(node):
                if isinstance(part, syntax.Indexed) and syntax.Name(index) in part.indices:
                    with_body = self._body_of(part)
                    if with_body is None:
                        continue
                    for place, each in enumerate(part.indices):
                        if each == syntax.Name(index):
                            columns = len(part.indices) == 1 and self._means_column(part)
                            letters[_dim(with_body, 1 if columns else place, 2 if columns else len(part.indices))] = None
        letters.pop("1", None) if len(letters) > 1 else None
        if len({self.draw.size(letter) for letter in letters}) > 1:
            raise ShapeError(f"the index {index} runs over {' and over '.join(letters)}")
        return next(iter(letters), None)

    def indexed_name(self, text: str, count: int) -> str:
        """The name that an index is taken of: ``a_{ij}`` is an entry of ``A`` where ``a`` is nothing, or a number."""
        upper = text.upper() if len(text) == 1 else text
        resolved = self.resolve(text)
        if upper == text or not self.stands_for_something(upper):
            return resolved
        if not self.stands_for_something(resolved) or (text != resolved and self.named(resolved).is_scalar):
            return upper
        return resolved

    def stands_for_something(self, text: str) -> bool:
        """Whether a name has a value."""
        return any(text in each for each in (self.overrides, self.view.variables, self.view.definitions, self.draw.steps))

    def _body_of(self, node: syntax.Indexed) -> Jet | None:
        """What an index is taken of; a small letter may mean the entries of the capital one."""
        if isinstance(node.body, syntax.Name):
            return self.named(self.indexed_name(node.body.text, len(node.indices)))
        try:
            inner = self.within()
            inner._current = None
            return inner.value(node.body)
        except KeyError:
            return None

    def _indexed(self, node: syntax.Indexed) -> Jet:
        if isinstance(node.body, syntax.Name) and node.body.text in ("I", "E", "\\ones") and node.body.text not in self.view.names:
            if len(node.indices) == 1 and isinstance(node.indices[0], syntax.Name) and node.indices[0].text in self.draw.sizes:
                return self._sized(node.body.text, node.indices[0].text)
        body = self._body_of(node)
        if body.dims == ("1", "1"):
            raise NotUnderstood("an index at a number was not understood")
        places = [self._place(index, body, position, len(node.indices)) for position, index in enumerate(node.indices)]
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

    def _means_column(self, node: syntax.Indexed) -> bool:
        """Whether ``s_j`` is column ``j`` of ``S``."""
        if not isinstance(node.body, syntax.Name):
            return False
        text = node.body.text
        name = self.indexed_name(text, 1)
        return name == text.upper() != text and 1 not in self.named(name).shape

    def _row(self, body: Jet, place: int) -> Jet:
        row = body.map(lambda part: part[place : place + 1, :], ("1", body.dims[1]))
        return jets.transpose(row) if self.reading.row_entries else row

    def _place(self, index: syntax.Node, body: Jet, position: int, count: int) -> int | None:
        if isinstance(index, syntax.Slice):
            return None
        size = body.shape[0] if body.shape[1] == 1 or count == 2 and position == 0 else body.shape[1]
        if count == 1 and body.shape[1] != 1 and body.shape[0] != 1:
            size = max(body.shape)
        if isinstance(index, syntax.Number):
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

    def _sum(self, node: syntax.Sum) -> Jet:
        inside = tuple(part for part in (node.body,))
        natural = self.range_of(node.index, (_without_inner_sums(inside[0], node.index),))
        if natural is None and node.upper is None:
            natural = self.range_of(node.index, inside)
        size, start = self._bounds(node, natural)
        total: Jet | None = None
        for place in range(start, size):
            if node.other is not None and self.indices.get(node.other) == place:
                continue
            term = self.within(indices={**self.indices, node.index: place}).entry_at(place, size).value(node.body)
            total = term if total is None else jets.add(total, term)
        return jets.number(0) if total is None else total

    def _bounds(self, node: syntax.Sum, natural: str | None) -> tuple[int, int]:
        start = 0
        if isinstance(node.lower, syntax.Number):
            start = max(int(node.lower.value) - 1, 0)
        upper = node.upper
        if natural is None or not isinstance(upper, syntax.Name):
            if upper is None and natural is None:
                raise NotUnderstood(f"the sum over {node.index} has no end")
            if upper is None:
                return self.draw.size(natural), start
            if isinstance(upper, syntax.Name) and upper.text not in self.draw.sizes and self.resolve(upper.text) not in self.draw.sizes:
                raise Unknown(upper.text)
            last = self.draw.sizes.get(self.resolve(upper.text)) if isinstance(upper, syntax.Name) else self.value(upper).value[0, 0]
            if natural is not None and last != self.draw.size(natural) and not isinstance(upper, syntax.Number):
                raise NotUnderstood("the bound of a sum was not understood")
            return int(last), start
        letter = self.resolve(upper.text)
        if letter in self.draw.sizes and letter != natural and not self.view.loose_bounds and natural in self.draw.sizes:
            raise ShapeError(f"the sum over {node.index} runs to {letter}, where it should run to {natural}")
        return self.draw.size(natural), start

    def _add(self, node: syntax.Add) -> Jet:
        terms = [self.value(term) for term in node.terms if not isinstance(term, syntax.HigherOrder)]
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
                spread = _broadcast(one, other)
                if spread is not None:
                    return jets.add(spread, other)
        return jets.add(left, right)

    def _negative(self, node: syntax.Negative) -> Jet:
        return jets.scale(self.value(node.body), -1)

    def _group(self, node: syntax.Group) -> Jet:
        return self.value(node.body)

    def _transposed(self, node: syntax.Transposed) -> Jet:
        return jets.transpose(self.value(node.body))

    def _quotient(self, node: syntax.Quotient) -> Jet:
        top, bottom = self.value(node.top), self.value(node.bottom)
        if not bottom.is_scalar and not (self.view.elementwise and (top.shape == bottom.shape or top.is_scalar)):
            raise ShapeError(f"a division by {bottom.shown()} is not defined")
        return jets.elementwise(top, jets.raise_to(bottom, Decimal(-1)))

    def _power(self, node: syntax.Power) -> Jet:
        exponent = self.value(node.exponent)
        if not exponent.is_scalar or len(exponent.parts) > 1:
            raise NotUnderstood("an exponent that is no number was not understood")
        power = exponent.value[0, 0]
        if isinstance(node.body, syntax.Norm):
            inside = self.value(node.body.body)
            return jets.raise_to(jets.inner(inside, inside), power / 2)
        base = self.value(node.body)
        if base.is_scalar or self.view.elementwise:
            return jets.raise_to(base, power)
        if base.shape[0] == base.shape[1] and power == power.to_integral_value() and 1 <= power <= 6:
            result = base
            for _ in range(int(power) - 1):
                result = jets.multiply(result, base)
            return result
        raise NotUnderstood(f"a power of {base.shown()} was not understood")

    def _norm(self, node: syntax.Norm) -> Jet:
        inside = self.value(node.body)
        return jets.raise_to(jets.inner(inside, inside), Decimal("0.5"))

    def _inner(self, node: syntax.Inner) -> Jet:
        return jets.inner(self.value(node.left), self.value(node.right))

    def _function(self, node: syntax.Function) -> Jet:
        if node.name == "delta":
            places = [self._place_of(index) for index in node.arguments]
            if len(places) != 2:
                raise NotUnderstood("delta needs two indices")
            return jets.number(int(places[0] == places[1]))
        if node.name == "max":
            return self._maximum(node)
        argument = self.value(node.arguments[0])
        if node.name == "tr":
            return jets.trace(argument)
        if node.name == "total":
            return argument.map(lambda part: np.array([[part.sum()]], dtype=object), ("1", "1"))
        if node.name == "mean":
            mean = argument.map(lambda part: np.array([[part.sum() / part.size]], dtype=object), ("1", "1"))
            return mean
        if node.name == "diag":
            return jets.diagonal_matrix(argument)
        if node.name == "vec":
            return jets.vec(argument)
        if node.name in ("exp", "log", "sqrt") and not (argument.is_scalar or self.view.elementwise):
            raise NotUnderstood(f"{node.name} of {argument.shown()} was not understood")
        if node.name == "exp":
            return jets.exponential(argument)
        if node.name == "log":
            return jets.logarithm(argument)
        if node.name == "sqrt":
            return jets.raise_to(argument, Decimal("0.5"))
        if node.name == "softmax":
            powers = jets.exponential(argument)
            total = powers.map(lambda part: np.array([[part.sum()]], dtype=object), ("1", "1"))
            return jets.elementwise(powers, jets.raise_to(total, Decimal(-1)))
        raise NotUnderstood(f"the function {node.name} was not understood")

    def _maximum(self, node: syntax.Function) -> Jet:
        if len(node.arguments) == 2:
            index = node.arguments[1].text
            letter = self.range_of(index, (node.arguments[0],))
            if letter is None:
                raise NotUnderstood("a maximum over nothing")
            values = [self.within(indices={**self.indices, index: place}).value(node.arguments[0]) for place in range(self.draw.size(letter))]
        else:
            values = [self.value(node.arguments[0])]
        return jets.number(max(entry for value in values for entry in value.value.ravel()))

    def _place_of(self, index: syntax.Node) -> int:
        if isinstance(index, syntax.Number):
            return int(index.value) - 1
        if isinstance(index, syntax.Name) and index.text in self.indices:
            return self.indices[index.text]
        raise Unknown(getattr(index, "text", "an index"))

    def _cases(self, node: syntax.Cases) -> Jet:
        for value, condition in zip(node.values, node.conditions):
            if condition is None:
                return self.value(value)
            first, second, equal = condition
            if first not in self.indices or second not in self.indices:
                raise Unknown(first)
            if (self.indices[first] == self.indices[second]) == equal:
                return self.value(value)
        raise NotUnderstood("no case applies")

    def _product(self, node: syntax.Product) -> Jet:
        from autograder.writeups.products import product

        return product(self, node)

    def _matrix(self, node: syntax.Matrix) -> Jet:
        from autograder.writeups.blocks import block_matrix

        return block_matrix(self, node)

    def _derivative(self, node: syntax.Derivative) -> Jet:
        from autograder.writeups.differentiate import derivative

        if self.overrides:
            return self._entry_if_implicit(derivative(self, node))
        key = (node, self.reading, self._current, tuple(sorted(self.indices.items())))
        if not syntax.depends(node, syntax.Indexed):
            key = (node, self.reading, self._current if self.reading.implicit else None)
        if key not in self.draw.found:
            self.draw.found[key] = derivative(self, node)
        return self._entry_if_implicit(self.draw.found[key])

    def _differential(self, node: syntax.Differential) -> Jet:
        from autograder.writeups.differentiate import differential

        return differential(self, node)

    def _differentiated(self, node: syntax.Differentiated) -> Jet:
        from autograder.writeups.differentiate import first_order_change

        return first_order_change(self, node)


class Unknown(NotUnderstood):
    """A name that stands for nothing.

    Attributes
    ----------
    name
        The name.
    """

    def __init__(self, name: str):
        super().__init__(f"it is not said what {name.replace(chr(92) + 'Delta ', 'Δ')} is")
        self.name = name


def assemble(cells: list[list[Jet]], dims: tuple[str, str]) -> Jet:
    """A matrix from its entries or blocks."""
    monomials = {monomial for row in cells for cell in row for monomial in cell.parts}

    def part(cell: Jet, monomial: jets.Monomial) -> np.ndarray:
        return cell.parts[monomial] if monomial in cell.parts else cell.value * 0

    return Jet({each: np.block([[part(cell, each) for cell in row] for row in cells]) for each in monomials}, dims)


def _dim(body: Jet, place: int, count: int) -> str:
    if count == 1:
        return body.dims[0] if body.shape[1] == 1 or body.shape[0] != 1 else body.dims[1]
    return body.dims[min(place, 1)]


def _without_inner_sums(node: syntax.Node, index: str) -> syntax.Node:
    """The expression where a sum inside that takes the same index does not speak for it."""
    if isinstance(node, syntax.Sum) and node.index == index:
        return syntax.Number(0)
    return node.rebuilt(lambda part: _without_inner_sums(part, index))


def _broadcast(small: Jet, large: Jet) -> Jet | None:
    """A number, row or column, repeated to the shape of a matrix."""
    rows, columns = large.shape
    if small.is_scalar or small.shape == (1, columns) or small.shape == (rows, 1):
        return small.map(lambda part: np.broadcast_to(part, (rows, columns)).copy(), large.dims)
    if small.shape == (columns, 1) and small.dims[0] == large.dims[1]:
        return small.map(lambda part: np.broadcast_to(part.T, (rows, columns)).copy(), large.dims)
    return None
