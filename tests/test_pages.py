"""What stands where on a page and in a picture: hints in their boxes, one scale of colours, no number that says nothing."""

import re

import numpy as np
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.pages.page import render_offline
from autograder.pages.style import page_css
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


def test_every_table_has_a_scroller_of_its_own_and_no_column_without_a_name() -> None:
    table = "|  | rows |\n|---|---|\n| a | b |"
    html = new_output("display_data", {"text/html": "<table><tr><th></th></tr></table>"})
    for strict in (True, False):
        page = page_of(new_markdown_cell(table), new_code_cell("x", outputs=[html]), strict=strict)
        assert [each.parent["class"] for each in page.main("table")] == [["scroll"], ["scroll"]]
        assert all(each.parent["tabindex"] == "0" for each in page.main("table"))
        assert [heading.get_text() for heading in page.main("th")] == ["rows"]


def test_what_may_scroll_is_reached_by_keys_and_what_may_not_is_no_stop() -> None:
    wide, narrow = r"$$\sum_{i=1}^N \sum_{j=1}^M x_{ij} y_{ij} z_{ij} = a + b + c + d + e + f$$", "$$x = 1$$"
    page = page_of(new_markdown_cell(wide + "\n\n" + narrow), new_code_cell("x = 1"), new_code_cell("x" * 100))
    assert [formula.get("tabindex") for formula in page.select(".formula")] == ["0", None]
    assert [code.get("tabindex") for code in page.main("pre")] == [None, "0"]


def test_a_page_begins_with_a_link_past_its_contents_and_its_labels_are_headings() -> None:
    page = page_of(new_markdown_cell("# Title"), new_code_cell("f()", metadata={"nbgrader": CHECK}))
    assert page.body.find(True).attrs == {"class": ["skip"], "href": "#content"} and page.find(id="content").name == "main"
    assert page.find(id="check_f").name == "h3" and len(page.nav("a")) == 1


def test_a_picture_is_described_by_the_words_of_its_own_code() -> None:
    source = """
figure, axes = plt.subplots()
axes.plot(x, label="forward differences")
axes.set_xlabel("step")
axes.set_title("Wrong on both sides")
plt.show()
heat_map(axes, A, "your gradient", "row", "column")
plt.show()
"""
    drawn = [new_output("display_data", {"image/png": "AAAA"}) for _ in range(2)]
    texts = [image["alt"] for image in page_of(new_code_cell(source, outputs=drawn)).main("img")]
    assert texts == [
        "A picture drawn by the code above: marked forward differences; horizontal axis step; Wrong on both sides",
        "A picture drawn by the code above: your gradient; horizontal axis column; vertical axis row",
    ]
    for unclear in ("def", "plt.show()", source, "(" * 300, "x = '" + "a" * 30_000 + "'"):
        image = page_of(new_code_cell(unclear, outputs=drawn[:1]), strict=False).main.img
        assert image["alt"] == "A picture drawn by the code above"


def test_the_picture_of_an_answer_says_its_numbers() -> None:
    said = []
    with surrounded_by(Surroundings(show_png=lambda data, text: said.append(text))):
        show_beside(np.array([1.5, -2.5]), np.array([3.0, -5.0]), "x = (1, 2)")
    assert said[0].endswith("yours, shape (2,): 1.5, -2.5; expected, shape (2,): 3, -5")
    output = new_output("display_data", {"image/png": "AAAA"}, metadata={"image/png": {"alt": said[0]}})
    assert page_of(new_code_cell("x", outputs=[output])).main.img["alt"] == said[0]


def test_comments_in_code_have_the_contrast_that_small_text_needs() -> None:
    def brightness(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
        return float(np.dot((0.2126, 0.7152, 0.0722), linear))

    themes = re.findall(r":root[^{]*\{([^}]*--remark[^}]*)\}", page_css())
    assert len(themes) == 2
    for theme in themes:
        colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", theme))
        dark, light = sorted(brightness(colours[name]) for name in ("remark", "panel"))
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_long_formula_in_a_line_can_be_scrolled_on_a_narrow_screen() -> None:
    page = page_of(new_markdown_cell("So $x = 1$, and $" + " + ".join("abcdefghijklmnopqrst") + "$."))
    assert [len(wide("math")) for wide in page.select(".wide[tabindex]")] == [1] and len(page.main("math")) == 2


def test_a_line_is_not_broken_between_a_formula_and_its_comma() -> None:
    text = (
        '# On $x$: ($y$)\n\nThen $a$, "$b$", and ($c$ or $d$). Neither $e$ nor `$f$,`; **$g$.** ![$h$,](data:image/png;base64,AAAA)'
    )
    for strict in (True, False):
        page = page_of(new_markdown_cell(text), strict=strict)
        assert [each.get_text() for each in page.select("main .kept")] == ["x:", "(y)", "a,", '"b",', "(c", "d).", "g."]
        assert all(each.math for each in page.select("main .kept")) and len(page.main("img")) == 1
    assert ".kept { white-space: nowrap; }" in page_css()
