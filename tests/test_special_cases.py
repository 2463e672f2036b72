"""What stands before a formula: "For the matrix:" names what is spoken of; "for N = 1" and "if A is symmetric" are conditions."""

import re

import pytest

from tests.test_recall import letters_of

WRONG_ANSWER = r"$$\frac{dy}{dx} = A^\top c$$"
TOPICS = """For A: | For the matrix: | For the gradient with respect to x | and for the vector | The result for the vector is | For x:
With respect to x: | For x we obtain | we obtain for the other factor | For one vector: | Für den Vektor: | Для вектора: | Для x получаем
Para el vector: | con lo anterior: | 对于向量：""".replace("\n", " | ").split(" | ")
CONDITIONS = [
    "Suppose",
    "If it is so:",
    "Assume that A is symmetric:",
    "when A is symmetric",
    "Если A симметрична,",
    "We ignore the rest here:",
]
SPECIAL = [
    ("linear", r"For one sample with two inputs: $y_j = x_1 W_{1j} + x_2 W_{2j} + b_j$."),
    ("linear", r"Let us leave the bias aside for a moment: $$y = xW$$"),
    ("linear", r"Without the bias we have $$y = xW$$"),
    ("ex3", r"with symmetric $A = A^\top$ it is nicer"),
    ("linear", r"One object gives for the weights $\left(\frac{dL}{dW}\right)_n = x_n^\top g_n$"),
]


@pytest.mark.parametrize("lead", TOPICS)
def test_a_wrong_answer_behind_a_topic_is_false(lead: str) -> None:
    assert letters_of("ex3", f"{lead}\n{WRONG_ANSWER}") == "F"


@pytest.mark.parametrize("lead", TOPICS)
def test_a_right_answer_behind_a_topic_holds(lead: str) -> None:
    assert letters_of("ex3", f"{lead}\n$$\\frac{{dy}}{{dx}} = Ac$$") == "H"


@pytest.mark.parametrize("lead", CONDITIONS)
def test_what_stands_behind_a_condition_is_not_called_false(lead: str) -> None:
    assert "F" not in letters_of("ex3", f"{lead}\n{WRONG_ANSWER}")


@pytest.mark.parametrize(("exercise", "text"), SPECIAL)
def test_a_special_case_is_not_called_false(exercise: str, text: str) -> None:
    assert "F" not in letters_of(exercise, text)


@pytest.mark.parametrize("weight", [r"\bm ", r"\boldsymbol ", r"\mathbf ", r"\bm{", r"\mathbf{", r"\pmb{"])
def test_letters_in_another_weight_are_read_like_plain_ones(weight: str) -> None:
    plain = r"$@y_1=@x @W_1+@b_1$, $@y_2=@y_1 @W_2+@b_2$; $@G_2=\partial L/\partial @y_2$. $$\frac{\partial L}{\partial @W_2} = @y_1^\top @G_2$$"
    bold = re.sub(r"@([A-Za-z])", lambda letter: weight + letter[1] + "}" * weight.endswith("{"), plain)
    assert letters_of("linear", bold) == letters_of("linear", plain.replace("@", "")) == "HHHH"


TWO_LAYERS = r"Double indices are summed unless I write a $\sum$. $y^{(1)}_{na} = x_{ni}W^{(1)}_{ia} + b^{(1)}_a$, $y^{(2)}_{nc} = y^{(1)}_{na}W^{(2)}_{ac} + b^{(2)}_c$."


def test_sums_that_are_left_out_by_announcement_beside_one_that_is_written() -> None:
    text = (
        TWO_LAYERS
        + r" $\frac{\partial L}{\partial b^{(2)}_c} = \sum_n \frac{\partial L}{\partial y^{(2)}_{nc}}$, $\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y^{(2)}} W^{(2)\top} W^{(1)T}$"
    )
    assert letters_of("linear", text) == "HHHH"


@pytest.mark.parametrize(
    "text",
    [
        r"Si queremos el mínimo en $S$, hay que resolver $A^\top A S = A^\top X$ (ecuaciones normales).",
        r"Решаем $A^\top A S = A^\top X$.",
        r"Wir lösen $A^\top A S = A^\top X$, die Normalgleichungen.",
        r"$A^\top A S = A^\top X$ (équations normales)",
    ],
)
def test_an_equation_to_be_solved_is_not_called_false(text: str) -> None:
    assert "F" not in letters_of("ex4_trace", text)


def test_the_row_of_a_stacked_derivative_is_not_called_false() -> None:
    assert letters_of("ex2", r"$\mathsf{D}y(A) = (\operatorname{vec} B^\top)^\top$") in ("U", "L", "H")
