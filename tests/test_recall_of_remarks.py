"""What people of other schools write beside and behind their formulas: it is read where it is right, and no wrong step holds by it.

By kind: an exercise, a text, and the letters of its steps; "." is anything, and "-" is a wrong step, which is false or not understood.
"""

import pytest

from tests.test_precision import cases
from tests.test_recall import assert_read, assert_wrong_never_holds

STANDS = r"$\mu = \langle x\rangle$, $y_i = s\,(x_i-\mu)$, where $s$ stands for $(\sigma+\epsilon)^{-1/2}$. "

RIGHT = {
    "sizes in brackets behind an expression": [
        ("ex4_chain", r"$\frac{\partial\operatorname{vec}F}{\partial\operatorname{vec}S} = I_M\otimes A\ [NM\times RM],\quad \frac{\partial\operatorname{vec}F}{\partial\operatorname{vec}A} = S^\top\otimes I_N\,(NM\times NR)$", "HH"),
        ("ex4_trace", r"$\frac{\partial J}{\partial A} = -2(X-AS)S^T\;[N\times R]$", "H"),
        ("ex4_chain", r"$F = A\,(N\times R)\,S\,(R\times M)$, $F = A[N\times R]\cdot S[R\times M]$", "HH"),
        ("ex4_chain", r"$G = AS\,[N\times M]$, $G = F$, $\frac{\partial J}{\partial F} = -2(X-G)$", "HHH"),
        ("linear", r"$gW^T\ (N\times n_2)(n_2\times n_1) = \frac{\partial L}{\partial x}$", "H"),
        ("ex3", r"$\frac{dy}{dx} = Ac\ (N\times 1)$, $y = x^\top Ac\ [1\times 1]$", "HH"),
        # A number may be meant, or a power, or a space.
        ("ex4_chain", r"$2(\frac12)^{N\times M} = (\frac12)^{N\times M-1}$", "H"),
        ("ex4_chain", r"$R = X-AS$, $Z \in R^{R\times M}$, $\operatorname{tr}(Z^\top S) = \operatorname{tr}(S^\top Z)$", "HH"),
        ("ex4_chain", r"$\sum_{i=1}^N\sum_{j=1}^M A = A\,(N\times M)$", "H"),
    ],
    "sizes below or above a symbol": [
        ("ex4_chain", r"$F = A_{N\times R}S_{R\times M}$, $\frac{\partial J}{\partial S} = -2(A^T)_{R\times N}(X-AS)_{N\times M}$", "HH"),
        ("ex4_trace", r"$\frac{\partial J}{\partial S}_{R\times M} = -2A^T(X-AS)$", "."),
        ("ex4_chain", r"$I_{N\times N}A = A$", "H"),
        ("linear", r"$\frac{\partial L}{\partial x} = g_{N\times n_2}W^T$", "H"),
        ("ex3", r"$y = (x^T)_{1\times N}A_{N\times N}c_{N\times 1}$", "H"),
        ("ex3", r"$\frac{dy}{dx} = Ac \in \mathbb R^{N\times 1}$, $\frac{dy}{dA} = \underset{N\times N}{xc^T}$", "HH"),
    ],
    "entries at numbers of a small example": [
        ("ex2", r"And by hand for 2 x 2, $$y = a_{11}b_{11} + a_{12}b_{21} + a_{21}b_{12} + a_{22}b_{22},$$", "H"),
        ("ex1", r"With N = 3 entries $y = x_1^2 + x_2^2 + x_3^2$.", "H"),
        ("ex4_chain", r"Take $2\times 2$ matrices. $F_{11} = A_{11}S_{11} + A_{12}S_{21}$", "H"),
        ("softmax", r"A network with 2 outputs (N=2): $$y_1 = \frac{e^{x_1}}{e^{x_1}+e^{x_2}}$$", "H"),
        ("ex3", r"Für eine 2×2-Matrix: $$y = x_1(A_{11}c_1+A_{12}c_2) + x_2(A_{21}c_1+A_{22}c_2)$$", "H"),
    ],
    "D with an index for the derivative by an entry": [
        ("softmax", r"$D_k\log y_i = \delta_{ik}-y_k$ [ $D_k$ is d/dx_k ], $D_k\log y_i = D_ky_i/y_i$, $D_k y_i = y_i(\delta_{ik}-y_k)$", "HHH"),
        ("softmax", r"$g_k\,D_ky_k = g_k\,y_k(1-y_k)$, $D_k\log\sum_j e^{x_j} = \frac{e^{x_k}}{\sum_je^{x_j}} = y_k$", "HHH"),
        ("softmax", r"$D_k := \frac{\partial}{\partial x_k}$. $D_kL = \sum_i g_i D_k y_i = y_k(g_k - \sum_i g_iy_i)$", "HHH"),
        ("ex1", r"$D_i y = 2x_i$, $D_i(x_jx_j) = 2x_i$, $D_ix_j = \delta_{ij}$", "HHH"),
        ("ex3", r"$D_j y = (Ac)_j$, $D_j x_i = \delta_{ij}$", "HH"),
        ("batch_norm", r"$D_i\mu = \frac1N$, $D_i\sigma = \frac2N(x_i-\mu)$", "HH"),
        ("softmax", r"$D = \operatorname{diag}(y)$, $D_{ik} = y_i\delta_{ik}$, $Dg = y\odot g$", "HHH"),
    ],
    "variations, and a letter that stands for an expression in words": [
        ("batch_norm", STANDS + r"$\delta s = -\frac12 s^3\,\delta\sigma$, $\delta\mu = \langle\delta x\rangle$", "HHHH"),
        ("batch_norm", STANDS + r"$\delta y_i = s(\delta x_i-\delta\mu)+(x_i-\mu)\delta s = s(\delta x_i-\langle\delta x\rangle-y_i\langle y\,\delta x\rangle)$", "HHHH"),
        ("batch_norm", r"$\delta L = \sum_i g_i\delta y_i$. $\sum_i g_i\delta x_i - N\langle g\rangle\langle\delta x\rangle = \sum_i(g_i-\langle g\rangle)\delta x_i$", "HH"),
        ("softmax", r"$y_i = e^{x_i}/Z$, where $Z$ denotes $\sum_j e^{x_j}$. $\delta Z = \sum_j e^{x_j}\delta x_j$", "HH"),
        ("ex3", r"$y = x^\top u$, $u$ steht für $Ac$. $\frac{\partial y}{\partial x} = u$", "HH"),
        ("ex1", r"$\delta y = 2x^\top\delta x$. $x^\top\delta x + (\delta x)^\top x = 2x^\top\delta x$", "HH"),
    ],
    "the transposed weight under a name of the text's own": [
        ("linear", r"$V := W^{T}$. $\frac{\partial L}{\partial V} = g^{T}x = (x^{T}g)^{T}$", "HHH"),
        ("linear", r"$V = W^\top$, $\frac{\partial L}{\partial V_{ij}} = \sum_n g_{ni}x_{nj}$", "HH"),
        ("linear", r"torch stores $K = W^\top$, $\nabla_K L = g^\top x$, $\frac{\partial L}{\partial W} = \left(\frac{\partial L}{\partial K}\right)^\top$", "HHH"),
        ("ex2", r"$C = B^T$, $\frac{dy}{dC} = A$", "HH"),
        ("ex4_trace", r"$T = S^\top$, $\frac{\partial J}{\partial T} = -2(X-AS)^\top A$", "HH"),
    ],
    "what is held fixed, in words": [
        ("batch_norm", r"$r = (\sigma+\epsilon)^{-1/2}$, $\partial y_i/\partial x_i|_{\text{fix}} = r$", "HH"),
        ("batch_norm", r"$\mu = \frac1N\sum_j x_j$, $\partial y_i/\partial x_i|_{\mu,\sigma} = \frac{1}{\sqrt{\sigma+\epsilon}}$, $\partial\mu/\partial x_i = 1/N$", "HHH"),
        ("batch_norm", r"$\partial y_i/\partial\mu|_{\sigma\text{ fixed}} = -\frac{1}{\sqrt{\sigma+\epsilon}}$", "H"),
        ("batch_norm", r"$\partial y_i / \partial x_i |_{\mathrm{direct}} = 1/\sqrt{\sigma+\epsilon} = (\sigma+\epsilon)^{-1/2}$", "HH"),
        ("ex4_chain", r"$\partial J/\partial F|_{\text{X const}} = -2(X-F)$", "H"),
    ],
    "rows that are turned into columns": [
        ("ex1", r"$\frac{dy}{dx} = 2x^{T}$ and $\nabla y = \left(\frac{dy}{dx}\right)^{T} = 2x$", "LHH"),
        ("ex3", r"$\frac{\partial y}{\partial x} = c^\top A^\top$, $\left(\frac{\partial y}{\partial x}\right)^\top = Ac$", "LH"),
        ("ex3", r"$\frac{\partial y}{\partial x} = (Ac)^\top$, $\nabla_x y = \left(\frac{\partial y}{\partial x}\right)^\top = Ac$", "LHH"),
        ("ex3", r"$\frac{\partial y}{\partial A} = cx^\top$, $(\frac{\partial y}{\partial A})^\top = xc^\top$", "LH"),
        ("ex4_trace", r"$\frac{\partial J}{\partial S} = -2(X-AS)^\top A$, $\nabla_S J = (\frac{\partial J}{\partial S})^\top = -2A^\top(X-AS)$", "LHH"),
        # Where no row was written, it is the other layout.
        ("ex1", r"$\left(\frac{dy}{dx}\right)^{T} = 2x$", "L"),
        ("ex1", r"$\frac{dy}{dx} = 2x$, $\left(\frac{dy}{dx}\right)^{T} = 2x^T$", "HH"),
    ],
}  # fmt: skip
WRONG = {
    "rows that are turned": [
        ("ex3", r"$\frac{\partial y}{\partial x} = c^\top A^\top$, $(\frac{\partial y}{\partial x})^\top = A^\top c$", "L-"),
        ("ex1", r"$\frac{dy}{dx} = 2x^{T}$, $\nabla y = \left(\frac{dy}{dx}\right)^{T} = x$", "LH-"),
    ],
    "variations": [
        ("batch_norm", STANDS + r"$\delta s = \frac12 s^3\,\delta\sigma$", "HH-"),
        ("batch_norm", r"$\delta L = \sum_i g_i\delta y_i$. $\sum_i g_i\delta x_i - \langle g\rangle\langle\delta x\rangle = \sum_i(g_i-\langle g\rangle)\delta x_i$", "H-"),
        ("ex3", r"$u$ steht für $Ac$. $\frac{\partial y}{\partial x} = 2u$", "-"),
        ("linear", r"$V := W^{T}$. $\frac{\partial L}{\partial V} = 2g^{T}x$", "H-"),
        ("ex4_trace", r"$T = S^\top$, $\frac{\partial J}{\partial T} = 2(X-AS)^\top A$", "H-"),
        ("batch_norm", r"$\partial y_i/\partial x_i|_{\text{fix}} = \sqrt{\sigma+\epsilon}$", "-"),
    ],
    "D with an index": [
        ("softmax", r"$D_k$ is the derivative by $x_k$. $D_k y_i = y_i y_k$", "-"),
        ("softmax", r"$D_k\log y_i = 1-y_k$", "-"),
        ("ex1", r"$D_i y = x_i$", "-"),
        ("batch_norm", r"$D_i\sigma = 2(x_i-\mu)$", "-"),
    ],
    "sizes beside an expression": [
        ("ex4_trace", r"$\frac{\partial J}{\partial A} = -2(X-AS)S\;[N\times R]$", "-"),
        ("ex4_trace", r"$\frac{\partial J}{\partial A} = 2(X-AS)_{N\times M}S^T$", "-"),
        ("ex4_chain", r"$F = 2A_{N\times R}S_{R\times M}$", "-"),
        ("ex3", r"$\frac{dy}{dx} = Ac\,(N\cdot N)$", "-"),
        ("linear", r"$\frac{\partial L}{\partial W} = 2x^T g\ (n_1\times n_2)$", "-"),
        ("ex4_chain", r"$G = AS\,[N\times M]$, $\frac{\partial J}{\partial F} = 2(X-G)$", "H-"),
    ],
    "entries at numbers": [
        ("ex2", r"And by hand for 2 x 2, $$y = a_{11}b_{11} + a_{12}b_{12} + a_{21}b_{21} + a_{22}b_{22},$$", "-"),
        ("ex1", r"If N is 3, that is $y = x_1^2 + x_2^2 + 2x_3$.", "-"),
        ("ex1", r"So $y = x_1^2 + x_2^2$ always.", "-"),
    ],
}  # fmt: skip
# What would be true for a size, or with a meaning, that nobody fixed is not called false; what is wrong for any is.
DOUBTED = [
    ("ex1", r"So $y = x_1^2 + x_2^2$.", "U"),
    ("ex2", r"So $y = a_{11}b_{11} + a_{12}b_{21} + a_{21}b_{12} + a_{22}b_{22}$.", "U"),
    ("ex4_chain", r"So $F_{11} = A_{11}S_{11} + A_{12}S_{21}$.", "U"),
    ("softmax", r"So $y_1 = \frac{e^{x_1}}{e^{x_1}+e^{x_2}}$.", "U"),
    ("ex1", r"So $y = x_1^2 + 2x_2^2$.", "F"),
    ("softmax", r"$D_k$ is the derivative by $x_k$. $D_k y_i = y_i y_k$", "F"),
    ("softmax", r"$D_k y_i = y_i y_k$", "U"),
    # A letter behind a fraction without braces is no size.
    ("batch_norm", r"$y_i = (x_i-\mu)\cdot r$. $\frac{\partial L}{\partial\sigma} = -\frac12 r^3\sum_j g_j(x_j-\mu)$", "UU"),
    ("batch_norm", r"$y_i = k\,(x_i-\mu)$, $\frac{\partial L}{\partial\sigma} = -\frac12 k^3\sum_j g_j(x_j-\mu)$", "UU"),
    # A change that is not small is no differential.
    ("ex1", r"$(x+\Delta x)^T(x+\Delta x) - x^Tx = x^T\Delta x + \Delta x^Tx$", "1"),
    ("ex1", r"So $\frac{\partial y}{\partial x_1} = 2x_2$.", "F"),
]


@pytest.mark.parametrize(("exercise", "text", "letters"), [*cases(RIGHT), *DOUBTED])
def test_a_step_is_read(exercise: str, text: str, letters: str) -> None:
    """Each of its steps has the verdict that a person gives."""
    assert_read(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(WRONG))
def test_a_wrong_step_never_holds(exercise: str, text: str, letters: str) -> None:
    """What stands before it is right, so that it is wrong by itself."""
    assert_wrong_never_holds(exercise, text, letters)
