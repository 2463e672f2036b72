"""A notebook as one HTML file that opens without a network: formulas typeset, figures and fonts inside, no script.

`OfflineHTMLExporter` is strict, for the course's own solutions: whatever could not be shown is an error that names the
cell. `FeedbackExporter` takes what students write: a formula that cannot be typeset is shown as its source, and what
would fetch or run something is left out.
"""

from collections.abc import Callable
from functools import lru_cache
from html import escape
from itertools import groupby
from time import process_time
from typing import Any

from bs4 import BeautifulSoup
from jinja2 import Environment, pass_context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat import NotebookNode
from traitlets import Bool, Float, default
from traitlets.config import Config

from autograder.pages.accessible import has_long_line, make_accessible
from autograder.pages.compiled_templates import CompiledTemplates
from autograder.pages.delimiters import without_delimiters
from autograder.pages.files_prefix import without_files_prefix
from autograder.pages.kept_cells import MOST_TAGS, KeptCells, Shown, cleaned, is_referred_to, key_of
from autograder.pages.markdown import markdown_to_html
from autograder.pages.marks import mark_of, restored
from autograder.pages.maths import FormulaError, check_formula, typeset_or_source
from autograder.pages.open_ends import without_open_ends
from autograder.pages.pictures import alternative_text
from autograder.pages.punctuation import keep_punctuation
from autograder.pages.sanitize import PageError, contents, make_offline, part, raw_tex
from autograder.pages.style import ASSETS, page_css
from autograder.pages.watchdog import TooMuchTime, bounded_time

SECONDS_PER_TEXT = 20
TOO_LONG = "It took too long to set this text, which is shown as it was written."


def render_offline(notebook: NotebookNode, *, strict: bool = True) -> str:
    """The page of an executed notebook; the same notebook gives the same page.

    Raises `PageError` if `strict` and something cannot be shown offline: a formula that cannot be typeset (the message
    names the cell and the formula), a picture that is not in the notebook, a script.
    """
    exporter = OfflineHTMLExporter(strict=strict, embed_images=strict)
    return exporter.from_notebook_node(notebook)[0]


_TEMPLATES = CompiledTemplates()
_CELLS = KeptCells()
_STYLE = "the style of a page"


