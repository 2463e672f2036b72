r"""Notation that is not read on first sight: chains over words, sizes and styles, equations in plain prose, arrays of four indices.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

STYLED = r"$J = \|\textbf{X} - \textbf{A}\textbf{S}\|_F^2$. "
SUMMED = "Repeated indices are summed. "
CHAIN = "$F = AS$, $J = \\|X-F\\|_F^2$. "

KINDS = {
    "a chain over words": [
        ("softmax", "$$S = \\sum_j e^{x_j}$$\n$$\\frac{\\partial y_i}{\\partial x_i} = \\frac{e^{x_i}S - e^{x_i}e^{x_i}}{S^2} =$$\n\nsplit the fraction\n\n$$\\frac{e^{x_i}}{S} - \\left(\\frac{e^{x_i}}{S}\\right)^2 = y_i - y_i^2$$", "HHHH"),
        ("ex1", "$$y = \\sum_i x_i^2 =$$\n\nor if I write it out\n\n$$x_1^2 + x_2^2 + \\dots + x_n^2$$", "HH"),
        ("ex3", "$$\\frac{\\partial y}{\\partial c_l} = \\sum_i x_i a_{il} =$$\n\nRechne aus:\n\n$$\\sum_i (A^T)_{li}x_i = (A^Tx)_l$$", "HHH"),
        ("ex4_trace", "$$J = \\operatorname{tr}((X-AS)^T(X-AS)) =$$\n\nраскроем скобки:\n\n$$\\operatorname{tr}(X^TX) - 2\\operatorname{tr}(X^TAS) + \\operatorname{tr}(S^TA^TAS)$$", "HH"),
        ("ex4_trace", "$$J = \\operatorname{tr}((X-AS)^T(X-AS)) =$$\n\nraskroem:\n\n$$\\operatorname{tr}(X^TX) - \\operatorname{tr}(X^TAS) + \\operatorname{tr}(S^TA^TAS)$$", "H-"),
        ("ex1", "$$y = x^Tx =$$\n\nNow the gradient:\n\n$$\\frac{dy}{dx} = 2x$$", "H~H"),
        ("ex2", "$y = \\operatorname{tr}(AB) =$ by the definition of the trace $\\sum_{i,j} A_{ij}B_{ji}$", "HH"),
        ("ex2", "$y = \\operatorname{tr}(AB) =$ by the definition of the trace $\\sum_{i,j} A_{ij}B_{ij}$", "H-"),
        ("ex3", "$$\\frac{dy}{dx} =$$\n\nfirst the other one:\n\n$$\\frac{dy}{dc} = A^Tx$$", "~H"),
    ],
    "sizes and styles": [
        ("ex4_trace", STYLED + r"$\large \frac{\partial J}{\partial \textbf{S}} = -2\textbf{A}^{\text{T}}\left(\textbf{X} - \textbf{A}\textbf{S}\right)$", "HH"),
        ("ex4_trace", STYLED + r"$\Large J = {\small \left\| \textbf{X} - \textbf{A} \textbf{S} \right\|_F^2} = \Huge\operatorname{tr}\left((\textbf{X} - \textbf{A}\textbf{S})^\text{T}(\textbf{X} - \textbf{A}\textbf{S})\right)$", "HHH"),
        ("ex1", r"$$\displaystyle\Large \frac{d y}{d \textbf{x}} = \normalsize 2\textbf{x} \tag{1}$$", "H"),
        ("ex1", r"$$\Large \begin{array}{rcl} \frac{d y}{d \textbf{x}} &=& \large 2\textbf{x} \\ y &=& \textbf{x}^{\text{T}}\textbf{x}\end{array}$$", "HH"),
        ("ex3", r"$\quad \text{Let } y = \textbf{x}^T\textbf{A}\textbf{c}, \quad \text{then } \frac{dy}{d\textbf{c}} = \textbf{A}^{\textbf{T}}\textbf{x}$", "HH"),
        ("ex4_trace", STYLED + r"$\large \frac{\partial J}{\partial \textbf{S}} = -2\textbf{A}\left(\textbf{X} - \textbf{A}\textbf{S}\right)$", "HF"),
        ("ex1", r"$\Large\frac{d y}{d \textit{x}} = \LARGE\textit{x}$", "F"),
        ("ex1", r"$\left\| \textbf{x} \right\|_2^2 = \textbf{x}^T\textbf{x}$, $\Vert\textbf{x}\Vert^2 = \textbf{x}\textbf{x}^T$", "H-"),
    ],
    "an equation in plain prose": [
        ("softmax", "so finally dL/dx = y * (g - sum(g * y)), elementwise product.", "H"),
        ("softmax", "so finally dL/dx = y * (g + sum(g * y)), elementwise product.", "~"),
        ("ex2", "In ex. 2 we got d tr(AB) / dA = B.T, here it is the same.", "H"),
        ("ex2", "In ex. 2 we got d tr(AB) / dA = B, here it is the same.", "-"),
        ("linear", "Shapes: (N×D)(D×M) = N×M, fine.", "D"),
        ("ex4_chain", "Pour A c'est pareil, dF = dA S donc on conclut.", "H"),
        ("ex4_chain", "Pour A c'est pareil, dF = S dA donc on conclut.", "-"),
        ("ex3", "Aus (1) bleibt nur i = k übrig:", "D"),
        ("ex1", "**Answer: dy/dx = 2x.** That is all.", "H"),
        ("ex1", "I get y = x^T x = sum of squares, and dy/dx = 2 x^T x is a number.", "H-"),
        ("ex3", "Code: `y = x.T @ A @ c` and <img width=300 alt='y = x'> [y = x](http://a.b/?y=x) https://a.b/?q=x axis=0", "H"),
        ("ex3", "```\ny = A\n```\n\n    y = A\n\nlr = 0.01, keepdims=True; see page=3 and the file a=b.txt", ""),
        ("ex1", "Since $n = 3$ we have that the x = $2$ and $y$ = 3.", "D"),
        ("ex1", "we know y = x^T x therefore $\\frac{dy}{dx} = 2x$", "HH"),
    ],
    "what stands around equations in prose": [
        ("ex1", "so dy/dx = 2x. But y = x^Tx, and therefore $dy = 2x^Tdx$", "HHH"),
        ("ex3", "- dy/dx = A c\n- **dy/dc = A' x**\n- dy/dA = x c^T (an outer product)", "HHH"),
        ("ex3", "- dy/dx = A^T c\n- **dy/dc = A x**\n- dy/dA = c x^T (an outer product)", "---"),
        ("ex3", "dy/dx_k = sum_j a_kj c_j, and ∂y/∂A_ij = x_i c_j", "HH"),
        ("ex3", "dy/dx_k = sum_j a_jk c_j, and ∂y/∂A_ij = x_j c_i", "--"),
        ("ex2", "tr(AB) = sum_ij A_ij B_ji = sum_ij B_ji A_ij", "HH"),
        ("softmax", "if i = k then dy_i/dx_i = y_i (1 - y_i), and if i != k, dy_i/dx_k = -y_i y_k", "DHH"),
        ("softmax", "dy_i/dx_k = y_i (delta_ik - y_k), dy_i/dx_k = y_i (foo_ik - y_k)", "HU"),
        ("batch_norm", "dmu/dx_i = 1/N and sum(x - mu) = 0", "HH"),
        ("ex4_trace", "dJ = -2 tr((X - AS)^T A dS) so dJ/dS = -2 A^T (X - AS).", "HH"),
        ("ex1", "| y | = x |\n|---|\n\nText\n====\n\nWith N = 3 and n=3: a == b, x >= y; let z = 2x.", ""),
    ],
    "gradients as rows and columns": [
        ("ex1", r"$\nabla_\text{column} y = 2x$, $\nabla_\text{row} y = 2x^T$, $dy = \nabla_\text{row} y\, dx$", "HHH"),
        ("ex1", r"$dy = dx^T\nabla_{\text{column}} y$, $\nabla_\text{row} y = 3x^T$, $\nabla_\text{row} y = 2x$", "H--"),
    ],
    "columns between bars": [
        ("ex2", r"$B = [b_1 | b_2 | \dots | b_n]$, $B = [\, b_1 \mid \dots \mid b_n \,]$", "HH"),
        ("ex2", r"$AB = [b_1 | b_2 | \dots | b_n]$", "-"),
        ("ex1", r"$y = [|x|^2]$, $\|x\|^2 = [x_1|x_2]$", "~~"),
    ],
    "arrays of four indices": [
        ("ex4_chain", CHAIN + r"$\left(\frac{dF}{dS}\right)_{ijkl} = \frac{dF_{ij}}{dS_{kl}} = A_{ik}\delta_{jl}$", "HHHH"),
        ("ex4_chain", CHAIN + r"$\left(\frac{dF}{dS}\right)_{ijkl} = \frac{dF_{ij}}{dS_{kl}} = A_{ki}\delta_{jl}$", "HHHF"),
        ("ex4_chain", CHAIN + r"$\left(\frac{\partial F}{\partial A}\right)_{ijkl} = \frac{\partial F_{ij}}{\partial A_{kl}} = \delta_{ik}S_{lj}$", "HHHH"),
        ("ex4_chain", SUMMED + CHAIN + r"$\left(\frac{dJ}{dS}\right)_{kl} = \left(\frac{dJ}{dF}\right)_{ij}\left(\frac{dF}{dS}\right)_{ijkl} = 2(F-X)_{ij}A_{ik}\delta_{lj} = 2(F-X)_{il}A_{ik}$", "HHHHH"),
        ("ex4_chain", SUMMED + CHAIN + r"$\left(\frac{dJ}{dS}\right)_{kl} = \left(\frac{dJ}{dF}\right)_{ij}\left(\frac{dF}{dS}\right)_{ijkl} = 2(F-X)_{ij}A_{ik}\delta^j_l$", "HHHH"),
        ("ex4_chain", SUMMED + CHAIN + r"$\left(\frac{dJ}{dS}\right)_{kl} = \left(\frac{dJ}{dF}\right)_{ij}\left(\frac{dF}{dS}\right)_{ijkl} = 2(F-X)_{kj}A_{kl}$", "HHH-"),
        ("ex4_chain", CHAIN + r"$\left(\frac{dJ}{dS}\right)_{kl} = \sum_{i,j}\left(\frac{dJ}{dF}\right)_{ij}\left(\frac{dF}{dS}\right)_{i,j,k,l}$", "HHH"),
        ("ex4_chain", CHAIN + r"$\left(\frac{dF}{dS}\right)_{klij} = \frac{dF_{ij}}{dS_{kl}}$", "HH~"),
    ],
    "a derivative by an expression": [
        ("ex4_chain", r"$\frac{dJ}{d(AS)} = -2(X-AS)$, $\frac{dJ}{d(X-AS)} = 2(X-AS)$", "~~"),
        ("ex4_chain", r"$F = AS$, $\frac{dJ}{dF} = \frac{dJ}{d(X-AS)}\frac{d(X-AS)}{dF} = 2(X-AS)\cdot(-1) = 2(AS-X)$", "~~~~"),
        ("ex4_chain", r"$F = AS$, $\frac{dJ}{dF} = \frac{dJ}{d(X-AS)}\frac{d(X-AS)}{dF} = 2(X-AS)$", "~--"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_unusual_notation_is_read(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
