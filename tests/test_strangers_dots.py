r"""The notation of automatic differentiation: dots for tangents, bars for adjoints, a Delta of deltas, own names for what layers give.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

PROGRAM = r"$v_i = e^{x_i}$, $s = \sum_j v_j$, $r = 1/s$, $y_i = rv_i$. "
TAPE = r"$\mu = \frac1N\sum_i x_i$, $c_i = x_i-\mu$, $v = \frac1N\sum_i c_i^2$, $r = 1/\sqrt{v+\epsilon}$, $y_i = rc_i$. "
COLUMNS = r"$Y = WX + b\mathbf 1^T$, $\delta_n = \frac{\partial L}{\partial y_n}$. "
LAYERS = r"Two layers: $h_{sj} = \sum_i x_{si}U_{ij} + p_j$, $o_{sk} = \sum_j h_{sj}V_{jk} + q_k$. "
DELTAS = LAYERS + r"$\delta^{(2)}_{sk} = \partial L/\partial o_{sk}$, $\delta^{(1)}_{sj} = \partial L/\partial h_{sj}$. "
DOWN = r"Objects are columns: $h = Ux + p$, $o = Vh + q$. $\delta_2 = \frac{\partial L}{\partial o}$, $\delta_1 = \frac{\partial L}{\partial h}$. "

KINDS = {
    "dots are tangents": [
        ("softmax", PROGRAM + r"Tangents: $\dot v_i = v_i\dot x_i$, $\dot s = \sum_j\dot v_j$, $\dot r = -r^2\dot s$, $\dot y_i = \dot v_ir + v_i\dot r$", "HHHHHHHH"),
        ("softmax", PROGRAM + r"Tangents: $\dot v_i = \dot x_i$, $\dot s = \sum_j\dot v_j$, $\dot r = r^2\dot s$, $\dot y_i = \dot v_ir - v_i\dot r$", "HHHHFHFF"),
        ("softmax", r"The tangent is $\dot y_i = y_i\dot x_i - y_i\sum_jy_j\dot x_j$, $\dot y = (\text{diag}(y) - yy^T)\dot x$, $\dot y = (\text{diag}(y) + yy^T)\dot x$", "HHF"),
        ("batch_norm", TAPE + r"Forward mode: $\dot\mu = \frac1N\sum_i\dot x_i$, $\dot c_i = \dot x_i - \dot\mu$, $\dot v = \frac2N\sum_i c_i\dot c_i$, $\dot r = -\frac12r^3\dot v$", "HHHHHHHHH"),
        ("batch_norm", TAPE + r"Forward mode: $\dot c_i = \dot x_i - \dot\mu$, $\dot v = \frac1N\sum_i c_i\dot c_i$, $\dot r = -\frac12r^2\dot v$", "HHHHHHFF"),
        ("ex4_chain", r"As tangents: $\dot F = \dot AS + A\dot S$, $\dot J = -2\langle X-F, \dot F\rangle$, $\dot F = \dot AS - A\dot S$", "HHF"),
        ("ex3", r"A dot is the velocity. $\dot y = \dot x^TAc + x^T\dot Ac$, $\dot y = \dot x^TA^Tc + x^T\dot Ac$", "HF"),
        ("batch_norm", r"A dot means centred: $\dot x = x - \mu$, $\dot y = \dot x/\sqrt{\sigma+\epsilon}$, $y = \dot y$", "HHH"),
        ("softmax", r"Forward mode: $\dot y_i = y_i(\dot x_i - \sum_jy_j\dot x_j)$. With $\dot x = e_k$ we get $\dot y_i = y_i(\delta_{ik} - y_k)$", "~~~"),
    ],
    "bars are adjoints": [
        ("softmax", PROGRAM + r"Adjoints: $\bar r = \sum_j\bar y_jv_j$, $\bar s = -r^2\bar r$, $\bar v_i = r\bar y_i + \bar s$, $\bar x_i = v_i\bar v_i = y_i(\bar y_i - \sum_j\bar y_jy_j)$", "HHHHHHHHH"),
        ("softmax", PROGRAM + r"Adjoints: $\bar r = \sum_j\bar y_jy_j$, $\bar s = r^2\bar r$, $\bar v_i = r\bar y_i - \bar s$, $\bar x_i = v_i\bar v_i = y_i(\bar y_i + \sum_j\bar y_jy_j)$", "HHHHFFFHF"),
        ("batch_norm", TAPE + r"Adjoints get bars: $\bar r = \sum_i\bar y_ic_i$, $\bar v = -\frac12r^3\bar r$, $\bar c_i = r\bar y_i + \frac2Nc_i\bar v$, $\bar\mu = -\sum_i\bar c_i$, $\bar x_i = \bar c_i + \frac1N\bar\mu$", "HHHHHHHHHH"),
        ("batch_norm", TAPE + r"Adjoints get bars: $\bar v = -\frac12r^2\bar r$, $\bar x_i = \bar c_i - \frac1N\bar\mu$", "HHHHHFF"),
        ("linear", r"$\bar W$ is the gradient of the loss by $W$. $\bar y = g$, $\bar x = \bar yW^T$, $\bar W = x^T\bar y$, $\bar b = \sum_n\bar y_n$, $\bar x = W^T\bar y$", "HHHHF"),
        ("ex4_chain", r"Reverse mode: $\bar F = -2(X-F)$, $\bar S = A^T\bar F$, $\bar A = \bar FS^T$, $\bar S = A\bar F$", "HHHF"),
        ("batch_norm", r"The adjoint of centring. $\bar x = \frac1N\sum_ix_i$, $\bar g = \frac1N\sum_ig_i$, $y = (x-\bar x)/\sqrt{\sigma+\epsilon}$, $\bar y = 0$", "HHHH"),
    ],
    "adjoints that are added up, and seeds": [
        ("softmax", PROGRAM + r"Adjoints: $\bar r = \sum_j\bar y_jv_j$, $\bar v_i = r\bar y_i$, $\bar s = -r^2\bar r$, $\bar v_i += \bar s$, $\bar x_i = v_i\bar v_i$", "HHHHH~H~H"),
        ("softmax", PROGRAM + r"Adjoints: $\bar r = \sum_j\bar y_jv_j$, $\bar v_i = r\bar y_i$, $\bar s = -r^2\bar r$, $\bar v_i = \bar v_i + \bar s$, $\bar x_i = v_i\bar v_i$", "HHHHH~H~H"),
        ("softmax", PROGRAM + r"The adjoint of $v$ has two contributions, from $y$ $\bar v_i = r\bar y_i$, from $s$ $\bar v_i = \bar s$. $\bar x_i = v_i\bar v_i$", "HHHH~~H"),
        ("softmax", r"Reverse mode with the seed $\bar y = e_k$: $\bar x_i = \sum_j\bar y_jy_j(\delta_{ij} - y_i)$, $\bar x_i = y_k(\delta_{ik} - y_i)$", "~~~"),
    ],
    "variations": [
        ("linear", r"$\delta L = \langle g, \delta y\rangle$, $\delta y = \delta x\,W + x\,\delta W + \mathbf 1\delta b^T$, $\delta y = \delta x\,W - x\,\delta W + \mathbf 1\delta b^T$", "HHF"),
        ("linear", r"$V = W^T$, $g_k\cdot\delta V x_k = g_kx_k^T : \delta V$, $g_k\cdot Vx_k = V^Tg_k\cdot x_k$", "HHH"),
        ("linear", r"$V = W^T$, $g_k\cdot V x_k = V g_k\cdot x_k$", "HF"),
    ],
    "a matrix of deltas": [
        ("linear", r"$\Delta = \frac{\partial L}{\partial y}$, $\frac{\partial L}{\partial x} = \Delta W^T$, $\frac{\partial L}{\partial b} = \Delta^T\mathbf 1$, $\frac{\partial L}{\partial W_{ij}} = \sum_nx_{ni}\Delta_{nj}$", "HHHH"),
        ("linear", r"$\Delta = \frac{\partial L}{\partial y}$, $\frac{\partial L}{\partial x} = W^T\Delta$, $\frac{\partial L}{\partial W_{ij}} = \sum_nx_{nj}\Delta_{ni}$", "HFF"),
        ("linear", r"Let $\Delta$ be the gradient by the output. $\frac{\partial L}{\partial x} = \Delta W^T$, $\frac{\partial L}{\partial W} = x^T\Delta$, $\frac{\partial L}{\partial x} = W^T\Delta$", "HH-"),
        ("linear", COLUMNS + r"$\Delta = [\delta_1, \dots, \delta_N]$, $\frac{\partial L}{\partial W} = \sum_n\delta_nx_n^T = \Delta X^T$, $\frac{\partial L}{\partial X} = W^T\Delta$, $\frac{\partial L}{\partial X} = W\Delta$", "HHHHHH-"),
        ("linear", COLUMNS + r"$\frac{\partial L}{\partial x_n} = W^T\delta_n$, $\frac{\partial L}{\partial W} = \sum_n\delta_nx_n^T$, $\frac{\partial L}{\partial b} = \sum_n\delta_n$", "HHHHH"),
        ("linear", r"$\Delta L = \langle g, \Delta y\rangle$, $\Delta y = \Delta x\,W$ for $\Delta W = 0$, $\Delta b = 0$", "HH~~"),
    ],
    "an own name for the output, in an own layout": [
        ("linear", r"$z = Wx + b$, $\delta = \frac{\partial L}{\partial z}$, $\frac{\partial L}{\partial W} = \delta x^T$, $\frac{\partial L}{\partial x} = W^T\delta$, $\frac{\partial L}{\partial b} = \delta$", "HHHHH"),
        ("linear", r"$z = W^Tx + b$, $\delta = \frac{\partial L}{\partial z}$, $\frac{\partial L}{\partial W} = x\delta^T$, $\frac{\partial L}{\partial x} = W\delta$, $\frac{\partial L}{\partial x} = W^T\delta$", "HHHHF"),
        ("linear", r"$Z = WX + b\mathbf 1^T$, $\Delta = \frac{\partial L}{\partial Z}$, $\frac{\partial L}{\partial W} = \Delta X^T$, $\frac{\partial L}{\partial X} = W\Delta$", "HHHF"),
        ("linear", r"$y_n = Hx_n + b$, $\delta_n = \nabla_{y_n}L$, $\nabla_{x_n}L = H^T\delta_n$, $\nabla_HL = \sum_n\delta_nx_n^T$", "HHHH"),
        ("ex4_chain", r"$T = S^TA^T$, $J = \|X^T - T\|_F^2$, $F = T^T$, $\frac{\partial J}{\partial F} = -2(X - T^T)$", "HHHH"),
    ],
    "two layers in other letters": [
        ("linear", DELTAS + r"$\delta^{(1)} = \delta^{(2)}V^\top$, $\frac{\partial L}{\partial V} = h^\top\delta^{(2)}$, $\frac{\partial L}{\partial U} = x^\top\delta^{(1)}$, $\frac{\partial L}{\partial p_j} = \sum_s\delta^{(1)}_{sj}$", "HHHHHHHH"),
        ("linear", DELTAS + r"$\delta^{(1)} = \delta^{(2)}V$, $\frac{\partial L}{\partial V} = x^\top\delta^{(2)}$, $\frac{\partial L}{\partial U} = h^\top\delta^{(1)}$", "HHHH-FF"),
        ("linear", DOWN + r"$\delta_1 = V^T\delta_2$, $\frac{\partial L}{\partial V} = \delta_2h^T$, $\frac{\partial L}{\partial q} = \delta_2$, $\frac{\partial L}{\partial x} = U^TV^T\delta_2$, $\frac{\partial L}{\partial U} = \delta_1h^T$", "HHHHHHHHF"),
        ("linear", r"$a = W_1x + b_1$, $z = W_2a + b_2$, $\delta = \frac{\partial L}{\partial z}$, $\frac{\partial L}{\partial W_1} = W_2^T\delta x^T$, $\frac{\partial L}{\partial x} = W_1^TW_2^T\delta$, $\frac{\partial L}{\partial x} = W_2^TW_1^T\delta$", "HHHHHF"),
        ("linear", r"Adjoints and tangents. $H = XU + \mathbf 1p^T$, $O = HV + \mathbf 1q^T$, $\bar H = \bar OV^T$, $\bar U = X^T\bar H$, $\bar U = H^T\bar O$, $\dot O = \dot HV + H\dot V + \mathbf 1\dot q^T$", "HHHHFH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_the_notation_of_automatic_differentiation_is_read_as_its_writer_means_it(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"
