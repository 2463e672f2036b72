r"""Names that words and signs give to an expression: "denote `X - AS` by `R`", "which we call `R`", ``\underbrace{X - AS}_{=:R}``."""

import re

import pytest

from tests.test_precision import judged

SAID = [
    "Let $R = E$.", "Let $R := E$.", "Let $R$ be $E$.", "Denote $E$ by $R$.", "We denote $R$ by $E$.", "$E =: R$.", r"$R \triangleq E$.",
    "Write $R$ for $E$.", "Set $R$ to be $E$.", "$E$ (call it $R$).", "Abbreviate $E$ as $R$.", "$R$ stands for $E$.", r"$\underbrace{E}_{R}$.",
    r"$\underbrace{E}_{=:R}$.", r"$\overbrace{E}^{R}$.", "We call the expression $E$ simply $R$.", "Consider $E$, which we denote by $R$.",
    "Wir bezeichnen $E$ mit $R$.", "Setze $R$ gleich $E$.", "Notons $E$ par $R$.", "$E$, noté $R$.", "Soit $R$ égal à $E$.", "Llamamos $E$ como $R$.",
    "$E$, que llamamos $R$.", "Обозначим $E$ через $R$.", "$E$, назовём это $R$.", "Пусть $R$ равно $E$.",
]  # fmt: skip
USED = {
    "residual": ("ex4_chain", "X - AS", r"$J = \|R\|_F^2$ and $\frac{\partial J}{\partial S} = -2A^\top R$.", "HH"),
    "mean": ("softmax", r"\sum_j g_jy_j", r"$\frac{\partial L}{\partial x_i} = y_i(g_i - R)$.", "H"),
    "a wrong use": ("softmax", r"\sum_j g_jy_j", r"$\frac{\partial L}{\partial x_i} = y_i(R - g_i)$.", "F"),
}


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("used", USED)
def test_an_expression_has_the_name_that_words_give_it(said: str, used: str) -> None:
    exercise, expression, rest, wanted = USED[used]
    said = re.sub(r"\bE\b", lambda found: expression, said)
    found = judged(exercise, f"{said} Then {rest}")
    assert found.endswith(wanted), found


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        (r"gW = X^\top G", "H"),
        (r"W' = X^\top G", "H"),
        ("W' = XG", "F"),
        ("gW = GW^T", "F"),
        (r"GW' = \frac{\partial L}{\partial X}", "H"),
    ],
)
def test_a_sign_at_a_variable_may_name_the_gradient_by_it(step: str, wanted: str) -> None:
    assert judged("linear", rf"$Y = XW + b$ and $G = \frac{{\partial L}}{{\partial Y}}$. We get ${step}$.")[-1] == wanted
