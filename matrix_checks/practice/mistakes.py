"""Which traps the false steps of a derivation fell into, from what the reader says of them."""

import re

from matrix_checks.derivations.equality.verdicts import FALSE, OTHER_LAYOUT
from matrix_checks.derivations.judging.report import Report
from matrix_checks.practice.forms import TRAPS

_FORMULA = re.compile(r"\$[^$]*\$")
# "it would be true with $A^\top$ in the place of $A$"
_INSTEAD = re.compile(r"with \$([^$]+)\$ in the place of \$([^$]+)\$")
_SIZE_TIMES = re.compile(
    r"\baverage|\bmean\b|(?:is|by) \$?(?:1/)?[NMKR]\$? times|factor of \$?(?:1/)?[NMKR]\b|\\frac\{?1\}?\{?[NMKR]\b"
)
# Words of a reason without its formulas; the first trap whose words are there is the one.
_WORDS = (
    ("chain", r"\bpath\b|derivative of|the step of ReLU|Jacobian of softmax"),
    ("factor", r"\bfactor\b|\bsign\b|times the (?:left|right)|\bhalf\b"),
    ("order", r"other order|changed places|order of"),
    ("transposes", r"transpos|is symmetric|cannot be multiplied|cannot be added|the (?:left|right) side is .+ × "),
)


def traps_of(report: Report) -> list[str]:
    """The traps that the reasons name, in the order of the table of traps; none where no reason names one."""
    found = {
        "layout" if step.verdict == OTHER_LAYOUT else trap_of_reason(step.reason)
        for step in report.steps
        if step.verdict in (FALSE, OTHER_LAYOUT)
    }
    return [trap for trap in TRAPS if trap in found]


def trap_of_reason(reason: str) -> str:
    """The trap that a reason of the reader, or a sentence of a check, speaks of; empty where it speaks of none."""
    if "numerator layout" in reason:
        return "layout"
    if _SIZE_TIMES.search(reason):
        return "mean"
    instead = _INSTEAD.search(reason)
    if instead and _bare(instead[1]) == _bare(instead[2]):
        return "transposes"
    plain = _FORMULA.sub("", reason)
    return next((trap for trap, words in _WORDS if re.search(words, plain)), "")


def _bare(tex: str) -> str:
    """A formula without transpositions, brackets and blanks."""
    return re.sub(r"\^\{?\\top\}?|\^\{?T\}?|\\left|\\right|[()\s{}]", "", tex)
