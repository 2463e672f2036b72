"""What is true in one case of two indices, and stands beside words that may speak of that case: "the cross terms are", "Case 2:"."""

import re

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.expressions import kinds

OF_A_CASE = "it may be said of one case of its indices"
_IN_A_CASE = re.compile(r"it is true for \$.* (?:=|\\ne) .*\$ only")
_MAY_NAME_IT = re.compile(
    r"(?i)\b(?:cases?|cross|mixed|others?|another|different\w*|differ\w*|diagonal\w*|elsewhere|not|don't|coincide|main|distinct|agree\w*|coincid\w+|equal\w*|same|matching|otherwise|else|two|"
    r"fix|take|loss of generality|fall|fälle|gemischt\w*|ander\w*|verschieden\w*|gleich\w*|ungleich\w*|sonst|zwei|cas|crois\w+|autres?|différent\w*|égau\w+|mêmes?|sinon|deux|"
    r"casos?|cruzad\w+|otr[oa]s?|distint\w+|iguale?s?|mism\w+|dos|cas[io]|altr\w+|divers\w+|ugual\w+|stess\w+|outr\w+|diferentes?|mesm\w+|przypad\w+|inn\w+|różn\w+|równ\w+|"
    r"случа\w+|друг\w+|разн\w+|различ\w+|равн\w+|одинаков\w+|совпада\w+|диагонал\w+|иначе|випад\w+|інш\w+|різн\w+|діагонал\w*|рівн\w+|однаков\w+|інакше|przekątn\w+|diagon[aá]\w*|köşegen\w*|chéo|átló\w*|lävistäj\w*)\b|"
    r"情况|不同|相同|其他|否则|对角|対角|대각"
)


def may_be_of_case(claim: Claim) -> str:
    """Whether words before a claim that is true in one case only may name that case."""
    is_delta = any(isinstance(side, kinds.Function) and side.name == "delta" for side in claim.sides)
    if is_delta and claim.parts(kinds.Number) and claim.context.case is None:
        # Nobody says of all indices what a Kronecker delta is.
        return OF_A_CASE
    is_true_there = _IN_A_CASE.search(claim.reason) is not None
    return OF_A_CASE if is_true_there and _MAY_NAME_IT.search(claim.surroundings.paragraph) else ""
