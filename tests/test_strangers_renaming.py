r"""Strangers call the exercise's quantities as they learned to: the whole statement in other letters, and other habits of reading shapes.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

LOGITS = r"$S_i = \frac{e^{z_i}}{\sum_{k=1}^{K} e^{z_k}}$. "
FACTORS = r"$f = \|Y - UV\|_F^2$. "
SUMMED = r"Repeated indices are summed. $\operatorname{tr}(AB) = A_{ij}B_{ji}$, "
OTHER_LABELS = r"$s_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$, loss $H = -\sum_i y_i\log s_i$, "
ANY_MEAN = r"For any quantity $f$ the average is $\langle f\rangle := \sum_j y_jf_j$. "
BATCH = r"$\sigma^2_B = \frac1m\sum_{i=1}^m (x_i-\mu_B)^2$, $\hat x_i = \frac{x_i-\mu_B}{\sqrt{\sigma^2_B+\epsilon}}$, "

KINDS = {
    "the statement in other letters": [
        ("softmax", LOGITS + r"$\frac{\partial S_i}{\partial z_j} = S_i(\delta_{ij} - S_j)$", "HH"),
        ("softmax", LOGITS + r"$\frac{\partial S_i}{\partial z_j} = S_i\delta_{ij}$", "HF"),
        ("softmax", r"$p_i = \frac{\exp(a_i)}{\sum_j\exp(a_j)}$, $\frac{\partial p}{\partial a} = \mathrm{diag}(p) - pp^T$", "HH"),
        ("softmax", r"$y = \text{softmax}(z) = \frac{1}{Z}\begin{bmatrix}e^{z_1}\\ \vdots\end{bmatrix}$, $\frac{\partial y_i}{\partial z_j} = y_i(\delta_{ij}-y_j)$", ".~H"),
        ("ex4_trace", FACTORS + r"$\frac{\partial f}{\partial U} = -2(Y-UV)V^T$, $\frac{\partial f}{\partial V} = -2U^T(Y-UV)$", "HHH"),
        ("ex4_trace", FACTORS + r"$\frac{\partial f}{\partial V} = -2(Y-UV)U^T$", "HF"),
        ("ex4_trace", r"$J = \|X-WH\|_F^2$, $\frac{\partial J}{\partial H} = -2W^T(X-WH)$", "HH"),
        ("ex3", r"$f = u^TMv$, $\frac{\partial f}{\partial u} = Mv$, $\frac{\partial f}{\partial M} = uv^T$", "HHH"),
        ("ex2", r"$f(X) = \mathrm{tr}(XC)$, $\nabla f = C^T$", "HH"),
        ("linear", r"$Z = AV + c$, $\frac{\partial L}{\partial V} = A^T\frac{\partial L}{\partial Z}$", "HH"),
    ],
    "letters that the text defines stand for that": [
        ("softmax", r"$z = Wx$, $p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$, $\frac{\partial L}{\partial x} = W^T\frac{\partial L}{\partial z}$", ".~~"),
        ("batch_norm", r"$v = \frac1N\sum_i(x_i-\mu)^2$, $z_i = (x_i-\mu)(v+\epsilon)^{-1/2}$", "HH"),
    ],
    "a gradient that is transposed behind its number": [
        ("linear", r"$\nabla_b L = \nabla_y L^\top\mathbf{1}$", "H"),
        ("linear", r"$\nabla_W L = x^\top\nabla_y L$, $\nabla_x L = (W\nabla_y L^\top)^\top$", "HH"),
        ("ex1", r"$\nabla_x y^T = 2x^T$, $\nabla_x x^Tx = 2x$", "HH"),
        ("ex1", r"$\nabla_x y^T = x^T$", "-"),
        ("linear", r"$\nabla_b L = \nabla_y L\,\mathbf{1}$", "F"),
    ],
    "a mean in angle brackets of any letter": [
        ("softmax", ANY_MEAN + r"$\text{gradInput}_i = y_i(g_i - \langle g\rangle)$", "HH"),
        ("softmax", ANY_MEAN + r"$\text{gradInput}_i = y_i(g_i - \langle y\rangle)$", "HF"),
        ("softmax", ANY_MEAN + r"$y_i(g_i - \langle g\rangle) = y_i(g_i - \sum_j y_jg_j)$", "HH"),
        ("softmax", r"$\langle g\rangle = \sum_j y_jg_j$, $\text{gradInput}_i = y_i(g_i - \langle g\rangle)$", "HH"),
        ("ex1", r"$y = \langle x, x\rangle$, $\nabla y = 2x$", "HH"),
    ],
    "shapes that are a habit": [
        ("ex2", SUMMED + r"$\frac{\partial}{\partial A}\operatorname{tr}(AB) = \frac{\partial(A_{ij}B_{ji})}{\partial A_{kl}}$", "H~"),
        ("ex4_chain", r"$Z = F - X$, $\frac{\partial Z}{\partial F} = 1$", "H~"),
        ("ex4_trace", r"$\nabla_S J = -2(X-AS)A^T = 2(AS-X)A^T$", "F~"),
        ("linear", r"$out_0 = xW_0$, $\frac{\partial out_0}{\partial W_{0,0}} = x_0$", "~~"),
        ("linear", r"$\frac{\partial L}{\partial W} = \frac{\partial L}{\partial y^T}\frac{\partial y^T}{\partial W}$", "~"),
        ("linear", r"$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial y_1}w_{i1} + \dots + \frac{\partial L}{\partial y_j}w_{ij}$", "~"),
        ("ex4_trace", r"$\nabla_S J = -2(X-AS)A^T$, $\nabla_S J = -A^T(X-AS)$", "FF"),
    ],
    "names that the text uses for something else": [
        ("softmax", OTHER_LABELS + r"$\nabla_x H = s - y$", "..~"),
        ("ex4_trace", r"$F(A) = \|X-AS\|_F^2$, $\nabla_A(F) = -2(X-AS)S^T$", "~~"),
        ("ex4_trace", r"$J = \|X-AS\|_F^2$, $\nabla_A J = -(X-AS)S^T$", "HF"),
    ],
    "what is left over": [
        ("ex4_trace", r"$X = AS + E$, $J = \operatorname{tr}(E^\top E)$, $dE = -dA\,S - A\,dS$, $\frac{\partial J}{\partial S} = -2A^\top E$", "HHHH"),
        ("ex4_trace", r"$X = AS + R$, $\nabla_A J = -2RS^T$, $\nabla_S J = -2RA^T$", "HHF"),
        ("ex4_chain", r"$X = F + Z$, $dZ = -dF$, $J = \|Z\|^2$, $\frac{dJ}{dF} = 2Z$", "HHHF"),
        ("ex4_trace", r"The model is $X = AS + N$. $J = \|N\|_F^2$", "HH"),
        ("ex4_chain", r"$\frac{dF}{dS} = E \otimes A$, $\frac{dF}{dF} = I$", "HH"),
        ("ex4_trace", r"$J(S+H) = J(S) - 2\langle X-AS, AH\rangle + \|AH\|^2$", "H"),
    ],
    "scripts of both kinds at one symbol": [
        ("batch_norm", BATCH + r"$\frac{\partial\sigma^2_B}{\partial x_i} = \frac2m(x_i-\mu_B)$", "HHH"),
        ("batch_norm", BATCH + r"$\frac{\partial\hat x_i}{\partial\sigma^2_B} = -\frac12(x_i-\mu_B)(\sigma^2_B+\epsilon)^{-3/2}$", "HHH"),
        ("batch_norm", BATCH + r"$\frac{\partial\sigma^2_B}{\partial x_i} = \frac1m(x_i-\mu_B)$", "HHF"),
        ("ex4_chain", r"$J = \sum_{ij}(X-F)^2_{ij} = \sum_{ij}(X-F)_{ij}^2$", "HH"),
        ("ex1", r"$y = \sum_i x^2_i = x^2_1 + \dots + x^2_N = \|x\|^2_2$", "HHH"),
        ("ex1", r"$\frac{\part y}{\part x_k} = 2x_k$, $f^\prime(x) = 2x^T$, $f^{\prime\mathsf T} = 2x$", "H.~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_stranger_may_call_things_as_usual_elsewhere(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"


UNREAD = [rf"$\operatorname{{own{letter}}}(x) = \operatorname{{other{letter}}}(x)$. " for letter in "abcd"]
FALSE = r"$\nabla y = x$. $\nabla y = 3x$. "


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("".join(UNREAD) + FALSE, "UUUUUU"),
        ("".join(UNREAD[:3]) + FALSE, "UUUFF"),
        ("".join(UNREAD) + r"$\nabla y = x$.", "UUUUF"),
        ("".join(UNREAD) + FALSE + r"$y = x^Tx$. $y = \sum_i x_i^2$. $y = \|x\|^2$. " * 3, "UUUUFF" + "HHH" * 3),
    ],
)
def test_where_much_is_not_understood_several_false_steps_are_not_sure(text: str, wanted: str) -> None:
    assert judged("ex1", text) == wanted
