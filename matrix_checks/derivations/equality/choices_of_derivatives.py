"""The choices for derivatives and differentials: what is held fixed in them, what varies, and how their entries are laid out."""

from matrix_checks.derivations.equality.ambiguous import Ambiguous, Choices, of_kind
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.prose.announcements import SURELY
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.tensors import is_by_vec

LONG_EXPRESSION = 3
# The sign of a product of entries.
ENTRYWISE = "odot"


def derivative(expression: Ambiguous) -> Choices:
    """Whether other named quantities are held fixed in a derivative."""
    how_surely = expression.memory.holds_partly
    held = how_surely and any(
        can_be_held(expression.view, part) and (how_surely == SURELY or not _is_of_two_places(part))
        for part in expression.here(kinds.Derivative)
    )
    return ("total", "direct") if held else ()


def _is_of_two_places(node: kinds.Derivative) -> bool:
    r"""Whether it is one entry by another, as in a whole Jacobian: there ``\delta_{ij}/s`` would be true with the statistics held."""
    top, bottom = node.top, node.bottom
    return isinstance(top, kinds.Indexed) and isinstance(bottom, kinds.Indexed) and top.indices != bottom.indices


def columns(expression: Ambiguous) -> Choices:
    """Whether a Jacobian of columns has the denominator's layout."""
    return (False, True) if _has_whole_derivative(expression) else ()


def chain(expression: Ambiguous) -> Choices:
    """How the factors of a chain rule are multiplied."""
    if not _has_whole_derivative(expression):
        return ()
    products = [part for part in expression.on_both_sides(kinds.Product) if isinstance(part, kinds.Product)]
    # A factor of a chain rule, or what is multiplied entry by entry.
    is_usual = any(ENTRYWISE in part.signs or any(kinds.Derivative in each.kinds for each in part.factors) for part in products)
    several = expression.view.elementwise or (len(expression.node.everything) > LONG_EXPRESSION and is_usual)
    return ("maps", "diagonal", "matrices") if several else ("maps",)


def stacked(expression: Ambiguous) -> Choices:
    """Whether a derivative by a vec is stacked, too, or has the shape of the matrix."""
    return (True, False) if any(is_by_vec(part.bottom) for part in expression.here(kinds.Derivative)) else ()


def varying(expression: Ambiguous) -> Choices:
    """The variables that vary in a differential: those that stand behind a d, or all that are behind what does."""
    view = expression.view
    bodies = [part.body for part in expression.on_both_sides(kinds.Differentiated)]
    bodies += _behind_own_names(expression)
    if not bodies:
        return ()
    direct = {body.text for body in map(bare, bodies) if isinstance(body, kinds.Name)}
    alone = _variables_of(view, direct)
    # A change of what none of these is behind would be zero: what is behind it varies, too.
    alone = alone.union(*(names for names in _behind_each(view, bodies) if names.isdisjoint(alone))) if alone else alone
    own = _variables_of(view, direct.union(part.text for part in of_kind(kinds.Name, *bodies)))
    common = _behind_all(view, bodies)
    # What the text holds fixed somewhere may be held fixed here: one of them, or all.
    fixed = sorted({view.aliases.get(name, name) for name in expression.memory.fixed} & alone)
    held = tuple(rest for names in ({*fixed}, *({name} for name in fixed)) if names and (rest := alone - names))
    parts = _behind_parts(view, bodies)
    return tuple(dict.fromkeys((alone or own or common, common, frozenset(), *([parts] if parts else []), *held)))


def _behind_own_names(expression: Ambiguous) -> list[kinds.Node]:
    """What varies in the names that the text has for steps: the ``X`` of ``H = dX``."""
    view = expression.view
    own = expression.names - (view.origin or view).names
    bodies = [definition.body for name in sorted(own) for definition in view.definitions.get(name, ())[:1]]
    return [body.body for body in bodies if isinstance(body, kinds.Differentiated) and isinstance(body.body, kinds.Name)]


def _variables_of(view: View, names: set[str]) -> frozenset[str]:
    """The variables among names; a small letter may mean the entries of the capital one."""
    return frozenset(meant for name in names for meant in view.meant_by(name) if meant in view.variables)


def _behind_all(view: View, bodies: list[kinds.Node]) -> frozenset[str]:
    """Where only dF stands, what F depends on varies, and nothing else."""
    shared = _behind_each(view, bodies)
    return frozenset.intersection(*shared) if shared else frozenset()


def _behind_parts(view: View, bodies: list[kinds.Node]) -> frozenset[str]:
    """Where dL stands beside dU and dV, of which it is made up, what these depend on varies; none where one of them has all of it."""
    *parts, whole = sorted(set(_behind_each(view, bodies)), key=lambda names: (len(names), sorted(names))) or [frozenset()]
    found = frozenset[str]().union(*parts)
    return found if len(parts) > 1 and found not in (whole, *parts) else frozenset()


def _behind_each(view: View, bodies: list[kinds.Node]) -> list[frozenset[str]]:
    """For each body, as ``F``, ``F_{ij}`` and ``\\operatorname{vec} F``, the variables that it depends on; a variable itself depends on none."""
    found = []
    for body in map(kinds.whole_of, map(bare, bodies)):
        meant = {name for part in body.names for name in view.meant_by(part)}
        own = frozenset[str]() if isinstance(body, kinds.Name) else meant & view.variables.keys()
        found.append(own.union(*(view.behind(name) & view.variables.keys() for name in meant)))
    return [frozenset(names) for names in found if names]


def _has_whole_derivative(expression: Ambiguous) -> bool:
    """Whether there is a derivative with respect to something as a whole, and not to an entry of it."""
    return any(not isinstance(bare(part.bottom), kinds.Indexed) for part in expression.here(kinds.Derivative))


def can_be_held(view: View, node: kinds.Derivative) -> bool:
    """Whether a derivative may be meant with other named quantities held fixed."""
    base = bare(node.bottom)
    base = kinds.whole_of(base)
    waiting, between = [node.top], set()
    while waiting:
        for name in waiting.pop().names:
            name = view.aliases.get(name, name)
            if name in view.definitions and name not in between:
                between.add(name)
                waiting += [each.body for each in view.definitions[name][:1]]
    return isinstance(base, kinds.Name) and len(between - {base.text}) > 1
