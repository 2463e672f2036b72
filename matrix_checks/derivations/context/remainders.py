"""What is left over: ``X = AS + E`` says that ``E`` is ``X - AS``, as statisticians write a model with its residual."""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import is_free_letter
from matrix_checks.derivations.equality.interpretations import IDENTITIES
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import Definition


def leaves_over(context: Context, left: Node, right: Node) -> str:
    """The new name that an equality gives to a difference, which is then kept; empty for none."""
    if not isinstance(left, kinds.Name) or not isinstance(right, kinds.Add) or left.text not in context.known:
        return ""
    for place, term in enumerate(right.terms):
        others = [each for number, each in enumerate(right.terms) if number != place]
        if not isinstance(term, kinds.Name) or not _is_new(context, term.text, left):
            continue
        if not any(each.names for each in others):
            # S = 2 + h goes a step away from the numbers of an example.
            continue
        rest = (left, *(each.body if isinstance(each, kinds.Negative) else kinds.Negative(each) for each in others))
        said = context.known - context.steps.keys()
        if term.text in kinds.Add(rest).names or not all(name in said for each in others for name in each.names):
            continue
        if context.shape_of(kinds.Add(rest)) is None:
            continue
        context.steps.pop(term.text, None)
        context.own.add(term.text)
        context.define(term.text, Definition(kinds.Add(rest)), first=True)
        return term.text
    return ""


def _is_new(context: Context, name: str, left: Node) -> bool:
    """Whether a name stands for nothing yet; an ``E`` may be the identity beside what has as many rows as columns."""
    rows, columns = context.shape_of(left) or ("", "")
    if name in IDENTITIES and rows == columns:
        return False
    # What is added to something is taken for a step at first.
    return (
        name in context.steps
        or name not in context.known
        or (is_free_letter(context, name, kinds.Add((left, left))) and "1" not in (rows, columns))
    )
