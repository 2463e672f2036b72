r"""What strangers state before they derive: shapes, a simpler case, a batch, and what is held fixed on the way. None of it is false.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

VARIANCE = r"$v=\frac1N\sum_i(x_i-\mu)^2$, "
NORMALIZED = VARIANCE + r"$z_i=(x_i-\mu)(v+\epsilon)^{-1/2}$, "
OWN_MEAN = r"$m=\frac1N\sum_i x_i$, $v=\frac1N\sum_i(x_i-m)^2$, $\hat x_i=\frac{x_i-m}{\sqrt{v+\epsilon}}$, "
SAME, OTHER = r"$$\frac{\partial y_k}{\partial x_k} = y_k(1-y_k)$$", r"$$\frac{\partial y_i}{\partial x_k} = -y_iy_k$$"

KINDS = {
    "shapes": [
        ("linear", r"$$(D,C) = (C) . (C,D,C)$$", "D"),
        ("linear", r"The shapes: $(N, n_1) = (N, n_2) \times (n_2, n_1)$", "D"),
        ("linear", r"$\left(N\times n_2\right)\left(n_2\times n_1\right) = N \times n_1$", "D"),
        ("linear", r"$(2,3)\cdot(3,4) = (2,4)$", "D"),
        ("ex4_trace", r"$(N \times R)(R \times M) = (N \times M)$", "D"),
        ("linear", r"$(\text{batch}, \text{in}) = (\text{batch}, \text{out})(\text{out}, \text{in})$", "D"),
        ("ex3", r"$(x, Ac) = y$, $(x, Ac) = (A^Tx, c)$, $(x, c) = y$", "HH-"),
    ],
    "a simpler case": [
        ("linear", r"Why is it so for $y = xW$?", "~"),
        ("linear", r"$y = x \cdot W$, $\frac{\partial L}{\partial W} = x^T\frac{\partial L}{\partial y}$", "~H"),
        ("linear", r"$y(x) = xW$, $y_n = x_nW$, $y_{ij} = \sum_k x_{ik}W_{kj}$", "~~~"),
        ("batch_norm", r"$y_i = \frac{x_i - \mu}{\sqrt{\sigma}}$", "~"),
        ("linear", r"$y = Wx$, $y = xW^T$, $y = W$", "~FF"),
        ("batch_norm", r"$y_i = \frac{x_i}{\sqrt{\sigma+\epsilon}}$", "F"),
        ("linear", r"$\frac{\partial L}{\partial x} = W$", "F"),
    ],
    "what is held fixed beside names of their own": [
        ("batch_norm", VARIANCE + r"$\frac{\partial y_i}{\partial x_i}=\frac{1}{\sqrt{v+\epsilon}}$", "HH"),
        ("batch_norm", NORMALIZED + r"$\frac{\partial z_i}{\partial x_i}=\frac{1}{\sqrt{v+\epsilon}}$", "HHH"),
        ("batch_norm", OWN_MEAN + r"$\frac{\partial\hat x_i}{\partial x_i}=\frac{1}{\sqrt{v+\epsilon}}$", "HHHH"),
        ("batch_norm", OWN_MEAN + r"$\frac{\partial\hat x_i}{\partial v}=-\frac12(x_i-m)(v+\epsilon)^{-3/2}$", "HHHH"),
        ("batch_norm", r"$s=\sqrt{\frac1N\sum_i(x_i-\mu)^2+\epsilon}$, $\frac{\partial y_i}{\partial x_i}=\frac1s$", "HH"),
        ("batch_norm", VARIANCE + r"with $v$ and $\mu$ hold: $\frac{dy_i}{dx_i}=\frac{1}{\sqrt{v+\epsilon}}$", "HH"),
        ("batch_norm", VARIANCE + r"$\frac{dL}{dv} = -\frac12\sum_i g_i(x_i-\mu)(v+\epsilon)^{-3/2}$, $\frac{dy_i}{dx_i}=\frac{1}{\sqrt{v+\epsilon}}$", "HHH"),
        ("batch_norm", VARIANCE + r"$\frac{\partial y_i}{\partial x_i}=\frac{1}{v+\epsilon}$", "HF"),
        ("batch_norm", VARIANCE + r"They are numbers, so $\frac{dy_i}{dx_i}=\frac{1}{\sqrt{v+\epsilon}}$", "HF"),
        ("batch_norm", NORMALIZED + r"$\text{gradInput}_i = \frac{g_i}{\sqrt{v+\epsilon}}$", "HHF"),
    ],
    "a case that begins a sentence": [
        ("softmax", SAME + "\n\nIf $i \\ne k$,\n" + OTHER, "HH"),
        ("softmax", SAME + "\n\nif $i \\neq k$:\n\n" + OTHER, "HH"),
        ("softmax", SAME + "\nFor $i\\ne k$,\n" + OTHER, "HH"),
        ("softmax", SAME + "\n\nWenn $i\\ne k$,\n" + OTHER, "HH"),
        ("softmax", SAME + "\n\n**Если $i \\neq k$:**\n\n" + OTHER, "HH"),
        ("softmax", SAME + "\n\n当 $i \\neq k$ 时，\n" + OTHER, "HH"),
        ("softmax", OTHER + " if $i \\ne k$.", "H"),
        ("softmax", OTHER + " for $i\\ne k$, and " + SAME, "HH"),
        ("softmax", SAME + "\n\nIf $i = k$,\n" + OTHER, "HDF"),
    ],
    "a batch is not spoken of by two letters side by side": [
        ("softmax", r"$\frac{\partial y_i}{\partial x_i} = y_i(1-y_i)$, $-y_iy_k$ else. $\text{gradInput}_i=\frac{\partial L}{\partial y_i}\cdot\frac{\partial y_i}{\partial x_i}$", "HF"),
        ("softmax", r"$k\ne i$: $\partial_ke^{x_i}=0$. $\frac{\partial y_i}{\partial x_i} = y_i(1-y_i)$. Sample: $\text{gradInput}_i=\frac{\partial L}{\partial y_i}\frac{\partial y_i}{\partial x_i}$", "H.-"),
        ("softmax", r"For a batch, $y_{ni} = \frac{e^{x_{ni}}}{\sum_j e^{x_{nj}}}$ and $\frac{\partial L}{\partial x_{nk}} = y_{nk}(g_{nk} - \sum_i g_{ni}y_{ni})$", "HH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_is_stated_is_no_mistake(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"
