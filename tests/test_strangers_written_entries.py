r"""Matrices written out with numbered letters: `X = [[x_1, x_2], [x_3, x_4]]`, and derivatives by these entries.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

TWO = r"$X = \begin{bmatrix} x_1 & x_2 \\ x_3 & x_4 \end{bmatrix}$, $A = \begin{bmatrix} a_1 & a_2 \\ a_3 & a_4 \end{bmatrix}$, $y = {\rm Tr}(XA)$. "
PLAIN = r"$y = \operatorname{tr}(XA)$. Let $X = \begin{pmatrix} x_1 & x_2 \\ x_3 & x_4 \end{pmatrix}$ and $A = \begin{pmatrix} a_1 & a_2 \\ a_3 & a_4 \end{pmatrix}$. "
SIX = (
    r"$X = \begin{bmatrix} x_1 & x_2 & x_3 \\ x_4 & x_5 & x_6 \end{bmatrix}$, "
    r"$A = \begin{bmatrix} a_1 & a_2 \\ a_3 & a_4 \\ a_5 & a_6 \end{bmatrix}$, $y = \text{tr}(XA)$. "
)
COLUMN = r"$x = \begin{bmatrix} x_1 \\ x_2 \\ x_3 \end{bmatrix}$, $y = x^Tx$. "
BILINEAR = r"$y = x^TAc$, $x = \begin{bmatrix} x_1 \\ x_2 \end{bmatrix}$, $A = \begin{bmatrix} a_1 & a_2 \\ a_3 & a_4 \end{bmatrix}$, $c = \begin{bmatrix} c_1 \\ c_2 \end{bmatrix}$. "

KINDS = {
    "two by two": [
        ("ex2", TWO + r"${\rm Tr}(XA) = a_1x_1 + a_3x_2 + a_2x_3 + a_4x_4$", "...H"),
        ("ex2", TWO + r"${\rm Tr}(XA) = {\rm Tr}\begin{bmatrix} a_1x_1 + a_3x_2 & a_2x_1 + a_4x_2 \\ a_1x_3 + a_3x_4 & a_2x_3 + a_4x_4 \end{bmatrix}$", "...H"),
        ("ex2", TWO + r"${\rm Tr}(XA) = a_1x_1 + a_2x_2 + a_3x_3 + a_4x_4$", "...-"),
        ("ex2", TWO + r"$\frac{\delta y}{\delta x_1} = a_1$, $\frac{\delta y}{\delta x_2} = a_3$, $\frac{\delta y}{\delta x_3} = a_2$, $\frac{\delta y}{\delta x_4} = a_4$", "...HHHH"),
        ("ex2", TWO + r"$\frac{\delta y}{\delta x_2} = a_2$, $\frac{\delta y}{\delta x_3} = a_3$, $\frac{\delta y}{\delta x_1} = a_4$", "...---"),
        ("ex2", TWO + r"$\frac{\partial y}{\partial x_2} = a_2$, $\frac{\partial y}{\partial x_3} = a_2$, $\frac{\partial y}{\partial x_1} = a_1$", "...-HH"),
        ("ex2", TWO + r"$\frac{\delta y}{\delta X} = \begin{bmatrix} a_1 & a_3 \\ a_2 & a_4 \end{bmatrix} = A^T$", "...HH"),
        ("ex2", TWO + r"$\frac{\delta y}{\delta X} = \begin{bmatrix} a_1 & a_2 \\ a_3 & a_4 \end{bmatrix}$", "...-"),
        ("ex2", TWO + r"${\rm Tr}(AX^T) = a_1x_1 + a_2x_2 + a_3x_3 + a_4x_4$, $\frac{\delta}{\delta X}{\rm Tr}(AX^T) = A$", "...HH"),
        ("ex2", TWO + r"$\frac{\delta}{\delta X}{\rm Tr}(AX) = A$", "...-"),
        ("ex2", PLAIN + r"$\operatorname{tr}(X^TA) = a_1x_1 + a_2x_2 + a_3x_3 + a_4x_4$, $\frac{\partial\operatorname{tr}(X^TA)}{\partial x_2} = a_2$, $\frac{\partial}{\partial X}\operatorname{tr}(X^TA) = A$", "...HHH"),
        ("ex2", PLAIN + r"$\operatorname{tr}(X^TA) = a_1x_1 + a_3x_2 + a_2x_3 + a_4x_4$, $\frac{\partial\operatorname{tr}(X^TA)}{\partial x_2} = a_3$", "...--"),
    ],
    "other sizes": [
        ("ex2", SIX + r"$y = x_1a_1 + x_2a_3 + x_3a_5 + x_4a_2 + x_5a_4 + x_6a_6$, $\frac{\partial y}{\partial x_2} = a_3$, $\frac{\partial y}{\partial x_4} = a_2$", "...HHH"),
        ("ex2", SIX + r"$\frac{\partial y}{\partial x_2} = a_2$, $\frac{\partial y}{\partial x_4} = a_4$", "...--"),
        ("ex2", SIX + r"$\frac{\partial y}{\partial X} = \begin{bmatrix} a_1 & a_3 & a_5 \\ a_2 & a_4 & a_6 \end{bmatrix} = A^T$", "...HH"),
        ("ex1", COLUMN + r"$y = x_1^2 + x_2^2 + x_3^2$, $\frac{\partial y}{\partial x_2} = 2x_2$, $\frac{\delta y}{\delta x} = \begin{bmatrix} 2x_1 \\ 2x_2 \\ 2x_3 \end{bmatrix} = 2x$", "..HHHH"),
        ("ex1", COLUMN + r"$\frac{\partial y}{\partial x_2} = 2x_3$, $\frac{\delta y}{\delta x} = \begin{bmatrix} x_1 \\ x_2 \\ x_3 \end{bmatrix}$", "..--"),
        ("ex3", BILINEAR + r"$x^TAc = x_1a_1c_1 + x_1a_2c_2 + x_2a_3c_1 + x_2a_4c_2$, $\frac{\partial\, x^TAc}{\partial a_2} = x_1c_2$", "....HH"),
        ("ex3", BILINEAR + r"$x^TAc = x_1a_1c_1 + x_1a_3c_2 + x_2a_2c_1 + x_2a_4c_2$, $\frac{\partial\, x^TAc}{\partial a_2} = x_2c_1$", "....--"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_numbered_entries_are_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
