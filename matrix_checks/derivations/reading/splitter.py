"""Going through a formula from token to token: what is in brackets, which words are conditions, and the chains that come out."""

import re
from collections.abc import Callable, Mapping

from matrix_checks.derivations.reading import vocabulary
from matrix_checks.derivations.reading.conditions import OTHER, Condition, index_condition, is_declaration
from matrix_checks.derivations.reading.groups import CLOSE, OPEN, groups
from matrix_checks.derivations.reading.indicators import indicator_of
from matrix_checks.derivations.reading.operations_in_words import is_operation, is_said_of, operation_before, operation_between
from matrix_checks.derivations.reading.statements import (
    ENDS,
    Chain,
    with_cases,
)
from matrix_checks.derivations.reading.stream import TokenStream
from matrix_checks.derivations.reading.tex import ARROWS, RELATIONS, Token, Word

# Statements in brackets inside of statements in brackets are read so deeply only.
DEEPEST_ASIDE = 5


class Splitter:
    """Goes through a formula from token to token, and builds its chains."""

    def __init__(self, tokens: list[Token], is_name: Callable[[str], bool], readers: "Readers", depth: int = 0):
        self.stream, self.is_name, self._depth = TokenStream(tokens), is_name, depth
        self._readers = readers
        self._tokens, self._groups = tokens, groups(tokens)
        self._found = [Chain()]
        self.separators: list[str] = []
        # The last expression of the derivation, which a row may go on from.
        self.last: list[Token] = []
        # The last statement of this row, which a condition may belong to; and the last condition, of which "otherwise" is the opposite.
        self.statement: Chain | None = None
        self._condition: Condition | None = None
        self._next_condition: Condition | None = None
        self.in_remark = self._has_statement = False

    def chains(self) -> list[Chain]:
        """All chains that say something."""
        while (token := self.stream.peek()) is not None:
            if isinstance(token, Word):
                self.stream.place += 1
                self._word(token)
            elif token in OPEN:
                self._bracket(token)
            else:
                self.stream.place += 1
                self._readers.get(token, Splitter.keep)(self, token)
        self.end()
        return [chain for chain in self._found if any(chain.members) or chain.signs]

    @property
    def chain(self) -> Chain:
        return self._found[-1]

    @property
    def current(self) -> list[Token]:
        return self.chain.members[-1]

    def end(self, by: str = "") -> None:
        """What follows is another chain."""
        chain = self.chain
        if chain.members != [[]] or chain.signs:
            self._finish(chain, by)
            self._found.append(Chain(is_remark=self.in_remark))
        self.chain.behind_arrow |= by in ARROWS
        self.chain.is_remark = self.in_remark

    def _finish(self, chain: Chain, by: str) -> None:
        """Say what a chain is, now that it is whole."""
        condition = index_condition(chain.members, chain.signs, self.is_name)
        if condition:
            chain.is_condition = True
            self._condition = condition
            if self.statement is not None and by not in ARROWS and by != ":":
                self.statement.condition = condition
                chain.condition = condition
            return
        if chain.signs and not is_declaration(chain.members, self.is_name):
            if self._next_condition and not chain.condition:
                chain.condition, self._next_condition = self._next_condition, None
            self.statement = chain
        ends = [member for member in chain.members if member]
        if ends and not chain.is_remark and (chain.signs or not self._has_statement):
            self.last = ends[-1]
            self._has_statement |= bool(chain.signs)

    def keep(self, token: Token) -> None:
        if not self.chain.shape:
            self.current.append(token)

    def _bracket(self, token: str) -> None:
        """What stands in brackets is one piece, unless it is a statement of its own."""
        start = self.stream.place
        end = self._groups.end.get(start)
        if end is None:
            self.stream.place += 1
            if token != "\\{" or self.current:
                self.keep(token)
            return
        relates = start in self._groups.relations or self._tokens[start + 2 : start + 3] == ["\\ne"] and end == start + 4
        if token in ("(", "[") and relates and self._is_aside(start, end):
            self._aside(self._tokens[start + 1 : end], is_label=self._tokens[end + 1 : end + 2] == [":"])
        elif not self.chain.shape:
            self.current.extend(self._tokens[start : end + 1])
        self.stream.place = end + 1

    def _is_aside(self, start: int, end: int) -> bool:
        """Whether brackets with a relation in them are neither arguments of a function nor a factor."""
        before = self._tokens[start - 1] if start else ""
        after = self._tokens[end + 1] if end + 1 < len(self._tokens) else ""
        called = isinstance(before, Word) and self.current and self.current[-1] is before
        # Square brackets behind a gap are a remark: before anything else they are the argument of an operator, or an interval.
        is_square = self._tokens[start] == "["
        is_indicator = before == "\\ones" and indicator_of(self._tokens[start + 1 : end]) is not None
        if (
            self._depth >= DEEPEST_ASIDE
            or called
            or is_indicator
            or (is_square and (before != "\\quad" or self.chain.members != [[]]))
        ):
            return False
        letters = [
            token
            for token in self._tokens[max(start - 2, 0) : start]
            if isinstance(token, str) and len(token) == 1 and token.isalpha()
        ]
        if len(letters) == 2 and "." in self._tokens[max(start - 12, 0) : start]:
            return False
        return isinstance(after, Word) or after in ("", "\\\\", "&", "\\quad", ".", ",", ";", ":") or after in ARROWS

    def _aside(self, tokens: list[Token], is_label: bool) -> None:
        alone = self.chain.members == [[]]
        self.end()
        inner = Splitter(tokens, self.is_name, self._readers, self._depth + 1)
        # With a colon behind it, a condition is that of what follows.
        inner.statement = None if is_label else self.statement
        found = inner.chains()
        self._next_condition = inner._condition if is_label else self._next_condition
        for chain in found:
            chain.is_remark = chain.is_remark or not alone
        self.separators += inner.separators
        self._condition = inner._condition or self._condition
        if found and alone:
            self.last = inner.last or self.last
        self._found[-1:] = [*found, Chain(is_remark=self.in_remark)]

    def _word(self, word: Word) -> None:
        phrase = word.phrase or word.text
        if self._is_formula_word(word):
            self.keep(word)
        elif self.chain.signs and not self.current and not self._expression_follows():
            # The right side is a word: nobody can judge that, but it is said. With the point it is no name.
            self.keep(Word(f"{phrase}."))
        elif self.chain.signs and not self.current and (operation := operation_before(phrase)):
            for token in operation:
                self.keep(token)
        elif self.current and self._expression_follows() and (sign := operation_between(phrase)):
            self.keep(sign)
        elif self.chain.signs and not self.current:
            following = self.stream.peek()
            self._note_words(phrase)
            if (
                following == "+"
                or word.upright
                or is_operation(phrase)
                or not (vocabulary.is_prose(phrase) or vocabulary.connects(phrase) or " " in phrase.strip())
            ):
                # An unknown operator is never dropped.
                self.keep(Word(f"{phrase}."))
            return
        elif self._expression_follows() and is_said_of(phrase):
            # What is said of the expression behind it is not said of that itself: "number of rows of".
            self.keep(Word(f"{phrase}."))
        elif vocabulary.begins_condition(phrase):
            self._condition_follows(vocabulary.denies_condition(phrase))
        elif vocabulary.is_other_case(phrase):
            self._other_case()
        else:
            self._note_words(phrase)
            has_statement = bool(self.chain.signs) or self.statement is not None
            self.in_remark |= has_statement and not vocabulary.connects(phrase)
            self.end()
            if self.stream.peek() in RELATIONS and not vocabulary.only_connects(phrase):
                # They may be the left side.
                self.chain.beside_words.add(0)

    def _note_words(self, phrase: str) -> None:
        """Words with a sign behind them may stand for a term, unless they connect statements."""
        if self.stream.peek() in ("+", "-") and self.chain.signs and not vocabulary.connects(phrase):
            self.chain.beside_words.add(len(self.chain.members) - 1)

    def _is_formula_word(self, word: Word) -> bool:
        phrase = (word.phrase or word.text).replace("\\_", "_")
        if self.is_name(word.text):
            return True
        # The dA of a program is no word of a language that has one like it.
        is_prose = vocabulary.is_prose(phrase) and (phrase.islower() or phrase.istitle() or phrase.isupper())
        if not word.text or phrase != "".join(phrase.split()) or is_prose:
            return False
        if not re.fullmatch(r"[\w.]+", phrase):
            return False
        following = self.stream.peek()
        begins = not self.current and isinstance(following, str) and (following in RELATIONS or following in ("_", "^"))
        return word.upright or begins or following in ("(", "_", "^") or "_" in phrase

    def _expression_follows(self) -> bool:
        following = self.stream.peek()
        return following is not None and not isinstance(following, Word) and following not in ENDS and following not in CLOSE

    def _condition_follows(self, is_denied: bool) -> None:
        """Words such as "if", or "unless", stand before a condition; it belongs to the statement before it, or to the next one."""
        statement = self.chain if self.chain.signs else self.statement if not self.current else None
        self.end()
        inner = Splitter(self._until_break(), self.is_name, self._readers, self._depth + 1)
        if self.stream.peek() == ":":
            statement = None
        found = inner.chains()
        pairs = [condition for chain in found if (condition := index_condition(chain.members, chain.signs, self.is_name))]
        restricts = any(chain.signs and not is_declaration(chain.members, self.is_name) for chain in found)
        condition = pairs[0] if len(pairs) == 1 and len(found) == 1 else OTHER if restricts or pairs else None
        if condition is not None and is_denied:
            condition = condition.opposite
        for chain in found:
            chain.is_condition = bool(chain.signs) or chain.is_condition
            chain.is_remark = True
        self.separators += inner.separators
        self._found[-1:] = [*found, Chain(is_remark=self.in_remark)]
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
        statement, chain = self.statement, self.chain
        if chain.signs:
            chain.condition = opposite
            self.end()
            return
        self.stream.take(":")
        value = list(chain.members[-1])
        if not value and not self._statement_follows():
            value = self._until_break()
        if value and statement is not None and statement.condition is not None:
            statement.members[-1] = with_cases(statement.members[-1], statement.condition, value)
            statement.condition = None if statement.condition.pair else OTHER
            self._found[-1] = Chain(is_remark=self.in_remark)
            return
        self.end()
        self._next_condition = opposite

    def _statement_follows(self) -> bool:
        """Whether a relation stands before the next break."""
        place = self.stream.place
        while place < len(self._tokens):
            token = self._tokens[place]
            if isinstance(token, Word) or token in ("\\\\", ";", ",", "&"):
                return False
            if token in RELATIONS:
                return True
            place = self._groups.end.get(place, place) + 1
        return False

    def _until_break(self) -> list[Token]:
        """Read as far as prose, a gap, the end of a cell or the end of a sentence."""
        start = self.stream.place
        while (token := self.stream.peek()) is not None:
            if isinstance(token, Word) or token in ("\\\\", "&", ";", ",", ":", "\\quad") or token in ARROWS:
                break
            if token == "." and not str(self.stream.peek(1) or "")[:1].isdecimal():
                break
            self.stream.place = self._groups.end.get(self.stream.place, self.stream.place) + 1
        return self._tokens[start : self.stream.place]


Readers = Mapping[str, Callable[[Splitter, str], None]]
