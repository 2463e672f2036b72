"""An equality that speaks of shapes and of nothing else: ``(R × N)(N × M) = R × M``, ``(D, C) = (C) . (C, D, C)``."""

import re
from collections.abc import Collection

from matrix_checks.derivations.reading.tex import Token, Word

_SIZE = r"(?:\d+|[a-z]+|[A-Z](?:_(?:\w|\{\w+\}))?|[a-z]_(?:\w|\{\w+\}))"
_SHAPE = rf"[(\[]{_SIZE}(?:(?:,|;|\\times){_SIZE})*,?[)\]]"
_PRODUCT = r"(?:\\cdot|\\times|\*|\.|@|\\odot|\\circ)"
# Shapes in brackets, one behind the other as in a product, or one without brackets.
_SHAPES = re.compile(rf"{_SHAPE}(?:{_PRODUCT}?{_SHAPE})*|{_SIZE}(?:\\times{_SIZE})+|\(?{_SHAPE}\^(?:\\top|T|\{{(?:\\top|T)\}})\)?")
_SEVERAL = re.compile(rf"{_SIZE}(?:,|;|\\times){_SIZE}")
_LETTER = re.compile(r"[A-Za-z]+")


def about_shapes(members: list[list[Token]], letters: tuple[str, ...], arrays: Collection[str]) -> bool:
    """Whether an equality speaks of shapes.

    Parameters
    ----------
    members
        What is set equal.
    letters
        Of the exercise's sizes.
    arrays
        Names of arrays: whoever writes ``(x, c)`` means their inner product, and no shape.
    """
    texts = ["".join(token.text if isinstance(token, Word) else token for token in member) for member in members]
    if any("\\times" in text and _has_only(text, letters) for text in texts):
        return True
    if not all(_SHAPES.fullmatch(text) for text in texts) or not any(map(_SEVERAL.search, texts)):
        return False
    words = [name for text in texts for name in _LETTER.findall(text)]
    # Numbers alone may be an example of columns, unless they fit together as shapes do.
    return not any(name in arrays for name in words) if words else _fits(texts)


def _fits(texts: list[str]) -> bool:
    """Whether numbers are the shapes of a product and of its factors, one of them being ``(2, 3)(3, 4)``."""
    ends, inner = set(), 0
    for text in texts:
        shapes = [re.findall(r"\d+", shape) for shape in re.findall(r"[(\[][^)\]]*[)\]]", text)] or [re.findall(r"\d+", text)]
        if any(one[-1] != behind[0] for one, behind in zip(shapes, shapes[1:])):
            return False
        inner += len(shapes) - 1
        ends.add((shapes[0][0], shapes[-1][-1]))
    return len(ends) == 1 and inner > 0


def _has_only(text: str, letters: tuple[str, ...]) -> bool:
    return set(re.sub(r"\\times|\\cdot|[_{}()\[\]+\d]|n", "", text)) <= set("".join(letters))
