r"""Objects with numbers below, ``x_1^\top g_1 + x_2^\top g_2``: rows of one layer, where nothing else of the text has the numbers of layers."""

import re

from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.reading.formulas import Piece

_NUMBERED = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\s*_\s*\{?\s*([12])(?!\d)")
# Each object has an input and a gradient.
OF_OBJECTS = ("x", "g")
# Numbered as objects are, or by their columns.
MAY_BE_NUMBERED = frozenset("xgyn")


def take_numbered_objects(context: Context, found: list[Piece]) -> None:
    """Leave out several layers, whose letters have numbers, where it is the inputs and the gradients of objects that the text numbers."""
    numbered = {
        (letter.lower(), number) for piece in found if piece.kind != "prose" for letter, number in _NUMBERED.findall(piece.source)
    }
    is_of_objects = all((letter, number) in numbered for letter in OF_OBJECTS for number in "12")
    if not is_of_objects or not MAY_BE_NUMBERED.issuperset(letter for letter, _ in numbered):
        return
    views = [view for view in context.views if not any(name.endswith("_1") for name in view.variables)]
    if 0 < len(views) < len(context.views):
        context.look_at(views)
