"""Pages that open without a network: what they show, and what they never hold."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Comment
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from autograder.pages.page import FeedbackExporter, PageError, render_offline

ROOT = Path(__file__).parents[1]
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="  # a picture
FORMULAS = [
    r"[D_{x_0} f] (h) = \langle \nabla f, h \rangle = \mathrm{tr}(\nabla f^\top h)",
    r"\begin{aligned} J &= \lVert X \rVert_F^2 \\ &= \sum_{i=1}^N \underbrace{x_i^2}_{\text{one}} \end{aligned}",
]


def page_of(*cells: nbformat.NotebookNode, strict: bool = True) -> str:
    return render_offline(new_notebook(cells=list(cells)), strict=strict)


def seen(page: str) -> str:
    """What a reader sees of a page, code aside."""
    soup = BeautifulSoup(page, "html.parser")
    for hidden in soup(["style", "pre", "code"]):
        hidden.decompose()
    return soup.get_text()


# Pages


def test_a_page_shows_its_formulas_typeset_and_no_tex() -> None:
    prose = "# Title $x^\\top$\n\nText $\\hat{x}$, `$code$`.\n\n" + "\n\n".join(f"$$\n{formula}\n$$" for formula in FORMULAS)
    hint = "<details><summary>Hint $\\sigma$</summary>\n\n$\\mu$\n\n</details>\n\n| $\\alpha$ |\n|---|\n| $\\beta$ |"
    page = page_of(new_markdown_cell(prose), new_markdown_cell(hint))
    assert BeautifulSoup(page, "html.parser").main.decode().count("<math") == len(FORMULAS) + 6
    assert not re.search(r"\\[a-zA-Z]|\$", seen(page))
    assert "$code$" in page


def test_a_page_asks_no_host_for_anything_and_runs_nothing() -> None:
    figure = new_output("display_data", {"image/png": DOT, "text/plain": "<Figure>"})
    link = new_markdown_cell("# A title\n\n[the handbook](https://example.org/handbook)\n\n<!-- a note $x$ -->")
    page = BeautifulSoup(page_of(link, new_code_cell("plot()", outputs=[figure])), "html.parser")
    assert page("script") == [] and page("link") == []
    assert page.find(string=lambda text: isinstance(text, Comment)) is None
    assert [image["src"] for image in page("img")] == [f"data:image/png;base64,{DOT}"]
    for style in page("style"):
        assert "@import" not in style.string and set(re.findall(r"url\(\W*(\w+)", style.string)) == {"data"}
    assert [element["href"] for element in page("a") if element["href"][0] != "#"] == ["https://example.org/handbook"]
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'") and "script-src" not in policy


def test_a_page_has_a_table_of_contents_whose_entries_lead_somewhere() -> None:
    page = BeautifulSoup(page_of(new_markdown_cell("# One $x$\n\n## Two\n\n## Two")), "html.parser")
    assert [link["href"] for link in page.nav("a")] == ["#one", "#two", "#two-2"]
    assert all(page.main.find(id=link["href"][1:]) for link in page.nav("a"))
    assert page.title.string == "One x"


def test_code_is_highlighted_and_what_it_printed_is_shown_as_it_is() -> None:
    printed = new_output("stream", name="stdout", text="a <b> $x$ \\foo\n")
    page = page_of(new_code_cell("def f(x):\n    return 2", outputs=[printed]))
    assert '<span class="k">def</span>' in page and "a &lt;b&gt; $x$ \\foo" in page


def test_a_result_is_shown_and_one_in_latex_typeset() -> None:
    number = new_output("execute_result", {"text/plain": "6.5"})
    root = new_output("execute_result", {"text/latex": r"$\displaystyle \sqrt{x}$"})
    page = BeautifulSoup(page_of(new_code_cell("x", outputs=[number, root])), "html.parser")
    first, second = page.select(".output")
    assert first.get_text().strip() == "6.5" and second.find("msqrt")


def test_the_same_notebook_gives_the_same_bytes(tmp_path: Path) -> None:
    cells = [new_markdown_cell("# T\n\n$x$", id="a"), new_code_cell("f(1)", id="b")]
    nbformat.write(new_notebook(cells=cells), tmp_path / "notebook.ipynb")
    script = (
        "import sys, nbformat; from autograder.pages.page import render_offline;"
        "sys.stdout.write(render_offline(nbformat.read(sys.argv[1], as_version=4)))"
    )
    pages = [
        subprocess.run(
            [sys.executable, "-c", script, tmp_path / "notebook.ipynb"],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("formula", [r"\foo{x}", "{x", "\u0441"])
def test_the_courses_own_page_stops_at_a_bad_formula_and_names_the_cell(formula: str) -> None:
    cell = new_markdown_cell(f"The gradient ${formula}$.", metadata={"nbgrader": {"grade_id": "writeup_ex1"}})
    with pytest.raises(PageError, match="writeup_ex1") as error:
        page_of(cell)
    assert repr(formula) in str(error.value)


@pytest.mark.parametrize(
    "markdown",
    ["![a](https://example.org/x.png)", "<script>alert(1)</script>", "text \\alpha outside", "<b onclick='x()'>b</b>"],
)
def test_the_courses_own_page_stops_at_whatever_it_could_not_show(markdown: str) -> None:
    with pytest.raises(PageError):
        page_of(new_markdown_cell(markdown))


# Pages for what students wrote


@pytest.mark.parametrize("formula", [r"\foo{x}", "{x", r"\href{javascript:alert(1)}{x}", r"\foo{<script>}"])
def test_a_students_bad_formula_is_shown_as_its_source(formula: str) -> None:
    page = BeautifulSoup(page_of(new_markdown_cell(f"$y$ and ${formula}$."), strict=False), "html.parser")
    assert [code.string for code in page.select("code.untypeset")] == [formula]
    assert len(page.main("math")) == 1 and page("script") == []


def test_a_students_lines_between_double_backslashes_are_lines() -> None:
    page = page_of(new_markdown_cell("$$\ny = 2x \\\\\n[D f](h) = 2h\n$$"), strict=False)
    assert page.count("<mtr>") == 2 and "untypeset" not in page.split("<main")[1]


def test_what_students_write_fetches_and_runs_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    hostile = """
<script>alert(1)</script><img src="https://example.org/x.png" onerror="alert(2)"><iframe src="//example.org"></iframe>
<style>@import "https://example.org/a.css";</style><b style="background:url(https://example.org/x)">b</b>
<a href=" javascript:alert(3)">js</a><svg><use href="https://example.org/x.svg#a"/></svg>
<meta http-equiv="refresh" content="0; https://example.org"><object data="https://example.org"></object>

