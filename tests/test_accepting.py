"""``accept_complete`` gives points without a person only where there is a derivation: an answer alone is accepted by nobody."""

import pytest

from autograder.grading.reading import declared
from matrix_checks.derivations.judging.reader import read_writeup
from matrix_checks.derivations.values.exercise import FILE
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
]


@pytest.mark.parametrize(("name", "text"), EMPTY)
def test_an_answer_without_a_derivation_is_accepted_by_nobody(name, text):
    report = read_writeup(text, EXERCISES[name])
    assert not report.complete


@pytest.mark.parametrize("name", MODELS)
def test_the_courses_own_derivations_are_accepted(name):
    report = read_writeup(MODELS[name], EXERCISES[name])
    assert report.complete and report.is_derived