class OfflineHTMLExporter(HTMLExporter):
    """nbconvert's exporter of pages that need nothing but themselves."""

    strict = Bool(True, help="Whether something that cannot be shown is an error, rather than left out.").tag(config=True)

    @property
    def default_config(self) -> Config:
        """nbconvert's own, with the page's template named for this class.

        nbgrader sets HTMLExporter.template_name when it writes feedback; a setting for a subclass is the stronger one. So
        are these for the filters and the preprocessors, which the course sets for formgrader's page.
        """
        own = {"template_name": "offline", "extra_template_basedirs": [str(ASSETS)], "filters": {}, "preprocessors": []}
        config = Config({type(self).__name__: own})
        config.merge(super().default_config)
        return config

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.bytecode_cache = _TEMPLATES
        return environment

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

        attachments = cell.get("attachments", {})
        path = context.get("resources", {}).get("metadata", {}).get("path", "")
        if self.strict or attachments or self.embed_images:
            typesetter = strictly if self.strict else typeset_or_source
            options = {"attachments": attachments, "embed_images": self.embed_images, "path": path}
            html, formulas = _with_marks(source, typesetter, **options)
            self._is_plain = False
        else:
            html, formulas = _lenient_with_marks(source)
        self._set_aside.update(formulas)
        return html

    @pass_context
    def shown(self, context: Any, show: Callable[[], str]) -> str:
        """The filter that templates use for what shows a cell."""
        return show()

    def _html_output(self, source: str) -> str:
        return without_open_ends(source)

    def _highlight(self, source: str, lexer: str) -> str:
        html, mark = _highlighted(source, lexer)
        self._set_aside[mark] = html
        return mark

    def from_notebook_node(  # type: ignore[override]  # as nbconvert's own HTMLExporter has it
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert a notebook. Raises `PageError` as `render_offline` does."""
        self._set_aside: dict[str, str] = {}
        # Whether the cell that is being shown is in time, and of such HTML only as ends in it.
        self._is_plain = True
        # HTMLExporter would parse the whole page to complete a few attributes, which ours has, and write it out again.
        resources = self._init_resources(resources)
        language = nb.metadata.get("language_info", {})
        lexer = language.get("pygments_lexer", language.get("name", "ipython3"))

        self.register_filter("highlight_code", lambda source, metadata=None: self._highlight(source, lexer))
        data_types = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("filter_data_type", data_types)
        # What the HTML of a cell depends on besides the cell.
        shown = (data_types.display_data_priority, nb.metadata.get("widgets"), self.embed_images, str(self.filters))
        self._settings = (type(self).__name__, lexer, *shown)
        self.register_filter("strip_files_prefix", without_files_prefix)
        self.register_filter("html_output", self._html_output)
        self.register_filter("without_delimiters", without_delimiters)
        self.register_filter("alternative_text", alternative_text)
        self.register_filter("shown", self.shown)
        html, resources = TemplateExporter.from_notebook_node(self, nb, resources, **options)
        page = BeautifulSoup(html, "html.parser")
        problems = make_offline(page)
        if self.strict and (problems or (problems := raw_tex(page))):
            raise PageError("; ".join(problems))
        make_accessible(page)
        keep_punctuation(page)
        # A page that leads with an overview has its contents in that.
        contents(page, listed=_OVERVIEW not in resources)
        style = page.new_tag("style")
        # Only now: what is above looks for addresses in every other style.
        style.string = mark = mark_of(_STYLE)
        self._set_aside[mark] = page_css()
        part(page, "head").append(style)
        return restored(str(page), self._set_aside), resources


# Among the resources of a notebook: what its page begins with.
_OVERVIEW = "overview"
# Of what a student wrote, in one page: each takes a reader of HTML two thousand bytes and a tenth of a millisecond.
MOST_ELEMENTS = 300_000


def _with_marks(source: str, typesetter: Callable[[str, bool], str], **options: Any) -> tuple[str, dict[str, str]]:
    formulas: dict[str, str] = {}

    def set_aside(formula: str, display: bool = False) -> str:
        html = typesetter(formula, display)
        mark = mark_of(html)
        formulas[mark] = html
        return mark

    return without_open_ends(markdown_to_html(source, set_aside, **options)), formulas


# The cells of a course are the same in every submission but for the students' own.
@lru_cache(maxsize=1000)
def _lenient_with_marks(source: str) -> tuple[str, dict[str, str]]:
    """HTML that is cleaned already, with a mark for all that the page's table of contents and its links do not need to see."""
    html, formulas = _with_marks(source, typeset_or_source, attachments={}, embed_images=False, path="")
    fragment = BeautifulSoup(without_files_prefix(html), "html.parser")
    make_offline(fragment)
    make_accessible(fragment)
    keep_punctuation(fragment)
    shown, set_aside = "", dict(formulas)
    for seen, children in groupby(fragment.contents, is_referred_to):
        html = "".join(map(str, children))
        if not seen:
            html = restored(html, formulas)
            set_aside[mark_of(html)] = html
        shown += html if seen else mark_of(html)
    return shown, set_aside


def _too_long(source: str) -> str:
    return f'<p class="missing">{TOO_LONG}</p>\n<pre>{escape(source, quote=False)}</pre>'


@lru_cache(maxsize=1000)
def _highlighted(source: str, lexer: str) -> tuple[str, str]:
    html = Highlight2HTML(pygments_lexer=lexer)(source)
    if has_long_line(source):
        html = html.replace("<pre>", '<pre tabindex="0">', 1)
    return html, mark_of(html)


class FeedbackExporter(OfflineHTMLExporter):
    """The exporter for what students wrote. A text that takes too long to be set is shown as it was written."""

    text_seconds = Float(SECONDS_PER_TEXT, help="Seconds of processor time that one text or one piece of code may take.").tag(
        config=True
    )
    page_seconds = Float(60, help="Seconds of processor time for all of them; the rest is shown as it was written.").tag(
        config=True
    )

    @default("strict")
    def _lenient(self) -> bool:
        return False

    def from_notebook_node(  # type: ignore[override]  # as nbconvert's own HTMLExporter has it
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert a notebook."""
        self._seconds_left = self.page_seconds
        self._elements_left = MOST_ELEMENTS
        return super().from_notebook_node(nb, resources, **options)

    @pass_context
    def shown(self, context: Any, show: Callable[[], str]) -> str:
        """As it was shown before, where that is so: most cells are the course's own."""
        cell, resources = context["cell"], context["resources"]
        settings = (self._settings, bool(resources.get(_OVERVIEW)), resources["global_content_filter"])
        key = key_of(cell, settings) if cell.cell_type in ("code", "markdown") else None
        if key is None:
            return show()
        found = _CELLS.get(key)
        if found is None or found.elements > self._elements_left:
            return self._shown_first(key, show)
        self._elements_left -= found.elements
        self._set_aside.update(found.set_aside)
        return found.html

    def _shown_first(self, key: bytes, show: Callable[[], str]) -> str:
        before, left = self._set_aside, self._elements_left
        self._set_aside, self._is_plain = {}, True
        html = show()
        own, self._set_aside = self._set_aside, before
        if self._is_plain and html.count("<") <= MOST_TAGS:
            html, own = cleaned(html, own)
            _CELLS.keep(key, Shown(html, own, left - self._elements_left))
        self._set_aside.update(own)
        return html

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """As in the other pages, within the time."""
        return self._in_time(source, lambda: super(FeedbackExporter, self).markdown2html(context, source))

    def _highlight(self, source: str, lexer: str) -> str:
        return self._in_time(source, lambda: super(FeedbackExporter, self)._highlight(source, lexer))

    def _html_output(self, source: str) -> str:
        self._is_plain = False

        def tried() -> str:
            # With the rest of the page it will be parsed again, when it is too late to leave it out.
            html = super(FeedbackExporter, self)._html_output(source)
            BeautifulSoup(html, "html.parser")
            return html

        return self._in_time(source, tried)

    def _in_time(self, source: str, show: Callable[[], str]) -> str:
        start = process_time()
        self._elements_left -= source.count("<")
        try:
            if self._elements_left < 0:
                raise TooMuchTime
            with bounded_time(min(self.text_seconds, self._seconds_left)):
                return show()
        except TooMuchTime:
            self._is_plain = False
            return _too_long(source)
        finally:
            self._seconds_left -= process_time() - start


def _name_of(cell: Any) -> str:
    name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") or cell.get("id", "")
    first = next((line for line in cell.get("source", "").splitlines() if line.strip()), "")
    return f"cell {name!r} ({first[:60]})" if name else f"the cell that begins {first[:60]!r}"
