"""An operator before a constant factor is applied to the whole product: ``\\nabla_x \\frac12 \\|x\\|^2``, ``d\\lambda\\|X\\|^2``."""

from collections.abc import Iterable, Iterator

from matrix_checks.derivations.equality.rewriting import Changes, Sides
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import NUMBER, View
from matrix_checks.derivations.values.memory import Memory

DIFFERENTIALS = (kinds.Differentiated, kinds.PartialDifferential)


def with_operators_applied(node: Node, views: tuple[View, ...], letters: bool = True, fixed: frozenset[str] = frozenset()) -> Node:
    """The same with each operator before a constant applied to all factors behind that.

    Parameters
    ----------
    node
        The expression.
    views
        What says which letters are numbers.
    letters
        Whether a letter is a constant, too; numbers always are.
    fixed
        Arrays that do not vary, which may stand transposed behind a ``d``.
    """
    constants = frozenset(_numbers(views)) if letters else frozenset[str]()

    def change(part: Node) -> Node:
        part = part.rebuilt(change)
        return _applied(part, constants, fixed) if isinstance(part, kinds.Product) else part

    return change(node)


def vec_of_products(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """A convention: a vec without brackets around all of it may stack the product."""
    changed = (with_vec_of_products(sides[0]), with_vec_of_products(sides[1]))
    return (None,) if changed == sides else (None, lambda sides: (with_vec_of_products(sides[0]), with_vec_of_products(sides[1])))


def with_vec_of_products(node: Node) -> Node:
    r"""The same where a vec stacks all factors behind it, too: ``\operatorname{vec}(X - F) S^\top`` is that of the product."""
    node = node.rebuilt(with_vec_of_products)
    for place, factor in enumerate(node.factors[:-1] if isinstance(node, kinds.Product) else ()):
        behind = node.factors[place + 1 :] if isinstance(node, kinds.Product) else ()
        is_vec = isinstance(factor, kinds.Function) and factor.name == "vec"
        if is_vec and all(isinstance(each, (kinds.Name, kinds.Transposed)) for each in behind):
            assert isinstance(factor, kinds.Function) and isinstance(node, kinds.Product)
            inside = kinds.Product((kinds.Group(factor.arguments[0]), *behind), node.signs[place:])
            whole = kinds.Function("vec", (inside,))
            return kinds.Product((*node.factors[:place], whole), node.signs[:place]) if place else whole
    return node


def _numbers(views: tuple[View, ...]) -> Iterable[str]:
    for view in views:
        yield from view.letters
        yield from (name for name, shape in view.variables.items() if tuple(shape) == NUMBER)


def _applied(node: kinds.Product, constants: frozenset[str], fixed: frozenset[str]) -> Node:
    for place, factor in enumerate(node.factors[:-1]):
        constant = _waiting(factor, constants) or _row_that_is_fixed(factor, fixed)
        behind = node.factors[place + 1 :]
        if constant is None or any(part.kinds & set(DIFFERENTIALS) for part in behind):
            continue
        whole = _with_constant(factor, kinds.Group(kinds.Product((constant, *behind), node.signs[place:])))
        before = node.factors[:place]
        return kinds.Product((*before, whole), node.signs[:place]) if before else whole
    return node


def _waiting(factor: Node, constants: frozenset[str]) -> Node | None:
    """The constant that an operator stands before; ``None`` for anything else."""
    if isinstance(factor, kinds.Quotient):
        # Of 1/2 x the operator has the 1.
        above = _waiting(factor.top, constants)
        return kinds.Quotient(above, factor.bottom) if above is not None and _is_constant(factor.bottom, constants) else None
    if isinstance(factor, kinds.Nabla) or (isinstance(factor, kinds.Derivative) and isinstance(factor.top, kinds.Number)):
        is_row = isinstance(factor, kinds.Nabla) and isinstance(factor.top, kinds.Transposed)
        return factor.top if is_row or _is_constant(factor.top, constants - factor.bottom.names) else None
    if isinstance(factor, DIFFERENTIALS):
        return factor.body if _is_constant(factor.body, constants) else None
    return None


def _row_that_is_fixed(factor: Node, fixed: frozenset[str]) -> Node | None:
    """The ``b^\\top`` of ``d b^\\top``, where ``b`` is fixed; a ``db`` without a transposition is always the change of ``b``."""
    body = factor.body if isinstance(factor, kinds.Differentiated) else None
    is_row = isinstance(body, kinds.Transposed) and isinstance(body.body, kinds.Name) and body.body.text in fixed
    return body if is_row else None


def _with_constant(factor: Node, body: Node) -> Node:
    """The operator of a factor, applied to something else."""
    if isinstance(factor, kinds.Quotient):
        return _with_constant(factor.top, body)
    if isinstance(factor, kinds.Derivative):
        return kinds.Derivative(body, factor.bottom)
    if isinstance(factor, kinds.PartialDifferential):
        return kinds.PartialDifferential(body, factor.variable)
    return kinds.Differentiated(body)


def _is_constant(node: Node, constants: frozenset[str]) -> bool:
    if isinstance(node, kinds.Name):
        return node.text in constants
    arithmetic = (kinds.Group, kinds.Negative, kinds.Quotient, kinds.Product, kinds.Power)
    is_number = isinstance(node, kinds.Number)
    return is_number or (isinstance(node, arithmetic) and all(_is_constant(part, constants) for part in node.parts))


def _differentiated(node: Node, views: tuple[View, ...]) -> frozenset[str]:
    bodies = (kinds.bare(part.body) for part in node.everything if isinstance(part, kinds.Differentiated))
    names = {body.text for body in bodies if isinstance(body, kinds.Name)}
    return frozenset(name for name in names if any(name in view.variables for view in views))


def over_sum(node: Node) -> Node:
    """``\\nabla_x x^\\top x - b^\\top x`` as the gradient of all terms, where only the first one has an operator before it."""
    if not isinstance(node, kinds.Add) or not isinstance(node.terms[0], kinds.Derivative):
        return node
    first, rest = node.terms[0], node.terms[1:]
    if isinstance(first.top, kinds.Name) or any(kinds.Derivative in term.kinds for term in rest):
        return node
    return kinds.Derivative(kinds.Group(kinds.Add((first.top, *rest))), first.bottom)


def with_all_operators(sides: Sides, views: tuple[View, ...]) -> Iterator[Sides]:
    """Both sides with the operators of one applied as far as they may reach: nobody writes so with care, but it is meant so.

    The ``b`` of ``d b^\\top x`` is fixed where the other side has a ``dx`` and none of ``b``: then ``b^\\top x`` is what varies.
    """
    ours, theirs = (_differentiated(side, views) for side in sides)
    left, right = (with_operators_applied(side, views) for side in sides)
    if theirs - ours or not ours:
        yield over_sum(with_operators_applied(sides[0], views, fixed=ours - theirs)), right
    if ours - theirs or not theirs:
        yield left, over_sum(with_operators_applied(sides[1], views, fixed=theirs - ours))
