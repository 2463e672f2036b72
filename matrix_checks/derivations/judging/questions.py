"""What an exercise asks of a derivation."""

from dataclasses import dataclass

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import tokenize
from matrix_checks.derivations.values.exercise import Exercise


@dataclass(frozen=True)
class Asked:
    """A question.

    Attributes
    ----------
    name
        As it is shown.
    node
        What is asked for.
    views
        The numbers of the views in which the answer has to hold; none for any of them.
    stands_for
        The name of the question that it answers, too, where that has no answer of its own; then it is asked for no reader's sake.
    """

    name: str
    node: kinds.Node
    views: tuple[int, ...] = ()
    stands_for: str = ""


def questions_of(exercise: Exercise, context: Context) -> list[Asked]:
    """The questions of an exercise."""
    own = [(each, "") for each in exercise.questions]
    others = [(other, each.name) for each in exercise.questions for other in each.instead]
    return [
        Asked(each.name, context.parse(tokenize(each.asked, exercise.words)), each.views, stands_for)
        for each, stands_for in (*own, *others)
    ]
