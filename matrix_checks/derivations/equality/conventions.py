"""Conventions of whole equalities: other ways to read both of its sides; a new one is a function and a row of ``CONVENTIONS``.

What may be read in more than one way within an expression is in :mod:`.interpretations`. A convention rewrites both sides at once.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice, product

from matrix_checks.derivations.equality.changes import CHANGE, as_differentials, exactly
from matrix_checks.derivations.equality.deviation import (
    KEPT,
    SHIFTED_ROOT,
    VARIANCE,
    with_deviation,
    with_kept_letters,
    with_root,
    without_labels,
)
from matrix_checks.derivations.equality.entries_of_products import with_entries_of_products
from matrix_checks.derivations.equality.kept_moments import kept_moments
from matrix_checks.derivations.equality.letters_for_functions import gradients_before_factors, own_deltas, steps_by_letter
from matrix_checks.derivations.equality.letters_of_sizes import remarks_on_shapes, sizes_as_indices, without_shapes_beside
from matrix_checks.derivations.equality.operators import vec_of_products, with_operators_applied
from matrix_checks.derivations.equality.repeated_indices import both_summed, by_components, in_silence, summed, summed_outside
from matrix_checks.derivations.equality.rewriting import (
    Changes,
    Sides,
    equals_no_differential,
    goes_backwards,
    is_change_of_variable,
    loss_of,
    ones_in_products,
    plain_arrays_among,
    with_biases_as_rows,
    with_gradients,
    with_identities,
    with_rows_for,
    with_written_ones,
    without_own_ends,
)
from matrix_checks.derivations.equality.short_sums import with_long_sums, with_short_sums
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.memory import Memory

# So many ways are tried at most.
MOST_WAYS = 8
# Plain arrays that are added to each row.


def ways(left: Node, right: Node, views: tuple[View, ...], memory: Memory) -> Iterator[Sides]:
    """Both sides under each convention that makes a difference for them; as they stand, if that is possible, comes first."""
    sides = with_kept_letters((without_labels(left, views), without_labels(right, views)), views)
    applied = _of_both(lambda node: with_operators_applied(node, views, letters=False))(sides)
    choices: list[Changes] = []
    for convention in CONVENTIONS:
        # Nobody differentiates a number: what other conventions change is seen behind it.
        found = convention(sides if convention is _operators else applied, views, memory)
        if found != (None,):
            choices.append(found)
    combined = sorted(product(*map(enumerate, choices)), key=lambda chosen: sum(place for place, _ in chosen))
    for chosen in islice(combined, MOST_WAYS):
        changed = sides
        for _, change in chosen:
            changed = change(changed) if change is not None else changed
        yield changed


def _of_both(change: Callable[[Node], Node]) -> Callable[[Sides], Sides]:
    return lambda sides: (change(sides[0]), change(sides[1]))


def _any(sides: Sides, kind: type[Node]) -> bool:
    return kind in sides[0].kinds or kind in sides[1].kinds


def _operators(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """``\\nabla_x 3 f`` is the gradient of the whole product; a letter before it may be a constant."""
    change = _of_both(lambda node: with_operators_applied(node, views))
    return (None,) if change(sides) == sides else (change, None)


def _deviation(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    if {VARIANCE.text, KEPT.text}.isdisjoint(sides[0].names | sides[1].names) or memory.deviation is False:
        return (None,)
    change = _of_both(with_deviation)
    usual: Changes = (change,) if memory.deviation else (None, change)
    return (_of_both(with_root), *usual) if any(SHIFTED_ROOT.text in view.definitions for view in views) else usual


def _repeated_indices(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """Repeated indices are summed, unless the text writes its sums, or is a program without a word of that."""
    writes_sums = memory.writes_sums or (memory.names_gradients and not memory.sums_repeated)
    if writes_sums or not (_any(sides, kinds.Indexed) or _any(sides, kinds.Function)):
        return (None,)
    sizes = _sizes(views, memory)
    changed = both_summed(*sides, sizes)
    if changed is None:
        return (None,)

    def sum_both(sides: Sides) -> Sides:
        return both_summed(*sides, sizes) or sides

    def sum_outside(sides: Sides) -> Sides:
        return _of_both(summed_outside)(sum_both(sides))

    is_outside = not _any(sides, kinds.Sum) and _of_both(summed_outside)(changed) != changed
    found: Changes = (None, sum_both, sum_outside) if is_outside else (None, sum_both)
    # Where the text did so before, the time is not spent on the other way first.
    return (*found[1:], None) if memory.sums_repeated else found


def _sizes(views: tuple[View, ...], memory: Memory) -> frozenset[str]:
    """Letters that are no indices."""
    return frozenset(letter for view in views for letter in (*view.letters, *view.variables)) | memory.ends


def _entries_of_products(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """``AB_{ii}`` is an entry of the product."""
    if not (_any(sides, kinds.Product) and _any(sides, kinds.Indexed)):
        return (None,)
    change = _of_both(lambda node: with_entries_of_products(node, views))
    return (None,) if change(sides) == sides else (None, change)


def _gradients(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """A gradient that does not say by what is by one variable, the same one everywhere."""
    gradients = [part for side in sides for part in side.everything if isinstance(part, kinds.Derivative)]
    tops = [part.top for part in gradients if _says_no_variable(part)]
    if not tops:
        return (None,)
    view = views[0]
    reached = set[str]().union(*(view.reached_from(name) for top in tops for name in top.names))
    variables = [name for name in view.variables if name in reached]
    if len(variables) < 2:
        return (None,)
    return tuple(_of_both(partial(_by, name)) for name in variables[:3])


def _says_no_variable(node: kinds.Derivative) -> bool:
    return node.bottom == kinds.Name("")


def _by(name: str, node: Node) -> Node:
    if isinstance(node, kinds.Derivative) and _says_no_variable(node):
        return type(node)(_by(name, node.top), kinds.Name(name))
    return node.rebuilt(lambda part: _by(name, part))


def _upper_indices(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """The upper one of two indices may be the one of the row or that of the column."""
    if not _any(sides, kinds.Mixed):
        return (None,)

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        return kinds.Indexed(node.body, node.indices[::-1]) if isinstance(node, kinds.Mixed) else node

    return (None, _of_both(change))


def _variations(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """``\\delta J``, where ``J`` is no variable, is its first variation, or what it changes by exactly."""
    changed = {name.removeprefix(CHANGE) for name in sides[0].names | sides[1].names if name.startswith(CHANGE)}
    if any(CHANGE + name in view.names for name in changed for view in views):
        # The text says itself what they are.
        return (None,)
    if not any(view.aliases.get(name, name) in view.definitions for name in changed for view in views):
        return (None,)

    exact = _of_both(lambda node: exactly(node, frozenset(changed), views[0]))
    return (_of_both(as_differentials), exact)


def _short_sums(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """``\\sum_j a_j - b_j`` with its first term only, where ``j`` has a value on the other side; or up to the end of its brackets."""
    if not _any(sides, kinds.Sum):
        return (None,)
    free = [set(free_indices(side, ())) for side in sides]

    def change(sides: Sides) -> Sides:
        return with_short_sums(sides[0], free[1]), with_short_sums(sides[1], free[0])

    return (None, *(each for each in (change, _of_both(with_long_sums)) if each(sides) != sides))


def _ones_in_products(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """In ``1_M \\otimes A`` the one may be the identity, and the last one of ``C1 = 0`` the column of ones."""
    ones = ones_in_products(sides)
    change = _of_both(lambda node: with_identities(node, ones)) if ones else _of_both(with_written_ones)
    return (None,) if change(sides) == sides else (None, change)


def _named_gradients(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """``dx`` is the gradient by ``x`` in the text of a programmer."""
    if not _any(sides, kinds.Differentiated):
        return (None,)
    is_backwards = goes_backwards(*sides, views)
    loss = loss_of(views)
    has_named = memory.has_named_gradients and any(loss.text in view.definitions for view in views)
    is_named = memory.names_gradients or has_named or is_change_of_variable(sides[0], views) or is_backwards
    if not (is_named or equals_no_differential(sides, views)):
        return (None,)
    change = _of_both(lambda node: with_gradients(node, loss, views))
    # Of differentials db = (1/N) sum dY_n would hold, with b alone that varies: behind dX = dY W^T it is said of gradients.
    return (change,) if is_backwards and memory.has_named_gradients else (None, change)


def _biases(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """The bias of a layer, and the gradient by it, may be rows."""
    biases = plain_arrays_among(sides[0].names | sides[1].names, views)
    if not biases:
        return (None,)
    rows = _of_both(lambda node: with_biases_as_rows(node, biases))
    return (None, rows, _of_both(lambda node: with_rows_for(node, biases)))


# Each function gives the changes of both sides that its convention may make, ``None`` for none, the most usual first.
CONVENTIONS = (
    _operators,
    remarks_on_shapes,
    _variations,
    _deviation,
    kept_moments,
    _gradients,
    _entries_of_products,
    vec_of_products,
    _upper_indices,
    _short_sums,
    _repeated_indices,
    sizes_as_indices,
    _ones_in_products,
    _named_gradients,
    _biases,
    steps_by_letter,
    own_deltas,
    gradients_before_factors,
)


def in_definition(node: Node, indices: tuple[str, ...], views: tuple[View, ...], memory: Memory) -> Node:
    """What a new name stands for, in the conventions of the text.

    Parameters
    ----------
    node
        The expression that the text sets it equal to.
    indices
        The indices of the name.
    views, memory
        What the text said before.
    """
    node = without_shapes_beside(without_labels(node, views), views, memory)
    if memory.names_gradients:
        node = with_gradients(node, loss_of(views))
    node = without_own_ends(node, views)
    if memory.deviation:
        node = with_deviation(node)
    if indices:
        node = with_entries_of_products(node, views)
    if memory.writes_sums:
        return node
    found = summed(node, _sizes(views, memory))
    return (
        found.node if found is not None and found.over and found.free <= set(indices) and found.over.isdisjoint(indices) else node
    )


def is_unclear(sides: Sides, views: tuple[View, ...], memory: Memory) -> bool:
    """Whether a text that sums over repeated indices has one here that is repeated more than once, or squared."""
    return memory.sums_repeated and any(_is_unclear(side, _sizes(views, memory)) for side in sides if kinds.Sum not in side.kinds)


def _is_unclear(side: Node, sizes: frozenset[str]) -> bool:
    squared = any(isinstance(part, kinds.Power) and kinds.Indexed in part.body.kinds for part in side.everything)
    return squared or summed(side, sizes) is None


def components(sides: Sides, views: tuple[View, ...], memory: Memory) -> Sides | None:
    """Both sides component by component, where a text in tensor notation sets an array equal to its component."""
    return by_components(*sides, _sizes(views, memory)) if memory.sums_repeated else None


def silently_summed(sides: Sides, views: tuple[View, ...], memory: Memory) -> Sides | None:
    """Both sides with sums over indices that stand once, in a text that leaves out its sums."""
    return in_silence(*sides, _sizes(views, memory)) if memory.sums_repeated else None
