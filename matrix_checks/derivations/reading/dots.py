"""Sums that are written out with dots: ``x_1^2 + \\dots + x_N^2``; what else may differ between terms is added to ``_generic``."""

from dataclasses import dataclass, replace
from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import Dots, Indexed, Name, Node, Number, Sum

LETTERS = "ijklmnpqrst"


@dataclass(frozen=True)
class _Series:
    """The terms from one before the dots to the one behind them.

    Attributes
    ----------
    body
        What they have in common, with ``index`` where they differ.
    index
        A letter that the terms do not use.
    first
        The index of the first term.
    last
        That of the last.
    """

    body: Node
    index: Name
    first: Fraction
    last: Node

    def term(self, value: Fraction) -> Node:
        """The term with this index."""

        def change(part: Node) -> Node:
            return Number(value) if part == self.index else part.rebuilt(change)

        return change(self.body)

    def has_before(self, term: Node) -> bool:
        """Whether a term is the one before the first; ``c_0`` is read as ``c``."""
        expected = self.term(self.first - 1)
        return term == expected or (self.first == 1 and term == _without_zeros_below(expected))

    @property
    def sum(self) -> Sum:
        """All terms together."""
        return Sum(self.index.text, Number(self.first), self.last, None, self.body)


def _without_zeros_below(node: Node) -> Node:
    if isinstance(node, Indexed) and node.indices == (Number(Fraction(0)),):
        return node.body
    return node.rebuilt(_without_zeros_below)


def with_dots_summed(terms: list[Node]) -> list[Node]:
    """The terms of a sum, where those around dots are put together; dots that say nothing stay."""
    terms = _without_end(_without_zeros(terms))
    place = next((place for place in range(1, len(terms) - 1) if isinstance(terms[place], Dots)), None)
    if place is None:
        return terms
    series, behind = _series(terms[place - 1], terms[place + 1]), place + 2
    if series is not None and place + 3 < len(terms) and isinstance(terms[place + 2], Dots):
        # Between the dots stands one of the terms, to point at it.
        whole, behind = _series(terms[place - 1], terms[place + 3]), place + 4
        series = whole if whole is not None and whole.body == series.body else None
    if series is None:
        return terms
    before = place - 1
    while before > 0 and series.first > 0 and series.has_before(terms[before - 1]):
        before -= 1
        series = replace(series, first=series.first - 1)
    return with_dots_summed([*terms[:before], series.sum, *terms[behind:]])


def _without_end(terms: list[Node]) -> list[Node]:
    """The terms of a sum that ends in dots, and begins with its first ones: ``x_1^2 + x_2^2 + \\dots`` goes on as far as there are entries."""
    *said, last = terms
    series = _series(*said[-2:]) if isinstance(last, Dots) and len(said) > 1 else None
    if series is None or series.last != Number(series.first + 1):
        return terms
    before = said[:-2]
    while before and series.has_before(before[-1]):
        before, series = before[:-1], replace(series, first=series.first - 1)
    # Behind a_{11} b_{11} + a_{12} b_{21} may come those of other rows.
    numbered = (index for part in series.body.everything if isinstance(part, Indexed) for index in part.indices)
    is_whole = not before and series.first == 1 and not any(isinstance(index, Number) for index in numbered)
    return [Sum(series.index.text, None, None, None, series.body)] if is_whole else terms


def _without_zeros(terms: list[Node]) -> list[Node]:
    """The terms without zeros and dots around one of them: ``0 + \\dots + 2x_i + \\dots + 0``."""
    said = [term for term in terms if term != Number(Fraction(0)) and not isinstance(term, Dots)]
    zeros = [place for place, term in enumerate(terms) if term == Number(Fraction(0))]
    if len(said) != 1 or not any(isinstance(term, Dots) for term in terms) or not zeros:
        return terms
    # Dots stand between a zero and something else only.
    return said if terms[0] in (*said, Number(Fraction(0))) and terms[-1] in (*said, Number(Fraction(0))) else terms


def _series(before: Node, after: Node) -> _Series | None:
    """From the term before the dots to the one behind them, which differ in one index only."""
    taken = {part.text for term in (before, after) for part in term.everything if isinstance(part, Name)}
    letter = next((letter for letter in LETTERS if letter not in taken), None)
    if letter is None:
        return None
    index = Name(letter)
    ends: set[tuple[Number, Node]] = set()
    body = _generic(before, after, index, ends)
    if body is None or len(ends) != 1:
        return None
    ((first, last),) = ends
    return _Series(body, index, first.value, last)


def _generic(before: Node, after: Node, index: Name, ends: set[tuple[Number, Node]]) -> Node | None:
    """What both have in common, with ``index`` in the places where they differ."""
    if before == after:
        return before
    if type(before) is not type(after) or len(before.parts) != len(after.parts):
        return None
    changed = before
    for place, (part, other) in enumerate(zip(before.parts, after.parts)):
        found: Node | None
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
