r"""A delta with two indices that a text says to be the gradient that comes in: ``\\delta_{nj} = \\partial L/\\partial y_{nj}``, and no Kronecker delta."""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.dependence import unknown_dependence
from matrix_checks.derivations.context.statements_of_text import formulas_of, parsed, relations
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.letters.matrix_of_deltas import DELTA as MATRIX
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.values.exercise import Definition

DELTA = "\\delta"


def take_own_deltas(context: Context, found: list[Piece]) -> None:
    """Take the delta, and the matrix of all of them where the text has it as a name, for the gradient by that whose entries it is set equal to."""
    if DELTA in context.known:
        return
    matrix = next((node for tokens in context.later.get(MATRIX, ()) if (node := parsed(context, tokens)) is not None), None)
    if MATRIX in context.labels and isinstance(matrix, kinds.Derivative) and not any(map(_has_lines, formulas_of(context, found))):
        # Whoever writes \\Delta for the gradient may write \\delta_{ij} for its entries.
        context.define(DELTA, Definition(matrix), first=True)
        return
    letters, tokens = context.later_entries.get(DELTA, ((), []))
    said = parsed(context, tokens)
    gradient = _whole_gradient(tuple(map(kinds.Name, letters)), said) if said is not None else None
    if gradient is not None and (len(letters) == 1 or not unknown_dependence(context, gradient, gradient)):
        context.define(DELTA, Definition(gradient), first=True)
        return
    for sides in relations(context, formulas_of(context, found)):
        for one, other in (sides, sides[::-1]):
            gradient = _gradient(one, other)
            if gradient is not None and unknown_dependence(context, gradient, gradient):
                # It is that of something which is not understood, and still no Kronecker delta.
                context.notation.has_own_deltas = True
            elif gradient is not None:
                context.own.add(DELTA)
                context.define(DELTA, Definition(gradient), first=True)
                if MATRIX in context.labels and MATRIX not in context.known:
                    context.define(MATRIX, Definition(gradient), first=True)
                return


def compares_indices(context: Context, found: list[Piece]) -> bool:
    """Whether a text has a delta with two indices anywhere, which may be that of Kronecker."""
    return any(
        isinstance(part, kinds.Function) and part.name == "delta" and len(part.arguments) > 1
        for sides in relations(context, formulas_of(context, found))
        for side in sides
        for part in side.everything
    )


def _has_lines(tokens: list[Token]) -> bool:
    """Whether a delta stands in a formula with one index: it is a row or a column there."""
    padded = [*tokens, "", "", "", ""]
    behind = zip(padded, padded[1:], padded[2:], padded[3:], padded[4:])
    return any((one, two) == (DELTA, "_") and (three != "{" or five == "}") for one, two, three, _, five in behind)


def _gradient(delta: Node, other: Node) -> Node | None:
    """The gradient by the whole array of which a delta with two indices is an entry; ``None`` where it is set equal to anything else."""
    is_delta = isinstance(delta, kinds.Function) and delta.name == "delta"
    return _whole_gradient(delta.parts, other) if is_delta else None


def _whole_gradient(indices: tuple[Node, ...], entry: Node) -> Node | None:
    """The gradient by an array, of which an entry is given, with its indices; ``None`` where it is anything else."""
    derivative = bare(entry)
    if not isinstance(derivative, kinds.Derivative) or isinstance(bare(derivative.top), kinds.Indexed):
        return None
    by = derivative.bottom
    return kinds.Derivative(derivative.top, by.body) if isinstance(by, kinds.Indexed) and by.indices == indices else None
