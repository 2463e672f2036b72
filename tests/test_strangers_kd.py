r"""Numbers alone beside an example, rounded values, fractions without braces, and rules of products for any functions.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

EXAMPLE = r"Take $x = (0, \ln 2, \ln 3)$. "
FUNCTIONS = r"For functions $u(x), v(x)$ of a vector $x$: "

KINDS = {
    "numbers alone beside an example": [
        ("softmax", r"For example $\frac14(1-\frac74) = -\frac3{16}$, $\frac14(1-\frac74) = \frac3{16}$", "HF"),
        ("softmax", EXAMPLE + r"$2\cdot 3 + 4 = 10$, $2\cdot 3 + 4 = 11$", "HHF"),
        ("batch_norm", r"Example: let $x = (1, 3)$. $\frac12(1+3) = 2$, $\frac12((1-2)^2+(3-2)^2) = 2$", "HHF"),
        ("softmax", r"It would be wrong to write $\frac12 + \frac13 = \frac25$.", "~"),
        ("linear", r"Let $x = (1, 2)$. $1\cdot 3 + 2\cdot 4 + 1 = 12$, $1\cdot 3 + 2\cdot 4 = 12$", "HHF"),
    ],
    "numbers that are rounded": [
        ("softmax", r"For example $e^2 = 7.39$, $e^2 = 8.39$, $e^1 \approx 2.718$", "HFH"),
        ("ex2", r"As a check, $\sqrt 2 \approx 1.41$, $\sqrt 2 \approx 1.43$, $\sqrt 2 \approx 1.51$", "HUF"),
        ("batch_norm", r"For instance $\frac1{\sqrt 2} = 0.707$, $\frac1{\sqrt 2} = 0.717$, $\frac23 = 0.67$, $\frac23 = 0.66$", "HFHU"),
        ("softmax", r"For example take $x = (0, 1)$. $y_1 = \frac1{1+e} \approx 0.27$, $y_2 \approx 0.73$", "HHHH"),
        ("softmax", r"For example take $x = (0, 1)$. $y_1 = \frac1{1+e} \approx 0.29$, $y_2 \approx 0.83$", "HH--"),
        ("softmax", EXAMPLE + r"$y_1 = 0.17$, $y_1 = 0.19$, $y = (0.17, 0.33, 0.5)$, $y = (0.17, 0.33, 0.9)$", "HH-HF"),
        ("ex1", r"For example $0.33 + 0.33 + 0.33 = 1$, $0.5\cdot 0.5 = 0.25$", "~H"),
    ],
    "fractions without braces": [
        ("ex1", r"$\frac1{16}x = \frac{1}{16}x$, $\frac x{16} = \frac{1}{16}x$, $\tfrac3{16} = \frac6{32}$, $\frac1{10} = 0.1$", "HHHH"),
        ("ex1", r"$\frac x{16} = 6x$, $\frac1{16}x = 6x$", "FF"),
    ],
    "rules of products": [
        ("ex2", r"$\frac{\partial(u^Tv)}{\partial z} = \frac{\partial u}{\partial z}v + \frac{\partial v}{\partial z}u$ for functions $u(z), v(z)$", "H"),
        ("ex1", r"$\frac{\partial(p^Tq)}{\partial z} = p^T\frac{\partial q}{\partial z} + q^T\frac{\partial p}{\partial z}$", "H"),
        ("ex2", r"$\frac{\partial(f^Th)}{\partial x} = f^T\frac{\partial h}{\partial x} + h^T\frac{\partial f}{\partial x}$", "H"),
        ("ex1", FUNCTIONS + r"$\frac{\partial(u^Tv)}{\partial x} = \frac{\partial u}{\partial x}v + \frac{\partial v}{\partial x}u$", "H"),
        ("ex1", FUNCTIONS + r"$\frac{\partial(u^Tv)}{\partial x} = u^T\frac{\partial v}{\partial x} + v^T\frac{\partial u}{\partial x}$", "H"),
        ("ex1", FUNCTIONS + r"$\frac{\partial(u^Tv)}{\partial x} = \frac{\partial u}{\partial x}v - \frac{\partial v}{\partial x}u$", "-"),
        ("linear", FUNCTIONS + r"$\frac{\partial(u^Tv)}{\partial x} = u\frac{\partial v}{\partial x} + v\frac{\partial u}{\partial x}$", "-"),
        ("ex1", r"$\frac{\partial(p^Tq)}{\partial z} = \frac{\partial p}{\partial z}^Tq + \frac{\partial q}{\partial z}p$", "-"),
        ("ex1", r"$\frac{\partial(p^Tq)}{\partial z} = \frac{\partial p}{\partial z}p + \frac{\partial q}{\partial z}q$", "-"),
        ("ex1", r"$\frac{\partial(p^Tq)}{\partial z} = p^T\frac{\partial q}{\partial z} + \frac{\partial p}{\partial z}q$", "-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_numbers_and_rules_are_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
