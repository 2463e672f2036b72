"""Cells that were shown before are shown as they would be now, and no cell is shown in the place of another."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.pages import page
from autograder.pages.kept_cells import KeptCells, Shown, key_of
from autograder.pages.page import FeedbackExporter
from tests.conftest import ROOT

SOLUTIONS = sorted((ROOT / "solutions").rglob("*.ipynb"))
SETTINGS = ("FeedbackExporter", "ipython3")


def page_of(*cells) -> str:
    return FeedbackExporter().from_notebook_node(new_notebook(cells=copy.deepcopy(list(cells))))[0]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """Nothing was shown before."""
    monkeypatch.setattr(page, "_CELLS", KeptCells())


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_a_page_is_the_same_with_and_without_kept_cells(path, monkeypatch):
    notebook = nbformat.read(path, as_version=4)
    first, second = (FeedbackExporter().from_notebook_node(notebook)[0] for _ in range(2))
    # Every cell is cleaned with the page then.
    monkeypatch.setattr(page, "_CELLS", KeptCells())
    monkeypatch.setattr(page, "MOST_TAGS", -1)
    assert first == second == FeedbackExporter().from_notebook_node(notebook)[0]


def test_what_is_kept_is_not_shown_again(monkeypatch):
    cell = new_markdown_cell("A *text* with $x$.", id="one")
    before = page_of(cell)
    monkeypatch.setattr(page, "_lenient_with_marks", None)
    assert page_of(cell) == before


CHECK = new_code_cell("check()", id="one", metadata={"nbgrader": {"grade_id": "check_f", "grade": True, "points": 2, "score": 1}})
CHECK.outputs = [new_output("stream", name="stdout", text="wrong")]
CHANGES = {
    "source": lambda cell: cell.update(source="check() # mine"),
    "output": lambda cell: cell.outputs[0].update(text="right"),
    "stream": lambda cell: cell.outputs[0].update(name="stderr"),
    "score": lambda cell: cell.metadata.nbgrader.update(score=2),
    "points": lambda cell: cell.metadata.nbgrader.update(points=3),
    "comment": lambda cell: cell.metadata.nbgrader.update(comment="Well done."),
    "kind": lambda cell: cell.metadata.update(layout={"kind": "check"}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_differs_in_a_cell_its_key_differs(change):
    other = copy.deepcopy(CHECK)
    change(other)
    assert key_of(other, SETTINGS) != key_of(CHECK, SETTINGS)


@pytest.mark.parametrize("name", [name for name in CHANGES if name != "kind"])
def test_a_cell_by_the_name_and_id_of_another_is_shown_as_it_is(name, monkeypatch):
    other = copy.deepcopy(CHECK)
    CHANGES[name](other)
    page_of(CHECK)
    kept = page_of(other)
    monkeypatch.setattr(page, "_CELLS", KeptCells())
    assert kept == page_of(other) != page_of(CHECK)


def test_the_key_tells_pages_of_another_kind_and_not_what_stands_around_a_cell():
    around = copy.deepcopy(CHECK)
    around.metadata.layout = {"opens": "From the chapter", "closes": True, "exercise": object()}
    inside = copy.deepcopy(CHECK)
    inside.metadata.layout = {}
    assert key_of(around, SETTINGS) == key_of(inside, SETTINGS) != key_of(inside, (*SETTINGS, True))


def test_headings_have_their_own_address_however_often_a_cell_is_shown():
    html = page_of(*(new_markdown_cell("## Ideas\n\nA text.", id=f"cell-{number}") for number in range(2)))
    assert 'id="ideas"' in html and 'id="ideas-2"' in html


def test_html_that_does_not_end_in_its_cell_is_never_kept(monkeypatch):
    kept: list = []
    monkeypatch.setattr(KeptCells, "keep", lambda self, key, shown: kept.append(shown))
    output = new_output("display_data", data={"text/html": "<div><b>open"})
    page_of(new_code_cell("show()", outputs=[output]))
    assert kept == []
    page_of(new_code_cell("show()"))
    assert len(kept) == 1


def test_a_text_that_took_too_long_once_is_tried_again(monkeypatch):
    cell = new_markdown_cell("A *text*.", id="one")
    late = FeedbackExporter(page_seconds=0).from_notebook_node(new_notebook(cells=[copy.deepcopy(cell)]))[0]
    assert page.TOO_LONG in late and page.TOO_LONG not in page_of(cell)


def test_what_was_kept_counts_for_the_elements_of_a_page(monkeypatch):
    cells = [new_markdown_cell("<b>a</b>" * 10, id=f"cell-{number}") for number in range(4)]
    page_of(*cells)
    monkeypatch.setattr(page, "MOST_ELEMENTS", 45)
    assert page_of(*cells).count(page.TOO_LONG) == 2


def test_no_more_is_kept_than_there_is_room_for():
    kept = KeptCells(most_letters=10)
    for number in range(4):
        kept.keep(b"%d" % number, Shown("1234", {}, 0))
    assert [kept.get(b"%d" % number) is not None for number in range(4)] == [False, False, True, True]
    kept.get(b"2")
    kept.keep(b"4", Shown("1", {"mark": "234"}, 0))
    assert kept.get(b"2") is not None and kept.get(b"3") is None
    kept.keep(b"5", Shown("1" * 11, {}, 0))
    assert kept.get(b"5") is None


def test_no_student_writes_what_stands_for_kept_elements():
    html = page_of(new_markdown_cell("<kept-0>$x$</kept-0> and \ue000\ue010\ue001"))
    assert "<kept-0>" in html and "\ue000" not in html
