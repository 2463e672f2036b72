"""A text, read from the beginning to the end."""

from contextlib import suppress

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.given_values import names_gradient
from matrix_checks.derivations.deciding.case_of_numbers import paragraphs
from matrix_checks.derivations.deciding.one_object import hear_of_objects
from matrix_checks.derivations.equality.verdicts import HOLDS, NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.answers import Answers
from matrix_checks.derivations.judging.assumptions import Assumptions, case_of
from matrix_checks.derivations.judging.chain_reader import MAXIMAL_RELATIONS, TOO_DEEP, ChainReader
from matrix_checks.derivations.judging.learning import learn
from matrix_checks.derivations.judging.ledger import Ledger, Pending
from matrix_checks.derivations.judging.lone_answers import called_answers
from matrix_checks.derivations.judging.plain_steps import PlainSteps
from matrix_checks.derivations.judging.relations import Relations
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.ways import Ways
from matrix_checks.derivations.letters.jacobians_called import called_jacobians
from matrix_checks.derivations.letters.running_statistics import hold_statistics, modes_in, modes_said
from matrix_checks.derivations.prose import prose, words
from matrix_checks.derivations.prose.prose import NOTHING_BEFORE, Before
from matrix_checks.derivations.prose.rendering import rendering_notes
from matrix_checks.derivations.prose.surroundings import Names, Surroundings, held_in_paragraphs
from matrix_checks.derivations.prose.visible import HIDDEN, visible
from matrix_checks.derivations.prose.words_behind import Behind, behind, is_zero_behind
from matrix_checks.derivations.reading import account
from matrix_checks.derivations.reading.conditions import Condition, Stance, stances
from matrix_checks.derivations.reading.formulas import Chain, Cut, Piece, cut, prose_at, read_pieces
from matrix_checks.derivations.reading.lines_in_code import gives_numbers, lines_in_code
from matrix_checks.derivations.reading.tex import MAXIMAL_LENGTH, NotUnderstood, Token, Word, unmarked
from matrix_checks.derivations.values.exercise import Exercise

TOO_MANY = f"Only the first {MAXIMAL_RELATIONS} equalities were read."
# Of formulas and of what stands between them: no write-up that we know has 700.
MAXIMAL_PIECES = 4000
TOO_MANY_PIECES = f"Only the first {MAXIMAL_PIECES // 2} formulas were read."


