"""What the reader of derivations looked for and did not find, in words that say what it looked for.

A way of a derivation may stand in a text in a form that the reader does not take for it: then the words say what is there.
"""

import re

from matrix_checks.derivations.equality.verdicts import FALSE, FIRST_ORDER, HOLDS
from matrix_checks.derivations.judging.display import still_to_come
from matrix_checks.derivations.judging.report import Report

BY_THE_DIFFERENTIAL = "a derivation by the differential"
A_DIFFERENCE = "a difference is written out, but its linear part is not set apart as $[D f](h)$ or $dy$"
A_FALSE_CHAIN = "a differential is there, but not every step that it stands in holds"
# f(x + h) - f(x) and the like, and a differential that is no part of a fraction.
_DIFFERENCE = re.compile(r"\+\s*(?:[hH]\b|\\?[dD]elta\b|\\varepsilon\b|d[A-Za-z]\b)")
_DIFFERENTIAL = re.compile(r"(?<![\\A-Za-z{])d\s*(?:[A-Za-z]\b|\(|\\)|(?<!\{)\\(?:mathrm|operatorname)\{d\}|\[\s*D")


def not_found(report: Report) -> list[str]:
    """What is asked for and was not found: answers, and ways to derive them."""
    hint = _hint(report)
    return [f"{each} ({hint})" if hint and each == BY_THE_DIFFERENTIAL else each for each in still_to_come(report)]


def _hint(report: Report) -> str:
    """What stands in the place of a derivation by the differential; empty where nothing like it is there."""
    differential = [step for step in report.steps if _DIFFERENTIAL.search(step.left)]
    if differential and report.count(FALSE):
        return A_FALSE_CHAIN
    holding = [step for step in report.steps if step.verdict in (HOLDS, FIRST_ORDER)]
    return A_DIFFERENCE if any("-" in step.left and _DIFFERENCE.search(step.left) for step in holding) else ""
