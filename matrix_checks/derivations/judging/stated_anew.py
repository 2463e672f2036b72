r"""Functions that a text states anew: behind ``f(x) = x^\top x`` and ``f(x) = x^\top A x``, ``\nabla f`` is the gradient of the second."""

from dataclasses import dataclass, field

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.equality.verdicts import HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import is_of_exercise

OF_LAST = "it holds for what {} was before, and the text states {} anew"
_DERIVED = (kinds.Derivative, kinds.Differentiated, kinds.Operator)


@dataclass
class StatedAnew:
    """What a text says its functions are.

    Attributes
    ----------
    context
        What the text said so far.
    stated
        The names that were stated and understood.
    anew
        Those that were stated again, as something that was not understood.
    """

    context: Context
    stated: set[str] = field(default_factory=set)
    anew: set[str] = field(default_factory=set)

    def unless_of_first(self, left: Node, right: Node, finding: Finding) -> Finding:
        """The finding, or a doubt where a derivative is right of what a name was before."""
        is_right = finding.verdict in (HOLDS, OTHER_LAYOUT)
        name = self._stated_by(left, right)
        if name and is_right:
            self.stated.add(name)
            self.anew.discard(name)
        elif name and name in self.stated and finding.verdict == NOT_UNDERSTOOD:
            self.anew.add(name)
        if not is_right or not self.anew:
            return finding
        parts = (part for side in (left, right) for part in side.everything if isinstance(part, kinds.Derivative))
        of_first = next((top for top in (name_of(part.top) for part in parts) if top in self.anew), "")
        return Finding(NOT_UNDERSTOOD, OF_LAST.format(of_first, of_first)) if of_first else finding

    def _stated_by(self, left: Node, right: Node) -> str:
        """The name of a function that an equality states with its argument; empty for none, and for the exercise's own names."""
        is_function = without_argument(left) is not left and (left.kinds | right.kinds).isdisjoint(_DERIVED)
        return name_of(left) if is_function and not is_of_exercise(self.context.views, name_of(left)) else ""
