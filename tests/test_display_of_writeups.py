"""How a report on a write-up is shown: what matters is on one screen, and what JupyterLab would not show is named."""

import pytest

from matrix_checks.derivations.expressions.as_tex import tex
from matrix_checks.derivations.judging.display import as_markdown, as_text, still_to_come, summary
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.prose.rendering import MOST_QUOTES
from matrix_checks.derivations.reading.grammar import Parser
from matrix_checks.derivations.reading.tex import tokenize
from tests.test_writeups import EXERCISES

TRUE, WRONG = r"$x^\top x = \sum_i x_i x_i$", r"$\frac{dy}{dx} = x$"


def report_of(text, exercise="writeup_ex1"):
    return read_writeup(text, EXERCISES[exercise])


def true_steps(count):
    return "\n\n".join(rf"${number} x^\top x = {number} y$" for number in range(2, 2 + count))


def test_a_stretch_of_true_steps_is_one_line_of_text():
    said = as_text(report_of(f"{true_steps(2)}\n\n{WRONG}\n\n{true_steps(7)}"))
    assert "✓ 1. " in said and "✓ 2. " in said and "✗ 3. " in said and "✓ steps 4 to 10 hold" in said and "✓ 4." not in said


def test_a_stretch_of_true_steps_is_folded_in_markdown_with_its_count_and_the_false_step_is_not():
    shown = as_markdown(report_of(f"{true_steps(5)}\n\n{WRONG}"))
    folded, _, rest = shown.partition("</details>")
    assert '<details class="true-steps"><summary>✓ steps 1 to 5 hold</summary>\n\n|' in folded
    assert folded.count("| ✓ |") == 5 and rest.count("| ✗ | 6 |") == 1


def test_every_folded_stretch_is_closed():
    shown = as_markdown(report_of("\n\n".join([true_steps(3), WRONG, true_steps(4), WRONG, true_steps(1)])))
    assert shown.count("<details") == shown.count("</details>") == 2


def test_a_definition_and_a_condition_have_signs_of_their_own():
    text = r"Let $z = 3x$. Then $y = x^\top x$. Assume $N = 3$."
    said = as_text(report_of(text))
    assert "steps 1 to 3: 1 holds, 1 definition, 1 condition" in said, said
    alone = as_text(report_of(rf"{WRONG} Let $z = 3x$. {WRONG}"))
    assert "≔ 2. z = 3x\n      a definition" in alone, alone


def test_a_derivative_along_a_step_is_no_link():
    """The code host where solved notebooks are read looks for links before it looks for formulas."""
    for text in (r"$[D_x f](h) = 2 x^\top h$", r"$[D_x f](h) = x^\top h$"):
        shown = as_markdown(report_of(text))
        assert "[D_xf] (h) = " in shown and "](" not in shown


@pytest.mark.parametrize(
    ("exercise", "text", "coming"),
    [
        ("writeup_ex1", "", [r"$\frac{dy}{dx}$"]),
        ("writeup_ex1", r"$\frac{dy}{dx} = 2x$", ["a derivation by the differential"]),
        ("writeup_ex1", r"$dy = 2 x^\top dx$ and $\frac{dy}{dx} = 2x$", []),
        ("writeup_ex4_trace", r"$\frac{dJ}{dS} = -2 A^\top (X - AS)$", [r"$\frac{dJ}{dA}$"]),
        ("writeup_softmax", "", ["gradInput", "a derivation in both cases", "a derivation by the differential"]),
        (
            "writeup_batch_norm",
            "",
            ["gradInput in training mode", "gradInput in evaluation mode", "a derivation by the differential"],
        ),
    ],
)
def test_what_is_asked_for_and_not_there_yet_is_one_list(exercise, text, coming):
    report = report_of(f"$x = x$ {text}", exercise)
    assert [each for each in still_to_come(report) if "by indices" not in each or each in coming] == coming or not text
    listed = still_to_come(report)
    assert set(coming) <= set(listed)
    assert (f"Still to come: {', '.join(listed)}." in summary(report)) == bool(listed)


def test_the_answers_are_listed_by_what_was_found():
    text = r"$\frac{dJ}{dS} = -2 A^\top (X - AS)$ and $\frac{dJ}{dA} = 2 (X - AS) S^\top$"
    said = summary(report_of(text, "writeup_ex4_trace"))
    assert r"Reached: $\frac{dJ}{dS}$." in said and r"Not what it should be: $\frac{dJ}{dA}$." in said


