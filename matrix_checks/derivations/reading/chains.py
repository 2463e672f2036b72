"""Which expressions a formula sets equal; a new sign between expressions is added to ``_READERS``."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from matrix_checks.derivations.reading.stream import TokenStream
from matrix_checks.derivations.reading.tex import Token, Word

RELATIONS = {"=", "\\equiv", "\\approx", "\\coloneqq", "\\simeq", "\\cong"}
BREAKS = {"\\Rightarrow", "\\iff", "\\to", ";", ",", ":", "\\forall", "\\mapsto", "?", "\\therefore", "\\because", "\\Leftarrow"}
UNSUPPORTED = set("< > \\le \\leq \\ge \\geq \\ne \\sim \\propto ! \\not \\subset \\notin \\ll \\gg".split())
ALIGNED = {"aligned", "align", "align*", "gather", "gather*", "gathered", "split", "equation", "equation*", "eqnarray", "eqnarray*",
           "multline", "multline*", "alignedat", "displaymath", "math"}  # fmt: skip
# Of an environment, in tokens, with ``\begin`` and the brace.
LONGEST_NAME = 20
# Of what stands behind a line break, such as [2pt].
LONGEST_SPACING = 9
OPEN, CLOSE = {"(", "[", "{", "\\{", "\\langle"}, {")", "]", "}", "\\}", "\\rangle"}
# What a shape or the right side of a comparison reaches to, besides prose.
ENDS = {"\\\\", "\\quad", "&", ".", *BREAKS, *RELATIONS}
GOES_ON = {"+", "-", "*", "\\cdot", "\\times", "\\odot", "\\otimes", "/", *RELATIONS}


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


def chains(tokens: list[Token], is_name: Callable[[str], bool]) -> list[Chain]:
    """The chains of a formula.

    Parameters
    ----------
    tokens
        From :func:`matrix_checks.derivations.reading.tex.tokenize`.
    is_name
        Whether a word of several letters belongs to a formula; any other is prose.
    """
    return _Splitter(_without_wrappers(tokens), is_name).chains()


class _Splitter:
    """Goes through a formula from token to token, and builds its chains."""

    def __init__(self, tokens: list[Token], is_name: Callable[[str], bool]):
        self._stream, self._is_name = TokenStream(tokens), is_name
        self._found = [Chain()]
        # How many brackets and environments are open.
        self._depth = self._environments = 0

    def chains(self) -> list[Chain]:
        """All chains that say something."""
        while self._stream.peek() is not None:
            token = self._stream.next()
            if isinstance(token, Word):
                self._word(token)
            elif self._is_enclosed(token):
                if not self._found[-1].shape:
                    self._keep(token)
            else:
                _READERS.get(token, _Splitter._keep)(self, token)
        return [chain for chain in self._found if any(chain.members)]

    @property
    def _current(self) -> list[Token]:
        return self._found[-1].members[-1]

    def _is_enclosed(self, token: str) -> bool:
        """Whether the token is inside brackets or an environment, or one of their own."""
        self._depth = _depth_behind(token, self._depth)
        self._environments += (token == "\\begin") - (token == "\\end")
        return bool(self._depth or self._environments) or token in CLOSE or token == "\\end"

    def _end(self) -> None:
        """What follows is another chain."""
        if self._found[-1].members != [[]]:
            self._found.append(Chain())

    def _keep(self, token: Token) -> None:
        self._current.append(token)

    def _word(self, word: Word) -> None:
        if self._depth or self._environments:
            if not self._found[-1].shape:
                self._keep(word)
        elif self._is_name(word.text):
            self._keep(word)
        else:
            self._end()

    def _relation(self, sign: str) -> None:
        while self._stream.take_any(("=", "&")):
            pass
        self._relate(":=" if sign == "\\coloneqq" else sign)

    def _relate(self, sign: str) -> None:
        chain = self._found[-1]
        if len(chain.members) == 1 or chain.members[-1]:
            chain.signs.append(sign)
            chain.members.append([])

    def _membership(self, sign: str) -> None:
        self._found[-1].shape = _until_break(self._stream)
        self._end()

    def _unsupported(self, sign: str) -> None:
        """A comparison is left out, with what stands on both of its sides."""
        _until_break(self._stream)
        if len(self._found[-1].members) > 1:
            self._found[-1].members[-1] = []
        else:
            self._found[-1] = Chain()
        self._end()

    def _break(self, sign: str) -> None:
        self._end()

    def _colon(self, sign: str) -> None:
        if self._stream.take("="):
            self._relate(":=")
            return
        beside = bool(self._current) and self._stream.peek() is not None
        self._found[-1].beside_colon |= beside
        self._end()
        self._found[-1].beside_colon |= beside

    def _point(self, sign: str) -> None:
        following = self._stream.peek()
        if isinstance(following, str) and following[:1].isdecimal():
            self._keep(sign)
        else:
            self._end()

    def _gap(self, sign: str) -> None:
        goes_on = self._current and self._current[-1] in GOES_ON
        if not goes_on and (self._current or len(self._found[-1].members) == 1):
            self._end()

    def _cell(self, sign: str) -> None:
        if self._current and self._stream.take("&"):
            self._end()

    def _row(self, sign: str) -> None:
        _skip_spacing(self._stream)
        if not (self._current and self._current[-1] in GOES_ON) and not _row_continues(self._stream):
            self._end()


# What each sign outside of brackets does; any other belongs to an expression.
_READERS: dict[str, Callable[[_Splitter, str], None]] = {
    **dict.fromkeys(RELATIONS, _Splitter._relation),
    **dict.fromkeys(UNSUPPORTED, _Splitter._unsupported),
    **dict.fromkeys(BREAKS, _Splitter._break),
    "\\in": _Splitter._membership,
    ":": _Splitter._colon,
    ".": _Splitter._point,
    "\\quad": _Splitter._gap,
    "&": _Splitter._cell,
    "\\\\": _Splitter._row,
}


def _depth_behind(token: str, depth: int) -> int:
    """How many brackets are open behind a token."""
    return max(depth + (token in OPEN) - (token in CLOSE), 0)


def _without_wrappers(tokens: list[Token]) -> list[Token]:
    """Tokens without the environments that only arrange lines."""
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place] in ("\\begin", "\\end") and tokens[place + 1 : place + 2] == ["{"]:
            # No further than the longest name: whoever never closes a brace would have the whole rest read each time.
            inside = tokens[place + 2 : place + LONGEST_NAME]
            name = inside[: inside.index("}")] if "}" in inside else inside
            if "".join(token.text if isinstance(token, Word) else token for token in name) in ALIGNED:
                place += 3 + len(name)
                continue
        kept.append(tokens[place])
        place += 1
    return kept


def _until_break(stream: TokenStream) -> list[Token]:
    """Read what belongs to a shape or to the right side of a comparison."""
    found: list[Token] = []
    depth = 0
    while (token := stream.peek()) is not None:
        if not depth and (isinstance(token, Word) or token in ENDS):
            break
        depth = depth if isinstance(token, Word) else _depth_behind(token, depth)
        found.append(stream.next())
    return found


def _skip_spacing(stream: TokenStream) -> None:
    """Pass over the optional ``[2pt]`` of a line break."""
    first = stream.peek(1)
    if stream.peek() != "[" or not isinstance(first, str) or not first[0].isdecimal():
        return
    length = next((ahead for ahead in range(2, LONGEST_SPACING) if stream.peek(ahead) == "]"), None)
    if length is not None:
        stream.place += length + 1


def _row_continues(stream: TokenStream) -> bool:
    """Whether the row that begins here goes on with the expression of the row before."""
    ahead = 0
    while stream.peek(ahead) in ("&", "\\quad"):
        ahead += 1
    if stream.peek(ahead) not in GOES_ON:
        return False
    if stream.peek(ahead) in RELATIONS:
        return True
    # A row that begins with a sign and has a relation of its own, such as - a = b, stands for itself.
    while (token := stream.peek(ahead)) is not None and token != "\\\\":
        if token in RELATIONS:
            return False
        ahead += 1
    return True


def shape_of(tokens: list[Token], letters: tuple[str, ...]) -> tuple[str, str] | None:
    """The shape behind ``\\in``: ``\\mathbb{R}^{N \\times M}`` gives ``("N", "M")``; ``None`` if it is something else."""
    text = "".join(token.text if isinstance(token, Word) else token for token in tokens)
    match = re.fullmatch(r"(?:\\mathbb)?\{?R\}?(?:\^(?:\{(.+)\}|(.)))?", text)
    if not match:
        return None
    inside = match[1] or match[2] or "1"
    sizes = [size.strip("()").replace("{", "").replace("}", "") for size in inside.split("\\times")]
    if len(sizes) > 2 or any(size not in letters and not size.isdecimal() for size in sizes):
        return None
    return (sizes[0], sizes[1] if len(sizes) == 2 else "1")
