"""What formgrader shows of a submission: its own page with the marking form, and of the student's nothing that is live.

formgrader's page has the rights of the person who marks, so a script in it could give itself marks. nbgrader makes it by
`HTMLExporter(config=...)`; the two settings here, a preprocessor and filters, are for that. They work on the copy that is
shown: the notebook on disk, which is read and checked, stays as it was handed in.
"""

import base64
import binascii
import re
import secrets
from html import escape
from typing import Any

from jinja2 import DictLoader, pass_context
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbformat.v4.nbbase import nbformat, nbformat_minor

from autograder.pages.allow_list import allowed_html, as_text, is_entangled
from autograder.pages.markdown import MathsRenderer, markdown_to_html
from autograder.pages.maths import typeset_or_source
from autograder.pages.style import font_faces, maths_css

MAXIMAL_LETTERS = 30_000  # of a text that is rendered
MAXIMAL_LETTERS_SHOWN = 100_000  # of a text that is not
# Reading Markdown may take time that grows with the square of its length; so it is squares that a page may spend.
PAGE_ALLOWANCE = 3 * MAXIMAL_LETTERS**2
_PICTURES = ("image/png", "image/jpeg")
_INLINE_PICTURE = re.compile(r"data:(image/(?:png|jpeg|gif|webp));base64,([A-Za-z0-9+/=]{1000,})")
_SCROLLER = '<div class="scroll" tabindex="0" role="group" aria-label="Table">'
_CSS = ".formula { display: block; margin: 1em 0; overflow-x: auto; text-align: center; } .untypeset { color: #a00000; }"

# formgrader's page asks a distant host for MathJax, and waits for it before it looks after the keyboard. Its formulas are
# typeset already. The policy is a second wall: nothing is fetched from another host, nothing is embedded.
_NO_MATHJAX = """{%- macro mathjax(url="") -%}
<meta http-equiv="Content-Security-Policy" content="default-src 'self' data: 'unsafe-inline' 'unsafe-eval'; \
connect-src 'self'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'"/>
<script>
var MathJax = {Hub: {Startup: {signal: {Interest: function (hear) { setTimeout(function () { hear("End"); }, 0); }}}}};
</script>
{%- endmacro %}"""


class NothingLive(Preprocessor):
    """Makes the notebook anew from what may be shown of it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if self.parent is not None:
            self.parent.environment.loader.loaders.insert(0, DictLoader({"mathjax.html.j2": _NO_MATHJAX}))

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook to show. The names of a student, which may be the name of a folder, become plain text."""
        for name in ("student", "first_name", "last_name", "notebook_path"):
            if resources.get(name):
                resources[name] = escape(str(resources[name]))
        resources.setdefault("inlining", {}).setdefault("css", []).append(font_faces() + maths_css() + _CSS)
        allowance = _Allowance()
        shown = new_notebook(
            cells=[_shown_cell(cell, f"cell-{number}", allowance) for number, cell in enumerate(nb.cells)],
            metadata={"language_info": {"name": "python"}},
        )
        shown.nbformat, shown.nbformat_minor = nbformat, nbformat_minor
        return shown, resources


class _Allowance:
    """What rendering the texts of one page may still cost."""

    def __init__(self) -> None:
        self.left = PAGE_ALLOWANCE

    def takes(self, text: str) -> bool:
        cost = (500 + len(text)) ** 2
        if len(text) > MAXIMAL_LETTERS or cost > self.left:
            return False
        self.left -= cost
        return True


def _shown_cell(cell: NotebookNode, name: str, allowance: _Allowance) -> NotebookNode:
    source = str(cell.get("source", ""))
    metadata: dict[str, Any] = {}
    if nbgrader := _of_nbgrader(cell):
        metadata["nbgrader"] = nbgrader
    if cell.get("cell_type") == "code":
        count = cell.get("execution_count")
        return new_code_cell(
            _cut(source),
            id=name,
            metadata=metadata,
            execution_count=count if type(count) is int else None,
            outputs=[_shown_output(output, allowance) for output in cell.get("outputs", [])],
        )
    if cell.get("cell_type") != "markdown":
        return new_raw_cell(as_text(_cut(source)), id=name)
    attachments = _attachments(cell)
    source = _without_inline_pictures(source, attachments)
    if not allowance.takes(source):
        metadata["as_text"] = True
        source = _cut(source)
    return new_markdown_cell(source, id=name, metadata=metadata, attachments=attachments)


def _of_nbgrader(cell: NotebookNode) -> dict[str, Any] | None:
    """What the marking form is made of."""
    given = cell.get("metadata", {}).get("nbgrader")
    if not isinstance(given, dict):
        return None
    flags = {name: given.get(name) is True for name in ("grade", "solution", "task", "locked")}
    points: Any = given.get("points")
    is_number = type(points) in (int, float) and abs(points) < 1e9
    return {**flags, "grade_id": escape(str(given.get("grade_id", ""))), "points": float(points) if is_number else 0.0}


def _attachments(cell: NotebookNode) -> dict[str, dict[str, str]]:
    """The pictures of a cell that are pictures."""
    given = cell.get("attachments")
    shown: dict[str, dict[str, str]] = {}
    for name, data in given.items() if isinstance(given, dict) else ():
        for kind, encoded in data.items() if isinstance(data, dict) else ():
            if kind.startswith("image/") and (picture := _base64(encoded)):
                shown.setdefault(name, {})[kind] = picture
    return shown


