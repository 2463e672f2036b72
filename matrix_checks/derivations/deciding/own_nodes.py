r"""Derivatives by what a text names, wherever that is written out: beside ``c_i = x_i - \\mu``, a ``(x_i - \\mu)^2`` is a ``c_i^2``.

Whoever names a node of the computation and goes back through it means all ways that lead through the node, those that lead through what
the text, or the exercise, still has in the node's place among them.
"""

from dataclasses import replace

from matrix_checks.derivations.equality.equality import Decision
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.some_convention import holds_in_changed
from matrix_checks.derivations.equality.verdicts import HOLDS, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare, whole_of
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.units import ONES

BY_OWN_NODES = "through what the text has named"


def by_own_nodes(setting: Setting, left: Node, right: Node) -> Decision | None:
    """The decision on derivatives where a node stands wherever what it stands for is written; ``None`` where they do not hold so."""
    by = {_node(by) for side in (left, right) for part in side.everything if (by := _differentiated_by(part)) is not None} - {""}
    views = tuple(changed for view in setting.views if (changed := _through(view, by)) is not view)
    return Decision(Equality(left, right), HOLDS, BY_OWN_NODES) if holds_in_changed(setting, views, left, right) else None


def _differentiated_by(part: Node) -> Node | None:
    """What is differentiated by, also where ``dc`` is the name of that gradient."""
    if isinstance(part, kinds.Derivative):
        return part.bottom
    return part.body if isinstance(part, kinds.Differentiated) else None


def _node(bottom: Node) -> str:
    """The name that is differentiated by, or of which an entry is; empty for anything else."""
    body = bare(whole_of(bare(bottom)))
    return body.text if isinstance(body, kinds.Name) else ""


def _through(view: View, names: set[str]) -> View:
    """A view where these names of the text's own stand in all other definitions for what they are; itself where they stand nowhere."""
    own = (view.origin or view).names
    changed = view
    for name in sorted(names & view.definitions.keys() - own):
        pattern = _whole(view.definitions[name][0].body, view)
        if pattern is None or isinstance(pattern[0], (kinds.Name, kinds.Number)):
            continue
        definitions = {
            other: tuple(replace(each, body=_with_name(each.body, pattern[0], name, view)) for each in found)
            if other != name
            else found[:1]
            for other, found in changed.definitions.items()
        }
        candidate = replace(changed, definitions=definitions, origin=view.origin or view)
        if definitions != changed.definitions and name not in candidate.behind(name):
            changed = candidate
    return changed


def _with_name(node: Node, pattern: Node, name: str, view: View) -> Node:
    """The same with a name, or an entry of it, where the pattern stands."""
    found = _whole(node, view)
    if found is not None and found[0] == pattern:
        return kinds.Indexed(kinds.Name(name), found[1]) if found[1] else kinds.Name(name)
    return node.rebuilt(lambda part: _with_name(part, pattern, name, view))


def _whole(node: Node, view: View) -> tuple[Node, tuple[Node, ...]] | None:
    """An expression of entries as one of arrays, with the indices that all entries in it have; ``None`` where these differ."""
    node = bare(node)
    # Below the ones stands their number.
    indices = {part.indices for part in node.everything if isinstance(part, kinds.Indexed) and part.body != ONES}
    if len(indices) > 1 or kinds.Sum in node.kinds:
        return None

    def change(node: Node) -> Node:
        if isinstance(node, kinds.Indexed):
            return change(node.body)
        if isinstance(node, kinds.Name):
            return kinds.Name(view.aliases.get(node.text, node.text))
        return node.rebuilt(change)

    return change(node), next(iter(indices), ())
