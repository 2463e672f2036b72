"""One equality after the other: what it introduces, its verdict, and whether a false one has its certificate."""

from dataclasses import replace

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging import prose
from matrix_checks.derivations.judging.around import Around, KeptVerdict, Tokens
from matrix_checks.derivations.judging.certificate import ALL_MET, doubt, gives_value, unknown_dependence
from matrix_checks.derivations.judging.changes import ZERO, as_difference
from matrix_checks.derivations.judging.claims import Claim, Place
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.deciding import decide
from matrix_checks.derivations.judging.deviation import SQUARE, VARIANCE
from matrix_checks.derivations.judging.equality import Decision
from matrix_checks.derivations.judging.explanations import explain
from matrix_checks.derivations.judging.introductions import Member, introduces, introduces_elsewhere, may_be_new, name_of
from matrix_checks.derivations.judging.looking_ahead import take_from_later
from matrix_checks.derivations.judging.named_parts import in_other_words
from matrix_checks.derivations.judging.other_meanings import note_square, part_meant, take_meaning
from matrix_checks.derivations.judging.sides import Search, Setting, by_entries
from matrix_checks.derivations.judging.steps_again import as_other_step
from matrix_checks.derivations.judging.surroundings import Surroundings
from matrix_checks.derivations.judging.trivial import is_trivial
from matrix_checks.derivations.judging.verdicts import FALSE, FIRST_ORDER, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, STATED, Finding
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.values.exercise import Definition, View

UNJUDGED = {
    "\\approx": "an approximation is not judged", "\\simeq": "an approximation is not judged", "\\cong": "an approximation is not judged",
    "\\propto": "a proportion is not judged", "\\demanded": "an equation that is demanded is not judged",
}  # fmt: skip
APPROXIMATIONS = ("\\approx", "\\simeq", "\\cong")
Sides = tuple[kinds.Node, kinds.Node]


# What layers give: gradients are taken by these.
OUTPUTS = ("F", "y", "y_1", "y_2")


