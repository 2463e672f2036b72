"""What a text sets equal to a letter that its words call the Jacobian, or the Hessian: it is one, or it is not known to be right.

"The Jacobian ``J`` of ``Ac`` with respect to ``c``" says which one; of a layer it may be any of one column by another.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import is_capital, tokens_of
from matrix_checks.derivations.deciding.decided_aside import decided_aside
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.jacobians_of_steps import NAMES_IT, only_output
from matrix_checks.derivations.prose import words_of_jacobians
from matrix_checks.derivations.reading.formulas import Piece, prose_at
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import View

NO_JACOBIAN = "words call it the Jacobian, and it is not the one that is known"
MOST_TRIED = 12
# Of words between formulas, in characters.
NEAR = 80
INPUT = "x"


class Meant(NamedTuple):
    """What words call a letter: a Jacobian, or a Hessian, and of what by what, where they say that."""

    said: Node | None
    is_hessian: bool = False


# By the letter.
Called = dict[str, Meant]


def called_jacobians(context: Context, found: list[Piece]) -> Called:
    """The letters that words call the Jacobian, or the Hessian, directly before or behind them; none where there are several."""
    named: Called = {}
    for place, piece in enumerate(found):
        before, behind = _before(found, place), prose_at(found, place + 1)
        if piece.kind == "prose":
            _note_plain_letters(context, piece.source, named)
            continue
        said = words_of_jacobians.JACOBIAN_BEFORE.search(before) or words_of_jacobians.IS_JACOBIAN.match(behind)
        is_jacobian = said is not None and NAMES_IT.search(said[0]) is not None
        is_hessian = words_of_jacobians.HESSIAN_BEFORE.search(before) or words_of_jacobians.IS_HESSIAN.match(behind)
        if not is_jacobian and not is_hessian:
            continue
        tokens = tokens_of(context, piece)
        name = context.only_name(tokens[:1] if tokens[1:2] in (["="], ["_"]) else tokens)
        is_size = all(view.aliases.get(name, name) in view.letters for view in context.views)
        if len(name) == 1 and is_capital(name) and (name not in context.known or is_size):
            of_what = _said(context, found[place + 1 : place + 5])
            named[name] = Meant(of_what or (named[name].said if name in named else None), not is_jacobian)
    return named if len(named) == 1 else {}


def _before(found: list[Piece], place: int) -> str:
    """The words before a formula, without what stands between: "the Hessian of ``y`` is"."""
    before = prose_at(found, place - 1)
    if place < 3 or len(before) > NEAR or words_of_jacobians.IS_ALONE.fullmatch(before) is None:
        return before
    return words_of_jacobians.OF_AT_END.sub("", prose_at(found, place - 3)[-NEAR:])


def _note_plain_letters(context: Context, prose: str, named: Called) -> None:
    """The same of letters without dollar signs: "let J denote the Jacobian of the layer"."""
    for said, is_hessian in ((words_of_jacobians.PLAIN_JACOBIAN, False), (words_of_jacobians.PLAIN_HESSIAN, True)):
        for found in said.finditer(prose):
            name = found[1] or found[2]
            if name not in context.known and name not in named:
                named[name] = Meant(None, is_hessian)


def _said(context: Context, behind: list[Piece]) -> Node | None:
    """The derivative that the words behind the letter speak of: "of ``Ac`` with respect to ``c``", or "the Jacobian ``dF/dS``"."""
    with suppress(NotUnderstood):
        written = context.parse(tokens_of(context, behind[1])) if len(behind) > 1 and behind[1].kind == "inline" else None
        if isinstance(written, kinds.Derivative):
            return written
    if len(behind) < 4:
        return None
    if not words_of_jacobians.OF_WHAT.match(behind[0].source) or not words_of_jacobians.WITH_RESPECT.match(behind[2].source):
        return None
    try:
        top, bottom = (context.parse(tokens_of(context, each)) for each in (behind[1], behind[3]))
    except NotUnderstood:
        return None
    is_stacked = isinstance(bottom, kinds.Function) and bottom.name == "vec"
    return kinds.Derivative(top, bottom) if isinstance(bottom, kinds.Name) or is_stacked else None


def as_called(context: Context, called: Called, left: Node, right: Node, finding: Finding) -> Finding:
    """The finding on what a letter, or an entry of it, is set equal to, unless it is not what words call it."""
    letter = kinds.whole_of(left)
    meant = called.get(letter.text) if isinstance(letter, kinds.Name) else None
    if finding.verdict != HOLDS or meant is None or kinds.Derivative in right.kinds:
        return finding
    verdicts: list[str] = []
    for view, derivative in _candidates(context, meant, right):
        for asked in _entries(derivative, left):
            decision = decided_aside(context, context.setting((view,)), asked, right)
            verdicts.append(decision.verdict if decision else NOT_UNDERSTOOD)
            if verdicts[-1] == HOLDS or (verdicts[-1] == OTHER_LAYOUT and meant.said is None):
                return finding
    if OTHER_LAYOUT in verdicts:
        return Finding(OTHER_LAYOUT, earns=False)
    # What is a Jacobian of something that nobody can evaluate here may be right; numbers alone say nothing of it.
    is_sure = bool(verdicts) and all(verdict == FALSE for verdict in verdicts)
    return Finding(NOT_UNDERSTOOD, NO_JACOBIAN, is_doubted=True) if is_sure or not right.names else finding


def _entries(derivative: Node, left: Node) -> Iterator[Node]:
    """The derivative, or its entries with the indices that stand at the letter, in both orders: which index is whose is a habit."""
    if not isinstance(left, kinds.Indexed):
        yield derivative
        return
    for indices in dict.fromkeys((left.indices, left.indices[::-1])):
        yield kinds.Indexed(kinds.Group(derivative), indices)


def _candidates(context: Context, meant: Meant, right: Node) -> Iterator[tuple[View, Node]]:
    """The derivatives that it may be, with the view of each that has all names of the other side."""
    tried = 0
    for view in context.views:
        if meant.said is not None and not meant.is_hessian:
            yield view, meant.said
            continue
        if not right.names - context.own <= view.names | OF_ANY_SIZE:
            continue
        pairs = _second(context, view) if meant.is_hessian else (*_of_columns(context, view), *_of_numbers(context, view))
        for derivative in pairs[: MOST_TRIED - tried]:
            tried += 1
            yield view, derivative


def _of_columns(context: Context, view: View) -> list[Node]:
    """The derivatives of one column of a layer by another."""
    output = only_output(context)
    column = view.variables.get(view.aliases.get(INPUT, INPUT), ("", ""))
    if not output or column[1] != "1" or context.shape_in(view, output) != column:
        return []
    columns = [name for name in view.definitions if context.shape_in(view, name) == column]
    return [
        kinds.Derivative(kinds.Name(top), kinds.Name(bottom))
        for top in columns
        for bottom in (INPUT, *columns)
        if top != bottom and view.aliases.get(bottom, bottom) in view.reached_from(top)
    ]


def _of_numbers(context: Context, view: View) -> list[Node]:
    """The derivatives of the numbers that the exercise defines by the columns that they depend on."""
    return [kinds.Derivative(kinds.Name(top), kinds.Name(bottom)) for top, bottom in _numbers_and_columns(context, view)]


def _second(context: Context, view: View) -> list[Node]:
    """The second derivatives of such numbers."""
    found = []
    for top, bottom in _numbers_and_columns(context, view):
        try:
            found.append(context.parse(context.tokens(rf"\frac{{\partial^2 {top}}}{{\partial {bottom} \partial {bottom}^\top}}")))
        except NotUnderstood:
            continue
    return found


def _numbers_and_columns(context: Context, view: View) -> list[tuple[str, str]]:
    numbers = [name for name in view.definitions if context.shape_in(view, name) == ("1", "1")]
    columns = [name for name, shape in view.variables.items() if shape[1] == "1" != shape[0]]
    return [(top, bottom) for top in numbers for bottom in columns if bottom in view.reached_from(top)]
