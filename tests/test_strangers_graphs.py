r"""What a text calls the Jacobian, gradients that are written as `dY`, entries in brackets, and nodes of a graph with bars.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

NORMED = r"$y = \frac1s(x-\mu\mathbf 1)$, $s = \sqrt{\sigma^2+\epsilon}$. "
NOTED = r"$P = XW$, $Y = P + b$. Notation: $dY$ means $\partial L/\partial Y$ etc. "
GRAPH = (
    r"$\mu = \frac1N\sum_i x_i$, $xmu_i = x_i - \mu$, $sq_i = xmu_i^2$, $var = \frac1N\sum_i sq_i$, $sqrtvar = \sqrt{var+\epsilon}$, "
    r"$ivar = \frac1{sqrtvar}$, $y_i = xmu_i\cdot ivar$. "
    r"Here $d\,\text{name}$ stands for $\partial L/\partial\,\text{name}$, and $g_i$ for $\partial L/\partial y_i$. "
)
COLUMNS = (
    r"Let $x_n\in\mathbb R^D$ be the $n$-th object as a column (the $n$-th row of $X$, transposed), $y_n$ and $g_n$ likewise for $Y$ and $G$. "
    r"$y_n = W^Tx_n + b$. "
)
STABLE = r"$n_i = e^{x_i-m}$ with $m = \max_j x_j$, $s = \sum_j n_j$, $r = 1/s$. "
BARS = STABLE + r"$y_i = n_ir$. A bar is the derivative of $L$, $\bar y_i = g_i$. "

KINDS = {
    "what words call the Jacobian": [
        ("batch_norm", NORMED + r"The Jacobian $J$ is symmetric, so $J^Tg = Jg = \frac1s(g - \frac{\mathbf 1^Tg}N\mathbf 1 - \frac{y^Tg}Ny)$.", "HHHH"),
        ("batch_norm", NORMED + r"The Jacobian $J$ is symmetric, so $J^Tg = Jg = \frac1s(g - \frac{\mathbf 1^Tg}N\mathbf 1 + \frac{y^Tg}Ny)$.", "HHH-"),
        ("batch_norm", NORMED + r"Let $J$ be the Jacobian of the layer. $J\mathbf 1 = 0$, $Jy = \frac{\epsilon}{s^3}y$.", "HHHH"),
        ("batch_norm", NORMED + r"Let $J$ be the Jacobian of the layer. $J\mathbf 1 = 1$, $Jy = \frac{\epsilon}{s^2}y$.", "HH--"),
        ("batch_norm", NORMED + r"The Jacobian $J$ is symmetric. $J\mathbf 1 = 0$. In evaluation mode $J = \frac1sI$ and $\nabla_xL = g/s$.", "HHHHH"),
        ("batch_norm", NORMED + r"The Jacobian $J$ is symmetric. $J\mathbf 1 = 0$. In evaluation mode $J = \frac1{s^2}I$ and $\nabla_xL = gs$.", "HHH--"),
        ("batch_norm", NORMED + r"Die Jacobimatrix $J$ ist symmetrisch, $\nabla_xL = J^Tg = Jg$ und $Jy = \frac{\epsilon}{s^3}y$. Im Evaluationsmodus ist $J = \frac1sI$.", "HHHHHH"),
        ("softmax", r"La jacobienne $J$ est symétrique : $J\mathbf 1 = 0$, $Jg = y\odot(g - \langle g,y\rangle\mathbf 1)$.", "HH"),
        ("softmax", r"La jacobienne $J$ est symétrique : $J\mathbf 1 = y$, $Jg = y\odot(g - \langle g,y\rangle y)$.", "--"),
        ("softmax", r"Матрица Якоби $J$ симметрична, поэтому $\nabla_xL = J^Tg = Jg$, $J\mathbf 1 = 0$.", "HHH"),
        ("softmax", r"The Jacobian $J$ is symmetric and $Jg = y\odot g$.", "-"),
    ],
    "equations of another case": [
        ("batch_norm", NORMED + r"$A = \frac1s(I - \frac1N\mathbf 1\mathbf 1^T - \frac1Nyy^T)$, $A\mathbf 1 = 0$. In evaluation mode $A = \frac1sI$.", "HHHH~"),
        ("batch_norm", NORMED + r"$\nabla_xL = A^Tg$ and $A\mathbf 1 = 0$. In evaluation mode $A = \frac1sI$, $\nabla_xL = Ag$.", "HH~~~~"),
    ],
    "gradients as the code names them": [
        ("linear", NOTED + r"$dP = dY = G$, $db_j = \sum_{n=1}^NdY_{nj}$, $dX_{ni} = \sum_jdP_{nj}W_{ij}$, $dX = dPW^T = GW^T$", "HHHHHHHH"),
        ("linear", NOTED + r"$dW_{ij} = \sum_nX_{ni}dP_{nj}$, $dW = X^TdP = X^TG$", "HHHHH"),
        ("linear", NOTED + r"$dW = X\,dP = XG$, $dX = dPW$, $db_j = \sum_ndY_{jn}$", "HH----"),
        ("linear", NOTED + r"$dX = W^TdP$, $dW = dP^TX$, $db = dY\mathbf 1$", "HH---"),
        ("linear", r"I write $dZ$ for $\frac{\partial L}{\partial Z}$. $Z = XW + b$. $dX = dZW^T$, $dW = X^TdZ$, $db = dZ^T\mathbf 1$.", "HHHH"),
        ("linear", r"I write $dZ$ for $\frac{\partial L}{\partial Z}$. $Z = XW + b$. $dX = W^TdZ$, $dW = XdZ$, $db = dZ\mathbf 1$.", "H---"),
        ("softmax", r"Notation: $dy$ means $\partial L/\partial y$ etc. $dy = g$, $dx_i = y_i(dy_i - \sum_jdy_jy_j)$, $dx_i = y_i(dy_i + \sum_jdy_jy_j)$", "HH-"),
    ],
    "gradients of named nodes": [
        ("batch_norm", GRAPH + r"$divar = \sum_ig_i\,xmu_i$, $dsqrtvar = -\frac1{sqrtvar^2}\,divar$, $dvar = \frac12\frac1{\sqrt{var+\epsilon}}\,dsqrtvar$", "HHHHHHHHHH"),
        ("batch_norm", GRAPH + r"$dvar = -\frac12\,ivar^3\sum_ig_i\,xmu_i$, $dsq_i = \frac1N dvar$, $dxmu_i = g_i\,ivar + 2\,xmu_i\,dsq_i$, $d\mu = -\sum_i dxmu_i = -ivar\,\sum_ig_i$, $dx_i = dxmu_i + \frac1Nd\mu = ivar(g_i - \frac1N\sum_jg_j - \frac{y_i}N\sum_jg_jy_j)$", "HHHHHHHHHHHHHH"),
        ("batch_norm", GRAPH + r"$dvar = -\frac12\,ivar^3\sum_ig_i\,xmu_i$, $dsq_i = \frac1N dvar$, $dxmu_i = g_i\,ivar + 2\,xmu_i\,dsq_i$, $d\mu = \sum_i dxmu_i$, $dx_i = dxmu_i - \frac1Nd\mu$", "HHHHHHHHHH--"),
        ("batch_norm", GRAPH + r"$divar = -\sum_ig_i\,xmu_i$, $dvar = \frac12\,ivar^3\sum_ig_i\,xmu_i$, $dvar = -\frac12\,ivar^3\sum_ig_i\,xmu_i$", "HHHHHHH--H"),
    ],
    "entries in brackets": [
        ("linear", COLUMNS + r"$[y_n]_m = \sum_dW_{dm}[x_n]_d + b_m$, $\frac{\partial[y_n]_m}{\partial W_{pq}} = \delta_{mq}[x_n]_p$, $\frac{\partial L}{\partial W_{pq}} = \sum_n[g_n]_q[x_n]_p$", "HHHH"),
        ("linear", COLUMNS + r"$\frac{\partial L}{\partial W_{pq}} = \sum_n[g_n]_p[x_n]_q$", "H-"),
        ("linear", COLUMNS + r"$g_n = \nabla_{y_n}L$. $\frac{\partial L}{\partial W_{pq}} = \sum_n[g_n]_q[x_n]_p$, $[g_n]_q = G_{nq}$, $[x_n]_p = X_{np}$", "HHHHH"),
        ("linear", COLUMNS + r"$[\nabla_{x_n}L]_p = \sum_qW_{pq}[g_n]_q$, $[\nabla_{x_n}L]_p = \sum_qW_{qp}[g_n]_q$", "HH-"),
    ],
    "identities with a size": [
        ("linear", COLUMNS + r"$\frac{\partial y_n}{\partial b} = E_M$, $\nabla_bL = \sum_nE_M^Tg_n = \sum_ng_n$", "HHHH"),
        ("linear", COLUMNS + r"$\frac{\partial y_n}{\partial b} = I_M$, $\nabla_bL = \sum_nI_M^Tg_n = \sum_ng_n$", "HHHH"),
        ("linear", COLUMNS + r"$\frac{\partial y_n}{\partial b} = I_M$, $\nabla_bL = \sum_nI_M^Tx_n = \sum_nx_n$", "HH-."),
        ("linear", COLUMNS + r"$\nabla_bL = \sum_nI_Mg_n$, $\nabla_bL = \frac1N\sum_nI_Mg_n$", "HH-"),
    ],
    "nodes of a graph with bars": [
        ("softmax", STABLE + r"$y_i = n_ir$, $y_i = n_i/s$", "HHHHHH"),
        ("softmax", STABLE + r"$y_i = n_is$, $y_i = n_i/r$", "HHHH--"),
        ("softmax", BARS + r"$\bar r = \sum_i\bar y_in_i$, $\bar s = -\frac{\bar r}{s^2}$, $\bar n_i = \bar y_ir + \bar s$, $\bar x_i = \bar n_in_i = y_i(g_i - \sum_jg_jy_j)$", "HHHHHHHHHHH"),
        ("softmax", BARS + r"$\bar r = \sum_i\bar y_in_i$, $\bar s = \bar r\frac{\partial r}{\partial s} = -\frac{\bar r}s$, $\bar n_i = \bar y_ir - \bar s$, $\bar x_i = \bar n_i$", "HHHHHHHHF--"),
        ("softmax", r"$e_i = e^{x_i-m}$, $s = \sum_je_j$, $r = 1/s$, $y_i = e_ir$, $\frac{\partial r}{\partial s} = -r^2$, $\frac{\partial r}{\partial s} = -r$", "HHH~~-"),
        ("softmax", r"$e_i = e^{x_i}$, $s = \sum_je_j$, $r = 1/s$, $y_i = e_ir$, $\frac{\partial r}{\partial s} = -r^2$, $\frac{\partial r}{\partial s} = -r$", "HHHHHF"),
        ("softmax", r"$e = \exp(x)$, $y_i = \frac{e^{x_i}}{\sum_je^{x_j}} = \frac{e_i}{\sum_je_j}$, $y_i = \frac{e_i^2}{\sum_je_j}$", "HHHF"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_a_text_names_is_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
