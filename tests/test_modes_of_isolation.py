"""The modes of isolation: a weaker one gives the same marks and says what it does not keep, and so does a stock kernel, cell by cell."""

import itertools
import os

import nbformat
import pytest

from autograder.bank.files import read_bank
from autograder.course.release import load_config
from autograder.grading.classes import choose_class
from autograder.grading.run import grade
from tests.conftest import ASSIGNMENTS, BY_ID, read_notebook
from tests.test_hostile_submissions import grade_quietly, grades_and_comments, submission_of

LAYERS = BY_ID["layers"]


POINTS = {"seed": "24 of 60", "forgetful": "50 of 60"}


@pytest.mark.parametrize(("mode", "students"), [("limits", ["seed", "forgetful"]), ("kernel", ["seed"])])
def test_a_weaker_mode_gives_the_same_marks_and_says_what_it_does_not_keep(course, mode, students):
    """The marks of a kernel are compared cell by cell below."""
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(f'\nc.IsolatedExecute.isolation = "{mode}"\n')
    assert load_config(course).IsolatedExecute.isolation == mode
    for student in students:
        submission_of(course, student, source=student)
    said: list[str] = []
    grade(course, choose_class(course), say=said.append)
    assert said[0].startswith("WARNING: isolation is set to")
    for student in students:
        assert any(f"{student}/layers: {POINTS[student]}" in text for text in said), said


def test_isolated_and_stock_grading_give_the_same_scores_and_comments_cell_by_cell(course):
    """Of the sample class, and of mutants and alternatives of every function, put together into notebooks, one of each function.

    The bank's own test tries every file in this process. A stock notebook takes seconds to start, so that here each function has
    one of its files of each kind, and each student of the sample class one assignment; ``NOTEBOOKS=1000`` tries all.
    """
    most = int(os.environ.get("NOTEBOOKS", "1"))
    of_sample = [*zip(("seed", "raises_at_import"), ASSIGNMENTS)]
    for student, assignment in of_sample if most == 1 else itertools.product(("seed", "raises_at_import"), ASSIGNMENTS):
        submission_of(course, student, source=student, assignment=assignment)
    used: dict[str, set[str]] = {"mutants": set(), "alternatives": set()}
    for assignment, kind in itertools.product(ASSIGNMENTS, used):
        of_function: dict[str, list] = {}
        for file in read_bank(assignment, kind):
            of_function.setdefault(file.function, []).append(file)
        used[kind] |= set(of_function)
        for number in range(min(most, max(map(len, of_function.values())))):
            path = submission_of(course, f"{kind}_{number}", source="untouched", assignment=assignment)
            notebook = read_notebook(path)
            for cell in notebook.cells:
                if number < len(of_function.get(cell.id, ())):
                    cell.source = of_function[cell.id][number].source
            nbformat.write(notebook, path)
    graded = []
    for mode in ("bubblewrap", "kernel"):
        with (course / "nbgrader_config.py").open("a") as file:
            file.write(f'\nc.IsolatedExecute.isolation = "{mode}"\n')
        # A kernel waits much of its time.
        grade_quietly(course, again=True, workers=4)
        graded.append({assignment.identifier: grades_and_comments(course, assignment) for assignment in ASSIGNMENTS})
    differing = {
        (identifier, *key): (sandboxed[key], graded[1][identifier].get(key))
        for identifier, sandboxed in graded[0].items()
        for key in sandboxed
        if sandboxed[key] != graded[1][identifier].get(key)
    }
    assert not differing
    assert graded[0].keys() == graded[1].keys()
    functions = {name.removeprefix("check_") for _, name in graded[0][LAYERS.identifier] if name.startswith("check_")}
    assert functions <= used["mutants"] and functions <= used["alternatives"]
