"""The functions of the notation: traces, stacks, exponentials, maxima."""

from decimal import Decimal

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.jets import Jet
from matrix_checks.derivations.values.powers import exponential, logarithm, raise_to
from matrix_checks.derivations.values.sample import Unknown


def function_value(evaluator, node: kinds.Function) -> Jet:
    """The value of a function of the notation."""
    if node.name == "delta":
        places = [_place_of(evaluator, index) for index in node.arguments]
        if len(places) != 2:
            raise NotUnderstood("delta needs two indices")
        return jets.number(int(places[0] == places[1]))
    if node.name == "max":
        return _maximum(evaluator, node)
    argument = evaluator.value(node.arguments[0])
    if node.name == "tr":
        return jets.trace(argument)
    if node.name in ("total", "mean"):
        return _reduced(argument, node.name == "mean", evaluator.reading.reduced == "objects")
    if node.name == "diag":
        return jets.diagonal_matrix(argument)
    if node.name == "vec":
        return jets.vec(argument)
    if node.name in ("exp", "log", "sqrt") and not (argument.is_scalar or evaluator.view.elementwise):
        raise NotUnderstood(f"{node.name} of {argument.shown()} was not understood")
    if node.name == "exp":
        return exponential(argument)
    if node.name == "log":
        return logarithm(argument)
    if node.name == "sqrt":
        return raise_to(argument, Decimal("0.5"))
    if node.name == "softmax":
        powers = exponential(argument)
        total = powers.map(lambda part: np.array([[part.sum()]], dtype=object), ("1", "1"))
        return jets.elementwise(powers, raise_to(total, Decimal(-1)))
    raise NotUnderstood(f"the function {node.name} was not understood")


def _reduced(argument: Jet, mean: bool, over_objects: bool) -> Jet:
    """The sum or mean of all entries, or of each column of a matrix, as a column."""
    if over_objects and 1 not in argument.shape:
        summed = argument.map(lambda part: part.sum(axis=0).reshape(-1, 1), (argument.dims[1], "1"))
        return jets.scale(summed, Decimal(1) / argument.shape[0]) if mean else summed
    total = argument.map(lambda part: np.array([[part.sum()]], dtype=object), ("1", "1"))
    return jets.scale(total, Decimal(1) / argument.value.size) if mean else total


def _maximum(evaluator, node: kinds.Function) -> Jet:
    if len(node.arguments) == 2:
        index = node.arguments[1].text
        letter = evaluator.range_of(index, (node.arguments[0],))
        if letter is None:
            raise NotUnderstood("a maximum over nothing")
        values = [
            evaluator.within(indices={**evaluator.indices, index: place}).value(node.arguments[0])
            for place in range(evaluator.draw.size(letter))
        ]
    else:
        values = [evaluator.value(node.arguments[0])]
    return jets.number(max(entry for value in values for entry in value.value.ravel()))


def _place_of(evaluator, index: kinds.Node) -> int:
    if isinstance(index, kinds.Number):
        return int(index.value) - 1
    if isinstance(index, kinds.Name) and index.text in evaluator.indices:
        return evaluator.indices[index.text]
    raise Unknown(getattr(index, "text", "an index"))
