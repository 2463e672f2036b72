"""Numbers, sums of terms, fractions, brackets, transpositions, inner products, cases; a new plain operation is a rule here."""

from decimal import Decimal

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.sizes import Sizes
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.blocks_of_ones import has_column_of_ones
from matrix_checks.derivations.values.evaluation import Evaluation, rule
from matrix_checks.derivations.values.functions_of_entries import raise_to
from matrix_checks.derivations.values.jets import Jet, ShapeError, broadcast
from matrix_checks.derivations.values.sample import Unknown


@rule(kinds.Number)
def number(evaluation: Evaluation, node: kinds.Number) -> Jet:
    """A number as it is written."""
    return jets.number(Decimal(node.value.numerator) / Decimal(node.value.denominator))


@rule(kinds.Add)
def add(evaluation: Evaluation, node: kinds.Add) -> Jet:
    """A sum of terms, those of higher order left out."""
    terms = [evaluation.value(term) for term in node.terms if not isinstance(term, kinds.HigherOrder)]
    if not terms:
        return jets.number(0)
    total = terms[0]
    for term in terms[1:]:
        total = _added(evaluation, total, term)
    return total


def _added(evaluation: Evaluation, left: Jet, right: Jet) -> Jet:
    if left.shape == right.shape:
        return jets.add(left, right)
    for one, other in ((left, right), (right, left)):
        if one.is_scalar and not any(part.ravel()[0] for part in one.parts.values()):
            return other
    if evaluation.view.elementwise:
        for one, other in ((left, right), (right, left)):
            spread = broadcast(one, other)
            if spread is not None:
                return jets.add(spread, other)
    return jets.add(left, right)


@rule(kinds.Negative)
def negative(evaluation: Evaluation, node: kinds.Negative) -> Jet:
    """An expression with a minus before it."""
    return jets.scale(evaluation.value(node.body), -1)


@rule(Sizes)
def sizes(evaluation: Evaluation, node: Sizes) -> Jet:
    """Sizes in brackets, where they are no remark."""
    return evaluation.value(node.body)


@rule(kinds.Group)
def group(evaluation: Evaluation, node: kinds.Group) -> Jet:
    """An expression in brackets."""
    return evaluation.value(node.body)


@rule(kinds.Transposed)
def transposed(evaluation: Evaluation, node: kinds.Transposed) -> Jet:
    """A transposed expression."""
    return jets.transpose(evaluation.value(node.body))


@rule(kinds.Quotient)
def quotient(evaluation: Evaluation, node: kinds.Quotient) -> Jet:
    """A fraction, entry by entry where the exercise is so meant."""
    top, bottom = evaluation.value(node.top), evaluation.value(node.bottom)
    if not bottom.is_scalar and not (evaluation.view.elementwise and (top.shape == bottom.shape or top.is_scalar)):
        raise ShapeError(f"a division by {bottom.shown()} is not defined")
    return jets.elementwise(top, raise_to(bottom, Decimal(-1)))


@rule(kinds.Tuple)
def several(evaluation: Evaluation, node: kinds.Tuple) -> Jet:
    """Numbers in round brackets as a column or a row, or two arrays of which the inner product is taken."""
    if has_column_of_ones(evaluation, node):
        return evaluation.value(kinds.Matrix(node.entries, len(node.entries)))
    if len(node.entries) == 2 and kinds.Dots() not in node.entries:
        left, right = map(evaluation.value, node.entries)
        if left.shape != right.shape:
            raise NotUnderstood("a pair of arrays of different shapes was not understood")
        if not left.is_scalar:
            return jets.inner(left, right)
    # Of (x_1, \dots, x_n) the last one says which size n is, and has no value before that is known.
    written = node.entries[:1] if kinds.Dots() in node.entries else node.entries
    if not all(evaluation.value(entry).is_scalar for entry in written):
        raise NotUnderstood("a tuple of arrays was not understood")
    row = evaluation.value(kinds.Matrix(node.entries, len(node.entries)))
    return row if evaluation.interpretation.tuples == "row" else jets.transpose(row)


@rule(kinds.Inner)
def inner(evaluation: Evaluation, node: kinds.Inner) -> Jet:
    """An inner product."""
    return jets.inner(evaluation.value(node.left), evaluation.value(node.right))


@rule(kinds.Cases)
def cases(evaluation: Evaluation, node: kinds.Cases) -> Jet:
    """The value of the first case that applies."""
    indices = evaluation.indices
    for value, condition in zip(node.values, node.conditions):
        if condition is None:
            return evaluation.value(value)
        unknown = [index for first, second, _ in condition for index in (first, second) if index not in indices]
        if unknown:
            raise Unknown(unknown[0])
        if all((indices[first] == indices[second]) == equal for first, second, equal in condition):
            return evaluation.value(value)
    raise NotUnderstood("no case applies")
