r"""How many entries a text speaks of at least: a ``y_3``, or "three classes", says that there are no two."""

import re

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.reading.formulas import Piece

_BELOW = re.compile(r"[A-Za-z}]\s*_\s*(?:\{\s*([1-9])\s*\}|([1-9]))(?![0-9])")
_ABOVE = re.compile(r"\\sum(?:\\limits)?\s*_(?:\{[^{}]*\}|\w)\s*\^\s*(?:\{\s*([1-9])\s*\}|([1-9]))(?![0-9])")
_ENTRIES = r"(?:[^\W\d_]+[ -])?(?:class|categor|entr|component|element|output|logit|klass|kategor|einträg|komponent|eleme|compos|clas|клас|компонент|элемент)\w*"
_WORDS = {
    3: re.compile(rf"(?i)(?<![\w.,])(?:3|three|drei|trois|tres|tre|três|три|tr[ezy]+|три)[ -]{_ENTRIES}|(?:3|三|３)\s*(?:个|個|つの?|개의?)?\s*(?:类|類|クラス|클래스)"),
    4: re.compile(rf"(?i)(?<![\w.,])(?:4|four|vier|quatre|cuatro|quattro|quatro|четыре|cztery)[ -]{_ENTRIES}"),
}  # fmt: skip


def note_numbers_of_entries(context: Context, found: list[Piece]) -> None:
    """Keep the largest number of entries that the text speaks of."""
    numbers = [0]
    for piece in found:
        if piece.kind == "prose":
            numbers += [number for number, words in _WORDS.items() if words.search(piece.source)]
        else:
            numbers += [int(each[1] or each[2]) for pattern in (_BELOW, _ABOVE) for each in pattern.finditer(piece.source)]
    context.memory.most_entries = max(numbers)
