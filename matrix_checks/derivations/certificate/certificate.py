"""The certificate of a false verdict: the conditions that all have to be met, in a table with a row for each.

A step that is false under every admissible reading is called false only where each condition is met; otherwise it is not
understood, and the sentence of the condition that is not met says why. Whoever finds another kind of right step that was
called false adds a function here, and its row to ``CONDITIONS``.
"""

from collections.abc import Callable
from typing import NamedTuple

from matrix_checks.derivations.certificate.doubtful_cases import compares_ranges, may_be_of_other_case
from matrix_checks.derivations.certificate.doubtful_dots import unsure_dots, unsure_rows
from matrix_checks.derivations.certificate.doubtful_examples import beyond_example, numbers_of_case, unsure_numbers
from matrix_checks.derivations.certificate.doubtful_names import another_meaning, is_linear_map
from matrix_checks.derivations.certificate.doubtful_shapes import is_habit, reaches_unsurely
from matrix_checks.derivations.certificate.doubtful_sizes import (
    constant_of_entries,
    may_be_of_number,
    may_be_of_small_case,
    varies_a_size,
)
from matrix_checks.derivations.certificate.doubtful_subscripts import (
    dots_below,
    indices_too_many,
    sums_left_out,
    upper_letters,
    variables_below,
)
from matrix_checks.derivations.certificate.doubtful_tokens import unsure_tokens
from matrix_checks.derivations.certificate.functions_between import rests_on_function
from matrix_checks.derivations.certificate.general_rules import may_be_general
from matrix_checks.derivations.certificate.hypotheses_around import held_fixed, qualified_behind, set_to_zero, under_hypothesis
from matrix_checks.derivations.certificate.layers_in_other_order import is_of_layer_in_columns
from matrix_checks.derivations.certificate.left_out_differentials import may_hold_fixed
from matrix_checks.derivations.certificate.left_out_epsilon import leaves_out_epsilon
from matrix_checks.derivations.certificate.letters_of_own_kind import may_be_more
from matrix_checks.derivations.certificate.missing_means import is_of_every_layer, is_of_one_object, is_of_population, misses_mean
from matrix_checks.derivations.certificate.naming import depends_surely, is_cut_surely, is_known_enough, is_taken_surely, may_name
from matrix_checks.derivations.certificate.normal_equations import follows_from_zero
from matrix_checks.derivations.certificate.other_functions import is_of_another_function, is_of_variant, may_be_of_own_function
from matrix_checks.derivations.certificate.rows_unsaid import is_true_of_rows
from matrix_checks.derivations.certificate.simpler_cases import is_simpler
from matrix_checks.derivations.certificate.unsaid_cases import may_be_of_case
from matrix_checks.derivations.certificate.upstream_of_own_loss import may_be_upstream
from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.dependence import unknown_dependence
from matrix_checks.derivations.context.free_parameters import is_without_argument
from matrix_checks.derivations.context.given_values import gives_value, is_variable
from matrix_checks.derivations.context.squares import shifted_roots
from matrix_checks.derivations.context.strangers import stranger_beside_defined
from matrix_checks.derivations.deciding.approximations import are_numbers_alone
from matrix_checks.derivations.deciding.computed_numbers import IN_EXAMPLE
from matrix_checks.derivations.deciding.general_gradients import may_be_of_columns
from matrix_checks.derivations.deciding.losses_of_entries import LOSS, may_be_of_entry
from matrix_checks.derivations.equality.deviation import without_labels
from matrix_checks.derivations.equality.rows_and_columns import takes_row
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.letters.adjoints import is_added_up
from matrix_checks.derivations.letters.differentiated_parts import is_by_own_name
from matrix_checks.derivations.letters.jacobians_of_steps import acts_on_step
from matrix_checks.derivations.letters.letters_of_examples import is_of_example
from matrix_checks.derivations.letters.partials_by_letter import partials
from matrix_checks.derivations.letters.running_statistics import are_fixed, is_kept_surely
from matrix_checks.derivations.names.entries_of_functions import depends

DERIVATIVES = (kinds.Derivative, kinds.Differential)


