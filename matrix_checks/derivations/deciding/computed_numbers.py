r"""What is said of numbers in an example is computed: ``y = 16`` and ``\frac{dL}{dx} = (16, 32)``, where all that they need is given.

Nothing is called false for a number that may be rounded, or for what the example does not give.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from matrix_checks.derivations.deciding.approximations import decimals_of
from matrix_checks.derivations.equality.attempts import Attempt
from matrix_checks.derivations.equality.conventions import ways
from matrix_checks.derivations.equality.deviation import EPSILON
from matrix_checks.derivations.equality.equality import Decision, best_of, decide_as_read
from matrix_checks.derivations.equality.fitted_numbers import Fitted, fitted, upstream_names
from matrix_checks.derivations.equality.one_meaning import without_copies
from matrix_checks.derivations.equality.sides import Setting, evaluated, make_numbers
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.exercise import Definition
from matrix_checks.derivations.values.jets import Jet

NOT_ALL = "a numeric example of which not all numbers are given"
IN_EXAMPLE = "in the numbers of the example"
# Of what a number is that has decimals: whoever goes a small step from the example has other numbers.
NEAR = Decimal("0.1")
ROUNDED = 5
OF_ONE_DIGIT = Decimal("0.03")
MOST_SHOWN = 12
PLAIN = (kinds.Number, kinds.Negative, kinds.Group, kinds.Tuple, kinds.Matrix, kinds.Transposed)
OF_DIRECTIONS = (kinds.Derivative, kinds.PartialDifferential, kinds.Operator, kinds.Differential)


@dataclass(frozen=True)
class _Found:
    """What a view says: a decision, or the names of what is missing for one."""

    decision: Decision | None
    missing: tuple[str, ...] = ()


def by_numbers(setting: Setting, left: Node, right: Node) -> Decision | None:
    """The decision on what is said of the numbers of an example; ``None`` where that fits no view.

    Parameters
    ----------
    setting, left, right
        What is decided, and where.
    """
    equality = Equality(left, right)
    found: list[_Found] = []
    views = without_copies(setting.memory, setting.views, equality.sides)
    fitting = [
        (numbers, view) for view in views if (numbers := fitted(view, setting.memory, setting.steps, setting.sizes)) is not None
    ]
    # Of one layer and of several, those of which the text gives most.
    most = max((len(numbers.given) for numbers, _ in fitting), default=0)
    for numbers, view in fitting:
        if len(numbers.given) < most or not (left.names | right.names) <= view.names | setting.steps.keys() | {"e"}:
            continue
        found.append(_in_numbers(setting, numbers, equality))
        decision = found[-1].decision
        if decision is not None and decision.verdict == HOLDS:
            return decision
    decisions = [each.decision for each in found if each.decision is not None]
    turned = next((each for each in decisions if each.verdict == OTHER_LAYOUT), None)
    if turned is not None:
        return turned
    missing = next((each.missing for each in found if each.missing), ())
    # An example is one of the mode in which the text gives all that is needed, unless it speaks of the other mode.
    is_complete = bool(decisions) and not any(view.holds_statistics for view in setting.views)
    if missing and not is_complete:
        return Decision(equality, NOT_UNDERSTOOD, _lacks(setting, missing))
    upstream = name_of_upstream(setting, left)
    if upstream and decisions and not right.names:
        # It may be another example's.
        setting.memory.examples[upstream] = right
        return Decision(equality, NOT_UNDERSTOOD, "the loss of the example gives other numbers")
    # In D_v f(p) the numbers of v are a direction, and D_v may be read as a derivative by v; dx has numbers of its own.
    directions = setting.steps.keys() & setting.memory.examples.keys()
    is_directed = (
        equality.has(kinds.Differentiated)
        or not directions.isdisjoint(left.texts | right.texts)
        and any(equality.has(kind) for kind in OF_DIRECTIONS)
    )
    unsure = is_directed or setting.memory.example_changed or any(each.verdict != FALSE for each in decisions) or not decisions
    return None if unsure else decisions[0]


def name_of_upstream(setting: Setting, node: Node) -> str:
    """The exercise's name for the gradient that comes in, where a side is this; empty for anything else."""
    name = node.text if isinstance(node, kinds.Name) else ""
    meant = {view.aliases.get(name, name) for view in setting.views} & upstream_names(setting.views)
    return min(meant, default="")


