"""What the words around a formula say it is of: one mode of a layer, or all that there is, behind a smaller case.

What holds for another mode, or for the smaller case only, is not known to be right there; nothing is called false for it.
"""

import re
from dataclasses import dataclass, replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.deciding.decided_aside import decided_aside
from matrix_checks.derivations.deciding.deciding import OF_SO_MANY_ENTRIES
from matrix_checks.derivations.deciding.losses_of_entries import LOSS
from matrix_checks.derivations.equality.equality import OTHER_VARIABLE
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.letters.running_statistics import EVALUATION, SILENT, TRAINING
from matrix_checks.derivations.prose import words
from matrix_checks.derivations.prose.announcements import NOT_AT_ALL
from matrix_checks.derivations.values.exercise import View

OF_OTHER_MODE = "it holds in the layer's other mode, and the text is of this one here"
OF_SMALLER_CASE = "it holds in the smaller case before it, and is said in general"
OF_UPDATES = "what a statistic that is kept is after some updates is not judged"
OF_OTHER_SCOPE = (OF_OTHER_MODE, OF_SMALLER_CASE)
# What begins a smaller case again.
_SMALLER = (words.ONE_OBJECT, words.EXAMPLE, words.HYPOTHESIS, words.SPECIAL_CASE, words.OF_SO_MANY)


@dataclass
class Scopes:
    """What is said to be general by now, and in which mode.

    Attributes
    ----------
    mode
        The mode that the words before the formula name; empty for none.
    general, any_loss
        Whether the words say that what follows is general, or that it is said of any loss.
    left
        The sizes of the smaller case that ended there.
    any_before
        Whether the words directly before the formula say "any".
    """

    mode: str = ""
    general: bool = False
    any_loss: bool = False
    left: dict[str, int] | None = None
    any_before: bool = False

    def hear(self, context: Context, prose: str) -> None:
        """Prose stands here."""
        if self.general and words.PARAGRAPH_END.search(prose):
            self._end()
        self.any_loss &= words.SENTENCE_END.search(prose) is None
        said, of_any = _last(prose, (words.IN_GENERAL,)), _last(prose, (words.ANY_LOSS,))
        smaller = _last(prose, _SMALLER)
        if said > smaller:
            self.general, self.left, context.sizes = True, context.sizes or self.left, {}
        elif smaller >= 0:
            self._end()
        self.any_loss |= of_any > smaller
        self.any_before = words.ANY_BEFORE.search(prose) is not None

    def hear_formula(self, context: Context, source: str) -> None:
        """A formula stands here, which may be the loss that words before it call any."""
        name = source.strip(" .,;:")
        if self.any_before and any(view.aliases.get(name, name) == LOSS for view in context.views if name in view.names):
            self.any_loss = True
        self.any_before = False

    def _end(self) -> None:
        self.general, self.any_loss, self.left = False, False, None

    def weigh(self, context: Context, left: Node, right: Node, finding: Finding) -> Finding:
        """The finding, unless what holds does so in another scope only."""
        if _is_value_of_kept(context, left, right) and finding.verdict in (FALSE, HOLDS):
            return _doubted(OF_UPDATES)
        if finding.verdict in (FALSE, NOT_UNDERSTOOD) and self.general and self.left:
            smaller = replace(context.setting(), sizes={**context.sizes, **self.left}, ranges={})
            return _doubted(OF_SMALLER_CASE) if _is_true(context, smaller, left, right) else finding
        if finding.verdict != HOLDS:
            return finding
        is_of_mode = self.mode != SILENT or _is_of_loss(context, left, right)
        if (
            self.mode
            and is_of_mode
            and _is_of_derivatives(context, left, right)
            and _is_of_other_mode(context, self.mode, left, right)
        ):
            return _doubted(OF_OTHER_MODE)
        if self.general or self.any_loss:
            setting = _in_general(context, self.general, self.any_loss)
            if _is_true(context, context.setting(), left, right) and _is_false(context, setting, left, right):
                return _doubted(OF_SMALLER_CASE)
        return finding


