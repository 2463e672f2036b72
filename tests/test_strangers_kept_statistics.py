r"""Differentials of statistics: zero where these are kept, and nowhere else; batches in matrices; names of families; conditions in words.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "kept": [
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $s = \sqrt{\sigma^2+\varepsilon}$, $y_i = \frac{x_i-\mu}{s}$. In evaluation mode $d\mu = 0$, $d\sigma^2 = 0$, $ds = 0$ and $\frac{\partial L}{\partial x} = \frac1s g$.", "HHHHHHHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $s = \sqrt{\sigma^2+\varepsilon}$, $y_i = \frac{x_i-\mu}{s}$. In evaluation mode $\mathrm d\mu = \mathrm ds = 0$, so $\mathrm dy = \frac1s\mathrm dx$.", "HHHH~~H"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $s = \sqrt{\sigma^2+\varepsilon}$, $y_i = \frac{x_i-\mu}{s}$. In evaluation mode $\partial\mu/\partial x_i = 0$ and $\partial s/\partial x_i = 0$.", "HHHHHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $s = \sqrt{\sigma^2+\varepsilon}$, $y_i = \frac{x_i-\mu}{s}$. In training mode $ds = 0$.", "HHHH-"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $s = \sqrt{\sigma^2+\varepsilon}$, $y_i = \frac{x_i-\mu}{s}$. $ds = 0$", "HHHH-"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $s = \sqrt{\sigma^2+\varepsilon}$, $y_i = \frac{x_i-\mu}{s}$. $d\mu = 0$", "HHHH-"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $s = \sqrt{\sigma^2+\varepsilon}$, $y_i = \frac{x_i-\mu}{s}$. In training mode $\frac{\partial s}{\partial x_i} = 0$.", "HHHHF"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $s = \sqrt{\sigma^2+\varepsilon}$, $y_i = \frac{x_i-\mu}{s}$. **Inference.** $\mu$ and $s$ are frozen: $d\mu = ds = 0$, so $dy_i = dx_i/s$.", "HHHH~~H"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $s = \sqrt{\sigma^2+\varepsilon}$, $y_i = \frac{x_i-\mu}{s}$. In evaluation mode $dx = 0$", "~~~~~"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $s = \sqrt{\sigma^2+\varepsilon}$, $y_i = \frac{x_i-\mu}{s}$. In evaluation mode $dy = 0$", "HHHH-"),
    ],
    "matrices": [
        ("batch_norm", r"$\mu^T = \frac1N\mathbf 1^TX$, $C = X - \mathbf 1\mu^T$. $v^T = \frac1N\mathbf 1^T(C\odot C)$, $s = \sqrt{v+\varepsilon}$, $Y = C\operatorname{diag}(s)^{-1}$", "HHHHH"),
        ("batch_norm", r"$\mu^T = \frac1N\mathbf 1^TX$, $C = X - \mathbf 1\mu^T$. $v^T = \frac1N\mathbf 1^T(C\odot C)$, $Y = C\operatorname{diag}(v)^{-1}$", "HHH-"),
        ("batch_norm", r"$\mu^T = \frac1N\mathbf 1^TX$, $C = X - \mathbf 1\mu^T$. $\sigma^2 = \frac1N (C\odot C)^T\mathbf 1$, $Y = C\operatorname{diag}(\sigma^2+\varepsilon)^{-1/2}$", "HHHH"),
        ("batch_norm", r"$\mu^T = \frac1N\mathbf 1^TX$, $C = X - \mathbf 1\mu^T$. $\mathbf 1^TC = 0$, $dC = dX - \frac1N\mathbf 1\mathbf 1^TdX$, $\mathbf 1^TC = \mathbf 1^TX$", "HHHHF"),
        ("batch_norm", r"$\mu = \frac1N X^T\mathbf 1$, $C = (I - \frac1N\mathbf 1\mathbf 1^T)X$, $\mathbf 1^TC = 0$.", "~~~"),
    ],
    "families and conditions": [
        ("softmax", r"$$\frac{\partial y_i}{\partial x_j} = \begin{cases} y_i(1-y_i), & \text{if i = j}\\ -y_iy_j, & \text{otherwise}\end{cases}$$", "HD"),
        ("softmax", r"$$\frac{\partial y_i}{\partial x_j} = \begin{cases} y_i(1-y_i), & \text{if \(i=j\)}\\ -y_iy_j, & \text{if \(i\ne j\)}\end{cases}$$", "HD"),
        ("softmax", r"$$\frac{\partial y_i}{\partial x_j} = \begin{cases} y_i(1+y_i), & \text{for i = j}\\ -y_iy_j, & \text{else}\end{cases}$$", "FD"),
        ("softmax", r"$D_u = \operatorname{diag}(u)$, so $D_yg = y\odot g$, $\frac{\partial y}{\partial x} = D_y - yy^T$, $\mathbf 1^TD_y = y^T$, $\nabla_xL = (D_y - yy^T)g = y\odot g - (y^Tg)y$", "~~HHHH"),
        ("softmax", r"$D_u := \operatorname{diag}(u)$. $\frac{\partial y}{\partial x} = D_y + yy^T$", "~F"),
        ("linear", r"$Y = XW + \mathbf 1b^T$. $J_v = \partial\operatorname{vec}Y/\partial\operatorname{vec}v$. $J_X = W^T\otimes I_N$, $J_W = X\otimes I_M$, $J_b = I_M\otimes\mathbf 1_N$", "H.H-H"),
        ("linear", r"$Y = XW + \mathbf 1b^T$. $J_v = \frac{\partial\operatorname{vec}Y}{\partial\operatorname{vec}v}$. $J_X = W^T\otimes I_N$, $J_W = I_M\otimes X$", "H.HH"),
        ("batch_norm", r"The first part of the gradient is $\alpha = \frac{g}{\sqrt{\sigma^2+\epsilon}}$, $\alpha_i = \frac{g_i}{\sqrt{\sigma^2+\epsilon}}$.", "~~"),
    ],
    "stars and letters below": [
        ("linear", r"$Y = XW+b$, $Y_g = \frac{\partial L}{\partial Y}$. $X_g = Y_gW^T$, $W_g = X^TY_g$, $(b_g)_m = \sum_n (Y_g)_{nm}$, $W_g = XY_g$", "HHHHHF"),
        ("linear", r"$G_g$ is nothing here; $Y = XW + b$, $\frac{\partial L}{\partial X} = GW^T$", "HH"),
        ("softmax", r"$s = \sum_j e^{x_j}$, $\frac{\partial s}{\partial x_{k^*}} = e^{x_{k^*}} = s\,y_{k^*}$. If $i^* \ne k^*$: $\frac{\partial y_{i^*}}{\partial x_{k^*}} = -y_{i^*}y_{k^*}$.", "HHHH"),
        ("softmax", r"If $i^* \ne k^*$: $\frac{\partial y_{i^*}}{\partial x_{k^*}} = y_{i^*}y_{k^*}$.", "F"),
        ("softmax", r"$\frac{\partial L}{\partial x_{k^\star}} = y_{k^\star}(g_{k^\star} - \sum_j g_jy_j)$", "H"),
        ("ex3", r"$\frac{\partial y}{\partial A_{i^*j^*}} = x_{i^*}c_{j^*}$", "H"),
        ("ex3", r"$\frac{\partial y}{\partial A_{i^*j^*}} = x_{j^*}c_{i^*}$", "F"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_statistic_varies_where_it_is_computed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"


COMPUTED = r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$. "
KEPT = r"$\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{\sigma^2+\epsilon}}$"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Whoever says nothing of modes and computes the statistics has forgotten what depends on them.
        (COMPUTED + KEPT, "U"),
        (COMPUTED + "The direct part is " + KEPT, "H"),
        (COMPUTED + "In evaluation mode " + KEPT, "H"),
        (COMPUTED + "With fixed statistics " + KEPT, "H"),
        (KEPT, "H"),
    ],
)
def test_a_gradient_of_kept_statistics_holds_where_the_text_may_speak_of_them(text: str, wanted: str) -> None:
    assert judged("batch_norm", text)[-1] == wanted
