r"""The small constant below a root in another letter: the ``e`` of ``\sqrt{v + e}`` is no Euler's number, and ``\kappa`` nothing new."""

from collections.abc import Iterator
from dataclasses import replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of, is_said, letters_written, relations
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import View

NUMBER = ("1", "1")


def take_small_constant(context: Context, found: list[Piece]) -> None:
    """Take a letter that is only ever added to something, below a root somewhere, for the exercise's number that is added there."""
    meant = set.intersection(*(set(_added_below_roots(view)) for view in context.views))
    formulas = formulas_of(context, found)
    spellings = {name for view in context.views for name, other in view.aliases.items() if other in meant}
    if len(meant) != 1 or not letters_written(formulas, alone=False).isdisjoint(meant | spellings):
        return
    sides = [side for each in relations(context, formulas) for side in each]
    added = {name for side in sides for name in _below_roots(side)}
    others = {name for side in sides for name in _elsewhere(side)}
    # Words may have said that it is a number, and nothing more.
    numbers = {name for name in context.own if all(view.variables.get(name) == NUMBER for view in context.views)}
    letters = {name for name in added - others - context.known.difference(numbers) if not is_said(context, name)}
    if len(letters) == 1:
        (name,), (constant,) = letters, meant
        context.own.discard(name)
        context.look_at(_with_name(view, name, constant) for view in context.views)


def _with_name(view: View, name: str, constant: str) -> View:
    """A view with another name for its constant, which is no variable of its own any more."""
    variables = {each: shape for each, shape in view.variables.items() if each != name}
    return replace(view, variables=variables, origin=view.origin or view).with_alias(name, constant)


def _added_below_roots(view: View) -> Iterator[str]:
    """The exercise's numbers that are added below a root."""
    for definitions in (view.origin or view).definitions.values():
        for name in _below_roots(definitions[0].body):
            if view.variables.get(name) == NUMBER:
                yield name


def _below_roots(node: Node) -> Iterator[str]:
    """The names that are added to something below a root, or in a power that is no whole number."""
    for part in node.everything:
        if isinstance(part, kinds.Function) and part.name == "sqrt" and len(part.arguments) == 1:
            yield from _summands(kinds.bare(part.arguments[0]))
        elif isinstance(part, kinds.Power) and isinstance(kinds.bare(part.exponent), (kinds.Quotient, kinds.Negative)):
            yield from _summands(kinds.bare(part.body))


def _summands(node: Node) -> Iterator[str]:
    terms = node.terms if isinstance(node, kinds.Add) else ()
    yield from (term.text for term in terms if isinstance(term, kinds.Name))


def _elsewhere(node: Node) -> Iterator[str]:
    """The names that stand anywhere but added to something."""
    if isinstance(node, kinds.Name):
        yield node.text
        return
    for part in node.parts:
        if not (isinstance(node, kinds.Add) and isinstance(part, kinds.Name)):
            yield from _elsewhere(part)
