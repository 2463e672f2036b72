"""Which readings of an expression there are: only what makes a difference is varied."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations as selections
from itertools import product as combinations

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.indexing import UNITS, may_be_unit, text_of_index
from matrix_checks.derivations.values.products import is_loose_trace
from matrix_checks.derivations.values.sample import Memory, Reading

MOST_UNITS = 3


def readings(view: View, node: kinds.Node, left: kinds.Node, right: kinds.Node, memory: Memory) -> Iterator[Reading]:
    """The readings that make a difference for an expression; the most usual first.

    Parameters
    ----------
    view
        How the exercise is looked at.
    node
        The expression, which is ``left`` or ``right``.
    left, right
        The two sides of the equality.
    memory
        What the text before says.
    """
    options: dict[str, tuple] = {}
    parts, inside = node.everything, node.kinds
    kinds_of_both = left.kinds | right.kinds
    both = (*left.everything, *right.everything)
    products = [part for part in parts if isinstance(part, kinds.Product)] if kinds.Product in inside else []
    if any("*" in part.signs for part in products):
        options["star"] = ("matrix", "entries", "inner")
    if any(
        is_loose_trace(part.factors[place : place + 2], part.signs[place : place + 1])
        for part in products
        for place in range(len(part.signs))
    ):
        options["trace"] = ("bracket", "whole")
    if "star" not in options and view.elementwise and kinds.Power in inside:
        options["star"] = ("matrix", "entries")
    if any("otimes" in part.signs for part in products):
        options["otimes"] = ("kronecker", "outer")
    if (
        kinds.Function in inside
        and any(isinstance(part, kinds.Function) and part.name in ("total", "mean") for part in parts)
        and any("1" not in shape for shape in view.variables.values())
    ):
        options["reduced"] = ("all", "objects")
    own = sorted(each for each in left.names | right.names if each in memory.ends and each not in view.names)
    if own and len(own) <= 2:
        choices = [[memory.sizes[each]] if memory.sizes.get(each) in view.letters else view.letters for each in own]
        options["own_sizes"] = tuple(tuple(zip(own, letters)) for letters in combinations(*choices))
    derivatives = [part for part in parts if isinstance(part, kinds.Derivative)] if kinds.Derivative in inside else []
    if any(can_be_held(view, part) for part in derivatives):
        options["derivative"] = ("total", "direct")
    if any(not isinstance(bare(part.bottom), kinds.Indexed) for part in derivatives):
        options["columns"] = (False, True)
        options["chain"] = ("maps", "diagonal", "matrices") if view.elementwise or len(parts) > 3 else ("maps",)
    if view.elementwise and (kinds.Indexed in kinds_of_both or kinds.Sum in kinds_of_both):
        options["implicit"] = (False, True)
    names = {part.text for part in both if isinstance(part, kinds.Name)}
    names = names.union(*map(view.behind, names))
    if kinds.Dots in inside or any(name in names and name not in view.names for name in ("I", "E", "\\ones")):
        options["size"] = view.letters or ("",)
    units = _unit_indices(view, (left, right), names)
    if units:
        options["units"] = tuple(tuple(zip(units, letters)) for letters in combinations(view.letters, repeat=len(units)))
        if ("E" in view.names and "e" not in view.behind("E")) or not any(
            isinstance(part, kinds.Indexed) and part.body == kinds.Name("e") for part in both
        ):
            # An E may be the identity, and an e_j a column of E.
            options["units"] = (*options["units"], ())
    differentials = (
        [part.body for part in both if isinstance(part, kinds.Differentiated)] if kinds.Differentiated in kinds_of_both else []
    )
    if differentials:
        named = {part.text for body in differentials for part in body.everything if isinstance(part, kinds.Name)}
        direct = {body.text for body in map(bare, differentials) if isinstance(body, kinds.Name)}
        own = frozenset(view.aliases.get(name, name) for name in direct | named if view.aliases.get(name, name) in view.variables)
        alone = frozenset(view.aliases.get(name, name) for name in direct if view.aliases.get(name, name) in view.variables)
        # Where only dF stands, what F depends on varies, and nothing else.
        bodies = [body.body if isinstance(body, kinds.Indexed) else body for body in map(bare, differentials)]
        shared = [frozenset(view.behind(body.text) & set(view.variables)) for body in bodies if isinstance(body, kinds.Name)]
        shared = [each for each in shared if each]
        common = frozenset.intersection(*shared) if shared else frozenset()
        options["varying"] = tuple(dict.fromkeys((alone or own or common, common, frozenset())))
    indexed = [part for part in both if isinstance(part, kinds.Indexed)] if kinds.Indexed in kinds_of_both else []
    lines = sorted({part.body.text.upper() for part in indexed if _takes_line(view, part)})[:MOST_UNITS]
    if lines:
        subsets = (frozenset(each) for count in range(len(lines) + 1) for each in selections(lines, count))
        options["rows"] = tuple(subsets)
    if lines or kinds.Slice in inside or (kinds.Indexed in inside and any(_takes_row(view, part) for part in parts)):
        options["row_entries"] = (False, True)
    if not options:
        yield _reading((), ())
        return
    names = tuple(options)
    # As a rule the first one is right, and the others need not be put together.
    yield _reading(names, tuple(choices[0] for choices in options.values()))
    # One unusual reading is more likely than two at once.
    ways = sorted(combinations(*map(enumerate, options.values())), key=lambda chosen: sum(place for place, _ in chosen))
    for chosen in ways[1:]:
        yield _reading(names, tuple(value for _, value in chosen))


@lru_cache(maxsize=10_000)
def _reading(names: tuple[str, ...], values: tuple) -> Reading:
    # Much is kept by the reading: one object for each is found sooner than one that is equal.
    return Reading(**dict(zip(names, values)))


def _unit_indices(view: View, sides: tuple[kinds.Node, ...], used: set[str]) -> tuple[str, ...]:
    """The indices of unit vectors and matrix units, those in the definitions of the names that are used included."""
    found: dict[str, None] = {}
    bodies = [definition.body for name in used for definition in view.definitions.get(name, ())]
    for whole in (*sides, *bodies):
        if kinds.Indexed in whole.kinds and not whole.texts.isdisjoint(UNITS):
            for part in whole.everything:
                if isinstance(part, kinds.Indexed) and may_be_unit(part, view.names):
                    found |= {text_of_index(index): None for index in part.indices}
    if len(found) > MOST_UNITS:
        raise NotUnderstood("so many different unit vectors were not understood")
    return tuple(found)


def can_be_held(view: View, node: kinds.Derivative) -> bool:
    """Whether a derivative may be meant with other named quantities held fixed."""
    base = bare(node.bottom)
    base = base.body if isinstance(base, kinds.Indexed) else base
    waiting, between = [node.top], set()
    while waiting:
        for name in waiting.pop().names:
            name = view.aliases.get(name, name)
            if name in view.definitions and name not in between:
                between.add(name)
                waiting += [each.body for each in view.definitions[name][:1]]
    return isinstance(base, kinds.Name) and len(between - {base.text}) > 1


def _takes_line(view: View, node: kinds.Node) -> bool:
    """Whether it is ``a_i``, a row or a column of ``A``."""
    if not isinstance(node, kinds.Indexed) or len(node.indices) != 1 or not isinstance(node.body, kinds.Name):
        return False
    text = node.body.text
    upper = text.upper()
    if len(text) != 1 or upper == text or text in view.names:
        return False
    return "1" not in view.variables.get(upper, ("1",)) or upper in view.definitions


def _takes_row(view: View, node: kinds.Node) -> bool:
    if not isinstance(node, kinds.Indexed) or len(node.indices) != 1 or not isinstance(node.body, kinds.Name):
        return False
    name = view.aliases.get(node.body.text, node.body.text)
    defined = name in view.definitions and not view.definitions[name][0].indices
    return "1" not in view.variables.get(name, ("1",)) or (defined and any("1" not in shape for shape in view.variables.values()))