def _in_numbers(setting: Setting, numbers: Fitted, equality: Equality) -> _Found:
    steps = {name: shape for name, shape in setting.steps.items() if name not in numbers.given}
    inner = replace(setting, views=(numbers.view,), steps=steps, sizes={**setting.sizes, **numbers.sizes}, ranges={})
    decided = [decide_as_read(inner, *sides) for sides in ways(*equality.sides, inner.views, setting.memory)]
    best = best_of(decided)
    is_list = any(isinstance(kinds.bare(side), kinds.Tuple) for side in equality.sides) or _is_list(setting, equality)
    if best.verdict == HOLDS or (best.verdict == OTHER_LAYOUT and is_list):
        return _Found(Decision(equality, HOLDS, "in the numeric example", as_written=False))
    if best.verdict == OTHER_LAYOUT:
        return _Found(replace(best, equality=equality))
    if any(decision.verdict != FALSE for decision in decided):
        return _Found(None)
    attempts = [decision.attempt for decision in decided if decision.attempt is not None]
    if not attempts or len(attempts) != len(decided):
        return _Found(None)
    missing = _missing(numbers, equality)
    if missing and not all(_is_determined(inner, attempt) for attempt in attempts):
        without = _in_numbers(setting, _without_epsilon(numbers), equality).decision if missing == (EPSILON.text,) else None
        return _Found(without) if without is not None and without.verdict == HOLDS else _Found(None, missing)
    if any(_is_rounded(equality, attempt) for attempt in attempts):
        return _Found(Decision(equality, HOLDS, "in the numeric example", as_written=False))
    if not all(_differ_surely(equality, attempt) for attempt in attempts):
        return _Found(Decision(equality, NOT_UNDERSTOOD, "numbers that may be rounded"))
    return _Found(Decision(equality, FALSE, _reason(equality, attempts[0]), attempt=attempts[0]))


def _is_list(setting: Setting, equality: Equality) -> bool:
    """Whether a gradient is written as a row, ``[2, 4]``, and so is what the example gives its variable: both are lists, as in programs."""
    bottoms = (part.bottom for side in equality.sides for part in side.everything if isinstance(part, kinds.Derivative))
    names = {view.aliases.get(each.text, each.text) for each in bottoms if isinstance(each, kinds.Name) for view in setting.views}
    given = [setting.memory.examples[name] for name in sorted(names & setting.memory.examples.keys())]
    return any(map(_is_row, equality.sides)) and any(map(_is_row, given))


def _is_row(node: Node) -> bool:
    inside = kinds.bare(node)
    return isinstance(inside, kinds.Matrix) and inside.columns == len(inside.entries) > 1


def _without_epsilon(numbers: Fitted) -> Fitted:
    """The numbers of an example whose writer does not speak of epsilon: it is too small to be seen in them."""
    view = numbers.view
    variables = {name: shape for name, shape in view.variables.items() if name != EPSILON.text}
    definitions = {**view.definitions, EPSILON.text: (Definition(ZERO),)}
    return replace(numbers, view=replace(view, variables=variables, definitions=definitions, origin=view.origin or view))


def _lacks(setting: Setting, missing: tuple[str, ...]) -> str:
    """What an example lacks, in the text's own names; a name with a word below is the exercise's, and no text has to know it."""
    called = {meant: name for view in setting.views for name, meant in view.aliases.items()}
    names = tuple(name if len(name.partition("_")[2]) < 2 else called.get(name, "") for name in missing)
    return f"a numeric example in which {' and '.join(names)} is not given" if all(names) else NOT_ALL


def _missing(numbers: Fitted, equality: Equality) -> tuple[str, ...]:
    """The variables behind an equality that have no numbers."""
    view = numbers.view
    reached = set[str]().union(*(view.reached_from(name) for name in equality.left.names | equality.right.names))
    return tuple(name for name in view.variables if name in reached)


