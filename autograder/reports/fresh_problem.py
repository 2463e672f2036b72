"""A fresh practice problem for one student at the defence, aimed at the trap that the student fell into, with its solution."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.reports.findings import Findings
from matrix_checks.practice.drawing import LEVELS, draw_problem
from matrix_checks.practice.forms import FORMS
from matrix_checks.practice.mistakes import trap_of_reason
from matrix_checks.practice.problem import Problem
from matrix_checks.practice.solving import solve
from matrix_checks.practice.truth import code_of

# Neither a notebook nor an exam draws these.
STREAM = "defence"
USUAL_LEVEL = 3
# It is for two minutes at the table, and a sheet has little room: the first of so many draws whose solution is that short, or the very first.
MOST_STEPS, TRIES = 6, 20
HIGHEST_SEED = 10**9
# How a trap is spoken of.
SAID = {
    "transposes": "a transposition",
    "order": "the order of factors",
    "factor": "a factor or a sign",
    "layout": "the layout",
    "mean": "a sum or a mean",
    "chain": "a path of the chain rule",
}


@dataclass(frozen=True)
class FreshProblem:
    """What stands on the sheet.

    Attributes
    ----------
    problem
        The problem; its statement is Markdown.
    trap
        What it is aimed at, in words; empty where nothing is known to be wrong.
    solution, shapes, code
        For the reviewer.
    """

    problem: Problem
    trap: str
    solution: str
    shapes: str
    code: str


def fresh_problem(student: str, assignment: str, findings: Findings) -> FreshProblem:
    """The same problem for the same student and assignment, and another one for anybody else."""
    trap = trap_of(findings)
    level = level_for(trap, findings)
    digest = hashlib.sha256(f"{student}\0{assignment}".encode()).digest()
    seed = int.from_bytes(digest, "big") % HIGHEST_SEED
    drawn = (solve(draw_problem(level, seed + place, trap, STREAM)) for place in range(TRIES))
    first = next(drawn)
    solution = first if len(first.steps) <= MOST_STEPS else next((each for each in drawn if len(each.steps) <= MOST_STEPS), first)
    return FreshProblem(solution.problem, SAID.get(trap, ""), solution.markdown(), solution.shapes(), code_of(solution))


def trap_of(findings: Findings) -> str:
    """The trap that most of what is wrong speaks of; empty where nothing does."""
    found = Counter(filter(None, map(trap_of_reason, _reasons(findings))))
    return found.most_common(1)[0][0] if found else ""


def _reasons(findings: Findings) -> Iterator[str]:
    yield from (each.false_step for each in findings.writeups if each.false_step)
    for each in findings.checks:
        if not each.is_right:
            yield from each.sentences


def level_for(trap: str, findings: Findings) -> int:
    """One level lower where most is wrong, and one higher where nothing is; the nearest one that has the trap."""
    parts = [*(each.is_right for each in findings.checks), *(each.is_complete for each in findings.writeups)]
    right = sum(parts)
    wanted = USUAL_LEVEL + (right == len(parts)) - (2 * right < len(parts))
    possible = [level for level in LEVELS if not trap or any(each.level == level and trap in each.traps for each in FORMS)]
    return min(possible, key=lambda level: (abs(level - wanted), level))
