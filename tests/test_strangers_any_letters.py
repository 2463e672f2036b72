r"""The exercises in whatever letters: no right step is called false, whichever letters of the exercise stand for something else there."""

import random

import pytest

from tests.conftest import examples
from tests.test_precision import judged

CAPITALS, SMALL = "ABCDFGHKMPQRSUVWXYZ", "abchkmpqrsuvwxyz"
# By exercise: how many capital and small letters, and a text with their numbers.
TEXTS = {
    "linear": (4, 1, r"Let $2 = 01 + \mathbf 14^T$ with $0 \in \mathbb R^{n\times d}$, $1\in\mathbb R^{d\times m}$ and $3 = \frac{\partial L}{\partial 2}$. "
               r"$\frac{\partial L}{\partial 0} = 31^T$, $\frac{\partial L}{\partial 1} = 0^T3$, $\frac{\partial L}{\partial 4} = 3^T\mathbf 1$."),
    "ex4_trace": (3, 0, r"Let $f = \|0 - 12\|_F^2$. $\frac{\partial f}{\partial 2} = -\lambda1^T(0 - 12)$, $\frac{\partial f}{\partial 1} = -\lambda(0 - 12)2^T$."),
    "softmax": (0, 3, r"Let $1_i = \frac{e^{0_i}}{\sum_j e^{0_j}}$ and $2_i = \frac{\partial L}{\partial 1_i}$. "
                r"$\frac{\partial 1_i}{\partial 0_j} = 1_i(\delta_{ij} - 1_j)$, $\frac{\partial L}{\partial 0_j} = 1_j(2_j - \sum_i 2_i1_i)$."),
    "batch_norm": (0, 4, r"Let $2 = \bar N\sum_i 0_i$, $3 = \bar N\sum_i(0_i - 2)^\lambda$, $1_i = \frac{0_i - 2}{\sqrt{3 + \epsilon}}$. "
                   r"$\frac{\partial 3}{\partial 0_i} = \lambda\bar N(0_i - 2)$, $\frac{\partial 2}{\partial 0_i} = \bar N$."),
    "ex3": (1, 2, r"Let $f = 1^\top 02$. $\nabla_{1} f = 02$, $\frac{\partial f}{\partial 0} = 12^\top$, $\frac{\partial f}{\partial 2} = 0^\top 1$."),
}  # fmt: skip
# Numbers stand for letters above.
NUMBERS = {r"\mathbf": r"\mathbf 1", r"\lambda": "2", r"\bar N": r"\frac1N"}


@pytest.mark.parametrize("exercise", TEXTS)
@pytest.mark.parametrize("seed", range(examples(24)))
def test_a_right_step_is_false_in_no_letters(exercise: str, seed: int) -> None:
    capitals, small, text = TEXTS[exercise]
    drawn = random.Random(f"{exercise} {seed}")
    letters = [*drawn.sample(CAPITALS, capitals), *drawn.sample(SMALL, small)]
    text = text.replace(r"\mathbf 1", r"\mathbf").replace("^2", r"^\power")
    for number, letter in enumerate(letters):
        text = text.replace(str(number), letter)
    for sign, meant in {**NUMBERS, r"\power": "2"}.items():
        text = text.replace(sign, meant)
    assert "F" not in judged(exercise, text), text
