r"""Primes at what the exercise defines beside a point with a prime, sizes that are ones in words, numbered parts, names before expressions.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "points and parts": [
        ("ex3", "Check, when $n$ and $m$ are ones: $y = xAc$, so the derivatives are right.", "~"),
        ("ex3", "If both sizes are one, $y = xAc$.", "~"),
        ("ex3", "Sprawdzenie, gdy $n$ i $m$ to jedynki: $y = xAc$", "~"),
        ("ex3", "With $n$ and $m$ equal to 1 we get $y = xAc$", "~"),
        ("ex3", "The sizes are $n$ and $m$; one sees that $y = xAc$", "F"),
        ("ex4_chain", r"$F = AS$, $J = \|X-F\|_F^2$. Move $S$ to $S' = S + H$. then $F'$ is $AS'$ and $F' - F = A(S+H) - AS = AH$. $J' - J = -2\operatorname{tr}((X-F)^TAH) + \|AH\|^2$, $F' - F = HA$", "HHHHHH-"),
        ("ex1", "$x' = x + h$, $y' - y = 2x^Th + h^Th$, $y' = y + x^Th + h^Th$", "HH-"),
        ("ex4_trace", r"Denote by $R$ the matrix $X - AS$. $J = \|R\|^2$, $\frac{dJ}{dS} = -2A^TR$, $\frac{dJ}{dS} = 2A^TR$.", "HHF"),
        ("ex4_trace", r"$J = \operatorname{tr}(X^TX) - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$. Call the three summands $J_0$, $J_1$, $J_2$, so $J = J_0 + J_1 + J_2$. $\frac{dJ}{dS} = -2A^TX + 2A^TAS$", "H~H"),
    ],
    "supposed": [
        ("ex4_chain", r"Let $A^TA = I$. Then $\frac{dJ}{dS} = -2(A^TX - S)$.", "~~"),
        ("ex4_chain", r"In PCA $A^TA = I$, so $\frac{dJ}{dS} = -2(A^TX - S)$.", "~~"),
        ("ex4_chain", r"$\frac{dJ}{dS} = -2(A^TX - S)$ for orthogonal $A$.", "~"),
        ("ex4_chain", r"$\frac{dJ}{dS} = -2(A^TX - S)$.", "F"),
        ("batch_norm", r"For centered $x$, $\sigma^2 = \frac1N\sum_i x_i^2$.", "~"),
        ("batch_norm", r"$\sigma^2 = \frac1N\sum_i x_i^2$ for centered data.", "~"),
        ("batch_norm", r"Say $\sum_i x_i = 0$. Then $\sigma^2 = \frac1N\sum_i x_i^2$.", "~~"),
        ("batch_norm", r"$\sigma^2 = \frac1N\sum_i x_i^2$.", "F"),
        ("linear", r"$Y = XW + b$, $G = \partial L/\partial Y$. With mean reduction $\frac{\partial L}{\partial W} = \frac1N X^TG$.", "HH~"),
        ("linear", r"$Y = XW + b$, $G = \partial L/\partial Y$. If we average over the batch, $\frac{\partial L}{\partial W} = \frac1N X^TG$.", "HH~"),
        ("linear", r"$Y = XW + b$, $G = \partial L/\partial Y$. $\frac{\partial L}{\partial W} = \frac1N X^TG$.", "HHF"),
        ("linear", r"$Y = XW + b$, $G = \partial L/\partial Y$. If we forget the transpose, $\frac{\partial L}{\partial W} = XG$.", "HH~"),
        ("ex3", "Wenn $A$ die Einheitsmatrix ist, gilt $y = x^Tc$.", "~"),
        ("ex3", "Without $A$ we have $y = x^Tc$.", "~"),
        ("ex3", "If there was no matrix, $y = x^Tc$.", "~"),
        ("ex3", r"For quadratic forms $\frac{\partial y}{\partial x} = (A + A^T)x$.", "~"),
        ("ex3", r"$\frac{\partial y}{\partial x} = (A + A^T)x$.", "F"),
        ("ex3", "Without loss of generality we have $y = x^Tc$.", "F"),
        ("linear", r"$Y = XW + b$, $G = \partial L/\partial Y$. Let $L$ be the sum of all entries. Then $\frac{\partial L}{\partial b} = N\mathbf 1$.", "HH~"),
        ("linear", r"$Y = XW + b$, $G = \partial L/\partial Y$. In the unit test $G$ is all ones, so $\frac{\partial L}{\partial b} = N\mathbf 1$.", "HH~"),
        ("linear", r"$Y = XW + b$, $G = \partial L/\partial Y$. So $\frac{\partial L}{\partial b} = N\mathbf 1$.", "HHF"),
        ("batch_norm", r"Without $\epsilon$: $y_i = \frac{x_i-\mu}{\sigma}$.", "~"),
        ("batch_norm", r"With a batch of one $\sigma^2 = 0$.", "~"),
        ("batch_norm", r"$\sigma^2 = 0$ for a batch of size one.", "~"),
        ("ex4_chain", "The best $S$ has $A^TAS = A^TX$.", "~"),
        ("ex4_chain", "When the gradient vanishes, $A^T(X-AS) = 0$.", "~"),
        ("ex4_chain", "Solving for $S$: $A^TAS = A^TX$.", "~"),
        ("ex4_chain", "So $A^TAS = A^TX$.", "F"),
        ("softmax", r"In the beginning, with small weights, $y_i = \frac1C$.", "~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_point_or_a_part_is_read(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
