"""What claims nothing: a value, a size or a property that is given to a variable, and an equation that is solved."""

import re

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.changes import CHANGE
from matrix_checks.derivations.equality.interpretations import IDENTITIES, OF_ANY_SIZE
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ONE, ZERO
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.prose import words
from matrix_checks.derivations.reading.tex import Token, text_of
from matrix_checks.derivations.values.exercise import View, meanings_of

ONES = "\\ones"
# They are constants in a layer that is evaluated.
STATISTICS = (kinds.Name("\\mu"), kinds.Name("\\sigma"))
_SETS = re.compile(
    r"(?i)(?:\b(?:with|where|let|set(?:ting)?|put(?:ting)?|tak(?:e|ing)|for|com|con|mit|avec|pour|para|sea|seja|sia|soit|sei|setze|dla|niech)|при|пусть|где|для|нехай|[设令取])[\s:]*\$+[^$]*\$*\s*$"
)
_WITHOUT_BRACES = str.maketrans("", "", " {}")
# Of what a variable is set equal to.
OF_SOLUTION = "the solution of an equation is not judged"


def gives_value(claim: Claim) -> str:
    """Nobody says of a variable that it is a number, or of its differential that it is zero: it is chosen."""
    left, right = claim.left, claim.right
    name = _with_property(claim.context, *((right, left) if left == ZERO else (left, right)))
    if name:
        claim.surroundings.hypothetical.add(name)
    if name or _is_symmetry(claim.context, left, right):
        return "a property that is given to a variable is not judged"
    if claim.place.is_first and not right.names and (length := _with_length(claim.context, left)):
        claim.surroundings.suppose({length})
        return "a length that is given to a variable is not judged"
    if right == ZERO and claim.place.is_first and _is_chosen(claim.context, left):
        return "a value that is given to a variable is not judged"
    entry, other = name_of_entry(left), name_of_entry(right)
    # The b_{21} of a matrix B may stand in a table of numbers.
    is_of_variable = is_variable(claim.context, entry) or (entry.islower() and is_variable(claim.context, entry.upper()))
    is_entry = claim.place.is_first and entry != "" and is_of_variable
    if is_entry and (not right.names or (other != entry and is_variable(claim.context, other))):
        return "a value that is given to an entry of a variable is not judged"
    if isinstance(left, kinds.Name) and left.text in claim.context.steps:
        return "a value that is given to a step is not judged"
    if claim.place.is_first and isinstance(right, kinds.Number) and _is_own_number(claim.context, left):
        return "another number is given to a letter"
    if _is_set(claim):
        claim.surroundings.redefined |= left.names
        return "another meaning is given to a variable"
    is_whole = isinstance(left, kinds.Name) and is_variable(claim.context, left.text)
    if (is_whole or (entry and is_of_variable)) and holds_inverse(right):
        return OF_SOLUTION
    if is_whole:
        # The weights of two layers may be tied, so that one matrix is the transpose of the other.
        given = bare(right.body) if isinstance(right, kinds.Transposed) else right
        is_other = isinstance(given, kinds.Name) and (given.text in OF_ANY_SIZE or is_variable(claim.context, given.text))
        is_known = isinstance(right, kinds.Indexed) and right.names <= OF_ANY_SIZE
        if is_other or is_known or isinstance(right, kinds.Number) or are_numbers(claim.tokens[1]):
            return "a value that is given to a variable is not judged"
    return "a value that nothing is given for is not judged" if _is_value_of_example(claim) else ""


def _with_length(context: Context, node: kinds.Node) -> str:
    """The variable of the exercise that a side is the length of, or the square of that; empty for anything else."""
    norm = node.body if isinstance(node, kinds.Power) else node
    inside = bare(norm.body) if isinstance(norm, kinds.Norm) else None
    return inside.text if isinstance(inside, kinds.Name) and is_variable(context, inside.text) else ""


def _is_value_of_example(claim: Claim) -> bool:
    """Whether numbers are given for what the exercise makes of its variables, or for labels, and none for what these are made of."""
    context, left = claim.context, claim.left
    if not claim.place.is_first or not isinstance(left, kinds.Name) or not are_numbers(claim.tokens[1]):
        return False
    if isinstance(claim.right, kinds.Number) and left not in STATISTICS:
        # Of one number it is asked whether it is right.
        return False
    behind = {each for view in context.views if left.text in view.names for each in view.behind(left.text)}
    return left.text in context.memory.labels or (
        bool(behind) and behind.isdisjoint(context.memory.examples) and not context.memory.given
    )


