"""The equations that each operation says of unknown sizes; a new kind of expression is a rule here."""

from collections.abc import Callable

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.expressions.rectifiers import beside_zero
from matrix_checks.derivations.expressions.sizes import Sizes
from matrix_checks.derivations.reading.spelling import ENTRYWISE, LOOSE
from matrix_checks.derivations.values.names import SIZED
from matrix_checks.derivations.values.shapes import NotTyped, Typing, rule
from matrix_checks.derivations.values.sizes import NUMBER, ONE, DoesNotFit, Shape

OF_ENTRIES = (
    "exp",
    "log",
    "sqrt",
    "sinh",
    "cosh",
    "sech",
    "exp'",
    "log'",
    "sin'",
    "cos'",
    "tanh'",
    "sigmoid'",
    "relu'",
    "anyfunction'",
)


@rule(kinds.Name)
def name(typing: Typing, node: kinds.Name) -> Shape:
    """The shape of a name."""
    return typing.named(node.text)


@rule(kinds.Number)
def number(typing: Typing, node: kinds.Number) -> Shape:
    """A number."""
    return NUMBER


@rule(kinds.Group, Sizes, kinds.Negative, kinds.Differentiated)
def body(typing: Typing, node: kinds.Group | kinds.Negative | kinds.Differentiated) -> Shape:
    """What has the shape of its body."""
    return typing.shape(node.body)


@rule(kinds.Add)
def add(typing: Typing, node: kinds.Add) -> Shape:
    """Terms have one shape; zero has any."""
    shapes = [typing.shape(term) for term in node.terms if not isinstance(term, kinds.HigherOrder) and not _is_zero(term)]
    whole = next((shape for shape in shapes if shape != NUMBER), NUMBER)
    for shape in shapes:
        if not (typing.elementwise and shape == NUMBER):
            typing.same(whole, shape)
    return whole


def _is_zero(node: Node) -> bool:
    return isinstance(node, kinds.Number) and not node.value


@rule(kinds.Transposed)
def transposed(typing: Typing, node: kinds.Transposed) -> Shape:
    """Rows become columns."""
    rows, columns = typing.shape(node.body)
    return columns, rows


@rule(kinds.Primed)
def primed(typing: Typing, node: kinds.Primed) -> Shape:
    """A prime is a transposition, but for numbers."""
    rows, columns = typing.shape(node.body)
    if (rows, columns) == NUMBER:
        raise NotTyped("a derivative that does not say with respect to what was not understood")
    return columns, rows


@rule(kinds.Product)
def product(typing: Typing, node: kinds.Product) -> Shape:
    """Factors side by side, and among them what binds less tightly: ``⊙`` and ``⊗``."""
    parts: list[tuple[str, list[Node]]] = [("", [node.factors[0]])]
    for sign, factor in zip(node.signs, node.factors[1:]):
        if sign in LOOSE:
            parts.append((sign, [factor]))
        else:
            parts[-1][1].append(factor)
    total = NUMBER
    for sign, factors in parts:
        shape = _side_by_side(typing, factors)
        if sign in ENTRYWISE:
            typing.same(total, shape)
        elif sign == "otimes":
            total = (total[0] + shape[0], total[1] + shape[1])
        else:
            total = shape
    return total


def _side_by_side(typing: Typing, factors: list[Node]) -> Shape:
    total = NUMBER
    for place, factor in enumerate(factors):
        if place and typing.applies(factors[place - 1], factor):
            continue
        if len(factors) > 1 and _is_jacobian(typing, factor):
            raise NotTyped("a chain of derivatives by letters that were not introduced was not understood")
        shape = typing.shape(factor)
        if NUMBER in (total, shape):
            total = shape if total == NUMBER else total
            continue
        typing.sizes.unify(total[1], shape[0])
        total = (total[0], shape[1])
    return total


def _is_jacobian(typing: Typing, factor: Node) -> bool:
    inside = bare(factor)
    if not isinstance(inside, kinds.Derivative):
        return False
    return typing.shape(inside.top) != NUMBER and _of_variable(typing, inside) != NUMBER


@rule(kinds.Quotient)
def quotient(typing: Typing, node: kinds.Quotient) -> Shape:
    """A division by a number."""
    if typing.shape(node.bottom) != NUMBER:
        raise DoesNotFit
    return typing.shape(node.top)


@rule(kinds.Power)
def power(typing: Typing, node: kinds.Power) -> Shape:
    """A power of a number, or of a square matrix; entry by entry of a row or a column."""
    if not isinstance(bare(node.exponent), (kinds.Number, kinds.Negative, kinds.Quotient)):
        raise NotTyped("an exponent that is no number was not understood")
    shape = typing.shape(node.body)
    if shape != NUMBER and not (typing.elementwise and ONE in shape):
        typing.sizes.unify(*shape)
    return shape


@rule(kinds.Norm, kinds.Bars)
def norm(typing: Typing, node: kinds.Norm) -> Shape:
    """A norm is a number."""
    typing.shape(node.body)
    return NUMBER


@rule(kinds.Inner)
def inner(typing: Typing, node: kinds.Inner) -> Shape:
    """An inner product of two arrays of one shape."""
    typing.same(typing.shape(node.left), typing.shape(node.right))
    return NUMBER


