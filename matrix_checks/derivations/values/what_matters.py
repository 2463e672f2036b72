"""Which choices of an interpretation make a difference for the value of an expression; under all others its value is the same.

A field of an interpretation that a rule in this package asks for has its line in ``_ASKED_BY``, or in :meth:`Matters.to`.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, replace
from functools import lru_cache

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.interpretation import Interpretation
from matrix_checks.derivations.values.names import SIZED
from matrix_checks.derivations.values.units import UNITS

Kinds = frozenset[type]
Texts = frozenset[str]


def _differentiates(found: Kinds, texts: Texts) -> bool:
    """A prime behind a number is a derivative, too."""
    return kinds.Derivative in found or kinds.Primed in found


def _has_entries(found: Kinds, texts: Texts) -> bool:
    return kinds.Indexed in found


# By a field of an interpretation: whether a rule may ask for it, where these kinds of expressions and these texts occur. The
# fields that are not named here always matter.
_ASKED_BY: dict[str, Callable[[Kinds, Texts], bool]] = {
    "star": lambda found, texts: "*" in texts or kinds.Power in found,
    "derivative": _differentiates,
    "columns": _differentiates,
    "chain": _differentiates,
    "stacked": _differentiates,
    "size": lambda found, texts: kinds.Dots in found or not texts.isdisjoint(SIZED),
    "varying": lambda found, texts: kinds.Differentiated in found,
    "row_entries": _has_entries,
    "units": lambda found, texts: kinds.Indexed in found and not texts.isdisjoint(UNITS),
    "trace": lambda found, texts: "tr" in texts,
    "otimes": lambda found, texts: "otimes" in texts,
    "reduced": lambda found, texts: not texts.isdisjoint(("total", "mean")),
    "tuples": lambda found, texts: kinds.Tuple in found,
    "bars": lambda found, texts: kinds.Bars in found,
    "called": lambda found, texts: kinds.Product in found,
}
_DEFAULTS = {field.name: field.default for field in fields(Interpretation) if field.default is not MISSING}


@dataclass(frozen=True)
class Matters:
    """What decides how an expression may be read.

    Attributes
    ----------
    nothing
        The fields of an interpretation that make no difference.
    texts
        All names, indices and signs in it, and in what its names stand for.
    """

    nothing: frozenset[str]
    texts: Texts

    def to(self, interpretation: Interpretation) -> Interpretation:
        """The interpretation with the most usual choice for all that makes no difference."""
        nothing = self.nothing
        if interpretation.rows and self.texts.isdisjoint(map(str.lower, interpretation.rows)):
            nothing |= {"rows"}
        if interpretation.own_sizes and self.texts.isdisjoint(letter for letter, _ in interpretation.own_sizes):
            nothing |= {"own_sizes"}
        return _with_usual(interpretation, nothing)

    def both(self, other: "Matters") -> "Matters":
        """What decides how either of two expressions may be read."""
        return Matters(self.nothing & other.nothing, self.texts | other.texts)


@lru_cache(maxsize=10_000)
def _with_usual(interpretation: Interpretation, names: frozenset[str]) -> Interpretation:
    changed = {name: _DEFAULTS[name] for name in names if getattr(interpretation, name) != _DEFAULTS[name]}
    return replace(interpretation, **changed) if changed else interpretation


@lru_cache(maxsize=2_000)
def what_matters(view: View, node: Node) -> Matters:
    """What makes a difference for the value of an expression in a view."""
    behind = [_behind(view, text) for text in node.texts]
    found = node.kinds.union(*(each for each, _ in behind))
    texts = node.texts.union(*(each for _, each in behind))
    return Matters(frozenset(name for name, asks in _ASKED_BY.items() if not asks(found, texts)), texts)


@lru_cache(maxsize=5_000)
def _behind(view: View, text: str) -> tuple[Kinds, Texts]:
    """The kinds of expressions in what a name may stand for, and the texts there."""
    found: set[type] = set()
    seen: set[str] = set()
    waiting = [text]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        waiting += (view.aliases.get(name, name), name.removeprefix("\\Delta "))
        if name.upper() in view.names:
            # A small letter may mean an entry of the matrix with the capital one.
            waiting.append(name.upper())
        for definition in view.definitions.get(name, ()):
            found |= definition.body.kinds
            waiting += definition.body.texts
            # It may be taken as an entry of an array.
            found |= {kinds.Indexed} if definition.indices else set()
    return frozenset(found), frozenset(seen)
