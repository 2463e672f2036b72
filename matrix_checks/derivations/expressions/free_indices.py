"""The index letters of an expression that no sum binds; a kind of expression that binds or holds indices has a function here."""

from collections.abc import Iterator
from functools import lru_cache, singledispatch

from matrix_checks.derivations.expressions.dotted import ends_of_dots
from matrix_checks.derivations.expressions.kinds import Cases, Dots, Function, Indexed, Matrix, Name, Node, Sum, Tuple

# Their one index says how large they are.
_SIZED = (Name("I"), Name("E"), Name("\\ones"))


@lru_cache(maxsize=10_000)
def free_indices(node: Node, letters: tuple[str, ...]) -> tuple[str, ...]:
    """The index letters that no sum binds, in the order of the text.

    Parameters
    ----------
    node
        The expression.
    letters
        The letters of sizes, which are no indices.
    """
    return tuple(dict.fromkeys(_free(node, frozenset(), letters)))


@singledispatch
def _free(node: Node, bound: frozenset[str], letters: tuple[str, ...]) -> Iterator[str]:
    for part in node.parts:
        yield from _free(part, bound, letters)


@_free.register
def _of_sum(node: Sum, bound: frozenset[str], letters: tuple[str, ...]) -> Iterator[str]:
    for limit in (node.lower, node.upper):
        if limit is not None:
            yield from _free(limit, bound, letters)
    if node.other and node.other not in bound:
        yield node.other
    if not node.index:
        # It is over all of them, or over those that are free elsewhere.
        return
    yield from _free(node.body, bound | {node.index}, letters)


@_free.register(Matrix)
@_free.register(Tuple)
def _of_entries(node: Matrix | Tuple, bound: frozenset[str], letters: tuple[str, ...]) -> Iterator[str]:
    # What dots end with is a size.
    ends = ends_of_dots(node) if Dots in node.kinds else frozenset()
    for entry in node.entries:
        yield from _free(entry, bound | ends, letters)


@_free.register
def _of_cases(node: Cases, bound: frozenset[str], letters: tuple[str, ...]) -> Iterator[str]:
    for condition in node.conditions:
        for first, second, _ in condition or ():
            yield from (index for index in (first, second) if index not in bound)
    for value in node.values:
        yield from _free(value, bound, letters)


@_free.register
def _of_function(node: Function, bound: frozenset[str], letters: tuple[str, ...]) -> Iterator[str]:
    if node.name == "delta":
        yield from _written(node.arguments, bound, letters)
        return
    if node.name == "max" and len(node.arguments) == 2 and isinstance(node.arguments[1], Name):
        yield from _free(node.arguments[0], bound | {node.arguments[1].text}, letters)
        return
    for argument in node.arguments:
        yield from _free(argument, bound, letters)


@_free.register
def _of_indexed(node: Indexed, bound: frozenset[str], letters: tuple[str, ...]) -> Iterator[str]:
    if len(node.indices) > 1 or node.body not in _SIZED:
        yield from _written(node.indices, bound, letters)
    yield from _free(node.body, bound, letters)


def _written(indices: tuple[Node, ...], bound: frozenset[str], letters: tuple[str, ...]) -> Iterator[str]:
    """The letters among indices that are free."""
    for index in indices:
        if isinstance(index, Name) and index.text not in bound and index.text not in letters:
            yield index.text
