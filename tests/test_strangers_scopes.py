r"""What a formula is of: a mode, all behind a smaller case, any loss; what words call the Jacobian, written-out outputs, and numbers.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import EXERCISES, cases, fits, judged

FULL = r"$\frac{\partial L}{\partial x_i} = \frac{1}{N\sqrt{\sigma^2+\epsilon}}\left(N g_i - \sum_j g_j - y_i\sum_j g_j y_j\right)$"
FIXED = r"$\frac{\partial L}{\partial x_i} = g_i/\sqrt{\sigma^2+\epsilon}$"
ENTRY = r"$\partial L/\partial x_i = y_i-\delta_{it}$"
WRITTEN = r"$X = \begin{pmatrix}x_{11}&x_{12}\\x_{21}&x_{22}\end{pmatrix}$, $W = \begin{pmatrix}w_{11}&w_{12}\\w_{21}&w_{22}\end{pmatrix}$, "
NUMBERS = (
    r"$X = \begin{pmatrix}1&2\\3&4\end{pmatrix}$, $W = \begin{pmatrix}1&0\\0&1\end{pmatrix}$, $b = (5,7)$, "
    r"$G = \begin{pmatrix}1&0\\1&1\end{pmatrix}$: "
)

KINDS = {
    "a mode as a label": [
        ("batch_norm", f"eval: {FIXED}", "H"),
        ("batch_norm", f"- train: {FULL}\n- eval: {FIXED}", "HH"),
        ("batch_norm", f"- train: {FULL}\n- **test**: {FIXED}", "HH"),
        ("batch_norm", f"(train): {FULL}; (Inference): {FIXED}", "HH"),
        ("batch_norm", f"- train: {FIXED}\n- eval: {FULL}", "--"),
    ],
    "a mode in words": [
        ("batch_norm", f"In training mode, {FIXED}.", "-"),
        ("batch_norm", f"Im Trainingsmodus {FIXED}.", "-"),
        ("batch_norm", f"在训练模式下，{FIXED}。", "-"),
        ("batch_norm", f"In evaluation mode, {FULL}.", "-"),
        ("batch_norm", f"In training mode, {FULL}. In evaluation mode, {FIXED}.", "HH"),
        ("batch_norm", f"In evaluation mode, {FULL}. In training mode, {FULL}.", "-H"),
        ("batch_norm", f"Unlike in evaluation mode, {FULL}.", "H"),
        ("batch_norm", f"In training mode, the direct part is {FIXED}.", "H"),
        ("batch_norm", r"In evaluation mode, $\frac{\partial\mu}{\partial x_i} = \frac1N$.", "-"),
        ("batch_norm", r"In training mode $\frac{\partial\mu}{\partial x_i} = \frac1N$, but in evaluation mode $\frac{\partial\mu}{\partial x_i} = 0$.", "HH"),
        ("batch_norm", r"En mode évaluation, $\frac{\partial\sigma^2}{\partial x_i} = \frac2N(x_i-\mu)$.", "-"),
        ("batch_norm", r"In training mode, $\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{\sigma^2+\epsilon}} + \frac{\partial L}{\partial\mu}\frac1N + \frac{\partial L}{\partial\sigma^2}\frac2N(x_i-\mu)$.", "H"),
    ],
    "one object, and the whole batch": [
        ("linear", r"With one sample first: $\partial L/\partial b = g$ where $g$ is the only row of $G$. For the whole batch, $\partial L/\partial b = G$.", "H-"),
        ("linear", r"With one sample first, $\partial L/\partial b = G$. For the whole batch, $\partial L/\partial b = \mathbf{1}^T G$.", "HH"),
        ("linear", r"For one sample, $y = W^Tx+b$, $\partial L/\partial W = x g^T$. For the whole batch, $\partial L/\partial W = X^TG$, $\partial L/\partial W = XG^T$.", "HHH-"),
        ("linear", r"Für ein Beispiel: $\partial L/\partial b = g$. Im Allgemeinen $\partial L/\partial b = G^\top\mathbf 1$ und $\partial L/\partial b = G$.", "~H-"),
    ],
    "sizes and numbers, and in general": [
        ("softmax", r"With two classes, $y_2 = 1-y_1$. In general, $y_2 = 1-y_1$.", "H-"),
        ("batch_norm", r"If $N=1$, $y=0$. In general $y=0$.", ".H-"),
        ("linear", r"If $N=1$, $\partial L/\partial b=G$. In general $\partial L/\partial b = G$.", ".H-"),
        ("linear", r"If $N=1$, $\partial L/\partial b=G$. In general $\partial L/\partial b = G^T\mathbf{1}$.", ".HH"),
        ("ex1", r"Example: $x=(1,2)^T$, $y=5$. In general, $y=5$.", "HH-"),
        ("ex1", r"Example: $x=(1,2)^T$, $y=5$. In general, $y=x^Tx$ and $\frac{dy}{dx} = 2x$.", "HHHH"),
        ("ex1", r"For $N=2$, $y = x_1^2+x_2^2$. In general, $y = x_1^2+x_2^2$.", ".H-"),
        ("ex1", r"For $N=2$, $y = x_1^2+x_2^2$. In general, $y = \sum_i x_i^2$.", ".HH"),
    ],
    "a loss, and any": [
        ("softmax", rf"With $L=-\log y_t$, {ENTRY}. In general for any $L$, {ENTRY}.", "HH-"),
        ("softmax", rf"$L=-\log y_t$. For every loss function {ENTRY}.", "H-"),
        ("softmax", rf"With $L=-\log y_t$, in general, {ENTRY}.", "HH"),
        ("softmax", rf"For any loss, $\partial L/\partial x = J^T g$ with $J=\text{{diag}}(y)-yy^T$; for $L=-\log y_t$ this is {ENTRY}. For all $i$, {ENTRY}.", "HHHHH"),
    ],
    "what words call the Jacobian": [
        ("softmax", r"Call the Jacobian $J$. $J = \text{diag}(y)+yy^T$.", "-"),
        ("softmax", r"Call the Jacobian $J$. $J = \text{diag}(y)-yy^T$.", "H"),
        ("softmax", r"The Jacobian $J = \text{diag}(y)-y$ is symmetric.", "-"),
        ("softmax", r"Let $z = \log y$. Its Jacobian $J$ is $J = I - \mathbf{1}y^T$.", "HH"),
        ("batch_norm", r"The Jacobian $J$: $J = \frac{1}{\sqrt{\sigma^2+\epsilon}}(I - \frac1N\mathbf{1}\mathbf{1}^T - \frac1Nyy^T)$.", "H"),
        ("batch_norm", r"The Jacobian $J$: $J = \frac{1}{\sqrt{\sigma^2+\epsilon}}(I - \frac1N\mathbf{1}\mathbf{1}^T + \frac1Nyy^T)$.", "-"),
        ("batch_norm", r"In evaluation mode the Jacobian $J$ is $J = \frac{1}{\sqrt{\sigma^2+\epsilon}}I$.", "H"),
        ("ex3", r"The Jacobian $J$ of $Ac$ with respect to $c$ is $A$. $J = A^T$.", "-"),
        ("ex3", r"The Jacobian $J$ of $Ac$ with respect to $c$ is $A$. $J = A$.", "H"),
        ("ex3", r"The Jacobian $J$ of $Ac$ with respect to $c$: $J = 2A$.", "-"),
    ],
    "an output that is written out": [
        ("linear", WRITTEN + r"$Y = \begin{pmatrix}x_{11}w_{11}+x_{12}w_{12}&0\\0&0\end{pmatrix}$", "HH-"),
        ("linear", WRITTEN + r"$Y = \begin{pmatrix}x_{11}w_{11}+x_{12}w_{21}+b_1&x_{11}w_{12}+x_{12}w_{22}+b_2\\x_{21}w_{11}+x_{22}w_{21}+b_1&x_{21}w_{12}+x_{22}w_{22}+b_2\end{pmatrix}$", "HHH"),
        ("linear", WRITTEN + r"$XW = \begin{pmatrix}x_{11}w_{11}+x_{12}w_{21}&x_{11}w_{12}+x_{12}w_{22}\\x_{21}w_{11}+x_{22}w_{21}&x_{21}w_{12}+x_{22}w_{22}\end{pmatrix}$", "HHH"),
    ],
    "numbers by the bias of all objects": [
        ("linear", NUMBERS + r"$\partial L/\partial b = (2,1)$, $\text{gradB} = (2,1)^T$, $Y = \begin{pmatrix}6&9\\8&11\end{pmatrix}$", "HHHHHHH"),
        ("linear", NUMBERS + r"$\partial L/\partial b = (1,2)$, $\text{gradB} = (1,2)$, $Y = \begin{pmatrix}6&7\\10&11\end{pmatrix}$", "HHHH---"),
        ("linear", r"Let $N=2$, $G=(1,1)^T$. Then $\partial L/\partial b = 1$.", ".H-"),
        ("linear", r"Let $N=2$, $G=(1,1)^T$. Then $\partial L/\partial b = 2$.", ".HH"),
        ("linear", r"One sample: $x=(1,2)^T$, $W = \begin{pmatrix}1&0\\0&1\end{pmatrix}$, $b=(5,7)^T$, $g=(1,1)^T$. $\partial L/\partial b = (1,1)^T$.", "HHHHH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_words_say_what_a_formula_is_of(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"


def test_what_holds_in_the_other_mode_is_no_answer() -> None:
    text = rf"In evaluation mode, {FULL}."
    assert set(read_writeup(text, EXERCISES["writeup_batch_norm"]).answers.values()) == {"missing"}
