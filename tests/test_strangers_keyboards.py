r"""Letters and names as keyboards and programs have them: ``eps``, ``mu``, ``sigma``, ``var``, ``dout``.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "Greek letters in words": [
        ("batch_norm", r"$m = \frac1N\sum x_i$; $v = \frac1N\sum (x_i-m)^2$; $y_i = (x_i-m)/\sqrt{v+eps}$. $s = \sqrt{v+eps}$. $dL/dm = -\frac1s\sum g_i$, $dL/dm = -\frac1v\sum g_i$", "HHHHHF"),
        ("batch_norm", r"$y = (x - mu)/sqrt(sigma^2 + eps)$, $\partial y_i/\partial mu = -1/sqrt(sigma^2+eps)$, $\partial y_i/\partial mu = 1/sqrt(sigma^2+eps)$", "HHF"),
        ("batch_norm", r"$mu = \frac1N\sum_i x_i$, $sigma^2 = \frac1N\sum_i(x_i-mu)^2$, $sigma^2 = \frac1N\sum_i(x_i+mu)^2$", "HHF"),
        ("batch_norm", r"$\sqrt{sigma^2+epsilon}$ is the deviation, $y = (x-mu)/\sqrt{sigma^2+epsilon}$", "H"),
        ("batch_norm", r"$y = gamma \cdot xhat + beta$, $dL/dbeta = \sum_i g_i$, $dL/dgamma = \sum_i g_i xhat_i$", "~~~"),
        ("batch_norm", r"$y = \text{gamma}\,\hat x + \text{beta}$, $dL/d\,\text{beta} = \sum_i g_i$", "~~"),
        ("batch_norm", r"$y = (x-\mu)/\sqrt{\sigma^2+\text{eps}}$, $y = (x+\mu)/\sqrt{\sigma^2+\mathrm{eps}}$", "HF"),
        ("softmax", r"$\partial y_i/\partial x_k = y_i(delta_{ik} - y_k)$, $\partial y_i/\partial x_k = y_i(delta_{ik} + y_k)$", "HF"),
        ("softmax", r"$\partial y_i/\partial x_k = y_i(delta_ik - y_k)$", "H"),
        ("ex1", r"$f(x + eps h) = x^Tx + 2 eps x^Th + eps^2 h^Th$, $f(x + eps h) = x^Tx + eps x^Th + eps^2 h^Th$", "HF"),
    ],
    "sums and indices": [
        ("ex1", r"$y = sum(x_i^2)$, $y = sum_i x_i^2$, $y = sum(x_i)$", "HHF"),
        ("softmax", r"$y_i = e^{x_i}/sum(e^{x_j})$, $y_i = e^{x_i}/sum(e^{x_i})$, $y = \frac{e^x}{\sum e^x}$, $y = \frac{e^x}{\sum x}$", "HHHF"),
        ("softmax", r"$dL/dx_i = y_i*(g_i - sum(g_j*y_j))$, $dL/dx_i = y_i*(g_i + sum(g_j*y_j))$, $dL/dx_i = y_i*(g_i - sum(g_i*y_i))$", "HFH"),
        ("batch_norm", r"$\mu = mean(x_i)$, $\sigma^2 = mean((x_i-\mu)^2)$, $\sigma^2 = sum((x_i-\mu)^2)$, $\mu = \sum x/N$", "HHFH"),
        ("linear", r"$dL/db = sum(g_n)$, $dL/dw_{jk} = sum(x_{ij} g_{ik})$, $dL/db = \sum G$", "HH~"),
        ("ex2", r"$tr(AB) = \sum_i\sum_j a_ij b_ji$, $y = \sum_ij a_ij b_ji$, $\partial y/\partial a_kl = b_lk$, $\partial y/\partial a_kl = b_kl$", "HHHF"),
        ("linear", r"$y_ij = \sum_k x_ik w_kj + b_j$, $dL/dw_kj = \sum_i x_ik g_ij$, $dL/dw_kj = \sum_i x_ki g_ij$", "HH-"),
        ("ex1", r"$y = \sum_i x_ix_i$, $x_i x_j = x_jx_i$, $\partial(x_ix_j)/\partial x_k = \delta_ik x_j + x_i \delta_jk$", "HHH"),
    ],
    "signs of Unicode": [
        ("ex1", r"$y = Σ x_i²$, $y = Σ_i xᵢ²$, $∂y/∂xₖ = 2xₖ$, $∂y/∂xₖ = xₖ$", "HHHF"),
        ("ex1", r"$δy/δx = 2x$, $\delta y/\delta x = 2x$, $δy/δx_i = 2x_i$, $δy/δx = x$", "HHHF"),
        ("ex1", r"$y = 𝑥ᵀ𝑥$, $∇y = 2𝑥$, $y = ½ xᵀx$, $½∇y = x$", "HHFH"),
        ("batch_norm", r"$y = (x-μ)/√(σ²+ε)$, $μ = 1/N Σ x_i$, $σ² = 1/N Σ (x_i-μ)²$, $y = (x+μ)/√(σ²+ε)$", "HHHF"),
        ("batch_norm", r"$x̂ = (x-μ)/√(σ²+ϵ)$, $∂L/∂μ = -Σ gᵢ/√(σ²+ϵ)$, $∂L/∂σ² = -½ Σ gᵢ(xᵢ-μ)(σ²+ϵ)^{-3/2}$", "~HH"),
        ("batch_norm", r"$y = γx̂ + β$, $∂L/∂β = Σ gᵢ$, $∂L/∂γ = Σ gᵢx̂ᵢ$, $∂L/∂γ = Σ gᵢ$", "~HHF"),
        ("ex4_trace", r"$J = ‖X − AS‖²$, $∂J/∂S = −2Aᵀ(X − AS)$, $∂J/∂A = −2(X − AS)Sᵀ$, $∂J/∂A = −2Sᵀ(X − AS)$", "HHHF"),
        ("softmax", r"$∂yᵢ/∂xⱼ = yᵢ(δᵢⱼ − yⱼ)$, $∂yᵢ/∂xⱼ = yᵢ(δᵢⱼ + yⱼ)$, $yᵢ = e^{xᵢ}/Σⱼ e^{xⱼ}$", "HFH"),
        ("ex2", r"$tr(AB) = ΣΣ aᵢⱼbⱼᵢ$, $∂y/∂aᵢⱼ = bⱼᵢ$, $∂y/∂A = Bᵀ$, $∂y/∂A = B$", "HHH-"),
    ],
    "an epsilon that is left out": [
        ("batch_norm", r"$dL/dx_i = \frac{1}{N\sigma}(N g_i - \sum_j g_j - \hat x_i\sum_j g_j\hat x_j)$ with $\sigma = \sqrt{Var + \epsilon}$", "~."),
        ("batch_norm", r"$dL/dx_i = \frac{1}{N\sigma}(N g_i - \sum_j g_j - \hat x_i\sum_j g_j\hat x_j)$ where $\sigma$ is the standard deviation.", "~"),
        ("batch_norm", r"$dL/dx_i = \frac{1}{N\sigma}(N g_i - \sum_j g_j + \hat x_i\sum_j g_j\hat x_j)$ where $\sigma$ is the standard deviation.", "-"),
        ("batch_norm", r"$y = (x-\mu)/\sqrt{\sigma^2+\epsilon}$, $dL/dx_i = \frac{1}{N\sigma}(N g_i - \sum_j g_j - y_i\sum_j g_jy_j)$", "HF"),
    ],
    "full width": [
        ("ex1", r"$y＝x^Tx$，$\frac{dy}{dx}＝2x$，$\frac{dy}{dx}＝x$", "HHF"),
        ("softmax", r"$∂yᵢ／∂xⱼ＝yᵢ（δᵢⱼ－yⱼ）$，$∂yᵢ／∂xⱼ＝yᵢ（δᵢⱼ＋yⱼ）$", "HF"),
    ],
    "statistics in words": [
        ("batch_norm", r"$y = (x - mean)/\sqrt{var + eps}$, $\partial y_i/\partial mean = -1/\sqrt{var+eps}$, $\partial y_i/\partial mean = 1/\sqrt{var+eps}$", "~~-"),
        ("batch_norm", r"$y = (x - \text{mean}(x))/\sqrt{\text{var}(x) + \epsilon}$, $y = (x - mean(x))/sqrt(var(x) + eps)$, $y = (x - mean(x))/sqrt(var(x) - eps)$", "HH-"),
        ("batch_norm", r"$y = (x-\mu)/std$ where $std = \sqrt{var + eps}$, $dL/dx = (g - mean(g) - y*mean(g*y))/std$, $dL/dx = (g - mean(g) + y*mean(g*y))/std$", "~~~-"),
        ("batch_norm", r"$xhat = (x-mu)/std$, $std = \sqrt{\sigma^2+\epsilon}$, $dL/dx_i = \frac{1}{std}(g_i - mean(g) - xhat_i\, mean(g * xhat))$, $dL/dx_i = \frac{1}{std}(g_i - mean(g) + xhat_i\, mean(g * xhat))$", "~~~-"),
    ],
    "names of programs": [
        ("linear", r"$grad\_x = dout W^T$, $grad\_x_{nd} = sum_m dout_{nm} W_{dm}$, $grad_W = x^T dout$, $grad_b = sum_n dout_n$, $grad_x = dout W$", "HHHHF"),
        ("softmax", r"$grad_x = y * (g - sum(g * y))$, $grad_x_k = \sum_i dout_i dy_i/dx_k$, $grad_x = y * (g + sum(g * y))$", "HHF"),
        ("batch_norm", r"$sigma2 = sum((x-mu)^2)/N$, $ivar = 1/sqrt(sigma2+eps)$, $xhat = (x-mu)*ivar$, $dsigma2 = sum(dout*(x-mu))*(-1/2)*(sigma2+eps)^{-3/2}$, $dmu = -ivar*sum(dout) + dsigma2*(-2/N)*sum(x-mu)$, $dx = dout*ivar + dsigma2*2/N*(x-mu) + dmu*1/N$", "HHHHHH"),
        ("batch_norm", r"$sigma2 = sum((x-mu)^2)/N$, $ivar = 1/sqrt(sigma2+eps)$, $sigma2 = sum(x-mu)/N$, $ivar = 1/(sigma2+eps)$", "HH--"),
        ("ex4_chain", r"$vec(F) = kron(I_m,A) vec(S)$, $d vec(F)/d vec(S) = kron(I_m,A)$, $d vec(F)/d vec(S) = kron(A,I_m)$", "HH-"),
        ("ex2", r"$y = tr(AB) = sum_i (AB)_ii = sum_i sum_j a_ij b_ji$, $b_qp = (B')_pq$, $b_qp = (B)_pq$", "HHHHF"),
        ("linear", r"$dX = dout \cdot W^T$, $dW = X^T dout$, $db = sum(dout, axis=0)$", "~~~"),
        ("linear", r"$dX = dY W^T$, $dW = X^T dY$ with dY the upstream gradient", "~~"),
        ("linear", r"`dout` is $\partial L/\partial Y$. $\partial L/\partial X = dout\, W^T$, $\partial L/\partial X = dout\, W$", "~-"),
        ("softmax", r"$s = softmax(x)$, $grad_x = s * (g - sum(g * s))$, $grad_x = s * (g + sum(g * s))$", "~~-"),
        ("softmax", r"$\partial L/\partial x = dout * y - y * sum(dout * y)$ with dout the incoming gradient", "~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_letters_of_keyboards_are_read(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
