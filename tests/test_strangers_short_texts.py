r"""What students write in two or three lines: gradients by what stands below a letter, layers with bare numbers, adjoints, vec by rows, operations in words.

By kind: an exercise, a text, and the letters of its steps: what holds, is false, not understood, stated, or in the other layout.
"""

import pytest

from tests.test_precision import judged

KINDS = [
    # Two layers in the exercise's own letters, in two formulas or in one, with the gradient that comes in as of one layer.
    ("linear", r"$a = xW_1+b_1$, $y_2 = aW_2+b_2$. $\frac{\partial L}{\partial W_2} = a^Tg$, $\frac{\partial L}{\partial W_1} = x^TgW_2^T$, $\frac{\partial L}{\partial W_1} = x^TW_2^Tg$.", "HHHHF"),
    ("linear", r"$y_2=(xW_1+b_1)W_2+b_2 = xW_1W_2 + b_1W_2+b_2$. $\frac{\partial L}{\partial W_1} = x^TgW_2^T$, $\frac{\partial L}{\partial x} = gW_2^TW_1^T$, $\frac{\partial L}{\partial x} = gW_1^TW_2^T$.", "HHHHF"),
    ("linear", r"$y = (xW_1+b_1)W_2+b_2$. $\frac{\partial L}{\partial W_2}=(xW_1+b_1)^Tg$.", "HH"),
    # Numbers of layers above letters, in no brackets.
    ("linear", r"$a = xW_1+b_1$, $y_2 = aW_2+b_2$. $\delta^2 = g$, $\delta^1 = \delta^2 W_2^T$, $\frac{\partial L}{\partial W_1} = x^T\delta^1$, $\frac{\partial L}{\partial W_1} = x^T\delta^2$.", "HHHHHF"),
    ("linear", r"$z^1 = xW^1 + b^1$, $z^2 = z^1W^2+b^2$. $\delta^2 = \partial L/\partial z^2$, $\delta^1 = \delta^2 (W^2)^T$, $\partial L/\partial W^2 = (z^1)^T\delta^2$.", "HHHHH"),
    # Gradients of which it is not said what they are of.
    ("linear", r"$\nabla_{W} = x^T g$, $\nabla_x = gW^T$, $\nabla_W = gx^T$.", "HHF"),
    ("linear", r"$h = xW_1+b_1$, $y_2 = hW_2+b_2$. $\nabla_h = gW_2^T$, $\nabla_{W_1} = x^T\nabla_h$, $\nabla_x = \nabla_hW_1^T$.", "HHHHH"),
    ("ex4_trace", r"$\nabla_S = -2A^T(X-AS)$, $\nabla_A = -2(X-AS)S$.", "HF"),
    # Gradients by what stands below a letter, where nobody says that they are: wrong ones did hold as definitions.
    ("linear", r"$g_x = gW^T$, $g_W = x^Tg$, $g_b = g^T1$, $g_W = gx^T$.", "HHHF"),
    ("linear", r"$d_x = gW^T$, $d_W = x^Tg$, $d_W = xg^T$.", "HHF"),
    ("softmax", r"$g_x = y\odot(g + \sum_jg_jy_j)$.", "F"),
    ("ex4_chain", r"$D_F = -2(X-F)$, $D_S = A^TD_F$, $D_A = S^TD_F$.", "HHF"),
    ("batch_norm", r"$d_i = x_i - \mu$.", "H"),
    # Errors of objects, with their number above.
    ("linear", r"$y^{(n)} = W x^{(n)} + b$, $\delta^{(n)} = \partial L/\partial y^{(n)}$. $\nabla_WL = \sum_{n=1}^N\delta^{(n)}(x^{(n)})^{T}$, $\nabla_{b}L = \sum_{n=1}^N\delta^{(n)}$.", "HHHH"),
    # Rows, of which a formula or words say that they are meant.
    ("softmax", r"$\frac{\partial L}{\partial x} = g\,(\mathrm{diag}(y) - y^Ty) = g\odot y - (gy^T)\,y$.", "UU"),
    ("softmax", r"Everything is a $1\times C$ row: $g\,\mathrm{diag}(y) = g\odot y$.", "H"),
    ("softmax", r"$\frac{\partial y}{\partial x} = \mathrm{diag}(y) - y^Ty$.", "F"),
    ("linear", r"$y = xW+b$, $\frac{\partial y}{\partial x} = W^T$, $\frac{\partial y}{\partial x} = 2W^T$.", "HUF"),
    # Adjoints; a star at what is optimal is none.
    ("ex4_chain", r"$\langle -2(X-AS), AH\rangle = \langle -2A^*(X-AS), H\rangle$, $\nabla_A J = -2(X-AS)S^*$, $\nabla_A J = -2S^*(X-AS)$.", "HHF"),
    ("ex3", r"$y = \langle A^*x, c\rangle$, $\nabla_x y = Ac$.", "HH"),
    ("ex4_trace", r"Optimal: $A^TAS^* = A^TX$, $S^* = (A^TA)^{-1}A^TX$.", "HH"),
    # Compositions of functions.
    ("ex4_chain", r"$J = f\circ h$ with $f(F) = \|X-F\|_F^2$, $h(S) = AS$. $(f\circ h)(S) = \|X-AS\|^2$, $(f\circ h)(S) = -\|X-AS\|^2$.", "HHHHU"),
    ("softmax", r"$\nabla_xL = y\circ g - (g^Ty)y$.", "H"),
    # Plain arrays of programs, and their products in other commands.
    ("ex3", r"$\texttt{y} = \texttt{x @ A @ c}$, $\mathtt{dx} = \mathtt{A\ @\ c}$, $\mathtt{dA} = \mathtt{np.outer(x,\ c)}$.", "HHH"),
    ("ex4_chain", r"$\mathrm{dF} = -2\,(\mathrm X - \mathrm F)$, $\mathrm{dS} = \mathrm{A.T}\ \texttt{@}\ \mathrm{dF}$, $\mathrm{dA} = \mathrm{dF @ A.T}$.", "HHF"),
    # Distances between the lines of a table.
    ("softmax", r"$$\frac{\partial y_i}{\partial x_k} =\begin{cases}y_i(1-y_i) & \text{if $i=k$}\\[8pt] -y_iy_k & \text{if $i\neq k$}\end{cases}$$", "HD"),
    # Letters that only a derivative, a statement or a true equality tells.
    ("softmax", r"$\frac{\partial \hat y_i}{\partial o_k} = \hat y_i(\delta_{ik}-\hat y_k)$, $\frac{\partial \hat y_i}{\partial o_k} = \hat y_i(\delta_{ik}+\hat y_k)$.", "HF"),
    ("softmax", r"$\frac{\partial y_i}{\partial x_k} = \frac{\delta_{ik}e^{x_i}Z - e^{x_i}e^{x_k}}{Z^2}$, $\frac{\partial Z}{\partial x_k} = e^{x_k}$, $\frac{\partial Z}{\partial x_k} = Z$.", "HHF"),
    ("softmax", r"$\frac{\partial L}{\partial x} = J^Tg = (\operatorname{diag}(y)-yy^T)g = (\operatorname{diag}(y)+yy^T)g$.", "HHF"),
    ("batch_norm", r"Evaluation mode, $m$ and $v$ are constants: $y_i = (x_i-m)/\sqrt{v+\epsilon}$, $\partial y_i/\partial x_k = \delta_{ik}/\sqrt{v+\epsilon}$.", "HH"),
    ("batch_norm", r"$y_i = \frac{x_i-m}{\sqrt{v+\epsilon}}$. $\frac{\partial v}{\partial x_i} = \frac{2}{N}(x_i-m)$, $\frac{\partial v}{\partial x_i} = 2(x_i-m)$.", "HHF"),
    ("batch_norm", r"$dx_i = \frac{1}{\sqrt{v+\epsilon}}(g_i-\frac1N\sum_jg_j-\hat x_i\frac1N\sum_jg_j\hat x_j)$ with $v=\frac1N\sum_i(x_i-m)^2$.", "HH"),
    # The rows of a matrix, stacked.
    ("ex4_chain", r"$\operatorname{vec}(AS) = (A\otimes I_M)\operatorname{vec}(S)$ where vec stacks the rows. $\frac{\partial F}{\partial S} = A\otimes I_M$, $\frac{\partial F}{\partial S} = I_M\otimes A$.", "HHF"),
    ("ex4_chain", r"$\operatorname{rvec}(AS) = (A\otimes I_M)\operatorname{rvec}(S)$, $\operatorname{vec}(AS) = (I_M\otimes A)\operatorname{vec}(S)$.", "HH"),
    ("ex4_chain", r"$\frac{\partial\operatorname{vec}(F^T)}{\partial\operatorname{vec}(S^T)} = A\otimes I_M$, $\frac{\partial\operatorname{vec}(F^T)}{\partial\operatorname{vec}(S^T)} = I_M\otimes A$.", "HF"),
    # Operations in words are done, or not understood; they are never dropped.
    ("linear", r"$\frac{\partial L}{\partial b} = \text{sum of rows of } g$, $\frac{\partial L}{\partial W} = \text{transpose of } x \text{ times } g$.", "HU"),
    ("ex3", r"$\frac{\partial y}{\partial x} = A \text{ times } c$, $\frac{\partial y}{\partial x} = c \text{ plus } c$.", "HF"),
    # A linear function is its own derivative, as a map.
    ("ex2", r"$f(A) = \operatorname{tr}(AB)$ is linear, so $Df(A) = f$. $\nabla f(A) = 2B^T$.", "HUF"),
    # Lines that are drawn in matrices, and their rows and columns up to the last one.
    ("linear", r"$x = \begin{bmatrix} — x_1^T —\\ \vdots\\ — x_N^T —\end{bmatrix}$, $y_n = W^Tx_n + b$.", "HH"),
    ("linear", r"$x = \begin{bmatrix} - & x_1^T & -\\ & \vdots & \\ - & x_N^T & -\end{bmatrix}$, $y_n = W^Tx_n - b$.", "HF"),
    ("ex4_trace", r"$X = \begin{bmatrix} | & & |\\ x_1 & \cdots & x_M\\ | & & |\end{bmatrix}$, $J = \sum_m\|x_m-As_m\|^2$.", "HH"),
    ("linear", r"$y_n = x_nW+b$. $\frac{\partial L}{\partial x} = \begin{pmatrix} g_1W^T\\ \vdots\\ g_NW^T\end{pmatrix} = gW^T$.", "HHH"),
    # "Sample number n" makes no number of n.
    ("linear", r"Sample number $n$ is the row $x_n$ of $X$, its output is the row $y_n = x_n W + b$. $\frac{\partial L}{\partial x_n} = g_n W^T$.", "HH"),
    # Moving statistics before and behind an update.
    ("batch_norm", r"$\mu_{mov} = \alpha\mu_{mov}+(1-\alpha)\mu$, $\sigma_{mov} = (1-\alpha)\sigma_{mov}+\alpha\sigma$.", "HF"),
    ("batch_norm", r"$\mu_{new} = \alpha\mu_{old}+(1-\alpha)\mu$, $\sigma_{new} = \alpha\sigma_{old}+\sigma$.", "HF"),
    ("batch_norm", r"$m_t = \alpha m_{t-1}+(1-\alpha)\mu$, $v_{t+1} = \alpha v_{t}+(1-\alpha)\sigma_t$.", "HH"),
    # Letters that words call the mean and the variance.
    ("batch_norm", r"$m$ and $v$ are the mean and the variance. $\frac{\partial v}{\partial x_k} = \frac2N(x_k-m)$, $\frac{\partial v}{\partial x_k} = 2(x_k-m)$.", "HF"),
    ("batch_norm", r"En évaluation, la moyenne $m$ et la variance $v$ sont fixes : $\frac{\partial L}{\partial x_k} = \frac{g_k}{\sqrt{v+\varepsilon}}$.", "H"),
    # A condition with a colon behind it is that of what follows.
    ("softmax", r"$$\frac{\partial y_k}{\partial x_k} = y_k(1-y_k), \qquad \text{for } i\ne k:\quad \frac{\partial y_i}{\partial x_k} = -y_iy_k .$$", "HH"),
    ("softmax", r"$$\text{own:}\quad \frac{\partial y_k}{\partial x_k} = y_k(1-y_k), \qquad \text{cross } (i\text{ not }k)\text{:}\quad \frac{\partial y_i}{\partial x_k} = -y_iy_k .$$", "HH"),
    ("softmax", r"The own effect is $\frac{\partial y_k}{\partial x_k} = y_k(1-y_k)$ and the cross effect $\frac{\partial y_i}{\partial x_k} = y_iy_k$.", "HF"),
    # A small letter that the text sets equal to the transposed matrix of the capital one.
    ("linear", r"$w_{ji} = W_{ij}$. $y_{nj} = \sum_i w_{ji}x_{ni} + b_j$, $\frac{\partial L}{\partial w_{ji}} = \sum_n g_{nj}x_{ni}$, $\frac{\partial L}{\partial w_{ji}} = \sum_n g_{ni}x_{nj}$.", "HHHF"),
    # Chain rules of Jacobians, and a vec of all that follows it.
    ("ex4_chain", r"$\mathsf{D}F(S) = I_M\otimes A$, $\mathsf{D}J(S) = \mathsf{D}J(F)\,\mathsf{D}F(S) = -2(\operatorname{vec}(X-F))'(I_M\otimes A)$.", "HHU"),
    ("ex4_chain", r"$-2(\operatorname{vec}(X-F))'(S'\otimes I_N) = -2(\operatorname{vec}(X-F)S')'$.", "H"),
    # Operators, rows among the steps, probabilities, and gradients by names of the text's own: nothing is false that may be meant so.
    ("ex4_chain", r"Let $\mathcal{R}A = AS$ be the linear map.", "U"),
    ("linear", r"$F = xW + \mathbf 1 b$, $D_bF[h] = \mathbf 1 h$, $\langle g, \mathbf 1h\rangle = \langle\mathbf 1^Tg, h\rangle$.", "HUU"),
    ("softmax", r"$D(p\,\|\,y) = \sum_i p_i\ln p_i - \sum_i p_i\ln y_i$. $\sum_i p_i(y_k-\delta_{ik}) = y_k-p_k$.", "UU"),
    ("linear", r"$A = x^T$, $V = W^T$, $dZ = g^T$, where $Z = VA + b^T$. $dV = 5dZA^T$.", "HHUHF"),
    # Letters of identities and sizes that are something else, and what a prime or a label below leaves open: nothing of them is false.
    ("ex4_trace", r"$dJ = 2\operatorname{tr}(E^TdE)$, for fixed $A$: $dE = -A\,dS$, so that $dJ = -2\operatorname{tr}(E^TA\,dS)$.", "UUU"),
    ("ex4_trace", r"The residual is $R$. $\frac{\partial J}{\partial A} = -2RS^T$.", "U"),
    ("softmax", r"$u=e^{x_i}$, $v=\sum_je^{x_j}$: $u'=e^{x_i}\delta_{ik}$, $v'=e^{x_k}$.", "HHUH"),
    ("batch_norm", r"$\hat x=x_c\cdot r$, $r=(\sigma+\epsilon)^{-1/2}$, $d\sigma=\frac2Nx_c^Tdx_c$.", "UHU"),
    # The letter below counts columns in most texts, so that the sum over the objects is lost; for an object's own copy "i" is usual.
    ("linear", r"$\frac{\partial L}{\partial b_j}=g_{j}$", "U"),
    ("linear", r"$\frac{\partial L}{\partial b_j}=\sum_ng_{nj}$", "H"),
    ("linear", r"$\frac{\partial L}{\partial b_i}=g_i$, $gradB=\sum_i g_i$", "HH"),
    ("linear", r"$L=\sum_{n,j}y_{nj}$. $\frac{\partial L}{\partial b_j}=1$", "HU"),
    # Rows and columns that words declare, also of matrices without dollar signs, of two at once, and with "i-th".
    ("ex2", r"Let $a_i^T$ be the rows of A and $b_i^T$ the rows of B. $y=\sum_ia_i^Tb_i$", "F"),
    ("ex2", r"Let $a_i^T$ be the rows of A and $b_i$ the columns of B. $y=\sum_ia_i^Tb_i$", "H"),
    ("ex2", r"Let $a_i$ be the i-th column of A and $b_i$ the i-th column of B: $y=\sum_ia_i^Tb_i$", "F"),
    ("ex3", r"Let $a_i^T$ be the i-th row of $A$. $y=\sum_ix_ia_i^Tc$, $Ac=\sum_ia_ic_i$", "HF"),
    ("ex3", r"Sei $a_i^T$ die i-te Zeile von A. $(Ac)_i=a_i^Tc$, $(Ac)_i=c^Ta_i$", "HH"),
    ("ex3", r"Soit $a_i$ la i-ème colonne de A. $\frac{\partial y}{\partial x_i}=a_i^Tc$, $Ac=\sum_ia_ic_i$", "FH"),
    ("ex4_trace", r"Let $x_m$ and $s_m$ be the columns of X and S. $J=\sum_m\|x_m-As_m\|^2$", "H"),
    ("ex4_trace", r"Let $x_m$ and $s_m$ be the rows of $X$ and $S$. $J=\sum_m\|x_m-As_m\|^2$", "U"),
    # A declared column of what the exercise calls so itself is no row of it: nothing of it is false.
    ("linear", r"Let $w_j$ be the $j$-th column of $W$ and $g_{:j}$ that of $g$. $\frac{\partial L}{\partial w_j}=x^Tg_{:j}$", "U"),
    # A value before a colon, and one that is chosen, hold for what follows.
    ("ex3", r"$x=e_1$: $y=\sum_jA_{1j}c_j$", "UH"),
    ("softmax", r"$g=e_m$: $\frac{\partial L}{\partial x_k}=y_m(\delta_{mk}-y_k)$", "HU"),
    ("softmax", r"Take $g_i=x_i$. $\frac{\partial L}{\partial x_k}=y_k(x_k-\sum_jx_jy_j)$", "UU"),
    ("softmax", r"Take $g=x$. $\frac{\partial L}{\partial x_k}=y_k(x_k-\sum_jx_jy_j)$", "UU"),
    ("ex1", r"$y=x^Tx$: $dy=3x^Tdx$.", "HF"),
    # An entry is differentiated by the entry with its number.
    ("softmax", r"$y_1' = y_1(1-y_1)$, $y_1' = y_1$.", "HF"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "letters"), KINDS)
def test_what_students_write_in_two_lines(exercise, text, letters):
    assert judged(exercise, text) == letters
