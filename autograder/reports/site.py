"""The folder of the reports: pages from templates, their style and fonts once beside them. Everything opens from disk, offline.

A page's own script stands inside it, and its Content-Security-Policy names the hash of that script: nothing else runs. What
students wrote goes through :func:`text_html`, and whatever a template is given besides is escaped.
"""

import base64
import hashlib
import os
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.pages.marking_pages import safe_html
from autograder.pages.maths import typeset_or_source
from autograder.pages.page import SECONDS_PER_TEXT
from autograder.pages.sizes import with_sizes_as_formulas
from autograder.pages.style import ASSETS as FONTS
from autograder.pages.style import linked_css
from autograder.pages.watchdog import TooMuchTime, bounded_time

HERE = Path(__file__).parent
STYLE = "style.css"


class Site:
    """The reports of a course.

    Parameters
    ----------
    folder
        Where they are written; ``reports/`` as a rule.
    """

    def __init__(self, folder: Path):
        self._folder = folder
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        self._environment.filters |= {"text": text_html, "reason": reason_html, "formula": formula_html, "points": points}

    def write_assets(self) -> None:
        """The style and the fonts that all pages share."""
        for font in sorted(FONTS.glob("*.woff2")):
            self._put(f"fonts/{font.name}", font.read_bytes())
        own = (HERE / "assets" / "reports.css").read_text(encoding="utf-8")
        self._put(STYLE, (linked_css("fonts/") + own).encode())

    def write_page(
        self, path: str, template: str, *, script: str | Sequence[str] = (), data: Mapping[str, Any] | None = None, **values: Any
    ) -> Path:
        """Write a page.

        Parameters
        ----------
        path
            From the folder of the reports.
        template
            Its name in ``templates/``; it extends ``base.html.j2``.
        script
            A file in ``assets/`` that runs in the page, or several that run as one, or none.
        data
            What the script reads, as JSON in ``<script type="application/json" id="data">``.
        values
            For the template.

        Returns
        -------
        Path
            The file.
        """
        source = "".join(map(_script, (script,) if isinstance(script, str) else script))
        page = self._environment.get_template(template).render(
            up="../" * path.count("/"),
            script=Markup(source),
            script_hash=base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() if source else "",
            data=data,
            **values,
        )
        return self._put(path, page.encode("utf-8", errors="replace"))

    def remove_pages(self, folder: str, kept: AbstractSet[str]) -> None:
        """Remove the pages of a folder that are not among those that were written now: what they say is no longer so."""
        for page in (self._folder / folder).glob("*.html"):
            if page.name not in kept:
                page.unlink()

    def _put(self, path: str, content: bytes) -> Path:
        file = self._folder / path
        if not (file.is_file() and file.read_bytes() == content):
            file.parent.mkdir(parents=True, exist_ok=True)
            new = file.with_name(f".{file.name}.new")
            new.write_bytes(content)
            os.replace(new, file)
        return file


@lru_cache(maxsize=4000)
def text_html(source: str) -> Markup:
    """A Markdown text that anyone may have written: what the allow list lets through, formulas typeset, without names or style of its own."""
    try:
        with bounded_time(SECONDS_PER_TEXT):
            return Markup(safe_html(source))
    except TooMuchTime:
        return Markup("<pre>{}</pre>").format(source)


def reason_html(source: str) -> Markup:
    """A sentence of a program with formulas, in which sizes that it names are formulas, too."""
    return text_html(with_sizes_as_formulas(source))


def formula_html(source: str, display: bool = False) -> Markup:
    """One formula in TeX, typeset; where that cannot be done, its source."""
    return Markup(typeset_or_source(source, display))


def points(value: float | None) -> str:
    """Points as people write them: ``7``, ``7.5``; a dash where there are none yet."""
    return "–" if value is None else f"{value:g}"


@cache
def _script(name: str) -> str:
    return (HERE / "assets" / name).read_text(encoding="utf-8")
