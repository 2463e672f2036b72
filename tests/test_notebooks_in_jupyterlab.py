"""The students' notebooks in JupyterLab, in a real browser: what its Markdown and its MathJax make of the chapters.

Our own pages say what should be there. JupyterLab has another parser of Markdown and another of TeX, and what either of them
reads in its own way stands out in a comparison: of the prose as a whole, and of each formula symbol by symbol.
"""

import re
import shutil
import time
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
from bs4 import BeautifulSoup

from autograder.pages.markdown import markdown_to_html
from autograder.pages.maths import FormulaError, typeset
from matrix_checks.practice.drawing import LEVELS, draw_problem
from matrix_checks.practice.sheets import write_sheet
from tests.browser import Tab, opened_browser, violations
from tests.conftest import ASSIGNMENTS, BY_ID, ROOT
from tests.jupyterlab import Lab, started_lab

DESKTOP, PHONE = 1280, 390
# MathJax draws a formula from the same tree of MathML that it hides beside it for screen readers: this holds its symbols in
# the order of reading, while the drawing has a limit before its sum and a long bracket in pieces.
CELLS = """[...document.querySelectorAll(".jp-MarkdownCell .jp-RenderedMarkdown")].map(cell => {
    const formulas = [...cell.querySelectorAll("mjx-container")].map(each => each.querySelector("mjx-assistive-mml").textContent);
    const errors = [...cell.querySelectorAll("mjx-merror, [data-mjx-error]")].map(each => each.textContent);
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("mjx-container, .jp-InternalAnchorLink").forEach(each => each.remove());
    const prose = copy.textContent;
    copy.querySelectorAll("pre, code").forEach(each => each.remove());
    return {formulas, errors, prose, outside_code: copy.textContent};
})"""
PROGRESS = """[document.querySelectorAll(".jp-MarkdownCell .jp-RenderedMarkdown").length,
    document.querySelectorAll("mjx-container").length]"""
# JupyterLab gives a picture that has no alternative text this one.
WITHOUT_WORDS = """[...document.querySelectorAll(".jp-RenderedMarkdown img[alt=Image]")]
    .map(each => "a picture has no words: " + each.src)"""
# JupyterLab gives each cell a scroller of its own. On a phone a displayed formula, a table or code may need it, the text that
# stands around them may not: it is measured without them.
ON_A_PHONE = ".jp-RenderedMarkdown :is(table, pre, mjx-container[display=true]) {display: none}"
TOO_WIDE = """[...document.querySelectorAll(".jp-RenderedMarkdown")].map((cell, number) => {
    const room = document.querySelector(".jp-NotebookPanel").getBoundingClientRect().right - cell.getBoundingClientRect().left;
    const allowed = Math.min(cell.clientWidth, room);
    const formulas = [...cell.querySelectorAll("mjx-container")].filter(each => each.offsetWidth > allowed);
    const culprit = (formulas[0]?.querySelector("math") ?? cell).textContent.trim().slice(0, 60);
    return cell.scrollWidth > allowed + 1 ? `Markdown cell ${number} is wider by ${cell.scrollWidth - allowed}: ${culprit}` : "";
}).filter(Boolean)"""
# No kernel runs, and the extension that draws widgets asks the one that there is not.
OF_JUPYTERLAB_ITSELF = re.compile(r"reading 'kernel'.*@jupyter-widgets/jupyterlab-manager")


class Cell(NamedTuple):
    """What a reader sees of a Markdown cell, each formula by its symbols."""

    formulas: list[str]
    prose: str


# Signs for which the typesetters take different characters that look alike: accents (hat, tilde, arrow), a bar, a norm.
LOOK_ALIKES = str.maketrans(
    {0x2C6: "^", 0x302: "^", 0x303: "~", 0x20D7: "\N{RIGHTWARDS ARROW}", 0x2015: "_", 0x2225: "\N{DOUBLE VERTICAL LINE}"}
)