def _is_set(claim: Claim) -> bool:
    """Whether a variable is set equal to what cannot be it, behind words such as "with": a rule is used with ``A = X^\\top X``."""
    left, right = claim.sides
    is_free = isinstance(left, kinds.Name) and is_variable(claim.context, left.text) and left.text not in right.names
    return is_free and claim.place.is_first and not claim.fits and _SETS.search(claim.surroundings.paragraph) is not None


def _is_own_number(context: Context, node: kinds.Node) -> bool:
    """Whether it is a letter that the text has set equal to a number: there were ``H = 1`` layers, and now there are ``H = 2``."""
    if not isinstance(node, kinds.Name):
        return False
    if len(node.text) == 1 and node.text.islower() and node.text.upper() in context.arrays and node.text not in context.arrays:
        # In the case of numbers, the small letter is the only entry of its matrix.
        return True
    meanings = meanings_of(context.views, node.text) if node.text in context.own else []
    return bool(meanings) and all(isinstance(body, kinds.Number) for body in meanings)


def names_gradient(context: Context, source: str) -> bool:
    """Whether a formula begins with the text's own name of a gradient: "for two layers ``\\delta_1 = ...``" claims something."""
    name = source.partition("=")[0].translate(_WITHOUT_BRACES)
    meant = meanings_of(context.views, name) if name in context.own else []
    return any(isinstance(body, kinds.Derivative) for body in meant)


def name_of_entry(node: kinds.Node) -> str:
    """The ``x`` of ``x_1``; empty for anything else."""
    return node.body.text if isinstance(node, kinds.Indexed) and isinstance(node.body, kinds.Name) else ""


def holds_inverse(node: kinds.Node) -> bool:
    """Whether something is inverted in it."""
    return any(isinstance(part, kinds.Power) and isinstance(part.exponent, kinds.Negative) for part in node.everything)


def _is_chosen(context: Context, node: kinds.Node) -> bool:
    """Whether it is the change of a variable, or of what is held fixed in a mode: ``dA``, ``\\Delta A`` and ``d\\mu``."""
    if isinstance(node, kinds.Differentiated):
        body = bare(node.body)
        return isinstance(body, kinds.Name) and (is_variable(context, body.text) or body in STATISTICS)
    return isinstance(node, kinds.Name) and node.text.startswith(CHANGE) and is_variable(context, node.text[len(CHANGE) :])


def _with_property(context: Context, left: kinds.Node, right: kinds.Node) -> str:
    """The variable that is orthogonal, ``A^T A = I``, or of length one, or of which the entries add up to zero; empty for none."""
    side = right.body if isinstance(right, kinds.Indexed) else right
    is_unit = side == ONE or (isinstance(side, kinds.Name) and side.text in IDENTITIES)
    is_identity = is_unit and isinstance(left, kinds.Product)
    is_sum = right == ZERO and not left.kinds.isdisjoint((kinds.Sum, kinds.Product)) and kinds.Derivative not in left.kinds
    names = left.names - {ONES}
    name = next(iter(names)) if len(names) == 1 else ""
    # The a_1 of a_1^T a_1 = 1 may be a column of A.
    is_alone = name and (is_variable(context, name) or is_variable(context, name.upper()))
    if is_identity and isinstance(left, kinds.Product):
        one, *others = left.factors
        is_alone = is_alone and [bare(each) for each in others] == [bare(one)] and (one, *others).count(bare(one)) == 1
    return name if is_alone and (is_identity or is_sum) else ""


def _is_symmetry(context: Context, left: kinds.Node, right: kinds.Node) -> bool:
    """Whether the entries of a variable are exchanged: ``A_{kl} = A_{lk}``."""
    if not isinstance(left, kinds.Indexed) or not isinstance(right, kinds.Indexed) or left.body != right.body:
        return False
    is_of_variable = isinstance(left.body, kinds.Name) and is_variable(context, left.body.text)
    return is_of_variable and left.indices != right.indices and set(left.indices) == set(right.indices)


def is_variable(context: Context, name: str) -> bool:
    """Whether the exercise has it as a variable."""

    def variables(view: View) -> dict[str, tuple[str, str]]:
        return (view.origin or view).variables

    return any(view.aliases.get(name, name) in variables(view) for view in context.views)


def are_numbers(tokens: list[Token]) -> bool:
    """Whether nothing but numbers is written, in brackets or a matrix; a zero alone is none of an example."""
    text = text_of(tokens)
    return words.NUMBERS.fullmatch(text) is not None and any(each in "123456789" for each in text)
