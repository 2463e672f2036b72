"""An answer is an answer however it is written; what is none, and what is no derivation, is never complete."""

import tomllib

import nbformat
import pytest

from autograder.course.models import check_models
from autograder.grading.writeups import suggested_points, suggestion
from matrix_checks.derivations.judging.report import Report, Step
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import read_exercise
from tests.conftest import ROOT
from tests.test_writeups import EXERCISES, described

EX1, EX2, EX3, TRACE, CHAIN = ("writeup_ex1", "writeup_ex2", "writeup_ex3", "writeup_ex4_trace", "writeup_ex4_chain")
LINEAR, SOFTMAX, NORM = "writeup_linear", "writeup_softmax", "writeup_batch_norm"
DX, DA, DFS, DJS = r"\frac{dy}{dx}", r"\frac{dy}{dA}", r"\frac{dF}{dS}", r"\frac{dJ}{dS}"
TRAINING, EVALUATION = "gradInput in training mode", "gradInput in evaluation mode"

SPELLINGS = [
    (EX1, DX, r"$\nabla y = 2x$", "reached"),
    (EX1, DX, r"$y' = 2x$", "reached"),
    (EX1, DX, r"$\frac{d(x^\top x)}{dx} = 2x$", "reached"),
    (EX1, DX, r"$\nabla f(x) = 2x$", "reached"),
    (EX1, DX, r"$\frac{\partial y}{\partial x_k} = 2x_k$", "reached"),
    (EX1, DX, r"$\nabla y = 3x$", "wrong"),
    (EX1, DX, r"$\frac{d(x^\top x)}{dx} = x$", "wrong"),
    (EX1, DX, r"$\frac{d(2x^\top x)}{dx} = 4x$", "missing"),
    (EX1, DX, r"$\frac{\partial y}{\partial x_k} = x_k$", "wrong"),
    (EX1, DX, r"$\nabla y = 2x^\top$", "other layout"),
    (EX2, DA, r"$\nabla_A \operatorname{tr}(AB) = B^\top$", "reached"),
    (EX2, DA, r"$\frac{\partial y}{\partial a_{pq}} = b_{qp}$", "reached"),
    (EX2, DA, r"$\nabla_A \operatorname{tr}(AB) = 2B^\top$", "wrong"),
    (EX2, DA, r"$\frac{\partial y}{\partial a_{pp}} = b_{pp}$", "missing"),
    (EX2, DA, r"$\frac{\partial y}{\partial a_{12}} = b_{21}$", "missing"),
    (EX3, DA, r"$\nabla_A (x^\top A c) = x c^\top$", "reached"),
    (EX3, DX, r"$\nabla_A y = x c^\top$", "missing"),
    (EX3, DA, r"$\frac{\partial y}{\partial A_{pq}} = x_p c_q$, so $\frac{dy}{dA} = 2x c^\top$", "wrong"),
    (CHAIN, DFS, r"$\frac{\partial \operatorname{vec}F}{\partial\operatorname{vec}S} = I_M\otimes A$", "reached"),
    (CHAIN, DFS, r"$\frac{\partial F}{\partial S} = A \otimes I_M$", "wrong"),
    (LINEAR, "gradW", r"$\frac{\partial L}{\partial W} = x^\top\frac{\partial L}{\partial y}$", "reached"),
    (LINEAR, "gradInput", r"$gradInput = \frac{\partial L}{\partial y} W^\top$", "reached"),
    (LINEAR, "gradW", r"$\frac{\partial L}{\partial W_{pq}} = \sum_i x_{ip} \frac{\partial L}{\partial y_{iq}}$", "reached"),
    (LINEAR, "gradW", r"$\frac{\partial L}{\partial W} = 2x^\top\frac{\partial L}{\partial y}$", "wrong"),
    (LINEAR, "gradInput of the second layer", r"$gradInput_2 = g_2 W_2^\top$", "reached"),
    (LINEAR, "gradW of the first of two layers", r"$\frac{\partial L}{\partial W_1} = x^\top g_2 W_2^\top$", "reached"),
    (SOFTMAX, "gradInput", r"$\frac{\partial L}{\partial x_k} = y_k(g_k - \sum_j g_j y_j)$", "reached"),
    (SOFTMAX, "gradInput", r"$gradInput_k = y_k(g_k - \sum_j g_j y_j)$", "reached"),
    (SOFTMAX, "gradInput", r"$gradInput_k = y_k(g_k - y_k)$", "wrong"),
]
LAST = [
    (EX1, DX, r"$\frac{dy}{dx} = 2x$. No: $\frac{dy}{dx} = x$.", "wrong"),
    (EX1, DX, r"$\frac{dy}{dx} = x$. No: $\frac{dy}{dx} = 2x$.", "reached"),
    (EX1, DX, r"$\frac{dy}{dx} = 2x$. In the other layout: $\frac{dy}{dx} = 2x^\top$.", "reached"),
    (EX2, DA, r"$\frac{\partial y}{\partial a_{pq}} = b_{qp}$, so $\frac{\partial y}{\partial a_{pq}} = b_{pq}$.", "wrong"),
    (
        TRACE,
        DJS,
        r"$\frac{dJ}{dS} = -2A^\top(X - AS)$. Setting it to zero, $\frac{dJ}{dS} = 0$, gives $A^\top A S = A^\top X$.",
        "reached",
    ),
]
# A gradient with a name of the text's own held fixed, in which all of the variable stands, is not zero.
NOTHING_LEFT = [
    (TRACE, DJS, r"$E = X - AS$. $\frac{\partial J}{\partial S} = 0$", "wrong"),
    (TRACE, DJS, r"$R := X - AS$. $J = \|R\|_F^2$. $\nabla_S J = 0$", "wrong"),
    (TRACE, DJS, r"$E \equiv X - AS$, $J = \operatorname{tr}(E^\top E)$, $\frac{dJ}{dS} = 0$", "wrong"),
    (EX3, DX, r"$z = Ac$. $\frac{dy}{dx} = 0$", "wrong"),
    (EX3, DX, r"$u = A^\top x$. $y = u^\top c$. $\frac{dy}{dx} = 0$", "wrong"),
    (SOFTMAX, "gradInput", r"$S = \sum_j e^{x_j}$, $p_i = e^{x_i}/S$. $\frac{dL}{dx} = 0$", "wrong"),
    (TRACE, DJS, r"$E = X - AS$. $\frac{\partial J}{\partial S} = -2A^\top E$", "reached"),
]
# A question for one layer, where the second of two layers has the answer, right or wrong.
OF_TWO_LAYERS = [
    (LINEAR, "gradB", r"$\frac{\partial L}{\partial b_2} = \frac1N\sum_i (g_2)_{ij}$", "wrong"),
    (LINEAR, "gradW", r"$y_1 = xW_1 + b_1$, $\frac{\partial L}{\partial W_2} = 2y_1^\top g_2$", "wrong"),
    (LINEAR, "gradInput", r"$\frac{\partial L}{\partial y_1} = 3g_2 W_2^\top$", "wrong"),
    (LINEAR, "gradInput", r"$\frac{\partial L}{\partial y_1} = g_2 W_2^\top$", "reached"),
    (LINEAR, "gradInput", r"$gradInput = gW^\top$, $\frac{\partial L}{\partial y_1} = 3g_2 W_2^\top$", "reached"),
    (LINEAR, "gradInput", r"$gradInput = 2gW^\top$, $\frac{\partial L}{\partial y_1} = g_2 W_2^\top$", "wrong"),
]
# The first of two layers counts where the second one has no answer.
EITHER_LAYER = [
    ("gradInput", r"$\frac{\partial L}{\partial x} = g_2W_2^\top W_1^\top$", "reached"),
    ("gradW", r"$\frac{\partial L}{\partial W_1} = x^\top g_2W_2^\top$", "reached"),
    ("gradW", r"$\frac{\partial L}{\partial W_1} = 2x^\top g_2W_2^\top$", "wrong"),
    (
        "gradInput",
        r"$\frac{\partial L}{\partial y_1} = 3g_2W_2^\top$, $\frac{\partial L}{\partial x} = g_2W_2^\top W_1^\top$",
        "wrong",
    ),
    ("gradInput", r"$gradInput = 2gW^\top$, $\frac{\partial L}{\partial x} = g_2W_2^\top W_1^\top$", "wrong"),
    ("gradInput", r"$gradInput = gW^\top$, $\frac{\partial L}{\partial y_1} = 3g_2W_2^\top$", "reached"),
    ("gradB", r"$\frac{\partial L}{\partial x} = g_2W_2^\top W_1^\top$", "missing"),
]
STACKED = [
    (CHAIN, DJS, r"$\operatorname{vec}(\frac{dJ}{dS}) = -2\operatorname{vec}(A^\top(X - F))$", "reached"),
    (CHAIN, DJS, r"$\operatorname{vec}\frac{dJ}{dS} = -2(I_M \otimes A^\top)\operatorname{vec}(X - F)$", "reached"),
    (CHAIN, DJS, r"$\frac{\partial J}{\partial\operatorname{vec}S} = -2(I_M \otimes A^\top)\operatorname{vec}(X - F)$", "reached"),
    (CHAIN, DJS, r"Let $s = \operatorname{vec}(S)$. $\nabla_s J = -2(I_M \otimes A^\top)\operatorname{vec}(X - F)$", "reached"),
    (
        CHAIN,
        DFS,
        r"$f := \operatorname{vec}F$, $s := \operatorname{vec}S$. $\frac{\partial f}{\partial s} = I_M \otimes A$",
        "reached",
    ),
    (EX2, DA, r"$\operatorname{vec}\frac{dy}{dA} = \operatorname{vec}(B^\top)$", "reached"),
    (CHAIN, DJS, r"$\operatorname{vec}(\frac{dJ}{dS}) = (\frac{dF}{dS})^\top\operatorname{vec}(\frac{dJ}{dF})$", "missing"),
    (CHAIN, DJS, r"$\operatorname{vec}(\frac{dJ}{dS}) = 2\operatorname{vec}(A^\top(X - F))$", "wrong"),
    (
        CHAIN,
        DFS,
        r"$f := \operatorname{vec}F$, $s := \operatorname{vec}S$. $\frac{\partial f}{\partial s} = A \otimes I_M$",
        "wrong",
    ),
    (EX2, DA, r"Let $a = \operatorname{vec}(A)$. $\frac{dy}{da} = \operatorname{vec}(B)$", "wrong"),
]
NOT_EXPLICIT = [
    (EX1, DX, r"Let $G = \frac{dy}{dx}$. Then $\frac{dy}{dx} = G$.", "missing"),
    (EX1, DX, r"$\frac{dy}{dx} = \frac{d(x^\top x)}{dx}$", "missing"),
    (EX1, DX, r"For $N=1$: $\frac{dy}{dx} = 2x_1$", "missing"),
    (LINEAR, "gradInput", r"$gradInput = gradInput$", "missing"),
    (LINEAR, "gradInput", r"$gradInput = 2gradInput - gradInput$", "missing"),
    (LINEAR, "gradInput", r"$gradInput = (gradInput^\top)^\top$", "missing"),
    (LINEAR, "gradInput", r"Let $q = gradInput$. $gradInput = q$", "missing"),
    (CHAIN, DJS, r"Let $G = \frac{dJ}{dF}$. $\frac{dJ}{dS} = A^\top G$", "missing"),
    (CHAIN, DJS, r"Let $G = \frac{dJ}{dF}$. $G = -2(X - F)$, $\frac{dJ}{dS} = A^\top G$", "reached"),
    (CHAIN, DJS, r"Let $D = X - F$. $\frac{dJ}{dS} = -2A^\top D$", "reached"),
    (
        SOFTMAX,
        "gradInput",
        r"Let $q_i = \frac{\partial L}{\partial y_i}$. $\frac{\partial L}{\partial x_k} = y_k(q_k - \sum_j q_j y_j)$",
        "reached",
    ),
    (LINEAR, "gradW of the first of two layers", r"$g_1 = \frac{\partial L}{\partial y_1}$, $gradW_1 = x^\top g_1$", "missing"),
    (SOFTMAX, "gradInput", r"For $i = k$: $\frac{\partial L}{\partial x_k} = y_k(g_k - \sum_j g_j y_j)$", "missing"),
]
MODES = [
    (r"$gradInput = \frac{g}{\sqrt{\sigma_{moving} + \varepsilon}}$", ("missing", "reached")),
    (r"$gradInput = \frac{g}{\sqrt{\sigma + \varepsilon}}$", ("wrong", "missing")),
    (r"$\frac{dL}{dx} = \frac{g}{\sqrt{\sigma + \varepsilon}}$", ("wrong", "missing")),
    (
        r"$gradInput_k = \frac{1}{\sqrt{\sigma+\varepsilon}}(g_k - \frac1N\sum_i g_i - y_k\frac1N\sum_i g_i y_i)$",
        ("reached", "missing"),
    ),
    (
        r"$gradInput_k = \frac{1}{\sqrt{\sigma+\varepsilon}}(g_k - \frac1N\sum_i g_i - y_k\frac1N\sum_i g_i y_i)$ and in evaluation "
        r"$gradInput = \frac{1}{\sqrt{\sigma_{moving}+\varepsilon}} g$",
        ("reached", "reached"),
    ),
    (r"$gradInput_k = \frac{1}{\sqrt{\sigma+\varepsilon}}(g_k - \sum_i g_i - y_k\frac1N\sum_i g_i y_i)$", ("wrong", "missing")),
]


