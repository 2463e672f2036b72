"""One equality after the other: its verdict, and whether a false one has its certificate."""

from dataclasses import replace

from matrix_checks.derivations.certificate.certificate import ALL_MET, doubt
from matrix_checks.derivations.certificate.copies_of_objects import as_copy
from matrix_checks.derivations.certificate.special_cases import SpecialCases
from matrix_checks.derivations.context.around import Around, KeptVerdict, Member, Tokens
from matrix_checks.derivations.context.claims import Claim, Place
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.dependence import unknown_dependence
from matrix_checks.derivations.context.free_parameters import at_their_arguments
from matrix_checks.derivations.context.given_values import gives_value, is_variable, name_of_entry
from matrix_checks.derivations.context.introductions import is_called, name_of
from matrix_checks.derivations.context.meanings import Meanings
from matrix_checks.derivations.context.strangers import has_stranger
from matrix_checks.derivations.context.taken_from_later import take_from_later
from matrix_checks.derivations.context.work_for_reasons import work_for_reason
from matrix_checks.derivations.deciding.approximations import APPROXIMATIONS, MAY_BE_ROUNDED, UNJUDGED, rounded, with_euler
from matrix_checks.derivations.deciding.first_order import to_first_order
from matrix_checks.derivations.deciding.numbered_identities import with_identities, with_products_of_sizes
from matrix_checks.derivations.deciding.rules_of_derivatives import AS_DIFFERENTIALS, as_rule
from matrix_checks.derivations.deciding.school_calculus import AS_NUMBERS, AS_RULE, for_numbers
from matrix_checks.derivations.deciding.several_at_once import asked_variables, decide_all
from matrix_checks.derivations.deciding.steps_again import as_constant, as_differentials_of_variables, as_other_step
from matrix_checks.derivations.deciding.used_before import OF_ANY, holds_without_later
from matrix_checks.derivations.equality.any_parameter import FOR_EVERY_ENTRY
from matrix_checks.derivations.equality.changes import as_difference
from matrix_checks.derivations.equality.deviation import VARIANCE, is_square
from matrix_checks.derivations.equality.entries_in_brackets import by_entries
from matrix_checks.derivations.equality.equality import Decision
from matrix_checks.derivations.equality.failures import FAILURES, failed
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.marked_factors import without_marks
from matrix_checks.derivations.equality.sides import Search, Setting
from matrix_checks.derivations.equality.trivial import is_trivial
from matrix_checks.derivations.equality.verdicts import FALSE, FIRST_ORDER, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, STATED, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.judging.by_the_text import by_the_text
from matrix_checks.derivations.judging.own_mistakes import OwnMistakes
from matrix_checks.derivations.judging.stated_anew import StatedAnew
from matrix_checks.derivations.judging.what_follows import at_minimum, what_follows
from matrix_checks.derivations.letters.running_statistics import updated_mean
from matrix_checks.derivations.letters.said_symmetric import MAY_BE_SYMMETRIC, holds_if_symmetric
from matrix_checks.derivations.letters.shortened_entries import in_full, says_what_is_short
from matrix_checks.derivations.names.gradients_in_programs import in_rows, names_gradient
from matrix_checks.derivations.names.turned_names import is_own_transpose
from matrix_checks.derivations.names.unstacked import unstacked
from matrix_checks.derivations.prose.prose import Case, is_condition
from matrix_checks.derivations.prose.surroundings import Surroundings
from matrix_checks.derivations.prose.words import ROWS
from matrix_checks.derivations.reasons.explanations import explain
from matrix_checks.derivations.values.exercise import View

# What holds for any dependence.
RULES = (FOR_EVERY_ENTRY, AS_DIFFERENTIALS, AS_RULE, AS_NUMBERS)
Sides = tuple[kinds.Node, kinds.Node]
Judged = tuple[Finding, Decision | None, Setting]


