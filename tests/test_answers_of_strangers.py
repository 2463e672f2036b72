r"""What is no wrong answer: numbers of an example, an end that true steps lead to, and the end of a text of which too much was not understood."""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import EXERCISES


def answers(exercise: str, text: str) -> dict[str, str]:
    return read_writeup(text, EXERCISES[f"writeup_{exercise}"]).answers


@pytest.mark.parametrize(
    ("exercise", "text", "name"),
    [
        ("ex1", r"$\frac{dy}{dx} = 2x$. For $x = (1,2)^\top$: $\frac{dy}{dx} = (2,5)^\top$.", r"\frac{dy}{dx}"),
        ("ex1", r"$\nabla y = 2x$. Take $x = (3,-1)^\top$, then $\nabla y = \begin{pmatrix}6\\2\end{pmatrix}$.", r"\frac{dy}{dx}"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y\odot(g - g^Ty)$. With $y = (0.5,0.5)$, $g = (1,0)$: $\frac{\partial L}{\partial x} = (0.5, 0)$.", "gradInput"),
    ],
)  # fmt: skip
def test_numbers_of_an_example_take_no_answer_back(exercise: str, text: str, name: str) -> None:
    assert answers(exercise, text)[name] == "reached"


def test_a_number_alone_is_an_answer() -> None:
    assert answers("ex1", r"$\frac{dy}{dx} = 0$") == {r"\frac{dy}{dx}": "wrong"}


def test_an_end_that_true_steps_lead_to_is_not_wrong() -> None:
    one_row = r"One row vector: $y = xW + b$, $\frac{\partial L}{\partial b} = \frac{\partial L}{\partial y}\frac{\partial y}{\partial b} = \frac{\partial L}{\partial y}\cdot 1 = \frac{\partial L}{\partial y}$"
    assert answers("linear", one_row)["gradB"] != "wrong"
    assert answers("linear", r"$\frac{\partial L}{\partial b} = \mathbf 1^Tg = 2\cdot\mathbf 1^Tg$")["gradB"] == "wrong"


def test_the_end_of_a_text_of_which_too_much_was_not_understood_is_not_wrong() -> None:
    wrong = r"$\frac{dy}{dx} = 3x$, $y = 2x^\top x$, $y = 3x^\top x$. "
    assert answers("ex1", wrong) == {r"\frac{dy}{dx}": "wrong"}
    unread = " ".join(rf"$\operatorname{{Foo}}_{{{place}}}(x) = \operatorname{{Bar}}(x)$." for place in range(8))
    assert answers("ex1", wrong + unread) == {r"\frac{dy}{dx}": "missing"}
