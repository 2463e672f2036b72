"""The nodes of a computation under names of a writer's own: gradients go through them wherever they stand, and any name will do."""

import pytest

from tests.test_precision import cases, fits, judged

DEVIATION = r"$\mu = \frac1N\sum_i x_i$, $c_i = x_i-\mu$, "
NODES = DEVIATION + r"$\sigma^2 = \frac1N\sum_i c_i^2$, $r = (\sigma^2+\epsilon)^{-1/2}$, $y_i = c_i r$. "
BY_NODE = r"$\frac{\partial L}{\partial c_i} = g_ir + \frac{\partial L}{\partial V}\frac{2c_i}{N}$"
BARS = r"We write $\bar v = \partial L/\partial v$ for every node $v$. "
SQUARE = r"$\mu = \frac1N\sum_i x_i$, $s^2 = \frac1N\sum_i (x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{s^2+\epsilon}}$. "
KINDS: dict[str, list[tuple[str, str, str]]] = {
    "all ways lead through the node": [
        ("batch_norm", NODES + BY_NODE.replace("V", r"\sigma^2"), "HHHHHH"),
        ("batch_norm", NODES.replace(r"\sigma^2", "v") + BY_NODE.replace("V", "v"), "HHHHHH"),
        ("batch_norm", NODES.replace("c_i r", r"(x_i-\mu) r") + BY_NODE.replace("V", r"\sigma^2"), "HHHHHH"),
        ("batch_norm", NODES.replace(r"\sigma^2", "v").replace("c_i r", r"(x_i-\mu) r") + BY_NODE.replace("V", "v"), "HHHHHH"),
        ("batch_norm", NODES.replace(r"\sigma^2", "v").replace("c_i^2", r"(x_i-\mu)^2") + BY_NODE.replace("V", "v"), "HHHHHH"),
        ("batch_norm", NODES + r"$\frac{\partial L}{\partial\mu} = -\sum_i\frac{\partial L}{\partial c_i}$, $\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial c_i} + \frac1N\frac{\partial L}{\partial\mu}$", "HHHHHHH"),
    ],
    "a way that is missing, or half of it": [
        ("batch_norm", NODES + r"$\frac{\partial L}{\partial c_i} = g_ir$", "HHHHH-"),
        ("batch_norm", NODES + r"$\frac{\partial L}{\partial c_i} = g_ir + \frac{\partial L}{\partial\sigma^2}\frac{c_i}{N}$, $\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial c_i}$, $\frac{\partial L}{\partial\mu} = \sum_i\frac{\partial L}{\partial c_i}$", "HHHHHFFF"),
    ],
    "a letter of the exercise for another node, and one of the text's own for it": [
        ("ex4_trace", r"$B = AS$, $F = X - B$, $J = \|F\|_F^2$. $\frac{\partial J}{\partial F} = 2F$, $\frac{\partial J}{\partial B} = -\frac{\partial J}{\partial F}$, $\frac{\partial J}{\partial S} = A^T\frac{\partial J}{\partial B}$", "HHHHHH"),
        ("ex4_trace", r"$B = AS$, $F = X - B$, $J = \|F\|_F^2$. $\frac{\partial J}{\partial F} = -2F$, $\frac{\partial J}{\partial B} = \frac{\partial J}{\partial F}$", "HHHFF"),
        ("batch_norm", DEVIATION + r"$v = \frac1N\sum_i c_i^2$, $s = \sqrt{v+\epsilon}$, $\gamma = 1/s$, $y_i = \gamma c_i$, $\frac{\partial L}{\partial\gamma} = \sum_i g_ic_i$", "HHHHHHH"),
        ("batch_norm", DEVIATION + r"$v = \frac1N\sum_i c_i^2$, $s = \sqrt{v+\epsilon}$, $\alpha = 1/s$, $y_i = \alpha c_i$, $\frac{\partial L}{\partial\alpha} = -\sum_i g_ic_i$", "HHHHHHF"),
    ],
    "a letter of the exercise for what is squared": [
        ("ex4_chain", r"Let $F = X - AS$. Then $J = \|F\|_F^2$, $\frac{\partial J}{\partial F} = 2F$, $\frac{\partial J}{\partial S} = -2A^TF$, $\frac{\partial J}{\partial A} = 2FS^T$", "HHHHF"),
        ("ex4_chain", r"Denote the residual by $F = AS - X$. Then $J = \|F\|_F^2$, $\frac{\partial J}{\partial F} = 2F$, $\frac{\partial J}{\partial S} = 2A^TF$, $\frac{\partial J}{\partial A} = -2FS^T$", "HHHHF"),
        ("ex4_trace", r"$F = AS - X$, $J = \operatorname{tr}(F^TF)$, $dJ = 2\operatorname{tr}(F^TdF)$, $dJ = \operatorname{tr}(F^TdF)$", "HHHF"),
        ("ex4_chain", r"Let $F = A + S$. $\frac{\partial J}{\partial S} = 2A^T(AS-X)$", "FH"),
    ],
    "the exercise's letters exchanged among each other": [
        ("ex4_trace", r"$J = \|XS - A\|_F^2$. $\frac{\partial J}{\partial S} = 2X^T(XS-A)$, $\frac{\partial J}{\partial X} = 2(XS-A)S^T$, $\frac{\partial J}{\partial X} = 2S^T(XS-A)$", "HHHF"),
        ("ex4_chain", r"First $F = XS - A$, then $J = \|F\|_F^2$. $\frac{\partial J}{\partial F} = 2F$, $\frac{\partial J}{\partial S} = 2X^TF$, $\frac{\partial J}{\partial X} = FS^T$", "HHHHF"),
        ("ex4_trace", r"I write $J = \|XS-A\|_F^2$ with residual $R = XS - A$. Then $\frac{\partial J}{\partial R} = 2R$, $\frac{\partial J}{\partial X} = 2RS^T$, $\frac{\partial J}{\partial A} = 2R$", "HHHHF"),
        ("ex4_chain", r"$J = \|XS-A\|_F^2$, $F = XS$, $E = F - A$. $\frac{\partial J}{\partial F} = 2E$, $\frac{\partial J}{\partial S} = 2X^TE$, $\frac{\partial J}{\partial X} = ES^T$", "HHHHHF"),
        ("ex3", r"$y = c^TAx$. $\frac{\partial y}{\partial x} = A^Tc$, $\frac{\partial y}{\partial A} = cx^T$, $\frac{\partial y}{\partial c} = A^Tx$", "HHHF"),
        ("ex4_trace", r"$J = \|X - SA\|_F^2$. $\frac{\partial J}{\partial S} = -2A^T(X-AS)$", "FH"),
        ("ex3", r"$y = c^TAx$. $\frac{\partial y}{\partial x} = Ac$, $\frac{\partial y}{\partial A} = xc^T$", "FHH"),
    ],
    "derivatives by a square": [
        ("batch_norm", SQUARE + r"$\frac{\partial L}{\partial s^2} = -\frac12(s^2+\epsilon)^{-3/2}\sum_i g_i(x_i-\mu)$, $\frac{\partial y_i}{\partial s^2} = -\frac12(x_i-\mu)(s^2+\epsilon)^{-3/2}$", "HHHHH"),
        ("batch_norm", SQUARE + r"$\frac{\partial L}{\partial s^2} = \frac12(s^2+\epsilon)^{-3/2}\sum_i g_i(x_i-\mu)$, $\frac{\partial L}{\partial s^2} = -(s^2+\epsilon)^{-3/2}\sum_i g_i(x_i-\mu)$", "HHHFF"),
        ("batch_norm", BARS + NODES + r"$\bar r = \sum_i\bar y_ic_i$, $\overline{\sigma^2} = -\frac12r^3\bar r$, $\overline{\sigma^2} = \frac12r^3\bar r$", "DHHHHHHHF"),
        ("batch_norm", BARS + NODES.replace(r"\sigma^2", "s^2") + r"$\bar r = \sum_i\bar y_ic_i$, $\overline{s^2} = -\frac12r^3\bar r$, $\overline{s^2} = \frac12r^3\bar r$", "DHHHHHHHF"),
    ],
    "bars of which the upstream gradient says what they are": [
        ("batch_norm", r"$\bar y_i = g_i$. " + NODES + r"$\bar r = \sum_i\bar y_ic_i$, $\overline{\sigma^2} = -\frac12r^3\bar r$, $\bar c_i = r\bar y_i + \frac2Nc_i\overline{\sigma^2}$, $\bar\mu = -\sum_i\bar c_i$", "HHHHHHHHHH"),
        ("batch_norm", r"$\bar y_i = g_i$. " + NODES.replace(r"\sigma^2", "v") + r"$\bar r = \sum_i\bar y_iy_i$, $\bar v = -\frac12r^2\bar r$, $\bar c_i = r\bar y_i + \frac1Nc_i\bar v$, $\bar\mu = \sum_i\bar c_i$", "HHHHHHFFFF"),
        ("batch_norm", r"$\bar x = \frac1N\sum_i x_i$, $\bar g = \frac1N\sum_i g_i$, $c_i = x_i - \bar x$, $\sum_i c_i\bar g = 0$", "HHHH"),
    ],
    "what the mean is of, below it": [
        ("batch_norm", r"$\mu_x = \frac1N\sum_i x_i$, $\sigma_x^2 = \frac1N\sum_i (x_i-\mu_x)^2$, $y_i = \frac{x_i-\mu_x}{\sqrt{\sigma_x^2+\epsilon}}$", "HHH"),
        ("batch_norm", r"$\mu_z = \frac1N\sum_i z_i$, $\sigma_z^2 = \frac1N\sum_i (z_i-\mu_z)^2$, $o_i = \frac{z_i-\mu_z}{\sqrt{\sigma_z^2+\epsilon}}$", "HHH"),
        ("batch_norm", r"$\mu_B = \frac1m\sum_i z_i$, $\sigma_B^2 = \frac1m\sum_i (z_i-\mu_B)^2$, $o_i = \frac{z_i-\mu_B}{\sqrt{\sigma_B^2+\epsilon}}$", "HHH"),
        ("batch_norm", r"$\mu_B = \frac1m\sum_i x_i$, $s^2 = \frac1m\sum_i (x_i-\mu_B)^2$, $\hat x_i = \frac{x_i-\mu_B}{\sqrt{s^2+\epsilon}}$", "HHH"),
        ("batch_norm", r"$\mu_x = \frac1N\sum_i x_i$, $y_i = \frac{x_i-\mu_x}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial\mu_x}{\partial x_i} = \frac{x_i}{N}$", "HHF"),
    ],
    "names that are else signs, functions, or no names": [
        ("batch_norm", r"$\mu = \frac1N\sum_n x_n$, $\Delta_n = x_n-\mu$, $\sigma^2 = \frac1N\sum_n\Delta_n^2$, $\sigma^2 = \frac1N\sum_n\Delta_n$", "HHHF"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\mathit{dev}_i = x_i-\mu$, $\sigma^2 = \frac1N\sum_i\mathit{dev}_i^2$", "HHH"),
        ("batch_norm", r"$\text{mean} = \frac1N\sum_i x_i$, $\text{var} = \frac1N\sum_i (x_i-\text{mean})^2$, $\text{std} = \sqrt{\text{var}+\epsilon}$, $y_i = (x_i-\text{mean})/\text{std}$, $\frac{\partial L}{\partial\,\text{mean}} = -\frac1{\text{std}}\sum_i g_i$", "HHHHH"),
        ("softmax", r"$\text{sum} = \sum_j e^{x_j}$, $\text{inv} = 1/\text{sum}$, $y_i = e^{x_i}\,\text{inv}$, $\frac{\partial L}{\partial\,\text{sum}} = -\text{inv}^2\frac{\partial L}{\partial\,\text{inv}}$, $\frac{\partial L}{\partial\,\text{sum}} = \text{inv}^2\frac{\partial L}{\partial\,\text{inv}}$", "HHHHF"),
        ("softmax", r"$\text{sum} = \sum_j e^{x_j}$, $y_i = e^{x_i}/\text{sum}$, $\frac{\partial\,\text{sum}}{\partial x_j} = e^{x_j}$, $\frac{\partial\,\text{sum}}{\partial x_j} = \text{sum}$", "HHHF"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_nodes_are_read_under_their_names(exercise: str, text: str, wanted: str) -> None:
    assert fits(judged(exercise, text), wanted), judged(exercise, text)


def test_what_is_zero_on_both_sides_for_want_of_a_way_does_not_hold() -> None:
    """In the form of the exercise nothing leads from the text's own root to the loss, and twice nothing is nothing."""
    text = DEVIATION + r"$v = \frac1N\sum_i c_i^2$, $s = \sqrt{v+\epsilon}$, $r = 1/s$, $y_i = c_i r$. "
    steps = r"$\frac{\partial L}{\partial s} = -\frac2{s^2}\frac{\partial L}{\partial r}$, $\frac{\partial L}{\partial s} = -\frac1{s^2}\frac{\partial L}{\partial r}$"
    assert judged("batch_norm", text + steps) == "HHHHHHFH"
