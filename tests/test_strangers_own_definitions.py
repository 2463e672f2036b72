r"""Texts that state the exercise, or nearly the exercise, as their own: letters beside the exercise's, statements in parts, factors, losses.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.conftest import examples
from tests.test_precision import cases, fits, judged
from tests.test_recall import EXERCISES

BESIDE = r"Let $f(P, Q) = \|Y - PQ\|_F^2$. "
RESIDUAL = r"The residual is $R = M - UV$, and $J = \langle R, R\rangle$. "
HALF = r"We take $J = \frac12\|X - AS\|_F^2$. "
BY_PARTS = r"$u = e^{v}$, $z = \mathbf 1^T u$, $s = \frac{u}{z}$. "
CENTRED = r"$P = I - \frac1m\mathbf 1\mathbf 1^T$ with $h\in\mathbb R^m$, $c = Ph$, $v = \frac1m c^Tc$, $o = \frac{c}{\sqrt{v+\varepsilon}}$. "
SQUARED = r"$y = xW + b$, $L = \frac12\|y - t\|^2$. "
ENTROPY = r"$L = -\sum_i t_i\log y_i$, where $t$ is one-hot. "
LOGITS = r"$p = \mathrm{softmax}(z)$, $J = -y^T\log p$. "
BY_DIFFERENTIAL = r"$Z = XW + b$ and by definition $dL = \langle \Delta, dZ\rangle$. "
EVALUATION = (
    r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$."
    + "\n\n**Test mode.** Here mu and sigma are fixed numbers. "
)
VECTORS = r"We want the least of $e = \|Ax - b\|^2$. "
COLUMNS = r"The layer is $D = WX$ with $W$ of size $H\times m$ and $D_{ij} = \sum_{k=1}^m W_{ik}X_{kj}$. "

KINDS = {
    "other letters beside the exercise's": [
        ("ex4_trace", BESIDE + r"$\nabla_Q f = -2P^T(Y-PQ)$, $\nabla_P f = -2(Y-PQ)Q^T$. In the letters of the sheet: $\frac{dJ}{dS} = -2A^T(X-AS)$", "HHHH"),
        ("ex4_trace", BESIDE + r"$\nabla_Q f = 2P^T(Y-PQ)$, $\nabla_P f = -2(Y-PQ)Q$. On the sheet $\frac{dJ}{dS} = -2A^T(X-AS)$", "HFFH"),
        ("ex2", r"$\varphi(U) = \operatorname{tr}(UV)$, $U\in\mathbb R^{n\times m}$, $V\in\mathbb R^{m\times n}$. $\frac{d\varphi}{dU} = V^T$, so $\frac{dy}{dA} = B^T$", "HHH"),
        ("ex2", r"$\varphi(U) = \operatorname{tr}(UV)$, $U\in\mathbb R^{n\times m}$, $V\in\mathbb R^{m\times n}$. $\frac{\partial\varphi}{\partial U_{ij}} = V_{ij}$, so $\frac{dy}{dA} = B^T$", "HFH"),
        ("ex3", r"$\phi(p,M,q) = p^TMq$. $\nabla_p\phi = Mq$, $\nabla_M\phi = pq^T$, $\nabla_q\phi = M^Tp$. Hence $\frac{dy}{dA} = xc^T$", "HHHHH"),
        ("ex3", r"$\phi(p,M,q) = p^TMq$. $\nabla_p\phi = M^Tq$, $\nabla_M\phi = qp^T$. Hence $\frac{dy}{dA} = xc^T$", "H--H"),
        ("ex1", r"$f(p) = p^Tp$, $\nabla f(p) = 2p$, that is $\frac{dy}{dx} = 2x$", "HHH"),
        ("ex1", r"$f(p) = p^Tp$, $\nabla f(p) = p$, that is $\frac{dy}{dx} = 2x$", "H-H"),
    ],
    "letters of sizes that are matrices": [
        ("ex4_trace", RESIDUAL + r"$dR = -dU\,V - U\,dV$, $dJ = 2\langle R, dR\rangle$, $\nabla_V J = -2U^TR$, $\nabla_U J = -2RV^T$", "HHHHHH"),
        ("ex4_trace", RESIDUAL + r"$dR = dU\,V - U\,dV$, $\nabla_V J = -2UR$, $\nabla_U J = 2RV^T$", "HHFFF"),
        ("ex4_trace", r"$A\in\mathbb R^{N\times R}$, $J = \|X - AS\|^2 = \sum_{i=1}^N\sum_{j=1}^M (x_{ij} - \sum_{r=1}^R a_{ir}s_{rj})^2$", "HH"),
    ],
    "statements in parts": [
        ("softmax", BY_PARTS + r"$du = u\odot dv$, $dz = \mathbf 1^Tdu$, $ds = (\mathrm{diag}(s) - ss^T)dv$, $\frac{\partial s}{\partial v} = \mathrm{diag}(s) - ss^T$", "HHHHHHH"),
        ("softmax", BY_PARTS + r"$dz = du$, $ds = (\mathrm{diag}(s) + ss^T)dv$, $\frac{\partial s}{\partial v} = \mathrm{diag}(s)$", "HHHFFF"),
        ("batch_norm", CENTRED + r"$dc = P\,dh$, $dv = \frac2m c^Tdh$, $Pc = c$", "HHHHHHH"),
        ("batch_norm", CENTRED + r"$dv = \frac1m c^Tdh$, $Pc = 0$", "HHHHFF"),
    ],
    "a factor of the text's own": [
        ("ex4_trace", HALF + r"$dJ = -\langle X - AS, A\,dS\rangle$, $\frac{dJ}{dS} = -A^T(X-AS)$, $\frac{dJ}{dA} = -(X-AS)S^T$", "HHHH"),
        ("ex4_trace", HALF + r"$\frac{dJ}{dS} = -A^T(X-AS)$, $\frac{dJ}{dA} = -2(X-AS)S^T$, $\frac{dJ}{dS} = A^T(X-AS)$", "HH.F"),
        ("ex4_trace", HALF + r"$\frac{dJ}{dS} = -2A^T(X-AS)$", "FH"),
        ("ex4_trace", HALF, "F"),
        ("ex4_trace", r"$J = \frac{1}{2N}\|X-AS\|^2$, $\frac{\partial J}{\partial S} = -\frac1N A^T(X-AS)$, $\frac{\partial J}{\partial S} = -\frac1{2N} A^T(X-AS)$", "HHF"),
        ("ex4_trace", r"$E = D - UV$, $\ell = \frac12\|E\|_F^2$, $d\ell = \operatorname{tr}(E^TdE)$, $\nabla_V\ell = -U^TE$, $\nabla_U\ell = -2EV^T$", "HHHHF"),
        ("ex1", r"Twice: $y = 2x^Tx$, $\frac{dy}{dx} = 4x$, $\frac{dy}{dx} = x$", "HHF"),
    ],
    "a loss of the text's own": [
        ("linear", SQUARED + r"$\frac{\partial L}{\partial y} = y - t$, $\frac{\partial L}{\partial W} = x^T(y-t)$, $\frac{\partial L}{\partial x} = (y-t)W^T$", "HHHHH"),
        ("linear", SQUARED + r"$\frac{\partial L}{\partial y} = t - y$, $\frac{\partial L}{\partial W} = (y-t)x^T$", "HHF-"),
        ("softmax", ENTROPY + r"$\frac{\partial L}{\partial y_i} = -\frac{t_i}{y_i}$, $\frac{\partial L}{\partial x} = y - t$", "HHH"),
        ("softmax", ENTROPY + r"$\frac{\partial L}{\partial y_i} = -t_iy_i$, $\frac{\partial L}{\partial x} = t - y$", "HFF"),
        ("softmax", LOGITS + r"$\frac{\partial J}{\partial p} = -\frac yp$, $\frac{\partial J}{\partial z} = p - y$", "HHHH"),
        ("softmax", LOGITS + r"$\frac{\partial J}{\partial p} = \frac yp$, $\frac{\partial J}{\partial z} = y - p$", "HHFF"),
        ("softmax", r"$L = -\log y_c$, $\frac{\partial L}{\partial x_i} = y_i - \delta_{ic}$", "~~"),
        ("batch_norm", r"$y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$, $L = \sum_i(y_i-t_i)^2$, $\frac{\partial L}{\partial y_i} = 2(y_i-t_i)$, $g_i = y_i-t_i$", "HHHF"),
        ("softmax", r"$\ell(y,\hat y) = -\sum_j y_j\log\hat y_j$ with $\hat y_i = \frac{e^{o_i}}{\sum_k e^{o_k}}$ and $\sum_j y_j = 1$. $\frac{\partial\ell}{\partial o_j} = \hat y_j - y_j$", "HHHH"),
    ],
    "what is no loss": [
        ("softmax", r"$s = \sum_i y_i$, $\frac{\partial L}{\partial x_i} = 0$", "H-"),
        ("linear", r"$m = \frac1N\sum_i\sum_j y_{ij}$, $\frac{\partial L}{\partial y} = \frac1N$", "~-"),
    ],
    "a gradient by its definition": [
        ("linear", BY_DIFFERENTIAL + r"$\frac{\partial L}{\partial X} = \Delta W^T$, $\frac{\partial L}{\partial W} = X^T\Delta$", "HHHH"),
        ("linear", BY_DIFFERENTIAL + r"$\frac{\partial L}{\partial X} = \Delta W$, $\frac{\partial L}{\partial W} = X\Delta$", "HHFF"),
        ("softmax", r"$dL = q^Tdy$, $\nabla_x L = (\mathrm{diag}(y)-yy^T)q$, $\nabla_x L = y\odot q$", "HHF"),
        ("ex4_chain", r"$dJ = \mathrm{tr}(G^TdF)$, so $\frac{dJ}{dS} = A^TG$, and not $\frac{dJ}{dS} = AG$", "HH-"),
    ],
    "statistics that are fixed": [
        ("batch_norm", EVALUATION + r"$\frac{\partial\mu}{\partial x_i} = 0$, $\frac{\partial y_i}{\partial x_k} = \frac{\delta_{ik}}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial L}{\partial x_k} = \frac{g_k}{\sqrt{\sigma^2+\epsilon}}$", "HHHHHH"),
        ("batch_norm", EVALUATION + r"$\frac{\partial L}{\partial x_k} = \frac{2g_k}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial\mu}{\partial x_i} = 1$", "HHH--"),
    ],
    "what is nearly the exercise": [
        ("ex4_trace", VECTORS + r"$e = (Ax-b)^T(Ax-b) = x^TA^TAx - 2x^TA^Tb + b^Tb$, $\frac{de}{dx} = 2A^TAx - 2A^Tb$", "HHHH"),
        ("ex4_trace", VECTORS + r"$e = x^TA^TAx - x^TA^Tb + b^Tb$, $\frac{de}{dx} = 2A^TAx - 2Ab$, $\frac{de}{dx} = A^TAx - A^Tb$", "~---"),
        ("linear", COLUMNS + r"$\frac{\partial L}{\partial W} = \frac{\partial L}{\partial D}X^T$, $\frac{\partial D_{ij}}{\partial W_{ic}} = X_{cj}$", "~HHH"),
        ("linear", COLUMNS + r"$\frac{\partial L}{\partial W} = X^T\frac{\partial L}{\partial D}$, $\frac{\partial D_{ij}}{\partial W_{ic}} = X_{jc}$", "~H--"),
        ("ex3", r"The quadratic form is $q = v^TKv$, so $\nabla_v q = (K + K^T)v$", "HH"),
        ("ex3", r"The quadratic form is $q = v^TKv$, so $\nabla_v q = 2K^Tv$", "~-"),
    ],
    "a direction that is called E": [
        ("ex4_trace", r"For any $E$: $J(S+tE) = J(S) - 2t\operatorname{tr}((X-AS)^TAE) + t^2\operatorname{tr}(E^TA^TAE)$", "H"),
        ("ex4_trace", r"For any $E$: $J(S+tE) = J(S) + 2t\operatorname{tr}((X-AS)^TAE) + t^2\operatorname{tr}(E^TA^TAE)$", "-"),
        ("ex4_chain", r"$F(S+tE) = AS + tAE$, $F(S+tE) = AS + tEA$", "H-"),
        ("ex2", r"$EA = A$, $\operatorname{tr}(AE) = \operatorname{tr}(A)$", "H~"),
    ],
    "objects with numbers": [
        ("linear", r"$y_n = W^Tx_n + b$ with gradients $g_n$ as columns. For $n = 1$: $dL = g_1^Tdy_1$", "~~~"),
        ("linear", r"$y_1 = xW_1 + b_1$, $y_2 = y_1W_2 + b_2$. $\frac{\partial L}{\partial y_1} = g_2W_2$", "HHF"),
    ],
    "matrices that may be any": [
        ("ex4_trace", r"Let $X$ and $A$ have the same dimensions. $\|X-A\|_F^2 = \operatorname{tr}(X^TX - X^TA - A^TX + A^TA)$", "~"),
        ("ex4_trace", r"Let $X$ and $A$ have the same dimensions. $\|X-A\|_F^2 = \operatorname{tr}(X^TX + A^TA)$", "-"),
        ("ex4_trace", r"$\operatorname{tr}(AS) = \operatorname{tr}(SA)$", "F"),
    ],
    "numbers that are rounded": [
        ("ex1", r"$-3.96 \approx -4$, $1/3 \approx 0.33$", "HH"),
        ("ex1", r"$5 \approx -5$, $1/3 \approx 0.5$", "--"),
    ],
    "a label of the batch": [
        ("batch_norm", r"$\mu_b = \frac1m\sum_i x_i$, $\sigma_b^2 = \frac1m\sum_i (x_i-\mu_b)^2$, $\frac{\partial\sigma_b^2}{\partial x_i} = \frac2m(x_i-\mu_b)$", "HHH"),
        ("batch_norm", r"$\mu_b = \frac1m\sum_i x_i$, $\frac{\partial\mu_b}{\partial x_i} = 1$, $\sum_{i\ne j}^{}(x_j-\mu_b) = -(x_i-\mu_b)$", "HFH"),
        ("batch_norm", r"$\mu_j = \frac1m\sum_i x_{ij}$, $\frac{\partial\mu_j}{\partial x_{kl}} = \frac1m\delta_{jl}$", "HH"),
    ],
    "a size in a special case": [
        ("ex1", r"For $n = 1$: $y = x^2$ and $y' = 2x$.", "DHH"),
        ("ex1", r"For $n = 1$: $y = x^3$.", "D-"),
    ],
    "a mistake in the exercise's own statement is no other model": [
        ("ex2", r"$y = \operatorname{tr}(AB^T)$, $\frac{dy}{dA} = B$", "--"),
        ("ex1", r"$y = x^Tx + x$, $\frac{dy}{dx} = 2x + 1$", "F-"),
        ("softmax", r"$y_i = \frac{e^{x_i}}{\sum_j x_j}$, $R = \lambda x^Tx$. $\frac{\partial y_i}{\partial x_i} = y_i$", "F.-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_a_text_defines_is_what_it_speaks_of(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"


@pytest.mark.parametrize(
    ("exercise", "text", "answers"),
    [
        ("ex4_trace", BESIDE + r"$\nabla_Q f = -2P^T(Y-PQ)$, $\nabla_P f = -(Y-PQ)Q^T$", ["reached", "wrong"]),
        ("ex4_trace", HALF + r"$\frac{dJ}{dS} = -A^T(X-AS)$", ["other factor", "missing"]),
        ("softmax", ENTROPY + r"$\frac{\partial L}{\partial x} = y - t$", ["missing"]),
        ("softmax", LOGITS + r"$\frac{\partial J}{\partial z} = p - y$", ["missing"]),
        ("batch_norm", EVALUATION + r"$\frac{\partial L}{\partial x_k} = \frac{g_k}{\sqrt{\sigma^2+\epsilon}}$", ["missing", "reached"]),
    ],
)  # fmt: skip
def test_what_is_true_of_the_texts_own_is_no_answer_to_another_question(exercise: str, text: str, answers: list[str]) -> None:
    assert list(read_writeup(text, EXERCISES[f"writeup_{exercise}"]).answers.values()) == answers


@settings(max_examples=examples(40), deadline=None)
@given(st.permutations("BCDGHKLPQUVWYZ"), st.sampled_from(["f", "g", r"\ell", "E"]), st.sampled_from(["", r"\frac12", r"\frac1N"]))
def test_the_exercise_is_known_in_any_letters(letters: list[str], name: str, factor: str) -> None:
    """In any letters and with any usual factor what is right holds, and what is wrong does not."""
    data, left, right = letters[:3]
    two = {"": "2", r"\frac12": "", r"\frac1N": r"\frac2N "}[factor]
    rest = f"({data} - {left}{right})"
    text = (
        f"${name} = {factor}\\|{data} - {left}{right}\\|_F^2$, $\\nabla_{right} {name} = -{two}{left}^T{rest}$, "
        f"$\\nabla_{left} {name} = -{two}{rest}{right}^T$, $\\nabla_{right} {name} = -{two}{left}{rest}$, $\\nabla_{left} {name} = {two}{rest}{right}^T$"
    )
    found = judged("ex4_trace", text)
    assert found[:3] == "HHH" and "H" not in found[3:], f"{text} {found}"
