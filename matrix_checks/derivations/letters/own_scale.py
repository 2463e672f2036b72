r"""The exercise's number with a factor of the text's own: whoever writes ``J = \frac12 \|X - AS\|^2`` wants the 2 gone from the gradient.

What is derived from it holds where it is right for what the text wrote, or for what the exercise says.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.context.statements_of_text import equalities, formulas_of, letters_written, relations
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.letters_said import speaks_of_exercise
from matrix_checks.derivations.letters.losses_in_words import numbers_in_words, numbers_stated
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import NUMBER, Definition, View

MOST_EQUALITIES = 20
# So many relations are looked at for what bears a factor out.
MOST_RELATIONS = 40


def take_own_scale(context: Context, found: list[Piece]) -> None:
    """Look at the exercise with the text's own factor, too, where the text states it so in the exercise's letters."""
    seen: set[str] = set()
    formulas = formulas_of(context, found)
    written = letters_written(formulas)
    for left, right in islice(equalities(context, formulas), MOST_EQUALITIES):
        name, is_function, left = name_of(left), without_argument(left) is not left, without_argument(left)
        if name in seen or not isinstance(left, kinds.Name) or not right.names <= context.known or _is_derived(right):
            continue
        # What the text sets it equal to first is what it is.
        seen.add(name)
        if is_function and any(_is_same(view, name, other) for view in context.views for other in written - {name}):
            # Where the text has J and f(S), it says itself which factor is between the two.
            continue
        scaled = () if holds(context.setting(), left, right) else scaled_views(context, context.views, name, left, right)
        if scaled:
            derived = [sides for sides in islice(relations(context, formulas), MOST_RELATIONS) if any(map(_is_derived, sides))]
            own, given = ([holds(context.setting(views), *sides) for sides in derived] for views in (scaled, context.views))
            if (True, False) in zip(own, given):
                # What follows bears the factor out.
                is_asked = speaks_of_exercise(found)
                both = (*(replace(each, is_stated=not is_asked) for each in scaled), *context.views)
                context.look_at(both if (False, True) in zip(own, given) else scaled)
            return
    _take_scale_in_words(context, found, written)


def _take_scale_in_words(context: Context, found: list[Piece], written: set[str]) -> None:
    """The same where words speak of the number, and no name stands beside it: "for the loss $\\frac12 \\|X - AS\\|^2$"."""
    formulas = formulas_of(context, found)
    derived = [sides for sides in islice(relations(context, formulas), MOST_RELATIONS) if any(map(_is_derived, sides))]
    stated = numbers_stated(context, formulas) if derived else set()
    for number, is_called in islice(numbers_in_words(context, found), MOST_EQUALITIES):
        if not number.names <= context.known or _is_derived(number) or not derived or context.shape_of(number) != NUMBER:
            continue
        names = sorted({name for view in context.views for name in view.definitions if name in written})
        for name in names:
            left = kinds.Name(name)
            scaled = () if holds(context.setting(), left, number) else scaled_views(context, context.views, name, left, number)
            if not scaled:
                continue
            is_borne_out = any(holds(context.setting(scaled), *sides) and not holds(context.setting(), *sides) for sides in derived)
            is_meant = is_called and name not in stated
            if is_borne_out or is_meant:
                context.look_at((*(replace(each, is_stated=is_meant) for each in scaled), *context.views))
                return


def scaled_views(context: Context, views: tuple[View, ...], name: str, left: Node, right: Node) -> tuple[View, ...]:
    """The views with a usual factor before a number that they define, in which an equality that states it holds."""
    for view in views:
        defined = view.aliases.get(name, name)
        if defined not in (view.origin or view).definitions or context.shape_in(view, defined) != NUMBER:
            continue
        for factor in _factors(view):
            scaled = _scaled(view, defined, factor)
            if holds(context.setting((scaled,)), left, right):
                return tuple(_scaled(each, defined, factor) for each in views if defined in each.definitions)
    return ()


def _is_same(view: View, name: str, other: str) -> bool:
    return view.aliases.get(name, name) == view.aliases.get(other, other)


def _factors(view: View) -> Iterator[Node]:
    """A half, one by a size, by twice a size, or by two of them, and two: what a cost is usually multiplied by."""
    two = kinds.Number(Fraction(2))
    bottoms: list[Node] = [two]
    for size in map(kinds.Name, view.letters):
        bottoms += [size, kinds.Product((two, size), ("",))]
    bottoms += [kinds.Product(tuple(map(kinds.Name, pair)), ("",)) for pair in combinations(view.letters, 2)]
    yield from (kinds.Quotient(kinds.Number(Fraction(1)), bottom) for bottom in bottoms)
    yield two


def _scaled(view: View, name: str, factor: Node) -> View:
    definitions = tuple(
        Definition(kinds.Product((factor, kinds.Group(each.body)), ("",)), each.indices) for each in view.definitions[name]
    )
    return replace(view, definitions={**view.definitions, name: definitions}, origin=view.origin or view, has_own_scale=True)


def _is_derived(node: Node) -> bool:
    return not node.kinds.isdisjoint((kinds.Derivative, kinds.Differentiated, kinds.Nabla))
