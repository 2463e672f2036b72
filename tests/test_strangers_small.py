r"""Kept statistics with labels, sizes that are masks, letters of indices that are vectors, named transposes, and names with small labels.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

TRAINED = r"$u = x - \bar x$. **Training.** $\frac{\partial\mu}{\partial x_i} = \frac1N$. "

KINDS = {
    "kept statistics with labels": [
        ("batch_norm", r"**Eval.** $\mu_0$, $\sigma_0$ fest, also: $\frac{\partial L}{\partial x} = \frac{g}{\sqrt{\sigma_0^2+\varepsilon}}$", "H"),
        ("batch_norm", r"**Eval.** $\mu_0$, $\sigma_0$ fest, also: $\frac{\partial L}{\partial x} = \frac{g}{\sigma_0^2+\varepsilon}$", "-"),
        ("batch_norm", r"**Eval.** $\mu_0$, $\sigma_0$ fest, also: $\frac{\partial L}{\partial x} = -\frac{g}{\sqrt{\sigma_0^2+\varepsilon}}$", "-"),
        ("batch_norm", r"In evaluation mode $\mu_{run}$ and $\sigma^2_{run}$ are kept: $y = \frac{x-\mu_{run}}{\sqrt{\sigma_{run}^2+\varepsilon}}$, $\frac{\partial L}{\partial x} = \frac{g}{\sqrt{\sigma_{run}^2+\varepsilon}}$", "HH"),
        ("batch_norm", r"In evaluation mode $\mu_{run}$ and $\sigma^2_{run}$ are kept: $y = \frac{x-\mu_{run}}{\sqrt{\sigma_{run}^2+\varepsilon}}$, $\frac{\partial L}{\partial x} = \frac{g\odot y}{\sqrt{\sigma_{run}^2+\varepsilon}}$", "H-"),
        ("batch_norm", r"At test time $\hat\mu$ and $\hat\sigma$ are constants, so $y = \frac{x-\hat\mu}{\sqrt{\hat\sigma^2+\varepsilon}}$ and $\frac{\partial y_i}{\partial x_j} = \frac{\delta_{ij}}{\sqrt{\hat\sigma^2+\varepsilon}}$", "HH"),
        ("batch_norm", r"At test time $\hat\mu$ and $\hat\sigma$ are constants, so $y = \frac{x-\hat\mu}{\sqrt{\hat\sigma^2+\varepsilon}}$ and $\frac{\partial y_i}{\partial x_j} = \frac{1}{\sqrt{\hat\sigma^2+\varepsilon}}$", "H-"),
        ("batch_norm", r"**Test.** The statistics $\mu_{test}$, $\sigma_{test}$ are fixed: $\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{\sigma_{test}+\varepsilon}}$", "~"),
        ("batch_norm", TRAINED + r"**Eval.** $\mu_*$, $\sigma_*$ are fixed: $\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{\sigma_*^2+\varepsilon}}$", "HH~"),
        ("batch_norm", TRAINED + r"**Eval.** So $\frac{dL}{dx} = \frac{g}{\sqrt{\sigma+\varepsilon}}$", "HHH"),
        ("batch_norm", r"**Inference.** Now $y = \frac{x-\tilde\mu}{\sqrt{\tilde\sigma^2+\varepsilon}}$. **Training.** $\frac{dL}{dx} = \frac{g}{\sqrt{\sigma+\varepsilon}}$", "HF"),
        ("batch_norm", r"At test time $\hat\mu$ is kept: $\frac{\partial y}{\partial\hat\mu} = \frac{\partial y}{\partial\tilde\mu}$, $x-\hat\mu = x-\mu_{new}$", "--"),
    ],
    "masks of zeros and ones": [
        ("ex4_chain", r"$E = AS - X$. With a mask $M$ of zeros and ones, $K = \frac12\|M\odot E\|_F^2$, $M\odot M = M$, $\frac{\partial K}{\partial E} = M\odot E$", "H~~~"),
        ("ex4_chain", r"$E = AS - X$. With a mask $M$ of zeros and ones, $J_M = \frac12\|M\odot E\|_F^2$, $M\odot M = M$, $\frac{\partial J_M}{\partial F} = M\odot E$", "H~~~"),
        ("ex4_chain", r"$E = AS - X$. With a mask $M$ of zeros and ones, $K = \frac12\|M\odot E\|_F^2$, $\frac{\partial K}{\partial E} = 2M\odot E$", "H~-"),
        ("ex4_chain", r"$E = AS - X$. With weights $M$, $K = \frac12\|M\odot E\|_F^2$, $\frac{\partial K}{\partial E} = M\odot M\odot E$, $\frac{\partial K}{\partial E} = M\odot E$", "H~H-"),
        ("ex4_trace", r"Mask $M \in \{0,1\}^{N\times K}$: $M \odot M = M$", "~"),
        ("ex4_trace", r"$R = X - AS$, $M\odot R = M\odot X - M\odot AS$", "HH"),
        ("ex4_trace", r"$R = X - AS$, $M\odot R = M\odot X + M\odot AS$", "H-"),
        ("linear", r"A dropout mask $M$ of zeros and ones: $M\odot M = M$, $Z = M\odot Y$", "~~"),
        ("linear", r"A dropout mask $N$ of zeros and ones: $N\odot N = N$", "~"),
        ("ex4_chain", r"A mask $M$: $M\odot(A + B) = M\odot A + M\odot B$, $M\odot M = M\odot M\odot M$", "~~"),
    ],
    "letters of indices that are vectors": [
        ("ex3", r"$s = q^\top W k$, $\frac{\partial s}{\partial W} = q k^\top$, $\frac{\partial s}{\partial q} = W k$, $\frac{\partial s}{\partial k} = W^\top q$", "HHHH"),
        ("ex3", r"$s = q^\top W k$, $\frac{\partial s}{\partial W} = k q^\top$, $\frac{\partial s}{\partial q} = W^\top k$, $\frac{\partial s}{\partial k} = W q$", "H---"),
        ("ex3", r"$s = q^\top W k$, $s = (k^\top\otimes q^\top)\mathrm{vec}(W)$, $\frac{\partial s}{\partial\mathrm{vec}(W)} = k\otimes q$", "HHH"),
        ("ex3", r"$s = q^\top W k$, $p = \sigma(s)$, $\ell = -t\log p - (1-t)\log(1-p)$, $\frac{d\ell}{ds} = p - t$, $\frac{\partial\ell}{\partial W} = (p-t)qk^\top$", "H~~~~"),
        ("ex3", r"$s = q^\top W k$, $p = \sigma(s)$, $\ell = -t\log p - (1-t)\log(1-p)$, $\frac{d\ell}{ds} = t - p$, $\frac{\partial\ell}{\partial W} = (p-t)kq^\top$", "H~~--"),
        ("ex3", r"$y = p^\top M q$, $\frac{\partial y}{\partial M} = pq^\top$, $\frac{\partial y}{\partial M_{ij}} = p_i q_j$", "HHH"),
        ("ex3", r"$s = \sum_{i,k} q_i W_{ik} c_k$, $\frac{\partial s}{\partial q_i} = \sum_k W_{ik} c_k$, $\frac{\partial s}{\partial W_{ik}} = q_i c_k$", "HHH"),
        ("ex1", r"$y = t^\top t$, $\frac{dy}{dt} = 2t$", "HH"),
        ("ex1", r"$y = t^\top t$, $\frac{dy}{dt} = t$", "H-"),
        ("ex1", r"$s = k^\top k$, $\frac{ds}{dk} = 2k$, $\frac{ds}{dk} = 2k^\top k$", "HH-"),
        ("ex1", r"$y = \sum_k x_k^2$, $\frac{\partial y}{\partial x_k} = 2x_k$", "HH"),
    ],
    "named transposes": [
        ("linear", r"$U = X^\top$, $Z = Y^\top$, $Z = W^\top U + b\mathbf 1_N^\top$, $\Delta = \frac{\partial L}{\partial Z}$, $\frac{\partial L}{\partial U} = W\Delta$, $\frac{\partial L}{\partial b} = \Delta\mathbf 1_N$", "..HHHH"),
        ("linear", r"$U = X^\top$, $Z = Y^\top$, $Z = W^\top U + b\mathbf 1_N^\top$, $\Delta = \frac{\partial L}{\partial Z}$, $\frac{\partial L}{\partial U} = W^\top\Delta$, $\frac{\partial L}{\partial W} = \Delta U^\top$", "..HH--"),
        ("linear", r"$U = X^\top$, $Z = Y^\top$, $Z = W^\top U + b\mathbf 1_N^\top$, $\Delta = \frac{\partial L}{\partial Z}$, $\frac{\partial L}{\partial W} = U\Delta^\top$, $\frac{\partial L}{\partial X} = (W\Delta)^\top$, $\frac{\partial L}{\partial W} = \sum_n u_n\delta_n^\top$", "..HHHH~"),
        ("linear", r"$U = X^\top$, $Z = Y^\top$, $Z = WU + b\mathbf 1_N^\top$", "..-"),
        ("linear", r"$Y = XW + \mathbf 1_N b^\top$, $V = W^\top$, $Y^\top = VX^\top + b\mathbf 1_N^\top$, $\frac{\partial L}{\partial X} = GV$", "H.HH"),
        ("linear", r"$Y = XW + \mathbf 1_N b^\top$, $V = W^\top$, $\frac{\partial L}{\partial X} = GV^\top$", "H.-"),
        ("ex4_trace", r"$U = S^\top$, $V = X^\top$, $J = \|V - UA^\top\|_F^2$, $\frac{dJ}{dU} = -2(V - UA^\top)A$", "..HH"),
        ("ex4_trace", r"$U = S^\top$, $V = X^\top$, $J = \|V - UA^\top\|_F^2$, $\frac{dJ}{dU} = -2(V - UA^\top)A^\top$", "..H-"),
    ],
    "inverses of products": [
        ("ex4_trace", r"$K = (A^\top A)^{-1}A^\top X$, $AK = A(A^\top A)^{-1}A^\top X$, $A^\top A K = A^\top X$", "HHH"),
        ("ex4_trace", r"$K = (A^\top A)^{-1}A^\top X$, $AK = X$, $A^\top A K = AX$, $KA = A$", "H---"),
        ("ex4_trace", r"$A^\top A(A^\top A)^{-1}A^\top X = A^\top X$, $P = A(A^\top A)^{-1}A^\top$, $P^2 = P$, $PA = A$, $\operatorname{tr}(P) = R$", "HHHH~"),
        ("ex4_chain", r"$P = A(A^\top A)^{-1}A^\top$, $P^2 = 2P$, $PA = A^\top$", "H--"),
        ("linear", r"$V = (X^\top X)^{-1}X^\top Y$, $X^\top XV = X^\top Y$", "~~"),
    ],
    "names with small labels": [
        ("ex4_trace", r"$J_{reg} = 3J$, $\frac{dJ_{reg}}{dS} = -6A^\top(X-AS)$", "HH"),
        ("ex4_trace", r"$J_\alpha = 2J$, $\frac{dJ_\alpha}{dS} = -2A^\top(X-AS)$", "HF"),
        ("ex4_trace", r"$J_\lambda = J + \lambda\operatorname{tr}(S^\top S)$, $\frac{dJ_\lambda}{dS} = 2(A^\top A+\lambda I)S - 2A^\top X$", "~~"),
        ("ex4_trace", r"$J_\lambda = J + \lambda\operatorname{tr}(S^\top S)$, $\frac{dJ_\lambda}{dS} = 2(A^\top A-\lambda I)S - 2A^\top X$", "~-"),
        ("ex1", r"$f_\alpha = \alpha x^\top x$, $\frac{df_\alpha}{dx} = 2\alpha x$, $\frac{df_\alpha}{dx} = 2x$", "~~-"),
        ("ex4_trace", r"$2\|A^TA\|_2 = 2\sigma_{\max}(A)^2$", "~"),
        ("ex4_trace", r"$2\|A^TA\|_2 = 2\sigma_{\max}(A)$", "-"),
        ("ex4_trace", r"$S^\star = (A^\top A)^{-1}A^\top X$, $AS^\star = A(A^\top A)^{-1}A^\top X$", "HH"),
        ("ex4_trace", r"$S^* = (A^\top A)^{-1}A^\top X$, $AS^* = A(A^\top A)^{-1}X$", "H-"),
        ("ex1", r"With the unit vector $e_k$: $x^\top e_k = x_k$, $2x^\top e_k = 2x_k$, $\frac{\partial y}{\partial x_k} = 2x^\top e_k$", "HHH"),
        ("ex1", r"With the unit vector $e_k$: $x^\top e_k = x_k^2$, $\frac{\partial y}{\partial x_k} = x^\top e_k$", "--"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_small_things_are_read_as_they_are_meant(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
