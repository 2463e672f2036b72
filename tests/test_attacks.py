"""What a hostile reviewer tried: marks without an answer, and ways for hidden numbers to get out."""

import pytest

from autograder.course.trial import Trial
from tests.conftest import BY_ID

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
def differentiation() -> Trial:
    return Trial(BY_ID["differentiation"])


# In float64 the first are infinite, in a wider kind they are not; of all but the last, A S is inf - inf.
@pytest.mark.parametrize(("kind", "entry"), [("longdouble", "1e4000"), ("float64", "1e300"), ("float16", "6e4"), ("float64", "nan"), ("float64", "1")])
def test_numbers_that_compare_with_nothing_earn_nothing(differentiation, kind, entry):
    result = differentiation.run({"factorize": GARBAGE.format(kind=kind, entry=entry)}, ["factorize"])["factorize"]
    assert result.points == 0.0
    general = [line for line in result.printed.split("\n") if "near the best error" in line]
    assert len(general) == 3 and not any("✓" in line for line in general)
