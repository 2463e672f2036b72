"""What stands where on a page and in a picture: hints in their boxes, one scale of colours, no number that says nothing."""

import numpy as np
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.pages.page import render_offline
from autograder.sandbox.trusted import run_check
from matrix_checks.notebook import pictures
from matrix_checks.notebook.check import Points
from matrix_checks.notebook.pictures import show_beside
from matrix_checks.notebook.surroundings import Surroundings, surrounded_by


def page_of(*cells, strict: bool = True) -> BeautifulSoup:
    return BeautifulSoup(render_offline(new_notebook(cells=list(cells)), strict=strict), "html.parser")


CHECK = {"grade": True, "solution": False, "grade_id": "check_f", "points": 6.0}


def test_a_hint_stands_in_its_box_whether_pictures_are_put_into_the_page_or_not() -> None:
    hint = "<details><summary>Hint</summary>\n\nUse the **trace** of $x$.\n\n</details>\n\nThe statement goes on."
    for strict in (True, False):
        box = page_of(new_markdown_cell(hint), strict=strict).main.details
        assert box.strong.get_text() == "trace" and box.math and "goes on" not in box.get_text()


def test_a_picture_of_the_course_is_still_put_into_the_page(tmp_path) -> None:
    from autograder.pages.markdown import markdown_to_html

    (tmp_path / "dot.png").write_bytes(b"dot")
    html = markdown_to_html("<p><img width='3' src='dot.png'/></p>", str, embed_images=True, path=str(tmp_path))
    assert BeautifulSoup(html, "html.parser").img.attrs == {"width": "3", "src": "data:image/png;base64,ZG90"}


def test_an_answer_and_the_right_one_are_drawn_on_one_scale_of_colours(monkeypatch) -> None:
    limits = []
    draw = pictures.heat_map
    monkeypatch.setattr(pictures, "heat_map", lambda *given, limit: limits.append(limit) or draw(*given, limit=limit))
    with surrounded_by(Surroundings(show_png=lambda *_: None)):
        show_beside(np.array([1.5, -2.5]), np.array([3.0, -5.0]), "half of it")
    assert limits == [5.0, 5.0]


def test_the_points_of_a_check_are_a_number_to_nbgrader_and_no_line_to_a_reader() -> None:
    assert repr(Points(4.5)) == "4.5" and Points(4.5)._repr_html_() == ""
    source = "from matrix_checks import Check\ncheck = Check('f', general=6)\ncheck.points()"
    value = run_check(source, {}, 1)[-1]
    assert value["output_type"] == "execute_result" and value["data"] == {"text/html": "", "text/plain": "0.0"}
    older = {"text/plain": "0.0"}
    for data in (value["data"], older):
        result = new_output("execute_result", data)
        cell = new_code_cell("check.points()", outputs=[result], metadata={"nbgrader": CHECK})
        assert not page_of(cell, strict=False).select(".output")


def test_a_rubric_is_shown_without_nbgraders_delimiters() -> None:
    text = "Text.\n\n=== BEGIN MARK SCHEME ===\n\n- 3 points: $x$\n\n=== END MARK SCHEME ==="
    shown = page_of(new_markdown_cell(text), strict=False).main.get_text()
    assert "3 points" in shown and "===" not in shown
