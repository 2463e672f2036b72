"""A whole write-up, read from the beginning to the end."""

import re
from decimal import localcontext
from fractions import Fraction

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.judging.before import Before
from matrix_checks.derivations.judging.context import Introductions
from matrix_checks.derivations.judging.entries import by_entries
from matrix_checks.derivations.judging.equality import Setting, judge
from matrix_checks.derivations.judging.ledger import NO_LEFT, NO_RIGHT, Ledger, Pending
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, STATED, Finding
from matrix_checks.derivations.reading import account
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS, Condition, Stance, signs_of_cases, stances
from matrix_checks.derivations.reading.formulas import Chain, Piece, cut, read_pieces
from matrix_checks.derivations.reading.tex import MAXIMAL_LENGTH, NotUnderstood, Token, Word, has_look_alikes, tokenize, unmarked
from matrix_checks.derivations.values.exercise import Definition, Exercise, View
from matrix_checks.derivations.values.jets import CONTEXT
from matrix_checks.derivations.values.sample import Memory, Work

MAXIMAL_RELATIONS = 300
TOO_MANY = f"Only the first {MAXIMAL_RELATIONS} equalities were read."
WORK_PER_RELATION = 20_000
WORK_PER_WRITEUP = 70_000
# At the end of a chain they are what they are everywhere; at its beginning an E may be the writer's own.
IDENTITIES = {kinds.Name("I"), kinds.Name("E"), kinds.Name("\\ones")}
_CONCLUDES = re.compile(r"\\(Rightarrow|implies|iff|Longrightarrow|Leftrightarrow)")
_CASE = re.compile(r"\b([a-z])\s*(==?|!=|≠|<>|\\neq?)\s*([a-z])\b")
TOO_DEEP = Finding(NOT_UNDERSTOOD, "the formula is too deeply nested to be read")
# Behind it, what was assumed is not assumed any longer.
_SENTENCE_ENDS = re.compile(r"[.!?](?:\s|$)|\n[ \t]*\n")
UNJUDGED = {
    "\\approx": "an approximation is not judged", "\\simeq": "an approximation is not judged", "\\cong": "an approximation is not judged",
    "\\propto": "a proportion is not judged", "\\demanded": "an equation that is demanded is not judged",
}  # fmt: skip


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


