r"""What notes of physicists and of programmers write: kets, two layers without biases, statistics that are kept as moments, stacked differentials.

By kind: an exercise, a text, and the letters of its steps: what holds, is false, not understood, stated, or in the other layout.
"""

import pytest

from tests.test_precision import judged

LAYERS = r"$H = XW_1$, $Y = HW_2$, $G = \frac{\partial L}{\partial Y}$. "
BATCH = r"$\mu = \frac1m\sum_i x_i$, $\sigma^2 = \frac1m\sum_i(x_i-\mu)^2$, $\hat x_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$."
KINDS = [
    # A ket is a column, and a bra a row.
    ("ex3", r"With kets, $y = \langle x|A|c\rangle$, $\frac{\partial y}{\partial A} = |x\rangle\langle c| = xc^T$.", "HHH"),
    ("ex3", r"With kets, $y = \langle x|A|c\rangle$, $\frac{\partial y}{\partial A} = |c\rangle\langle x|$.", "HL"),
    ("ex3", r"$y = \langle x|A|c\rangle$, $\frac{\partial y}{\partial A} = \ket{x}\bra{c}$, $\frac{\partial y}{\partial A} = 2\ket{x}\bra{c}$.", "HHF"),
    ("ex3", r"$y = \langle x|A|c\rangle$, $\delta y = \langle x|\delta A|c\rangle$, $\delta y = \langle x|\delta A|x\rangle$.", "HHF"),
    ("ex3", r"$\langle x|x\rangle = \|x\|^2 = |x|^2$, $|y| = |\langle x, Ac\rangle|$, $\langle x|A^T|c\rangle = \langle x|A|c\rangle$.", "HHHF"),
    # Two layers without biases, in any letters and layout.
    ("linear", LAYERS + r"$\nabla_{W_2}L = H^\top G$, $\nabla_H L = GW_2^\top$, $\nabla_{W_1}L = X^\top GW_2^\top$, $\nabla_{W_1}L = X^\top W_2^\top G$.", "HHHHHHF"),
    ("linear", r"$H^{(1)} = XW^{(1)}$, $Y = H^{(1)}W^{(2)}$, $G = \frac{\partial L}{\partial Y}$. $\nabla_{W^{(2)}}L = H^{(1)\top}G$, $\nabla_X L = GW^{(2)\top}W^{(1)\top}$.", "HHHHH"),
    ("linear", r"$h = W_1x$, $y = W_2h$. $\frac{\partial L}{\partial W_1} = W_2^\top\frac{\partial L}{\partial y}x^\top$, $\frac{\partial L}{\partial x} = W_2^\top W_1^\top\frac{\partial L}{\partial y}$.", "HHHF"),
    ("linear", r"$Y_1 = XW_1$, $Y_2 = Y_1W_2$. $\frac{\partial L}{\partial W_2} = Y_1^\top\frac{\partial L}{\partial Y_2}$, $\frac{\partial L}{\partial W_2} = X^\top\frac{\partial L}{\partial Y_2}$.", "HHHF"),
    # One object, entry by entry: its letters stand for a layout that what follows bears out, the text's own deltas among it.
    ("linear", r"$y_j = \sum_k w_{jk}x_k + b_j$, $\delta_j = \frac{\partial L}{\partial y_j}$. $\frac{\partial L}{\partial b_j} = \delta_j$, $\frac{\partial L}{\partial w_{jk}} = x_k\delta_j$, $\frac{\partial L}{\partial w_{jk}} = 2x_k\delta_j$.", "HHHHF"),
    ("linear", r"$z_j = \sum_k w_{kj}x_k + b_j$, $\delta_j = \frac{\partial C}{\partial z_j}$. $\frac{\partial C}{\partial w_{kj}} = x_k\delta_j$, $\frac{\partial C}{\partial b_j} = -\delta_j$.", "HHHF"),
    ("linear", r"$z_j = \sum_k w_{jk}x_k + b_j$, $\delta_j = \frac{\partial C}{\partial z_j}$. $\frac{\partial C}{\partial w_{jk}} = x_j\delta_k$.", "HUF"),
    ("linear", r"$z^l_j = \sum_k w^l_{jk}a^{l-1}_k + b^l_j$, $\delta^l_j = \frac{\partial C}{\partial z^l_j}$. $\frac{\partial C}{\partial b^l_j} = \delta^l_j$, $\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k\delta^l_j$.", "HHHH"),
    # In the other mode the moments are those that were kept.
    ("batch_norm", BATCH + "\n\n" + r"**Inference.** The population statistics are $\mathrm E[x]$ and $\mathrm{Var}[x]$. $$\hat x = \frac{x-\mathrm E[x]}{\sqrt{\mathrm{Var}[x]+\epsilon}},\qquad \frac{\partial\ell}{\partial x} = \frac{\partial\ell}{\partial\hat x}\cdot\frac{1}{\sqrt{\mathrm{Var}[x]+\epsilon}}.$$", "HHHHH"),
    ("batch_norm", r"$\hat x = \frac{x-\mathrm E[x]}{\sqrt{\mathrm{Var}[x]+\epsilon}}$, $\frac{\partial\ell}{\partial x} = \frac{\partial\ell}{\partial\hat x}\cdot\frac{1}{\sqrt{\mathrm{Var}[x]+\epsilon}}$.", "HF"),
    # What is differentiated may be stacked, or have a factor: what it depends on varies, and nothing else.
    ("ex4_chain", r"$dJ = -2\operatorname{vec}(X-F)^T\,d\operatorname{vec}(F)$, $dJ = -\operatorname{tr}((X-F)^T\,d(2F))$, $dJ = 2\operatorname{vec}(X-F)^T\,d\operatorname{vec}(F)$.", "HHF"),
    # The differential of the loss is no gradient by it.
    ("ex1", r"$dy = \frac{dy}{dx}$", "F"),
    # A function of a list of variables, cases in a matrix, and a logarithm of a sum that has a name.
    ("softmax", r"$Z(x_1,\dots,x_n) = \sum_j e^{x_j}$, $p_i = \frac{e^{x_i}}{Z}$, $\frac{\partial\ln Z}{\partial x_k} = \frac{1}{Z}\frac{\partial Z}{\partial x_k} = p_k$, $\frac{\partial\ln Z}{\partial x_k} = e^{x_k}$.", "HHHHF"),
    ("softmax", r"$\frac{\partial y_i}{\partial x_j} = \left\{\begin{matrix} y_i(1-y_j) & i=j \\ -y_jy_i & i\ne j\end{matrix}\right.$", "HD"),
    ("softmax", r"$\log y_i = x_i - \operatorname{lse}(x)$, $\frac{\partial\operatorname{lse}(x)}{\partial x_k} = y_k$, $\nabla_x\operatorname{logsumexp}(x) = e^x$.", "HHF"),
    # What is set to a zero that is a formula, in any language, and a zero that is only mentioned.
    ("ex4_trace", r"$\nabla_SJ = 2A^TAS-2A^TX$. Setting it to $0$ gives $A^TAS = A^TX$.", "HH"),
    ("ex4_trace", r"$\nabla_SJ = 2A^TAS-2A^TX$. Igualando a $0$: $A^TAS = A^TX$.", "HH"),
    ("ex4_trace", r"$\nabla_SJ = 2A^TAS-2A^TX$. On pose égal à $0$ : $A^TAS = A^TX$.", "HH"),
    ("ex4_trace", r"$\nabla_SJ = 2A^TAS-2A^TX$. On annule : $A^TAS = A^TX$.", "HH"),
    ("ex4_trace", r"$\nabla_SJ = 2A^TAS-2A^TX$. The sum over nothing is $0$. Further, $A^TAS = A^TX$.", "HF"),
    # A label says that all is numbers, and words that one weight may be one.
    ("linear", r"Scalars first: $y=wx+b$: $\frac{\partial L}{\partial w} = \frac{\partial L}{\partial y}x$." + "\n\n" + r"Now matrices: $Y = XW+b$, $\frac{\partial L}{\partial W} = \frac{\partial L}{\partial Y}X$.", "HHHU"),
    ("linear", r"For a single weight, $y=wx+b$: $\frac{\partial L}{\partial w} = \frac{\partial L}{\partial y}x$.", "HU"),
    # The loss is called on the output, whatever way that is written, and is no factor of it.
    ("linear", r"$L(XW+b) = L(Y)$, $\frac{\partial L(XW+b)}{\partial W} = X^TG$ with $G = \partial L/\partial Y$, $\frac{\partial L(XW+b)}{\partial W} = GX^T$.", "HHHF"),
    ("linear", r"Let $\phi(W) = L(XW+b)$; then $d\phi = \operatorname{tr}(G^TX\,dW)$, hence $\nabla\phi = X^TG$, $\nabla_WL(XW+b) = 2X^TG$.", "HHHF"),
    ("linear", r"$L(XW+b+\Delta)-L(XW+b) = \langle G,\Delta\rangle$, $L(X(W+E)+b)-L(XW+b) = \langle X^TG,E\rangle$.", "UU"),
    ("linear", r"$L(XW+b+X\,dW)-L(XW+b) = \langle G,X\,dW\rangle$.", "U"),
    ("ex4_chain", r"$J(AS) = \|X-AS\|^2$, $\frac{\partial J(AS)}{\partial S} = -2A^T(X-AS)$, $\frac{\partial J(AS)}{\partial A} = -2S^T(X-AS)$.", "HHF"),
    # The quotient rule in any letters, and a derivative by what a layer is without its bias.
    ("softmax", r"The quotient rule: for $f = \frac{g}{h}$ we have $f' = \frac{g'h-gh'}{h^2}$.", "HH"),
    ("softmax", r"The quotient rule: for $f = \frac{g}{h}$ we have $f' = \frac{g'h+gh'}{h^2}$.", "HU"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "letters"), KINDS)
def test_what_other_notes_write(exercise, text, letters):
    assert judged(exercise, text) == letters
