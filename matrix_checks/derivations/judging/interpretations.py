"""Which interpretations of an expression there are: a table with a row for each thing that may be read in more than one way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations as selections
from itertools import product as combinations
from typing import Any, NamedTuple, TypeVar

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare, is_by_vec
from matrix_checks.derivations.expressions.node import computed_once
from matrix_checks.derivations.judging.rows_and_columns import has_matrices, line_of, takes_row
from matrix_checks.derivations.judging.verdicts import Equality
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.indexing import UNITS, may_be_unit, text_of_index
from matrix_checks.derivations.values.products import FITTING, count_identities, is_loose_trace
from matrix_checks.derivations.values.sample import Interpretation, Memory

MOST_UNITS = 3
LONG_EXPRESSION = 3
# An identity, and the ones.
OF_ANY_SIZE = frozenset(("I", "E", "\\ones"))
Kind = TypeVar("Kind", bound=kinds.Node)
Choices = tuple[Any, ...]


def interpretations(view: View, node: kinds.Node, equality: Equality, memory: Memory) -> Iterator[Interpretation]:
    """The interpretations that make a difference for an expression; the most usual first.

    Parameters
    ----------
    view
        How the exercise is looked at.
    node
        The expression, which is a side of the equality.
    equality
        The equality.
    memory
        What the text before says.
    """
    expression = _Expression(view, node, equality, memory)
    options: dict[str, Choices] = {}
    for field, choices_for in TABLE:
        choices = () if field in options else choices_for(expression)
        if choices:
            options[field] = choices
    if not options:
        yield _interpretation((), ())
        return
    fields = tuple(options)
    # As a rule the first one is right, and the others need not be put together.
    yield _interpretation(fields, tuple(choices[0] for choices in options.values()))
    # One unusual choice is more likely than two at once.
    ways = sorted(combinations(*map(enumerate, options.values())), key=lambda chosen: sum(place for place, _ in chosen))
    for chosen in ways[1:]:
        yield _interpretation(fields, tuple(value for _, value in chosen))


@lru_cache(maxsize=10_000)
def _interpretation(fields: tuple[str, ...], values: Choices) -> Interpretation:
    # Much is kept by the interpretation: one object for each is found sooner than one that is equal.
    return Interpretation(**dict(zip(fields, values)))


@dataclass(frozen=True)
class _Expression:
    """An expression with what decides how it may be read."""

    view: View
    node: kinds.Node
    equality: Equality
    memory: Memory

    def here(self, kind: type[Kind]) -> list[Kind]:
        """The parts of the expression that are of a kind."""
        return _of_kind(kind, self.node)

    def on_both_sides(self, kind: type[Kind]) -> list[Kind]:
        """The parts of both sides that are of a kind."""
        return _of_kind(kind, *self.equality.sides)

    @computed_once
    def names(self) -> frozenset[str]:
        """The names on both sides, and those behind them."""
        names = {name.text for name in self.on_both_sides(kinds.Name)}
        return frozenset(names.union(*map(self.view.behind, names)))

    @computed_once
    def products(self) -> list[kinds.Product]:
        """The products on both sides, and in what the text defines their names by: an index runs over what is in both."""
        origin = (self.view.origin or self.view).definitions
        names = {name.text for name in self.on_both_sides(kinds.Name)}
        names = names.union(*map(self.view.behind, names)) - origin.keys() if names else names
        bodies = [every.body for name in sorted(names) for every in self.view.definitions.get(name, ())]
        return _of_kind(kinds.Product, *self.equality.sides, *bodies)

    @computed_once
    def lines(self) -> list[str]:
        """The matrices of which a small letter with one index may be a row or a column."""
        indexed = self.on_both_sides(kinds.Indexed)
        return sorted({name.upper() for part in indexed if (name := line_of(self.view, part))})[:MOST_UNITS]


def _of_kind(kind: type[Kind], *nodes: kinds.Node) -> list[Kind]:
    # Most expressions have no part of most kinds; then nothing is looked through.
    return [part for node in nodes if kind in node.kinds for part in node.everything if isinstance(part, kind)]


def _star_of_products(expression: _Expression) -> Choices:
    return ("matrix", "entries", "inner") if any("*" in part.signs for part in expression.products) else ()


def _star_of_powers(expression: _Expression) -> Choices:
    """A square may be meant entry by entry, as a product is."""
    return ("matrix", "entries") if expression.view.elementwise and kinds.Power in expression.node.kinds else ()


def _trace(expression: _Expression) -> Choices:
    loose = any(
        is_loose_trace(list(part.factors[place : place + 2]), list(part.signs[place : place + 1]))
        for part in expression.here(kinds.Product)
        for place in range(len(part.signs))
    )
    return ("bracket", "whole") if loose else ()


def _otimes(expression: _Expression) -> Choices:
    return ("kronecker", "outer") if any("otimes" in part.signs for part in expression.products) else ()


def _reduced(expression: _Expression) -> Choices:
    """A sum or mean may leave one number for each column only where there are matrices."""
    reduces = any(part.name in ("total", "mean") for part in expression.here(kinds.Function))
    return ("all", "objects") if reduces and has_matrices(expression.view) else ()


def _own_sizes(expression: _Expression) -> Choices:
    """Letters that end sums, and that the exercise does not have, may stand for any of its sizes."""
    view, memory = expression.view, expression.memory
    left, right = expression.equality.sides
    own = sorted(
        each for each in left.names | right.names if each in memory.ends and each not in view.names | memory.declared.keys()
    )
    if not 1 <= len(own) <= 2:
        return ()
    letters = [[memory.sizes[each]] if memory.sizes.get(each) in view.letters else view.letters for each in own]
    return tuple(tuple(zip(own, chosen)) for chosen in combinations(*letters))


def _derivative(expression: _Expression) -> Choices:
    held = any(can_be_held(expression.view, part) for part in expression.here(kinds.Derivative))
    return ("total", "direct") if held else ()


def _columns(expression: _Expression) -> Choices:
    return (False, True) if _has_whole_derivative(expression) else ()


def _chain(expression: _Expression) -> Choices:
    if not _has_whole_derivative(expression):
        return ()
    several = expression.view.elementwise or len(expression.node.everything) > LONG_EXPRESSION
    return ("maps", "diagonal", "matrices") if several else ("maps",)


def _implicit(expression: _Expression) -> Choices:
    """A column without an index may mean its entry only beside others that have one."""
    equality = expression.equality
    return (False, True) if expression.view.elementwise and (equality.has(kinds.Indexed) or equality.has(kinds.Sum)) else ()


def _size(expression: _Expression) -> Choices:
    view = expression.view
    free = any(name in expression.names and name not in view.names for name in OF_ANY_SIZE)
    if not free and kinds.Dots not in expression.node.kinds:
        return ()
    letters = view.letters or ("",)
    several = any(count_identities(part) > 1 and not set(OF_ANY_SIZE) & view.names for part in expression.here(kinds.Product))
    return (*letters, FITTING) if several else letters


def _units(expression: _Expression) -> Choices:
    view = expression.view
    units = _unit_indices(view, expression.equality, expression.names)
    if not units:
        return ()
    choices: Choices = tuple(tuple(zip(units, letters)) for letters in combinations(view.letters, repeat=len(units)))
    small = any(part.body == kinds.Name("e") for part in expression.on_both_sides(kinds.Indexed))
    if ("E" in view.names and "e" not in view.behind("E")) or not small:
        # An E may be the identity, and an e_j a column of E.
        return (*choices, ())
    return choices


def _varying(expression: _Expression) -> Choices:
    """The variables that vary in a differential: those that stand behind a d, or all that are behind what does."""
    view = expression.view
    bodies = [part.body for part in expression.on_both_sides(kinds.Differentiated)]
    if not bodies:
        return ()
    direct = {body.text for body in map(bare, bodies) if isinstance(body, kinds.Name)}
    alone = _variables_of(view, direct)
    own = _variables_of(view, direct.union(part.text for part in _of_kind(kinds.Name, *bodies)))
    common = _behind_all(view, bodies)
    # What the text holds fixed somewhere may be held fixed here.
    held = tuple(alone - {name} for name in sorted(expression.memory.fixed & alone) if len(alone) > 1)
    return tuple(dict.fromkeys((alone or own or common, common, frozenset(), *held)))


def _variables_of(view: View, names: set[str]) -> frozenset[str]:
    """The variables among names; a small letter may mean the entries of the capital one."""
    return frozenset(meant for name in names for meant in view.meant_by(name) if meant in view.variables)


def _behind_all(view: View, bodies: list[kinds.Node]) -> frozenset[str]:
    """Where only dF stands, what F depends on varies, and nothing else."""
    wholes = [body.body if isinstance(body, kinds.Indexed) else body for body in map(bare, bodies)]
    behind = [view.behind(whole.text) & view.variables.keys() for whole in wholes if isinstance(whole, kinds.Name)]
    shared = [frozenset(names) for names in behind if names]
    return frozenset.intersection(*shared) if shared else frozenset()


def _rows(expression: _Expression) -> Choices:
    lines = expression.lines
    if not lines:
        return ()
    return tuple(frozenset(each) for count in range(len(lines) + 1) for each in selections(lines, count))


def _row_entries(expression: _Expression) -> Choices:
    rows = expression.lines or kinds.Slice in expression.node.kinds
    return (False, True) if rows or any(takes_row(expression.view, part) for part in expression.here(kinds.Indexed)) else ()


def _tuples(expression: _Expression) -> Choices:
    return ("column", "row") if kinds.Tuple in expression.node.kinds else ()


def _stacked(expression: _Expression) -> Choices:
    return (True, False) if any(is_by_vec(part.bottom) for part in expression.here(kinds.Derivative)) else ()


class Row(NamedTuple):
    """What may be read in more than one way: a field of an interpretation, and its choices for an expression."""

    field: str
    choices: Callable[[_Expression], Choices]


# Each function gives the choices for one field of an interpretation, the most usual one first, or none where the field makes no
# difference for the expression. Whoever adds a field adds one such function, and its row here. Fields that come first are varied
# last. Where a field has two rows, the first one that gives choices counts.
TABLE = (
    Row("star", _star_of_products),
    Row("trace", _trace),
    Row("star", _star_of_powers),
    Row("otimes", _otimes),
    Row("reduced", _reduced),
    Row("own_sizes", _own_sizes),
    Row("derivative", _derivative),
    Row("columns", _columns),
    Row("chain", _chain),
    Row("implicit", _implicit),
    Row("size", _size),
    Row("units", _units),
    Row("varying", _varying),
    Row("rows", _rows),
    Row("tuples", _tuples),
    Row("row_entries", _row_entries),
    Row("stacked", _stacked),
)


def _has_whole_derivative(expression: _Expression) -> bool:
    """Whether there is a derivative with respect to something as a whole, and not to an entry of it."""
    return any(not isinstance(bare(part.bottom), kinds.Indexed) for part in expression.here(kinds.Derivative))


def _unit_indices(view: View, equality: Equality, used: frozenset[str]) -> tuple[str, ...]:
    """The indices of unit vectors and matrix units, those in the definitions of the names that are used included."""
    found: dict[str, None] = {}
    bodies = [definition.body for name in sorted(used) for definition in view.definitions.get(name, ())]
    for whole in (*equality.sides, *bodies):
        if not whole.texts.isdisjoint(UNITS):
            units = [part for part in _of_kind(kinds.Indexed, whole) if may_be_unit(part, view.names)]
            found |= {text_of_index(index): None for part in units for index in part.indices}
    if len(found) > MOST_UNITS:
        raise NotUnderstood("so many different unit vectors were not understood")
    return tuple(found)


def can_be_held(view: View, node: kinds.Derivative) -> bool:
    """Whether a derivative may be meant with other named quantities held fixed."""
    base = bare(node.bottom)
    base = base.body if isinstance(base, kinds.Indexed) else base
    waiting, between = [node.top], set()
    while waiting:
        for name in waiting.pop().names:
            name = view.aliases.get(name, name)
            if name in view.definitions and name not in between:
                between.add(name)
                waiting += [each.body for each in view.definitions[name][:1]]
    return isinstance(base, kinds.Name) and len(between - {base.text}) > 1
