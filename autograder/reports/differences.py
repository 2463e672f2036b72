"""What changed since the version that was graded before: texts as differences of lines, points before and after."""

from dataclasses import dataclass
from difflib import unified_diff
from functools import lru_cache

from autograder.grading.work import Work

# A comparison of more lines takes long, and nobody reads it.
MOST_LINES = 400
MOST_LETTERS = 20_000


@dataclass(frozen=True)
class Difference:
    """One write-up or function that is another than before.

    Attributes
    ----------
    name
        The ``grade_id`` of the write-up, or the name of the function.
    lines
        Pairs of a kind (``added``, ``removed``, ``place`` or ``same``) and a line; none where only the points changed.
    before, after
        Points that the check gave or the reader suggests; ``None`` where there are none.
    is_too_long
        Whether the lines are left out because there are too many.
    """

    name: str
    lines: tuple[tuple[str, str], ...]
    before: float | None
    after: float | None
    is_too_long: bool = False


def differences(previous: Work, work: Work) -> list[Difference]:
    """What is another than before, in the order of the work."""
    texts_before = {each.writeup: (each.text, each.suggested) for each in previous.writeups}
    texts_before |= {each.function: (each.source, each.points) for each in previous.checks}
    now = [(each.writeup, each.text, each.suggested) for each in work.writeups]
    now += [(each.function, each.source, each.points) for each in work.checks]
    found = []
    for name, text, after in now:
        text_before, before = texts_before.get(name, ("", None))
        if text_before == text and before == after:
            continue
        lines = changed_lines(text_before, text)
        found.append(Difference(name, lines or (), before, after, lines is None))
    return found


_KINDS = {"+": "added", "-": "removed", "@": "place"}


@lru_cache(maxsize=2000)
def changed_lines(before: str, after: str) -> tuple[tuple[str, str], ...] | None:
    """The difference as pairs of a kind and a line; ``None`` where it would be too long."""
    if before == after:
        return ()
    old, new = before.splitlines(), after.splitlines()
    if max(len(old), len(new)) > MOST_LINES or max(len(before), len(after)) > MOST_LETTERS:
        return None
    lines = list(unified_diff(old, new, lineterm="", n=1))[2:]  # without the names of two files
    return tuple((_KINDS.get(line[:1], "same"), line) for line in lines)
