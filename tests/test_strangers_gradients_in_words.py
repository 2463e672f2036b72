r"""Letters that words introduce for the upstream gradient, projectors in own letters, sums with a name, and two classes written out.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

OWN = r"Own letters: logits $a$, outputs $q_i = \frac{e^{a_i}}{\sum_j e^{a_j}}$, incoming gradient $r$. "
LOGITS = r"$q_i = \frac{e^{a_i}}{\sum_j e^{a_j}}$. "
COLUMN = (
    r"$m = \frac1N\mathbf 1^Tx$, $v = \frac1N\|x-m\mathbf 1\|^2$, $r = \sqrt{v+\varepsilon}$, $z = \frac{x-m\mathbf 1}{r}$ "
    r"($z$ is the output, $h$ the gradient of the loss by $z$). "
)
CENTRED = r"With the centring matrix $P = I-\frac1N\mathbf 1\mathbf 1^T$: "
LAYER = r"The layer is $Z = AU + c$ with $A\in\mathbb R^{N\times D}$, $U\in\mathbb R^{D\times M}$. "
SOFTMAX = r"$y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$. "

KINDS = {
    "gradients in words": [
        ("softmax", OWN + r"$\frac{\partial L}{\partial a} = q * (r - \sum_i r_iq_i)$", "HH"),
        ("softmax", OWN + r"$\frac{\partial L}{\partial a} = q * (r + \sum_i r_iq_i)$", "HF"),
        ("softmax", LOGITS + r"Here $r$ is what comes back from the loss. $\frac{\partial L}{\partial a_j} = q_j(r_j - \sum_i r_iq_i)$", "HH"),
        ("softmax", LOGITS + r"Here $r$ is what comes back from the loss. $\frac{\partial L}{\partial a_j} = r_jq_j(1-q_j)$", "HF"),
        ("softmax", LOGITS + r"Der Gradient von außen ist $h$. $\frac{\partial L}{\partial a} = q\odot(h - (h^Tq)\mathbf 1)$", "HH"),
        ("softmax", LOGITS + r"Sei $h$ der Gradient, der von oben kommt. $\frac{\partial L}{\partial a} = q\odot h - q$", "HF"),
        ("softmax", LOGITS + r"El gradiente que llega de arriba es $h$. $\frac{\partial L}{\partial a} = (\operatorname{diag}(q) - qq^T)h$", "HH"),
        ("softmax", LOGITS + r"On note $h$ le gradient venant de la couche suivante. $\frac{\partial L}{\partial a_k} = q_kh_k - q_k\sum_i q_ih_i$", "HH"),
        ("softmax", LOGITS + r"Upstream gradient $u_i$. $\frac{\partial L}{\partial a_k} = \sum_i u_iq_i(\delta_{ik} - q_k)$", "HH"),
        ("softmax", LOGITS + r"Пусть $u$ -- градиент, пришедший сверху. $\frac{\partial L}{\partial a_k} = q_k(u_k - \sum_i u_iq_i)$", "HH"),
        ("softmax", LOGITS + r"Let $h$ be the gradient of $L$ with respect to $q$. $\frac{\partial L}{\partial a_k} = q_k(h_k - \sum_i h_iq_i)$", "HH"),
        ("softmax", LOGITS + r"Let $h$ be the gradient of $L$ with respect to $a$. $h_k = q_k$", "H-"),
        ("softmax", LOGITS + r"$r$ is some vector. $\frac{\partial L}{\partial a_j} = q_j(r_j - \sum_i r_iq_i)$", "H-"),
        ("linear", LAYER + r"From above comes the gradient $H$. $\frac{\partial L}{\partial A} = HU^T$, $\frac{\partial L}{\partial U} = A^TH$", "HHH"),
        ("linear", LAYER + r"From above comes the gradient $H$. $\frac{\partial L}{\partial A} = HU$, $\frac{\partial L}{\partial U} = HA^T$", "HFF"),
        ("linear", LAYER + r"$R$ is the incoming gradient. $\frac{\partial L}{\partial U} = A^TR$, $\frac{\partial L}{\partial c} = \sum_n R_{n}$", "HH~"),
        ("batch_norm", COLUMN + r"$\frac{\partial L}{\partial x_i} = \frac1r(h_i - \frac1N\sum_j h_j - \frac1N z_i\sum_j h_jz_j)$", "HHHHH"),
        ("batch_norm", COLUMN + r"$\frac{\partial L}{\partial x_i} = \frac1r(h_i - \frac1N\sum_j h_j - z_i\sum_j h_jz_j)$", "HHHHF"),
        ("batch_norm", COLUMN + r"For evaluation, where $m$ and $v$ are frozen, $\frac{\partial L}{\partial x} = \frac1r h$", "HHHHH"),
    ],
    "projectors": [
        ("batch_norm", COLUMN + CENTRED + r"$\frac{\partial L}{\partial x} = \frac1r(P - \frac1N zz^T)h$", "HHHHHH"),
        ("batch_norm", COLUMN + CENTRED + r"$\frac{\partial L}{\partial x} = \frac1r(P - zz^T)h$", "HHHHHF"),
        ("batch_norm", COLUMN + CENTRED + r"$Px = x - m\mathbf 1$, $P^2 = P$, $\frac{\partial z}{\partial x} = \frac1r(P - \frac1N zz^T)$", "HHHHHHHH"),
        ("batch_norm", COLUMN + CENTRED + r"$P^2 = 2P$, $\frac{\partial z}{\partial x} = \frac1r(P + \frac1N zz^T)$", "HHHHHFF"),
        ("batch_norm", r"$P = I-\frac1N\mathbf 1\mathbf 1^T$, $\frac{\partial L}{\partial x} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(P - \frac1N yy^T)g$", "HH"),
        ("batch_norm", r"$P = I-\frac1N\mathbf 1\mathbf 1^T$, $\frac{\partial L}{\partial x} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(I - \frac1N yy^T)g$", "HF"),
    ],
    "sums with a name": [
        ("softmax", SOFTMAX + r"Abbreviate the denominator by $S$, so that $\frac{\partial S}{\partial x_k} = e^{x_k}$", "HH"),
        ("softmax", SOFTMAX + r"Abbreviate the denominator by $S$, so that $\frac{\partial S}{\partial x_k} = S$", "H-"),
        ("softmax", SOFTMAX + r"Let $S$ be the denominator. $\frac{\partial y_i}{\partial x_k} = \frac{\delta_{ik}e^{x_i}S - e^{x_i}e^{x_k}}{S^2} = y_i(\delta_{ik}-y_k)$", "HHH"),
        ("softmax", SOFTMAX + r"Let $S$ be the denominator. $\frac{\partial y_i}{\partial x_k} = \frac{\delta_{ik}e^{x_i}S + e^{x_i}e^{x_k}}{S^2}$", "HF"),
        ("softmax", SOFTMAX + r"Für den Nenner schreibe ich $Z$: $\frac{\partial Z}{\partial x_k} = e^{x_k}$, $y_k = \frac{e^{x_k}}{Z}$", "HHH"),
        ("softmax", SOFTMAX + r"El denominador lo llamo $S$. $\frac{\partial S}{\partial x_k} = e^{x_k}$, $\frac{\partial S}{\partial x_k} = e^{-x_k}$", "HHF"),
        ("batch_norm", r"$y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$. With $s$ for the denominator, $\frac{\partial L}{\partial\mu} = -\frac1s\sum_i g_i$", "HH"),
        ("batch_norm", r"$y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$. With $s$ for the denominator, $\frac{\partial L}{\partial\mu} = \frac1s\sum_i g_i$", "HF"),
    ],
    "two classes": [
        ("softmax", OWN + r"With $n = 2$: $\frac{\partial L}{\partial a_1} = q_1q_2(r_1-r_2) = -\frac{\partial L}{\partial a_2}$", "HDHH"),
        ("softmax", OWN + r"With $n = 2$: $\frac{\partial L}{\partial a_1} = q_1q_2(r_1+r_2) = \frac{\partial L}{\partial a_2}$", "HDFF"),
        ("softmax", SOFTMAX + r"For two classes $\frac{\partial L}{\partial x_1} = y_1y_2(g_1-g_2) = -\frac{\partial L}{\partial x_2}$", "HHH"),
        ("softmax", SOFTMAX + r"For two classes $\frac{\partial L}{\partial x_1} = y_1y_2(g_1-g_2) = \frac{\partial L}{\partial x_2}$", "HH-"),
        ("softmax", OWN + r"$a = (\ln 3, 0)$ gives $q = (0.75, 0.25)$. Take $r = (2,-1)$, then $\sum_i r_iq_i = 1.25$, $\frac{\partial L}{\partial a} = (0.75\cdot 0.75, 0.25\cdot(-2.25)) = (0.5625,-0.5625)$", "HHHHHHH"),
        ("softmax", OWN + r"$a = (\ln 3, 0)$ gives $q = (0.75, 0.25)$. Take $r = (2,-1)$, then $\sum_i r_iq_i = 1.75$, $\frac{\partial L}{\partial a} = (0.75\cdot 0.75, 0.25\cdot 2.25)$", "HHHHFF"),
    ],
    "what is not found": [
        ("linear", r"$Y_{nm} = \sum_d X_{nd}W_{dm} + b_m$. $\frac{dL}{dX_{nd}} = \sum_m G_{nm}W_{md}$, $\frac{dL}{db} = G^T\mathbf 1_N$", "HF."),
        ("linear", r"$Y_{nm} = \sum_d X_{nd}W_{dm} + b_m$. $\frac{dL}{dX_{nd}} = \sum_m G_{nm}W_{dm}$, $L = \sum_{n,m}Y_{nm}$, $G = \mathbf 1_N\mathbf 1_M^T$, $\frac{dL}{dW} = X^T\mathbf 1_N\mathbf 1_M^T$", "HH.~~"),
        ("softmax", SOFTMAX + r"$\frac{dL}{dx_i} = g_i\cdot\frac{dy_i}{dx_i} = g_iy_i(1-y_i)$. With $x = (0,0)$, $g = (1,0)$", "HFHHH"),
        ("softmax", SOFTMAX + r"$\frac{dL}{dx_i} = \sum_k g_k\cdot\frac{dy_k}{dx_i}$. With $x = (0,0)$, $g = (1,0)$", "HHHH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_letters_that_words_introduce_are_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
