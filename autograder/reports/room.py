"""Pieces of a page, made once for each distinct text, and the room that they have in it: a sheet stays small whatever was handed in."""

import re
from functools import lru_cache
from html import escape

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.pages.page import SECONDS_PER_TEXT
from autograder.pages.watchdog import TooMuchTime, bounded_time
from autograder.reports.site import formula_html, text_html

# Longer code is no answer to an exercise: it is shown as it is.
LONGEST_CODE = 20_000
# Of letters of a text that is shown as it was written because it takes more room, set, than there is.
LONGEST_SOURCE = 15_000
# Of letters of both sides of a step, in TeX, from which its formula may be broken.
LONG_STEP = 90
_PICTURE = re.compile(rb'data:image/[^"]*')
_ATTACHED = re.compile(r"!\[[^\]\n]{0,200}\]\(\s*attachment:[^)\n]{0,300}\)")
_ELSEWHERE = "*(a picture, shown with what is doubtful)*"
# Pygments, as its documentation says, keeps no state between two calls.
_LEXER, _FORMATTER = PythonLexer(), HtmlFormatter(nowrap=True)


class Room:
    """How many bytes of a page are left.

    Parameters
    ----------
    size
        Of all pieces together; students' own pictures count nothing.
    """

    def __init__(self, size: int):
        self._left = size

    def take(self, *pieces: Markup) -> bool:
        """Whether the pieces still fit in; their room is taken then."""
        size = sum(size_without_pictures(piece.encode(errors="replace")) for piece in pieces)
        if size > self._left:
            return False
        self._left -= size
        return True

    def text(self, source: str) -> Markup:
        """A text that was handed in: typeset; where that does not fit in, as it was written, and of that the beginning."""
        if self.take(html := writeup_html(source)):
            return html
        return self._as_written(source)

    def code(self, source: str) -> Markup:
        """Code that was handed in: coloured, else as it was written."""
        if self.take(html := code_html(source)):
            return html
        return self._as_written(source)

    def _as_written(self, source: str) -> Markup:
        shown = source[: max(0, min(LONGEST_SOURCE, self._left // 2))]
        note = "" if len(shown) == len(source) else f" Here is the beginning, {len(shown)} of {len(source)} characters."
        html = Markup('<p class="missing">This is too long to be set here.{}</p><pre>{}</pre>').format(note, shown)
        self._left -= len(html.encode(errors="replace"))
        return html


def size_without_pictures(html: bytes) -> int:
    """Of a page or a piece of one, in bytes."""
    return len(_PICTURE.sub(b"", html) if b"data:image/" in html else html)


def writeup_html(source: str) -> Markup:
    """A write-up, typeset; pictures of its cell stand elsewhere on the page."""
    return text_html(_ATTACHED.sub(_ELSEWHERE, source))


@lru_cache(maxsize=2000)
def code_html(source: str) -> Markup:
    """Code in the colours of the pages."""
    html = escape(source.strip("\n"))
    if len(source) <= LONGEST_CODE:
        try:
            with bounded_time(SECONDS_PER_TEXT):
                html = highlight(source, _LEXER, _FORMATTER).rstrip("\n")
        except TooMuchTime:
            pass
    return Markup(f'<div class="highlight"><pre>{html}</pre></div>')  # escaped by Pygments, or above


@lru_cache(maxsize=20_000)
def step_html(left: str, sign: str, right: str) -> Markup:
    """One step of a derivation, typeset in a line; a long one may be broken before its sign."""
    if len(left) + len(right) <= LONG_STEP:
        return formula_html(f"{left} {sign} {right}")
    return Markup("{} {}").format(formula_html(left), formula_html(f"{sign} {right}"))
