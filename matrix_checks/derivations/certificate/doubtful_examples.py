"""What is said of an example, and not sure: numbers that words give, and entries that it does not have."""

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.given_values import are_numbers, is_variable
from matrix_checks.derivations.deciding.approximations import are_numbers_alone
from matrix_checks.derivations.deciding.computed_numbers import IN_EXAMPLE, by_numbers
from matrix_checks.derivations.equality.failures import FAILURES
from matrix_checks.derivations.equality.verdicts import HOLDS
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.values.exercise import meanings_of

TRUE_THERE = "it is true of the numbers of the example, and may be said of them"
NOT_JUDGED = "the numbers of an example are not judged"


def unsure_numbers(claim: Claim) -> str:
    """Whether it is said of numbers of an example that are not computed."""
    if claim.decision.reason.startswith(IN_EXAMPLE):
        return "the numbers of the example were changed in words" if claim.surroundings.changes_example else ""
    if are_numbers_alone(*claim.sides):
        return ""
    names = claim.left.names | claim.right.names
    if any(_is_of_numbers(claim.context, name) for name in names) or _is_at_step(claim) or any(map(_is_put_in, claim.sides)):
        return NOT_JUDGED
    at_numbers = any(isinstance(index, kinds.Number) for part in claim.parts(kinds.Indexed) for index in part.bound)
    written = any(are_numbers(tokens) for tokens in claim.tokens) or (at_numbers and ZERO in claim.sides)
    numbers = written or _is_computed(claim) or _has_put_in(claim)
    memory = claim.context.memory
    has_numbers = memory.examples or memory.has_numbers_in_code or claim.context.components or _has_numbers(claim.context)
    in_example = claim.surroundings.example or bool(has_numbers)
    if in_example and numbers:
        return NOT_JUDGED
    return TRUE_THERE if memory.examples and _is_true_in_example(claim) else ""


def _is_true_in_example(claim: Claim) -> bool:
    """Whether it is true of the numbers of the example, some of which may have been put in: ``gradInput = y(g - 1/2)``."""
    try:
        found = by_numbers(claim.context.setting(), claim.left, claim.right)
    except FAILURES:
        return False
    return found is not None and found.verdict == HOLDS


def _is_at_step(claim: Claim) -> bool:
    """Whether arrays have numbers, and a side is made of numbers and a step: ``J(S + h) - J(S) = 2h``."""
    known = {name for view in claim.context.views for name in view.names}
    steps = [side for side in claim.sides if side.names and side.names.isdisjoint(known) and kinds.Number in side.kinds]
    return bool(claim.context.memory.examples) and bool(steps)


def _is_put_in(side: kinds.Node) -> bool:
    """Whether a side is computed from several numbers, ``(7 - 6)^2``: the numbers of an example were put in."""
    is_array = not side.kinds.isdisjoint((kinds.Tuple, kinds.Matrix))
    return not side.names and not is_array and sum(isinstance(part, kinds.Number) and part != ZERO for part in side.everything) > 2


def _has_numbers(context: Context) -> bool:
    """Whether the text has set letters equal to numbers: ``x = 5``, ``a = 2`` and ``s = 1`` give a ``J``, too."""
    meanings = (kinds.bare(body) for name in context.own for body in meanings_of(context.views, name))
    return any(isinstance(body, kinds.Number) for body in meanings)


def _is_computed(claim: Claim) -> bool:
    """Whether a side is made of numbers alone, and is not zero."""
    return any(not side.names and side != ZERO for side in claim.sides)


def _has_put_in(claim: Claim) -> bool:
    """Whether a side has the numbers of an example in the place of its arrays: ``r(1 - 1 - 0)``."""
    if not claim.context.memory.examples:
        return False
    # Behind S = 3, J(S) = (4 - S)^2 + (4 - 2S)^2 is no matrix to which a number is added.
    is_misfit = bool(claim.decision.shape_errors) and claim.decision.attempt is None
    return any(_is_of_put_in(claim.context, side) or (is_misfit and _adds_number(side)) for side in claim.sides)


def _adds_number(side: kinds.Node) -> bool:
    """Whether a number is added to something with letters, or taken away from it."""
    terms = [set(map(kinds.bare, part.terms)) for part in side.everything if isinstance(part, kinds.Add)]
    return any(any(isinstance(each, kinds.Number) for each in some) and any(each.names for each in some) for some in terms)


def _is_of_put_in(context: Context, side: kinds.Node) -> bool:
    """Whether a side has several numbers, and no letters but those of numbers, or small ones for matrices of a single entry."""
    count = sum(isinstance(part, kinds.Number) for part in side.everything)
    sizes = {letter for view in context.views for letter in view.letters}
    small = {name for name in side.names if name.islower() and name.upper() in context.arrays}
    return count > 1 and all(name in small or (name not in sizes and context.may_be_number(name)) for name in side.names)


def _is_of_numbers(context: Context, name: str) -> bool:
    """Whether a name of the text's own stands for an array of numbers, and may be the exercise's in another letter."""
    bodies = meanings_of(context.views, name) if name in context.own else []
    return any(isinstance(kinds.bare(body), (kinds.Matrix, kinds.Tuple)) and not body.names for body in bodies)


def beyond_example(claim: Claim) -> str:
    """An example of other sizes than the reader takes it for has other entries."""
    leaves = any("an index leaves" in str(error) for error in claim.decision.shape_errors)
    return "an entry that the example does not have was not understood" if leaves else ""


def numbers_of_case(claim: Claim) -> str:
    """The letters of a case may have numbers that words give, and are given some."""
    named = kinds.whole_of(claim.left)
    letters = {named.text, named.text.upper()} if isinstance(named, kinds.Name) else set()
    if not claim.right.names and any(is_variable(claim.context, letter) for letter in letters):
        return "a value that is given to a variable is not judged"
    return NOT_JUDGED if _has_put_in(claim) or _is_computed(claim) else ""
