"""Every page of the course in a real browser: on a desktop, on a phone, dark and in print. Those of a class have files of their own."""

import re
from collections.abc import Collection
from pathlib import Path

import nbformat
import pytest

from autograder.pages.page import FeedbackExporter, render_offline
from tests.browser import opened_browser, violations
from tests.conftest import notebook_of, read_notebook

VIEWS = {
    "desktop": {"width": 1280},
    "phone": {"width": 390},
    "dark": {"width": 1280, "dark": True},
    "dark phone": {"width": 390, "dark": True},
    "print": {"width": 670, "printed": True},
}
# Each width and each set of colours is looked through for barriers once: a large page takes seconds.
LOOKED_THROUGH = {"desktop", "dark phone"}
# What a reader sees, code and formulas aside: a formula that was not typeset is shown as its source.
PROSE = """(() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll("style, script, pre, code:not(.untypeset), math").forEach(element => element.remove());
    return copy.textContent;
})()"""


@pytest.fixture(scope="module")
def tab():
    with opened_browser() as opened:
        yield opened


def problems_of(tab, page: Path, looked_through: Collection[str] = LOOKED_THROUGH) -> list[str]:
    """A sentence for each thing that is wrong with a page in one of the views; axe looks through some, which takes seconds."""
    found = []
    tab.requests.clear()
    tab.messages.clear()
    tab.open(page.as_uri())
    raw = re.findall(r"\\[a-zA-Z]+.{0,30}|\$\$", tab.value(PROSE))
    found += [f"raw TeX: {formula}" for formula in raw]
    for name, view in VIEWS.items():
        tab.show(**view)
        width = tab.value("document.documentElement.scrollWidth")
        found += [f"{name}: the page is {width} pixels wide"] if width > view["width"] else []
        found += [f"{name}: {violation}" for violation in violations(tab)] if name in looked_through else []
    found += [f"the console says: {message}" for message in tab.messages]
    return found + [f"asked for {url[:300]}" for url in tab.requests if url != page.as_uri() and not url.startswith("data:")]


def test_a_solutions_page_is_whole_in_every_view(tab, assignment, tmp_path) -> None:
    page = tmp_path / "page.html"
    page.write_text(render_offline(read_notebook(notebook_of("solutions", assignment))), encoding="utf-8")
    assert problems_of(tab, page, {"desktop"}) == []


def test_what_is_wrong_with_a_page_is_found(tab, tmp_path) -> None:
    """Lest the tests above pass because nothing is looked at."""
    page = tmp_path / "page.html"
    text = (
        "<p style='width: 2000px; color: #ccc; background: #fff'>pale \\alpha</p><img src='missing.png'><script>missing()</script>"
    )
    page.write_text(f"<!DOCTYPE html><html lang='en'><title>t</title><main><h1>t</h1>{text}</main>", encoding="utf-8")
    found = "\n".join(problems_of(tab, page))
    for words in ("raw TeX: \\alpha", "phone: the page is 2", "print: the page is 2", "dark phone: color-contrast", "image-alt"):
        assert words in found
    assert "the console says" in found and "asked for" in found and "missing.png" in found


def test_a_formula_that_cannot_be_typeset_is_found(tab, tmp_path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Title\n\n$\\foo{x}$")])
    page = tmp_path / "page.html"
    page.write_text(FeedbackExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    assert [problem for problem in problems_of(tab, page) if "raw TeX: \\foo" in problem]
