"""Equations in plain prose, judged as they stand: they hold, or claim nothing, or are left to a person; none is called false.

Where one begins and ends is a guess. So nothing is learned from them, either.
"""

from dataclasses import replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.trivial import is_trivial
from matrix_checks.derivations.equality.verdicts import HOLDS, NOT_UNDERSTOOD, STATED, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging.chain_reader import MAXIMAL_RELATIONS, ChainReader
from matrix_checks.derivations.judging.ledger import Ledger
from matrix_checks.derivations.judging.relations import Relations
from matrix_checks.derivations.names.shape_statements import about_shapes
from matrix_checks.derivations.prose.prose import Before
from matrix_checks.derivations.prose.surroundings import Surroundings
from matrix_checks.derivations.reading import account
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Chain, Piece, cut
from matrix_checks.derivations.reading.plain_equations import PlainEquation, plain_equations
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word

# In one piece of prose.
MOST_EQUATIONS = 200
IN_PROSE = "an equation in plain words is judged by a person"
REDEFINED = "the text gives {} another meaning"
DERIVES = frozenset(("\\partial", "\\nabla", "∂", "∇"))
STATES = Finding(STATED, earns=False)
UNCLEAR = Finding(NOT_UNDERSTOOD, "it is not clear where an equation in plain words ends")
Member = kinds.Node | str


def _is_line(prose: str, equation: PlainEquation) -> bool:
    """Whether an equation is a whole line."""
    before, behind = prose[: equation.start].rpartition("\n")[2], prose[equation.end :].partition("\n")[0]
    return not before.strip(" \t>*-") and not behind.strip(" \t.,;*")


