r"""The gradients of layers with labels: of ``a^l = a^{l-1} W^l + b^l``, ``\delta^l`` is that by ``a^l``, and ``\delta^{l-1}`` that by ``a^{l-1}``."""

from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.statements_of_text import formulas_of, with_names
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tokens import Token, Word
from matrix_checks.derivations.values.exercise import View

DELTA = "\\delta"
# The gradient by what a layer gives, and by what it takes.
GRADIENTS = {"y": "g", "x": "gradInput"}


def take_deltas_of_layers(context: Context, found: list[Piece]) -> None:
    """Take a delta with the label of a layer for the gradient by what has the same label, where the text sets it equal to nothing else."""
    labels = {label for letter, label in context.notation.layers if letter == DELTA}
    deltas = {_text(name) for (letter, _), name in context.notation.layers.items() if letter == DELTA}
    # What is made of the delta of another layer is a claim.
    is_said = any(deltas.isdisjoint(map(_text, tokens)) for tokens in context.later.get(DELTA, ()))
    formulas = formulas_of(context, found)
    if not labels or is_said or DELTA in context.known or any(map(_has_two_indices, formulas)):
        return
    context.look_at(with_names(view, _deltas(context, view, labels)) for view in context.views)


def _has_two_indices(tokens: list[Token]) -> bool:
    """Whether a formula has a Kronecker delta."""
    return any(tokens[place : place + 3] == [DELTA, "_", "{"] for place in range(len(tokens)))


def _deltas(context: Context, view: View, labels: set[str]) -> dict[str, str]:
    layers = context.notation.layers
    for letter in {one for one, _ in layers} - {DELTA}:
        meant = {label: view.aliases.get(_text(token), "") for (one, label), token in layers.items() if one == letter}
        # Where a function stands between two layers, a delta may be the gradient before it.
        if set(meant.values()) == GRADIENTS.keys():
            return {_text(layers[DELTA, label]): GRADIENTS[name] for label, name in meant.items() if label in labels}
    return {}


def _text(token: Token) -> str:
    return token.text if isinstance(token, Word) else str(token)