@pytest.mark.parametrize(
    ("name", "question", "text", "expected"), [*SPELLINGS, *LAST, *NOTHING_LEFT, *OF_TWO_LAYERS, *STACKED, *NOT_EXPLICIT]
)
def test_an_answer_is_found_however_it_is_written_and_only_where_it_is_explicit(name, question, text, expected):
    report = read_writeup(text, EXERCISES[name])
    assert report.answers[question] == expected, described(report)


@pytest.mark.parametrize(("question", "text", "expected"), EITHER_LAYER)
def test_either_of_two_layers_answers_for_one_layer_where_that_has_no_answer(question, text, expected):
    declared = tomllib.loads((ROOT / "assignments" / "layers" / "writeups.toml").read_text(encoding="utf-8"))
    report = read_writeup(text, read_exercise(declared[LINEAR]))
    assert report.answers[question] == expected, described(report)


@pytest.mark.parametrize(("text", "expected"), MODES)
def test_each_mode_of_batch_normalization_is_a_question_of_its_own(text, expected):
    report = read_writeup(text, EXERCISES[NORM])
    assert (report.answers[TRAINING], report.answers[EVALUATION]) == expected, described(report)


@pytest.mark.parametrize(
    ("text", "earning"),
    [
        ("$x = x$", 0),
        (r"$y = x^\top x$, $y = x^\top x$", 1),
        (r"Let $q = 2x$.", 0),
        (r"$\frac{dy}{dx} = 2x$ and again $\frac{dy}{dx} = 2x$, $\frac{dy}{dx} = 2x$", 1),
        (r"$\frac{dy}{dx} = 2x = x + x$", 1),
        (r"If $x = 3x$ we assume.", 0),
    ],
)
def test_trivial_steps_earn_nothing(text, earning):
    report = read_writeup(text, EXERCISES[EX1])
    assert len(report.telling) == earning, described(report)


