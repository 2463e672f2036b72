"""Other ways to write an expression, which a convention may choose; each function is one of them."""

from collections.abc import Callable, Iterable, Set

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ONE
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View

Sides = tuple[Node, Node]
# What a convention may make of both sides, the most usual first; ``None`` leaves them as they stand.
Changes = tuple[Callable[[Sides], Sides] | None, ...]
ONES = kinds.Name("\\ones")
# What the bias of a layer is called, and those of two layers.
BIASES = ("b", "b_1", "b_2")
GRADIENTS_BY_BIAS = ("gradB", "gradB_1", "gradB_2")
# How Heaviside's step is written.
STEP_LETTERS = ("H", "\\Theta", "\\theta")


def loss_of(views: tuple[View, ...]) -> kinds.Name:
    """What the gradients of an exercise are those of: its loss, or the number that it defines."""
    return kinds.Name(next((name for name in ("L", "J") if any(name in view.definitions for view in views)), "y"))


def with_gradients(node: Node, loss: kinds.Name, views: tuple[View, ...] = ()) -> Node:
    """The same where ``dx`` is the gradient of the loss by ``x``.

    Parameters
    ----------
    node, loss
        The expression, and what the gradients are of.
    views
        Where given, nothing is a gradient by a name on which the loss does not rest there: all of those would be zero, and equal.
    """
    if not isinstance(node, kinds.Differentiated):
        return node.rebuilt(lambda part: with_gradients(part, loss, views))
    if isinstance(node.body, (kinds.Function, kinds.Transposed)):
        # In a program, dY.sum(0) is a sum of dY.
        return node.body.rebuilt(lambda part: with_gradients(kinds.Differentiated(part), loss, views))
    name = kinds.whole_of(node.body)
    if not isinstance(name, kinds.Name):
        return node
    own = next((view.definitions[name.text][0] for view in views if name.text in view.definitions), None)
    turned = own.body.body if own is not None and isinstance(own.body, kinds.Transposed) and not own.indices else None
    if node.body == name and isinstance(turned, kinds.Name) and rests_on(views, loss, turned):
        # Behind V = W^T it is the transposed gradient by W.
        return kinds.Transposed(kinds.Derivative(loss, turned))
    return kinds.Derivative(loss, node.body) if not views or rests_on(views, loss, name) else node


def rests_on(views: tuple[View, ...], loss: kinds.Name, name: kinds.Name) -> bool:
    """Whether a name is on the way to the loss, or it itself."""
    return any(view.aliases.get(name.text, name.text) in view.behind(loss.text) | {loss.text} for view in views)


def without_own_ends(node: Node, views: tuple[View, ...]) -> Node:
    """A sum to a letter of the text's own is over all values of its index."""
    node = node.rebuilt(lambda part: without_own_ends(part, views))
    if (
        isinstance(node, kinds.Sum)
        and isinstance(node.upper, kinds.Name)
        and not any(node.upper.text in view.names for view in views)
    ):
        return kinds.Sum(node.index, node.lower, None, node.other, node.body)
    return node


def with_rows(sides: Sides) -> Sides:
    """Both sides where each gradient is a row, or transposed: the numerator's layout, in which what is false otherwise may hold."""

    def change(node: Node) -> Node:
        if isinstance(node, kinds.Derivative) and not isinstance(kinds.bare(node.bottom), kinds.Indexed):
            return kinds.Transposed(node)
        return node.rebuilt(change)

    return change(sides[0]), change(sides[1])


def with_rows_turned(node: Node) -> Node:
    """The same where each transposed gradient is a gradient: whoever writes gradients as rows turns them into columns by it."""
    if isinstance(node, kinds.Transposed):
        inside = node.body.body if isinstance(node.body, kinds.Group) else node.body
        if isinstance(inside, kinds.Derivative) and not isinstance(kinds.bare(inside.bottom), kinds.Indexed):
            return inside
    return node.rebuilt(with_rows_turned)


