r"""The same steps with dollar signs elsewhere: "``$y$ = $x^Tx$``", "so \frac{dL}{dW} = x^T g", "`gradW = x.T @ g`", "| ``$dJ/dF$`` | ``$-2(X-F)$`` |"."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.conftest import examples
from tests.test_precision import judged
from tests.test_recall import EXERCISES

# Sides, right ones and wrong ones.
STEPS = {
    "ex1": [(r"\frac{dy}{dx}", "2x", "3x"), ("y", "x^T x", "2x^T x")],
    "ex2": [(r"\frac{dy}{dA}", "B^T", "B^T B"), (r"\operatorname{tr}(AB)", r"\operatorname{tr}(BA)", r"\operatorname{tr}(A)")],
    "ex3": [(r"\frac{\partial y}{\partial x}", "Ac", "A^T c"), (r"\frac{\partial y}{\partial A}", "x c^T", "2x c^T")],
    "ex4_chain": [(r"\frac{dJ}{dF}", "-2(X-F)", "2(X-F)"), (r"\frac{dJ}{dA}", "-2(X-F)S^T", "-2(X-F)S")],
    "linear": [
        (r"\frac{\partial L}{\partial W}", "x^T g", "g x^T"),
        (r"\frac{\partial L}{\partial x_{ni}}", r"\sum_j g_{nj} W_{ij}", r"\sum_j g_{nj} W_{ji}"),
    ],
    "softmax": [(r"\frac{\partial y_i}{\partial x_k}", r"y_i(\delta_{ik} - y_k)", r"y_i(\delta_{ik} + y_k)")],
}
# How a step may stand in a line, its sides with dollars or without.
SHOWN = {
    "the sign between two formulas": "Then ${left}$ = ${right}$.",
    "the sign and a line break": "Then ${left}$\n= ${right}$.",
    "of three formulas": "Then ${left}$ = ${right}$ = ${right}$.",
    "only the right side": "so {left} = ${right}$.",
    "no dollar at all": "we get {left} = {right}",
    "no dollar, in a line of its own": "We get\n\n{left} = {right}\n\nand that is all.",
}


def steps():
    return st.sampled_from([(exercise, *step) for exercise, found in STEPS.items() for step in found])


@given(step=steps(), shown=st.sampled_from(sorted(SHOWN)))
@settings(max_examples=examples(60), deadline=None)
def test_no_sign_of_equality_is_lost_and_no_right_one_false(step, shown):
    exercise, left, right, wrong = step
    for side in (right, wrong):
        text = SHOWN[shown].format(left=left, right=side)
        if left.count("\\") and shown == "only the right side":
            left_side = left.replace(r"\frac{\partial L}{\partial W}", "dL/dW").replace(
                r"\frac{\partial y_i}{\partial x_k}", "dy_i/dx_k"
            )
            text = SHOWN[shown].format(left=left_side, right=side)
            if "\\" in left_side:
                continue
        report = read_writeup(text, EXERCISES[f"writeup_{exercise}"])
        found = judged(exercise, text)
        assert found, text
        assert len(report.account) >= text.count("="), (text, report.account)
        assert "F" not in found if side == right else found[0] != "H", (text, found)


@pytest.mark.parametrize("shown", [each for each in SHOWN if "no dollar" not in each and "only" not in each])
@pytest.mark.parametrize("exercise", STEPS)
def test_a_sign_between_two_formulas_is_judged_as_one_inside(exercise, shown):
    for left, right, wrong in STEPS[exercise]:
        for side in (right, wrong):
            text = SHOWN[shown].format(left=left, right=side)
            assert judged(exercise, text)[0] == judged(exercise, f"${left} = {side}$")[0], text


@pytest.mark.parametrize(
    ("exercise", "text", "said"),
    [
        # Factors between two dollars belong to the side before them, and further equalities do not.
        ("ex3", r"$\frac{dy}{dA}$ = $x$ $c^T$, and $\frac{dy}{dx}$ = $A$ $c$.", "HH"),
        ("ex3", r"$\frac{dy}{dx}$ = $Ac$" + "\n" + r"$\frac{dy}{dA}$ = $xc^T$", "HH"),
        ("ex1", r"$\frac{dy}{dx}$ = 2 $x$, so $\frac{dy}{dx}$ = 2x.", "HH"),
        ("ex1", r"$N$ = number of entries, and $y$ = a sum.", ""),
        # A gradient before an arrow, a colon or in the first cell of a row.
        ("ex3", r"$\partial y/\partial x \to Ac$, $\frac{\partial y}{\partial A}: xc^T$, $\frac{\partial y}{\partial x} \to A^Tc$.", "HHF"),
        ("ex4_chain", "| asked | found |\n|---|---|\n| $dJ/dF$ | $-2(X-F)$ |\n| $\\frac{dF}{dS}$ | $A\\otimes I_M$ |", "HF"),
        ("linear", r"$\frac{\partial L}{\partial y} \to \frac{\partial L}{\partial x}$, $\frac{\partial L}{\partial x}: N\times n_1$, $\frac{dL}{dW} \to 0$.", ""),
        # A gradient without dollars before a formula, with an index or a Greek letter.
        ("batch_norm", r"dL/dσ = $-\frac12(\sigma+\epsilon)^{-3/2}\sum_mg_m(x_m-\mu)$", "H"),
        ("softmax", r"also dL/dx_k = $y_k(g_k-\sum_ig_iy_i)$, gradInput_k = $y_k(g_k+\sum_ig_iy_i)$", "HF"),
        ("linear", r"→ ∂L/∂W_ij = $\sum_n x_{ni}g_{nj}$, \partial L/\partial b_j = $\sum_n g_{nj}$", "HH"),
        # Code in a line.
        ("linear", "`y = x @ W + b`, `gradW = x.T @ g` and `gradB = g.sum(axis=0)`; `np.sum(g, axis=0)`; `a == b`", "HHH"),
        ("softmax", "`gradInput = y * (g - (g * y).sum(axis=1, keepdims=True))`", "H"),
        # Names behind words in one command, and words that may be a left side.
        ("linear", r"$$\text{gradW} = x^Tg,\quad \text{and gradInput} = gW^T, \qquad \text{i.e. gradB} = g$$", "HHF"),
        ("linear", r"$$\frac{\partial L}{\partial W} = x^Tg,\quad \text{and the other one} = gW^T$$", "HU"),
    ],
)  # fmt: skip
def test_where_the_dollars_stand(exercise, text, said):
    assert judged(exercise, text) == said


def test_an_answer_may_stand_in_a_table_or_behind_an_arrow():
    table = read_writeup("| $dJ/dF$ | $-2(X-F)$ |\n| $dJ/dS$ | $-2A^T(X-F)$ |", EXERCISES["writeup_ex4_chain"])
    assert [table.answers[name] for name in (r"\frac{dJ}{dF}", r"\frac{dJ}{dS}")] == ["reached", "reached"]
    arrows = read_writeup(r"$\frac{dy}{dx} \to Ac$ and $\frac{dy}{dA} \to cx^Tc$", EXERCISES["writeup_ex3"])
    assert list(arrows.answers.values()) == ["reached", "wrong"]


@pytest.mark.parametrize(
    ("exercise", "text", "said"),
    [
        # A formula that goes on outside of its dollars is none: nothing of the whole is false, and what is right holds.
        ("ex4_trace", r"so $dJ/dS = -2$ A^T X + 2 A^T A S", "H"),
        ("ex1", r"$\frac{dy}{dx} = 2$ x and more", "H"),
        ("softmax", r"back: gradInput_k = $\sum_i g_i$ y_i (\delta_ik - y_k)", "H"),
        ("linear", r"gradW_1 = $x^T$ dL/dh", ""),
        ("ex4_trace", r"$J$ = tr(X^T X) - 2 tr(X^T A S) + tr(S^T A^T A S)", "H"),
        ("ex4_trace", r"$J$ = tr(X^T X) - 3 tr(X^T A S)", "U"),
        # Words and signs of words behind a formula are none.
        ("ex1", r"$\frac{dy}{dx} = 2$ y no más, $\frac{dy}{dx} = 2x$ a column.", "FH"),
        # The dollar that closes a formula was forgotten before the next item.
        ("ex4_chain", "1. $dJ/dS$ = $-2A^T(X-AS)\n2. for A: $dJ/dA$ = $-2(X-AS)S^T$", "HH"),
        ("linear", "The sum $a\n- b$ is no item, and $\\frac{dL}{dx} = gW^T$", "H"),
        # Indices without braces.
        ("ex4_chain", r"$F_nm = \sum_rA_nrS_rm$, $\frac{\partial F_nm}{\partial S_kl} = A_nk\delta_ml$, $\frac{\partial F_nm}{\partial S_kl} = A_kn\delta_ml$", "HHF"),
    ],
)  # fmt: skip
def test_formulas_that_are_torn(exercise, text, said):
    found = judged(exercise, text)
    assert found == said or (not said and "F" not in found), found


def test_an_equality_in_plain_text_that_is_not_read_is_told():
    report = read_writeup("Σe^xj を A と書く。 ∂yi/∂xi= ∂(e^xi A⁻¹)/∂xi", EXERCISES["writeup_softmax"])
    assert any("without dollar signs" in note for note in report.notes)
    assert not any(
        "without dollar signs" in note for note in read_writeup("We take n=3, and $y = x^Tx$.", EXERCISES["writeup_ex1"]).notes
    )
