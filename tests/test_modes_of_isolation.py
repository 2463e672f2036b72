"""The modes of isolation: a weaker one gives the same marks and says what it does not keep, and so does a stock kernel, cell by cell."""

import os

import nbformat

from autograder.bank.files import read_bank
from autograder.course.release import load_config
from autograder.grading.classes import choose_class
from autograder.grading.run import grade
from tests.conftest import ASSIGNMENTS, BY_ID, read_notebook
from tests.test_hostile_submissions import grades_and_comments, submission_of

LAYERS = BY_ID["layers"]


def isolate_by(course, mode: str) -> None:
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(f'\nc.IsolatedExecute.isolation = "{mode}"\n')
    assert load_config(course).IsolatedExecute.isolation == mode


def test_a_weaker_mode_gives_the_same_marks_and_says_what_it_does_not_keep(course):
    """The marks of the other one, a stock kernel, are compared cell by cell below, where it says so, too."""
    isolate_by(course, "limits")
    code = f"{LAYERS.points['code']:g}"
    points = {"seed": f"24 of {code}", "perfect": f"{code} of {code}"}
    for student in points:
        submission_of(course, student, source=student)
    said: list[str] = []
    grade(course, choose_class(course), say=said.append)
    assert said[0].startswith("WARNING: isolation is set to")
    for student, earned in points.items():
        assert any(f"{student}/layers: {earned}" in text for text in said), said


def notebooks_of_bank(assignment, most: int) -> list[dict[str, str]]:
    """Texts by function for so many notebooks at most: one with mutants and alternatives in turn, or all mutants and all alternatives."""
    banks = []
    for kind in ("mutants", "alternatives"):
        of_function: dict[str, list[str]] = {}
        for file in read_bank(assignment, kind):
            of_function.setdefault(file.function, []).append(file.source)
        banks.append(of_function)
    if most == 1:
        return [{name: banks[place % 2][name][0] for place, name in enumerate(banks[0])}]
    return [
        {name: sources[number] for name, sources in bank.items() if number < len(sources)}
        for bank in banks
        for number in range(min(most, max(map(len, bank.values()))))
    ]


# The students of the sample class, and what each answered wrong or not at all in the assignment that is taken of them.
OF_SAMPLE = {
    "differentiation": ("seed", {"grad_quadratic", "jacobian_F_S", "grad_loss_S", "grad_loss_A"}),
    "layers": ("raises_at_import", {"linear_forward"}),
}


def hand_in(course, student: str, assignment, sources: dict[str, str], source: str = "untouched") -> set[str]:
    """Put these into a sample submission; the functions that it has then."""
    path = submission_of(course, student, source=source, assignment=assignment)
    notebook = read_notebook(path)
    for cell in notebook.cells:
        cell.source = sources.get(cell.id, cell.source)
    nbformat.write(notebook, path)
    return set(sources)


def hand_in_few(course) -> set[str]:
    """One notebook of each assignment; the functions of which they have an answer of the bank's or one that is wrong or missing."""
    functions: set[str] = set()
    for assignment in ASSIGNMENTS:
        student, own = OF_SAMPLE.get(assignment.identifier, ("perfect", set()))
        (bank,) = notebooks_of_bank(assignment, 1)
        functions |= own
        functions |= hand_in(course, student, assignment, {name: bank[name] for name in bank.keys() - own}, source=student)
    return functions


def hand_in_many(course, most: int) -> set[str]:
    """Both students of the sample class in each assignment, and so many notebooks of the bank; the functions of which these have one."""
    functions: set[str] = set()
    for assignment in ASSIGNMENTS:
        for student, _ in OF_SAMPLE.values():
            submission_of(course, student, source=student, assignment=assignment)
        for number, sources in enumerate(notebooks_of_bank(assignment, most)):
            functions |= hand_in(course, f"bank_{number}", assignment, sources)
    return functions


def test_isolated_and_stock_grading_give_the_same_scores_and_comments_cell_by_cell(course):
    """Of the sample class, and of mutants and alternatives of every function, put together into notebooks, one of each function.

    The bank's own test tries every file in this process. A stock notebook takes seconds to start and to run, so that here a student
    of the sample class has one assignment, with what they wrote and what they answered wrong or not at all, and in the place of their
    other answers a mutant of one function and an alternative of the next; ``NOTEBOOKS=1000`` tries all.
    """
    most = int(os.environ.get("NOTEBOOKS", "1"))
    used = hand_in_few(course) if most == 1 else hand_in_many(course, most)
    graded = []
    for mode in ("bubblewrap", "kernel"):
        isolate_by(course, mode)
        said: list[str] = []
        # A kernel waits much of its time.
        grade(course, choose_class(course), say=said.append, again=True, workers=2 if most == 1 else 4)
        assert said[0].startswith("WARNING: isolation is set to") is (mode == "kernel")
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
    # A new exercise has nothing in the bank until its author has put something there.
    assert functions & {file.function for file in read_bank(LAYERS, "mutants")} <= used
