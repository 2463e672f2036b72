"""Formulas in Markdown: found where they are, typeset whole, and refused with a reason where they are not right."""

import re
from pathlib import Path

import jupytext
import pytest
from bs4 import BeautifulSoup

from autograder.pages import page
from autograder.pages.page import check_formula, find_formulas
from autograder.pages.typeset import symbols, typeset

ROOT = Path(__file__).parents[1]
MASTERS = sorted(path for path in ROOT.glob("assignments/*/*.md") if path.stem.islower())  # beside notes on the data
FORMULAS = [
    r"[D_{x_0} f](h) = \langle \nabla f, h \rangle = \operatorname{tr}(\nabla f^\top h)",
    r"\lVert X - A S \rVert_F^2 = \sum_{i=1}^{N} \sum_{j=1}^{M} \left( x_{ij} - \sum_{r=1}^{R} a_{ir} s_{rj} \right)^2",
    r"\operatorname{vec}(\mathrm{d}F) = \underbrace{(I_M \otimes A)}_{NM \times RM} \operatorname{vec}(\mathrm{d}S)",
    r"\begin{cases} y_i (1 - y_i), & i = k, \\ -y_i y_k & \text{otherwise, for $i \ne k$} \end{cases}",
    r"\begin{pmatrix} A & \cdots & 0 \\ \vdots & \ddots & \vdots \\ 0 & \cdots & A \end{pmatrix}",
    r"\hat{x}_{ij} = \frac{x_{ij} - \mu_j}{\sqrt{\sigma_j + \varepsilon}}, \quad \bar{W}, \tilde{x}, \widehat{AB}",
    r"\frac{\partial L}{\partial W} \in \mathbb{R}^{N \times M}, \quad x \odot y, \enspace a \lt b, \lbrace x \rbrace"
    r", \lim_{t \to 0} \frac{f(x_0 + t h) - f(x_0)}{t}, \qquad \max_j x_j, \quad \mathbf{1}_N^\top, \quad \mathcal{L}",
    r"\Big( \tfrac12 \Big) \binom{n}{k} \left. y \right|_{x = 0} \int_0^1 \log t \, dt \overset{d}{=} \sqrt[3]{x'}",
]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("display", [False, True])
def test_a_formula_is_typeset_and_nothing_of_its_source_is_left(formula: str, display: bool) -> None:
    markup = typeset(formula, display)
    assert markup.startswith("<math") and markup.count("<math") == 1
    assert "\\" not in markup and "&amp;" not in markup
    assert not re.search(r"<annotation|alttext", markup)


def test_a_displayed_sum_has_its_limits_above_and_below_and_one_in_a_line_beside() -> None:
    assert "<munderover><mo" in typeset(r"\sum_{i=1}^N x_i", display=True)
    assert "<msubsup><mo" in typeset(r"\sum_{i=1}^N x_i")
    assert "<munderover><mo" in typeset(r"\begin{aligned} a &= \sum_{i=1}^N x_i \end{aligned}", display=True)
    assert "<msubsup><mo" in typeset(r"\frac{1}{\sum_{i=1}^N x_i}", display=True)


def test_aligned_lines_meet_at_the_ampersand() -> None:
    table = BeautifulSoup(typeset(r"\begin{aligned} a &= b \\ &= -c + d \end{aligned}", display=True), "html.parser")
    rows = [[cell["class"] for cell in row("mtd")] for row in table("mtr")]
    assert rows == [[["right"], ["left"]], [["right"], ["left"]]]
    assert re.search(r"mtd\.right \{ text-align: right;.*\n.*mtd\.left \{ text-align: left;", page.page_css())
    # The sign of equality that begins a cell keeps its distance from what stands left of it.
    assert all(row("mtd")[1].mrow.find()["width"] == "0.2778em" for row in table("mtr"))


def test_a_sign_and_an_operation_are_spaced_differently() -> None:
    widths = [re.findall(r'mspace width="([\d.]+)em"', typeset(formula)) for formula in ("a - b", "-b", "a = -b", "(-b)")]
    assert widths == [["0.2222", "0.2222"], [], ["0.2778", "0.2778"], []]


def test_delimiters_grow_with_left_and_right_and_not_otherwise() -> None:
    assert typeset(r"\left( x \right)").count('stretchy="true"') == 2
    assert typeset(r"( x )").count('stretchy="false"') == 2


