"""Whether one equality is true under some convention of both of its sides; one convention at a time is decided in equality.py."""

from dataclasses import replace
from functools import partial

from matrix_checks.derivations.deciding.computed_numbers import NOT_ALL, by_numbers
from matrix_checks.derivations.deciding.entries_in_diagonals import for_other_signs
from matrix_checks.derivations.deciding.losses_of_entries import by_loss_of_entry
from matrix_checks.derivations.deciding.named_matrices import for_named_matrices
from matrix_checks.derivations.deciding.one_object import for_one_object
from matrix_checks.derivations.deciding.outer_ones import with_ones_that_fit
from matrix_checks.derivations.deciding.own_forms import by_own_forms
from matrix_checks.derivations.deciding.own_nodes import by_own_nodes
from matrix_checks.derivations.deciding.primed_outputs import for_primed_outputs, gradient_in_numbers
from matrix_checks.derivations.deciding.rules_of_derivatives import AS_DIFFERENTIALS, holds_for_any_functions
from matrix_checks.derivations.equality.agreed import agree
from matrix_checks.derivations.equality.any_parameter import FOR_EVERY_ENTRY, holds_for_any_parameter
from matrix_checks.derivations.equality.changes import CHANGE, is_held_fixed
from matrix_checks.derivations.equality.conventions import (
    components,
    is_unclear,
    silently_summed,
    ways,
)
from matrix_checks.derivations.equality.deviation import names_variance_twice, with_kept_letters, without_labels
from matrix_checks.derivations.equality.equality import Decision, best_of, decide_as_read, holds, reads_true
from matrix_checks.derivations.equality.laid_out import keep_sizes, with_entries, with_sizes_written_out
from matrix_checks.derivations.equality.numbered_entries import with_sizes_of_numbers
from matrix_checks.derivations.equality.numeric_examples import is_complete, note_example, with_examples
from matrix_checks.derivations.equality.one_meaning import keep
from matrix_checks.derivations.equality.operators import with_all_operators
from matrix_checks.derivations.equality.rewriting import is_by_bias, with_rows, with_rows_turned
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.some_convention import holds_in_some_convention
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, ORDER, OTHER_LAYOUT, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO

OF_SO_MANY_ENTRIES = "it holds for arrays of so many entries only, and the text names no sizes"
# What is left of something of higher order.
NOTHING = kinds.Add((ZERO, kinds.HigherOrder()))


def decide(setting: Setting, left: kinds.Node, right: kinds.Node) -> Decision:
    """Whether an equality is true under some convention of both sides, in some view, under some admissible interpretation."""
    left = gradient_in_numbers(setting, left, right) or left
    if is_held_fixed(*with_kept_letters((left, right), setting.views), setting.views):
        return Decision(Equality(left, right), HOLDS, "a variable that is held fixed")
    if note_example(setting, left, right, partial(holds, setting)):
        return Decision(Equality(left, right), HOLDS, "a numeric example", as_written=False)
    found: list[Decision] = []
    several = components((left, right), setting.views, setting.memory)
    if several is not None:
        decision = decide_as_read(setting, *several)
        if decision.verdict == HOLDS:
            return replace(decision, reason="component by component", as_written=False)
    for sides in ways(left, right, setting.views, setting.memory):
        decision = decide_as_read(setting, *sides)
        if decision.verdict == HOLDS:
            agree(setting.memory, (without_labels(left, setting.views), without_labels(right, setting.views)), sides)
            keep(setting.memory, decision.equality)
            return replace(decision, as_written=sides == (left, right))
        found.append(decision)
    # What no convention makes right is what it is in the most usual one.
    best = best_of(found)
    if best.verdict == OTHER_LAYOUT and is_by_bias(best.equality.sides, setting.views):
        return replace(best, verdict=HOLDS, reason="a plain array is neither a row nor a column")
    turned = (with_rows_turned(left), with_rows_turned(right))
    if best.verdict == OTHER_LAYOUT and setting.memory.rows and turned != (left, right) and reads_true(setting, *turned):
        return Decision(Equality(left, right), HOLDS, "a row that is turned into a column", as_written=False)
    if best.verdict == OTHER_LAYOUT and best.equality.has(kinds.Derivative):
        setting.memory.rows = True
    if best.verdict in ORDER:
        return best
    general = _in_general(setting, left, right) if best.verdict == NOT_UNDERSTOOD else None
    if general is not None:
        return general
    if best.verdict in (NOT_UNDERSTOOD, FALSE) and holds_for_any_functions(setting, left, right):
        return Decision(Equality(left, right), HOLDS, AS_DIFFERENTIALS, as_written=False)
    if any(widest != (left, right) and reads_true(setting, *widest) for widest in with_all_operators((left, right), setting.views)):
        return Decision(Equality(left, right), HOLDS, "an operator before all that follows", as_written=False)
    laid_out = with_sizes_written_out(setting, left, right)
    entries = dict.fromkeys(((left, right), with_entries(setting, (left, right))))
    if laid_out is not None and any(holds_in_some_convention(laid_out, *sides) for sides in entries):
        keep_sizes(setting, laid_out, left)
        return Decision(Equality(left, right), HOLDS, "for the sizes of the matrices that are written out", as_written=False)
    return _by_the_text(setting, left, right, found, best)


