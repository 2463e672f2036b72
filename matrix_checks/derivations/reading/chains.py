"""Which expressions a formula sets equal; a new sign between expressions is added to ``_READERS``."""

import re
from collections.abc import Callable

from matrix_checks.derivations.reading import vocabulary
from matrix_checks.derivations.reading.conditions import OTHER, Condition, index_condition, is_declaration
from matrix_checks.derivations.reading.groups import CLOSE, OPEN, groups, unwrapped
from matrix_checks.derivations.reading.statements import (
    BREAKS,
    COMPARISONS,
    ENDS,
    GOES_ON,
    MOST_GAPS,
    Chain,
    Cut,
    row_continues,
    skip_spacing,
    until_shape_ends,
    with_cases,
)
from matrix_checks.derivations.reading.stream import TokenStream
from matrix_checks.derivations.reading.tex import ARROWS, RELATIONS, Mark, Token, Word, unmarked

# Statements in brackets inside of statements in brackets are read so deeply only.
DEEPEST_ASIDE = 5


def chains(tokens: list[Token], is_name: Callable[[str], bool]) -> list[Chain]:
    """The chains of a formula; see :func:`cut`."""
    return cut(tokens, is_name).chains


def cut(tokens: list[Token], is_name: Callable[[str], bool]) -> Cut:
    """A formula in pieces.

    Parameters
    ----------
    tokens
        From :func:`matrix_checks.derivations.reading.tex.tokenize`.
    is_name
        Whether a word of several letters belongs to a formula; any other is prose.
    """
    splitter = _Splitter(unwrapped(tokens), is_name)
    return Cut(splitter.chains(), splitter.separators)


