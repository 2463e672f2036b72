r"""Derivatives by the form in which a text has what the exercise defines in another: of ``\\sigma^2 = \\overline{x^2} - \\mu^2`` by ``\\mu`` it is ``-2\\mu``.

Both forms have the same value, and the same total derivative. What differs is what is held fixed.
"""

from collections.abc import Iterator
from dataclasses import replace

from matrix_checks.derivations.equality.equality import Decision
from matrix_checks.derivations.equality.fitted_numbers import LOSS
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.some_convention import holds_in_changed
from matrix_checks.derivations.equality.verdicts import HOLDS, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import Definition, View

BY_OWN_FORM = "by the form in which the text has it"


def by_own_forms(setting: Setting, left: Node, right: Node) -> Decision | None:
    """The decision on derivatives where the text's forms count before the exercise's; ``None`` where they do not hold by these."""
    derivatives = [part for side in (left, right) for part in side.everything if isinstance(part, kinds.Derivative)]
    if not derivatives:
        return None
    by = {name for each in derivatives for name in each.bottom.names}
    views = tuple(changed for view in setting.views for changed in _with_own_forms(view, by))
    return Decision(Equality(left, right), HOLDS, BY_OWN_FORM) if holds_in_changed(setting, views, left, right) else None


def _with_own_forms(view: View, by: set[str]) -> Iterator[View]:
    """The same with forms of the text's in the place of the exercise's: with its first ones, its last ones, and those with other names of its own written out."""
    known = (view.origin or view).definitions
    added = {
        name: [each for each in found if _is_new(each, known[name])] for name, found in view.definitions.items() if name in known
    }
    # What others rest on, in which another quantity may be held fixed; not the loss.
    between = {name for found in known.values() for each in found for name in each.body.names} & known.keys() - {LOSS}
    outputs = {name for each in known.get(LOSS, ()) for name in each.body.names}
    if by.isdisjoint(view.definitions):
        # By a variable, what is held fixed in the output is what the exercise has as quantities.
        between -= outputs
    forms = {
        name: found
        for name, each in added.items()
        if name in between
        and view.definitions[name][0] in known[name]
        and (found := [form for form in each if name not in outputs or _has_own_numbers(view, form)])
    }
    chosen: list[dict[str, Definition]] = []
    for place in (0, -1) if forms else ():
        firsts = {name: found[place] for name, found in forms.items()}
        chosen += [firsts, {name: _written_out(view, form) for name, form in firsts.items()}]
    for place, each in enumerate(chosen):
        changed = _with_forms(view, each)
        if each not in chosen[:place] and not any(name in changed.behind(name) for name in each):
            yield changed


def _is_new(form: Definition, known: tuple[Definition, ...]) -> bool:
    """Whether a form is another one than the exercise's, but for the bounds of its sums."""
    return all(_without_bounds(form.body) != _without_bounds(each.body) for each in known)


def _without_bounds(node: Node) -> Node:
    node = node.rebuilt(_without_bounds)
    return replace(node, lower=None, upper=None) if isinstance(node, kinds.Sum) else node


def _has_own_numbers(view: View, form: Definition) -> bool:
    """Whether a form has names of the text's own that rest on quantities of the exercise's, and these are sums or means, no arrays."""
    origin = view.origin or view
    own = form.body.names - origin.names
    return bool(own) and all(
        any(isinstance(part, kinds.Sum) for each in view.definitions.get(name, ()) for part in each.body.everything) for name in own
    )


def _with_forms(view: View, forms: dict[str, Definition]) -> View:
    own = {name: (form,) for name, form in forms.items()}
    return replace(view, definitions={**view.definitions, **own}, origin=view.origin or view)


def _written_out(view: View, form: Definition) -> Definition:
    """A form in which what the text's own names stand for is in their place."""
    own = {name: found[0] for name, found in view.definitions.items() if name not in (view.origin or view).names}
    bodies = {name: found.body for name, found in own.items() if not found.indices}

    def change(node: Node) -> Node:
        if isinstance(node, kinds.Name) and node.text in bodies:
            return kinds.Group(bodies[node.text])
        return node.rebuilt(change)

    return replace(form, body=change(form.body))
