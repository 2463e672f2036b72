"""A derivation of a practice problem, read: the verdicts, whether it is an attempt, and whether the problem is done."""

import re
from dataclasses import dataclass, replace

from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.practice.problem import JACOBIAN, Problem
from matrix_checks.practice.proof import exercise_of

# A step of a derivation holds a differential or a derivative.
_DERIVED = re.compile(r"\bd[A-Za-z\\]|\\text\{d\}|\\partial|\\nabla|\bD\b|\[D")
# A derivation has so many steps at least, if its solution has.
LEAST_STEPS = 2


@dataclass(frozen=True)
class Reading:
    """What was found.

    Attributes
    ----------
    report
        The reader's report.
    is_attempt
        Whether a step of a derivation was tried: more than a repetition of the problem.
    has_answer
        Whether the answer is right.
    is_wrong
        Whether a step is.
    is_done
        Whether the answer is right and derived, and no step is wrong.
    """

    report: Report
    is_attempt: bool
    has_answer: bool
    is_wrong: bool
    is_done: bool


def read(text: str, problem: Problem, steps: int) -> Reading:
    """Read a derivation of a problem whose solution has so many steps."""
    report = read_writeup(text, exercise_of(problem))
    if problem.asked == JACOBIAN:
        # Its rows are outputs: a row for the gradient of a number on the way is in the layout that was asked for.
        report.steps = [replace(step, verdict=HOLDS, reason="") if step.verdict == OTHER_LAYOUT else step for step in report.steps]
    tried = [
        step for step in report.steps if step.verdict != NOT_UNDERSTOOD and step.earns and _DERIVED.search(step.left + step.right)
    ]
    has_answer = all(found == "reached" for found in report.answers.values())
    is_wrong = any(step.verdict in (FALSE, OTHER_LAYOUT) for step in report.steps)
    derived = {(step.left, step.right) for step in tried if step.verdict == HOLDS}
    is_done = has_answer and not is_wrong and len(derived) >= min(LEAST_STEPS, steps)
    return Reading(report, bool(tried), has_answer, is_wrong, is_done)
