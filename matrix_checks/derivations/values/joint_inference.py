r"""Shapes for the letters of several equalities together: the most usual way to take them in which all of the equalities have shapes."""

import heapq
from collections.abc import Iterator, Mapping
from functools import partial

from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Name, Node
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.inference import SIZE_LETTERS, applies, shape_for, view_of
from matrix_checks.derivations.values.letters import (
    COLUMN,
    LIKE_NO_NUMBER,
    MATRIX,
    SCALAR,
    SIZE,
    Lemma,
    Way,
    own_sizes,
    ways_to_take,
)
from matrix_checks.derivations.values.names import SIZED
from matrix_checks.derivations.values.shapes import NotTyped, Typing
from matrix_checks.derivations.values.sizes import NUMBER, ONE, DoesNotFit, Shape, Size, Sizes

# Of letters, and of ways to take them.
MOST_LETTERS, MOST_WAYS = 12, 60
# What it costs to take a capital letter for a column.
AS_COLUMN = 0.5


def typed_together(
    view: View, equalities: list[tuple[Node, Node]], given: Mapping[str, tuple[str, str]], capital_columns: bool = False
) -> View | None:
    r"""A view with all letters of some equalities as variables, in shapes with which all equalities make sense.

    Parameters
    ----------
    view
        What it is made of; it has no names.
    equalities
        The two sides of each.
    given
        The shapes that the text itself gives to some letters, in its own letters of sizes.
    capital_columns
        Whether a capital letter may be a column: the ``Y`` of ``\|Xw - Y\|^2``.

    Returns
    -------
    View or None
        ``None`` where there is no such way among the most usual ones, or an operation has a shape that is not known.
    """
    sides = tuple(side for pair in equalities for side in pair)
    indices = {index for side in sides for index in _bound(side)}
    sizes = tuple(
        dict.fromkeys((*own_sizes(view, sides, set()), *(one for shape in given.values() for one in shape if one != "1")))
    )
    letters = sorted({name for side in sides for name in side.names} - set(SIZED) - set(sizes) - indices)
    if not letters or len(letters) > MOST_LETTERS:
        return None
    letters = [letter for letter in letters if not _is_defined_first(letter, equalities)]
    lemma = Lemma(view, sides, _unknown, frozenset(), tuple(letters), sizes)
    # A capital letter for a number would make true what is false of matrices.
    options = [tuple(way for way in ways_to_take(lemma, letter) if way != (LIKE_NO_NUMBER, SCALAR)) for letter in letters]
    if capital_columns:
        options = [(*ways, (AS_COLUMN, COLUMN)) if ways == ((0, MATRIX),) else ways for ways in options]
    for way in _cheapest(options):
        try:
            return _solved(lemma, way, given)
        except DoesNotFit:
            continue
        except NotTyped:
            return None
    return None


def _is_defined_first(letter: str, equalities: list[tuple[Node, Node]]) -> bool:
    """Whether a letter is the left side of an equality, and stands in none before: it has the shape of what it is."""
    for left, right in equalities:
        if letter in right.names:
            return False
        if left == Name(letter):
            return True
        if letter in left.names:
            return False
    return False


def _bound(side: Node) -> Iterator[str]:
    """The names that are indices wherever they stand."""
    yield from free_indices(side, ())


def _unknown(text: str) -> tuple[str, str]:
    raise NotTyped(f"it is not said what {text} is")


def _cheapest(options: list[Way]) -> Iterator[Way]:
    """The ways to take all letters, the most usual ones first."""
    start = (0,) * len(options)
    waiting = [(0.0, start)]
    seen = {start}
    for _ in range(MOST_WAYS):
        if not waiting:
            return
        _, places = heapq.heappop(waiting)
        yield tuple(option[place] for option, place in zip(options, places))
        for letter in range(len(options)):
            following = (*places[:letter], places[letter] + 1, *places[letter + 1 :])
            if following[letter] < len(options[letter]) and following not in seen:
                seen.add(following)
                cost = sum(option[place][0] for option, place in zip(options, following))
                heapq.heappush(waiting, (cost, following))


def _solved(lemma: Lemma, way: Way, given: Mapping[str, tuple[str, str]]) -> View:
    sizes = Sizes(frozenset(), frozenset(lemma.sizes))
    letters = {text: shape_for(what, sizes) for text, (_, what) in zip(lemma.unknown, way)}
    for text in lemma.sizes:
        letters.setdefault(text, NUMBER)
    for text in letters.keys() & given.keys():
        _same(sizes, letters[text], _shape_of(given[text]))
    for left, right in zip(lemma.sides[::2], lemma.sides[1::2]):
        # An index may run over something else in the next equality.
        typing = Typing(sizes, letters, _known, partial(applies, lemma.view), lemma.view.elementwise)
        shape = typing.shape(right)
        if isinstance(left, Name) and left.text not in letters:
            letters[left.text] = shape
            if left.text in given:
                _same(sizes, shape, _shape_of(given[left.text]))
        else:
            _same(sizes, typing.shape(left), shape)
    sizes.settle()
    counts = {text for text, (_, what) in zip(lemma.unknown, way) if what == SIZE}
    shapes = {text: shape for text, shape in letters.items() if text not in lemma.sizes}
    # The text may have any letter for an index.
    return view_of(lemma, shapes, counts, sizes, taken=SIZE_LETTERS)


def _shape_of(given: tuple[str, str]) -> Shape:
    rows, columns = (ONE if one == "1" else (one,) for one in given)
    return rows, columns


def _same(sizes: Sizes, one: Shape, other: tuple[Size, ...]) -> None:
    for mine, theirs in zip(one, other):
        sizes.unify(mine, theirs)


def _known(text: str) -> Shape:
    raise NotTyped(f"it is not said what {text} is")
