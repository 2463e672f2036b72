r"""Numbers that nobody declares, by which all entries are shifted before an exponential: the ``m`` of ``e^{x_i - m}``."""

from collections.abc import Iterator

from matrix_checks.derivations.context.context import MOST_NAMES, Context
from matrix_checks.derivations.context.statements_of_text import NO_ARRAY, formulas_of, relations
from matrix_checks.derivations.equality.deviation import without_labels
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.units import ONES

EXPONENTIALS = ("exp",)
BASE = kinds.Name("e")


def declare_shifts(context: Context, found: list[Piece]) -> None:
    """Take for a number what is added to an entry in every exponential in which it stands, and of which the text does not say what it is."""
    shifts: set[str] = set()
    others: set[str] = set()
    beside_ones: set[str] = set()
    for sides in relations(context, formulas_of(context, found)):
        for side in sides:
            inside = {name for exponent in _exponents(side) for name in _shifts_in(exponent)}
            shifts |= inside
            others |= _indexed_in(side) | _outside(side)
            beside_ones |= _before_ones(side, context)
    said = context.known | context.later.keys() | context.later_entries.keys() | NO_ARRAY
    for name in sorted((shifts - others | beside_ones) - said):
        if len(context.own) < MOST_NAMES:
            context.introduce_number(name)
            # Words may say that it is the largest entry: what holds for any number holds, and nothing is false for it.
            context.memory.shifts.add(name)


def _before_ones(node: Node, context: Context) -> set[str]:
    r"""The ``c`` of ``x + c\mathbf 1`` in brackets: what stands before a column of ones that is added to an array is a number."""
    found: set[str] = set()
    for part in node.everything:
        terms = part.body.terms if isinstance(part, kinds.Group) and isinstance(part.body, kinds.Add) else ()
        if not any(isinstance(term, kinds.Name) and term.text in context.arrays for term in terms):
            continue
        for term in terms:
            product = term.body if isinstance(term, kinds.Negative) else term
            factors = product.factors if isinstance(product, kinds.Product) else ()
            # A statistic with a label is no number of the text's own.
            is_own = len(factors) == 2 and factors[0] == without_labels(factors[0], context.views)
            if is_own and factors[1] == ONES and isinstance(factors[0], kinds.Name):
                found.add(factors[0].text)
    return found


def _exponents(node: Node) -> Iterator[Node]:
    yield from (exponent for part in node.everything if (exponent := _exponent(part)) is not None)


def _exponent(node: Node) -> Node | None:
    """The exponent of an exponential; ``None`` for anything else."""
    if isinstance(node, kinds.Power) and node.body == BASE:
        return kinds.bare(node.exponent)
    is_exponential = isinstance(node, kinds.Function) and node.name in EXPONENTIALS and len(node.arguments) == 1
    return kinds.bare(node.parts[0]) if is_exponential else None


def _outside(node: Node) -> set[str]:
    """The names that stand outside of exponentials: of these the text may say what they are."""
    if _exponent(node) is not None:
        return set()
    return {node.text} if isinstance(node, kinds.Name) else set().union(*map(_outside, node.parts))


def _shifts_in(exponent: Node) -> Iterator[str]:
    """The letters without an index that are added to one with an index, or taken away from it."""
    terms = exponent.terms if isinstance(exponent, kinds.Add) else ()
    if not any(isinstance(term, kinds.Indexed) for term in terms):
        return
    for term in terms:
        added = term.body if isinstance(term, kinds.Negative) else term
        if isinstance(added, kinds.Name):
            yield added.text


def _indexed_in(node: Node) -> set[str]:
    """The letters that have an index somewhere, and those that are indices."""
    found: set[str] = set()
    for part in node.everything:
        if isinstance(part, kinds.Indexed):
            found |= {each.text for each in (part.body, *part.indices) if isinstance(each, kinds.Name)}
        elif isinstance(part, kinds.Sum):
            found.add(part.index)
    return found
