"""No small change of a right solution keeps all points, unless it is listed with a proof that it is right, too."""

import os

import pytest

from autograder.bank.mutator import mutants_of
from autograder.bank.score import equivalents, report, score_assignment

SOURCE = """
def scaled(x, factor):
    \"\"\"A docstring is no code.\"\"\"
    y = x * factor
    return y.sum(axis=0) - 1
"""


# All of them take a minute; `make mutants` tries them all, and so does MUTANTS=1 here.
EVERY = int(os.environ.get("MUTANTS", "6"))


def test_every_generated_mutant_is_killed_or_proved_equivalent(assignment):
    """Each sixth one, and all that are listed as equivalent."""
    scores = score_assignment(assignment, say=lambda text: None, every=EVERY)
    assert sum(score.mutants for score in scores) > 200 / EVERY
    survivors = [score for score in scores if score.survivors or score.stale]
    assert not survivors, report(survivors)


def test_mutants_differ_from_the_solution_and_from_each_other():
    sources = [mutant.source for mutant in mutants_of("scaled", SOURCE)]
    assert len(set(sources)) == len(sources) > 10
    assert all("docstring" not in source for source in sources)


@pytest.mark.parametrize(
    "change",
    [
        "+ y = x / factor",
        "+ y = x @ factor",
        "+ y = x",
        "+ y = factor",
        "+ y = x * x",
        "+ return y.mean(axis=0) - 1",
        "+ return y.sum() - 1",
        "+ return y.sum(axis=1) - 1",
        "+ return y.sum(axis=0) + 1",
        "+ return y.sum(axis=0)",
        "+ return y.sum(axis=0) - 2",
        "+ return 1 - y.sum(axis=0)",
        "- y = x * factor",
    ],
)
def test_the_rules_change_operators_terms_axes_constants_names_and_statements(change):
    changes = [mutant.change.split("\n") for mutant in mutants_of("scaled", SOURCE)]
    if change.startswith("+"):
        assert any(change in lines for lines in changes)
    else:
        assert [change] in changes


def test_every_listed_equivalent_has_a_proof(assignment):
    proofs = [proof for changes in equivalents(assignment).values() for proof in changes.values()]
    assert proofs and all(len(proof) > 20 for proof in proofs)
