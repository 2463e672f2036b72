r"""An activation between two layers, and batch normalization with a scale and a shift, in the letters of a text.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

CODE = r"$\mathtt{z1} = \mathtt{X}\,\mathtt{W1} + \mathtt{b1}$, $\mathtt{h} = \mathrm{relu}(\mathtt{z1})$, $\mathtt{z2} = \mathtt{h}\,\mathtt{W2} + \mathtt{b2}$. "
LETTERS = r"$A = XU + p$, $H = \tanh(A)$, $O = HV + q$. "
MAXIMUM = r"$Z = XW_1 + b_1$, $H = \max(0, Z)$, $Y = HW_2 + b_2$. "
COLUMNS = (
    r"$Z^{[1]} = W^{[1]}X + b^{[1]}\mathbf 1^T$, $A^{[1]} = \tanh(Z^{[1]})$, $Z^{[2]} = W^{[2]}A^{[1]} + b^{[2]}\mathbf 1^T$. "
)
SECOND = r"$A^{[1]} = \tanh(Z^{[1]})$, $Z^{[2]} = W^{[2]}A^{[1]} + b^{[2]}\mathbf 1^T$. "
MEAN = r"The cost is $J = \frac1m\sum_{i=1}^m L^{(i)}$, and $dz^{[2](i)} = \frac{\partial L^{(i)}}{\partial z^{[2](i)}}$. "
LOGISTIC = r"$A = XU + p$, $H = \frac{1}{1+e^{-A}}$, $O = HV + q$. "
LOSS = r"$Z = XW + b$, $P = \mathrm{softmax}(Z)$ row by row, $T$ has one-hot rows, $L = -\frac1N\sum_n\sum_k T_{nk}\log P_{nk}$. "
UNNAMED = r"$A = XU + p$, $H = \varphi(A)$ entry by entry, $O = HV + q$. "

ACTIVATIONS = {
    "names as in code": [
        ("linear", CODE + r"$\mathtt{dW2} = \mathtt{h}^T\mathtt{dz2}$, $\mathtt{dh} = \mathtt{dz2}\,\mathtt{W2}^T$, $\mathtt{db2} = \sum_n\mathtt{dz2}_{n,:}$", "HHHHHH"),
        ("linear", CODE + r"$\mathtt{dz1} = \mathtt{dh}\odot\mathrm{relu}'(\mathtt{z1})$, $\mathtt{dW1} = \mathtt{X}^T\mathtt{dz1}$, $\mathtt{dX} = \mathtt{dz1}\,\mathtt{W1}^T$", "HHHHHH"),
        ("linear", CODE + r"$\mathtt{dz1} = \mathtt{dz2}\,\mathtt{W2}^T$, $\mathtt{dW1} = \mathtt{X}^T\mathtt{dh}$", "HHHFF"),
        ("linear", CODE + r"$\mathtt{dW2} = \mathtt{z1}^T\mathtt{dz2}$, $\mathtt{dX} = \mathtt{W1}^T\mathtt{dz1}$", "HHHFF"),
        ("linear", r"$\mathtt{z1} = \mathtt{X}\,\mathtt{W1} + \mathtt{b1}$, $\mathtt{dW1} = \mathtt{X}^T\mathtt{dz1}$, $\mathtt{dX} = \mathtt{dz1}\,\mathtt{W1}^T$", "HHH"),
        ("linear", r"$\mathtt{z1} = \mathtt{X}\,\mathtt{W1} + \mathtt{b1}$, $\mathtt{dz1} = \mathtt{dh}\odot\mathrm{relu}'(\mathtt{z1})$, $\mathtt{dX} = \mathtt{dz1}\,\mathtt{W1}^T$", "H~H"),
    ],
    "other letters": [
        ("linear", LETTERS + r"$\frac{\partial L}{\partial V} = H^T\frac{\partial L}{\partial O}$, $\frac{\partial L}{\partial H} = \frac{\partial L}{\partial O}V^T$", "HHHHH"),
        ("linear", LETTERS + r"$\frac{\partial L}{\partial A} = \frac{\partial L}{\partial H}\odot(1 - H\odot H)$, $\frac{\partial L}{\partial X} = \frac{\partial L}{\partial A}U^T$", "HHHHH"),
        ("linear", LETTERS + r"$\frac{\partial L}{\partial A} = \frac{\partial L}{\partial H}\odot(1 - H)$, $\frac{\partial L}{\partial X} = \frac{\partial L}{\partial H}U^T$", "HHHFF"),
        ("linear", MAXIMUM + r"$\frac{\partial L}{\partial Z} = \frac{\partial L}{\partial H}\odot[Z > 0]$, $\frac{\partial L}{\partial W_1} = X^T\frac{\partial L}{\partial Z}$", "HHHHH"),
        ("linear", MAXIMUM + r"$\frac{\partial L}{\partial Z} = \frac{\partial L}{\partial H}$, $\frac{\partial L}{\partial W_2} = Z^T\frac{\partial L}{\partial Y}$", "HHHFF"),
        ("linear", LOGISTIC + r"$\frac{\partial L}{\partial A} = \frac{\partial L}{\partial H}\odot H\odot(1 - H)$", "HHHH"),
        ("linear", LOGISTIC + r"$\frac{\partial L}{\partial A} = \frac{\partial L}{\partial H}\odot(1 - H)$", "HHHF"),
    ],
    "a function in place": [
        ("linear", r"$A = XU + p$, $O = \tanh(A)V + q$. $\frac{\partial L}{\partial V} = \tanh(A)^T\frac{\partial L}{\partial O}$, $\frac{\partial L}{\partial X} = \frac{\partial L}{\partial A}U^T$", "HHHH"),
        ("linear", r"$A = XU + p$, $O = \max(0, A)V + q$. $\frac{\partial L}{\partial V} = A^T\frac{\partial L}{\partial O}$, $\frac{\partial L}{\partial A} = \frac{\partial L}{\partial O}V^T$", "HHFF"),
    ],
    "a loss behind them": [
        ("linear", LOSS + r"$dZ = \frac1N(P - T)$, $dW = X^TdZ$", "HHHHH"),
        ("linear", LOSS + r"$dZ = P - T$, $dW = XdZ$", "HHHFF"),
        ("linear", r"$Z = XW + b$, $L = \sum_{n,k}(Z_{nk} - T_{nk})^2$, $dZ = 2(Z - T)$, $dZ = Z - T$", "HHHF"),
    ],
    "an unnamed function": [
        ("linear", UNNAMED + r"$\frac{\partial L}{\partial A} = \frac{\partial L}{\partial H}\odot\varphi'(A)$, $\frac{\partial L}{\partial U} = X^T\frac{\partial L}{\partial A}$", "HHHHH"),
        ("linear", UNNAMED + r"$\frac{\partial L}{\partial A} = \frac{\partial L}{\partial H}\odot\varphi(A)$, $\frac{\partial L}{\partial U} = X^T\frac{\partial L}{\partial H}$", "HHHFF"),
    ],
    "columns with numbers": [
        ("linear", COLUMNS + r"$dW^{[2]} = dZ^{[2]}A^{[1]T}$, $dA^{[1]} = W^{[2]T}dZ^{[2]}$, $dZ^{[1]} = dA^{[1]}\odot(1-A^{[1]}\odot A^{[1]})$", "HHHHHH"),
        ("linear", COLUMNS + r"$dW^{[1]} = dZ^{[1]}X^T$, $dW^{[1]} = dA^{[1]}X^T$, $dZ^{[1]} = W^{[2]T}dZ^{[2]}$", "HHHHFF"),
        ("linear", SECOND + r"$dA^{[1]} = W^{[2]T}dZ^{[2]}$, $dZ^{[1]} = (W^{[2]T}dZ^{[2]})\odot(1-A^{[1]}\odot A^{[1]})$", "HHHH"),
        ("linear", SECOND + r"$dA^{[1]} = W^{[2]}dZ^{[2]}$, $dZ^{[1]} = (W^{[2]T}dZ^{[2]})\odot(1-A^{[1]})$", "HHFF"),
        ("linear", SECOND + MEAN + r"$dW^{[2]} = \frac1m dZ^{[2]}A^{[1]T}$, $dA^{[1]} = W^{[2]T}dZ^{[2]}$, $db^{[2]} = \sum_{i=1}^m dz^{[2](i)}$", "HH..HH-"),
    ],
}  # fmt: skip

NAMED = r"$z_i = \gamma y_i + \beta$, $h_i = \frac{\partial L}{\partial z_i}$, $y_i = (x_i-\mu)(v+\epsilon)^{-1/2}$. "
PIECES = NAMED + r"$g_i = \frac{\partial L}{\partial y_i} = \gamma h_i$. "
CAPITALS = (
    r"$X$ is a column of length $N$. $R = X - \mu$, $\hat X = \frac{X-\mu}{\sqrt{\sigma^2+\epsilon}}$, $Y = \gamma\hat X + \beta$. "
)
DELTAS = r"$\hat x_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$, $y_i = \gamma\hat x_i + \beta$, $\delta_i$ is the upstream gradient of $y_i$. "

SCALES = {
    "named otherwise": [
        ("batch_norm", NAMED + r"$\frac{\partial L}{\partial\gamma} = \sum_i h_iy_i$, $\frac{\partial L}{\partial\beta} = \sum_i h_i$", "HHHHH"),
        ("batch_norm", NAMED + r"$\frac{\partial L}{\partial\gamma} = \sum_i h_i$, $\frac{\partial L}{\partial\beta} = \sum_i h_iy_i$", "HHHFF"),
        ("batch_norm", PIECES + r"$\frac{\partial L}{\partial v} = -\frac12(v+\epsilon)^{-3/2}\sum_i g_i(x_i-\mu)$, $\frac{\partial v}{\partial x_i} = \frac2N(x_i-\mu)$", "HHHHHHH"),
        ("batch_norm", PIECES + r"$\frac{\partial L}{\partial v} = \frac12(v+\epsilon)^{-3/2}\sum_i g_i(x_i-\mu)$, $\frac{\partial v}{\partial x_i} = \frac1N(x_i-\mu)$", "HHHHHFF"),
        ("batch_norm", PIECES + r"$\frac{\partial L}{\partial x_i} = \frac{1}{\sqrt{v+\epsilon}}(g_i - \frac1N\sum_j g_j - \frac{y_i}{N}\sum_j g_jy_j)$", "HHHHHH"),
        ("batch_norm", PIECES + r"$\frac{\partial L}{\partial x_i} = \frac{1}{\sqrt{v+\epsilon}}(h_i - \frac1N\sum_j h_j - \frac{y_i}{N}\sum_j h_jy_j)$", "HHHHHF"),
    ],
    "columns in capital letters": [
        ("batch_norm", CAPITALS + r"$\frac{\partial J}{\partial\hat X} = \gamma\frac{\partial J}{\partial Y}$, $\sigma^2 = \frac1N R^TR$", "HHHHH"),
        ("batch_norm", CAPITALS + r"$\frac{\partial J}{\partial\hat X} = \frac{\partial J}{\partial Y}$, $\sigma^2 = R^TR$", "HHHFF"),
    ],
    "deltas": [
        ("batch_norm", DELTAS + r"$\frac{\partial L}{\partial\gamma} = \sum_{i=1}^m\delta_i\hat x_i$, $\frac{\partial L}{\partial\hat x_j} = \delta_j\gamma$", "HHHH"),
        ("batch_norm", DELTAS + r"$\frac{\partial L}{\partial\gamma} = \sum_{i=1}^m\delta_i$, $\frac{\partial L}{\partial\hat x_j} = \delta_j$", "HH--"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(ACTIVATIONS))
def test_a_function_between_two_layers_is_read(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(SCALES))
def test_a_scale_and_a_shift_are_read_in_any_letters(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