def _is_determined(setting: Setting, attempt: Attempt) -> bool:
    """Whether both sides are the same for other random numbers in the place of what is not given."""
    try:
        again = evaluated(setting, make_numbers(setting, attempt.view, 1), attempt.equality, attempt.pair)
    except ValueError:
        return False
    for one, other in zip((attempt.left, attempt.right), again):
        if len(one) != len(other) or any(a.shape != b.shape or jets.difference(a, b) for a, b in zip(one, other)):
            return False
    return True


def _differ_surely(equality: Equality, attempt: Attempt) -> bool:
    """Whether two sides of so many entries differ by more than what is lost where numbers are rounded."""
    decimals = [
        part.value
        for side in equality.sides
        for part in side.everything
        if isinstance(part, kinds.Number) and part.value.denominator > 1
    ]
    are_fractions = any(isinstance(part, kinds.Quotient) for side in equality.sides for part in side.everything)
    digits = max(map(decimals_of, decimals), default=0)
    for one, other in zip(attempt.left, attempt.right):
        if one.value.size != other.value.size:
            return False
        pairs = list(zip(one.value.ravel(), other.value.ravel()))
        is_exact = not decimals and (are_fractions or all(_is_whole(value) for pair in pairs for value in pair))
        if is_exact:
            continue
        lost = [abs(a - b) > max(ROUNDED * Decimal(10) ** -digits, NEAR * max(abs(a), abs(b))) for a, b in pairs]
        if not any(lost):
            return False
    return True


def _is_rounded(equality: Equality, attempt: Attempt) -> bool:
    """Whether one side is numbers that have decimals, and the other side has these, rounded."""
    written = [side for side in equality.sides if not side.names and _has_decimals(side)]
    if len(written) != 1:
        return False
    digits = max(decimals_of(part.value) for part in written[0].everything if isinstance(part, kinds.Number))
    half = Decimal("0.5") * Decimal(10) ** -digits
    for one, other in zip(attempt.left, attempt.right):
        if one.shape != other.shape:
            return False
        pairs = list(zip(one.value.ravel(), other.value.ravel()))
        # A number may be written with a zero at its end.
        if any(abs(a - b) > (half if digits > 1 else min(half, OF_ONE_DIGIT * abs(a))) for a, b in pairs):
            return False
    return True


def _has_decimals(side: Node) -> bool:
    """Whether it is a number with decimals, or an array of such, and nothing is computed in it."""
    numbers = [part.value for part in side.everything if isinstance(part, kinds.Number)]
    return all(isinstance(part, PLAIN) for part in side.everything) and any(value.denominator > 1 for value in numbers)


def _is_whole(value: Decimal) -> bool:
    return abs(value - value.to_integral_value()) < jets.EQUAL


def _reason(equality: Equality, attempt: Attempt) -> str:
    left, right = attempt.left[0], attempt.right[0]
    if len(attempt.left) > 1 or left.value.size > MOST_SHOWN:
        return f"{IN_EXAMPLE} the two sides differ"
    if not equality.right.names:
        return f"{IN_EXAMPLE} the left side is {_shown(left)}"
    if not equality.left.names:
        return f"{IN_EXAMPLE} the right side is {_shown(right)}"
    return f"{IN_EXAMPLE} the left side is {_shown(left)}, and the right side is {_shown(right)}"


def _shown(value: Jet) -> str:
    rows = [", ".join(map(_number, row)) for row in value.value]
    if value.shape == (1, 1):
        return rows[0]
    return f"({rows[0] if value.shape[0] == 1 else '; '.join(rows)})"


def _number(value: Decimal) -> str:
    if _is_whole(value):
        return str(int(value.to_integral_value()))
    near = Fraction(value).limit_denominator(1000)
    if abs(value - Decimal(near.numerator) / Decimal(near.denominator)) < Decimal(10) ** -20:
        return f"{near.numerator}/{near.denominator}"
    return f"{value:.4g}"
