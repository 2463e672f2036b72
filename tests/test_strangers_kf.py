r"""The steps of quick students: letters for the function, cases of numbers, running statistics by any letters.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

ALL_NUMBERS = r"If everything is a number ($N=D=M=1$): $y = xw+b$, "
KINDS = {
    "a case of numbers": [
        ("linear", ALL_NUMBERS + r"$\frac{\partial L}{\partial x} = gw$, $\frac{\partial L}{\partial w} = gx$, $\frac{\partial L}{\partial b} = g$.", "HHHHHHH"),
        ("linear", ALL_NUMBERS + r"$\frac{\partial L}{\partial x} = gx$, $\frac{\partial L}{\partial w} = gw$.", "HHHH--"),
        ("linear", ALL_NUMBERS + r"$\frac{\partial L}{\partial x} = gw$. In general $\frac{\partial L}{\partial X} = GW^T$.", "HHHHHH"),
        ("linear", ALL_NUMBERS + r"$\frac{\partial L}{\partial x} = gw$." + "\n\n" + r"$\frac{\partial L}{\partial X} = GW$", "HHHHH-"),
        ("linear", ALL_NUMBERS + r"$\frac{\partial L}{\partial x} = gw$. For matrices $\frac{\partial L}{\partial X} = GW$", "HHHHH-"),
        ("linear", ALL_NUMBERS + r"$\frac{\partial L}{\partial x} = gw$. Hence $\frac{\partial L}{\partial X} = GW$", "HHHHH-"),
        ("linear", r"When all are numbers, $N = D = M = 1$, $y = xw + b$ and $\frac{\partial L}{\partial w} = xg$.", "HH.HH"),
        ("linear", r"With $N=D=M=1$: $y = xw+b$, $\frac{\partial y}{\partial x} = w$, $\frac{\partial y}{\partial w} = x$, $\frac{\partial y}{\partial b} = 1$", "HH.HHHH"),
        ("linear", r"With $N=D=M=1$: $y = xw+b$, $\frac{\partial y}{\partial x} = x$, $\frac{\partial y}{\partial w} = w$", "HH.H--"),
        ("linear", r"Scalar case: $y = wx+b$, $\frac{\partial L}{\partial x} = gw$, $\frac{\partial L}{\partial w} = gx$", "HHH"),
        ("linear", r"If $X$, $W$ and $b$ are numbers: $\frac{\partial L}{\partial X} = GW$, $\frac{\partial L}{\partial W} = GX$", ".."),
        ("linear", ALL_NUMBERS + r"$\frac{\partial L}{\partial x} = gw$, $\frac{\partial L}{\partial X} = GW$.", "HHHHH-"),
        ("linear", ALL_NUMBERS + r"so with matrices it becomes $\frac{\partial L}{\partial X} = GW$, and $\frac{\partial L}{\partial X} = GW^T$.", "HHHH-H"),
        ("linear", r"For numbers $\frac{\partial L}{\partial x} = gw$ and $\frac{\partial L}{\partial X} = GW$.", "H-"),
        ("linear", r"For scalars, $y = xw + b$, $\frac{\partial L}{\partial x} = gw$, $\frac{\partial L}{\partial w} = gx$.", "HHH"),
    ],
    "a letter for the function": [
        ("softmax", r"Let $\varsigma$ be the softmax. $\varsigma(x+c\mathbf 1) = \varsigma(x)$.", "H"),
        ("softmax", r"$S$ is the softmax function. $S(x+c\mathbf 1) = S(x)$.", "H"),
        ("softmax", r"We write $f$ for softmax. $f(x + c\mathbf 1) = f(x)$", "H"),
        ("softmax", r"softmax is invariant: $\sigma(x + c) = \sigma(x)$", "H"),
        ("softmax", r"The softmax $s$ is invariant to shifts: $s(x + c\mathbf{1}) = s(x)$", "H"),
        ("softmax", r"Let $\varsigma$ be the softmax. $\varsigma(x+c\mathbf 1) = \varsigma(x) + c$.", "-"),
        ("softmax", r"Let $\varsigma$ be the softmax. $\varsigma(cx) = \varsigma(x)$.", "-"),
        ("softmax", r"We write $f$ for softmax. $f(2x) = 2f(x)$", "-"),
        ("softmax", r"softmax is invariant: $\sigma(cx) = \sigma(x)$", "-"),
        ("softmax", r"Let $\varsigma$ denote softmax, $y = \varsigma(x)$. $\frac{\partial\varsigma}{\partial x} = \text{diag}(y) - yy^T$", ".H"),
        ("softmax", r"Let $\varsigma$ denote softmax, $y = \varsigma(x)$. $\frac{\partial\varsigma}{\partial x} = \text{diag}(y) + yy^T$", ".F"),
    ],
    "a temperature": [
        ("softmax", r"$y = \text{softmax}(x/\tau)$, $\frac{\partial y}{\partial x} = \frac1\tau(\text{diag}(y) - yy^T)$", ".H"),
        ("softmax", r"$y = \text{softmax}(x/\tau)$, $\frac{\partial y}{\partial x} = \tau(\text{diag}(y) - yy^T)$", ".-"),
        ("softmax", r"With a temperature $T$: $y = \text{softmax}(x/T)$, $\frac{\partial y_i}{\partial x_j} = \frac1T y_i(\delta_{ij} - y_j)$", ".H"),
        ("softmax", r"With a temperature $T$: $y = \text{softmax}(x/T)$, $\frac{\partial y_i}{\partial x_j} = T y_i(\delta_{ij} - y_j)$", ".-"),
        ("softmax", r"With $y = \operatorname{softmax}(\beta x)$ we get $\frac{\partial L}{\partial x} = \beta y\odot(g - (g^Ty)\mathbf 1)$", ".H"),
        ("softmax", r"With $y = \operatorname{softmax}(\beta x)$ we get $\frac{\partial L}{\partial x} = \frac1\beta y\odot(g - (g^Ty)\mathbf 1)$", ".-"),
    ],
    "running statistics": [
        ("batch_norm", r"with running mean $m$ and running variance $v$, $y = (x-m)/\sqrt{v+\epsilon}$, $\partial L/\partial x = g/\sqrt{v+\epsilon}$", "HH"),
        ("batch_norm", r"with running mean $r$ and running variance $s$, $y = (x-r)/\sqrt{s+\epsilon}$, $\partial L/\partial x = g/\sqrt{s+\epsilon}$", "HH"),
        ("batch_norm", r"With running mean $m$ and running variance $v$, $y = (x-m)/\sqrt{v+\epsilon}$, $\partial L/\partial x = g/(v+\epsilon)$", "H-"),
        ("batch_norm", r"In inference mode $y = \frac{x-m}{\sqrt{v+\epsilon}}$ with the running mean $m$ and the running variance $v$, so $\frac{\partial y}{\partial x} = \frac1{\sqrt{v+\epsilon}}$", "HH"),
        ("batch_norm", r"At test time the running mean $m$ and the running variance $n$ are constants: $y = \frac{x-m}{\sqrt{n+\epsilon}}$, $\frac{\partial L}{\partial x} = \frac{g}{\sqrt{n+\epsilon}}$", "HH"),
        ("batch_norm", r"At test time the running mean $m$ and the running variance $n$ are constants: $y = \frac{x-m}{\sqrt{n+\epsilon}}$, $\frac{\partial L}{\partial x} = g\sqrt{n+\epsilon}$", "H-"),
    ],
    "what is supposed of x": [
        ("ex1", r"Suppose $x$ is a unit vector. $y = 1$", "H"),
        ("ex1", r"Suppose $x$ is a unit vector. $y = 2$", "-"),
        ("ex1", r"Let $x$ be a unit vector. Then $y = 1$.", "H"),
        ("ex1", r"Suppose that all entries of $x$ are the same." + "\n\n" + r"$y = n x_1^2$", "H"),
        ("ex1", r"all entries of $x$ are the same" + "\n\n" + r"$y = n x_1^2$", "H"),
        ("ex1", r"all entries of $x$ are the same" + "\n\n" + r"$y = n x_1$", "-"),
        ("ex1", r"All entries of $x$ are equal. Then $y = nx_1^2$, and $y = n^2x_1^2$.", "H-"),
        ("ex1", r"$x$ has length 1. $y = 1$", "H"),
    ],
    "one class, equal gradients": [
        ("softmax", r"With only one class $y_1 = 0$.", "-"),
        ("softmax", r"With two classes, $y_1 + y_2 = 1$.", "H"),
        ("softmax", r"Write $s$ for the inner sum $\sum_j g_jy_j$. If all $g_j$ are equal to $c$, then $s = c$.", "H"),
        ("softmax", r"Write $s$ for the inner sum $\sum_j g_jy_j$. If all $g_j$ are equal to $c$, then $s = 2c$.", "-"),
        ("softmax", r"Let $s = \sum_j g_jy_j$. If all $g_j = c$, then $s = c$ and $\frac{\partial L}{\partial x_i} = 0$.", "H..H"),
        ("softmax", r"If all entries of $g$ are equal to $c$, then $\sum_j g_jy_j = c$.", "H"),
        ("softmax", r"If all entries of $g$ are equal to $c$, then $\sum_j g_jy_j = nc$.", "-"),
    ],
    "an array with a property": [
        ("softmax", r"If all $g_j = c$, then $\frac{\partial L}{\partial x_i} = 0$.", "HH"),
        ("softmax", r"If all $g_j$ are the same then $\frac{\partial L}{\partial x_i} = 0$.", "H"),
        ("softmax", r"If all entries of $g$ are equal, $\frac{\partial L}{\partial x} = y$.", "-"),
        ("softmax", r"If all $g_j$ are equal to $c$, then $L = c$, $L = 2c$.", "H-"),
        ("softmax", r"Write $s$ for $\sum_j g_jy_j$. If all $g_j$ are equal to $c$, then $s = 2c$.", "-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_quick_students_are_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
