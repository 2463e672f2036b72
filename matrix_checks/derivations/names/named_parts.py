"""What the exercise defines, by a name that the text gives to a part of it: with ``D = X - AS`` it is ``J = \\|D\\|^2``."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import count

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import Definition, View

# So many definitions are looked through for each new name.
MOST_DEFINITIONS = 12
BEGINNINGS = (None, kinds.Number(Fraction(1)))


def in_other_words(view: View, name: str, said: Definition) -> Iterator[tuple[str, Definition]]:
    """The definitions of a view in which a part has got a name, written with the name.

    Parameters
    ----------
    view
        The exercise, with the name.
    name, said
        The new name, and what the text says that it stands for.
    """
    if said.indices or isinstance(said.body, (kinds.Name, kinds.Number, kinds.Indexed)):
        return
    wanted = {_same(each) for each in (said.body, _spelled_out(view, said.body))}
    for other, definitions in list(view.definitions.items())[:MOST_DEFINITIONS]:
        if other == name:
            continue
        for definition in definitions[:2]:
            spelled = _spelled_out(view, definition.body)
            # Other names in it stay what they are, so that they may be held fixed: the mean, beside a name for the variance.
            for body in dict.fromkeys((_named(view, definition.body, wanted, name), definition.body, spelled)):
                changed = _replaced(body, wanted, kinds.Name(name))
                if changed not in (definition.body, spelled, kinds.Name(name)):
                    yield other, Definition(changed, definition.indices)


def _named(view: View, node: Node, wanted: set[Node], name: str) -> Node:
    """An expression with a name in the place of whatever is one of the parts once all names in it are spelled out."""
    if not isinstance(node, (kinds.Number, kinds.Indexed)) and _same(_spelled_out(view, node)) in wanted:
        return kinds.Name(name)
    return node.rebuilt(lambda part: _named(view, part, wanted, name))


def _spelled_out(view: View, node: Node) -> Node:
    """An expression with what its names stand for in the place of these names."""
    if isinstance(node, kinds.Name):
        found = view.definitions.get(view.aliases.get(node.text, node.text), ())
        return found[0].body if found and not found[0].indices and not found[0].body.kinds & {kinds.Derivative} else node
    return node.rebuilt(lambda part: _spelled_out(view, part))


def _replaced(node: Node, wanted: set[Node], name: kinds.Name) -> Node:
    """An expression with a name in the place of a part, or of its negative."""
    if isinstance(node, (kinds.Add, kinds.Sum, kinds.Product, kinds.Function, kinds.Quotient, kinds.Power)):
        same = _same(node)
        if same in wanted:
            return name
        if isinstance(node, kinds.Add) and _same(_negative(node)) in wanted:
            return kinds.Negative(name)
    return node.rebuilt(lambda part: _replaced(part, wanted, name))


def _negative(node: kinds.Add) -> Node:
    return kinds.Add(tuple(each.body if isinstance(each, kinds.Negative) else kinds.Negative(each) for each in node.terms))


def _same(node: Node) -> Node:
    """An expression in the letters and the order that any other way to write it gets, too."""
    numbers = count()

    def renamed(node: Node, letters: dict[str, str]) -> Node:
        if isinstance(node, kinds.Group):
            return renamed(node.body, letters)
        if isinstance(node, kinds.Name):
            return kinds.Name(letters.get(node.text, node.text))
        if isinstance(node, kinds.Sum) and node.index and node.other is None and node.lower in BEGINNINGS:
            inner = {**letters, node.index: f"\\index {next(numbers)}"}
            upper = None if isinstance(node.upper, kinds.Name) else node.upper
            return kinds.Sum(inner[node.index], None, upper, None, renamed(node.body, inner))
        if isinstance(node, kinds.Add):
            return kinds.Add(tuple(sorted((renamed(each, letters) for each in node.terms), key=repr)))
        return node.rebuilt(lambda part: renamed(part, letters))

    return renamed(node, {})
