"""Derivatives and differentials inside a formula, from the definitions of what is differentiated; a new notation is a rule here.

A derivative is taken by an infinitesimal whose square is zero, one for each entry of the variable: exact, with no step.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.evaluation import Evaluation, rule
from matrix_checks.derivations.values.exercise import NUMBER
from matrix_checks.derivations.values.indexing import indexed_name
from matrix_checks.derivations.values.jets import ONE, Jet, ShapeError
from matrix_checks.derivations.values.names import entry_if_implicit, own_first, reaches, resolve
from matrix_checks.derivations.values.overrides import CHANGE, coefficient, coefficients, mark_inside
from matrix_checks.derivations.values.sample import Unknown
from matrix_checks.derivations.values.scope import At, Changed, Held, InDirections, Place, Scope, key_of
from matrix_checks.derivations.values.tensors import Tensor, is_by_vec, is_by_vec_of_transposed

MAXIMAL_ENTRIES = 400
# A limit at zero is the value so close to it that thirty digits agree; the differences taken there lose up to twice forty.
LIMIT_STEP = Decimal(10) ** -40
LIMIT_DIGITS = 160


@rule(kinds.Derivative)
def derivative(evaluation: Evaluation, node: kinds.Derivative) -> Jet:
    """``d top / d bottom`` as an array."""
    found = tensor(evaluation, node)
    array = found.array(evaluation.interpretation)
    if found.top == (1, 1) and evaluation.interpretation.stacked and is_by_vec(node.bottom):
        array = jets.vec(array)
    turned = isinstance(node.bottom, kinds.Transposed) and found.top == (1, 1)
    return entry_if_implicit(evaluation, jets.transpose(array) if turned else array)


@rule(kinds.Nabla)
def gradient(evaluation: Evaluation, node: kinds.Nabla) -> Jet:
    """A gradient of the first factor behind a nabla."""
    return derivative(evaluation, node)


@rule(kinds.Primed)
def primed(evaluation: Evaluation, node: kinds.Primed) -> Jet:
    """An expression with a prime behind it: transposed, or, where it is a number, its derivative."""
    value = evaluation.value(node.body)
    if value.is_scalar:
        entry = bare(node.body)
        if isinstance(entry, kinds.Indexed) and (isinstance(entry.indices[0], kinds.Number) or evaluation.scope.entry is not None):
            # The first entry of an output is differentiated by the first one of its variable.
            variable = kinds.Indexed(kinds.Name(_only_variable(evaluation, entry)), entry.indices)
            return derivative(evaluation, kinds.Derivative(entry, variable))
        return derivative(evaluation, kinds.Derivative(node.body, kinds.Name("")))
    return jets.transpose(value)


def tensor(evaluation: Evaluation, node: kinds.Derivative) -> Tensor:
    """All partial derivatives of ``top`` with respect to ``bottom``, which is a name, or an entry of one."""
    interpretation = evaluation.interpretation
    if evaluation.overridden or kinds.Indexed in node.kinds or interpretation.implicit:
        return _tensor(evaluation, node)
    # How a Jacobian is laid out is decided later.
    tensors = evaluation.sample.found_in(Scope(interpretation.without_layout, (), None)).tensors
    key = key_of(node, evaluation.indices)
    found = tensors.get(key)
    if found is None:
        found = tensors[key] = _tensor(evaluation, node)
    return found


def _tensor(evaluation: Evaluation, node: kinds.Derivative) -> Tensor:
    bottom = _variable_in(evaluation, node)
    base = kinds.whole_of(bottom)
    if not isinstance(base, kinds.Name):
        raise NotUnderstood("a derivative with respect to an expression was not understood")
    if isinstance(bottom, kinds.Indexed):
        name = indexed_name(evaluation, base.text, len(bottom.indices))
    else:
        name = resolve(evaluation, base.text)
    if name not in _known(evaluation):
        raise Unknown(base.text)
    top = bare(node.top)
    if isinstance(top, kinds.Name) and resolve(evaluation, top.text) in evaluation.view.letters:
        raise NotUnderstood(f"a derivative of {top.text}, which is a size, was not understood")
    if _is_direction(evaluation, node.top, name):
        raise NotUnderstood(f"a derivative in the direction {base.text} was not understood")
    inner = _with_others_held(evaluation, node.top, name)
    if isinstance(bottom, kinds.Indexed):
        value = inner.named(name)
        picked = _picked(inner, kinds.Indexed(base, bottom.indices), name, value)
        numbers = [int(number) - 1 for number in picked.value.ravel(order="F")]
        places: Sequence[Place] = [divmod(number, value.shape[1]) for number in numbers]
        shape, dims = picked.shape, picked.dims
    else:
        inner = inner.without_entry()
        value = inner.named(name)
        places, shape, dims = _all_places(*value.shape), value.shape, value.dims
        if is_by_vec_of_transposed(node.bottom):
            places, shape, dims = sorted(places), shape[::-1], dims[::-1]
    if len(places) > MAXIMAL_ENTRIES:
        raise NotUnderstood("a derivative with too many entries")
    entries = _partials(inner, node.top, name, value, places)
    found = Tensor(entries, entries[0].shape, shape, entries[0].dims, dims)
    if inner.scope.entry is not None and isinstance(bare(node.top), kinds.Name) and found.top == (1, 1):
        _see_that_one_entry_depends(inner, node.top, name, value, places)
    is_of_entry = evaluation.scope.entry is not None and kinds.Indexed in node.top.kinds and kinds.Sum not in node.top.kinds
    if is_of_entry and 1 in found.bottom and sum(jets.size_of(entry) > 0 for entry in entries) > 1:
        # The p_t of a softmax depends on all of s: dp_t/ds is no entry.
        raise ShapeError("an entry depends on several entries of what is differentiated by")
    return found


def _is_direction(evaluation: Evaluation, top: kinds.Node, name: str) -> bool:
    """Whether a name is a step that what is differentiated does not have in it: a derivative by it is one in its direction, and not zero."""
    view, overridden = evaluation.view, evaluation.overridden
    is_step = name in evaluation.sample.steps and not (name in view.variables or name in view.definitions or name in overridden)
    return is_step and name not in reaches(evaluation, top)


def _see_that_one_entry_depends(evaluation: Evaluation, top: kinds.Node, name: str, value: Jet, places: Sequence[Place]) -> None:
    """A column stands for its entry in a derivative only where no other entry depends on what it is differentiated by."""
    entry = evaluation.scope.entry
    wholes = _partials(evaluation.without_entry(), top, name, value, places)
    for whole in wholes if entry is not None else ():
        others = (jets.entry(whole, row, 0) for row in range(whole.shape[0]) if entry and row != entry[0])
        if whole.shape[1] == 1 and any(jets.size_of(other) for other in others):
            raise ShapeError("other entries depend on what is differentiated by, too")


def _variable_in(evaluation: Evaluation, node: kinds.Derivative) -> kinds.Node:
    """What is differentiated by, without what is around it; the only variable, where none is written."""
    bottom = node.bottom
    while True:
        if isinstance(bottom, (kinds.Group, kinds.Transposed)):
            bottom = bottom.body
        elif isinstance(bottom, kinds.Function) and bottom.name == "vec":
            bottom = bottom.arguments[0]
        else:
            break
    return kinds.Name(_only_variable(evaluation, node.top)) if bottom == kinds.Name("") else bottom


def _with_others_held(evaluation: Evaluation, top: kinds.Node, name: str) -> Evaluation:
    """The same inside, other named quantities on the way from the top to the name held fixed if so read."""
    held = _held(evaluation, top, name) if evaluation.interpretation.derivative == "direct" else []
    return evaluation.under(Held(tuple(sorted(held)))) if held else evaluation.within()


@lru_cache(maxsize=1000)
def _all_places(rows: int, columns: int) -> tuple[Place, ...]:
    return tuple((row, column) for column in range(columns) for row in range(rows))


def _partials(evaluation: Evaluation, top: kinds.Node, name: str, value: Jet, places: Sequence[Place]) -> list[Jet]:
    """Partial derivatives at some places, all at once: one infinitesimal in as many directions as there are entries."""
    named = isinstance(kinds.whole_of(top), kinds.Name)
    # What a named quantity is in all directions is found once and kept, for each of the places that follow.
    directions = _all_places(*value.shape) if named and value.value.size <= MAXIMAL_ENTRIES else tuple(places)
    found = evaluation.under(InDirections(name, directions)).value(top)
    evaluation.sample.work.spend(len(places))
    numbers = {place: number for number, place in enumerate(directions, start=1)}
    along = coefficients(found, mark_inside(evaluation))
    nothing = {ONE: found.value * 0}
    return [Jet({**nothing, **along.get(numbers[place], {})}, found.dims) for place in places]


@rule(kinds.Differential)
def differential(evaluation: Evaluation, node: kinds.Differential) -> Jet:
    """``[D_point body](step)``: the part of ``body`` at ``point + step`` that is linear in the step."""
    name = resolve(evaluation, node.point.text) if isinstance(node.point, kinds.Name) else ""
    direction = node.step
    if name not in evaluation.view.names and isinstance(direction, kinds.Name):
        along = resolve(evaluation, direction.text)
        if along in evaluation.view.variables:
            # D_h f(x) is the derivative at x in the direction h.
            name, direction = along, node.point
    if name not in _known(evaluation):
        raise NotUnderstood("the point of a differential was not understood")
    value, step = evaluation.named(name), evaluation.value(direction)
    if step.shape != value.shape:
        raise ShapeError(f"the step is {step.shown()}, and {name} is {value.shown()}")
    mark = mark_inside(evaluation)
    parts = dict(value.parts)
    for monomial, part in step.parts.items():
        parts[tuple(sorted((*monomial, (mark, 1))))] = part
    return coefficient(evaluation.under(At(name, Jet(parts, value.dims))).value(node.body), mark)


@rule(kinds.Differentiated)
def first_order_change(evaluation: Evaluation, node: kinds.Differentiated) -> Jet:
    """``d body``: its change to first order when the variables change."""
    if node.body == kinds.Name(""):
        raise NotUnderstood("a d without what it is applied to was not understood")
    varying = {resolve(evaluation, name) for name in evaluation.interpretation.varying or evaluation.view.variables}
    return _change_by(evaluation, node.body, varying)


@rule(kinds.PartialDifferential)
def change_by_one(evaluation: Evaluation, node: kinds.PartialDifferential) -> Jet:
    """``d_A body``: its change to first order when one variable changes."""
    name = resolve(evaluation, node.variable.text) if isinstance(node.variable, kinds.Name) else ""
    if name not in evaluation.view.variables:
        raise NotUnderstood("a differential in what is no variable was not understood")
    return _change_by(evaluation, node.body, {name})


def _change_by(evaluation: Evaluation, body: kinds.Node, varying: set[str]) -> Jet:
    """The change of an expression to first order when some variables change."""
    variables = evaluation.view.variables
    names = tuple(sorted(name for name in varying if name in variables and name not in evaluation.overridden))
    changed = (evaluation.under(Changed(names)) if names else evaluation.within()).value(body)
    parts = {each: part for each, part in changed.parts.items() if sum(name.startswith(CHANGE) for name, _ in each) == 1}
    return Jet({**parts, ONE: changed.value * 0}, changed.dims)


def _held(evaluation: Evaluation, top: kinds.Node, name: str) -> list[str]:
    """The named quantities between ``top`` and ``name`` that are not on every way from one to the other."""
    definitions = evaluation.view.definitions
    between = [each for each in reaches(evaluation, top) - top.names if each != name and each in definitions]
    between = [each for each in between if name in reaches(evaluation, kinds.Name(each))]
    bypassed = [each for each in between if _reaches_without(evaluation, top, name, {each})]
    return bypassed if _reaches_without(evaluation, top, name, set(bypassed)) else []


def _reaches_without(evaluation: Evaluation, top: kinds.Node, name: str, held: set[str]) -> bool:
    view = evaluation.view
    seen: set[str] = set()
    waiting = [top]
    while waiting:
        for found in waiting.pop().names:
            for each in {found, resolve(evaluation, found), *view.meant_by(found)}:
                if each == name:
                    return True
                if each not in seen and each not in held:
                    seen.add(each)
                    definitions = view.definitions.get(each, ())
                    waiting += [definition.body for definition in own_first(view, definitions, held)[:1]]
    return False


def _only_variable(evaluation: Evaluation, top: kinds.Node) -> str:
    reached = reaches(evaluation, top)
    variables = [name for name in evaluation.view.variables if name in reached]
    # Those that a numeric example gives numbers to are variables, too.
    variables += [name for name in (evaluation.sample.memory.examples if not variables else ()) if name in reached]
    if len(variables) != 1:
        raise NotUnderstood("a gradient that does not say with respect to what was not understood")
    return variables[0]


def _known(evaluation: Evaluation) -> set[str]:
    view = evaluation.view
    return {*view.variables, *view.definitions, *evaluation.sample.steps, *evaluation.overridden}


def _picked(evaluation: Evaluation, indexed: kinds.Indexed, name: str, value: Jet) -> Jet:
    """Which entries an index picks: an array of their numbers, row by row, counted from one."""
    numbers = np.array([Decimal(number + 1) for number in range(value.value.size)], dtype=object).reshape(value.shape)
    return evaluation.under(At(name, jets.constant(numbers, value.dims))).value(indexed)


@rule(kinds.DerivativeAtZero)
def derivative_at_zero(evaluation: Evaluation, node: kinds.DerivativeAtZero) -> Jet:
    """The derivative by a number, which stands for nothing else, where that is zero."""
    view = evaluation.view
    if (
        node.name in (view.origin or view).names
        or node.name in view.definitions
        or evaluation.sample.steps.get(node.name, NUMBER) != NUMBER
    ):
        raise NotUnderstood("a derivative at zero by what is no free number was not understood")
    mark = mark_inside(evaluation)
    zero = np.full((1, 1), Decimal(0), dtype=object)
    step = Jet({ONE: zero, ((mark, 1),): zero + 1}, NUMBER)
    return coefficient(evaluation.under(At(node.name, step)).value(node.body), mark)


@rule(kinds.Limit)
def limit(evaluation: Evaluation, node: kinds.Limit) -> Jet:
    """The value of an expression where a name is all but zero."""
    view = evaluation.view
    # A number of the text's own may be the step.
    if evaluation.overridden or node.name in (view.origin or view).names or node.name in view.definitions:
        raise NotUnderstood("a limit inside a derivative, or of a variable, was not understood")
    dims = evaluation.sample.steps.get(node.name, ("1", "1"))
    with localcontext(prec=LIMIT_DIGITS):
        # What was found before has too few digits for a step that is so small.
        close = evaluation.afresh()
        step = jets.constant(close.sample.array(f"step {node.name}", dims), dims)
        found = close.under(At(node.name, jets.scale(step, LIMIT_STEP))).value(node.body)
    return found.map(lambda part: part + Decimal(0), found.dims)
