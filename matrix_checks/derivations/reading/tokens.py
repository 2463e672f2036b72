"""What a formula is cut into: pieces of TeX, those that know their place, and words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


class NotUnderstood(ValueError):
    """A piece of a formula that cannot be read; the message quotes it."""


class Mark(str):
    """A relation sign, an arrow, a point or a command for words, which knows where it stands; as a text it is any other token.

    Attributes
    ----------
    place
        Where it begins in the source.
    space_before, space_behind
        Whether white space, or nothing, stands beside it.
    phrase
        Of a command for words: what stands in its braces.
    """

    place: int
    space_before: bool
    space_behind: bool
    phrase: str = ""

    @classmethod
    def at(cls, text: str, source: str, start: int, end: int) -> "Mark":
        """The mark that stands in a source from ``start`` to ``end``."""
        mark = cls(text)
        mark.place = start
        mark.space_before = not source[:start][-1:].strip()
        mark.space_behind = not source[end : end + 1].strip()
        return mark


class Renamed(str):
    """A letter that is read as another one; as a text it is that.

    Attributes
    ----------
    written
        The letter in the text.
    """

    written: str

    @classmethod
    def of(cls, text: str, written: str) -> "Renamed":
        """The letter ``written`` of the text, which is read as ``text``."""
        renamed = cls(text)
        renamed.written = written
        return renamed


_IN_WORDS = re.compile(r"\s*[^\W\d_]+(?:[ ,.]+[^\W\d_]+)+\s*")


@dataclass(frozen=True)
class Word:
    """Letters that belong together, from ``\\text{…}`` and its like.

    Attributes
    ----------
    text
        Without white space.
    phrase
        As it was written.
    upright
        Whether the command is one for names, such as ``\\operatorname``, and not for prose.
    """

    text: str
    phrase: str = field(default="", compare=False)
    upright: bool = field(default=False, compare=False)

    @property
    def shown(self) -> str:
        """Its TeX: a letter that stands for a function is shown as that letter."""
        is_letter = len(self.phrase) == 1 != len(self.text) or (self.phrase.startswith("\\") and self.phrase[1:].isalpha())
        if is_letter or self.text.endswith("'") or self.phrase.startswith("{"):
            return self.phrase
        # Words stand apart from each other, as they were written.
        return f"\\text{{{self.phrase if _IN_WORDS.fullmatch(self.phrase) else self.text}}}"


Token = str | Word


def without_braces(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without the braces, which group and are not seen."""
    return [token for token in tokens if token not in ("{", "}")]


def without_braces_around_one(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the braces around a single letter or digit above or below a symbol, ``a_{1}``, or around a sign of a derivative."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        found.append(token)
        place += 1
        inside = list(tokens[place : place + 3])
        if token == "{" and inside in (["{", "\\partial", "}"], ["{", "d", "}"]) and tokens[place + 3 : place + 4] != ["}"]:
            # Of {{\\partial} J}; alone, the sign is the whole top of a fraction.
            found.append(inside[1])
            place += len(inside)
        if token in ("_", "^") and [*inside[:1], *inside[2:]] == ["{", "}"] and _is_one(inside[1]):
            found.append(inside[1])
            place += len(inside)
    return found


def _is_one(token: Token) -> bool:
    """Whether it is a letter, a digit, or a command that stands for a sign."""
    return isinstance(token, str) and ((token.startswith("\\") and token[1:].isalpha()) or (len(token) == 1 and token.isalnum()))


def end_of_braces(tokens: Sequence[Token], place: int, longest: int | None = None) -> int:
    """The place behind the braces that open at a place; 0 where none do, or where they do not close among ``longest`` tokens."""
    if place >= len(tokens) or tokens[place] != "{":
        return 0
    depth = 0
    for end in range(place, len(tokens) if longest is None else min(place + longest, len(tokens))):
        depth += (tokens[end] == "{") - (tokens[end] == "}")
        if not depth:
            return end + 1
    return 0


_PRIMES: tuple[list[Token], ...] = (["'"], ["^", "\\prime"], ["^", "{", "\\prime", "}"])
_STARS: tuple[list[Token], ...] = (["^", "*"], ["^", "{", "*", "}"])


def star_at(tokens: Sequence[Token], place: int) -> int:
    """Of how many tokens a star above a symbol that ends before a place is; 0 where there is none."""
    return _length_at(tokens, place, _STARS)


def prime_at(tokens: Sequence[Token], place: int) -> int:
    """Of how many tokens a prime at a place is; 0 where there is none."""
    return _length_at(tokens, place, _PRIMES)


def _length_at(tokens: Sequence[Token], place: int, spellings: Sequence[list[Token]]) -> int:
    return next((len(each) for each in spellings if list(tokens[place : place + len(each)]) == each), 0)
