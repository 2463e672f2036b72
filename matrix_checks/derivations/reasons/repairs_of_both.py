"""Changes that only both sides of an equality suggest: sums over what is free on one side, a trace, indices, the middle of a square."""

from collections.abc import Iterator
from dataclasses import replace

from matrix_checks.derivations.equality.verdicts import Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.as_tex import tex
from matrix_checks.derivations.expressions.constants import TWO
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.reasons.repairs import everywhere, replaced
from matrix_checks.derivations.reasons.trials import Changed
from matrix_checks.derivations.values.exercise import View

MOST_FACTORS = 4
IS_ENTRY = "one side is an entry, and the other is not"


def sums_missing(left: kinds.Node, right: kinds.Node, sizes: tuple[str, ...]) -> Iterator[Changed]:
    """Sums over the indices that are free on one side only."""
    free, others = (free_indices(node, sizes) for node in (left, right))
    for words, changed in _summed(right, [index for index in others if index not in free]):
        yield words, left, changed
    for words, changed in _summed(left, [index for index in free if index not in others]):
        yield words, changed, right


def _summed(node: kinds.Node, missing: list[str]) -> Iterator[tuple[str, kinds.Node]]:
    if isinstance(node, kinds.Derivative):
        # A derivative with respect to each entry is meant for each.
        return
    choices = [tuple(missing), *((index,) for index in missing if len(missing) > 1)] if missing else []
    for indices in choices:
        words = f"a sum over {' and '.join(f'${index}$' for index in indices)} is missing"
        yield words, _sum_over(indices, node)
        for place, term in enumerate(node.terms if isinstance(node, kinds.Add) else ()):
            yield f"{words} before {tex(term)}", node.with_part(place, _sum_over(indices, term))


def _sum_over(indices: tuple[str, ...], node: kinds.Node) -> kinds.Node:
    for index in reversed(indices):
        node = kinds.Sum(index, None, None, None, node)
    return node


def factors_missing(left: kinds.Node, right: kinds.Node) -> Iterator[Changed]:
    """An entry that the equality speaks of, as one more factor of what is summed."""
    entries = [
        part for side in (left, right) for part in side.everything if isinstance(part, kinds.Indexed) and len(part.indices) == 1
    ]
    names = list(dict.fromkeys(part.body for part in entries))[:MOST_FACTORS]
    for words, changed in _with_factor(right, names):
        yield words, left, changed
    for words, changed in _with_factor(left, names):
        yield words, changed, right


def _with_factor(node: kinds.Node, names: list[kinds.Node]) -> Iterator[tuple[str, kinds.Node]]:
    if isinstance(node, kinds.Sum) and node.index:
        for name in names:
            factor = kinds.Indexed(name, (kinds.Name(node.index),))
            body = kinds.Product((kinds.Group(node.body), factor), ("",))
            yield f"the factor {tex(factor)} is missing in the sum over ${node.index}$", replace(node, body=body)
    for place, part in enumerate(node.parts):
        if kinds.Sum not in part.kinds:
            continue
        for words, changed in _with_factor(part, names):
            yield words, node.with_part(place, changed)


def cross_terms(left: kinds.Node, right: kinds.Node) -> Iterator[Changed]:
    """The term in the middle of a square, added to the other side."""
    for words, term in _cross_terms(left):
        yield words, left, kinds.Add((right, term))
    for words, term in _cross_terms(right):
        yield words, kinds.Add((left, term)), right


def _cross_terms(node: kinds.Node) -> Iterator[tuple[str, kinds.Node]]:
    for part in node.everything:
        inside = kinds.bare(part.body) if isinstance(part, kinds.Power) and part.exponent == TWO else None
        is_norm = isinstance(inside, kinds.Norm)
        inside = kinds.bare(inside.body) if isinstance(inside, kinds.Norm) else inside
        if isinstance(inside, kinds.Add) and len(inside.terms) == 2:
            one, other = (term.body if isinstance(term, kinds.Negative) else term for term in inside.terms)
            product = kinds.Inner(one, other) if is_norm else kinds.Product((one, other), ("",))
            factors = (product,) if is_norm else product.parts
            term: kinds.Node = kinds.Product((TWO, *factors), ("",) * len(factors))
            if sum(isinstance(each, kinds.Negative) for each in inside.terms) == 1:
                term = kinds.Negative(term)
            yield f"the cross term {tex(term)} is missing", term


def repeated_summed(equality: Equality, sizes: tuple[str, ...]) -> Equality | None:
    """The equality with sums over the indices that one side has twice and the other not at all; ``None`` if there are none."""
    free = [free_indices(node, sizes) for node in equality.sides]
    sides: list[kinds.Node] = []
    for node, own, others in zip(equality.sides, free, reversed(free)):
        written = [index for part in node.everything for index in part.bound]
        twice = tuple(index for index in own if index not in others and written.count(kinds.Name(index)) > 1)
        sides.append(_sum_over(twice, node))
    return replace(equality, left=sides[0], right=sides[1]) if tuple(sides) != equality.sides else None


def traces_missing(left: kinds.Node, right: kinds.Node) -> Iterator[Changed]:
    """A trace of a whole side."""
    yield "a trace is missing on the right side", left, kinds.Function("tr", (right,))
    yield "a trace is missing on the left side", kinds.Function("tr", (left,)), right


def entries(left: kinds.Node, right: kinds.Node, sizes: tuple[str, ...]) -> Iterator[Changed]:
    """An entry on both sides, where one side is an array."""
    ours, theirs = (tuple(map(kinds.Name, free_indices(node, sizes))) for node in (left, right))
    if 1 <= len(ours) <= 2 and not theirs:
        entry = kinds.Indexed(kinds.Group(right), ours)
        yield f"{IS_ENTRY}: {replaced(entry, right)}", left, entry
    if 1 <= len(theirs) <= 2 and not ours:
        entry = kinds.Indexed(kinds.Group(left), theirs)
        yield f"{IS_ENTRY}: {replaced(entry, left)}", entry, right


def roots(left: kinds.Node, right: kinds.Node, view: View) -> Iterator[Changed]:
    """The root or the square of a number that the exercise defines, as where the variance is taken for the deviation."""
    for name in view.definitions:
        if name not in left.names | right.names or not _is_squared(view, name):
            continue
        symbol = kinds.Name(name)
        added: list[kinds.Node] = [kinds.Add((symbol, kinds.Name(each))) for each in view.positive[:1]]
        for old, inside in ((symbol, symbol), *((symbol, each) for each in added), *((each, each) for each in added)):
            other = kinds.Function("sqrt", (inside,))
            for words, changed in everywhere(right, old, other):
                yield words, left, changed
            for words, changed in everywhere(left, old, other):
                yield words, changed, right
                for _, both in everywhere(right, old, other):
                    yield words, changed, both


def _is_squared(view: View, name: str) -> bool:
    """Whether what a name stands for is made of squares."""
    body = view.definitions[name][0].body
    return any(isinstance(part, kinds.Power) and part.exponent == TWO for part in body.everything)
