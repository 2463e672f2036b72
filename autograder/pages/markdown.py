"""Markdown with mathematics: where the formulas of a text are, and its HTML with every formula typeset.

One parser serves both, so that what the checks look at is what the pages show. A formula stands between `$…$` or
`$$…$$`, between the doubled `\\\\(…\\\\)` or `\\\\[…\\\\]` that notebooks use, or is a bare `\\begin{…}…\\end{…}`; code
is left alone.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer

from autograder.pages.linear_markdown import LinearMarkdown

Typesetter = Callable[[str, bool], str]

_MARKUP = re.compile(r"<(?:!--|(code|pre|script|style)\b)?")
_SOURCE_OF_IMAGE = re.compile(r"""(<img\s(?:[^<>]*?\s)?src\s*=\s*["'])([^"'<>]*)(["'])""", re.IGNORECASE)
_MATHS_IN_HTML = re.compile(r"(?s)(?<!\\)\$\$(.+?)(?<!\\)\$\$|(?<![$\\])\$([^$]+?)(?<![$\\])\$")


class Formula(NamedTuple):
    """A formula of a Markdown text, without its delimiters; `text[start:end]` is the formula with them."""

    source: str
    display: bool
    start: int
    end: int
    line: int  # counted from 1, where the formula begins


class MathsRenderer(IPythonRenderer):
    """nbconvert's renderer with its formulas handed to `typesetter(source, display)`, which returns HTML."""

    def __init__(self, typesetter: Typesetter, **options: Any) -> None:
        super().__init__(escape=False, exclude_anchor_links=True, **options)
        self.typesetter = typesetter

    def inline_math(self, body: str) -> str:
        """A formula in a line of text."""
        return self.typesetter(body, False)

    def block_math(self, body: str) -> str:
        """A displayed formula."""
        return self.typesetter(body, True)

    def latex_environment(self, name: str, body: str) -> str:
        """A bare environment, which is a displayed formula."""
        return self.typesetter(f"\\begin{{{name}}}{body}\\end{{{name}}}", True)

    def block_html(self, html: str) -> str:
        """A block of HTML: notebooks typeset the formulas in its text, for instance in a `<summary>`."""
        pieces = _text_and_markup(html)
        for place in range(0, len(pieces), 2):
            pieces[place] = _MATHS_IN_HTML.sub(lambda found: self.typesetter(found[1] or found[2], bool(found[1])), pieces[place])
        return super().block_html("".join(pieces))

    def _html_embed_images(self, html: str) -> str:
        # A block may be half an element, as in a `<details>` with Markdown inside: a parser would close it at once.
        return _SOURCE_OF_IMAGE.sub(lambda found: found[1] + (self._src_to_base64(found[2]) or found[2]) + found[3], html)

    def _embed_image_or_attachment(self, src: str) -> str:
        try:
            return super()._embed_image_or_attachment(src)
        except InvalidNotebook:  # a lost attachment costs its picture, not the page
            return src


def _text_and_markup(html: str) -> list[str]:
    """HTML in pieces: text, then what is left alone (a comment, code, a tag), then text, and so on."""
    pieces, place, search = [], 0, 0
    # What does not come any more is not looked for again, so that the time grows with the length of the text only.
    missing: set[str] = set()

    def behind(closing: str, start: int) -> int | None:
        end = -1 if closing in missing else html.find(closing, start)
        if end < 0:
            missing.add(closing)
        return end + len(closing) if end >= 0 else None

    while opening := _MARKUP.search(html, search):
        end = behind("-->", opening.end()) if opening[0] == "<!--" else None
        end = behind(f"</{opening[1]}>", opening.end()) if opening[1] else end
        end = end or behind(">", opening.start() + 1)
        if end is None:
            break
        pieces += [html[place : opening.start()], html[opening.start() : end]]
        place = search = end
    return [*pieces, html[place:]]


def markdown_to_html(text: str, typesetter: Typesetter, *, renderer: type[MathsRenderer] = MathsRenderer, **options: Any) -> str:
    """The HTML of a Markdown text; `options` are those of nbconvert's renderer (attachments, embed_images, path)."""
    return LinearMarkdown(renderer(typesetter, **options)).render(text)


def find_formulas(markdown: str) -> list[Formula]:
    """Every formula of a Markdown text in the order of the text, found by the rules of the renderer."""
    finder = _Finder(markdown)
    LinearMarkdown(finder).render(markdown)
    return finder.formulas


class _Finder(MathsRenderer):
    """Renders for the sake of the order of things, and looks each up in the text from where the last one ended.

    The parser keeps no positions: code is looked up too, lest a formula be found in a code span before it.
    """

    def __init__(self, markdown: str) -> None:
        super().__init__(self.note)
        self.markdown = markdown
        self.place = 0
        self.formulas: list[Formula] = []

    def note(self, source: str, display: bool) -> str:
        # In a list or a quotation the continued lines are indented or marked, which the parser has taken away.
        body = r"\n[ \t>]*".join(
            re.escape(line.lstrip()) if place else re.escape(line) for place, line in enumerate(source.split("\n"))
        )
        opening, closing = (r"(?:\$\$|\\\\\[)", r"(?:\$\$|\\\\\])") if display else (r"(?:\$|\\\\\()", r"(?:\$|\\\\\))")
        if source.startswith("\\begin{"):
            opening, closing = f"{opening}?", f"{closing}?"
        found = re.compile(opening + body + closing).search(self.markdown, self.place)
        start, end = found.span() if found else (self.place, self.place)
        self.place = end
        self.formulas.append(Formula(source, display, start, end, self.markdown.count("\n", 0, start) + 1))
        return ""

    def pass_over(self, raw: str) -> None:
        found = self.markdown.find(raw, self.place)
        self.place = self.place if found < 0 else found + len(raw)

    def codespan(self, text: str) -> str:
        self.pass_over("`" + text)
        return ""

    def block_code(self, code: str, info: str | None = None) -> str:
        self.pass_over(code)
        return ""
