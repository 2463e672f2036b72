"""What helps: the idea of the next step, the step, the solution."""

import re

from matrix_checks.practice.latex import latex
from matrix_checks.practice.problem import Problem
from matrix_checks.practice.solving import Chain, Solution, solve
from matrix_checks.practice.truth import code_of

# What a reason asks for, in more words.
_IDEAS = {
    "linear": "it is linear in what changes: put the step in its place, and leave out what does not change",
    "collect": "several terms end with the same step: put what stands before it together",
    "cyclic": "under a trace, bring what stands behind the step to the front",
    "transpose under the trace": "the step is transposed: transpose everything under the trace",
    "a number is its own transpose": "the step is transposed: a number is equal to its transpose",
    "a number is its own trace, cyclic": "a number is its own trace: write the trace, and bring the step to the end",
}


def hints_of(solution: Solution, text: str = "") -> list[str]:
    """For each step its idea, then the step; the answer itself is no hint.

    The differentials of intermediates that are written in ``text`` are passed over.
    """
    found: list[str] = []
    for chain in solution.chains[:-1]:
        if chain.left != solution.chains[-2].left and _is_written(chain, text):
            continue
        for line in chain.lines:
            found += [_idea(chain.left, line.reason), f"$${chain.left} = {latex(line.term)}$$"]
    last = solution.chains[-1]
    return [*found, _idea(last.left, last.lines[-1].reason)]


def _idea(left: str, reason: str) -> str:
    ideas = [_IDEAS.get(each, each) for each in reason.split("; ")]
    return f"for ${left}$: {'; '.join(ideas)}."


def _is_written(chain: Chain, text: str) -> bool:
    """Whether the text says what a differential is: ``dz = ...``."""
    name = re.escape(chain.left.removeprefix("d"))
    return re.search(rf"(?:\bd|\\mathrm\s*\{{?\s*d\s*\}}?|\\partial)\s*\{{?\s*{name}\b", text) is not None


def as_text(problem: Problem) -> str:
    """A solution with its shapes and its code, in Markdown."""
    found = solve(problem)
    return f"{found.markdown()}\n\n{found.shapes()}\n\n```python\n{code_of(found)}\n```"