def _letters(claim: Claim) -> str:
    """A function of the writer's own is known by its name only; a derivative needs to know how its top depends on its bottom."""
    if is_linear_map(claim):
        return "a derivative that is the function itself was not understood: it may be meant as a linear map"
    for part in claim.parts(kinds.Product):
        assert isinstance(part, kinds.Product)
        for one, behind in zip(part.factors, part.factors[1:]):
            if isinstance(one, kinds.Name) and isinstance(behind, kinds.Group) and one.text in claim.context.functions:
                return f"the function {one.text} is the text's own, and its values are not known"
    for part in claim.parts(kinds.Differential):
        assert isinstance(part, kinds.Differential)
        if not (claim.context.own - _functions_of(claim.context, part.point)).isdisjoint(part.body.names):
            return "a differential of what is the text's own was not understood"
    stranger = stranger_beside_defined(claim)
    if stranger:
        return f"it is not said what {stranger} is"
    if claim.decision.attempt is None and is_by_own_name(claim):
        return "it is not sure how what is differentiated depends on a name of the text's own"
    return unknown_dependence(claim.context, *claim.sides)


def _functions_of(context: Context, point: kinds.Node) -> set[str]:
    """The names of functions that the text introduced with this very argument."""
    points = {view.aliases.get(point.text, point.text) for view in context.views} if isinstance(point, kinds.Name) else set()
    found = (
        (name, {view.aliases.get(argument, argument) for view in context.views}) for name, argument in context.functions.items()
    )
    # What does not depend on its argument was not introduced as a function of it.
    return {name for name, arguments in found if arguments == points and depends(context.views, name, context.functions[name])}


def _indices(claim: Claim) -> str:
    """What stands below a symbol is an index, and no variable: the ``J_x`` of a function of ``x`` is a name of its own."""
    for part in claim.parts(kinds.Indexed):
        if without_labels(part, claim.context.views) != part:
            continue
        is_computed = claim.decision.reason.startswith(IN_EXAMPLE)
        if isinstance(part, kinds.Indexed) and not is_computed and _is_line(claim.context, part):
            return "it is not said whether a matrix with one index is a row or a column"
        if isinstance(part, kinds.Indexed) and len(part.indices) == 1 and _is_gradient_of_matrix(claim.context, part.body):
            return "it is not said what one index at the derivative by a matrix means"
        for index in part.bound:
            if isinstance(index, kinds.Name) and is_variable(claim.context, index.text):
                return f"what stands below a symbol, {index.text}, is no index"
    return _entries_of_array(claim)


def _entries_of_array(claim: Claim) -> str:
    r"""The ``(\delta_{ij}y_i)`` of an equality without indices is a matrix by its entries."""
    for one, other in (claim.sides, claim.sides[::-1]):
        terms = other.terms if isinstance(other, kinds.Add) else (other,)
        if not free_indices(one, ()) and any(isinstance(term, kinds.Group) and len(free_indices(term, ())) > 1 for term in terms):
            return "it is not said what the indices in brackets run over"
    return ""


def _is_gradient_of_matrix(context: Context, node: kinds.Node) -> bool:
    """Whether it is a derivative by a matrix; an index at it may say which object's part it is, as in ``(dL/dW)_n``."""
    derivative = bare(node)
    if not isinstance(derivative, kinds.Derivative) or not isinstance(derivative.bottom, kinds.Name):
        return False
    name = derivative.bottom.text
    return any("1" not in view.variables.get(view.aliases.get(name, name), ("1", "1")) for view in context.views)


def _factors(node: kinds.Node) -> tuple[kinds.Node, ...]:
    """The factors of a product, as of a chain rule; anything else is its only one."""
    return node.factors if isinstance(node, kinds.Product) else (node,)


def _stacking(claim: Claim) -> str:
    """Magnus and Neudecker write the derivative of a number by a matrix as the row ``(vec B')'``."""
    attempt = claim.decision.attempt
    derived = [all(isinstance(bare(part), DERIVATIVES) for part in _factors(side)) for side in claim.sides]
    if attempt is None or not any(derived) or all(derived):
        return ""
    stacked = claim.sides[0 if derived[1] else 1]
    is_vec = any(isinstance(part, kinds.Function) and part.name == "vec" for part in stacked.everything)
    left, right = attempt.left[0].shape, attempt.right[0].shape
    same_number = left[0] * left[1] == right[0] * right[1]
    return "it is not said whether the entries of a derivative are stacked" if is_vec and same_number and left != right else ""


