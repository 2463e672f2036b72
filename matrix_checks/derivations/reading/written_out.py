"""A text that is written again with what its names stand for, and where everything in it stood."""

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class WrittenOut:
    """A text that is written again.

    Attributes
    ----------
    text
        What is said before it, and the text.
    place
        Where something in it stands in the text as it was written; -1 for what stands before it.
    may_be_false
        Whether what is false in it is false: a function of the text may be the identity, which nobody says.
    letters
        The letters of labels that numbers stand for now.
    """

    text: str
    place: Callable[[int], int]
    may_be_false: bool = True
    letters: frozenset[str] = frozenset()

    def of(self, other: "WrittenOut") -> "WrittenOut":
        """The same, where another text was written again before, of which this one is made."""
        return replace(self, place=lambda place: -1 if (found := self.place(place)) < 0 else other.place(found))