def _without_inline_pictures(source: str, attachments: dict[str, dict[str, str]]) -> str:
    """The text with its long pictures as attachments: some editors write them into it, and the prose is bounded."""

    def attach(found: re.Match) -> str:
        name = f"inline-picture-{len(attachments)}"
        attachments[name] = {found[1]: found[2]}
        return f"attachment:{name}"

    return _INLINE_PICTURE.sub(attach, source)


def _base64(data: Any) -> str:
    try:
        return base64.b64encode(base64.b64decode("".join(str(data).split()), validate=True)).decode()
    except (binascii.Error, ValueError):
        return ""


def _shown_output(output: NotebookNode, allowance: _Allowance) -> NotebookNode:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return new_output("stream", name=name, text=_cut(str(output.get("text", ""))))
    if kind == "error":
        lines = output.get("traceback")
        text = "\n".join(map(str, lines)) if isinstance(lines, list) else str(lines)
        return new_output("error", ename="", evalue="", traceback=[_cut(text)])
    data = output.get("data")
    shown, size = _shown_data(data if isinstance(data, dict) else {}, output.get("metadata"), allowance)
    return new_output("display_data", shown, metadata=size)


def _shown_data(data: dict[str, Any], metadata: Any, allowance: _Allowance) -> tuple[dict[str, str], dict[str, Any]]:
    """The best of an output's forms that may be shown, in nbconvert's order, and the size of a picture."""
    for kind in ("text/html", "text/markdown", "text/latex"):
        if isinstance(data.get(kind), str):
            return {"text/html": _rendered(kind, data[kind], allowance)}, {}
    if isinstance(data.get("image/svg+xml"), str):
        return {"image/svg+xml": data["image/svg+xml"]}, {}  # drawn as a picture, in which nothing runs
    for kind in _PICTURES:
        if picture := _base64(data.get(kind, "")):
            size = metadata.get(kind) if isinstance(metadata, dict) else None
            size = size if isinstance(size, dict) else {}
            numbers = {name: size[name] for name in ("width", "height") if type(size.get(name)) is int}
            return {kind: picture}, {kind: numbers}
    if isinstance(data.get("text/plain"), str):
        return {"text/plain": _cut(data["text/plain"])}, {}
    return {"text/plain": f"[not shown here: {', '.join(map(str, data))[:200]}]"}, {}


def _rendered(kind: str, text: str, allowance: _Allowance) -> str:
    pictures: dict[str, dict[str, str]] = {}
    text = _without_inline_pictures(text, pictures)
    if not allowance.takes(text):
        return as_text(_cut(text))
    return _to_html(text, pictures, is_html=kind == "text/html")


def _cut(text: str) -> str:
    left_out = len(text) - MAXIMAL_LETTERS_SHOWN
    return text if left_out <= 0 else f"{text[:MAXIMAL_LETTERS_SHOWN]}\n[{left_out} letters more]"


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


def safe_html(source: str) -> str:
    """A Markdown text that anyone may have written, for a page that shows others': text, tables and pictures, and no style of its own.

    What may be wider than a phone is reached by keys.
    """
    pictures: dict[str, dict[str, str]] = {}
    text = _without_inline_pictures(source, pictures)
    if len(text) > MAXIMAL_LETTERS:
        return as_text(_cut(text))
    # What comes of the allow list is closed where it was opened, and its tables have no attributes.
    html = _to_html(text, pictures, by_keys=True).replace("<table>", f"{_SCROLLER}<table>")
    return html.replace("</table>", "</table></div>")


def _to_html(text: str, attachments: dict[str, dict[str, str]], *, is_html: bool = False, by_keys: bool = False) -> str:
    """Markdown, or HTML, as HTML with its formulas typeset and nothing live.

    The formulas are ours. A mark stands for each while the rest is cleaned, with a secret that no student can know.
    """
    secret = secrets.token_hex(16)
    formulas: list[str] = []

    def set_aside(formula: str, display: bool = False) -> str:
        # In formgrader, the keys of whoever marks lead from mark to mark.
        formulas.append(typeset_or_source(formula, display, by_keys=by_keys))
        return f"\ue000{secret}-{len(formulas) - 1}\ue001"

    options = {"attachments": attachments, "embed_images": False, "path": ""}
    if is_html:
        html = _Renderer(set_aside, **options).block_html(text)
    else:
        html = markdown_to_html(text, set_aside, renderer=_Renderer, **options)
    if is_entangled(html):
        return as_text(text)
    return re.sub(f"\ue000{secret}-([0-9]+)\ue001", lambda mark: formulas[int(mark[1])], allowed_html(html))


@pass_context
def safe_markdown(context: Any, source: str) -> str:
    """The filter for a Markdown cell."""
    cell = context.get("cell", {})
    if cell.get("metadata", {}).get("as_text") or len(source) > MAXIMAL_LETTERS:
        return as_text(_cut(source))
    return _to_html(source, cell.get("attachments", {}))


def safe_code(source: str, metadata: Any = None) -> str:
    """The filter for code; the notebook has no say in what language it is."""
    return Highlight2HTML(pygments_lexer="ipython3")(source) if len(source) <= MAXIMAL_LETTERS else as_text(source)


def unchanged(html: str) -> str:
    """The filter in the place of one that looks for links to files, of which there are none."""
    return html


FILTERS = {
    "markdown2html": safe_markdown,
    "highlight_code": safe_code,
    "clean_html": allowed_html,
    "strip_files_prefix": unchanged,
}
