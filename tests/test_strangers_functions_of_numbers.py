r"""Functions of one number as checks, ``f(s) = (3 - s)^2`` and ``f'(s) = -2(3 - s)``; numbers of two digits before a letter, decimal commas, ``e^t``."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.test_precision import judged


@given(
    name=st.sampled_from(["f", "J", "L", r"\varphi"]),
    argument=st.sampled_from("stuzw"),
    slope=st.integers(2, 15),
    shift=st.integers(1, 12),
    at=st.integers(-3, 3),
)
@settings(max_examples=examples(15), deadline=None)
def test_what_a_text_says_of_its_own_function_of_a_number_is_judged(name, argument, slope, shift, at):
    text = (
        rf"For numbers: ${name}({argument}) = ({shift} - {slope}{argument})^2$, "
        rf"${name}'({argument}) = -{2 * slope}({shift} - {slope}{argument}) = {2 * slope**2}{argument} - {2 * slope * shift}$, "
        rf"${name}'({at}) = {2 * slope**2 * at - 2 * slope * shift}$, ${name}({at}) = {(shift - slope * at) ** 2}$, ${name}'({at}) = %s$"
    )
    right = 2 * slope**2 * at - 2 * slope * shift
    assert judged("ex4_trace", text % right)[-6:] == "HHHHHH", text % right
    assert judged("ex4_trace", text % (right + slope + 7))[-1] in "FU"


@pytest.mark.parametrize(
    "exercise, text, wanted",
    [
        ("linear", "There is no activation, $f(z) = z$ and $f'(z) = 1$.", "HH"),
        ("softmax", r"Let $s(t) = \frac{e^t}{e^t+1}$. $s'(t) = s(t)(1-s(t))$, $s(0) = \frac12$, $s'(0) = 1/4$, $s(0) = 2$", "HHHHU"),
        # The transposed trace of a differential is no gradient that a text names.
        ("ex3", r"$dy = x^T\, dA\; c = \mathrm{tr}(x\, c^T dA)$. The gradient stands beside $dA$, which means $\frac{dy}{dA} = x c^T$.", "HFH"),
        # A number is as long as it is written.
        ("ex1", r"$12x = 2 \cdot 6x$, $10x = 5 \cdot 2x$, $100x - 99x = x$, $12x = 2x$, $y = \frac12x^\top x \cdot 2$", "HHHFH"),
        ("ex1", r"$x=(1,2)^T$, $0,5x = (0,5; 1)^T$, $1{,}5x = (1{,}5; 3)^T$, $y(x) = 2,5 y(x) - 1,5 y(x)$", "HHHH"),
        # A d before names of the text's own may be meant for gradients, where it is true of these.
        ("linear", r"$A = x^T$, $V = W^T$, $Z = VA + b^T$. $dV = dZ A^T$.", "HHHU"),
        ("linear", r"$A = x^T$, $V = W^T$, $Z = VA + b^T$. $dV = 5dZ A^T$.", "HHHF"),
    ],
)  # fmt: skip
def test_small_checks_of_students(exercise, text, wanted):
    assert judged(exercise, text) == wanted