def _is_line(context: Context, node: kinds.Indexed) -> bool:
    """Whether it is ``A_i``: a small letter is that of an entry, or its interpretations are tried."""
    is_matrix = isinstance(node.body, kinds.Name) and node.body.text.isupper()
    return is_matrix and any(takes_row(view, node) for view in context.views)


def _left_side(claim: Claim) -> str:
    return "" if claim.place.is_whole else "it is not sure what stands on its left side"


def _base(claim: Claim) -> str:
    """The logarithm of 100 may be 2."""
    logarithms = [part for part in claim.parts(kinds.Function) if isinstance(part, kinds.Function) and part.name == "log"]
    of_number = any(not argument.names for part in logarithms for argument in part.arguments)
    return "the base of the logarithm of a number is not said" if of_number and are_numbers_alone(*claim.sides) else ""


def _temperature(claim: Claim) -> str:
    """At temperature 2 the variable is divided by that."""
    numbers = {part.value for part in claim.parts(kinds.Number) if isinstance(part, kinds.Number)} - {0, 1, -1}
    return "the temperature that the text speaks of may be meant" if numbers and claim.context.memory.has_temperature else ""


def _sizes(claim: Claim) -> str:
    """For ``N = 1`` a column is a number, and for ``N = 2`` a matrix may be written out: shapes are no reason there."""
    if claim.decision.reason.startswith(IN_EXAMPLE):
        return ""
    numbered = any(isinstance(index, kinds.Number) for part in claim.parts(kinds.Indexed) for index in part.bound)
    if (numbered or claim.parts(kinds.Matrix)) and claim.context.memory.fixes_sizes and not claim.context.sizes:
        return "the text fixes sizes somewhere, and this may be said of them"
    attempt = claim.decision.attempt
    differ = attempt is None or attempt.left[0].shape != attempt.right[0].shape
    # A small letter is a row of a matrix, but a vector where that has one row or column.
    names = (claim.left.names | claim.right.names) - {LOSS}
    small = all(name.islower() and len(name) == 1 for name in names)
    are_fixed = claim.context.sizes or (claim.context.memory.fixes_sizes and small)
    return "the text fixes sizes, for which its shapes may be others" if are_fixed and differ else ""


class Condition(NamedTuple):
    """A condition of the certificate.

    Attributes
    ----------
    sentence
        What is sure where it is met.
    doubt
        Says what is not sure; empty where it is met.
    """

    sentence: str
    doubt: Callable[[Claim], str]