def _by_the_text(setting: Setting, left: kinds.Node, right: kinds.Node, found: list[Decision], best: Decision) -> Decision:
    """The decision on what no convention makes right, from what the text says: its loss, its sizes, its numbers.

    Parameters
    ----------
    setting, left, right
        What is decided, and where.
    found, best
        The decision in each convention, and the most usual one of these.
    """
    said = by_loss_of_entry(setting, left, right) or by_own_forms(setting, left, right) or by_own_nodes(setting, left, right)
    said = said or _by_what_was_said(setting, Equality(left, right), all(decision.verdict == FALSE for decision in found))
    if best.verdict == FALSE and (said is None or said.verdict not in ORDER):
        named = for_named_matrices(setting, left, right) or for_primed_outputs(setting, left, right)
        named = named or for_other_signs(setting, left, right)
        said = named or for_one_object(setting, Equality(left, right)) or with_ones_that_fit(setting, best) or said
    if best.verdict == NOT_UNDERSTOOD and said is None:
        said = for_primed_outputs(setting, left, right)
    if said is not None and said.verdict in ORDER:
        return said
    small = _in_small_example(setting, left, right, best)
    return small if small is not None and small.verdict == HOLDS else said or small or best


def _in_small_example(setting: Setting, left: kinds.Node, right: kinds.Node, found: Decision) -> Decision | None:
    """The decision on entries at numbers that are right for arrays of so many entries; the text may say that it has these."""
    small = with_sizes_of_numbers(setting, left, right) if found.verdict == FALSE else None
    if small is None or not holds_in_some_convention(small, left, right):
        return None
    if setting.memory.fixes_sizes and max(small.sizes.values()) >= setting.memory.most_entries:
        return Decision(Equality(left, right), HOLDS, "for the sizes that the text speaks of", as_written=False)
    return Decision(Equality(left, right), NOT_UNDERSTOOD, OF_SO_MANY_ENTRIES)


def _in_general(setting: Setting, left: kinds.Node, right: kinds.Node) -> Decision | None:
    """The decision on what holds for anything that its letters may stand for; ``None`` where it does not."""
    equality = Equality(left, right)
    if _holds_for_every_step(setting, left, right):
        return Decision(equality, HOLDS, "for every step")
    if _holds_for_every_change(setting, left, right):
        return Decision(equality, HOLDS, "for every change")
    if holds_for_any_parameter(setting, left, right, partial(holds, setting)):
        return Decision(equality, HOLDS, FOR_EVERY_ENTRY, as_written=False)
    return None


def _holds_for_every_step(setting: Setting, left: kinds.Node, right: kinds.Node) -> bool:
    """Whether an equality about steps alone holds for any numbers, as ``\\|h\\|^2 / \\|h\\| = \\|h\\|``, or says that one is of higher order."""
    steps = {name: setting.steps[name] for name in sorted((left.names | right.names) & setting.steps.keys())}
    if not steps:
        return False
    if isinstance(right, kinds.HigherOrder):
        return kinds.HigherOrder not in left.kinds and decide_as_read(setting, left, NOTHING).verdict == HOLDS
    if kinds.HigherOrder in left.kinds | right.kinds:
        return False
    views = setting.views
    for name, shape in steps.items():
        views = tuple(view.with_variable(name, shape) for view in views)
    return holds(replace(setting, views=views, steps={}, kept={}, ranges={}), left, right)


def _holds_for_every_change(setting: Setting, left: kinds.Node, right: kinds.Node) -> bool:
    """Whether an equality about changes of variables holds for any: ``x^\\top\\delta x = (\\delta x)^\\top x``."""
    changes = sorted(name for name in left.names | right.names if name.startswith(CHANGE))
    views = []
    for view in setting.views:
        shapes = {name: view.variables.get(name.removeprefix(CHANGE)) for name in changes if name not in view.names}
        for name, shape in shapes.items():
            view = view.with_variable(name, shape) if shape else view
        if shapes and all(shapes.values()):
            views.append(view)
    return bool(views) and holds(replace(setting, views=tuple(views), kept={}, ranges={}), left, right)


def _by_what_was_said(setting: Setting, equality: Equality, false: bool) -> Decision | None:
    """The decision on what no convention makes right, from what the text said before; ``None`` where that changes nothing.

    Parameters
    ----------
    setting, equality
        What is decided, and where.
    false
        Whether it is false in each convention.
    """
    sides, memory = equality.sides, setting.memory
    rows = with_rows(sides) if memory.rows and false else sides
    if rows != sides and decide_as_read(setting, *rows).verdict == HOLDS:
        return Decision(equality, OTHER_LAYOUT)
    if names_variance_twice(sides, memory) and decide_as_read(setting, *sides).verdict == HOLDS:
        return Decision(equality, NOT_UNDERSTOOD, "the text also has the square of this sigma for the variance")
    numeric = with_examples(setting, *sides)
    if numeric:
        if all(holds_in_some_convention(example, *sides) for example in numeric):
            return Decision(equality, HOLDS, "in the numeric example", as_written=False)
        computed = by_numbers(setting, *sides)
        if computed is not None:
            return computed
        if not is_complete(setting, *sides):
            return Decision(equality, NOT_UNDERSTOOD, NOT_ALL)
    silent = silently_summed(sides, setting.views, memory) if false else None
    if silent is not None and decide_as_read(setting, *silent).verdict == HOLDS:
        return Decision(equality, NOT_UNDERSTOOD, "an index that stands once would have to be summed over")
    if false and is_unclear(sides, setting.views, memory):
        return Decision(equality, NOT_UNDERSTOOD, "an index that stands in a term more than twice")
    return None
