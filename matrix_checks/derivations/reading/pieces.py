"""A piece of a write-up: a formula, or the prose between two."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from matrix_checks.derivations.reading.macros import Expanded


@dataclass(frozen=True)
class Piece:
    """A formula of a write-up, or the prose between two.

    Attributes
    ----------
    source
        The text, without dollar signs and with macros replaced.
    kind
        ``prose``, ``inline`` or ``display``.
    start
        Where it begins in the Markdown.
    inside
        Where its source begins there.
    written
        The source as it was written.
    """

    source: str
    kind: str
    start: int
    inside: int = 0
    written: Expanded = field(default=Expanded("", ""), compare=False)

    def place(self, place: int) -> int:
        """Where something in the source stands in the Markdown."""
        return self.inside + self.written.place(place)


def prose_at(found: Sequence[Piece], place: int) -> str:
    """The prose at a place of a text; empty where a formula stands there, or nothing."""
    return found[place].source if 0 <= place < len(found) and found[place].kind == "prose" else ""
