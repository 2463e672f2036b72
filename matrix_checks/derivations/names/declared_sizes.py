"""Which sizes a text's own letters stand for, from the shapes that it gives: ``A \\in \\mathbb{R}^{n \\times k}``, "X: n × m"."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.memory import Memory

# Of a text, in characters; so many signs are looked at, each with so many characters before and behind it.
LONGEST = 20_000
MOST, REACH = 100, 50
# What stands between two sizes in words, and words of a text before them.
_BY = r"(?:by|par|por|per|mal|на|x|х)"
_SIGN = re.compile(
    rf"\\in(?![a-z])|∈|\\times|×|(?<![A-Za-z\\])[A-Za-z1]\}}?\s+{_BY}\s+\{{?[A-Za-z1](?![A-Za-z])|\(\s*[A-Z](?:_\w)?\s*,\s*[A-Za-z](?:_\w)?\s*\)"
)
_NAME = r"(?:\\mathbf|\\boldsymbol|\\bm)?\s*\{?\s*([A-Za-z](?:_\w)?)\s*\}?"
_LETTER = r"\{?\s*([A-Za-z](?:_\w)?|1)\s*\}?"
_TIMES = r"\s*(?:\\times|×|\\cdot)\s*"
_TIMES_IN_WORDS = rf"(?:{_TIMES}|\s+{_BY}\s+)"
_IN_SPACE = re.compile(
    rf"((?:[A-Za-z](?:_\w)?\s*,\s*)*){_NAME}\s*(?:\\in|∈)\s*\\?(?:mathbb|mathbf|Bbb)?\s*\{{?\s*[Rℝ]\s*\}}?\s*\^\s*\{{?\s*{_LETTER}(?:{_TIMES}{_LETTER})?"
)
_OF_SIZE = re.compile(
    rf"((?:(?<![A-Za-z\\])[A-Za-z](?:_\w)?\s*(?:,|and|und|et|y|e|и)\s*)*)(?<![A-Za-z\\]){_NAME}\s*(?::|—|–|-|are(?: all)?|sind(?: alle)?|sont|son|sono|são|имеют размер\w*|is an?|is|(?:is |has )?(?:the |an? )?(?:matrix )?(?:of )?(?:shape|size|dimensions?)|ist eine|ist|hat die Größe|der Größe|имеет размер\w*|размера|размером|es de|es|é de|é|è"
    rf"|de (?:taille|dimensions?|tamaño|tamanho|dimensi[oó]n(?:es)?))"
    rf"\s*\(?{_LETTER}{_TIMES_IN_WORDS}{_LETTER}(?![A-Za-z])"
)
# As in a program: names, a few words, and two letters in brackets, the number of objects in a capital one.
_AS_TUPLE = re.compile(
    rf"((?:(?<![A-Za-z\\])[A-Za-z](?:_\w)?\s*(?:,|and|und|et|y|e|и|和|、)\s*)*)(?<![A-Za-z\\]){_NAME}\s*(?::|,)?\s+(?:[^\W\d_][\w'’]+\s+){{1,5}}"
    r"\(\s*([A-Z](?:_\w)?)\s*,\s*([A-Za-z](?:_\w)?)\s*\)"
)
_NAMES = re.compile(r"(?<![A-Za-z])[A-Za-z](?:_\w)?(?![A-Za-z])")
Shape = tuple[str, str]


def declare_sizes(memory: Memory, views: Iterable[View], found: list[Piece]) -> tuple[View, ...] | None:
    """Keep the sizes that the text's own letters stand for; none that stands for two.

    Where the text has the exercise's letters for other sizes, the views with its letters are given: in the place of the exercise's
    where two arrays say so, and besides them where one does.

    Parameters
    ----------
    memory
        Where they are kept.
    views
        The exercise.
    found
        The formulas of the text, and the prose between them.
    """
    views = tuple(views)
    taken = {letter for view in views for letter in view.names if letter in view.letters or letter in view.variables}
    arrays = {name for view in views for name in (*view.variables, *view.definitions)}
    meant: dict[str, set[str]] = {}
    names: set[str] = set()
    for name, written in shapes_given(found):
        shapes = {view.variables[own] for view in views if (own := view.aliases.get(name, name)) in view.variables}
        shapes = {shape for shape in shapes if ("1" in shape) == ("1" in written)}
        # Where views differ, the one that is as square as what is written.
        alike = {shape for shape in shapes if (shape[0] == shape[1]) == (written[0] == written[1])} or shapes
        if len(alike) > 1:
            # A row is no column.
            alike = {shape for shape in alike if [size == "1" for size in shape] == [size == "1" for size in written]}
        if len(alike) != 1:
            continue
        if not arrays.isdisjoint(written):
            continue
        (shape,) = alike
        names.add(name)
        for letter, size in zip(sorted(written, key="1".__eq__), sorted(shape, key="1".__eq__)):
            meant.setdefault(letter, set()).add(size)
    meant.pop("1", None)
    if any(letter in taken and sizes != {letter} for letter, sizes in meant.items()):
        # The text uses the exercise's letters in another way.
        return _with_letters(views, meant, len(names) > 1)
    memory.declared = {letter: next(iter(sizes)) for letter, sizes in meant.items() if len(sizes) == 1 and letter not in taken}
    return None


def _with_letters(views: tuple[View, ...], meant: dict[str, set[str]], is_sure: bool) -> tuple[View, ...] | None:
    """The views with the text's letters; ``None`` where one stands for two sizes, or two for one."""
    letters = {size: letter for letter, sizes in meant.items() for size in sizes}
    if any(len(sizes) != 1 for sizes in meant.values()) or len(letters) < len(meant):
        return None
    changed = tuple(view.with_letters(letters) for view in views)
    if changed == views:
        return None
    return changed if is_sure else (*views, *(view for view in changed if view not in views))


def shapes_given(found: list[Piece]) -> Iterator[tuple[str, Shape]]:
    """The shapes that the text gives, each looked for in the few characters around its sign."""
    text = " ".join(piece.source for piece in found)[:LONGEST]
    for sign in islice(_SIGN.finditer(text), MOST):
        around = " ".join(text[max(sign.start() - REACH, 0) : sign.end() + REACH].split())
        if sign[0] not in ("\\in", "∈"):
            pattern = _AS_TUPLE if sign[0].startswith("(") else _OF_SIZE
            for others, name, down, across in pattern.findall(around):
                yield from ((each, (down, across)) for each in (*_NAMES.findall(others), name))
            continue
        for others, name, down, across in _IN_SPACE.findall(around):
            yield from ((each, (down, across or "1")) for each in (*_NAMES.findall(others), name))
