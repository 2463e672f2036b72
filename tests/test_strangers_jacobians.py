r"""The Jacobian of `y` by `x` without brackets, `J_x y` or `J_{xy}`, and gradients as rows with a transposition at the nabla.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

FACTOR = (
    r"$X$ is a single column of $N$ numbers, $\mu = \frac1N\sum_i x_i$, $R = X - \mu$, $\sigma^2 = \frac1N R^TR$, "
    r"$\hat X = \left(\frac1N R^TR + \epsilon\right)^{-1/2} \cdot R = c(R) \cdot R$. "
)

KINDS = {
    "a factor that gets a name": [
        ("batch_norm", FACTOR + r"$\frac{\partial c}{\partial R} = -\frac12\left(\frac1N R^TR + \epsilon\right)^{-3/2} \cdot \frac2N R = -\frac1N(\sigma^2 + \epsilon)^{-3/2}(X - \mu)$", "HHHH~HH"),
        ("batch_norm", FACTOR + r"$\frac{\partial c}{\partial R} = \frac1N(\sigma^2 + \epsilon)^{-3/2}(X - \mu)$", "HHHH~-"),
    ],
    "a list that does not end": [
        ("softmax", r"$y_i = \frac{\exp(x_i - m)}{\sum_j \exp(x_j - m)}$ where $m = \max(x_1, x_2, ...)$. $y_i(x) = \frac{\exp(x_i - m)}{\sum_j \exp(x_j - m)}$, $y_i = \frac{\exp(x_i - m)}{\sum_j \exp(x_j)}$", "HHH-"),
    ],
    "names of Jacobians": [
        ("softmax", r"$J_x y = \operatorname{diag}(y) - y y^T$, $J_x y = \operatorname{diag}(y) - y \times y^T$", "HH"),
        ("softmax", r"$J_x y = \operatorname{diag}(y) + y y^T$, $J_x y = \operatorname{diag}(y) - y^T y$", "--"),
        ("softmax", r"$J_{xy} = \operatorname{diag}(y) - y y^T$, $J_{xy} = \operatorname{diag}(y)$", "H-"),
        ("softmax", r"$J_{yx} = \operatorname{diag}(y) - y y^T$, $J_{yx} = yy^T - \operatorname{diag}(y)$", "H-"),
        ("softmax", r"$J = \operatorname{diag}(y) - yy^T$, $\nabla_x L = Jg$", "HH"),
        ("ex4_chain", r"$J_{ij} = 2$", "~"),
    ],
    "rows": [
        ("softmax", r"$\nabla^T_x L = \nabla^T_y L \cdot J_x y$, $\nabla_x^T L = \nabla_y^T L\, J_x y$, $\nabla_x^\top L = (\nabla_x L)^T$", "HHH"),
        ("softmax", r"$\nabla^T_x L = (y \odot \nabla_y L)^T - (\nabla^T_y L \cdot y) y^T$, $\nabla_x^T L = g^T(\operatorname{diag}(y) - yy^T)$", "HH"),
        ("softmax", r"$\nabla^T_x L = (y \odot \nabla_y L)^T + (\nabla^T_y L \cdot y) y^T$, $\nabla_x^T L = y^T(\operatorname{diag}(g) - yy^T)$", "--"),
        ("ex1", r"$\nabla_x^T y = 2x^T$, $\nabla^\top y = 2x^\top$, $\nabla^T_x y = x^T$, $(\nabla_x y)^T = 2x^T$", "HH-H"),
        ("ex3", r"$\nabla_x^T y = c^TA^T$, $\nabla_c^{\top} y = x^TA$, $\nabla_c^T y = x^TA^T$", "HH-"),
        ("ex1", r"$\nabla^2 y = 2I$, $\nabla_x^2 y = 2I$", "~~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_jacobians_and_rows_are_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
