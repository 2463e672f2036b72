r"""Right steps that were called false: letters of variables below gradients, ones of two kinds, cases said beside a formula, rows.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

SOFT = r"$y_i = \frac{e^{x_i}}{S}$ with $S = \sum_j e^{x_j}$. "
OFF = r"$$\frac{\partial y_i}{\partial x_j} = \frac{0\cdot S - e^{x_i}e^{x_j}}{S^2} = -y_iy_j$$"
OFF_WRONG = r"$$\frac{\partial y_i}{\partial x_j} = \frac{0\cdot S - e^{x_i}e^{x_j}}{S^2} = y_iy_j$$"
ON = r"$$\frac{\partial y_i}{\partial x_j} = \frac{e^{x_i}S - e^{x_i}e^{x_j}}{S^2} = y_i(1-y_j)$$"
COLUMN = (
    r"$X$ is a column of $N$ numbers, $Y = \gamma\hat X + \beta$, and $\mathbf{1}$ is a $N \times N$ matrix of all ones, "
    r"while $\mathbf{1}_N$ is a column of ones. "
)
ROWS = r"For columns $x$, $y$ with the gradient as a row: $\frac{\partial y^TAx}{\partial x} = y^TA$, $\frac{\partial x^Tx}{\partial x} = 2x^T$. "
BATCH = r"The shape of $X$ is $[B, N]$, of $W$ $[N, M]$, of $b$ $[1, M]$; $Y = XW + b$. "

KINDS = {
    "the letter of a variable below a gradient": [
        ("softmax", r"Let $g_{y_j} = \frac{\partial L}{\partial y_j}$. $$\frac{\partial L}{\partial x_i} = \sum_j g_{y_j}y_j(\delta_{ji} - y_i) = y_i(g_{y_i} - \sum_j g_{y_j}y_j)$$", "~HH"),
        ("softmax", r"Let $g_{y_j} = \frac{\partial L}{\partial y_j}$. $$\frac{\partial L}{\partial x_i} = \sum_j g_{y_j}y_j(\delta_{ji} + y_i) = y_i(g_{y_i} + \sum_j g_{y_j}y_j)$$", "~FH"),
        ("softmax", r"Let $g_{y_j} = \frac{\partial L}{\partial y_j}$ and $g_{x_i} = \frac{\partial L}{\partial x_i}$. $$g_{x_i} = y_i\left(g_{y_i} - \sum_j g_{y_j}y_j\right)$$ $$g_x = y\odot(g_y - \sum_j g_{y_j}y_j)$$", "~~HH"),
        ("softmax", r"Let $g_{y_j} = \frac{\partial L}{\partial y_j}$ and $g_{x_i} = \frac{\partial L}{\partial x_i}$. $$g_{x_i} = g_{y_i} - \sum_j g_{y_j}y_j$$", "~~-"),
        ("softmax", r"Write $\delta_{y_k} = \partial L/\partial y_k$. $$\frac{\partial L}{\partial x_i} = \sum_k \delta_{y_k}\frac{\partial y_k}{\partial x_i} = y_i\delta_{y_i} - y_i\sum_k\delta_{y_k}y_k$$", "~~~"),
        ("softmax", r"Write $G_{y_k} := \frac{\partial L}{\partial y_k}$. $$\frac{\partial L}{\partial x_i} = \sum_k G_{y_k}\frac{\partial y_k}{\partial x_i} = y_iG_{y_i} - \sum_k G_{y_k}y_k$$", "~HF"),
        ("linear", r"Let $g_{y_{nk}} = \frac{\partial L}{\partial y_{nk}}$, $g_{W_{jk}} = \frac{\partial L}{\partial W_{jk}}$. $$g_{W_{jk}} = \sum_n x_{nj}g_{y_{nk}}$$", "~~~"),
        ("linear", r"Let $g_{y_{nk}} = \frac{\partial L}{\partial y_{nk}}$, $g_{W_{jk}} = \frac{\partial L}{\partial W_{jk}}$. $$g_{W_{jk}} = \sum_n x_{nk}g_{y_{nj}}$$", "~~-"),
        ("linear", r"Let $Y = XW$. With $\delta_Y = \frac{\partial L}{\partial Y}$ and $\delta_W = \frac{\partial L}{\partial W}$: $\delta_W = X^T\delta_Y$, $\delta_X = \delta_YW^T$.", "~~~HH"),
        ("linear", r"Let $Y = XW$. With $\delta_Y = \frac{\partial L}{\partial Y}$ and $\delta_W = \frac{\partial L}{\partial W}$: $\delta_W = \delta_YX^T$, $\delta_X = \delta_YW$.", "~~~--"),
        ("linear", r"With $g_{y_i} = \frac{\partial L}{\partial y_i}$ for the row $i$: $\frac{\partial L}{\partial W} = \sum_i x_i^Tg_{y_i}$.", "~~"),
        ("batch_norm", r"Let $g_{y_i} = \frac{\partial L}{\partial y_i}$. $\frac{\partial L}{\partial\beta} = \sum_i g_{y_i}$, $\frac{\partial L}{\partial\gamma} = \sum_i g_{y_i}\hat x_i$.", "~~~"),
        ("batch_norm", r"Let $g_{y_i} = \frac{\partial L}{\partial y_i}$. $\frac{\partial L}{\partial\gamma} = \sum_i g_{y_i}$, $\frac{\partial L}{\partial\beta} = \sum_i g_{y_i}\hat x_i$.", "~--"),
    ],
    "a matrix of ones beside a column of ones": [
        ("batch_norm", COLUMN + r"$\frac{\partial L}{\partial\beta} = \mathbf{1}_N^T\frac{\partial L}{\partial Y}$", "~H"),
        ("batch_norm", COLUMN + r"$\mu = \frac1N\mathbf{1}_N^TX$, $\mathbf{1} = \mathbf{1}_N\mathbf{1}_N^T$, $\mathbf{1}X = N\mu\mathbf{1}_N$", "~~~~"),
        ("batch_norm", COLUMN + r"$\frac{\partial L}{\partial\gamma} = \mathbf{1}_N^T\frac{\partial L}{\partial Y}$", "~F"),
        ("batch_norm", r"$X$ is a column, $\mathbf{1}_{N\times N}$ the matrix of ones and $\mathbf{1}_N$ the column of ones, $Y = \gamma\hat X+\beta$. $\mathbf{1}_{N\times N} = \mathbf{1}_N\mathbf{1}_N^T$, $\frac{\partial L}{\partial\beta} = \mathbf{1}_N^T\frac{\partial L}{\partial Y}$", "~~H"),
        ("linear", r"$Y = XW + \mathbf{1}_Nb$, where $\mathbf{1}_N$ is a column of ones and $\mathbf{1}$ is the $N\times N$ matrix of ones. $\frac{\partial L}{\partial b} = \mathbf{1}_N^Tg$, $\mathbf{1} = \mathbf{1}_N\mathbf{1}_N^T$", "~HH"),
        ("linear", r"$Y = XW + \mathbf{1}_Nb$, where $\mathbf{1}_N$ is a column of ones and $\mathbf{1}$ is the $N\times N$ matrix of ones. $\frac{\partial L}{\partial b} = \mathbf{1}_N g$, $\frac{\partial L}{\partial b} = \mathbf{1}^Tg$", "~--"),
        ("linear", r"$\mathbf 1$ is the matrix of ones with $N\times N$. $\mathbf{1}_N g = N\mathbf{1}g$", "F"),
    ],
    "different indices said beside a formula": [
        ("softmax", SOFT + r"**(1)** $i = j$: " + ON + r" **(2)** $i \neq j$인 경우 (다른 원소에 대한 미분): $\frac{\partial e^{x_i}}{\partial x_j} = 0$, $\frac{\partial S}{\partial x_j} = e^{x_j}$" + "\n\n" + OFF, "HHDHHHHHH"),
        ("softmax", SOFT + "\n\n### Case $i \\ne j$\n\nHere $\\frac{\\partial e^{x_i}}{\\partial x_j} = 0$.\n\n" + OFF, "HHHHH"),
        ("softmax", SOFT + "\n\n### Case $i \\ne j$\n\nHere $\\frac{\\partial e^{x_i}}{\\partial x_j} = 0$.\n\n" + OFF_WRONG, "HHHHF"),
        ("softmax", SOFT + "\n\n**Case 2 ($i \\neq j$, the off-diagonal):** the first factor is a constant, $\\frac{\\partial S}{\\partial x_j} = e^{x_j}$.\n\n" + OFF, "HHHHH"),
        ("softmax", SOFT + "\n\n- $i = j$:\n\n" + ON + "\n\n- $i \\neq j$ (other entries): $\\frac{\\partial e^{x_i}}{\\partial x_j} = 0$,\n\n" + OFF, "HHDHHHHH"),
        ("softmax", SOFT + "\n\n1. **$i = j$**:" + ON + "\n2. **$i \\neq j$**, so $\\frac{\\partial e^{x_i}}{\\partial x_j} = 0$, and" + OFF_WRONG, "HHDHHHHF"),
        ("softmax", SOFT + "\n\n**(b)** For $i \\neq j$ (the numerator is constant): $\\frac{\\partial e^{x_i}}{\\partial x_j} = 0$ and $\\frac{\\partial S}{\\partial x_j} = e^{x_j}$, so\n\n" + OFF, "HHHHHH"),
        ("softmax", SOFT + "\n\n**Caso $i \\neq j$** (otra entrada): $\\frac{\\partial e^{x_i}}{\\partial x_j} = 0$.\n\n" + OFF, "HHHHH"),
        ("softmax", SOFT + "\n\nOne case was $i \\neq j$. Now for all $i$ and $j$:\n\n$$\\frac{\\partial y_i}{\\partial x_j} = y_i(\\delta_{ij} - y_j)$$", "HHH"),
        ("softmax", SOFT + "\n\n(1) $i \\neq j$인 경우: $\\frac{\\partial y_i}{\\partial x_j} = -y_iy_j$\n\nTogether:\n\n$$\\frac{\\partial y_i}{\\partial x_j} = -y_iy_j + \\delta_{ij}$$", "HHH-"),
    ],
    "rows of a derivative and symmetric matrices": [
        ("ex3", ROWS + r"$\frac{\partial x^TAx}{\partial x} = x^T(A + A^T)$, $\frac{\partial x^TAx}{\partial x} = 2x^TA \quad \text{if } A \text{ is symmetric.}$", "~~~~"),
        ("ex3", ROWS + r"$\frac{\partial x^TAx}{\partial x} = 2x^TA$ for a symmetric $A$.", "~~~"),
        ("ex3", ROWS + r"$$\frac{\partial x^TAx}{\partial x} = 2x^TA \quad (A = A^T)$$", "~~~~"),
        ("ex3", ROWS + r"$$\frac{\partial x^TAx}{\partial x} = 3x^TA \quad \text{if } A \text{ is symmetric}$$", "~~-"),
        ("ex3", r"$\frac{\partial x^TAx}{\partial x} = 2Ax$", "F"),
        ("ex3", r"$\frac{\partial x^TAx}{\partial x} = x^TA \quad \text{if } A \text{ is symmetric.}$", "-"),
    ],
    "a bias for each object": [
        ("linear", BATCH + r"$\frac{\partial L}{\partial b} = \frac{\partial L}{\partial Y}$", "~-"),
        ("linear", BATCH + r"$dL = \frac{\partial L}{\partial Y} : dY = \frac{\partial L}{\partial Y} : db + \frac{\partial L}{\partial Y} : (dXW + XdW)$, $\frac{\partial L}{\partial b} = \frac{\partial L}{\partial Y}$", "~~~-"),
        ("linear", r"$Y = XW + b$. $\frac{\partial L}{\partial b} = \frac{\partial L}{\partial Y}$", "~-"),
        ("linear", r"$X$ is an $N\times D$ batch, $Y = XW + b$, $\frac{\partial L}{\partial W} = X^T\frac{\partial L}{\partial Y}$, $\frac{\partial L}{\partial b} = \frac{\partial L}{\partial Y}$", "~~-"),
        ("linear", r"$Y = XW + b$, where every object has its own copy of the bias. $\frac{\partial L}{\partial b} = \frac{\partial L}{\partial Y}$", "~H"),
        ("linear", r"For one object $y = xW + b$: $\frac{\partial L}{\partial b} = \frac{\partial L}{\partial y}$", "~H"),
        ("linear", r"$\frac{\partial L}{\partial b} = \mathbf 1^T\frac{\partial L}{\partial Y}$", "H"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_right_steps_raise_no_alarm(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
