r"""What follows from a statement of the text that is false: ``\sigma^2 = \frac{1}{N-1}\sum_i (x_i - \mu)^2`` is said once, and its derivative is right."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.meanings import OUTPUTS
from matrix_checks.derivations.equality.deviation import VARIANCE, is_square, without_labels
from matrix_checks.derivations.equality.fitted_numbers import upstream_names
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.by_own_definitions import BY_DEFINITIONS
from matrix_checks.derivations.judging.losses_behind import whole_name
from matrix_checks.derivations.values.exercise import Definition, View

FOLLOWS = "it follows from what the text said before of {}, which is false"
COMES_IN_ELSEWHERE = "the text says that {} comes in elsewhere"
OF_OTHER_OUTPUT = "it holds for what comes out in the exercise, and not for what the text says"
OF_OWN_OUTPUT = "it holds for what the text says comes out, which is not what comes out in the exercise"
MOST_MISTAKES = 3
COST = "J"


@dataclass
class OwnMistakes:
    """The false statements of a text.

    Attributes
    ----------
    context
        What the text said so far.
    verdict_of
        Decides an equality in some views.
    stated
        What the text made of names of the exercise.
    elsewhere
        The exercise's names of the gradient that comes in, where the text says that it comes in elsewhere.
    """

    context: Context
    verdict_of: Callable[[Node, Node, tuple[View, ...] | None], str]
    stated: dict[str, Definition] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)

    def unless_it_follows(self, left: Node, right: Node, finding: Finding) -> Finding:
        """The finding, or a doubt where something false is true by what the text stated before, or something true false."""
        if (comes_in := sorted(self.elsewhere & (left.names | right.names))) and finding.verdict != NOT_UNDERSTOOD:
            return Finding(NOT_UNDERSTOOD, COMES_IN_ELSEWHERE.format(comes_in[0]), is_doubted=True)
        if finding.verdict in (HOLDS, OTHER_LAYOUT):
            return self._unless_of_other_output(left, right, finding)
        if finding.verdict == NOT_UNDERSTOOD:
            self._note_upstream(left, right)
        if finding.verdict != FALSE:
            return finding
        name = self._stated_by(left, right)
        if name:
            self.stated.setdefault(name, Definition(without_labels(right, self.context.views), _indices(left)))
            return finding
        for name, definition in list(self.stated.items())[:MOST_MISTAKES]:
            views = [view for view in self.context.views if name in view.definitions and name in self._behind(view, left, right)]
            own = tuple(view.with_definition(name, definition, first=True) for view in views)
            if own and self.verdict_of(left, right, own) == HOLDS:
                return Finding(NOT_UNDERSTOOD, FOLLOWS.format(name), is_doubted=True)
        return finding

    def _unless_of_other_output(self, left: Node, right: Node, finding: Finding) -> Finding:
        """The finding, or a doubt where it is right only of one output, and the text and the exercise have different ones."""
        meant, others = (tuple(view for view in self.context.views if view.is_stated is is_stated) for is_stated in (True, False))
        if not meant or not others:
            return finding
        verdict = self.verdict_of(left, right, meant)
        if verdict == finding.verdict and meant[0].has_own_loss:
            of_others = self.verdict_of(left, right, others)
            if of_others in (FALSE, OTHER_LAYOUT):
                return Finding(NOT_UNDERSTOOD, OF_OWN_OUTPUT, is_doubted=True)
            # A temperature is a letter that the exercise does not have.
            return finding if of_others == verdict else replace(finding, reason=BY_DEFINITIONS, earns=False)
        if verdict not in (FALSE, OTHER_LAYOUT) or self.verdict_of(left, right, others) != finding.verdict:
            return finding
        if verdict == FALSE:
            return Finding(NOT_UNDERSTOOD, OF_OTHER_OUTPUT, is_doubted=True)
        return replace(finding, verdict=OTHER_LAYOUT)

    def _note_upstream(self, left: Node, right: Node) -> None:
        r"""Keep the ``g`` of ``g = \partial L/\partial z`` where the text has said that ``z`` is made of the output, and not the output."""
        part, name = kinds.bare(right), name_of(left)
        if name not in upstream_names(self.context.views) or not isinstance(part, kinds.Derivative):
            return
        behind = kinds.Name(whole_name(part.bottom))
        output = next((each for each in OUTPUTS if any(each in view.definitions for view in self.context.views)), "")
        if output and behind.text in self.context.known and self.verdict_of(behind, kinds.Name(output), None) == FALSE:
            self.elsewhere.add(name)

    def _stated_by(self, left: Node, right: Node) -> str:
        """The name of the exercise that an equality says something else of; empty for none."""
        name = VARIANCE.text if is_square(left) else name_of(left)
        is_statement = kinds.Derivative not in right.kinds and name not in right.names
        defined = (view.aliases.get(name, name) for view in self.context.views)
        meant = next((each for each in defined if any(each in view.definitions for view in self.context.views)), "")
        # Whoever takes another output for the exercise's has not done the exercise.
        is_asked = meant in OUTPUTS or meant == loss_of(self.context.views).text or meant == COST
        return meant if is_statement and name and not is_asked else ""

    def _behind(self, view: View, left: Node, right: Node) -> set[str]:
        names = {meant for name in left.names | right.names for meant in view.meant_by(name)}
        return names.union(*(view.behind(name) for name in names))


def _indices(left: Node) -> tuple[str, ...]:
    body = left.body if isinstance(left, kinds.Power) else left
    indices = body.indices if isinstance(body, kinds.Indexed) else ()
    return tuple(each.text for each in indices if isinstance(each, kinds.Name) and len(each.text) == 1 and each.text.islower())
