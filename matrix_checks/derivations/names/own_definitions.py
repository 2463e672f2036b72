"""A text's own definitions as a view, where it is not quite about the exercise."""

from dataclasses import dataclass, field

from matrix_checks.derivations.values.exercise import View


@dataclass(frozen=True)
class OwnDefinitions:
    """What a text is about by its own definitions.

    Attributes
    ----------
    view
        All of them.
    held
        The same where statistics are those that were kept; ``None`` where the text does not speak of that.
    shapes
        Of all names that they have.
    arguments
        The ``x`` of each ``f`` that is stated as ``f(x)``.
    varied
        What the text differentiates by, and the arguments of its functions.
    others
        The same in other ways: without what gives a name of the exercise another meaning, or with a loss that is a number for sure.
    """

    view: View
    held: View | None
    shapes: dict[str, tuple[str, str]]
    arguments: dict[str, str] = field(default_factory=dict)
    varied: frozenset[str] = frozenset()
    others: "tuple[OwnDefinitions, ...]" = ()
