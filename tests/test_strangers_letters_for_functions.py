r"""Letters that are functions, operators or indices in one text, and arrays in another: `\delta_{nj}`, `\partial_Y L W^\top`, `y_i^n`, `f_{i,j}`.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "a delta of the text's own": [
        ("linear", r"$\delta = \partial L/\partial Y$. $\frac{\partial L}{\partial W} = X^T\delta$, $\frac{\partial L}{\partial W_{ij}} = \sum_nX_{ni}\delta_{nj}$", "HHH"),
        ("linear", r"$\delta = \partial L/\partial Y$. $\frac{\partial L}{\partial W_{ij}} = \sum_nX_{nj}\delta_{ni}$", "HF"),
        ("linear", r"$\frac{\partial L}{\partial W_{ij}} = \sum_nX_{ni}\delta_{nj}$", "-"),
        ("softmax", r"$\delta = \partial L/\partial y$. $\frac{\partial y_i}{\partial x_j} = y_i(\delta_{ij}-y_j)$, $\frac{\partial L}{\partial x_j} = y_j(\delta_j - \sum_i\delta_iy_i)$", "HHH"),
    ],
    "a gradient before a factor": [
        ("linear", r"$\partial_XL = \partial_YL\,W^\top$, $\partial_WL = X^\top\partial_YL$, $\partial_XL = \partial_YL\,W$", "HHF"),
        ("linear", r"$\nabla_XL = \nabla_YL\,W^\top$, $\partial_XL = \partial_YL\cdot W^T$", "HH"),
        ("ex1", r"$\frac{dx^Tx}{dx} = x$, $\partial_x x^Tx = x$", "FF"),
    ],
    "indicators of equal indices": [
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(\mathbb{I}(i=j)-y_j)$, $\frac{\partial y_i}{\partial x_j} = y_i(\mathbb I[i=j]-y_j)$", "HH"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(\mathbb{I}\{i=j\}-y_j)$, $\frac{\partial y_i}{\partial x_j} = y_i(\mathbb{I}_{i=j}-y_j)$", "HH"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(\chi_{i=j}-y_j)$, $\frac{\partial y_i}{\partial x_j} = y_i(1(i=j)-y_j)$", "HH"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i((i==j)-y_j)$, $\frac{\partial y_i}{\partial x_j} = y_i(\mathbb{I}_{i=j}+y_j)$", "HF"),
    ],
    "letters above, and commas below": [
        ("softmax", r"$y_{i}^{n} = e^{x_i^n}/\sum_k e^{x_k^n}$", "~"),
        ("softmax", r"$f_i = \frac{e^{x_i}}{\sum_k e^{x_k}}$, $f_{i,j} = f_i\delta_{ij} - f_if_j$", "H~"),
        ("softmax", r"$y_i = \frac{e^{x_i}}{\sum_k e^{x_k}}$, $y_i^2 = 2y_i$", "HF"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_letter_is_what_the_text_makes_of_it(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