def test_letters_of_other_alphabets_are_characters_of_their_own() -> None:
    assert "ℝ" in typeset(r"\mathbb{R}") and "𝐱" in typeset(r"\mathbf{x}") and "ℒ" in typeset(r"\mathcal L")


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        (r"\foo{x}", r"unknown command \\foo"),
        (r"\text{\foo}", r"a command inside \\text"),
        (r"\frac{a}", "lacks an argument"),
        (r"{a", "unbalanced"),
        (r"a}", "unbalanced"),
        (r"\left( a", "unbalanced"),
        (r"a \right)", "unbalanced"),
        (r"\begin{aligned} a", "unbalanced"),
        (r"\begin{aligned} a \end{cases}", "unbalanced"),
        (r"\begin{foo} a \end{foo}", "unknown environment"),
        (r"a & b", "outside an environment"),
        (r"a \\ b", "breaks no line"),
        (r"\begin{aligned} a \\ [D f](h) \end{aligned}", r"a row begins with \["),
        (r"x_1_2", "double subscript"),
        ("x^T H\u0441", "CYRILLIC SMALL LETTER ES"),
        ("a \u2212 b", "MINUS SIGN"),
        ("a\n\nb", "blank line"),
        (" ", "empty"),
        ("{" * 10_000, "nested too deeply"),
        (r"\hat" * 10_000, r"nested too deeply|longer than"),
    ],
)
def test_a_formula_that_is_not_as_it_should_be_is_refused_with_a_reason(formula: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        check_formula(formula)


def test_every_character_that_a_formula_can_become_is_in_the_embedded_font() -> None:
    listed = Path(page.__file__).with_name("assets").joinpath("stix-two-math.txt").read_text(encoding="ascii")
    held = {chr(int(code[2:], 16)) for code in listed.split()}
    tables = [symbols.UPRIGHT, symbols.ITALIC, symbols.LIMIT_OPERATORS, symbols.INTEGRALS, symbols.DELIMITERS]
    needed = set("".join("".join(table.values()) for table in tables)) | {mark for mark, _ in symbols.ACCENTS.values()}
    needed |= {character for _, character in (symbols.SYMBOLS | symbols.CHARACTERS).values()} | {"√", "⏟", "⏞", "′"}
    needed |= {character for font in symbols.FONTS.values() for character in font.values()}
    assert needed - held == set()


@pytest.mark.parametrize("master", MASTERS, ids=lambda path: path.stem)
def test_every_formula_of_the_course_is_as_it_should_be(master: Path) -> None:
    prose = [cell.source for cell in jupytext.read(master, fmt="md").cells if cell.cell_type == "markdown"]
    formulas = [formula for source in prose for formula in find_formulas(source)]
    assert len(formulas) > 100
    for formula in formulas:
        check_formula(formula.source)


# Finding formulas in Markdown


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("the gradient $2x$ of $x^\\top x$", [("2x", False), ("x^\\top x", False)]),
        ("before\n\n$$\na\n$$\n\nafter", [("\na\n", True)]),
        ("text\n$$a$$\ntext", [("a", True)]),
        ("$$\n\\begin{aligned}a\n&= b\n\\end{aligned}\n$$", [("\n\\begin{aligned}a\n&= b\n\\end{aligned}\n", True)]),
        ("`$x$` is code, $y$ is not", [("y", False)]),
        ("`$$` opens and `$$` closes, $y$ too", [("y", False)]),
        ("``a $x$ ` b`` and $x$", [("x", False)]),
        ("```\n$x$\n$$\ny\n$$\n```\n\n$z$", [("z", False)]),
        ("~~~python\nprint('$x$')\n~~~", []),
        ("    $indented$\n\n$z$", [("z", False)]),
        (r"costs \$5, or \$6, and $x$", [("x", False)]),
        ("$a_1$ and $b_1$, *no* _emphasis_", [("a_1", False), ("b_1", False)]),
        (r"\\(x\\) and \\[y\\]", [("x", False), ("y", True)]),
        ("| a | b |\n|---|---|\n| $x$ | $y$ |", [("x", False), ("y", False)]),
        ("- item\n\n  $$\n  a\n  b\n  $$", [("\na\nb\n", True)]),
        ("> quoted\n> $$\n> a\n> b\n> $$", [("\na\nb\n", True)]),
        ("# The title $x$", [("x", False)]),
        ("<details><summary>Hint for $x$</summary>\n\n$y$\n\n</details>", [("x", False), ("y", False)]),
        ("<pre>$x$</pre>\n\n<!-- $y$ -->\n\n$z$", [("z", False)]),
        ("no formula at all", []),
    ],
)  # fmt: skip
def test_formulas_are_found_where_they_are(markdown: str, expected: list[tuple[str, bool]]) -> None:
    found = find_formulas(markdown)
    assert [(formula.source, formula.display) for formula in found] == expected
    for formula in found:
        with_delimiters = markdown[formula.start : formula.end]
        assert re.match(r"\$|\\\\[(\[]", with_delimiters) and re.search(r"(\$|\\\\[)\]])$", with_delimiters)
        assert formula.source.split() == [word for word in with_delimiters.strip("$\\[]()").split() if word != ">"]
        assert formula.line == markdown[: formula.start].count("\n") + 1
    assert [formula.start for formula in found] == sorted({formula.start for formula in found})


def test_a_formula_that_stands_in_code_as_well_is_found_outside_of_it() -> None:
    markdown = "`$x$` then $x$, and\n\n```\n$x$\n```\n\n$x$"
    assert [formula.start for formula in find_formulas(markdown)] == [11, 34]
