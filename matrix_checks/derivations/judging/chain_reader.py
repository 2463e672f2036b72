"""A chain of relations, from its members to the steps of the report."""

from functools import partial

from matrix_checks.derivations.context.added_steps import note_steps
from matrix_checks.derivations.context.around import Around, Member
from matrix_checks.derivations.context.claims import Place
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.deciding.defined_functions import of_defined_functions
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, STATED, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.judging.answers import Answers
from matrix_checks.derivations.judging.assumptions import Assumptions
from matrix_checks.derivations.judging.earlier_case import EarlierCase
from matrix_checks.derivations.judging.ledger import NO_LEFT, NO_RIGHT, Ledger, Pending
from matrix_checks.derivations.judging.lone_answers import CalledAnswer, asked_in_words
from matrix_checks.derivations.judging.relations import Relations
from matrix_checks.derivations.judging.scopes import OF_OTHER_SCOPE, Scopes
from matrix_checks.derivations.judging.shapes_claimed import shape_claimed
from matrix_checks.derivations.judging.ways import Ways
from matrix_checks.derivations.letters.jacobians_called import Called, as_called
from matrix_checks.derivations.letters.lengths_of_steps import note_lengths
from matrix_checks.derivations.letters.sizes_said import are_all_sizes, may_be_size, size_meant
from matrix_checks.derivations.names.angle_means import says_what_angles_are
from matrix_checks.derivations.names.gradient_families import declares_family
from matrix_checks.derivations.names.shape_statements import about_shapes
from matrix_checks.derivations.prose.prose import NOTHING_BEFORE, Before
from matrix_checks.derivations.reading import account
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS, Stance, begins_range, signs_of_cases
from matrix_checks.derivations.reading.formulas import Chain, Piece
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, unmarked
from matrix_checks.derivations.reading.tokens import without_braces

MAXIMAL_RELATIONS = 300
MISFITS = ("cannot be multiplied", "cannot be added", "does not exist", "is not defined")
FOLLOWS = "its left side does not fit together, as was said above"
TOO_DEEP = "the formula is too deeply nested to be read"


def _says_the_same(one: Finding, other: Finding) -> bool:
    """Whether an expression that does not fit together is what makes both steps false: its second one is no mistake of its own."""
    if not one.verdict == other.verdict == FALSE or not any(mark in one.reason for mark in MISFITS):
        return False
    return one.reason.partition(";")[0] == other.reason.partition(";")[0]


