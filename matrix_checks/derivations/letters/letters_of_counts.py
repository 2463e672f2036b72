r"""The number of objects in another letter, where no sum says that it ends there: the ``B`` of ``\frac1B\sum_i z_i``."""

from collections.abc import Iterator

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of, is_said, letters_written, relations
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.names.declared_sizes import shapes_given
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece


def take_letter_of_count(context: Context, found: list[Piece]) -> None:
    """Take the one letter by which the text divides its sums for the size by which the exercise divides its own."""
    bodies = [each[0].body for view in context.views for each in (view.origin or view).definitions.values()]
    sizes = {letter for view in context.views for letter in (view.origin or view).letters}
    meant = {name for body in bodies for name in _divisors(body)} & sizes
    if len(meant) != 1:
        return
    formulas = formulas_of(context, found)
    sides = [side for each in relations(context, formulas) for side in each]
    divisors = {name for side in sides for name in _divisors(side)}
    # Of the letters of shapes other rooms say which sizes they are.
    given = {letter for _, shape in shapes_given(found) for letter in shape}
    letters = {name for name in divisors if not is_said(context, name)} - INDEX_LETTERS.difference("mn") - given
    (size,) = meant
    others = {name for name in context.memory.ends - letters if not is_said(context, name)}
    if len(letters) != 1 or size in letters_written(formulas) or others:
        return
    (letter,) = letters
    if letter not in context.known and letter not in context.memory.declared and size not in context.memory.declared.values():
        context.memory.declared[letter] = size


def _divisors(node: Node) -> Iterator[str]:
    """The names by which whole sums are divided, as in a mean."""
    for part in node.everything:
        if isinstance(part, kinds.Quotient):
            top = kinds.bare(part.top)
            if isinstance(top, kinds.Sum) or _sums_up(top):
                yield from _name(part.bottom)
        if isinstance(part, kinds.Product) and (
            _sums_up(part) or any(isinstance(kinds.bare(factor), kinds.Sum) for factor in part.factors)
        ):
            for factor in part.factors:
                if isinstance(factor, kinds.Quotient) and isinstance(kinds.bare(factor.top), kinds.Number):
                    yield from _name(factor.bottom)


def _sums_up(node: Node) -> bool:
    """Whether a product sums over objects: the column of ones turned, times an array, or one column turned, times one."""
    factors = node.factors if isinstance(node, kinds.Product) else ()
    return any(isinstance(factor, kinds.Transposed) for factor in factors[:-1]) or isinstance(node, kinds.Norm)


def _name(node: Node) -> Iterator[str]:
    node = kinds.bare(node)
    if isinstance(node, kinds.Name):
        yield node.text
