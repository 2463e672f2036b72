r"""Words and letters that mean something else in a text than in the exercise: `\hat x` for `x - \mu`, `R` for a matrix, `\ell` for an index.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "another word for a part of the exercise": [
        ("batch_norm", r"$\hat x = x - \mu$, $y = \frac{\hat x}{\sqrt{\sigma^2+\epsilon}}$, $\sigma^2 = \frac1N\hat x^T\hat x$, $\sum_i\hat x_i = 0$", "HHHH"),
        ("batch_norm", r"Sei $\hat x_i = x_i - \mu$. Dann $\frac{\partial\hat x_i}{\partial x_j} = \delta_{ij} - \frac1N$ und $\frac{\partial\sigma^2}{\partial x_j} = \frac2N\hat x_j$.", "HHH"),
        ("batch_norm", r"$\hat x = \frac{x-\mu}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial L}{\partial x} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(g - \bar g - \hat x\,\overline{g\hat x})$", "HH"),
        ("batch_norm", r"$\hat x_i = x_i - \mu$, $y_i = \frac{\hat x_i}{\sigma^2+\epsilon}$, $\frac{\partial\hat x_i}{\partial x_j} = \delta_{ij}$", "HF."),
        ("batch_norm", r"$\hat x = \frac{x-\mu}{\sigma^2+\epsilon}$", "-"),
        ("batch_norm", r"$\hat x_i = x_i + \mu$", "-"),
    ],
    "what is said of a name behind its use": [
        ("batch_norm", r"$\frac{\partial L}{\partial v} = \sum_i g_i\cdot(x_i-\mu)\cdot\left(-\frac{1}{2}\right)v^{-3/2}$ where $v=\sigma^2+\epsilon$", "HH"),
        ("batch_norm", r"$\frac{\partial L}{\partial v} = \sum_i g_i\cdot(x_i-\mu)v^{-3/2}$ where $v=\sigma^2+\epsilon$", "-H"),
    ],
    "a letter of the softmax by its entries": [
        ("softmax", r"Write $s_i$ for the softmax output. $\frac{\partial s_i}{\partial x_j} = s_i(\delta_{ij}-s_j)$, $\frac{\partial s_i}{\partial x_j} = s_i\delta_{ij}$", "HF"),
        ("softmax", r"Let $p_k$ be the softmax of $x$. $\frac{\partial p_i}{\partial x_j} = p_i(\delta_{ij}-p_j)$", "H"),
    ],
    "a size that is a matrix of entries": [
        ("ex4_chain", r"$r_{ij} = x_{ij} - \sum_k a_{ik}s_{kj}$, $\frac{\partial J}{\partial s_{pq}} = -2\sum_i r_{iq}a_{ip} = -2(A^TR)_{pq}$, $\frac{\partial J}{\partial s_{pq}} = 2(A^TR)_{pq}$", "HHHF"),
        ("ex4_chain", r"$m_{ij} = x_{ij} - \sum_k a_{ik}s_{kj}$, $\frac{\partial J}{\partial S} = -2A^TM$", "HH"),
        ("ex4_chain", r"$n_{ij} = x_{ij} - f_{ij}$, $J = \sum_{i=1}^N\sum_{j=1}^M n_{ij}^2$", "HH"),
    ],
    "entries of the exercise's matrix are no letters of the text's own": [
        ("ex3", r"$y = \sum_{ij}x_ia_{ji}c_j$", "F"),
        ("ex3", r"$y = \sum_{ij}x_ia_{ji}c_j$, $\frac{\partial y}{\partial x_i} = \sum_j a_{ji}c_j$", "FF"),
        ("ex3", r"$y = \sum_{ij}x_ia_{ij}c_j$, $\frac{\partial y}{\partial x_i} = \sum_j a_{ij}c_j$", "HH"),
    ],
    "the index ell": [
        ("linear", r"$\frac{\partial L}{\partial W_{k\ell}} = \sum_{n}\sum_{m} g_{nm}\,\frac{\partial}{\partial W_{k\ell}}\Big(\sum_{d} X_{nd}W_{dm}+b_m\Big) = \sum_{n} g_{n\ell}X_{nk}$", "HH"),
        ("softmax", r"$\frac{\partial y_k}{\partial x_\ell} = y_k(\delta_{k\ell}-y_\ell)$, $\sum_\ell \frac{\partial y_k}{\partial x_\ell} = 0$, $\frac{\partial y_k}{\partial x_\ell} = y_k\delta_{k\ell}$", "HHF"),
        ("softmax", r"$\ell = -\log y_t$, $\frac{\partial\ell}{\partial x_k} = y_k-\delta_{kt}$", "~~"),
        ("linear", r"$x_{\ell+1} = x_\ell W_\ell + b_\ell$, $\delta_\ell = \delta_{\ell+1}W_\ell^T$", "~~"),
    ],
    "a rule with the text's own letters": [
        ("softmax", r"$u = e^{x_i}$, $v = \sum_k e^{x_k}$, $\left(\frac uv\right)' = \frac{u'v - uv'}{v^2}$", "HHH"),
        ("softmax", r"$u = e^{x_i}$, $v = \sum_k e^{x_k}$, $\left(\frac uv\right)' = \frac{u'v + uv'}{v^2}$", "HH-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_means_something_else_is_taken_for_that(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
