r"""Names of gradients as programs have them: ``\mathrm{grad\_A}``, ``dy\_dx``, ``grad\_loss\_S``, ``jacobian\_F\_S`` and the functions of the exercises.

Each stands for that derivative, so that what a text sets it equal to is a claim, and may be an answer.
"""

import re
from collections.abc import Iterator
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tokens import Word
from matrix_checks.derivations.values.exercise import Definition

MOST_NAMES = 12
_NAME = re.compile(
    r"(?:grad(?:ient)?|nabla)_(?:(?P<top>[A-Za-z]|loss)_)?(?:[a-z]{3,}_)*(?P<bottom>[A-Za-z])|(?:grad(?:ient)?)_[a-z]{3,}(?:_[a-z]{3,})*"
)
_FRACTION = re.compile(
    r"d(?P<top>[A-Za-z]|loss)_?d(?P<bottom>[A-Za-z])|(?:jacobian|jac|J)_(?P<function>[A-Za-z])_(?P<variable>[A-Za-z])"
)


def declare_program_gradients(context: Context, found: list[Piece]) -> None:
    """Learn what such names stand for, before any formula is read; those that the exercise has are its own."""
    if not any("_" in piece.source or "\\mathrm" in piece.source or "\\text" in piece.source for piece in found):
        return
    words = {token.text for tokens in formulas_of(context, found) for token in tokens if isinstance(token, Word)}
    for name in islice(sorted(words - context.known), MOST_NAMES):
        for meant in islice(_meant(context, name), 1):
            context.define(name, Definition(meant), first=True)


def _meant(context: Context, name: str) -> Iterator[kinds.Node]:
    """The derivative that a name stands for, where the exercise has both its letters, or only one variable."""
    loss = loss_of(context.views)
    if said := _FRACTION.fullmatch(name):
        yield from _derivative(context, said["top"] or said["function"], said["bottom"] or said["variable"])
    elif said := _NAME.fullmatch(name):
        variables = {each for view in context.views for each in view.variables}
        only = min(variables) if len(variables) == 1 else ""
        bottom = said["bottom"] or only
        # The gradient of what it names, where that is what is differentiated.
        yield from _derivative(context, said["top"] or loss.text, only if bottom == loss.text else bottom)


def _derivative(context: Context, top: str, bottom: str) -> Iterator[kinds.Node]:
    function = loss_of(context.views).text if top == "loss" else top
    if any(function in view.definitions and bottom in view.behind(function) for view in context.views):
        yield kinds.Derivative(kinds.Name(function), kinds.Name(bottom))
