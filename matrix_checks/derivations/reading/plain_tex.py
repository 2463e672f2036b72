"""Commands of plain TeX that readers of notebooks show, too, in the words of LaTeX: ``\\eqalign{… \\cr …}``, ``\\displaylines``, ``\\matrix``."""

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
_OPENING = re.compile(rf"\\({'|'.join(ENVIRONMENTS)})\s*\{{")
_BRACE_OR_END = re.compile(r"\\cr(?:cr)?(?![a-zA-Z])|\\.|[{}]", re.DOTALL)


def plain_tex(source: str) -> Iterator[tuple[int, int, str]]:
    """Where such a command begins, ends a line or ends in a formula, and what LaTeX has for it there, in order."""
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
