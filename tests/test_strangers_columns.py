r"""Columns and rows of matrices as vectors, in letters of the text's own.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

CODES = r"Data $Y$, a dictionary $D$, codes $C$: $J = \|Y - DC\|_F^2$, $F = DC$. "
TRACES = r"$y = \operatorname{tr}(PQ)$. "
REGRESSIONS = r"The columns of $X$ are $y_1,\dots,y_m$, those of $S$ are $b_1,\dots,b_m$, and $Z$ is the $A$ of the exercise. $\hat y_j = Zb_j$, $e_j = y_j - \hat y_j$. "
WRITTEN = r"$y = \operatorname{tr}(PQ)$, $P = [p_1, p_2, \dots, p_m]$, $Q = \begin{bmatrix} q_1^\top \\ \vdots \\ q_m^\top \end{bmatrix}$. "
SAID = r"Let $a_1,\dots,a_m$ be the columns of $A$ and $r_1^T,\dots,r_m^T$ the rows of $B$. "
FRENCH = r"Soient $u_1,\dots,u_m \in \mathbb{R}^n$ les colonnes de $A$ et $v_1^T,\dots,v_m^T$ les lignes de $B$. "

KINDS = {
    "columns of the exercise's matrices in other letters": [
        ("ex4_chain", CODES + r"$f_j = D c_j$, $r_j = y_j - D c_j$, $J = \sum_j r_j^\top r_j$, $\frac{\partial f_j}{\partial c_j} = D$", "..HHHH"),
        ("ex4_chain", CODES + r"$f_j = D c_j$, $\frac{\partial J}{\partial f_j} = -2(y_j - D c_j)$, $\frac{\partial J}{\partial c_j} = -2D^\top(y_j - D c_j)$", "..HHH"),
        ("ex4_chain", CODES + r"$f_j = C d_j$", "..-"),
        ("ex4_chain", CODES + r"$f_j = D^\top c_j$, $f_j = D c_k$, $\frac{\partial f_j}{\partial c_j} = D^\top$", "..---"),
        ("ex4_chain", CODES + r"$\frac{\partial J}{\partial c_j} = -2D(y_j - D c_j)$, $\frac{\partial J}{\partial c_j} = 2D^\top(y_j - D c_j)$", "..--"),
        ("ex4_trace", r"$J = \|T - PQ\|_F^2$, $J = \sum_j \|t_j - Pq_j\|^2$, $\frac{\partial J}{\partial q_j} = -2P^T(t_j - Pq_j)$", ".HH"),
        ("ex4_trace", r"$J = \|T - PQ\|_F^2$, $J = \sum_j \|t_j - Qp_j\|^2$, $J = \sum_j \|t_j - Pq_k\|^2$", ".--"),
        ("ex4_trace", r"$J = \|V - WH\|_F^2$, $\frac{\partial J}{\partial h_j} = 2W^TWh_j - 2W^Tv_j$, $\frac{\partial J}{\partial h_j} = 2W^TWh_j - 2v_j^TW$", ".H-"),
        ("ex2", TRACES + r"$y = \sum_j e_j^T P q_j$, $dy = \sum_j e_j^T dP q_j$", ".~~"),
        ("ex4_chain", CODES + r"$f_{ij} = \sum_k d_{ik}c_{kj}$, $\frac{\partial J}{\partial c_{kj}} = -2\sum_i d_{ik}(y_{ij} - f_{ij})$", "..HH"),
    ],
    "columns alone state the exercise": [
        ("ex4_chain", REGRESSIONS + r"$J = \sum_{j=1}^m \|y_j - Zb_j\|^2 = \sum_j e_j^Te_j$", "..HH"),
        ("ex4_chain", REGRESSIONS + r"$\frac{\partial J}{\partial \hat y_j} = -2(y_j - \hat y_j) = -2e_j$", "..HH"),
        ("ex4_chain", REGRESSIONS + r"$\frac{\partial \hat y_j}{\partial b_j} = Z$, $\frac{\partial \hat y_j}{\partial b_j} = Z^T$", "..H-"),
        ("ex4_chain", REGRESSIONS + r"$\frac{\partial J}{\partial b_j} = -2Z^T(y_j - Zb_j)$, $\frac{dJ}{dS} = -2Z^T(X - ZS)$", "..HH"),
        ("ex4_chain", REGRESSIONS + r"$\frac{\partial J}{\partial b_j} = -2Z(y_j - Zb_j)$, $\frac{dJ}{dS} = -2(X - ZS)Z^T$", "..--"),
        ("ex4_chain", REGRESSIONS + r"$J = \sum_j \|y_j - Zb_k\|^2$, $J = \sum_j \|b_j - Zy_j\|^2$", "..--"),
        ("ex4_chain", r"Let $y_j$ be the columns of $X$ and $b_j$ those of $S$. $J = \sum_j \|y_j - Ab_j\|^2$, $\frac{\partial J}{\partial b_j} = -2A^T(y_j - Ab_j)$", "HH"),
        ("ex4_chain", r"Let $y_j$ be the columns of $X$ and $b_j$ the columns of $S$. $J = \sum_j \|y_j - Ab_j\|^2$, $\frac{\partial J}{\partial b_j} = -2A(y_j - Ab_j)$", "H-"),
    ],
    "matrices written out by columns and rows": [
        ("ex2", WRITTEN + r"$PQ = \sum_{j=1}^m p_jq_j^\top$, $y = \sum_j \operatorname{tr}(p_jq_j^\top) = \sum_j q_j^\top p_j$, $\frac{\partial y}{\partial p_j} = q_j$", "...HHHH"),
        ("ex2", WRITTEN + r"$\frac{dy}{dP} = [q_1, \dots, q_m] = Q^\top$", "...HH"),
        ("ex2", WRITTEN + r"$PQ = \sum_j q_jp_j^\top$, $PQ = \sum_j p_j^\top q_j$, $\frac{\partial y}{\partial p_j} = p_j$", "...---"),
        ("ex2", WRITTEN + r"$y = \sum_j q_j^\top p_k$, $PQ = \sum_j p_jq_k^\top$, $\frac{\partial y}{\partial p_j} = q_k$", "...---"),
        ("ex2", r"$A = [a_1 \mid a_2 \mid \dots \mid a_m]$, $B = \begin{pmatrix} b_1^T \\ \vdots \\ b_m^T \end{pmatrix}$, $AB = \sum_k a_kb_k^T$, $y = \sum_k b_k^Ta_k$, $\frac{\partial y}{\partial a_k} = b_k$", "..HHH"),
        ("ex2", r"$A = [a_1 \mid a_2 \mid \dots \mid a_m]$, $B = \begin{pmatrix} b_1^T \\ \vdots \\ b_m^T \end{pmatrix}$, $AB = \sum_k b_ka_k^T$, $\frac{\partial y}{\partial a_k} = a_k$", "..--"),
    ],
    "columns and rows in words": [
        ("ex2", SAID + r"$AB = \sum_{k=1}^m a_kr_k^T$, $y = \operatorname{tr}(AB) = \sum_k r_k^Ta_k$, $\frac{\partial y}{\partial a_k} = r_k$", "HHHH"),
        ("ex2", SAID + r"$\frac{dy}{dA} = [\,r_1 \mid r_2 \mid \dots \mid r_m\,] = B^T$", "HH"),
        ("ex2", SAID + r"$AB = \sum_k r_ka_k^T$, $AB = \sum_k a_k^Tr_k$, $\frac{\partial y}{\partial a_k} = a_k$, $y = \sum_k r_k^Ta_j$", "----"),
        ("ex2", FRENCH + r"$AB = \sum_k u_kv_k^T$, $\frac{\partial y}{\partial u_k} = v_k$, $AB = \sum_k v_ku_k^T$", "HH-"),
        ("ex2", r"Let $u_1^T,\dots,u_n^T$ be the rows of $A$ and $v_1,\dots,v_n$ the columns of $B$. $y = \sum_i u_i^Tv_i$, $\frac{\partial y}{\partial u_i} = v_i$, $\frac{\partial y}{\partial u_i} = u_i$", "HH-"),
        ("ex4_trace", r"Let $x_1,\dots,x_m$ and $s_1,\dots,s_m$ be the columns of $X$ and $S$. $J = \sum_j \|x_j - As_j\|^2$, $\frac{\partial J}{\partial s_j} = -2A^T(x_j - As_j)$, $J = \sum_j \|x_j - As_j^T\|^2$", "HH-"),
        ("ex3", r"Let $a_1,\dots,a_m$ be the columns of $A$. $y = \sum_j c_jx^Ta_j$, $\frac{\partial y}{\partial a_j} = c_jx$, $\frac{\partial y}{\partial a_j} = x_jc$", "HH-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_columns_and_rows_in_own_letters_are_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