# Every token that cannot be read at all is found before an equality is decided, by ``Relations.judge``; that the equality is false
# under every admissible reading is found by :func:`matrix_checks.derivations.equality.equality.decide`, which also takes an undeclared
# letter for a doubt.
CONDITIONS = (
    Condition(
        "nothing around it says that it is wrong",
        lambda claim: "the text says that something is wrong" if claim.surroundings.denied else "",
    ),
    Condition("every token on both sides was understood", unsure_tokens),
    Condition("every letter is declared or introduced, and every function known", _letters),
    Condition("every function has its argument", is_without_argument),
    Condition("no derivative under a name of its own acts on a step", acts_on_step),
    Condition("the left side stands in the same chain", _left_side),
    Condition("nothing is set to zero around it that it may follow from", set_to_zero),
    Condition("it is not true where a gradient is zero", follows_from_zero),
    Condition("it gives no value to a variable", gives_value),
    Condition("no hypothesis speaks of its letters", under_hypothesis),
    Condition("it is not said of a loss that is one entry", may_be_of_entry),
    Condition("it is not said of a smaller case", may_be_of_small_case),
    Condition("no words may name the case in which it is true", may_be_of_case),
    Condition("it is not true in the other case of its indices", may_be_of_other_case),
    Condition("no words name another function", is_of_another_function),
    Condition("it is not said of another output, which the text states", is_of_variant),
    Condition("it does not say by a derivative what a function of the text's own is", may_be_of_own_function),
    Condition("a constant in it is one for all entries", constant_of_entries),
    Condition("what is added to a variable is no number", may_be_of_number),
    Condition("none of its names was given another meaning", another_meaning),
    Condition("it gives no letter the meaning of another root", shifted_roots),
    Condition("no epsilon is left out that the text never writes", leaves_out_epsilon),
    Condition("it is no simpler case of the exercise's own statement", is_simpler),
    Condition("it is not true of rows, of which the text does not speak", is_true_of_rows),
    Condition("its letters are no operators, rows or probabilities of the text's own", may_be_more),
    Condition("nothing that is differentiated in it is held fixed", held_fixed),
    Condition("no differential is left out in it of what may be held fixed", may_hold_fixed),
    Condition("no statistics are held fixed around it", are_fixed),
    Condition("it is said in which mode a statistic is kept", is_kept_surely),
    Condition("it is no example in numbers", unsure_numbers),
    Condition("none of its letters is an entry of an example", is_of_example),
    Condition("the base of its logarithms is known", _base),
    Condition("no number in it may be a temperature", _temperature),
    Condition("no size is fixed that would change its shapes", _sizes),
    Condition("no size varies in it", varies_a_size),
    Condition("it is sure where it begins", is_cut_surely),
    Condition("it gives no name", may_name),
    Condition("it is said what a D with an index is", partials),
    Condition("it is said that what stands below a number is what it is differentiated by", variables_below),
    Condition("it is sure at which point its derivatives are taken", is_taken_surely),
    Condition("it is sure on what its derivatives depend", depends_surely),
    Condition("its letters stand for anything of their shapes", is_known_enough),
    Condition("it is no rule for letters of other shapes than the exercise's", may_be_general),
    Condition("it is no rule for vectors in capital letters", lambda claim: may_be_of_columns(claim.context, *claim.sides)),
    Condition("it states no layer of columns", is_of_layer_in_columns),
    Condition("the rows of its matrices are sure", unsure_rows),
    Condition("how its dots go on is sure", unsure_dots),
    Condition("a dot below a symbol is no sum", dots_below),
    Condition("a letter above an entry is an exponent", upper_letters),
    Condition("an array has as many indices as stand at it", indices_too_many),
    Condition("no sum is left out inside another", sums_left_out),
    Condition("its shapes are no habit, and no mistake made before it", is_habit),
    Condition("how far its gradients reach is sure", reaches_unsurely),
    Condition("what stands below its symbols are indices", _indices),
    Condition("the indices of its case can be compared", compares_ranges),
    Condition("how the entries of its derivatives are laid out is sure", _stacking),
    Condition("it is not right but for the number of objects that a mean is taken over", misses_mean),
    Condition("no mean in it is taken of one number", is_of_population),
    Condition("it is said of which object its losses and entries are", is_of_one_object),
    Condition("it is said of which layer it is", is_of_every_layer),
    Condition("none of its names may be the gradient of the text's own loss", may_be_upstream),
    Condition("no function stands behind its layers that the exercise does not have", rests_on_function),
    Condition("no gradient in it is added up over several lines", is_added_up),
    # Last, for what is not understood for other reasons counts for the whole text.
    Condition("no words behind it say of what it is true", qualified_behind),
)
ALL_MET = tuple(condition.sentence for condition in CONDITIONS)


def doubt(claim: Claim) -> str:
    """Why a claim may not be called false; empty where all conditions are met."""
    return next((found for condition in CONDITIONS if (found := condition.doubt(claim))), "")


# Of what is said of a special case, whose letters and sizes are known.
IN_A_CASE = (CONDITIONS[0].doubt, unsure_tokens, _left_side, set_to_zero, unsure_dots, beyond_example, numbers_of_case)


def doubt_of_case(claim: Claim) -> str:
    """Why a claim in a special case may not be called false; empty where nothing stands against it."""
    return next((found for condition in IN_A_CASE if (found := condition(claim))), "")
