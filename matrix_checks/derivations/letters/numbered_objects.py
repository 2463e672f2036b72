r"""Objects with numbers below, ``x_1^\top g_1 + x_2^\top g_2``, and entries of the bias, ``b_1``: those of one layer, where no weights are numbered."""

import re

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.reading.formulas import Piece

_NUMBERED = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\s*_\s*\{?\s*([12])(?!\d)")
# The bias of one layer: alone, or with an index.
_BIAS = re.compile(r"(?<![A-Za-z\\])b(?![A-Za-z])\s*\}?\s*(?!\s*[_^{}]|\s*\\)|(?<![A-Za-z\\])b\s*\}?\s*_\s*\{?\s*[a-zA-Z]")
# A bias that is added to a whole product, z = xU + b_1, is that of a layer.
_OF_LAYER = re.compile(r"(?<![A-Za-z\\_{^])[A-Za-z]\s*&?\s*:?=\s*[^=_,;]{1,40}\+\s*b\s*_\s*\{?\s*[12]")
# So is one that is added to what stands behind numbered weights in any letter: X\Theta_1 + \mathbf{1}b_1^\top.
_BEHIND_WEIGHTS = re.compile(
    r"(?:[A-Z]|\\[A-Za-z]{2,7})\s*_\s*\{?\s*([12])(?!\d)\s*\}?(?:\s*\^\s*\{?\s*(?:T|\\top)\s*\}?)?\s*&?\s*\+\s*"
    r"(?:(?:\\mathbf|\\mathbb|\\bm|\\boldsymbol)?\s*\{?\s*1\s*\}?\s*(?:_\s*\{?\s*\w\s*\}?)?\s*)?b\s*_\s*\{?\s*\1"
)
# From the first one to the last one.
_TO_THE_LAST = re.compile(
    r"(?s)(?<![A-Za-z\\])([xgy])\s*_\s*\{?\s*1(?!\d).{1,80}\\[cvld]?dots.{1,80}(?<![A-Za-z\\])\1\s*_\s*\{?\s*[NBM](?![a-z\d])"
)
# Each object has an input and a gradient.
OF_OBJECTS = ("x", "g")
# Numbered as objects are, or by their columns.
MAY_BE_NUMBERED = frozenset("xgyn")


def take_numbered_objects(context: Context, found: list[Piece]) -> None:
    """Leave out several layers, whose letters have numbers, where it is objects, or entries of the bias, that the text numbers."""
    numbered = {
        (letter.lower(), number) for piece in found if piece.kind != "prose" for letter, number in _NUMBERED.findall(piece.source)
    }
    letters = {letter for letter, _ in numbered}
    sources = [piece.source for piece in found if piece.kind != "prose"]
    is_of_bias = (
        "b" in letters
        and "w" not in letters
        and any(map(_BIAS.search, sources))
        and not any(_OF_LAYER.search(source) or _BEHIND_WEIGHTS.search(source) for source in sources)
    )
    is_of_objects = all((letter, number) in numbered for letter in OF_OBJECTS for number in "12")
    is_of_objects |= any(map(_TO_THE_LAST.search, sources))
    if not is_of_bias and not (is_of_objects and letters <= MAY_BE_NUMBERED):
        return
    views = [view for view in context.views if not any(name.endswith("_1") for name in view.variables)]
    if 0 < len(views) < len(context.views):
        context.look_at(views)
