r"""Notations of strangers: what they write in another way than most. Right steps are read, and false ones are still called false.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "a fraction with over": [
        ("ex4_trace", r"${\partial \|U\|^2_F \over \partial U} = 2U$, ${\partial J \over \partial S} = -2A^T(X-AS)$", "HH"),
        ("ex4_trace", r"${\partial J \over \partial S} = 2A^T(X-AS)$", "F"),
        ("ex4_trace", r"$$\partial J \over \partial S$$ $$= -2A^T(X-AS)$$", "H"),
        ("ex4_trace", r"$$\mathbf{\partial J \over \partial A} = -2(X-AS)S^T$$ $${\partial{\|X-AS\|^2_F}\over\partial{A}} = 2(X-AS)S^T$$", "HF"),
        ("batch_norm", r"$$\begin{aligned} y_i &= {x_i - \mu \over \sqrt{\sigma + {\epsilon \over 1}}} \\ \mu &= {1\over N}\sum_{i=1}^N x_i \end{aligned}$$", "HH"),
        ("softmax", r"$y_i = {e^{x_i} \over \sum_{j=1}^N e^{x_j}} = \left( e^{x_i} \over \sum_j e^{x_j} \right)$, $y_i = {\sum_j e^{x_j} \over e^{x_i}}$", "HHF"),
        ("linear", r"$\def\pd#1#2{{\partial #1 \over \partial #2}}$ $\pd{L}{x} = gW^T$, $\pd{L}{x} = g^TW$", "HF"),
        ("linear", r"$\def\pa{\partial}$ ${\pa L \over \pa W} = x^Tg$", "H"),
    ],
    "spaces": [
        ("ex2", r"$\frac{\partial y}{\partial A} \space = \space B^T$, $dy = \text{tr}(B\space dA)$, $dy = \text{tr}(B^T\space dA)$", "HHF"),
        ("ex1", r"$y \enspace = x^Tx\space\thickspace$, $\nabla y \enskip=\nobreakspace x$", "HF"),
        ("ex1", "$$\\begin{aligned} y &= x^Tx \\\\\\\\ &= \\sum_i x_i^2 \\\\\\\\ \\nabla y &= x \\end{aligned}$$", "HHF"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_notation_of_a_stranger_is_read(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"
