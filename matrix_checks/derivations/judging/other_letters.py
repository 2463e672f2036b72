r"""The exercise's own statement in other letters: whoever writes ``S_i = e^{z_i} / \sum_k e^{z_k}`` calls the input ``z`` and the output ``S``."""

from collections.abc import Iterator
from itertools import islice, permutations

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.equality import holds
from matrix_checks.derivations.judging.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.judging.introductions import name_of
from matrix_checks.derivations.judging.statements_of_text import equalities, formulas_of
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.values.exercise import View

# So many equalities from the beginning of the text are looked at, and so many letters in each.
MOST_EQUALITIES = 20
MOST_LETTERS = 3
NO_ARRAY = OF_ANY_SIZE | {"e"}


def take_other_letters(context: Context, found: list[Piece]) -> None:
    """Take letters of the text for those of the exercise that the text never writes, where it states the exercise with them."""
    formulas = formulas_of(context, found)
    written = {token for tokens in formulas for token in written_in(tokens)}
    missing = {name for view in context.views for name in view.variables} - written - context.memory.declared.keys()
    if not missing:
        return
    for left, right in islice(equalities(context, formulas), MOST_EQUALITIES):
        arrays = _arrays(context, right)
        strange = [name for name in in_order(right) if name in arrays]
        # What the text sets a letter equal to somewhere is what it stands for.
        is_said = not {*context.later, *context.later_entries}.isdisjoint(strange)
        if 0 < len(strange) <= MOST_LETTERS and not is_said and _take(context, written, left, right, strange):
            return


def _take(context: Context, written: set[str], left: Node, right: Node, strange: list[str]) -> bool:
    """Whether an equality states what the exercise defines in some view; then its letters stand for the exercise's."""
    name = name_of(left)
    for view in context.views:
        for defined, definitions in (view.origin or view).definitions.items():
            own = view.aliases.get(name, name) == defined
            if not own and (defined in written or name in context.known):
                continue
            # In their order: tr(XC) is tr(AB) with X for A, and not with X for B.
            theirs = [each for each in _variables_of(view, definitions[0].body) if each not in written]
            for chosen in permutations(theirs, len(strange)):
                names = dict(zip(strange, chosen))
                if not own:
                    names[name] = defined
                if holds(context.setting(), renamed(left, names), renamed(right, names)):
                    context.look_at(with_names(each, names) for each in context.views)
                    return True
    return False


def _variables_of(view: View, node: Node) -> list[str]:
    """The variables that an expression depends on, in the order in which it comes to them."""
    found: dict[str, None] = {}
    for name in in_order(node):
        if name in view.variables:
            found[name] = None
        elif name in view.definitions:
            found.update(dict.fromkeys(_variables_of(view, view.definitions[name][0].body)))
    return list(found)


def in_order(node: Node) -> list[str]:
    """The names in an expression, in their order."""
    return list(dict.fromkeys(part.text for part in node.everything if isinstance(part, kinds.Name)))


def renamed(node: Node, names: dict[str, str]) -> Node:
    """An expression with other names."""
    if isinstance(node, kinds.Name):
        return kinds.Name(names.get(node.text, node.text))
    return node.rebuilt(lambda part: renamed(part, names))


def with_names(view: View, names: dict[str, str]) -> View:
    """The view in which other names stand for some of its own."""
    for name, meant in names.items():
        if meant in view.variables or meant in view.definitions:
            view = view.with_alias(name, meant)
    return view


def _arrays(context: Context, node: Node) -> set[str]:
    """The names in an expression of which nobody said what they are; letters of indices and sizes are none."""
    bodies = {part.body.text for part in node.everything if isinstance(part, kinds.Indexed) and isinstance(part.body, kinds.Name)}
    ends = {part.upper.text for part in node.everything if isinstance(part, kinds.Sum) and isinstance(part.upper, kinds.Name)}
    return (bodies | (node.names - INDEX_LETTERS)) - context.known - NO_ARRAY - ends


def written_in(tokens: list[Token]) -> Iterator[str]:
    """What stands in a formula, the names of environments left out: there is no x in a bmatrix."""
    is_name = False
    for token in tokens:
        is_name = token in ("\\begin", "\\end") or (is_name and token != "}")
        if isinstance(token, str) and not is_name:
            yield token
