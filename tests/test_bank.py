"""Every wrong solution of the bank fails its own check, and no other, with the right diagnosis; every right one passes all."""

from functools import cache

import pytest

from autograder.bank.files import read_bank
from autograder.course.trial import Trial
from tests.conftest import ASSIGNMENTS, BY_ID

MUTANTS = [(each.identifier, file) for each in ASSIGNMENTS for file in read_bank(each, "mutants")]
ALTERNATIVES = [(each.identifier, file) for each in ASSIGNMENTS for file in read_bank(each, "alternatives")]


def names(pair) -> str:
    return f"{pair[1].function}-{pair[1].name}"


@cache
def trial(identifier: str) -> Trial:
    return Trial(BY_ID[identifier])


@pytest.mark.parametrize("mutant", MUTANTS, ids=names)
def test_a_mutant_loses_points_of_its_own_check_and_of_no_other_and_is_told_why(mutant):
    identifier, file = mutant
    results = trial(identifier).run({file.function: file.source})
    own = results.pop(file.function)
    assert own.points < own.possible, "a wrong answer passes"
    for other, result in results.items():
        assert result.points == result.possible, f"a mistake in {file.function} costs points of {other}:\n{result.printed}"
    if file.diagnosis:
        assert file.diagnosis in own.printed, own.printed
    else:
        assert "→" not in own.printed, own.printed


@pytest.mark.parametrize("alternative", ALTERNATIVES, ids=names)
def test_an_alternative_keeps_every_point(alternative):
    identifier, file = alternative
    for function, result in trial(identifier).run({file.function: file.source}).items():
        assert result.points == result.possible, f"{function}:\n{result.printed}"


def test_every_function_has_its_mutants_and_alternatives(assignment):
    mutants = [file.function for file in read_bank(assignment, "mutants")]
    alternatives = [file.function for file in read_bank(assignment, "alternatives")]
    for function in trial(assignment.identifier).functions:
        assert mutants.count(function) >= 12, function
        assert alternatives.count(function) >= 4, function
    assert set(mutants) | set(alternatives) == set(trial(assignment.identifier).functions)
