r"""The exercise's statement with letters of the exercise for other things than there: ``\|XW - Y\|^2``, where it has ``\|X - AS\|^2``."""

from collections.abc import Callable, Iterator, Set
from dataclasses import replace
from functools import partial
from itertools import chain, islice, pairwise, permutations

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.statements_of_text import (
    equalities,
    formulas_of,
    in_letters,
    in_order,
    is_capital,
    letters_written,
    relations,
    renamed,
    strange_arrays,
    variables_of,
)
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.other_letters import is_small_for, of_one_column
from matrix_checks.derivations.letters.own_scale import scaled_views
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import NUMBER, View

MOST_EQUALITIES = 20
MOST_LETTERS = 3
# Stands for what is differentiated without a name.
UNNAMED = kinds.Name("\\unnamed")
DERIVATIVES = frozenset((kinds.Derivative, kinds.Differentiated))


def take_exchanged_letters(context: Context, found: list[Piece]) -> dict[str, str]:
    """Give the exercise the letters with which the text states it, where these include letters that it has for something else.

    A letter of the exercise which that leaves without a meaning is one that the text never writes. Where it writes all of them, they are
    exchanged among each other, and it has no product of the exercise's as it stands there: ``\\|XS - A\\|^2``, and nowhere ``AS``.
    What the exercise defines has another name where its own is given away: ``f = x^\\top A y``.
    Returned is the text's letter for each of the exercise's; none where they are not exchanged.
    """
    if any(view.elementwise for view in context.views):
        # A layer has letters for which everybody knows what they are: U x is W x, and not x W.
        return {}
    formulas = formulas_of(context, found)
    written = letters_written(formulas)
    variables = {name for view in context.views for name in view.variables} - context.own
    are_all_written = not variables - written - context.memory.declared.keys()
    if are_all_written and _has_products(context, formulas):
        return {}
    said = _said(context, formulas, variables) if are_all_written else {}
    spoken_of = letters_written(formulas, alone=False)
    for left, right in islice(chain(equalities(context, formulas), _differentiated(context, formulas)), MOST_EQUALITIES):
        right = with_parts(context, _in_full(right, said, name_of(left)))
        strange = strange_arrays(context, right)
        given_away = _given_away(context, name_of(left), right)
        letters = _arrays_in(right, strange | variables | given_away)
        # The entries of the exercise's own matrix are written a_{ij}.
        are_entries = not are_all_written and all(name.upper() in variables for name in strange)
        is_usual = variables.isdisjoint(letters) or are_entries or len(letters) > MOST_LETTERS
        is_as_it_is = are_all_written and (set(letters) != variables or holds(context.setting(), left, right))
        if not given_away and (is_usual or is_as_it_is):
            continue
        own, views = _own_letters(context, (left, right), letters, spoken_of if given_away else written)
        exchanged = tuple(_with_letters(_of_columns(view, own), own, context.own) for view in views)
        is_sure = not are_all_written and not given_away
        if own and (is_sure or _are_meant(context, formulas, partial(_in_full, said=said, stated=name_of(left)), exchanged)):
            context.look_at(exchanged)
            context.memory.exchanged = frozenset(own.values())
            return own
    return {}


def _differentiated(context: Context, formulas: list[list[Token]]) -> Iterator[tuple[Node, Node]]:
    r"""What a text differentiates that has the letter of the exercise's number, and no name: the ``x^\top A y`` of ``\nabla_A (x^\top A y)``."""
    numbers = {name for view in context.views for name in view.definitions if context.shape_in(view, name) == NUMBER}
    for sides in relations(context, formulas):
        for part in (part for side in sides for part in side.everything if isinstance(part, kinds.Derivative)):
            top = kinds.bare(part.top)
            if isinstance(top, kinds.Product) and not numbers.isdisjoint(top.names):
                yield UNNAMED, top