def symbols(text: str) -> str:
    """What is to be seen of a text, as both typesetters would write it.

    A bold x is a letter of its own in our MathML and an x with an attribute in MathJax's: NFKD makes both an x, as it takes
    ligatures and accented letters apart, which are written in either way. Blanks are set by style sheets. Of the operators that
    are never drawn (function application, invisible times, comma and plus) each typesetter has others.
    """
    visible = (each for each in unicodedata.normalize("NFKD", text) if not each.isspace() and unicodedata.category(each) != "Cf")
    return "".join(visible).translate(LOOK_ALIKES)


def our_cell(source: str) -> Cell:
    """A Markdown cell as our own pages show it."""
    formulas = []

    def note(formula: str, display: bool) -> str:
        try:
            markup = typeset(formula, display)
        except FormulaError:
            markup = formula
        formulas.append(symbols(BeautifulSoup(markup, "html.parser").get_text()))
        return ""

    return Cell(formulas, symbols(BeautifulSoup(markdown_to_html(source, note), "html.parser").get_text()))


def differences(number: int, ours: Cell, theirs: Cell) -> list[str]:
    """A sentence for each formula that is another in JupyterLab, and one for the first difference in the prose."""
    found = []
    if len(ours.formulas) != len(theirs.formulas):
        found += [f"Markdown cell {number} has {len(theirs.formulas)} formulas instead of {len(ours.formulas)}"]
    pairs = zip(ours.formulas, theirs.formulas)
    found += [f"Markdown cell {number} shows {shown} instead of {meant}" for meant, shown in pairs if meant != shown]
    if ours.prose != theirs.prose:
        longest = max(len(ours.prose), len(theirs.prose))
        place = next(place for place in range(longest) if ours.prose[place : place + 1] != theirs.prose[place : place + 1])
        meant, shown = (cell.prose[max(0, place - 20) : place + 40] for cell in (ours, theirs))
        found += [f"Markdown cell {number} says {shown!r} instead of {meant!r}"]
    return found


def wait_until_typeset(tab: Tab, cells: int, formulas: int) -> None:
    """Until all cells and formulas are there; where one does not come, until nothing has changed for five seconds."""
    progress, unchanged = None, 0
    while progress != [cells, formulas] and unchanged < (50 if progress and progress[1] else 300):
        time.sleep(0.1)
        last, progress = progress, tab.value(PROGRESS)
        unchanged = unchanged + 1 if progress == last else 0
    assert progress is not None and progress[0] == cells, f"{progress} Markdown cells and formulas of {cells} and {formulas}"


def wait_for_width(tab: Tab, width: int) -> None:
    """Until JupyterLab has laid itself out anew for a screen of this width."""
    tab.show(width)
    for _ in range(100):
        if width - 200 < tab.value("document.querySelector('.jp-NotebookPanel').offsetWidth") <= width:
            return
        time.sleep(0.1)
    raise AssertionError(f"JupyterLab did not become {width} pixels wide")


def problems_of_layout(tab: Tab) -> list[str]:
    """What does not fit into the notebook's panel."""
    wait_for_width(tab, DESKTOP)
    found = [f"desktop: {sentence}" for sentence in tab.value(TOO_WIDE)]
    wait_for_width(tab, PHONE)
    tab.value(f"document.head.appendChild(document.createElement('style')).textContent = {ON_A_PHONE!r}")
    return found + [f"phone: {sentence}" for sentence in tab.value(TOO_WIDE)]


