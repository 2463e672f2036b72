"""Derivatives and differentials inside a formula, from the definitions of what is differentiated.

A derivative is taken by an infinitesimal whose square is zero, one for each entry of the variable: exact, with no step.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.jets import ONE, Jet, Monomial, ShapeError
from matrix_checks.derivations.values.sample import Reading, Unknown

MAXIMAL_ENTRIES = 400
# A limit at zero is the value so close to it that thirty digits agree; the differences taken there lose up to twice forty.
LIMIT_STEP = Decimal(10) ** -40
LIMIT_DIGITS = 160


@dataclass
class Tensor:
    """All partial derivatives of one array with respect to another.

    Attributes
    ----------
    entries
        By the entry of the variable, columns first: the derivative of the whole top.
    top, bottom
        Shapes of the two.
    top_dims, bottom_dims
        The same in letters.
    """

    entries: list[Jet]
    top: tuple[int, int]
    bottom: tuple[int, int]
    top_dims: tuple[str, str]
    bottom_dims: tuple[str, str]

    def array(self, evaluator) -> Jet:
        """As an array: a gradient has the shape of its variable, a Jacobian acts on stacked columns."""
        if self.top == (1, 1):
            return self.gradient
        if self.bottom == (1, 1):
            return self.entries[0]
        if evaluator.reading.chain == "diagonal" and self.top == self.bottom:
            cells = [_flat(each, place) for place, each in enumerate(self.entries)]
            return _arranged(cells, self.bottom, self.bottom_dims)
        columns = [jets.vec(each) for each in self.entries]
        rows = jets._joined(*self.top_dims)
        wide = jets._joined(*self.bottom_dims)
        monomials = {monomial for each in columns for monomial in each.parts}
        parts = {each: np.hstack([column.parts.get(each, column.value * 0) for column in columns]) for each in monomials}
        jacobian = Jet(parts, (rows, wide))
        return jets.transpose(jacobian) if evaluator.reading.columns else jacobian

    @property
    def gradient(self) -> Jet | None:
        """The gradient, where the top is a number."""
        return _arranged(self.entries, self.bottom, self.bottom_dims) if self.top == (1, 1) else None

    def along(self, step: Jet) -> Jet:
        """The derivative in the direction of a step, which has the shape of the variable."""
        total: Jet | None = None
        for place, own in enumerate(self.entries):
            term = jets.elementwise(own, _flat(step, place))
            total = term if total is None else jets.add(total, term)
        return total

    def after(self, gradient: Jet) -> "Tensor":
        """The chain rule for a gradient with respect to the top."""
        return Tensor([jets.inner(gradient, each) for each in self.entries], (1, 1), self.bottom, ("1", "1"), self.bottom_dims)

    def composed(self, inner: "Tensor") -> "Tensor":
        """The chain rule for two derivatives."""
        entries = []
        for each in inner.entries:
            total: Jet | None = None
            for place, own in enumerate(self.entries):
                term = jets.elementwise(own, _flat(each, place))
                total = term if total is None else jets.add(total, term)
            entries.append(total)
        return Tensor(entries, self.top, inner.bottom, self.top_dims, inner.bottom_dims)


def derivative(evaluator, node: kinds.Derivative) -> Jet:
    """``d top / d bottom`` as an array."""
    found = tensor(evaluator, node)
    array = found.array(evaluator)
    return jets.transpose(array) if isinstance(node.bottom, kinds.Transposed) and found.top == (1, 1) else array


def tensor(evaluator, node: kinds.Derivative) -> Tensor:
    """All partial derivatives of ``top`` with respect to ``bottom``, which is a name, or an entry of one."""
    if evaluator.overrides or kinds.depends(node, kinds.Indexed) or evaluator.reading.implicit:
        return _tensor(evaluator, node)
    # How a Jacobian is laid out is decided later.
    key = ("tensor", node, _without_layout(evaluator.reading))
    if key not in evaluator.draw.found:
        evaluator.draw.found[key] = _tensor(evaluator, node)
    return evaluator.draw.found[key]


@lru_cache(maxsize=10_000)
def _without_layout(reading: Reading) -> Reading:
    return replace(reading, columns=False, chain="maps")


def _tensor(evaluator, node: kinds.Derivative) -> Tensor:
    bottom = node.bottom
    while isinstance(bottom, (kinds.Group, kinds.Transposed)) or isinstance(bottom, kinds.Function) and bottom.name == "vec":
        bottom = bottom.arguments[0] if isinstance(bottom, kinds.Function) else bottom.body
    if bottom == kinds.Name(""):
        bottom = kinds.Name(_only_variable(evaluator, node.top))
    base = bottom.body if isinstance(bottom, kinds.Indexed) else bottom
    if not isinstance(base, kinds.Name):
        raise NotUnderstood("a derivative with respect to an expression was not understood")
    name = (
        evaluator.indexed_name(base.text, len(bottom.indices))
        if isinstance(bottom, kinds.Indexed)
        else evaluator.resolve(base.text)
    )
    if name not in _known(evaluator):
        raise Unknown(base.text)
    inner = evaluator.within()
    if evaluator.reading.derivative == "direct":
        held = _held(evaluator, node.top, name)
        inner = evaluator.within(overrides=held, key=("held", *sorted(held)))
    inner._current = evaluator._current if isinstance(bottom, kinds.Indexed) else None
    value = inner.named(name)
    if isinstance(bottom, kinds.Indexed):
        picked = _picked(inner, kinds.Indexed(base, bottom.indices), name, value)
        numbers = [int(number) - 1 for number in picked.value.ravel(order="F")]
        places = [(number // value.shape[1], number % value.shape[1]) for number in numbers]
        shape, dims = picked.shape, picked.dims
    else:
        places = _all_places(*value.shape)
        shape, dims = value.shape, value.dims
    if len(places) > MAXIMAL_ENTRIES:
        raise NotUnderstood("a derivative with too many entries")
    entries = _partials(inner, node.top, name, value, places)
    return Tensor(entries, entries[0].shape, shape, entries[0].dims, dims)


@lru_cache(maxsize=1000)
def _all_places(rows: int, columns: int) -> tuple[tuple[int, int], ...]:
    return tuple((row, column) for column in range(columns) for row in range(rows))


def _partials(evaluator, top: kinds.Node, name: str, value: Jet, places: Sequence[tuple[int, int]]) -> list[Jet]:
    """Partial derivatives at some places, all at once: one infinitesimal in as many directions as there are entries."""
    mark = f"e{evaluator.depth}" if evaluator.under is None else f"e of {len(evaluator.under)}"
    named = isinstance(top.body if isinstance(top, kinds.Indexed) else top, kinds.Name)
    # What a named quantity is in all directions is found once and kept, for each of the places that follow.
    directions = _all_places(*value.shape) if named and value.value.size <= MAXIMAL_ENTRIES else tuple(places)
    overrides = {name: _in_directions(value, mark, directions)}
    inner = evaluator.within(overrides=overrides, key=(name, *directions))
    inner._current = evaluator._current
    found = inner.value(top)
    evaluator.draw.work.spend(len(places))
    numbers = {place: number for number, place in enumerate(directions, start=1)}
    along = _coefficients(found, mark)
    nothing = {ONE: found.value * 0}
    return [Jet({**nothing, **along.get(numbers[place], {})}, found.dims) for place in places]


def _in_directions(value: Jet, mark: str, places: tuple[tuple[int, int], ...]) -> Jet:
    """A value with a direction of an infinitesimal for the entry in each of the places."""
    return Jet({**value.parts, **_directions(value.shape, mark, places)}, value.dims)


@lru_cache(maxsize=1000)
def _directions(shape: tuple[int, int], mark: str, places: tuple[tuple[int, int], ...]) -> dict[Monomial, np.ndarray]:
    parts = {}
    for number, place in enumerate(places, start=1):
        direction = np.full(shape, Decimal(0), dtype=object)
        direction[place] = Decimal(1)
        direction.flags.writeable = False
        parts[((mark, number),)] = direction
    return parts


def coefficient(jet: Jet, mark: str) -> Jet:
    """What multiplies an infinitesimal of degree one that has one direction."""
    return Jet({ONE: jet.value * 0, **_coefficients(jet, mark).get(1, {})}, jet.dims)


def _coefficients(jet: Jet, mark: str) -> dict[int, dict[Monomial, np.ndarray]]:
    """What multiplies an infinitesimal of degree one, by its directions."""
    found: dict[int, dict[Monomial, np.ndarray]] = {}
    for monomial, part in jet.parts.items():
        for place, (name, direction) in enumerate(monomial):
            if name == mark:
                found.setdefault(direction, {})[monomial[:place] + monomial[place + 1 :]] = part
    return found


def differential(evaluator, node: kinds.Differential) -> Jet:
    """``[D_point body](step)``: the part of ``body`` at ``point + step`` that is linear in the step."""
    point = node.point
    name = evaluator.resolve(point.text) if isinstance(point, kinds.Name) else ""
    if name not in _known(evaluator):
        raise NotUnderstood("the point of a differential was not understood")
    value, step = evaluator.named(name), evaluator.value(node.step)
    if step.shape != value.shape:
        raise ShapeError(f"the step is {step.shown()}, and {name} is {value.shown()}")
    mark = f"t{evaluator.depth}"
    parts = dict(value.parts)
    for monomial, part in step.parts.items():
        parts[tuple(sorted((*monomial, (mark, 1))))] = part
    return coefficient(evaluator.within(overrides={name: Jet(parts, value.dims)}).value(node.body), mark)


def first_order_change(evaluator, node: kinds.Differentiated) -> Jet:
    """``d body``: its change to first order when the variables change."""
    if node.body == kinds.Name(""):
        raise NotUnderstood("a d without what it is applied to was not understood")
    varying = evaluator.reading.varying or frozenset(evaluator.view.variables)
    overrides = {}
    for name in varying:
        name = evaluator.resolve(name)
        value = evaluator.named(name)
        if name not in evaluator.overrides and name in evaluator.view.variables:
            direction = evaluator.draw.array(f"d {name}", value.dims)
            overrides[name] = Jet({**value.parts, ((f"d {name}", 1),): direction}, value.dims)
    changed = evaluator.within(overrides=overrides, key=("change", *sorted(overrides))).value(node.body)
    parts = {each: part for each, part in changed.parts.items() if sum(name.startswith("d ") for name, _ in each) == 1}
    return Jet({**parts, ONE: changed.value * 0}, changed.dims)


def _held(evaluator, top: kinds.Node, name: str) -> dict[str, Jet]:
    """The values of the named quantities between ``top`` and ``name`` that are not on every way from one to the other."""
    between = [each for each in evaluator.reaches(top) - top.names if each != name and each in evaluator.view.definitions]
    between = [each for each in between if name in evaluator.reaches(kinds.Name(each))]
    bypassed = [each for each in between if _reaches_without(evaluator, top, name, {each})]
    if not _reaches_without(evaluator, top, name, set(bypassed)):
        return {}
    return {each: evaluator.named(each) for each in bypassed}


def _reaches_without(evaluator, top: kinds.Node, name: str, held: set[str]) -> bool:
    seen: set[str] = set()
    waiting = [top]
    while waiting:
        for found in waiting.pop().names:
            for each in {found, evaluator.resolve(found), *evaluator.draw.meant_by(found)}:
                if each == name:
                    return True
                if each not in seen and each not in held:
                    seen.add(each)
                    waiting += [definition.body for definition in evaluator.view.definitions.get(each, ())[:1]]
    return False


def _only_variable(evaluator, top: kinds.Node) -> str:
    reached = [name for name in evaluator.view.variables if name in evaluator.reaches(top)]
    if len(reached) != 1:
        raise NotUnderstood("a gradient that does not say with respect to what was not understood")
    return reached[0]


def _known(evaluator) -> set[str]:
    return {*evaluator.view.variables, *evaluator.view.definitions, *evaluator.draw.steps, *evaluator.overrides}


def _picked(evaluator, indexed: kinds.Indexed, name: str, value: Jet) -> Jet:
    """Which entries an index picks: an array of their numbers, row by row, counted from one."""
    numbers = np.array([Decimal(number + 1) for number in range(value.value.size)], dtype=object).reshape(value.shape)
    return evaluator.within(overrides={name: jets.constant(numbers, value.dims)}).value(indexed)


def _flat(jet: Jet, place: int) -> Jet:
    """An entry by its number, columns first."""
    return jets.entry(jet, place % jet.shape[0], place // jet.shape[0])


def _arranged(cells: list[Jet], shape: tuple[int, int], dims: tuple[str, str]) -> Jet:
    monomials = {monomial for each in cells for monomial in each.parts}
    parts = {}
    for monomial in monomials:
        flat = [each.parts[monomial][0, 0] if monomial in each.parts else Decimal(0) for each in cells]
        parts[monomial] = np.array(flat, dtype=object).reshape(shape, order="F")
    return Jet(parts, dims)


def limit(evaluator, node: kinds.Limit) -> Jet:
    """The value of an expression where a name is all but zero."""
    if evaluator.overrides or node.name in evaluator.view.names:
        raise NotUnderstood("a limit inside a derivative, or of a variable, was not understood")
    dims = evaluator.draw.steps.get(node.name, ("1", "1"))
    with localcontext(prec=LIMIT_DIGITS):
        close = evaluator.approaching(node.name, dims, LIMIT_STEP)
        found = close.value(node.body)
    return found.map(lambda part: part + Decimal(0), found.dims)
