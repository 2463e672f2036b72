r"""The letter of the upstream gradient for something else: "by the quotient rule on ``g/h``, where ``g_i = e^{x_i}``".

The exercise's loss rests on another letter then. What holds with the text's meaning holds; nothing with that letter is called false,
since a text may go back to what everybody calls so.
"""

from matrix_checks.derivations.certificate.doubtful_names import upstream_in
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import without_argument
from matrix_checks.derivations.context.statements_of_text import (
    equalities,
    formulas_of,
    in_letters,
    letters_written,
    strange_arrays,
)
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import View

ANY_LOSS = "\\upstream "
SCALES = frozenset(("\\gamma", "\\beta"))
PARAMETERS = SCALES | {"\\alpha"}
ENTRIES = (kinds.Indexed,)
GRADIENTS = (kinds.Derivative, kinds.Nabla, kinds.Differentiated, kinds.Operator)


def take_own_upstream(context: Context, found: list[Piece]) -> None:
    """Free the letter of the upstream gradient where the text only ever sets it equal to an expression in what the layer is made of."""
    letters = {name for view in context.views for name in upstream_in(view.origin or view, loss_of(context.views).text)}
    said: dict[str, list[Node]] = {}
    for left, right in equalities(context, formulas_of(context, found)):
        if left == loss_of(context.views) and letters.isdisjoint(right.names) and not right.kinds.isdisjoint(ENTRIES):
            # The gradient by the output follows from a loss that is said.
            return
        side = without_argument(left)
        name = kinds.whole_of(side)
        if isinstance(name, kinds.Name) and name.text in letters:
            said.setdefault(name.text, []).append(right)
    for letter, meanings in said.items():
        if all(_is_made_of_layer(context, letter, right) for right in meanings):
            context.look_at([_without(view, letter) for view in context.views])
            context.memory.guessed.add(letter)


def take_own_parameters(context: Context, found: list[Piece]) -> None:
    """Free the letters of scale, shift and momentum where the text sets them equal to something else: ``\\gamma = \\sqrt{v + \\epsilon}``."""
    views = [view.origin or view for view in context.views]
    letters = {name for view in views for name in PARAMETERS.intersection(view.variables)}
    sides = list(equalities(context, formulas_of(context, found))) if letters else []
    named = [(name.text, right) for left, right in sides if isinstance(name := kinds.whole_of(without_argument(left)), kinds.Name)]
    # Of gamma = 1/s the text has said what s is.
    own = {name for name, right in named if right.names} - letters
    said = {
        name
        for name, right in named
        if name in letters
        and name not in right.names
        and any(each in own or (each in view.names and each not in view.letters) for view in views for each in right.names)
    }
    if said and not letters_written(formulas_of(context, found)) >= SCALES:
        # Beside each other they are the scale and the shift, of which it may be said when they undo the layer.
        rest = [view for view in context.views if said.isdisjoint(SCALES.intersection(view.variables))]
        context.look_at(
            [in_letters(view, {name: f"\\any {name}" for name in said & view.variables.keys()}) for view in rest or context.views]
        )


def _is_made_of_layer(context: Context, name: str, right: Node) -> bool:
    """Whether a side has names of the exercise, none of them new or a gradient, and is more than a name."""
    known = {other for view in context.views for other in right.names & view.names if other not in view.letters}
    is_gradient = not right.kinds.isdisjoint(GRADIENTS) or bool(known & context.own)
    is_strange = bool(strange_arrays(context, right))
    return (
        bool(known)
        and name not in right.names
        and not is_gradient
        and not is_strange
        and not isinstance(right, (kinds.Name, kinds.Indexed))
    )


def _without(view: View, name: str) -> View:
    """A view with another letter for one of its variables."""
    return in_letters(view, {name: ANY_LOSS}) if name in view.variables else view
