"""What a definition by indices says of its name: one array for each value of them, or the same number for all."""

from decimal import Decimal

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.evaluation import Evaluation
from matrix_checks.derivations.values.exercise import Definition
from matrix_checks.derivations.values.jets import Jet
from matrix_checks.derivations.values.names import resolve
from matrix_checks.derivations.values.places import name_of, place_of
from matrix_checks.derivations.values.sample import Unknown


def _definition_at(evaluation: Evaluation, node: kinds.Indexed) -> Definition | None:
    """The definition of what an index is taken of, where that is one by as many indices."""
    name = resolve(evaluation, name_of(node))
    definition = next(iter(evaluation.view.definitions.get(name, ())), None)
    if definition is None or len(definition.indices) != len(node.indices) or name in evaluation.overridden:
        return None
    return None if any(isinstance(each, kinds.Slice) for each in node.indices) else definition


def same_for_all(evaluation: Evaluation, node: kinds.Indexed) -> Definition | None:
    """The definition of entries that are all the same number, as in ``a_i = \\frac1N b``: nothing says how many there are."""
    definition = _definition_at(evaluation, node)
    depends = definition is None or not set(definition.indices).isdisjoint(free_indices(definition.body, ()))
    return None if depends else definition


def family_of(evaluation: Evaluation, node: kinds.Indexed) -> Definition | None:
    """The definition of one array for each value of the indices, such as ``E_{pq} = e_p e_q^\\top``; ``None`` for entries."""
    definition = _definition_at(evaluation, node)
    if definition is None:
        return None
    name = resolve(evaluation, name_of(node))
    # Shapes are the same whatever overrides the names: only the outermost scope is asked.
    families = evaluation.sample.found_in(evaluation.scope.outermost).families
    if name not in families:
        first = evaluation.within(indices=dict.fromkeys(definition.indices, 0)).value(definition.body)
        families[name] = not first.is_scalar
    return definition if families[name] else None


def range_in(evaluation: Evaluation, family: Definition, index: str) -> str | None:
    """The letter of the size that an index of a family runs over."""
    return evaluation.within(indices=dict.fromkeys(family.indices, 0)).range_of(index, (family.body,))


def member(evaluation: Evaluation, node: kinds.Indexed, family: Definition) -> Jet:
    """The array of a family that belongs to some indices."""
    places = {}
    for own, index in zip(family.indices, node.indices):
        letter = range_in(evaluation, family, own)
        if letter is None:
            raise Unknown(name_of(node))
        size = evaluation.sample.size(letter)
        column = jets.constant(np.full((size, 1), Decimal(0), dtype=object), (letter, "1"))
        places[own] = place_of(evaluation, index, column, size)
    return evaluation.within(indices=places).value(family.body)
