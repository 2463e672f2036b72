"""The structure of a write-up: where its formulas are, and which expressions they set equal."""

import re
from dataclasses import dataclass, field

from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word

RELATIONS = {"=", "\\equiv", "\\approx", "\\coloneqq", "\\simeq", "\\cong"}
BREAKS = {"\\Rightarrow", "\\iff", "\\to", ";", ",", ":", "\\forall", "\\mapsto", "?", "\\therefore", "\\because", "\\Leftarrow"}
UNSUPPORTED = {
    "<",
    ">",
    "\\le",
    "\\leq",
    "\\ge",
    "\\geq",
    "\\ne",
    "\\sim",
    "\\propto",
    "!",
    "\\not",
    "\\subset",
    "\\notin",
    "\\ll",
    "\\gg",
}
ALIGNED = {"aligned", "align", "align*", "gather", "gather*", "gathered", "split", "equation", "equation*", "eqnarray", "eqnarray*",
           "multline", "multline*", "alignedat", "displaymath", "math"}  # fmt: skip
# Of an environment, in tokens, with ``\begin`` and the brace.
LONGEST_NAME = 20
OPEN, CLOSE = {"(", "[", "{", "\\{", "\\langle"}, {")", "]", "}", "\\}", "\\rangle"}
GOES_ON = {"+", "-", "*", "\\cdot", "\\times", "\\odot", "\\otimes", "/", *RELATIONS}

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


@dataclass
class Chain:
    """Expressions set equal one after the other: ``a = b = c``.

    Attributes
    ----------
    members
        The tokens of each expression; an empty first one continues the chain before.
    signs
        The relation signs between them.
    shape
        The tokens behind ``\\in``, if the chain ends in one.
    beside_colon
        Whether a colon stands before or behind it, which may be meant as a product, too.
    """

    members: list[list[Token]] = field(default_factory=lambda: [[]])
    signs: list[str] = field(default_factory=list)
    shape: list[Token] = field(default_factory=list)
    beside_colon: bool = False


def pieces(markdown: str) -> list[Piece]:
    """The formulas of a Markdown text and the prose between them, in order; code is prose."""
    found, place, search = [], 0, 0
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


def chains(tokens: list[Token], is_name) -> list[Chain]:
    """The chains of a formula.

    Parameters
    ----------
    tokens
        From :func:`matrix_checks.derivations.reading.tex.tokenize`.
    is_name
        Whether a word of several letters belongs to a formula; any other is prose.
    """
    found = [Chain()]
    tokens = _without_wrappers(tokens)
    depth = place = 0
    environments = 0

    def end() -> None:
        if found[-1].members != [[]]:
            found.append(Chain())

    while place < len(tokens):
        token = tokens[place]
        place += 1
        if isinstance(token, str):
            depth = max(depth + (token in OPEN) - (token in CLOSE), 0)
            environments += (token == "\\begin") - (token == "\\end")
        current = found[-1].members[-1]
        if depth or environments or (token in CLOSE if isinstance(token, str) else False) or token == "\\end":
            if not found[-1].shape:
                current.append(token)
        elif isinstance(token, Word):
            if is_name(token.text):
                current.append(token)
            else:
                end()
        elif token == ":" and place < len(tokens) and tokens[place] == "=":
            place += 1
            _relate(found[-1], ":=")
        elif token in RELATIONS:
            while place < len(tokens) and tokens[place] in ("=", "&"):
                place += 1
            _relate(found[-1], ":=" if token == "\\coloneqq" else token)
        elif token == "\\in":
            shape, place = _until_break(tokens, place)
            found[-1].shape = shape
            end()
        elif token in UNSUPPORTED:
            skipped, place = _until_break(tokens, place)
            if len(found[-1].members) > 1:
                found[-1].members[-1] = []
            else:
                found[-1] = Chain()
            end()
        elif token in BREAKS or (token == "." and not _number_follows(tokens, place)):
            colon = token == ":" and bool(current) and place < len(tokens)
            found[-1].beside_colon |= colon
            end()
            found[-1].beside_colon |= colon
        elif token == "\\quad":
            if not (current and current[-1] in GOES_ON) and (current or len(found[-1].members) == 1):
                end()
        elif token == "&":
            if place < len(tokens) and tokens[place] in ("&",) and current:
                place += 1
                end()
        elif token == "\\\\":
            place = _behind_spacing(tokens, place)
            if not _row_continues(tokens, place, current):
                end()
        else:
            current.append(token)
    return [chain for chain in found if any(chain.members)]


