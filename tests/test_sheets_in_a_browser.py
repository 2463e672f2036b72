"""The defence sheets of the sample class in a real browser, on paper, and with texts that try to be live."""

import base64
import functools
import itertools
import os
import re
from collections.abc import Collection
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook

from autograder.reports.class_data import CellMark, read_class
from autograder.reports.sheet import MOST_BYTES, sheet_file, write_sheets
from autograder.reports.site import Site
from matrix_checks.derivations.judging.report import Step
from tests.browser import opened_browser
from tests.conftest import ASSIGNMENTS
from tests.hostile_pages import HOSTILE_TEXTS, RUN
from tests.sheets import FIRST, ROW, WRONG_PRINT, check, student, work, writeup, written
from tests.test_pages_in_a_browser import LOOKED_THROUGH, problems_of

PAPER = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True}
# A picture of one dot, as wide and high as the page that shows it lets it be.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
LIVE = """[...document.querySelectorAll("script, iframe, frame, object, embed, base, form, link:not([href$='style.css']), main style, main meta")]
    .map(each => each.outerHTML.slice(0, 200)).concat([...document.querySelectorAll("main *")].flatMap(each => [...each.attributes]
    .filter(one => one.name.startsWith("on") || /^\\s*(javascript|vbscript):/i.test(one.value)).map(one => each.tagName + " " + one.name)))"""


@pytest.fixture(scope="module")
def tab():
    with opened_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def sheets(graded_class, tmp_path_factory):
    """The sheets of the sample class, by assignment."""
    site = Site(tmp_path_factory.mktemp("reports"))
    site.write_assets()
    with Gradebook(graded_class.folder.db_url) as gradebook:
        classes = {each.identifier: read_class(graded_class.root, gradebook, each) for each in ASSIGNMENTS}
    return {identifier: write_sheets(site, data) for identifier, data in classes.items()}


# To look at a sheet and to print it takes seconds. SHEETS=1000 does so with that of every student; else with the longest of each
# assignment, which has most to find room for, and the shortest.
LOOKED_AT = int(os.environ.get("SHEETS", "1"))


def sheets_to_look_at(pages):
    by_length = sorted(pages, key=lambda page: page.stat().st_size, reverse=True)
    return [*by_length[:LOOKED_AT], *by_length[LOOKED_AT:][-1:]]


def problems_of_sheet(tab, page, looked_through: Collection[str]) -> list[str]:
    """What is wrong with a sheet; that it asks for the style and the fonts beside it is not."""
    beside = next(each for each in page.parents if (each / "style.css").is_file()).as_uri()
    shared = (f"asked for {beside}/style.css"[:100], f"asked for {beside}/fonts/"[:100])
    return [problem for problem in problems_of(tab, page, looked_through) if not problem.startswith(shared)]


def printed_pages(tab, page, *, until_details: bool) -> int:
    tab.do("Emulation.setEmulatedMedia", media="")
    tab.open(page.as_uri())
    if until_details:
        assert tab.value("document.querySelector('.everything').remove(); 1") == 1
    pdf = base64.b64decode(tab.do("Page.printToPDF", **PAPER)["data"])
    return len(re.findall(rb"/Type /Page\b", pdf))


@pytest.fixture(scope="module")
def pages_of_whole_sheet(tab):
    """How many pages a sheet has on paper; two tests ask, and it is printed once."""
    return functools.cache(lambda page: printed_pages(tab, page, until_details=False))


@pytest.mark.parametrize(
    ("identifier", "name", "looked_through"),
    [
        ("layers", "seed", {"dark phone"}),
        ("differentiation", "perfect", set()),
        ("differentiation", "broken_json", LOOKED_THROUGH),
    ],
)
def test_a_sheet_is_whole_in_every_view(tab, sheets, identifier, name, looked_through):
    """No request but for style and fonts, no message, no raw TeX, nothing wider than a phone, nothing that shuts anyone out."""
    page = next(each for each in sheets[identifier] if each.stem == name)
    assert problems_of_sheet(tab, page, looked_through) == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.identifier)