class PlainSteps:
    """Notes the equations of prose.

    Parameters
    ----------
    context, surroundings, relations
        What the text said so far, and what judges one relation.
    ledger, chains
        What is told of each step.
    """

    def __init__(self, context: Context, surroundings: Surroundings, relations: Relations, ledger: Ledger, chains: ChainReader):
        self._context, self._surroundings, self._relations = context, surroundings, relations
        self._ledger, self._chains = ledger, chains

    def read(self, prose: Piece, is_behind: bool, is_before: bool) -> None:
        """Note each equation of a piece of prose, which may stand behind a formula, and before one: neither goes on in it."""
        for equation in plain_equations(prose.source, self._is_name)[:MOST_EQUATIONS]:
            begins = is_behind and not prose.source[: equation.start].strip(" ")
            goes_on = is_before and not prose.source[equation.end :].strip(" ")
            if not begins and not goes_on and len(self._ledger.report.steps) < MAXIMAL_RELATIONS:
                self._equation(prose, equation)

    def with_lines(self, found: list[Piece]) -> list[Piece]:
        """The pieces of a text, with equations that are whole lines of its prose as formulas: what they say of letters counts as in these."""
        pieces: list[Piece] = []
        for piece in found:
            place = 0
            for equation in plain_equations(piece.source, self._is_name)[:MOST_EQUATIONS] if piece.kind == "prose" else ():
                if not _is_line(piece.source, equation):
                    continue
                begin, written = piece.inside + equation.start, equation.in_tex()
                pieces.append(Piece(piece.source[place : equation.start], "prose", piece.start + place, piece.inside + place))
                pieces.append(Piece(written.text, "inline", begin, begin, written))
                place = equation.end
            pieces.append(
                replace(piece, source=piece.source[place:], start=piece.start + place, inside=piece.inside + place)
                if place
                else piece
            )
        return pieces

    def _is_name(self, word: str) -> bool:
        """Whether a word is a name, a function, or letters of the exercise side by side, behind a ``d`` or not."""
        letters = word[1:] if word[0] in "d∂" and len(word) > 1 else word
        return self._context.is_name(word) or self._context.is_name(letters) or self._context.known.issuperset(letters)

    def _equation(self, prose: Piece, equation: PlainEquation) -> None:
        place = prose.inside + equation.start
        written = equation.in_tex()
        piece = Piece(written.text, "inline", place, place, written)
        try:
            chains = cut(self._context.tokens(piece.source), self._context.is_name).chains
        except NotUnderstood:
            return
        before, context = Before(prose.source[: equation.start]), self._context
        outer = context.case, context.sizes
        if before.ends_paragraph:
            context.case, context.sizes = None, context.sizes_throughout
        context.case = before.case or context.case
        for chain in chains[:1]:
            if chain.signs and all(chain.members):
                self._chain(chain, piece, before, equation.is_cut)
        context.case, context.sizes = outer

    def _chain(self, chain: Chain, piece: Piece, before: Before, is_cut: bool) -> None:
        context = self._context
        members = [self._without_words(chain.members[0], before), *chain.members[1:]]
        if [len(member) for member in members] == [1, 1] and str(members[1][0]).isdecimal():
            # The size of an example, which is heard elsewhere.
            return
        if self._claims_nothing(members):
            self._ledger.state(chain, piece, account.DECLARATION)
            return
        nodes = [self._member(tokens) for tokens in members]
        if not any(self._is_known(tokens) or not DERIVES.isdisjoint(map(str, tokens)) for tokens in members):
            # Whatever it is, it does not speak of the exercise, nor of any derivative.
            return
        if self._is_heard(nodes, before):
            return
        self._relations.begin_chain()
        findings = [UNCLEAR if is_cut else self._found(left, right, before) for left, right in zip(nodes, nodes[1:])]
        for place, (sign, finding) in enumerate(zip(chain.signs, findings)):
            self._ledger.step(members[place], sign, members[place + 1], finding, piece)
        if all(finding.verdict == HOLDS for finding in findings):
            self._chains.answer(nodes, findings)
        context.added.clear()

    def _without_words(self, tokens: list[Token], before: Before) -> list[Token]:
        """A left side without a word of one letter before it, as in "a matrix" and "I get", that is no name."""
        first, second = (*tokens, None, None)[:2]
        is_operand = isinstance(second, Word) or (second is not None and (second.isalnum() or second[:1] == "\\"))
        is_word = first in ("a", "A", "I") and first not in self._context.known
        return tokens[1:] if is_word and is_operand else tokens

    def _is_heard(self, nodes: list[Member], before: Before) -> bool:
        """Whether it gives a meaning or a number to a name, as "let z = Ac" and "N = 3": that is no step, and is heard elsewhere."""
        left, right = nodes[:2]
        if len(nodes) > 2 or not isinstance(left, kinds.Name):
            return False
        is_own = left.text in self._context.own or left.text not in self._context.known
        return isinstance(right, kinds.Number) or (before.introduces and is_own)

    def _claims_nothing(self, members: list[list[Token]]) -> bool:
        """Whether it speaks of shapes, of sizes or of indices, or gives a value to a letter."""
        letters = self._context.views[0].letters
        if about_shapes(members, letters, self._context.arrays):
            return True
        words = [str(member[0]) if len(member) == 1 else "" for member in members]
        return bool(words[0]) and all(word in INDEX_LETTERS.union(letters) or word[:1].isdecimal() for word in words)

    def _is_known(self, tokens: list[Token]) -> bool:
        known = self._context.known
        return any((token.text if isinstance(token, Word) else token) in known for token in tokens)

    def _member(self, tokens: list[Token]) -> Member:
        try:
            return self._context.parse(tokens)
        except NotUnderstood as error:
            return str(error)
        except RecursionError:
            return IN_PROSE

    def _found(self, left: Member, right: Member, before: Before) -> Finding:
        """What is found about one equality."""
        if isinstance(left, str) or isinstance(right, str):
            return Finding(NOT_UNDERSTOOD, left if isinstance(left, str) else str(right))
        finding = self._relations.in_passing(left, right)
        redefined = self._surroundings.redefined & (left.names | right.names)
        if finding.verdict == HOLDS:
            if redefined:
                return Finding(NOT_UNDERSTOOD, REDEFINED.format(min(redefined)))
            return Finding(HOLDS, earns=not is_trivial(left, right))
        named = isinstance(left, kinds.Name) and left.text not in self._context.known
        return STATES if named or before.sets_condition else Finding(NOT_UNDERSTOOD, finding.reason or IN_PROSE)
