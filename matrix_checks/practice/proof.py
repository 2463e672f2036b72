"""Is it true? Every line of a solution is read as a student's text would be, and judged by the reader's own arithmetic."""

from dataclasses import dataclass

from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import read_exercise
from matrix_checks.derivations.values.exercise import Exercise
from matrix_checks.practice.latex import latex
from matrix_checks.practice.problem import Problem
from matrix_checks.practice.solving import Solution
from matrix_checks.practice.terms import Letter

# In these problems sigma is no variance: it is how most people write the logistic function.
MACROS = {"sigma": r"\operatorname{sigmoid}"}


def exercise_of(problem: Problem) -> Exercise:
    """The problem in the language of ``writeups.toml``: its names and shapes, what they stand for, and the question."""
    letters: tuple[Letter, ...] = (problem.variable, *problem.constants)
    view = {
        "variables": {each.name: list(each.size) for each in letters},
        "definitions": {
            problem.value.name: latex(problem.term),
            **{letter.name: latex(term) for letter, term in problem.intermediates},
        },
        "elementwise": problem.is_entrywise,
    }
    return read_exercise({"title": problem.name, "views": [view], "questions": [problem.question], "macros": MACROS})


@dataclass(frozen=True)
class Proof:
    """What the reader says of a solution.

    Attributes
    ----------
    report
        Its report.
    is_proven
        Whether every step holds and the answer is reached.
    """

    report: Report
    is_proven: bool


def prove(solution: Solution) -> Proof:
    """Read a solution, and say whether all of it is true."""
    report = read_writeup(solution.markdown(), exercise_of(solution.problem))
    holds = all(step.verdict == "holds" for step in report.steps) and len(report.steps) == len(solution.steps)
    return Proof(report, holds and set(report.answers.values()) == {"reached"})