class ChainReader:
    """Judges the chains of a text in their order.

    Parameters
    ----------
    context, assumptions, relations
        What the text said so far, under which conditions, and what judges one relation.
    ledger, answers, ways
        What is told of each step.
    forgiving
        Whether a mistake of the reader itself in one relation loses that relation only; otherwise it raises.

    Attributes
    ----------
    full
        Whether as many relations were read as are read at most.
    last, is_near
        What a formula that begins with its sign goes on from, and whether that stands directly before it.
    pending
        A chain that ended in a sign.
    joined
        Where the first sign of a chain stands that was begun in a formula before.
    scopes, called
        What the words before a formula say it is of; and which letters they call the Jacobian.
    """

    def __init__(
        self,
        context: Context,
        assumptions: Assumptions,
        relations: Relations,
        ledger: Ledger,
        answers: Answers,
        ways: Ways,
        forgiving: bool,
    ):
        self._context, self._assumptions, self._relations = context, assumptions, relations
        self._ledger, self._answers, self._ways, self._forgiving = ledger, answers, ways, forgiving
        self.scopes = Scopes()
        self.called: Called = {}
        self._earlier = EarlierCase(context, assumptions, relations)
        self.full = False
        self.last: list[Token] = []
        self.is_near = False
        self.pending: Pending | None = None
        self.joined: Piece | None = None

    def read(self, chain: Chain, piece: Piece, before: Before, concludes: bool, hypothesis: bool, stance: Stance) -> None:
        """Judge each relation of a chain, and note it."""
        members, is_whole = chain.members, bool(chain.members[0]) or self.is_near
        if chain.signs and not members[0] and not chain.behind_arrow and not chain.is_remark:
            members = [unmarked(self.last), *members[1:]]
        states = len(members) > 1 and (
            self._about_indices(members)
            or begins_range(members, piece.source)
            or about_shapes(members, self._letters_of_sizes, self._context.arrays)
        )
        nodes = [self._read_member(member) for member in members]
        note_steps(self._context, nodes)
        note_lengths(self._context, nodes)
        if states:
            self._ledger.state(chain, piece, account.DECLARATION)
        if states or len(members) < 2:
            return
        self._relations.begin_chain()
        if isinstance(nodes[0], kinds.Node):
            self._assumptions.name_case(nodes[0])
            hypothesis &= not (stance.opposite and self._assumptions.name_rest(nodes[0]))
            self._assumptions.say(nodes[0])
        origins = [self.joined or piece, *[piece] * len(chain.signs)]
        self.joined = None
        findings: list[Finding] = []
        known = self._context.knows
        for place, sign in enumerate(chain.signs):
            if len(self._ledger.report.steps) >= MAXIMAL_RELATIONS:
                self.full = True
                return
            left, right = members[place], members[place + 1]
            if left and not right:
                if self.pending:
                    self._ledger.hanging(self.pending)
                self.pending = Pending(left, sign, origins[place])
                break
            if not left or not right:
                self._ledger.step(left, sign, right, Finding(NOT_UNDERSTOOD, NO_RIGHT if left else NO_LEFT), origins[place])
                continue
            has_words = not chain.beside_words.isdisjoint((place, place + 1))
            where = Place(place == 0, is_whole or place > 0, chain.beside_colon, False, hypothesis, has_words)
            around = Around(sign, NOTHING_BEFORE if place else before, concludes or before.sets_condition, (left, right), where)
            version = self._context.version
            self._context.memory.following = _both(nodes[place + 1 : place + 3])
            found = self._found(nodes[place], nodes[place + 1], around)
            finding = self._assumptions.weigh(self._earlier.weigh(nodes[0], nodes[place], nodes[place + 1], found), stance)
            if findings and _says_the_same(findings[-1], finding) and not self._has_value(nodes[place + 1]):
                finding = Finding(NOT_UNDERSTOOD, FOLLOWS)
            findings.append(finding)
            self._relations.learn_of_chain(nodes[: place + 2], findings)
            if known != self._context.knows:
                # What a first step introduces makes the later ones readable.
                nodes[place + 1 :] = map(self._read_again, members[place + 1 :], nodes[place + 1 :])
                known = self._context.knows
            defines = version != self._context.version and self._is_own(nodes[place], nodes[place + 1])
            self._ledger.step(left, sign, right, finding, origins[place], account.DEFINITION if defines else "")
        for member in members:
            for one, sign, other in signs_of_cases(member):
                self._ledger.step(one, sign, other, Finding(STATED, earns=False), piece)
        self._ways.note(nodes, findings, self._context)
        if "\\propto" in chain.signs:
            # What something is proportional to is no value of it.
            nodes = nodes[: chain.signs.index("\\propto") + 1]
        self.answer(nodes, findings)

    def _is_rule(self, left: list[Token], right: list[Token]) -> bool:
        """Whether an equality says how the text names its gradients, or its averages, with any letter."""
        return declares_family(left, right, self._context.may_be_number) or says_what_angles_are(left, self._context.angles)

    def _found(self, left: Member, right: Member, around: Around) -> Finding:
        """What is found about one relation; a mistake of the reader itself loses that relation only."""
        try:
            claimed = shape_claimed(self._context, around.tokens) if isinstance(left, str) else None
            found = claimed or self._relations.judge(left, right, around)
            if found.verdict == NOT_UNDERSTOOD and self._is_rule(*around.tokens):
                return Finding(STATED, earns=False)
            if isinstance(left, str) or isinstance(right, str):
                return found
            found = of_defined_functions(self._context, left, right, as_called(self._context, self.called, left, right, found))
            return self.scopes.weigh(self._context, left, right, found)
        except RecursionError:
            raise
        except Exception as error:
            if not self._forgiving:
                raise
            name = type(error).__name__
            return Finding(NOT_UNDERSTOOD, f"the reader failed here ({name}): this is its fault and not the text's")

    def _has_value(self, node: Member) -> bool:
        """Whether an expression fits together: then it is equal to itself."""
        return isinstance(node, kinds.Node) and self._relations.verdict(node, node) == HOLDS

    def _is_own(self, *sides: Member) -> bool:
        """Whether one side is a name of the writer's own, or entries of one."""
        bodies = [side.body if isinstance(side, kinds.Indexed) else side for side in sides]
        return any(isinstance(body, kinds.Name) and body.text in self._context.own for body in bodies)

    def _read_member(self, tokens: list[Token]) -> Member:
        """The expression, or why it is none: the first condition of a false verdict's certificate."""
        try:
            return self._context.parse(tokens)
        except NotUnderstood as error:
            return str(error)
        except RecursionError:
            return TOO_DEEP

    def _read_again(self, tokens: list[Token], node: Member) -> Member:
        return self._read_member(tokens) if isinstance(node, str) else node

    @property
    def _letters_of_sizes(self) -> tuple[str, ...]:
        return (*self._context.views[0].letters, *self._context.memory.declared)

    def _about_indices(self, members: list[list[Token]]) -> bool:
        """Whether ``i = k`` or ``n = 1, …`` speaks of indices: then the case holds for what follows."""
        context = self._context
        words = list(map(_letter, members))
        *letters, number = words
        sizes = [size_meant(context, letter) for letter in letters]
        if number == "1" and len(letters) > 1 and not any(sizes) and are_all_sizes(context, letters):
            sizes = [letter for view in context.views for letter in view.letters]
        may_be = number != "1" and any(sizes) and all(map(partial(may_be_size, context), set(letters) - {*sizes}))
        if number.isdecimal() and (all(sizes) or may_be):
            # n = m = 1 says so of both, and N = D = 2 of a letter that the exercise does not have, too.
            context.sizes = {**context.sizes, **dict.fromkeys(filter(None, sizes), int(number))}
            context.memory.fixes_sizes = True
            return True
        indices = INDEX_LETTERS.union(context.views[0].letters)
        if words[0] in context.known or not all(word in indices or word[:1].isdecimal() for word in words):
            return False
        if len(words) == 2 and words[1] in INDEX_LETTERS:
            self._assumptions.set_case((words[0], words[1], True))
        return True

    def answer(self, nodes: list[Member], findings: list[Finding]) -> None:
        """See whether a chain leads from a question to its answer; one that is doubted leads to no wrong answer."""
        if any(finding.reason in OF_OTHER_SCOPE for finding in findings):
            return
        nodes, findings = self._without_example(nodes, findings)
        *members, end = nodes
        before = [member for member in members if isinstance(member, kinds.Node)]
        if isinstance(end, str):
            self._answers.cloud(before, self._context)
            return
        is_example = not end.names and (
            bool(self._context.memory.examples) or not end.kinds.isdisjoint((kinds.Matrix, kinds.Tuple))
        )
        # What is said up to a constant leaves out a part of the answer.
        is_partial = any(isinstance(part, kinds.Function) and not part.arguments for part in end.everything)
        general = not self._context.sizes and not self._is_of_case(nodes) and not is_example and not is_partial
        # Under an assumption, nothing takes back what was said in general.
        general &= not (self._answers.has_other and self._relations.surroundings.hypothetical & end.names)
        is_false = any(finding.verdict == FALSE for finding in findings)
        # An end that true steps lead to, and that is no answer, was read in another way than the question.
        is_doubted = all(finding.verdict == HOLDS and (finding.earns or finding.reason) for finding in findings) or any(
            finding.is_doubted for finding in findings
        )
        try:
            self._answers.note(before, end, self._context, self._relations.verdict, general, is_doubted, is_false)
        except RecursionError:
            raise
        except Exception:
            # The answer is then left to a person, as where it was not found.
            if not self._forgiving:
                raise

    def answer_alone(self, tokens: list[Token], called: CalledAnswer) -> None:
        """See whether an expression that words call the answer, or a gradient by name, is one."""
        node = self._read_member(tokens)
        memory = self._context.memory
        is_general = not self._context.sizes and self._context.case is None and not memory.examples and not memory.of_one_object
        if is_general and isinstance(node, kinds.Node) and node.names and not self._relations.surroundings.is_assuming:
            asked = asked_in_words(self._context, called)
            if asked is None:
                self._answers.note_alone(node, self._context, self._relations.verdict)
            elif self._relations.verdict(asked, node) == HOLDS:
                # What else it may be is left to a person.
                self._answers.note([asked], node, self._context, self._relations.verdict, True, False, False)

    def _is_of_case(self, nodes: list[Member]) -> bool:
        """Whether a chain speaks of both indices of the case, which restricts nothing else, or is the first that is said of it."""
        letters = self._context.views[0].letters
        free = {index for node in nodes if isinstance(node, kinds.Node) for index in free_indices(node, letters)}
        case = self._context.case
        return case is not None and (free.issuperset(case[:2]) or not self._context.is_case_used)

    def _without_example(self, nodes: list[Member], findings: list[Finding]) -> tuple[list[Member], list[Finding]]:
        """A chain without false numbers of an example at its end: the answer stands before them, and they take nothing back."""
        end, is_false = nodes[-1], bool(findings) and findings[-1].verdict == FALSE
        in_example = self._context.memory.examples and isinstance(end, kinds.Node) and not end.names
        return (nodes[:-1], findings[:-1]) if in_example and is_false and len(nodes) > 2 else (nodes, findings)


def _both(members: list[Member]) -> tuple[kinds.Node, kinds.Node] | None:
    """The sides of a relation, where both could be read; ``None`` for no relation."""
    left, right = members if len(members) == 2 else ("", "")
    return (left, right) if isinstance(left, kinds.Node) and isinstance(right, kinds.Node) else None


def _letter(member: list[Token]) -> str:
    """The number or the letter, as ``N`` or ``n_1``, that a side is; empty where it is more than that."""
    bare_tokens = without_braces(member)
    if len(bare_tokens) not in (1, 3) or not all(isinstance(token, str) for token in bare_tokens):
        return ""
    return "".join(map(str, bare_tokens)) if len(bare_tokens) == 1 or bare_tokens[1] == "_" else ""
