r"""Names with a letter below them that one formula defines for any letter: ``D_u = \operatorname{diag}(u)`` says what ``D_y`` is."""

from collections.abc import Iterator

from matrix_checks.derivations.context.context import MOST_NAMES, Context
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.spelling import EQUALITIES, RELATIONS
from matrix_checks.derivations.reading.tex import Token, Word
from matrix_checks.derivations.reading.tokens import without_braces

# In tokens, of what such a name stands for.
LONGEST = 30
LENGTH_OF_NAME = 3
ENDS = {",", ";", "\\\\", "&", "\\quad", "\\qquad", "\\Rightarrow"}


def take_named_families(context: Context, found: list[Piece]) -> None:
    """Learn what each name of such a family stands for; what is said of one afterwards is a claim."""
    formulas = [without_braces(tokens) for tokens in formulas_of(context, found)]
    used = {(name, letter) for tokens in formulas for _, name, letter in _lowered(tokens)}
    for name, any_letter, body in [each for tokens in formulas for each in _defined(context, tokens)]:
        for letter in sorted(
            letter for other, letter in used if other == name and letter != any_letter and letter in context.arrays
        ):
            text = f"{name}_{letter}"
            if text not in context.known and len(context.labels) < MOST_NAMES:
                context.labels.add(text)
                context.later[text] = [[letter if token == any_letter else token for token in body]]
                context.memory.said_in_words.add(text)


def _defined(context: Context, tokens: list[Token]) -> Iterator[tuple[str, str, list[Token]]]:
    """The names that a formula defines for any letter, that letter, and what stands for them."""
    for place, name, letter in _lowered(tokens):
        behind = place + LENGTH_OF_NAME
        begins = place == 0 or isinstance(tokens[place - 1], Word) or tokens[place - 1] in ENDS
        if (
            not begins
            or name in context.known
            or letter in context.known
            or letter in INDEX_LETTERS
            or tokens[behind : behind + 1] == []
        ):
            continue
        if tokens[behind] in EQUALITIES:
            body = list(_side(tokens[behind + 1 :]))
            is_of_letter = letter in body and all(
                token == letter or token in context.arrays
                for token in body
                if isinstance(token, str) and len(token) == 1 and token.isalpha()
            )
            if is_of_letter and 1 < len(body) <= LONGEST:
                yield name, letter, body


def _side(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token in ENDS or token in RELATIONS or (isinstance(token, Word) and not token.upright):
            return
        yield token


def _lowered(tokens: list[Token]) -> Iterator[tuple[int, str, str]]:
    """The places of letters with one letter below them, and both."""
    for place, (name, sign, letter) in enumerate(zip(tokens, tokens[1:], tokens[2:])):
        is_letter = isinstance(name, str) and isinstance(letter, str) and len(letter) == 1 and letter.isalpha()
        if sign == "_" and is_letter and isinstance(name, str) and len(name) == 1 and name.isupper():
            yield place, name, str(letter)