def _relate(chain: Chain, sign: str) -> None:
    if len(chain.members) > 1 and not chain.members[-1]:
        return
    chain.signs.append(sign)
    chain.members.append([])


def _without_wrappers(tokens: list[Token]) -> list[Token]:
    """Tokens without the environments that only arrange lines."""
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place] in ("\\begin", "\\end") and place + 1 < len(tokens) and tokens[place + 1] == "{":
            stop = place + 2
            letters = []
            # No further than the longest name: whoever never closes a brace would have the whole rest read each time.
            while stop < min(len(tokens), place + LONGEST_NAME) and tokens[stop] != "}":
                letters.append(tokens[stop].text if isinstance(tokens[stop], Word) else tokens[stop])
                stop += 1
            if "".join(letters) in ALIGNED:
                place = stop + 1
                continue
        kept.append(tokens[place])
        place += 1
    return kept


def _until_break(tokens: list[Token], place: int) -> tuple[list[Token], int]:
    depth, start = 0, place
    while place < len(tokens):
        token = tokens[place]
        if isinstance(token, Word) and not depth:
            break
        if isinstance(token, str):
            if not depth and (token in BREAKS or token in ("\\\\", "\\quad", "&", ".") or token in RELATIONS):
                break
            depth = max(depth + (token in OPEN) - (token in CLOSE), 0)
        place += 1
    return tokens[start:place], place


def _behind_spacing(tokens: list[Token], place: int) -> int:
    """Behind the optional ``[2pt]`` of a line break."""
    if place < len(tokens) and tokens[place] == "[":
        stop = place
        while stop < len(tokens) and stop < place + 8 and tokens[stop] != "]":
            stop += 1
        inside = tokens[place + 1 : stop]
        if stop < len(tokens) and tokens[stop] == "]" and inside and isinstance(inside[0], str) and inside[0][0].isdecimal():
            return stop + 1
    return place


def _row_continues(tokens: list[Token], place: int, current: list[Token]) -> bool:
    if current and current[-1] in GOES_ON:
        return True
    while place < len(tokens) and tokens[place] in ("&", "\\quad"):
        place += 1
    if place >= len(tokens):
        return False
    if tokens[place] in RELATIONS:
        return True
    if tokens[place] in GOES_ON:
        row, _ = _until_row_end(tokens, place)
        return not any(token in RELATIONS for token in row)
    return False


def _until_row_end(tokens: list[Token], place: int) -> tuple[list[Token], int]:
    start = place
    while place < len(tokens) and tokens[place] != "\\\\":
        place += 1
    return tokens[start:place], place


def _number_follows(tokens: list[Token], place: int) -> bool:
    return place < len(tokens) and isinstance(tokens[place], str) and tokens[place][:1].isdecimal()


def shape_of(tokens: list[Token], letters: tuple[str, ...]) -> tuple[str, str] | None:
    """The shape behind ``\\in``: ``\\mathbb{R}^{N \\times M}`` gives ``("N", "M")``; ``None`` if it is something else."""
    text = "".join("1" if False else token.text if isinstance(token, Word) else token for token in tokens)
    match = re.fullmatch(r"(?:\\mathbb)?\{?R\}?(?:\^(?:\{(.+)\}|(.)))?", text)
    if not match:
        return None
    inside = match[1] or match[2] or "1"
    sizes = [size.strip("()").replace("{", "").replace("}", "") for size in inside.split("\\times")]
    if len(sizes) > 2 or any(size not in letters and not size.isdecimal() for size in sizes):
        return None
    return (sizes[0], sizes[1] if len(sizes) == 2 else "1")


__all__ = ["Chain", "NotUnderstood", "Piece", "chains", "pieces", "shape_of"]
