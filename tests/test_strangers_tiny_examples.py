r"""One tiny example with its loss: ``L = \frac12\sum_n Y_n^2``, its gradients as numbers; a column of ones beside the data.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

TINY = (
    r"Layer: $Y = XW+b$ with $N$ = 2 samples, $D$ = 2, $M$ = 1 and "
    r"$$X = \begin{pmatrix}1&2\\3&-1\end{pmatrix},\qquad W = \begin{pmatrix}2\\-1\end{pmatrix},\qquad b = 0.5$$ "
    r"so $Y = \begin{pmatrix}0.5\\7.5\end{pmatrix}$. As loss I take $L = \frac12\sum_n Y_n^2$, then $G = Y$. "
)
WIDE = (
    r"$y = xW + b$ with $x = \begin{pmatrix}1&0\\2&1\\0&1\end{pmatrix}$, $W = \begin{pmatrix}1&2\\0&-1\end{pmatrix}$, $b = (1, 0)$. "
    r"The loss is $L = \sum_{n,m} y_{nm}$. "
)
SQUARES = (
    r"$y = xW + b$ with $x = \begin{pmatrix}1&2\end{pmatrix}$, $W = \begin{pmatrix}1&0\\2&1\end{pmatrix}$, $b = (0, 1)$, "
    r"so $y = (5, 3)$. Let $L = \frac12\sum_m y_m^2$. "
)
TRAINING = r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$, $y = \frac{x-\mu}{\sqrt{\sigma^2+\epsilon}}$. "
FOUR = r"Example: $x = (1,1,5,5)$ and $\epsilon = 0$. Then $\mu = 3$, $\sigma^2 = 4$, $y = (-1,-1,1,1)$. Let $g = (1,0,0,2)$. "
THREE = r"For $x = (0, 3, 6)$, $\epsilon = 3$ and $g = (1, 2, 0)$ we get $\mu = 3$ and $\sigma^2 = 6$. "
COLUMN = (
    r"$Y = XW + b$. I append a column of ones: $\tilde X = \begin{bmatrix}X & \mathbf 1\end{bmatrix}$, "
    r"$\tilde W = \begin{bmatrix}W\\ b\end{bmatrix}$. "
)
BEHIND = r"$Y = XW + \mathbf 1b^T$. Let $\hat X = (X, \mathbf 1)$ and $\hat W = \begin{pmatrix}W\\ b^T\end{pmatrix}$. "
NAMED = (
    r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$. "
    r"$\bar g = \frac1N\sum_i g_i$ and $m_{gy} = \frac1N\sum_i g_iy_i$. "
)
OTHER_NAMES = (
    r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$. "
    r"$a_g = \frac1N\sum_i g_i$ and $c_{yg} = \frac1N\sum_i y_ig_i$. "
)

KINDS = {
    "one example with its loss": [
        ("linear", TINY + r"$\frac{\partial L}{\partial X} = GW^T = \begin{pmatrix}1&-0.5\\15&-7.5\end{pmatrix}$", "HHHHHHHHH"),
        ("linear", TINY + r"$\frac{\partial L}{\partial X} = GW^T = \begin{pmatrix}1&-0.5\\15&7.5\end{pmatrix}$", "HHHHHHHHF"),
        ("linear", TINY + r"$\frac{\partial L}{\partial W} = X^TG = \begin{pmatrix}23\\-6.5\end{pmatrix}$", "HHHHHHHHH"),
        ("linear", TINY + r"$\frac{\partial L}{\partial W} = XG = \begin{pmatrix}15.5\\-6\end{pmatrix}$", "HHHHHHHFH"),
        ("linear", TINY + r"$\frac{\partial L}{\partial W} = X^TG = \begin{pmatrix}23\\6.5\end{pmatrix}$", "HHHHHHHHF"),
        ("linear", TINY + r"$\frac{\partial L}{\partial b} = \sum_n G_n = 8$", "HHHHHHHHH"),
        ("linear", TINY + r"$\frac{\partial L}{\partial b} = \sum_n G_n = 7$", "HHHHHHHHF"),
        ("linear", TINY + r"$\frac{\partial L}{\partial b} = \frac12(0.5+7.5)$", "HHHHHHHF"),
        ("linear", TINY + r"$\frac{\partial L}{\partial b} = 0.5+7.5 = 8$", "HHHHHHHHH"),
        ("linear", TINY + r"$\frac{\partial L}{\partial b} = \frac12\sum_n G_n = 4$", "HHHHHHH-~"),
        ("linear", TINY + r"$L = \frac12(0.5^2 + 7.5^2) = 28.25$", "HHHHHHHHH"),
        ("linear", TINY + r"$L = \frac12(0.5 + 7.5)^2 = 32$", "HHHHHHH-H"),
    ],
    "a loss that is a sum of entries": [
        (
            "linear",
            WIDE
            + r"$G = \begin{pmatrix}1&1\\1&1\\1&1\end{pmatrix}$, $\frac{\partial L}{\partial W} = x^TG = \begin{pmatrix}3&3\\2&2\end{pmatrix}$",
            "HHHHHHHH",
        ),
        (
            "linear",
            WIDE
            + r"$\frac{\partial L}{\partial W} = \begin{pmatrix}3&3\\3&3\end{pmatrix}$, $\frac{\partial L}{\partial b} = (2, 2)$",
            "HHHHHFF",
        ),
        (
            "linear",
            WIDE
            + r"$\frac{\partial L}{\partial b} = (3, 3)$, $\frac{\partial L}{\partial x} = \begin{pmatrix}3&-1\\3&-1\\3&-1\end{pmatrix}$",
            "HHHHHHH",
        ),
        (
            "linear",
            SQUARES
            + r"$g = y = (5, 3)$, $\frac{\partial L}{\partial W} = x^Tg = \begin{pmatrix}5&3\\10&6\end{pmatrix}$, $\frac{\partial L}{\partial x} = gW^T = (5, 13)$",
            "HHHHHHHHHHHH",
        ),
        (
            "linear",
            SQUARES
            + r"$g = y$, $\frac{\partial L}{\partial W} = x^Tg = \begin{pmatrix}5&10\\3&6\end{pmatrix}$, $\frac{\partial L}{\partial x} = gW^T = (11, 3)$",
            "HHHHHHHH-HF",
        ),
    ],
    "a batch of numbers in training mode": [
        ("batch_norm", TRAINING + FOUR + r"$\frac14\sum_j g_j = 0.75$, $\frac14\sum_j g_jy_j = 0.25$", "HHHHHHHHHHH"),
        ("batch_norm", TRAINING + FOUR + r"$\frac14\sum_j g_j = 0.25$, $\frac14\sum_j g_jy_j = 0.75$", "HHHHHHHHHFF"),
        (
            "batch_norm",
            TRAINING
            + FOUR
            + r"$\frac{\partial L}{\partial x} = \frac12(1-0.75+0.25, -0.75+0.25, -0.75-0.25, 2-0.75-0.25) = (0.25,-0.25,-0.5,0.5)$",
            "HHHHHHHHHHH",
        ),
        ("batch_norm", TRAINING + FOUR + r"$\frac{\partial L}{\partial x} = \frac12(1-0.75, -0.75, -0.75, 2-0.75)$", "HHHHHHHHHF"),
        ("batch_norm", TRAINING + FOUR + r"$\frac{\partial L}{\partial x} = (0.25,-0.25,-0.5,0.75)$", "HHHHHHHHHF"),
        (
            "batch_norm",
            TRAINING
            + FOUR
            + r"In eval mode all is constant but $x$: $\frac{\partial L}{\partial x} = \frac{g}{\sigma^2+\epsilon} = \frac14(1,0,0,2)$",
            "HHHHHHHHHFH",
        ),
        (
            "batch_norm",
            TRAINING
            + FOUR
            + r"In eval mode $\mu$ and $\sigma^2$ are constants: $\frac{\partial L}{\partial x} = \frac{g}{\sqrt{\sigma^2+\epsilon}} = \frac12(1,0,0,2)$",
            "HHHHHHHHHHH",
        ),
        (
            "batch_norm",
            TRAINING + THREE + r"$\sqrt{\sigma^2+\epsilon} = 3$, $y = (-1, 0, 1)$, $\sum_j g_jy_j = -1$, $\frac13\sum_jg_j = 1$",
            "HHHHHHHHHHHH",
        ),
        (
            "batch_norm",
            TRAINING + THREE + r"$\sum_j g_jy_j = 1$, $\frac{\partial L}{\partial x} = \frac13(0, 1, -1)$",
            "HHHHHHHHFF",
        ),
    ],
    "a general step before the numbers": [
        (
            "batch_norm",
            TRAINING + r"$\frac{\partial L}{\partial\mu} = \frac{1}{\sqrt{\sigma^2+\epsilon}}\sum_i g_i$. " + FOUR,
            "HHHFHHHHHH",
        ),
        (
            "batch_norm",
            TRAINING + r"$\frac{\partial L}{\partial\mu} = -\frac{1}{\sqrt{\sigma^2+\epsilon}}\sum_i g_i$. " + FOUR,
            "HHHHHHHHHH",
        ),
        ("batch_norm", TRAINING + r"$\frac{\partial\sigma^2}{\partial x_i} = \frac1N(x_i - \mu)$. " + FOUR, "HHHFHHHHHH"),
        (
            "linear",
            r"$Y = XW + b$, $\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y}W$, $\frac{\partial L}{\partial W} = \frac{\partial L}{\partial Y}X^T$. "
            + TINY,
            "HFFHHHHHHH",
        ),
        (
            "linear",
            r"$Y = XW + b$, $\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y}W^T$, $\frac{\partial L}{\partial W} = X^T\frac{\partial L}{\partial Y}$. "
            + TINY,
            "HHHHHHHHHH",
        ),
    ],
    "a column of ones beside the data": [
        ("linear", COLUMN + r"$Y = \tilde X\tilde W$, $\frac{\partial L}{\partial\tilde W} = \tilde X^TG$", "HHHHH"),
        (
            "linear",
            COLUMN
            + r"$Y = \tilde X\tilde W$, $\frac{\partial L}{\partial\tilde W} = \tilde X^TG = \begin{bmatrix}X^TG\\ \mathbf 1^TG\end{bmatrix}$",
            "HHHHHH",
        ),
        ("linear", COLUMN + r"$Y = \tilde W\tilde X$, $\frac{\partial L}{\partial\tilde W} = G\tilde X^T$", "HHH--"),
        (
            "linear",
            COLUMN
            + r"$\frac{\partial L}{\partial\tilde W} = \tilde XG$, $\frac{\partial L}{\partial\tilde W} = \begin{bmatrix}X^TG\\ G\end{bmatrix}$",
            "HHH--",
        ),
        (
            "linear",
            COLUMN
            + r"$Y = \tilde X\tilde W$, $\frac{\partial L}{\partial\tilde X} = G\tilde W^T = \begin{bmatrix}GW^T & Gb^T\end{bmatrix}$",
            "HHHHHH",
        ),
        ("linear", COLUMN + r"$Y = \tilde X\tilde W$, $dL = \operatorname{tr}(G^T\tilde X\,d\tilde W)$", "HHHH~"),
        ("linear", BEHIND + r"Then $Y = \hat X\hat W$ and $\frac{\partial L}{\partial\hat W} = \hat X^TG$", "HHHHH"),
        (
            "linear",
            BEHIND
            + r"Then $Y = \hat X\hat W$ and $\frac{\partial L}{\partial\hat W} = G^T\hat X$, $\frac{\partial L}{\partial\hat W} = 2\hat X^TG$",
            "HHHH--",
        ),
    ],
    "names with words below": [
        (
            "batch_norm",
            NAMED + r"$\frac{\partial L}{\partial x_j} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(g_j-\bar g-y_jm_{gy})$",
            "HHHHHH",
        ),
        (
            "batch_norm",
            NAMED + r"$\frac{\partial L}{\partial x_j} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(g_j-\bar g-\frac12y_jm_{gy})$",
            "HHHHHF",
        ),
        (
            "batch_norm",
            NAMED + r"$\frac{\partial L}{\partial x_j} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(g_j-\bar g+y_jm_{gy})$",
            "HHHHHF",
        ),
        (
            "batch_norm",
            NAMED + r"$\sum_j y_jg_j = Nm_{gy}$, $\sum_j g_j = N\bar g$, $\sum_j y_j(g_j - \bar g) = Nm_{gy}$",
            "HHHHHHHH",
        ),
        ("batch_norm", NAMED + r"$\sum_j y_jg_j = m_{gy}$, $\sum_j g_j = \bar g$", "HHHHHFF"),
        (
            "batch_norm",
            NAMED
            + r"If $\epsilon = 0$, then $\sum_j y_j^2 = N$ and $\sum_j y_j(g_j-\bar g-\frac12y_jm_{gy}) = Nm_{gy} - \frac N2m_{gy}$",
            "HHHHH~HH",
        ),
        ("batch_norm", NAMED + r"If $\epsilon = 0$, then $\sum_j y_j(g_j-\bar g-\frac12y_jm_{gy}) = Nm_{gy}$", "HHHHH~-"),
        (
            "batch_norm",
            OTHER_NAMES + r"$\frac{\partial L}{\partial x_j} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(g_j-a_g-y_jc_{yg})$",
            "HHHHHH",
        ),
        (
            "batch_norm",
            OTHER_NAMES + r"$\frac{\partial L}{\partial x_j} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(g_j-a_g-2y_jc_{yg})$",
            "HHHHHF",
        ),
    ],
}


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_tiny_examples(exercise: str, text: str, wanted: str) -> None:
    assert fits(judged(exercise, text), wanted), judged(exercise, text)
