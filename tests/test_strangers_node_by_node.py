r"""Texts in letters of their own that go node by node through a graph, and words that call signs above letters gradients.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

LETTERS = r"Letters: input $z_i$, output $u_i$, number of samples $B$, small constant $e$. The incoming gradient is $h_i$. "
DOTS = r"A dot over a letter is the gradient of the loss by it, so $h_i$ is the same as $\dot u_i$. "
GATES = r"1. $m = \frac1B\sum_i z_i$ 2. $c_i = z_i - m$ 3. $q_i = c_i^2$ 4. $v = \frac1B\sum_i q_i$ 5. $t = \sqrt{v+e}$ 6. $r = 1/t$ 7. $u_i = c_i r$. "
FORWARD = LETTERS + DOTS + GATES + "Backward: "
SEVEN = "HHHHHHH"


def gates(constant: str, words: str = DOTS) -> str:
    """The forward pass with another letter for the constant, and other words for the signs."""
    return LETTERS.replace("$e$", f"${constant}$") + words + GATES.replace("+e", "+" + constant) + "Backward: "


SOFTMAX = r"$E_i = e^{a_i}$, $Z = \sum_j E_j$, $p_i = E_i/Z$. "
BARS = "A bar means the gradient of the loss with respect to that thing. "
LINEAR = r"$P = XW$, $Y = P + b$. "

KINDS = {
    "a letter for the number of objects, and others that divide": [
        ("batch_norm", r"$u_i = \frac{\partial L}{\partial h_i}$. $m = \frac{1}{B} \sum_i z_i$, $v = \frac{1}{B} \sum_i (z_i - m)^2$, $s = \sqrt{v + \varepsilon}$, $h_i = \frac{z_i - m}{s}$. $\frac{\partial m}{\partial z_k} = \frac1B$, $\frac{\partial L}{\partial z_k} = \frac{1}{s} \left( u_k - \frac{1}{B} \sum_i u_i - \frac{h_k}{B} \sum_i u_i h_i \right)$", "HHHHHH~"),
        ("batch_norm", r"$u_i = \frac{\partial L}{\partial h_i}$. $m = \frac{1}{B} \sum_i z_i$, $v = \frac{1}{B} \sum_i (z_i - m)^2$, $s = \sqrt{v + \varepsilon}$, $h_i = \frac{z_i - m}{s}$. $\frac{\partial m}{\partial z_k} = \frac1s$, $\frac{\partial L}{\partial z_k} = \frac{1}{s} \left( u_k - \frac{1}{B} \sum_i u_i + \frac{h_k}{B} \sum_i u_i h_i \right)$", "HHHHH--"),
    ],
    "seven gates with dots": [
        ("batch_norm", FORWARD + r"$\dot r = \sum_i h_ic_i$; $\dot t = -\frac1{t^2}\dot r$; $\dot v = \frac1{2t}\dot t = -\frac12r^3\dot r$; $\dot q_i = \dot v/B$", SEVEN + "HHHHH"),
        ("batch_norm", FORWARD + r"$\dot c_i = rh_i + 2c_i\dot q_i$; $\dot m = -\sum_i\dot c_i$; $\dot z_i = \dot c_i + \dot m/B = r(h_i - \frac1B\sum_jh_j - \frac{u_i}B\sum_jh_ju_j)$", SEVEN + "HHHH"),
        ("batch_norm", FORWARD + r"$\dot t = -\frac1t\dot r$; $\dot v = \frac1t\dot t$; $\dot q_i = \dot v$; $\dot c_i = rh_i + c_i\dot q_i$; $\dot m = \sum_i\dot c_i$", SEVEN + "FFFFF"),
        ("batch_norm", FORWARD + r"$\dot c_i = rh_i$; $\dot z_i = \dot c_i$; $\dot z_i = \dot c_i - \dot m/B$; $\dot z_i = r(h_i - \frac1B\sum_jh_j)$", SEVEN + "FFFF"),
    ],
    "the constant in other letters": [
        ("batch_norm", gates(r"\kappa") + r"$\dot r = \sum_i h_ic_i$; $\dot v = \frac1{2t}\dot t$; $\dot v = \frac1t\dot t$", SEVEN + "HHF"),
        ("batch_norm", gates("a") + r"$\dot r = \sum_i h_ic_i$; $\dot v = \frac1{2t}\dot t$; $\dot v = -\frac1{2t}\dot t$", SEVEN + "HHF"),
        ("batch_norm", gates("s") + r"$\dot r = \sum_i h_ic_i$; $\dot v = \frac1{2\sqrt{v+s}}\dot t$; $\dot r = \sum_i h_iz_i$", SEVEN + "HHF"),
        ("batch_norm", gates(r"\epsilon") + r"$\dot r = \sum_i h_ic_i$; $\dot v = \frac1{2t}\dot t$; $\dot t = \frac1{t^2}\dot r$", SEVEN + "HHF"),
        ("batch_norm", r"$\mu = \frac1N\sum_ix_i$, $s^2 = \frac1N\sum_i(x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{s^2+e}}$", "HHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_ix_i$, $v = \frac1N\sum_i(x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{v-e}}$", "HH-"),
    ],
    "derivatives written out": [
        ("batch_norm", LETTERS + GATES + r"$\frac{\partial L}{\partial r} = \sum_i h_ic_i$, $\frac{\partial L}{\partial t} = -r^2\frac{\partial L}{\partial r}$, $\frac{\partial L}{\partial t} = r^2\frac{\partial L}{\partial r}$", SEVEN + "HHF"),
        ("softmax", SOFTMAX + r"$\partial L/\partial Z = -\frac1{Z^2}\sum_i g_iE_i$, $\partial L/\partial Z = -\frac1Z\sum_i g_iE_i$", "HHHHF"),
        ("softmax", SOFTMAX + r"$\frac{\partial p_i}{\partial a_i} = p_i(1-p_i)$, $\frac{\partial p_i}{\partial a_i} = p_i$, $\frac{\partial L}{\partial E_i} = g_i/Z + \frac{\partial L}{\partial Z}$", "HHHHFH"),
    ],
    "what signs mean, in words": [
        ("softmax", BARS + SOFTMAX + r"$\bar Z = -\frac1{Z^2}\sum_i\bar p_iE_i$, $\bar E_i = \bar p_i/Z + \bar Z$, $\bar a_i = \bar E_iE_i = p_i(\bar p_i - \sum_j\bar p_jp_j)$", "HHHHHH~"),
        ("softmax", BARS + SOFTMAX + r"$\bar Z = \frac1{Z^2}\sum_i\bar p_iE_i$, $\bar E_i = \bar p_i/Z$, $\bar a_i = \bar E_i$, $\bar a_i = p_i\bar p_i$", "HHHFFFF"),
        ("softmax", "Tildes are gradients. " + SOFTMAX + r"$\tilde Z = -\frac1{Z^2}\sum_i\tilde p_iE_i$, $\tilde a_i = p_i\tilde p_i$", "HHHHF"),
        ("softmax", "Mit Punkt bezeichne ich die Ableitung des Verlusts nach dem Buchstaben. " + SOFTMAX + r"$\dot Z = -\frac1{Z^2}\sum_i\dot p_iE_i$, $\dot a_i = p_i\dot p_i$", "HHHHF"),
        ("softmax", "Une barre désigne le gradient de la perte par rapport à la lettre. " + SOFTMAX + r"$\bar a_i = \bar E_iE_i$, $\bar a_i = \bar E_i$", "HHHHF"),
        ("softmax", "Точка над буквой — производная функции потерь по ней. " + SOFTMAX + r"$\dot a_i = \dot E_iE_i$, $\dot a_i = \dot E_i$", "HHHHF"),
        ("softmax", "A hat marks the gradient of the loss. " + SOFTMAX + r"$\hat a_i = \hat E_iE_i$, $\hat a_i = \hat E_i$", "HHHHF"),
        ("softmax", "A prime marks the gradient of the loss. " + SOFTMAX + r"$a'_i = E'_iE_i$, $a_i' = E_i'$, $Z' = -\frac1{Z^2}\sum_i p'_iE_i$", "HHHHFH"),
        ("linear", BARS + LINEAR + r"$\bar P = \bar Y$, $\bar W = X^\top\bar P$, $\bar X = \bar PW^\top$, $\bar b = \sum_i\bar Y_i$", "HHHHHH"),
        ("linear", BARS + LINEAR + r"$\bar P = \bar Y + b$, $\bar W = X\bar P$, $\bar X = \bar PW$, $\bar X = W^\top\bar P$", "HHFFFF"),
        ("linear", "Gradients of the loss carry a tilde. " + LINEAR + r"$\tilde P = \tilde Y$, $\tilde W = X^\top\tilde P$, $\tilde X = W^\top\tilde P$", "HHHHF"),
    ],
    "signs that are something else": [
        ("softmax", r"A dot over a letter is its derivative by time. $\dot x_i = \dot y_i$", "-"),
        ("batch_norm", r"A hat means normalized; the gradient of the loss is $g$. $\hat x_i = \frac{x_i-\mu}{\sqrt{\sigma+\varepsilon}}$, $y_i = \hat x_i$", "HH"),
        ("batch_norm", r"A bar is a mean, $g$ the gradient of the loss. $\bar x = \frac1N\sum_ix_i$, $\bar g = \frac1N\sum_ig_i$", "HH"),
        ("linear", r"I write dots for differentials and $g$ for the gradient of the loss. $\dot y = \dot xW + x\dot W + 1\dot b^T$", "~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_nodes_of_a_graph_are_followed_one_by_one(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
