r"""Remarks behind a formula, and before it, that say of what it is true; one sample by its entries; sums in words.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "what stands behind it": [
        ("linear", r"$\frac{\partial L}{\partial b} = g$ (summed over rows)", "~"),
        ("linear", r"$\frac{\partial L}{\partial b} = g$ (for a single sample)", "~"),
        ("linear", r"$\frac{\partial L}{\partial W} = x^Tg$ (one sample, $x$ a row)", "~"),
        ("linear", r"$\frac{\partial L}{\partial W} = xg^T$ if $x$, $g$ are columns", "~"),
        ("linear", r"$Y = XW$ (bias omitted)", "~"),
        ("linear", r"$Y = XW + b$ (broadcast)", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ ($i\ne k$)", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ (different indices)", "~"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ in the off-diagonal case", "~"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = y_i(1-y_i)$ on the diagonal", "~"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = y_i(1-y_k)$ whenever $i$ and $k$ are the same", "~"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y - t$ for cross-entropy", "~"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y - t$ when softmax is combined with the cross entropy loss", "~"),
        ("batch_norm", r"$\frac{\partial L}{\partial x} = \frac{g}{\sqrt{\sigma+\epsilon}}$ (eval)", "H"),
        ("batch_norm", r"$\frac{\partial L}{\partial x} = \frac{g}{\sqrt{\sigma+\epsilon}}$ if we treat $\mu$, $\sigma$ as constants", "~"),
        ("batch_norm", r"$\frac{\partial L}{\partial\sigma^2}\cdot\frac{\partial\sigma^2}{\partial\mu} = 0$ because the deviations sum to zero", "H"),
        ("batch_norm", r"$\sigma^2 = \frac{1}{N-1}\sum_i(x_i-\mu)^2$ (unbiased)", "~"),
        ("batch_norm", r"$y_i = (x_i-\mu)/\sigma$ (ignoring $\epsilon$)", "~"),
        ("ex1", r"$\frac{dy}{dx} = 2x^T$ (row vector)", "~"),
        ("ex1", r"$\frac{dy}{dx} = x$ up to a factor of 2", "~"),
        ("ex1", r"$\frac{dy}{dx} \propto x$", "~"),
        ("ex1", r"$y = 1$ on the unit sphere", "~"),
        ("ex1", r"$y = x^2$ for scalar $x$", "~"),
        ("ex2", r"$\frac{dy}{dA} = B$ (numerator layout)", "~"),
        ("ex2", r"$\frac{dy}{dA} = B$ if $B$ is symmetric", "~"),
        ("ex2", r"$\frac{dy}{dA} = B$ for symmetric $B$", "~"),
        ("ex2", r"$\mathrm{tr}(AB) = \mathrm{tr}(A)\mathrm{tr}(B)$ only for $1\times1$ matrices", "~"),
        ("ex3", r"$y = x^Tc$ when $A$ is the identity", "~"),
        ("ex4_trace", r"$J = 0$ iff $X = AS$", "~~"),
        ("ex4_trace", r"$S = A^{-1}X$ if $A$ is invertible", "~"),
        ("ex4_trace", r"$\frac{dJ}{dS} = 0$ at the minimum", "~"),
        ("ex4_trace", r"$\frac{dJ}{dS} = -A^T(X-AS)$ with the factor $\frac12$ in $J$", "~"),
        ("ex4_trace", r"$J = \|X-AS\|$ (norm squared)", "~"),
        ("ex4_chain", r"$\frac{dF}{dS} = A$ in the sense $dF = A\,dS$", "~H"),
        ("ex4_chain", r"$\frac{dF}{dS} = A$ (as a linear map, $H\mapsto AH$)", "~"),
        ("ex4_chain", r"$\frac{dF}{dS} = I\otimes A$ (after vectorizing)", "H"),
    ],
    "what changes nothing": [
        ("linear", r"$\frac{\partial L}{\partial W} = gX^T$ (by the chain rule)", "F"),
        ("linear", r"$\frac{\partial L}{\partial W} = gX^T$ (1)", "F"),
        ("linear", r"$\frac{\partial L}{\partial W} = gX^T$, so we are done.", "F"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y\odot g$ for all $x$", "F"),
        ("ex1", r"$\frac{dy}{dx} = x$. If we go on, $dy = x^Tdx$", "FF"),
        ("ex2", "$\\mathrm{tr}(AB) = \\mathrm{tr}(A)\\mathrm{tr}(B)$\n\nOnly the second step is new.", "F"),
    ],
    "what stands before it": [
        ("ex1", r"Up to a factor of 2, $\frac{dy}{dx} = x$.", "~"),
        ("batch_norm", r"Ignoring $\epsilon$, $y_i = (x_i-\mu)/\sqrt{\sigma}$.", "~"),
        ("ex4_chain", r"As a linear map, $\frac{dF}{dS} = A$.", "~"),
        ("ex4_trace", r"With the factor $\frac12$ in $J$ we would have $\frac{dJ}{dS} = -A^T(X-AS)$.", "~"),
        ("linear", r"For a single sample we have $\frac{\partial L}{\partial b} = g$.", "~"),
        ("linear", r"Omitting the sum over the batch, $\frac{\partial L}{\partial b} = g$.", "~"),
        ("softmax", r"With cross-entropy, $\frac{\partial L}{\partial x} = y - t$.", "~"),
        ("softmax", r"For a sigmoid layer $\frac{\partial L}{\partial x} = g\odot y\odot(1-y)$.", "~"),
        ("softmax", r"Naively one would write $\frac{\partial L}{\partial x} = g\odot y\odot(1-y)$, but the outputs are coupled.", "~"),
        ("softmax", r"A common mistake is $\frac{\partial L}{\partial x} = g\odot y$.", "~"),
        ("linear", r"A common error: $\frac{\partial L}{\partial W} = gX^T$.", "~"),
        ("linear", r"It is tempting to write $\frac{\partial L}{\partial W} = gX^T$.", "~"),
        ("linear", r"One might guess $\frac{\partial L}{\partial W} = gX^T$.", "~"),
        ("ex1", r"If it were true that $\frac{dy}{dx} = x$, then $y(x+h)-y(x) \approx x^Th$.", "~."),
    ],
    "one sample by its entries": [
        ("linear", r"$y = Wx + b$, $\frac{\partial L}{\partial W} = gx^T$", "HH"),
        ("linear", r"$y_i = \sum_j W_{ij}x_j + b_i$, $\frac{\partial L}{\partial W_{ij}} = g_ix_j$", "HH"),
        ("linear", r"$y_j = \sum_i x_iW_{ij} + b_j$, $\frac{\partial y_j}{\partial x_i} = W_{ij}$, $\frac{\partial y_j}{\partial W_{kl}} = x_k\delta_{jl}$, $\frac{\partial L}{\partial x_i} = \sum_j g_jW_{ij}$, $\frac{\partial L}{\partial W_{ij}} = x_ig_j$, $\frac{\partial L}{\partial b_j} = g_j$", "HHHHHH"),
        ("linear", r"$y_j = \sum_i x_iW_{ij} + b_i$", "F"),
        ("linear", r"For one sample: $y_j = \sum_i x_iW_{ij} + b_j$, $\frac{\partial L}{\partial W_{ij}} = x_ig_j$, $\frac{\partial L}{\partial b_j} = g_j$", "HHH"),
        ("linear", r"$y_i = \sum_j x_jW_{ji} + b_i$", "H"),
        ("linear", r"$y_i = \sum_j W_{ij}x_j + b_i$", "~"),
        ("linear", r"$y_i = \sum_j x_jW_{ij} + b_j$", "F"),
    ],
    "one sample, which nobody says": [
        ("linear", r"$\frac{\partial y_j}{\partial x_i} = W_{ij}$ and $\frac{\partial y_j}{\partial W_{kl}} = x_k\delta_{lj}$.", "~~"),
        ("linear", r"$\frac{\partial L}{\partial W_{ij}} = \frac{\partial L}{\partial y_j}\frac{\partial y_j}{\partial W_{ij}} = g_jx_i$", "~~"),
        ("linear", r"$\frac{\partial L}{\partial W_{ij}} = g_ix_j$", "-"),
    ],
    "the number of the sample above": [
        ("softmax", r"$y^{(n)}_i = \frac{e^{x_i^{(n)}}}{\sum_je^{x_j^{(n)}}}$, $\frac{\partial y_i^{(n)}}{\partial x_j^{(n)}} = y_i^{(n)}(\delta_{ij}-y_j^{(n)})$", "HH"),
        ("softmax", r"$\frac{\partial L}{\partial x^{(n)}_j} = y^{(n)}_j(g^{(n)}_j - \sum_i g_i^{(n)}y_i^{(n)})$, $\frac{\partial L}{\partial x^{(n)}_j} = y^{(n)}_j(g^{(n)}_j - \sum_i g_i^{(n)})$", "HF"),
        ("linear", r"$y^{(n)}_j = \sum_i x^{(n)}_iW_{ij} + b_j$, $\frac{\partial L}{\partial W_{ij}} = \sum_n x_i^{(n)}g_j^{(n)}$", "HH"),
    ],
    "sums in words": [
        ("linear", r"$Y_{nm} = X_{nd}W_{dm} + b_m$ (summation over $d$). $\bar W_{dm} = X_{nd}\bar Y_{nm}$, $\bar X_{nd} = \bar Y_{nm}W_{dm}$", "H~~"),
        ("linear", r"$y_{nm} = x_{nd}w_{dm} + b_m$ (sum over $d$). $\frac{\partial L}{\partial w_{dm}} = x_{nd}g_{nm}$ (sum over $n$)", "HH"),
        ("ex2", r"$y = a_{ij}b_{ji}$, summed over both indices. $\frac{\partial y}{\partial a_{ij}} = b_{ji}$", "HH"),
        ("ex2", r"$y = a_{ij}b_{ij}$, summed over both indices.", "F"),
        ("linear", r"$\frac{\partial L}{\partial b} = g$ summed over the batch", "~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_is_said_of_something_is_not_false_for_everything(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
