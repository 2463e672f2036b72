r"""Letters that the exercise has for sizes, and the text for matrices, or for its loss: in ``R = M - UV`` neither ``R`` nor ``M`` counts anything."""

from collections.abc import Iterator
from itertools import islice, pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of, letters_written, relations, tokens_of
from matrix_checks.derivations.equality.labels import what_is_an_array_in
from matrix_checks.derivations.equality.letters_of_sizes import letters_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.letters.denominators_in_words import sums_said
from matrix_checks.derivations.names.declared_sizes import shapes_given
from matrix_checks.derivations.prose import words_of_names
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.names import SIZED

MOST_RELATIONS = 100
# What a size is called instead, where its letter is a matrix: the first one that the text does not write.
OTHERS = "KLPQTDkpqrd"


def take_sizes_as_arrays(context: Context, found: list[Piece]) -> set[str]:
    """Give the exercise's sizes other letters, where the text has theirs for matrices, and nowhere for a size; the letters that are free then."""
    sizes = set(filter(str.isupper, letters_of(context.views))) - context.arrays
    formulas = formulas_of(context, found)
    written = letters_written(formulas)
    others = {name for view in context.views for name, meant in view.aliases.items() if meant in view.letters}
    if written.isdisjoint(sizes | others):
        return set()
    variables = {name for view in context.views for name in view.variables}
    pairs = list(islice(relations(context, formulas), MOST_RELATIONS))
    parts = [part for sides in pairs for side in sides for part in side.everything]
    counting = {letter for _, shape in shapes_given(found) for letter in shape} | {
        name for part in parts for name in _counted(part)
    }
    # What is divided by may be such a sum.
    sums = {name for sides in pairs for name in _set_to_sum(sides, variables)} & (sizes | others) - counting
    sums |= sums_said(context, found) & (sizes | others) - counting
    if sums & others:
        context.look_at(view.without_alias(*sums) for view in context.views)
    counting |= {name for part in parts if isinstance(part, kinds.Quotient) for name in part.bottom.names} - sums
    arrays = {inside.text for part in parts for inside in map(bare, what_is_an_array_in(part)) if isinstance(inside, kinds.Name)}
    arrays.update(name for left, _ in pairs for name in _with_entries(left))
    # Nobody differentiates a size: the C of \frac{\partial C}{\partial z} is a cost.
    arrays.update(
        top.text for part in parts if isinstance(part, kinds.Derivative) and isinstance(top := bare(part.top), kinds.Name)
    )
    arrays |= sums | _called(context, found)
    for sides in pairs:
        arrays.update(_named_like(sides, variables))
        arrays.update(_added_to(sides, sizes - counting, arrays))
    counts = letters_of(context.views)
    matrices = {name for part in parts for name in part.names if len(name) == 1 and name.isupper()} - counts
    for part in parts:
        arrays.update(_in_norm(part, sizes - counting))
        arrays.update(_in_two_places(part))
        arrays.update(_beside_matrix(part, sizes - counting, matrices))
    free = (letter for letter in OTHERS if letter not in written | context.known)
    letters = dict(zip(sorted(sizes & arrays - counting), free))
    if letters:
        context.look_at(view.with_letters(letters) for view in context.views)
    return set(letters)


def _called(context: Context, found: list[Piece]) -> set[str]:
    """The letters that words give to the line before: "I call this $R$"."""
    names = {
        context.only_name(tokens_of(context, piece))
        for between, piece in pairwise(found)
        if words_of_names.is_called(between.source)
    }
    return names - {""}


def _added_to(sides: tuple[Node, Node], sizes: set[str], arrays: set[str]) -> Iterator[str]:
    """The sizes that are added to a product of capital letters, or to what is set equal to an array."""
    left, right = sides
    if not isinstance(right, kinds.Add):
        return
    terms = [bare(term.body if isinstance(term, kinds.Negative) else term) for term in right.terms]
    names = {term.text for term in terms if isinstance(term, kinds.Name)} & sizes
    is_array = isinstance(left, kinds.Name) and left.text in arrays
    if names and (is_array or any(isinstance(term, kinds.Product) and all(map(_is_capital, term.factors)) for term in terms)):
        yield from names


def _with_entries(left: Node) -> Iterator[str]:
    """The ``R`` of which the text sets each entry, ``r_{ij}``, equal to something."""
    if (
        isinstance(left, kinds.Indexed)
        and isinstance(left.body, kinds.Name)
        and len(left.indices) == 2
        and left.body.text.islower()
    ):
        yield left.body.text.upper()


def _set_to_sum(sides: tuple[Node, Node], variables: set[str]) -> Iterator[str]:
    """The letter of a sum of exponentials of the exercise's variable: the ``N`` that a softmax divides by."""
    left, right = sides
    exponentials = (part for part in right.everything if isinstance(part, kinds.Function) and part.name == "exp")
    is_sum = isinstance(right, (kinds.Sum, kinds.Add))
    if isinstance(left, kinds.Name) and is_sum and any(not variables.isdisjoint(part.names) for part in exponentials):
        yield left.text


def _named_like(sides: tuple[Node, Node], variables: set[str]) -> Iterator[str]:
    """Both letters of ``M = X``, where one of them is the exercise's array."""
    if all(isinstance(side, kinds.Name) for side in sides) and not variables.isdisjoint(names := sides[0].names | sides[1].names):
        yield from names


def _in_two_places(part: Node) -> Iterator[str]:
    """The ``M`` of an entry ``M_{ij}``: no size has two indices."""
    if isinstance(part, kinds.Indexed) and isinstance(part.body, kinds.Name) and len(part.indices) == 2:
        yield part.body.text


def _in_norm(part: Node, sizes: set[str]) -> Iterator[str]:
    """The sizes that are terms of a sum in a norm: the numbers of rows and columns have none."""
    inside = bare(part.body) if isinstance(part, kinds.Norm) and not isinstance(part, kinds.Bars) else None
    terms = inside.terms if isinstance(inside, kinds.Add) else ()
    for term in (bare(term.body if isinstance(term, kinds.Negative) else term) for term in terms):
        if isinstance(term, kinds.Name) and term.text in sizes:
            yield term.text


def _beside_matrix(part: Node, sizes: set[str], matrices: set[str]) -> Iterator[str]:
    """The sizes that are added to a matrix: the step of ``f(A + K)``."""
    names = {term.text for term in part.terms if isinstance(term, kinds.Name)} if isinstance(part, kinds.Add) else set()
    if not names.isdisjoint(matrices):
        yield from names & sizes


def _is_capital(factor: Node) -> bool:
    return isinstance(factor, kinds.Name) and factor.text.isupper()


def _counted(part: Node) -> Iterator[str]:
    """The letters that count something: the end of a sum, or the number of rows of an identity."""
    if isinstance(part, kinds.Sum) and part.upper is not None:
        yield from part.upper.names
    if isinstance(part, kinds.Indexed) and isinstance(part.body, kinds.Name) and part.body.text in SIZED:
        yield from (name for index in part.indices for name in index.names)
