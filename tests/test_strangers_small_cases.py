r"""What words say of a smaller case, and numbers that nobody declares: right steps are not called false for it.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import EXERCISES, cases, fits, judged

TWO = r"$\frac{\partial y_i}{\partial x_k} = %s$"
KINDS = {
    "numbers": [
        ("linear", r"If everything is 1x1: $y = xw + b$, $dL/dw = xg$, $dL/dx = wg$", "H~~"),
        ("linear", r"If everything is 1x1: $y = xw + b$, $dL/dw = x + g$", "HF"),
        ("linear", r"$y = xw + b$, $dL/dw = xg$", "H-"),
    ],
    "one object, or one output": [
        ("batch_norm", r"With only one sample in the batch, $\mu = x_1$, $\sigma^2 = 0$ and $y_1 = 0$.", "~~."),
        ("batch_norm", r"The sample is in the batch: $\mu = x_1$, $\sigma^2 = 0$.", "FF"),
        ("batch_norm", r"With only one sample in the batch, $\mu = 2x_1$.", "F"),
        ("linear", r"With one output, $y_n = x_n^Tw+b$, $\frac{\partial L}{\partial w} = \sum_n g_nx_n$", "H~"),
    ],
    "what may be a number": [
        ("softmax", r"$y = \text{softmax}(x-m)$", "~"),
        ("softmax", r"subtract the maximum $m$ of $x$: it is stable, $y = \text{softmax}(x-m)$", "~"),
        ("softmax", r"$y = \text{softmax}(2x)$", "F"),
        ("ex1", r"$y = \text{const} + x_i^2$", "~"),
        ("ex4_trace", r"$J = \text{const} - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$, $J = \text{const} - \operatorname{tr}(X^TAS)$", "HF"),
    ],
    "indices that words compare": [
        ("softmax", r"If i differs from k: " + TWO % "-y_iy_k", "~"),
        ("softmax", TWO % "y_i(1-y_i)" + r" if i equals k, and " + TWO % "-y_iy_k" + " otherwise.", "~~"),
        ("softmax", TWO % r"\begin{cases}-y_iy_k & \text{unless } i = k \\ y_i(1-y_i) & \text{otherwise}\end{cases}", "~."),
        ("softmax", TWO % r"\begin{cases}y_i(1-y_i) & \text{unless } i = k \\ -y_iy_k & \text{otherwise}\end{cases}", "-."),
        ("softmax", TWO % r"\begin{cases}y_i(1-y_i) & \text{if not } i = k \\ -y_iy_k & \text{otherwise}\end{cases}", "-."),
        ("softmax", "In this case it is " + TWO % "y_iy_k", "F"),
        ("softmax", TWO % "y_i(1-y_i)", "F"),
    ],
    "what is taken back": [
        ("ex3", r"$y = tr(x^TAc) = tr(xcA)$ uh no, cyclic only, $= tr(Acx^T)$", "HF~"),
        ("ex3", r"$y = tr(x^TAc)$ $= tr(xcA)$", "HF"),
    ],
    "a loss of one entry": [
        ("softmax", r"$g$ is the incoming gradient. Cross entropy $L = -\log y_t$ has $g_i = -\delta_{it}/y_t$, so $\frac{\partial L}{\partial x_j} = y_j - \delta_{jt}$", "~~H"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_smaller_case_is_no_mistake(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"


def test_a_constant_in_a_gradient_is_not_known() -> None:
    assert judged("ex4_trace", r"$\frac{\partial J}{\partial S} = \text{const}+2A^TAS$") == "U"


def test_a_gradient_up_to_a_constant_is_no_answer() -> None:
    report = read_writeup(r"$\frac{\partial J}{\partial S} = \text{const}+2A^TAS$", EXERCISES["writeup_ex4_trace"])
    assert report.answers[r"\frac{dJ}{dS}"] != "reached"
