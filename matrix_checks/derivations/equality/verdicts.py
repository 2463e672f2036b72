"""The verdicts on an equality, and how the values of its two sides are compared."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.jets import Jet
from matrix_checks.derivations.values.sample import broadcast

HOLDS, FIRST_ORDER, OTHER_LAYOUT, FALSE, NOT_UNDERSTOOD = "holds", "first order", "other layout", "false", "not understood"
# The best one first.
# A condition or a declaration: nothing is claimed.
STATED = "stated"
# Why a claim that is false in general is left to a person.
QUALIFIED = "the words behind it say of what it is true"
# The reason of a false verdict that no single mistake explains.
DIFFER = "the two sides differ"
ORDER = (HOLDS, FIRST_ORDER, OTHER_LAYOUT)


@dataclass(frozen=True)
class Equality:
    """Two expressions that a text sets equal.

    Attributes
    ----------
    left, right
        The two sides.
    loosely
        Whether terms of higher order are left out on purpose, so that what holds to first order holds.
    """

    left: kinds.Node
    right: kinds.Node
    loosely: bool = False

    @property
    def sides(self) -> tuple[kinds.Node, kinds.Node]:
        """Both sides."""
        return self.left, self.right

    def has(self, kind: type[kinds.Node]) -> bool:
        """Whether an expression of a kind is on one of the sides."""
        return kind in self.left.kinds or kind in self.right.kinds


@dataclass(frozen=True)
class Finding:
    """What the report says of one equality.

    Attributes
    ----------
    verdict, reason
        What was found, and why.
    earns
        Whether it is a step: a repetition, a definition and ``x = x`` earn nothing.
    certificate
        Of a false equality, the conditions that were met.
    is_doubted
        Whether it would be false, were one of these conditions met.
    as_written
        Whether no convention rewrote its sides.
    """

    verdict: str
    reason: str = ""
    earns: bool = True
    certificate: tuple[str, ...] = ()
    is_doubted: bool = False
    as_written: bool = True


def compared(view: View, equality: Equality, ours: list[Jet], theirs: list[Jet]) -> str | None:
    """``holds`` and so on if it is so for all assignments, ``None`` otherwise."""
    if len(ours) != len(theirs):
        return None
    known = []
    for one, other in zip(ours, theirs):
        verdict = _same(view, equality, one, other)
        if verdict is None:
            # The others do not matter any more.
            return None
        known.append(verdict)
    worst = max(known, key=ORDER.index)
    return HOLDS if worst == FIRST_ORDER and equality.loosely else worst


def _same(view: View, equality: Equality, one: Jet, other: Jet) -> str | None:
    if one.shape != other.shape:
        return _same_but_for_shape(view, equality, one, other)
    differing = jets.difference(one, other)
    if not differing:
        return HOLDS
    if all(jets.degree(monomial) >= 2 for monomial in differing):
        return FIRST_ORDER
    if one.shape[0] == one.shape[1] > 1 and not jets.difference(jets.transpose(one), other):
        return OTHER_LAYOUT
    return None


def _same_but_for_shape(view: View, equality: Equality, one: Jet, other: Jet) -> str | None:
    """Zero is an array of any shape; a transposed array is another layout; a number may stand for a constant derivative."""
    for small, large in ((one, other), (other, one)):
        if small.is_scalar and not jets.size_of(small):
            zeros = Jet({jets.ONE: large.value * 0}, large.dims)
            return HOLDS if not jets.difference(zeros, large) else None
    if one.shape == other.shape[::-1]:
        return OTHER_LAYOUT if not jets.difference(jets.transpose(one), other) else None
    if view.elementwise and _has_derivative(view, equality):
        for small, large in ((one, other), (other, one)):
            spread = broadcast(small, large) if small.is_scalar else None
            if spread is not None and not jets.difference(spread, large):
                return HOLDS
    return None


def _has_derivative(view: View, equality: Equality) -> bool:
    """Whether a derivative stands on a side, by itself or by its name."""
    bodies = (each.body for side in equality.sides for name in side.names for each in view.definitions.get(name, ()))
    return equality.has(kinds.Derivative) or any(isinstance(body, kinds.Derivative) for body in bodies)


def ratio(ours: list[Jet], theirs: list[Jet]) -> Fraction | None:
    """The number by which all entries of the second differ from the first; ``None`` if there is none."""
    found: Fraction | None = None
    for one, other in zip(ours, theirs):
        if one.shape != other.shape:
            return None
        for monomial in {*one.parts, *other.parts}:
            for x, y in zip(_part(one, monomial).ravel(), _part(other, monomial).ravel()):
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


def _part(jet: Jet, monomial: jets.Monomial) -> np.ndarray:
    return jet.parts[monomial] if monomial in jet.parts else jet.value * 0
