"""Regressions in a text's own letters, from the loss to where its gradient is zero, and what else strangers of the same days wrote.

By kind: an exercise, a text, and the letters of its steps; "." is anything, and "-" is a wrong step, which is false or not understood.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.equality.verdicts import HOLDS
from matrix_checks.derivations.judging.writeups import read_writeup
from tests.conftest import examples
from tests.test_precision import cases
from tests.test_recall import EXERCISES, assert_never_false, assert_read, assert_wrong_never_holds, letters_of

LOSS = r"The loss is $L(w) = \|Xw - y\|^2$. "
CAPITALS = r"Let $L = (XW-Y)^T(XW-Y)$. "
ENTRIES = r"$\sigma(z)_i = \frac{e^{z_i}}{\sum_{j} e^{z_j}}$. "
CLASSES = r"$$\sigma(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{3} e^{z_j}}$$ "
LABELS = r"$\mathcal{L}_{\text{CE}} = -\sum_{i=1}^{K} y_i \log(\hat{y}_i)$, "
OTHER_CASE = "Now when $i \\ne k$,\n\n$$\\frac{\\partial y_i}{\\partial x_k} = -y_iy_k$$\n\n"
BESSEL = r"$\frac{\partial \sigma^2}{\partial \mu} = \frac{\partial}{\partial \mu} \left[ \frac{1}{m-1} \sum_{i=1}^{m} (x_i - \mu)^2 \right]$, "

SCORES = (
    r"$s_n = \sigma(z_n)$, $z = X\theta$, $\sigma(z) = \frac{1}{1+e^{-z}}$, "
    r"$\ell = -\sum_n (t_n\log s_n + (1-t_n)\log(1-s_n))$. "
)
COSINE = r"$\frac{\partial c}{\partial p} = \frac{1}{ab}$, $\frac{\partial c}{\partial a} = -\frac{p}{a^2 b}$, $\nabla c(u) = \frac{v}{ab} - \frac{p}{a^3 b} u$"
RIGHT = {
    "where the gradient of its own loss is zero": [
        ("ex4_trace", LOSS + r"$\nabla_w L = 2X^TXw - 2X^Ty$. Setting it to zero: $X^TXw = X^Ty$, so $w = (X^TX)^{-1}X^Ty$.", "HHHH"),
        ("ex1", r"We minimise $J(\beta) = (y-X\beta)^T(y-X\beta)$. $\frac{\partial J}{\partial \beta} = -2X^T(y-X\beta)$, then $X^TX\beta = X^Ty$ and $\hat\beta = (X^TX)^{-1}X^Ty$", "HHHH"),
        ("ex4_trace", r"$$L = \frac{1}{n}\|y - Xw\|_2^2$$ $$\frac{\partial L}{\partial w} = -\frac{2}{n}X^\top(y-Xw)$$ $$X^\top X w = X^\top y$$", "HHH"),
        ("ex4_trace", r"Ridge: $J(w) = \|y-Xw\|^2 + \lambda \|w\|^2$, $\nabla_w J = -2X^T(y-Xw) + 2\lambda w$. $(X^TX+\lambda I)w = X^Ty$, $w = (X^TX + \lambda I)^{-1}X^Ty$", "HHHH"),
        ("ex1", r"$f(x) = \|Ax-b\|^2$, $\nabla f(x) = 2A^TAx - 2A^Tb$, so $A^TAx = A^Tb$", "HHH"),
    ],
    "capital letters for columns, since the loss is a number": [
        ("ex4_trace", CAPITALS + r"$L = W^TX^TXW - W^TX^TY - Y^TXW + Y^TY = W^TX^TXW - 2W^TX^TY + Y^TY$, $\frac{dL}{dW} = 2X^TXW - 2X^TY$", "HHHH"),
        ("ex4_trace", CAPITALS + r"$\frac{dL}{dW} = 2X^TXW - 2X^TY$. $X^TXW = X^TY \Rightarrow W = (X^TX)^{-1}X^TY$", "HHHH"),
        ("ex4_trace", r"$S(b) = (Y-Xb)'(Y-Xb) = Y'Y - 2b'X'Y + b'X'Xb$. $\frac{\partial S}{\partial b} = -2X'Y + 2X'Xb$. $X'Xb = X'Y$", "HHHH"),
    ],
    "a loss that is stated where it is differentiated, or has no name": [
        ("ex4_trace", r"$\nabla_\theta J(\theta) = \nabla_\theta \frac12 (X\theta-y)^T(X\theta-y)$ $$\nabla_\theta J(\theta) = X^TX\theta - X^Ty$$", "HH"),
        ("ex1", r"$\frac{\partial L}{\partial w} = \frac{\partial}{\partial w}\|Xw-y\|^2$, $\frac{\partial L}{\partial w} = 2X^TXw - 2X^Ty$", "HH"),
        ("ex4_trace", r"$\frac{\partial}{\partial \beta}\|y - X\beta\|^2 = -2X^Ty + 2X^TX\beta$, so $X^TX\beta = X^Ty$", "HH"),
        ("batch_norm", BESSEL + r"$\frac{\partial\sigma^2}{\partial x_i} = \frac{2(x_i-\mu)}{m-1}$", "HH"),
    ],
    "a model that its loss would be zero for": [
        ("ex4_trace", r"Let $y = Xw$. We minimize $L(w) = \|y - Xw\|^2$. $\frac{\partial L}{\partial w} = -2 X^T y + 2 X^T X w$", ".HH"),
    ],
    "gradients of which neither side says by what": [("ex3", r"Let $f(x) = c^T x$. $\nabla f(x) = \nabla c^T x = c$", "HHH")],
    "sums that end at a number": [
        ("softmax", CLASSES + r"For $i=j$: $$\frac{\partial \sigma(z)_i}{\partial z_i} = \sigma(z)_i (1 - \sigma(z)_i)$$", "HDH"),
        ("softmax", r"$$s_i = \frac{e^{z_i}}{\sum_{j=1}^{4} e^{z_j}}$$ $$\frac{\partial s_i}{\partial z_k} = -s_i s_k \quad (i \ne k)$$", "HH"),
    ],
    "by the value of a function": [
        ("softmax", ENTRIES + r"$$\frac{\partial L}{\partial z_i} = \sum_{k} \frac{\partial L}{\partial \sigma(z)_k} \frac{\partial \sigma(z)_k}{\partial z_i}$$", "HH"),
        ("softmax", r"$s_i(z) = \frac{e^{z_i}}{\sum_{j} e^{z_j}}$. $$\frac{\partial L}{\partial z_i} = \sum_{k} \frac{\partial L}{\partial s_k(z)} \frac{\partial s_k(z)}{\partial z_i}$$", "HH"),
        ("linear", r"$y(x) = xW + b$, $\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y(x)} W^T$", "HH"),
    ],
    "moving statistics step by step": [
        ("batch_norm", r"The moving mean: $\mu_{mov}^{(t)} = \alpha \mu_{mov}^{(t-1)} + (1-\alpha)\mu_B$", "H"),
        ("batch_norm", r"$\mu_{mov,t} = \alpha \mu_{mov,t-1} + (1-\alpha)\mu_t$, $v_t = \alpha v_{t-1} + (1-\alpha)\sigma_t^2$", "HH"),
        ("batch_norm", r"$\hat\mu_{t} = \alpha\hat\mu_{t-1} + (1-\alpha)\mu_t$, $\bar\sigma_t = \alpha\bar\sigma_{t-1} + (1-\alpha)\sigma_t$", "HH"),
        ("batch_norm", r"$\sigma_{mov}^2 = \alpha \sigma_{mov}^2 + (1-\alpha)\sigma_{batch}^2$", "H"),
    ],
    "an index with a prime that is no index elsewhere": [
        ("softmax", r"$$p_c = \frac{e^{a_c}}{\sum_{c'}e^{a_{c'}}}$$ $$\frac{\partial p_c}{\partial a_{c'}} = p_c(\delta_{cc'} - p_{c'})$$", "HH"),
    ],
    "an output beside labels, which only its derivative explains": [
        ("softmax", LABELS + r"$\frac{\partial \hat{y}_i}{\partial z_j} = \hat{y}_i (1 - \hat{y}_i)$ if $i = j$. $\frac{\partial L}{\partial z} = \hat y - y$", "HHDH"),
        ("softmax", r"When $i=j$: $$\frac{\partial p_i}{\partial a_j} = p_i(1-p_j)$$ When $i \ne j$: $$\frac{\partial p_i}{\partial a_j} = -p_ip_j$$", "DHH"),
        ("softmax", r"$L_{CE} = -\sum_i y_i \log p_i$, $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$, $\frac{\partial L_{CE}}{\partial z_i} = p_i - y_i$", "HHH"),
    ],
    "abbreviations of a preamble": [
        ("ex1", r"$\norm{x}_2^2 = x^Tx$, $\nabla \norm{\vect{x}}^2 = 2\vect{x}$, $\pdv{\vb{x}^T\vb{x}}{\vb{x}} = 2\vb{x}$", "HHH"),
    ],
    "what comes in, with numbers in an example": [
        ("batch_norm", r"$c_i = x_i - \mu$, $r = 1/\sqrt{\sigma+\epsilon}$, $y_i = c_i r$, $dr = \sum_i dout_i c_i$. For $dout = (1,0)$ I get $x = (1, 3)$.", "HHHH.."),
    ],
    "matrices with numbers below": [
        ("ex2", r"$\frac{\partial \mathrm{tr}(K_kR_kK_k^T)}{\partial K_k} = K_k(R_k + R_k^T)$", "H"),
        ("ex1", r"$(P_k Q_k)^T = Q_k^T P_k^T$, $\frac{\partial}{\partial W_l}\mathrm{tr}(W_lV) = V^T$", "HH"),
        ("ex2", r"$\frac{\partial \mathrm{tr}(KHP^-)}{\partial K} = (HP^-)^T$", "H"),
    ],
    "arrays written out with dots": [
        ("ex4_trace", r"$\begin{bmatrix} w_1 \\ w_2 \\ \vdots \\ w_n \end{bmatrix} = w$", "H"),
        ("ex2", r"$\nabla_z (z^Tz) = \begin{bmatrix} 2z_1 \\ \vdots \\ 2z_m \end{bmatrix} = 2z$", "HH"),
        ("ex1", r"$\begin{bmatrix} b_{11} & \cdots & b_{1n} \\ \vdots & & \vdots \\ b_{m1} & \cdots & b_{mn} \end{bmatrix} = B$", "H"),
        ("ex1", r"$(Bz)_i = B_{i,:}z$, $BC = \sum_k B_{:,k}C_{k,:}$", "HH"),
    ],
    "repeated indices of letters of its own": [
        ("ex3", r"$a_i b_j X_{ij} = a^TXb$", "H"),
        ("ex3", r"$a_i b_j \mathrm dX_{ij} = ab^T : \mathrm dX$", "H"),
    ],
    "neighbouring problems": [
        ("ex3", r"$D = \operatorname{diag}(d)$. $Q(\beta) = (t - X\beta)^\top D\, (t - X\beta)$. $\nabla Q(\beta) = -2 X^\top D\,(t - X\beta)$, $X^\top D X\beta = X^\top D t$", "HHHH"),
        ("ex3", r"$\Omega = \operatorname{diag}(\omega_1,\dots,\omega_n)$, $Q(\beta) = (t - X\beta)^\top \Omega\, (t - X\beta)$. $\nabla Q(\beta) = -2 X^\top\Omega\,(t - X\beta)$", ".HH"),
        ("softmax", r"Temperature: $z = x/\tau$, $p = \operatorname{softmax}(z)$, $\ell = -\sum_i t_i \log p_i$. $\frac{\partial \ell}{\partial z_k} = p_k - t_k$, $\frac{\partial z}{\partial \tau} = -\frac{x}{\tau^2}$", "HHHHH"),
        ("ex1", r"$S(a,b) = \sum_{i=1}^n e_i^2 = \sum_{i=1}^n (y_i - a x_i - b)^2$. $\frac{\partial S}{\partial a} = -2\sum_{i=1}^n x_i(y_i - ax_i-b)$", "..H"),
        ("ex1", r"$PRSS = (y-X\beta)^T(y-X\beta) + \lambda\beta^T\beta$. $\frac{\partial PRSS}{\partial\beta} = -2X^T(y-X\beta)+2\lambda\beta$, $(X^TX+\lambda I)^{-1}X^Ty = \beta$", "HHH"),
        ("ex4_trace", r"$\nabla_w (Xw-Y)^T(Xw-Y) = 2X^T(Xw-Y)$", "H"),
    ],
    "a loss in words": [
        ("linear", r"For the loss $\|Y\|_F^2$ we have $2Y = G$, and $\nabla_W L = 2X^T(XW+\mathbf 1b^T)$.", "HH"),
        ("softmax", r"Für den Verlust $-\sum_i t_i \log y_i$ gilt $\frac{\partial L}{\partial x} = y - t$ mit $\sum_i t_i = 1$.", "HH"),
    ],
    "where two expressions are least": [
        ("ex4_trace", r"$\arg\min_c -2x^Tc + c^Tc = \arg\min_c \|x - c\|^2$", "H"),
        ("ex4_trace", r"$\operatorname*{argmin}_{w \in \mathbb{R}^n} \|Xw - y\|^2 = \operatorname{argmin}_w \frac12 \|Xw-y\|^2$", "H"),
        ("ex4_trace", r"$\arg\min_S \|X-AS\|_F^2 = \arg\min_S \operatorname{tr}(S^TA^TAS) - 2\operatorname{tr}(X^TAS)$", "H"),
    ],
    "matrices of its own that are symmetric": [
        ("ex2", r"Let $C$ be symmetric. $f(U) = \operatorname{tr}(U^TCU)$, $df = 2\operatorname{tr}(U^TCdU)$ and $\nabla f(U) = 2CU$", "HHH"),
        ("ex3", r"$q = u^TPu$, $P$ symmetric: $\frac{\partial q}{\partial u} = (P+P^T)u = 2Pu$", "HHH"),
        ("ex2", r"$f(X) = \operatorname{tr}(AXBX^T)$, $A$ and $B$ symmetric. $\nabla f = 2AXB$", "HH"),
    ],
    "a case that is only compared with": [
        ("softmax", OTHER_CASE + r"This is similar to the case when $i=k$ but without the first term. So, $$\frac{\partial y_i}{\partial x_k} = -y_ky_i$$", "HDH"),
        ("softmax", OTHER_CASE + r"Unlike for $i = k$, here we have" + "\n\n" + r"$$\frac{\partial y_i}{\partial x_k} = -y_ky_i$$", "HDH"),
        ("softmax", r"For $i = k$ the result is different from the case $i \ne k$: $$\frac{\partial y_i}{\partial x_k} = y_i(1-y_k)$$", "DH"),
        ("softmax", OTHER_CASE + r"Analogamente a prima, per $i = k$: $$\frac{\partial y_i}{\partial x_k} = y_i(1-y_k)$$", "HDH"),
    ],
    "a logistic regression, from its scores": [
        ("ex4_trace", SCORES + r"$\frac{\partial \ell}{\partial z_n} = s_n - t_n$, $\nabla_\theta \ell = X^\top(s-t)$", "....HH"),
        ("ex1", r"$p = \sigma(Xw)$, $L(w) = -y^T\log p - (1-y)^T\log(1-p)$, $\nabla_w L = X^T(p - y)$", "HHH"),
    ],
    "a value between the loss and what it is differentiated by": [
        ("ex1", r"$p = u^\top v$, $a = \sqrt{u^\top u}$, $b = \sqrt{v^\top v}$, $c(u) = \frac{p}{ab}$. " + COSINE, "HHHHHHH"),
        ("ex1", r"$r = Xw$, $e = r - y$, $J = e^Te$. $\frac{dJ}{dr} = 2e$, $\frac{dJ}{dw} = 2X^T(r-y)$", "HHHHH"),
    ],
    "entries of a matrix whose components have these letters": [
        ("ex2", r"$$A = \begin{bmatrix}a&b\\c&d\end{bmatrix}$$ For size $N$: $$y = \sum_{i=1}^N\sum_{k=1}^N a_{ik}b_{ki}$$", "HH"),
    ],
}  # fmt: skip

WRONG = {
    "where its gradient is not zero": [
        ("ex1", r"$f(w) = \|Xw-y\|^2$, $\nabla f(w) = 2X^T(Xw-y)$. $X^TXw = X y$", "HH-"),
        ("ex1", r"$f(w) = \|Xw-y\|^2$, $\nabla f(w) = 2X^T(Xw-y)$. $w^* = (XX^T)^{-1}X^Ty$", "HH-"),
        ("ex1", r"$f(w) = \|Xw-y\|^2$, $\nabla f(w) = 2X^T(Xw-y)$. $w_{opt} = X^Ty$", "HH-"),
        ("ex4_trace", LOSS + r"$w = (X^TX)^{-1}Xy$", "H-"),
        ("ex4_trace", r"Ridge: $J(w) = \|y-Xw\|^2 + \lambda \|w\|^2$. $w = (X^TX + 2\lambda I)^{-1}X^Ty$", "H-"),
        ("ex4_trace", r"Setting to zero gives $\hat A = 2XS^T(SS^T)^{-1}$", "-"),
        ("ex4_chain", r"Setting to zero gives $\hat A = XS^{-1}$", "-"),
    ],
    "what is true of symmetric matrices, of which the text does not speak": [
        ("ex2", r"$f(U) = \operatorname{tr}(U^TCU)$, $\nabla f(U) = 2CU$", "H-"),
    ],
    "a gradient of its own loss": [
        ("ex4_trace", LOSS + r"$\nabla_w L = X^TXw - X^Ty$", "H-"),
        ("ex4_trace", CAPITALS + r"$\frac{dL}{dW} = 2X^TXW - X^TY$", "H-"),
        (
            "ex1",
            r"$\frac{\partial L}{\partial w} = \frac{\partial}{\partial w}\|Xw-y\|^2$, $\frac{\partial L}{\partial w} = X^TXw - X^Ty$",
            "H-",
        ),
    ],
    "a logistic regression, from its scores": [
        ("ex4_trace", SCORES + r"$\nabla_\theta \ell = X^\top(t-s)$", "....-"),
        ("ex1", r"$p = \sigma(Xw)$, $L(w) = -y^T\log p - (1-y)^T\log(1-p)$, $\nabla_w L = X(p - y)$", "HH-"),
    ],
    "a value between the loss and what it is differentiated by": [
        ("ex1", r"$r = Xw$, $e = r - y$, $J = e^Te$. $\frac{dJ}{dw} = X^T(r-y)$", "HHH-"),
    ],
    "matrices, where traces or Frobenius norms stand": [
        ("ex4_trace", r"$L = \|XW-Y\|_F^2 = \operatorname{tr}((XW-Y)^T(XW-Y))$. $W^TX^TY + Y^TXW = 2W^TX^TY$", "HH-"),
    ],
    "matrices with numbers below, which are no numbers": [
        ("ex2", r"$K_kR_k = R_kK_k$", "-"),
        ("ex2", r"$\frac{\partial \mathrm{tr}(K_kR_kK_k^T)}{\partial K_k} = 2R_kK_k$", "-"),
        ("ex1", r"$(P_k Q_k)^T = P_k^T Q_k^T$", "-"),
        ("ex2", r"$\mathrm{tr}(K_kR_k) = \mathrm{tr}(K_k)\mathrm{tr}(R_k)$", "-"),
    ],
    "arrays written out with dots": [
        ("ex1", r"$\begin{bmatrix} 2z_1 \\ \vdots \\ 2z_m \end{bmatrix} = z$", "-"),
        ("ex1", r"$BC = \sum_k B_{k,:}C_{:,k}$", "-"),
    ],
    "where two expressions are least": [
        ("ex4_trace", r"$\arg\min_S \|X-AS\|_F^2 = \arg\min_S \operatorname{tr}(S^TA^TAS) - \operatorname{tr}(X^TAS)$", "-"),
        ("ex1", r"$\arg\min_w \|Xw-y\|^2 = \arg\max_w \|Xw-y\|^2$", "-"),
    ],
    "moving statistics": [
        ("batch_norm", r"$\mu_{mov}^{(t)} = \alpha \mu_{mov}^{(t-1)} + \alpha\mu_B$", "-"),
        ("batch_norm", r"$\sigma_{mov}^2 = \alpha \sigma_{mov}^2 + (1+\alpha)\sigma^2$", "-"),
    ],
}

NEVER_FALSE = [
    ("linear", r"$y = Wx$. $\frac{\partial L}{\partial W} = x^T g$, $\frac{\partial L}{\partial x} = g W^T$"),
    ("ex3", r"$[\nabla_x Ax]_{ij} = [Ax]_{i,j} = \frac{\partial A_{ik}x_k}{\partial x_j}$"),
    (
        "ex4_trace",
        r"Let $A \in \mathbb{R}^{m \times n}$ and $B \in \mathbb{R}^{m \times n}$. Later: $\nabla_A \operatorname{tr} AB = B^T$.",
    ),
]


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(RIGHT))
def test_a_right_step_is_read(exercise: str, text: str, letters: str) -> None:
    """Each of its steps has the verdict that a person gives."""
    assert_read(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(WRONG))
def test_a_wrong_step_never_holds(exercise: str, text: str, letters: str) -> None:
    """What stands before it is right, so that it is wrong by itself."""
    assert_wrong_never_holds(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text"), NEVER_FALSE)
def test_a_right_step_that_waits_is_not_false(exercise: str, text: str) -> None:
    assert_never_false(exercise, text)


@settings(max_examples=examples(12), deadline=None)
@given(
    exercise=st.sampled_from(("ex1", "ex4_trace")),
    loss=st.sampled_from(("L", "E", "Q", r"\ell")),
    data=st.sampled_from((("X", "y"), ("H", "z"), (r"\Phi", "t"), ("Z", "u"))),
    unknown=st.sampled_from(("w", r"\beta", r"\theta", "v")),
    turned=st.sampled_from((r"^T", r"^{\top}", "'")),
    scale=st.sampled_from(("", r"\frac12", r"\frac1n", "3")),
)
def test_where_the_gradient_is_zero_whatever_the_letters(exercise, loss, data, unknown, turned, scale) -> None:
    """The condition and its solution hold, and with the matrix on the wrong side neither does."""
    matrix, target = data
    stated = rf"${loss}({unknown}) = {scale}\|{matrix} {unknown} - {target}\|^2$. "
    condition = rf"${matrix}{turned}{matrix} {unknown} = {matrix}{turned}{target}$, "
    solution = rf"${unknown} = ({matrix}{turned}{matrix})^{{-1}}{matrix}{turned}{target}$"
    assert letters_of(exercise, stated + condition + solution) == "HHH"
    other = rf"${unknown} = ({matrix}{matrix}{turned})^{{-1}}{matrix}{turned}{target}$"
    assert read_writeup(stated + other, EXERCISES[f"writeup_{exercise}"]).steps[-1].verdict != HOLDS
