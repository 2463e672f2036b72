"""Which interpretations of an expression there are: a table with a row for each thing that may be read in more than one way."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations as selections
from itertools import product as combinations
from typing import NamedTuple

from matrix_checks.derivations.equality.ambiguous import Ambiguous, Choices, of_kind
from matrix_checks.derivations.equality.choices_of_derivatives import chain, columns, derivative, stacked, varying
from matrix_checks.derivations.equality.rows_and_columns import has_matrices, takes_row
from matrix_checks.derivations.equality.verdicts import Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.indexing import is_own_size
from matrix_checks.derivations.values.names import FITTING
from matrix_checks.derivations.values.places import text_of_index
from matrix_checks.derivations.values.products import count_identities, is_loose_trace
from matrix_checks.derivations.values.sample import Interpretation, Memory
from matrix_checks.derivations.values.units import ONES, UNITS, may_be_unit

MOST_UNITS = 3
# An identity, and the ones.
IDENTITIES = frozenset(("I", "E"))
OF_ANY_SIZE = IDENTITIES | {"\\ones"}


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
    expression = Ambiguous(view, node, equality, memory)
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


def _star_of_products(expression: Ambiguous) -> Choices:
    if not any("*" in part.signs for part in expression.products):
        return ()
    # A program multiplies entry by entry: no sum is in its star.
    return ("matrix", "entries") if expression.memory.names_gradients else ("matrix", "entries", "inner")


def _star_of_powers(expression: Ambiguous) -> Choices:
    """A square may be meant entry by entry, as a product is."""
    return ("matrix", "entries") if expression.view.elementwise and kinds.Power in expression.node.kinds else ()


def _trace(expression: Ambiguous) -> Choices:
    loose = any(
        is_loose_trace(list(part.factors[place : place + 2]), list(part.signs[place : place + 1]))
        for part in expression.here(kinds.Product)
        for place in range(len(part.signs))
    )
    return ("bracket", "whole") if loose else ()


def _bars(expression: Ambiguous) -> Choices:
    """Single bars around a square matrix are a determinant, too; around arrays in an exercise of entries, absolute values."""
    if not expression.here(kinds.Bars):
        return ()
    return ("norm", "determinant", "absolute") if expression.view.elementwise else ("norm", "determinant")


def _otimes(expression: Ambiguous) -> Choices:
    return ("kronecker", "outer") if any("otimes" in part.signs for part in expression.products) else ()


def _reduced(expression: Ambiguous) -> Choices:
    """A sum or mean may leave one number for each column only where there are matrices."""
    reduces = any(part.name in ("total", "mean") for part in expression.here(kinds.Function))
    return ("all", "objects") if reduces and has_matrices(expression.view) else ()


def _own_sizes(expression: Ambiguous) -> Choices:
    """Letters that end sums, or stand below an identity, and that the exercise does not have, may stand for any of its sizes."""
    view, memory = expression.view, expression.memory
    left, right = expression.equality.sides
    below = {letter for side in (left, right) for part in side.everything for letter in _sizes_below(part, view)}
    ends = {each for each in left.names | right.names if each in memory.ends and each not in view.names}
    own = sorted((below | ends) - memory.declared.keys())
    if not 1 <= len(own) <= 2:
        return ()
    letters = [[memory.sizes[each]] if memory.sizes.get(each) in view.letters else view.letters for each in own]
    return tuple(tuple(zip(own, chosen)) for chosen in combinations(*letters))


def _sizes_below(part: kinds.Node, view: View) -> Iterator[str]:
    """The letters of the text's own below an identity or ones, where both are beside each other: alone, each has the size that fits."""
    if isinstance(part, kinds.Product) and len(part.names & OF_ANY_SIZE) > 1:
        for each in part.everything:
            if isinstance(each, kinds.Indexed) and isinstance(each.body, kinds.Name) and each.body.text in OF_ANY_SIZE:
                yield from (index.text for index in each.indices if isinstance(index, kinds.Name) and is_own_size(index, view))


def _implicit(expression: Ambiguous) -> Choices:
    """A column without an index may mean its entry only beside others that have one."""
    equality = expression.equality
    return (False, True) if expression.view.elementwise and (equality.has(kinds.Indexed) or equality.has(kinds.Sum)) else ()


def _size(expression: Ambiguous) -> Choices:
    view = expression.view
    free = any(name in expression.names and name not in view.names for name in OF_ANY_SIZE)
    if not free and kinds.Dots not in expression.node.kinds:
        return ()
    letters = (*view.letters, *_entries_of_matrices(expression)) or ("",)
    several = any(count_identities(part) > 1 and not set(OF_ANY_SIZE) & view.names for part in expression.here(kinds.Product))
    if _has_several_ones(expression) and len(letters) > 1 and "\\ones" not in view.names:
        # Each may have the size that fits beside it.
        return (*letters, FITTING, *(f"{FITTING} {letter}" for letter in letters))
    return (*letters, FITTING) if several else letters


