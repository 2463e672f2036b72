"""Conventions of notation are readings like others: a right step holds in them, and no wrong step holds by an odd one."""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import FILE, read_exercises
from tests.conftest import ASSIGNMENTS, ROOT
from tests.test_precision import cases

EXERCISES = {}
for assignment in ASSIGNMENTS:
    EXERCISES |= read_exercises(ROOT / "source" / assignment.identifier / FILE)
LETTERS = {"holds": "H", "first order": "1", "other layout": "L", "false": "F", "not understood": "U"}

# By kind: an exercise, a text, and the letters of its steps; "*" is anything but H, "+" is H or L.
RIGHT = {
    "repeated indices": [
        ("ex1", "$y = x_i x_i$", "H"),
        ("ex4_trace", "Repeated indices are summed: $F_{ij} = A_{ik}S_{kj}$", "H"),
        ("ex2", "$y = A_{ij}B_{ji}$", "H"),
        ("ex3", r"$y = x_i A_{ij} c_j$, $\frac{\partial y}{\partial x_k} = \delta_{ik} A_{ij} c_j = A_{kj} c_j$", "HHH"),
        ("ex4_trace", r"$J = (X_{ij} - A_{ir}S_{rj})(X_{ij} - A_{ik}S_{kj})$", "H"),
        ("ex1", r"$\frac{\partial y}{\partial x_k} = 2 x_i \delta_{ik} = 2x_k$", "HH"),
        ("linear", r"$y_{ij} = x_{ik}W_{kj} + b_j$", "H"),
        ("ex2", r"$s = A_{ij}B_{ji}$, $y = s$", "HH"),
        ("ex1", r"Summation convention: $y = x_i x_i = \sum_i x_i^2$", "HH"),
        ("ex4_trace", r"Repeated indices are summed. $J = (X_{ij}-A_{ik}S_{kj})^2$", "."),
        ("ex3", r"$z_i = A_{ij}c_j$, $y = x_i z_i$", "HH"),
        ("softmax", r"$L = g_i y_i$, $\frac{\partial L}{\partial x_k} = g_i y_i (\delta_{ik} - y_k)$", "H."),
    ],
    "upper indices": [
        ("ex1", "$y = x^i x_i$", "H"),
        ("ex2", r"$y = \operatorname{tr} AB = A^i_j B^j_i = \sum_i (AB)_{ii}$", "HHH"),
        ("ex1", r"$\frac{\partial x_i}{\partial x_j} = \delta^i_j$", "H"),
        ("ex1", r"$\frac{\partial x_l}{\partial x_j} = \delta_l^j$", "H"),
        ("ex1", r"$\frac{\partial y}{\partial x_k} = 2 x^i \delta_i^k = 2 x^k$", "HH"),
        ("ex2", "$y = A^i_j B^j_i$", "H"),
        ("ex3", "$(Ac)^i = A^i_j c^j$", "H"),
    ],
    "sum without an index": [
        ("ex1", r"$y = \sum x_i^2$", "H"),
        ("ex2", r"$y = \sum A_{ij}B_{ji}$", "H"),
        ("softmax", r"$y_i = \frac{e^{x_i}}{\sum e^{x_j}}$", "H"),
        ("softmax", r"$\frac{\partial L}{\partial x_k} = \sum g_i \frac{\partial y_i}{\partial x_k}$", "H"),
        ("ex3", r"$y = \sum x_i (Ac)_i$", "H"),
        ("ex3", r"$(Ac)_i = \sum A_{ij} c_j$", "H"),
        ("ex4_trace", r"$J = \sum (X_{ij} - F_{ij})^2$", "H"),
    ],
    "sum over several terms": [
        ("ex4_trace", r"$J = \sum_{ij} X_{ij}^2 - 2X_{ij}F_{ij} + F_{ij}^2$", "H"),
        ("ex4_trace", r"$J = \sum_{i,j} X_{ij}^2 - 2 X_{ij} F_{ij} + F_{ij}^2$", "H"),
        ("ex4_trace", r"$J = \sum_i \sum_j X_{ij}^2 - 2X_{ij}F_{ij} + F_{ij}^2$", "H"),
        ("ex4_trace", r"$J = \sum_{i=1}^N\sum_{j=1}^M F_{ij}^2 - 2F_{ij}X_{ij} + X_{ij}^2$", "H"),
        ("batch_norm", r"$\sigma = \frac1N \sum_i (x_i^2 - 2 x_i \mu + \mu^2)$", "H"),
        ("ex4_trace", r"$-J = -\sum_{ij} X_{ij}^2 + 2X_{ij}F_{ij} - F_{ij}^2$", "H"),
    ],
    "sigma squared": [
        ("batch_norm", r"$\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\varepsilon}}$", "HH"),
        ("batch_norm", r"$\sigma_B^2 = \frac1N\sum_i (x_i-\mu_B)^2$, $\mu_B = \frac1N \sum_i x_i$", "HH"),
        ("batch_norm", r"$\sigma_{\mathcal B}^2 = \frac1N\sum_i (x_i-\mu_{\mathcal B})^2$", "H"),
        ("batch_norm", r"$\frac{\partial \sigma^2}{\partial x_i} = \frac{2}{N}(x_i - \mu)$", "H"),
        ("batch_norm", r"$\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma+\varepsilon}}$", "H."),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\varepsilon}$, $y_i = (x_i-\mu)/s$, $\sigma^2=\frac1N\sum_i(x_i-\mu)^2$", "HHH"),
        (
            "batch_norm",
            r"$\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$, "
            r"$\frac{\partial L}{\partial \sigma^2} = -\frac12\sum_i g_i (x_i - \mu)(\sigma^2 + \varepsilon)^{-3/2}$",
            "HH",
        ),
        ("batch_norm", r"$\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$, $\sigma = \sqrt{\frac1N\sum_i (x_i-\mu)^2}$", "HH"),
    ],
    "entry of a product": [
        ("ex2", r"$tr(AB) = \sum_i AB_{ii}$", "H"),
        ("ex2", r"$AB_{ij} = \sum_k A_{ik}B_{kj}$", "H"),
        ("ex4_trace", r"$AS_{ij} = \sum_k A_{ik}S_{kj}$", "H"),
        ("ex4_trace", r"$J = \sum_{ij} (X_{ij} - AS_{ij})^2$", "H"),
        ("ex3", r"$\frac{\partial y}{\partial x_i} = Ac_i$", "H"),
        ("ex2", r"$BA_{ii} = \sum_k B_{ik}A_{ki}$", "H"),
    ],
    "entry of a transposed matrix": [
        ("ex2", "$A_{qp} = A_{pq}^T$", "H"),
        ("ex2", r"$\frac{\partial y}{\partial A_{pq}} = B_{pq}^T$", "H"),
        ("ex4_trace", r"$A_{ki}^\top = A_{ik}$", "H"),
        ("ex4_trace", r"$\frac{\partial J}{\partial S_{kl}} = -2\sum_i A_{ki}^\top (X - AS)_{il}$", "H"),
        ("ex2", r"$y = \sum_{ij} A_{ij} B_{ij}^{\top}$", "H"),
        ("ex2", r"$E_{pq}^\top = e_q e_p^\top$, where $E_{pq} = e_p e_q^\top$", "HH"),
    ],
    "gradient of everything behind": [
        ("ex1", r"$\nabla_x x^\top x = 2x$", "H"),
        ("ex3", r"$\nabla_A x^\top Ac = xc^\top$", "H"),
        ("ex3", r"$\nabla_x x^\top A c = Ac$", "H"),
        ("ex2", r"$\nabla_A \operatorname{tr}(AB) = B^\top$", "H"),
        ("ex1", r"$\nabla_x \langle x, x\rangle = 2x$", "H"),
        ("ex1", r"$\partial_x x^\top x = 2x$", "+"),
        ("ex1", r"$dy = \nabla y^\top dx$", "H"),
    ],
    "held fixed": [
        ("ex2", r"$B$ is fixed, so $dB = 0$", "H"),
        ("ex4_trace", r"$A$ is fixed, so $dA = 0$", "H"),
        ("ex3", r"$\mathrm{d}A = 0$", "H"),
        ("ex3", r"$dc = 0$", "H"),
        ("ex2", r"$tr(dA\,B) + tr(A\,dB) = tr(dA\,B)$ since $dB = 0$", "*H"),
    ],
    "inner products": [
        ("ex1", "$dy = (2x, dx)$", "H"),
        ("ex1", "$y = (x, x)$", "H"),
        ("ex1", r"$\frac{d<x,x>}{dx} = 2x$", "H"),
        ("ex3", "$y = <x, Ac>$", "H"),
        ("ex2", r"$tr(AB) = tr(BA) = \left<B^T,A\right> = \sum_{ij}b_{ji}a_{ij}$", "HHH"),
        ("ex3", "$y = (x, Ac) = (A^Tx, c)$", "HH"),
    ],
    "differential in one variable": [
        ("ex2", r"$d_A y = tr(B\,dA)$", "H"),
        ("ex3", r"$d_x y = (Ac)^\top dx$", "H"),
        ("ex4_trace", r"$\mathrm{d}_S J = -2\operatorname{tr}((X-AS)^\top A\,\mathrm{d}S)$", "H"),
        ("ex4_trace", r"$d_A J = -2\operatorname{tr}(S(X-AS)^\top dA)$", "H"),
        ("ex3", r"$d_A y = x^\top dA\, c$", "H"),
    ],
    "variations": [
        ("ex1", r"$\mathrm{d}f(x)[h] = 2x^\top h$", "H"),
        ("ex4_trace", r"$\delta J = -2\operatorname{tr}((X-AS)^\top A\,\delta S) + O(\|\delta S\|^2)$", "H"),
        ("ex4_chain", r"$\delta F = A\,\delta S$", "H"),
        ("ex4_chain", r"$\delta F = \delta A\, S$", "H"),
        ("ex4_chain", r"$\delta F = \delta A\, S + A\,\delta S$", "H"),
        ("ex4_chain", r"$\delta f_j = A\,\delta s_j$", "H"),
        ("ex4_chain", r"$\mathrm{d}f_j = A\,\mathrm{d}s_j$", "H"),
        ("ex1", r"$\Delta y = f(x+h) - f(x)$, $\Delta y = \langle\nabla y, h\rangle + \|h\|^2$", "HH"),
        ("ex1", r"$dy = (\partial y/\partial x)\, dx$", "H"),
    ],
    "gradients as rows": [
        (
            "ex4_chain",
            r"$\frac{\partial J}{\partial F} = -2(X-F)^\top$, $\frac{\partial J}{\partial S} = \frac{\partial J}{\partial F}A"
            r" = -2(X-AS)^\top A$, $\frac{\partial J}{\partial A} = S\frac{\partial J}{\partial F}$",
            "LLLL",
        ),
        ("ex4_chain", r"$\frac{\partial J}{\partial S} = A^\top\frac{\partial J}{\partial F}$", "H"),
        ("ex4_chain", r"$\frac{\partial J}{\partial F} = -2(X-F)^\top$, $J = \|X - F\|_F^2$", "LH"),
        ("ex1", r"$\frac{dy}{dx} = 2x^\top$, $dy = \frac{dy}{dx} dx$", "LH"),
        ("ex3", r"$\frac{dy}{dx} = (Ac)^\top$, $\frac{dy}{dA} = c x^\top$", "LL"),
    ],
    "letters below": [
        ("ex4_chain", r"Let $R_F = X - F$, then $J = \|R_F\|_F^2$ and $\frac{\partial J}{\partial F} = -2R_F$", "HHH"),
        ("ex4_chain", r"$\Sigma_C = X - AS$, $J = \|\Sigma_C\|^2$", "HH"),
        ("ex4_trace", r"$R_A = X - AS$, $\nabla_A J = -2R_A S^\top$", "HH"),
        ("ex4_trace", r"$P_S = A^\top A$, $\nabla_S J = 2P_S S - 2A^\top X$", "HH"),
        ("ex3", r"$D_A = x c^\top$, $\frac{dy}{dA} = D_A$", "HH"),
    ],
    "partial with an index": [
        ("ex1", r"$\partial_{x_k} y = 2x_k$", "H"),
        ("ex2", r"$\partial_A y = B^\top$", "H"),
        ("ex2", r"$\partial_{A_{pq}} y = B_{qp}$", "H"),
        ("ex3", r"$\partial_{x_i} y = (Ac)_i$", "H"),
        ("ex4_trace", r"$\partial_S J = -2A^\top(X-AS)$", "H"),
    ],
    "iverson brackets": [
        ("ex1", r"$\frac{\partial x_i}{\partial x_k} = 1_{i=k}$", "H"),
        ("ex1", r"$\frac{\partial x_i}{\partial x_k} = \mathbb 1[i=k]$", "H"),
        ("ex1", r"$\frac{\partial x_i}{\partial x_k} = [i=k]$", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(1\{i=j\} - y_j) = y_i(1[i=j] - y_j)$", "HH"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = y_i([i=k] - y_k)$", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = y_i(\mathbf{1}_{\{i=k\}} - y_k)$", "H"),
        ("ex1", r"$\frac{\partial y}{\partial x_k} = \sum_i 2x_i \mathbb{1}\{i=k\} = 2x_k$", "HH"),
    ],
    "indices with a comma": [
        ("ex2", "$A_{1,1} = A_{11}$", "H"),
        ("ex2", r"$\frac{\partial y}{\partial A_{1,2}} = B_{2,1}$", "H"),
        ("ex4_trace", r"$\frac{\partial J}{\partial S_{1,1}} = -2\sum_i A_{i,1}(X - AS)_{i,1}$", "H"),
        ("ex2", "$A_{1,2} = (A^T)_{2,1}$", "H"),
        ("ex1", r"$\frac{\partial^2 y}{\partial x_1 \partial x_1} = 2$", "H"),
    ],
    "dots": [
        ("ex1", r"$(2x_1,\dots,2x_N)^\top = 2x$", "H"),
        ("ex1", r"$\nabla y = (2x_1,2x_2,\dots,2x_N)^T$", "H"),
        ("ex1", r"$[2x_1,2x_2,\dots,2x_N] = 2x^T$", "H"),
        ("ex1", "$y = x_1^2 + ... + x_N^2$", "H"),
        ("ex1", r"$\frac{dy}{dx_i} = 0 + ... + 2x_i + ... + 0 = 2x_i$", "HH"),
        ("ex1", r"$\frac{dy}{dx} = \begin{pmatrix}2x_1\\ \vdots\\ 2x_N\end{pmatrix}$", "H"),
        (
            "ex3",
            r"$\frac{dy}{dA} = \begin{pmatrix} x_1c_1 & \cdots & x_1c_N \\ \vdots & \ddots & \vdots \\ x_Nc_1 & \cdots & x_Nc_N\end{pmatrix}$",
            "H",
        ),
        (
            "ex3",
            r"$\frac{dy}{dA} = \begin{pmatrix} x_1c_1 & x_1 c_2 & \dots & x_1c_N \\ x_2 c_1 & x_2 c_2 & \dots & x_2 c_N\\ \dots \\ "
            r"x_Nc_1 & x_N c_2 & \dots & x_Nc_N\end{pmatrix}$",
            "H",
        ),
        ("ex4_chain", r"$\frac{dF}{dS} = \begin{pmatrix}A&&0\\&\ddots&\\0&&A\end{pmatrix}$", "H"),
        ("ex4_chain", r"$\frac{dF}{dS} = \begin{pmatrix}A&&\\&\ddots&\\&&A\end{pmatrix} = I_M \otimes A$", "HH"),
        (
            "ex1",
            r"$\frac{dy}{dx} = \left(\frac{\partial y}{\partial x_1}, \ldots, \frac{\partial y}{\partial x_N}\right)^\top$",
            "H",
        ),
    ],
    "function names": [
        ("ex2", r"$y = \operatorname{Sp}(AB) = \mathrm{Sp}(BA)$", "HH"),
        ("ex2", r"$y = \mathbf{tr}(AB)$", "H"),
        ("ex2", r"$y = \mathrm{Trace}(AB) = \text{Tr}(BA)$", "HH"),
        ("ex1", r"$\operatorname{grad} y = 2x$", "H"),
        ("ex4_chain", r"$\mathbf{vec}(F) = (I_M \otimes A)\,\mathbf{vec}(S)$", "H"),
        ("ex2", r"$y = \mathsf{tr}(AB) = {\rm tr}(BA)$", "HH"),
    ],
    "gradient by the variable at hand": [
        ("ex2", r"$\nabla y = B^\top$", "H"),
        ("ex3", r"$\nabla y = Ac$", "H"),
        ("ex3", r"$\nabla y = x c^\top$", "H"),
        ("ex4_trace", r"$\nabla J = -2A^\top(X-AS)$", "H"),
        ("ex1", r"$\nabla f = 2x$", "H"),
    ],
    "dress of a transposition": [
        ("ex2", r"$\frac{dy}{dA} = B^{\mathsf{T}}$", "H"),
        ("ex2", r"$\frac{dy}{dA} = B^\text{T}$", "H"),
        ("ex2", r"$\frac{dy}{dA} = B^\mathrm{T}$", "H"),
        ("ex2", r"$\frac{dy}{dA} = {\bf B}^T$", "H"),
        ("ex4_trace", r"$\nabla_A J = 2\mathbf{ASS}^T - 2\mathbf{XS}^T$", "H"),
        ("ex2", r"$\frac{dy}{dA} = B^{\mathsf T} = \mathbf{B}^{\top}$", "HH"),
        ("ex1", r"$f^\prime(x) = 2x$", "H"),
        ("ex1", r"$y^{\prime} = 2x$", "H"),
    ],
    "fractions with a differential below": [
        ("ex1", r"$\frac{d\|x\|^2}{dx} = 2x$", "H"),
        ("ex2", r"$\frac{tr(AB)}{dA} = B^T$", "H"),
        ("ex1", r"$\frac{\partial\|x\|^2}{\partial x} = 2x$", "H"),
        ("ex4_trace", r"$\frac{d\|X-AS\|_F^2}{dS} = -2A^T(X-AS)$", "H"),
        ("ex1", r"$\frac{x^Tx}{dx} = 2x$", "H"),
    ],
    "programming words": [
        ("linear", r"$\mathrm{gradW} = (x.T @ g)$", "H"),
        ("linear", r"$\mathrm{gradInput} = (g @ W.T)$", "H"),
        ("linear", r"$\mathrm{gradB} = (g.sum(0))$", "H"),
        ("linear", r"$\mathrm{gradB} = (np.sum(g, axis=0))$", "H"),
        ("ex2", r"$y = \text{trace}(A @ B)$", "H"),
        ("ex4_trace", r"$J = \text{sum}((X - A@S)**2)$", "H"),
        ("ex2", r"$(A@B)[i,i] = \sum_j A[i,j]*B[j,i]$", "H"),
        ("softmax", r"$\text{gradInput} = (y .* (g - g^T y))$", "H"),
    ],
    "sizes in other letters": [
        ("ex1", r"$y = \sum_{i=1}^n x_i^2$", "H"),
        ("ex2", r"$y = \sum_{i=1}^n \sum_{j=1}^n a_{ij} b_{ji}$", "H"),
        ("ex4_trace", r"$J = \sum_{i=1}^n \sum_{j=1}^m (X_{ij} - F_{ij})^2$", "H"),
        ("softmax", r"$y_i = \frac{e^{x_i}}{\sum_{j=1}^K e^{x_j}}$", "H"),
        ("ex1", r"$y = x_1^2 + \dots + x_n^2$, $\frac{dy}{dx} = (2x_1, \dots, 2x_n)^\top$", "HH"),
    ],
    "numeric examples": [
        ("ex1", r"For example with $x = (1,2)^\top$: $y = 5$, $\nabla y = (2,4)^\top$", "..."),
        ("ex1", r"For $x = \begin{pmatrix}1\\2\end{pmatrix}$ we get $y = 5$", ".."),
        ("ex1", r"Let $x = (1, 2, 3)^T$. Then $y = 1 + 4 + 9 = 14$", "..."),
        ("ex2", r"Take $A = \begin{pmatrix}1&2\\3&4\end{pmatrix}$ and $B = \begin{pmatrix}1&0\\0&1\end{pmatrix}$: $y = 5$", "..."),
        ("ex1", r"Example: $x = (3, 4)$, $y = 25$", ".."),
    ],
}
WRONG = {
    "repeated indices": [
        ("ex1", "$y = 2 x_i x_i$"),
        ("ex4_trace", "$F_{ij} = A_{ik}S_{jk}$"),
        ("ex3", r"$\frac{\partial y}{\partial x_k} = A_{jk} c_j$"),
        ("ex2", "$y = A_{ij}B_{ij}$"),
        ("ex1", r"$\frac{\partial y}{\partial x_i} = x_i x_i$"),
        ("ex3", r"$y = \sum_{i} x_i A_{ij} c_j$"),
        ("ex3", r"$y = \sum_{ij} x_i A_{ij} c_j$, $\frac{\partial y}{\partial x_k} = A_{kj} c_j$"),
        ("ex1", "$y = x_i x_i x_i$"),
        ("ex1", "$y = x_i$"),
        ("ex1", "$y = x_i^2$"),
    ],
    "upper indices": [
        ("ex1", "$y = 2x^i x_i$"),
        ("ex1", r"$\frac{\partial x_i}{\partial x_j} = 2\delta^i_j$"),
        ("ex2", "$y = A^i_j B^i_j$"),
        ("ex3", "$(Ac)^i = A^j_i c^j$"),
    ],
    "sum without an index": [
        ("ex1", r"$y = 2\sum x_i^2$"),
        ("ex3", r"$y = \sum A_{ij} c_j$"),
        ("ex2", r"$y = \sum A_{ij}B_{ij}$"),
        ("ex1", r"$y = \sum x_i$"),
    ],
    "sum over several terms": [
        ("ex4_trace", r"$J = \sum_{ij} X_{ij}^2 - X_{ij}F_{ij} + F_{ij}^2$"),
        ("ex4_trace", r"$J = \sum_{ij} X_{ij}^2 + 2X_{ij}F_{ij} + F_{ij}^2$"),
        ("ex4_trace", r"$J = \sum_{ij} X_{ij}^2 - F_{ij}^2$"),
    ],
    "sigma squared": [
        ("batch_norm", r"$\sigma^2 = \frac1N\sum_i (x_i-\mu)$"),
        ("batch_norm", r"$\sigma = \frac1N\sum_i (x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\varepsilon}}$"),
        ("batch_norm", r"$\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma+\varepsilon}}$"),
        ("batch_norm", r"$\sigma^2 = \frac2N\sum_i (x_i-\mu)^2$"),
        ("batch_norm", r"$\frac{\partial \sigma^2}{\partial x_i} = \frac{1}{N}(x_i - \mu)$"),
        ("batch_norm", r"$y_i = \frac{x_i-\mu}{\sqrt{\sigma^4+\varepsilon}}$"),
    ],
    "entry of a product": [
        ("ex2", r"$tr(AB) = \sum_i AB_{ij}$"),
        ("ex2", r"$AB_{ij} = \sum_k A_{ik}B_{jk}$"),
        ("ex4_trace", r"$J = \sum_{ij} (X_{ij} + AS_{ij})^2$"),
        ("ex3", r"$\frac{\partial y}{\partial x_i} = 2Ac_i$"),
    ],
    "entry of a transposed matrix": [
        ("ex2", "$A_{pq} = A_{pq}^T$"),
        ("ex2", r"$\frac{\partial y}{\partial A_{pq}} = B_{qp}^T$"),
        ("ex4_trace", r"$A_{ki}^\top = A_{ki}$"),
    ],
    "gradient of everything behind": [
        ("ex1", r"$\nabla_x x^\top x = x$"),
        ("ex3", r"$\nabla_A x^\top Ac = cx^\top$"),
        ("ex3", r"$\nabla_x x^\top A c = A^\top c$"),
        ("ex1", r"$\partial_x x^\top x = x$"),
    ],
    "held fixed": [
        ("ex1", "$dx = 0$"),
        ("ex1", r"$dy = (2x)^\top dc$"),
        ("ex2", r"$tr(dA\,B) + tr(A\,dB) = tr(A\,dA)$ since $dB = 0$, $dy = 0$"),
        ("ex2", "$dy = 0$"),
        ("ex4_trace", "$dJ = 0$"),
        ("ex3", "$dA = 1$"),
    ],
    "inner products": [
        ("ex1", "$dy = (x, dx)$"),
        ("ex3", "$y = (Ax, c)$"),
        ("ex2", r"$y = \left<B,A\right>$"),
        ("ex1", r"$\frac{d<x,x>}{dx} = x$"),
    ],
    "differential in one variable": [
        ("ex2", r"$d_A y = tr(A\,dB)$"),
        ("ex2", r"$d_A y = tr(B\,dA) + tr(A\,dB)$"),
        ("ex4_trace", r"$d_S J = 2\operatorname{tr}((X-AS)^\top A\,dS)$"),
        ("ex3", r"$d_x y = (A^\top c)^\top dx$"),
    ],
    "variations": [
        ("ex1", r"$\mathrm{d}f(x)[h] = x^\top h$"),
        ("ex4_trace", r"$\delta J = 2\operatorname{tr}((X-AS)^\top A\,\delta S)$"),
        ("ex4_chain", r"$\delta F = \delta S\, A$"),
        ("ex1", r"$dy = 2(\partial y/\partial x)\, dx$"),
    ],
    "gradients as rows": [
        ("ex4_chain", r"$\frac{\partial J}{\partial S} = \frac{\partial J}{\partial F}A$"),
        (
            "ex4_chain",
            r"$\frac{\partial J}{\partial F} = -2(X-F)^\top$, $\frac{\partial J}{\partial S} = 2\frac{\partial J}{\partial F}A$",
        ),
        (
            "ex4_chain",
            r"$\frac{\partial J}{\partial F} = -2(X-F)^\top$, $\frac{\partial J}{\partial A} = \frac{\partial J}{\partial F}S$",
        ),
    ],
    "letters below": [
        ("ex4_chain", r"Let $R_F = X - F$, then $J = 2\|R_F\|_F^2$"),
        ("ex4_chain", r"Let $R_F = X - F$, then $\frac{\partial J}{\partial F} = 2R_F$"),
        ("ex4_trace", r"$R_A = X - AS$, $\nabla_A J = -2R_A S$"),
    ],
    "partial with an index": [
        ("ex1", r"$\partial_{x_k} y = x_k$"),
        ("ex2", r"$\partial_A y = B$"),
        ("ex2", r"$\partial_{A_{pq}} y = B_{pq}$"),
    ],
    "iverson brackets": [
        ("ex1", r"$\frac{\partial x_i}{\partial x_k} = 2[i=k]$"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = y_i([i=k] + y_k)$"),
        ("ex1", r"$\frac{\partial x_i}{\partial x_k} = 1_{i\ne k}$"),
    ],
    "indices with a comma": [
        ("ex2", "$A_{1,2} = A_{2,1}$"),
        ("ex2", r"$\frac{\partial y}{\partial A_{1,2}} = B_{1,2}$"),
        ("ex2", "$A_{1,2} = (A^T)_{1,2}$"),
    ],
    "dots": [
        ("ex1", r"$(2x_1,\dots,2x_N)^\top = x$"),
        ("ex1", r"$(2x_1,\dots,x_N)^\top = 2x$"),
        ("ex1", r"$\nabla y = (2x_1,x_2,\dots,2x_N)^T$"),
        ("ex1", r"$\frac{dy}{dx} = \begin{pmatrix}2x_1\\ \vdots\\ 3x_N\end{pmatrix}$"),
        ("ex4_chain", r"$\frac{dF}{dS} = \begin{pmatrix}A&&0\\&\ddots&\\0&&B\end{pmatrix}$"),
        ("ex1", r"$(2x_1,\dots,2x_N)^\top = 2x^\top$"),
        ("ex1", "$y = x_1 + ... + x_N$"),
        ("ex1", r"$\frac{dy}{dx_i} = 0 + ... + x_i + ... + 0$"),
        ("ex4_chain", r"$\frac{dF}{dS} = \begin{pmatrix}S&&0\\&\ddots&\\0&&S\end{pmatrix}$"),
        (
            "ex3",
            r"$\frac{dy}{dA} = \begin{pmatrix} x_1c_1 & \cdots & x_Nc_1 \\ \vdots & \ddots & \vdots \\ x_1c_N & \cdots & x_Nc_N\end{pmatrix}$",
        ),
    ],
    "function names": [
        ("ex2", r"$y = 2\operatorname{Sp}(AB)$"),
        ("ex2", r"$y = \mathbf{tr}(AB^T)$"),
        ("ex1", r"$\operatorname{grad} y = x$"),
    ],
    "gradient by the variable at hand": [
        ("ex2", r"$\nabla y = B$"),
        ("ex3", r"$\nabla y = A^\top c$"),
        ("ex3", r"$\nabla y = c x^\top$"),
    ],
    "dress of a transposition": [
        ("ex4_trace", r"$\nabla_A J = 2\mathbf{ASS}^T + 2\mathbf{XS}^T$"),
        ("ex2", r"$\frac{dy}{dA} = A^{\mathsf{T}}$"),
        ("ex1", r"$f^\prime(x) = x$"),
    ],
    "fractions with a differential below": [
        ("ex1", r"$\frac{d\|x\|^2}{dx} = x$"),
        ("ex2", r"$\frac{tr(AB)}{dA} = B$"),
        ("ex1", r"$\frac{x^Tx}{dx} = x$"),
    ],
    "programming words": [
        ("linear", r"$\mathrm{gradW} = (g.T @ x)$"),
        ("linear", r"$\mathrm{gradInput} = (g @ W)$"),
        ("linear", r"$\mathrm{gradB} = (g.sum(1))$"),
        ("ex4_trace", r"$J = \text{sum}((X + A@S)**2)$"),
        ("ex4_trace", r"$J = \text{sum}((X - S@A)**2)$"),
    ],
    "sizes in other letters": [
        ("ex4_trace", r"$J = \sum_{i=1}^n \sum_{j=1}^n (X_{ij} - F_{ij})^2$"),
        ("ex1", r"$y = \sum_{i=2}^n x_i^2$"),
        ("ex1", r"$y = x_1 + \dots + x_n$"),
    ],
    "numeric examples": [
        ("ex1", r"For example with $x = (1,2)^\top$: $y = 6$"),
        ("ex1", r"With $x = (1,2)^\top$ we have $\nabla y = (2,3)^\top$"),
        (
            "ex2",
            r"Take $A = \begin{pmatrix}1&2\\3&4\end{pmatrix}$ and $B = \begin{pmatrix}1&0\\0&1\end{pmatrix}$: $y = 6$",
        ),
        ("ex1", "$y = 5$"),
    ],
}
assert RIGHT.keys() == WRONG.keys()


def letters_of(exercise: str, text: str) -> str:
    """The verdicts of all steps, a letter each."""
    report = read_writeup(text, EXERCISES[f"writeup_{exercise}"])
    assert not any("failed" in note for note in report.notes), report.notes
    return "".join(LETTERS[step.verdict] for step in report.steps)


def fits(found: str, expected: str) -> bool:
    """Whether verdicts are as expected."""
    allowed = {"*": "HLU1", "+": "HL", ".": "HU"}
    return len(found) == len(expected) and all(one in allowed.get(other, other) for one, other in zip(found, expected))


@pytest.mark.parametrize(("exercise", "text", "expected"), cases(RIGHT))
def test_a_right_step_in_a_convention_holds(exercise: str, text: str, expected: str) -> None:
    found = letters_of(exercise, text)
    assert fits(found, expected), found


@pytest.mark.parametrize(("exercise", "text"), cases(WRONG))
def test_a_wrong_step_in_a_convention_does_not_hold(exercise: str, text: str) -> None:
    found = letters_of(exercise, text)
    assert found, "nothing was read"
    assert found[-1] != "H", found
