r"""The exercise's statement with letters of the exercise for other things than there: ``\|XW - Y\|^2``, where it has ``\|X - AS\|^2``."""

from dataclasses import replace
from itertools import islice, permutations

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.equality import holds
from matrix_checks.derivations.judging.introductions import name_of
from matrix_checks.derivations.judging.own_scale import scaled_views
from matrix_checks.derivations.judging.statements_of_text import (
    equalities,
    formulas_of,
    in_letters,
    in_order,
    is_capital,
    letters_written,
    renamed,
    strange_arrays,
    variables_of,
)
from matrix_checks.derivations.judging.written_in_full import with_parts
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import NUMBER, View

MOST_EQUALITIES = 20
MOST_LETTERS = 3


def take_exchanged_letters(context: Context, found: list[Piece]) -> dict[str, str]:
    """Give the exercise the letters with which the text states it, where these include letters that it has for something else.

    A letter of the exercise which that leaves without a meaning is one that the text never writes. Returned is the text's letter
    for each of the exercise's; none where they are not exchanged.
    """
    if any(view.elementwise for view in context.views):
        # A layer has letters for which everybody knows what they are: U x is W x, and not x W.
        return {}
    formulas = formulas_of(context, found)
    written = letters_written(formulas)
    variables = {name for view in context.views for name in view.variables} - context.own
    if not variables - written - context.memory.declared.keys():
        return {}
    for left, right in islice(equalities(context, formulas), MOST_EQUALITIES):
        right = with_parts(context, right)
        strange = strange_arrays(context, right)
        letters = [name for name in in_order(right) if name in strange | variables]
        # The entries of the exercise's own matrix are written a_{ij}.
        are_entries = all(name.upper() in variables for name in strange)
        is_usual = variables.isdisjoint(letters) or are_entries or len(letters) > MOST_LETTERS
        own, views = ({}, ()) if is_usual else _own_letters(context, (left, right), letters, written)
        if own:
            context.look_at([_with_letters(view, own) for view in views])
            return own
    return {}


def _own_letters(
    context: Context, sides: tuple[Node, Node], letters: list[str], written: set[str]
) -> tuple[dict[str, str], tuple[View, ...]]:
    """The text's letter for each of the exercise's, where an equality states with them what the exercise defines; none otherwise.

    The number that the exercise defines may have another name, and a factor of the text's own: then the views have both.
    """
    name = name_of(sides[0])
    for view in context.views:
        for defined, definitions in view.definitions.items():
            theirs = variables_of(view, definitions[0].body)
            is_new = name not in context.known and defined not in written and context.shape_in(view, defined) == NUMBER
            if not (view.aliases.get(name, name) == defined or is_new) or len(theirs) != len(letters):
                continue
            if not written.isdisjoint({*theirs} - {*letters}) or not {*letters}.isdisjoint(view.definitions):
                continue
            for chosen in permutations(theirs):
                names = dict(zip(letters, chosen))
                keeps_case = all(is_capital(one) == is_capital(other) for one, other in names.items() if one in view.variables)
                if not keeps_case:
                    continue
                views = context.views if not is_new else tuple(each.with_alias(name, defined) for each in context.views)
                left, right = (renamed(side, names) for side in sides)
                if not holds(context.setting(views), left, right):
                    views = scaled_views(context, views, name, left, right) if is_new else ()
                if views:
                    return {meant: one for one, meant in names.items()}, views
    return {}, ()


def _with_letters(view: View, own: dict[str, str]) -> View:
    """The exercise in the letters of a text."""
    aliases = {name: meant for name, meant in view.aliases.items() if name not in own.values()}
    return replace(in_letters(replace(view, aliases=aliases), own), origin=None)
