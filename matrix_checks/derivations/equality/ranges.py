"""What an index runs over that stands below a delta only."""

from matrix_checks.derivations.equality.verdicts import Equality
from matrix_checks.derivations.expressions.kinds import Function, Name, Sum
from matrix_checks.derivations.values.evaluate import Evaluator


def range_beside_delta(evaluator: Evaluator, equality: Equality, index: str) -> str | None:
    """The letter of the size that the other index of its delta runs over in a sum: ``\\sum_i g_i \\delta_{ik}``."""
    for part in (part for side in equality.sides for part in side.everything):
        if not isinstance(part, Sum):
            continue
        for delta in part.everything:
            if isinstance(delta, Function) and delta.name == "delta" and Name(index) in delta.arguments:
                others = (each.text for each in delta.arguments if isinstance(each, Name) and each.text != index)
                found = next((letter for other in others if (letter := evaluator.range_of(other, (part.body,)))), None)
                if found:
                    return found
    return None
