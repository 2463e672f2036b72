r"""Answers that are an expression alone, with words around it or in a box: right ones are found, wrong ones are none."""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_writeups import EXERCISES

START = {
    "ex1": r"$y = x^Tx$, $dy = 2x^Tdx$. ",
    "ex2": r"$y = \operatorname{tr}(AB)$, $dy = \operatorname{tr}(B\,dA)$. ",
    "softmax": r"$\frac{\partial y_i}{\partial x_k} = y_i(\delta_{ik}-y_k)$. ",
}
ANSWERS = {"ex1": ("2x", "x"), "ex2": ("B^T", "2B^T"), "softmax": (r"y\odot(g - (y^Tg)\mathbf 1)", r"y\odot(g + (y^Tg)\mathbf 1)")}
WORDS = (
    "So the gradient is $ANSWER$.",
    "hence $ANSWER$ is the gradient.",
    "Answer: $ANSWER$",
    "**Ответ:** $ANSWER$",
    "Die Ableitung ist also $$ANSWER$$",
    "$$\\boxed{ANSWER}$$",
    "The derivative of $y$ is therefore $ANSWER$",
    "所以梯度为 $ANSWER$。",
    "So we get for the gradient $ANSWER$.",
)


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("exercise", START)
def test_an_expression_that_words_call_the_answer_is_one(exercise: str, words: str) -> None:
    right, wrong = ANSWERS[exercise]
    for answer, found in ((right, "reached"), (wrong, "missing")):
        report = read_writeup(START[exercise] + words.replace("ANSWER", answer), EXERCISES[f"writeup_{exercise}"])
        assert next(iter(report.answers.values())) == found, answer


@pytest.mark.parametrize(
    "text",
    [
        r"$y = x^Tx$. The gradient is not $2x$.",
        r"$y = x^Tx$. I add $2x$ to it.",
        r"If $x = \mathbf 1$, then the gradient is $2x$.",
        r"$y = x^Tx$. Was the gradient in the lecture $2x$?",
        r"$y = x^Tx$. So the gradient is $2x$ divided by two.",
        r"$y = x^Tx$. So the gradient is $2x$ times $x$.",
        r"$y = x^Tx$. So the gradient is proportional to $2x$.",
        r"$y = x^Tx$. Is it true that the gradient is $2x$? No: it is $x$.",
        r"$y = x^Tx$. Some say the gradient is $2x$. I say: the answer is $3x$.",
        r"$y = x^Tx$. So the gradient is $\boxed{x}$ and not $\boxed{2x}$.",
        r"$y = x^Tx$. So the gradient of $\|x\|$ is $2x$.",
    ],
)
def test_any_other_expression_is_no_answer(text: str) -> None:
    assert read_writeup(text, EXERCISES["writeup_ex1"]).answers == {r"\frac{dy}{dx}": "missing"}


@pytest.mark.parametrize(
    ("exercise", "text", "found"),
    [
        ("linear", r"With respect to the input it is $gW^T$, with respect to the weights $x^Tg$, and with respect to the bias $g^T1$.", "reached reached reached"),
        ("linear", r"With respect to the input it is $gW^T$, with respect to the weights $gx^T$.", "reached missing missing"),
        ("ex4_trace", r"$\partial J/\partial S$ is $-2A^T(X-AS)$ and $\frac{\partial J}{\partial A}$ is $-2(X-AS)S^T$.", "reached reached"),
        ("ex4_trace", r"$\partial J/\partial S$ is not $-2A^T(X-AS)$.", "missing missing"),
    ],
)  # fmt: skip
def test_a_sentence_may_give_several_answers(exercise: str, text: str, found: str) -> None:
    answers = read_writeup(text, EXERCISES[f"writeup_{exercise}"]).answers
    assert list(answers.values())[: len(found.split())] == found.split()
