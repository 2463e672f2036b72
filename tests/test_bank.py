"""Every wrong solution of the bank fails its own check, and no other, with the right diagnosis; every right one passes all."""

import contextlib
import io
import itertools
import os
import re
from functools import cache

import pytest

from autograder.bank.files import read_bank
from autograder.course.trial import Trial
from tests.conftest import ASSIGNMENTS, BY_ID, ROOT, notebook_of, read_notebook

MUTANTS = [(each.identifier, file) for each in ASSIGNMENTS for file in read_bank(each, "mutants")]
ALTERNATIVES = [(each.identifier, file) for each in ASSIGNMENTS for file in read_bank(each, "alternatives")]


# The first file of each function goes through every check of its assignment, the others through those alone that can hear of it.
# MUTANTS=1 sends each file through every check.
EVERY = os.environ.get("MUTANTS") == "1"
FIRST = [next(files) for pairs in (MUTANTS, ALTERNATIVES) for _, files in itertools.groupby(pairs, lambda pair: pair[1].function)]


def names(pair) -> str:
    return f"{pair[1].function}-{pair[1].name}"


@cache
def trial(identifier: str) -> Trial:
    return Trial(BY_ID[identifier])


@cache
def texts(identifier: str) -> dict[str, str]:
    """By function, the text of its solution and of its check."""
    checks = {cell.id: cell.source for cell in read_notebook(notebook_of("source", BY_ID[identifier])).cells}
    solutions = trial(identifier).solutions
    return {name: solutions.get(name, "") + checks[f"check_{name}"] for name in trial(identifier).functions}


@cache
def hearing_of(identifier: str, function: str) -> list[str]:
    """The functions whose solution or check names a function, itself among them, or names one that does."""
    found = {function}
    while (
        more := {name for name, text in texts(identifier).items() if any(re.search(rf"\b{each}\b", text) for each in found)} - found
    ):
        found |= more
    return [name for name in trial(identifier).functions if name in found]


def results(pair) -> dict:
    """What the checks make of a file in the place of the solution."""
    identifier, file = pair
    checks = None if EVERY or pair in FIRST else hearing_of(identifier, file.function)
    return trial(identifier).run({file.function: file.source}, checks)


def test_a_check_that_gives_a_right_function_hears_of_it():
    """In the layers a whole network is put together of functions before it; a check that stands alone hears of itself only."""
    assert hearing_of("layers", "softmax_forward")[-1] == "train_step"
    assert hearing_of("layers", "train_step") == ["train_step"]


@pytest.mark.parametrize("mutant", MUTANTS, ids=names)
def test_a_mutant_loses_points_of_its_own_check_and_of_no_other_and_is_told_why(mutant):
    _, file = mutant
    others = results(mutant)
    own = others.pop(file.function)
    assert own.points < own.possible, "a wrong answer passes"
    for other, result in others.items():
        assert result.points == result.possible, f"a mistake in {file.function} costs points of {other}:\n{result.printed}"
    if file.diagnosis:
        assert file.diagnosis in own.printed, own.printed
    else:
        assert "→" not in own.printed, own.printed


@pytest.mark.parametrize("alternative", ALTERNATIVES, ids=names)
def test_an_alternative_keeps_every_point(alternative):
    for function, result in results(alternative).items():
        assert result.points == result.possible, f"{function}:\n{result.printed}"


def test_every_function_has_its_mutants_and_alternatives(assignment):
    mutants = [file.function for file in read_bank(assignment, "mutants")]
    alternatives = [file.function for file in read_bank(assignment, "alternatives")]
    for function in trial(assignment.identifier).functions:
        assert function in mutants and function in alternatives, function
    assert set(mutants) | set(alternatives) == set(trial(assignment.identifier).functions)


@cache
def release_checks(identifier: str) -> dict[str, str]:
    cells = read_notebook(notebook_of("release", BY_ID[identifier])).cells
    return {cell.id: cell.source for cell in cells}


# In a batch of two, a factor of N is a factor of 2; of one feature, a row and a sum differ from the answer by an axis; where a
# gradient is zero, it leaves its variable as one does who forgets to update it.
TRUE_BUT_LESS_TELLING = ("a factor of 2", "an axis of length one", "it is not updated, or its gradient comes out as zero")


@cache
def told_at_once(identifier, file) -> tuple[str, list[str]]:
    """What the check of a release prints, with the sealed sentences beside the notebook, and the lines of its hints."""
    namespace = trial(identifier).namespace({file.function: file.source})
    printed, hints = io.StringIO(), io.StringIO()
    with contextlib.chdir(ROOT / "release" / identifier):
        with contextlib.redirect_stdout(printed):
            exec(release_checks(identifier)[f"check_{file.function}"], namespace)
        with contextlib.redirect_stdout(hints):
            namespace["check"].hint()
            namespace["check"].hint()
    return printed.getvalue(), hints.getvalue().split("\n")


@pytest.mark.parametrize("mutant", MUTANTS, ids=names)
def test_what_a_student_is_told_at_once_is_never_another_mistake(mutant):
    """In the release only the visible cases speak, with the sealed sentences beside the notebook."""
    identifier, file = mutant
    _, said = told_at_once(identifier, file)
    # Beside what was done, a hint is a question, or says that there is none.
    told = [line for line in said if line and not line.endswith("?") and "hint" not in line]
    wanted = file.diagnosis.split(": ")[-1]
    for line in told:
        less_telling = any(words in line for words in TRUE_BUT_LESS_TELLING)
        assert (wanted and wanted in line) or line.split(": ")[-1] in wanted or less_telling, line


# In the first chapter some mistakes show in no visible case what they are: a finite difference, a training that is judged by what it reaches.
@pytest.mark.parametrize("mutant", [pair for pair in MUTANTS if pair[0] == "layers"], ids=names)
def test_a_release_of_the_layers_says_at_once_what_grading_says_of_a_mutant_that_fails_a_visible_case(mutant):
    identifier, file = mutant
    printed, said = told_at_once(identifier, file)
    if "✗" in printed:
        assert file.diagnosis.split(": ")[-1] in "\n".join([printed, *said])