class Reader:
    """Reads one write-up.

    Parameters
    ----------
    exercise
        What it is about.
    forgiving
        Whether a mistake of the reader itself in one equality loses that equality only; otherwise it raises.
    explains, asks
        Whether false steps get reasons, and whether answers are looked for.
    """

    def __init__(self, exercise: Exercise, forgiving: bool = False, explains: bool = True, asks: bool = True):
        self.context, self._macros = Context(exercise), dict(exercise.macros)
        self._exercise, self._forgiving = exercise, forgiving
        self.surroundings = Surroundings()
        self.assumptions = Assumptions(self.context)
        self.answers, ways = Answers(exercise, self.context, asks), Ways(exercise.ways)
        self.report = Report(answers=self.answers.found, differentials=self.answers.differentials, ways=ways.found)
        self.ledger = Ledger(self.report)
        self.relations = Relations(self.context, self.surroundings, explains)
        self.chains = ChainReader(self.context, self.assumptions, self.relations, self.ledger, self.answers, ways, forgiving)
        self._plain = PlainSteps(self.context, self.surroundings, self.relations, self.ledger, self.chains)
        # The expression that was the whole of the formula before.
        self._alone: list[Token] = []

    def read(self, markdown: str) -> Report:
        """Read a text, and judge every equality in it."""
        seen, written = visible(markdown), markdown
        markdown, self.report.has_picture = seen.text, seen.has_picture
        if seen.hides:
            self._leave_out(HIDDEN)
        if len(markdown) > 20 * MAXIMAL_LENGTH:
            self._leave_out("The text is too long to be read.")
            return self.report
        everything = read_pieces(markdown, self._macros).pieces
        found = everything[:MAXIMAL_PIECES]
        if len(everything) > MAXIMAL_PIECES:
            self._leave_out(TOO_MANY_PIECES)
        self.report.notes += rendering_notes(markdown, found)
        self.context.survey(piece.source for piece in found if piece.kind != "prose")
        self.context.keep_views_of(" ".join(piece.source for piece in found))
        try:
            called = called_jacobians(self.context, found)
            code = lines_in_code(written, found)
            self.context.memory.has_numbers_in_code = gives_numbers(written)
            learn(self.context, self.answers, [*code, *self._plain.with_lines(found)])
            self.chains.called = called
            self._learn_of_code(code)
            self._pieces(found)
        finally:
            self.ledger.close(everything)
            self.context.forget()
            self.relations.begin_chain()
        return self.report

    def _learn_of_code(self, lines: list[Piece]) -> None:
        """Learn what lines of code say that is true, as of formulas; nothing is noted of them."""
        context, aside = self.context, Ledger(Report())
        answers = Answers(self._exercise, context)
        chains = ChainReader(context, self.assumptions, self.relations, aside, answers, Ways(()), self._forgiving)
        for line in lines:
            with suppress(NotUnderstood):
                for chain in cut(context.tokens(line.source), context.is_name).chains:
                    chains.read(chain, line, NOTHING_BEFORE, False, False, Stance())

    def _leave_out(self, why: str) -> None:
        """Note that something is not read: then the whole is never complete."""
        self.report.notes.append(why)
        self.report.is_whole = False

    def _pieces(self, found: list[Piece]) -> None:
        before, held, fixed = NOTHING_BEFORE, held_in_paragraphs(found), modes_in(self.context, found)
        heard, modes, answers = paragraphs(found), modes_said(self.context, found), called_answers(found)
        for place, (piece, stance) in enumerate(zip(found, stances(found, self.context.notation.usual))):
            self.context.memory.place = place
            hear_of_objects(self.context.memory, piece)
            if piece.kind == "prose":
                before = Before(piece.source)
                self._plain.read(piece, is_behind=place > 0, is_before=place + 1 < len(found))
                self.assumptions.hear(before)
                self.surroundings.hear(piece.source)
                self.chains.scopes.hear(self.context, piece.source)
                continue
            self.surroundings.zero_behind, self.surroundings.fixes_statistics = is_zero_behind(found, place), fixed[place]
            hold_statistics(self.context, fixed[place])
            self.surroundings.paragraph, self.surroundings.words_behind = heard[place], prose_at(found, place + 1)
            self.chains.scopes.mode = modes[place]
            self.chains.scopes.hear_formula(self.context, piece.source)
            self._formula_in_its_scope(piece, before, stance, behind(found, place), held[place])
            if self.chains.full:
                self._leave_out(TOO_MANY)
                return
            if self._alone and place in answers:
                self.chains.answer_alone(self._alone, answers[place])
            if piece.kind == "display":
                self.assumptions.end_display()
            before = NOTHING_BEFORE
        self._flush()

    def _flush(self) -> None:
        """Nothing goes on with the chain that ended in a sign."""
        if self.chains.pending:
            self.ledger.hanging(self.chains.pending)
            self.chains.pending = None

    def _formula_in_its_scope(self, piece: Piece, before: Before, stance: Stance, reach: Behind, held: Names) -> None:
        """A formula, with what the words beside it say of it alone."""
        context, around, assumptions = self.context, self.surroundings, self.assumptions
        outer = context.case, assumptions.assumed, context.sizes
        hypothetical = set(around.hypothetical)
        around.begin_formula(piece.source, held, piece.kind == "inline", names_gradient(context, piece.source))
        assumptions.assume(Condition(reach.compared) if reach.compared else assumptions.condition_of(stance))
        is_said_behind = reach.compared is not None or reach.same is not None
        if is_said_behind:
            assumptions.unnamed = reach.same
        around.conditioned = (
            reach.is_assumed
            or (stance.opposite and not assumptions.has_case)
            or (stance.condition is not None and stance.condition.pair is None)
        )
        if reach.size:
            context.sizes = {**context.sizes, reach.size[0]: reach.size[1]}
            context.memory.fixes_sizes = True
        around.hypothetical |= reach.letters
        around.pending |= reach.supposes
        around.line_by_line, around.qualified = reach.line_by_line, reach.qualified
        denied, around.denied = around.denied, around.denied or reach.denied
        self._formula(piece, before, stance)
        if stance.is_compared:
            assumptions.go_on_beside(outer[0])
        elif stance.condition or stance.opposite or stance.belongs_before or is_said_behind:
            assumptions.leave(outer[0], goes_on=stance.opposite and not stance.condition)
            context.case, assumptions.assumed, context.sizes = outer
        elif reach.size:
            context.sizes = outer[2]
        around.denied = denied
        if reach.letters:
            around.hypothetical = hypothetical
        assumptions.end_formula(piece.source)
        around.end_formula(piece.source)

    def _formula(self, piece: Piece, before: Before, stance: Stance) -> None:
        self.ledger.begin()
        try:
            tokens = self.context.tokens(piece.source)
            found = cut(tokens, self.context.is_name)
        except NotUnderstood as error:
            self._flush()
            self.ledger.unreadable(piece, str(error))
            self._end(None)
            return
        self.relations.concluding = False
        if self._alone and (not any(map(str.isalpha, before.prose)) or self._is_said_of_it(found.chains, before)):
            self.chains.last, self.chains.is_near = self._alone, True
        if found.chains and found.chains[0].signs and not found.chains[0].members[0] and not self.chains.pending:
            self._take_left_side(found.chains[0], before)
        if found.chains and not self._goes_on(found.chains[0], before):
            self._flush()
            self.ledger.begin()
        concludes = prose.concludes(piece.source)
        for place, chain in enumerate(found.chains):
            if self.chains.full:
                return
            hypothesis = self.surroundings.conditioned or (self.surroundings.pending and place == 0)
            self._under_condition(chain, piece, before, concludes, hypothesis, stance)
        self._end(found)
        self.ledger.finish(piece, tokens, found, self.chains.pending)

    def _is_said_of_it(self, chains: list[Chain], before: Before) -> bool:
        """Whether a formula that begins with its sign is true of the expression alone before it: "$a + b$, which is $= b + a$"."""
        first = chains[0] if chains else None
        if first is None or first.signs[:1] != ["="] or first.members[0] or words.SENTENCE_END.search(before.prose):
            return False
        left, right = self._parsed(self._alone), self._parsed(first.members[1])
        return left is not None and right is not None and self.relations.verdict(left, right) == HOLDS

    def _take_left_side(self, chain: Chain, before: Before) -> None:
        """Where a formula begins with its sign, a name that ends the prose before is its left side; other words leave it open."""
        word = before.last_word
        if word and self.context.is_name(word) and len(word) > 1:
            chain.members[0] = [Word(word, upright=True)]
        elif word or words.RETRACTS.search(before.prose):
            self.chains.is_near = False

    def _end(self, found: Cut | None) -> None:
        """Keep what a later formula may go on from."""
        end = _end_of(found.chains) if found else []
        self.chains.last, self.chains.is_near = end or self.chains.last, bool(end)
        alone = found is not None and len(found.chains) == 1 and not found.chains[0].signs
        self._alone = found.chains[0].members[0] if found and alone else []

    def _goes_on(self, first: Chain, before: Before) -> bool:
        """Whether a formula goes on with the chain that ended in a sign; then the chain is joined with it."""
        pending = self.chains.pending
        if not pending:
            return True
        if first.signs and not first.members[0]:
            self.ledger.separator(pending.sign, pending.piece)
            first.members[0] = unmarked(pending.left)
        elif first.is_condition or (any(map(str.isalpha, before.prose)) and not self._follows(pending, first)):
            return False
        else:
            first.members.insert(0, unmarked(pending.left))
            first.signs.insert(0, pending.sign)
            self.chains.joined = pending.piece
        self.chains.pending = None
        return True

    def _follows(self, pending: Pending, first: Chain) -> bool:
        """Whether a formula behind a remark is surely what a chain is waiting for, as "split the fraction" says: it has the same value."""
        left, right = self._parsed(unmarked(pending.left)), self._parsed(first.members[0])
        is_equal = left is not None and right is not None and self.relations.verdict(left, right) == HOLDS
        return pending.sign == "=" and is_equal

    def _parsed(self, tokens: list[Token]) -> Node | None:
        try:
            return self.context.parse(tokens)
        except (NotUnderstood, RecursionError):
            return None

    def _under_condition(
        self, chain: Chain, piece: Piece, before: Before, concludes: bool, hypothesis: bool, stance: Stance
    ) -> None:
        """Judge a chain under the condition beside it, or keep the condition that it is."""
        outer = self.context.case, self.assumptions.assumed
        if chain.is_condition and chain.condition and not chain.condition.pair:
            # A condition that is no index condition, as the formula itself says.
            self.chains.read(chain, piece, before, False, hypothesis, Stance(is_condition=True))
            return
        self.assumptions.assume(chain.condition)
        case = case_of(chain) if chain.is_condition else None
        if case:
            self.assumptions.set_case(case)
            self.ledger.state(chain, piece, account.CONDITION)
        else:
            try:
                self.chains.read(chain, piece, before, concludes, hypothesis, stance)
            except RecursionError:
                for place, sign in enumerate(chain.signs):
                    finding = Finding(NOT_UNDERSTOOD, TOO_DEEP)
                    self.ledger.step(chain.members[place], sign, chain.members[place + 1], finding, piece)
            self.assumptions.use(bool(chain.signs))
        if chain.condition:
            self.context.case, self.assumptions.assumed = outer


def _end_of(chains: list[Chain]) -> list[Token]:
    """The expression that a later formula may go on from."""
    for chain in reversed(chains):
        if chain.signs and not chain.is_remark and not chain.is_condition:
            return next((member for member in reversed(chain.members) if member), [])
    return []
