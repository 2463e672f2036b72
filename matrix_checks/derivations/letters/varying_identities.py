r"""Letters of identities in a text that has their differentials: the ``E`` of ``dE = -A\,dS`` is an error that nobody wrote down, and no identity."""

from itertools import pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.equality.interpretations import IDENTITIES
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tokens import Word

SIGNS = ("d", "\\delta", "\\partial", Word("d"))


def note_varying_identities(context: Context, found: list[Piece]) -> None:
    """Note the letters that are differentiated, and of which nothing is known: what is said of an identity is not sure of them."""
    for tokens in formulas_of(context, found):
        varying = {letter for sign, letter in pairwise(tokens) if sign in SIGNS and isinstance(letter, str)}
        context.memory.said_in_words |= (varying & IDENTITIES) - context.known
