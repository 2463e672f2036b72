r"""Names of gradients as programs have them: ``\mathrm{grad\_A}``, ``dy\_dx``, ``grad\_loss\_S``, ``jacobian\_F\_S``, ``gIn`` and the functions of the exercises.

Each stands for that derivative, so that what a text sets it equal to is a claim, and may be an answer.
"""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.equality.fitted_numbers import upstream_names
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tokens import Token, Word
from matrix_checks.derivations.values.exercise import Definition

MOST_NAMES = 12
# Letters of losses, where the text has them for nothing else.
LOSSES = ("l", "L", "E", "J", "C")
_NAME = re.compile(
    r"(?:grad(?:ient)?|nabla)_(?:(?P<top>[A-Za-z]|loss)_)?(?:[a-z]{3,}_)*(?P<bottom>[A-Za-z])|(?:grad(?:ient)?)_[a-z]{3,}(?:_[a-z]{3,})*"
)
_FRACTION = re.compile(
    r"d(?P<top>[A-Za-z]|loss)_?d(?P<bottom>[A-Za-z])|(?:jacobian|jac|J)_(?P<function>[A-Za-z])_(?P<variable>[A-Za-z])"
)
# What it is the gradient by, in short: gIn, dInp, gWeight, gradOut; and of a name that the text writes upright, g before a letter.
_SHORT = re.compile(
    r"(?i:grad(?:ient)?|grd|gr|g|d|delta)_?(?:(?P<input>(?i:in|inp|inputs?))|(?P<output>(?i:out|outp|outputs?))|"
    r"(?P<W>(?i:weights?|wts?))|(?P<b>(?i:bias))|(?<=[gG])(?P<letter>[A-Za-z]))"
)

_OF_LETTER = re.compile(r"[gG][A-Za-z]")
DERIVES = frozenset(("\\partial", "\\nabla"))
# In tokens, how far behind a name what it is set equal to is looked at.
FAR = 40


def declare_program_gradients(context: Context, found: list[Piece]) -> None:
    """Learn what such names stand for, before any formula is read; those that the exercise has are its own."""
    formulas = formulas_of(context, found)
    words = {token.text for tokens in formulas for token in tokens if isinstance(token, Word)}
    upstream = {*DERIVES, *upstream_names(context.views)}
    incoming = {name for view in context.views for name in view.names if view.aliases.get(name, name) in upstream} | upstream
    incoming |= {name for name, said in context.later.items() if any(DERIVES & set(map(str, tokens)) for tokens in said)}
    for name in islice(sorted(words - context.known), MOST_NAMES):
        if _OF_LETTER.fullmatch(name) and not any(_is_given_by(tokens, name, incoming) for tokens in formulas):
            # The gx of gx = \gamma x is no gradient.
            continue
        for meant in islice(_meant(context, name), 1):
            context.define(name, Definition(meant), first=True)


def _is_given_by(tokens: Sequence[Token], name: str, incoming: Set[str]) -> bool:
    """Whether what a name is set equal to has one of some letters or signs in it."""
    starts = [place for place, token in enumerate(tokens) if isinstance(token, Word) and token.text == name]
    behind = [tokens[place + 1 : place + FAR] for place in starts]
    return any("=" in part and any(str(token) in incoming for token in part[part.index("=") :]) for part in map(list, behind))


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
    elif said := _SHORT.fullmatch(name):
        by = said["letter"] or next(kind for kind, text in said.groupdict().items() if text)
        for each in (by, by.lower(), by.upper()):
            yield from _derivative(
                context, loss.text, next((view.aliases[each] for view in context.views if each in view.aliases), each)
            )


def _derivative(context: Context, top: str, bottom: str) -> Iterator[kinds.Node]:
    is_known = any(top in view.definitions for view in context.views)
    function = loss_of(context.views).text if top == "loss" or (top in LOSSES and not is_known) else top
    if any(function in view.definitions and bottom in view.behind(function) for view in context.views):
        yield kinds.Derivative(kinds.Name(function), kinds.Name(bottom))
