r"""The exercise in letters of the text's own, each declared with its space before it is said what they have to do with each other."""

from itertools import permutations

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_writeups import EXERCISES, verdicts

SOFTMAX = (
    (r"${x}\in\mathbb R^K$ are the scores", r"${y}\in\mathbb R^K$ the probabilities", r"${u} = \frac{\partial L}{\partial {y}}$ comes in"),
    r"${y}_i = \frac{e^{{x}_i}}{Z}$ with $Z = \sum_j e^{{x}_j}$. $\frac{\partial {y}_i}{\partial {x}_k} = {y}_i(\delta_{ik}-{y}_k)$."
    r" $\frac{\partial L}{\partial {x}_k} = \sum_i {u}_i \frac{\partial {y}_i}{\partial {x}_k} = ANSWER$",
    r"{y}_k({u}_k - \sum_i {u}_i{y}_i)",
    r"{y}_k({u}_k + \sum_i {u}_i{y}_i)",
)  # fmt: skip
LINEAR = (
    (r"${x}\in\mathbb R^{N\times p}$ is the input", r"${w}\in\mathbb R^{p\times q}$ are the weights", r"${u} = \frac{\partial L}{\partial {y}}$ comes in"),
    r"${y} = {x}{w} + c$, $c\in\mathbb R^q$. $dL = \operatorname{tr}({u}^Td{y})$, so $\frac{\partial L}{\partial {x}} = ANSWER$",
    r"{u}{w}^T",
    r"{u}{w}",
)  # fmt: skip
SQUARE = (
    (r"${x}\in\mathbb R^m$ is a column", r"$q\in\mathbb R$ a number"),
    r"$q = {x}^T{x}$. $\frac{\partial q}{\partial {x}} = ANSWER$",
    r"2{x}",
    r"{x}",
)  # fmt: skip
LETTERS = {
    "writeup_softmax": (
        SOFTMAX,
        [{"x": "a", "y": "p", "u": "u"}, {"x": "z", "y": "s", "u": "r"}, {"x": "t", "y": "q", "u": r"\bar q"}],
    ),
    "writeup_linear": (LINEAR, [{"x": "U", "w": "V", "y": "Z", "u": "E"}, {"x": "H", "w": "Q", "y": "A", "u": "D"}]),
    "writeup_ex1": (SQUARE, [{"x": "w"}, {"x": "v"}, {"x": "a"}]),
}


def filled(template: str, letters: dict[str, str]) -> str:
    for name, letter in letters.items():
        template = template.replace(f"{{{name}}}", letter)
    return template


TEXTS = [
    (exercise, filled(f"{', '.join(order)}. {statement}", letters), filled(right, letters), filled(wrong, letters))
    for exercise, ((declared, statement, right, wrong), choices) in LETTERS.items()
    for letters in choices
    for order in permutations(declared)
]


@pytest.mark.parametrize(("exercise", "text", "right", "wrong"), TEXTS)
def test_a_letter_that_is_declared_is_still_the_exercises(exercise: str, text: str, right: str, wrong: str) -> None:
    report = read_writeup(text.replace("ANSWER", right), EXERCISES[exercise])
    assert set(verdicts(report)) <= set("HD "), report.steps
    assert next(iter(report.answers.values())) == "reached"
    report = read_writeup(text.replace("ANSWER", wrong), EXERCISES[exercise])
    assert [step.verdict for step in report.steps][-1] == "false", report.steps
    assert "reached" not in report.answers.values()


SIZES = [
    ("ex1", r"Let $x\in R^d$. $y = d$."),
    ("ex1", r"Let $x\in R^n$. $y = n$."),
    ("softmax", r"Let $x\in R^d$. $\sum_{i=1}^d y_i = d$."),
    ("ex2", r"Let $A\in R^{n\times n}$. $\operatorname{tr}(AB) = n$."),
    ("ex4_trace", r"Let $X\in R^{N\times d}$. $J = d$."),
    ("batch_norm", r"$\sum_i y_i^2 = N$"),
]


@pytest.mark.parametrize(("exercise", "text"), SIZES)
def test_a_letter_of_a_size_is_no_name_for_a_number(exercise: str, text: str) -> None:
    report = read_writeup(text, EXERCISES[f"writeup_{exercise}"])
    assert [step.verdict for step in report.steps] != ["holds"], text


@pytest.mark.parametrize("declared", ["", r"Let $x\in\mathbb R^d$. "])
def test_a_size_called_d_stands_beside_differentials(declared: str) -> None:
    report = read_writeup(rf"{declared}$y = x^Tx$, $\frac{{dy}}{{dx}} = 2x$, $dy = 2x^Tdx$.", EXERCISES["writeup_ex1"])
    assert verdicts(report) == "H H H"
    assert report.answers == {r"\frac{dy}{dx}": "reached"}
