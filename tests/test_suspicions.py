"""A derivative that was found by numbers is a remark to the reviewer, and never a verdict; a formula is no remark."""

import nbformat
import pytest

from autograder.grading.inbox.original import read_original
from autograder.grading.inbox.suspicions import COMPLEX_STEP, QUOTIENT, suspicions
from tests.conftest import ASSIGNMENTS, BY_ID, notebook_of, read_notebook

ORIGINAL = read_original(notebook_of("release", BY_ID["differentiation"]))


def said(source: str) -> str:
    cell = nbformat.v4.new_code_cell(source, metadata={"nbgrader": {"grade_id": "grad_quadratic"}})
    return " ".join(suspicions(nbformat.v4.new_notebook(cells=[cell]), ORIGINAL))


@pytest.mark.parametrize(
    "source",
    [
        "def g(x):\n    h = 1e-30\n    return np.array([(f(x + 1j * h * e)).imag / h for e in np.eye(len(x))])",
        "def g(x):\n    z = x.astype(complex)\n    z[0] += 1e-20j\n    return np.imag(f(z)) / 1e-20 if False else f(z).imag",
    ],
)
def test_a_complex_step_is_named(source):
    assert COMPLEX_STEP in said(source)


@pytest.mark.parametrize(
    "source",
    [
        "def g(x):\n    return (f(x + h) - f(x - h)) / (2 * h)",
        "def g(x):\n    return (f(x + h) - f(x)) / h",
        "def g(x, A):\n    return np.array([(loss(A, x + h * e) - loss(A, x)) / h for e in np.eye(3)])",
        "def g(x):\n    return np.sum(f(x_plus) - f(x_minus)) / (2 * eps)",
    ],
)
def test_a_difference_quotient_is_named(source):
    assert QUOTIENT in said(source)


@pytest.mark.parametrize(
    "source",
    [
        "def g(x):\n    return 2 * x",
        "def g(y, g):\n    return (g - np.mean(g) - y * np.mean(g * y)) / np.sqrt(np.var(y) + eps)",
        "def g(a, b):\n    return (np.sum(a) - np.sum(b)) / len(a)",
        "def g(x):\n    return (x - x.mean(axis=0)) / x.std(axis=0)",
        "def g(x)\n    return 1j",
    ],
)
def test_a_formula_is_no_remark(source):
    assert said(source) == ""


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.identifier)
def test_the_courses_own_solutions_and_all_right_alternatives_are_no_remark(assignment):
    original = read_original(notebook_of("release", assignment))
    notebook = read_notebook(notebook_of("source", assignment))
    for path in sorted((assignment.folder / "alternatives").rglob("*.py")):
        notebook.cells.append(nbformat.v4.new_code_cell(path.read_text(encoding="utf-8")))
    assert suspicions(notebook, original) == []


def test_code_that_looks_into_the_grader_is_named():
    assert "matrix_checks.checks.calling" in said("import matrix_checks.checks.calling as c\nc._is_changed = lambda *a: False")
