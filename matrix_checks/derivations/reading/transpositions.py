"""A transposed expression, where the sign of transposition stands above one."""

from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import Indexed, Matrix, Name, Node, Number, Product, Slice, Transposed, Tuple


def transposed(body: Node) -> Node:
    """A transposed expression, as it is typeset: behind braces or indices the sign stands at the last letter."""
    if body == Number(Fraction(1)):
        # Nobody transposes the number: it is the column of ones.
        return Transposed(Name("\\ones"))
    if isinstance(body, Product):
        # Braces are not seen: the sign stands at the last factor.
        return Product((*body.factors[:-1], transposed(body.factors[-1])), body.signs)
    if isinstance(body, Indexed) and len(body.indices) == 2 and not any(isinstance(index, Slice) for index in body.indices):
        # The indices stand below the sign.
        return Indexed(Transposed(body.body), body.indices)
    if isinstance(body, Tuple):
        return Transposed(Matrix(body.entries, len(body.entries)))
    return Transposed(body)
