"""What strangers say in passing, in words or once, and what follows rests on: what comes out, a name for the line before, a sum's end.

By kind: an exercise, a text, and the letters of its steps; "." is anything, and "-" is a wrong step, which is false or not understood.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_precision import cases
from tests.test_recall import assert_read, assert_wrong_never_holds, letters_of

SCALED = r"$y_i = \gamma\hat x_i + \beta$. "
WEIGHTED = r"$y_i = w\hat x_i + b$. "
WHOLE = r"\frac{1}{N\sqrt{\sigma+\epsilon}}(N g_i - \sum_j g_j - \hat x_i\sum_j g_j\hat x_j)"
JACOBIAN = r"\frac{1}{\sqrt{\sigma+\epsilon}}(\delta_{ij} - \frac1N - \frac{\hat x_i\hat x_j}{N})"
DEVIATION = r"$\sigma^2 = \frac1m \sum_i (x_i-\mu)^2$, $\hat x_i = \frac{x_i-\mu}{\sigma}$. "
ROOT = r"$s(v) = \sqrt{\tfrac1m v^\top v + \epsilon}$, $v = x - \mu$, "
SOFTMIN = r"$y_i = e^{-x_i}/\sum_je^{-x_j}$, $\frac{\partial y_i}{\partial x_k} = -y_i(\delta_{ik}-y_k) = y_i(y_k-\delta_{ik})$. "
LAYER = r"$Q = UV$, $\Delta = \partial L/\partial Q$. "
CENTRED = r"$x - \mu\mathbf 1 = P x$ with $P = I - \tfrac1m \mathbf 1 \mathbf 1^\top$."
CHAIN = r"$\frac{dJ}{dF} = -2(X - F)$"
SHARES = r"Write $S_i = \frac{e^{a_i}}{\sum_{k=1}^N e^{a_k}}$. With $f(x) = g(x)/h(x)$ the quotient rule says $f' = \frac{g'h - h'g}{h^2}$. "

RIGHT = {
    "a scale and a shift that the text states": [
        ("batch_norm", WEIGHTED + rf"$\frac{{\partial y_i}}{{\partial x_j}} = w {JACOBIAN}$, $\sum_i \hat x_i = 0$", "HHH"),
        ("batch_norm", SCALED + rf"In the exercise $\gamma = 1$, $\beta = 0$. $\frac{{\partial L}}{{\partial x_i}} = {WHOLE}$", "H..H"),
        ("batch_norm", SCALED + rf"Our layer has no such parameters. $\frac{{\partial L}}{{\partial x_i}} = {WHOLE}$", "HH"),
        ("batch_norm", SCALED + rf"$g_i = \frac{{\partial L}}{{\partial\hat x_i}}$: $\frac{{\partial L}}{{\partial x_i}} = {WHOLE}$", "HHH"),
    ],
    "a layer in the text's own layout": [
        ("linear", r"$y = xW^T + b$, $\frac{\partial L}{\partial W} = g^Tx$, $\frac{\partial L}{\partial x} = gW$", "HHH"),
        ("linear", r"$y = xW + b$, $\frac{\partial L}{\partial W} = x^Tg$. A library has $y = xW^T + b$.", "HHH"),
        ("linear", r"$y_1 = W_1x + b_1$, $y_2 = W_2y_1 + b_2$. $\delta_2 = g$, $\delta_1 = W_2^T\delta_2$", "HHHH"),
    ],
    "a deviation without an epsilon, also of what is kept": [
        ("batch_norm", DEVIATION + r"Evaluation: $\frac{\partial L}{\partial x_i} = \frac{g_i}{\sigma_{run}}$", "HHH"),
        ("batch_norm", DEVIATION + r"$\mu_r = \alpha\mu_r + (1-\alpha)\mu$. Evaluation: $\hat x_i = (x_i - \mu_r)/\sigma_r$", "HHHH"),
    ],
    "a mean by what it is called": [
        *(
            ("batch_norm", rf"$\frac{{\partial L}}{{\partial x}} = \frac{{g - {mean}(g) - y\, {mean}(gy)}}{{\sqrt{{\sigma+\epsilon}}}}$", "H")
            for mean in (r"\operatorname{avg}", r"\mathrm{moy}", r"\text{Mittel}", r"\text{media}", "avg")
        ),
        ("batch_norm", r"$M$ is the mean over the batch. $\frac{\partial L}{\partial x} = \frac{g - M[g] - y\, M[gy]}{\sqrt{\sigma+\epsilon}}$", "H"),
        ("batch_norm", r"$\operatorname{M}$ is the mean. $\frac{\partial L}{\partial x} = \frac{g - \operatorname{M}(g) - y \operatorname{M}(gy)}{\sqrt{\sigma+\epsilon}}$", "H"),
    ],
    "a matrix that is said to be diagonal": [
        ("ex2", r"$A = \operatorname{diag}(a)$: $y = \sum_ia_ib_{ii}$, $\frac{dy}{da} = \operatorname{diag}(B)$", "HHH"),
        ("ex3", r"$y = x^TAc$. For $A = \operatorname{diag}(a)$: $y = \sum_ix_ia_ic_i$, $\frac{\partial y}{\partial a_i} = x_ic_i$", "HHHH"),
        ("ex3", r"$A = \operatorname{diag}(a_1,\dots,a_N)$: $y = \sum_ia_ix_ic_i$ and $(Ac)_i = a_ic_i$", "HHH"),
    ],
    "the letter of a differential for a number of features": [
        ("batch_norm", r"$\mu = \frac1d\sum_{k=1}^dx_k$, $\sigma = \frac1d\sum_{k=1}^d(x_k-\mu)^2$, $\frac{\partial\mu}{\partial x_k} = \frac1d$", "HHH"),
        ("ex1", r"$\frac{d}{dx} x^Tx = 2x$, $\frac{dy}{d x} = 2x$", "HH"),
    ],
    "a slip in the statement that nothing bears out": [
        ("softmax", r"$y_i = \frac{e^{x_i}}{\sum_j x_j}$, $\frac{\partial y_i}{\partial x_k} = y_i(\delta_{ik}-y_k)$", "FH"),
    ],
    "words that give the line before a name": [
        ("ex4_chain", CHAIN + r". I call this $G$. $\frac{dJ}{dS} = A^\top G$", "HH"),
        ("ex4_chain", r"$$\frac{dJ}{dF} = -2(X - F).$$ Call it $G$. Then $\frac{dJ}{dA} = GS^\top$", "HH"),
        ("ex4_chain", "$$\\frac{dJ}{dF} = -2(X - F).$$\n\nI call this $G$. Then $\\frac{dJ}{dA} = GS^\\top$", "HH"),
        ("ex1", r"$\frac{dy}{dx} = 2x$. Let us call this $v$. Then $v^T x = 2y$", "HH"),
    ],
    "a sum of exponentials in words": [
        ("softmax", r"Let $N$ be the sum of exponentials. $y_i = \frac{e^{x_i}}{N}$, $\frac{\partial N}{\partial x_i} = e^{x_i}$", "HH"),
        ("softmax", r"Write $N$ for the sum of all exponentials: $y_i = e^{x_i}/N$", "H"),
        ("softmax", r"Denote by $Z$ the sum of the exponentials. $\frac{\partial y_i}{\partial x_j} = -\frac{e^{x_i}e^{x_j}}{Z^2}$ for $i \neq j$", "H"),
        ("softmax", r"$y_i = e^{x_i}/S$, where $S$ is the sum of the exponentials. $\frac{\partial S}{\partial x_k} = e^{x_k}$", "HH"),
        ("softmax", r"Sei $Z$ die Summe aller Exponentialterme. $y_i = e^{x_i}/Z$", "H"),
    ],
    "sums that end in dots": [
        ("ex1", r"$y = x^Tx = x_1x_1+x_2x_2+\dots = \sum x_i^2$", "HHH"),
        ("ex1", r"$y = x_1^2+x_2^2+x_3^2 + ...$, $\frac{\partial}{\partial x_k}(x_1^2 + x_2^2 + \dots) = 2x_k$", "HH"),
        ("linear", r"$\frac{\partial L}{\partial b_j} = g_{1j} + g_{2j} + \dots$", "H"),
        ("softmax", r"$y_i = \frac{e^{x_i}}{e^{x_1}+e^{x_2}+\dots}$", "H"),
    ],
    "sums of Kronecker's delta": [
        ("softmax", r"$\sum_j \delta_{ij} = 1$, $\sum_{j=1}^N \delta_{ij} = 1$, $\sum_k \delta_{ik} y_k = y_i$", "HHH"),
    ],
    "the Jacobian of what is none of the exercise's": [
        ("linear", r"$\frac{d(Wx)}{dx} = W$, $\frac{\partial (Wx + b)}{\partial x} = W$, $\frac{\partial (Wx)}{\partial x} = W^T$", "HHL"),
    ],
    "a function with its argument below a slash": [
        ("batch_norm", ROOT + r"$q = v/s(v)$. $dq = \frac{dv}{s} - \frac{v\,(v^\top dv)}{m s^3}$", ".HHH"),
        ("batch_norm", r"$s = \sqrt{\sigma + \epsilon}$, $q(x) = (x - \mu) / s(x)$. $dq = \frac{dx - d\mu}{s} - \frac{(x-\mu) ds}{s^2}$", "HHH"),
    ],
    "a name for the gradient by an output of the text's own": [
        ("linear", LAYER + r"$\frac{\partial L}{\partial U} = \Delta V^\top$, $\frac{\partial L}{\partial U_{ik}} = \sum_j \Delta_{ij} V_{kj} = (\Delta V^\top)_{ik}$", "HHHHH"),
        ("linear", r"For $C = UV$ and $\bar C = \partial L/\partial C$, $\bar U = \bar C V^\top$ and $\bar V = U^\top\bar C$", "H.HH"),
    ],
    "a matrix that is said behind, with the text's own size": [
        ("batch_norm", r"$x \in \mathbb{R}^m$. " + CENTRED, "HH"),
        ("batch_norm", r"$\mu = \frac1m\sum_{i=1}^m x_i$. " + CENTRED, "HHH"),
    ],
    "a general rule in letters of the exercise": [
        ("softmax", SHARES + r"$D_jS_i = S_i(\delta_{ij}-S_j)$", "HHHH"),
        ("ex4_trace", r"$\varphi(z) = \|b - Kz\|^2$. $\frac{\partial}{\partial Z}\operatorname{tr}(Z M Z^\top) = Z (M + M^\top)$. For $S$ use $M = A^\top A$.", "HHH"),
    ],
}  # fmt: skip

WRONG = {
    "a scale that is left out": [
        ("batch_norm", SCALED + rf"$\frac{{\partial L}}{{\partial x_i}} = {WHOLE}$", "H-"),
        ("batch_norm", WEIGHTED + rf"$\frac{{\partial y_i}}{{\partial x_j}} = {JACOBIAN}$", "H-"),
        ("batch_norm", WEIGHTED + r"$\sum_i y_i = 0$", "H-"),
    ],
    "the exercise's gradient behind another output": [
        ("softmax", SOFTMIN + r"$\frac{\partial y_i}{\partial x_k} = y_i(\delta_{ik}-y_k)$", "UUH-"),
        ("batch_norm", r"$y = x-\mu$, gradInput $= g-\operatorname{mean}(g)$, $\operatorname{mean}(y^2) = \frac{\sigma}{\sigma+\epsilon}$", "UU-"),
        ("linear", r"$y = \frac{1}{\sqrt{n_1}}xW + b$, $\frac{\partial L}{\partial W} = \frac{1}{\sqrt{n_1}}x^Tg$, $\frac{\partial L}{\partial x} = gW^T$", "UU-"),
        ("softmax", SOFTMIN + r"$\frac{\partial y_i}{\partial x_k} = 2y_i(\delta_{ik}-y_k)$", "UUHF"),
    ],
    "a matrix that is said to be diagonal": [
        ("ex3", r"$y = x^TAc$, $\frac{dy}{dA} = xc^T$. For $A = \operatorname{diag}(a)$: $y = \sum_i a_i x_i$", "HHH-"),
    ],
    "gradients of the exercise's layer behind another one": [
        ("linear", r"$y = xW^T + b$, $\frac{\partial L}{\partial x} = gW^T$", "H-"),
        ("linear", r"$y = Wx + b$, $\frac{\partial L}{\partial W} = x^Tg$, $\frac{\partial L}{\partial x} = gW^T$", "H--"),
    ],
    "the exercise's factor beside the text's own": [
        ("ex4_trace", r"$J = \frac12\|X - AS\|_F^2$, $\frac{dJ}{dA} = -2(X-AS)S^T$, $\frac{dJ}{dS} = -A^T(X-AS)$", "H-H"),
    ],
    "a letter for what is always the same number": [
        ("softmax", r"$\sum_j \delta_{ij} = n$, $\sum_j y_j = n$, $\sum_j \delta_{ij} = K$", "---"),
    ],
    "a name for what cannot be multiplied": [
        ("linear", r"$y_1 = xW_1 + b_1$, $y_2 = y_1W_2 + b_2$. $\delta_2 = g$, $\delta_1 = W_2^T\delta_2$", "HHH-"),
        ("linear", r"$y_1 = xW_1 + b_1$, $y_2 = y_1W_2 + b_2$. $\delta_2 = g$, $\delta_1 = \delta_2W_2$", "HHH-"),
        ("ex3", r"Let $b = cA$, $y = x^Tb$, $\frac{dy}{dx} = b$", "---"),
    ],
    "sums that end in dots": [
        ("ex1", r"$y = x_1+x_2+\dots$, $y = x_1^2+2x_2^2+\dots$, $y = x_1^2+x_3^2+\dots$", "---"),
    ],
    "the Jacobian of what is none of the exercise's": [
        ("linear", r"$\frac{\partial (Wx)}{\partial x} = x$, $\frac{\partial (xW)}{\partial x} = W$", "--"),
    ],
    "a name for the gradient by an output of the text's own": [
        ("linear", LAYER + r"$\frac{\partial L}{\partial U} = V^\top\Delta$, $\frac{\partial L}{\partial V} = U\Delta$", "HH--"),
        ("linear", r"For $C = UV$ and $\bar C = \partial L/\partial C$, $\bar U = V^\top \bar C$ and $\bar V = \bar C U^\top$", "H.--"),
    ],
    "a deviation without an epsilon, also of what is kept": [
        ("batch_norm", DEVIATION + r"Evaluation: $\frac{\partial L}{\partial x_i} = \frac{g_i}{\sigma_{run}^2}$", "HH-"),
        ("batch_norm", r"$\hat x_i = \frac{x_i-\mu}{\sqrt{\sigma+\epsilon}}$. Evaluation: $\frac{\partial L}{\partial x_i} = \frac{g_i}{\sigma_{run}}$", "H-"),
    ],
}  # fmt: skip

# A person of this kind is never called wrong.
NEVER_FALSE = [
    ("softmax", r"$y_i = \frac{x_i}{\sum_jx_j}$ has $\frac{\partial y_i}{\partial x_k} = \frac{\delta_{ik}-y_i}{\sum_jx_j}$"),
    ("softmax", r"$y_i = \frac{e^{x_i}}{1+\sum_je^{x_j}}$, $\frac{\partial y_i}{\partial x_k} = y_i(\delta_{ik}-y_k)$, $\sum_iy_i = 1-\frac{1}{1+\sum_je^{x_j}}$"),
    ("batch_norm", r"$y = x/\rho$, $\rho = \sqrt{\frac1N\sum_ix_i^2}$, $\frac{\partial\rho}{\partial x_j} = \frac{x_j}{N\rho}$, gradInput $= \frac1\rho(g-y\operatorname{mean}(gy))$"),
    ("batch_norm", r"$y = \frac{x-\mu}{\sqrt\sigma+\epsilon}$, $\frac{\partial y}{\partial\sigma} = -\frac{x-\mu}{2\sqrt\sigma(\sqrt\sigma+\epsilon)^2}$"),
    ("batch_norm", r"We drop $\epsilon$. $y = \frac{x-\mu}{\sqrt\sigma}$, $\operatorname{mean}(y^2) = 1$, gradInput $= \frac{1}{\sqrt\sigma}(g-\operatorname{mean}(g)-y\operatorname{mean}(gy))$"),
    ("linear", r"$a = xW_1+b_1$, $h = \max(a,0)$, $\delta = (gW_2^T)\odot 1[a>0]$, $\frac{\partial L}{\partial b_1} = \sum_n\delta_n$, $\frac{\partial L}{\partial b_2} = \sum_ng_n$"),
    ("linear", r"$h = \tanh(xW_1+b_1)$, $y_2 = hW_2+b_2$, $\delta = (gW_2^T)\odot(1-h^2)$, $\frac{\partial L}{\partial W_1} = x^T\delta$"),
    ("ex2", r"$y = a_{11}b_{11} + a_{12}b_{21} + \dots$"),
    ("ex4_trace", r"$J = \frac12\|X - AS\|_F^2$, $\frac{dJ}{dA} = -(X-AS)S^T$. On the sheet there is no factor: $\frac{dJ}{dA} = -2(X-AS)S^T$"),
    ("ex2", r"con elementos $a_{ij}$ y $b_{jk}$. Denotamos por $P$ el producto, $P = AB$, y por $p_{ik}$ sus elementos: $p_{ik} = \sum_j a_{ij} b_{jk}$"),
    ("linear", r"Un campione: $y_j = \sum_i x_i W_{ij} + b_j$, $\delta_j = \frac{\partial L}{\partial y_j}$. Il batch: $\frac{\partial L}{\partial x} = \delta W^\top$"),
    ("linear", r"$z_1 = W_1x$, $a_1 = z_1$, $z_2 = W_2a_1$. $\delta_2 = \frac{\partial L}{\partial z_2}$, $\frac{\partial L}{\partial W_2} = \delta_2a_1^T$"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(RIGHT))
def test_a_right_step_is_read(exercise: str, text: str, letters: str) -> None:
    assert_read(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(WRONG))
def test_a_wrong_step_never_holds(exercise: str, text: str, letters: str) -> None:
    assert_wrong_never_holds(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text"), NEVER_FALSE)
def test_nothing_is_false_of_another_case(exercise: str, text: str) -> None:
    assert "F" not in letters_of(exercise, text)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(["x_{n}^2", "x_{n}x_{n}"]), st.integers(2, 5), st.sampled_from([r"\dots", r"\cdots", r"\ldots", "..."]))
def test_any_number_of_first_terms_may_stand_before_dots(term: str, count: int, dots: str) -> None:
    terms = " + ".join(term.replace("{n}", str(number)) for number in range(1, count + 1))
    assert letters_of("ex1", f"$y = {terms} + {dots}$") == "H"
    assert letters_of("ex1", f"$y = 2({terms} + {dots})$") != "H"


@settings(max_examples=10, deadline=None)
@given(st.sampled_from("GRQDV"), st.sampled_from(["I call this", "Call it", "We denote it by", "Let us call this"]), st.booleans())
def test_words_name_the_last_line_in_any_letter(letter: str, words: str, is_displayed: bool) -> None:
    line = r"\frac{dJ}{dF} = -2(X - F)"
    said = f"$${line}.$$\n\n" if is_displayed else f"${line}$. "
    assert letters_of("ex4_chain", rf"{said}{words} ${letter}$. Then $\frac{{dJ}}{{dA}} = {letter}S^\top$.") == "HH"
