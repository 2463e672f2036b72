"""A write-up that is the solver's text is a remark to the reviewer, in any letters; what people write on their own is none."""

import re
from pathlib import Path

import pytest

from autograder.reports.solver_texts import exercises, reads_like_the_solver
from matrix_checks.practice.solving import solve
from tests.conftest import ASSIGNMENTS, notebook_of, read_notebook
from tests.strangers import strangers

PROBLEMS = list(exercises())


def without_reasons(text: str) -> str:
    return re.sub(r"&& \\text\{[^}]*\}", "", text)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: f"{problem.term}"[:20])
@pytest.mark.parametrize(
    "change", [str, lambda text: text.replace("A", "W").replace("S", "H"), lambda text: text.replace("\\top", "T")]
)
def test_the_solvers_text_is_known_in_other_letters(problem, change) -> None:
    assert reads_like_the_solver(change(solve(problem).markdown()))


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: f"{problem.term}"[:20])
def test_it_is_known_without_its_reasons(problem) -> None:
    assert reads_like_the_solver(without_reasons(solve(problem).markdown()))


def test_no_stranger_reads_like_the_solver() -> None:
    named = [each.name for each in strangers() if reads_like_the_solver(each.text)]
    assert not named


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.identifier)
def test_no_answer_of_the_course_reads_like_the_solver(assignment) -> None:
    cells = read_notebook(notebook_of("solutions", assignment)).cells
    assert not [cell.source[:60] for cell in cells if cell.cell_type == "markdown" and reads_like_the_solver(cell.source)]


def test_no_text_of_the_corpora_beside_the_tests_does() -> None:
    folder = Path(__file__).parent / "derivations"
    assert not [path.name for path in sorted(folder.rglob("*.md")) if reads_like_the_solver(path.read_text(encoding="utf-8"))]
