r"""Second derivatives as they are written, and conditions on an index behind a formula.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "second derivatives": [
        ("ex1", r"$\nabla^2 y = 2I$", "H"),
        ("ex1", r"$\nabla_x^2 y = 2I$, $\nabla^2_x y = 2I$, $\nabla^2 y(x) = 2I$", "HHH"),
        ("ex1", "$y'' = 2I$", "H"),
        ("ex1", r"$y^{\prime\prime} = 2I$", "H"),
        ("ex1", "With $f(x) = x^Tx$: $f''(x) = 2I$", "HH"),
        ("ex1", r"$\nabla^2 y = 2n$", "~"),
        ("ex1", r"$\nabla^2 y = I$", "-"),
        ("ex1", "$y'' = 2$", "-"),
        ("ex1", "$f(t) = t^2$, $f''(t) = 2$", "~~"),
        ("ex1", "$(x^Tx)'' = 2I$", "~"),
        ("ex1", r"$\frac{\partial^2}{\partial x_i\partial x_j}x^Tx = 2\delta_{ij}$", "H"),
        ("ex1", r"$\frac{\partial^2}{\partial x_i\partial x_j}x^Tx = \delta_{ij}$", "F"),
        ("ex1", r"$\frac{\partial^2 y}{\partial x_i\partial x_j} = 2\delta_{ij}$", "H"),
        ("softmax", r"$\frac{\partial^2}{\partial x_i\partial x_j}\log\sum_ke^{x_k} = y_i\delta_{ij} - y_iy_j$", "H"),
        ("ex2", r"$\operatorname{tr}(A''B) = \operatorname{tr}(AB)$", "H"),
        ("ex2", r"With primes for transposes, $(A')' = A$ and $\frac{\partial y}{\partial A} = B'$", "HH"),
    ],
    "conditions behind": [
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ whenever $k \neq i$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ wherever $k \neq i$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ as soon as $k \neq i$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ as long as $k \neq i$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ so long as $k \neq i$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ provided that $k \neq i$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ sobald $k \neq i$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ solange $k \neq i$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ siempre que $k \neq i$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ dès que $k \neq i$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = y_iy_k$ as long as $k \neq i$.", "F"),
        ("ex1", r"$\frac{\partial (x_1^2)}{\partial x_k} = 0$ whenever $k \neq 1$.", "~"),
        ("ex1", r"$\frac{\partial (x_1^2)}{\partial x_k} = 0$ when $k \neq 1$.", "~"),
        ("ex1", r"$\frac{\partial (x_1^2)}{\partial x_k} = 0$ for $k \neq 1$.", "~"),
        ("ex1", r"$\frac{\partial (x_1^2)}{\partial x_k} = 0$ as long as $k \neq 1$.", "~"),
        ("ex1", r"$\frac{\partial (x_1^2)}{\partial x_k} = 0$ for all $k \neq 1$.", "~"),
        ("ex1", r"$\frac{\partial (x_1^2)}{\partial x_k} = 0$ in every case where $k \neq 1$.", "~"),
        ("ex1", r"$\frac{\partial (x_1^2)}{\partial x_k} = 0$ for $k > 1$.", "~"),
        ("ex1", r"$\frac{\partial (x_1^2)}{\partial x_k} = 0$ for the others, and $\frac{dy}{dx} = x$.", ".."),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_it_is_read_as_its_writer_means_it(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
