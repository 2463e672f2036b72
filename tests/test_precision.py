"""Right steps in notations that strangers write are never called false, and no wrong step holds by them."""

from collections.abc import Mapping, Sequence

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import FILE, read_exercises
from tests.conftest import ASSIGNMENTS, ROOT
from tests.strangers import Stranger, strangers

EXERCISES = {}
for assignment in ASSIGNMENTS:
    EXERCISES |= read_exercises(ROOT / "source" / assignment.identifier / FILE)
LETTERS = {"holds": "H", "first order": "1", "other layout": "L", "false": "F", "not understood": "U", "stated": "D"}
DOTTED = r"\begin{pmatrix} %s & \cdots & %s\\ \vdots & \ddots & \vdots\\ %s & \cdots & %s\end{pmatrix}"
SIZES = r"$X$: $n\times m$, $A$: $n\times k$, $S$: $k\times m$. "
ROWS = "All vectors are rows. "
SUMMED = "Repeated indices are summed. "
NORMED = (
    r"$z_i = x_i-\mu$, $P_{ij} \equiv \delta_{ij} - 1_i1_j/N$, $\sigma = z_iz_i/N$, $s = (\sigma+\epsilon)^{1/2}$, $y_i = z_i/s$. "
)

# By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
RIGHT = {
    "dots in matrices": [
        ("ex1", r"$x^T x = \begin{pmatrix} x_1 & \cdots & x_n\end{pmatrix}\begin{pmatrix} x_1\\ \vdots\\ x_n\end{pmatrix} = x_1^2 + \ldots + x_n^2$", "HH"),
        ("ex3", r"$Ac = \begin{pmatrix} a_{11}c_1 + \ldots + a_{1n}c_n\\ \vdots\\ a_{n1}c_1 + \ldots + a_{nn}c_n\end{pmatrix}$", "H"),
        ("softmax", r"$\operatorname{diag}(y) - yy^T = \begin{pmatrix} y_1(1-y_1) & \cdots & -y_1y_n\\ \vdots & \ddots & \vdots\\ -y_ny_1 & \cdots & y_n(1-y_n)\end{pmatrix}$", "~"),
        ("softmax", r"$\operatorname{diag}(y) - yy^T = \begin{pmatrix} y_1-y_1^2 & -y_1y_2 & \cdots & -y_1y_n\\ -y_2y_1 & y_2-y_2^2 & \cdots & -y_2y_n\\ \cdots & \cdots & \cdots & \cdots\\ -y_ny_1 & -y_ny_2 & \cdots & y_n-y_n^2\end{pmatrix}$", "H"),
        ("ex4_chain", r"$\operatorname{vec}(S) = (s_{11}, \ldots, s_{k1}, s_{12}, \ldots, s_{k2}, \ldots, s_{1m}, \ldots, s_{km})^T$", "~"),
        ("ex2", r"$A = " + DOTTED % ("a_{11}", "a_{1n}", "a_{n1}", "a_{nn}") + "$", "H"),
        ("linear", r"$W = \begin{pmatrix} W_{11} & W_{12} & \cdots & W_{nm}\end{pmatrix}$", "~"),
        ("ex1", r"$\frac{dy}{dx} = (2x_1, \ldots, 2x_n)^T = 2x$", "HH"),
    ],
    "dots in sums": [
        ("ex2", r"$A\in\mathbb R^{n\times n}$. $(AB)_{n,n} = a_{n,1}b_{1,n} + a_{n,2}b_{2,n} + \dots + a_{n,n}b_{n,n}$", "H"),
        ("linear", r"$y_{ij} = x_{i0}w_{0j} + x_{i1}w_{1j} + \dots + x_{ik}w_{kj} + b_j$", "~"),
        ("ex3", r"$(Ac)_i = a_{i0}c_0 + a_{i1}c_1 + \dots + a_{in}c_n$", "~"),
        ("ex1", r"$y = x_0^2 + x_1^2 + \dots + x_n^2$", "~"),
        ("ex3", r"$\frac{\partial y}{\partial x_i} = a_{i,1}c_1 + \ldots + a_{i,n}c_n$", "H"),
        ("ex1", r"$x \in \mathbb R^n$, $\frac{\partial y}{\partial x_n} = 2x_n$", "H"),
    ],
    "the reach of a sum": [
        ("softmax", r"For $j \ne i$: $\frac{\partial y_i}{\partial x_j} = \frac{\sum_j e^{x_j}\cdot 0 - e^{x_i}e^{x_j}}{(\sum_j e^{x_j})^2} = -y_iy_j$", "HH"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_i} = \frac{\sum_j e^{x_j} e^{x_i} - e^{x_i}e^{x_i}}{(\sum_j e^{x_j})^2}$", "H"),
        ("ex1", r"$\sum_i x_i^2 + x_i = y + x_i$", "H"),
        ("ex1", r"$\sum_i x_i^2 - x_i^2 = y - x_i^2$", "H"),
        ("ex3", r"$\sum_i x_i (Ac)_i + c_i = y + c_i$", "H"),
        ("ex1", r"$\sum_i x_i^2 - x_i = \sum_i (x_i^2 - x_i)$", "H"),
    ],
    "the trace of all behind it": [
        ("ex4_trace", r"$J = \operatorname{tr}(X-AS)^T(X-AS)$", "H"),
        ("ex4_trace", r"$J = tr (X-AS)^T(X-AS) = tr X^TX - 2tr X^TAS + tr S^TA^TAS$", "HH"),
        ("ex4_trace", r"$J = \operatorname{tr}[X-AS]^\top[X-AS]$", "H"),
        ("ex2", r"$y = \operatorname{tr}(A)^{\top\top}B$", "~"),
        ("ex2", r"$y = \operatorname{tr}(A^T)^T B$", "H"),
        ("ex4_trace", r"$J = \operatorname{tr}(X-F)^T(X-F) = \operatorname{tr}(X-F)(X-F)^T$", "HH"),
    ],
    "a derivative by what stands below": [
        ("ex1", "$y'_{x_k} = 2x_k$", "H"),
        ("ex2", "$y'_{a_{ij}} = b_{ji}$", "H"),
        ("ex3", "$y'_x = Ac$, $y'_A = xc^T$", "HH"),
        ("ex4_trace", "$J'_{s_{kl}} = -2\\sum_i a_{ik}(X-AS)_{il}$", "H"),
        ("ex1", "$y'_x = 2x$", "H"),
        ("ex2", "$(AB)'_{ij} = (AB)_{ji}$", "H"),
    ],
    "a case in brackets": [
        ("ex4_chain", r"$\frac{\partial f_j}{\partial s_j} = A,\qquad \frac{\partial f_j}{\partial s_l} = 0 \quad (l\ne j).$", "HH"),
        ("ex1", r"$\frac{\partial x_i}{\partial x_k} = 0 \quad (i\ne k)$", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k\quad(i\neq k)$", "H"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kl}} = 0 \quad (j \ne l)$", "H"),
        ("ex4_chain", r"$\frac{\partial f_j}{\partial s_l} = 0$ ($l\ne j$)", "~"),
    ],
    "an array for its component": [
        ("ex2", SUMMED + r"$\frac{\partial}{\partial A}\operatorname{tr}(A) = \frac{\partial A_{ii}}{\partial A_{kl}} = \delta_{ik}\delta_{il} = \delta_{kl} = I$", "~~~~"),
        ("ex2", SUMMED + r"$\frac{\partial}{\partial A}\operatorname{tr}(AB) = \frac{\partial (A_{ij}B_{ji})}{\partial A_{kl}} = B_{lk} = (B^T)_{kl} = B^T$", "HHHH"),
        ("ex2", SUMMED + "$(B^T)_{kl} = B^T$", "H"),
        ("ex3", SUMMED + r"$\frac{\partial y}{\partial A} = \frac{\partial (x_iA_{ij}c_j)}{\partial A_{kl}} = x_kc_l = xc^T$", "HHH"),
        ("ex1", SUMMED + r"$\frac{dy}{dx} = \frac{\partial (x_ix_i)}{\partial x_k} = 2x_k = 2x$", "HHH"),
    ],
    "a letter with another meaning": [
        ("batch_norm", r"$v = \frac1N\sum_i(x_i-\mu)^2$, $\sigma = \sqrt{v+\epsilon}$, $y_i = \frac{x_i-\mu}{\sigma}$", "~~H"),
        ("batch_norm", r"$v = \frac1N\sum_i(x_i-\mu)^2$, $\sigma = \sqrt{v+\epsilon}$, $\frac{\partial\sigma}{\partial x_i} = \frac{x_i-\mu}{N\sigma} = \frac{y_i}{N}$", "~~HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\varepsilon}$, $\hat x_j = (x_j-\mu)/s$", "~H"),
        ("batch_norm", r"$\sigma = \sqrt{\frac1N\sum_i(x_i-\mu)^2 + \varepsilon}$, $y = \frac{x-\mu}{\sigma}$", "~H"),
        ("batch_norm", r"$t = (\sigma^2+\epsilon)^{-1/2}$, $y_i = t(x_i-\mu)$", "~H"),
        ("batch_norm", r"$y_i = \frac{x_i-\mu}{\sigma}$, where $\sigma = \sqrt{\frac1N\sum_i(x_i-\mu)^2 + \varepsilon}$", "~~"),
        ("batch_norm", r"$\sigma = \sqrt{\sigma^2 + \varepsilon}$, $y_i = \frac{x_i-\mu}{\sigma}$", "~~"),
    ],
    "identities of several sizes": [
        ("ex4_chain", "Let $Z = AS - X$. $EZE + E^TZE^T = 2Z$", ".H"),
        ("ex4_chain", "$I A I = A$", "H"),
        ("ex4_chain", "$I A I S I = AS$", "H"),
        ("ex4_trace", "$J = \\operatorname{tr}((X-AS)^T I (X - I A I S))$", "H"),
        ("linear", "$I x I W = xW$", "H"),
    ],
    "rows": [
        ("softmax", ROWS + r"$\frac{\partial L}{\partial x} = g[\operatorname{diag}(y) - y^\top y]$", "H"),
        ("softmax", ROWS + r"$\nabla_x L = g\operatorname{diag}(y) - gy^\top y$", "H"),
        ("softmax", ROWS + r"$gradInput = y\odot(g - gy^\top)$", "H"),
        ("softmax", ROWS + r"$L = gy^\top$", "H"),
        ("softmax", ROWS + r"$\frac{\partial y}{\partial x} = \operatorname{diag}(y) - y^\top y$", "H"),
    ],
    "indices that are summed in silence": [
        ("linear", SUMMED + r"$\frac{\partial L}{\partial b_q} = g_{ij}\delta_{jq} = \sum_i g_{iq}$", "~~"),
        ("softmax", SUMMED + r"$g_i(y_i\delta_{ik} - y_iy_k) = y_k(g_k - g_iy_i)$", "~"),
        ("softmax", SUMMED + r"$g_iy_i\delta_{ik} = g_ky_k$", "~"),
        ("linear", SUMMED + r"$\frac{\partial L}{\partial W_{pq}} = g_{ij}x_{ik}\delta_{kp}\delta_{jq} = g_{iq}x_{ip}$", "HH"),
        ("linear", SUMMED + r"$\frac{\partial L}{\partial b_j} = g_{ij}$", "~"),
    ],
    "sizes of the text's own": [
        ("ex4_chain", SIZES + r"$J = \sum_{i=1}^n\sum_{j=1}^m(x_{ij}-f_{ij})^2$", "H"),
        ("ex4_chain", SIZES + r"$f_{ij} = \sum_{l=1}^k a_{il}s_{lj}$", "H"),
        ("ex4_chain", SIZES + r"$\frac{\partial F}{\partial S} = I_m\otimes A$", "H"),
        ("ex4_trace", r"$X\in\mathbb R^{n\times m}$, $A\in\mathbb R^{n\times k}$. $\frac{\partial J}{\partial a_{pq}} = -2\sum_{j=1}^m (X-AS)_{pj}s_{qj}$", "H"),
        ("ex3", r"$x\in\mathbb R^n$. $y = \sum_{i=1}^n x_i (Ac)_i$, $\frac{\partial y}{\partial x_k} = (Ac)_k$", "HH"),
        ("ex4_trace", r"$A\in\mathbb R^{n\times k}$. $J = \sum_{k,l}(X-AS)_{kl}^2$, $\frac{\partial J}{\partial F_{kl}} = -2(X_{kl}-F_{kl})$", "H."),
    ],
    "changes": [
        ("ex3", r"$y+\delta y = (x+\delta x)^\top(A+\delta A)c$", "~"),
        ("ex4_chain", r"$\|X-F-\delta F\|_F^2 = \|X-F\|_F^2-2\operatorname{tr}((X-F)^\top\delta F)$", "1"),
        ("ex1", r"$y + \Delta y = (x+\Delta x)^T(x+\Delta x)$", "~"),
        ("ex1", r"$\Delta y = 2x^T\Delta x + \Delta x^T\Delta x$", "~"),
        ("ex4_chain", r"$\delta F = A\,\delta S$", "H"),
    ],
    "rules with letters of the text's own": [
        ("ex4_trace", r"Formulas: $\frac{\partial \mathrm{Tr}(XB)}{\partial X} = B^T$, $\frac{\partial \mathrm{Tr}(XBX^T)}{\partial X} = XB^T + XB$. The second with $B = SS^T$.", "HH."),
        ("ex4_trace", r"With $B = SS^T$ from $\frac{\partial \mathrm{Tr}(AXB)}{\partial X} = A^T B^T$", "HH"),
        ("ex4_trace", r"Let $B = SS^T$. $\frac{\partial \mathrm{Tr}(X^T B X)}{\partial X} = BX + B^T X$", "HH"),
        ("ex4_chain", r"Let $C = A^TA$. $\frac{\partial \mathrm{Tr}(X^T C X)}{\partial X} = CX + C^TX$", "HH"),
        ("ex4_trace", r"Let $B = SS^T$. $\mathrm{Tr}(AXB) = \mathrm{Tr}(BAX)$", "HH"),
    ],
    "a step's letter used again": [
        ("ex4_chain", r"Pour $H\in\mathbb{R}^{N\times M}$, $\operatorname{vec}(AH) = (I_M\otimes A)\operatorname{vec}(H)$, $\langle\frac{\partial J}{\partial F},AH\rangle_F = \langle A^T\frac{\partial J}{\partial F},H\rangle_F$", "HH"),
        ("ex4_chain", r"$\|X-F-H\|_F^2 = \|X-F\|_F^2 - 2\langle X-F,H\rangle + o(\|H\|)$. $\langle-2(X-F),HS\rangle = \langle-2(X-F)S^\top,H\rangle$", "HH"),
        ("ex4_trace", r"$J(A+H) - J(A) = -2\langle X-AS, HS\rangle + o(\|H\|)$. $\langle X-AS, AH\rangle = \langle A^T(X-AS), H\rangle$", "HH"),
        ("ex4_trace", r"$J(S+H) - J(S) = -2\langle X-AS, AH\rangle + o(\|H\|)$. $\mathrm{tr}((X-AS)^THS) = \mathrm{tr}(S(X-AS)^TH)$", "HH"),
        ("ex3", r"$y(x+h) - y(x) = h^TAc$. $x^Thc = \langle xc^T, h\rangle$", "HH"),
    ],
    "a colon between brackets": [
        ("ex4_trace", r"$J = (X-AS):(X-AS) = \operatorname{tr}(X'X) - 2\operatorname{tr}(X'AS) + \operatorname{tr}(S'A'AS)$", "~~"),
        ("ex4_trace", "$$J = (X-AS):(X-AS)$$ $$= \\operatorname{tr}((X-AS)'(X-AS))$$", "~~"),
        ("ex4_chain", r"$J = (X-F):(X-F) = \|X-F\|^2$", "~~"),
        ("ex4_trace", r"$dJ = -2(X-AS):(dA\,S + A\,dS)$", "~"),
        ("ex4_trace", r"$dJ = -2(X-AS):(A\,dS) = -2A'(X-AS):(dS)$", "~~"),
        ("ex1", r"$y = x^Tx$: $(x+h)^T(x+h) = x^Tx + 2x^Th + h^Th$", "HH"),
    ],
    "a derivative by a vec": [
        ("ex4_chain", r"$\frac{\partial J}{\partial \operatorname{vec} S} = (I_M\otimes A)'\operatorname{vec}\frac{\partial J}{\partial F}$", "H"),
        ("ex4_chain", r"$\frac{\partial J}{\partial \operatorname{vec}(F)} = -2\operatorname{vec}(X-F)$, $\frac{\partial J}{\partial \operatorname{vec}(S)} = (I_M\otimes A)^T\frac{\partial J}{\partial \operatorname{vec}(F)}$", "HH"),
        ("ex4_chain", r"$\frac{\partial J}{\partial(\operatorname{vec} S)^T} = \frac{\partial J}{\partial(\operatorname{vec} F)^T}\frac{\partial \operatorname{vec} F}{\partial(\operatorname{vec} S)^T} = \frac{\partial J}{\partial(\operatorname{vec} F)^T}(I_M\otimes A)$", "HH"),
        ("ex4_trace", r"$\frac{\partial J}{\partial \operatorname{vec} S} = -2A^T(X-AS)$", "H"),
        ("ex2", r"$\frac{\partial y}{\partial\operatorname{vec}A} = \operatorname{vec}(B^T)$, $\nabla_{\operatorname{vec} A} y = \operatorname{vec}(B^T)$", "HH"),
        ("ex2", r"$\frac{\partial \operatorname{tr}(XC)}{\partial\operatorname{vec}X} = \operatorname{vec}(C^T)$", "~"),
    ],
    "a new name on the right side": [
        ("ex4_trace", r"$X - AS = E$, $J = \operatorname{tr}(E^TE)$, $\frac{\partial J}{\partial A} = -2ES^T$", ".HH"),
        ("ex4_chain", r"$X - F = E$, $J = \|E\|_F^2$, $\frac{\partial J}{\partial F} = -2E$", ".HH"),
        ("ex4_chain", r"$I_M\otimes A = E$, $\operatorname{vec}(F) = E\operatorname{vec}(S)$", ".H"),
        ("ex4_trace", r"$AS - X = E$, $\frac{\partial J}{\partial S} = 2A^TE$", ".H"),
        ("linear", r"$y - xW = E$, $E_{ij} = b_j$", ".H"),
    ],
    "braces of styles": [
        ("ex1", r"Let $f(\mathbf{x}) = \mathbf{x}^\top\mathbf{x}$. $\nabla f(\mathbf x) = 2\mathbf{x}$", "~H"),
        ("ex1", r"$f({\bf x}) = x^Tx$, $\nabla f({x}) = 2{x}$", "~H"),
        ("ex2", r"$f(\mathbf{A}) = \operatorname{tr}(\mathbf{A}\mathbf{B})$. $f(\mathbf{A}+\mathbf{H}) - f(\mathbf{A}) - f(\mathbf{H}) = 0$", "~~"),
        ("ex4_trace", r"$J(\mathbf A, \mathbf S) = \|\mathbf{X}-\mathbf{A}\mathbf{S}\|_F^2$, $J({A}, {S}) = \|X - AS\|_F^2$", "HH"),
        ("ex3", r"$\frac{\partial y}{\partial\boldsymbol{x}} = {\bf A}\,{\mathbf c}$, $\frac{\partial y}{\partial\mathbf{A}} = \boldsymbol{x}\boldsymbol{c}^{\mathbf T}$", "HH"),
    ],
    "derivatives in a direction": [
        ("ex1", r"$f(x) = x^Tx$. $D_hf(x) := \lim_{t\to 0}\frac{f(x+th)-f(x)}{t} = 2x^Th$", "~~H"),
        ("ex1", r"$f(x) = x^Tx$. For a direction $h\in\mathbb R^N$: $D_h f(x) = \langle\nabla f(x), h\rangle = 2x^Th$", "~~H"),
        ("ex3", r"For a direction $h\in\mathbb R^N$: $\partial_h y = h^TAc$", "~"),
        ("ex1", r"For a direction $h\in\mathbb R^N$: $\frac{\partial y}{\partial h} = 2x^Th$", "~"),
        ("ex1", r"$f(x) = x^Tx$. $f(x+h) - f(x) = 2x^Th + h^Th$. So $D_hf(x) = 2x^Th$", "~H~"),
    ],
    "own names in Einstein sums": [
        ("batch_norm", NORMED + r"$\partial_ks = \partial_k\sigma/(2s) = z_k/(Ns)$", "~~~~~~~"),
        ("batch_norm", NORMED + r"$\partial_k\sigma = 2z_k/N$", "~~~~~~"),
        ("batch_norm", NORMED + r"$\partial_ky_i = P_{ik}/s - z_i\,\partial_ks/s^2$", "~~~~~~"),
        ("batch_norm", NORMED + r"$\partial_ky_i = s^{-1}(P_{ik} - y_iy_k/N)$", "~~~~~~"),
        ("batch_norm", r"$s = \sqrt{\sigma+\varepsilon}$, $\partial_k s = \partial_k\sigma/(2s)$", "~~"),
    ],
    "sums that are written or not needed": [
        ("softmax", r"$\frac{\partial L}{\partial x_i} = \sum_j g_j\frac{\partial y_j}{\partial x_i}$", "H"),
        ("softmax", SUMMED + r"$\frac{\partial L}{\partial x_k} = g_i\frac{\partial y_i}{\partial x_k}$", "H"),
        ("ex1", r"$\frac{\partial y}{\partial x_i} = \frac{\partial y}{\partial x_i}\frac{\partial x_i}{\partial x_i}$", "~"),
        ("linear", r"$\frac{\partial L}{\partial b} = g^T\mathbf 1$", "~"),
        ("batch_norm", r"$\frac{dL}{dx_i} = \sum_k g_k\frac{dy_k}{dx_i}$", "H"),
    ],
}  # fmt: skip
WRONG = {
    "dots in matrices": [
        ("ex2", r"$\frac{\partial y}{\partial A} = " + DOTTED % ("b_{11}", "b_{1n}", "b_{n1}", "b_{nn}") + "$", "-"),
        ("ex1", r"$xx^T = \begin{pmatrix} x_1^2\\ \vdots\\ x_n^2\end{pmatrix}$", "F"),
        ("softmax", r"$\operatorname{diag}(y) - yy^T = \begin{pmatrix} y_1-y_1^2 & y_1y_2 & \cdots & y_1y_n\\ y_2y_1 & y_2-y_2^2 & \cdots & y_2y_n\\ \vdots & \vdots & \ddots & \vdots\\ y_ny_1 & y_ny_2 & \cdots & y_n-y_n^2\end{pmatrix}$", "-"),
        ("ex1", r"$\frac{dy}{dx} = (x_1, \ldots, x_n)^T$", "F"),
    ],
    "dots in sums": [
        ("ex1", r"$y = x_1 + x_2 + \dots + x_n$", "F"),
        ("ex3", r"$(Ac)_i = a_{1,i}c_1 + \ldots + a_{n,i}c_n$", "F"),
        ("ex2", r"$A\in\mathbb R^{n\times n}$. $(AB)_{n,n} = a_{1,n}b_{1,n} + a_{2,n}b_{2,n} + \dots + a_{n,n}b_{n,n}$", "F"),
    ],
    "the reach of a sum": [
        ("softmax", r"For $j \ne i$: $\frac{\partial y_i}{\partial x_j} = \frac{\sum_j e^{x_j}\cdot 0 + e^{x_i}e^{x_j}}{(\sum_j e^{x_j})^2}$", "-"),
        ("ex1", r"$\sum_i x_i^2 + x_i = y - x_i$", "-"),
        ("ex4_trace", r"$J = \sum_{i,j} X_{ij}^2 - 2X_{ij}F_{ij}$", "F"),
    ],
    "the trace of all behind it": [
        ("ex4_trace", r"$J = \operatorname{tr}(X-AS)^T(X+AS)$", "F"),
        ("ex4_trace", r"$J = tr (X-AS)^T(X-AS) = tr X^TX - tr X^TAS + tr S^TA^TAS$", "HF"),
        ("ex2", r"$y = \operatorname{tr}(A)^T B$", "F"),
    ],
    "a derivative by what stands below": [
        ("ex1", "$y'_{x_k} = x_k$", "F"),
        ("ex2", "$y'_{a_{ij}} = b_{ij}$", "F"),
        ("ex3", "$y'_x = A^Tc$", "F"),
    ],
    "a case in brackets": [
        ("ex4_chain", r"$\frac{\partial f_j}{\partial s_l} = A \quad (l\ne j)$", "F"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = y_iy_k\quad(i\neq k)$", "F"),
        ("ex4_chain", r"$\frac{\partial f_j}{\partial s_l} = 0$", "F"),
    ],
    "an array for its component": [
        ("ex2", SUMMED + "$B_{kl} = B^T$", "F"),
        ("ex2", SUMMED + r"$\frac{\partial y}{\partial A} = B_{kl}$", "F"),
        ("ex3", SUMMED + r"$\frac{\partial y}{\partial A} = x_lc_k$", "F"),
        ("ex3", SUMMED + r"$\frac{\partial y}{\partial x} = A_{ij}c_j = A^Tc$", "HF"),
        ("ex1", r"$y = \sum_i x_i^2$, $\frac{\partial y}{\partial x_k} = 2x$", "H-"),
    ],
    "a letter with another meaning": [
        ("batch_norm", r"$\sigma = \sum_i(x_i-\mu)^2$", "F"),
        ("batch_norm", r"$\sigma = \sqrt{\frac1N\sum_i(x_i-\mu)^2}$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma+\varepsilon}}$", "-."),
        ("batch_norm", r"$v = \frac1N\sum_i(x_i-\mu)^2$, $\sigma = \sqrt{v+\epsilon}$, $\frac{\partial\sigma}{\partial x_i} = \frac{2(x_i-\mu)}{N}$", "~~-"),
        ("batch_norm", r"$\mu = \sum_i x_i$", "F"),
    ],
    "identities of several sizes": [
        ("ex4_chain", "$I A I = S$", "-"),
        ("ex4_chain", "$I A I = 2A$", "F"),
        ("ex1", "$I x^T I x = x x^T$", "-"),
    ],
    "rows": [
        ("softmax", ROWS + r"$\frac{\partial L}{\partial x} = g[\operatorname{diag}(y) + y^\top y]$", "-"),
        ("softmax", ROWS + r"$gradInput = y\odot(g + gy^\top)$", "-"),
        ("softmax", r"$gradInput = g(\operatorname{diag}(y) - y^\top y)$", "-"),
    ],
    "indices that are summed in silence": [
        ("linear", SUMMED + r"$\frac{\partial L}{\partial b_q} = x_{ij}\delta_{jq}$", "-"),
        ("softmax", SUMMED + r"$g_i(y_i\delta_{ik} - y_iy_k) = g_k(y_k - g_iy_i)$", "-"),
        ("linear", r"$L = \sum_{ij} g_{ij}y_{ij}$, $\frac{\partial L}{\partial b_q} = g_{iq}$", "H-"),
    ],
    "sizes of the text's own": [
        ("linear", r"$x\in\mathbb R^{B\times D}$, $W\in\mathbb R^{D\times K}$. $\frac{\partial L}{\partial b_k} = \sum_{i=1}^D g_{ik}$", "-"),
        ("ex4_chain", SIZES + r"$J = \sum_{i=1}^n\sum_{j=1}^k(x_{ij}-f_{ij})^2$", "F"),
        ("ex4_chain", SIZES + r"$f_{ij} = \sum_{l=1}^m a_{il}s_{lj}$", "F"),
        ("ex4_chain", SIZES + r"$\frac{\partial F}{\partial S} = I_k\otimes A$", "F"),
        ("ex4_trace", SIZES + r"$\frac{\partial J}{\partial a_{pq}} = \sum_{j=1}^m -2(X-AS)_{pj}s_{qj} = -2\sum_{j=1}^n (X-AS)_{pj}s_{qj}$", "HF"),
    ],
    "a Jacobian that is not diagonal": [
        ("softmax", r"$\frac{\partial L}{\partial y}\frac{\partial y}{\partial x_i} = \frac{\partial L}{\partial y_i}y_i(1-y_i)$", "-"),
        ("softmax", r"$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial y_i}y_i(1-y_i)$", "F"),
        ("softmax", r"$\frac{\partial L}{\partial x} = g\odot y\odot(1-y)$", "F"),
    ],
    "changes": [
        ("ex1", r"$y + \Delta y = (x+\Delta x)^T x$", "-"),
        ("ex4_chain", r"$\|X-F-\delta F\|_F^2 = \|X-F\|_F^2-\operatorname{tr}((X-F)^\top\delta F)$", "-"),
        ("ex3", r"$y+\delta y = (x-\delta x)^\top(A+\delta A)c$", "-"),
    ],
    "rules with letters of the text's own": [
        ("ex4_trace", r"Let $B = SS^T$. $\frac{\partial \mathrm{Tr}(XBX^T)}{\partial X} = XB^T - XB$", "HF"),
        ("ex4_trace", r"Let $B = SS^T$. $\frac{\partial \mathrm{Tr}(XB)}{\partial X} = B$", "HF"),
        ("ex4_trace", r"Let $D = X - AS$. $\mathrm{Tr}(DS) = \mathrm{Tr}(SD)$. $\frac{\partial \mathrm{Tr}(ASD)}{\partial A} = D^TS^T$", "HFF"),
        ("ex4_trace", r"$\mathrm{Tr}(AS) = \mathrm{Tr}(SA)$", "F"),
    ],
    "a step's letter used again": [
        ("ex4_chain", r"$\|X-F-H\|_F^2 = \|X-F\|_F^2 - 2\langle X-F,H\rangle + o(\|H\|)$. $\langle-2(X-F),HS\rangle = \langle-2S^\top(X-F),H\rangle$", "HF"),
        ("ex4_chain", r"$\|X-F-H\|_F^2 = \|X-F\|_F^2 - 2\langle X-F,H\rangle + o(\|H\|)$. $\mathrm{vec}(AH) = (A\otimes I_M)\mathrm{vec}(H)$", "HF"),
        ("ex4_trace", r"$J(A+H) - J(A) = -2\langle X-AS, AH\rangle + o(\|H\|)$", "F"),
        ("ex4_trace", r"$J(A+H) - J(A) = -2\langle X-AS, HS\rangle + o(\|H\|)$. $\langle X-AS, AH\rangle = \langle A(X-AS), H\rangle$", "HF"),
    ],
    "a colon between brackets": [
        ("ex4_trace", r"$J = (X-AS):(X-AS) = \operatorname{tr}(X'X) - \operatorname{tr}(X'AS)$", ".F"),
        ("ex4_trace", r"$J = (X-AS):(X-AS) = \operatorname{tr}((X-AS)'(X-AS)) = \operatorname{tr}(X'X) - \operatorname{tr}(S'A'AS)$", "..F"),
        ("ex4_chain", r"$dJ = 2(X-F):(dF)$, $\frac{\partial J}{\partial F} = 2(X-F)$", "-F"),
    ],
    "a derivative by a vec": [
        ("ex4_chain", r"$\frac{\partial J}{\partial \operatorname{vec}S} = (A\otimes I_M)^T\operatorname{vec}\frac{\partial J}{\partial F}$", "F"),
        ("ex4_chain", r"$\frac{\partial J}{\partial \operatorname{vec}S} = 2\operatorname{vec}(A^T(X-F))$, $\frac{\partial J}{\partial \operatorname{vec}A} = -2\operatorname{vec}(S(X-F)^T)$", "FF"),
        ("ex2", r"$\frac{\partial y}{\partial\operatorname{vec}A} = \operatorname{vec}(B)$", "F"),
    ],
    "a new name on the right side": [
        ("ex4_trace", r"$AS - X = E$, $\frac{\partial J}{\partial A} = -2ES^T$", ".F"),
        ("ex4_chain", r"$\frac{\partial F}{\partial S} = E$", "F"),
        ("ex2", "$AB = E$", "F"),
        ("ex4_trace", "$X - AS = I$", "F"),
    ],
    "braces of styles": [
        ("ex1", r"Let $f(\mathbf{x}) = \mathbf{x}^\top\mathbf{x}$. $\nabla f(\mathbf x) = \mathbf{x}$", ".F"),
        ("ex2", r"$f(\mathbf{A}) = \operatorname{tr}(\mathbf{A}\mathbf{B})$. $f(\mathbf{A}+\mathbf{H}) - f(\mathbf{A}) + f(\mathbf{H}) = 0$", ".-"),
        ("ex4_trace", r"$J(\mathbf A, \mathbf S) = \|\mathbf{X}+\mathbf{A}\mathbf{S}\|_F^2$", "F"),
    ],
    "derivatives in a direction": [
        ("ex1", r"$f(x) = x^Tx$. $f(x+h) - f(x) = 2x^Th + h^Th$. So $D_hf(x) = x^Th$", ".H-"),
        ("ex1", r"$f(x) = x^Tx$. For a direction $h\in\mathbb R^N$: $\frac{\partial f}{\partial h} = 0$", ".-"),
        ("ex3", r"For a direction $h\in\mathbb R^N$: $\partial_h y = h^TA^Tc$", "-"),
    ],
    "own names in Einstein sums": [
        ("batch_norm", NORMED + r"$\partial_ks = \partial_k\sigma/s$", ".....-"),
        ("batch_norm", NORMED + r"$\partial_k\sigma = z_k/N$", ".....-"),
        ("batch_norm", NORMED + r"$\partial_ky_i = s^{-1}(P_{ik} - 2y_iy_k/N)$", ".....-"),
    ],
    "sums that are missing": [
        ("softmax", r"$\frac{\partial y_i}{\partial x_i} = y_i(1-y_i)$, $\frac{\partial L}{\partial x_i} = g_i\frac{\partial y_i}{\partial x_i}$", "H-"),
        ("batch_norm", r"$y_i = \frac{x_i-\mu}{\sqrt{\sigma+\varepsilon}}$, $\frac{dL}{dx_i} = g_i\cdot\frac{dy_i}{dx_i}$", "H-"),
        ("linear", r"$y_{ij} = \sum_k x_{ik}W_{kj} + b_j$, $\frac{\partial L}{\partial b} = g\cdot 1$", "H-"),
    ],
}  # fmt: skip


def judged(exercise: str, text: str) -> str:
    return "".join(LETTERS[step.verdict] for step in read_writeup(text, EXERCISES[f"writeup_{exercise}"]).steps)


def fits(found: str, wanted: str) -> bool:
    admitted = {"~": found.replace("F", ""), "-": found.replace("H", ""), ".": found}
    return len(found) == len(wanted) and all(one in admitted.get(other, other) for one, other in zip(found, wanted))


def cases(table: Mapping[str, Sequence[tuple[str, ...]]]) -> list[pytest.param]:
    """The rows of a table, each by its kind and its place there."""
    return [pytest.param(*each, id=f"{kind} {place}") for kind, found in table.items() for place, each in enumerate(found)]


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(RIGHT))
def test_right_steps_are_not_false(exercise: str, text: str, wanted: str) -> None:
    assert fits(judged(exercise, text), wanted), judged(exercise, text)


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(WRONG))
def test_wrong_steps_do_not_hold(exercise: str, text: str, wanted: str) -> None:
    assert fits(judged(exercise, text), wanted), judged(exercise, text)


@pytest.mark.parametrize("stranger", strangers(), ids=lambda stranger: stranger.name)
def test_no_step_of_a_stranger_is_judged_against_a_person(stranger: Stranger) -> None:
    """What a person finds wrong never holds, and what is called false is wrong for a person, too, or nobody knows."""
    found = judged(stranger.exercise.removeprefix("writeup_"), stranger.text)
    assert len(found) == len(stranger.judged)
    for person, verdict in zip(stranger.judged, found):
        assert (person, verdict) != ("F", "H")
        assert verdict != "F" or person in "F?"