@pytest.mark.parametrize(
    ("name", "text", "ways"),
    [
        (EX1, r"$dy = 2x^\top dx$", {"by the differential": True, "by indices": False}),
        (EX1, r"$[D_x f](h) = 2x^\top h$", {"by the differential": True, "by indices": False}),
        (EX1, r"$\frac{\partial y}{\partial x_k} = 2x_k$", {"by the differential": False, "by indices": True}),
        (EX1, r"$dy = 3x^\top dx$, $\frac{\partial y}{\partial x_k} = x_k$", {"by the differential": False, "by indices": False}),
        (
            SOFTMAX,
            r"Case i == k: $$\frac{\partial y_i}{\partial x_k} = y_i(1 - y_k)$$",
            {"in both cases": False, "by the differential": False},
        ),
        (
            SOFTMAX,
            r"Case i == k: $$\frac{\partial y_i}{\partial x_k} = y_i(1 - y_k)$$ Case i != k: $$\frac{\partial y_i}{\partial x_k} = -y_i y_k$$",
            {"in both cases": True, "by the differential": False},
        ),
        (
            SOFTMAX,
            r"$\frac{\partial y_i}{\partial x_k} = y_i(\delta_{ik} - y_k)$",
            {"in both cases": True, "by the differential": False},
        ),
    ],
)
def test_the_ways_that_the_rubric_counts_are_looked_for(name, text, ways):
    report = read_writeup(text, EXERCISES[name])
    assert report.ways == ways, described(report)


