r"""Equations without dollar signs, as keyboards and code have them: `∂y/∂xᵢ = 2xᵢ`, `grad_W = input.T @ grad_output`.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "right lines": [
        ("ex1", "y = x^T x\n\ndy/dx = 2x", "HH"),
        ("ex1", "dy/dx_i = 2 x_i", "H"),
        ("ex2", "y = tr(AB)\ndy/dA = B^T", "HH"),
        ("ex2", "dy/dA_ij = B_ji", "H"),
        ("ex3", "dy/dx = A c\ndy/dA = x c^T\ndy/dc = A^T x", "HHH"),
        ("ex4_trace", "J = tr((X - AS)^T (X - AS))\ndJ = -2 tr((X - AS)^T A dS)\ndJ/dS = -2 A^T (X - AS)", "HHH"),
        ("linear", "Y = X W + b\ndL/dX = G W^T\ndL/dW = X^T G\ndL/db = sum(G, axis=0)", "HHHH"),
        ("linear", "grad_input = grad_output @ W.T\ngrad_W = input.T @ grad_output\ngrad_b = grad_output.sum(axis=0)", "HHH"),
        ("softmax", "y_i = exp(x_i) / sum_j exp(x_j)\ndy_i/dx_j = y_i (delta_ij - y_j)\ndL/dx = y * (g - sum(g * y))", "HHH"),
        ("softmax", "dL/dx_k = y_k (g_k - sum_i g_i y_i)", "H"),
        ("ex1", "∂y/∂xᵢ = 2xᵢ", "H"),
        ("ex1", "∇y = 2x", "H"),
        ("ex2", "∂tr(AB)/∂A = Bᵀ", "H"),
        ("ex3", "∂y/∂x = Ac, ∂y/∂A = xcᵀ, ∂y/∂c = Aᵀx", "HHH"),
        ("softmax", "∂yᵢ/∂xⱼ = yᵢ(δᵢⱼ − yⱼ)", "H"),
        ("linear", "∂L/∂W = Xᵀ G", "H"),
        ("softmax", r"$S_i = \frac{e^{x_i}}{\sum_k e^{x_k}}$, $\partial_jS_i = S_i(\delta_{ij}-S_j)$, $D_jS_i = S_i(\delta_{ij}-S_j)$", "HHH"),
        ("softmax", r"$\partial_jy_i = y_i(\delta_{ij}-y_j)$", "H"),
        ("softmax", r"$p_i = e^{z_i}/\sum_ke^{z_k}$, $\partial_jp_i = p_i(\delta_{ij}-p_j)$", "HH"),
    ],
    "wrong lines do not hold": [
        ("linear", "Y = X W + b\ndL/dX = W G^T\ndL/dW = G X^T\ndL/db = sum(X, axis=0)", "H---"),
        ("linear", "grad_input = W @ grad_output\ngrad_W = grad_output @ input\ngrad_b = grad_output", "---"),
        ("ex1", "∂y/∂xᵢ = xᵢ", "-"),
        ("ex2", "∂tr(AB)/∂A = Aᵀ", "-"),
        ("softmax", "∂yᵢ/∂xⱼ = yᵢ(δᵢⱼ + yⱼ)", "-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_lines_without_dollars_are_read(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
