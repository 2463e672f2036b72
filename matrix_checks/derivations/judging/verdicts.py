"""The verdicts on an equality, and how the values of its two sides are compared."""

from dataclasses import dataclass
from fractions import Fraction

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.jets import Jet
from matrix_checks.derivations.values.sample import broadcast

HOLDS, FIRST_ORDER, OTHER_LAYOUT, FALSE, NOT_UNDERSTOOD = "holds", "first order", "other layout", "false", "not understood"
# A condition or a declaration: nothing is claimed.
STATED = "stated"
ORDER = (HOLDS, FIRST_ORDER, OTHER_LAYOUT)


@dataclass(frozen=True)
class Finding:
    """What was found about one equality."""

    verdict: str
    reason: str = ""


def compared(view: View, left: kinds.Node, right: kinds.Node, ours: list[Jet], theirs: list[Jet], loosely: bool) -> str | None:
    """``holds`` and so on if it is so for all assignments, ``None`` otherwise."""
    if len(ours) != len(theirs):
        return None
    verdicts = [_same(view, left, right, one, other) for one, other in zip(ours, theirs)]
    if None in verdicts:
        return None
    worst = max(verdicts, key=ORDER.index)
    return HOLDS if worst == FIRST_ORDER and loosely else worst


def _same(view: View, left: kinds.Node, right: kinds.Node, one: Jet, other: Jet) -> str | None:
    if one.shape != other.shape:
        for small, large in ((one, other), (other, one)):
            if small.is_scalar and not jets.size_of(small):
                small = Jet({jets.ONE: large.value * 0}, large.dims)
                return HOLDS if not jets.difference(small, large) else None
        if one.shape == other.shape[::-1]:
            return OTHER_LAYOUT if not jets.difference(jets.transpose(one), other) else None
        if view.elementwise and (kinds.depends(left, kinds.Derivative) or kinds.depends(right, kinds.Derivative)):
            for small, large in ((one, other), (other, one)):
                spread = broadcast(small, large) if small.is_scalar else None
                if spread is not None and not jets.difference(spread, large):
                    return HOLDS
        return None
    differing = jets.difference(one, other)
    if not differing:
        return HOLDS
    if all(jets.degree(monomial) >= 2 for monomial in differing):
        return FIRST_ORDER
    if one.shape[0] == one.shape[1] > 1 and not jets.difference(jets.transpose(one), other):
        return OTHER_LAYOUT
    return None


def ratio(ours: list[Jet], theirs: list[Jet]) -> Fraction | None:
    """The number by which all entries of the second differ from the first; ``None`` if there is none."""
    found = None
    for one, other in zip(ours, theirs):
        if one.shape != other.shape:
            return None
        for monomial in {*one.parts, *other.parts}:
            a, b = one.parts.get(monomial), other.parts.get(monomial)
            for x, y in zip((one.value * 0 if a is None else a).ravel(), (one.value * 0 if b is None else b).ravel()):
                if (abs(x) < jets.EQUAL) != (abs(y) < jets.EQUAL):
                    return None
                if abs(x) < jets.EQUAL:
                    continue
                quotient = Fraction(y / x).limit_denominator(1000)
                if abs(y / x - quotient.numerator / jets.Decimal(quotient.denominator)) > jets.EQUAL * 1000:
                    return None
                if found not in (None, quotient):
                    return None
                found = quotient
    return found
