r"""Numbers that stand directly behind a letter, as programs have them: the ``W1`` and ``b2`` of two layers, the nodes ``t1`` and ``t2``, the part ``dx1`` of a gradient.

Behind a capital letter, a single 1 may be the column of ones: ``X1``. What a text tells apart by numbers has a second one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matrix_checks.derivations.reading.keyboard_letters import COMMANDS, TEXT
from matrix_checks.derivations.reading.names_of_letters import DEFINES, UPRIGHT

# Letters that follow each other, and a number behind them: no command, and no script.
_NUMBERED = re.compile(r"(?:(?<![A-Za-z\\_^])|(?<=[_^][A-Za-z]))(?<![_^]\{)(?P<letters>[A-Za-z]{1,12})(?P<number>[1-9])(?!\d|\.\d)")
_BELOW = re.compile(r"(?<![A-Za-z\\])(?P<letter>[A-Zb])_\{?(?P<number>[1-9])(?!\w)")
# In a whole text, where a formula begins behind a dollar or a word.
_BEGINS = re.compile(r"(?:^|[\s$&,;:.(`]|\\\\)\s*$")
# Letters that may be factors before the one with a number.
_LONGEST_PRODUCT = 3
# Letters of the exercises, whose numbers are those of layers, objects and entries.
_KNOWN = frozenset("xXyYgGwWbBAScFL")
# What a d before it is the gradient by, or the differential of.
_D = "d"


@dataclass(frozen=True)
class Numbered:
    """What a text tells apart by plain numbers.

    Attributes
    ----------
    letters
        Single letters: ``W1`` is ``W_1``.
    words
        Names of several letters that it gives with a number: ``dxmu``.
    arrays
        Single letters with a number of which it also writes entries: the ``t1`` of ``t1_i``.
    """

    letters: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    arrays: frozenset[str] = frozenset()


def numbered_names(markdown: str) -> Numbered:
    """The letters and words of a text that have plain numbers behind them."""
    numbers: dict[str, set[str]] = {}
    named: set[str] = set()
    arrays: set[str] = set()
    words: set[str] = set()
    for found in _NUMBERED.finditer(markdown):
        letters, number = found["letters"], found["number"]
        if letters == "x" and markdown[found.start() - 1 : found.start()].isdecimal():
            # A size: 2x2.
            continue
        is_product = len(letters) <= _LONGEST_PRODUCT and letters[0] != _D
        # What a derivative is by: dy/dx1.
        is_below = len(letters) == 2 and letters[0] == _D and markdown[found.start() - 1 : found.start()] in ("{", "/")
        if is_product or is_below:
            numbers.setdefault(letters[-1], set()).add(number)
        if markdown[found.end() : found.end() + 1] == "_" and letters[-1] not in _KNOWN and (len(letters) == 1 or letters[0] == _D):
            arrays.add(f"{letters[-1]}{number}")
        if not DEFINES.match(markdown, found.end()) or not _BEGINS.search(markdown, max(found.start() - 4, 0), found.start()):
            continue
        if len(letters) > 1:
            # The 2 of sigma2 is its square.
            if letters.removeprefix(_D) not in COMMANDS:
                words.add(letters)
        elif letters.islower() or number != "1":
            named.add(letters)
    for found in _BELOW.finditer(markdown):
        numbers.setdefault(found["letter"], set()).add(found["number"])
    several = {letter for letter, told in numbers.items() if len(told) > 1 and "1" in told}
    single = frozenset(named | several)
    return Numbered(single, frozenset(word for word in words if word[-1] not in single), frozenset(arrays))


def plain_numbers(source: str, numbered: Numbered) -> Iterator[tuple[int, int, str]]:
    """Where such a name stands in a formula, and what is meant."""
    if numbered == Numbered():
        return
    inside = {place for text in (*TEXT.finditer(source), *UPRIGHT.finditer(source)) for place in range(*text.span())}
    for found in _NUMBERED.finditer(source):
        letters, number = found["letters"], found["number"]
        if found.start() in inside:
            continue
        if letters in numbered.words:
            yield *found.span(), f"\\mathrm{{{letters}{number}}}"
        elif f"{letters[-1]}{number}" in numbered.arrays:
            yield found.end() - 2, found.end(), f"\\mathrm{{{letters[-1]}{number}}}"
        elif letters[-1] in numbered.letters:
            name = f"{letters[-1]}_{number}"
            has_index = source[found.end() : found.end() + 1] == "_"
            yield found.end() - 2, found.end(), f"({name})" if has_index else name
