"""What the names in an equality stand for from here on: those that it introduces, gives another meaning, assumes or knows again."""

from collections.abc import Callable

from matrix_checks.derivations.context.around import Around, Member
from matrix_checks.derivations.context.claims import losses_of, upstream_of
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.free_parameters import takes_again
from matrix_checks.derivations.context.gradients_by_differentials import says_what_gradient_is
from matrix_checks.derivations.context.introductions import argument_of, introduces, introduces_elsewhere, may_be_new, name_of
from matrix_checks.derivations.context.jacobians_by_name import is_other_jacobian
from matrix_checks.derivations.context.other_meanings import note_square, part_meant, take_meaning
from matrix_checks.derivations.context.remainders import leaves_over
from matrix_checks.derivations.context.sides_of_names import fits_nowhere, is_count, is_product_of_known
from matrix_checks.derivations.context.solutions import is_no_solution
from matrix_checks.derivations.context.strangers import has_stranger
from matrix_checks.derivations.equality.deviation import SQUARE, VARIANCE, is_square, with_deviation, with_kept
from matrix_checks.derivations.equality.fitted_numbers import upstream_names
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, STATED, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ONE, ZERO
from matrix_checks.derivations.names.named_parts import in_other_words
from matrix_checks.derivations.prose.surroundings import Surroundings
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.values.exercise import NUMBER, Definition, View

NO_SOLUTION = "the gradient is not zero at what {} is set equal to"
OTHER_JACOBIAN = "{} may be meant for the derivative, which it is not"
DOES_NOT_FIT = "what defines {} does not fit together"
# What layers give: gradients are taken by these.
OUTPUTS = ("F", "y", "y_1", "y_2")