@pytest.mark.parametrize(
    ("formula", "cell"),
    [
        (r"\|x\|^2 = y", r"$\Vert x\Vert ^2 = y$"),
        (r"|y| = y", r"$\vert y\vert  = y$"),
        (r"\|x\| = \sqrt{y}", r"$\Vert x\Vert  = \sqrt{y}$"),
    ],
)
def test_a_bar_in_a_formula_neither_ends_the_cell_of_the_table_nor_breaks_a_line(formula, cell):
    assert cell in as_markdown(report_of(f"${formula}$"))


@pytest.mark.parametrize(
    ("source", "quoted"),
    [
        (r"\|x\|", r"$\lVert x \rVert$"),
        (r"A \otimes I_M", r"$A \otimes I_{M}$"),
        (r"(A + B) \otimes C", r"$(A + B) \otimes C$"),
        (r"\delta_{ik}", r"$\delta_{i k}$"),
        (r"a - b - (c - d)", "$a - b - (c - d)$"),
        (r"\sqrt{a + b}", r"$\sqrt{a + b}$"),
        (r"(\sum_i a_i) b", r"$(\sum_{i} a_{i}) b$"),
    ],
)
def test_an_expression_is_quoted_as_it_was_meant(source, quoted):
    assert tex(Parser(tokenize(source, ()), frozenset("ABCabcdx")).whole()) == quoted


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (r"$x^\top с = y$", r"The letter с in `x^\top с = y` is Cyrillic; it was read as the Latin c"),
        (r"$y = у$", "The letter у in `y = у` is Cyrillic; it was read as the Latin y"),
        (r"$А = B$", "The letter А in `А = B` is Cyrillic"),
        (r"$$y = х^\top х$$", r"`y = х^\top х` is Cyrillic"),
        (r"$y = y$, $е = y$", "The letter е in `е = y` is Cyrillic"),
        (r"$$y = y \\ y = x^\top x$$", r"breaks no line at a `\\` outside of an environment"),
        (r"$$y = y \\ y = x^\top x \\ y = y$$", r"`y = y \\ y = x^\top x"),
        (r"$$\begin{aligned} y &= y \end{aligned} \\ y = y$$", "breaks no line"),
        (r"$y = y \\ y = x^\top x$", "breaks no line"),
        (r"$$y = x^\top x \eqno (1)$$", r"does not know `\eqno`; number the formula with `\tag{1}`: `y = x^\top x \eqno (1)`"),
        (r"$$\text{so } y = y \\[2mm] y = y$$", "breaks no line"),
        ("$$y = y\n\n$$", "blank line between its `$$`"),
        ("$$\n\ny = y$$", "blank line between its `$$`"),
        ("$$y\n \n= y$$", "blank line between its `$$`"),
        ("$$y\n\t\n\n= y$$", "blank line between its `$$`"),
        ("$$y = y,\n\ny = x^\\top x$$", "`y = y, y = x^\\top x`"),
        (r"$$\begin{aligned} [D_x f](h) &= h \end{aligned}$$", "put `{}` before the bracket"),
        ("$$\\begin{aligned}\n[D_x f](h) &= h \\end{aligned}$$", "put `{}` before the bracket"),
        (r"$$\begin{split}[D_x f](h) &= h \end{split}$$", "put `{}` before the bracket"),
        (r"$$\begin{aligned} y &= y \\[D_x f](h) &= h \end{aligned}$$", "put `{}` before the bracket"),
        (r"$$\begin{gathered}[x_i] = x \end{gathered}$$", "put `{}` before the bracket"),
    ],
)
def test_what_jupyterlab_does_not_show_as_it_is_meant_is_named_with_its_formula(formula, words):
    notes = report_of(formula).notes
    assert any(words in note for note in notes), notes


@pytest.mark.parametrize(
    "formula",
    [
        r"$$\begin{aligned} y &= y \\ y &= x^\top x \end{aligned}$$",
        r"$$\operatorname{tr}(x x^\top) = y$$",
        r"$$y = y \\$$",
        "$$\ny = y\n$$",
        r"$$\begin{aligned}[t] y &= y \\[2mm] y &= y \end{aligned}$$",
        r"$$\begin{aligned} {}[D_x f](h) &= h \end{aligned}$$",
        r"$$y = \sum_{\substack{i \\ j}} y$$",
        r"\begin{align} y &= y \\ y &= y \end{align}",
        r"$\text{где } y = y$",
        "Слово и $y = y$\n\n$x = x$",
    ],
)
def test_what_jupyterlab_shows_is_not_warned_of(formula):
    assert report_of(formula).notes == []


def test_many_places_of_one_kind_are_counted_and_not_all_quoted():
    (note,) = report_of(" ".join(rf"$y = {number} y \\ x = x$" for number in range(MOST_QUOTES + 4))).notes
    assert note.endswith("and 4 more.")
