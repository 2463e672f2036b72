"""Habits of people who wrote without having seen the course: an index named as the bias is, hats above means, cases in words, changed numbers."""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_recall import EXERCISES

SOFTMAX = r"Let $s = \sum_j e^{x_j}$ and $y_i = \frac{e^{x_i}}{s}$. "
EXAMPLE = r"Check with $x = (1,2)^T$, $c = (2,1)^T$, $A = \begin{pmatrix} 1 & 0 \\ 3 & -1 \end{pmatrix}$: $Ac = (2,5)^T$. "
SAMPLE = r"A sample $X_1, \dots, X_n$. $\hat\mu = \hat E[X]$, $\hat\sigma^2 = \hat{\mathbb{E}}[(X-\hat\mu)^2]$, $Z_i = (X_i - \hat\mu)/\sqrt{\hat\sigma^2 + \epsilon}$. "
LAYERS = r"$y_{bj} = \sum_i x_{bi} W_{ij} + \beta_j$. Two layers: $h = x W_1 + b_1$, $y_2 = h W_2 + b_2$. With one layer "


def verdicts(exercise: str, text: str) -> dict[str, str]:
    """The verdict on each step of a text, by its two sides."""
    return {f"{step.left} = {step.right}": step.verdict for step in read_writeup(text, EXERCISES[f"writeup_{exercise}"]).steps}


@pytest.mark.parametrize(
    ("exercise", "text"),
    [
        ("linear", LAYERS + r"$\frac{\partial L}{\partial W_{ij}} = \sum_b g_{bj} x_{bi} = (x^T g)_{ij}$."),
        ("linear", LAYERS + r"$\frac{\partial L}{\partial \beta_j} = \sum_b g_{bj} \frac{\partial y_{bj}}{\partial \beta_j} = \sum_b g_{bj}$."),
        ("batch_norm", SAMPLE + r"$\hat E[Z] = 0$ and $\frac{\partial \hat\mu}{\partial X_k} = \frac1n$."),
        ("batch_norm", r"One feature, $x_1, \dots, x_m$. $$\frac{\partial \mu}{\partial x_k} = \frac1m$$"),
        ("softmax", SOFTMAX + r"Case i equals k: $$\frac{\partial y_i}{\partial x_k} = y_i (1 - y_i)$$"),
        ("softmax", SOFTMAX + r"Fall i verschieden von k: $$\frac{\partial y_i}{\partial x_k} = \frac{0 - e^{x_i} e^{x_k}}{s^2}$$"),
        ("softmax", SOFTMAX + r"When $i$ equals $k$: $$\frac{\partial y_i}{\partial x_k} = y_i (1 - y_i)$$"),
    ],
)  # fmt: skip
def test_what_is_right_holds(exercise, text):
    found = verdicts(exercise, text)
    assert set(found.values()) <= {"holds", "stated"}, found


@pytest.mark.parametrize(
    ("exercise", "text"),
    [
        ("linear", LAYERS + r"$\frac{\partial L}{\partial W_{ij}} = \sum_b g_{bi} x_{bj}$."),
        ("batch_norm", SAMPLE + r"$\frac{\partial \hat\mu}{\partial X_k} = 1$."),
        ("softmax", SOFTMAX + r"Case i equals k: $$\frac{\partial y_i}{\partial x_k} = y_i (1 + y_i)$$"),
        ("ex3", EXAMPLE + r"Hence $xc^T = \begin{pmatrix} 2 & 1 \\ 4 & 3 \end{pmatrix}$."),
    ],
)
def test_what_is_wrong_is_still_found(exercise, text):
    assert "false" in verdicts(exercise, text).values()


@pytest.mark.parametrize(
    "changed",
    [
        "Si $A_{21}$ passe de 3 à 4, alors ",
        "Now move $A_{21}$ from $3$ to $4$. Then ",
        "Put a 4 where the 3 was: ",
        "On remplace $a_{21} = 3$ par $a_{21} = 4$. Le produit devient ",
        "Finite difference: the corner from 3 to 4. Now ",
    ],
)
def test_numbers_that_words_change_are_not_compared_with_those_before(changed):
    assert "false" not in verdicts("ex3", EXAMPLE + changed + r"$Ac = (2, 7)^T$ and $y = 16$.").values()


def test_an_expectation_of_a_statistic_may_be_over_all_samples():
    assert "false" not in verdicts("batch_norm", SAMPLE + r"$E[\hat\sigma^2] = \frac{n-1}{n}\sigma^2$.").values()


@pytest.mark.parametrize(
    ("exercise", "text"),
    [
        ("ex3", r"- $c$ dans le noyau de $A$ : le gradient en $x$ est $Ac = 0$."),
        ("ex4_chain", r"- Perfect fit, $X = AS$: both gradients vanish."),
    ],
)
def test_a_special_case_in_a_list_is_no_mistake(exercise, text):
    assert "false" not in verdicts(exercise, text).values()