def with_turned_gradients(node: Node, numbers: Set[str], views: tuple[View, ...]) -> Node:
    """The same where ``\\nabla_y L^\\top`` is the transposed gradient: a number is its own transpose."""
    node = node.rebuilt(lambda part: with_turned_gradients(part, numbers, views))
    if isinstance(node, kinds.Derivative) and isinstance(node.top, kinds.Transposed):
        whole = kinds.bare(node.top.body)
        if isinstance(whole, kinds.Name) and any(view.aliases.get(whole.text, whole.text) in numbers for view in views):
            return kinds.Transposed(kinds.Derivative(whole, node.bottom))
    return node


def ones_in_products(sides: Sides) -> frozenset[Node]:
    """The ones with a size below them that are factors of a Kronecker product: ``1_M \\otimes A``."""
    products = [part for side in sides for part in side.everything if isinstance(part, kinds.Product) and "otimes" in part.signs]
    factors = (factor for part in products for factor in part.factors)
    return frozenset(factor for factor in factors if isinstance(factor, kinds.Indexed) and factor.body == ONES)


def with_written_ones(node: Node) -> Node:
    """The same with the column of ones for a number one behind a factor, or before the row of ones: nobody multiplies by one there."""
    node = node.rebuilt(with_written_ones)
    if not isinstance(node, kinds.Product):
        return node
    factors = list(node.factors)
    for place, sign in enumerate(node.signs):
        if not sign and factors[place + 1] == ONE:
            factors[place + 1] = ONES
        if not sign and factors[place] == ONE and factors[place + 1] == kinds.Transposed(ONES):
            factors[place] = ONES
    return kinds.Product(tuple(factors), node.signs)


def with_identities(node: Node, ones: frozenset[Node]) -> Node:
    """The same with identities in the place of these ones."""
    if isinstance(node, kinds.Indexed) and node in ones:
        return kinds.Indexed(kinds.Name("I"), node.indices)
    return node.rebuilt(lambda part: with_identities(part, ones))


def with_biases_as_rows(node: Node, biases: frozenset[str]) -> Node:
    """The same where a bias, or the gradient by one, that a matrix is multiplied with is a row: it is a plain array, and no column."""
    if isinstance(node, kinds.Product):
        return kinds.Product(tuple(_as_row(factor, biases) for factor in node.factors), node.signs)
    return node.rebuilt(lambda part: with_biases_as_rows(part, biases))


def plain_arrays_among(names: frozenset[str], views: tuple[View, ...]) -> frozenset[str]:
    """Those of some names that are biases, or gradients by them, in the exercise's letters and in the text's."""
    return biases_among(names, views, BIASES + GRADIENTS_BY_BIAS)


def biases_among(names: frozenset[str], views: tuple[View, ...], meant: tuple[str, ...] = BIASES) -> frozenset[str]:
    """Those of some names that are biases, in the exercise's letters and in the text's."""
    return frozenset(name for name in names if any(name in view.names and view.aliases.get(name, name) in meant for view in views))


def is_by_bias(sides: Iterable[Node], views: tuple[View, ...]) -> bool:
    """Whether one side is the gradient by a bias, which is a plain array."""
    for side in map(kinds.bare, sides):
        if isinstance(side, kinds.Name) and side.text in GRADIENTS_BY_BIAS:
            return True
        bottom = side.bottom if isinstance(side, kinds.Derivative) else None
        if isinstance(bottom, kinds.Name) and biases_among(bottom.names, views):
            return True
    return False


def with_rows_for(node: Node, names: frozenset[str]) -> Node:
    """The same where these names are rows, wherever they stand; what is differentiated by keeps its shape."""
    if isinstance(node, kinds.Derivative):
        return kinds.Derivative(with_rows_for(node.top, names), node.bottom)
    if isinstance(node, kinds.Differentiated) and isinstance(node.body, kinds.Name) and node.body.text in names:
        return kinds.Transposed(node)
    if isinstance(node, kinds.Name) and node.text in names:
        return kinds.Transposed(node)
    return node.rebuilt(lambda part: with_rows_for(part, names))


