"""Every relation sign of a write-up and where it ended: nothing is left out without a word.

============== =============================================================================
judged         it is a step with a verdict
definition     it says what a name stands for
condition      it says when something holds
declaration    it speaks of shapes, of sizes or of the values of an index
not understood it is a step that is left to a person
separator      an arrow, or a sign that is written again where a line breaks
inside         it is part of an expression: the bound of a sum, an index, an argument
remark         it stands in words, below a brace or in a label
not read       the text was too long, or the reader failed
============== =============================================================================
"""

import re

from matrix_checks.derivations.reading.tex import ARROWS, RELATIONS, sign_of, without_comments

JUDGED, DEFINITION, CONDITION, DECLARATION = "judged", "definition", "condition", "declaration"
UNREADABLE, SEPARATOR, INSIDE, REMARK, NOT_READ = "not understood", "separator", "inside", "remark", "not read"

_CANDIDATE = re.compile(r"\\(?:not\s*=|[a-zA-Z]+|.)|<=+>|=+>|--+>|->|<--+|:\s*=|=:|==+|!\s*=|<=|>=|=|[^\x00-\x7f]|[{}]", re.DOTALL)


def signs(source: str) -> list[tuple[int, int, str, bool]]:
    """The relation signs and arrows of a formula, found without reading it.

    Returns
    -------
    list
        For each: where it begins and ends, which it is, and whether it stands outside of all braces.
    """
    found: list[tuple[int, int, str, bool]] = []
    depth = 0
    for match in _CANDIDATE.finditer(without_comments(source)):
        written = match[0]
        if written in "{}":
            depth = max(depth + (1 if written == "{" else -1), 0)
            continue
        sign = sign_of(written)
        if sign in RELATIONS or sign in ARROWS:
            found.append((match.start(), match.end(), sign, not depth))
    return found


class Account:
    """Where the signs of a text ended, by their places."""

    def __init__(self) -> None:
        self._kinds: dict[int, str] = {}

    def __contains__(self, place: int) -> bool:
        return place in self._kinds

    def note(self, place: int, kind: str) -> None:
        """Say where the sign at a place ended; the first word counts."""
        self._kinds.setdefault(place, kind)

    def change(self, place: int, kind: str) -> None:
        """Say of a sign that was noted that it ended elsewhere."""
        if place in self._kinds:
            self._kinds[place] = kind

    def entries(self) -> list[tuple[int, str]]:
        """All signs in the order of the text."""
        return sorted(self._kinds.items())
