r"""Signs of which the text says that they name gradients: "I write ``\Delta z`` for ``\partial L/\partial z``", whatever letter it takes for any."""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import tokens_of
from matrix_checks.derivations.reading.formulas import Piece, prose_at
from matrix_checks.derivations.reading.gradient_prefixes import DIFFERENTIAL, PREFIXES, is_gradient_by
from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tex import Token, Word
from matrix_checks.derivations.reading.tokens import without_braces

# In characters: longer prose between a name and a gradient says something else.
LONGEST_LINK = 40
# In tokens.
LENGTH_OF_NAME = 2
# In pieces: a name, the words behind it, and a gradient.
LENGTH_OF_STATEMENT = 3


def take_gradient_signs(context: Context, found: list[Piece]) -> None:
    """Learn the signs of which a formula says so, or words between two formulas."""
    signs = {sign for place in range(len(found) - LENGTH_OF_STATEMENT + 1) if (sign := _sign_said(context, found, place))}
    signs |= context.notation.gradient_prefixes
    if signs:
        context.notation.gradient_prefixes |= signs - {DIFFERENTIAL}
        context.memory.names_gradients = True
        context.look_at(context.views)


def _sign_said(context: Context, found: list[Piece], place: int) -> str:
    """The sign of a formula that is a name, of which words say that the next formula is the gradient by its letter; empty for none."""
    link = prose_at(found, place + 1)
    if found[place].kind == "prose" or not link or len(link) > LONGEST_LINK or "." in link or found[place + 2].kind == "prose":
        return ""
    one, other = (without_braces(tokens_of(context, found[each])) for each in (place, place + 2))
    return _sign_of(one, other) or _sign_of(other, one)


def _sign_of(name: list[Token], gradient: list[Token]) -> str:
    # What is set equal to something is a result, which may follow a differential: "... $dA$, which means $\\frac{dy}{dA} = xc^T$".
    is_result = any(token in EQUALITIES for token in gradient)
    if len(name) != LENGTH_OF_NAME or is_result or not is_gradient_by(gradient, name[1]):
        return ""
    sign = DIFFERENTIAL if name[0] == Word(DIFFERENTIAL) else name[0]
    return str(sign) if sign in (DIFFERENTIAL, *PREFIXES) else ""
