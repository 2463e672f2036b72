"""A whole write-up, read from the beginning to the end."""

from decimal import localcontext

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging import prose
from matrix_checks.derivations.judging.answers import Answers, questions_of
from matrix_checks.derivations.judging.claims import Place
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.introductions import Member, declare, note_steps
from matrix_checks.derivations.judging.operators import with_operators
from matrix_checks.derivations.judging.prose import NOTHING_BEFORE, Before, Case
from matrix_checks.derivations.judging.relations import INDEX_LETTERS, Around, Relations
from matrix_checks.derivations.judging.report import Report, Step
from matrix_checks.derivations.judging.surroundings import (
    NOTHING_BEHIND,
    Behind,
    Names,
    Surroundings,
    behind,
    held_in_paragraphs,
    is_zero_behind,
)
from matrix_checks.derivations.judging.verdicts import NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.judging.visible import HIDDEN, visible
from matrix_checks.derivations.judging.ways import Ways
from matrix_checks.derivations.judging.words import CASE_ALONE, OTHERWISE_BEFORE
from matrix_checks.derivations.reading.formulas import Chain, Piece, chains, pieces
from matrix_checks.derivations.reading.tex import MAXIMAL_LENGTH, NotUnderstood, Token, has_look_alikes, text_of, tokenize
from matrix_checks.derivations.values.exercise import Exercise
from matrix_checks.derivations.values.jets import CONTEXT

MAXIMAL_RELATIONS = 300
TOO_MANY = f"Only the first {MAXIMAL_RELATIONS} equalities were read."
TOO_DEEP = "the formula is too deeply nested to be read"
# Of a formula that could not be read, in characters.
SHOWN = 200


def read_writeup(markdown: str, exercise: Exercise) -> Report:
    """Read a write-up and judge every equality in it. Never raises, whatever the text holds."""
    reader = Reader(exercise, forgiving=True)
    try:
        with localcontext(CONTEXT):
            return reader.read(markdown)
    except Exception as error:
        # No student may lose marks, and no class its run, by a mistake in this reader.
        reader.report.is_whole = False
        reader.report.notes.append(
            f"The reader failed here ({type(error).__name__}): what follows was not read. This is its fault and not the text's."
        )
        return reader.report


