"""Small changes of an expression, each with the sentence that is true if the change makes an equality true."""

from collections.abc import Callable, Iterator

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.as_tex import tex

Repair = tuple[str, kinds.Node]


def repairs(node: kinds.Node, letters: tuple[str, ...] = ()) -> Iterator[Repair]:
    """Small changes of an expression, each with the sentence that is true if the change makes the equality true.

    Parameters
    ----------
    node
        The expression.
    letters
        The index letters of the equality.
    """
    yield from _within(node, _transpositions)
    yield from _within(node, _terms)
    yield from _within(node, lambda part: _sums(part, letters))
    yield from _within(node, _orders)
    yield from _within(node, lambda part: _indices(part, letters))


def _within(node: kinds.Node, changes: Callable[[kinds.Node], Iterator[Repair]]) -> Iterator[Repair]:
    yield from changes(node)
    if isinstance(node, kinds.Function) and node.name in ("max", "delta"):
        return
    for place, part in enumerate(node.parts):
        index = isinstance(node, kinds.Indexed) and part in node.indices
        bound = isinstance(node, kinds.Sum) and place < len(node.parts) - 1
        if index or bound:
            continue
        for words, changed in _within(part, changes):
            yield words, node.with_part(place, changed)


def _turned(node: kinds.Node) -> kinds.Node:
    """The expression transposed; without its transposition if it has one."""
    return node.body if isinstance(node, kinds.Transposed) else kinds.Transposed(node)


def _transpositions(node: kinds.Node) -> Iterator[Repair]:
    if isinstance(node, kinds.Product):
        for place, factor in enumerate(node.factors):
            if isinstance(factor, (kinds.Number, kinds.Sum, kinds.Quotient)):
                continue
            other = _turned(factor)
            factors = (*node.factors[:place], other, *node.factors[place + 1 :])
            says = f"it would be true with {tex(other)} in the place of {tex(factor)}"
            yield says, kinds.Product(factors, node.signs)
    elif isinstance(node, (kinds.Name, kinds.Transposed)):
        other = _turned(node)
        yield f"it would be true with {tex(other)} in the place of {tex(node)}", other


def _terms(node: kinds.Node) -> Iterator[Repair]:
    if not isinstance(node, kinds.Add):
        return
    for place, term in enumerate(node.terms):
        rest = (*node.terms[:place], *node.terms[place + 1 :])
        opposite = term.body if isinstance(term, kinds.Negative) else kinds.Negative(term)
        plain = tex(term.body if isinstance(term, kinds.Negative) else term)
        yield f"the sign of {plain} is wrong", kinds.Add((*node.terms[:place], opposite, *node.terms[place + 1 :]))
        yield f"it would be true without the term {plain}", rest[0] if len(rest) == 1 else kinds.Add(rest)
        yield f"it would be true with the term {plain} twice", kinds.Add((*node.terms, term))


def _orders(node: kinds.Node) -> Iterator[Repair]:
    if isinstance(node, kinds.Product):
        for place in range(len(node.factors) - 1):
            yield from _orders_of_two(node, place)
    if isinstance(node, kinds.Function) and node.name == "tr":
        yield "a trace is missing or too much", node.arguments[0]


def _orders_of_two(node: kinds.Product, place: int) -> Iterator[Repair]:
    """Two neighbours in the other order, transposed, or both."""
    one, other = node.factors[place : place + 2]

    def with_both(first: kinds.Node, second: kinds.Node) -> kinds.Node:
        return kinds.Product((*node.factors[:place], first, second, *node.factors[place + 2 :]), node.signs)

    yield f"it would be true with {tex(one)} and {tex(other)} in the other order", with_both(other, one)
    for first, second in ((_turned(one), _turned(other)), (_turned(other), one), (other, _turned(one))):
        yield f"it would be true with {tex(first)} {tex(second)} in the place of {tex(one)} {tex(other)}", with_both(first, second)


def _sums(node: kinds.Node, letters: tuple[str, ...]) -> Iterator[Repair]:
    if not isinstance(node, kinds.Sum):
        return
    if node.lower is not None or node.upper is not None or node.other:
        yield f"it would be true with a sum over all {node.index}", kinds.Sum(node.index, None, None, None, node.body)
    for other in letters:
        if other != node.index:
            if not node.other:
                yield (
                    f"it would be true with a sum over {node.index} that leaves out {other}",
                    kinds.Sum(node.index, None, None, other, node.body),
                )
            yield f"it would be true without the sum, and with {other} for {node.index}", _with_index(node.body, node.index, other)


def _with_index(node: kinds.Node, old: str, new: str) -> kinds.Node:
    return kinds.Name(new) if node == kinds.Name(old) else node.rebuilt(lambda part: _with_index(part, old, new))


def _indices(node: kinds.Node, letters: tuple[str, ...]) -> Iterator[Repair]:
    if not isinstance(node, kinds.Indexed):
        return
    for place, index in enumerate(node.indices):
        for letter in letters:
            if isinstance(index, kinds.Name) and letter != index.text:
                changed = kinds.Indexed(node.body, (*node.indices[:place], kinds.Name(letter), *node.indices[place + 1 :]))
                yield f"it would be true with {tex(changed)} in the place of {tex(node)}", changed
