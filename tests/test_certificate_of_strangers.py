"""What strangers write that looks false and is not: no step of it is called false, and what is wrong beside it is found.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from matrix_checks.derivations.judging.ledger import MISSED
from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import EXERCISES, cases, fits, judged

CUBES = r"$y_i = x_i^3$, $\sum_i y_i = \sum_i x_i^5$"
OWN = r"$s=\pi\circ\mathcal E$ with $\mathcal E(x)=(e^{x_i})_i$ and $\pi(u)=\dfrac{u}{\langle\mathbf 1,u\rangle}$. "
MISFIT = r"Let $E = X - SA$. "
FIXED = r"\Big|_{\mu,\sigma\text{ fixed}}"

KINDS = {
    "many steps that only differ": [
        ("softmax", CUBES + r", $\frac{\partial L}{\partial x_k} = x_k^4$", "UUU"),
        ("softmax", CUBES + r". Then $\frac{\partial L}{\partial x_k} = x_k^4$, $\frac{\partial y_i}{\partial x_k} = x_k^7$", "UUUU"),
        ("softmax", CUBES + r", $\frac{\partial L}{\partial x_k} = x_k^4$. And $\frac{\partial L}{\partial x_k} = 2y_k (g_k - \sum_i g_i y_i)$", "UUUF"),
        ("softmax", CUBES, "FF"),
        ("softmax", r"$y_i = x_i^3$", "F"),
    ],
    "an undeclared name beside what the exercise defines": [
        ("batch_norm", r"$\dfrac{\partial L}{\partial x_j} = \dfrac{g_j}{q}$", "U"),
        ("batch_norm", r"$y = (x - \mu)/\tau_{\text{pop}}$", "U"),
        ("batch_norm", r"$\text{gradInput} = g / \text{std}$", "U"),
        ("batch_norm", r"$y = x/\sigma_{\text{pop}}$", "U"),
        ("batch_norm", r"$\mu_{\text{run}} = 0.9\mu_{\text{run}} + 0.1\mu$", "U"),
        ("linear", r"$y = xW + \text{offset}$", "U"),
        ("batch_norm", r"$\dfrac{\partial L}{\partial x_j} = \dfrac{g_j}{\sqrt{\sigma}}$", "F"),
        ("linear", r"$y = Wx + b$", "H"),
    ],
    "a differential of the text's own function": [
        ("softmax", OWN + r"$\mathrm Ds_x(h) = y\odot h-\langle y,h\rangle\,y$", "~~~~"),
        ("softmax", OWN + r"$\langle k,\mathrm Ds_x(h)\rangle = \langle\mathrm Ds_x(k),h\rangle$", "~~~~"),
        ("ex1", r"Let $q(x) = \|x\|$. $\mathrm Dq(x)[h] = \frac{x^\top h}{\|x\|}$", "~~"),
        ("ex3", r"Let $q(x) = Ac$. $\mathrm Dq(x)[h] = h$", "HU"),
        ("ex1", r"Let $q = x^\top x$. $\mathrm Dq(x)[h] = x^\top h$", "HU"),
        ("ex1", r"$\mathrm Df(x)[h] = x^\top h$", "F"),
        ("ex1", r"Let $f(x) = x^\top x$. $\mathrm Df(x)[h] = 3x^\top h$", ".F"),
    ],
    "a definition that does not fit together": [
        ("ex4_trace", MISFIT + r"Then $J = \|E\|^2$.", ".U"),
        ("ex4_trace", MISFIT + r"$J = \mathrm{tr}(E^TE)$", ".U"),
        ("ex4_chain", MISFIT + r"$\frac{\partial J}{\partial F} = -2E$", ".U"),
        ("ex4_trace", r"$J = \|X - SA\|^2$", "F"),
        ("ex4_trace", r"Let $E = X - AS$. $J = \mathrm{tr}(EE)$", ".F"),
    ],
    "an assumption in the sentence": [
        ("softmax", r"if all $g_i$ are equal, then $\partial L/\partial x_k = 0$", "~"),
        ("softmax", r"If all $g_i$ are the same, $\frac{\partial L}{\partial x} = 0$.", "~"),
        ("ex3", r"Would the matrix $A$ be symmetric, we would have $A^\top c = Ac$.", "~"),
        ("ex3", r"If the matrix $A$ were symmetric, $\frac{\partial y}{\partial x} = A^\top c$.", "~"),
        ("softmax", r"All $g_i$ are given. $\partial L/\partial x_k = 0$", "F"),
        ("softmax", r"if all $g_i$ are equal, then $\partial L/\partial x_k = 0$. In general $\partial L/\partial x_k = g_k y_k$.", "~-"),
    ],
    "numbered entries where a size was fixed": [
        ("ex1", r"$N = 2$. Then $y = x_1^2 + x_2^2$.", ".~"),
        ("ex3", r"$N = 2$. Then $y = a_{11}x_1c_1 + a_{12}x_1c_2 + a_{21}x_2c_1 + a_{22}x_2c_2$.", ".~"),
        ("ex1", r"For $N = 2$ it is easy." "\n\n" r"$y = x_1^2 + x_2^2$ and $\frac{\partial y}{\partial x_1} = 2x_1$", ".~H"),
        ("ex2", r"$N = 2$: $y = a_{11}b_{11} + a_{12}b_{21} + a_{21}b_{12} + a_{22}b_{22}$", ".~"),
        ("ex1", r"$y = x_1^2 + x_2^2$", "~"),
        ("ex1", r"$N = 2$. Then $\frac{dy}{dx} = 3x$.", ".F"),
    ],
    "numbers of an example": [
        ("ex1", r"$N=2$, $x=(1,\,3)^\top$, $h=(0{,}1;\;0)^\top$. Dann ist $y(x)=10$ und $y(x+h)=1{,}21+9=10{,}21$", ".HHHHH"),
        ("ex1", r"$x=(1, 3)^\top$, $y = 10$", ".H"),
        ("ex1", r"$x=(1, 3)^\top$, $\frac{dy}{dx} = (2, 6)^\top$", ".H"),
        ("ex1", r"$x=(1, 3)^\top$, $y = 11$", ".-"),
        ("ex1", r"$x=(1, 3)^\top$. In general $\frac{dy}{dx} = 3x$", ".F"),
    ],
    "a placeholder with several shapes": [
        ("ex4_trace", r"$\mathrm{tr}(PQ) = \mathrm{tr}(QP)$, once with $P = S^TA^T$, $Q = 2X$, and once with $P = ASS^T$, $Q = A^T$.", "~~~~~"),
        ("ex4_trace", r"$\langle P, Q\rangle = \mathrm{tr}(P^TQ)$. With $P = X - AS$ and later $P = A^T(X-AS)$.", "~~~"),
        ("ex4_trace", r"$\|P\|^2 = \mathrm{tr}(P^TP)$, where $P = X - AS$, or $P = SS^T$", "~~~"),
        ("ex4_trace", r"$\|P\|^2 = \mathrm{tr}(P)$, where $P = X - AS$", "-H"),
        ("ex4_trace", r"With $P = X - AS$: $J = \mathrm{tr}(PP)$", "HF"),
    ],
    "a step that repeats what does not fit": [
        ("ex4_chain", r"$G = -2(X-F)$, $\frac{dJ}{dS} = GA^T = -2(X-AS)A^T$", "HFU"),
        ("ex4_chain", r"$\frac{dJ}{dS} = -2(X-F)A^T = -2(X-AS)A^T$", "FU"),
        ("linear", r"$\frac{\partial L}{\partial W} = gx = \frac{\partial L}{\partial y}x$", "FU"),
        ("linear", r"$\frac{\partial L}{\partial W} = gx$, $\frac{\partial L}{\partial x} = Wg$", "FF"),
        ("ex4_chain", r"$\frac{dJ}{dS} = -2A^T(X-F) = -A^T(X-AS)$", "HF"),
    ],
    "what is held fixed below a bar": [
        ("batch_norm", r"$\frac{\partial y_i}{\partial x_i}" + FIXED + r" = \frac{1}{\sqrt{\sigma+\epsilon}}$", "~"),
        ("batch_norm", r"$\frac{\partial L}{\partial x_i}" + FIXED + r" = \frac{g_i}{\sqrt{\sigma+\epsilon}}$", "~"),
        ("ex4_chain", r"$\frac{\partial J}{\partial S}\Big|_{F} = 0$", "~"),
        ("batch_norm", r"$\frac{\partial y_i}{\partial \mu}\Big|_{\sigma} = -\frac{1}{\sqrt{\sigma+\epsilon}}$", "~"),
        ("batch_norm", r"$\left.\frac{\partial L}{\partial x_i}\right|_{\mu,\sigma} = \frac{g_i}{\sqrt{\sigma+\epsilon}}$", "~"),
        ("batch_norm", r"$\frac{\partial L}{\partial x_i}" + FIXED + r" = g_i$. But $\frac{\partial L}{\partial x_i} = g_i$.", "-F"),
        ("batch_norm", r"$\frac{\partial y_i}{\partial \mu} = \frac{1}{\sqrt{\sigma+\epsilon}}$", "F"),
    ],
    "a left side that is a word of the prose": [
        ("linear", r"gradInput $= gW^T$", "H"),
        ("linear", r"Then gradW $= x^Tg$ and gradInput $= gW^T$.", "HH"),
        ("linear", r"The answer $= x^Tg$.", "~"),
        ("softmax", r"So gradInput $= y\odot(g - \langle g,y\rangle)$", "H"),
        ("linear", r"gradInput $= gW$", "F"),
        ("linear", r"gradW $= gx^T$", "F"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_step_is_false_only_where_it_is_wrong(exercise: str, text: str, wanted: str) -> None:
    assert fits(judged(exercise, text), wanted), judged(exercise, text)


def test_where_many_steps_differ_the_reason_says_that_a_convention_was_missed() -> None:
    report = read_writeup(CUBES + r", $\frac{\partial L}{\partial x_k} = x_k^4$", EXERCISES["writeup_softmax"])
    assert [step.reason for step in report.steps] == [MISSED] * 3
    assert not any(step.certificate for step in report.steps)
