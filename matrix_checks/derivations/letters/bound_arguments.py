r"""The letter with which a function is stated, where it is only that: after ``\sigma(z)_i = e^{z_i} / \sum_j e^{z_j}`` a text goes on with ``\sigma(a)_i``."""

from collections.abc import Iterator

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import equalities, formulas_of, relations, with_names, written_in
from matrix_checks.derivations.context.strangers import derived_by
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece

Call = tuple[str, str]


def take_bound_arguments(context: Context, found: list[Piece]) -> None:
    """Take the only other letter of which a text takes such a function, or by which it differentiates, for the same variable."""
    formulas = formulas_of(context, found)
    sides = [side for pair in relations(context, formulas) for side in pair]
    for left, right in equalities(context, formulas):
        for function, argument in _calls(left):
            meant = {each for view in context.views for each in view.meant_by(argument) if each in view.variables}
            in_formulas = sum(argument in written_in(tokens) for tokens in formulas)
            if argument not in right.names or in_formulas != 1 or len(meant) != 1:
                continue
            called = {name for side in sides for each, name in _calls(side) if each == function} - {argument}
            derived = {name for side in sides for name in derived_by(side)}
            others = {name for name in called or derived if _is_strange(context, name)}
            if len(others) == 1:
                names = dict.fromkeys(others, meant.pop())
                context.look_at([with_names(view, names) for view in context.views])
                return


def _calls(node: Node) -> Iterator[Call]:
    """The functions that have a letter in brackets behind them, each with that letter; an index may stand behind the brackets."""
    for part in node.everything:
        if isinstance(part, kinds.Product) and len(part.factors) > 1:
            for function, behind in zip(part.factors, part.factors[1:]):
                name = kinds.whole_of(function)
                group = kinds.whole_of(behind)
                if isinstance(name, kinds.Name) and isinstance(group, kinds.Group) and isinstance(group.body, kinds.Name):
                    yield name.text, group.body.text


def _is_strange(context: Context, name: str) -> bool:
    """Whether the text says nowhere what a letter is."""
    return len(name) == 1 and not {name, name.upper()} & context.known and name not in context.later | context.later_entries
