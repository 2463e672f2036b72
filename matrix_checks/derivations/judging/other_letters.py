r"""The exercise's own statement in other letters: whoever writes ``S_i = e^{z_i} / \sum_k e^{z_k}`` calls the input ``z`` and the output ``S``."""

from itertools import islice, permutations

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.equality import holds
from matrix_checks.derivations.judging.given_values import are_numbers
from matrix_checks.derivations.judging.introductions import name_of
from matrix_checks.derivations.judging.statements_of_text import (
    are_crossed,
    are_differentiated_only,
    equalities,
    formulas_of,
    in_order,
    indexed_in,
    letters_written,
    renamed,
    strange_arrays,
    variables_of,
    with_names,
)
from matrix_checks.derivations.reading.formulas import Piece

# So many equalities from the beginning of the text are looked at, and so many letters in each.
MOST_EQUALITIES = 20
MOST_LETTERS = 3


def take_other_letters(context: Context, found: list[Piece]) -> None:
    """Take letters of the text for those of the exercise that the text never writes, where it states the exercise with them."""
    formulas = formulas_of(context, found)
    written = letters_written(formulas, alone=False)
    indexed = {one for tokens in formulas for one in indexed_in(tokens)}
    missing = {name for view in context.views for name in view.variables} - written - context.memory.declared.keys()
    if not missing:
        return
    defined = {name for view in context.views for name in view.definitions} - context.restated.keys()
    derived = {name for name in defined & written if are_differentiated_only(formulas, name)}
    for left, right in islice(equalities(context, formulas), MOST_EQUALITIES):
        arrays = strange_arrays(context, right)
        strange = [name for name in in_order(right) if name in arrays]
        # What the text sets a letter equal to somewhere is what it stands for, unless it is numbers of an example.
        is_said = not {*context.later_entries, *(name for name in context.later if not _has_numbers(context, name))}.isdisjoint(
            strange
        )
        if 0 < len(strange) <= MOST_LETTERS and not is_said and _take(context, written - derived, indexed, left, right, strange):
            return


def _has_numbers(context: Context, name: str) -> bool:
    """Whether the text sets a name equal to arrays of numbers only."""
    return all(len(side) > 1 and are_numbers(side) for side in context.later[name])


def _take(context: Context, written: set[str], indexed: set[str], left: Node, right: Node, strange: list[str]) -> bool:
    """Whether an equality states what the exercise defines in some view; then its letters stand for the exercise's."""
    name = name_of(left)
    for view in context.views:
        for defined, definitions in (view.origin or view).definitions.items():
            own = view.aliases.get(name, name) == defined
            if not own and (defined in written or name in context.known):
                continue
            # In their order: tr(XC) is tr(AB) with X for A, and not with X for B.
            theirs = [each for each in variables_of(view, definitions[0].body) if each not in written]
            for chosen in permutations(theirs, len(strange)):
                names = dict(zip(strange, chosen))
                if not own:
                    names[name] = defined
                if not are_crossed(names) and holds(context.setting(), renamed(left, names), renamed(right, names)):
                    names |= entries_and_matrices(context, names, indexed)
                    context.look_at(with_names(each, names) for each in context.views)
                    return True
    return False


def entries_and_matrices(context: Context, names: dict[str, str], indexed: set[str]) -> dict[str, str]:
    """The capital letter of a small one that stands for a matrix, and a small letter with indices for the entries of the capital one."""
    found: dict[str, str] = {}
    for name, meant in names.items():
        shape = context.shape_at(meant)
        if shape is None or "1" in shape or len(name) != 1 or not name.isalpha():
            continue
        other = name.swapcase()
        if other not in context.known and (other.isupper() or other in indexed):
            found[other] = meant
    return found