class Reader(Introductions):
    """Reads one write-up; a mistake in the reader itself raises, which :func:`read_writeup` does not."""

    def __init__(self, exercise: Exercise):
        self.exercise = exercise
        self.views: tuple[View, ...] = exercise.views
        self.own: set[str] = set()
        self.labels: set[str] = set()
        self.steps_of: dict[str, tuple[str, str]] = {}
        self.condition: tuple[str, str, bool] | None = None
        self.sizes: dict[str, int] = {}
        self.conditional = False
        # The last condition that was said, of which "otherwise" is the opposite; whether something that cannot be judged is assumed.
        self.last_condition: tuple[str, str, bool] | None = None
        self.assumed = False
        # Whether a statement was judged under the condition, which then ends with its paragraph.
        self.used_condition = False
        self.pending: Pending | None = None
        # The expression that was the whole of the formula before.
        self.alone: list[Token] = []
        # Where the first sign of a chain stands that was begun in a formula before.
        self.joined: Piece | None = None
        # Whether as many equalities were read as are read at most.
        self.full = False
        self.last: list[Token] = []
        self.memory = Memory()
        # The verdicts of this chain, with the views under which they were found.
        self.verdicts = {}
        self._known, self._parsed = None, {}
        self.renamed: dict[tuple[int, kinds.Node], tuple[View, kinds.Node]] = {}
        self.work = WORK_PER_WRITEUP
        self.report = Report()
        self.ledger = Ledger(self.report)
        self.questions = {source: self._parse(tokenize(source, exercise.words)) for source in exercise.questions}
        self.report.answers = dict.fromkeys(self.questions, "missing")

    def read(self, markdown: str) -> Report:
        if len(markdown) > 20 * MAXIMAL_LENGTH:
            self.report.notes.append("The text is too long to be read.")
            return self.report
        whole = read_pieces(markdown)
        found = whole.pieces
        if any(has_look_alikes(piece.source) for piece in found if piece.kind != "prose"):
            self.report.notes.append(
                "Some letters of the formulas are Cyrillic; they were read as the Latin ones that look like them."
            )
        if whole.hides:
            self.report.notes.append("A part of the text is hidden in the notebook; it was not read.")
        words = " ".join(piece.source for piece in found if piece.kind == "prose")
        self.views = tuple(view for view in self.views if re.search(view.when, words, re.IGNORECASE))
        try:
            self._declarations(found)
            self._pieces(found)
        finally:
            self.ledger.close(found)
        return self.report

    def _pieces(self, found: list[Piece]) -> None:
        before = Before("")
        for piece, stance in zip(found, stances(found)):
            if piece.kind == "prose":
                before = Before(piece.source)
                self._prose(piece.source)
                continue
            self._formula(piece, before, stance)
            if self.full:
                self.report.notes.append(TOO_MANY)
                return
            if piece.kind == "display" and self.used_condition:
                self.condition = None
            before = Before("")
        self._flush()

    def _prose(self, prose: str) -> None:
        """What prose says of the formulas behind it."""
        if "\n\n" in prose or "\n \n" in prose:
            self.sizes = {}
            if self.used_condition:
                self.condition = None
        if _SENTENCE_ENDS.search(prose):
            self.assumed = False
        case = list(_CASE.finditer(prose[-80:]))
        if case:
            self._set_condition((case[-1][1], case[-1][3], case[-1][2] in ("=", "==")))

    def _set_condition(self, pair: tuple[str, str, bool] | None) -> None:
        self.condition, self.used_condition = pair, False
        self.last_condition = pair or self.last_condition

    def _flush(self) -> None:
        """Nothing goes on with the chain that ended in a sign."""
        if self.pending:
            self.ledger.hanging(self.pending)
            self.pending = None

    def _formula(self, piece: Piece, before: Before, stance: Stance) -> None:
        self.ledger.begin()
        try:
            tokens = tokenize(piece.source, self.exercise.words)
            found = cut(tokens, self._is_name)
        except NotUnderstood as error:
            self._flush()
            self.ledger.unreadable(piece, str(error))
            return
        self.conditional = False
        concludes = _CONCLUDES.search(piece.source) is not None
        outer = self.condition, self.assumed, self.sizes
        self._assume(self._condition_of(stance))
        if self.alone and not any(character.isalpha() for character in before.prose):
            self.last = self.alone
        if found.chains and not self._goes_on(found.chains[0], before, piece):
            self._flush()
            self.ledger.begin()
        for chain in found.chains:
            if self.full:
                return
            self._under_condition(chain, piece, before, concludes, stance)
        self.last = _end_of(found.chains) or self.last
        self.alone = found.chains[0].members[0] if len(found.chains) == 1 and not found.chains[0].signs else []
        self.ledger.finish(piece, tokens, found, self.pending)
        if stance.condition or stance.opposite or stance.belongs_before:
            self.condition, self.assumed, self.sizes = outer
        if piece.source.rstrip().endswith("."):
            self.assumed = False

    def _condition_of(self, stance: Stance) -> Condition | None:
        if stance.opposite and self.last_condition:
            return Condition(self.last_condition).opposite
        return stance.condition

    def _assume(self, condition: Condition | None) -> None:
        """What follows is claimed under a condition."""
        if condition and condition.pair:
            self._set_condition(condition.pair)
        elif condition:
            self.assumed = True

    def _goes_on(self, first: Chain, before: Before, piece: Piece) -> bool:
        """Whether a formula goes on with the chain that ended in a sign; then the chain is joined with it."""
        pending = self.pending
        if not pending:
            return True
        if first.signs and not first.members[0]:
            self.ledger.separator(pending.sign, pending.piece)
            first.members[0] = unmarked(pending.left)
        elif any(character.isalpha() for character in before.prose) or first.is_condition:
            return False
        else:
            first.members.insert(0, unmarked(pending.left))
            first.signs.insert(0, pending.sign)
            self.joined = pending.piece
        self.pending = None
        return True

    def _under_condition(self, chain: Chain, piece: Piece, before: Before, concludes: bool, stance: Stance) -> None:
        """Judge a chain under the condition beside it, or keep the condition that it is."""
        outer = self.condition, self.assumed
        if chain.is_condition and chain.condition and not chain.condition.pair:
            self._assumption(chain, piece, before)
            return
        self._assume(chain.condition)
        pairs = _pair_of(chain) if chain.is_condition else None
        if pairs:
            self._set_condition(pairs)
            self.ledger.state(chain, piece, account.CONDITION)
        else:
            try:
                self._chain(chain, piece, before, concludes, stance)
            except RecursionError:
                for place, sign in enumerate(chain.signs):
                    self.ledger.step(chain.members[place], sign, chain.members[place + 1], TOO_DEEP, piece)
            self.used_condition |= bool(chain.signs)
        if chain.condition:
            self.condition, self.assumed = outer

    def _assumption(self, chain: Chain, piece: Piece, before: Before) -> None:
        """A condition that is no index condition, as the formula itself says."""
        self._chain(chain, piece, before, False, Stance(is_condition=True))

    def _chain(self, chain: Chain, piece: Piece, before: Before, concludes: bool, stance: Stance) -> None:
        members = chain.members
        if chain.signs and not members[0] and not chain.behind_arrow and not chain.is_remark:
            members = [unmarked(self.last), *members[1:]]
        if len(members) < 2:
            self._note_steps([self._read_member(member) for member in members])
            return
        if self._about_indices(members) or _about_shapes(members, self.views[0].letters):
            self._note_steps([self._read_member(member) for member in members])
            self.ledger.state(chain, piece, account.DECLARATION)
            return
        nodes = [self._read_member(member) for member in members]
        self._note_steps(nodes)
        self.verdicts.clear()
        origins = [self.joined or piece, *[piece] * len(chain.signs)]
        self.joined = None
        for place, sign in enumerate(chain.signs):
            if len(self.report.steps) >= MAXIMAL_RELATIONS:
                self.full = True
                return
            left, right = members[place], members[place + 1]
            if not right and left:
                self.pending = Pending(left, sign, origins[place])
                break
            if not left or not right:
                self.ledger.step(left, sign, right, Finding(NOT_UNDERSTOOD, NO_RIGHT if left else NO_LEFT), origins[place])
                continue
            views = self.views
            condition = concludes or before.sets_condition
            finding = self._relation(nodes[place], nodes[place + 1], sign, before if not place else Before(""), condition)
            if chain.beside_colon and finding.verdict == FALSE:
                finding = Finding(NOT_UNDERSTOOD, "a colon beside a formula was not understood")
            finding = self._as_assumed(finding, stance)
            # What a first step introduces makes the later ones readable.
            nodes[place + 1 :] = [
                self._read_member(member) if isinstance(node, str) else node
                for member, node in zip(members[place + 1 :], nodes[place + 1 :])
            ]
            is_definition = finding.verdict == HOLDS and views is not self.views and self._is_own(nodes[place], nodes[place + 1])
            self.ledger.step(left, sign, right, finding, origins[place], account.DEFINITION if is_definition else "")
        for member in members:
            for left, sign, right in signs_of_cases(member):
                self.ledger.step(left, sign, right, Finding(STATED), piece)
        self._answers(nodes)

    def _is_own(self, *sides: kinds.Node | str) -> bool:
        """Whether one side is a name of the writer's own, or entries of one."""
        bodies = [side.body if isinstance(side, kinds.Indexed) else side for side in sides]
        return any(isinstance(body, kinds.Name) and body.text in self.own for body in bodies)

    def _as_assumed(self, finding: Finding, stance: Stance) -> Finding:
        """What is false is a condition behind an "if", and not understood under one."""
        if finding.verdict == STATED or (finding.verdict == FALSE and stance.is_condition):
            self.assumed = True
            return Finding(STATED)
        if finding.verdict == FALSE and self.assumed:
            return Finding(NOT_UNDERSTOOD, "what holds under a condition is not judged")
        return finding

    def _read_member(self, tokens: list[Token]) -> kinds.Node | str:
        """The expression, or why it is none."""
        try:
            return self._parse(tokens)
        except NotUnderstood as error:
            return str(error)
        except RecursionError:
            return "the formula is too deeply nested to be read"

    def _about_indices(self, members: list[list[Token]]) -> bool:
        """Whether ``i = k`` or ``n = 1, …`` speaks of indices: then the case holds for what follows."""
        words = [member[0] if len(member) == 1 and isinstance(member[0], str) else "" for member in members]
        if words[0] in {letter for view in self.views for letter in view.letters} and words[1].isdecimal():
            self.sizes = {**self.sizes, words[0]: int(words[1])}
            return True
        if any(word not in INDEX_LETTERS and not word[:1].isdecimal() and word not in self.views[0].letters for word in words):
            return False
        if words[0] in self.known:
            return False
        if len(words) == 2 and words[1] in INDEX_LETTERS:
            self._set_condition((words[0], words[1], True))
        return True

    def _setting(self) -> Setting:
        return Setting(
            self.views, self.steps_of, self.condition, self.sizes, Work(min(WORK_PER_RELATION, max(self.work, 0))), self.memory
        )

    def _relation(self, left: kinds.Node | str, right: kinds.Node | str, sign: str, before: Before, condition: bool) -> Finding:
        if isinstance(left, str) or isinstance(right, str):
            return Finding(NOT_UNDERSTOOD, left if isinstance(left, str) else right)
        if sign in UNJUDGED:
            self.conditional |= sign == "\\demanded"
            return Finding(NOT_UNDERSTOOD, UNJUDGED[sign])
        if isinstance(left, kinds.Function) and left.name == "delta" and isinstance(right, kinds.Number):
            return Finding(HOLDS)
        if self._update(left):
            right_of = [view.updates[left.text] for view in self.views if left.text in view.updates]
            return self._judged(right_of[0], right)
        if self._introduces(left, right) or (right not in IDENTITIES and self._introduces(right, left)):
            return Finding(HOLDS)
        finding = self._judged(*by_entries(left, right, explicit=True))
        if finding.verdict == FALSE and by_entries(left, right) != (left, right):
            finding = self._judged(*by_entries(left, right))
        if isinstance(left, kinds.Name):
            if finding.verdict == HOLDS and not isinstance(right, kinds.Name):
                self._define(left.text, Definition(right), first=False)
            elif finding.verdict != HOLDS and (sign == "\\coloneqq" or (left.text in self.own and before.introduces)):
                self._define(left.text, Definition(right), first=True)
                return Finding(HOLDS)
            elif finding.verdict == FALSE and before.assumes:
                return Finding(STATED)
        elif finding.verdict == HOLDS and self._gives_entries(left):
            self._define(left.body.text, Definition(right, tuple(index.text for index in left.indices)), first=False)
        if finding.verdict == FALSE and (self.conditional or (condition and _is_condition(left, right))):
            self.conditional = True
            return Finding(NOT_UNDERSTOOD, "a condition, or what follows from one, is not judged")
        return finding

    def _gives_entries(self, node: kinds.Node) -> bool:
        """Whether it is all entries of something that the exercise defines, such as ``y_i``."""
        if not isinstance(node, kinds.Indexed) or not isinstance(node.body, kinds.Name):
            return False
        letters = [index.text for index in node.indices if isinstance(index, kinds.Name) and index.text in INDEX_LETTERS]
        return len(letters) == len(set(letters)) == len(node.indices) and self.condition is None

    def _judged(self, left: kinds.Node, right: kinds.Node, explained: bool = True) -> Finding:
        setting = self._setting()
        start = setting.work.left
        try:
            finding = judge(setting, left, right, explained)
        except RecursionError:
            finding = Finding(NOT_UNDERSTOOD, "it is too deeply nested to be evaluated")
        except (ArithmeticError, ValueError, MemoryError) as error:
            # A stranger's text may do anything with numbers: no right step may be called false for it.
            finding = Finding(NOT_UNDERSTOOD, f"it could not be evaluated ({type(error).__name__})")
        self.work -= start - max(setting.work.left, 0)
        self.verdicts[left, right] = (self.views, finding.verdict)
        return finding

    def _update(self, left: kinds.Node) -> bool:
        return isinstance(left, kinds.Name) and any(left.text in view.updates for view in self.views)

    def _answers(self, nodes: list[kinds.Node | str]) -> None:
        """Compare the chain's end with the answer to a question that is among its members."""
        end = nodes[-1]
        if not isinstance(end, kinds.Node) or kinds.depends(end, kinds.Derivative):
            return
        for source, asked in self.questions.items():
            if not any(isinstance(node, kinds.Node) and self._same(node, asked) for node in nodes[:-1]):
                continue
            views, verdict = self.verdicts.get((asked, end), ((), ""))
            # What was found to hold still holds with one more definition of the same.
            if verdict != HOLDS and views is not self.views:
                verdict = self._judged(asked, end, explained=False).verdict
            found = {HOLDS: "reached", OTHER_LAYOUT: "other layout", FALSE: "wrong"}.get(verdict)
            rank = ("missing", "wrong", "other layout", "reached")
            if found and rank.index(found) > rank.index(self.report.answers[source]):
                self.report.answers[source] = found

    def _same(self, node: kinds.Node, asked: kinds.Node) -> bool:
        return any(self._aliased(node, view) == self._aliased(asked, view) for view in self.views)

    def _aliased(self, node: kinds.Node, view: View) -> kinds.Node:
        key = (id(view), node)
        if key not in self.renamed:
            # The view is kept along, so that its id is not given to another.
            self.renamed[key] = (view, _aliased(node, view))
        return self.renamed[key][1]


