"""The statement of the exercise without one of its terms: a layer ``y = xW`` without a bias, a norm without an epsilon.

Whoever writes it looks at a simpler case, and has made no mistake.
"""

from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.introductions import without_argument
from matrix_checks.derivations.equality.some_convention import holds_in_some_convention
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.names.left_out_terms import without_term


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
            without = without_term(view, name, missing)
            if holds_in_some_convention(replace(claim.context.setting(), views=(without,), kept={}, ranges={}), whole, claim.right):
                return f"the text leaves out {missing}"
    return ""
