r"""Indices with primes: each is a letter of its own, and the prime is neither a transposition nor a derivative.

An exercise, a text, and the letters of its steps.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "primes": [
        ("softmax", r"$y_i = \frac{e^{x_i}}{\sum_{i'} e^{x_{i'}}}$, $\frac{\partial L}{\partial x_j} = \sum_{i'} g_{i'}\frac{\partial y_{i'}}{\partial x_j}$", "HH"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_{i'}} = y_i(\delta_{ii'} - y_{i'})$", "H"),
        ("softmax", r"For $i' \ne i$: $\frac{\partial y_i}{\partial x_{i'}} = -y_iy_{i'}$.", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_{i'}} = y_i(\delta_{ii'} + y_{i'})$", "F"),
        ("linear", r"$\frac{\partial L}{\partial W_{jk}} = \sum_{i',j'}\frac{\partial L}{\partial Y_{i'j'}}\frac{\partial Y_{i'j'}}{\partial W_{jk}}$", "H"),
        ("linear", r"$\sum_{i''=1}^N X_{i''j}g_{i''k} = (X^Tg)_{jk}$, $\sum_{i^\prime} X_{i^\prime j}g_{i^{\prime}k} = (g^TX)_{jk}$", "HF"),
        ("ex2", r"$y = \sum_{i'} (AB)_{i'i'} = \sum_{i'}\sum_{j'}a_{i'j'}b_{j'i'}$", "HH"),
        ("ex1", "$y' = 2x$; $(x^Tx)' = 2x$", "HH"),
        ("ex3", r"$\frac{\partial y}{\partial a_{ij}} = \frac{\partial}{\partial a_{ij}}\sum_{i'}\sum_{j'}a_{i'j'}x_{i'}c_{j'} = x_ic_j$", "HH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_primed_letter_below_a_symbol_is_an_index(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