def _are_meant(context: Context, formulas: list[list[Token]], in_full: Callable[[Node], Node], views: tuple[View, ...]) -> bool:
    """Whether more of what the text says of derivatives holds in these views than as it stands: else the statement has a mistake."""
    said = [
        (in_full(left), in_full(right))
        for left, right in relations(context, formulas)
        if not DERIVATIVES.isdisjoint(left.kinds | right.kinds)
    ][:MOST_EQUALITIES]
    here, there = (sum(holds(setting, *sides) for sides in said) for setting in (context.setting(), context.setting(views)))
    return there > here


def _has_products(context: Context, formulas: list[list[Token]]) -> bool:
    """Whether the text has two letters side by side that stand so in what the exercise defines."""
    pairs = {
        (one.text, other.text)
        for view in context.views
        for found in (view.origin or view).definitions.values()
        for part in found[0].body.everything
        if isinstance(part, kinds.Product)
        for one, other in pairwise(part.factors)
        if isinstance(one, kinds.Name) and isinstance(other, kinds.Name)
    }
    return any(not pairs.isdisjoint(pairwise(without_braces(tokens))) for tokens in formulas)


def _said(context: Context, formulas: list[list[Token]], variables: set[str]) -> dict[str, Node]:
    """What the text sets names equal to, the exercise's own and letters of sizes among them: behind ``F = XS - A``, an ``F`` is that."""
    said: dict[str, Node] = {}
    for left, right in islice(equalities(context, formulas), MOST_EQUALITIES):
        if isinstance(left, kinds.Name) and left.text not in variables | right.names:
            said.setdefault(left.text, right)
    return said


def _in_full(node: Node, said: dict[str, Node], stated: str) -> Node:
    """The same with what the text says in the place of names, but for the one that it states."""
    for name in sorted(node.names & said.keys() - {stated}):
        node = node.substituted(kinds.Name(name), kinds.Group(said[name]))
    return node


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
            is_given_away = defined in letters
            is_free = is_given_away or (name not in context.known and defined not in written)
            is_new = is_free and context.shape_in(view, defined) == NUMBER
            if not (view.aliases.get(name, name) == defined or is_new) or len(theirs) != len(letters):
                continue
            others = view.definitions.keys() - {defined} if is_new else view.definitions.keys()
            if not written.isdisjoint({*theirs} - {*letters}) or not others.isdisjoint(letters):
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
                    named = {defined: name} if is_given_away else {}
                    return {meant: one for one, meant in names.items()} | named, views
    return {}, ()


def _given_away(context: Context, name: str, right: Node) -> set[str]:
    """What the exercise defines and the text has another name for, where its own letter is for something else."""
    meant = {view.aliases.get(name, name) for view in context.views}
    defined = {each for view in context.views for each in view.definitions} - context.own
    return defined & right.names if meant <= defined - {name} or name not in context.known else set()


def _arrays_in(node: Node, arrays: set[str]) -> list[str]:
    return [name for name in in_order(node) if name in arrays]


def _of_columns(view: View, own: dict[str, str]) -> View:
    """The view with one column where a small letter is a matrix of the exercise: of ``\\|Xw - Y\\|^2`` the ``Y`` has no more of them."""
    small = [meant for meant, name in own.items() if is_small_for(name, meant) and meant in view.variables]
    across = {view.variables[meant][1] for meant in small}
    return of_one_column(view, {name for name, shape in view.variables.items() if shape[1] in across}) if small else view


def _with_letters(view: View, own: dict[str, str], said: Set[str]) -> View:
    """The exercise in the letters of a text, with what the text itself said of names."""
    aliases = {name: meant for name, meant in view.aliases.items() if name not in own.values()}
    changed = in_letters(replace(view, aliases=aliases), own)
    definitions = {name: view.definitions[name] for name in said & view.definitions.keys()}
    return replace(changed, definitions={**changed.definitions, **definitions}, origin=None)
