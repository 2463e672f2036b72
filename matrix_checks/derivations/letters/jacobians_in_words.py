"""Letters that words call the Jacobian: of "the Jacobian ``J`` is symmetric" nobody has to write down what it is.

It is a guess that the layer's is meant: what holds with it holds, and nothing is false for it.
"""

from collections.abc import Iterator

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import is_capital, tokens_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.letters.jacobians_of_steps import are_columns, defines, only_output
from matrix_checks.derivations.letters.running_statistics import modes_in
from matrix_checks.derivations.prose import words_of_jacobians
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.values.exercise import Definition

INPUT = "x"


def declare_jacobians_in_words(context: Context, found: list[Piece]) -> None:
    """Take a letter that words call the Jacobian, and that the text does not define in the layer's usual mode, for that."""
    names = {name for place in range(1, len(found)) if (name := _called(context, found, place))} - context.known
    if len(names) != 1:
        # Of several nobody knows which is which.
        return
    name, output = names.pop(), only_output(context)
    columns = [view for view in context.views if are_columns(context, view, output, INPUT)]
    if not columns or any(defines(context, tokens, [name]) for tokens in _in_usual_mode(context, found)):
        return
    context.own.add(name)
    context.memory.guessed.add(name)
    for kept in (context.later, context.later_entries):
        kept.pop(name, None)
    meant = Definition(kinds.Derivative(kinds.Name(output), kinds.Name(INPUT)))
    context.look_at(view.with_definition(name, meant, first=True) if view in columns else view for view in context.views)


def _called(context: Context, found: list[Piece], place: int) -> str:
    """The capital letter that a formula is, where the words beside it call it so; empty for none."""
    piece, before, behind = found[place], found[place - 1], found[place + 1 : place + 2]
    if piece.kind == "prose":
        return ""
    said_before = before.kind == "prose" and words_of_jacobians.JACOBIAN_BEFORE.search(before.source) is not None
    said_behind = bool(behind) and behind[0].kind == "prose" and words_of_jacobians.IS_JACOBIAN.match(behind[0].source) is not None
    name = context.only_name(tokens_of(context, piece)) if said_before or said_behind else ""
    return name if len(name) == 1 and is_capital(name) else ""


def _in_usual_mode(context: Context, found: list[Piece]) -> Iterator[list[Token]]:
    """The formulas that speak of the layer in its usual mode."""
    for piece, is_fixed in zip(found, modes_in(context, found)):
        if piece.kind != "prose" and not is_fixed:
            yield tokens_of(context, piece)
