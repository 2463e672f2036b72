r"""Objects with numbers below, ``x_1^\top g_1 + x_2^\top g_2``: rows of one layer, where nothing else of the text has the numbers of layers.

So are lines that stand beside or below each other, from the first to the last: ``[X^\top g_1, \dots, X^\top g_M]``.
"""

import re

from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.reading.formulas import Piece

_NUMBERED = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\s*_\s*\{?\s*([12])(?!\d)")
# From the first, by dots, to the last, whose number is a capital letter.
_LISTED = re.compile(
    r"(?<![A-Za-z\\])(?P<letter>[a-z])\s*_\s*\{?\s*1(?!\d)(?:(?!=).){1,80}?\\[a-z]?dots(?:(?!=).){1,40}?(?<![A-Za-z\\])(?P=letter)\s*_\s*\{?\s*[A-Z]",
    re.DOTALL,
)
# Each object has an input and a gradient.
OF_OBJECTS = ("x", "g")
# Numbered as objects are, or by their columns.
MAY_BE_NUMBERED = frozenset("xgyn")


def take_numbered_objects(context: Context, found: list[Piece]) -> None:
    """Leave out several layers, whose letters have numbers, where it is the inputs and the gradients of objects that the text numbers."""
    sources = [piece.source for piece in found if piece.kind != "prose"]
    numbered = {(letter, number) for source in sources for letter, number in _NUMBERED.findall(source)}
    listed = {each["letter"] for source in sources for each in _LISTED.finditer(source)}
    objects = {(letter.lower(), number) for letter, number in numbered}
    is_of_objects = bool(listed) or all((letter, number) in objects for letter in OF_OBJECTS for number in "12")
    if not is_of_objects or not all(letter in listed or letter.lower() in MAY_BE_NUMBERED for letter, _ in numbered):
        return
    views = [view for view in context.views if not any(name.endswith("_1") for name in view.variables)]
    if 0 < len(views) < len(context.views):
        context.look_at(views)