class Relations:
    """Judges equalities in the order of the text.

    Parameters
    ----------
    context, surroundings
        What the text said so far, and around the equality.
    explains
        Whether a false verdict says what is wrong, which takes longest to find.

    Attributes
    ----------
    concluding
        Whether a derivative was set to zero in the formula that is read: what follows is not judged to be false.
    """

    def __init__(self, context: Context, surroundings: Surroundings, explains: bool):
        self.context, self.surroundings, self._explains = context, surroundings, explains
        self.concluding = False
        self._kept: dict[tuple, KeptVerdict] = {}
        self._said: set[Sides] = set()
        self._meanings = Meanings(context, surroundings, self._holds)
        self._mistakes = OwnMistakes(context, self.verdict)
        self._anew = StatedAnew(context)
        self._cases = SpecialCases(context, surroundings, self._judged, self._explained)

    def begin_chain(self) -> None:
        """Another chain begins: verdicts of the one before are not asked for any more."""
        self._kept.clear()

    def judge(self, left: Member, right: Member, around: Around) -> Finding:
        """What is found about one equality."""
        found = self._judge(left, right, around)
        return found if isinstance(left, str) or isinstance(right, str) else self._anew.unless_of_first(left, right, found)

    def _judge(self, left: Member, right: Member, around: Around) -> Finding:
        if isinstance(left, str) or isinstance(right, str):  # the first condition of a certificate: all is understood
            return Finding(NOT_UNDERSTOOD, left if isinstance(left, str) else str(right))
        if around.sign in UNJUDGED:
            if around.sign == "\\demanded":
                self.concluding = self.surroundings.zero = True
            return self._approximate(*with_euler(self.context, left, right), around)
        if says_what_is_short(self.context, left, right):
            return Finding(HOLDS, earns=False)
        left, right = map(without_marks, in_full(self.context, *with_euler(self.context, left, right)))
        before, taken = self.context.views, take_from_later(self.context, left, right)
        self._meanings.know_again(taken)
        differences = (as_difference(left, right, self.context.steps, view) for view in self.context.views)
        left = next((difference for difference in differences if difference is not None), left)
        left, right = map(with_identities, at_their_arguments(self.context, *with_products_of_sizes(self.context, (left, right))))
        left, right = unstacked(left, right, self._holds)
        updated = updated_mean(self.context.views, left, right)
        if updated is not None:
            return self._explained(*self._judged(*updated))
        if around.place.is_hypothesis and self._meanings.supposes(left, right):
            return Finding(STATED, earns=False)
        in_case = self._cases.found(left, right, around)
        if in_case is not None:
            return in_case
        if (said := self._cases.named(left, right) or self._meanings.said(left, right)) is not None:
            return said
        is_said = (left, right) in self._said or is_trivial(left, right)
        self._said.add((left, right))
        found = self._cases.as_assumed(left, right, self._found(left, right, around), around)
        if found.verdict == FALSE and taken and holds_without_later(self.context, before, taken, left, right):
            found = Finding(HOLDS, OF_ANY, as_written=False)
        found = self._mistakes.unless_it_follows(left, right, by_the_text(self.context, self.surroundings, left, right, found))
        return replace(found, earns=False) if is_said else found

    def learn_of_chain(self, members: list[Member], findings: list[Finding]) -> None:
        """Keep what a chain says of the name that it begins with."""
        self._meanings.learn_of_chain(members, findings)

    def _approximate(self, left: kinds.Node, right: kinds.Node, around: Around) -> Finding:
        """An approximation that is true to first order is right; what any other is good for, nobody can say."""
        unjudged = Finding(NOT_UNDERSTOOD, UNJUDGED[around.sign])
        if around.sign not in APPROXIMATIONS or (is_variable(self.context, name_of(left)) and not right.names):
            return unjudged
        finding, decision, setting = self._judged(left, right)
        of_numbers = rounded(self.context, left, right, around.tokens, around.sign)
        if HOLDS in (of_numbers, finding.verdict) or (finding.verdict == FIRST_ORDER and left.names and right.names):
            return Finding(HOLDS, earns=False)
        if of_numbers == FALSE and finding.verdict == FALSE and decision is not None:
            return self._false(left, right, around, (finding, decision, setting))
        return unjudged

    def verdict(self, left: kinds.Node, right: kinds.Node, views: tuple[View, ...] | None = None) -> str:
        """The verdict that was found in this chain, or is found now.

        Parameters
        ----------
        left, right
            The two sides.
        views
            Only in these, and with nothing held fixed on the way; as an equality of the chain if not given.
        """
        kept = self._kept.get((left, right, views))
        if kept is not None and kept.still_counts(self.context):
            return kept.verdict
        return self._judged(left, right, views=views)[0].verdict

    def in_passing(self, left: kinds.Node, right: kinds.Node) -> Finding:
        """What is found about an equality from which nothing is learned: whether it holds."""
        finding = self._judged(left, right)[0]
        unknown = unknown_dependence(self.context, left, right) if finding.verdict == HOLDS and finding.reason not in RULES else ""
        return Finding(NOT_UNDERSTOOD, unknown) if unknown else finding

    def holds_in_case(self, case: Case, left: Member, right: Member) -> bool:
        """Whether an equality that was judged before holds where two indices are equal, or differ."""
        if isinstance(left, str) or isinstance(right, str):
            return False
        outer, kept = self.context.case, dict(self._kept)
        self.context.case = case
        try:
            return self._holds(left, right)
        finally:
            self.context.case, self._kept = outer, kept

    def _found(self, left: kinds.Node, right: kinds.Node, around: Around) -> Finding:
        finding, decision, setting = self._judged(*by_entries(left, right, explicit=True))
        if finding.verdict == FALSE and by_entries(left, right) != (left, right):
            finding, decision, setting = self._judged(*by_entries(left, right))
        finding = for_numbers(self.context, left, right, (around.tokens, self._cases.are_numbers(left, right)), finding)
        if finding.verdict == HOLDS:
            unknown = unknown_dependence(self.context, left, right) if finding.reason not in RULES else ""
            if unknown:
                return as_rule(self.context.setting(), left, right) or Finding(NOT_UNDERSTOOD, unknown)
            if finding.as_written:
                self._meanings.learn(left, right)
            elif is_square(left) and decision is not None and decision.equality.left == VARIANCE:
                self._meanings.learn(VARIANCE, decision.equality.right)
            return self._meanings.unless_meant(left, right, around, finding)
        if around.place.is_hypothesis and self.surroundings.pending:
            self._meanings.assume(left, right)
            self._cases.note_assumed(left, right)
        if finding.verdict == NOT_UNDERSTOOD:
            if (found := at_minimum(self.context, left, right, self._holds)) is not None:
                return found
            self._doubt_name(left, right, around)
        if finding.verdict == FALSE and decision is not None:
            return self._false(left, right, around, (finding, decision, setting))
        if finding.verdict == OTHER_LAYOUT and is_own_transpose(self.context.views, left, right):
            # x = X^T: from here on the small letter is the row of the exercise, or what else it may be.
            self.surroundings.redefined.add(name_of(left))
        if finding.verdict == OTHER_LAYOUT and kinds.Derivative in left.kinds:
            self.surroundings.rows = True
        return self._meanings.unless_meant(left, right, around, finding)

    def _false(self, left: kinds.Node, right: kinds.Node, around: Around, judged: tuple[Finding, Decision, Setting]) -> Finding:
        """A false verdict, unless something is not sure."""
        (finding, decision, setting), memory = judged, self.context.memory
        of_numbers = rounded(self.context, left, right, around.tokens, around.sign)
        if of_numbers in (HOLDS, NOT_UNDERSTOOD):
            return Finding(of_numbers, "" if of_numbers == HOLDS else MAY_BE_ROUNDED, earns=False)
        finding = self._meanings.unless_meant(left, right, around, finding)
        if finding.verdict != FALSE:
            return finding
        if around.concludes and (is_condition(left, right) or right == ZERO):
            self.concluding = self.surroundings.zero = True
        self.surroundings.demanded |= self.surroundings.defining and right == ZERO
        self.surroundings.zero |= self.surroundings.demanded and right == ZERO
        says_rows = self.surroundings.rows or ROWS.search(self.surroundings.words_behind)
        if says_rows and any(self._holds(*sides) for sides in in_rows(left, right, self.context.views)):
            return Finding(OTHER_LAYOUT, "read with gradients as rows")
        if memory.symmetric and holds_if_symmetric(self.context, left, right, self.verdict, self.surroundings.in_general):
            return Finding(NOT_UNDERSTOOD, MAY_BE_SYMMETRIC, is_doubted=True)
        place = replace(around.place, is_conclusion=self.concluding)
        if names_gradient(left, right):
            self.surroundings.gradients_named = True
            return Finding(NOT_UNDERSTOOD, "d is read as the name of a gradient", is_doubted=True)
        claim = Claim(left, right, around.tokens, place, decision, self.context, self.surroundings, finding.reason)
        why = doubt(claim)
        if not why:
            # A reason takes longest to find, and of what is not sure nobody hears it.
            finding = self._explained(finding, decision, setting)
            why = doubt(replace(claim, reason=finding.reason)) if finding.verdict == FALSE else finding.reason
        self._note_value(left, right, around.tokens, decision)
        if (following := what_follows(claim, why, self._holds, self._said)) is not None:
            return following
        if (why or not self._explains) and around.place.is_first and is_called(left, around.tokens[0]):
            # What a text sets its own function equal to was not understood.
            self.surroundings.redefined |= {name_of(left)} & self.context.known
        return Finding(NOT_UNDERSTOOD, why, is_doubted=True) if why else replace(finding, certificate=ALL_MET)

    def _doubt_name(self, left: kinds.Node, right: kinds.Node, around: Around) -> None:
        """A name of the exercise that the text sets equal to what was not understood may stand for that from here on."""
        name, called, is_first = name_of(left), is_called(left, around.tokens[0]), around.place.is_first
        is_given = is_first and (called or is_variable(self.context, name)) and has_stranger(self.context, right)
        is_known = name in self.context.known and (self.surroundings.defining or is_given)
        if is_known or (is_first and name in OF_ANY_SIZE and kinds.Derivative in right.kinds):
            self.surroundings.redefined.add(name)

    def _note_value(self, left: kinds.Node, right: kinds.Node, tokens: Tokens, decision: Decision) -> None:
        """Keep that a variable was given a value: numbers that follow are those of an example."""
        if gives_value(Claim(left, right, tokens, Place(), decision, self.context, Surroundings())):
            self.surroundings.example = self.surroundings.example or ZERO not in (left, right)
            self.surroundings.zero = self.surroundings.zero or ZERO in (left, right)
            self.surroundings.suppose({name_of(left), name_of_entry(left)} - {""})

    def _holds(self, left: kinds.Node, right: kinds.Node) -> bool:
        return self._judged(left, right)[0].verdict == HOLDS

    def _judged(
        self, left: kinds.Node, right: kinds.Node, views: tuple[View, ...] | None = None, setting: Setting | None = None
    ) -> Judged:
        """The verdict on ``left = right``, how it was decided, and in which setting."""
        is_usual, setting = setting is None, setting or self.context.setting()
        start = setting.work.left
        if views is not None:
            setting = replace(setting, views=views, search=Search(total_only=True))
        decision = None
        try:
            decision = decide_all(setting, left, right, lambda: asked_variables(self.context))
            decision = (
                as_other_step(self.context, setting, decision)
                or as_constant(self.context, setting, decision)
                or as_differentials_of_variables(self.context, setting, decision)
                or to_first_order(setting, decision)
                or decision
            )
            finding = as_copy(
                setting, decision.equality, Finding(decision.verdict, decision.reason, as_written=decision.as_written)
            )
        except FAILURES as error:
            finding = failed(error)
        self.context.work -= start - max(setting.work.left, 0)
        if is_usual:
            self._kept[left, right, views] = KeptVerdict(finding.verdict, self.context.version, self.context.meanings)
        return finding, decision, setting

    def _explained(self, finding: Finding, decision: Decision | None, setting: Setting) -> Finding:
        """A false verdict with what is wrong, which is found by work of its own; any other as it is."""
        if finding.verdict != FALSE or decision is None or not self._explains:
            return finding
        with work_for_reason(self.context, setting) as inner:
            try:
                return replace(finding, reason=explain(inner, decision))
            except FAILURES as error:
                return failed(error)