def problems_of(tab: Tab, lab: Lab, path: Path) -> list[str]:
    """A sentence for each thing that is wrong with a notebook's Markdown in JupyterLab."""
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    ours = [our_cell(source) for source in sources]
    tab.requests.clear()
    tab.errors.clear()
    tab.show(DESKTOP)
    tab.open(lab.address_of(path))
    wait_until_typeset(tab, len(ours), sum(len(cell.formulas) for cell in ours))
    found: list[str] = []
    seen: list[dict[str, Any]] = tab.value(CELLS)
    for number, (meant, cell) in enumerate(zip(ours, seen)):
        theirs = Cell([symbols(formula) for formula in cell["formulas"]], symbols(cell["prose"]))
        shown = [cell["outside_code"], *cell["formulas"]]
        raw = [words for text in shown for words in re.findall(r"\\[a-zA-Z]+.{0,30}|\$.{0,30}", text)]
        found += [f"Markdown cell {number} shows raw TeX: {words}" for words in raw]
        found += [f"Markdown cell {number} shows an error: {words}" for words in cell["errors"]]
        found += differences(number, meant, theirs)
    tab.value("document.querySelectorAll('.jp-RenderedMarkdown details').forEach(each => { each.open = true; })")
    found += violations(tab, ".jp-RenderedMarkdown") + tab.value(WITHOUT_WORDS) + problems_of_layout(tab)
    found += [f"the console says: {text}" for text in dict.fromkeys(tab.errors) if not OF_JUPYTERLAB_ITSELF.search(text)]
    here = (lab.address, "data:", f"blob:{lab.address}")
    return found + [f"asked for {address[:100]}" for address in dict.fromkeys(tab.requests) if not address.startswith(here)]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    for assignment in ASSIGNMENTS:
        shutil.copytree(ROOT / "release" / assignment.identifier, folder / assignment.identifier)
    with started_lab(folder, tmp_path_factory.mktemp("home")) as started:
        yield started


@pytest.fixture(scope="module")
def tab():
    with opened_browser() as opened:
        yield opened


def test_a_notebook_is_whole_in_jupyterlab(tab, lab, assignment) -> None:
    assert problems_of(tab, lab, lab.folder / assignment.identifier / f"{assignment.notebook}.ipynb") == []


def test_the_notebook_for_practice_is_whole_in_jupyterlab(tab, lab) -> None:
    shutil.copytree(ROOT / "release" / "practice", lab.folder / "practice")
    assert problems_of(tab, lab, lab.folder / "practice" / "practice.ipynb") == []


def test_problems_and_solutions_are_whole_in_jupyterlab(tab, lab) -> None:
    """Of every level; a line that is longer than the screen may be scrolled there."""
    write_sheet(lab.folder / "sheet.ipynb", [draw_problem(level, seed) for level in LEVELS for seed in range(2)], answers=True)
    found = problems_of(tab, lab, lab.folder / "sheet.ipynb")
    assert [sentence for sentence in found if "is wider by" not in sentence] == []


BROKEN = {
    "$$\n\\begin{aligned}\n[D_x L](h) &= 1 \\\\\n&= 2\n\\end{aligned}\n$$": "cell 0 shows (h)=1=2 instead of [DxL](h)=1=2",
    r"An unknown $\foo{x}$ word": r"cell 1 shows raw TeX: \foo",
    "A dollar $x and no other": "cell 2 shows raw TeX: $x and no other",
    r"Half a fraction: $\frac{a}$": "cell 3 shows an error: \\frac{a}",
    "Bare \\alpha": "cell 4 shows raw TeX: \\alpha",
    "A term\n: what only one of both parsers takes for its definition": "cell 5 says ",
    f"${' + '.join('abcdefghijklmnopqrstuvwxyz')}$": "phone: Markdown cell 6 is wider",
    "without_a_break_" * 20: "desktop: Markdown cell 7 is wider",
    "![](http://pictures.invalid/a.png)": "asked for http://pictures.invalid/a.png",
    '<img src="missing.png">': "a picture has no words: ",
    "[](another.ipynb)": "link-name: ",
    '<p style="color: #ccc">pale</p>': "color-contrast: ",
}


def test_what_is_wrong_with_a_notebook_is_found(tab, lab) -> None:
    """Lest the test above passes because nothing is looked at: the beginning of a real notebook, with cells of one fault each before it."""
    assignment = BY_ID["layers"]
    notebook = nbformat.read(lab.folder / assignment.identifier / f"{assignment.notebook}.ipynb", as_version=4)
    notebook.cells = [*map(nbformat.v4.new_markdown_cell, BROKEN), *notebook.cells[:12]]
    path = lab.folder / "broken.ipynb"
    nbformat.write(notebook, path)
    found = "\n".join(problems_of(tab, lab, path))
    for sentence in (*BROKEN.values(), "the console says"):
        assert sentence in found, found
    assert {int(number) for number in re.findall(r"Markdown cell (\d+)", found)} <= set(range(len(BROKEN)))