def test_what_a_defence_needs_is_printed_on_two_pages_and_the_details_begin_on_the_next(
    tab, sheets, pages_of_whole_sheet, assignment
):
    for page in sheets_to_look_at(sheets[assignment.identifier]):
        first = printed_pages(tab, page, until_details=True)
        assert first <= 2, page
        assert pages_of_whole_sheet(page) > first, page


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.identifier)
def test_a_sheet_is_small(sheets, assignment):
    assert len(sheets[assignment.identifier]) > 5
    assert max(page.stat().st_size for page in sheets[assignment.identifier]) < MOST_BYTES


# What is wider than the box that cuts it; the nothing behind a root is no loss.
CUT = """[...document.querySelectorAll("main *")].filter(each => each.clientWidth > 1 && each.tagName !== "math"
    && !each.closest(".in-words") && getComputedStyle(each).display !== "inline" && each.scrollWidth > each.clientWidth + 1
    && (getComputedStyle(each).overflowX !== "visible" || each.matches(".theirs")))
    .map(each => each.className + " " + each.clientWidth + " < " + each.scrollWidth + ": " + each.textContent.trim().slice(0, 80))"""
UNFOLD = "document.querySelectorAll('details').forEach(each => each.open = true); 1"
MOST_PRINTED = {"differentiation": 8, "layers": 11}
LONG_LINE = r"""In one line
$\mathrm{tr}(X X^\top) - \mathrm{tr}(X S^\top A^\top) - \mathrm{tr}(A S X^\top) + \mathrm{tr}(A S S^\top A^\top) = \mathrm{tr}(X X^\top) - 2 \mathrm{tr}(A S X^\top) + \mathrm{tr}(A S S^\top A^\top)$
and on its own $$J = \mathrm{tr}(X X^\top) - \mathrm{tr}(X S^\top A^\top) - \mathrm{tr}(A S X^\top) + \mathrm{tr}(A S S^\top A^\top) = 3 \mathrm{tr}(X X^\top) + 0.$$"""


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.identifier)
def test_unfolded_and_printed_a_sheet_is_whole(tab, sheets, pages_of_whole_sheet, assignment):
    for page in sheets_to_look_at(sheets[assignment.identifier]):
        tab.open(page.as_uri())
        tab.value(UNFOLD)
        assert (
            tab.value(
                "new Set([...document.querySelectorAll('.sheet, .sheet .columns')].map(each => getComputedStyle(each).fontSize)).size"
            )
            == 1
        )
        tab.show(390)
        assert tab.value("document.documentElement.scrollWidth") <= 390, page
        tab.show(670, printed=True)
        assert tab.value(CUT) == [], page
        assert pages_of_whole_sheet(page) <= MOST_PRINTED.get(assignment.identifier, max(MOST_PRINTED.values())), page


def test_long_formulas_are_printed_whole(tab, tmp_path):
    page = tmp_path / "differentiation" / "sheets" / "ada.html"
    written(tmp_path, student("ada", work(writeup(LONG_LINE, "writeup_ex4_trace"), check("", WRONG_PRINT, 0.0))))
    tab.open(page.as_uri())
    tab.value(UNFOLD)
    tab.show(670, printed=True)
    assert tab.value("document.querySelectorAll('.longest').length") >= 2
    assert tab.value(CUT) == []


def test_the_courses_own_answers_are_whole_too(tab, sheets):
    for looked_through, pages in zip(itertools.chain([{"desktop"}], itertools.repeat(set())), sheets.values()):
        assert problems_of_sheet(tab, pages[0].parents[1] / "model_answers.html", looked_through) == []


def test_a_work_with_all_that_can_be_wrong_is_printed_on_two_pages_too(tab, tmp_path):
    """Every function and derivation is wrong, there are pictures, and as many remarks as grading keeps."""
    pictures = {f"{number}.png": ("image/png", DOT) for number in range(4)}
    long = ROW + "\n\n" + "$" + " + ".join(f"x_{{{number}}}^\\top x_{{{number}}}" for number in range(40)) + " = 0$"
    names = [cell for exercise in FIRST.exercises for cell in exercise.cells]
    wrong = [
        writeup(long, cell, pictures=pictures)
        if cell.startswith("writeup_")
        else check("", WRONG_PRINT, 0.0, cell.removeprefix("check_"))
        for cell in names
    ]
    remarks = tuple(f"remark {number}: " + "words " * 60 for number in range(25))
    page = tmp_path / "differentiation" / "sheets" / "ada.html"
    written(tmp_path, student("ada", work(*wrong, remarks=remarks)))
    assert printed_pages(tab, page, until_details=True) <= 2


