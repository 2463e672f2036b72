"""Equalities that are said of a special case: all arrays are numbers, components have letters, or an array is another expression."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from matrix_checks.derivations.certificate.certificate import doubt_of_case
from matrix_checks.derivations.context.around import Around
from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.deciding.case_of_numbers import (
    NOT,
    SURELY,
    has_matrix_beside_number,
    has_small_letters,
    holds_for_numbers,
    is_in_small_letters,
    of_numbers,
    speaks_of_numbers,
)
from matrix_checks.derivations.deciding.components import (
    components_said,
    in_components,
    is_taken,
    letters_of,
    number_said,
    sizes_of,
)
from matrix_checks.derivations.deciding.components_stated import components_stated
from matrix_checks.derivations.deciding.school_calculus import AS_NUMBERS
from matrix_checks.derivations.equality.equality import Decision
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Name, Node
from matrix_checks.derivations.prose.surroundings import Surroundings
from matrix_checks.derivations.values.exercise import Definition, View

Found = tuple[Finding, Decision | None, Setting]
IN_COMPONENTS = "for arrays whose components have letters"
BESIDE_NUMBERS = "it holds for numbers, which have small letters in the text"
AS_ASSUMED = "in the case that is assumed"
Explained = Callable[[Finding, Decision | None, Setting], Finding]


@dataclass(frozen=True)
class SpecialCase:
    """An equality in a special case.

    Attributes
    ----------
    left, right
        Its sides, in the exercise's own names.
    setting
        The case.
    reason
        What the case is.
    is_sure
        Whether what is false there is false.
    """

    left: Node
    right: Node
    setting: Setting
    reason: str
    is_sure: bool


Judged = Callable[[Node, Node, None, Setting], Found]


class SpecialCases:
    """Judges what is said of a special case.

    Parameters
    ----------
    context, surroundings
        What the text said so far, and around the equality.
    judged
        Finds the verdict on an equality in its case, how it was decided, and in which setting.
    explained
        A false verdict with what is wrong.
    """

    def __init__(self, context: Context, surroundings: Surroundings, judged: Judged, explained: Explained):
        self._context, self._surroundings = context, surroundings
        self._judged, self._explained = judged, explained

    def named(self, left: Node, right: Node) -> Finding | None:
        """What is found about an equality that gives letters to components, which are kept; ``None`` of any other."""
        found = components_said(self._context, left, right)
        self._context.components |= found
        return Finding(HOLDS, earns=False) if found else None

    def note_assumed(self, left: Node, right: Node) -> None:
        """Keep that a hypothesis takes an array of the exercise for another expression, as long as it is assumed."""
        is_array = isinstance(left, Name) and any(left.text in view.variables for view in self._context.views)
        if isinstance(left, Name) and is_array and left.text not in right.names:
            self._surroundings.assumed[left.text] = right

    def found(self, left: Node, right: Node, around: Around) -> Finding | None:
        """What is found of an equality that can be meant for a special case only; ``None`` where it speaks of the exercise as it is."""
        if letters := number_said(self._context, left, right) or components_stated(self._context, left, right):
            self._context.components |= letters
            return Finding(HOLDS, earns=False)
        case = self._in_components(left, right) or self._of_numbers(left, right)
        return self._in_case(case, around) if case is not None else None

    def as_assumed(self, left: Node, right: Node, finding: Finding, around: Around) -> Finding:
        """What is found of an equality that holds in the case that its sentence or paragraph assumes; else what was found without."""
        if finding.verdict == HOLDS and self._is_of_matrices_beside_numbers(left, right):
            return Finding(NOT_UNDERSTOOD, BESIDE_NUMBERS, is_doubted=True)
        case = self._assumed(left, right) if finding.verdict in (FALSE, NOT_UNDERSTOOD) else None
        found = self._in_case(case, around) if case is not None else finding
        return found if found.verdict == HOLDS else self._as_numbers(left, right, finding)

    def _is_of_matrices_beside_numbers(self, left: Node, right: Node) -> bool:
        """Whether what holds where all sizes are one does so only there, and has a capital beside a small letter that is a number."""
        sizes, paragraph = self._context.sizes, self._surroundings.paragraph
        are_ones = set(sizes.values()) == {1} and (len(sizes) > 1 or speaks_of_numbers(paragraph) != NOT)
        if not are_ones or not has_matrix_beside_number(paragraph, left, right):
            return False
        return self._judged(left, right, None, replace(self._context.setting(), sizes={}, kept={}, ranges={}))[0].verdict != HOLDS

    def are_numbers(self, left: Node, right: Node) -> bool:
        """Whether the sentence of an equality says that its letters are numbers."""
        around = self._surroundings
        return around.of_numbers and not has_matrix_beside_number(around.paragraph, left, right)

    def _as_numbers(self, left: Node, right: Node, finding: Finding) -> Finding:
        """What is found of an equality in small letters where its paragraph takes all arrays for numbers; else what was found without."""
        if finding.verdict not in (FALSE, NOT_UNDERSTOOD) or not is_in_small_letters(left, right):
            return finding
        if speaks_of_numbers(self._surroundings.paragraph) != SURELY or not holds_for_numbers(self._context, left, right):
            return finding
        return Finding(HOLDS, AS_NUMBERS, earns=False, as_written=False)

    def _in_case(self, case: SpecialCase, around: Around) -> Finding:
        """What is found of an equality in a special case; nothing is learned from it."""
        finding, decision, setting = self._judged(case.left, case.right, None, case.setting)
        if finding.verdict != FALSE or decision is None:
            return replace(finding, reason=finding.reason or case.reason, earns=False, as_written=False)
        place = replace(around.place, is_hypothesis=False)
        claim = Claim(case.left, case.right, around.tokens, place, decision, self._context, self._surroundings, finding.reason)
        # With \varepsilon = 0, too, nothing is computed of components that have letters.
        given = {each.name for each in self._context.memory.given_here}
        is_sure = case.is_sure and not claim.speaks_of(given)
        why = doubt_of_case(claim) if is_sure else f"it is not true {case.reason}, and may not be meant so"
        return Finding(NOT_UNDERSTOOD, why, is_doubted=True) if why else self._explained(finding, decision, setting)

    def _in_components(self, left: Node, right: Node) -> SpecialCase | None:
        context = self._context
        if kinds.Primed in left.kinds | right.kinds:
            # The (a^2)' = 2a of a component is one of numbers.
            return None
        parts = (part for side in (left, right) for part in side.everything if isinstance(part, kinds.Indexed))
        # Of a matrix of components a and b, the a_{ik} is any entry.
        entries = {part.body.text for part in parts if isinstance(part.body, Name)}
        free = {name for name in context.components if name not in entries and not is_taken(context, name, is_entry=True)}
        found = {name: what for name, what in context.components.items() if name in free}
        sizes = sizes_of(found, letters_of(found, kinds.Add((left, right)))) if found else {}
        if not sizes:
            return None
        # A matrix that is wide or high in the case is square in none.
        views = tuple(view for view in context.views if sizes.keys() <= {*view.letters}) or context.views
        setting = replace(context.setting(views), sizes={**context.sizes, **sizes}, kept={}, ranges={})
        return SpecialCase(in_components(found, left), in_components(found, right), setting, IN_COMPONENTS, True)

    def _of_numbers(self, left: Node, right: Node) -> SpecialCase | None:
        how = speaks_of_numbers(self._surroundings.paragraph) if has_small_letters(self._context, left, right) else NOT
        if how == NOT:
            return None
        return SpecialCase(left, right, of_numbers(self._context.setting()), AS_NUMBERS, how == SURELY)

    def _assumed(self, left: Node, right: Node) -> SpecialCase | None:
        around = self._surroundings
        assumed = {name: node for name, node in around.assumed.items() if name in around.hypothetical}
        is_assumption = isinstance(left, Name) and left.text in assumed
        if not assumed or is_assumption or kinds.Derivative in left.kinds | right.kinds:
            return None
        views = tuple(_with_assumed(view, assumed) for view in self._context.views if assumed.keys() <= view.variables.keys())
        setting = replace(self._context.setting(), views=views, kept={}, ranges={})
        return SpecialCase(left, right, setting, AS_ASSUMED, False) if views else None


def _with_assumed(view: View, assumed: dict[str, Node]) -> View:
    variables = {name: shape for name, shape in view.variables.items() if name not in assumed}
    definitions = {**view.definitions, **{name: (Definition(node),) for name, node in assumed.items()}}
    return replace(view, variables=variables, definitions=definitions, origin=view.origin or view)
