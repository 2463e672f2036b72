"""Shapes for letters that nobody declared: the ways to take them that go together, the most general solution of each.

What a letter may be taken for is found in :mod:`.letters`, the equations of the statement in :mod:`.shapes`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from itertools import islice
from itertools import product as combinations
from math import prod

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.values import shape_rules, shapes_of_dotted  # noqa: F401 (they fill the table of rules)
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.letters import COLUMN, LIKE_NO_NUMBER, MATRIX, SCALAR, SIZE, Lemma, Way, ways_to_take
from matrix_checks.derivations.values.shapes import NotTyped, Typing
from matrix_checks.derivations.values.sizes import NUMBER, ONE, DoesNotFit, Shape, Size, Sizes

# Of ways to take the letters, the most usual first.
MOST_WAYS = 48
# Sides that do not have the same shape make a way less likely, but no way that is unusual otherwise more so.
OF_DIFFERENT_SHAPES = 0.5
SIZE_LETTERS = "pqrstuvwabcdefgh"


@dataclass(frozen=True)
class Typed:
    """One way to take the letters, in which both sides have shapes.

    Attributes
    ----------
    view
        The exercise with the letters as variables of these shapes.
    cost
        How unusual it is.
    same_shapes
        Whether the two sides may have the same shape.
    plain
        Whether no letter that may be a matrix by its look is taken for a number.
    """

    view: View
    cost: float
    same_shapes: bool
    plain: bool


def effort(lemma: Lemma) -> int:
    """What has to be done at most to find the shapes: each part is looked at once for each way to take the letters."""
    ways = prod(len(ways_to_take(lemma, text)) for text in lemma.unknown)
    return min(ways, MOST_WAYS) * sum(len(side.everything) for side in lemma.sides) // 2


def typings(lemma: Lemma) -> Iterator[Typed]:
    """The ways to take the letters in which both sides have shapes; the most usual first."""
    options = [ways_to_take(lemma, text) for text in lemma.unknown]
    ways = sorted(islice(combinations(*options), 4 * MOST_WAYS), key=_cost)
    found: list[Typed] = []
    for way in ways[:MOST_WAYS]:
        try:
            found.append(_solved(lemma, way))
        except DoesNotFit:
            continue
        except NotTyped:
            if not found:
                raise
    yield from sorted(found, key=lambda typed: typed.cost)


def _cost(way: Way) -> float:
    return sum(cost for cost, _ in way)


def _solved(lemma: Lemma, way: Way) -> Typed:
    """The most general solution of the equations of both sides; ``DoesNotFit`` where there is none."""
    view = lemma.view
    sizes = Sizes(frozenset(view.letters), frozenset(lemma.sizes))
    letters = {text: shape_for(what, sizes) for text, (_, what) in zip(lemma.unknown, way)}

    def known(text: str) -> Shape:
        rows, columns = (_size(view, letter) for letter in lemma.known(text))
        return rows, columns

    for text in lemma.sizes:
        letters.setdefault(text, NUMBER)
    typing = Typing(sizes, letters, known, partial(applies, view), view.elementwise)
    left, right = (typing.shape(side) for side in lemma.sides)
    sizes.settle()
    same, cost = True, _cost(way)
    if not any(bare(side) == kinds.Number(Fraction(0)) for side in lemma.sides):
        together = sizes.copy()
        try:
            together.unify(left[0], right[0])
            together.unify(left[1], right[1])
            together.settle()
            sizes = together
        except DoesNotFit:
            same, cost = False, cost + OF_DIFFERENT_SHAPES
    counts = {text for text, (_, what) in zip(lemma.unknown, way) if what == SIZE}
    return Typed(
        view_of(lemma, {text: letters[text] for text in lemma.unknown}, counts, sizes),
        cost,
        same,
        (LIKE_NO_NUMBER, SCALAR) not in way,
    )


def applies(view: View, function: Node, argument: Node) -> bool:
    """Whether ``f (x + h)`` is a function of the exercise at a point, and no product."""
    function = kinds.whole_of(function)
    if not isinstance(function, kinds.Name) or not isinstance(argument, kinds.Group):
        return False
    name = view.aliases.get(function.text, function.text)
    terms = argument.body.terms if isinstance(argument.body, kinds.Add) else (argument.body,)
    points = {view.aliases.get(term.text, term.text) for term in terms if isinstance(term, kinds.Name)}
    return name in view.definitions and not (points - {name}).isdisjoint(view.reached_from(name))


def shape_for(what: str, sizes: Sizes) -> Shape:
    if what == MATRIX:
        return sizes.fresh(), sizes.fresh()
    return (sizes.fresh(), ONE) if what == COLUMN else NUMBER


def _size(view: View, text: str) -> Size:
    """A size, of which several letters are the product, as of a matrix whose columns are stacked."""
    found, rest = ONE, "" if text == "1" else text
    while rest:
        letter = max((each for each in view.letters if rest.startswith(each)), key=len, default="")
        if not letter:
            raise NotTyped("a size that is no letter was not understood")
        found, rest = (*found, letter), rest.removeprefix(letter)
    return found


@dataclass
class _Letters:
    """Letters for sizes that nobody named: those that the statement does not use otherwise."""

    taken: set[str]
    given: dict[str, str] = field(default_factory=dict)

    def letter(self, size: Size, sizes: Sizes) -> str:
        """The letter of a size."""
        if not size:
            return "1"
        if len(size) > 1:
            raise DoesNotFit
        (root,) = sizes.found(size)
        if not root.startswith("?"):
            return root
        if root not in self.given:
            free = next((each for each in SIZE_LETTERS if each not in self.taken), root)
            self.taken.add(free)
            self.given[root] = free
        return self.given[root]


def view_of(lemma: Lemma, letters: dict[str, Shape], counts: set[str], sizes: Sizes, taken: Iterable[str] = ()) -> View:
    """The exercise, as far as the statement speaks of it, with the letters as variables.

    ``counts`` are numbers that are sizes; ``taken`` are letters that no size gets for a name.
    """
    view = lemma.view
    names = {text for side in lemma.sides for text in side.names}
    reached = {each for text in names for meant in view.meant_by(text) for each in view.reached_from(meant)}
    definitions = {text: found for text, found in view.definitions.items() if text in reached and text not in letters}
    texts = {text for found in definitions.values() for each in found for text in each.body.texts}
    letter_of = _Letters({*taken, *view.names, *texts, *(text for side in lemma.sides for text in side.texts)})
    variables = {text: shape for text, shape in view.variables.items() if text in reached}
    for text, (rows, columns) in sorted(letters.items()):
        variables[text] = (letter_of.letter(rows, sizes), letter_of.letter(columns, sizes))
    for text in counts.intersection(letter for text, shape in variables.items() if text not in counts for letter in shape):
        del variables[text]
    aliases = {text: meant for text, meant in view.aliases.items() if text not in letters}
    for text in lemma.sizes:
        (root,) = sizes.found((text,))
        if root != text:
            aliases[text] = root
    return replace(view, variables=variables, definitions=definitions, aliases=aliases, origin=view.origin or view)