FULL = (
    r"$f(x+h) - f(x) = x^\top h + h^\top x + h^\top h = 2x^\top h + h^\top h$. $[D_x f](h) = 2x^\top h$. "
    r"$\frac{\partial y}{\partial x_k} = \sum_i \frac{\partial x_i^2}{\partial x_k} = 2x_k$. $\frac{dy}{dx} = 2x$."
)


def test_a_derivation_with_all_that_is_asked_for_is_complete():
    report = read_writeup(FULL, EXERCISES[EX1])
    assert report.complete and report.share == 1, described(report)


@pytest.mark.parametrize(
    "text",
    [
        FULL + r" $f(x+h) - f(x) = 2x^\top h$.",
        FULL + r" $y = \mystery{x}$.",
        FULL + r" <!-- $y = 3x$ -->",
        FULL + r" $x^\top x = 2x^\top x$.",
        FULL.replace("_k", "_1").replace(r"\sum_i", ""),
        r"$\frac{dy}{dx} = 2x$",
    ],
)
def test_what_is_not_sure_or_not_read_is_never_complete(text):
    assert not read_writeup(text, EXERCISES[EX1]).complete


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- {} -->",
        '<div style="display:none">{}</div>',
        '<span style="visibility: hidden">{}</span>',
        "<p hidden>{}</p>",
        "<script>{}</script>",
        '<b style="color:red; font-size:0">{}</b>',
        "<!-- {}",
    ],
)
def test_hidden_text_is_not_read_and_a_remark_says_so(hidden):
    report = read_writeup("$y = x^\\top x$ " + hidden.format(r"$\frac{dy}{dx} = 2x$"), EXERCISES[EX1])
    assert len(report.steps) == 1 and report.answers[DX] == "missing"
    assert any("hidden" in note for note in report.notes)


