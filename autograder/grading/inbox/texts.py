"""Comparing the texts of cells: what was released, what is the student's own, which names a cell defines."""

import ast
import difflib
import re

LIKE = 0.75
LONGEST_COMPARED = 3_000
_MATHS = re.compile(r"\$|\\\(|\\\[|\\begin\{")
_PICTURE = re.compile(r"!\[[^\]\n]{0,1000}\]\(|<img\b", re.IGNORECASE)


def squeezed(text: str) -> str:
    """A text without blanks: what editors change without anybody's doing."""
    return "".join(text.split())


def like(one: str, other: str) -> bool:
    """Whether two texts are mostly the same."""
    one, other = one[:LONGEST_COMPARED], other[:LONGEST_COMPARED]
    if not one.strip() or not other.strip():
        return False
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=True)
    return matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE


def defines(source: str, name: str) -> bool:
    """Whether a code cell gives a function its name, at its left margin."""
    return re.search(rf"^(?:(?:async\s+)?def\s+{re.escape(name)}\s*\(|{re.escape(name)}\s*(?::[^=\n]{{0,200}})?=(?!=))", source, re.MULTILINE) is not None


def added_lines(text: str, released: str) -> str:
    """The lines of a changed text that were not released, in their order."""
    counts: dict[str, int] = {}
    for line in released.splitlines():
        counts[line.strip()] = counts.get(line.strip(), 0) + 1
    added = []
    for line in text.splitlines():
        if counts.get(line.strip(), 0) > 0 and line.strip():
            counts[line.strip()] -= 1
        elif line.strip() or added:
            added.append(line)
    return "\n".join(added).strip("\n")


def parses(source: str) -> bool:
    """Whether some lines are Python on their own."""
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def has_maths(text: str) -> bool:
    """Whether a text holds a formula."""
    return _MATHS.search(text) is not None


def has_picture(text: str) -> bool:
    """Whether a text shows a picture."""
    return _PICTURE.search(text) is not None


def some(names: list[str]) -> str:
    """``the cell a`` or ``the cells a, b``."""
    return f"the cell {names[0]}" if len(names) == 1 else f"the cells {', '.join(names)}"
