"""Plain TeX's fraction, ``{a \\over b}``, in the words of LaTeX: it reaches as far as the braces, the cell or the formula around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_BORDER = re.compile(
    r"(?P<bar>\\over(?![a-zA-Z]))"
    r"|(?P<opening>\{|\\begin\s*\{[^{}]*\}|\\left(?![a-zA-Z])\s*(?:\\[a-zA-Z]+|\\.|.)?)"
    r"|(?P<closing>\}|\\end\s*\{[^{}]*\}|\\right(?![a-zA-Z]))"
    r"|(?P<relation>[=<>])"
    r"|(?P<cell>&|\\\\)"
    r"|\\[a-zA-Z]+|\\.",
    re.DOTALL,
)


@dataclass
class _Group:
    """What is open: where its content begins, where fraction bars stand in it, and whether a relation does."""

    start: int
    bars: list[tuple[int, int]] = field(default_factory=list)
    relates: bool = False


def fractions(source: str) -> Iterator[tuple[int, int, str]]:
    """Where the pieces of such fractions stand in a formula, and what LaTeX has for each.

    A fraction that holds a relation is none that anybody means: it is left as it stands.
    """
    if "\\over" not in source:
        return
    open_groups = [_Group(0)]
    for border in _BORDER.finditer(source):
        if border["bar"]:
            open_groups[-1].bars.append(border.span())
        elif border["relation"]:
            open_groups[-1].relates = True
        elif border["opening"]:
            open_groups.append(_Group(border.end()))
        elif border["closing"] and len(open_groups) > 1:
            yield from _as_fraction(open_groups.pop(), border.start())
        elif border["cell"]:
            yield from _as_fraction(open_groups[-1], border.start())
            open_groups[-1] = _Group(border.end())
    yield from _as_fraction(open_groups[0], len(source))


def _as_fraction(group: _Group, end: int) -> Iterator[tuple[int, int, str]]:
    if len(group.bars) != 1 or group.relates:
        return
    yield group.start, group.start, "\\frac{"
    yield *group.bars[0], "}{"
    yield end, end, "}"


def with_fractions(source: str) -> str:
    """A formula with such fractions in the words of LaTeX."""
    parts, place = [], 0
    for first, last, body in sorted(fractions(source)):
        parts += [source[place:first], body]
        place = last
    return "".join([*parts, source[place:]])
