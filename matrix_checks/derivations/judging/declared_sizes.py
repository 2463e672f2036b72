"""Which sizes a text's own letters stand for, from the shapes that it gives: ``A \\in \\mathbb{R}^{n \\times k}``, "X: n × m"."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.memory import Memory

# Of a text, in characters; so many signs are looked at, each with so many characters before and behind it.
LONGEST = 20_000
MOST, REACH = 60, 50
_SIGN = re.compile(r"\\in(?![a-z])|∈|\\times|×")
_NAME = r"(?:\\mathbf|\\boldsymbol|\\bm)?\s*\{?\s*([A-Za-z](?:_\w)?)\s*\}?"
_LETTER = r"\{?\s*([A-Za-z](?:_\w)?|1)\s*\}?"
_TIMES = r"\s*(?:\\times|×|\\cdot)\s*"
_IN_SPACE = re.compile(
    rf"((?:[A-Za-z](?:_\w)?\s*,\s*)*){_NAME}\s*(?:\\in|∈)\s*\\?(?:mathbb|mathbf|Bbb)?\s*\{{?\s*[Rℝ]\s*\}}?\s*\^\s*\{{?\s*{_LETTER}(?:{_TIMES}{_LETTER})?"
)
_OF_SIZE = re.compile(
    rf"(?<![A-Za-z\\]){_NAME}\s*(?::|—|–|-|is an?|is|has (?:the )?(?:shape|size)|of (?:shape|size)|ist eine|ist|hat die Größe|имеет размер\w*|размера|es de|es)"
    rf"\s*\(?{_LETTER}{_TIMES}{_LETTER}(?![A-Za-z])"
)
Shape = tuple[str, str]


def declare_sizes(memory: Memory, views: Iterable[View], found: list[Piece]) -> None:
    """Keep the sizes that the text's own letters stand for; none that stands for two.

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
    meant: dict[str, set[str]] = {}
    for name, written in shapes_given(found):
        shapes = {view.variables[own] for view in views if (own := view.aliases.get(name, name)) in view.variables}
        shapes = {shape for shape in shapes if ("1" in shape) == ("1" in written)}
        # Where views differ, the one that is as square as what is written.
        alike = {shape for shape in shapes if (shape[0] == shape[1]) == (written[0] == written[1])} or shapes
        if len(alike) != 1:
            continue
        (shape,) = alike
        for letter, size in zip(sorted(written, key="1".__eq__), sorted(shape, key="1".__eq__)):
            if letter in taken and letter != size:
                # The text uses the exercise's letters in another way.
                return
            meant.setdefault(letter, set()).add(size)
    memory.declared = {
        letter: next(iter(sizes)) for letter, sizes in meant.items() if len(sizes) == 1 and letter not in taken and letter != "1"
    }


def shapes_given(found: list[Piece]) -> Iterator[tuple[str, Shape]]:
    """The shapes that the text gives, each looked for in the few characters around its sign."""
    text = " ".join(piece.source for piece in found)[:LONGEST]
    for sign in islice(_SIGN.finditer(text), MOST):
        around = " ".join(text[max(sign.start() - REACH, 0) : sign.end() + REACH].split())
        if sign[0] in ("\\times", "×"):
            for name, down, across in _OF_SIZE.findall(around):
                yield name, (down, across)
            continue
        for others, name, down, across in _IN_SPACE.findall(around):
            for each in [*re.findall(r"[A-Za-z](?:_\w)?", others), name]:
                yield each, (down, across or "1")
