r"""The notation of Andrew Ng's course: samples above letters, features below, numbered layers, and gradients beside a mean of losses.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

MEANS = r"$\mu_j = \frac1m\sum_{i=1}^m x_j^{(i)}$, $\sigma_j^2 = \frac1m\sum_{i=1}^m (x_j^{(i)}-\mu_j)^2$. "
NORMED = (
    r"$\mu = \frac1m\sum_i z^{(i)}$, $\sigma^2 = \frac1m\sum_i (z^{(i)}-\mu)^2$, "
    r"$z_{\text{norm}}^{(i)} = \frac{z^{(i)}-\mu}{\sqrt{\sigma^2+\varepsilon}}$, $s = \sqrt{\sigma^2+\varepsilon}$. "
)
COLUMNS = (
    r"Every column is one example: $X\in\mathbb R^{n_x\times m}$, $W\in\mathbb R^{n_y\times n_x}$, $Z = WX + b$. "
    r"The cost is $J = \frac1m\sum_{i=1}^m L^{(i)}$, and $dz^{(i)} = \frac{\partial L^{(i)}}{\partial z^{(i)}}$. "
)
SAMPLES = r"$z^{(i)} = Wx^{(i)} + b$, $J = \frac1m\sum_{i=1}^m \mathcal L^{(i)}$, $z_k^{(i)} = \sum_j W_{kj}x_j^{(i)} + b_k$. "
LAYER = r"$Z^{[l]} = W^{[l]}A^{[l-1]} + b^{[l]}$, $J = \frac1m\sum_i L^{(i)}$. "
NUMBERED = (
    r"$Z^{[1]} = W^{[1]}X + b^{[1]}$, $A^{[1]} = Z^{[1]}$, $Z^{[2]} = W^{[2]}A^{[1]} + b^{[2]}$, $J = \frac1m\sum_i L^{(i)}$. "
    r"$dW^{[2]} = \frac1m dZ^{[2]}A^{[1]T}$. "
)
EACH = r"$z^{[l](i)} = W^{[l]}a^{[l-1](i)} + b^{[l]}$, $a^{[l]} = z^{[l]}$, $A^{[0]} = X$, $J = \frac1m\sum_i\mathcal L^{(i)}$. "

KINDS = {
    "samples above and features below": [
        ("batch_norm", r"$\hat x_j^{(i)} = \frac{x_j^{(i)} - \mu_j}{\sqrt{\sigma_j^2+\epsilon}}$", "H"),
        ("batch_norm", MEANS + r"$\frac{\partial\mu_j}{\partial x_j^{(i)}} = \frac1m$, $\frac{\partial\mu_j}{\partial x^{(i)}_j} = 1$", "HHHF"),
        ("batch_norm", MEANS + r"$\frac{\partial\sigma_j^2}{\partial x_j^{(i)}} = \frac2m(x_j^{(i)}-\mu_j)$", "HHH"),
        ("batch_norm", MEANS + r"$\frac{\partial\sigma_j^2}{\partial x_j^{(i)}} = \frac1m(x_j^{(i)}-\mu_j)$", "HHF"),
        ("linear", SAMPLES + r"$\frac{\partial\mathcal L^{(i)}}{\partial x_j^{(i)}} = \sum_k W_{kj}\frac{\partial\mathcal L^{(i)}}{\partial z_k^{(i)}}$", "HHHH"),
        ("linear", SAMPLES + r"$\frac{\partial\mathcal L^{(i)}}{\partial x^{(i)}_j} = \sum_k W_{jk}\frac{\partial\mathcal L^{(i)}}{\partial z^{(i)}_k}$", "HHH-"),
    ],
    "words below beside samples above": [
        ("batch_norm", NORMED + r"$\frac{\partial s}{\partial z^{(j)}} = \frac1m z^{(j)}_{\text{norm}}$", "HHHHH"),
        ("batch_norm", NORMED + r"$\frac{\partial s}{\partial z^{(j)}} = \frac2m z_{\text{norm}}^{(j)}$", "HHHHF"),
        ("batch_norm", NORMED + r"$\frac{\partial z^{(i)}_{\text{norm}}}{\partial z^{(j)}} = \frac1s(\delta_{ij} - \frac1m - \frac1m z^{(i)}_{\text{norm}}z^{(j)}_{\text{norm}})$", "HHHHH"),
        ("batch_norm", NORMED + r"$\frac{\partial z^{(i)}_{\text{norm}}}{\partial z^{(j)}} = \frac1s(\delta_{ij} - \frac1m + \frac1m z^{(i)}_{\text{norm}}z^{(j)}_{\text{norm}})$", "HHHHF"),
    ],
    "gradients beside a mean of losses": [
        ("linear", COLUMNS + r"$dW = \frac1m dZ X^T$, $db = \frac1m\sum_i dz^{(i)}$, $db = \frac1m dZ\mathbf 1$, $dX = W^TdZ$, $dx^{(i)} = W^Tdz^{(i)}$", "HHHHHHHH"),
        ("linear", COLUMNS + r"$dW = \frac1m\sum_i dz^{(i)}x^{(i)T}$, $g = \frac1m dZ$, $dW = gX^T$, $\frac{\partial J}{\partial X} = W^Tg$", "HHHHHHH"),
        ("linear", COLUMNS + r"$dW = dZ X^T$, $db = \sum_i dz^{(i)}$", "HHH~~"),
        ("linear", COLUMNS + r"$dW = \frac1m dZX$, $db = \frac1m\sum_i dx^{(i)}$, $dX = WdZ$, $dx^{(i)} = Wdz^{(i)}$", "HHHFFFF"),
        ("linear", COLUMNS + r"For one example $\frac{\partial L}{\partial W_{kj}} = dz_kx_j$, $dW = dz\,x^T$, $db = dz$, $dx_j = \sum_k W_{kj}dz_k$", "HHH~~~~"),
        ("linear", COLUMNS + r"In the exercise $\text{gradW} = x^Tg$, $\text{gradInput} = gW^T$", "HHHHH"),
        ("linear", SAMPLES + r"$\frac{\partial J}{\partial W_{kj}} = \frac1m\sum_i dz_k^{(i)}x_j^{(i)}$, $\frac{\partial J}{\partial b_k} = \frac1m\sum_i dz_k^{(i)}$", "HHHHH"),
        ("linear", SAMPLES + r"$\frac{\partial J}{\partial W_{kj}} = \frac1m\sum_i dz_j^{(i)}x_k^{(i)}$, $\frac{\partial J}{\partial b_k} = \frac1m\sum_i x_k^{(i)}$", "HHH--"),
        ("linear", r"$Z = XW + b$, $J = \frac1m\sum_{i=1}^m L^{(i)}$, $dW = \frac1m X^TdZ$, $dX = dZW^T$", "HHHH"),
        ("linear", r"$Y = XW + b$, $J = \frac1N\sum_{i=1}^N\ell_i$, $\frac{\partial J}{\partial W} = \frac1N\sum_i x_i^T\frac{\partial\ell_i}{\partial y_i}$", "HHH"),
        ("linear", r"$\frac{\partial L}{\partial b} = \frac1N\sum_i g_i$", "F"),
    ],
    "layers with labels": [
        ("linear", LAYER + r"$dW^{[l]} = \frac1m dZ^{[l]}A^{[l-1]T}$, $db^{[l]} = \frac1m\sum_i dz^{[l](i)}$, $dA^{[l-1]} = W^{[l]T}dZ^{[l]}$", "HHHHH"),
        ("linear", LAYER + r"$dW^{[l]} = \frac1m A^{[l-1]}dZ^{[l]}$, $dA^{[l-1]} = W^{[l]}dZ^{[l]}$", "HHFF"),
        ("linear", r"$z^{[l](i)} = W^{[l]}a^{[l-1](i)} + b^{[l]}$", "H"),
    ],
    "layers with numbers": [
        ("linear", NUMBERED + r"$db^{[2]} = \frac1m\sum_i dz^{[2](i)}$, $dA^{[1]} = W^{[2]T}dZ^{[2]}$, $dW^{[1]} = \frac1m dZ^{[1]}X^T$", "HHHHHHHH"),
        ("linear", NUMBERED + r"$dX = W^{[1]T}W^{[2]T}dZ^{[2]}$, $dA^{[1]} = W^{[2]}dZ^{[2]}$, $dX = W^{[1]}W^{[2]}dZ^{[2]}$", "HHHHHHFF"),
        ("linear", EACH + r"$dW^{[2]} = \frac1m dZ^{[2]}A^{[1]T}$, $db^{[2]} = \frac1m\sum_i dz^{[2](i)}$, $dA^{[1]} = W^{[2]T}dZ^{[2]}$", "HHHHHHH"),
        ("linear", EACH + r"$dW^{[2]} = \frac1m dZ^{[2]}A^{[1]T}$, $dA^{[1]} = W^{[2]}dZ^{[2]}$, $\frac{\partial\mathcal L}{\partial W^{[2]}_{kj}} = dz^{[2]}_ka^{[1]}_j$", "HHHHHF~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_the_notation_of_the_course_is_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
