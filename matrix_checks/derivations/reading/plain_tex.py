"""Commands in other words: a wide space, and those of plain TeX that readers of notebooks show, too, in the words of LaTeX: ``\\eqalign{… \\cr …}``, ``\\displaylines``, ``\\matrix``."""

import re
from collections.abc import Iterator

ENVIRONMENTS = {
    "eqalign": "aligned",
    "eqalignno": "aligned",
    "leqalignno": "aligned",
    "displaylines": "gathered",
    "matrix": "matrix",
    "pmatrix": "pmatrix",
    "cases": "cases",
}
# In characters, and in braces inside of one.
LONGEST = 20_000
# The number of a formula, behind it.
_NUMBER = re.compile(r"\\l?eqno(?![a-zA-Z])\s*(\\[a-zA-Z]+|[^\s\\{}$=]{1,12}|\([^(){}$=]{1,12}\)|\{[^{}$=]{1,12}\})\s*(?=\$|$)")
_NEW_LINE = re.compile(r"\\newline(?![a-zA-Z])")
_OPENING = re.compile(rf"\\({'|'.join(ENVIRONMENTS)})\s*\{{")
_BRACE_OR_END = re.compile(r"\\cr(?:cr)?(?![a-zA-Z])|\\.|[{}]", re.DOTALL)


# A space that is wide enough separates what stands beside it, as a ``\\quad`` does: so many of these units.
WIDE_IN = {"em": 1.0, "pc": 1.0, "cm": 0.4, "in": 0.2, "mm": 4.0, "pt": 10.0, "ex": 2.0}
_SPACE = re.compile(r"\\hspace\*?\s*\{\s*(\d{0,4}\.?\d{1,4})\s*(em|pc|cm|in|mm|pt|ex)\s*\}")
# What sets one letter in another weight or shape, with or without braces around the letter.
_WEIGHT = re.compile(r"\\(?:bm|boldsymbol|mathbf|pmb|bold|mathit|mathsf)\s*(?:(?=[A-Za-z](?![A-Za-z]))|\{\s*([A-Za-z])\s*\})")
_COMMAND_AT_END = re.compile(r"\\[a-zA-Z]+\s*$")
LONGEST_COMMAND = 40


def wide_spaces(source: str) -> Iterator[tuple[int, int, str]]:
    """Where wide spaces stand in a formula, and a ``\\quad`` for each."""
    for space in _SPACE.finditer(source):
        if float(space[1]) >= WIDE_IN[space[2]]:
            yield space.start(), space.end(), "\\quad "


def weights(source: str) -> Iterator[tuple[int, int, str]]:
    """Where a letter is set bold or the like, ``\\bm x``: the command says nothing, and patterns that look for letters need not know it."""
    for weight in _WEIGHT.finditer(source):
        behind_command = _COMMAND_AT_END.search(source, max(0, weight.start() - LONGEST_COMMAND), weight.start())
        yield weight.start(), weight.end(), (" " if behind_command else "") + (weight[1] or "")


def plain_tex(source: str) -> Iterator[tuple[int, int, str]]:
    """Where such a command begins, ends a line or ends in a formula, and what LaTeX has for it there."""
    for line in _NEW_LINE.finditer(source):
        yield (*line.span(), "\\\\ ")
    for number in _NUMBER.finditer(source):
        yield (*number.span(), f"\\tag{{{number[1].strip('{}')}}}")
    place = 0
    while opening := _OPENING.search(source, place):
        place = opening.end()
        pieces = _lines_and_end(source, place)
        if pieces is None:
            continue
        *lines, end = pieces
        name = ENVIRONMENTS[opening[1]]
        yield opening.start(), opening.end(), f"\\begin{{{name}}} "
        # A line that is ended, with nothing behind it, is no further line.
        if lines and not source[lines[-1][1] : end[0]].strip():
            yield (*lines.pop(), " ")
        for first, last in lines:
            yield first, last, "\\\\ "
        yield (*end, f"\\end{{{name}}} ")
        place = end[1]


def _lines_and_end(source: str, start: int) -> list[tuple[int, int]] | None:
    """Where lines end, and in the end the closing brace; ``None`` if there is none."""
    found: list[tuple[int, int]] = []
    depth = 1
    for token in _BRACE_OR_END.finditer(source, start, start + LONGEST):
        if token[0].startswith("\\cr") and depth == 1:
            found.append(token.span())
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if not depth:
            return [*found, token.span()]
    return None
