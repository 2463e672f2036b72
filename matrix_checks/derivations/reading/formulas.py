"""Where the formulas of a write-up are in its Markdown; another way to mark one is added to ``_OPENING`` and ``_CLOSING``."""

import re
from dataclasses import dataclass

from matrix_checks.derivations.reading.chains import Chain as Chain
from matrix_checks.derivations.reading.chains import chains as chains
from matrix_checks.derivations.reading.chains import shape_of as shape_of

_OPENING = re.compile(r"```|`|(?<!\\)\$\$|(?<!\\)\$|\\\\?\[|\\\\?\(|\\begin\{(?:align|equation|gather|eqnarray|multline)\*?\}")
# What ends a formula that begins with each; a bare environment ends with its own \end.
_CLOSING = {
    "```": (re.compile("```"), "prose"),
    "`": (re.compile("`|\n"), "prose"),
    "$$": (re.compile(r"(?:(?<!\\)|(?<=\\\\))\$\$"), "display"),
    "$": (re.compile(r"(?:(?<!\\)|(?<=\\\\))\$"), "inline"),
    "[": (re.compile(r"\\\\?\]"), "display"),
    "(": (re.compile(r"\\\\?\)"), "inline"),
    "}": (re.compile(r"\\end\{(?:align|equation|gather|eqnarray|multline)\*?\}"), "display"),
}


@dataclass(frozen=True)
class Piece:
    """A formula of a write-up, or the prose between two.

    Attributes
    ----------
    source
        The text, without dollar signs.
    kind
        ``prose``, ``inline`` or ``display``.
    start
        Where it begins in the Markdown.
    """

    source: str
    kind: str
    start: int


def pieces(markdown: str) -> list[Piece]:
    """The formulas of a Markdown text and the prose between them, in order; code is prose."""
    found: list[Piece] = []
    place = search = 0
    # Kinds of which no end is left: they are not looked for again, so that the time grows with the length of the text only.
    endless: set[str] = set()
    while opening := _OPENING.search(markdown, search):
        kind = opening[0] if opening[0] in _CLOSING else opening[0][-1]
        closing, what = _CLOSING[kind]
        end = None if kind in endless else closing.search(markdown, opening.end())
        if end is None:
            endless.add(kind)
            search = opening.end()
            continue
        search = end.end()
        if what == "prose":
            continue
        if opening.start() > place:
            found.append(Piece(markdown[place : opening.start()], "prose", place))
        inside = markdown[opening.end() : end.start()] if kind != "}" else markdown[opening.start() : end.end()]
        found.append(Piece(inside, what, opening.start()))
        place = end.end()
    if place < len(markdown):
        found.append(Piece(markdown[place:], "prose", place))
    return found
