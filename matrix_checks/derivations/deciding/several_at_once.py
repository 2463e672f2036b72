"""Equalities that say several things at once: with a plus or minus, or up to terms that do not depend on the variable."""

from collections.abc import Callable
from dataclasses import replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.deciding.deciding import decide
from matrix_checks.derivations.equality.equality import Decision
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.names.extrema import as_gradients, is_extremum
from matrix_checks.derivations.reading.constants import CONSTANT
from matrix_checks.derivations.reading.precedence import DOUBLE_SIGNS
from matrix_checks.derivations.reading.tex import NotUnderstood, tokenize

UP_TO_CONSTANTS = "up to terms that do not depend on the variable"
OF_EXTREMA = "where something is least, or largest, is not judged"
ON_ONE_SIDE = "a plus or minus on one side only was not understood"
IN_A_DERIVATIVE = "a constant in a derivative is not known"
# For the reader's time.
MOST_VARIABLES = 4


def decide_all(setting: Setting, left: kinds.Node, right: kinds.Node, asked: Callable[[], list[str]]) -> Decision:
    """The decision on an equality: the worst one of all that it says at once, the best one of all variables that it may speak of.

    Parameters
    ----------
    setting, left, right
        What is decided, and where.
    asked
        Gives the variables that the exercise asks for.
    """
    if is_extremum(left) or is_extremum(right):
        same = any(decide(setting, *sides).verdict == HOLDS for sides in as_gradients(left, right))
        return Decision(Equality(left, right), HOLDS if same else NOT_UNDERSTOOD, "" if same else OF_EXTREMA)
    if any(_has(side, DOUBLE_SIGNS) for side in (left, right)):
        found = [decide_all(setting, _signed(left, upper), _signed(right, upper), asked) for upper in (True, False)]
        worst = next((each for each in found if each.verdict == FALSE), None)
        if worst and not all(_has(side, DOUBLE_SIGNS) for side in (left, right)):
            return Decision(Equality(left, right), NOT_UNDERSTOOD, ON_ONE_SIDE)
        return worst or next((each for each in found if each.verdict != HOLDS), replace(found[0], as_written=False))
    if any(_has(side, (CONSTANT,)) for side in (left, right)):
        if any(
            isinstance(kinds.bare(one), kinds.Derivative) and _ends_in_constant(other)
            for one, other in ((left, right), (right, left))
        ):
            return Decision(Equality(left, right), NOT_UNDERSTOOD, IN_A_DERIVATIVE)
        return _up_to_constants(setting, left, right, asked())
    decision = decide(setting, left, right)
    freed = [_with_constants(side, setting.memory.constants) for side in (left, right)]
    # A derivative has no term that is left open.
    is_derived = any(kinds.Derivative in side.kinds or kinds.Differentiated in side.kinds for side in (left, right))
    return (
        decision
        if decision.verdict != FALSE or is_derived or freed == [left, right]
        else _up_to_constants(setting, freed[0], freed[1], asked())
    )


def _ends_in_constant(node: kinds.Node) -> bool:
    """Whether a constant is a term of a side."""
    terms = node.terms if isinstance(node, kinds.Add) else ()
    return any(isinstance(term, kinds.Function) and term.name == CONSTANT for term in terms)


def _with_constants(node: kinds.Node, names: set[str]) -> kinds.Node:
    """A side with letters that are said to be constants, and not which, as such: where they are terms of it."""

    def change(term: kinds.Node) -> kinds.Node:
        if isinstance(term, kinds.Negative):
            return term.rebuilt(change)
        return kinds.Function(CONSTANT, ()) if isinstance(term, kinds.Name) and term.text in names else term

    return node.rebuilt(change) if isinstance(node, kinds.Add) else node


def _has(node: kinds.Node, names: tuple[str, ...]) -> bool:
    return any(name in node.texts for name in names)


def _signed(node: kinds.Node, upper: bool) -> kinds.Node:
    """The expression with the upper one of each two signs, or with the lower one."""
    changed = node.rebuilt(lambda part: _signed(part, upper))
    if not isinstance(changed, kinds.Function) or changed.name not in DOUBLE_SIGNS:
        return changed
    return changed.arguments[0] if (changed.name == "\\pm") == upper else kinds.Negative(changed.arguments[0])


def _up_to_constants(setting: Setting, left: kinds.Node, right: kinds.Node, variables: list[str]) -> Decision:
    """Whether the two sides differ by terms only that do not depend on one of the variables, at least."""
    equality = Equality(left, right)
    if not all(map(_is_added, equality.sides)):
        return Decision(equality, NOT_UNDERSTOOD, "a constant that is no term of a side was not understood")
    bare = [_without_constants(side) for side in equality.sides]
    if not any(_has(_differentiated_parts_left_out(side), (CONSTANT,)) for side in equality.sides):
        # All of them are differentiated.
        return replace(decide(setting, *bare), as_written=False)
    found: list[Decision] = []
    for variable in variables[:MOST_VARIABLES]:
        derived = [kinds.Derivative(side, kinds.Name(variable)) for side in bare]
        decision = decide(setting, *derived)
        if decision.verdict == HOLDS:
            return Decision(equality, HOLDS, UP_TO_CONSTANTS, as_written=False)
        found.append(decision)
    doubt = next((each for each in found if each.verdict != FALSE), None)
    if doubt is not None or not found:
        return Decision(equality, NOT_UNDERSTOOD, doubt.reason if doubt and doubt.reason else "what is constant was not understood")
    return replace(found[0], as_written=False)


def _is_added(node: kinds.Node) -> bool:
    """Whether every constant inside is a term: numbers and signs may stand before it, and a derivative of all may be taken."""
    if not _has(node, (CONSTANT,)) or node == kinds.Function(CONSTANT, ()):
        return True
    if isinstance(node, (kinds.Add, kinds.Negative, kinds.Group)):
        return all(map(_is_added, node.parts))
    if isinstance(node, kinds.Derivative):
        return _is_added(node.top)
    if isinstance(node, kinds.Product):
        holding = [factor for factor in node.factors if _has(factor, (CONSTANT,))]
        others = [factor for factor in node.factors if factor not in holding]
        is_scaled = not any(factor.names for factor in others) or isinstance(others[0], kinds.Operator)
        return len(holding) == 1 and is_scaled and _is_added(holding[0])
    return False


def _differentiated_parts_left_out(node: kinds.Node) -> kinds.Node:
    """The expression with zeros in the place of derivatives, and of products with an operator before all."""
    if isinstance(node, kinds.Derivative) or (isinstance(node, kinds.Product) and kinds.Operator in node.kinds):
        return ZERO
    return node.rebuilt(_differentiated_parts_left_out)


def _without_constants(node: kinds.Node) -> kinds.Node:
    if node == kinds.Function(CONSTANT, ()):
        return ZERO
    return node.rebuilt(_without_constants)


def asked_variables(context: Context) -> list[str]:
    """The names of what the exercise asks for the derivatives by."""
    found: dict[str, None] = {}
    for question in context.questions:
        try:
            node = context.parse(tokenize(question.asked, context.words))
        except NotUnderstood:
            continue
        bodies = [node, *(each.body for view in context.views for name in node.names for each in view.definitions.get(name, ()))]
        derivatives = (part for body in bodies for part in body.everything if isinstance(part, kinds.Derivative))
        found |= {part.bottom.text: None for part in derivatives if isinstance(part.bottom, kinds.Name) and part.bottom.text}
    return list(found)
