"""Formulas in Markdown: found where they are, typeset whole, and refused with a reason where they are not right."""

import re
from pathlib import Path

import jupytext
import pytest
from bs4 import BeautifulSoup

from autograder.pages.markdown import find_formulas
from autograder.pages.maths import check_formula, typeset
from autograder.pages.style import maths_css

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
    """A browser decides, by the style of what is around the sum; nothing may take that from it."""
    assert typeset(r"\sum_{i=1}^N x_i", display=True).startswith('<math display="block"><munderover><mo')
    assert typeset(r"\sum_{i=1}^N x_i").startswith("<math><munderover><mo")
    assert '<mtable displaystyle="true"' in typeset(r"\begin{aligned} a &= \sum_{i=1}^N x_i \end{aligned}", display=True)
    assert "<msubsup><mo" in typeset(r"\sum\nolimits_{i=1}^N x_i", display=True)
    for formula in (r"\sum_{i=1}^N x_i", r"\frac{1}{\sum_{i=1}^N x_i}"):
        assert "movablelimits" not in typeset(formula) and "displaystyle" not in typeset(formula)


def test_aligned_lines_meet_at_the_ampersand() -> None:
    table = BeautifulSoup(typeset(r"\begin{aligned} a &= b \\ &= -c + d \end{aligned}", display=True), "html.parser")
    sides = [[re.findall(r"text-align: (\w+)", cell["style"]) for cell in row("mtd")] for row in table("mtr")]
    assert sides == [[["right"], ["left"]], [["right"], ["left"]]]
    assert re.search(r'"align: right"\] \{ text-align: -webkit-right.*\n.*"align: left"\] \{ text-align: -webkit-left', maths_css())
    # The sign of equality that begins a cell keeps its distance from what stands left of it.
    assert all(str(row("mtd")[1].find()) == "<mo>=</mo>" for row in table("mtr"))


def test_a_sign_and_an_operation_are_spaced_differently() -> None:
    signs = [re.search("<mo[^>]*>\u2212", typeset(formula))[0] for formula in ("a - b", "-b", "a = -b", "(-b)")]
    assert signs == ["<mo>\u2212", *['<mo lspace="0" rspace="0">\u2212'] * 3]


def test_delimiters_grow_with_left_and_right_and_not_otherwise() -> None:
    assert "<mo>(</mo>" in typeset(r"\left( x \right)")
    assert typeset("( x )").count('stretchy="false"') == 2


@pytest.mark.parametrize("formula", [r"\big( x \big)^\top", r"\Big[ A \Big]_{ij}", r"\bigl( x \bigr)^2_i", r"\Big|_{x = 0}"])
def test_a_sized_bracket_keeps_its_size_under_a_script(formula: str) -> None:
    """Chromium ignores the size of an operator that is itself the base of a script."""
    base = BeautifulSoup(typeset(formula), "html.parser").find(["msub", "msup", "msubsup"]).find()
    assert base.name == "mrow" and base.mo["minsize"] == base.mo["maxsize"]


@pytest.mark.parametrize("formula", ["y_k", r"\hat y_k", r"\beta_j^2", r"\mathbf{g}_i"])
def test_a_script_stands_as_high_at_every_letter(formula: str) -> None:
    assert '<mpadded depth="0">' in typeset(formula)


def test_an_exponent_of_a_bracket_stands_as_high_as_one_of_a_letter() -> None:
    assert '<msup><mpadded height="0.5em" depth="0.1em"><mo stretchy="false">)' in typeset("(x + y)^{-1/2}")


def test_letters_of_other_alphabets_are_characters_of_their_own() -> None:
    assert "ℝ" in typeset(r"\mathbb{R}") and "𝐱" in typeset(r"\mathbf{x}") and "ℒ" in typeset(r"\mathcal L")


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        (r"\foo{x}", r'unknown command "\\foo"'),
        (r"\text{\foo}", r'unknown command "\\foo"'),
        (r"\frac{a}", "expected argument"),
        (r"{a", 'expected closing token "}"'),
        (r"a}", "unmatched closing"),
        (r"\left( a", r'expected closing token "\\right"'),
        (r"a \right)", "unmatched closing"),
        (r"\begin{aligned} a", r'expected closing token "\\end'),
        (r"\begin{aligned} a \end{cases}", r'expected "\\end{aligned}"'),
        (r"\begin{foo} a \end{foo}", "unknown environment"),
        (r"a & b", "only appear in a table-like environment"),
        (r"a % b", "begins a comment"),
        (r"\def\a{b} \a", "a definition"),
        (r"a \\ b", "breaks no line"),
        (r"\begin{aligned} a \\ [D f] (h) \end{aligned}", r"a row begins with \["),
        ("\\begin{aligned}\n[D f] (h) &= a \\end{aligned}", r"an environment begins with \["),
        (r"\begin{matrix}[D f] (h) \end{matrix}", r"an environment begins with \["),
        (r"\operatorname{tr} P", "which GitHub refuses"),
        (r"[D f](h)", "takes for a link"),
        (r"x_1_2", "duplicate subscript"),
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


def test_a_bracket_behind_empty_braces_and_a_blank_between_brackets_are_as_they_should_be() -> None:
    check_formula(r"\begin{aligned}{}[D f] (h) &= \mathrm{tr}(P) \\ {}[D g] (h) &= a \end{aligned}")


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
