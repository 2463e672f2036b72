"""``accept_complete`` gives points without a person only where there is a derivation: an answer alone is accepted by nobody."""

import pytest

from autograder.grading.reading import declared
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import FILE
from tests.conftest import ASSIGNMENTS, ROOT, notebook_of, read_notebook

EXERCISES = {
    name: exercise for each in ASSIGNMENTS for name, exercise in declared(ROOT / "source" / each.identifier / FILE).items()
}
MODELS = {
    cell.metadata.nbgrader.grade_id: cell.source
    for each in ASSIGNMENTS
    for cell in read_notebook(notebook_of("source", each)).cells
    if cell.metadata.get("nbgrader", {}).get("grade_id", "") in EXERCISES
}
EMPTY = [
    ("writeup_ex1", r"$\frac{dy}{dx} = G$"),
    ("writeup_ex1", r"Let $G = \frac{dy}{dx}$. Then $\frac{dy}{dx} = G$"),
    ("writeup_ex1", r"$\frac{dy}{dx} = 2x$"),
    ("writeup_ex1", "$x = x$. " * 30 + r"$\frac{dy}{dx} = 2x$"),
    ("writeup_ex1", r"For $N=1$: $\frac{dy}{dx} = 2 x_1$"),
    ("writeup_linear", "$gradInput = gradInput$, $gradW = gradW$, $gradB = gradB$"),
    ("writeup_linear", "$gradInput = 2gradInput - gradInput$"),
    ("writeup_linear", "$gradInput = (gradInput^T)^T$"),
    ("writeup_linear", "$gradInput = g W^T$, $gradW = x^T g$, $gradB = g^T 1$"),
    ("writeup_softmax", "For $C=1$: $gradInput = 0$"),
    ("writeup_batch_norm", "For $N=1$: $gradInput = 0$"),
    # What is asked for is named in true steps, and nothing is derived.
    (
        "writeup_ex1",
        r"$dy = 1 dy$, $2dy = dy + dy$, $\frac{\partial y}{\partial x_k} = 1 \frac{\partial y}{\partial x_k}$, $y + y = 2y$, $\frac{dy}{dx} = 2x$",
    ),
    (
        "writeup_ex1",
        r"$x + x = 2x$, $3x = x + 2x$, $x = 5x - 4x$, $\frac{\partial x_k}{\partial x_k} = 1$, $d x = dx$, $\frac{dy}{dx} = 2x$",
    ),
    ("writeup_ex1", r"$y = x^\top x$. " * 9 + r"$dy = 2x^\top dx$, $\frac{\partial y}{\partial x_k} = 2x_k$. $\frac{dy}{dx} = x$"),
    (
        "writeup_linear",
        "$gradInput = 1 gradInput$, $2gradInput = gradInput + gradInput$, " * 20 + "$gradW = gradW$, $gradB = gradB$",
    ),
    ("writeup_batch_norm", r"$gradInput = \frac{1}{\sqrt{\sigma_{moving} + \varepsilon}} g$. " * 9),
    ("writeup_softmax", r"If $g = 0$ then $gradInput = 0$. " * 9),
    ("writeup_ex2", r"$\operatorname{tr}(PQ) = \operatorname{tr}(QP)$. " * 9 + r"$\frac{dy}{dA} = B^\top$"),
    (
        "writeup_ex1",
        r'<p style="display:none">$dy = 2x^\top dx$, $\frac{\partial y}{\partial x_k} = 2x_k$, $y = x^\top x$</p> $\frac{dy}{dx} = 2x$',
    ),
]


@pytest.mark.parametrize(("name", "text"), EMPTY)
def test_an_answer_without_a_derivation_is_accepted_by_nobody(name, text):
    report = read_writeup(text, EXERCISES[name])
    assert not report.complete


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize(
    "spoiled",
    [
        "{} And $x^\\top x = 2 x^\\top x + 1$.",
        "{} Also $y = \\mystery$.",
        "{} <!-- $y = 1$ -->",
    ],
)
def test_a_model_with_anything_that_is_not_sure_is_accepted_by_nobody(name, spoiled):
    assert not read_writeup(spoiled.replace("{}", MODELS[name], 1), EXERCISES[name]).complete


@pytest.mark.parametrize("name", MODELS)
def test_the_courses_own_derivations_are_accepted(name):
    report = read_writeup(MODELS[name], EXERCISES[name])
    assert report.complete and report.is_derived
