"""A whole write-up, read from the beginning to the end."""

from dataclasses import dataclass
from decimal import localcontext

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging import prose
from matrix_checks.derivations.judging.answers import Answers
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.equality import decide
from matrix_checks.derivations.judging.explanations import explain
from matrix_checks.derivations.judging.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.judging.introductions import Member, declare, introduces, note_steps
from matrix_checks.derivations.judging.prose import NOTHING_BEFORE, Before
from matrix_checks.derivations.judging.report import Report, Step
from matrix_checks.derivations.judging.sides import by_entries
from matrix_checks.derivations.judging.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.reading.formulas import Chain, Piece, chains, pieces
from matrix_checks.derivations.reading.tex import MAXIMAL_LENGTH, NotUnderstood, Token, has_look_alikes, text_of, tokenize
from matrix_checks.derivations.values.exercise import Definition, Exercise
from matrix_checks.derivations.values.jets import CONTEXT

MAXIMAL_RELATIONS = 300
TOO_MANY = f"Only the first {MAXIMAL_RELATIONS} equalities were read."
TOO_DEEP = "the formula is too deeply nested to be read"
# Of a formula that could not be read, in characters.
SHOWN = 200
APPROXIMATE = ("\\approx", "\\simeq", "\\cong")
# At the end of a chain they are what they are everywhere; at its beginning an E may be the writer's own.
IDENTITIES = set(map(kinds.Name, OF_ANY_SIZE))
INDEX_LETTERS = set("ijklmnpqrst")


def read_writeup(markdown: str, exercise: Exercise) -> Report:
    """Read a write-up and judge every equality in it. Never raises, whatever the text holds."""
    reader = Reader(exercise)
    try:
        with localcontext(CONTEXT):
            return reader.read(markdown)
    except Exception as error:
        # No student may lose marks, and no class its run, by a mistake in this reader.
        reader.report.notes.append(
            f"The reader failed here ({type(error).__name__}): what follows was not read. This is its fault and not the text's."
        )
        return reader.report


@dataclass(frozen=True)
class Around:
    """What stands around an equality.

    Attributes
    ----------
    sign
        The relation sign.
    before
        The prose before it; none, where another equality of the same chain stands before it.
    conditional
        Whether the prose sets a condition, or the formula draws a conclusion.
    """

    sign: str
    before: Before
    conditional: bool


@dataclass(frozen=True)
class KeptVerdict:
    """A verdict of the chain that is read, with the state of the context in which it was found."""

    verdict: str
    version: int
    meanings: int

    def still_counts(self, context: Context) -> bool:
        """Whether it is known without looking again: what holds still holds with one more way to write a name."""
        return self.meanings == context.meanings and (self.verdict == HOLDS or self.version == context.version)


