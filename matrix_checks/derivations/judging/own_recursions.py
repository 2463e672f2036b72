r"""A rule from one step to the next, ``m_t = \beta m_{t-1} + (1 - \beta) g_t``, at the steps with numbers of which a text speaks."""

import re
from collections.abc import Iterator
from dataclasses import replace

from matrix_checks.derivations.reading.formulas import Piece

MOST_STEPS = 4
LONGEST_RULE = 300
# x_t = ... x_{t-1} ..., x^{(t)} = ... x^{(t-1)} ...
_RULE = re.compile(
    r"^\s*\\?[A-Za-z]+\s*[_^]\s*\{?\s*\(?\s*(?P<step>[a-z])\s*\)?\s*\}?\s*&?\s*:?=(?=.*[_^]\s*\{\s*\(?\s*(?P=step)\s*-\s*1\s*\)?\s*\})",
    re.DOTALL,
)
_NUMBERED = re.compile(r"[_^]\s*\{?\s*\(?\s*([1-9])\s*\)?")
_START = re.compile(r"(?P<name>\\?[A-Za-z]+)\s*[_^]\s*(?:\{\s*\(?\s*0\s*\)?\s*\}|0)")
_STARTS_AT_ZERO = re.compile(rf"{_START.pattern}\s*=\s*(?:\\mathbf\s*)?\{{?0\}}?\s*(?:$|[,.;])")


def with_recursions(found: list[Piece]) -> list[Piece]:
    """The formulas and the prose of a text, with each rule at the first steps behind it; the same where there is no such rule."""
    numbers = {int(each[1]) for piece in found if piece.kind != "prose" for each in _NUMBERED.finditer(piece.source)}
    steps = range(1, min(max(numbers, default=0), MOST_STEPS) + 1)
    zeros = {each["name"] for piece in found if piece.kind != "prose" for each in _STARTS_AT_ZERO.finditer(piece.source)}
    return [each for piece in found for each in (piece, *_at_steps(piece, steps, zeros))]


def _at_steps(piece: Piece, steps: range, zeros: set[str]) -> Iterator[Piece]:
    rule = _RULE.match(piece.source) if piece.kind != "prose" and len(piece.source) <= LONGEST_RULE else None
    if rule is None:
        return
    step = rule["step"]
    before = re.compile(rf"([_^]\s*\{{\s*\(?\s*){step}\s*-\s*1(?=\s*\)?\s*\}})")
    now = re.compile(rf"([_^]\s*(?:\{{\s*\(?\s*)?){step}(?![A-Za-z]|\s*[-+])")
    for number in steps:
        source = now.sub(rf"\g<1>{number}", before.sub(rf"\g<1>{number - 1}", piece.source))
        yield replace(piece, source=_START.sub(lambda start: "(0)" if start["name"] in zeros else start[0], source))
