"""Parts named by a number, steps that are numbers, examples in numbers, blocks, and the names of the moving variance."""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import cases
from tests.test_recall import assert_read
from tests.test_writeups import EXERCISES, described

EX1, EX2, EX3, TRACE, CHAIN = "ex1", "ex2", "ex3", "ex4_trace", "ex4_chain"
LINEAR, SOFTMAX, NORM = "linear", "softmax", "batch_norm"
PARTS = r"$J_0:=\mathrm{tr}(X^\top X)$, $J_1:=\mathrm{tr}(S^\top A^\top X)$, $J_2:=\mathrm{tr}(S^\top A^\top AS)$. "
VARIANCE = r"$\sigma^2=\frac1N\sum_i(x_i-\mu)^2$, $y_i=\frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$. In eval mode "
VECTORS = r"$x=\binom{1}{2}$, $c=\binom{3}{-1}$, $A=\begin{pmatrix}1&0\\2&1\end{pmatrix}$. "
ALONG = r"Take $e_k$ and a small $t$. "
RIGHT = {
    "a part that is named by a zero is no whole": [
        (TRACE, PARTS + r"$J=J_0-2J_1+J_2$, $\partial J_0/\partial S=0$", "HHHHH"),
        (EX3, r"$y_0:=x^\top Ac$, $y=y_0$, $\frac{\partial y_0}{\partial x}=Ac$", "HHH"),
    ],
    "the moving variance": [
        (NORM, VARIANCE + r"$gradInput=g/\sqrt{\sigma^2_{\text{moving}}+\epsilon}$", "HHH"),
        (NORM, VARIANCE + r"$\frac{\partial L}{\partial x_k}=\frac{g_k}{\sqrt{\sigma_{run}^2+\epsilon}}$", "HHH"),
        (NORM, r"In eval mode $\frac{\partial L}{\partial x_k}=\frac{g_k}{\sqrt{\sigma_{\text{mobile}}+\epsilon}}$", "H"),
    ],
    "numbers of an example": [
        (EX3, VECTORS + r"$Ac=\binom{3}{5}$, $y=1\cdot3+2\cdot5=13$", "...HHH"),
        (EX2, r"For $N=2$: $A=I$, $B=\begin{pmatrix}1&2\\2&5\end{pmatrix}$, $y=1+5$", "...H"),
        (LINEAR, r"$G:=\partial L/\partial y$, $x=\binom{1}{2}$, $G=\binom{3}{1}$, $x^\top G=5$", "HHHH"),
    ],
    "identities of a size that nobody says": [
        (EX2, r"Test: $A=I$, $B=I$. $\frac{\partial y}{\partial A_{12}}=0$", "..H"),
        (EX2, r"$A=I$, $B=I$ of size 2. Off the diagonal $\frac{\partial y}{\partial A_{21}}=0$", "..H"),
        (EX2, r"Check: $A=I$, $B=I$. $\frac{\partial y}{\partial A_{11}}=1$", "..H"),
        (EX2, r"Check: $A=I$, $B=I$. $(AB)_{12}=0$, $(AB)_{22}=1$", "..HH"),
        (EX2, r"Probe mit $B=I$: $\frac{\partial y}{\partial A_{12}}=0$", ".H"),
    ],
    "blocks along the diagonal": [
        (CHAIN, r"$\frac{\partial F}{\partial S}=\mathrm{blockdiag}(A,\dots,A)=I_M\otimes A$", "HH"),
        (CHAIN, r"$\mathrm{diag}(A,\dots,A)=I_M\otimes A$", "H"),
    ],
    "bounds behind brackets": [(EX3, r"$\frac{\partial y}{\partial A}=(x_ic_j)_{i,j=1}^N=xc^\top$", "HH")],
    "a Jacobian by its variable": [
        (LINEAR, r"$J_x:=\frac{\partial\mathrm{vec}(y)}{\partial\mathrm{vec}(x)^\top}=W^\top\otimes I_N$, $J_x^\top=W\otimes I_N$", "HHH"),
        (CHAIN, r"$J_S=\frac{\partial F}{\partial S}=I_M\otimes A$, $J_S^\top=I_M\otimes A^\top$", "HHH"),
    ],
    "a step along a column": [
        (EX1, ALONG + r"$\frac{y(x+te_k)-y(x)}{t}=2x_k+t$, $\lim_{t\to0}(2x_k+t)=2x_k$", "HH"),
    ],
    "an index that stands below a delta only": [
        (NORM, r"$\sum_{i=1}^N g_i(\delta_{ik}-\frac1N)=\sum_i g_i\delta_{ik}-\frac1N\sum_i g_i$", "H"),
    ],
}  # fmt: skip
WRONG = [
    (EX2, r"Test: $A=I$, $B=I$. $\frac{\partial y}{\partial A_{12}}=1$", "..."),
    (EX2, r"Test: $A=I$, $B=I$. $y=3$", "..."),
    (EX2, r"Test: $A=I$, $B=I$. $\frac{\partial y}{\partial A_{11}}=0$", "..."),
    (TRACE, PARTS + r"$J=J_0-J_1+J_2$, $\partial J_0/\partial A=X$", "...FF"),
    (NORM, VARIANCE + r"$\frac{\partial L}{\partial x_k}=\frac{g_k}{\sigma_{run}^2+\epsilon}$", "..."),
    (EX3, VECTORS + r"$Ac=\binom{3}{4}$, $y=1\cdot3+2\cdot4$", "....."),
    (CHAIN, r"$\frac{\partial F}{\partial S}=\mathrm{blockdiag}(S,\dots,S)$", "F"),
    (EX3, r"$\frac{\partial y}{\partial A}=(x_jc_i)_{i,j=1}^N$", "F"),
    (CHAIN, r"$J_S=\frac{\partial F}{\partial S}=I_M\otimes A$, $J_S=A\otimes I_M$", "..F"),
    (EX1, ALONG + r"$\lim_{t\to0}\frac{y(x+te_k)-y(x)}{t}=x_k$", "F"),
]
# What a step of the writer's own does to the exercise's functions is not known.
OWN = [
    (SOFTMAX, r"$\lim_{h\to0}\frac{y_i(h)-y_i}{h}=-y_iy_k$"),
    (SOFTMAX, r"$y_i'(0)=y_i(\delta_{ik}-y_k)$"),
    (EX1, ALONG + r"$x+te_k$, $\frac{1}{t}$, $\lim_{t\to0}\frac{y(t)-y}{t}=2x_k$"),
    (NORM, r"$\lim_{h\to0}\frac{\mu(h)-\mu}{h}=\frac1N$"),
]
TWO_LAYERS = r"$\frac{\partial L}{\partial y_1}=g_2W_2^\top$, $\frac{\partial L}{\partial W_2}=y_1^\top g_2$, "


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(RIGHT))
def test_a_right_step_is_read(exercise: str, text: str, letters: str) -> None:
    assert_read(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text", "letters"), WRONG)
def test_a_wrong_step_never_holds(exercise: str, text: str, letters: str) -> None:
    steps = read_writeup(text, EXERCISES[f"writeup_{exercise}"]).steps
    wanted = list(letters)
    assert len(steps) == len(wanted) and steps[-1].verdict in ("false", "not understood")
    assert all(step.verdict == "false" for step, letter in zip(steps, wanted) if letter == "F")


@pytest.mark.parametrize(("exercise", "text"), OWN)
def test_a_function_of_a_step_is_not_called_false(exercise: str, text: str) -> None:
    assert [step.verdict for step in read_writeup(text, EXERCISES[f"writeup_{exercise}"]).steps] == ["not understood"]


def test_the_second_of_two_layers_answers_for_one_layer_unless_that_has_a_wrong_answer() -> None:
    report = read_writeup(TWO_LAYERS, EXERCISES["writeup_linear"])
    assert (report.answers["gradInput"], report.answers["gradW"], report.answers["gradB"]) == ("reached", "reached", "missing"), (
        described(report)
    )
    assert read_writeup(TWO_LAYERS + "$gradW=2x^\\top g$", EXERCISES["writeup_linear"]).answers["gradW"] == "wrong"


def test_a_name_is_the_end_of_its_chain() -> None:
    text = r"$g_1:=\frac{\partial L}{\partial y_1}=g_2W_2^\top$, $gradW_1=x^\top g_1$"
    assert read_writeup(text, EXERCISES["writeup_linear"]).answers["gradW of the first of two layers"] == "reached"
    wrong = text.replace("g_2W_2^", "2g_2W_2^")
    assert read_writeup(wrong, EXERCISES["writeup_linear"]).answers["gradW of the first of two layers"] == "missing"