class Reader:
    """Reads one write-up; a mistake in the reader itself raises, which :func:`read_writeup` does not."""

    def __init__(self, exercise: Exercise):
        self.context = Context(exercise)
        # Whether a condition was found in the formula that is read: what follows it is not judged to be false.
        self.conditional = False
        # Whether as many equalities were read as are read at most.
        self.full = False
        # What a formula that begins with its sign goes on from.
        self.last: list[Token] = []
        self.verdicts: dict[tuple[kinds.Node, kinds.Node], KeptVerdict] = {}
        self.answers = Answers({source: self.context.parse(tokenize(source, exercise.words)) for source in exercise.questions})
        self.report = Report(answers=self.answers.found)

    def read(self, markdown: str) -> Report:
        """Read a text, and judge every equality in it."""
        if len(markdown) > 20 * MAXIMAL_LENGTH:
            self.report.notes.append("The text is too long to be read.")
            return self.report
        found = pieces(markdown)
        if any(has_look_alikes(piece.source) for piece in found if piece.kind != "prose"):
            self.report.notes.append(
                "Some letters of the formulas are Cyrillic; they were read as the Latin ones that look like them."
            )
        self.context.keep_views_of(" ".join(piece.source for piece in found if piece.kind == "prose"))
        declare(self.context, found)
        before = NOTHING_BEFORE
        for piece in found:
            if piece.kind == "prose":
                before = self._prose(piece.source)
                continue
            self._formula(piece, before)
            if self.full:
                self.report.notes.append(TOO_MANY)
                break
            if piece.kind == "display":
                self.context.case = None
            before = NOTHING_BEFORE
        return self.report

    def _prose(self, text: str) -> Before:
        before = Before(text)
        if before.ends_paragraph:
            self.context.sizes = {}
        self.context.case = before.case or self.context.case
        return before

    def _formula(self, piece: Piece, before: Before) -> None:
        self.context.case = prose.case_at_end(piece.source) or self.context.case
        try:
            tokens = tokenize(piece.source, self.context.words)
            found = chains(tokens, self.context.is_name)
        except NotUnderstood as error:
            self._not_understood(piece.source.strip(), str(error), piece)
            return
        self.conditional = False
        concludes = prose.concludes(piece.source)
        for chain in found:
            if self.full:
                return
            try:
                self._chain(chain, piece, before, concludes)
            except RecursionError:
                self._not_understood(text_of(chain.members[0]), TOO_DEEP, piece)

    def _not_understood(self, text: str, reason: str, piece: Piece) -> None:
        self._note_step(text[:SHOWN], "", "", Finding(NOT_UNDERSTOOD, reason), piece)

    def _chain(self, chain: Chain, piece: Piece, before: Before, concludes: bool) -> None:
        members = self._members(chain)
        judged = len(members) > 1 and not self._about_indices(members)
        judged = judged and not prose.about_shapes(members, self.context.views[0].letters)
        nodes = [self._read_member(member) for member in members]
        note_steps(self.context, nodes)
        if not judged:
            # The signs of a chain about indices or shapes are in no step of the report.
            return
        self.verdicts.clear()
        for place, sign in enumerate(chain.signs):
            if not members[place] or not members[place + 1]:
                # Nor is a sign with nothing on one side.
                continue
            if len(self.report.steps) >= MAXIMAL_RELATIONS:
                self.full = True
                return
            around = Around(sign, NOTHING_BEFORE if place else before, concludes or before.sets_condition)
            finding = self._relation(nodes[place], nodes[place + 1], around)
            if chain.beside_colon and finding.verdict == FALSE:
                # A token that was not understood: the first condition of a false verdict's certificate.
                finding = Finding(NOT_UNDERSTOOD, "a colon beside a formula was not understood")
            # What a first step introduces makes the later ones readable.
            nodes[place + 1 :] = map(self._read_again, members[place + 1 :], nodes[place + 1 :])
            self._note_step(text_of(members[place]), sign, text_of(members[place + 1]), finding, piece)
        self._answer(nodes)

    def _members(self, chain: Chain) -> list[list[Token]]:
        """The members of a chain; one that begins with its sign goes on where the chain before it ended."""
        members = chain.members if chain.members[0] else [self.last, *chain.members[1:]]
        if len(members) > 1 and members[-1]:
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

    def _relation(self, left: Member, right: Member, around: Around) -> Finding:
        """What is found about one equality."""
        if isinstance(left, str) or isinstance(right, str):
            return Finding(NOT_UNDERSTOOD, left if isinstance(left, str) else str(right))
        if around.sign in APPROXIMATE:
            return Finding(NOT_UNDERSTOOD, "an approximation is not judged")
        updated = self.context.updated(left)
        if updated is not None:
            return self._judged(updated, right)
        if self._says(left, right):
            return Finding(HOLDS)
        finding = self._judged(*by_entries(left, right, explicit=True))
        if finding.verdict == FALSE and by_entries(left, right) != (left, right):
            finding = self._judged(*by_entries(left, right))
        if finding.verdict == HOLDS:
            self._learn(left, right)
            return finding
        if isinstance(left, kinds.Name):
            finding = self._unless_meant(left.text, right, around, finding)
        return self._without_conditions(finding, left, right, around)

    def _says(self, left: kinds.Node, right: kinds.Node) -> bool:
        """Whether an equality says what a delta is in a case, or what a new name stands for, on either side."""
        if isinstance(left, kinds.Function) and left.name == "delta" and isinstance(right, kinds.Number):
            return True
        return introduces(self.context, left, right) or (right not in IDENTITIES and introduces(self.context, right, left))

    def _unless_meant(self, name: str, right: kinds.Node, around: Around, finding: Finding) -> Finding:
        """What does not hold as it stands may give a name another meaning, or be assumed."""
        if around.sign == ":=" or (name in self.context.own and around.before.introduces):
            self.context.define(name, Definition(right), first=True)
            return Finding(HOLDS)
        if finding.verdict == FALSE and around.before.assumes:
            return Finding(HOLDS, "an assumption, which is not judged")
        return finding

    def _learn(self, left: kinds.Node, right: kinds.Node) -> None:
        """Keep what an equality that holds says of a name, or of all entries of what the exercise defines, such as ``y_i``."""
        if isinstance(left, kinds.Name):
            if not isinstance(right, kinds.Name):
                self.context.define(left.text, Definition(right), first=False)
        elif isinstance(left, kinds.Indexed) and isinstance(left.body, kinds.Name) and self.context.case is None:
            letters = tuple(index.text for index in left.indices if isinstance(index, kinds.Name) and index.text in INDEX_LETTERS)
            if len(letters) == len(set(letters)) == len(left.indices):
                self.context.define(left.body.text, Definition(right, letters), first=False)

    def _without_conditions(self, finding: Finding, left: kinds.Node, right: kinds.Node, around: Around) -> Finding:
        """A false verdict only where no condition stands around: the third condition of its certificate."""
        if finding.verdict == FALSE and (self.conditional or (around.conditional and prose.is_condition(left, right))):
            self.conditional = True
            return Finding(NOT_UNDERSTOOD, "a condition, or what follows from one, is not judged")
        return finding

    def _judged(self, left: kinds.Node, right: kinds.Node, explained: bool = True) -> Finding:
        """The verdict on ``left = right``; where it is false, ``explained`` by what is wrong."""
        setting = self.context.setting()
        start = setting.work.left
        try:
            decision = decide(setting, left, right)
            false = decision.verdict == FALSE and explained
            finding = Finding(decision.verdict, explain(setting, decision) if false else decision.reason)
        except RecursionError:
            finding = Finding(NOT_UNDERSTOOD, "it is too deeply nested to be evaluated")
        except (ArithmeticError, ValueError, MemoryError) as error:
            # A stranger's text may do anything with numbers: no right step may be called false for it.
            finding = Finding(NOT_UNDERSTOOD, f"it could not be evaluated ({type(error).__name__})")
        self.context.work -= start - max(setting.work.left, 0)
        self.verdicts[left, right] = KeptVerdict(finding.verdict, self.context.version, self.context.meanings)
        return finding

    def _verdict(self, left: kinds.Node, right: kinds.Node) -> str:
        """The verdict that was found in this chain, or is found now."""
        kept = self.verdicts.get((left, right))
        if kept is not None and kept.still_counts(self.context):
            return kept.verdict
        return self._judged(left, right, explained=False).verdict

    def _answer(self, nodes: list[Member]) -> None:
        """See whether a chain leads from a question to its answer."""
        *members, end = nodes
        if isinstance(end, kinds.Node):
            before = [member for member in members if isinstance(member, kinds.Node)]
            self.answers.note(before, end, self.context.views, self._verdict)

    def _note_step(self, left: str, sign: str, right: str, finding: Finding, piece: Piece) -> None:
        self.report.steps.append(Step(left, sign, right, finding.verdict, finding.reason, piece.start))
