"""The tokens of an expression, read from left to right, and the table in which each rule for a notation is registered."""

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from typing import TypeVar

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, text_of

DEEPEST = 40

Prefix = Callable[["TokenStream", str], Node | None]
Postfix = Callable[["TokenStream", Node], Node | None]
PrefixRule = TypeVar("PrefixRule", bound=Prefix)
PostfixRule = TypeVar("PostfixRule", bound=Postfix)


class Rules:
    """The functions that read a notation, by the token that they begin with.

    Each is called with the stream behind its token, and gives ``None`` where the token means something else there: then the
    next function of the same token is asked, and the stream is where it was.

    Attributes
    ----------
    commands
        What reads an expression that begins with a token; it is given the token.
    words
        What reads an expression that begins with a word, as in ``\\text{tr}`` and ``tr``; it is given the word's text.
    scripts
        What reads what stands behind an expression; it is given the expression, and gives the whole.
    """

    def __init__(self, *parts: "Rules"):
        self.commands: dict[str, list[Prefix]] = {}
        self.words: dict[str, list[Prefix]] = {}
        self.scripts: dict[str, list[Postfix]] = {}
        for part in parts:
            for token, readers in part.commands.items():
                self.commands.setdefault(token, []).extend(readers)
            for text, readers in part.words.items():
                self.words.setdefault(text, []).extend(readers)
            for token, script_readers in part.scripts.items():
                self.scripts.setdefault(token, []).extend(script_readers)

    def reads(self, *tokens: str) -> Callable[[PrefixRule], PrefixRule]:
        """The decorator of a function for ``commands``."""
        return self._registered(self.commands, tokens)

    def reads_words(self, *texts: str) -> Callable[[PrefixRule], PrefixRule]:
        """The decorator of a function for ``words``."""
        return self._registered(self.words, texts)

    def reads_behind(self, *tokens: str) -> Callable[[PostfixRule], PostfixRule]:
        """The decorator of a function for ``scripts``."""

        def register(reader: PostfixRule) -> PostfixRule:
            for token in tokens:
                self.scripts.setdefault(token, []).append(reader)
            return reader

        return register

    @staticmethod
    def _registered(table: dict[str, list[Prefix]], tokens: tuple[str, ...]) -> Callable[[PrefixRule], PrefixRule]:
        def register(reader: PrefixRule) -> PrefixRule:
            for token in tokens:
                table.setdefault(token, []).append(reader)
            return reader

        return register


NO_RULES = Rules()


class TokenStream:
    """The tokens of one expression and how far they are read.

    Parameters
    ----------
    tokens
        From :func:`matrix_checks.derivations.reading.tex.tokenize`, without relation signs.
    known
        Names that stand for something, in the form of :class:`Name`; decides whether ``y_2`` is a name or an entry. Letters of
        sizes are among them: whether a name is a matrix or a number is not known before it has a value.
    rules
        What reads each notation; none for who only looks where what stands.
    depth
        How deeply the expression is nested in others.

    Attributes
    ----------
    place
        How many tokens are read.
    inside_norm
        Whether ``|`` and ``\\|`` close a norm here, rather than open one.
    """

    def __init__(self, tokens: list[Token], known: frozenset[str] = frozenset(), rules: Rules = NO_RULES, depth: int = 0):
        self.known, self.rules = known, rules
        self.place = 0
        self.inside_norm = False
        self._tokens, self._depth = tokens, depth

    def sub(self, tokens: list[Token]) -> "TokenStream":
        """A stream of tokens that were taken from this one, such as those of an exponent."""
        return TokenStream(tokens, self.known, self.rules, self._depth + 1)

    def peek(self, ahead: int = 0) -> Token | None:
        """A token that is not read yet; ``None`` behind the last one."""
        place = self.place + ahead
        return self._tokens[place] if place < len(self._tokens) else None

    def tokens_from(self, start: int) -> list[Token]:
        """The tokens that were read since a place."""
        return self._tokens[start : self.place]

    def next(self) -> Token:
        """Read a token."""
        token = self.peek()
        if token is None:
            raise self.not_understood()
        self.place += 1
        return token

    def take(self, token: str) -> bool:
        """Read the token if it is this one."""
        if self.peek() == token:
            self.place += 1
            return True
        return False

    def take_any(self, tokens: Container[str]) -> str:
        """Read the token if it is one of these; otherwise the answer is empty."""
        token = self.peek()
        if isinstance(token, str) and token in tokens:
            self.place += 1
            return token
        return ""

    def expect(self, token: str) -> None:
        """Read this token and no other."""
        if not self.take(token):
            raise self.not_understood()

    def take_minus(self) -> bool:
        """Read plus and minus signs, and say whether they make a minus."""
        negative = False
        while sign := self.take_any(("+", "-")):
            negative ^= sign == "-"
        return negative

    def argument(self) -> list[Token]:
        """Read the argument of a command: what braces hold, or one token."""
        if self.take("{"):
            return self.rest_of_braces()
        token = self.next()
        if isinstance(token, str) and token.isdecimal() and len(token) > 1:
            # \\frac12 is one half.
            self._tokens = [*self._tokens[: self.place - 1], token[0], token[1:], *self._tokens[self.place :]]
            token = token[0]
        return [token]

    def rest_of_braces(self) -> list[Token]:
        """Read what stands behind an opening brace, and its closing brace; the tokens between them."""
        content: list[Token] = []
        depth = 1
        while True:
            token = self.next()
            depth += {"{": 1, "}": -1}.get(token, 0) if isinstance(token, str) else 0
            if not depth:
                return content
            content.append(token)

    def script(self) -> list[Token]:
        """Read a sub- or superscript; its tokens, without braces."""
        token = self.next()
        if token == "{":
            return self.rest_of_braces()
        if token == "\\frac":
            return [token, "{", *self.argument(), "}", "{", *self.argument(), "}"]
        return [token]

    def not_understood(self, back: int = 0) -> NotUnderstood:
        """The error that quotes what is not read yet, and the tokens before it if they are asked for."""
        rest = text_of(self._tokens[self.place - back : self.place - back + 8])
        return NotUnderstood(f"the piece {rest!r} was not understood" if rest else "the formula ends where more is expected")

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One expression inside another: whoever nests without end is told so."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotUnderstood("the formula is too deeply nested to be read")
        yield
        self._depth -= 1

    @contextmanager
    def norm(self, inside: bool) -> Iterator[None]:
        """Between the signs of a norm, or between brackets, where a norm may begin anew."""
        outer, self.inside_norm = self.inside_norm, inside
        yield
        self.inside_norm = outer
