r"""Notations of strangers: what they write in another way than most. Right steps are read, and false ones are still called false.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "a fraction with over": [
        ("ex4_trace", r"${\partial \|U\|^2_F \over \partial U} = 2U$, ${\partial J \over \partial S} = -2A^T(X-AS)$", "HH"),
        ("ex4_trace", r"${\partial J \over \partial S} = 2A^T(X-AS)$", "F"),
        ("ex4_trace", r"$$\partial J \over \partial S$$ $$= -2A^T(X-AS)$$", "H"),
        ("ex4_trace", r"$$\mathbf{\partial J \over \partial A} = -2(X-AS)S^T$$ $${\partial{\|X-AS\|^2_F}\over\partial{A}} = 2(X-AS)S^T$$", "HF"),
        ("batch_norm", r"$$\begin{aligned} y_i &= {x_i - \mu \over \sqrt{\sigma + {\epsilon \over 1}}} \\ \mu &= {1\over N}\sum_{i=1}^N x_i \end{aligned}$$", "HH"),
        ("softmax", r"$y_i = {e^{x_i} \over \sum_{j=1}^N e^{x_j}} = \left( e^{x_i} \over \sum_j e^{x_j} \right)$, $y_i = {\sum_j e^{x_j} \over e^{x_i}}$", "HHF"),
        ("linear", r"$\def\pd#1#2{{\partial #1 \over \partial #2}}$ $\pd{L}{x} = gW^T$, $\pd{L}{x} = g^TW$", "HF"),
        ("linear", r"$\def\pa{\partial}$ ${\pa L \over \pa W} = x^Tg$", "H"),
    ],
    "spaces": [
        ("ex2", r"$\frac{\partial y}{\partial A} \space = \space B^T$, $dy = \text{tr}(B\space dA)$, $dy = \text{tr}(B^T\space dA)$", "HHF"),
        ("ex1", r"$y \enspace = x^Tx\space\thickspace$, $\nabla y \enskip=\nobreakspace x$", "HF"),
        ("ex1", "$$\\begin{aligned} y &= x^Tx \\\\\\\\ &= \\sum_i x_i^2 \\\\\\\\ \\nabla y &= x \\end{aligned}$$", "HHF"),
    ],
    "up to a constant": [
        ("ex4_trace", r"$J = tr(S^TA^TAS) - 2tr(X^TAS) + \mathrm{const} = tr(ASS^TA^T) - 2tr(SX^TA) + \mathrm{const}$", "HH"),
        ("ex4_trace", r"$J = tr(S^TA^TAS) - tr(X^TAS) + \text{const.}$", "F"),
        ("ex4_trace", r"$J = -2tr(X^TAS) + const$, $J = tr(S^TA^TAS) - 2tr(X^TAS) + c.t.$", "FH"),
        ("ex4_trace", r"$J = tr(S^TA^TAS) - 2tr(X^TAS) + \text{const. in } S$, $J = tr(S^TA^TAS) - 2tr(X^TAS) + \text{terms independent of } S$", "HH"),
        ("ex4_trace", r"$\frac{\partial J}{\partial S} = \frac{\partial}{\partial S}(tr(S^TA^TAS) - 2tr(X^TAS) + \mathrm{const}) = 2A^TAS - 2A^TX$", "HH"),
        ("ex4_trace", r"$\frac{\partial J}{\partial S} = \frac{\partial}{\partial S}(tr(S^TA^TAS) - tr(X^TAS) + \mathrm{const})$", "F"),
        ("ex4_chain", r"$J = \|F\|^2 - 2tr(X^TF) + \text{константа}$, $J = \|F\|^2 - tr(X^TF) + \text{cst}$", "HF"),
        ("ex1", r"$y = \sum_i x_i^2 + \mathrm{const}$, $y = \sum_i x_i + \mathrm{const}$", "HF"),
        ("ex3", r"$y = \text{const}\cdot x^TAc$", "~"),
    ],
    "plus or minus": [
        ("ex2", r"$\text{tr}(A \pm B) = \text{tr}(A) \pm \text{tr}(B)$, $(P \pm Q)^T = P^T \pm Q^T$", "HH"),
        ("ex2", r"$\text{tr}(A \pm B) = \text{tr}(A) \mp \text{tr}(B)$", "F"),
        ("ex1", r"$(x \pm h)^T(x \pm h) = x^Tx \pm 2x^Th + h^Th$", "H"),
        ("ex1", r"Let $h\in\mathbb R^N$. $(x \pm h)^T(x \pm h) = x^Tx \pm x^Th + h^Th$, $(x \pm h)^T(x \mp h) = x^Tx - h^Th$", "FH"),
        ("ex3", r"$(x \pm c)^TAc = y \pm c^TAc$, $(x \pm c)^TAc = \pm y + c^TAc$", "HF"),
        ("ex1", r"$\|x\| = \pm\sqrt{y}$", "~"),
    ],
    "a colon product that stands first": [
        ("linear", r"$$\frac{\partial L}{\partial y} : dy = \sum_{i,j} \frac{\partial L}{\partial y_{ij}} dy_{ij} = dL$$", "HH"),
        ("linear", r"$$dL = g : dy = g : (dx W + x dW) =$$ $$g : dx W + g : x dW$$", "HHH"),
        ("linear", r"$$dL = g : dy = g : (dx W + x dW) =$$ $$g : dx W - g : x dW$$", "HHF"),
        ("linear", r"$dL = g : dy$. $$(gW^T) : dx = \text{tr}(Wg^Tdx)$$ $$(gW^T) : dx = \text{tr}(W^Tg^T\,dx)$$", "HHF"),
        ("ex4_trace", r"$dJ = 2(AS-X):d(AS)$ and $$2(AS-X) : A\,dS = 2A^T(AS-X):dS$$ $$2(AS-X) : A\,dS = dJ$$", "HHH"),
        ("linear", r"$dL = g:dy$. $\frac{\partial L}{\partial W}: dL = \text{tr}(g^Tx\,dW)$; $W: dW = x^Tg$", "HHH"),
        ("linear", r"$W: dW = x^Tg$, $b: db = \sum_n g_n$", "HH"),
    ],
    "a point as a product": [
        ("ex4_trace", r"$dJ = 2(A.S-X):d(A.S)$, $$\mathbf{2(A.S-X):A.dS = 2A'.(A.S-X):dS}$$ $$2(A.S-X):A.dS = 2A.(A.S-X):dS$$", "HHF"),
        ("ex4_trace", r"$dJ = 2(A.S-X):A.dS = 2A'.(A.S-X):dS$", "HH"),
        ("ex4_trace", r"$J = tr((X-A.S)'.(X-A.S))$, $W = A.S-X. dW = A.dS$", "HHH"),
        ("linear", r"$y = x.W + b$, $\frac{\partial L}{\partial W} = x^T.\frac{\partial L}{\partial y}=x^T.g$, $\frac{\partial L}{\partial x} = g.W$", "HHHF"),
        ("ex4_chain", r"$\frac{\partial J}{\partial S} = A^T . \frac{\partial J}{\partial F} = -2A^T.(X-F)$", "HH"),
        ("softmax", r"$\frac{\partial L}{\partial x_i} = \text{softmax}(x)_i.(g_i - \sum_j g_j.y_j)$", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -\text{softmax}(x_i).\text{softmax}(x_k)$ for $i \ne k$", "~"),
        ("ex1", r"$y = x^Tx. dy = 2x^Tdx. \nabla y = x.$", "HHF"),
    ],
    "a sum with a Greek letter": [
        ("batch_norm", r"$\mu = \frac{1}{m} \Sigma^m_{i=1} x_i$, $\sigma = \frac{1}{m} \Sigma^m_{i=1}(x_i - \mu)^2$", "HH"),
        ("batch_norm", r"$\mu = \frac{1}{N} \Sigma_i^N x_i$, $\mu = \Sigma_{i=1}^N x_i$", "HF"),
        ("softmax", r"$y_i = \frac{e^{x_i}}{\Sigma_{j=1}^n e^{x_j}}$", "H"),
        ("ex2", r"$y = \Sigma_{i=1}^N\Sigma_{j=1}^N a_{ij}b_{ji}$, $y = \Sigma_{i=1}^N\Sigma_{j=1}^N a_{ij}b_{ij}$", "HF"),
        ("ex1", r"$y = \Sigma_{i=1}^{N} x_i^2$, $\nabla y = \Sigma_{i=1}^{N} x_i$", "HF"),
        ("ex1", r"Let $\Sigma = xx^T$. $\Sigma^T = \Sigma$", "HH"),
    ],
    "names of the trace": [
        ("ex2", r"$y = \operatorname{traza}(AB) = \text{traço}(AB) = \mathrm{traccia}(BA) = \text{traza}(A)$", "HHHF"),
        ("ex2", r"$y = \text{след}(AB) = \mathrm{Sp}(AB) = \operatorname{Tr}(BA) = \text{trace}(AB)$", "HHHH"),
        ("ex2", r"$y = traza(AB) = Sp(AB) = Spur(BA) = \mathrm{след}(A^TB)$", "HHHF"),
        ("ex4_trace", r"$J = Sp((X-AS)^T(X-AS)) = Sp\left[(X-AS)(X-AS)^T\right]$", "HH"),
        ("ex4_trace", r"$\operatorname{spoor}(S^TS) = \text{迹}(SS^T)$", "H"),
        ("ex2", r"$tr\bigg( AB \bigg) = y$, $y = tr \begin{bmatrix} \sum_i a_{1i}b_{i1} & 0 \\ 0 & \sum_i a_{2i}b_{i2}\end{bmatrix}$ for $N=2$", "H~."),
    ],
    "a derivative by an index above a fraction": [
        ("softmax", r"$\frac{\partial_ky_i}{y_i} = \delta_{ik}-y_k$", "H"),
        ("softmax", r"$\frac{\partial_k y_i}{y_i} = \delta_{ik}-y_i$", "F"),
        ("softmax", r"$\frac{\partial_i\ln y_j}{2} = \frac{\delta_{ij}-y_i}2$", "H"),
        ("softmax", r"$\frac{\partial_k y_i}{\partial_k \ln y_i} = y_i$, $\partial_ky_i = y_i(\delta_{ik}-y_k)$", "HH"),
        ("ex1", r"$\frac{\partial_k y}{2} = x_k$, $\frac{\partial_ky}{x_k} = 1$", "HF"),
    ],
    "sizes of arrays": [
        ("ex4_chain", r"$F \in {R}^{M \times N}, A \in {R}^{M \times K}, S \in {R}^{K \times N}$. $\text{vec}(AS) = (I_N\otimes A)\text{vec}(S)$, $\text{vec}(AS) = (I_M\otimes A)\text{vec}(S)$", "HF"),
        ("ex4_chain", r"$F \in R^{M \times N}$, $A \in R^{M \times K}$, $S \in R^{K \times N}$. $\text{vec}(AS) = (I_N\otimes A)\text{vec}(S)$, $\text{vec}(AS) = (I_M\otimes A)\text{vec}(S)$", "HF"),
        ("ex4_chain", r"$X$ is of size $m \times n$, $A$ of size $m \times k$ and $S$ of size $k \times n$. $\text{vec}(AS) = (I_n\otimes A)\text{vec}(S)$, $\text{vec}(AS) = (I_m\otimes A)\text{vec}(S)$", "HF"),
        ("ex4_chain", r"$X$ is $n$ by $m$, $A$ is $n$ by $r$ and $S$ is $r$ by $m$. $\text{vec}(AS) = (I_m\otimes A)\text{vec}(S)$, $\text{vec}(AS) = (I_n\otimes A)\text{vec}(S)$", "HF"),
        ("ex4_chain", r"X is n x m, A is n x r and S is r x m. $\text{vec}(AS) = (I_m\otimes A)\text{vec}(S)$, $\text{vec}(AS) = (I_n\otimes A)\text{vec}(S)$", "HF"),
        ("ex4_chain", r"$X$ is $M$ by $N$, $A$ is $M$ by $R$ and $S$ is $R$ by $N$. $\text{vec}(AS) = (I_N\otimes A)\text{vec}(S)$, $\text{vec}(AS) = (I_M\otimes A)\text{vec}(S)$", "HF"),
        ("ex4_chain", r"$X$ of shape (M, N), $A$ of shape (M, R), $S$ of shape (R, N). $\text{vec}(AS) = (I_N\otimes A)\text{vec}(S)$, $\text{vec}(AS) = (I_M\otimes A)\text{vec}(S)$", "HF"),
        ("ex4_chain", r"Matrices: $X$ une matrice de taille (P,Q), $A$ matrice des poids (P,K), $S$ matrice des codes (K,Q). $\text{vec}(AS) = (I_Q\otimes A)\text{vec}(S)$, $\text{vec}(AS) = (I_P\otimes A)\text{vec}(S)$", "HF"),
        ("linear", r"$x$ of size $(N, D)$, $W$ matrice des poids (D,C). $y_{ni}=\sum_{l=1}^{D}x_{nl}w_{li} + b_i$, $y_{ni}=\sum_{l=1}^{C}x_{nl}w_{li} + b_i$", "H-"),
        ("ex4_trace", r"$J$ is a function of two matrices $(A,S)$. $\frac{\partial J}{\partial S} = -2A^T(X-AS)$", "H"),
        ("softmax", r"$X \in R^{M \times N}$. $y_{ij} = \frac{e^{x_{ij}}}{\sum_{k=1}^N e^{x_{ik}}}$", "H"),
    ],
    "cases without an index": [
        ("softmax", r"$i = k$, $l \ne j$: $\frac{\partial e^{x_{kl}}}{\partial x_{ij}} = \frac{\partial e^{x_{il}}}{\partial x_{ij}} = 0$", "DHH"),
        ("softmax", r"$i = k$, $l \ne j$: $\frac{\partial e^{x_{kl}}}{\partial x_{ij}} = e^{x_{kl}}$", "D-"),
        ("softmax", r"In a batch $x_{nk}$, $n = m$, $k \ne l$: $\frac{\partial x_{nk}}{\partial x_{ml}} = 0$", "~~"),
        ("ex4_trace", r"$l \ne j$: $\frac{\partial a_{il}}{\partial a_{kj}} = 0$", "H"),
        ("ex4_trace", r"$l \ne j$: $\frac{\partial a_{il}}{\partial a_{ij}} = 1$", "-"),
    ],
    "two cases at once": [
        ("softmax", r"$x_{kl}$ is an entry of a batch. $i = k$, $l \ne j$: $\frac{\partial y_{kl}}{\partial x_{ij}} = \frac{\partial y_{il}}{\partial x_{ij}} = -y_{il}y_{ij}$", "DHH"),
        ("softmax", r"$x_{kl}$ is an entry of a batch. $i = k$, $l = j$: $\frac{\partial y_{kl}}{\partial x_{ij}} = y_{ij} - y_{ij}^2$", "DDH"),
        ("softmax", r"$x_{kl}$ is an entry of a batch. $i = k$, $l = j$: $\frac{\partial y_{kl}}{\partial x_{ij}} = y_{ij}$", "DD-"),
        ("ex4_trace", r"$i = k$, $l = j$: $\frac{\partial a_{il}}{\partial a_{kj}} = 1$", "DDH"),
        ("ex4_trace", r"$i = k$, $l \ne j$: $\frac{\partial a_{il}}{\partial a_{kj}} = 0$", "DH"),
        ("ex2", r"$i = k$, $l = j$: $\frac{\partial y}{\partial a_{ij}} = b_{lk}$", "DDH"),
    ],
    "sums that are not written, again and again": [
        (
            "linear",
            r"Repeated indices are summed. $y_{ij} = x_{ik}w_{kj} + \mathbf 1_i b_j$, $\frac{\partial y_{ij}}{\partial x_{pq}} = \frac{\partial}{\partial x_{pq}}[x_{ik}w_{kj}+\mathbf{1}_ib_j] = \delta_{ip}\delta_{kq}w_{kj}$, "
            r"$[\frac{\partial L}{\partial x}]_{pq} = [\frac{\partial L}{\partial y}]_{pj}[W^T]_{jq}$, $\frac{\partial y_{ij}}{\partial w_{pq}} = x_{ik}\delta_{kp}\delta_{jq} = x_{ip}\delta_{jq}$, "
            r"$\frac{\partial L}{\partial b_p} = \frac{\partial L}{\partial y_{ij}}\mathbf 1_i\delta_{jp} = \frac{\partial L}{\partial y_{ip}}\mathbf 1_i = \sum_i\frac{\partial L}{\partial y_{ip}}$",
            "HHHHHHHHH",
        ),
        ("linear", r"Repeated indices are summed. $y_{ij} = x_{ik}w_{kj} + b_j$, $\frac{\partial L}{\partial w_{pq}} = g_{ij}x_{ik}\delta_{kp}\delta_{jq} = g_{ip}x_{iq}$", "HHF"),
        ("ex4_chain", r"Repeated indices are summed. $J = (X_{im}-F_{im})(X_{im}-F_{im})$, $\frac{\partial J}{\partial S_{kn}} = -2(X_{im}-F_{im})A_{ik}\delta_{mn} = -2A_{ik}(X_{in}-F_{in})$", "HHH"),
        ("ex2", r"Repeated indices are summed. $y = a_{ij}b_{ji}$, $\frac{\partial y}{\partial a_{pq}} = \delta_{ip}\delta_{jq}b_{ji} = b_{qp}$, $\frac{\partial y}{\partial a_{pq}} = b_{pq}$", "HHHF"),
        ("ex3", r"Repeated indices are summed. $y = x_ia_{ij}c_j$, $\frac{\partial y}{\partial x_k} = \delta_{ik}a_{ij}c_j = a_{kj}c_j$, $\frac{\partial y}{\partial a_{kl}} = x_kc_l$, $\frac{\partial y}{\partial a_{kl}} = x_lc_k$", "HHHHF"),
    ],
    "dots in matrices": [
        ("ex1", r"$\nabla y = \begin{bmatrix} 2x_1 \\ . \\ 2x_N \end{bmatrix} = \begin{bmatrix} 2x_1 \\ . \\ . \\ 2x_N \end{bmatrix}$, $\nabla y = \begin{bmatrix} x_1 \\ . \\ x_N \end{bmatrix}$", "HHF"),
        ("ex2", r"$\nabla_A y = \begin{bmatrix} \frac{\partial y}{\partial A_{11}} &.& \frac{\partial y}{\partial A_{1N}} \\ .&.&. \\ \frac{\partial y}{\partial A_{N1}} &.&\frac{\partial y}{\partial A_{NN}}\end{bmatrix}$", "H"),
        ("ex2", r"$\nabla_A y = \begin{bmatrix} b_{11} &...& b_{N1} \\ ...&...&... \\ b_{1N} &...&b_{NN}\end{bmatrix}$", "H"),
        ("ex2", r"$\nabla_A y = \begin{bmatrix} b_{11} & \ldots & b_{N1} \\ . & . & . \\ . & . & . \\ b_{1N} & \ldots &b_{NN}\end{bmatrix}$", "H"),
        ("linear", r"$\frac{\partial L}{\partial b} = \begin{pmatrix}1 & \cdots & 1\end{pmatrix} \frac{\partial L}{\partial y} = \begin{bmatrix}1&.&1\end{bmatrix}g$, $\frac{\partial L}{\partial b} = \begin{pmatrix}1 & . & 1\end{pmatrix} x$", "HHF"),
        ("batch_norm", r"$\mathbf{1}\mathbf{1}^T = \begin{bmatrix}1 & ... & 1 \\ . & . & . \\ 1 & ... & 1\end{bmatrix}$, $\mu = \frac1N\begin{bmatrix}1&\ldots&1\end{bmatrix}x$", "HH"),
        ("ex1", r"$$\begin{aligned} y &= x^Tx \\ . \end{aligned}$$", "H"),
    ],
    "a transposition that stands before": [
        ("ex3", r"$y = {}^t{xAc}$, $\frac{\partial({}^t{xAc})}{\partial x} = Ac$", "HH"),
        ("ex3", r"$y = {}^t c\,{}^{t}\!A x$, $\frac{\partial y}{\partial A} = x\,{}^tc$, $y = {}^t(Ax)c$", "HHF"),
        ("ex4_trace", r"$J = \mathrm{tr}({}^t(X-AS)(X-AS))$, $\frac{\partial J}{\partial S} = -2\,{}^tA(X-AS)$", "HH"),
        ("ex4_trace", r"$\frac{\partial J}{\partial A} = -2(X-AS)\,{}^tS$, $\frac{\partial J}{\partial A} = -2(X-AS)S$", "HF"),
        ("ex1", r"$y = {}^t\mathbf{x}\mathbf{x}$, ${}^{\top}x x = y$, $y = {}^t$", "HH~"),
    ],
    "sums that begin at zero": [
        ("softmax", r"$y_{kl} = \frac{e^{x_{kl}}}{\sum_{p=0}^{N} e^{x_{kp}}}$", "H"),
        ("softmax", r"$X \in {R}^{M \times N}$. $y_{kl} = \frac{e^{x_{kl}}}{\sum_{p=0}^{N} e^{x_{kp}}}$, $y_{kl} = \frac{e^{x_{kl}}}{\sum_{p=0}^{N} e^{x_{pl}}}$", "HF"),
        ("softmax", r"$y_{kl} = \frac{e^{x_{kl}}}{\sum_{p=0}^{N} e^{x_{kp}}}$, $\sum_{p=1}^N y_{kp} = 1$", "~H"),
        ("ex1", r"$y = \sum_{i=0}^{N} x_i^2 = \sum_{i=0}^{N-1} x_i^2$, $y = \sum_{i=0}^{N} x_i$", "HHF"),
        ("ex2", r"$y = \sum_{i=0}^{N} \sum_{j=0}^N a_{ij}b_{ji}$, $y = \sum_{i=0}^{N} \sum_{j=0}^N a_{ij}b_{ij}$", "HF"),
        ("ex4_chain", r"$A \in R^{M \times K}$, $S \in R^{K\times N}$. $f_{pq} = \sum_{k=0}^{K} a_{pk}s_{kq} = \sum_{k=0}^{K-1} a_{pk}s_{kq}$", "HH"),
        ("batch_norm", r"$\mu = \frac1N\sum_{i=0}^{N} x_i$, $\mu = \frac1m\sum_{i=0}^{m} x_i$, $\mu = \sum_{i=0}^{N} x_i$", "HHF"),
        ("ex1", r"$y = \sum_{i=0}^{N} x_i^2$, where $x_1$ is the first entry", "~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_notation_of_a_stranger_is_read(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"
