"""Sums that are written out with dots: ``x_1^2 + x_2^2 + \\dots + x_N^2``."""

from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import Dots, Indexed, Name, Node, Number, Sum

LETTERS = "ijklmnpqrst"


def with_dots_summed(terms: list[Node]) -> list[Node]:
    """The terms of a sum, where those around dots are put together; dots that say nothing stay."""
    place = next((place for place in range(1, len(terms) - 1) if isinstance(terms[place], Dots)), None)
    if place is None:
        return terms
    summed, behind = _summed(terms[place - 1], terms[place + 1]), place + 2
    if summed is not None and place + 3 < len(terms) and isinstance(terms[place + 2], Dots):
        # Between the dots stands one of the terms, to point at it.
        whole, behind = _summed(terms[place - 1], terms[place + 3]), place + 4
        summed = whole if whole is not None and whole.body == summed.body else None
    if summed is None:
        return terms
    first = place - 1
    while first > 0 and summed.lower.value > 1 and terms[first - 1] == _at(summed, summed.lower.value - 1):
        first -= 1
        summed = Sum(summed.index, Number(summed.lower.value - 1), summed.upper, None, summed.body)
    return with_dots_summed([*terms[:first], summed, *terms[behind:]])


def _summed(before: Node, after: Node) -> Sum | None:
    """The sum from the term before the dots to the one behind them, which differ in one index only."""
    taken = {part.text for term in (before, after) for part in term.everything if isinstance(part, Name)}
    index = next(letter for letter in LETTERS if letter not in taken)
    ends: set[tuple[Node, Node]] = set()
    body = _generic(before, after, Name(index), ends)
    if body is None or len(ends) != 1:
        return None
    ((lower, upper),) = ends
    return Sum(index, lower, upper, None, body)


def _generic(before: Node, after: Node, index: Name, ends: set[tuple[Node, Node]]) -> Node | None:
    """What both have in common, with ``index`` in the places where they differ."""
    if before == after:
        return before
    if type(before) is not type(after) or len(before.parts) != len(after.parts):
        return None
    changed = before
    for place, (part, other) in enumerate(zip(before.parts, after.parts)):
        if part != other and place and isinstance(before, Indexed) and isinstance(part, Number):
            ends.add((part, other))
            found = index
        else:
            found = _generic(part, other, index, ends)
        if found is None:
            return None
        changed = changed.with_part(place, found)
    # What is no expression, such as the signs of a product, has to be the same.
    in_their_places = iter(changed.parts)
    return changed if changed == after.rebuilt(lambda part: next(in_their_places)) else None


def _at(summed: Sum, value: Fraction) -> Node:
    """A term of a sum."""

    def change(part: Node) -> Node:
        return Number(value) if part == Name(summed.index) else part.rebuilt(change)

    return change(summed.body)
