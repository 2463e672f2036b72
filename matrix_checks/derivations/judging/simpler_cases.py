"""The statement of the exercise without one of its terms: a layer ``y = xW`` without a bias, a norm without an epsilon.

Whoever writes it looks at a simpler case, and has made no mistake.
"""

from dataclasses import replace

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.judging.claims import Claim
from matrix_checks.derivations.judging.equality import holds
from matrix_checks.derivations.judging.introductions import without_argument
from matrix_checks.derivations.values.exercise import Definition


def is_simpler(claim: Claim) -> str:
    """That a claim is the exercise's own statement without a variable; empty where it is not."""
    whole = bare(without_argument(claim.left))
    left = kinds.whole_of(whole)
    if not isinstance(left, kinds.Name) or claim.parts(kinds.Differentiated, kinds.Derivative):
        return ""
    for view in claim.context.views:
        name = view.aliases.get(left.text, left.text)
        stated = (view.origin or view).definitions.get(name, ())[:1]
        for missing in sorted(stated[0].body.names & view.variables.keys() - claim.right.names) if stated else ():
            without = view.with_definition(name, Definition(_with_zero(stated[0].body, missing), stated[0].indices), first=True)
            if holds(replace(claim.context.setting(), views=(without,), kept={}, ranges={}), whole, claim.right):
                return f"the text leaves out {missing}"
    return ""


def _with_zero(node: Node, name: str) -> Node:
    body = kinds.whole_of(node)
    return ZERO if body == kinds.Name(name) else node.rebuilt(lambda part: _with_zero(part, name))