def _end_of(chains: list[Chain]) -> list[Token]:
    """The expression that a later formula may go on from."""
    for chain in reversed(chains):
        if chain.signs and not chain.is_remark and not chain.is_condition:
            return next((member for member in reversed(chain.members) if member), [])
    return []


def _pair_of(chain: Chain) -> tuple[str, str, bool] | None:
    """The two indices of a condition."""
    if len(chain.members) != 2 or any(len(member) != 1 for member in chain.members):
        return None
    one, two = (str(member[0]) for member in chain.members)
    return (one, two, chain.signs[0] != "\\ne") if {one, two} <= INDEX_LETTERS else None


def _aliased(node: kinds.Node, view: View) -> kinds.Node:
    """The same expression in the exercise's own names; a quantity that is a derivative by definition is that derivative."""
    if isinstance(node, kinds.Name):
        text = view.aliases.get(node.text, node.text)
        defined = view.definitions.get(text, ())
        if defined and isinstance(defined[0].body, kinds.Derivative):
            return _aliased(defined[0].body, view)
        return kinds.Name(text)
    if isinstance(node, kinds.Group):
        return _aliased(node.body, view)
    if isinstance(node, kinds.Indexed):
        return kinds.Indexed(_aliased(node.body, view), tuple(kinds.Name("index") for _ in node.indices))
    return node.rebuilt(lambda part: _aliased(part, view))


def _is_condition(left: kinds.Node, right: kinds.Node) -> bool:
    """Whether a gradient is set to zero, as where a minimum is looked for."""
    return any(isinstance(bare(one), kinds.Derivative) and not kinds.depends(one, kinds.Indexed) and other == kinds.Number(Fraction(0))
               for one, other in ((left, right), (right, left)))  # fmt: skip


def _about_shapes(members: list[list[Token]], letters: tuple[str, ...]) -> bool:
    """Whether an equality speaks of shapes: ``(R × N)(N × M) = R × M``."""
    shapes = 0
    for member in members:
        text = "".join(token.text if isinstance(token, Word) else token for token in member)
        only_sizes = set(re.sub(r"\\times|[_{}()\d]|n", "", text)) <= set("".join(letters))
        shapes += "\\times" in text and only_sizes
    return shapes > 0
