"""White space that goes on for hundreds of characters, cut down before a text is read: nobody writes it, and every pattern would go through it."""

import re
from bisect import bisect_right
from dataclasses import dataclass

# In characters. Of a longer gap both ends stay, and a blank line, if there was one.
LONGEST = 200
_END = 60
_GAP = re.compile(rf"\s{{{LONGEST + 1},}}+")


@dataclass(frozen=True)
class Shortened:
    """A text without its long gaps.

    Attributes
    ----------
    text
        What is read.
    starts, shifts
        Where each stretch of it begins, and how much further that stands in the text as it was written.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def place(self, place: int) -> int:
        """Where something stands in the text as it was written; what has no place has none there."""
        return place + self.shifts[bisect_right(self.starts, place) - 1] if place >= 0 else place


def without_long_gaps(text: str) -> Shortened:
    """A text in which no white space is longer than a page is wide and high."""
    parts: list[str] = []
    starts, shifts, written, end = [0], [0], 0, 0
    for gap in _GAP.finditer(text):
        run = gap[0]
        kept = run[:_END] + "\n" * min(run[_END:-_END].count("\n"), 2) + run[-_END:]
        parts += [text[end : gap.start()], kept]
        written += gap.start() - end + len(kept)
        end = gap.end()
        starts.append(written)
        shifts.append(end - written)
    return Shortened("".join([*parts, text[end:]]), tuple(starts), tuple(shifts))
