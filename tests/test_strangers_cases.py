r"""Special cases inside of a text: all arrays numbers, components as letters, a matrix that is a row, one set equal to another.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "all arrays are numbers, in small letters": [
        ("ex2", r"$y = \operatorname{tr}(AB)$. Check for $1\times1$: $y = ab$, $\frac{dy}{da} = b$, $\frac{dy}{db} = a$, $\frac{dy}{da} = -b$.", "HHHHF"),
        ("ex2", r"Im Skalarfall ist $y = ab$, $\frac{dy}{da} = b$; allgemein $\frac{dy}{dA} = B^T$, $\frac{dy}{dA} = B$.", "HHHL"),
        ("ex2", r"Если все матрицы - числа, то $y = ab$ и $\frac{dy}{da} = a$.", "HF"),
        ("ex3", "Vérif. tout scalaire, $y = xac$ :\n\n" r"$$\frac{dy}{dx} = ac, \quad \frac{dy}{da} = xc, \quad \frac{dy}{dc} = ax, \quad \frac{dy}{da} = x$$", "HHHHF"),
        ("ex3", r"Si todo es escalar, $y = xac$, $\frac{\partial y}{\partial a} = xc$, $\frac{\partial y}{\partial a} = 2xc$.", "HHF"),
        ("ex4_chain", r"Sanity check, everything $1\times1$: then $J = (x-as)^2$ and $\frac{dJ}{ds} = -2a(x-as)$.", "HH"),
        ("ex4_chain", r"Sanity check, everything $1\times1$: then $J = (x-as)^2$ and $\frac{dJ}{ds} = 2a(x-as)$, $\frac{dJ}{da} = -2(x-as)$.", "HFF"),
        ("ex4_trace", r"Zum Vergleich Skalarfall alles $1\times 1$: $J = (x-as)^2$, $\frac{dJ}{ds} = -2a(x-as)$, $\frac{dJ}{da} = -2s(x-as)$.", "HHH"),
        ("ex4_trace", r"With $n = m = k = 1$ we have $J = (x-as)^2$, $\frac{dJ}{da} = -2a(x-as)$.", "DDDHF"),
        ("ex4_chain", "In the scalar case $J = (x-as)^2$ and $dJ/ds = -2a(x-as)$.\n\n" r"In general $\frac{dJ}{dS} = -2A^T(X-AS)$, $\frac{dJ}{dS} = -2A(X-AS)$.", "HHHF"),
        ("ex2", "In the scalar case $y = ab$.\n\n" r"Let $a = Ax$ be a column, $y = ab$.", "H~-"),
        ("ex2", r"The trace is a scalar, so $y = ab$.", "-"),
        ("ex2", r"$y = ab$", "-"),
        ("ex2", r"$J$ is a number, $\frac{\partial y}{\partial a_{ij}} = b_{ji}$, $\frac{\partial y}{\partial a_{ij}} = b_{ij}$", "HF"),
    ],
    "components as letters": [
        ("ex1", r"Let $x = (a, b)^T$. Then $y = x^Tx = \begin{pmatrix} a & b\end{pmatrix}\begin{pmatrix} a\\ b\end{pmatrix} = a^2+b^2$.", ".HHH"),
        ("ex1", r"Let $x = (a, b)^T$. $\frac{\partial y}{\partial a} = 2a$, $\frac{\partial y}{\partial b} = 2b$, $\begin{pmatrix} 2a\\ 2b\end{pmatrix} = 2x$.", ".HHH"),
        ("ex1", r"Let $x = (a, b)^T$. $y = a^2-b^2$, $\frac{\partial y}{\partial a} = a$, $\frac{\partial y}{\partial b} = 2a$, $\begin{pmatrix} 2b\\ 2a\end{pmatrix} = 2x$.", ".FFFF"),
        ("ex1", r"$n=3$, $x = \begin{pmatrix} a\\ b\\ c\end{pmatrix}$, $y = a^2+b^2+c^2$, $y = a^2+b^2$, $\frac{dy}{dx} = \begin{pmatrix} 2a\\ 2b\\ 2c\end{pmatrix} = 2x$", "..HFHH"),
        ("ex3", r"$x = (p, q)^T$, $\frac{\partial y}{\partial p} = a_{11}c_1 + a_{12}c_2$, $\frac{\partial y}{\partial p} = a_{11}c_1 + a_{21}c_2$", ".HF"),
        ("ex3", r"$x = (p, q)^T$, $c = (r, s)^T$, $xc^T = \begin{pmatrix} pr & ps\\ qr & qs\end{pmatrix}$, $xc^T = \begin{pmatrix} pr & qr\\ ps & qs\end{pmatrix}$", "..H-"),
        ("ex3", r"$x = (p, q)^T$, $x^TAc = p(Ac)_1 + q(Ac)_2$, $x^TAc = p(Ac)_2 + q(Ac)_1$. $\frac{dy}{dx} = Ac$, $\frac{dy}{dx} = A^Tc$", ".HFHF"),
        ("ex2", r"$A = \begin{pmatrix} p & q\\ r & s\end{pmatrix}$, $\frac{\partial y}{\partial q} = b_{21}$, $\frac{\partial y}{\partial q} = b_{12}$", ".HF"),
    ],
    "shapes in square brackets": [
        ("ex2", r"$$ dy = \operatorname{tr}(B\,dA) \qquad [\,(m\times n)\cdot(n\times m) = m\times m\,] ✓ $$", "HD"),
        ("ex2", r"$$ dy = \operatorname{tr}(B\,dA) \qquad [A\,B = B\,A] $$", "HF"),
        ("ex2", r"$$ dy = \operatorname{tr}(B\,dA) \quad [\frac{dy}{dA} = B^T] $$", "HH"),
    ],
    "a matrix that is another one": [
        ("ex2", r"If someone plugs in $A = B^T$ they get $y = \|B\|_F^2$.", ".H"),
        ("ex2", r"If $A = B^T$ then $y = \operatorname{tr}(B^TB)$. If $A = B^T$ then $y = 2\|B\|_F^2$.", ".H.-"),
        ("ex2", r"For $A = I$ we have $y = \operatorname{tr}(B)$. $y = \operatorname{tr}(B)$", ".HU"),
        ("ex3", r"If $c = x$, then $y = x^TAx$. If $c = x$, then $y = 2x^TAx$.", ".H.-"),
    ],
    "a row and a column": [
        ("ex2", r"$A\in\mathbb R^{n\times m}$, $B\in\mathbb R^{m\times n}$. For $n = 1$: $A = a^T$ is a row, $B = b$ a column, $y = a^Tb$, $\frac{\partial y}{\partial a_j} = b_j$, $b^T = B^T$.", "....HHH"[1:]),
        ("ex2", r"$A\in\mathbb R^{n\times m}$, $B\in\mathbb R^{m\times n}$. For $n = 1$: $A = a^T$ is a row, $B = b$ a column, $y = 2a^Tb$, $\frac{\partial y}{\partial a_j} = a_j$.", "...--"),
    ],
    "a product rule for two functions": [
        ("ex1", r"Let $u$ and $v$ be functions of $x$ with $(J_u)_{ij} := \frac{\partial u_i}{\partial x_j}$, the same for $v$. $\nabla(u^Tv) = J_u^Tv + J_v^Tu$.", ".~"),
        ("ex1", r"Let $u$ and $v$ be functions of $x$ with $(J_u)_{ij} := \frac{\partial u_i}{\partial x_j}$, the same for $v$. $\nabla(u^Tv) = J_uv + J_vu$.", ".-"),
        ("ex1", r"$\nabla(x^TQx) = (Q + Q^T)x$ for a constant square $Q$.", "H"),
        ("ex1", r"$\nabla(x^TQx) = 2Qx$ for a constant square $Q$.", "-"),
    ],
    "an identity of a size that the text names": [
        ("ex4_chain", r"$X\in\mathbb R^{n\times m}$, $A\in\mathbb R^{n\times k}$, $S\in\mathbb R^{k\times m}$. $\operatorname{vec}(A\,S\,I_m) = (I_m\otimes A)\operatorname{vec}(S)$", "H"),
        ("ex4_chain", r"$X\in\mathbb R^{n\times m}$, $A\in\mathbb R^{n\times k}$, $S\in\mathbb R^{k\times m}$. $\operatorname{vec}(A\,S\,I_m) = (A\otimes I_m)\operatorname{vec}(S)$", "-"),
        ("ex4_chain", r"$s = \operatorname{vec}(S)$, $\operatorname{vec}(A\,S\,I_m) = (I_m\otimes A)s$", ".H"),
        ("ex4_chain", r"$r = \operatorname{vec}(X-F)$, $\|X-F\|_F^2 = r^Tr$, $\|X-F\|_F^2 = 2r^Tr$", ".HF"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_special_cases_are_judged_as_such(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