def _as_row(factor: Node, biases: frozenset[str]) -> Node:
    inner = factor.body if isinstance(factor, kinds.Group) else factor
    name = inner.bottom if isinstance(inner, kinds.Derivative) else inner
    is_bias = isinstance(name, kinds.Name) and name.text in biases
    return kinds.Transposed(factor) if is_bias else with_biases_as_rows(factor, biases)


def is_change_of_variable(node: Node, views: tuple[View, ...]) -> bool:
    """Whether it is ``dx`` of a variable: of a change that is free nothing can be said."""
    name = differentiated_name(node)
    return any(view.aliases.get(name, name) in view.variables for view in views)


def goes_backwards(left: Node, right: Node, views: tuple[View, ...]) -> bool:
    """Whether ``dh`` is given by the ``dy`` of what rests on ``h``: these are gradients, for differentials go the other way.

    So is the ``dJ = 1`` of the loss, with which a program begins: no change of anything is one.
    """
    one = differentiated_name(left)
    if right == ONE and any(view.aliases.get(one, one) == loss_of(views).text for view in views):
        return True
    others = {differentiated_name(part) for part in right.everything} - {"", one}
    return bool(one) and any(view.aliases.get(one, one) in view.behind(other) for view in views for other in others)


def equals_no_differential(sides: tuple[Node, Node], views: tuple[View, ...]) -> bool:
    """Whether ``dZ`` of what is no loss is set equal to an expression without any differential: no change of anything is that."""
    loss = loss_of(views).text
    has_loss = any(loss in view.definitions for view in views)
    for one, other in (sides, sides[::-1]):
        # As a whole side, or as a part of one: vec(dZ), and the dZ^T that is read as the differential of the transposed one.
        bodies = [kinds.whole_of(part.body) for part in one.everything if isinstance(part, kinds.Differentiated)]
        bodies = [kinds.whole_of(body.body) if isinstance(body, kinds.Transposed) else body for body in bodies]
        names = {body.text if isinstance(body, kinds.Name) else "" for body in bodies}
        are_known = all(any(name in view.names for view in views) for name in names)
        is_loss = any(view.aliases.get(name, name) == loss for view in views for name in names)
        # What a derivative is set equal to is a name for it, which says nothing yet.
        is_none = other.kinds.isdisjoint((kinds.Differentiated, kinds.Derivative)) and bool(other.names)
        if has_loss and names and are_known and not is_loss and is_none:
            return True
    return False


def differentiated_name(node: Node) -> str:
    """The ``x`` of a ``dx``; empty for anything else."""
    body = kinds.whole_of(node.body) if isinstance(node, kinds.Differentiated) else None
    return body.text if isinstance(body, kinds.Name) else ""


def letters_of_steps(views: tuple[View, ...]) -> Set[str]:
    """The letters that may be Heaviside's step: those that stand for nothing, where the exercise has a ReLU."""
    bodies = (definition.body for view in views for found in view.definitions.values() for definition in found[:1])
    has_relu = any(isinstance(part, kinds.Function) and part.name == "relu" for body in bodies for part in body.everything)
    return {name for name in STEP_LETTERS if has_relu and not any(name in view.names for view in views)}


def with_steps(node: Node, letters: Set[str]) -> Node:
    """The same where one of these letters before brackets is Heaviside's step of what stands in them."""
    if node.names.isdisjoint(letters):
        return node
    node = node.rebuilt(lambda part: with_steps(part, letters))
    if not isinstance(node, kinds.Product):
        return node
    factors, signs = list(node.factors), list(node.signs)
    for place in reversed(range(len(signs))):
        one, behind = factors[place : place + 2]
        if isinstance(one, kinds.Name) and one.text in letters and isinstance(behind, kinds.Group) and not signs[place]:
            factors[place : place + 2] = [kinds.Function("step", (behind.body,))]
            del signs[place]
    return kinds.Product(tuple(factors), tuple(signs)) if signs else factors[0]
