"""What stands below a symbol in ways that some mean otherwise: where shapes differ, it may be that other way."""

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.equality.letters_of_sizes import counts_of
from matrix_checks.derivations.equality.some_convention import holds_in_some_convention
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.names.named_jacobians import JACOBIAN
from matrix_checks.derivations.reading.dots_below import sums_by_dots
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.reading.tokens import without_braces

# Letters that number objects, layers or steps.
UPPER = frozenset("ijklmnpqst")
# Letters of variables that are indices to some.
INDICES = ("b", "c")


def _shapes_differ(claim: Claim) -> bool:
    attempt = claim.decision.attempt
    return attempt is None or attempt.left[0].shape != attempt.right[0].shape


def upper_letters(claim: Claim) -> str:
    """In ``y_i^n`` the letter above may be the number of an object, and no exponent."""
    for part in claim.parts(kinds.Power):
        assert isinstance(part, kinds.Power)
        if isinstance(part.body, kinds.Indexed) and isinstance(part.exponent, kinds.Name) and part.exponent.text in UPPER:
            return f"the letter {part.exponent.text} above an entry may be no exponent"
    return ""


def indices_too_many(claim: Claim) -> str:
    """In ``f_{i,j}`` the comma may mean a derivative, and in ``y_i^n`` the letter above an object, where the array has one index.

    A capital letter with two indices is a matrix: where the reader has a column for it, it took the letter for another one.
    """
    may_be_none = any("," in tokens or _has_letter_above(tokens) for tokens in claim.tokens)
    does_not_fit = any(str(error).startswith("two indices at") for error in claim.decision.shape_errors)
    if does_not_fit and claim.parts(kinds.Derivative) and any(_is_in_brackets(part) for part in claim.parts(kinds.Indexed)):
        return "the entries of what stands in brackets may be those of its derivative"
    for part in claim.parts(kinds.Indexed):
        assert isinstance(part, kinds.Indexed)
        is_matrix = does_not_fit and isinstance(part.body, kinds.Name) and part.body.text.removeprefix("\\")[0].isupper()
        if (
            (may_be_none or is_matrix)
            and len(part.indices) == 2
            and isinstance(part.body, kinds.Name)
            and "1" in (claim.context.shape_of(part.body) or ())
        ):
            return f"one of the indices at {part.body.text} may be none"
    return ""


def _is_in_brackets(part: Node) -> bool:
    """Whether two indices stand behind brackets: ``[Ax]_{i,j}``."""
    return isinstance(part, kinds.Indexed) and len(part.indices) == len("ij") and isinstance(part.body, kinds.Group)


def _has_letter_above(tokens: list[Token]) -> bool:
    behind = zip(without_braces(tokens), without_braces(tokens)[1:])
    return any(one == "^" and other in UPPER for one, other in behind)


def dots_below(claim: Claim) -> str:
    """A dot below a letter that is all of a side is a whole row to some, and the sum over it to others."""
    sizes = counts_of(claim.context.views, claim.context.memory)
    may_sum = any(sums_by_dots(tokens) and len(side.names - sizes) == 1 for tokens, side in zip(claim.tokens, claim.sides))
    return "it is not said whether one sums over an index with a dot in its place" if may_sum and _shapes_differ(claim) else ""


def variables_below(claim: Claim) -> str:
    """The ``J_F`` of a text may be the Jacobian of ``F``, and no derivative by ``F``; an ``L_b`` the loss of one of several."""
    variables = {name for view in claim.context.views for name in view.names - set(view.letters)}
    is_below = _shapes_differ(claim) and any(_stands_below(tokens, variables) for tokens in claim.tokens)
    return "it is not said whether a variable below a symbol is what is differentiated by" if is_below else ""


def sums_left_out(claim: Claim) -> str:
    """A sum may be left out inside another, where the text leaves out sums, or in a chain rule, where it writes them elsewhere."""
    if not claim.context.memory.sums_repeated or not claim.parts(kinds.Sum):
        return _chain_without_sum(claim)
    ours, theirs = (set(free_indices(side, ())) for side in claim.sides)
    return "it is not sure over which of its indices one sums" if ours ^ theirs else ""


def _chain_without_sum(claim: Claim) -> str:
    r"""A chain rule in symbols alone may be meant with its sum, as in ``\\frac{\\partial L}{\\partial y_i}\\frac{\\partial y_i}{\\partial\\mu}``."""
    if not claim.context.memory.writes_sums or claim.parts(kinds.Sum):
        return ""
    ours, theirs = (set(free_indices(side, ())) for side in claim.sides)
    left, right = _with_sums(claim.left, theirs), _with_sums(claim.right, ours)
    if (left, right) == claim.sides:
        return ""
    setting = claim.context.setting()
    is_meant = holds_in_some_convention(setting, left, right)
    return "it is true with the sum that its chain rule leaves out" if is_meant else ""


def _with_sums(side: Node, kept: set[str]) -> Node:
    """A side with each product of nothing but derivatives summed over what stands in it and is not kept."""
    if isinstance(side, kinds.Add):
        return kinds.Add(tuple(_with_sums(term, kept) for term in side.terms))
    if not isinstance(side, kinds.Product) or not all(isinstance(factor, kinds.Derivative) for factor in map(bare, side.factors)):
        return side
    found: Node = side
    for index in sorted(set(free_indices(side, ())) - kept):
        found = kinds.Sum(index, None, None, None, found)
    return found


def _stands_below(tokens: list[Token], variables: set[str]) -> bool:
    letters = without_braces(tokens)
    return any(
        sign == "_" and (one == JACOBIAN or (by in INDICES and str(one).isalpha())) and by in variables
        for one, sign, by in zip(letters, letters[1:], letters[2:])
    )
