"""The fresh problem on a sheet: the same for the same student, aimed at the trap that the student fell into."""

import pytest

from autograder.reports.findings import CheckFinding, Findings, WriteupFinding
from autograder.reports.fresh_problem import fresh_problem, level_for, trap_of
from matrix_checks.practice.forms import TRAPS

NOTHING = Findings()


def wrong_step(reason: str) -> Findings:
    return Findings(writeups=(WriteupFinding("writeup_ex2", frozenset(("false",)), is_complete=False, false_step=reason),))


def wrong_function(sentence: str) -> Findings:
    return Findings(checks=(CheckFinding("grad_trace", (sentence,), is_right=False),))


def test_the_same_student_has_the_same_problem_and_another_one_another() -> None:
    first = fresh_problem("ada", "differentiation", NOTHING)
    assert first == fresh_problem("ada", "differentiation", NOTHING)
    others = {fresh_problem(name, "differentiation", NOTHING).problem.statement() for name in ("bea", "cy", "dee", "ed", "flo")}
    assert len({first.problem.statement(), *others}) == 6
    assert first.problem.statement() != fresh_problem("ada", "layers", NOTHING).problem.statement()


@pytest.mark.parametrize(
    ("findings", "trap"),
    [
        (wrong_step(r"it would be true with $B^\top$ in the place of $B$"), "transposes"),
        (wrong_step("off by a factor: the right side is 2 times the left side"), "factor"),
        (wrong_step("it would be true with $BA$ in the place of $AB$, in the other order"), "order"),
        (wrong_function("a factor of 2 is missing"), "factor"),
        (wrong_function("right in numerator layout: a row, where the gradient has the shape of its variable"), "layout"),
        (wrong_function("an average over the objects, where a sum belongs"), "mean"),
        (wrong_step("the two sides differ"), ""),
        (NOTHING, ""),
    ],
)
def test_it_is_aimed_at_what_went_wrong(findings: Findings, trap: str) -> None:
    assert trap_of(findings) == trap
    fresh = fresh_problem("ada", "differentiation", findings)
    assert fresh.problem.focus == trap
    assert not trap or trap in fresh.problem.traps


@pytest.mark.parametrize("trap", ["", *TRAPS])
def test_who_has_everything_right_gets_a_harder_one(trap: str) -> None:
    right = Findings(checks=(CheckFinding("f"), CheckFinding("g")))
    wrong = Findings(checks=(CheckFinding("f", (), False), CheckFinding("g", (), False)))
    assert level_for(trap, wrong) <= level_for(trap, right)


def test_the_solution_stands_with_it() -> None:
    fresh = fresh_problem("ada", "differentiation", NOTHING)
    assert "aligned" in fresh.solution
    assert "answer = " in fresh.code
    assert fresh.shapes.startswith("Shapes:")
