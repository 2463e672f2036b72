r"""Names for the gradient that comes in, as words and formulas give them, and the gradients that programs call ``dX``.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "as programs name them": [
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. $dW = X^TdY$, $dX = dY W^T$, $db = \sum_n dY_n$", "HHHHH"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. $dW = XdY$", "HHF"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. $dX = W^TdY$", "HHF"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. $dX = dYW$", "HHF"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. $db = dY$", "HH-"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. As differentials, $dY = dX W + X dW$ for fixed $b$", "HH~"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. $dL = \mathrm{tr}(G^T dY)$", "HH~"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. The differential is $dY = dX\,W + X\,dW + 1 db^T$", "HH~"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. The differential is $\mathrm dL = \langle G, \mathrm dY\rangle$ and $\mathrm dY = \mathrm dX\,W$", "HH~~"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. For a small step $dW$ we have $dY = X dW$", "HH~"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. $\frac{dL}{dX} = dY W^T$; $\frac{dY}{dX} = W^T$", "~~.."),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. $dX \mathrel{+}= dYW^T$", "HH~"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. $dX$ gets $dYW^T$, and the shapes: $(N, D) = (N, M)(M, D)$", "HH~"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. $dW_{ij} = \sum_n X_{ni}dY_{nj}$, $dX_{ni} = \sum_j dY_{nj}W_{ij}$", "HHHH"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. $dW_{ij} = \sum_n X_{ni}dY_{nj}$, $dX_{ni} = \sum_j dY_{nj}W_{ji}$", "~~~-"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. The loss is $L = \frac12\|Y - T\|^2$, then $dY = Y - T$ and $dW = X^T(Y-T)$", "HH~~~"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. With weight decay $dW = X^TdY + \lambda W$", "HH~"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. In numpy `dW = X.T @ dY`. If $L$ is averaged over the batch, $dW = \frac1N X^TdY$", "HHH~"),
        ("linear", r"We write $dY = \frac{\partial L}{\partial Y}$ as in the lecture, $Y = XW + b$. For one sample: $dW = x^Tdy$, $dx = dyW^T$, $db = dy$", "HH~~~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_gradient_is_what_the_text_calls_so(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"


NAMES = (r"\delta", r"\bar Y", "dY", r"\mathrm{d}Y", r"\text{dout}", r"\nabla Y", "E", "G_Y", "g_y", r"g_{out}", r"g_{up}", r"\mathcal G", r"\Gamma", "gY",
         r"\tilde Y", r"\delta_Y", r"\lambda_Y", r"\Delta Y", "R", "U", "Y^*", r"\partial Y", "Y'", r"G^{(Y)}")  # fmt: skip
SAID = (
    r"$Y = XW + b$. Let ${} = \frac{{\partial L}}{{\partial Y}}$.",
    r"Our layer is a usual linear one. The upstream gradient is ${}$.",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("said", SAID, ids=["formula", "words"])
def test_nothing_is_false_in_whatever_name_the_upstream_gradient_has(name: str, said: str) -> None:
    text = rf"{said.format(name)} Then $\frac{{\partial L}}{{\partial X}} = {name} W^\top$, $\frac{{\partial L}}{{\partial W}} = X^\top {name}$."
    assert "F" not in judged("linear", text)


SIGNS = (
    r"\Delta {}",
    r"\delta {}",
    "d{}",
    r"\mathrm{{d}}{}",
    r"\nabla {}",
    "g{}",
    r"\bar {}",
    r"\hat {}",
    r"\delta_{{{}}}",
    "g_{{{}}}",
    "{}'",
    "{}^*",
    "D{}",
)
SENTENCES = (
    r"I write ${}$ for $\partial L/\partial z$.",
    r"For any node $z$ let ${} := \frac{{\partial L}}{{\partial z}}$.",
    "Notation: ${}$ is the gradient of $L$ with respect to $z$.",
)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("sentence", SENTENCES, ids=["for", "let", "words"])
def test_a_sign_that_names_the_gradient_by_any_letter_names_it_by_each(sign: str, sentence: str) -> None:
    by = {letter: sign.format(letter) for letter in "zPYWX"}
    steps = f"$P = XW$, $Y = P + \\mathbf 1 b^T$. ${by['P']} = {by['Y']}$, ${by['W']} = X^T{by['P']}$, ${by['X']} = {by['P']}W^T$."
    found = judged("linear", f"{sentence.format(by['z'])} {steps}")
    assert "F" not in found
