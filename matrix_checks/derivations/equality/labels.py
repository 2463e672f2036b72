"""Letters that nobody declared as they are meant: ``P_1`` is a matrix of its own, and ``M``, a size elsewhere, may be a matrix."""

from collections.abc import Set

from matrix_checks.derivations.equality.letters_of_sizes import letters_of
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare

# What is done to arrays only.
OF_ARRAYS = ("tr", "vec")


def labelled(equality: Equality, declared: Set[str]) -> Equality:
    """The equality where a number below a letter that is not declared tells it from others, and is no index."""
    parts = [part for side in equality.sides for part in side.everything]
    letters = {_numbered(part) for part in parts}
    turned = {_numbered(bare(part.body)) for part in parts if isinstance(part, kinds.Transposed)}
    letters = {each for each in letters - declared if each.isupper() or (each in turned and each.upper() not in declared)} - {
        "I",
        "E",
        "",
    }
    if not letters:
        return equality
    return Equality(_labelled(equality.left, letters), _labelled(equality.right, letters), equality.loosely)


def _numbered(node: Node) -> str:
    """The letter that has a number below; empty for anything else."""
    if not isinstance(node, kinds.Indexed) or not isinstance(node.body, kinds.Name) or len(node.indices) != 1:
        return ""
    return node.body.text if isinstance(node.indices[0], kinds.Number) and len(node.body.text) == 1 else ""


def _labelled(node: Node, letters: Set[str]) -> Node:
    if isinstance(node, kinds.Indexed) and _numbered(node) in letters and isinstance(node.indices[0], kinds.Number):
        return kinds.Name(f"{_numbered(node)}_{node.indices[0].value}")
    return node.rebuilt(lambda part: _labelled(part, letters))


def with_numbered(node: Node, numbers: Set[str]) -> Node:
    """The expression where a number below the name of a number is no index: ``J_1`` is a part of ``J`` by name."""
    if (
        isinstance(node, kinds.Indexed)
        and isinstance(node.body, kinds.Name)
        and node.body.text in numbers
        and len(node.indices) == 1
    ):
        (index,) = node.indices
        return kinds.Name(f"{node.body.text}_{index.value}") if isinstance(index, kinds.Number) else node
    return node.rebuilt(lambda part: with_numbered(part, numbers))


def has_sizes_as_arrays(setting: Setting, equality: Equality) -> bool:
    """Whether a letter that is a size in the exercise is a matrix here: it is transposed, or in a trace."""
    arrays = {text for view in setting.views for each in (view.variables, view.definitions, view.aliases) for text in each}
    sizes = set(filter(str.isupper, letters_of(setting.views))) - arrays - setting.steps.keys()
    names = equality.left.names | equality.right.names
    if names.isdisjoint(sizes):
        return False
    parts = [part for side in equality.sides for part in side.everything]
    if any(bare(inside) in tuple(map(kinds.Name, sizes)) for part in parts for inside in what_is_an_array_in(part)):
        return True
    return names <= sizes and any(what_is_an_array_in(part) for part in parts)


def what_is_an_array_in(node: Node) -> tuple[Node, ...]:
    """The operands that only an array can be, as far as this operation goes."""
    if isinstance(node, (kinds.Transposed, kinds.Norm, kinds.Differentiated)):
        return (node.body,)
    if isinstance(node, kinds.Inner):
        return (node.left, node.right)
    if isinstance(node, kinds.Product) and "odot" in node.signs:
        # Numbers have no entries to be multiplied one by one.
        places = {place for place, sign in enumerate(node.signs) if sign == "odot"}
        return tuple(factor for place, factor in enumerate(node.factors) if not places.isdisjoint((place - 1, place)))
    return node.arguments[:1] if isinstance(node, kinds.Function) and node.name in OF_ARRAYS else ()
