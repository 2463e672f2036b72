"""The answers to the exercise's questions, each found where a chain of equalities leads from a question to its end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import renamed
from matrix_checks.derivations.equality.operators import over_sum, with_operators_applied
from matrix_checks.derivations.equality.rewriting import is_change_of_variable, loss_of, with_gradients
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, OTHER_LAYOUT
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.judging.explicit import explicit
from matrix_checks.derivations.judging.questions import Asked, questions_of
from matrix_checks.derivations.letters.running_statistics import is_of_other_mode
from matrix_checks.derivations.names.exercise_names import in_own_names
from matrix_checks.derivations.names.stacked_rows import with_rows_stacked
from matrix_checks.derivations.values.exercise import Exercise, View
from matrix_checks.derivations.values.tensors import is_by_vec

# From the worst to the best.
MISSING, WRONG, WITH_OTHER_FACTOR, IN_OTHER_LAYOUT, REACHED = RANKS = (
    "missing",
    "wrong",
    "other factor",
    "other layout",
    "reached",
)
FOUND = {HOLDS: REACHED, OTHER_LAYOUT: IN_OTHER_LAYOUT, FALSE: WRONG}
Verdicts = Callable[[kinds.Node, kinds.Node, tuple[View, ...] | None], str]


class Answers:
    """The answers that were found so far.

    Parameters
    ----------
    exercise, context
        What is asked, and what the text said so far.
    asks
        Whether answers are looked for.

    Attributes
    ----------
    found
        The best answer to each question.
    differentials
        The questions for a gradient where the differential was found, in which it may be read off.
    """

    def __init__(self, exercise: Exercise, context: Context, asks: bool = True):
        self._questions, self._exercise, self._asks = questions_of(exercise, context), exercise, asks
        # The derivatives that the text found so far, in the exercise's own names.
        self._derived: set[kinds.Node] = set()
        # The answers entry by entry count only where none is given as a whole.
        self._by_entries = dict.fromkeys([each.name for each in self._questions], MISSING)
        self._as_whole = dict(self._by_entries)
        self._clouded: set[str] = set()
        self._own = dict(self._by_entries)
        self._stands_for = {each.name: each.stands_for for each in self._questions if each.stands_for}
        # The questions to which only the differential was found so far.
        self.differentials: list[str] = []
        self.found = dict.fromkeys([each.name for each in self._questions if not each.stands_for], MISSING)

    @property
    def has_other(self) -> bool:
        """Whether a question has an answer that is not the right one."""
        return not {*self.found.values()} <= {MISSING, REACHED}

    def ask_in(self, letters: dict[str, str]) -> None:
        """Ask in other letters, where the exercise has these for its own."""
        self._questions = [replace(each, node=renamed(each.node, letters)) for each in self._questions]

    def note(
        self,
        members: Iterable[kinds.Node],
        end: kinds.Node,
        context: Context,
        verdict_of: Verdicts,
        general: bool = True,
        is_doubted: bool = False,
        is_false: bool = False,
    ) -> None:
        """Compare the end of a chain with the answer to each question that is among its members.

        Parameters
        ----------
        members, end
            The last expression of the chain, and those before it.
        context
            What the text said so far.
        verdict_of
            Decides whether two expressions are equal.
        general
            Whether the chain holds for all sizes and indices.
        is_doubted
            Whether a step of it may be meant in another way, so that its end is no wrong answer.
        is_false
            Whether a step of it is false, so that a wrong end takes back the right answer before it.
        """
        members = list(members) if self._asks else []
        if not members:
            return
        if context.memory.names_gradients or any(is_change_of_variable(member, context.views) for member in members):
            members = [with_gradients(member, loss_of(context.views)) for member in members]
            end = with_gradients(end, loss_of(context.views))
        members = [over_sum(with_operators_applied(member, context.views)) for member in members]
        asking = [
            (question, member) for question in self._questions for member in self._asking(question, members, context, verdict_of)
        ]
        self._learn(members, end, context, verdict_of, general)
        self._note_differentials(members, end, context, verdict_of)
        in_steps = any(isinstance(question.node, kinds.Differentiated) for question, _ in asking)
        answer = explicit(end, context, verdict_of, in_steps, frozenset(self._derived)) if asking and general else None
        if answer is None:
            return
        results: dict[Asked, tuple[str, bool]] = {}
        for question, asked in asking:
            views = self._views(question, context)
            rank = MISSING if views == () else self._rank(asked, answer, views, context, verdict_of)
            rank = MISSING if rank == WRONG and (is_doubted or is_of_other_mode(answer, views, context)) else rank
            best = results.get(question, (MISSING, True))
            results[question] = max(best, (rank, asked != question.node), key=lambda each: RANKS.index(each[0]))
        for question, (rank, entry) in results.items():
            # What answers the same question in another view is no wrong answer in this one.
            others = [results[other][0] for other in results if other.node == question.node and other != question]
            if rank != WRONG or not any(RANKS.index(other) > RANKS.index(WRONG) for other in others):
                self._keep(question.name, rank, entry, is_false)

    def note_alone(self, answer: kinds.Node, context: Context, verdict_of: Verdicts) -> None:
        """Note an expression that words call the answer: right, or that to another question."""
        for question in self._questions if len(self.found) == 1 else ():  # of several nobody knows which one is meant
            views = self._views(question, context)
            is_asked = views != () and explicit(answer, context, verdict_of, False) is not None
            if is_asked and self._rank(question.node, answer, views, context, verdict_of) == REACHED:
                self._keep(question.name, REACHED, entry=False)

    def _rank(
        self, asked: kinds.Node, answer: kinds.Node, views: tuple[View, ...] | None, context: Context, verdict_of: Verdicts
    ) -> str:
        """How good an answer is.

        What is right in the text's own layout, or with its own factor, only is so in another one than the exercise's; what is right for
        a loss of the text's own is no answer.
        """
        wanted = context.views if views is None else views
        own = tuple(view for view in wanted if view.has_own_loss)
        if own:
            # What is true of one loss only is no answer.
            wanted = tuple(view for view in wanted if view not in own)
            rank = self._rank(asked, answer, wanted, context, verdict_of) if wanted else MISSING
            return MISSING if rank == WRONG and verdict_of(asked, answer, own) == HOLDS else rank
        turned = tuple(view for view in wanted if view.instead_of or view.has_own_scale)
        if not turned:
            return FOUND.get(verdict_of(asked, answer, views), MISSING)
        given = tuple(view for view in wanted if view not in turned)
        verdict = verdict_of(asked, answer, given) if given else FALSE
        if verdict in (HOLDS, OTHER_LAYOUT):
            return FOUND[verdict]
        if verdict_of(asked, answer, turned) != HOLDS:
            return FOUND.get(verdict, MISSING)
        return WITH_OTHER_FACTOR if turned[0].has_own_scale else IN_OTHER_LAYOUT

    def _learn(self, members: Iterable[kinds.Node], end: kinds.Node, context: Context, verdict_of: Verdicts, general: bool) -> None:
        """Keep which derivatives a chain finds: later answers may be written with them."""
        derivatives = [member for member in members if isinstance(kinds.bare(member), kinds.Derivative)]
        if not derivatives or not general or explicit(end, context, verdict_of, False, frozenset(self._derived)) is None:
            return
        for member in derivatives:
            if verdict_of(member, end, None) == HOLDS:
                self._derived.update(in_own_names(kinds.bare(member), view) for view in context.views)

    def _note_differentials(self, members: Iterable[kinds.Node], end: kinds.Node, context: Context, verdict_of: Verdicts) -> None:
        """Keep the questions of which a chain finds the differential, in the steps of the variables."""
        steps = {part.body for part in end.everything if isinstance(part, kinds.Differentiated)}
        for question in self._questions if steps else ():
            wanted = question.node
            if not isinstance(wanted, kinds.Derivative) or wanted.bottom not in steps or question.name in self.differentials:
                continue
            asked = kinds.Differentiated(wanted.top)
            is_asked = any(in_own_names(member, view) == asked for member in members for view in context.views)
            if is_asked and explicit(end, context, verdict_of, in_steps=True) and verdict_of(asked, end, None) == HOLDS:
                self.differentials.append(question.name)

    def _keep(self, name: str, rank: str, entry: bool, is_false: bool = False) -> None:
        # What is said last counts, but an equation to be solved and another mode take nothing back: they are not false.
        kept = self._by_entries if entry else self._as_whole
        takes_back = is_false and rank == WRONG and kept[name] == REACHED
        kept[name] = rank if takes_back else max(kept[name], rank, key=RANKS.index)
        whole = self._as_whole[name]
        self._own[name] = self._by_entries[name] if whole == MISSING and name not in self._clouded else whole
        self.found.update((each, self._own[each]) for each in self.found)
        # The first one that stands for another counts last.
        for other, question in reversed(self._stands_for.items()):
            if self._own[question] == MISSING != self._own[other]:
                self.found[question] = self._own[other]

    def cloud(self, members: Iterable[kinds.Node], context: Context) -> None:
        """A chain of these members has an end that was not understood: what it asks for as a whole has some answer, but which is not known."""
        members = list(members)
        for question in self._questions:
            if any(in_own_names(member, view) == in_own_names(question.node, view) for member in members for view in context.views):
                self._clouded.add(question.name)
                self._keep(question.name, MISSING, entry=False)

    def _views(self, question: Asked, context: Context) -> tuple[View, ...] | None:
        """The views in which an answer has to hold; ``None`` for any."""
        if not question.views:
            return None
        wanted = [self._exercise.views[place] for place in question.views]
        return tuple(view for view in context.views if any((view.instead_of or view.origin or view) is each for each in wanted))

    def _asking(
        self, question: Asked, members: Iterable[kinds.Node], context: Context, verdict_of: Verdicts
    ) -> Iterator[kinds.Node]:
        """What is asked for, as each member asks for it: as a whole, or entry by entry."""
        stacked = with_rows_stacked(question.node, context.shape_of, context.notation.stacks_rows)
        both = dict.fromkeys((replace(question, node=stacked), question))
        for member in members:
            found = (self._as_asked(each, member, view, verdict_of) for view in context.views for each in both)
            yield from islice((asked for asked in found if asked is not None), 1)

    def _as_asked(self, question: Asked, member: kinds.Node, view: View, verdict_of: Verdicts) -> kinds.Node | None:
        wanted, given = in_own_names(question.node, view), in_own_names(member, view)
        if given == wanted:
            return question.node
        if isinstance(wanted, kinds.Differentiated):
            return _step_asked(question, member, wanted, given, verdict_of)
        if not isinstance(wanted, kinds.Derivative):
            return None
        if isinstance(given, kinds.Function) and given.name == "vec":
            # What is said of the stack of a gradient is said of each of its entries.
            return member if self._as_asked(question, given.arguments[0], view, verdict_of) == question.node else None
        entry = isinstance(given, kinds.Indexed)
        given = kinds.whole_of(given)
        if isinstance(given, kinds.Primed) and isinstance(given.body, kinds.Name):
            given = kinds.Derivative(given.body, kinds.Name(""))
        if not isinstance(given, kinds.Derivative):
            return None
        bottom = _plain(given.bottom, wanted.bottom)
        only = len({each.node for each in self._questions}) == 1 or len(view.variables) == 1
        if bottom != wanted.bottom and not (bottom == kinds.Name("") and only):
            return None
        if _plain(given.top, wanted.top) != wanted.top:
            whole = not isinstance(given.top, (kinds.Name, kinds.Indexed)) and wanted.top.names.isdisjoint(given.top.names)
            if not whole or verdict_of(given.top, wanted.top, None) != HOLDS:
                return None
        if is_by_vec(given.bottom) and not is_by_vec(given.top):
            # The gradient is stacked, too.
            return member
        entry = entry or isinstance(given.bottom, kinds.Indexed)
        return (member if _is_general(member) else None) if entry else question.node


def _step_asked(
    question: Asked, member: kinds.Node, wanted: kinds.Differentiated, given: kinds.Node, verdict_of: Verdicts
) -> kinds.Node | None:
    """What is asked for, where a differential of it is written out, or is taken at a point with a step."""
    if isinstance(given, kinds.Differential):
        return member if given.body == wanted.body else None
    if isinstance(given, kinds.Differentiated) and not isinstance(kinds.bare(given.body), kinds.Name):
        return question.node if verdict_of(given.body, wanted.body, None) == HOLDS else None
    return None


def _plain(node: kinds.Node, wanted: kinds.Node) -> kinds.Node:
    """What is differentiated, or what by, without an index and without ``vec``; a small letter may be that of an entry."""
    node = bare(node)
    if isinstance(node, kinds.Function) and node.name == "vec":
        return bare(node.arguments[0])
    if not isinstance(node, kinds.Indexed):
        return node
    is_entry = isinstance(node.body, kinds.Name) and isinstance(wanted, kinds.Name) and node.body.text.upper() == wanted.text
    return wanted if is_entry else node.body


def _is_general(member: kinds.Node) -> bool:
    """Whether it stands for every entry: its indices are letters that differ."""
    indices = [index for part in member.everything if isinstance(part, kinds.Indexed) for index in part.indices]
    letters = {index.text for index in indices if isinstance(index, kinds.Name)}
    return len(letters) == len(indices)