@rule(kinds.Function)
def function(typing: Typing, node: kinds.Function) -> Shape:
    """A function of the notation."""
    if node.name == "delta":
        size = typing.sizes.fresh()
        for index in node.arguments:
            typing.run(index, size)
        return NUMBER
    other = beside_zero(node)
    if other is not None:
        return typing.shape(other)
    if node.name == "max":
        over = node.arguments[-1]
        if len(node.arguments) == 2 and isinstance(over, kinds.Name):
            return typing.over(over.text, node.arguments[0], None)
        typing.shape(node.arguments[0])
        return NUMBER
    if node.name not in FUNCTIONS or len(node.arguments) != 1:
        raise NotTyped(f"the function {node.name} was not understood")
    return FUNCTIONS[node.name](typing, typing.shape(node.arguments[0]))


def _trace(typing: Typing, shape: Shape) -> Shape:
    typing.sizes.unify(*shape)
    return NUMBER


def _diagonal(typing: Typing, shape: Shape) -> Shape:
    if ONE not in shape or shape == NUMBER:
        raise DoesNotFit
    size = shape[0] or shape[1]
    return size, size


def _of_entries(typing: Typing, shape: Shape) -> Shape:
    if shape != NUMBER and not typing.elementwise:
        raise DoesNotFit
    return shape


def _inverted(typing: Typing, shape: Shape) -> Shape:
    typing.sizes.unify(*shape)
    return shape


FUNCTIONS: dict[str, Callable[[Typing, Shape], Shape]] = {
    "tr": _trace,
    "det": _trace,
    "inv": _inverted,
    "sin": _of_entries,
    "cos": _of_entries,
    "tanh": _of_entries,
    "sigmoid": _of_entries,
    "relu": _of_entries,
    "anyfunction": _of_entries,
    "step": _of_entries,
    "vec": lambda typing, shape: (shape[0] + shape[1], ONE),
    "diag": _diagonal,
    "softmax": lambda typing, shape: shape,
    "total": lambda typing, shape: NUMBER,
    "logsumexp": lambda typing, shape: NUMBER,
    "mean": lambda typing, shape: NUMBER,
    **dict.fromkeys(OF_ENTRIES, _of_entries),
}


@rule(kinds.Derivative)
def derivative(typing: Typing, node: kinds.Derivative) -> Shape:
    """A gradient has the shape of its variable; a Jacobian acts on stacked columns."""
    top, variable = typing.shape(node.top), _of_variable(typing, node)
    if top == NUMBER:
        return variable[::-1] if isinstance(node.bottom, kinds.Transposed) else variable
    return top if variable == NUMBER else (top[0] + top[1], variable[0] + variable[1])


def _of_variable(typing: Typing, node: kinds.Derivative) -> Shape:
    variable = node.bottom
    while isinstance(variable, (kinds.Group, kinds.Transposed)):
        variable = variable.body
    if isinstance(variable, kinds.Function) and variable.name == "vec":
        variable = bare(variable.arguments[0])
    if isinstance(variable, (kinds.Name, kinds.Indexed)) and variable != kinds.Name(""):
        return typing.shape(variable)
    raise NotTyped("a derivative with respect to an expression was not understood")


@rule(kinds.Differential)
def differential(typing: Typing, node: kinds.Differential) -> Shape:
    """``[D_point body](step)``: the step has the shape of the point."""
    typing.same(typing.shape(node.point), typing.shape(node.step))
    return typing.shape(node.body)


@rule(kinds.Indexed)
def indexed(typing: Typing, node: kinds.Indexed) -> Shape:
    """An entry: two indices of a matrix, or one of a column."""
    if isinstance(node.body, kinds.Name) and node.body.text in SIZED and len(node.indices) == 1:
        return _of_written_size(typing, node.body.text, node.indices[0])
    shape = _of_indexed(typing, node.body, len(node.indices))
    if len(node.indices) == 2:
        if ONE in shape:
            raise DoesNotFit
        slices = [isinstance(index, kinds.Slice) for index in node.indices]
        if any(slices):
            # A row, or a column.
            index, size = next((each for each in zip(node.indices, shape) if not isinstance(each[0], kinds.Slice)), (ZERO, ONE))
            typing.run(index, size)
            return (shape[0] if slices[0] else ONE, shape[1] if slices[1] else ONE)
        for index, size in zip(node.indices, shape):
            typing.run(index, size)
    elif len(node.indices) == 1 and ONE in shape and shape != NUMBER:
        typing.run(node.indices[0], shape[0] or shape[1])
    else:
        raise NotTyped("an index of a letter that was not introduced was not understood")
    return NUMBER


def _of_indexed(typing: Typing, node: Node, count: int) -> Shape:
    """The shape of what an index is taken of: two indices of a small letter are those of the capital one."""
    if not isinstance(node, kinds.Name):
        return typing.shape(node)
    upper = node.text.upper() if len(node.text) == 1 else node.text
    if count == 2 and upper != node.text:
        try:
            return typing.named(upper)
        except NotTyped:
            pass
    return typing.named(node.text)


def _of_written_size(typing: Typing, text: str, index: Node) -> Shape:
    if not isinstance(index, kinds.Name) or index.text not in typing.sizes.fixed | typing.sizes.named:
        raise NotTyped("the size of an identity was not understood")
    size = (index.text,)
    return (size, ONE) if text == "\\ones" else (size, size)


@rule(kinds.Sum)
def total(typing: Typing, node: kinds.Sum) -> Shape:
    """A sum over an index."""
    return typing.over(node.index, node.body, node.upper)
