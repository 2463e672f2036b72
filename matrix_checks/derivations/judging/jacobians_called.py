"""What a text sets equal to a letter that its words call the Jacobian: it is some Jacobian, or it is not known to be right.

"The Jacobian ``J`` of ``Ac`` with respect to ``c``" says which one; of a layer it may be any of one column by another.
"""

from collections.abc import Iterator

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging import words
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.decided_aside import decided_aside
from matrix_checks.derivations.judging.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.judging.jacobians_of_steps import NAMES_IT, only_output
from matrix_checks.derivations.judging.statements_of_text import is_capital, tokens_of
from matrix_checks.derivations.judging.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, Finding
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import View

NO_JACOBIAN = "words call it the Jacobian, and it is not the one that is known"
MOST_TRIED = 12
INPUT = "x"
# By the letter: what it is said to be; ``None`` where words say only that it is the Jacobian.
Called = dict[str, Node | None]


def called_jacobians(context: Context, found: list[Piece]) -> Called:
    """The letters that words call the Jacobian directly before or behind them; none where there are several."""
    named: Called = {}
    for place, piece in enumerate(found[1:], start=1):
        before, behind = found[place - 1], found[place + 1] if place + 1 < len(found) else None
        if piece.kind == "prose" or before.kind != "prose":
            continue
        said = words.JACOBIAN_BEFORE.search(before.source)
        if said is None and behind is not None and behind.kind == "prose":
            said = words.IS_JACOBIAN.match(behind.source)
        if said is None or not NAMES_IT.search(said[0]):
            continue
        tokens = tokens_of(context, piece)
        name = context.only_name(tokens[:1] if tokens[1:2] == ["="] else tokens)
        if len(name) == 1 and is_capital(name) and name not in context.known:
            named[name] = _said(context, found[place + 1 : place + 5]) or named.get(name)
    return named if len(named) == 1 else {}


def _said(context: Context, behind: list[Piece]) -> Node | None:
    """The derivative that the words behind the letter speak of: "of ``Ac`` with respect to ``c``"."""
    if len(behind) < 4 or not words.OF_WHAT.match(behind[0].source) or not words.WITH_RESPECT.match(behind[2].source):
        return None
    try:
        top, bottom = (context.parse(tokens_of(context, each)) for each in (behind[1], behind[3]))
    except NotUnderstood:
        return None
    return kinds.Derivative(top, bottom) if isinstance(bottom, kinds.Name) else None


def as_called(context: Context, called: Called, left: Node, right: Node, finding: Finding) -> Finding:
    """The finding on what a letter is set equal to, unless it is not what words call it."""
    if finding.verdict != HOLDS or not isinstance(left, kinds.Name) or left.text not in called or kinds.Derivative in right.kinds:
        return finding
    said = called[left.text]
    verdicts: list[str] = []
    for view, derivative in _candidates(context, said, right):
        decision = decided_aside(context, context.setting((view,)), derivative, right)
        verdicts.append(decision.verdict if decision else NOT_UNDERSTOOD)
        if verdicts[-1] == HOLDS or (verdicts[-1] == OTHER_LAYOUT and said is None):
            return finding
    if OTHER_LAYOUT in verdicts:
        return Finding(OTHER_LAYOUT, earns=False)
    # What is a Jacobian of something that nobody can evaluate here may be right.
    is_sure = bool(verdicts) and all(verdict == FALSE for verdict in verdicts)
    return Finding(NOT_UNDERSTOOD, NO_JACOBIAN, is_doubted=True) if is_sure else finding


def _candidates(context: Context, said: Node | None, right: Node) -> Iterator[tuple[View, Node]]:
    """The derivatives that it may be, with the view of each that has all names of the other side."""
    output = only_output(context)
    tried = 0
    for view in context.views:
        if said is not None:
            yield view, said
            continue
        if not right.names - context.own <= view.names | OF_ANY_SIZE:
            continue
        column = view.variables.get(view.aliases.get(INPUT, INPUT), ("", ""))
        if not output or column[1] != "1" or context.shape_in(view, output) != column:
            continue
        columns = [name for name in view.definitions if context.shape_in(view, name) == column]
        for top in columns:
            for bottom in (INPUT, *columns):
                if top != bottom and view.aliases.get(bottom, bottom) in view.reached_from(top) and tried < MOST_TRIED:
                    tried += 1
                    yield view, kinds.Derivative(kinds.Name(top), kinds.Name(bottom))
