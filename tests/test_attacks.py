"""What a hostile reviewer tried: marks without an answer, and ways for hidden numbers to get out."""

import pytest

from autograder.course.trial import Trial
from autograder.isolation.replay import Budget
from autograder.isolation.sandbox import Sandbox
from autograder.isolation.two_runs import Step, run_twice
from tests.conftest import BY_ID, ROOT

GARBAGE = """
def factorize(X, rank, n_steps, learning_rate, seed):
    if X.shape == (2, 2):
        # The visible case, answered by heart.
        return np.array([[3.0], [1.0]]), np.array([[1.0, 2.0]]), np.zeros(n_steps)
    kind = np.{kind}
    A, S = np.full((len(X), rank), kind("{entry}")), np.full((rank, X.shape[1]), kind("{entry}"))
    S[1::2] *= -1
    return A, S, np.arange(n_steps, 0, -1) * 1.0
"""


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox({"differentiation": ROOT / "source" / "differentiation"}) as started:
        yield started


def run(sandbox, *cells, seconds=5.0):
    """The report on a notebook; a cell is a text of the student's or a step."""

    def start(computing, wall):
        return sandbox.session("differentiation", computing, wall)

    steps = [cell if isinstance(cell, Step) else Step(cell) for cell in cells]
    return run_twice(steps, start, start, seconds, Budget(60.0, 120.0))


@pytest.fixture(scope="module")
def differentiation() -> Trial:
    return Trial(BY_ID["differentiation"])


# In float64 the first are infinite, in a wider kind they are not; of all but the last, A S is inf - inf.
@pytest.mark.parametrize(("kind", "entry"), [("longdouble", "1e4000"), ("float64", "1e300"), ("float16", "6e4"), ("float64", "nan"), ("float64", "1")])
def test_numbers_that_compare_with_nothing_earn_nothing(differentiation, kind, entry):
    result = differentiation.run({"factorize": GARBAGE.format(kind=kind, entry=entry)}, ["factorize"])["factorize"]
    assert result.points == 0.0
    general = [line for line in result.printed.split("\n") if "near the best error" in line]
    assert len(general) == 3 and not any("✓" in line for line in general)


SEARCH = """
import os, sys
found = [folder for root in {*sys.path, "/sandbox", "."} for folder, *_ in os.walk(root) if folder.endswith(("autograder/derivatives", "autograder/course"))]
print("found", found)
"""


def test_the_right_answers_derivatives_are_out_of_a_students_reach(sandbox):
    report = run(sandbox, "import autograder.derivatives", SEARCH)
    assert report.outputs[0][0]["ename"] == "ModuleNotFoundError"
    assert report.outputs[1][0]["text"] == "found []\n"
