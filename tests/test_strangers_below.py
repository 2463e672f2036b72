r"""Gradients by what stands below a letter, ``\delta_{y_i}``, and differentials beside averages in angle brackets.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

NODES = r"$c_i = x_i-\mu$, $q_i = c_i^2$, $v = \frac1N\sum_i q_i$, $s = \sqrt{v+\epsilon}$, $t = 1/s$, $y_i = c_it$. "
BACKWARDS = r"$\delta_{y_i} = g_i$; $y_i = c_it$, $t = 1/s$, $s = \sqrt{v+\epsilon}$, $v = \frac1N\sum_i q_i$, $q_i = c_i^2$, $c_i = x_i-\mu$. "
FOR = r"I write $\delta_z$ for $\partial L/\partial z$. "
COLUMN = (
    r"Input $v\in\mathbb R^B$, output $w$, incoming gradient $h$: $m = \frac1B\mathbf 1^Tv$, $c = v - m\mathbf 1 = Pv$ "
    r"with $P = I - \frac1B\mathbf 1\mathbf 1^T$, $q = \frac1Bc^Tc$, $r = (q+\kappa)^{-1/2}$, $w = rc$. "
)
AVERAGE = r"Write $\langle u\rangle = \sum_a p_au_a$, $p_a = e^{z_a}/\sum_b e^{z_b}$ and $u_a = \partial L/\partial p_a$. "
MEAN = r"Write $\langle u\rangle = \frac1N\sum_i u_i$. $\mu = \langle x\rangle$, $c_i = x_i - \mu$, $s = \sqrt{\sigma^2+\epsilon}$, $y_i = c_i/s$. "

KINDS = {
    "a delta for gradients, node by node": [
        ("batch_norm", FOR + BACKWARDS + r"$\delta_t = \sum_i\delta_{y_i}c_i$, $\delta_s = -\frac1{s^2}\delta_t$, $\delta_v = \frac1{2s}\delta_s$, $\delta_{q_i} = \frac1N\delta_v$", "HHHHHHHHHHH"),
        ("batch_norm", FOR + BACKWARDS + r"$\delta_{c_i} = \delta_{y_i}t + 2c_i\delta_{q_i}$, $\delta_\mu = -\sum_i\delta_{c_i}$, $\delta_{x_i} = \delta_{c_i} + \frac1N\delta_\mu = \frac1{Ns}(N\delta_{y_i} - \sum_j\delta_{y_j} - y_i\sum_j\delta_{y_j}y_j)$", "HHHHHHHHHHH"),
        ("batch_norm", FOR + NODES + r"$\delta_s = \frac1{s^2}\delta_t$, $\delta_v = \frac1s\delta_s$, $\delta_{q_i} = \delta_v$, $\delta_{c_i} = \delta_{y_i}t$, $\delta_{c_i} = \delta_{y_i}t + c_i\delta_{q_i}$, $\delta_\mu = \sum_i\delta_{c_i}$, $\delta_{x_i} = \delta_{c_i}$", "HHHHHHFFFFFFF"),
        ("batch_norm", r"$\delta_z := \frac{\partial L}{\partial z}$. $\delta_{\hat x_i} = g_i$, $\hat x_i = (x_i-\mu)/\sqrt{\sigma^2+\epsilon}$. $\delta_{\sigma^2} = -\frac12(\sigma^2+\epsilon)^{-3/2}\sum_i\delta_{\hat x_i}(x_i-\mu)$, $\delta_{\sigma^2} = \frac12(\sigma^2+\epsilon)^{-3/2}\sum_i\delta_{\hat x_i}(x_i-\mu)$", "~HHHF"),
        ("softmax", FOR + r"$e_i = e^{x_i}$, $s = \sum_j e_j$, $r = 1/s$, $y_i = e_ir$. $\delta_r = \sum_i\delta_{y_i}e_i$, $\delta_s = -r^2\delta_r$, $\delta_{e_i} = r\,\delta_{y_i} + \delta_s$, $\delta_{x_i} = e_i\delta_{e_i} = y_i(\delta_{y_i} - \sum_j y_j\delta_{y_j})$", "HHHHHHHHH"),
        ("softmax", FOR + r"$e_i = e^{x_i}$, $s = \sum_j e_j$, $y_i = e_i/s$. $\delta_{e_i} = \frac{\delta_{y_i}}s - \delta_s$, $\delta_{e_i} = \frac{\delta_{y_i}}s$, $\delta_{x_i} = y_i(\delta_{y_i} + \sum_j y_j\delta_{y_j})$", "HHHFFF"),
        ("linear", FOR + r"$\delta_W = X^T\delta_Y$, $\delta_X = \delta_YW^T$, $(\delta_W)_{ij} = \sum_n X_{ni}(\delta_Y)_{nj}$, $\delta_{W_{ij}} = \sum_n X_{ni}\delta_{Y_{nj}}$, $\delta_W = 2X^T\delta_Y$, $\delta_X = \delta_YW$", "HHHHF-"),
    ],
    "Kronecker's delta beside them": [
        ("softmax", FOR + r"$\frac{\partial y_i}{\partial x_j} = y_i(\delta_{ij} - y_j)$, $\delta_{x_j} = \sum_i\delta_{y_i}y_i(\delta_{ij}-y_j) = y_j(\delta_{y_j} - \sum_i\delta_{y_i}y_i)$, $\delta_x = (\operatorname{diag}(y) + yy^T)\delta_y$", "HHHF"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = y_i(\delta_{ij} - y_j)$, $\frac{\partial L}{\partial x_j} = \sum_i g_iy_i(\delta_{ij}-y_j)$, $\frac{\partial y_i}{\partial x_j} = y_i(\delta_{ij} + y_j)$", "HHF"),
    ],
    "said in words": [
        ("batch_norm", r"$\delta_z$ is the gradient of the loss with respect to a node $z$. " + NODES + r"$\delta_s = -\frac1{s^2}\delta_t$, $\delta_s = \frac1{s^2}\delta_t$", "HHHHHHHF"),
        ("batch_norm", r"For a node $z$ the derivative of $L$ with respect to it is $\delta_z$. " + NODES + r"$\delta_s = -\frac1{s^2}\delta_t$, $\delta_s = \frac1{s^2}\delta_t$", "HHHHHHHF"),
        ("batch_norm", r"We use $\delta$ with a subscript for the gradient of the loss with respect to that subscript. " + NODES + r"$\delta_v = \frac1{2s}\delta_s$, $\delta_v = \frac1{s}\delta_s$", "HHHHHHHF"),
        ("softmax", r"$\delta$ mit tiefgestelltem Index bezeichnet die Ableitung des Verlusts nach diesem Knoten. $e_i = e^{x_i}$, $s = \sum_je_j$, $y_i = e_i/s$. $\delta_{e_i} = \frac{\delta_{y_i}}s + \delta_s$, $\delta_{e_i} = \frac{\delta_{y_i}}s - \delta_s$", "HHHHF"),
        ("batch_norm", r"For every node $z$, $\bar g_z$ denotes $\partial L/\partial z$. " + NODES + r"$\bar g_t = \sum_i\bar g_{y_i}c_i$, $\bar g_v = \frac1{2s}\bar g_s$, $\bar g_\mu = -\sum_i\bar g_{c_i}$, $\bar g_v = \frac1{s}\bar g_s$", "HHHHHHHHHF"),
        ("linear", r"$\bar G_Z$ is the gradient of the loss by $Z$. $\bar G_W = X^T\bar G_Y$, $\bar G_X = \bar G_YW^T$, $\bar G_X = 2\bar G_YW^T$", "HHF"),
    ],
    "names before what they stand for": [
        ("batch_norm", r"$y_i = c_it$, $t = 1/s$, $s = \sqrt{v+\epsilon}$, $v = \frac1N\sum_i q_i$, $q_i = c_i^2$, $c_i = x_i-\mu$. $\frac{\partial y_i}{\partial x_j} = t(\delta_{ij} - \frac1N - \frac1Ny_iy_j)$, $\frac{\partial y_i}{\partial x_j} = t(\delta_{ij} - \frac1N + \frac1Ny_iy_j)$", "HHHHHHHF"),
        ("batch_norm", r"$y_i = c_it$, $t = 1/s$, $s = \sqrt{v}$, $v = \frac1N\sum_i q_i$, $q_i = 2c_i^2$, $c_i = x_i-\mu$.", "-....."),
    ],
    "differentials in own letters": [
        ("batch_norm", COLUMN + r"$dq = \frac2Bc^Tdc$, $dr = -\frac12r^3dq = -\frac{r^3}Bc^Tdv$, $dw = r\,dc + c\,dr = r(P - \frac1Bww^T)dv$, $\nabla_vL = r(P - \frac1Bww^T)h$", "HHHHHHHHHHHHH"),
        ("batch_norm", COLUMN + r"$dq = \frac1Bc^Tdc$, $dr = \frac12r^3dq$, $dw = r(P + \frac1Bww^T)dv$, $\nabla_vL = r(P - ww^T)h$", "HHHHHHHFFFF"),
    ],
    "averages in angle brackets": [
        ("softmax", AVERAGE + r"$dp_a = p_a(dz_a - \langle dz\rangle)$, $dL = \sum_a u_a\,dp_a = \sum_a p_a(u_a - \langle u\rangle)dz_a$, $\frac{\partial L}{\partial z_a} = p_a(u_a - \langle u\rangle)$", "HHHHHHH"),
        ("softmax", AVERAGE + r"$dp_a = p_a(dz_a - 2\langle dz\rangle)$, $dp_a = p_a(dz_a + \langle dz\rangle)$, $dL = \sum_a p_a(u_a + \langle u\rangle)dz_a$, $\frac{\partial L}{\partial z_a} = p_au_a$", "HHHFFFF"),
        ("softmax", r"$\langle f\rangle := \sum_k y_kf_k$. $dL = \sum_i g_idy_i = \langle g\,dx\rangle - \langle g\rangle\langle dx\rangle$, $dL = \langle g\,dx\rangle + \langle g\rangle\langle dx\rangle$", "HHHF"),
        ("batch_norm", MEAN + r"$ds = \frac1s\langle c\,dc\rangle = \frac1s\langle c\,dx\rangle$, $dy_i = \frac1s(dx_i - \langle dx\rangle - y_i\langle y\,dx\rangle)$, $\frac{\partial L}{\partial x_i} = \frac1s(g_i - \langle g\rangle - y_i\langle gy\rangle)$", "HHHHHHHHH"),
        ("batch_norm", MEAN + r"$dy_i = \frac1s(dx_i - y_i\langle y\,dx\rangle)$, $\frac{\partial L}{\partial x_i} = \frac1s(g_i - \langle g\rangle + y_i\langle gy\rangle)$", "HHHHHFF"),
        ("linear", r"$dL = \langle G, dY\rangle = \langle G, dX W\rangle = \langle GW^T, dX\rangle$", "HHH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_gradients_by_what_stands_below_are_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
