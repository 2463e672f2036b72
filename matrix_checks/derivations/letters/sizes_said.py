"""Which size of the exercise a letter stands for, of which a text says a number, or of what it is the number: "``n`` classes"."""

import re

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.letters_of_sizes import letters_of
from matrix_checks.derivations.prose.words import LETTER
from matrix_checks.derivations.reading.formulas import Piece, prose_at

# Of what an exercise with one size has so many.
_SO_MANY = re.compile(
    r"(?i)\s*(?:different |verschiedene |possible )?(?:class(?:es|i)?|clases|klassen|klas\w*|класс\w*|клас\w*|categor\w+|logits?|логит\w*|scores?|labels?|entries|components?|komponenten|composantes|componentes|"
    r"componenti|элемент\w*|компонент\w*|einträge\w*|samples?|objects?|examples?|outputs?|inputs?|outcomes?)\b"
)
# Letters that a text has for sizes.
SIZES = frozenset("nmdDNM")


def take_size_in_words(context: Context, found: list[Piece]) -> None:
    """Take the letter that words call the number of classes, or of what else there is, for the exercise's only size."""
    sizes = letters_of(context.views)
    if len(sizes) != 1:
        return
    for place, piece in enumerate(found):
        letter = LETTER.fullmatch(piece.source) if piece.kind == "inline" else None
        if letter and _SO_MANY.match(prose_at(found, place + 1)) and letter[1] not in context.known:
            context.memory.declared.setdefault(letter[1], min(sizes))


def are_all_sizes(context: Context, letters: list[str]) -> bool:
    """Whether letters that nobody declared are as many as the exercise has sizes: all of them are meant, in whatever order."""
    are_new = all(letter in SIZES and letter not in context.known for letter in letters)
    return are_new and len(set(letters)) == max(len(view.letters) for view in context.views)


def may_be_size(context: Context, letter: str) -> bool:
    """Whether a letter is one for sizes, of which nobody said anything else."""
    is_letter = letter in SIZES or (len(letter) == 1 and (letter.isupper() or letter in "kpq"))
    return is_letter and letter not in context.known and letter not in context.later


def size_meant(context: Context, letter: str) -> str:
    """The size of the exercise that a letter stands for; empty for none."""
    letters = letters_of(context.views)
    if letter in letters:
        return letter
    if letter in context.known or letter not in (*SIZES, *context.memory.declared):
        return ""
    # Where there is only one size, any letter of one stands for it.
    return context.memory.declared.get(letter) or (min(letters) if len(letters) == 1 else "")