class Relations:
    """Judges equalities in the order of the text.

    Parameters
    ----------
    context, surroundings
        What the text said so far, and around the equality.

    Attributes
    ----------
    concluding
        Whether a derivative was set to zero in the formula that is read: what follows is not judged to be false.
    """

    def __init__(self, context: Context, surroundings: Surroundings):
        self.context, self.surroundings = context, surroundings
        self.concluding = False
        self._kept: dict[tuple, KeptVerdict] = {}
        self._said: set[Sides] = set()

    def begin_chain(self) -> None:
        """Another chain begins: verdicts of the one before are not asked for any more."""
        self._kept.clear()

    def judge(self, left: Member, right: Member, around: Around) -> Finding:
        """What is found about one equality."""
        if isinstance(left, str) or isinstance(right, str):
            # A token that was not understood: the first condition of a false verdict's certificate.
            return Finding(NOT_UNDERSTOOD, left if isinstance(left, str) else str(right))
        if around.sign in UNJUDGED:
            if around.sign == "\\demanded":
                self.concluding = self.surroundings.zero = True
            return self._approximate(left, right, around.sign)
        take_from_later(self.context, left, right)
        differences = (as_difference(left, right, self.context.steps, view) for view in self.context.views)
        left = next((difference for difference in differences if difference is not None), left)
        updated = self.context.updated(left)
        if updated is not None:
            return self._judged(updated, right)[0]
        if self._says(left, right):
            return Finding(HOLDS, earns=False)
        if (left, right) in self._said or is_trivial(left, right):
            return replace(self._found(left, right, around), earns=False)
        self._said.add((left, right))
        return self._found(left, right, around)

    def _approximate(self, left: kinds.Node, right: kinds.Node, sign: str) -> Finding:
        """An approximation that is true to first order is right; what any other is good for, nobody can say."""
        about_numbers = not left.names or not right.names
        if (
            sign in APPROXIMATIONS
            and not about_numbers
            and self._judged(left, right, explained=False)[0].verdict in (HOLDS, FIRST_ORDER)
        ):
            return Finding(HOLDS, earns=False)
        return Finding(NOT_UNDERSTOOD, UNJUDGED[sign])

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
        return self._judged(left, right, explained=False, views=views)[0].verdict

    def _found(self, left: kinds.Node, right: kinds.Node, around: Around) -> Finding:
        finding, decision = self._judged(*by_entries(left, right, explicit=True))
        if finding.verdict == FALSE and by_entries(left, right) != (left, right):
            finding, decision = self._judged(*by_entries(left, right))
        if finding.verdict == HOLDS:
            unknown = unknown_dependence(self.context, left, right)
            if unknown:
                return Finding(NOT_UNDERSTOOD, unknown)
            if finding.as_written:
                self._learn(left, right)
            return self._unless_meant(left, right, around, finding)
        if around.place.is_hypothesis and self.surroundings.pending:
            self._assume(left, right)
        name = name_of(left)
        if self.surroundings.defining and finding.verdict == NOT_UNDERSTOOD and name in self.context.known:
            self.surroundings.redefined.add(name)
        if finding.verdict == FALSE and decision is not None:
            return self._false(left, right, around, finding, decision)
        if finding.verdict == OTHER_LAYOUT and kinds.depends(left, kinds.Derivative):
            self.surroundings.rows = True
        return self._unless_meant(left, right, around, finding)

    def _false(self, left: kinds.Node, right: kinds.Node, around: Around, finding: Finding, decision: Decision) -> Finding:
        """A false verdict, unless something is not sure."""
        finding = self._unless_meant(left, right, around, finding)
        if finding.verdict != FALSE:
            return finding
        if around.concludes and (prose.is_condition(left, right) or right == ZERO):
            self.concluding = self.surroundings.zero = True
        if self.surroundings.demanded and right == ZERO:
            self.surroundings.zero = True
        if self.surroundings.defining and right == ZERO:
            self.surroundings.demanded = self.surroundings.zero = True
        if self.surroundings.rows and self._holds_in_rows(left, right):
            return Finding(OTHER_LAYOUT, "read with gradients as rows")
        place = replace(around.place, is_conclusion=self.concluding)
        if self._names_gradient(left, right):
            return Finding(NOT_UNDERSTOOD, "d is read as the name of a gradient", is_doubted=True)
        why = doubt(Claim(left, right, around.tokens, place, decision, self.context, self.surroundings))
        self._note_value(left, right, around.tokens, decision)
        return Finding(NOT_UNDERSTOOD, why, is_doubted=True) if why else replace(finding, certificate=ALL_MET)

    def _note_value(self, left: kinds.Node, right: kinds.Node, tokens: Tokens, decision: Decision) -> None:
        """Keep that a variable was given a value: numbers that follow are those of an example."""
        if gives_value(Claim(left, right, tokens, Place(), decision, self.context, Surroundings())):
            self.surroundings.example = True
            if name_of(left):
                self.surroundings.hypothetical.add(name_of(left))

    def _says(self, left: kinds.Node, right: kinds.Node) -> bool:
        """Whether an equality says what a delta is in a case, or what a new name stands for, on either side."""
        if isinstance(left, kinds.Function) and left.name == "delta" and isinstance(right, kinds.Number):
            return True
        note_square(self.context, right)
        for one, other in ((left, right), (right, left)):
            if (one is left or may_be_new(self.context, one, other)) and introduces(self.context, one, other):
                self._name_parts(name_of(one))
                self._know_again(name_of(one))
                if isinstance(one, kinds.Product):
                    self.context.functions.add(name_of(one))
                return True
        return introduces_elsewhere(self.context, left, right)

    def _know_again(self, name: str) -> None:
        """Take a new name for what the exercise defines, where it is the same: ``Z = XW + b`` is the output of the layer."""
        defined = {other for view in self.context.views for other in (view.origin or view).definitions if other in OUTPUTS}
        for other in sorted(defined - {name}):
            if self._judged(kinds.Name(name), kinds.Name(other), explained=False)[0].verdict == HOLDS:
                self.context.look_at(
                    view.with_alias(name, other) if other in view.definitions else view for view in self.context.views
                )
                return

    def _name_parts(self, name: str) -> None:
        """Keep what the exercise's own definitions are with a new name, where that is the same."""
        for view in self.context.views:
            for definition in view.definitions.get(name, ())[:1]:
                for other, found in in_other_words(view, name, definition):
                    letters = tuple(map(kinds.Name, found.indices))
                    left = kinds.Indexed(kinds.Name(other), letters) if letters else kinds.Name(other)
                    if self._judged(left, found.body, explained=False)[0].verdict == HOLDS:
                        self.context.define(other, found, first=False)

    def _unless_meant(self, left: kinds.Node, right: kinds.Node, around: Around, finding: Finding) -> Finding:
        """What does not hold as it stands may give a name another meaning, or be assumed."""
        name = name_of(left)
        is_meant = around.sign == "\\coloneqq" or (name in self.context.own and around.before.introduces)
        if isinstance(left, kinds.Name) and finding.verdict != HOLDS and is_meant:
            self.context.define(name, Definition(right), first=True)
            return Finding(HOLDS, earns=False)
        if finding.verdict != FALSE:
            return finding
        if around.sign == "\\coloneqq" and name:
            return Finding(NOT_UNDERSTOOD, f"another meaning is given to {name}", is_doubted=True)
        if name and around.place.is_first and self.surroundings.defining and self._is_another(name, right):
            self.surroundings.redefined.add(name)
            return Finding(NOT_UNDERSTOOD, f"another meaning is given to {name}", is_doubted=True)
        meant = self._with_other_meaning(left, right) if around.place.is_first else None
        if meant is not None:
            return meant
        if isinstance(left, kinds.Name) and around.before.assumes:
            return Finding(STATED, earns=False)
        return finding

    def _with_other_meaning(self, left: kinds.Node, right: kinds.Node) -> Finding | None:
        """What is found where a letter of the exercise is given the meaning of another part of it; ``None`` where it is not."""
        if left == SQUARE:
            left, right = VARIANCE, kinds.Function("sqrt", (right,))
        elif not isinstance(left, kinds.Name) or left.text not in self.context.restated:
            return None
        assert isinstance(left, kinds.Name)
        part = part_meant(self.context, left.text, right)
        if part is None:
            return None
        if left.text in right.names:
            self.surroundings.redefined.add(left.text)
            return Finding(NOT_UNDERSTOOD, f"another meaning is given to {left.text}", is_doubted=True)
        take_meaning(self.context, left.text, part)
        return Finding(HOLDS, f"{left.text} is taken for this from here on", earns=False)

    def _assume(self, left: kinds.Node, right: kinds.Node) -> None:
        """Keep what a hypothesis speaks of; that something is zero is no hypothesis on the rest of it."""
        name = name_of(left)
        if right != ZERO or name:
            self.surroundings.hypothetical |= {name} if name else left.names | right.names

    def _is_another(self, name: str, right: kinds.Node) -> bool:
        """Whether a name of the exercise can be meant for something else: it names a variable, or what it is given has a value."""
        if any(name in view.aliases or name in view.variables for view in self.context.views):
            return True
        return self.context.shape_of(right) is not None

    def _names_gradient(self, left: kinds.Node, right: kinds.Node) -> bool:
        """Whether ``\\frac{\\partial L}{\\partial y} = dy`` gives a gradient its name, as in programs."""
        for one, other in ((left, right), (right, left)):
            if isinstance(one, kinds.Derivative) and _is_differential_of(other, one.bottom):
                self.surroundings.gradients_named = True
                return True
        return False

    def _holds_in_rows(self, left: kinds.Node, right: kinds.Node) -> bool:
        sides = (_with_rows(left), _with_rows(right))
        return sides != (left, right) and self._judged(*sides, explained=False)[0].verdict == HOLDS

    def _learn(self, left: kinds.Node, right: kinds.Node) -> None:
        """Keep what an equality that holds says of a name, or of all entries of what the exercise defines, such as ``y_i``."""
        if isinstance(left, kinds.Name):
            if not isinstance(right, kinds.Name):
                self.context.define(left.text, Definition(right), first=False)
        elif isinstance(left, kinds.Indexed) and isinstance(left.body, kinds.Name) and self.context.case is None:
            letters = tuple(index.text for index in left.indices if isinstance(index, kinds.Name) and index.text in INDEX_LETTERS)
            if len(letters) == len(set(letters)) == len(left.indices):
                self.context.define(left.body.text, Definition(right, letters), first=False)

    def _judged(
        self, left: kinds.Node, right: kinds.Node, explained: bool = True, views: tuple[View, ...] | None = None
    ) -> tuple[Finding, Decision | None]:
        """The verdict on ``left = right``; where it is false, ``explained`` by what is wrong."""
        setting = self.context.setting()
        start = setting.work.left
        if views is not None:
            setting = replace(setting, views=views, search=Search(total_only=True))
        decision = None
        try:
            decision = decide(setting, left, right)
            decision = as_other_step(self.context, setting, decision) or decision
            false = decision.verdict == FALSE and explained
            reason = self._reason(setting, decision) if false else decision.reason
            finding = Finding(decision.verdict, reason, as_written=decision.as_written)
        except RecursionError:
            finding = Finding(NOT_UNDERSTOOD, "it is too deeply nested to be evaluated")
        except (ArithmeticError, ValueError, MemoryError) as error:
            # A stranger's text may do anything with numbers: no right step may be called false for it.
            finding = Finding(NOT_UNDERSTOOD, f"it could not be evaluated ({type(error).__name__})")
        self.context.work -= start - max(setting.work.left, 0)
        self._kept[left, right, views] = KeptVerdict(finding.verdict, self.context.version, self.context.meanings)
        return finding, decision

    def _reason(self, setting: Setting, decision: Decision) -> str:
        """What is wrong with a false equality, found by work of its own."""
        work = self.context.begin_reason(setting.work.left)
        given = work.left
        reason = explain(replace(setting, work=work), decision)
        self.context.work_for_reasons -= given - max(work.left, 0)
        return reason


def _is_differential_of(node: kinds.Node, bottom: kinds.Node) -> bool:
    body = node.body if isinstance(node, kinds.Indexed) else node
    return isinstance(body, kinds.Differentiated) and kinds.bare(body.body).names == bottom.names != frozenset()


def _with_rows(node: kinds.Node) -> kinds.Node:
    """The same expression with each gradient as a row."""
    if isinstance(node, kinds.Derivative):
        return node if isinstance(node.bottom, kinds.Indexed) else kinds.Transposed(node)
    return node.rebuilt(_with_rows)
