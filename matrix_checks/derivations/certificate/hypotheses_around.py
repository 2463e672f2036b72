"""Conditions of the certificate on what is supposed, set to zero or held fixed around a claim."""

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.given_values import is_variable
from matrix_checks.derivations.equality.verdicts import QUALIFIED
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.names.entries_of_functions import depends
from matrix_checks.derivations.prose.words import MINIMISES

# What the reasons of doubts that a hypothesis raises begin with.
OF_HYPOTHESIS = ("a hypothesis", "it may be said of a loss that is a sum")
# And those of what is set to zero.
DEMANDED = "a condition, or what follows from one, is not judged"
HELD_FIXED = " is held fixed around it"


def set_to_zero(claim: Claim) -> str:
    """What is set to zero is demanded and not said, and so is what follows from it; a gradient that is not zero is said."""
    around = claim.surroundings
    zero = any(side == ZERO for side in claim.sides)
    if claim.place.is_conclusion and (zero or not any(_says(claim.context, side) for side in claim.sides)):
        return DEMANDED
    if (around.demanded or around.zero_behind) and zero:
        return f"{DEMANDED}: it is set to zero"
    if zero and MINIMISES.search(around.paragraph) and not any(_says(claim.context, side) for side in claim.sides):
        # What follows from it stands in its sentence.
        around.zero = True
        return f"{DEMANDED}: it may be said of what is least"
    if around.zero_behind and not any(_says(claim.context, side) for side in claim.sides):
        return f"{DEMANDED}: it is said to hold where something is zero"
    if not around.zero or (not zero and any(_says(claim.context, side) for side in claim.sides)):
        return ""
    return f"{DEMANDED}: something is set to zero around it"


def _says(context: Context, side: kinds.Node) -> bool:
    """Whether a side is what the exercise defines, or a derivative of it."""
    node = bare(side)
    if isinstance(node, kinds.Name):
        return any(view.aliases.get(node.text, node.text) in (view.origin or view).definitions for view in context.views)
    return isinstance(node, kinds.Derivative)


def under_hypothesis(claim: Claim) -> str:
    """A hypothesis is not judged, nor what is said under one of its letters."""
    if claim.place.is_hypothesis:
        return "a hypothesis is not judged"
    is_looked_at = any(view.holds_statistics for view in claim.context.views)
    if claim.surroundings.supposing or (claim.surroundings.supposes_other_mode and not is_looked_at):
        return "a hypothesis stands in its sentence"
    if claim.parts(kinds.Derivative) and claim.context.memory.example_loss is None and claim.surroundings.is_of_one_loss:
        return "it may be said of a loss that is a sum"
    tops = [side.top if isinstance(side, kinds.Derivative) else side for side in map(bare, claim.sides)]
    wholes = [top.body if isinstance(top, kinds.Indexed) else top for top in tops]
    if claim.surroundings.is_of_part and any(isinstance(each, kinds.Name) and _says(claim.context, each) for each in wholes):
        return "it may be said of a part of a sum"
    given = {name for name in claim.surroundings.given if is_variable(claim.context, name)}
    name = claim.speaks_of(claim.surroundings.supposed | given)
    return f"a hypothesis on {name} stands around it" if name else ""


def held_fixed(claim: Claim) -> str:
    """What is held fixed around it may have another differential, and need not depend on what is differentiated by."""
    for part in claim.parts(kinds.Differentiated):
        assert isinstance(part, kinds.Differentiated)
        body = bare(part.body)
        if isinstance(body, kinds.Name) and body.text in claim.surroundings.held and is_variable(claim.context, body.text):
            return f"{body.text}{HELD_FIXED}"
    for derivative in claim.parts(kinds.Derivative):
        assert isinstance(derivative, kinds.Derivative)
        for name in sorted(derivative.top.names & claim.surroundings.held):
            if any(name == by or depends(claim.context.views, name, by) for by in derivative.bottom.names):
                return f"{name}{HELD_FIXED}"
    return ""


def qualified_behind(claim: Claim) -> str:
    """What is said to be true of something need not be true of everything."""
    return QUALIFIED if claim.surroundings.qualified else ""