class _Splitter:
    """Goes through a formula from token to token, and builds its chains."""

    def __init__(self, tokens: list[Token], is_name: Callable[[str], bool], depth: int = 0):
        self._stream, self._is_name, self._depth = TokenStream(tokens), is_name, depth
        self._tokens, self._groups = tokens, groups(tokens)
        self._found = [Chain()]
        self.separators: list[str] = []
        # The last expression of the derivation, which a row may go on from.
        self._last: list[Token] = []
        # The last statement of this row, which a condition may belong to; and the last condition, of which "otherwise" is the opposite.
        self._statement: Chain | None = None
        self._condition: Condition | None = None
        self._next_condition: Condition | None = None
        self._in_remark = self._has_statement = False

    def chains(self) -> list[Chain]:
        """All chains that say something."""
        while (token := self._stream.peek()) is not None:
            if isinstance(token, Word):
                self._stream.place += 1
                self._word(token)
            elif token in OPEN:
                self._bracket(token)
            else:
                self._stream.place += 1
                _READERS.get(token, _Splitter._keep)(self, token)
        self._end()
        return [chain for chain in self._found if any(chain.members) or chain.signs]

    @property
    def _chain(self) -> Chain:
        return self._found[-1]

    @property
    def _current(self) -> list[Token]:
        return self._chain.members[-1]

    def _end(self, by: str = "") -> None:
        """What follows is another chain."""
        chain = self._chain
        if chain.members != [[]] or chain.signs:
            self._finish(chain, by)
            self._found.append(Chain(is_remark=self._in_remark))
        self._chain.behind_arrow |= by in ARROWS
        self._chain.is_remark = self._in_remark

    def _finish(self, chain: Chain, by: str) -> None:
        """Say what a chain is, now that it is whole."""
        condition = index_condition(chain.members, chain.signs, self._is_name)
        if condition:
            chain.is_condition = True
            self._condition = condition
            if self._statement is not None and by not in ARROWS and by != ":":
                self._statement.condition = condition
                chain.condition = condition
            return
        if chain.signs and not is_declaration(chain.members, self._is_name):
            if self._next_condition and not chain.condition:
                chain.condition, self._next_condition = self._next_condition, None
            self._statement = chain
        ends = [member for member in chain.members if member]
        if ends and not chain.is_remark and (chain.signs or not self._has_statement):
            self._last = ends[-1]
            self._has_statement |= bool(chain.signs)

    def _keep(self, token: Token) -> None:
        if not self._chain.shape:
            self._current.append(token)

    def _bracket(self, token: str) -> None:
        """What stands in brackets is one piece, unless it is a statement of its own."""
        start = self._stream.place
        end = self._groups.end.get(start)
        if end is None:
            self._stream.place += 1
            if token != "\\{" or self._current:
                self._keep(token)
            return
        relates = start in self._groups.relations or self._tokens[start + 2 : start + 3] == ["\\ne"] and end == start + 4
        if token in ("(", "[") and relates and self._is_aside(start, end):
            self._aside(self._tokens[start + 1 : end])
        elif not self._chain.shape:
            self._current.extend(self._tokens[start : end + 1])
        self._stream.place = end + 1

    def _is_aside(self, start: int, end: int) -> bool:
        """Whether brackets with a relation in them are neither arguments of a function nor a factor."""
        before = self._tokens[start - 1] if start else ""
        after = self._tokens[end + 1] if end + 1 < len(self._tokens) else ""
        called = isinstance(before, Word) and self._current and self._current[-1] is before
        if self._depth >= DEEPEST_ASIDE or self._tokens[start] == "[" or called:
            return False
        letters = [
            token
            for token in self._tokens[max(start - 2, 0) : start]
            if isinstance(token, str) and len(token) == 1 and token.isalpha()
        ]
        if len(letters) == 2 and "." in self._tokens[max(start - 12, 0) : start]:
            return False
        return isinstance(after, Word) or after in ("", "\\\\", "&", "\\quad", ".", ",", ";", ":") or after in ARROWS

    def _aside(self, tokens: list[Token]) -> None:
        alone = self._chain.members == [[]]
        self._end()
        inner = _Splitter(tokens, self._is_name, self._depth + 1)
        inner._statement = self._statement
        found = inner.chains()
        for chain in found:
            chain.is_remark = chain.is_remark or not alone
        self.separators += inner.separators
        self._condition = inner._condition or self._condition
        if found and alone:
            self._last = inner._last or self._last
        self._found[-1:] = [*found, Chain(is_remark=self._in_remark)]

    def _word(self, word: Word) -> None:
        phrase = word.phrase or word.text
        if self._is_formula_word(word):
            self._keep(word)
        elif self._chain.signs and not self._current and not self._expression_follows():
            # The right side is a word: nobody can judge that, but it is said. With the point it is no name.
            self._keep(Word(f"{phrase}."))
        elif self._chain.signs and not self._current:
            return
        elif vocabulary.begins_condition(phrase):
            self._condition_follows()
        elif vocabulary.is_other_case(phrase):
            self._other_case()
        else:
            has_statement = bool(self._chain.signs) or self._statement is not None
            self._in_remark |= has_statement and not vocabulary.connects(phrase)
            self._end()

    def _is_formula_word(self, word: Word) -> bool:
        phrase = (word.phrase or word.text).replace("\\_", "_")
        if self._is_name(word.text):
            return True
        if not word.text or phrase != "".join(phrase.split()) or vocabulary.is_prose(phrase):
            return False
        if not re.fullmatch(r"[\w.]+", phrase):
            return False
        following = self._stream.peek()
        begins = not self._current and isinstance(following, str) and (following in RELATIONS or following in ("_", "^"))
        return word.upright or begins or following == "(" or "_" in phrase

    def _expression_follows(self) -> bool:
        following = self._stream.peek()
        return following is not None and not isinstance(following, Word) and following not in ENDS and following not in CLOSE

    def _condition_follows(self) -> None:
        """Words such as "if" stand before a condition; it belongs to the statement before it, or to the next one."""
        statement = self._chain if self._chain.signs else self._statement if not self._current else None
        self._end()
        inner = _Splitter(self._until_break(), self._is_name, self._depth + 1)
        found = inner.chains()
        pairs = [condition for chain in found if (condition := index_condition(chain.members, chain.signs, self._is_name))]
        restricts = any(chain.signs and not is_declaration(chain.members, self._is_name) for chain in found)
        condition = pairs[0] if len(pairs) == 1 and len(found) == 1 else OTHER if restricts or pairs else None
        for chain in found:
            chain.is_condition = bool(chain.signs) or chain.is_condition
            chain.is_remark = True
        self.separators += inner.separators
        self._found[-1:] = [*found, Chain(is_remark=self._in_remark)]
        if condition is None:
            return
        self._condition = condition
        if statement is not None:
            statement.condition = condition
        else:
            self._next_condition = condition
        for chain in found:
            chain.condition = condition

    def _other_case(self) -> None:
        """ "Otherwise": the value, or the statement, beside it belongs to the opposite of the last condition."""
        opposite = self._condition.opposite if self._condition else OTHER
        statement, chain = self._statement, self._chain
        if chain.signs:
            chain.condition = opposite
            self._end()
            return
        self._stream.take(":")
        value = list(chain.members[-1])
        if not value and not self._statement_follows():
            value = self._until_break()
        if value and statement is not None and statement.condition is not None:
            statement.members[-1] = with_cases(statement.members[-1], statement.condition, value)
            statement.condition = None if statement.condition.pair else OTHER
            self._found[-1] = Chain(is_remark=self._in_remark)
            return
        self._end()
        self._next_condition = opposite

    def _statement_follows(self) -> bool:
        """Whether a relation stands before the next break."""
        place = self._stream.place
        while place < len(self._tokens):
            token = self._tokens[place]
            if isinstance(token, Word) or token in ("\\\\", ";", ",", "&"):
                return False
            if token in RELATIONS:
                return True
            place = self._groups.end.get(place, place) + 1
        return False

    def _relation(self, sign: str) -> None:
        chain = self._chain
        if chain.shape:
            self._end()
            chain = self._chain
        if len(chain.members) > 1 and not chain.members[-1]:
            self.separators.append(chain.signs[-1])
            chain.signs[-1] = sign
            return
        if chain.members == [[]] and not chain.behind_arrow and self._last and not chain.is_remark:
            chain.members[0] = unmarked(self._last)
        chain.signs.append(sign)
        chain.members.append([])

    def _membership(self, sign: str) -> None:
        self._chain.shape = until_shape_ends(self._stream)
        self._end()

    def _comparison(self, sign: str) -> None:
        """A comparison is no equality: only that indices differ is a condition."""
        chain = self._chain
        if sign == "\\ne" and len(chain.members) == 1 and len(self._current) == 1:
            chain.signs.append(sign)
            chain.members.append([])
            following = self._stream.peek()
            self._keep(following) if following is not None else None
            if index_condition(chain.members, chain.signs, self._is_name) and self._ends_at(1):
                self._stream.place += 1
                return
            chain.signs.pop()
            chain.members.pop()
        self._end()

    def _ends_at(self, ahead: int) -> bool:
        token = self._stream.peek(ahead)
        return token is None or isinstance(token, Word) or (token in ENDS and token not in RELATIONS) or token in CLOSE

    def _exclamation(self, sign: str) -> None:
        if self._stream.peek() is not None:
            self._keep(sign)

    def _break(self, sign: str) -> None:
        self._end(sign)

    def _arrow(self, sign: str) -> None:
        self.separators.append(sign)
        self._end(sign)
        self._statement = None

    def _colon(self, sign: str) -> None:
        if self._chain.signs and self._current and self._current[-1] == ")" and self._stream.peek() == "(":
            # A product that is not read, between brackets of one side.
            self._keep(sign)
            return
        beside = bool(self._current) and self._stream.peek() is not None
        self._chain.beside_colon |= beside
        self._end(sign)
        self._chain.beside_colon |= beside

    def _point(self, sign: str) -> None:
        """A full stop, unless a digit follows or the point stands close between two things that are no statements."""
        following = self._stream.peek()
        close = isinstance(sign, Mark) and not sign.space_behind
        ends = following is None or isinstance(following, Word) or following in ENDS or following in CLOSE
        if (
            isinstance(following, str)
            and following[:1].isdecimal()
            or close
            and self._current
            and not ends
            or close
            and isinstance(following, Word)
            and self._current
            and self._stream.peek(1) == "("
        ):
            self._keep(sign)
        else:
            self._end()

    def _gap(self, sign: str) -> None:
        goes_on = self._current and self._current[-1] in GOES_ON
        if not goes_on and (self._current or len(self._chain.members) == 1):
            self._end() if not self._relation_follows() else None

    def _relation_follows(self) -> bool:
        ahead = 0
        while ahead < MOST_GAPS and self._stream.peek(ahead) in ("&", "\\quad"):
            ahead += 1
        following = self._stream.peek(ahead)
        return isinstance(following, str) and following in RELATIONS

    def _cell(self, sign: str) -> None:
        gaps = 0
        while self._stream.take_any(("&", "\\quad")):
            gaps += 1
        following = self._stream.peek()
        inside = self._stream.peek(1) if following in ("(", "[") else following
        if isinstance(inside, Word) and not self._is_name(inside.text) and not self._chain_waits():
            phrase = inside.phrase or inside.text
            if not vocabulary.begins_condition(phrase) and not vocabulary.is_other_case(phrase):
                self._in_remark = not vocabulary.connects(phrase) or following != inside
            elif self._chain.signs:
                return
            self._end()
        elif (gaps and self._current) or (not gaps and self._begins_column()):
            self._end() if not self._relation_follows() else None

    def _begins_column(self) -> bool:
        """Whether another equality begins, with its own mark of alignment, in the same row: ``a &= b & c &= d``."""
        if len(self._chain.members) < 2 or not self._current or self._current[-1] in GOES_ON:
            return False
        if self._stream.peek() in GOES_ON | ENDS:
            return False
        ahead = 0
        while (token := self._stream.peek(ahead)) is not None and token != "\\\\" and token not in RELATIONS:
            if token == "&":
                return self._stream.peek(ahead + 1) in RELATIONS
            ahead += 1
        return False

    def _chain_waits(self) -> bool:
        """Whether a sign has no right side yet."""
        return bool(self._chain.signs) and not self._current

    def _row(self, sign: str) -> None:
        skip_spacing(self._stream)
        waits = self._chain_waits() or (self._current and self._current[-1] in GOES_ON)
        if self._in_remark or not (waits or (row_continues(self._stream) and self._current)):
            self._in_remark = False
            self._end()
        if not row_continues(self._stream):
            self._statement = None

    def _until_break(self) -> list[Token]:
        """Read as far as prose, a gap, the end of a cell or the end of a sentence."""
        start = self._stream.place
        while (token := self._stream.peek()) is not None:
            if isinstance(token, Word) or token in ("\\\\", "&", ";", ",", ":", "\\quad") or token in ARROWS:
                break
            if token == "." and not str(self._stream.peek(1) or "")[:1].isdecimal():
                break
            self._stream.place = self._groups.end.get(self._stream.place, self._stream.place) + 1
        return self._tokens[start : self._stream.place]


# What each sign outside of brackets does; any other belongs to an expression.
_READERS: dict[str, Callable[[_Splitter, str], None]] = {
    **dict.fromkeys(RELATIONS, _Splitter._relation),
    **dict.fromkeys(COMPARISONS, _Splitter._comparison),
    **dict.fromkeys(BREAKS, _Splitter._break),
    **dict.fromkeys(ARROWS, _Splitter._arrow),
    "\\in": _Splitter._membership,
    "!": _Splitter._exclamation,
    ":": _Splitter._colon,
    ".": _Splitter._point,
    "\\quad": _Splitter._gap,
    "&": _Splitter._cell,
    "\\\\": _Splitter._row,
}
