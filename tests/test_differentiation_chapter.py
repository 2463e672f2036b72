"""What the first chapter says in numbers is computed here, and its visible cases stop the wrong answers that students give."""

import re
from functools import cache

import pytest

from autograder.bank.files import read_bank
from autograder.course.hidden_cases import BEGIN_HIDDEN, END_HIDDEN
from autograder.course.master import read_master
from autograder.course.trial import Trial
from tests.conftest import BY_ID

ASSIGNMENT = BY_ID["differentiation"]
_HIDDEN = re.compile(f"{re.escape(BEGIN_HIDDEN)}.*?{re.escape(END_HIDDEN)}\n", re.DOTALL)


# The visible cases, as a student has them before anything is graded


@cache
def visible_checks() -> dict[str, str]:
    checks = [cell for cell in read_master(ASSIGNMENT.master).cells if "Check(" in cell.source and cell.cell_type == "code"]
    return {cell.id.removeprefix("check_"): _HIDDEN.sub("", cell.source) for cell in checks}


@cache
def trial() -> Trial:
    return Trial(ASSIGNMENT)


def told(function: str, source: str, capsys) -> str:
    """What the visible cases of a function print for one version of it."""
    exec(visible_checks()[function], trial().namespace({function: source}))
    return capsys.readouterr().out


WRONG = {
    "A * S in the loss": ("factorization_loss", "X, A, S", "np.sum((X - A * S) ** 2)"),
    "the expanded trace": (
        "factorization_loss",
        "X, A, S",
        "np.trace(X @ X.T) - 2 * np.trace(A @ S @ X.T) + np.trace(A @ S @ S.T @ A.T)",
    ),
    "A * S in the gradient with respect to S": ("grad_loss_S", "X, A, S", "-2 * A.T @ (X - A * S)"),
    "A * S in the gradient with respect to A": ("grad_loss_A", "X, A, S", "-2 * (X - A * S) @ S.T"),
    "the factor of S untransposed": ("grad_loss_S", "X, A, S", "-2 * A @ (X - A @ S)"),
    "the factor of S on the wrong side": ("grad_loss_S", "X, A, S", "-2 * (X - A @ S) @ A.T"),
    "blocks as many as S has rows": ("jacobian_F_S", "A, n_columns", "np.kron(np.eye(A.shape[1]), A)"),
    "stacked by rows": ("jacobian_F_S", "A, n_columns", "np.kron(A, np.eye(n_columns))"),
    "an identity of double precision": ("jacobian_F_S", "A, n_columns", "np.kron(np.eye(n_columns), A)"),
    "doubles for floats": ("grad_quadratic", "x", "2 * x.astype(float)"),
    "central differences": (
        "grad_quadratic",
        "x",
        "central_differences(lambda z: np.sum(z * z), x).astype(x.dtype)",
    ),
}

DESCENT = """
def factorize(X, rank, n_steps, learning_rate, seed):
    rng = np.random.default_rng(seed)
    A, S = {start}
    losses = []
    for step in range(n_steps):
        {before}
        A = A - learning_rate * grad_loss_A(X, A, S)
        S = S - learning_rate * grad_loss_S(X, A, S)
        {behind}
    return {returned}
"""
RANDOM = "0.1 * rng.normal(size=(X.shape[0], rank)), 0.1 * rng.normal(size=(rank, X.shape[1]))"
RECORD = "losses.append(factorization_loss(X, A, S))"
RETURNED = "A, S, np.array(losses)"
RIGHT_DESCENT = {"start": RANDOM, "before": "", "behind": RECORD, "returned": RETURNED}
WRONG_DESCENTS = {
    "everything starts at one": ({"start": "np.ones((X.shape[0], rank)), np.ones((rank, X.shape[1]))"}, "did they start equal"),
    "everything starts at zero": ({"start": "np.zeros((X.shape[0], rank)), np.zeros((rank, X.shape[1]))"}, "start from random"),
    "recorded before the update": ({"before": RECORD, "behind": ""}, "recorded before the last update"),
    "the loss of the start, too": ({"before": f"losses or {RECORD}"}, "one entry too many"),
    "returned in another order": ({"returned": "S, A, np.array(losses)"}, "changed places"),
}


@pytest.mark.parametrize(("function", "arguments", "formula"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_does_not_pass_the_visible_cases(function, arguments, formula, capsys):
    assert "✗" in told(function, f"def {function}({arguments}):\n    return {formula}\n", capsys)


# Of each kind of care there is one visible case in a chapter; the seed, and what a step does, are only seen by further calls.
FOR_HIDDEN_CASES = {"central_differences", "float64", "both_at_once", "seed_ignored", "least_squares_steps"}
BANK = [file for file in read_bank(ASSIGNMENT, "mutants") if file.name not in FOR_HIDDEN_CASES]


@pytest.mark.parametrize("mutant", BANK, ids=lambda file: f"{file.function}-{file.name}")
def test_a_wrong_version_of_the_bank_does_not_pass_the_visible_cases(mutant, capsys):
    assert "✗" in told(mutant.function, mutant.source, capsys)


@pytest.mark.parametrize(("change", "reason"), WRONG_DESCENTS.values(), ids=WRONG_DESCENTS)
def test_a_wrong_descent_is_told_why_by_the_visible_cases(change, reason, capsys):
    printed = told("factorize", DESCENT.format(**RIGHT_DESCENT | change), capsys)
    assert "✗" in printed and reason in printed


def test_a_right_descent_passes_the_visible_cases(capsys):
    assert "✗" not in told("factorize", DESCENT.format(**RIGHT_DESCENT), capsys)


@pytest.mark.parametrize("function", trial().functions)
def test_the_right_answer_passes_the_visible_cases(function, capsys):
    printed = told(function, trial().solutions[function], capsys)
    assert "✓" in printed and "✗" not in printed
