"""Every formula that anyone will read can be typeset, by the page, by JupyterLab and by a code host."""

import re

import pytest

from autograder.pages.markdown import find_formulas
from autograder.pages.maths import check_formula
from tests.conftest import notebook_of, read_notebook


def markdown_cells(assignment):
    for folder in ("source", "release", "solutions"):
        for cell in read_notebook(notebook_of(folder, assignment)).cells:
            if cell.cell_type == "markdown":
                yield f"{folder}, {cell.id}", cell.source


def test_every_formula_of_every_notebook_parses_and_is_ascii(assignment):
    count = 0
    for place, markdown in markdown_cells(assignment):
        for formula in find_formulas(markdown):
            count += 1
            try:
                check_formula(formula.source)
            except ValueError as error:
                pytest.fail(f"{place}: {error}: {formula.source!r}")
    assert count > 300


def test_no_formula_holds_what_a_code_host_or_jupyterlab_would_spoil(assignment):
    """Markdown eats a backslash before punctuation; outside an environment a double backslash breaks no line."""
    for place, markdown in markdown_cells(assignment):
        for formula in find_formulas(markdown):
            tex = formula.source
            outside = re.sub(r"\\begin\{(\w+)\}.*?\\end\{\1\}", "", tex, flags=re.DOTALL)
            assert "\\\\" not in outside, f"{place}: {tex!r}"
            assert not re.search(r"(?<!\\)\\[^A-Za-z\\\s]", tex), f"{place}: {tex!r}"
            assert not re.search(r"[<>*]", tex), f"{place}: {tex!r}"


def test_display_formulas_stand_between_blank_lines(assignment):
    """A code host reads ``$$`` as a formula only where it stands alone."""
    text = assignment.master.read_text(encoding="utf-8")
    inside = False
    # What stands in a fence is shown as it is; its lines are kept so that the numbers stay right.
    text = re.sub(r"^```.*?^```$", lambda fence: "\n" * fence[0].count("\n"), text, flags=re.DOTALL | re.MULTILINE)
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if "$$" not in line:
            continue
        assert line == "$$", f"{assignment.master.name}:{number}: $$ must stand on a line of its own"
        inside = not inside
        neighbour = lines[number - 2] if inside else lines[number]
        assert not neighbour.strip() or neighbour.startswith("<!--"), f"{assignment.master.name}:{number}: a blank line is missing"
    assert not inside
