r"""What is said under a hypothesis, and of a case of two indices that words name: right steps are not called false for it.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import EXERCISES, cases, fits, judged

ONE, OTHER = r"$\partial y_i/\partial x_k = y_i(1-y_i)$", r"$\partial y_i/\partial x_k = -y_iy_k$"
CENTRED = r"\partial(x_i-\mu)/\partial x_j"

KINDS = {
    "a case in words that nobody listed": [
        ("softmax", r"The cross terms: $\frac{\partial y_i}{\partial x_j} = -y_iy_j$.", "~"),
        ("softmax", r"The diagonal entries are $\frac{\partial y_i}{\partial x_i} = y_i(1-y_i)$ and all the others are $\frac{\partial y_i}{\partial x_j} = -y_iy_j$.", "H~"),
        ("softmax", r"With respect to another logit, $\frac{\partial y_i}{\partial x_j} = -y_iy_j$.", "~"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = -y_iy_j$.", "F"),
        ("softmax", r"When the indices agree, $\frac{\partial y_i}{\partial x_j} = y_i - y_i^2$. When they don't, $\frac{\partial y_i}{\partial x_j} = -y_iy_j$. When they differ, $\frac{\partial y_i}{\partial x_j} = y_iy_j$.", "HHF"),
        ("softmax", r"When the indices agree, $\frac{\partial y_i}{\partial x_j} = y_i(1-y_j)$. Now for all i and j, $\frac{\partial y_i}{\partial x_j} = y_i(1-y_j)$.", "H-"),
        ("softmax", r"Whether or not the indices agree, $\frac{\partial y_i}{\partial x_j} = y_i(1-y_j)$", "-"),
        ("softmax", r"Not only off the diagonal, $\frac{\partial y_i}{\partial x_j} = -y_iy_j$", "-"),
    ],
    "a hypothesis lasts for its paragraph": [
        ("ex3", r"If $A = I$, then $y = x^Tc$. The gradient is $\partial y/\partial x = c$. Also $\partial y/\partial c = x$.", ".H~~"),
        ("ex3", r"If $A = I$, then $y = x^Tc$. Then there is $\partial y/\partial x = 2c$.", ".H-"),
        ("ex3", "If $A = I$, then\n\n$$y = x^Tc$$\n\nThe gradient is\n\n" r"$$\partial y/\partial x = c.$$", ".H~"),
        ("ex3", r"If $c = x$, $y = x^TAx$ and the gradient is $(A + A^T)x$. $\nabla y = (A+A^T)x$.", ".H~"),
        ("ex3", r"Assume $A$ is symmetric. Then $y = c^TAx$. $\partial y/\partial c = Ax$.", "~~"),
        ("linear", r"If $W = I$: $\partial L/\partial X = G$. This makes sense: $\partial L/\partial X = G$.", ".~~"),
        ("ex1", r"For $x=\mathbf 1$, $y=N$. $\nabla y = 2\cdot\mathbf 1$.", ".~~"),
    ],
    "a hypothesis in words": [
        ("softmax", r"When $g$ is constant, $\partial L/\partial x = 0$.", "~"),
        ("softmax", r"If all $g_i$ are the same, the gradient vanishes. $\partial L/\partial x = 0$.", "~"),
        ("batch_norm", r"When all $g_i$ are equal, $\partial L/\partial x_i = 0$. We see $\partial L/\partial x_i = 0$ there.", "~~"),
        ("batch_norm", "When all $g_i$ are equal, " r"$\partial L/\partial x_i = 0$." "\n\n" r"We have $\partial L/\partial x_i = 0$.", "~F"),
    ],
    "where a hypothesis ends": [
        ("ex3", r"If $A = I$, then $y = x^Tc$. In general, $\partial y/\partial x = c$.", ".HF"),
        ("ex3", r"If $A = I$, then $y = x^Tc$." "\n\n" r"The gradient is $\partial y/\partial x = c$.", ".HF"),
        ("ex3", r"If $A = I$, then $y = x^Tc$." "\n# Gradient\n" r"We get $\partial y/\partial x = c$.", ".HF"),
        ("ex3", r"If $A = I$ it is easy: $y = x^Tc$. Now $y = x^TAc$. Then $\partial y/\partial x = c$.", ".HHF"),
    ],
    "cases of two indices in words": [
        ("softmax", rf"When the indices are equal, {ONE}. For different indices: {OTHER}.", "HH"),
        ("softmax", rf"When the indices are equal, {OTHER}. For different indices: {ONE}.", "--"),
        ("softmax", rf"On the diagonal, {ONE}. Off-diagonal: {OTHER}.", "HH"),
        ("softmax", rf"Off the diagonal, {ONE}. On the diagonal: {OTHER}.", "--"),
        ("softmax", rf"Same index: {ONE}, otherwise we get {OTHER}.", "HH"),
        ("softmax", rf"Same index: {OTHER}, otherwise we get {ONE}.", "--"),
        ("softmax", rf"Auf der Diagonalen: {ONE}. Außerhalb der Diagonalen: {OTHER}.", "HH"),
        ("softmax", rf"При равных индексах {ONE}. При разных индексах {OTHER}.", "HH"),
        ("softmax", rf"При разных индексах {ONE}. При равных индексах {OTHER}.", "--"),
        ("batch_norm", rf"Off the diagonal, ${CENTRED} = -1/N$; on the diagonal ${CENTRED} = 1-1/N$.", "HH"),
        ("batch_norm", rf"Off the diagonal, ${CENTRED} = 1-1/N$; on the diagonal ${CENTRED} = -1/N$.", "--"),
        ("ex2", r"The trace is the sum of what is on the diagonal: $y = \sum_i\sum_j a_{ij}b_{ij}$.", "F"),
    ],
    "a case in words behind its statement": [
        ("softmax", rf"{ONE} on the diagonal, and {OTHER} off the diagonal.", "HH"),
        ("softmax", rf"{OTHER} on the diagonal and {ONE} off the diagonal", "--"),
        ("softmax", rf"{ONE} if i equals k, and $-y_iy_k$ otherwise.", "H"),
        ("softmax", rf"{OTHER} if i equals k, and $y_i(1-y_i)$ otherwise.", "-"),
        ("softmax", rf"{ONE}, for equal indices. {OTHER} if i differs from k.", "HH"),
        ("ex1", r"$\partial x_i/\partial x_k = 1$ if i equals k, $\partial x_i/\partial x_k = 0$ if i differs from k.", "HH"),
        ("ex1", r"$\partial x_i/\partial x_k = 0$ if i equals k, $\partial x_i/\partial x_k = 1$ if i differs from k.", "--"),
    ],
    "tuples of fractions, and numbers in words": [
        ("softmax", r"$\text{softmax}(0,\ln 3) = (1/4,3/4)$, $\text{softmax}(1,1,1) = (1/3,1/3,1/3)$", "HH"),
        ("softmax", r"$\text{softmax}(0,\ln 3) = (1/2,1/2)$, $\text{softmax}(1,1,1) = (1/3,1/3,1/2)$", "--"),
        ("softmax", r"$x = (0,\ln 3)$, $y = (1/4,3/4)$", "HH"),
        ("softmax", r"$x = (0,\ln 3)$, $y = (1/2,1/2)$", "H-"),
        ("batch_norm", r"$y = \gamma\hat x+\beta$. Take γ = 2 and β = 1: $y = 2\hat x+1$.", "HH"),
        ("batch_norm", r"$y = \gamma\hat x+\beta$. Take γ = 2 and β = 1: $y = 2\hat x+2$.", "H-"),
        ("batch_norm", r"$y = \gamma\hat x+\beta$. Take γ = 3 and β = 1: $y = 2\hat x+1$.", "H-"),
        ("batch_norm", r"$y_i = \gamma\hat x_i+\beta$. For γ = 2 and β = 1: $y_i = 2\hat x_i+\beta$, $y_i = \gamma\hat x_i+1$.", "HHH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_case_in_words_and_a_hypothesis_are_seen(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"


@pytest.mark.parametrize(
    "cases_before", [f"For equal indices, {ONE}. For different indices, {OTHER}.", f"If $i=k$, {ONE}. If $i\\ne k$, {OTHER}."]
)
def test_an_answer_behind_its_cases_is_seen(cases_before: str) -> None:
    text = rf"{cases_before} So $\partial L/\partial x_k = \sum_i g_i\partial y_i/\partial x_k = y_k(g_k - \sum_i g_iy_i)$."
    assert read_writeup(text, EXERCISES["writeup_softmax"]).answers == {"gradInput": "reached"}
