"""Rules of derivatives in letters that nobody declared: ``(\\frac uv)' = \\frac{u'v - uv'}{v^2}`` is the rule for differentials."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from matrix_checks.derivations.equality.equality import reads_true
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import HOLDS, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

AS_DIFFERENTIALS = "as a rule for differentials"
# A derivative that does not say by what.
PRIME = kinds.Name("")


def holds_as_differentials(setting: Setting, left: Node, right: Node, holds: Callable[[Node, Node], bool]) -> bool:
    """Whether an equality holds where each derivative is a differential; both sides have derivatives, all by the same.

    Parameters
    ----------
    setting, left, right
        The equality, and where it stands.
    holds
        Whether an equality holds.
    """
    if any(side.kinds.isdisjoint((kinds.Primed, kinds.Derivative)) for side in (left, right)):
        return False
    tops, bottoms = set[str](), set[Node]()
    for side in (left, right):
        found = [_derived(part) for part in side.everything]
        if not any(found):
            return False
        tops |= {name for each in found if each for name in each[0].names}
        bottoms |= {each[1] for each in found if each}
    known = set(setting.steps).union(*(view.names for view in setting.views))
    letters = {name for name in tops if known.isdisjoint((name, name.upper()))}
    # A function of what is differentiated by changes, too; a name of the text's own is known by its definition.
    by = next(iter(bottoms)) if len(bottoms) == 1 else None
    if by is None or not letters or not letters.isdisjoint(setting.own) or (by != PRIME and letters != tops):
        return False
    if not (_with_differentials(left).names | _with_differentials(right).names).isdisjoint(by.names - {""}):
        return False
    # A gradient by a vector is a row to some and a column to others: the derivative of a vector is turned with it.
    turns = (False,) if by == PRIME else (False, True)
    sides = [(_with_differentials(left, turned), _with_differentials(right, turned)) for turned in turns]
    return any(holds(*each) and _holds_of_vectors(setting, letters, *each) for each in sides)


def _holds_of_vectors(setting: Setting, letters: set[str], left: Node, right: Node) -> bool:
    """Whether it holds for columns, or rows, where one of its small letters is transposed: then it is not meant for numbers alone."""
    turned = (part.body for side in (left, right) for part in side.everything if isinstance(part, kinds.Transposed))
    are_small = all(letter.islower() for letter in letters) and letters >= left.names | right.names
    size = next(iter(setting.views[0].letters), "")
    if not size or not are_small or not any(isinstance(body, kinds.Name) for body in turned):
        return True
    for shape in ((size, "1"), ("1", size)):
        views = setting.views[:1]
        for letter in sorted(letters):
            views = tuple(view.with_variable(letter, shape) for view in views)
        if reads_true(replace(setting, views=views, kept={}, ranges={}), left, right):
            return True
    return False


def as_rule(setting: Setting, left: Node, right: Node) -> Finding | None:
    """What is found of an equality that holds for any functions; ``None`` for any other."""
    is_rule = holds_for_any_functions(setting, left, right)
    return Finding(HOLDS, AS_DIFFERENTIALS, as_written=False) if is_rule else None


def holds_for_any_functions(setting: Setting, left: Node, right: Node) -> bool:
    """Whether an equality holds as a rule for differentials.

    Its letters may be steps elsewhere, or the exercise's own, where what it differentiates by is none of the exercise's.
    """
    if any(side.kinds.isdisjoint((kinds.Primed, kinds.Derivative)) for side in (left, right)):
        return False
    if holds_as_differentials(setting, left, right, partial(reads_true, setting)):
        return True
    found = [each for side in (left, right) for part in side.everything if (each := _derived(part))]
    names = set[str]().union(*(view.names for view in setting.views))
    foreign = names & set[str]().union(*(each[0].names for each in found))
    given = set[str]().union(*((view.origin or view).names for view in setting.views))
    if not foreign.isdisjoint(given) and any(not names.isdisjoint(each[1].names) or each[1] == PRIME for each in found):
        return False
    free = replace(setting, steps={}, kept={}, ranges={})
    one, other = _renamed(left, foreign), _renamed(right, foreign)
    return holds_as_differentials(free, one, other, partial(reads_true, free))


def _renamed(node: Node, letters: set[str]) -> Node:
    if isinstance(node, kinds.Name) and node.text in letters:
        return kinds.Name(f"\\{node.text}function")
    return node.rebuilt(lambda part: _renamed(part, letters))


def _derived(node: Node) -> tuple[Node, Node] | None:
    """What is differentiated, and by what; ``None`` for anything else."""
    if isinstance(node, kinds.Primed):
        return node.body, PRIME
    return (node.top, node.bottom) if isinstance(node, kinds.Derivative) else None


def _with_differentials(node: Node, turned: bool = False) -> Node:
    found = _derived(node)
    if not found:
        return node.rebuilt(lambda part: _with_differentials(part, turned))
    differential = kinds.Differentiated(kinds.bare(found[0]))
    return kinds.Transposed(differential) if turned else differential
