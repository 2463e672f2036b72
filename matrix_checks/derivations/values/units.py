"""Unit vectors ``e_p``, matrix units ``E_{pq}``, and the entries of the ones."""

from collections.abc import Collection
from decimal import Decimal

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.evaluation import Evaluation
from matrix_checks.derivations.values.jets import Jet
from matrix_checks.derivations.values.places import name_of, place_of, text_of_index
from matrix_checks.derivations.values.sample import Unknown

# Letters of unit vectors and matrix units.
UNITS = ("e", "E")
ONES = kinds.Name("\\ones")


def may_be_unit(node: kinds.Indexed, names: Collection[str]) -> bool:
    """Whether it may be a unit vector ``e_p``, or a matrix unit ``E_{pq}`` or ``e_{pq}``, where ``names`` stand for something else."""
    if not isinstance(node.body, kinds.Name) or any(isinstance(each, kinds.Slice) for each in node.indices):
        return False
    if node.body.text == "E" or (node.body.text == "e" and len(node.indices) == 2):
        return len(node.indices) == 2 and not {node.body.text, "E"} & set(names)
    return node.body.text == "e" and len(node.indices) == 1 and "e" not in names


def is_unit(evaluation: Evaluation, node: kinds.Indexed) -> bool:
    """Whether it is a unit vector ``e_p``, or a matrix unit ``E_{pq}`` or ``e_{pq}``, which nothing else defines."""
    if not evaluation.interpretation.units:
        return False
    return may_be_unit(node, evaluation.view.names | evaluation.sample.steps.keys() | evaluation.sample.memory.unclear)


def unit(evaluation: Evaluation, node: kinds.Indexed) -> Jet:
    """The unit vector, or the matrix unit, that has its one where the indices say."""
    letters = dict(evaluation.interpretation.units)
    columns = []
    for index in node.indices:
        letter = letters.get(text_of_index(index))
        if letter is None:
            raise Unknown(name_of(node))
        size = evaluation.sample.size(letter)
        column = np.full((size, 1), Decimal(0), dtype=object)
        made = jets.constant(column, (letter, "1"))
        column[place_of(evaluation, index, made, size)] = Decimal(1)
        columns.append(made)
    return columns[0] if len(columns) == 1 else jets.multiply(columns[0], jets.transpose(columns[1]))


def is_entry_of_ones(evaluation: Evaluation, node: kinds.Indexed) -> bool:
    """Whether it is ``1_k``, where ``k`` is an index."""
    return node.body == ONES and len(node.indices) == 1 and text_of_index(node.indices[0]) in evaluation.indices