def _is_value_of_kept(context: Context, left: Node, right: Node) -> bool:
    """Whether a statistic that is kept is set equal to what it becomes after some updates, in numbers or in letters."""
    kept = {name for view in context.views for name in view.updates}
    name = left.text if isinstance(left, kinds.Name) else ""
    # As it is shortened: \\mu_mov.
    is_kept = "_" in name and any(each.startswith(name) for each in kept)
    meant = {name, *(view.aliases.get(name, name) for view in context.views)}
    number = right.body if isinstance(right, kinds.Negative) else right
    is_value = isinstance(number, (kinds.Number, kinds.Name))
    return (is_kept or bool(meant & kept)) and not meant & right.names and not is_value


def _last(prose: str, patterns: tuple[re.Pattern[str], ...]) -> int:
    """Where the last of such words ends; -1 for none."""
    return max((found.end() for pattern in patterns for found in pattern.finditer(prose)), default=-1)


def _doubted(reason: str) -> Finding:
    return Finding(NOT_UNDERSTOOD, reason, is_doubted=True)


def _is_true(context: Context, setting: Setting, left: Node, right: Node) -> bool:
    decision = decided_aside(context, setting, left, right)
    return decision is not None and decision.verdict == HOLDS


def _is_false(context: Context, setting: Setting, left: Node, right: Node) -> bool:
    """Whether an equality is false, or would hold for something else only."""
    decision = decided_aside(context, setting, left, right)
    return decision is not None and (decision.verdict == FALSE or decision.reason in (OTHER_VARIABLE, OF_SO_MANY_ENTRIES))


def _is_of_derivatives(context: Context, left: Node, right: Node) -> bool:
    """Whether a derivative, or the name of one, is in it."""
    if kinds.Derivative in left.kinds | right.kinds:
        return True
    names = left.names | right.names
    return any(
        kinds.Derivative in definition.body.kinds
        for view in context.views
        for name in names
        for definition in view.definitions.get(view.aliases.get(name, name), ())[:1]
    )


def _is_of_loss(context: Context, left: Node, right: Node) -> bool:
    """Whether a side is the gradient of the loss; a derivative of the output may be a partial one."""
    loss = loss_of(context.views)
    return any(isinstance(side, kinds.Derivative) and side.top == loss for side in map(bare, (left, right)))


def _is_of_other_mode(context: Context, mode: str, left: Node, right: Node) -> bool:
    """Whether what holds does not in a mode; what is said of parts of a derivative may be said in both."""
    usual, other = _in_mode(context, TRAINING), _in_mode(context, EVALUATION)
    if usual is None or other is None:
        return False
    if mode == EVALUATION:
        # What holds where statistics are held fixed in the usual mode is meant for this one.
        return _is_false(context, other, left, right) and _is_true(context, usual, left, right)
    alone = [isinstance(bare(side), kinds.Derivative | kinds.Name | kinds.Indexed) for side in (left, right)]
    # A chain rule may hold other quantities fixed in its parts.
    is_chain = all(kinds.Derivative in side.kinds for side in (left, right))
    return any(alone) and not is_chain and _is_false(context, usual, left, right)


def _in_mode(context: Context, mode: str) -> Setting | None:
    """The setting of one mode, where nothing is held fixed on the way; ``None`` where the exercise has no view of it."""
    updated = {name for view in context.views for name in (view.origin or view).updates}
    views = tuple(view for view in context.views if _is_of(view, updated, mode))
    if not updated or not views:
        return None
    setting = context.setting(views)
    return replace(setting, memory=replace(setting.memory, holds_partly=NOT_AT_ALL, found={}), kept={}, ranges={})


def _is_of(view: View, updated: set[str], mode: str) -> bool:
    """Whether a view is the layer's in a mode: in the other one what is kept of a batch is not updated."""
    is_other = updated <= view.variables.keys() and not (view.origin or view).updates
    return is_other == (mode != TRAINING)


def _in_general(context: Context, general: bool, any_loss: bool) -> Setting:
    """The setting without what the text says of a smaller case, and of its loss."""
    setting = context.setting()
    memory = replace(setting.memory, found={}, held=list(setting.memory.held))
    views = setting.views
    if general:
        letters = set((views[0].origin or views[0]).letters)
        views = tuple(view for view in views if letters <= set(view.letters)) or views
        memory = replace(memory, fixes_sizes=False, examples={}, scalars={}, example_loss=None, of_one_object=None, given=[])
    if any_loss:
        views = tuple(view for view in views if not view.has_own_loss) or views
        memory = replace(memory, loss_of_entry=None)
    return replace(setting, views=views, memory=memory, sizes={}, kept={}, ranges={})