def test_folds_open_by_keys(tab, tmp_path):
    written(tmp_path, student("ada", work(check("", WRONG_PRINT, 0.0), writeup(ROW))))
    tab.show(390)
    tab.open((tmp_path / "differentiation/sheets/ada.html").as_uri())
    tab.value("document.querySelector('.ask summary').focus(); 1")
    for kind in ("rawKeyDown", "char", "keyUp"):
        tab.do("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", text="\r", windowsVirtualKeyCode=13)
    assert tab.value("document.querySelector('.ask details').open") is True
    assert "Good:" in tab.value("document.querySelector('.ask details').innerText")


# Texts that try to be live


def hostile(number: int, payload: str):
    """A student who wrote the payload wherever one can write."""
    step = Step(payload, "=", payload, "false", payload, 0)
    read = writeup(ROW, pictures={payload: ("image/png", f'AAAA" onerror="{RUN}')})
    report = replace(read.report, steps=[step], notes=[payload], ways={payload: False}, is_whole=False)
    texts = replace(read, text=payload, report=report)
    marks = {"writeup_ex1": CellMark(manual=1.0, comment=payload), "check_grad_quadratic": CellMark(comment=payload)}
    printed = f"grad_quadratic\n  → {payload}\n  ✗ {payload}\n"
    found = work(check(payload, printed, 0.0), texts, remarks=(payload,))
    before = work(check("before"), writeup("before"))
    return student(f"{number:02} o'n\"e <b>&{payload.replace('/', '')[:40]}", found, name=payload, marks=marks, previous=before)


@pytest.fixture(scope="module")
def hostile_class(tmp_path_factory):
    """The sheets of all of them, each beside two others', and of an honest student on either side: by student."""
    folder = tmp_path_factory.mktemp("hostile")
    class_ = [student("! before", work()), *itertools.starmap(hostile, enumerate(HOSTILE_TEXTS)), student("~ behind", work())]
    written(folder, *class_)
    return {each.student: folder / "differentiation" / "sheets" / sheet_file(each.student) for each in class_}


@pytest.mark.parametrize("number", range(len(HOSTILE_TEXTS) + 2))
def test_a_hostile_text_is_inert_wherever_it_stands(tab, hostile_class, number):
    page = [*hostile_class.values()][number]
    tab.requests.clear()
    tab.messages.clear()
    tab.show(1280)
    tab.open(page.as_uri())
    assert tab.value("document.title") != "RAN"
    assert tab.value(LIVE) == []
    assert tab.value("document.querySelectorAll('.sheet .everything').length") == 1  # nothing closed what is ours
    beside = page.parents[2].as_uri()
    own = (f"{beside}/style.css", f"{beside}/fonts/", "data:image/", page.as_uri())
    assert [each for each in tab.requests if not each.startswith(own)] == []
    assert tab.messages == []


def test_a_text_cannot_cover_or_restyle_what_is_not_its_own(tab, tmp_path):
    cover = '<div style="position:fixed;inset:0;background:#fff;z-index:99" class="everything">100 points</div>'
    style = "<style>.marks { display: none } .total td::after { content: '100' }</style>"
    written(tmp_path, student("ada", work(writeup(f"{cover}{style}\n\n{cover}"))))
    tab.show(1280)
    tab.open((tmp_path / "differentiation/sheets/ada.html").as_uri())
    assert tab.value("getComputedStyle(document.querySelector('.marks')).display") == "table"
    assert tab.value("document.elementFromPoint(640, 60).closest('.theirs') === null")
    assert tab.value("getComputedStyle(document.querySelector('.total td'), '::after').content") == "none"
