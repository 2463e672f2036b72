r"""Texts that work row by row or column by column, and stack: ``\frac{\partial L}{\partial X} = [g_1 W^T; \dots; g_N W^T] = GW^T``.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

OWN = (
    r"Let $U\in\mathbb R^{B\times p}$ be the batch, $V\in\mathbb R^{p\times q}$, $c\in\mathbb R^{q}$, and $Z\in\mathbb R^{B\times q}$ the output. "
    r"Let $H\in\mathbb R^{B\times q}$ be the upstream gradient. "
    r"Write $u_r\in\mathbb R^p$, $z_r\in\mathbb R^q$, $h_r\in\mathbb R^q$ for the $r$-th rows of $U$, $Z$, $H$, turned into columns. "
    r"$Z = UV + \mathbf 1_B c^\top$, $H := \frac{\partial L}{\partial Z}$. "
)
ROWS = r"$x_n, y_n, g_n$ are the rows of $X$, $Y$, $G$. "
COLUMNS = r"Let $y^{(m)}, w^{(m)}, g^{(m)}$ be the $m$-th columns of $Y$, $W$, $G$. "
FORWARD = r"$Z = UV + \mathbf 1 c^\top$, $H = \frac{\partial L}{\partial Z}$. "


BY_ROWS = r"$\frac{\partial L}{\partial X} = \begin{pmatrix} g_1W^T\\ g_2W^T\\ \dots\\ g_NW^T\end{pmatrix}"
WRONG_BY_ROWS = r"$\frac{\partial L}{\partial X} = \begin{pmatrix} g_1W\\ g_2W\\ \dots\\ g_NW\end{pmatrix}"
STACKED = r" = \begin{pmatrix} g_1\\ g_2\\ \dots\\ g_N\end{pmatrix}"

KINDS = {
    "letters of a list for lines of a list of matrices": [
        ("linear", OWN + r"$z_r = V^\top u_r + c$, $\partial L/\partial u_r = Vh_r$", "HHHH"),
        ("linear", OWN + r"$dL = \sum_{r=1}^B h_r^\top dz_r = \sum_r (Vh_r)^\top du_r + \sum_r h_r^\top (dV)^\top u_r + \sum_r h_r^\top dc$", "HHHH"),
        ("linear", OWN + r"$dL = \sum_r h_r^\top dz_r = \sum_r (V^\top h_r)^\top du_r + \sum_r h_r^\top (dV)^\top u_r + \sum_r h_r^\top dc$", "HHH-"),
        ("linear", OWN + r"$\frac{\partial L}{\partial V} = \sum_r u_rh_r^\top = U^\top H$, $\frac{\partial L}{\partial c} = \sum_r h_r = H^\top\mathbf 1_B$", "HHHHHH"),
        ("linear", OWN + r"$\frac{\partial L}{\partial V} = \sum_r h_ru_r^\top = H^\top U$, $\frac{\partial L}{\partial c} = \sum_r z_r = H\mathbf 1_B$", "HHLHFF"),
        ("linear", OWN + r"$\partial L/\partial u_r = V^\top h_r$", "HH-"),
        ("linear", r"Let $u_r$, $h_r$ be the rows of $U$, $H$, as columns. " + FORWARD + r"$\frac{\partial L}{\partial V} = \sum_r u_rh_r^\top = U^\top H$", "HHHH"),
        ("linear", r"Let $u_r$ and $h_r$ be the $r$-th rows of $U$ and $H$. " + FORWARD + r"$\frac{\partial L}{\partial V} = \sum_r u_r^\top h_r$, $\frac{\partial L}{\partial u_r} = h_rV^\top$", "HHHH"),
        ("linear", r"Let $u_r$ and $h_r$ be the $r$-th rows of $U$ and $H$. " + FORWARD + r"$\frac{\partial L}{\partial V} = \sum_r h_r^\top u_r$, $\frac{\partial L}{\partial u_r} = h_rV$", "HH--"),
        ("linear", r"The rows of $U, H$ are $u_r, h_r$. " + FORWARD + r"$\frac{\partial L}{\partial V} = \sum_r u_r^\top h_r$, $\frac{\partial L}{\partial u_r} = h_rV^\top$", "HHHH"),
        ("linear", r"Die Zeilen von $X$, $G$ seien $p_n$, $q_n$. $\frac{\partial L}{\partial W} = \sum_n p_n^Tq_n = X^TG$, $\frac{\partial L}{\partial b} = \sum_n q_n$", "HHH"),
        ("linear", r"Die Zeilen von $X$, $G$ seien $p_n$, $q_n$. $\frac{\partial L}{\partial W} = \sum_n q_n^Tp_n$, $\frac{\partial L}{\partial b} = \sum_n p_n$", "--"),
    ],
    "rows below each other": [
        ("linear", ROWS + r"$y_n = x_nW + b$, $\frac{\partial L}{\partial x_n} = g_nW^T$", "HH"),
        ("linear", ROWS + BY_ROWS + STACKED + r"W^T = GW^T$", "HHH"),
        ("linear", ROWS + WRONG_BY_ROWS + STACKED + r"W = GW$", "-~~"),
        ("linear", ROWS + r"$\frac{\partial L}{\partial X} = \begin{pmatrix} g_1W^T\\ \vdots\\ g_NW^T\end{pmatrix} = GW^T$", "HH"),
        ("linear", ROWS + r"$\frac{\partial L}{\partial X} = \begin{pmatrix} x_1W^T\\ \vdots\\ x_NW^T\end{pmatrix} = GW^T$", "--"),
        ("linear", ROWS + r"$\frac{\partial L}{\partial X} = [g_1W^T, g_2W^T, \dots, g_NW^T]$", "-"),
        ("linear", r"$Y = \begin{pmatrix} x_1W + b\\ \vdots\\ x_NW + b\end{pmatrix}$" + ", " + BY_ROWS + " = gW^T$", "HHH"),
    ],
    "columns beside each other": [
        ("linear", COLUMNS + r"$y^{(m)} = Xw^{(m)} + b_m\mathbf 1$, $\frac{\partial L}{\partial w^{(m)}} = X^Tg^{(m)}$", "HH"),
        ("linear", COLUMNS + r"$\frac{\partial L}{\partial W} = [X^Tg^{(1)} | \dots | X^Tg^{(M)}] = X^T[g^{(1)}|\dots|g^{(M)}] = X^TG$", "HHH"),
        ("linear", COLUMNS + r"$\frac{\partial L}{\partial W} = [Xg^{(1)} | \dots | Xg^{(M)}] = X[g^{(1)}|\dots|g^{(M)}] = XG$", "-~~"),
        ("linear", COLUMNS + r"$\frac{\partial L}{\partial b} = [\mathbf 1^Tg^{(1)},\dots,\mathbf 1^Tg^{(M)}] = \mathbf 1^TG$", "HH"),
        ("linear", COLUMNS + r"$\frac{\partial L}{\partial b} = [\mathbf 1^Tw^{(1)},\dots,\mathbf 1^Tw^{(M)}] = \mathbf 1^TG$", "--"),
        ("linear", COLUMNS + r"$\frac{\partial L}{\partial W} = [X^Tw^{(1)} | \dots | X^Tw^{(M)}] = X^TG$", "--"),
        ("linear", r"Let $g_m$ be the columns of $g$. $\frac{\partial L}{\partial W} = [X^Tg_1 | \dots | X^Tg_M] = X^T[g_1|\dots|g_M] = X^Tg$", "HHH"),
        ("linear", r"Let $g_m$ be the columns of $g$. $\frac{\partial L}{\partial W} = [Xg_1 | \dots | Xg_M]$", "-"),
    ],
    "columns in words": [
        ("linear", r"Let $g_m$ be the columns of $G$. $\frac{\partial L}{\partial w_m} = X^Tg_m$, $\frac{\partial L}{\partial x_n} = g_nW^T$", "HH"),
        ("linear", r"Let $g_m$ be the columns of $G$. $\frac{\partial L}{\partial w_m} = Xg_m$, $\frac{\partial L}{\partial x_n} = g_nW$", "FF"),
        ("linear", r"Let $x_n$ be the rows of $X$ and $w_m$ the columns of $W$. $Y_{nm} = x_nw_m + b_m$, $\frac{\partial L}{\partial w_m} = X^Tg_{:,m}$", "HH"),
        ("linear", r"Let $x_n$ be the rows of $X$ and $w^{(m)}$ the columns of $W$. $Y_{nm} = x_nw^{(m)} + b_m$", "H"),
        ("linear", r"Let $x_n$ be the rows of $X$ and $w^{(m)}$ the columns of $W$. $Y_{nm} = w^{(m)}x_n + b_m$", "-"),
        ("linear", r"Let $g_m$ be the $m$-th column of $g$ and $w_m$ the $m$-th column of $W$. $y_m = Xw_m + b_m\mathbf 1$, $\frac{\partial L}{\partial w_m} = X^Tg_m$", "HH"),
        ("linear", r"Let $x_i$, $y_i$, $g_i$ be the columns of $X$, $Y$, $G$. $y_i = Wx_i + b$, $\frac{\partial L}{\partial x_i} = W^Tg_i$, $\frac{\partial L}{\partial W} = \sum_i g_ix_i^T = GX^T$", "HHHH"),
        ("linear", r"$G = \frac{\partial L}{\partial Y}$, $\frac{\partial L}{\partial W} = X^T\begin{bmatrix}g_1 & \dots & g_M\end{bmatrix} = X^TG$", "H~~"),
    ],
    "layers with numbers stay layers": [
        ("linear", r"$y_1 = xW_1 + b_1$, $y_2 = y_1W_2 + b_2$, $\frac{\partial L}{\partial y_1} = g_2W_2^T$, $\frac{\partial L}{\partial W_2} = y_1^Tg_2$", "HHHH"),
        ("linear", r"$y_1 = xW_1 + b_1$, $y_2 = y_1W_2 + b_2$, $\frac{\partial L}{\partial y_1} = g_2W_2$, $\frac{\partial L}{\partial W_2} = xg_2$", "HHFF"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_is_done_line_by_line_is_stacked(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
