r"""Gradients named by what stands below a letter, where nobody says so: beside ``g = \partial L/\partial y`` the ``g_W`` of a text is the gradient by ``W``.

Of a ``g`` it is sure. Other letters have other meanings, too, ``d_x = x - \mu``: of these the text bears it out where one of its
formulas is true so.
"""

from collections.abc import Iterator
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of, relations
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions.kinds import Derivative, Node
from matrix_checks.derivations.letters.declarations import OUTPUTS
from matrix_checks.derivations.names.gradient_families import Family
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tokens import Token, without_braces

# What is read as the gradient by what stands below it, whatever else the text says.
SURE = ("g", "G")
SIGNS = (*SURE, "d", "D", "\\delta", "\\Delta")
# Over a letter, as in automatic differentiation: a tilde or a dot over one is many things.
OVER = ("\\bar",)
LENGTH = 3


def take_implied_families(context: Context, found: list[Piece]) -> None:
    """Take letters with a variable below them for gradients by it, where the text sets them equal to something and does not say that they are."""
    formulas = formulas_of(context, found)
    signs = {sign for tokens in formulas for sign in _signs(context, tokens)}
    for sign in sorted(signs - {family.sign for family in context.families}):
        before = context.families
        own = [tokens for tokens in formulas if sign in _signs(context, tokens)]
        _take(context, before | {Family(sign)})
        if sign not in SURE and not any(_is_true(context, *both) for tokens in own for both in _first_of(context, tokens, sign)):
            _take(context, before)


def _take(context: Context, families: frozenset[Family]) -> None:
    context.families = families
    context.read_anew()


def _signs(context: Context, tokens: list[Token]) -> Iterator[str]:
    """The letters with a variable below them that a formula begins with and sets equal to something."""
    bare = without_braces(tokens)
    for place in range(len(bare) - LENGTH):
        # Of an accent the letter follows at once, and the sign of equality behind it.
        sign, below, letter, behind = bare[place : place + LENGTH + 1]
        begins = place == 0 or bare[place - 1] in (",", ";", "\\quad", "\\qquad", "&", "\\\\")
        is_name = begins and below == "_" and behind in EQUALITIES and sign in SIGNS
        if is_name and _is_variable(context, letter) and f"{sign}_{letter}" not in context.known:
            yield str(sign)
        is_over = begins and sign in OVER and letter in EQUALITIES
        if is_over and (_is_variable(context, below) or below in OUTPUTS) and f"{sign} {below}" not in context.known:
            yield str(sign)


def _is_variable(context: Context, name: Token) -> bool:
    """Whether a name is what the exercise differentiates by, and no gradient itself."""
    return (
        name not in SURE
        and name not in INDEX_LETTERS
        and any(view.aliases.get(str(name), name) in view.variables for view in context.views)
    )


def _first_of(context: Context, tokens: list[Token], sign: str) -> list[tuple[Node, Node]]:
    """The first equality of each part of a formula that begins with a sign."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token in (",", ";", "\\quad", "\\qquad", "\\\\"):
            parts.append([])
        else:
            parts[-1].append(token)
    return [both for part in parts if part[:1] == [sign] for both in islice(relations(context, [part]), 1)]


def _is_true(context: Context, left: Node, right: Node) -> bool:
    return isinstance(left, Derivative) and holds(context.setting(), left, right)
