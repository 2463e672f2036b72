"""Markdown that anyone may have written, as HTML in which nothing is live and nothing passes for a part of the page around it."""

import re
import secrets
from html import escape

from bs4 import BeautifulSoup

from autograder.pages.accessible import make_accessible
from autograder.pages.allow_list import allowed_html, as_text, is_entangled
from autograder.pages.markdown import MathsRenderer, markdown_to_html
from autograder.pages.maths import typeset_or_source

# By name: a type and the picture in base 64.
Attachments = dict[str, dict[str, str]]


class _Renderer(MathsRenderer):
    """Shows where a link leads: a click in a page with such rights is no harmless thing."""

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return text if text == escape(url) else f"{text} (<code>{escape(url)}</code>)"

    def block_html(self, html: str) -> str:
        return self.with_attachments(super().block_html(html))

    def inline_html(self, html: str) -> str:
        return self.with_attachments(super().inline_html(html))

    def with_attachments(self, html: str) -> str:
        def picture(found: re.Match) -> str:
            return found[1] + self._embed_image_or_attachment(found[2]) + found[1]

        return re.sub(r"""(["'])(attachment:[^"'<>\s]+)\1""", picture, html)


def inert_html(text: str, attachments: Attachments | None = None, *, is_html: bool = False, by_keys: bool = False) -> str:
    """Markdown, or HTML, as HTML with its formulas typeset and nothing live.

    The formulas are ours. A mark stands for each while the rest is cleaned, with a secret that no student can know.

    Parameters
    ----------
    text
        What anyone may have written.
    attachments
        Pictures that it may show, by name.
    is_html
        Whether it is HTML rather than Markdown.
    by_keys
        Whether it is for keys and screen readers, too: what may be wider than a phone has a scroller that keys reach. Else the keys of whoever marks lead from mark to mark.
    """
    secret = secrets.token_hex(16)
    formulas: list[str] = []

    def set_aside(formula: str, display: bool = False) -> str:
        formulas.append(typeset_or_source(formula, display, by_keys=by_keys))
        return f"\ue000{secret}-{len(formulas) - 1}\ue001"

    options = {"attachments": attachments or {}, "embed_images": False, "path": ""}
    if is_html:
        html = _Renderer(set_aside, **options).block_html(text)
    else:
        html = markdown_to_html(text, set_aside, renderer=_Renderer, **options)
    if is_entangled(html):
        return as_text(text)
    shown = allowed_html(html)
    if by_keys and any(element in shown for element in ("<table", "<pre", "<img")):
        page = BeautifulSoup(shown, "html.parser")
        make_accessible(page)
        for picture in page.find_all("img", alt=False):
            picture["alt"] = "A picture without a description"
        shown = str(page)
    return re.sub(f"\ue000{secret}-([0-9]+)\ue001", lambda mark: formulas[int(mark[1])], shown)
