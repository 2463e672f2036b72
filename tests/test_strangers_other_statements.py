r"""Statements of something else beside the exercise's, and the exercise's own in other letters.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "something else": [
        ("softmax", r"Only the diagonal: $\frac{\partial y_i}{\partial x_i} = y_i(1-y_i)$; the rest is $-y_iy_j$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(1-y_i)$ when the indices are equal, and $-y_iy_j$ when not.", "~"),
        ("softmax", r"$\frac{\partial L}{\partial x_i} = y_i - 1$ if $i$ is the correct class, else $y_i$ (cross entropy)", "~"),
        ("softmax", r"$\frac{\partial L}{\partial x_i} = y_i - t_i$, where $t$ is the one-hot label and $L$ the cross-entropy", "~"),
        ("softmax", r"For the loss $L = -\log y_c$: $g_i = -\frac{\delta_{ic}}{y_c}$, $\frac{\partial L}{\partial x_i} = y_i - \delta_{ic}$.", "~~~"),
        ("softmax", r"Suppose $L = \frac12\|y-t\|^2$. $g = y-t$, $\frac{\partial L}{\partial x} = y\odot(y-t-y^T(y-t))$.", "~~~"),
        ("linear", r"Mean over the batch: $\frac{\partial L}{\partial W} = \frac1NX^T(Y-T)$ for the loss $L=\frac1{2N}\|Y-T\|^2$.", "~~"),
        ("linear", r"With weight decay, $\frac{\partial L}{\partial W} = X^Tg + \lambda W$.", "~"),
        ("linear", r"With regularization $\frac\lambda2\|W\|^2$ the gradient becomes $\frac{\partial L}{\partial W} = X^Tg + \lambda W$.", "~"),
        ("linear", r"Gradient descent: $W := W - \alpha X^Tg$", "~"),
        ("linear", r"If a ReLU follows, $\frac{\partial L}{\partial W} = X^T(g\odot 1[Y>0])$.", "~"),
        ("linear", r"With an activation $a = \tanh(Y)$: $\frac{\partial L}{\partial Y} = \frac{\partial L}{\partial a}\odot(1-a^2)$.", "~~"),
        ("batch_norm", r"Without centering, $y = x/\sqrt{\frac1N\sum x_i^2+\epsilon}$ (RMS norm).", "~"),
        ("batch_norm", r"For layer norm the mean is over features: $\mu_n = \frac1D\sum_dx_{nd}$.", "~"),
        ("batch_norm", r"With Bessel's correction $\sigma^2 = \frac1{N-1}\sum_i(x_i-\mu)^2$.", "~"),
        ("batch_norm", r"If only $\mu$ depended on $x$, $\frac{\partial y_i}{\partial x_j} = \frac{1}{\sqrt{\sigma+\epsilon}}(\delta_{ij}-\frac1N)$.", "~"),
        ("batch_norm", r"First part (direct): $\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{\sigma+\epsilon}}$.", "~"),
        ("batch_norm", r"Holding $\mu$ and $\sigma$ fixed, $\frac{\partial y_i}{\partial x_i} = \frac{1}{\sqrt{\sigma+\epsilon}}$.", "~"),
        ("ex4_chain", r"With regularization: $J = \|X-AS\|^2 + \lambda\|S\|^2$, $\frac{dJ}{dS} = -2A^T(X-AS) + 2\lambda S$.", "~~"),
        ("ex4_chain", r"If $A = I$: $J = \|X-S\|^2$, $\frac{dJ}{dS} = -2(X-S)$.", "~~~"),
        ("ex4_chain", r"One could also minimise $\frac12\|X-AS\|^2$, then $\frac{dJ}{dS} = -A^T(X-AS)$.", "~"),
        ("ex4_chain", r"Weighted: $J = \|W\odot(X-AS)\|^2$, $\frac{dJ}{dS} = -2A^T(W\odot W\odot(X-AS))$.", "~~"),
        ("ex3", r"If instead $y = x^TAx$ then $\frac{dy}{dx} = (A+A^T)x$.", "~~"),
        ("ex3", r"Compare: $\frac{d}{dx}x^TAx = (A+A^T)x$.", "H"),
        ("ex2", r"Similarly $\frac{d}{dA}\mathrm{tr}(ABA^T) = A(B+B^T)$ for square $B$.", "~"),
        ("ex2", r"For square matrices also $\frac{d\det A}{dA} = \det(A)A^{-T}$.", "~"),
        ("ex1", r"For a weighted norm $y = x^TMx$ with symmetric $M$, $\nabla y = 2Mx$.", "~~"),
        ("ex1", r"More generally, $\frac{d}{dx}\|Ax-b\|^2 = 2A^T(Ax-b)$.", "~"),
    ],
    "letters of an example": [
        ("ex4_trace", r"Take $A = (1,1)^\top$, $X = (1,3)^\top$ and a scalar $S = s$. $J = (1-s)^2 + (3-s)^2$, with derivative $-2\,(4 - 2s) = 4s - 8$.", "...~~"),
        ("ex2", r"Si $A = \begin{pmatrix} a & b\end{pmatrix}$ y $B = \begin{pmatrix} c \\ d \end{pmatrix}$, la traza es $y = ac + bd$.", "..~"),
        ("ex2", r"$A = \begin{pmatrix} a & b\\ c & d\end{pmatrix}$, $B = \begin{pmatrix} e & f\\ g & h\end{pmatrix}$: $y = ae + bg + cf + dh$, $y = ae+bf+cg+dh$", "..HF"),
    ],
    "other letters": [
        ("ex1", r"$f(v) = v^Tv$, $f'(v) = 2v$, $\nabla f(v) = 2v$, $f'(v) = v$", "HHHF"),
        ("ex1", r"$q = \sum_k u_k^2$, $\frac{\partial q}{\partial u_m} = 2u_m$, $\nabla_uq = 2u$", "HHH"),
        ("ex2", r"$\phi(M) = \mathrm{tr}(MN)$, $\nabla\phi(M) = N^T$, $\nabla\phi(M) = N$", "HHL"),
        ("ex2", r"$t = \mathrm{tr}(PQ)$, $\frac{\partial t}{\partial P} = Q^T$, $dt = \mathrm{tr}(Q\,dP)$", "HHH"),
        ("ex3", r"$s = u^TMv$, $\frac{\partial s}{\partial u} = Mv$, $\frac{\partial s}{\partial M} = uv^T$, $\frac{\partial s}{\partial v} = M^Tu$", "HHHH"),
        ("ex3", r"$s = u^TMv$, $\frac{\partial s}{\partial u} = M^Tv$, $\frac{\partial s}{\partial M} = vu^T$", "HFL"),
        ("ex4_chain", r"$\ell = \|Y - UV\|_F^2$, $P = UV$, $\frac{\partial\ell}{\partial P} = -2(Y-P)$, $\frac{\partial\ell}{\partial V} = U^T\frac{\partial\ell}{\partial P}$, $\frac{\partial\ell}{\partial U} = \frac{\partial\ell}{\partial P}V^T$", "HHHHH"),
        ("ex4_trace", r"$E(W,H) = \|V-WH\|^2$, $\nabla_HE = -2W^T(V-WH)$, $\nabla_WE = -2(V-WH)H^T$, $\nabla_WE = -2H^T(V-WH)$", "HHHF"),
        ("linear", r"$Z = HV + c$, $\frac{\partial\mathcal L}{\partial H} = DV^T$, $\frac{\partial\mathcal L}{\partial V} = H^TD$, $\frac{\partial\mathcal L}{\partial c} = 1^TD$ with $D = \frac{\partial\mathcal L}{\partial Z}$", "HHH~H"),
        ("linear", r"$O = IW + b$ where $I$ is the input, $\frac{dL}{dW} = I^T\frac{dL}{dO}$, $\frac{dL}{dI} = \frac{dL}{dO}W^T$", "~~~"),
        ("linear", r"$a^{(2)} = a^{(1)}W + b$, $\delta^{(1)} = \delta^{(2)}W^T$, $\frac{\partial L}{\partial W} = (a^{(1)})^T\delta^{(2)}$", "~~~"),
        ("softmax", r"$q_i = \frac{e^{s_i}}{\sum_je^{s_j}}$, $\frac{\partial q_i}{\partial s_j} = q_i(\delta_{ij}-q_j)$, $\frac{\partial L}{\partial s} = q\odot(h-q^Th)$ where $h = \frac{\partial L}{\partial q}$", "HHHH"),
        ("softmax", r"$\pi_k = \frac{e^{a_k}}{\sum_je^{a_j}}$, $\frac{\partial\pi_k}{\partial a_j} = \pi_k(\delta_{kj}-\pi_j)$, $\frac{\partial\pi_k}{\partial a_j} = \pi_k(1-\pi_j)$", "HHF"),
        ("softmax", r"$\sigma_i = \frac{e^{z_i}}{\sum_je^{z_j}}$, $\frac{\partial\sigma_i}{\partial z_j} = \sigma_i(\delta_{ij}-\sigma_j)$", "HH"),
        ("batch_norm", r"$m = \frac1n\sum_iz_i$, $v = \frac1n\sum_i(z_i-m)^2$, $u_i = \frac{z_i-m}{\sqrt{v+\epsilon}}$, $\frac{\partial m}{\partial z_k} = \frac1n$, $\frac{\partial v}{\partial z_k} = \frac2n(z_k-m)$, $\frac{\partial u_i}{\partial v} = -\frac12\frac{z_i-m}{(v+\epsilon)^{3/2}}$", "HHHHHH"),
        ("batch_norm", r"$m = \frac1n\sum_iz_i$, $v = \frac1n\sum_i(z_i-m)^2$, $u_i = \frac{z_i-m}{\sqrt{v+\epsilon}}$, $\frac{\partial L}{\partial z_k} = \frac{1}{\sqrt{v+\epsilon}}\left(h_k - \frac1n\sum_ih_i - \frac{u_k}n\sum_ih_iu_i\right)$ with $h_i = \frac{\partial L}{\partial u_i}$", "HHHHH"),
        ("batch_norm", r"$a = \frac1N\sum x_i$, $b = \frac1N\sum(x_i-a)^2$, $y = (x-a)/\sqrt{b+\epsilon}$, $\partial a/\partial x_i = 1/N$, $\partial b/\partial x_i = 2(x_i-a)/N$", "HHHHH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_is_said_of_something_else_is_not_false(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
