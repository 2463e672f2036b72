r"""A layer in its other mode, in letters of the text's own: what is right there is an answer, what is false in both modes is false.

By kind: a text, the letters of its steps, and the answers in both modes.
"""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import EXERCISES, fits, judged

OWN = (
    r"$$m = \frac1N\sum_i a_i,\quad v = \frac1N\sum_i (a_i-m)^2,\quad s = \sqrt{v+\varepsilon},\quad h_i = \frac{a_i-m}{s}.$$ "
    r"$g_i$ is $\partial L/\partial h_i$."
)
SOME = r"$$m = \frac1N\sum_i x_i,\quad v = \frac1N\sum_i (x_i-m)^2,\quad y_i = \frac{x_i-m}{\sqrt{v+\varepsilon}}.$$"
TAU = (
    r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, "
    r"$\tau = (\sigma^2+\varepsilon)^{-1/2}$, $y_i = \tau(x_i-\mu)$."
)
EVALUATION = "\n\n**Eval**: "
KINDS = [
    (OWN, r"$m, s$ are constants, $\partial L/\partial a_k = g_k/s$.", "HHHH", "H", "reached"),
    (OWN, r"$m, s$ are constants, $\partial L/\partial a_k = g_k/\sqrt{v+\varepsilon}$.", "HHHH", "H", "reached"),
    (OWN, r"$m, s$ are constants, $\partial L/\partial a_k = g_ks$.", "HHHH", "F", "missing"),
    (OWN, r"$m, s$ are constants, $\frac{\partial h_i}{\partial a_k} = \frac{\delta_{ik}}s - \frac1{Ns}$.", "HHHH", "F", "missing"),
    (OWN, r"$m, s$ are constants, $\frac{\partial h_i}{\partial a_k} = \frac{\delta_{ik}}s$.", "HHHH", "H", "missing"),
    (
        SOME,
        r"the statistics are fixed: $\frac{\partial L}{\partial x_k} = \frac{g_k}{\sqrt{v+\varepsilon}}$.",
        "HHH",
        "H",
        "reached",
    ),
    (SOME, r"the statistics are fixed: $\frac{\partial L}{\partial x_k} = \frac{g_k}{v+\varepsilon}$.", "HHH", "F", "wrong"),
    (TAU, r"now $\sigma$ is fixed, $\frac{dL}{dx_k} = \tau g_k$.", "HHHH", "H", "reached"),
    (TAU, r"now $\sigma$ is fixed, $\frac{dL}{dx_k} = \tau(g_k - \frac1N\sum_i g_i)$.", "HHHH", "F", "missing"),
]


@pytest.mark.parametrize(("before", "text", "defined", "wanted", "answer"), KINDS)
def test_the_other_mode_is_read_in_the_texts_own_letters(before: str, text: str, defined: str, wanted: str, answer: str) -> None:
    found = judged("batch_norm", before + EVALUATION + text)
    assert fits(found, defined + wanted), found
    report = read_writeup(before + EVALUATION + text, EXERCISES["writeup_batch_norm"])
    assert report.answers == {"gradInput in training mode": "missing", "gradInput in evaluation mode": answer}
