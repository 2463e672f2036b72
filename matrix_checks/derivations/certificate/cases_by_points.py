"""What is false in general, and true at a point that the words around it speak of: "for $A = I$ we get $y = x^Tc$"."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice, product

from matrix_checks.derivations.certificate.hypotheses_around import OF_HYPOTHESIS
from matrix_checks.derivations.certificate.special_points import ARE_NUMBERS, IS_EQUAL, IS_SINGLE, Point, points_of_truth
from matrix_checks.derivations.certificate.words_of_points import (
    may_say_point,
    may_speak_of_points,
    says_point,
    sentence_of,
    sentences_of,
)
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.work_for_reasons import work_for_point
from matrix_checks.derivations.equality.conventions import ways
from matrix_checks.derivations.equality.failures import FAILURES
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.sides import Search
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, Equality, Finding
from matrix_checks.derivations.expressions.as_tex import tex
from matrix_checks.derivations.expressions.kinds import Function, Name, Node
from matrix_checks.derivations.prose.surroundings import Surroundings

MOST_VIEWS, MOST_WAYS = 2, 3
MAXIMAL_PAIRS = 6
UNSEEN = "the text is so long that it was not seen whether it is true at a point that its words speak of"


def at_points(context: Context, surroundings: Surroundings, left: Node, right: Node, finding: Finding) -> Finding:
    """What is found of an equality that is false, or stands under a hypothesis: whether it is true at a point that its sentence speaks of.

    Parameters
    ----------
    context, surroundings
        What the text said so far, and around the equality.
    left, right
        Its sides.
    finding
        What was found without.
    """
    is_hypothetical = finding.is_doubted and finding.reason.startswith(OF_HYPOTHESIS)
    if finding.verdict != FALSE and not is_hypothetical:
        return finding
    around = surroundings.paragraph, surroundings.words_behind
    sentence, sentences = sentence_of(*around), sentences_of(*around)
    if not may_speak_of_points(sentences):
        return finding
    if finding.verdict == FALSE and max(context.work_for_reasons, context.work_for_points) <= 0:
        return Finding(NOT_UNDERSTOOD, UNSEEN, is_doubted=True)

    @cache
    def may_be(point: Point) -> bool:
        """The words are asked first: they take less time than the numbers. What is single is often said in the sentence before."""
        if says_point(point, sentence):
            return True
        return finding.verdict == FALSE and may_say_point(point, sentences if point.kind in (IS_SINGLE, ARE_NUMBERS) else sentence)

    for point in _found(context, Equality(left, right), may_be):
        if says_point(point, sentence):
            return Finding(HOLDS, f"where {_said(point)}", earns=False, as_written=False)
        if finding.verdict == FALSE:
            return Finding(NOT_UNDERSTOOD, f"it is true only where {_said(point)}, and may be said of that", is_doubted=True)
    return finding


def _found(context: Context, equality: Equality, may_be: Callable[[Point], bool]) -> Iterator[Point]:
    if any(isinstance(part, Function) and not part.arguments for side in equality.sides for part in side.everything):
        # What is true up to a constant is decided in a way of its own.
        return
    names = equality.left.names | equality.right.names
    views = [view for view in context.views if not any(name in context.known and name not in view.names for name in names)]
    most_pairs = None if not OF_ANY_SIZE.isdisjoint(names) else MAXIMAL_PAIRS
    sides = islice(dict.fromkeys(ways(*equality.sides, tuple(views), context.memory)), MOST_WAYS)
    for (left, right), view in product(sides, views[:MOST_VIEWS]):
        with work_for_point(context, context.setting()) as setting:
            search = Search(total_only=True, most_pairs=most_pairs)
            try:
                yield from points_of_truth(replace(setting, search=search), Equality(left, right), view, may_be)
            except FAILURES:
                continue


def _said(point: Point) -> str:
    names = [tex(Name(name)) for name in point.names]
    if point.kind == IS_EQUAL:
        return " and ".join(names) + " are the same"
    if point.kind in (IS_SINGLE, ARE_NUMBERS):
        return " and ".join(names) + (" are" if len(names) > 1 else " is") + " one"
    return f"{names[0]} {point.kind}"
