r"""Letters of strangers' own: capital ones for columns, letters for the ones, the deviation's letter for the root with the epsilon.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

COLUMN = r"One column of the batch, $X \in \mathbb{R}^N$, with $Y$ for the output. "
IOTA = r"Let $\iota$ be the vector of ones and $P = I-\frac1N\iota\iota'$ the centering projector. "
MATRIX = r"With the $N \times N$ matrix $\mathbf{1}$ of all ones: "
ROOT = r"$\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$. Let $\sigma = \sqrt{\sigma^2+\epsilon}$. "
BARS = r"$s = \sqrt{\sigma+\epsilon}$. "
LAYER = r"The next layer is $f$, and $\frac{\partial f}{\partial y_i}$ is the upstream gradient. "

KINDS = {
    "a capital letter for a column": [
        ("batch_norm", COLUMN + r"$\sigma^2 = \frac1N\sum_i(x_i-\mu)^2 = \frac1N(X-\mu)^T(X-\mu)$", "HH"),
        ("batch_norm", COLUMN + r"$R = X-\mu$, $Y = \frac{X-\mu}{\sqrt{\sigma+\epsilon}} = (\frac1NR^TR+\epsilon)^{-1/2}R$", "HHH"),
        ("batch_norm", COLUMN + r"$Y = \frac{X-\mu}{\sqrt{\sigma+\epsilon}}$, $Y = \frac{X-\mu}{\sigma+\epsilon}$", "HF"),
        ("batch_norm", r"Let $X = (x_1,\dots,x_N)^T$. $\frac{\partial L}{\partial X} = \frac{1}{\sqrt{\sigma+\epsilon}}(G-\frac1N\mathbf 1\mathbf 1^TG-Y\frac{Y^TG}{N})$", "HH"),
        ("ex1", r"$X \in \mathbb{R}^N$. $Y = X^TX$, $\frac{dY}{dX} = 2X$, $\frac{dY}{dX} = X$", "HHF"),
        ("ex3", r"With $X, C \in \mathbb{R}^{N}$: $y = X^TAC$, $\frac{dy}{dX} = AC$, $\frac{dy}{dA} = XC^T$, $\frac{dy}{dX} = A^TC$", "HHHF"),
        ("batch_norm", r"$X \in \mathbb{R}^{N\times D}$. $Y = X-\mu$", "."),
    ],
    "a letter for the ones": [
        ("batch_norm", IOTA + r"$P' = P$, $PP = P$, $P\iota = 0$, $u = Px$, $du = P\,dx$, $Py = y$", "HHHHHHH"),
        ("batch_norm", IOTA + r"$P\iota = \iota$, $Px = x$", "HFF"),
        ("batch_norm", MATRIX + r"$x - \mu = x-\frac1N\mathbf 1x = (I-\frac1N\mathbf 1)x$, $x-\mu = (I-\mathbf 1)x$", "HHF"),
        ("batch_norm", r"Let $J$ be the $N\times N$ matrix of ones. $x-\mu = x-\frac1NJx$, $J = \mathbf 1\mathbf 1^T$", "HH"),
        ("batch_norm", r"where $e$ is the vector of ones, $\mu = \frac1Ne^Tx$, $x-\mu e = (I-\frac1Nee^T)x$, $\mu = e^Tx$", "HHF"),
        ("batch_norm", r"Let $\mathbf j = (1,\dots,1)^T$. $\mu = \frac1N j^Tx$, $j^T(x-\mu j) = 0$", "HHH"),
        ("linear", r"with the vector of ones $e \in \mathbb{R}^N$: $y = xW+eb$, $\frac{\partial L}{\partial b} = e^Tg$", "HH"),
        ("linear", r"where $\mathbf u$ is a column of ones: $\frac{\partial L}{\partial b} = u^Tg$, $\frac{\partial L}{\partial b} = 2u^Tg$", "HF"),
        ("softmax", r"Let $e$ be the vector of ones. $y_i = e^{x_i}/\sum_je^{x_j}$, $e^Ty = 1$, $\nabla_xL = y\odot(g-ey^Tg)$", "HHH"),
        ("batch_norm", r"$x$ is multiplied by a column of ones: $\mu = \mathbf 1^Tx$", "F"),
    ],
    "the root under the letter of the deviation": [
        ("batch_norm", ROOT + r"$y_i = \frac{x_i-\mu}{\sigma}$, $\frac{\partial\sigma^2}{\partial x_i} = \frac2N(x_i-\mu)$", "HHHHH"),
        ("batch_norm", ROOT + r"$\frac{\partial\sigma}{\partial x_i} = \frac{1}{2\sigma}\frac{\partial\sigma^2}{\partial x_i} = \frac{y_i}{N}$", "HHHHH"),
        ("batch_norm", ROOT + r"$\frac{\partial L}{\partial x_i} = \frac{1}{N\sigma}(Ng_i-\sum_jg_j-y_i\sum_jg_jy_j)$", "HHHH"),
        ("batch_norm", ROOT + r"$\frac{\partial L}{\partial x_i} = \frac{1}{N\sigma}(Ng_i-\sum_jg_j+y_i\sum_jg_jy_j)$", "HHH-"),
        ("batch_norm", ROOT + r"$\frac{\partial L}{\partial\sigma} = -\frac1\sigma\sum_ig_iy_i$, $\frac{\partial y_i}{\partial\sigma^2} = -\frac{x_i-\mu}{2\sigma^3}$", "HHHHH"),
        ("batch_norm", r"$\sigma := \sqrt{\sigma^2+\varepsilon}$, $y_i = (x_i-\mu)/\sigma$, $y_i = (x_i-\mu)/\sigma^2$", "HH-"),
        ("batch_norm", r"$y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$, $y_i = \frac{x_i-\mu}{\sigma}$", "HF"),
    ],
    "means with bars and in angle brackets": [
        ("batch_norm", BARS + r"$\frac{\partial L}{\partial x} = \frac1s(g-\overline g-y\,\overline{gy})$", "HH"),
        ("batch_norm", BARS + r"$(\nabla_xL)_i = \frac1s(g_i-\bar g-y_i\overline{yg})$, $(\nabla_xL)_i = \frac1s(g_i-\bar g+y_i\overline{yg})$", "HH-"),
        ("batch_norm", BARS + r"$\nabla_xL = \frac1s(g-\bar g-y\overline{gy})$ with $\bar g = \frac1N\sum_ig_i$", "HHH"),
        ("softmax", r"$\nabla_xL = y\odot(g-\langle g\rangle\mathbf 1)$, where $\langle g\rangle = \sum_jy_jg_j$", "HH"),
        ("softmax", r"$\langle g\rangle := y^Tg$, $\frac{\partial L}{\partial x_i} = y_i(g_i-\langle g\rangle)$, $\langle g, y\rangle = \langle g\rangle$", "HHH"),
        ("softmax", r"$\langle g\rangle := y^Tg$, $\nabla_xL = y\odot(g+\langle g\rangle\mathbf 1)$", "HF"),
    ],
    "any letter for the loss": [
        ("batch_norm", LAYER + r"$\frac{\partial f}{\partial x_i} = \sum_k\frac{\partial f}{\partial y_k}\frac{\partial y_k}{\partial x_i}$", "H"),
        ("batch_norm", LAYER + r"$\frac{\partial f}{\partial x_i} = \frac{1}{\sqrt{\sigma+\epsilon}}\frac{\partial f}{\partial y_i}$", "F"),
        ("linear", r"$\frac{\partial Z}{\partial x} = \frac{\partial Z}{\partial y}W^T$, $\frac{\partial Z}{\partial W} = \frac{\partial Z}{\partial y}x^T$", "HF"),
        ("softmax", r"$f(y)$ is what follows. $\nabla_xf = (\text{diag}(y)-yy^T)\nabla_yf$, $\nabla_xf = \nabla_yf$", "HF"),
        ("softmax", r"$\frac{\partial C}{\partial x_i} = \sum_k\frac{\partial C}{\partial y_k}\frac{\partial y_k}{\partial x_i}$", "H"),
        ("softmax", r"$z = h(y)$, $\frac{\partial z}{\partial x} = \frac{\partial z}{\partial y}\frac{\partial y}{\partial x}$", "~~"),
    ],
    "a gradient named by a d, in small letters": [
        ("ex4_chain", r"$df_{pq} = -2(x_{pq}-f_{pq})$, $\frac{\partial J}{\partial a_{ij}} = \sum_{p,q}df_{pq}\frac{\partial f_{pq}}{\partial a_{ij}} = \sum_qdf_{iq}s_{jq}$", "HHH"),
        ("ex4_chain", r"$\frac{\partial J}{\partial f_{pq}} = df_{pq} = -2(x_{pq}-f_{pq})$", "~H"),
        ("ex4_chain", r"$df_{pq} = -2(x_{pq}-f_{pq})$, $\frac{\partial J}{\partial a_{ij}} = \sum_qdf_{iq}s_{qj}$", "H-"),
        ("ex4_chain", r"$df_{pq} = \sum_k(da_{pk}s_{kq}+a_{pk}ds_{kq})$, $dJ = -2\sum_{p,q}(x_{pq}-f_{pq})df_{pq}$", "HH"),
        ("ex4_chain", r"$dJ = 2\sum_{p,q}(x_{pq}-f_{pq})df_{pq}$", "F"),
        ("softmax", r"$dout_i = \frac{\partial L}{\partial y_i}$, $dx_i = y_i(dout_i-\sum_jy_j dout_j)$, $dx_i = y_i(dout_i+\sum_jy_j dout_j)$", "HH-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_letter_stands_for_what_the_text_says(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"
