r"""Letters that a text sets equal to a number, ``\gamma = 1`` and ``\beta = 0``: what follows from there is said of that number.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

PAPER = r"We follow the paper, with $\gamma = 1$ and $\beta = 0$ because our layer has no scale. $\hat x_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$. "
FLAT = r"Let $b = 0$ for now, $Y = XW + b$. "
WARM = r"With temperature $T = 1$ we have $y_i = \frac{e^{x_i/T}}{\sum_j e^{x_j/T}}$. "

KINDS = {
    "a scale and a shift": [
        ("batch_norm", PAPER + r"$y_i = \gamma\hat x_i + \beta = \hat x_i$", "~~HHH"),
        ("batch_norm", PAPER + r"$y_i = \gamma\hat x_i + \beta = \beta$", "~~HH-"),
        ("batch_norm", PAPER + r"$\gamma\hat x_i + \beta = \gamma + \hat x_i$", "~~H-"),
        ("batch_norm", PAPER + r"$\frac{\partial L}{\partial\hat x_i} = g_i\gamma = g_i$, $\frac{\partial L}{\partial\hat x_i} = \beta g_i$", "~~HHH-"),
        ("batch_norm", PAPER + r"$\frac{\partial L}{\partial\gamma} = \sum_i g_i\hat x_i$, $\frac{\partial L}{\partial\beta} = \sum_i g_i$", "~~HHH"),
        ("batch_norm", PAPER + r"$\frac{\partial L}{\partial\gamma} = 0$, $\frac{\partial L}{\partial\beta} = 0$", "~~H--"),
        ("batch_norm", r"$y_i = \gamma\hat x_i + \beta$. We set gamma to one and beta to zero, so $\gamma\hat x_i + \beta = \hat x_i$.", "H~"),
        ("batch_norm", r"$y_i = \gamma\hat x_i + \beta = \hat x_i$ since $\gamma = 1$ and $\beta = 0$ in our layer.", "H~~~"),
        ("batch_norm", r"Our layer has $\gamma=1, \beta=0$, hence $y_i = \gamma\hat x_i + \beta = \hat x_i$ and not $2\hat x_i$.", "~~H~"),
        ("batch_norm", r"The defaults: gamma = 1, beta = 0. Then $y_i = \gamma\hat x_i + \beta = \hat x_i$.", "H~"),
        ("batch_norm", r"$y_i = \gamma\hat x_i + \beta = \hat x_i$", "H-"),
        ("batch_norm", r"Here $\gamma = 1$. $y_i = \gamma\hat x_i + \beta = \hat x_i + \beta$, $\gamma\hat x_i + \beta = \hat x_i$", "~HH-"),
    ],
    "a bias": [
        ("linear", FLAT + r"$XW + b = XW$, $Y = XW$, $Y_{ij} = \sum_k X_{ik}W_{kj}$", "~H~~~"),
        ("linear", FLAT + r"$XW + b = b$, $Y = WX$", "~H--"),
        ("linear", FLAT + r"$\frac{\partial L}{\partial X} = GW^T$, $\frac{\partial L}{\partial X} = GW$", "~HH-"),
        ("linear", r"$Y = XW + b$ and $\frac{\partial L}{\partial b} = G^T\mathbf 1$. For $b = 0$ we would have $Y = XW$.", "HH~~"),
    ],
    "a temperature": [
        ("softmax", WARM + r"$y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$, $\frac{\partial y_i}{\partial x_j} = \frac1T y_i(\delta_{ij}-y_j) = y_i(\delta_{ij}-y_j)$", "HHHHH"),
        ("softmax", WARM + r"$\frac{\partial y_i}{\partial x_j} = \frac1T y_i(\delta_{ij}-y_i)$, $\frac1T y_i(\delta_{ij}-y_j) = y_i$", "HH--"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_letter_has_the_value_that_it_is_given(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
