r"""Functions of strangers' own: an index behind the argument, a number added to it, an argument of the text's own.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

SOFTMAX = r"\frac{e^{x_i}}{\sum_j e^{x_j}}"
S = rf"$s(\mathbf x)_i = {SOFTMAX}$. "
SIGMA = rf"$\sigma(x_i) = {SOFTMAX}$. "
ROWS = r"Row vectors everywhere. " + S
C = r"$R = x-\mu$, $c(R) = (\frac1N R^TR+\epsilon)^{-1/2}$, $y = c(R)R$. "

KINDS = {
    "an index behind the argument": [
        ("softmax", S + r"$\frac{\partial s(\mathbf x)_i}{\partial x_j} = s(\mathbf x)_i(\delta_{ij} - s(\mathbf x)_j)$", "HH"),
        ("softmax", S + r"$\frac{\partial s(\mathbf x)_i}{\partial x_j} = -s(\mathbf x)_i s(\mathbf x)_j$ for $i \ne j$", "HH"),
        ("softmax", S + r"$\frac{\partial s(\mathbf x)_i}{\partial x_i} = s(\mathbf x)_i - s(\mathbf x)_i^2$", "HH"),
        ("softmax", S + r"$\frac{\partial s(\mathbf x)_i}{\partial x_j} = s(\mathbf x)_i s(\mathbf x)_j$", "HF"),
        ("softmax", S + r"$\frac{\partial s(\mathbf x)_i}{\partial x_i} = s(\mathbf x)_i + s(\mathbf x)_i^2$", "HF"),
        ("softmax", S + r"$\sum_i s(\mathbf x)_i = 1$, $\frac{\partial s_i}{\partial x_j} = s_i(\delta_{ij} - s_j)$, $\nabla_x L = s\odot(g - s^Tg)$", "HHHH"),
        ("softmax", r"$\sigma(x)_i = \frac{e^{x_i}}{Z(x)}$ with $Z(x) = \sum_j e^{x_j}$. $\frac{\partial\sigma(x)_i}{\partial x_j} = \sigma(x)_i(\delta_{ij} - \sigma(x)_j)$", "HHH"),
        ("ex3", r"$h(x)_i = \sum_j a_{ij}x_j$, $\frac{\partial h(x)_i}{\partial x_j} = a_{ij}$, $\frac{\partial h(x)_i}{\partial x_j} = a_{ji}$", "HHF"),
        ("ex3", r"$h(x) = Ax$, $h(x)^Tc = x^TA^Tc$, $c^Th(x) = h(x)^Tc$", "HHH"),
        ("batch_norm", r"$r = 1/\sqrt{\sigma+\epsilon}$, $y_i = r(x-\mu)_i$, $y_i = \sigma(x-\mu)_i$", "HHF"),
    ],
    "an entry as the argument": [
        ("softmax", SIGMA + r"$\frac{\partial\sigma(x_i)}{\partial x_j} = \sigma(x_i)(\delta_{ij} - \sigma(x_j))$", "HH"),
        ("softmax", SIGMA + r"$\frac{\partial\sigma(x_i)}{\partial x_i} = \sigma(x_i) - \sigma(x_i)^2$", "HH"),
        ("softmax", SIGMA + r"$\frac{\partial\sigma(x_i)}{\partial x_i} = \sigma(x_i) + \sigma(x_i)^2$", "HF"),
        ("softmax", r"A batch. $p(x_{ij}) = \frac{e^{x_{ij}}}{\sum_k e^{x_{ik}}}$, $\frac{\partial p(x_{ij})}{\partial x_{ij}} = p(x_{ij})(1 - p(x_{ij}))$", "HH"),
        ("ex1", r"$q(x_i) = x_i^2$, $y = \sum_i q(x_i)$, $\frac{\partial q(x_i)}{\partial x_i} = 2x_i$, $\frac{\partial q(x_i)}{\partial x_i} = x_i$", "HHHF"),
        ("batch_norm", r"$v(x_i) = x_i-\mu$, $\frac{\partial v(x_i)}{\partial x_j} = \delta_{ij} - \frac1N$", "HH"),
    ],
    "a number added to the argument": [
        ("softmax", S + r"$s(\mathbf x + c)_i = \frac{e^{x_i+c}}{\sum_j e^{x_j+c}} = \frac{e^{x_i}e^c}{\sum_j e^{x_j}e^c} = s(\mathbf x)_i$", "HHHH"),
        ("softmax", r"$y(x + c) = y(x)$", "H"),
        ("softmax", r"$y(x - \alpha)_i = y(x)_i$", "H"),
        ("softmax", r"$y(x + c) = c\,y(x)$", "F"),
        ("softmax", S + r"$s(x - c)_i = \frac{e^{x_i - c}}{\sum_j e^{x_j}}$", "HF"),
        ("ex1", r"$y(x + c) = x^Tx + 2c^Tx + c^Tc$, $y(x + c) = x^Tx + c^Tc$", "HF"),
    ],
    "a Jacobian by its usual name": [
        ("softmax", ROWS + r"$\mathbf J_{\mathbf x}(\mathbf s) = \text{diag}(\mathbf s) - \mathbf s^\top\mathbf s$", "HH"),
        ("softmax", ROWS + r"$\nabla_{\mathbf x}L = \nabla_{\mathbf s}L\,\mathbf J_{\mathbf x}(\mathbf s)$, $\nabla_{\mathbf x}L = \nabla_{\mathbf s}L$", "HHF"),
        ("softmax", ROWS + r"$\mathbf J_{\mathbf x}(\mathbf s) = \text{diag}(\mathbf s) + \mathbf s^\top\mathbf s$", "HF"),
        ("softmax", S + r"$J_x(s) = \text{diag}(s) - ss^T$, $J_x(s) = \text{diag}(s)$", "HHF"),
        ("softmax", r"$J_x(y) = \text{diag}(y) - yy^T$, $J_x(y) = yy^T$", "HF"),
        ("ex3", r"$h(x) = Ax$, $J_x(h) = A$", "HH"),
    ],
    "an argument of the text's own": [
        ("batch_norm", C + r"$\frac{\partial c}{\partial R} = -\frac1N(\frac1N R^TR+\epsilon)^{-3/2}R$", "HHHH"),
        ("batch_norm", C + r"$\frac{\partial c}{\partial R} = \frac1N(\frac1N R^TR+\epsilon)^{-3/2}R$", "HHHF"),
        ("batch_norm", C + r"$\frac{\partial L}{\partial R} = (\frac{\partial c}{\partial R}R^T + c(R)I)\frac{\partial L}{\partial y}$", "HHHH"),
        ("batch_norm", C + r"$\frac{\partial L}{\partial R} = c(R)\frac{\partial L}{\partial y}$", "HHHF"),
        ("batch_norm", r"$R = x-\mu$, $c(R) = (\frac1N R^TR+\epsilon)^{-1/2}$, $y = c(R)^2R$", "HHF"),
        ("batch_norm", r"$R = x-\mu$, $y = R/\sqrt{\sigma+\epsilon}$, $\frac{\partial L}{\partial R} = \frac{1}{\sqrt{\sigma+\epsilon}}\frac{\partial L}{\partial y}$", "HHH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_function_of_the_texts_own_is_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"
