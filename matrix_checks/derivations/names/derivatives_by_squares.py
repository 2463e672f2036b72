r"""The derivative by the square of a number that the text has introduced by it: by ``s^2`` it is the derivative by ``s``, divided by ``2s``."""

from collections.abc import Set

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import TWO
from matrix_checks.derivations.expressions.kinds import Node, bare, whole_of


def with_derivatives_by_squares(node: Node, own: Set[str]) -> Node:
    """The same with derivatives by letters in the place of those by their squares; of ``own`` letters, for others may be meant otherwise."""

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        if not isinstance(node, kinds.Derivative):
            return node
        bottom = bare(node.bottom)
        if not isinstance(bottom, kinds.Power) or bottom.exponent != TWO or not _is_letter(bottom.body, own):
            return node
        doubled = kinds.Product((TWO, bottom.body), ("",))
        return kinds.Group(kinds.Quotient(kinds.Derivative(node.top, bottom.body), doubled))

    return change(node)


def _is_letter(node: Node, own: Set[str]) -> bool:
    letter = bare(whole_of(node))
    return isinstance(letter, kinds.Name) and letter.text in own
