r"""A derivative that words name: "with $u_k$ the derivative $\partial L/\partial p_k$", "call $\partial L/\partial y$ simply $q$".

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import EXERCISES, cases, fits, judged

SOFTMAX = r"$p_k = \frac{e^{z_k}}{\sum_l e^{z_l}}$. "
RIGHT = r". Then $\frac{\partial L}{\partial z_m} = p_m(u_m - \sum_k u_kp_k)$."
WRONG = r". Then $\frac{\partial L}{\partial z_m} = p_m(u_m + \sum_k u_kp_k)$."
NAMING = {
    "a name, and then the derivative": [
        r"On note $u_k$ la dérivée $\partial L/\partial p_k$ qui arrive",
        r"With $u_k$ the incoming gradient $\frac{\partial L}{\partial p_k}$",
        r"I write $u_k$ for $\frac{\partial L}{\partial p_k}$",
        r"Let $u_k$ be $\partial L/\partial p_k$",
        r"where $u_k$ is the given derivative $\frac{\partial L}{\partial p_k}$",
        r"Here $u_k$ (the upstream gradient $\partial L / \partial p_k$) is known",
        r"Sei $u_k$ die Ableitung $\frac{\partial L}{\partial p_k}$",
        r"Sea $u_k$ la derivada $\frac{\partial L}{\partial p_k}$",
        r"Sia $u_k$ il gradiente $\frac{\partial L}{\partial p_k}$",
        r"Пусть $u_k$ — производная $\frac{\partial L}{\partial p_k}$",
        r"$u_k$: $\partial L/\partial p_k$",
    ],
    "the derivative, and then its name": [
        r"Call $\frac{\partial L}{\partial p_k}$ simply $u_k$",
        r"We denote the gradient $\partial L/\partial p_k$ by $u_k$",
        r"The derivative $\partial L/\partial p_k$ is called $u_k$",
        r"$\frac{\partial L}{\partial p_k}$, denoted by $u_k$, comes from the next layer",
        r"Ich nenne $\frac{\partial L}{\partial p_k}$ kurz $u_k$",
        r"On note $\partial L/\partial p_k$ par $u_k$",
        r"Обозначим $\frac{\partial L}{\partial p_k}$ через $u_k$",
    ],
}
# Words between the same formulas that name nothing: what follows is then not sure.
NO_NAMING = [
    r"Multiply $u_k$ with $\frac{\partial L}{\partial p_k}$",
    r"From $u_k$ one gets $\frac{\partial L}{\partial p_k}$",
    r"$\frac{\partial L}{\partial p_k}$ depends on $u_k$",
]
KINDS = {
    "of a whole array": [
        ("linear", r"Let $Q$ be the gradient $\partial L/\partial Y$. $\frac{\partial L}{\partial X} = QW^T$, $\frac{\partial L}{\partial W} = X^TQ$", "HH"),
        ("linear", r"Let $Q$ be the gradient $\partial L/\partial Y$. $\frac{\partial L}{\partial X} = QW$, $\frac{\partial L}{\partial W} = XQ$", "--"),
        ("linear", r"I call $\nabla_YL$ just $Q$. $\nabla_XL = QW^T$, $\nabla_bL = Q^T\mathbf 1$", "HH"),
        ("ex4_chain", r"Denote $\frac{\partial J}{\partial F}$ by $Q$. $\frac{\partial J}{\partial S} = A^TQ$, $Q = -2(X - F)$", "HH"),
        ("ex4_chain", r"Denote $\frac{\partial J}{\partial F}$ by $Q$. $\frac{\partial J}{\partial S} = QA^T$, $Q = 2(X - F)$", "--"),
        ("ex1", r"With $q$ the derivative $\frac{dy}{dx}$ we have $q = 2x$", "H"),
        ("ex1", r"With $q$ the derivative $\frac{dy}{dx}$ we have $q = 3x$", "-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("words", [words for kind in NAMING.values() for words in kind])
def test_a_derivative_that_is_named_in_words_is_known_by_its_name(words: str) -> None:
    assert judged("softmax", SOFTMAX + words + RIGHT) == "HH"
    assert judged("softmax", SOFTMAX + words + WRONG) == "HF"
    report = read_writeup(SOFTMAX + words + RIGHT, EXERCISES["writeup_softmax"])
    assert report.answers == {"gradInput": "reached"}


@pytest.mark.parametrize("words", NO_NAMING)
def test_other_words_between_a_name_and_a_derivative_name_nothing(words: str) -> None:
    assert judged("softmax", SOFTMAX + words + RIGHT) == "HU"


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_gradient_of_an_array_may_be_named(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"


def test_what_holds_for_any_loss_is_an_answer_though_the_text_goes_on_to_one_loss() -> None:
    naming = r"On note $u_k$ la dérivée $\partial L/\partial p_k$ qui arrive"
    one = r" Pour $L = -\sum_k t_k\ln p_k$ on a $u_k = -t_k/p_k$."
    report = read_writeup(SOFTMAX + naming + RIGHT + one, EXERCISES["writeup_softmax"])
    assert [step.verdict for step in report.steps] == ["holds"] * 4 and report.answers == {"gradInput": "reached"}
