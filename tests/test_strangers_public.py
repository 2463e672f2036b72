r"""Notes as they stand in public: letters of the layer as letters of indices, a layer with its bias inside, gradients that begin with a d.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

LAYER = r"$Y = XW + b$, where $X$ is $N\times D$ and $W$ is $D\times C$, and $b$ is the bias. "
ENTRIES = r"$y_{ij} = \sum_k x_{ik}w_{kj} + b_j$. "
GIVEN = r"For each layer $Z_{ij} = \sum_k X_{ik}W_{kj} + b_j$. Given the gradient $dZ = \frac{\partial L}{\partial Z}$ from above: "
EVERY = r"$\text{softmax}(x_{ij}) = \frac{e^{x_{ij}}}{\sum_k e^{x_{ik}}}$. "
CHAINED = EVERY + r"$df_{pq} = \frac{\partial f(\text{softmax}(X))}{\partial\text{softmax}(x_{pq})}$. "
SIGMA = r"$\sigma(\mathbf z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. "
NAMED = SIGMA + r"$g_i = e^{a_i}$, $h = \sum_k e^{a_k} = \Sigma$. "
ROOT = (
    r"$\mu_B = \frac1m\sum_i x_i$, $\sigma_B^2 = \frac1m\sum_i(x_i-\mu_B)^2$, $\hat x_i = \frac{x_i-\mu_B}{\sqrt{\sigma_B^2+\epsilon}}$, "
    r"$y_i = \gamma\hat x_i + \beta$. Let $\hat x_i = \frac{x_i-\mu}{\sigma}$ where $\sigma = \sqrt{\sigma^2+\epsilon}$. "
)
LOSS = (
    r"$\mu_B = \frac1m\sum_i x_i$, $\sigma_B^2 = \frac1m\sum_i(x_i-\mu_B)^2$, $\hat x_i = \frac{x_i-\mu_B}{\sqrt{\sigma_B^2+\epsilon}}$, "
    r"$y_i = \gamma\hat x_i + \beta$. "
)

KINDS = {
    "the bias's letter as an index": [
        ("linear", LAYER + r"$\frac{\partial L}{\partial w_{ab}} = \sum_i\sum_j\frac{\partial L}{\partial y_{ij}}\frac{\partial y_{ij}}{\partial w_{ab}}$", ".H"),
        ("linear", LAYER + ENTRIES + r"$\frac{\partial y_{ib}}{\partial w_{ab}} = x_{ia}$", "..H"),
        ("linear", LAYER + ENTRIES + r"$\frac{\partial y_{ib}}{\partial w_{ab}} = x_{ai}$", "..-"),
        ("linear", LAYER + ENTRIES + r"$\frac{\partial L}{\partial w_{ab}} = \sum_i\frac{\partial L}{\partial y_{ib}}x_{ia}$", "..H"),
        ("linear", LAYER + ENTRIES + r"$\frac{\partial L}{\partial w_{ab}} = \sum_i\frac{\partial L}{\partial y_{ia}}x_{ib}$", "..-"),
        ("linear", LAYER + ENTRIES + r"$\frac{\partial L}{\partial x_{ab}} = \sum_j\frac{\partial L}{\partial y_{aj}}w_{bj}$", "..H"),
        ("linear", LAYER + ENTRIES + r"$\frac{\partial L}{\partial x_{ab}} = \sum_j\frac{\partial L}{\partial y_{aj}}w_{jb}$", "..-"),
        ("linear", LAYER + ENTRIES + r"$y_{ib} = x_{ia}w_{ab}$", "..-"),
        ("linear", LAYER + ENTRIES + r"$\frac{\partial L}{\partial b_b} = \sum_i\frac{\partial L}{\partial y_{ib}}$", "..~"),
    ],
    "a layer with its bias inside": [
        ("linear", LAYER + r"$Y = XW + b = \begin{bmatrix}X&1\end{bmatrix}\begin{bmatrix}W\\b\end{bmatrix}$", "..H"),
        ("linear", LAYER + r"$Y = XW + b = \begin{bmatrix}X&1\end{bmatrix}\begin{bmatrix}b\\W\end{bmatrix}$", "..-"),
        ("linear", LAYER + r"$Y = \begin{bmatrix}X&\mathbf 1\end{bmatrix}\begin{bmatrix}W\\b\end{bmatrix}$", ".H"),
        ("linear", LAYER + r"$Y = \begin{bmatrix}X&1\end{bmatrix}\begin{bmatrix}W\\2b\end{bmatrix}$", ".-"),
    ],
    "entries of a gradient that begins with a d": [
        ("linear", GIVEN + r"$\frac{\partial L}{\partial W_{kj}} = \sum_i dZ_{ij}\cdot X_{ik}$", "..H"),
        ("linear", GIVEN + r"$\frac{\partial L}{\partial W_{kj}} = \sum_i dZ_{ik}\cdot X_{ij}$", "..-"),
        ("linear", GIVEN + r"$\frac{\partial L}{\partial b_j} = \sum_i dZ_{ij}$, $\frac{\partial L}{\partial b_j} = dZ_{ij}$", "..H-"),
        ("linear", GIVEN + r"$dW = X^T dZ$. $\frac{\partial L}{\partial X_{ik}} = \sum_j dZ_{ij}W_{kj}$, $dX = dZ\cdot W^T$", "..HHH"),
        ("linear", GIVEN + r"$dW_{kj} = \sum_i X_{ik}dZ_{ij}$, $dW_{kj} = \sum_i X_{ik}dZ_{ji}$", "..H-"),
        ("linear", GIVEN + r"$\frac{\partial L}{\partial X_{ik}} = \sum_j dZ_{ij}W_{jk}$", "..-"),
        ("softmax", r"$dy = \frac{\partial L}{\partial y}$, $dx_i = y_i(dy_i - \sum_j dy_jy_j)$, $\frac{\partial L}{\partial x_i} = y_i(dy_i - \sum_j dy_jy_j)$", ".~H"),
        ("softmax", r"$dy = \frac{\partial L}{\partial y}$, $\frac{\partial L}{\partial x_i} = y_i(dy_i - \sum_j dy_j)$", ".-"),
    ],
    "softmax of an entry": [
        ("softmax", EVERY + r"$\frac{\partial\text{softmax}(x_{iq})}{\partial x_{ij}} = \text{softmax}(x_{iq})(\delta_{qj} - \text{softmax}(x_{ij}))$", ".H"),
        ("softmax", EVERY + r"$\frac{\partial\text{softmax}(x_{iq})}{\partial x_{ij}} = \text{softmax}(x_{iq})(\delta_{qj} + \text{softmax}(x_{ij}))$", ".-"),
        ("softmax", CHAINED + r"$\frac{\partial f(\text{softmax}(X))}{\partial x_{ij}} = \sum_p\sum_q df_{pq}\frac{\partial\text{softmax}(x_{pq})}{\partial x_{ij}}$", "..~"),
        ("softmax", CHAINED + r"$\frac{\partial f(\text{softmax}(X))}{\partial x_{ij}} = \text{softmax}(x_{ij})(df_{ij} - \sum_q\text{softmax}(x_{iq})df_{iq})$", "..~"),
        ("softmax", CHAINED + r"$\frac{\partial f(\text{softmax}(X))}{\partial x_{ij}} = \text{softmax}(x_{ij})(df_{ij} - \sum_q df_{iq})$", "..-"),
        (
            "softmax",
            CHAINED + r"$\sum_{q} df_{iq}\frac{\partial\text{softmax}(x_{iq})}{\partial x_{ij}}"
            r" = df_{ij}(\text{softmax}(x_{ij}) - \text{softmax}(x_{ij})^2) - \sum_{q\ne j} df_{iq}\text{softmax}(x_{iq})\text{softmax}(x_{ij})$",
            "..H",
        ),
    ],
    "a letter that is used for the variable of a definition": [
        ("softmax", SIGMA + r"$\frac{\partial[\sigma(\mathbf a)]_i}{\partial a_j} = \frac{\partial}{\partial a_j}\frac{e^{a_i}}{\sum_k e^{a_k}}$", ".H"),
        ("softmax", SIGMA + r"$\frac{\partial}{\partial a_j}\frac{e^{a_i}}{\sum_k e^{a_k}} = \sigma_i(1_{i=j} - \sigma_j)$", ".H"),
        ("softmax", SIGMA + r"$\frac{\partial}{\partial a_j}\frac{e^{a_i}}{\sum_k e^{a_k}} = \sigma_i(1_{i=j} + \sigma_j)$", ".-"),
        ("softmax", SIGMA + r"$\frac{\partial\sigma(z)_i}{\partial z_j} = \sigma(z)_i(1_{i=j} - \sigma(z)_j)$", ".H"),
        ("softmax", SIGMA + r"$\frac{\partial\sigma(z)_i}{\partial z_j} = \sigma(z)_i(1 - \sigma(z)_j)$", ".-"),
        ("softmax", NAMED + r"$\frac{\partial}{\partial a_j}h = e^{a_j}$, $\frac{\partial}{\partial a_j}g_i = 1_{i=j}e^{a_i}$", "....HH"),
        ("softmax", NAMED + r"$\frac{\partial}{\partial a_j}h = e^{a_i}$, $\frac{\partial}{\partial a_j}g_i = e^{a_i}$", "....--"),
        ("softmax", NAMED + r"$\frac{\partial h}{\partial a_j} = e^{a_j}$. $\frac{e^{a_i}}{\Sigma}\frac{1_{i=j}\Sigma - e^{a_j}}{\Sigma} = \sigma_i(1_{i=j} - \sigma_j)$", "....HH"),
        ("softmax", r"$y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$. $\frac{\partial}{\partial a_j}\frac{e^{a_i}}{\sum_k e^{a_k}} = y_i(\delta_{ij} - y_j)$", "H~"),
        ("softmax", r"By the quotient rule, where $g_i = e^{x_i}$, $\frac{\partial g_i}{\partial x_j} = \delta_{ij}e^{x_i}$, $\frac{\partial g_i}{\partial x_j} = e^{x_i}$", "HH-"),
        ("softmax", r"$g = \frac{\partial L}{\partial y}$, $\frac{\partial L}{\partial x} = y\odot(g - g^Ty)$, $\frac{\partial L}{\partial x} = y\odot(g - y)$", ".HF"),
    ],
    "the deviation's letter for the root, with labels before": [
        ("batch_norm", ROOT + r"$\frac{\partial L}{\partial\mu} = -\frac1\sigma\sum_i\frac{\partial L}{\partial\hat x_i}$", "......H"),
        ("batch_norm", ROOT + r"$\frac{\partial L}{\partial\mu} = -\frac1{\sigma^2}\sum_i\frac{\partial L}{\partial\hat x_i}$", "......-"),
        ("batch_norm", ROOT + r"$\frac{\partial L}{\partial\sigma^2} = -\frac1{2\sigma^3}\sum_i\frac{\partial L}{\partial\hat x_i}(x_i-\mu)$", "......H"),
        ("batch_norm", ROOT + r"$\frac{\partial L}{\partial\sigma^2} = -\frac1{\sigma^3}\sum_i\frac{\partial L}{\partial\hat x_i}(x_i-\mu)$", "......-"),
        (
            "batch_norm",
            ROOT + r"$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial\hat x_i}\cdot\frac1\sigma"
            r" + \frac{\partial L}{\partial\sigma^2}\cdot\frac{2(x_i-\mu)}m + \frac{\partial L}{\partial\mu}\cdot\frac1m$",
            "......H",
        ),
        (
            "batch_norm",
            ROOT + r"$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial\hat x_i}\cdot\frac1\sigma"
            r" + \frac{\partial L}{\partial\sigma^2}\cdot\frac{(x_i-\mu)}m + \frac{\partial L}{\partial\mu}\cdot\frac1m$",
            "......-",
        ),
    ],
    "f for the loss": [
        ("batch_norm", LOSS + r"$\frac{\partial f}{\partial\hat x_i} = \frac{\partial f}{\partial y_i}\gamma$, $\frac{\partial f}{\partial\gamma} = \sum_i\frac{\partial f}{\partial y_i}\hat x_i$", "....HH"),
        ("batch_norm", LOSS + r"$\frac{\partial f}{\partial\hat x_i} = \frac{\partial f}{\partial y_i}\gamma$, $\frac{\partial f}{\partial\gamma} = \sum_i\frac{\partial f}{\partial y_i}$", "....H-"),
        (
            "batch_norm",
            LOSS + r"$\frac{\partial f}{\partial\hat x_i} = \frac{\partial f}{\partial y_i}\gamma$, $\frac{\partial f}{\partial x_i} = \frac{(\sigma_B^2+\epsilon)^{-1/2}}m"
            r"\left[m\frac{\partial f}{\partial\hat x_i} - \sum_j\frac{\partial f}{\partial\hat x_j} - \hat x_i\sum_j\frac{\partial f}{\partial\hat x_j}\hat x_j\right]$",
            "....HH",
        ),
        (
            "batch_norm",
            LOSS + r"$\frac{\partial f}{\partial\hat x_i} = \frac{\partial f}{\partial y_i}\gamma$, $\frac{\partial f}{\partial x_i} = \frac{(\sigma_B^2+\epsilon)^{-1/2}}m"
            r"\left[m\frac{\partial f}{\partial\hat x_i} - \sum_j\frac{\partial f}{\partial\hat x_j} + \hat x_i\sum_j\frac{\partial f}{\partial\hat x_j}\hat x_j\right]$",
            "....H-",
        ),
    ],
    "the gradient as a function of a place": [
        ("ex1", r"$u(x) = x^Tx$. $(\text{grad}\ u)(x) = 2x$", ".H"),
        ("ex1", r"$u(x) = x^Tx$. $(\operatorname{grad} u)(x) = 2x$, $(\nabla u)(x) = 2x$", ".HH"),
        ("ex1", r"$u(x) = x^Tx$. $(\operatorname{grad} u)(x) = x$, $(\nabla u)(x) = x$", ".--"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_notes_in_public_are_understood(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