@pytest.mark.parametrize("shown", ["<b>{}</b>", "<details><summary>s</summary>{}</details>", '<div style="display:block">{}</div>'])
def test_text_that_is_shown_is_read(shown):
    report = read_writeup(shown.format(r" $\frac{dy}{dx} = 2x$ "), EXERCISES[EX1])
    assert report.answers[DX] == "reached" and not report.notes


def test_pictures_are_taken_out_before_the_length_is_judged():
    report = read_writeup("![p](data:image/png;base64," + "A" * 900_000 + r") $\frac{dy}{dx} = 2x$", EXERCISES[EX1])
    assert report.answers[DX] == "reached" and report.has_picture


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("![photo](attachment:page.png)", "picture"),
        ("See the PDF.", "no formula"),
        (r"$\Foo{y} = \Bar{x}$", "understood"),
        (r"<!-- $\frac{dy}{dx} = 2x$ -->", "no formula"),
        ('<img src="data:image/png;base64,AAAA">', "picture"),
    ],
)
def test_where_nothing_can_be_read_there_is_no_number(text, why):
    said = suggestion(read_writeup(text, EXERCISES[EX1]), 0, 8, accepted=False)
    assert said.startswith("For a person, because ") and why in said and "points" not in said


def test_an_answer_alone_is_worth_less_than_a_derivation():
    alone = read_writeup(r"$\frac{dy}{dx} = 2x$", EXERCISES[EX1])
    assert suggested_points(alone, 8) < 5 < suggested_points(read_writeup(FULL, EXERCISES[EX1]), 8) == 8


def test_the_evaluation_formula_alone_is_not_all_of_batch_normalization():
    report = read_writeup(r"$gradInput = \frac{g}{\sqrt{\sigma_{moving} + \varepsilon}}$", EXERCISES[NORM])
    assert not report.complete and suggested_points(report, 15) < 8


def _notebook(text):
    cell = nbformat.v4.new_markdown_cell(text, metadata={"nbgrader": {"grade_id": EX1, "grade": True}})
    return nbformat.v4.new_notebook(cells=[cell])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (FULL.replace(r"$\frac{dy}{dx} = 2x$", ""), None),
        (r"$y = \mystery{x}$", "not understood"),
        (FULL + r" $y = 2x^\top x$", "false"),
        (r"$[D_x f](h) = 2x^\top h$", "does not reach"),
        (r"$\frac{dy}{dx} = 2x$", "by the differential"),
    ],
)
def test_the_build_refuses_a_model_writeup_that_is_not_complete(tmp_path, text, why):
    master = tmp_path / "chapter.md"
    if why is None:
        check_models(master, _notebook(text), {EX1: EXERCISES[EX1]})
        return
    with pytest.raises(ValueError, match=why) as raised:
        check_models(master, _notebook(text), {EX1: EXERCISES[EX1]})
    assert "chapter.md" in str(raised.value) and EX1 in str(raised.value) and "\n" not in str(raised.value)


def test_a_report_without_steps_has_no_share_of_them():
    assert Report(answers={"a": "missing"}).share == 0
    assert Report(steps=[Step("a", "=", "b", "not understood", "", 0)]).share == 0
