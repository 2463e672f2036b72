"""Names that strangers give to things: each is read where it is right, and no wrong step holds by it.

By kind: an exercise, a text, and the letters of its steps; "." is anything, and "-" is a wrong step, which is false or not understood.
"""

import pytest

from tests.test_precision import cases
from tests.test_recall import assert_read, assert_wrong_never_holds

FAMILY = r"For a node $v$ denote $G_v=\frac{\partial L}{\partial v}$. $G_y=\text{gradOutput}$, "
HATS = r"$\hat u$ обозначает $\partial L/\partial u$, $c_i = x_i - \mu$, $r = \sqrt{\sigma+\epsilon}$, "
OBJECTS = r"$y^{(n)} = W^\top x^{(n)} + b$. Let $g^{(n)} = \partial L/\partial y^{(n)}$. "

STAGES = r"$c_i=x_i-\mu$, $v=\frac1N\sum_i c_i^2$, $s=\sqrt{v+\epsilon}$, $r=1/s$, $y_i=c_ir$. $dr=\sum_i g_ic_i$, "

RIGHT = {
    "parts of a gradient": [
        (
            "batch_norm",
            STAGES + r"$dc_i^{(a)}=g_ir$, $dv=-\frac{1}{2s^3}dr$, $dc_i^{(b)}=\frac{2c_i}{N}dv$, $dc_i=dc_i^{(a)}+dc_i^{(b)}$",
            ".....HHHHH",
        ),
        (
            "batch_norm",
            STAGES + r"$\text{d}c_i^{(1)}=g_ir$, $\text{d}s=-\frac{1}{s^2}\text{d}r$, $\text{d}c_i^{(2)}=\frac{c_i}{Ns}\text{d}s$, "
            r"$\text{d}c_i=\text{d}c_i^{(1)}+\text{d}c_i^{(2)}$",
            ".....HHHHH",
        ),
        ("batch_norm", STAGES + r"$\mathrm{d}c_i^{(a)}=g_ir$, $\mathrm{d}\mu=-\sum_i \mathrm{d}c_i^{(a)}$", ".....HHH"),
        ("linear", r"$dW^{(a)}=x^Tg$, $dW=dW^{(a)}$", "HH"),
        ("batch_norm", STAGES + r"$dc_i^{(a)}=g_ir$, $d\mu^{(1)}=-\sum_i dc_i^{(a)}$, $d\mu=d\mu^{(1)}$", ".....HHHH"),
    ],
    "an own name behind a d, equal to something of the upstream gradient": [
        ("batch_norm", STAGES + r"$ds=-\frac{1}{s^2}\sum_i g_ic_i$", ".....HH"),
        ("batch_norm", STAGES + r"$ds=-\frac{1}{s^2}dr$, $dv=\frac{1}{2s}ds$", ".....HHH"),
        ("softmax", r"$u_i=e^{x_i}$, $S=\sum_j u_j$, $y_i=u_i/S$. $dS=-\frac{1}{S^2}\sum_i g_iu_i$", "...H"),
        ("linear", r"$z=xW$, $y=z+b$. $dz=g$, $dW=x^Tdz$", "..HH"),
        ("batch_norm", r"$c_i=x_i-\mu$, $s=\sqrt{\sigma+\epsilon}$, $y_i=c_i/s$. $ds=-\frac{1}{s}\sum_i g_iy_i$", "...H"),
    ],
    "a family of names for gradients": [
        ("linear", FAMILY + r"$G_W=x^TG_y$, $(G_b)_j=\sum_i (G_y)_{ij}$", ".HHH"),
        ("linear", FAMILY + r"$G_x=G_yW^T$", ".HH"),
        ("ex4_chain", r"$E = X-F$, $G_v:=\partial J/\partial v$: $G_E = 2E$, $G_F=-G_E=-2(X-F)$, $G_S = A^T G_F$", "H.HHHH"),
        ("ex4_chain", r"$G_v:=\partial J/\partial v$: $G_F = -2(X-F)$, $G_A = G_F S^T$", ".HH"),
        ("softmax", r"Denote $G_v = \frac{\partial L}{\partial v}$ for each node $v$. $G_x = y \odot (G_y - \langle G_y, y\rangle)$", ".H"),
        ("ex2", r"$P=AB$. $\bar v = \frac{\partial y}{\partial v}$. $\bar A=\bar P\,B^T=B^T$", "H.HH"),
    ],
    "a hat or a bar for the gradient by what is below it": [
        ("batch_norm", HATS + r"$\hat y_i=g_i$, $\hat r=-\frac1{r^2}\sum_i g_i c_i$, $\hat\mu = -\frac1r\sum_i g_i$", "HHHHH"),
        ("batch_norm", HATS + r"$\hat x_i = \frac{\partial L}{\partial x_i}$", "HHH"),
        ("ex2", r"$P=AB$. $\bar P_{ij}=\frac{\partial y}{\partial P_{ij}} = \delta_{ij}$, $\bar A=\bar P\,B^T=B^T$", "HHHHH"),
        ("linear", r"$\hat u$ denotes $\partial L/\partial u$. $\hat y = g$, $\hat W = x^T\hat y$", "HH"),
        ("ex4_chain", r"$\hat u$ denotes $\partial J/\partial u$. $\hat F = -2(X-F)$, $\hat S = A^T\hat F$", "HH"),
    ],
    "a d before an array, as in programs, where nobody says so": [
        ("ex4_chain", r"$F = AS$, $R = X - F$. $dR = 2R$ $$dF = -dR = -2(X-F)$$ $$dS = A^T dF = -2A^T(X-AS)$$", "HHHHHHH"),
        ("ex3", r"$u = Ac$, $y = x^Tu$. Backprop, start with $dy = 1$: $dx = u \cdot dy = Ac$, and $du = x\cdot dy = x$.", "HHHHHHH"),
        ("linear", r"$dW = x^T dy$, $dx = dy\,W^T$", "HH"),
        ("linear", r"$db = \sum_i dy_i$, $dW = x^T g$", "HH"),
        ("softmax", r"$dx = y \odot (g - \langle g, y\rangle)$", "H"),
    ],
    "another name for the output": [
        ("linear", r"$Z = XW + b$. $\nabla_{W}E = X^T\nabla_{Z}E$", "HH"),
        ("linear", r"$Z = XW + b$. $\frac{\partial E}{\partial W_{ij}} = \sum_{l}\left(\frac{\partial E}{\partial Z_{lj}}X_{li}\right)$", "HH"),
        ("linear", r"$Z = xW + b$, $\frac{\partial L}{\partial x} = \frac{\partial L}{\partial Z}W^T$", "HH"),
        ("linear", r"$D_{ic} = \sum_{k=1}^m X_{ik}W_{kc}+b_c$, $\frac{\partial L}{\partial W} = X^T\frac{\partial L}{\partial D}$", "HH"),
        ("linear", r"$D_{ic} = \sum_{k=1}^m X_{ik}W_{kc}+b_c$, $\frac{\partial L}{\partial X} = \frac{\partial L}{\partial D}W^T$", "HH"),
        ("ex4_chain", r"$P = AS$, $\frac{\partial J}{\partial S} = A^T\frac{\partial J}{\partial P}$", "HH"),
    ],
    "layers numbered above": [
        ("linear", r"$y^{(1)} = x W^{(1)} + b^{(1)}$, $\frac{\partial L}{\partial W^{(2)}} = y_1^T g_2$", "HH"),
        ("linear", r"$y^{(2)} = y^{(1)} W^{(2)} + b^{(2)}$", "H"),
        ("linear", r"$\frac{\partial L}{\partial y^{(1)}} = \frac{\partial L}{\partial y^{(2)}}(W^{(2)})^\top$", "H"),
        ("linear", r"$\frac{\partial L}{\partial W^{(1)}} = x^T \frac{\partial L}{\partial y^{(1)}}$", "H"),
        ("batch_norm", r"$c_i = x_i-\mu$. $c_i^{(1)} = g_i$, $c_i^{(2)} = 2c_i$, $c^{(1)}_i + c_i^{(2)} = g_i + 2c_i$", "HHHH"),
    ],
    "objects numbered above": [
        ("linear", OBJECTS + r"$\frac{\partial L}{\partial x^{(n)}} = W g^{(n)}$", "HHH"),
        ("linear", OBJECTS + r"$\frac{\partial L}{\partial W} = \sum_n x^{(n)} (g^{(n)})^\top = x^\top g$", "HHHH"),
        ("linear", OBJECTS + r"$\dfrac{\partial L}{\partial b} = \sum_{n} g^{(n)}$", "HHH"),
        ("batch_norm", r"$y^{(i)} = \frac{x^{(i)} - \mu}{\sqrt{\sigma+\epsilon}}$, $\mu = \frac1N\sum_i x^{(i)}$", "HH"),
        ("batch_norm", r"$\sigma = \frac1N\sum_i (x^{(i)} - \mu)^2$, $\frac{\partial \mu}{\partial x^{(k)}} = \frac1N$", "HH"),
    ],
    "a letter below that is a word": [
        ("batch_norm", r"$x_c = x - \mu$, $y = x_c / \sqrt{\sigma+\epsilon}$", "HH"),
        ("batch_norm", r"$x_c = x - \mu$, $\sigma = \frac1N x_c^T x_c$", "HH"),
        ("batch_norm", r"$x_c = x - \mu$, $y_i = (x_c)_i / \sqrt{\sigma+\epsilon}$", "HH"),
        ("ex4_chain", r"$R_F = X - F$, $J = \|R_F\|_F^2$, $\frac{dJ}{dF} = -2R_F$", "HHH"),
        ("ex4_chain", r"$R_1 = X - AS$, $\frac{dJ}{dS} = -2A^TR_1$", "HH"),
    ],
    "unusual letters for indices": [
        ("linear", r"Repeated indices are summed. $y_{ao} = x_{ai}W_{io} + b_o$, $\frac{\partial y_{ao}}{\partial x_{cj}} = \delta_{ac}W_{jo}$", "HH"),
        ("linear", r"Repeated indices are summed, $g_{ao} \equiv \partial L/\partial y_{ao}$. $\frac{\partial L}{\partial x_{cj}} = g_{ao}\,\delta_{ac}W_{jo} = g_{co}W_{jo}$", "HHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_\alpha x_\alpha$", "H"),
        ("batch_norm", r"$\frac1N\sum_\alpha y_\alpha = 0$", "H"),
        ("batch_norm", r"$\frac{\partial L}{\partial x_\alpha} = \frac{1}{\sqrt{\sigma+\epsilon}} (g_\alpha - \langle g\rangle - y_\alpha\langle gy\rangle)$, $\sum_\alpha \partial L/\partial x_\alpha = 0$", "HH"),
        ("softmax", r"$\frac{\partial y_\alpha}{\partial x_\beta} = y_\alpha(\delta_{\alpha\beta} - y_\beta)$", "H"),
    ],
    "statistics of evaluation": [
        ("batch_norm", r"$\dfrac{\partial L}{\partial x_j} = \dfrac{g_j}{\sqrt{\sigma_{\text{mov}}+\varepsilon}}$", "H"),
        ("batch_norm", r"$\dfrac{\partial L}{\partial x_j} = \dfrac{g_j}{\sqrt{\sigma_{\text{running}}+\varepsilon}}$", "H"),
        ("batch_norm", r"$gradInput = \dfrac{g}{\sqrt{\sigma_{\text{mov}}+\varepsilon}}$", "H"),
        ("batch_norm", r"In evaluation mode $\mu$ and $\sigma$ are constants: $\dfrac{\partial L}{\partial x_j} = \dfrac{g_j}{\sqrt{\sigma_{\text{mov}}+\varepsilon}}$.", "H"),
        ("batch_norm", r"$y_i = \dfrac{x_i - \mu_{\text{mov}}}{\sqrt{\sigma_{\text{mov}}+\varepsilon}}$, $\frac{\partial y_i}{\partial x_i} = \frac{1}{\sqrt{\sigma_{\text{mov}}+\varepsilon}}$", "HH"),
    ],
    "names of programs for gradients": [
        ("linear", r"$\text{grad\_output} = \frac{\partial L}{\partial y}$, $\frac{\partial L}{\partial W} = x^T\,\text{grad\_output}$", "HH"),
        ("linear", r"$\text{grad\_input} = \text{grad\_output}\, W^T$", "H"),
        ("linear", r"$\frac{\partial L}{\partial W} = x^T\cdot \text{gradOutput}$", "H"),
        ("softmax", r"$\text{grad\_input} = y \odot (\text{grad\_output} - \langle \text{grad\_output}, y\rangle)$", "H"),
        ("linear", r"$\text{dout} = \frac{\partial L}{\partial y}$, $\frac{\partial L}{\partial x} = \text{dout}\cdot W^T$", "HH"),
    ],
    "a letter of the writer's own for the size": [
        ("batch_norm", r"$\mu = \frac1n\sum_i x_i$, $\partial(x_j-\mu)/\partial x_i = \delta_{ij}-1/n$", "HH"),
        ("batch_norm", r"$\mu = \frac1n\sum_i x_i$, $\partial\sigma/\partial x_i = \frac 2n\sum_j(x_j-\mu)(\delta_{ij}-1/n)$", "HH"),
        ("batch_norm", r"$\mu = \frac1m\sum_{i=1}^m x_i$, $\frac{\partial\mu}{\partial x_i} = \frac1m$", "HH"),
        ("batch_norm", r"$\sigma = \frac1B\sum_{i=1}^B (x_i - \mu)^2$, $\frac{\partial\sigma}{\partial x_i} = \frac2B(x_i-\mu)$", "HH"),
        ("ex1", r"$y = \sum_{i=1}^n x_i^2$, $\frac{\partial y}{\partial x_k} = 2x_k$", "HH"),
    ],
    "code in a formula": [
        ("ex4_chain", r"$\texttt{dF} = -2(X-F)$, $\texttt{dS} = \texttt{A.T @ dF}$", "HH"),
        ("ex4_chain", r"$\texttt{dF} = -2(X-F)$, $\texttt{dA} = \texttt{dF @ S.T}$", "HH"),
        ("ex2", r"$y = \texttt{(A * B.T).sum()}$", "H"),
        ("ex2", r"$y = \texttt{np.trace(A @ B)}$", "H"),
        ("linear", r"$\frac{\partial L}{\partial b} = \texttt{g.sum(axis=0)}$", "H"),
    ],
}  # fmt: skip
WRONG = {
    "parts of a gradient": [
        ("batch_norm", STAGES + r"$dc_i^{(a)}=g_ir$, $dv=-\frac{1}{2s^3}dr$, $dc_i^{(b)}=\frac{2c_i}{N}dv$, $dc_i=dc_i^{(a)}-dc_i^{(b)}$", ".........-"),
        ("batch_norm", STAGES + r"$dc_i^{(a)}=g_ir$, $dc_i=2dc_i^{(a)}$", ".......-"),
        ("linear", r"$dW^{(a)}=x^Tg$, $dW=2dW^{(a)}$", ".-"),
        ("batch_norm", STAGES + r"$ds=\frac{1}{s^2}dr$", "......-"),
        ("ex2", r"$A^{(a)}=A+B$, $\operatorname{tr}(A^{(a)}B)=\operatorname{tr}(AB)$", ".-"),
    ],
    "a family of names for gradients": [
        ("linear", FAMILY + r"$G_x=G_yW$", ".H-"),
        ("linear", FAMILY + r"$(G_b)_j=\sum_j (G_y)_{ij}$", ".H-"),
        ("ex4_chain", r"$E = X-F$, $G_v:=\partial J/\partial v$: $G_F=G_E$", "H.-"),
    ],
    "a hat or a bar for the gradient by what is below it": [
        ("batch_norm", HATS + r"$\hat\mu = \frac1r\sum_i g_i$", "HH-"),
        ("batch_norm", HATS + r"$\hat r=\frac1{r^2}\sum_i g_i c_i$", "HH-"),
        ("linear", r"$\hat u$ denotes $\partial L/\partial u$. $\hat y = g$, $\hat W = \hat y\,x^T$", "H-"),
    ],
    "a d before an array, as in programs, where nobody says so": [
        ("linear", r"$dW = dy\,x^T$, $dx = W^T dy$", "--"),
        ("ex4_chain", r"$F = AS$, $dF = 2(X-F)$", "H-"),
        ("ex4_chain", r"$dF = -2(X-F)$, $dS = dF\,A^T$", "H-"),
    ],
    "another name for the output": [
        ("linear", r"$Z = XW + b$, $\frac{\partial L}{\partial W} = \frac{\partial L}{\partial Z}X^T$", "H-"),
        ("linear", r"$Z = XW + b$, $\frac{\partial L}{\partial X} = W^T\frac{\partial L}{\partial Z}$", "H-"),
        ("ex4_chain", r"$P = AS$, $\frac{\partial J}{\partial S} = \frac{\partial J}{\partial P}A^T$", "H-"),
    ],
    "layers numbered above": [
        ("linear", r"$y^{(2)} = W^{(2)} y^{(1)} + b^{(2)}$", "-"),
        ("linear", r"$\frac{\partial L}{\partial y^{(1)}} = W^{(2)\top}\frac{\partial L}{\partial y^{(2)}}$", "-"),
        ("linear", r"$\frac{\partial L}{\partial W^{(1)}} = \frac{\partial L}{\partial y^{(1)}} x$", "-"),
        ("batch_norm", r"$c_i^{(1)} = g_i$, $c_i^{(2)} = 2g_i$, $c^{(1)}_i + c_i^{(2)} = 4g_i$", "HH-"),
    ],
    "objects numbered above": [
        ("linear", r"$\frac{\partial L}{\partial x^{(n)}} = W^T g^{(n)}$", "-"),
        ("linear", OBJECTS + r"$\frac{\partial L}{\partial W} = \sum_n g^{(n)} (g^{(n)})^\top$", "HH-"),
        ("batch_norm", r"$\mu = \sum_i x^{(i)}$", "-"),
    ],
    "a letter below that is a word": [
        ("batch_norm", r"$x_c = x - \mu$, $y = x_c / (\sigma+\epsilon)$", "H-"),
        ("batch_norm", r"$x_c = x - \mu$, $\sigma = x_c^T x_c$", "H-"),
        ("ex4_chain", r"$R_F = X - F$, $\frac{dJ}{dF} = 2R_F$", "H-"),
    ],
    "unusual letters for indices": [
        ("batch_norm", r"$\mu = \sum_\alpha x_\alpha$", "-"),
        ("batch_norm", r"$\frac{\partial L}{\partial x_\alpha} = \frac{1}{\sqrt{\sigma+\epsilon}} (g_\alpha - \langle g\rangle + y_\alpha\langle gy\rangle)$", "-"),
        ("linear", r"Repeated indices are summed. $\frac{\partial y_{ao}}{\partial x_{cj}} = \delta_{ac}W_{oj}$", "-"),
        ("softmax", r"$\frac{\partial y_\alpha}{\partial x_\beta} = y_\alpha(\delta_{\alpha\beta} - y_\alpha)$", "-"),
    ],
    "statistics of evaluation": [
        ("batch_norm", r"$\dfrac{\partial L}{\partial x_j} = \dfrac{g_j}{q}$", "-"),
        ("batch_norm", r"$\dfrac{\partial L}{\partial x_j} = \dfrac{g_j}{\sigma_{\text{mov}}+\varepsilon}$", "-"),
        ("batch_norm", r"$gradInput = g\sqrt{\sigma_{\text{mov}}+\varepsilon}$", "-"),
    ],
    "names of programs for gradients": [
        ("linear", r"$\text{grad\_input} = W^T\,\text{grad\_output}$", "-"),
        ("linear", r"$\frac{\partial L}{\partial W} = \text{grad\_output}\, x^T$", "-"),
        ("linear", r"$\texttt{dX} = \texttt{W.T @ dY}$", "-"),
    ],
    "a letter of the writer's own for the size": [
        ("batch_norm", r"$\mu = \frac1n\sum_i x_i$, $\partial(x_j-\mu)/\partial x_i = \delta_{ij}+1/n$", "H-"),
        ("batch_norm", r"$\mu = \frac2n\sum_i x_i$", "-"),
        ("batch_norm", r"$\mu = \frac1n\sum_i x_i$, $\frac{\partial\sigma}{\partial x_i} = \frac1n(x_i-\mu)$", "H-"),
    ],
    "code in a formula": [
        ("ex4_chain", r"$\texttt{dF} = -2(X-F)$, $\texttt{dS} = \texttt{dF @ A.T}$", "H-"),
        ("ex2", r"$y = \texttt{(A * B).sum()}$", "-"),
        ("ex2", r"$\frac{dy}{dA} = \texttt{A.T}$", "-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(RIGHT))
def test_a_right_step_is_read(exercise: str, text: str, letters: str) -> None:
    """Each of its steps has the verdict that a person gives."""
    assert_read(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(WRONG))
def test_a_wrong_step_never_holds(exercise: str, text: str, letters: str) -> None:
    """What stands before it is right, so that it is wrong by itself."""
    assert_wrong_never_holds(exercise, text, letters)