class Meanings:
    """Keeps what the text's names stand for, equality by equality.

    Parameters
    ----------
    context, surroundings
        What the text said so far, and around the equality.
    holds
        Whether ``left = right`` holds.
    """

    def __init__(self, context: Context, surroundings: Surroundings, holds: Callable[[kinds.Node, kinds.Node], bool]):
        self.context, self.surroundings = context, surroundings
        self._holds = holds

    def said(self, left: kinds.Node, right: kinds.Node) -> Finding | None:
        """What is found about an equality that says what something is; ``None`` of any other."""
        if not self._says(left, right):
            return None
        if is_no_solution(self.context, name_of(left), right, self._holds):
            return Finding(NOT_UNDERSTOOD, NO_SOLUTION.format(name_of(left)))
        if is_other_jacobian(self.context, name_of(left), right, self._holds):
            return Finding(NOT_UNDERSTOOD, OTHER_JACOBIAN.format(name_of(left)))
        is_misfit = (
            is_product_of_known(self.context, left, right) and fits_nowhere(self.context, right) and not self._holds(left, right)
        )
        return Finding(NOT_UNDERSTOOD, DOES_NOT_FIT.format(name_of(left))) if is_misfit else Finding(HOLDS, earns=False)

    def _says(self, left: kinds.Node, right: kinds.Node) -> bool:
        """Whether an equality says what a delta is in a case, or what a new name stands for, on either side."""
        if isinstance(left, kinds.Function) and left.name == "delta" and isinstance(right, kinds.Number):
            # Where no case is named, words may name it: "the other terms are zero"; no words make each of them one.
            return right != ONE and self.context.case is None and any(map(str.isalpha, self.surroundings.paragraph))
        if isinstance(left, kinds.Name) and left.text in self.context.memory.set_to_one and right == ONE:
            return True
        if isinstance(left, kinds.Indexed) and left.body.names & self.context.memory.labels and right in (ZERO, ONE):
            # t_c = 1 says which entry of a label is one, and t_i = 0 that the others are none: they say nothing of all.
            return True
        note_square(self.context, right)
        for one, other in ((left, right), (right, left)):
            if one is right and (not may_be_new(self.context, one, other) or is_count(self.context, other)):
                continue
            if introduces(self.context, one, other):
                self._name_parts(name_of(one))
                self._know_again(name_of(one))
                self._name_kept(name_of(one))
                if argument_of(one):
                    self.context.functions[name_of(one)] = argument_of(one)
                return True
        if takes_again(self.context, left, right) or says_what_gradient_is(self.context, left, right):
            return True
        rest = leaves_over(self.context, left, right)
        if rest:
            self._name_parts(rest)
            return True
        return introduces_elsewhere(self.context, left, right)

    def know_again(self, names: list[str]) -> None:
        """Take names that are defined before the text says what they are for what the exercise defines, where that is the same."""
        for name in names:
            self._know_again(name)
            self._name_parts(name)
            self._name_kept(name)

    def _know_again(self, name: str) -> None:
        """Take a new name for what the exercise defines, where it is the same: ``Z = XW + b`` is the output of the layer."""
        defined = {
            other for view in self.context.views for other in (view.origin or view).definitions if self._is_known_again(view, other)
        }
        for other in sorted(defined - {name}):
            if self._holds(kinds.Name(name), kinds.Name(other)):
                meant = next((view.definitions[name][0] for view in self.context.views if name in view.definitions), None)
                self.context.look_at(
                    view.with_alias(name, other) if other in view.definitions else view for view in self.context.views
                )
                if meant is not None and self.context.memory.differentiates_parts:
                    self.context.define(other, meant, first=False)
                return

    def _name_kept(self, name: str) -> None:
        """Take what is kept of a statistic for a letter of the text's own for it with the label of that: the ``v_{run}`` beside ``v``."""
        for statistic in dict.fromkeys(each for view in self.context.views for each in (view.origin or view).updates):
            base = statistic.partition("_")[0]
            if self._holds(kinds.Name(name), kinds.Name(base)):
                self.context.look_at(with_kept(view, name, statistic) for view in self.context.views)
                return

    def _is_known_again(self, view: View, name: str) -> bool:
        """Whether it is what a layer gives, or the number that an exercise is about; the loss behind a layer is any."""
        return name in OUTPUTS or (not view.elementwise and self.context.shape_in(view, name) == NUMBER)

    def _name_parts(self, name: str) -> None:
        """Keep what the exercise's own definitions are with a new name, where that is the same."""
        for view in self.context.views:
            for definition in view.definitions.get(name, ())[:1]:
                for other, found in in_other_words(view, name, definition):
                    letters = tuple(map(kinds.Name, found.indices))
                    left = kinds.Indexed(kinds.Name(other), letters) if letters else kinds.Name(other)
                    if self._holds(left, found.body):
                        self.context.define(other, found, first=False)

    def unless_meant(self, left: kinds.Node, right: kinds.Node, around: Around, finding: Finding) -> Finding:
        """What does not hold as it stands may give a name another meaning, or be assumed."""
        name = name_of(left)
        if finding.verdict == FALSE and around.sign == "\\coloneqq" and self._fits_nothing(name, right):
            return finding
        # "Now it vanishes at ``E = 0``" speaks of a point.
        is_introduced = name in self.context.own and around.before.introduces and not self._is_gradient_inside(name)
        is_meant = around.sign == "\\coloneqq" or (is_introduced and right != ZERO)
        if isinstance(left, kinds.Name) and finding.verdict != HOLDS and is_meant:
            # The gradient of a loss that is chosen: for a quadratic loss G = 2Y.
            self.surroundings.redefined |= {loss for view in self.context.views for loss in losses_of(view, left.text)}
            self.context.define(name, Definition(right), first=True)
            return Finding(HOLDS, earns=False)
        if finding.verdict != FALSE:
            return finding
        if around.place.is_first and self._may_choose_loss(left, right) and self._chooses_loss(self._incoming(left), right):
            return Finding(NOT_UNDERSTOOD, f"another meaning is given to {name or 'the gradient that comes in'}", is_doubted=True)
        if name and (around.sign == "\\coloneqq" or (around.place.is_first and self._is_no_gradient(left, right))):
            self.surroundings.redefined |= {name} if around.sign != "\\coloneqq" else set()
            return Finding(NOT_UNDERSTOOD, f"another meaning is given to {name}", is_doubted=True)
        meant = self._with_other_meaning(left, right) if around.place.is_first else None
        if meant is not None:
            return meant
        if name and around.place.is_first and self.surroundings.defining and self._is_another(name, right):
            self.surroundings.redefined.add(name)
            return Finding(NOT_UNDERSTOOD, f"another meaning is given to {name}", is_doubted=True)
        if isinstance(left, kinds.Name) and around.before.assumes:
            return Finding(STATED, earns=False)
        return finding

    def _is_gradient_inside(self, name: str) -> bool:
        """Whether an own name is the gradient by a variable, or by what a layer before another one gives: no loss is chosen for that."""
        for view in self.context.views:
            body = view.definitions[name][0].body if name in view.definitions else None
            loss = view.definitions[loss_of((view,)).text][0].body if loss_of((view,)).text in view.definitions else None
            if isinstance(body, kinds.Derivative) and isinstance(body.bottom, kinds.Name):
                by = view.aliases.get(body.bottom.text, body.bottom.text)
                is_inside = isinstance(loss, kinds.Inner) and by in view.definitions and kinds.Name(by) != loss.right
                if is_inside or by in (view.origin or view).variables:
                    return True
        return False

    def _fits_nothing(self, name: str, right: kinds.Node) -> bool:
        """Whether what the exercise defines is given a value that cannot be multiplied or added: that is no other meaning."""
        is_defined = name not in self.context.own and any(name in view.definitions for view in self.context.views)
        return is_defined and self.context.shape_of(right) is None

    def _may_choose_loss(self, left: kinds.Node, right: kinds.Node) -> bool:
        """Whether a gradient may say what the loss is: by its name, or where the text states none, and speaks of nothing unknown."""
        states_loss = loss_of(self.context.views).text in self.context.restated.keys() | self.context.later.keys()
        is_claim = states_loss or kinds.Derivative in right.kinds or has_stranger(self.context, right)
        return isinstance(left, kinds.Name) or not is_claim

    def _incoming(self, left: kinds.Node) -> str:
        r"""The name of the gradient that comes in, where a side is that: ``g_i``, ``\\frac{\\partial L}{\\partial y_i}``, and ``dy_i`` in programs."""
        if isinstance(left, kinds.Derivative):
            is_of_loss = isinstance(left.top, kinds.Name) and loss_of(self.context.views).text == left.top.text
            whole = kinds.whole_of(left.bottom) if is_of_loss else kinds.Name("")
        elif isinstance(left, kinds.Differentiated) and self._names_gradients:
            whole = kinds.whole_of(left.body)
        else:
            return name_of(left)
        name = whole.text if isinstance(whole, kinds.Name) else ""
        is_output = any(view.aliases.get(name, name) in OUTPUTS for view in self.context.views)
        return min(upstream_names(self.context.views), default="") if is_output else ""

    @property
    def _names_gradients(self) -> bool:
        """Whether the text says, or shows, that it writes ``dy`` for a gradient."""
        return self.context.memory.names_gradients or self.context.memory.has_named_gradients

    def _chooses_loss(self, name: str, right: kinds.Node) -> bool:
        """Whether the gradient that comes in is set equal to what the output gives, as in ``G = 2Y``: from there on the loss may be a certain one."""
        losses = {
            loss
            for view in self.context.views
            for loss in view.definitions
            if view.aliases.get(name, name) in upstream_of(view, loss)
            and any(view.aliases.get(each, each) in OUTPUTS for each in right.names)
        }
        self.surroundings.redefined |= losses
        return bool(losses)

    def _is_no_gradient(self, left: kinds.Node, right: kinds.Node) -> bool:
        """Whether the letter of the gradient that comes in is set equal to what has nothing to do with the output: for a while it is no gradient."""
        views, letter = self.context.views, kinds.whole_of(left)
        is_incoming = isinstance(letter, kinds.Name) and letter.text in upstream_names(views) and letter.text not in right.names
        names = {view.aliases.get(each, each) for view in views for each in right.names}
        return is_incoming and kinds.Derivative not in right.kinds and bool(names) and names.isdisjoint(OUTPUTS)

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

    def _is_another(self, name: str, right: kinds.Node) -> bool:
        """Whether a name of the exercise can be meant for something else: it names a variable, or what it is given has a value."""
        if any(name in view.aliases or name in view.variables for view in self.context.views):
            return True
        return self.context.shape_of(right) is not None

    def supposes(self, left: kinds.Node, right: kinds.Node) -> bool:
        """Whether a hypothesis says of a matrix that it is symmetric, and nothing else.

        A variable may also be one of several in this sentence, as ``x = e_i``: numbers, and other letters, are examples and cases.
        """
        is_line = isinstance(right, kinds.Indexed) and bool(right.names)
        if self.surroundings.pending and is_line and any(name_of(left) in view.variables for view in self.context.views):
            self.surroundings.hypothetical.add(name_of(left))
        turned = kinds.Transposed(left) == right or kinds.Transposed(right) == left
        is_made = any(name in view.definitions for view in self.context.views for name in left.names)
        if turned and not is_made:
            self.surroundings.suppose(left.names)
        return turned and not is_made and len(left.names) == 1

    def assume(self, left: kinds.Node, right: kinds.Node) -> None:
        """Keep what a hypothesis speaks of; that something is zero is no hypothesis on the rest of it."""
        name = name_of(left)
        if right != ZERO or name:
            self.surroundings.suppose({name} if name else left.names | right.names)

    def learn_of_chain(self, members: list[Member], findings: list[Finding]) -> None:
        """In ``g_1 = \\frac{\\partial L}{\\partial y_1} = g_2 W_2^\\top`` the name is the end, too, where all of it holds."""
        name, end = members[0], members[-1]
        if len(members) < 3 or not isinstance(name, kinds.Node) or not isinstance(end, kinds.Node):
            return
        if is_square(name) and all(finding.verdict == HOLDS for finding in findings):
            # The text has squared the name of the variance.
            self.learn(VARIANCE, with_deviation(end))
        *before, last = findings
        if not isinstance(name, kinds.Name) or not all(each.verdict == HOLDS and each.as_written for each in before):
            return
        if last.verdict == HOLDS and last.as_written:
            self.learn(name, end)
        elif last.verdict == OTHER_LAYOUT and name.text in self.context.own:
            # J = dy/du = x^T: whoever has gradients in rows calls the row J.
            self.context.define(name.text, Definition(end), first=True)

    def learn(self, left: kinds.Node, right: kinds.Node) -> None:
        """Keep what an equality that holds says of a name, or of all entries of what the exercise defines, such as ``y_i``."""
        if self.context.memory.following is None and any(name_of(left) in view.definitions for view in self.context.views):
            self.surroundings.hear_statement(right.names)
        if name_of(left) in self.context.memory.outputs_named and not self.context.own.isdisjoint(right.names):
            # Its parts are no quantities that a derivative may hold fixed.
            return
        if isinstance(left, kinds.Derivative) and left.top == loss_of(self.context.views) and kinds.Derivative not in right.kinds:
            self.context.memory.gradients[left.bottom] = right
        if isinstance(left, kinds.Name):
            if not isinstance(right, kinds.Name):
                self.context.define(left.text, Definition(right), first=False)
        elif isinstance(left, kinds.Indexed) and isinstance(left.body, kinds.Name) and self.context.case is None:
            letters = tuple(index.text for index in left.indices if isinstance(index, kinds.Name) and index.text in INDEX_LETTERS)
            if len(letters) == len(set(letters)) == len(left.indices):
                self.context.define(left.body.text, Definition(right, letters), first=False)
