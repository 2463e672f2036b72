"""The letters of the mean and the variance: with labels of a batch, and with the root under the letter of the variance."""

from collections.abc import Set
from fractions import Fraction

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.memory import Memory

MEAN, VARIANCE = kinds.Name("\\mu"), kinds.Name("\\sigma")
# How a text calls the statistics that are kept for evaluation.
MOVING = (
    *("mov", "run", "ema", "pop", "test", "eval", "inf", "roll", "hist"),
    *("mob", "glid", "gleit", "lauf", "acum", "cк", "дв", "移", "滑"),
)
# What the mean and the variance of the batch have below them in papers.
BATCH = ("B", "X", "batch")
SQUARE, ROOT = (kinds.Power(VARIANCE, kinds.Number(exponent)) for exponent in (Fraction(2), Fraction(1, 2)))
KEPT = kinds.Name("\\sigma_moving")
EPSILON = kinds.Name("\\varepsilon")
# What the letter of the deviation stands for, where the text says that it is the root with the epsilon.
SHIFTED_ROOT = kinds.Name("\\sigma_\\varepsilon")


def without_labels(node: Node, views: tuple[View, ...], arrays: Set[str] = frozenset()) -> Node:
    """``\\mu_B`` is ``\\mu``, and so is the variance of the batch the variance; that of a running mean is the moving one.

    Parameters
    ----------
    node, views
        An expression, and where it stands.
    arrays
        Letters of the text's own that may stand below as what the mean is of; the exercise's variables may, too.
    """
    if isinstance(node, kinds.Indexed) and node.body in (MEAN, VARIANCE) and len(node.indices) == 1:
        below = node.indices[0]
        is_label = isinstance(below, kinds.Name) and (
            below.text in BATCH or below.text in arrays or _is_variable(below.text, views)
        )
        return node.body if is_label else node
    if isinstance(node, kinds.Name):
        base, _, label = node.text.partition("_")
        known = any(node.text in view.names for view in views)
        meant = (f"{each}_moving" for each in dict.fromkeys((base, *(view.aliases.get(base, base) for view in views))))
        moving = next((each for each in meant if any(each in view.names for view in views)), "") if label.startswith(MOVING) else ""
        if moving and not known:
            return kinds.Name(moving)
        return kinds.Name(base) if label in BATCH and not known and kinds.Name(base) in (MEAN, VARIANCE) else node
    return node.rebuilt(lambda part: without_labels(part, views, arrays))


def with_kept(view: View, letter: str, kept: str) -> View:
    """The view with a letter for a statistic, which has a label of those that are kept, for the kept one: ``v_{run}``."""
    return view.with_alias(f"{letter}_moving", kept) if kept in view.names else view


def _is_variable(text: str, views: tuple[View, ...]) -> bool:
    return any(view.variables.get(view.aliases.get(text, text), ("1", "1")) != ("1", "1") for view in views)


def with_kept_letters(sides: tuple[Node, Node], views: tuple[View, ...]) -> tuple[Node, Node]:
    """Where statistics are kept, a letter of theirs with an accent or a label of its own is the kept one: ``\\hat\\mu``, ``\\mu_\\infty``.

    Two such letters in one equality are two statistics, of which nobody knows which one is kept.
    """
    held = [view for view in views if view.holds_statistics]
    names = (sides[0].names | sides[1].names) - {name for view in views for name in view.names} if held else frozenset()
    for base in (MEAN.text, VARIANCE.text):
        kept = f"{base}_moving"
        own = {name for name in names if name.partition("_")[0] == base or name.endswith(f" {base}")}
        if len(own) == 1 and any(kept in view.names for view in held):
            (name,) = own
            sides = _renamed(sides[0], name, kept), _renamed(sides[1], name, kept)
    return sides


def _renamed(node: Node, name: str, meant: str) -> Node:
    if isinstance(node, kinds.Name):
        return kinds.Name(meant) if node.text == name else node
    return node.rebuilt(lambda part: _renamed(part, name, meant))


def is_square(node: Node) -> bool:
    """Whether it is the square of the variance's letter, which may have the index of a feature: ``\\sigma_j^2``."""
    body = node.body if isinstance(node, kinds.Power) else node
    body = body.body if isinstance(body, kinds.Indexed) else body
    return isinstance(node, kinds.Power) and kinds.Power(body, node.exponent) == SQUARE


def with_deviation(node: Node) -> Node:
    """The same where the name of the variance means its root, so that its square is the variance."""
    if isinstance(node, kinds.Power) and is_square(node):
        return node.body
    if node == VARIANCE:
        return ROOT
    if node == kinds.Power(KEPT, kinds.Number(Fraction(2))):
        return KEPT
    if isinstance(node, kinds.Derivative) and node.bottom == VARIANCE:
        by_variance = kinds.Derivative(with_deviation(node.top), VARIANCE)
        return kinds.Product((kinds.Number(Fraction(2)), ROOT, by_variance), ("", ""))
    return node.rebuilt(with_deviation)


def names_variance_twice(sides: tuple[Node, Node], memory: Memory) -> bool:
    """Whether an equality has the variance's letter, where the text has its square for the variance: it may have both names."""
    return bool(memory.deviation) and VARIANCE.text in sides[0].names | sides[1].names


def with_root(node: Node) -> Node:
    """The same where the letter of the deviation means the root with the epsilon."""
    return VARIANCE if node == SQUARE else _with_root_inside(node)


def _with_root_inside(node: Node) -> Node:
    if node == VARIANCE:
        return SHIFTED_ROOT
    if isinstance(node, kinds.Derivative):
        return type(node)(with_root(node.top), with_root(node.bottom))
    if isinstance(node, kinds.Differentiated):
        return kinds.Differentiated(with_root(node.body))
    if isinstance(node, kinds.Add) and EPSILON in node.terms:
        return kinds.Add(tuple(map(with_root, node.terms)))
    return node.rebuilt(_with_root_inside)
