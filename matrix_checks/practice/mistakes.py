"""Which traps the false steps of a derivation fell into, from what the reader says of them."""

import re

from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.verdicts import FALSE, OTHER_LAYOUT
from matrix_checks.practice.forms import TRAPS
from matrix_checks.practice.problem import Problem

# Words of the reader's reasons; the first trap whose words are there is the one.
_WORDS = (
    ("chain", r"the path through|derivative of|the step of ReLU|Jacobian of softmax"),
    ("layout", r"numerator layout|other layout|a row"),
    ("mean", r"\bmean\b|\\frac\{?1\}?\{?[NMKR]\b|factor of \$?1/|\$[NMKR]\$ times"),
    ("factor", r"factor|sign is|times the left|\bhalf\b"),
    ("order", r"other order|changed places|order of"),
    ("transposes", r"\\top|transpos|is symmetric|cannot be multiplied|cannot be added|shape"),
)


def traps_of(report: Report, problem: Problem) -> list[str]:
    """The traps, in the order of the table of traps; those of the problem where the reasons name none."""
    wrong = [step for step in report.steps if step.verdict in (FALSE, OTHER_LAYOUT)]
    found: set[str] = set()
    for step in wrong:
        if step.verdict == OTHER_LAYOUT:
            found.add("layout")
            continue
        named = next((trap for trap, words in _WORDS if re.search(words, step.reason)), None)
        if named is not None:
            found.add(named)
    if wrong and not found:
        found = set(problem.traps)
    return [trap for trap in TRAPS if trap in found]
