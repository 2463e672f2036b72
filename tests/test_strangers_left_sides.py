r"""Left sides that stand in the prose before a formula: "dX = ``$gW^T$``", "- gradInput: ``$gW^T$``".

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "a name and a sign, or a colon": [
        ("linear", "Shapes:\n- dX: $(N, D)$\n- dW: $(D, M)$\n- db: $(M,)$\n- dL/dX: $N \\times D$", "~~~~"),
        ("linear", r"The shape of dX = $(N, D)$ is the one of X = $N\times D$.", "~~"),
        ("linear", r"Let W = $\begin{pmatrix}1&2\\3&4\end{pmatrix}$ and x = $(1, 1)$.", "~~"),
        ("softmax", r"for i = $k$ we get $\frac{\partial y_i}{\partial x_k} = y_i(1-y_i)$", "~H"),
        ("softmax", r"With C = $3$ classes.", "~"),
        ("softmax", r"gradInput = $y\odot g$", "F"),
        ("softmax", r"S = $\sum_j e^{x_j}$, so $y_i = e^{x_i}/S$", "HH"),
        ("softmax", r"Put z = $e^x$ and Z = $\sum_i z_i$. $y = z/Z$", "HHH"),
        ("ex1", r"f(x) = $x^Tx$, f'(x) = $2x$", "~~"),
        ("ex1", r"y = $3$ for x = $(1,1,1)$", "~~"),
        ("ex1", r"where x = $(x_1,\dots,x_n)^T$", "~"),
        ("ex1", r"2y = $2x^Tx$", ""),
        ("ex1", r"A = $I$ gives the first exercise", "."),
        ("ex2", r"dA = $E_{ij}$: $dy = b_{ji}$", "~~"),
        ("ex2", r"dy/dA = $B$", "L"),
        ("ex2", r"dy = $\mathrm{tr}(dA\,B)$, dy/dA = $B^T$", "HH"),
        ("ex3", r"dy/dx = $A^Tc$", "F"),
        ("ex3", r"c = $x$ gives $y = x^TAx$", "~~"),
        ("ex4_trace", r"E = $X - AS$. J = $\mathrm{tr}(E^TE)$. dJ = $2\mathrm{tr}(E^TdE)$. dE = $-A dS$.", "HHHH"),
        ("ex4_trace", r"dS = $0$: $dJ = -2\mathrm{tr}(E^TdA S)$ where $E = X-AS$", "HH"),
        ("ex4_trace", r"At the optimum dJ/dS = $0$.", "~"),
        ("ex4_trace", r"Solve dJ/dS = $0$ for S = $(A^TA)^{-1}A^TX$", "~~"),
        ("batch_norm", r"s = $\sqrt{\sigma+\epsilon}$, then $y = (x-\mu)/s$", "HH"),
        ("batch_norm", r"For eval mode dx = $g/\sqrt{\sigma_{moving}+\epsilon}$", "H"),
        ("batch_norm", r"dx = $g/\sqrt{\sigma+\epsilon}$ would only be right if the statistics were constants", "~"),
        ("linear", r"It is wrong that dW = $gX^T$.", "~"),
        ("linear", r"Is dW = $gX^T$? No.", "-"),
        ("linear", r"If dW = $gX^T$, the dimensions would not fit.", "~"),
        ("linear", r"Not dW = $gX^T$, but dW = $X^Tg$.", "-H"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_left_side_in_prose_belongs_to_the_formula_behind_it(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted) or (set(wanted) <= {"~", "."} and "F" not in found), f"{text}\n found {found}, wanted {wanted}"
