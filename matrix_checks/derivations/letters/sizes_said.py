"""Which size of the exercise a letter stands for, of which a text says a number, or of what it is the number: "``n`` classes"."""

import re

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.letters_of_sizes import letters_of
from matrix_checks.derivations.names.scaled_gradients import batch_of
from matrix_checks.derivations.prose.words import LETTER
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece, prose_at

# Of what an exercise with one size has so many.
_SO_MANY = re.compile(
    r"(?i)\s*(?:different |verschiedene |possible )?(?:class(?:es|i)?|clases|klassen|klas\w*|класс\w*|клас\w*|categor\w+|logits?|логит\w*|scores?|labels?|entries|components?|komponenten|composantes|componentes|"
    r"componenti|элемент\w*|компонент\w*|einträge\w*|samples?|objects?|examples?|outputs?|inputs?|outcomes?)\b"
)
# How many objects there are, behind a letter and before it: "$m$ for the batch size", "a batch of $m$ samples".
_SIZE_OF_BATCH = (
    r"(?:(?:the|die|der|la|le|il|el|a|o)\s+)?(?:(?:mini-?)?batch[- ]?(?:size|größe)|(?:size|number) of (?:the )?(?:(?:mini-?)?batch|samples|examples|objects)|"
    r"taille d[ue] (?:batch|lot)|tamaño d(?:el|e) lote|tamanho d[oe] lote|dimensione del batch|grootte van de batch|размер\w* (?:мини-?)?батча|"
    r"число объектов|rozmiar\w* (?:batcha|paczki)|批(?:量)?大小|批次大小)"
)
_IS = r"(?:is|be|for|as|denotes?|means|ist|sei|für|est|pour|es|para|è|per|é|jest|to|обозначает|это|—|–|-|:|\(|=)"
_OF_BATCH_BEHIND = re.compile(rf"(?i)\s*(?:{_IS}\s*)?{_SIZE_OF_BATCH}")
_OF_BATCH_BEFORE = re.compile(
    rf"(?i)(?:{_SIZE_OF_BATCH}(?:\s*(?:{_IS}|of|von|de|is called))?|\b(?:mini-?)?batch of(?: size)?|\bbatch von|\blote de|\blot de|\bбатч из)\s*$"
)
# All entries of a column, or all objects: "a sample $x_1, \\dots, x_n$".
_ALL = re.compile(
    r"\s*\(?\s*(?P<name>[A-Za-z])\s*_\s*\{?\s*1\s*\}?\s*,\s*(?:(?P=name)\s*_\s*\{?\s*2\s*\}?\s*,\s*)?\\[lc]?dots[bcm]?\s*,\s*"
    r"(?P=name)\s*_\s*\{?\s*(?P<last>[A-Za-z])\s*\}?\s*\)?\s*[.,;]?\s*"
)
# Letters that a text has for sizes.
SIZES = frozenset("nmdDNM")
# In characters, beside a letter.
NEAR = 60
MEAN = "\\mu"


def take_size_in_words(context: Context, found: list[Piece]) -> None:
    """Take the letter that words call the number of classes, or of what else there is, for the exercise's only size."""
    sizes = letters_of(context.views)
    # A statistic is taken over the objects.
    columns = (view.variables["g"] for view in context.views if MEAN in view.definitions and "g" in view.variables)
    objects = next(filter(None, map(batch_of, context.views)), "") or next((rows for rows, width in columns if width == "1"), "")
    for place, piece in enumerate(found):
        letter = LETTER.fullmatch(piece.source) if piece.kind == "inline" and objects else None
        before, behind = prose_at(found, place - 1)[-NEAR:], prose_at(found, place + 1)[:NEAR]
        is_said = letter and (_OF_BATCH_BEHIND.match(behind) or _OF_BATCH_BEFORE.search(before))
        if letter and is_said and letter[1] not in context.known:
            context.memory.declared.setdefault(letter[1], objects)
    _take_sizes_of_lists(context, found)
    if len(sizes) != 1:
        return
    for place, piece in enumerate(found):
        letter = LETTER.fullmatch(piece.source) if piece.kind == "inline" else None
        if letter and _SO_MANY.match(prose_at(found, place + 1)) and letter[1] not in context.known:
            context.memory.declared.setdefault(letter[1], min(sizes))


def _take_sizes_of_lists(context: Context, found: list[Piece]) -> None:
    """Take the number of the last entry of a column, of which the text lists all, for the size of that column."""
    for piece in found:
        listed = _ALL.fullmatch(piece.source) if piece.kind == "inline" else None
        if listed is None or listed["last"] in (context.known | INDEX_LETTERS.difference("mn")):
            continue
        shape = context.shape_at(listed["name"]) or context.shape_at(listed["name"].lower())
        if shape is not None and shape[1] == "1" and shape[0] != "1":
            context.memory.declared.setdefault(listed["last"], shape[0])


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
