r"""Letters that are short for something: an entry without its index, the only entry of an array, a matrix transposed, any matrix of a rule.

By kind: an exercise, a text, and the letters of its steps: what holds, is false, not understood, stated, or in the other layout.
"""

import pytest

from tests.test_precision import judged

QUOTIENT = r"$y_i = \frac{u}{v}$ with $u = e^{x_i}$ and $v = \sum_k e^{x_k}$. "
KINDS = [
    # An entry without its index.
    ("softmax", QUOTIENT + r"$\frac{\partial y_i}{\partial x_j} = \frac{u'v - uv'}{v^2}$, $v' = e^{x_j}$.", "HHHHH"),
    ("softmax", QUOTIENT + r"$\frac{\partial y_i}{\partial x_j} = \frac{u'v + uv'}{v^2}$.", "HHHF"),
    ("softmax", QUOTIENT + r"Case $i = j$: $u' = e^{x_i}$. Case $i \ne j$: $u' = 0$.", "HHHDHH"),
    # The letters of components that only a statement gives.
    ("softmax", r"Two classes: $y_1 = \frac{e^a}{e^a+e^b}$, $\frac{\partial y_1}{\partial a} = y_1y_2$, $\frac{\partial y_1}{\partial b} = y_1y_2$.", "HHF"),
    ("ex1", r"$y = a^2+b^2$, $\frac{\partial y}{\partial a} = 2a$, $\frac{\partial y}{\partial b} = 2a$.", "HHF"),
    ("ex1", r"For $x = (a, b)^T$: $(a^2)' = 2a$, $(a^2)' = a$.", "HHU"),
    # The only entry of an array.
    (
        "ex4_trace",
        r"$N = 2$, $R = M = 1$, $X = (u, v)^T$, $A = (a, b)^T$, $S = s$. $J = (u-as)^2 + (v-bs)^2$, "
        r"$\frac{\partial J}{\partial s} = -2a(u-as) - 2b(v-bs)$, $\frac{\partial J}{\partial a} = -2a(u-as)$. With $u$ being 3, $J = 8$.",
        "DDDHHHHHFU",
    ),
    # A matrix with a label, transposed.
    (
        "linear",
        r"$Y = XW_t^T + b$, $W_t = W^T$. $\frac{\partial L}{\partial X} = GW_t = GW^T$, $\frac{\partial L}{\partial (W_t)_{md}} = \sum_n G_{nm}X_{nd}$, "
        r"$\frac{\partial L}{\partial W} = G^TX$.",
        "HHHHHL",
    ),
    # What the text says of letters only behind a rule, and in another place.
    ("linear", r"$\mathrm{vec}(AXB) = (B^T\otimes A)\,\mathrm{vec}(X)$. Here $B^T = W$, $A = I_N$.", "HUH"),
    ("linear", r"$\mathrm{vec}(AXB) = (B\otimes A)\,\mathrm{vec}(X)$. Here $B^T = W$, $A = I_N$.", "FHH"),
    (
        "batch_norm",
        r"$\frac{\partial L}{\partial x_i} = \frac{g_i - \bar g - y_i\overline{gy}}{\sqrt{\sigma^2+\epsilon}}$. For one object $\bar g = g_1$.",
        "HU",
    ),
    # Of a layer that works entry by entry, its output is a function of a number.
    ("softmax", r"$\frac{d\log y}{dx} = \frac1y\frac{dy}{dx}$, $(\log y)' = \frac{y'}{y}$.", "HH"),
    # Statistics that are kept, with a hat.
    (
        "batch_norm",
        r"$\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$. **Evaluation.** The statistics $\hat\mu$ and $\hat\sigma^2$ are constants: $d\hat\mu = 0$, "
        r"$d\hat\sigma^2 = 0$, $dy = \frac{dx}{\sqrt{\hat\sigma^2+\varepsilon}}$.",
        "HHHH",
    ),
    ("batch_norm", r"$\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$. In training mode $d\sigma^2 = 0$.", "HF"),
    # Who divides by the number of objects has several.
    ("linear", r"$\frac{\partial L}{\partial b_l} = \frac1N\sum_n g_{nl}$.", "F"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "letters"), KINDS)
def test_short_letters(exercise, text, letters):
    assert judged(exercise, text) == letters