class Reader:
    """Reads one write-up.

    Parameters
    ----------
    exercise
        What it is about.
    forgiving
        Whether a mistake of the reader itself in one equality loses that equality only; otherwise it raises.
    """

    def __init__(self, exercise: Exercise, forgiving: bool = False):
        self.context = Context(exercise)
        self.surroundings = Surroundings()
        self.relations = Relations(self.context, self.surroundings)
        self._forgiving = forgiving
        # Whether as many equalities were read as are read at most.
        self.full = False
        # What a formula that begins with its sign goes on from, and whether that stands directly before it.
        self.last: list[Token] = []
        self.last_is_near = False
        # The case that stood last at a formula, for what holds "otherwise".
        self.last_case: Case | None = None
        self.answers = Answers(questions_of(exercise, self.context), exercise)
        self.ways = Ways(exercise.ways)
        self.report = Report(answers=self.answers.found, ways=self.ways.found)

    def read(self, markdown: str) -> Report:
        """Read a text, and judge every equality in it."""
        seen = visible(markdown)
        markdown, self.report.has_picture = seen.text, seen.has_picture
        if seen.hides:
            self._leave_out(HIDDEN)
        if len(markdown) > 20 * MAXIMAL_LENGTH:
            self._leave_out("The text is too long to be read.")
            return self.report
        found = pieces(markdown)
        if any(has_look_alikes(piece.source) for piece in found if piece.kind != "prose"):
            self.report.notes.append(
                "Some letters of the formulas are Cyrillic; they were read as the Latin ones that look like them."
            )
        self.context.keep_views_of(" ".join(piece.source for piece in found if piece.kind == "prose"))
        declare(self.context, found)
        held = held_in_paragraphs(found)
        before, condition = NOTHING_BEFORE, NOTHING_BEHIND
        for place, piece in enumerate(found):
            if piece.kind == "prose":
                before = self._prose(piece.source)
                continue
            if condition.consumed:
                # It was the condition of the formula before.
                condition = NOTHING_BEHIND
                continue
            condition = behind(found, place)
            self.surroundings.zero_behind = is_zero_behind(found, place)
            if condition.case and self.surroundings.has_case:
                condition = NOTHING_BEHIND
            self._formula_with_condition(piece, before, condition, held[place])
            if self.full:
                self._leave_out(TOO_MANY)
                break
            if piece.kind == "display":
                self.context.case = None
            before = NOTHING_BEFORE
        return self.report

    def _leave_out(self, why: str) -> None:
        """Note that something is not read: then the whole is never complete."""
        self.report.notes.append(why)
        self.report.is_whole = False

    def _prose(self, text: str) -> Before:
        before = Before(text)
        if before.ends_paragraph:
            self.context.sizes = {}
        self.context.case = before.case or self.context.case
        self.surroundings.hear(text)
        return before

    def _formula_with_condition(self, piece: Piece, before: Before, condition: Behind, held: Names) -> None:
        """A formula, with what the words behind it say of it alone."""
        context, around = self.context, self.surroundings
        case, sizes, assumed = context.case, context.sizes, set(around.hypothetical)
        around.begin_formula(piece.source, held)
        alone = CASE_ALONE.fullmatch(piece.source)
        around.has_case |= alone is not None
        if alone and alone[2] not in ("=", "=="):
            context.case = (alone[1], alone[3], False)
            self.last_case = context.case
            return
        otherwise = condition.otherwise or OTHERWISE_BEFORE.search(before.prose) is not None
        if condition.case or (otherwise and self.last_case):
            context.case = condition.case or _other(self.last_case)
        elif otherwise or condition.is_assumed:
            around.conditioned = True
        if condition.size:
            context.sizes = {**sizes, condition.size[0]: condition.size[1]}
        around.hypothetical |= condition.letters
        self._formula(piece, before)
        self.last_case = context.case or self.last_case
        if condition.case or otherwise:
            context.case = case
        if condition.size:
            context.sizes = sizes
        if condition.letters:
            around.hypothetical = assumed
        around.end_formula(piece.source)

    def _formula(self, piece: Piece, before: Before) -> None:
        self.context.case = prose.case_at_end(piece.source) or self.context.case
        try:
            tokens = with_operators(piece.source, tokenize(piece.source, self.context.words), self.context.is_name)
            found = chains(tokens, self.context.is_name)
        except NotUnderstood as error:
            self._not_understood(piece.source.strip(), str(error), piece)
            return
        self.relations.concluding = False
        # What is left out of a formula may be what the next one goes on from.
        self.last_is_near &= bool(found)
        concludes = prose.concludes(piece.source)
        for place, chain in enumerate(found):
            if self.full:
                return
            hypothesis = self.surroundings.conditioned or (self.surroundings.pending and place == 0)
            try:
                self._chain(chain, piece, before, concludes, hypothesis)
            except RecursionError:
                self._not_understood(text_of(chain.members[0]), TOO_DEEP, piece)

    def _not_understood(self, text: str, reason: str, piece: Piece) -> None:
        self._note_step(text[:SHOWN], "", "", Finding(NOT_UNDERSTOOD, reason), piece)

    def _chain(self, chain: Chain, piece: Piece, before: Before, concludes: bool, hypothesis: bool) -> None:
        is_whole = bool(chain.members[0]) or self.last_is_near
        members = self._members(chain)
        judged = len(members) > 1 and not self._about_indices(members)
        judged = judged and not prose.about_shapes(members, self.context.views[0].letters)
        nodes = [self._read_member(member) for member in members]
        note_steps(self.context, nodes)
        if not judged:
            # The signs of a chain about indices or shapes are in no step of the report.
            return
        self.relations.begin_chain()
        findings: list[Finding] = []
        for place, sign in enumerate(chain.signs):
            if not members[place] or not members[place + 1]:
                # Nor is a sign with nothing on one side.
                continue
            if len(self.report.steps) >= MAXIMAL_RELATIONS:
                self.full = True
                return
            where = Place(place == 0, is_whole or place > 0, chain.beside_colon, False, hypothesis)
            tokens = (members[place], members[place + 1])
            around = Around(sign, NOTHING_BEFORE if place else before, concludes or before.sets_condition, tokens, where)
            finding = self._found(nodes[place], nodes[place + 1], around)
            # What a first step introduces makes the later ones readable.
            nodes[place + 1 :] = map(self._read_again, members[place + 1 :], nodes[place + 1 :])
            self._note_step(text_of(members[place]), sign, text_of(members[place + 1]), finding, piece)
            findings.append(finding)
        self.ways.note(nodes, findings, self.context)
        self._answer(nodes, any(finding.is_doubted for finding in findings))

    def _found(self, left: Member, right: Member, around: Around) -> Finding:
        """What is found about one equality; a mistake of the reader itself loses that equality only."""
        try:
            return self._relation(left, right, around)
        except RecursionError:
            raise
        except Exception as error:
            if not self._forgiving:
                raise
            name = type(error).__name__
            return Finding(NOT_UNDERSTOOD, f"the reader failed here ({name}): this is its fault and not the text's")

    def _relation(self, left: Member, right: Member, around: Around) -> Finding:
        return self.relations.judge(left, right, around)

    def _members(self, chain: Chain) -> list[list[Token]]:
        """The members of a chain; one that begins with its sign goes on where the chain before it ended."""
        members = chain.members if chain.members[0] else [self.last, *chain.members[1:]]
        self.last_is_near = len(members) > 1 and bool(members[-1])
        if self.last_is_near:
            self.last = members[-1]
        return members

    def _read_member(self, tokens: list[Token]) -> Member:
        """The expression, or why it is none: the first condition of a false verdict's certificate."""
        try:
            return self.context.parse(tokens)
        except NotUnderstood as error:
            return str(error)
        except RecursionError:
            return TOO_DEEP

    def _read_again(self, tokens: list[Token], node: Member) -> Member:
        return self._read_member(tokens) if isinstance(node, str) else node

    def _about_indices(self, members: list[list[Token]]) -> bool:
        """Whether ``i = k`` or ``n = 1, …`` speaks of indices: then the case holds for what follows."""
        context = self.context
        words = [member[0] if len(member) == 1 and isinstance(member[0], str) else "" for member in members]
        if words[1].isdecimal() and any(words[0] in view.letters for view in context.views):
            context.sizes = {**context.sizes, words[0]: int(words[1])}
            return True
        letters = INDEX_LETTERS.union(context.views[0].letters)
        if words[0] in context.known or not all(word in letters or word.isdecimal() for word in words):
            return False
        if len(words) == 2 and words[1] in INDEX_LETTERS:
            context.case = (words[0], words[1], True)
        return True

    def _answer(self, nodes: list[Member], is_doubted: bool) -> None:
        """See whether a chain leads from a question to its answer; one that is doubted leads to no wrong answer."""
        *members, end = nodes
        if isinstance(end, str):
            self.answers.cloud([member for member in members if isinstance(member, kinds.Node)], self.context)
        else:
            before = [member for member in members if isinstance(member, kinds.Node)]
            general = not self.context.sizes and self.context.case is None
            try:
                self.answers.note(before, end, self.context, self.relations.verdict, general, is_doubted)
            except RecursionError:
                raise
            except Exception:
                # The answer is then left to a person, as where it was not found.
                if not self._forgiving:
                    raise

    def _note_step(self, left: str, sign: str, right: str, finding: Finding, piece: Piece) -> None:
        step = Step(left, sign, right, finding.verdict, finding.reason, piece.start, finding.earns, finding.certificate)
        self.report.steps.append(step)


def _other(case: Case | None) -> Case | None:
    return case and (case[0], case[1], not case[2])
