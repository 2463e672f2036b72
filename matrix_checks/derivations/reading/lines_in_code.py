r"""Lines of code beside a derivation that say what its names are: ``hidden = X.dot(W1) + b1`` in a block of code, before ``\text{dhidden}``.

They are learned from and not judged: the code of a submission is tested where it runs.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from matrix_checks.derivations.reading.keyboard_letters import keyboard_letters
from matrix_checks.derivations.reading.macros import replaced
from matrix_checks.derivations.reading.pieces import Piece

CODE = "code"
MOST_LINES, LONGEST_LINE = 40, 120
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_INDENTED = ("    ", "\t")
_LINE = re.compile(r"^\s*([A-Za-z]\w*)\s*=\s*([^=\s].*?)\s*(?:#.*)?$")
# Numbers of an example, and what is no formula.
_NO_FORMULA = re.compile(r"[\"':]|\b(?:for|if|else|in|lambda|return|def|print|import|not)\b|\barray\(|\brandom\b|\[\s*[-\d]")
# A name that formulas write as one: \text{dhidden}, \mathrm{var}.
_UPRIGHT = re.compile(r"\\(?:math(?:rm|it|sf|tt)|text(?:tt|rm|it|sf)?|operatorname)\s*\{\s*d?([A-Za-z]\w*)\s*\}")
_SPAN = re.compile(r"`[^`\n]+`")
_VALUE = re.compile(r"(?<![=!<>])=\s*(?:(?:np|numpy|torch|tf|jnp)\.(?:array|asarray|tensor|matrix|diag|ones|eye)\b|\[|\(?-?\d)")
# Of layers and nodes: W1.
_NUMBER = re.compile(r"\b([A-Za-z])(\d)\b")
_LIBRARY = re.compile(r"\b(?:np|numpy|torch|tf|jnp)\.")


def lines_in_code(markdown: str, found: Sequence[Piece]) -> list[Piece]:
    """The lines of code that give values to names, where formulas write one of these upright; as formulas.

    Parameters
    ----------
    markdown, found
        The whole text, and its formulas.
    """
    written = {name for piece in found if piece.kind != "prose" for name in _UPRIGHT.findall(piece.source)}
    if not written:
        return []
    lines = list(islice(_values(markdown), MOST_LINES))
    named = {name for name, *_ in lines}
    if not named & written:
        return []
    return [Piece(_in_tex(f"{name} = {value}"), CODE, place, place) for name, value, place in lines]


def gives_numbers(markdown: str) -> bool:
    """Whether code in a text gives numbers to a name: those of an example, which formulas may go on with."""
    seen = without_comments(markdown)
    spans = (span[0] for span in _SPAN.finditer(seen))
    return any(_VALUE.search(code) for code in (*spans, *(line for line, _ in _lines(seen))))


def without_comments(markdown: str) -> str:
    """A text without what nobody sees of it: in time that grows with its length only, however many comments are never closed."""
    kept, place = list[str](), 0
    while (opening := markdown.find("<!--", place)) >= 0 and (end := markdown.find("-->", opening)) >= 0:
        kept.append(markdown[place:opening])
        place = end + len("-->")
    return "".join((*kept, markdown[place:]))


def _in_tex(line: str) -> str:
    """A line with symbols for their names, ``eps``, and numbers below letters."""
    numbered = _NUMBER.sub(r"\1_\2", line)
    return replaced(numbered, list(keyboard_letters(numbered))).text


def _lines(markdown: str) -> Iterator[tuple[str, int]]:
    """The lines of the blocks of code, and where each begins; a block is fenced, or indented."""
    fence, place = "", 0
    for line in markdown.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip() == mark[1] and mark[1].startswith(fence):
            fence = ""
        elif fence or line.startswith(_INDENTED):
            yield line.rstrip("\n"), place
        place += len(line)


def _values(markdown: str) -> Iterator[tuple[str, str, int]]:
    """The names that lines of code give values to, with the values, and where."""
    for line, place in _lines(without_comments(markdown)):
        said = _LINE.match(line) if len(line) <= LONGEST_LINE else None
        if said and not _NO_FORMULA.search(said[2]) and said[1] not in re.findall(r"\w+", said[2]):
            yield said[1], _LIBRARY.sub("np.", said[2]), place
