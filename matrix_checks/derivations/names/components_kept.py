"""What the letters of a small case stand for."""

from dataclasses import dataclass

from matrix_checks.derivations.expressions.kinds import Node


@dataclass(frozen=True)
class Component:
    """What a letter of a small case stands for.

    Attributes
    ----------
    node
        An entry of an array, or the transpose of one.
    sizes
        How large the arrays are there.
    """

    node: Node
    sizes: tuple[tuple[str, int], ...]


Components = dict[str, Component]
