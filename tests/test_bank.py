"""Every wrong solution of the bank fails its own check, and no other, with the right diagnosis; every right one passes all."""

from functools import cache

import pytest

from autograder.bank.files import read_bank
from autograder.course.trial import Trial
from tests.conftest import ASSIGNMENTS, BY_ID, ROOT, notebook_of, read_notebook

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
        assert function in mutants and function in alternatives, function
    assert set(mutants) | set(alternatives) == set(trial(assignment.identifier).functions)


@cache
def release_checks(identifier: str) -> dict[str, str]:
    cells = read_notebook(notebook_of("release", BY_ID[identifier])).cells
    return {cell.id: cell.source for cell in cells}


# In a batch of two, a factor of N is a factor of 2; of one feature, a row and a sum differ from the answer by an axis; where a
# gradient is zero, it leaves its variable as one does who forgets to update it.
TRUE_BUT_LESS_TELLING = ("a factor of 2", "an axis of length one", "it is not updated, or its gradient comes out as zero")


def told_at_once(identifier, file, monkeypatch, capsys) -> tuple[str, list[str]]:
    """What the check of a release prints, with the sealed sentences beside the notebook, and the lines of its hints."""
    namespace = trial(identifier).namespace({file.function: file.source})
    monkeypatch.chdir(ROOT / "release" / identifier)
    capsys.readouterr()
    exec(release_checks(identifier)[f"check_{file.function}"], namespace)
    printed = capsys.readouterr().out
    namespace["check"].hint()
    namespace["check"].hint()
    return printed, capsys.readouterr().out.split("\n")


@pytest.mark.parametrize("mutant", MUTANTS, ids=names)
def test_what_a_student_is_told_at_once_is_never_another_mistake(mutant, monkeypatch, capsys):
    """In the release only the visible cases speak, with the sealed sentences beside the notebook."""
    identifier, file = mutant
    _, said = told_at_once(identifier, file, monkeypatch, capsys)
    # Beside what was done, a hint is a question, or says that there is none.
    told = [line for line in said if line and not line.endswith("?") and "hint" not in line]
    wanted = file.diagnosis.split(": ")[-1]
    for line in told:
        less_telling = any(words in line for words in TRUE_BUT_LESS_TELLING)
        assert (wanted and wanted in line) or line.split(": ")[-1] in wanted or less_telling, line


# In the first chapter some mistakes show in no visible case what they are: a finite difference, a training that is judged by what it reaches.
@pytest.mark.parametrize("mutant", [pair for pair in MUTANTS if pair[0] == "layers"], ids=names)
def test_a_release_of_the_layers_says_at_once_what_grading_says_of_a_mutant_that_fails_a_visible_case(mutant, monkeypatch, capsys):
    identifier, file = mutant
    printed, said = told_at_once(identifier, file, monkeypatch, capsys)
    if "✗" in printed:
        assert file.diagnosis.split(": ")[-1] in "\n".join([printed, *said])