def _entries_of_matrices(expression: Ambiguous) -> list[str]:
    """The sizes of a Jacobian of a matrix by a matrix, which the identity may have: the derivative of ``F - X`` by ``F``."""
    derivatives = expression.on_both_sides(kinds.Derivative)
    if IDENTITIES.isdisjoint(expression.names) or not any(
        isinstance(part.top, kinds.Name) and isinstance(part.bottom, kinds.Name) for part in derivatives
    ):
        return []
    shapes = dict.fromkeys(expression.view.variables.values())
    return [f"{down}{across}" for down, across in shapes if "1" not in (down, across)]


def _has_several_ones(expression: Ambiguous) -> bool:
    """Whether the ones stand more than once in the expression, or in what one of its names stands for."""
    view = expression.view
    names = {each for name in expression.node.names for each in view.reached_from(name)}
    bodies = [definition.body for name in sorted(names) for definition in view.definitions.get(name, ())]
    return any(sum(part == ONES for part in body.everything) > 1 for body in (expression.node, *bodies))


def _units(expression: Ambiguous) -> Choices:
    view = expression.view
    units = _unit_indices(view, expression.equality, expression.names)
    if not units:
        return ()
    choices: Choices = tuple(tuple(zip(units, letters)) for letters in combinations(view.letters, repeat=len(units)))
    small = any(part.body == kinds.Name("e") for part in expression.on_both_sides(kinds.Indexed))
    if any(map(_is_of_unit, (*expression.on_both_sides(kinds.Function), *expression.on_both_sides(kinds.Transposed)))):
        # Nobody takes the trace of an entry, which is a number.
        return choices
    if ("E" in view.names and "e" not in view.behind("E")) or not small:
        # An E may be the identity, and an e_j a column of E.
        return (*choices, ())
    return choices


def _is_of_unit(part: kinds.Node) -> bool:
    """Whether what may be a matrix unit, ``E_{ij}``, stands in a trace or is transposed."""
    is_of_matrix = isinstance(part, kinds.Transposed) or (isinstance(part, kinds.Function) and part.name in ("tr", "vec"))
    return is_of_matrix and any(
        isinstance(each, kinds.Indexed) and len(each.indices) == 2 and may_be_unit(each, frozenset()) for each in part.everything
    )


def _rows(expression: Ambiguous) -> Choices:
    lines = expression.lines
    if not lines:
        return ()
    return tuple(frozenset(each) for count in range(len(lines) + 1) for each in selections(lines, count))


def _row_entries(expression: Ambiguous) -> Choices:
    rows = expression.lines or kinds.Slice in expression.node.kinds
    return (False, True) if rows or any(takes_row(expression.view, part) for part in expression.here(kinds.Indexed)) else ()


def _tuples(expression: Ambiguous) -> Choices:
    return ("column", "row") if kinds.Tuple in expression.node.kinds else ()


def _called(expression: Ambiguous) -> Choices:
    """A number ``y``, or a text's own array, may be a factor before a sum in brackets, where no step stands in the sum."""
    view = expression.view
    for part in expression.here(kinds.Product):
        for one, behind, sign in zip(part.factors, part.factors[1:], part.signs):
            is_defined = isinstance(one, kinds.Name) and view.aliases.get(one.text, one.text) in view.definitions
            is_sum = isinstance(behind, kinds.Group) and isinstance(behind.body, kinds.Add)
            if not sign and is_defined and is_sum and behind.names <= view.names | OF_ANY_SIZE:
                # A derivative of a number is more often that number times an array.
                return (False, True) if expression.equality.has(kinds.Derivative) else (True, False)
    return ()


class Row(NamedTuple):
    """What may be read in more than one way: a field of an interpretation, and its choices for an expression."""

    field: str
    choices: Callable[[Ambiguous], Choices]


# Each function gives the choices for one field of an interpretation, the most usual one first, or none where the field makes no
# difference for the expression. Whoever adds a field adds one such function, here or in choices_of_derivatives.py, and its row here.
# Fields that come first are varied last. Where a field has two rows, the first one that gives choices counts.
TABLE = (
    Row("star", _star_of_products),
    Row("trace", _trace),
    Row("star", _star_of_powers),
    Row("otimes", _otimes),
    Row("bars", _bars),
    Row("reduced", _reduced),
    Row("own_sizes", _own_sizes),
    Row("derivative", derivative),
    Row("columns", columns),
    Row("chain", chain),
    Row("implicit", _implicit),
    Row("size", _size),
    Row("units", _units),
    Row("varying", varying),
    Row("rows", _rows),
    Row("tuples", _tuples),
    Row("row_entries", _row_entries),
    Row("stacked", stacked),
    Row("called", _called),
)


def _unit_indices(view: View, equality: Equality, used: frozenset[str]) -> tuple[str, ...]:
    """The indices of unit vectors and matrix units, those in the definitions of the names that are used included."""
    found: dict[str, None] = {}
    bodies = [definition.body for name in sorted(used) for definition in view.definitions.get(name, ())]
    for whole in (*equality.sides, *bodies):
        if not whole.texts.isdisjoint(UNITS):
            units = [part for part in of_kind(kinds.Indexed, whole) if may_be_unit(part, view.names)]
            found |= {text_of_index(index): None for part in units for index in part.indices}
    if len(found) > MOST_UNITS:
        raise NotUnderstood("so many different unit vectors were not understood")
    return tuple(found)
