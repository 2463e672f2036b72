"""Small changes of an expression, each with the sentence that is true if the change makes an equality true."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.as_tex import tex

Repair = tuple[str, kinds.Node]
_ONE, _HALF = kinds.Number(Fraction(1)), kinds.Number(Fraction(1, 2))
# For the index of a sum that is put in.
_SPARE = ("r", "l", "m", "s", "t", "q")


def swaps(node: kinds.Node) -> Iterator[Repair]:
    """The most precise changes: the two indices of an entry swapped, and the sign of one case."""
    yield from _within(node, _swapped)
    yield from _within(node, _cases)


def repairs(node: kinds.Node, letters: tuple[str, ...] = (), sizes: tuple[str, ...] = ()) -> Iterator[Repair]:
    """Small changes of an expression, each with the sentence that is true if the change makes the equality true.

    Parameters
    ----------
    node
        The expression.
    letters
        The index letters of the equality.
    sizes
        The letters of sizes.
    """
    yield from _within(node, _traces)
    yield from _within(node, _norms)
    yield from _within(node, lambda part: _sizes(part, sizes))
    yield from _within(node, lambda part: _products(part, letters))
    yield from _within(node, _transpositions)
    yield from _within(node, _terms)
    yield from _within(node, _orders)
    yield from _within(node, lambda part: _indices(part, letters))


def sums_changed(node: kinds.Node, letters: tuple[str, ...]) -> Iterator[Repair]:
    """A sum over other values of its index, or none."""
    yield from _within(node, lambda part: _sums(part, letters))


def factors_left_out(node: kinds.Node) -> Iterator[Repair]:
    """A product without one of its factors."""
    yield from _within(node, _without_a_factor)


def _without_a_factor(node: kinds.Node) -> Iterator[Repair]:
    if not isinstance(node, kinds.Product):
        return
    for place, factor in enumerate(node.factors):
        rest = (*node.factors[:place], *node.factors[place + 1 :])
        signs = (*node.signs[: max(place - 1, 0)], *node.signs[max(place, 1) :])
        yield f"it would be true without the factor {tex(factor)}", kinds.Product(rest, signs) if signs else rest[0]


def everywhere(node: kinds.Node, old: kinds.Node, other: kinds.Node) -> Iterator[Repair]:
    """Another expression in all places of one."""
    changed = _put(node, old, other)
    if changed is not node:
        yield replaced(other, old), changed


def _put(node: kinds.Node, old: kinds.Node, new: kinds.Node) -> kinds.Node:
    if isinstance(node, (kinds.Derivative, kinds.Differentiated)):
        return node
    return new if node == old else node.rebuilt(lambda part: _put(part, old, new))


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


def replaced(new: kinds.Node, old: kinds.Node) -> str:
    """The sentence about one expression in the place of another."""
    return f"it would be true with {tex(new)} in the place of {tex(old)}"


def _swapped(node: kinds.Node) -> Iterator[Repair]:
    if isinstance(node, kinds.Indexed) and len(node.indices) == 2 and node.indices[0] != node.indices[1]:
        other = kinds.Indexed(node.body, node.indices[::-1])
        yield replaced(other, node), other


def _cases(node: kinds.Node) -> Iterator[Repair]:
    for place, value in enumerate(node.values if isinstance(node, kinds.Cases) else ()):
        yield f"the sign of the case {tex(value)} is wrong", node.with_part(place, _opposite(value))


def _opposite(node: kinds.Node) -> kinds.Node:
    return node.body if isinstance(node, kinds.Negative) else kinds.Negative(node)


def _traces(node: kinds.Node) -> Iterator[Repair]:
    """The trace of a whole product, where it is taken of the first factor."""
    if not isinstance(node, kinds.Product):
        return
    first, is_turned = kinds.bare(node.factors[0]), isinstance(node.factors[0], kinds.Transposed)
    if isinstance(first, kinds.Function) and first.name == "tr":
        inside = kinds.Transposed(first.arguments[0]) if is_turned else first.arguments[0]
        whole = kinds.Function("tr", (kinds.Product((inside, *node.factors[1:]), node.signs),))
        yield f"brackets are missing: it would be true with {tex(whole)}", whole


def _norms(node: kinds.Node) -> Iterator[Repair]:
    """A norm for its square, and the other way round."""
    if isinstance(node, kinds.Norm):
        square = kinds.Power(node, kinds.Number(Fraction(2)))
        yield replaced(square, node), square
    elif isinstance(node, kinds.Power) and isinstance(node.body, kinds.Norm) and node.exponent == kinds.Number(Fraction(2)):
        yield replaced(node.body, node), node.body


def _sizes(node: kinds.Node, sizes: tuple[str, ...]) -> Iterator[Repair]:
    """A size with one added or taken away, or without it."""
    if isinstance(node, kinds.Add) and len(node.terms) == 2 and _is_size(node.terms[0], sizes) and _one_of(node.terms[1]):
        yield replaced(node.terms[0], node), node.terms[0]
    elif _is_size(node, sizes):
        for step in (kinds.Negative(_ONE), _ONE):
            other = kinds.Add((node, step))
            yield replaced(other, node), kinds.Group(other)


def _is_size(node: kinds.Node, sizes: tuple[str, ...]) -> bool:
    return isinstance(node, kinds.Name) and node.text in sizes


def _one_of(node: kinds.Node) -> bool:
    return node in (_ONE, kinds.Negative(_ONE))


def _products(node: kinds.Node, letters: tuple[str, ...]) -> Iterator[Repair]:
    """An entry of a product where the entries of its factors were multiplied, or where one factor has the indices of the product."""
    if not isinstance(node, kinds.Product):
        return
    for place, (one, other) in enumerate(zip(node.factors, node.factors[1:])):
        new: kinds.Node
        if not isinstance(other, kinds.Indexed):
            continue
        if isinstance(one, kinds.Indexed):
            spare = next((letter for letter in _SPARE if letter not in letters and letter not in node.names), "")
            index = kinds.Name(spare)
            factors = kinds.Indexed(one.body, (*one.indices[:-1], index)), kinds.Indexed(other.body, (index, *other.indices[1:]))
            new = kinds.Sum(spare, None, None, None, kinds.Product(factors, ("",)))
            says = "an entry of a product is a sum itself: "
        elif isinstance(one, (kinds.Name, kinds.Transposed)):
            new = kinds.Indexed(kinds.Group(kinds.Product((one, other.body), ("",))), other.indices)
            says = "the indices are those of the product: "
        else:
            continue
        signs = (*node.signs[:place], *node.signs[place + 1 :])
        rest = (*node.factors[:place], new, *node.factors[place + 2 :])
        whole = kinds.Product(rest, signs) if signs else new
        yield says + replaced(new, kinds.Product((one, other), ("",))), whole


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
            yield replaced(other, factor), kinds.Product(factors, node.signs)
    elif isinstance(node, (kinds.Name, kinds.Transposed)):
        other = _turned(node)
        yield replaced(other, node), other


def _terms(node: kinds.Node) -> Iterator[Repair]:
    if not isinstance(node, kinds.Add):
        return
    for place, term in enumerate(node.terms):
        rest = (*node.terms[:place], *node.terms[place + 1 :])
        plain = tex(term.body if isinstance(term, kinds.Negative) else term)
        yield f"the sign of {plain} is wrong", kinds.Add((*node.terms[:place], _opposite(term), *node.terms[place + 1 :]))
        yield f"it would be true without the term {plain}", rest[0] if len(rest) == 1 else kinds.Add(rest)
        yield f"it would be true with the term {plain} twice", kinds.Add((*node.terms, term))
        half = kinds.Product((_HALF, term), ("",))
        yield f"it would be true with half of the term {plain}", kinds.Add((*node.terms[:place], half, *node.terms[place + 1 :]))


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

    sign = (node.signs[place],)
    both = kinds.Product((one, other), sign)
    yield f"{replaced(kinds.Product((other, one), sign), both)}, in the other order", with_both(other, one)
    for first, second in ((_turned(one), _turned(other)), (_turned(other), one), (other, _turned(one))):
        yield replaced(kinds.Product((first, second), sign), both), with_both(first, second)


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
            if isinstance(index, kinds.Name) and len(index.text) == 1 and letter != index.text:
                changed = kinds.Indexed(node.body, (*node.indices[:place], kinds.Name(letter), *node.indices[place + 1 :]))
                yield replaced(changed, node), changed
