r"""What blogs, notes and forums write: solutions that are no definitions, layers with labels, gates of a graph, chosen losses, displays of GitHub.

By kind: an exercise, a text, and the letters of its steps: what holds, is false, not understood, stated, or in the other layout.
"""

import pytest

from tests.test_precision import judged

STATED = r"$y_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$. "
GRAPH = r"$xmu_i = x_i - \mu$, $sq_i = xmu_i^2$, $gx_i = \gamma\hat x_i$, $out_i = gx_i + \beta$, $dout_i = \partial L/\partial out_i$. "
KINDS = [
    # The text's own letter for the transpose of the exercise's, and what solves for a variable in the end.
    ("ex4_trace", r"$L = \|R - PQ^T\|^2$. For the sheet's $S = Q^T$: $\frac{\partial L}{\partial S} = -2P^T(R-PS)$, $\frac{\partial L}{\partial Q} = -2(R-PQ^T)^TP$, $\frac{\partial L}{\partial Q} = 2(R-PQ^T)^TP$.", "HHHHF"),
    ("ex4_trace", r"$L(P,Q) = \|R - PQ^T\|_F^2$. $\frac{\partial}{\partial P}\operatorname{tr}(R^TPQ^T) = RQ$. In the end $Q = R^TP(P^TP)^{-1}$.", "HHH"),
    # A condition on an identity of a size of the text's own.
    ("ex4_trace", r"$A\in\mathbb R^{d\times q}$, $S\in\mathbb R^{q\times n}$. If $A^TA = I_q$, then $\partial J/\partial S = 0$ gives $S = A^TX$.", "DDU"),
    # A trace of all that follows, in what a name stands for.
    ("ex4_chain", r"Let $\phi(F) = \operatorname{tr}(X-F)'(X-F)$. $d\phi = -2\operatorname{tr}(X-F)'dF$, $\partial\phi/\partial F = -2(X-F)$, $\partial\phi/\partial F = 2(X-F)$.", "HHHF"),
    # A matrix with a single one is no number in a trace.
    ("ex2", r"The single-entry matrix $J^{ij}$: $\operatorname{Tr}(J^{ij}B) = B_{ji}$, $\operatorname{Tr}(J^{ij}B) = \operatorname{Tr}(J^{ij})\operatorname{Tr}(B)$.", "HF"),
    # An index at the output of a row stays one of its entries, whatever is said of rows elsewhere.
    ("softmax", STATED + r"$\frac{\partial y_i}{\partial z_j} = 0$ for $i\ne j$. The rows of $J$ sum to zero.", "HF"),
    ("softmax", r"In a batch, row $i$ of $y$ depends on row $i$ of $x$ only: $\frac{\partial y_i}{\partial x_j} = 0$ for $i\neq j$.", "H"),
    # Layers with labels behind their indices.
    ("linear", r"$z^{(l)} = W^{(l)}a^{(l-1)}+b^{(l)}$. $z_i^{(l)} = \sum_jw_{ij}^{(l)}a_j^{(l-1)}+b_i^{(l)}$, $\delta^{(l)} = \nabla_{z^{(l)}}E$, $\frac{\partial E}{\partial w_{ij}^{(l)}} = \delta_i^{(l)}a_j^{(l-1)}$, $\frac{\partial E}{\partial w_{ij}^{(l)}} = \delta_j^{(l)}a_i^{(l-1)}$.", "HHHHF"),
    ("linear", r"$z = Wa+b$, $\delta = \nabla_z E$, $\nabla_a E = W^T\delta$, $\frac{\partial E}{\partial W} = \delta a^T$. In the exercise, $x = a^T$ is a row.", "HHHHL"),
    # Adjoints of numbered variables.
    ("linear", r"$Y = XW + 1 b^T$, $\bar Y = \partial L/\partial Y$. Two layers: $H = XW_1+\mathbf 1b_1^\top$, $Y = HW_2+\mathbf 1b_2^\top$. $\bar W_2 = H^\top\bar Y$, $\bar H = \bar YW_2^\top$, $\bar W_1 = X^\top\bar H$, $\bar W_1 = X^\top\bar Y$.", "HHHHHHHU"),
    # Names of a program, of which one looks like a product.
    ("batch_norm", GRAPH + r"$d\beta = \sum_i dout_i$, $dxmu_i = d\hat x_i\cdot ivar$.", "HHHHHHU"),
    # A loss that is chosen for a check, in a text that writes d for gradients.
    ("softmax", r"$ds_k = \sum_i dp_i\frac{\partial p_i}{\partial s_k}$ for $p_i = \frac{e^{s_i}}{\sum_j e^{s_j}}$. With cross entropy $dp_i = -\mathbb 1_{\{i=t\}}/p_i$, so $ds_k = p_k - \mathbb 1_{\{k=t\}}$.", "HHUU"),
    # Another function, which words name, and one that is only like it.
    ("softmax", r"P.S. For LogSoftMax: $\frac{\partial L}{\partial x_k} = g_k - y_k\sum_i g_i$.", "U"),
    ("softmax", r"Elementwise, like for the sigmoid: $\frac{\partial L}{\partial x_k} = g_ky_k(1-y_k)$.", "F"),
    # Numbers of a step.
    ("ex1", r"Check: x = [3,4], dx = [0.001, 0]. $f(x) = 25$, $2x^Tdx = 2\cdot 3\cdot 0.001 = 0.006$.", "HUHUH"),
    # A display as GitHub has it, and code.
    ("linear", "The layer:\n\n```math\nY = XW + \\mathbf 1 b^\\top\n```\n\nand $\\frac{\\partial L}{\\partial X} = GW$.\n\n```python\ny = 2 * x\n```\n", "HF"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "letters"), KINDS)
def test_what_public_sources_write(exercise, text, letters):
    assert judged(exercise, text) == letters
