"""The answers to the exercise's questions, each found where a chain of equalities leads from a question to its end."""

from collections.abc import Callable, Iterable

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging.verdicts import FALSE, HOLDS, OTHER_LAYOUT
from matrix_checks.derivations.values.exercise import View

# From the worst to the best.
MISSING, WRONG, IN_OTHER_LAYOUT, REACHED = RANKS = ("missing", "wrong", "other layout", "reached")
FOUND = {HOLDS: REACHED, OTHER_LAYOUT: IN_OTHER_LAYOUT, FALSE: WRONG}


class Answers:
    """The answers that were found so far.

    Attributes
    ----------
    found
        The best answer to each question.
    """

    def __init__(self, questions: dict[str, kinds.Node]):
        self._questions = questions
        self.found = dict.fromkeys(questions, MISSING)

    def note(
        self,
        members: Iterable[kinds.Node],
        end: kinds.Node,
        views: tuple[View, ...],
        verdict_of: Callable[[kinds.Node, kinds.Node], str],
    ) -> None:
        """Compare the end of a chain with the answer to each question that is among its members.

        Parameters
        ----------
        members, end
            The last expression of the chain, and those before it.
        views
            The exercise with what the text introduced.
        verdict_of
            Decides whether two expressions are equal.
        """
        if kinds.depends(end, kinds.Derivative):
            return
        named = [{in_own_names(member, view) for member in members} for view in views]
        for source, asked in self._questions.items():
            if any(in_own_names(asked, view) in names for view, names in zip(views, named)):
                answer = FOUND.get(verdict_of(asked, end), MISSING)
                self.found[source] = max(self.found[source], answer, key=RANKS.index)


def in_own_names(node: kinds.Node, view: View) -> kinds.Node:
    """The same expression in the exercise's own names; a quantity that is a derivative by definition is that derivative."""
    if isinstance(node, kinds.Name):
        text = view.aliases.get(node.text, node.text)
        defined = view.definitions.get(text, ())
        if defined and isinstance(defined[0].body, kinds.Derivative):
            return in_own_names(defined[0].body, view)
        return kinds.Name(text)
    if isinstance(node, kinds.Group):
        return in_own_names(node.body, view)
    if isinstance(node, kinds.Indexed):
        return kinds.Indexed(in_own_names(node.body, view), tuple(kinds.Name("index") for _ in node.indices))
    return node.rebuilt(lambda part: in_own_names(part, view))
