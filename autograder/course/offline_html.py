"""A notebook as one HTML file that opens without a network: formulas typeset, figures and fonts inside, no script.

`OfflineHTMLExporter` is strict, for the course's own solutions: whatever could not be shown is an error that names the
cell. `FeedbackExporter` takes what students write: a formula that cannot be typeset is shown as its source, and what
would fetch or run something is left out.
"""

import base64
import re
import secrets
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat import NotebookNode
from traitlets import Bool, default
from traitlets.config import Config

from autograder.course.markdown_maths import Formula, find_formulas, markdown_to_html
from autograder.course.page_checks import PageError, contents, make_offline, raw_tex
from autograder.course.typeset import MATH_CSS, FormulaError, check_formula, typeset

__all__ = [
    "FeedbackExporter",
    "Formula",
    "FormulaError",
    "OfflineHTMLExporter",
    "PageError",
    "check_formula",
    "find_formulas",
    "page_css",
    "render_offline",
    "typeset_or_source",
]

_ASSETS = Path(__file__).parent / "assets"
_FONTS = (
    ("STIX Two Math", "stix-two-math", "normal", "400"),
    ("STIX Two Text", "stix-two-text", "normal", "400"),
    ("STIX Two Text", "stix-two-text-italic", "italic", "400"),
    ("STIX Two Text", "stix-two-text-bold", "normal", "700"),
)


@cache
def page_css() -> str:
    """The whole style of a page, fonts included; other pages with typeset formulas may use it too."""
    faces = []
    for family, name, style, weight in _FONTS:
        data = base64.b64encode((_ASSETS / f"{name}.woff2").read_bytes()).decode()
        source = f'src: url("data:font/woff2;base64,{data}") format("woff2")'
        faces.append(
            f'@font-face {{ font-family: "{family}"; font-style: {style}; font-weight: {weight}; {source}; }}\n'
        )
    return "".join(faces) + (_ASSETS / "page.css").read_text(encoding="utf-8") + MATH_CSS


def typeset_or_source(formula: str, display: bool = False) -> str:
    """HTML of a formula that anyone may have written: typeset, or where that cannot be done its source as code."""
    try:
        markup = typeset(formula, display)
    except FormulaError as error:
        reason = escape(f"This formula could not be typeset: {error}")
        markup = f'<code class="untypeset" title="{reason}">{escape(formula.strip(), quote=False)}</code>'
    return f'<span class="formula">{markup}</span>' if display else markup


def render_offline(notebook: NotebookNode, *, strict: bool = True) -> str:
    """The page of an executed notebook; the same notebook gives the same page.

    Raises `PageError` if `strict` and something cannot be shown offline: a formula that cannot be typeset (the message
    names the cell and the formula), a picture that is not in the notebook, a script.
    """
    exporter = OfflineHTMLExporter(strict=strict, embed_images=strict)
    return exporter.from_notebook_node(notebook)[0]


class OfflineHTMLExporter(HTMLExporter):
    """nbconvert's exporter of pages that need nothing but themselves."""

    strict = Bool(True, help="Whether something that cannot be shown is an error, rather than left out.").tag(
        config=True
    )

    @property
    def default_config(self) -> Config:
        """nbconvert's own, with the page's template named for this class.

        nbgrader sets HTMLExporter.template_name when it writes feedback; a setting for a subclass is the stronger one.
        """
        config = Config({type(self).__name__: {"template_name": "offline", "extra_template_basedirs": [str(_ASSETS)]}})
        config.merge(super().default_config)
        return config

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """The filter that templates use for Markdown, with formulas typeset."""
        cell = context.get("cell", {})

        def strictly(formula: str, display: bool) -> str:
            try:
                check_formula(formula)
            except FormulaError as error:
                raise PageError(f"{_name_of(cell)}: {error} in the formula {formula.strip()!r}") from error
            return typeset_or_source(formula, display)

        def set_aside(formula: str, display: bool = False) -> str:
            return self._set_aside.put((strictly if self.strict else typeset_or_source)(formula, display))

        return markdown_to_html(
            source,
            set_aside,
            attachments=cell.get("attachments", {}),
            embed_images=self.embed_images,
            path=context.get("resources", {}).get("metadata", {}).get("path", ""),
        )

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert a notebook. Raises `PageError` as `render_offline` does."""
        self._set_aside = _SetAside()
        # HTMLExporter would parse the whole page to complete a few attributes, which ours has, and write it out again.
        resources = self._init_resources(resources)
        language = nb.metadata.get("language_info", {})
        lexer = language.get("pygments_lexer", language.get("name", "ipython3"))
        self.register_filter("highlight_code", Highlight2HTML(pygments_lexer=lexer, parent=self))
        data_types = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("filter_data_type", data_types)
        html, resources = TemplateExporter.from_notebook_node(self, nb, resources, **options)
        page = BeautifulSoup(html, "html.parser")
        problems = make_offline(page)
        if self.strict and (problems or (problems := raw_tex(page))):
            raise PageError("; ".join(problems))
        contents(page)
        style = page.new_tag("style")
        style.string = page_css()  # only now: what is above looks for addresses in every other style
        page.head.append(style)
        return self._set_aside.restore(str(page)), resources


class _SetAside:
    """Formulas wait here while the page is cleaned: they are our own and safe, and most of the elements of a page.

    A mark of private characters stands in the page for each. It holds a secret, so that no student can write one.
    """

    def __init__(self) -> None:
        self._formulas: list[str] = []
        self._secret = _private(secrets.token_hex(16))

    def put(self, html: str) -> str:
        self._formulas.append(html)
        return f"\ue000{self._secret}\ue001{_private(f'{len(self._formulas) - 1:x}')}\ue002"

    def restore(self, page: str) -> str:
        pattern = f"\ue000{self._secret}\ue001([\ue010-\ue01f]+)\ue002"

        def formula(mark: re.Match) -> str:
            return self._formulas[int(_public(mark[1]), 16)]

        def letters(mark: re.Match) -> str:
            return re.sub("<[^>]+>", "", formula(mark))

        # A title is text alone.
        page = re.sub("(?s)<title>.*?</title>", lambda title: re.sub(pattern, letters, title[0]), page, count=1)
        return re.sub(pattern, formula, page)


def _private(digits: str) -> str:
    return "".join(chr(0xE010 + int(digit, 16)) for digit in digits)


def _public(characters: str) -> str:
    return "".join(f"{ord(character) - 0xE010:x}" for character in characters)


class FeedbackExporter(OfflineHTMLExporter):
    """The exporter for what students wrote."""

    @default("strict")
    def _lenient(self) -> bool:
        return False


def _name_of(cell: Any) -> str:
    name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") or cell.get("id", "")
    first = next((line for line in cell.get("source", "").splitlines() if line.strip()), "")
    return f"cell {name!r} ({first[:60]})" if name else f"the cell that begins {first[:60]!r}"