![local](secret.png) ![lost](attachment:lost.png) [link](https://example.org)
"""
    exporter = FeedbackExporter()
    notebook = new_notebook(cells=[new_markdown_cell(hostile)])
    html = exporter.from_notebook_node(notebook, {"metadata": {"name": "n", "path": str(tmp_path)}})[0]
    page = BeautifulSoup(html, "html.parser")
    assert not page(["script", "iframe", "object", "img"]) and len(page("meta")) == 3
    assert not re.search(r"javascript:|onerror|@import|c2VjcmV0", html)
    assert [element.attrs for element in page.main(href=True)] == [{"href": "https://example.org"}]
    assert "[a picture that is not in the notebook: secret.png]" in html


def test_a_page_begins_as_browsers_ask_for_and_nothing_that_a_student_writes_does_the_same() -> None:
    page = page_of(new_markdown_cell("<!DOCTYPE html>\n<!DOCTYPE x>\n\ntext"), strict=False)
    assert page.lstrip().startswith("<!DOCTYPE html>") and page.count("<!DOCTYPE") <= 2 and "DOCTYPE x" not in page


def test_nbgraders_feedback_shows_points_and_comments() -> None:
    # nbgrader names its own template for HTMLExporter; ours has to win without a further line of configuration.
    exporter = FeedbackExporter(config=Config({"HTMLExporter": {"template_name": "feedback"}}))
    grading = {
        "grade": True,
        "solution": True,
        "grade_id": "writeup_ex1",
        "score": 6.5,
        "points": 8.0,
        "comment": "See $x^2$.",
    }
    notebook = new_notebook(cells=[new_markdown_cell("$2x$", metadata={"nbgrader": grading})])
    html = exporter.from_notebook_node(notebook, {"metadata": {"name": "n"}})[0]
    page = BeautifulSoup(html, "html.parser")
    assert page.select_one(".marked .points").string == "6.5 of 8 points"
    assert page.select_one(".comment math").get_text() == "x2"
    assert "bootstrap" not in html


@pytest.mark.parametrize(
    "text",
    [
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<![CDATA[x><img src=x onerror=alert(1)>]]>",
        '<svg><style><meta http-equiv=refresh content="0;url=http://example.org/"></style></svg>',
        '<a href="java&#9;script:alert(1)">a link</a>',
        "<svg><a><animate attributeName=href values=javascript:alert(1)></a></svg>",
        '<p style="background:u\\72l(http://example.org/x)">text</p>',
        '![$\\text{" onerror=alert(1) x="}$](data:image/png;base64,AAAA)',
        "<?php alert(1) ?>",
        "<!ELEMENT br EMPTY>",
    ],
)
def test_what_looks_harmless_to_one_reader_of_html_and_not_to_another_is_left_out(text: str) -> None:
    said = new_output("display_data", {"text/html": text})
    plain = page_of(strict=False)
    page = page_of(new_markdown_cell(text), new_code_cell("1", outputs=[said]), strict=False).replace(plain, "")
    body = page.partition("<main")[2]
    for word in ("onerror=", "http-equiv", "script:", "<animate", "CDATA", "72l(", "ELEMENT", "<?php"):
        assert word not in body.replace("&quot;", '"') or f"{word}" in BeautifulSoup(body, "html.parser").get_text(), body[:3000]
    assert [image.attrs.keys() & {"onerror"} for image in BeautifulSoup(body, "html.parser")("img")] in ([], [set()], [set()] * 2)


@pytest.mark.parametrize("text", ["# a\n\n" * 3000, "<div>" + "<h1>a" * 300 + "</div>"], ids=["many", "nested"])
def test_headings_without_end_get_addresses_of_their_own_up_to_a_number(text: str) -> None:
    page = BeautifulSoup(page_of(new_markdown_cell(text), strict=False), "html.parser")
    addresses = [link["href"] for link in page.nav("a")]
    assert len(set(addresses)) == len(addresses) <= 500
