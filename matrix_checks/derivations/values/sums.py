"""Sums over an index, and their bounds; a new way to write a bound is a case of ``_bound``."""

from fractions import Fraction
from functools import lru_cache

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.evaluation import Evaluation, rule
from matrix_checks.derivations.values.jets import Jet, ShapeError
from matrix_checks.derivations.values.names import resolve, size_named
from matrix_checks.derivations.values.sample import Unknown

LARGEST_BOUND = 100


@rule(kinds.Sum)
def total(evaluation: Evaluation, node: kinds.Sum) -> Jet:
    """The sum of an expression over an index."""
    if not node.index:
        return evaluation.value(_with_indices(evaluation, node))
    natural = evaluation.range_of(node.index, (_without_inner_sums(node.body, node.index),))
    if natural is None and node.upper is None:
        natural = evaluation.range_of(node.index, (node.body,))
    start, stop = _bounds(evaluation, node, natural)
    size = stop if natural is None else evaluation.sample.size(natural)
    found: Jet | None = None
    for place in range(start, stop):
        if node.other is not None and evaluation.indices.get(node.other) == place:
            continue
        term = evaluation.within({**evaluation.indices, node.index: place}, entry=(place, size)).value(node.body)
        found = term if found is None else jets.add(found, term)
    return jets.number(0) if found is None else found


def _with_indices(evaluation: Evaluation, node: kinds.Sum) -> kinds.Node:
    """A sum without an index is over those indices in it that have no value, or over all of them where each has one.

    Of a column that has none, it is over its entries. Several signs in a row, as in ``\\sum\\sum a_{ij} b_{ji}``, are over as many indices.
    """
    body, signs = node.body, 1
    while isinstance(body, kinds.Sum) and not body.index and body.upper is node.upper:
        body, signs = body.body, signs + 1
    free = free_indices(body, tuple(evaluation.sample.sizes))
    free = tuple(index for index in free if index not in evaluation.view.names)
    over = [index for index in free if index not in evaluation.indices] or free
    if not over and signs == 1 and node.upper is None and _is_column(evaluation.value(body)):
        return kinds.Function("total", (body,))
    if not over or (signs > 1 and len(over) != signs):
        raise NotUnderstood("a sum without an index was not understood")
    for index in reversed(over):
        body = kinds.Sum(index, None, node.upper, None, body)
    return body


def _is_column(value: Jet) -> bool:
    """Whether a sum of it can only be that of its entries; of a matrix, and of a number, nobody knows over what it is."""
    return not value.is_scalar and 1 in value.shape


def _is_of_deltas(node: kinds.Sum) -> bool:
    """Whether the index stands in a product of Kronecker deltas of letters, and of nothing else: ``\\sum_i \\delta_{ik} \\delta_{il}``."""
    factors = node.body.factors if isinstance(node.body, kinds.Product) else (node.body,)
    return all(isinstance(each, kinds.Function) and each.name == "delta" for each in factors)


def _bounds(evaluation: Evaluation, node: kinds.Sum, natural: str | None) -> tuple[int, int]:
    """The first value of a sum's index, and the one behind the last, counted from zero."""
    sample = evaluation.sample
    first = 1 if node.lower is None else _bound(evaluation, node.lower)
    if node.upper is None:
        if natural is None and _is_of_deltas(node):
            # Over what a sum of deltas alone goes makes no difference.
            natural = next(iter(sample.sizes))
        if natural is None:
            raise NotUnderstood(f"the sum over {node.index} has no end")
        return max(first - 1, 0), sample.size(natural)
    letter = resolve(evaluation, node.upper.text) if isinstance(node.upper, kinds.Name) else ""
    if letter in sample.memory.declared and letter not in evaluation.indices:
        letter = sample.memory.declared[letter]
    is_own = bool(letter) and letter not in sample.sizes and letter not in evaluation.indices
    if natural is not None and letter in sample.sizes and letter != natural and natural in sample.sizes:
        if not evaluation.view.loose_bounds:
            raise ShapeError(f"the sum over {node.index} runs to {letter}, where it should run to {natural}")
        last = sample.size(natural)
    elif natural is not None and is_own:
        sample.take_for_size(letter, natural)
        last = sample.size(natural)
    else:
        last = _bound(evaluation, node.upper)
    if first == 0:
        # Counted from zero, as in code: the last one is one less than the size.
        if natural is not None and is_own:
            # It is the last index, and no size.
            return 0, last
        if natural is not None and sample.memory.from_zero and last == sample.size(natural):
            # Many who count from zero write the size where they mean the last index.
            return 0, last
        if natural is None or last != sample.size(natural) - 1:
            raise NotUnderstood(f"a sum over {node.index} that begins at zero was not understood")
        return 0, last + 1
    if first < 0 or last > LARGEST_BOUND:
        raise NotUnderstood("the bound of a sum was not understood")
    return first - 1, last


def _bound(evaluation: Evaluation, node: kinds.Node) -> int:
    """The whole number that a bound is, such as ``N - 1`` or the value of another index."""
    sample = evaluation.sample
    if isinstance(node, kinds.Number) and node.value.denominator == 1:
        return int(node.value)
    if isinstance(node, kinds.Name):
        letter = resolve(evaluation, node.text)
        if letter in evaluation.indices:
            return evaluation.indices[letter] + 1
        if size := size_named(evaluation, letter):
            return sample.sizes[size]
        raise Unknown(node.text)
    if isinstance(node, kinds.Add):
        return sum(_bound(evaluation, term) for term in node.terms)
    if isinstance(node, kinds.Negative):
        return -_bound(evaluation, node.body)
    raise NotUnderstood("the bound of a sum was not understood")


@lru_cache(maxsize=4096)
def _without_inner_sums(node: kinds.Node, index: str) -> kinds.Node:
    """The expression where a sum inside that takes the same index does not speak for it."""
    if isinstance(node, kinds.Sum) and node.index == index:
        return kinds.Number(Fraction(0))
    return node.rebuilt(lambda part: _without_inner_sums(part, index))
