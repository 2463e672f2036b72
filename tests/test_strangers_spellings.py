r"""Spellings of products, diagonals, ones, deltas, sums and fractions that other books and keyboards have.

An exercise, a text, and the letters of its steps; "~" is anything but F.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "spellings": [
        ("softmax", r"$\frac{\partial L}{\partial x} = y \odot (g - (y^Tg)\mathbf 1)$.", "H"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y \ast (g - (y^Tg)\mathbf 1)$.", "H"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y \boxdot (g - (y^Tg)\mathbf 1)$.", "H"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y \text{*} (g - (y^Tg)\mathbf 1)$.", "H"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y \otimes (g - (y^Tg)\mathbf 1)$.", "~"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y \diamond (g - (y^Tg)\mathbf 1)$.", "~"),
        ("softmax", r"$\frac{\partial y}{\partial x} = \operatorname{diag}(y_i) - yy^T$.", "H"),
        ("softmax", r"$\frac{\partial y}{\partial x} = \operatorname{diag}[y] - yy^T$.", "H"),
        ("softmax", r"$\frac{\partial y}{\partial x} = \operatorname{Diag}(y) - yy^T$.", "H"),
        ("softmax", r"$\frac{\partial y}{\partial x} = (\delta_{ij}y_i) - yy^T$.", "~"),
        ("softmax", r"$\frac{\partial y}{\partial x} = [\delta_{ij}y_i]_{ij} - yy^T$.", "~"),
        ("softmax", r"$\frac{\partial y}{\partial x} = \operatorname{diag}(y_i) + yy^T$.", "F"),
        ("linear", r"$\frac{\partial L}{\partial b} = G^T\mathbf 1_{N\times1}$.", "H"),
        ("linear", r"$\frac{\partial L}{\partial b} = G^T\mathbf 1_{N,1}$.", "H"),
        ("linear", r"$\frac{\partial L}{\partial b} = G^T\mathbf 1_{(N)}$.", "H"),
        ("linear", r"$\frac{\partial L}{\partial b} = G^T\mathrm{1}_N$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(\delta(i,j) - y_j)$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(\delta(i-j) - y_j)$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(\llbracket i=j\rrbracket - y_j)$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(\mathbb{I}_{\{i=j\}} - y_j)$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(\mathrm{1}_{i=j} - y_j)$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(\delta(i,j) + y_j)$.", "F"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(\mathbb{I}_{\{i=j\}} + y_j)$.", "F"),
        ("batch_norm", r"$\mu = \frac1N\sum_{i\in[N]} x_i$.", "H"),
        ("batch_norm", r"$\mu = \frac1N\sum_{1\le i\le N} x_i$.", "H"),
        ("batch_norm", r"$\mu = \frac1N\sum_{i\in\{1,\dots,N\}} x_i$.", "H"),
        ("batch_norm", r"$\mu = \frac1N\sum_{i\in B} x_i$.", "H"),
        ("batch_norm", r"$\mu = \frac1N\sum_{i\,\in\,\mathcal B} x_i$.", "H"),
        ("batch_norm", r"$\mu = \frac1N\sum_{i=1,\dots,N} x_i$.", "H"),
        ("batch_norm", r"$\mu = \frac1N\sum_{i=1..N} x_i$.", "H"),
        ("batch_norm", r"$\mu = \frac1N\sum_{i \leq N} x_i$.", "H"),
        ("batch_norm", r"$\mu = \nicefrac{1}{N}\sum_i x_i$.", "H"),
        ("batch_norm", r"$\mu = \sfrac{1}{N}\sum_i x_i$.", "H"),
        ("batch_norm", r"$\mu = 1\div N\sum_i x_i$.", "H"),
        ("batch_norm", r"$\mu = 2\nicefrac{1}{N}\sum_i x_i$.", "F"),
        ("ex4_chain", r"$J = \|X-F\|^2$, $F = AS$. $\frac{dJ}{dF}\circ\frac{dF}{dS} = -2A^T(X-AS)$.", "HH~"),
        ("batch_norm", r"$\sigma^2 = \frac1N\sum_i(x_i-\mathbf E x)^2$.", "~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_step_is_the_same_in_another_spelling(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
