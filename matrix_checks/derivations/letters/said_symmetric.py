"""Matrices that a text says to be symmetric, in words or as ``A = A^T``: what holds for such ones is not called false."""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from functools import partial

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.equality import reads_true
from matrix_checks.derivations.equality.verdicts import HOLDS, OTHER_LAYOUT
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import View

Views = tuple[View, ...] | None
Verdict = Callable[[Node, Node, Views], str]

MAY_BE_SYMMETRIC = "it holds for a symmetric matrix, which the text speaks of"
# Of a text, in characters.
LONGEST = 20_000
# A letter stands so near to the word that it is said of, in characters.
BEFORE, BEHIND = 40, 25
# So far behind the word, too, a sentence says that it is not so.
SENTENCE = 40
_SYMMETRIC = re.compile(r"(?i)s[iy]m+[eé]tri|симметрич|对称|対称|대칭")
# What is said of a matrix that is not symmetric: "if $A$ were symmetric".
_COUNTERFACTUAL = re.compile(
    r"(?i)\b(?:were|would|you'd|we'd|wäre\w*|hätte\w*|würde\w*|fosse\w*|sarebbe\w*|fuera|fuese|sería|serait|étaient|était|fosse|seria|byłab\w*|byłob\w*|gdyby|бы|була б|було б)\b"
)
# Behind it, no more is said of what is symmetric.
_ENDS = re.compile(r"[:=.,;，。：]")
_DENIED = re.compile(r"(?i)(?:\b(?:not|isn't|nicht|keine?|non|no|pas|nie|não)\b|\bне\b|[不非])\W*(?:\w+\W+){0,2}$")
_LETTER = re.compile(r"(?<![A-Za-z\\_^])([A-Z])(?![A-Za-z_^'])")
_EQUAL = re.compile(r"(?<![A-Za-z\\_^])([A-Z])\s*(?:=\s*\1\s*\^|\^\s*(?:T|t|\{\s*T\s*\}|\\top|\{\s*\\top\s*\})\s*=\s*\1(?![\w^]))")


def note_symmetric(context: Context, found: list[Piece]) -> None:
    """Learn of which matrices the text says somewhere that they are symmetric."""
    text = " ".join(piece.source for piece in found)[:LONGEST]
    context.memory.symmetric = {match[1] for match in _EQUAL.finditer(text)}
    for match in _SYMMETRIC.finditer(text):
        if _COUNTERFACTUAL.search(text[max(match.start() - BEFORE, 0) : match.end() + SENTENCE]):
            continue
        behind = _ENDS.split(text[match.end() : match.end() + BEHIND])[0]
        near = text[max(match.start() - BEFORE, 0) : match.end()] + behind
        context.memory.symmetric.update(_LETTER.findall(near))


def holds_if_symmetric(context: Context, left: Node, right: Node, verdict_of: Verdict, in_general: bool) -> bool:
    """Whether an equality holds, in some layout, where one of the matrices that are said to be symmetric is.

    Where something is said in general, the matrices that stand in what the exercise defines are not meant.
    """
    return any(
        verdict_of(one, other, None if in_general else views) in (HOLDS, OTHER_LAYOUT)
        for one, other, views in _made_symmetric(context, left, right)
        if not in_general or (one, other) != (left, right)
    )


def supposed_symmetric(context: Context, paragraph: str) -> Set[str]:
    """The matrices that the words before a formula, in its paragraph, say to be symmetric; none where they say that one is not."""
    said = _SYMMETRIC.search(paragraph)
    return context.memory.symmetric if said and not _DENIED.search(paragraph[: said.start()]) else frozenset()


def holds_for_symmetric(context: Context, supposed: Set[str], models: Iterable[View], left: Node, right: Node) -> bool:
    """Whether an equality holds where a matrix is symmetric of which the text supposes that here.

    Parameters
    ----------
    context
        With the matrices that the text says somewhere to be symmetric.
    supposed
        The names of which something is supposed here.
    models
        The text's own definitions.
    left, right
        The sides.
    """
    for name in sorted(context.memory.symmetric & supposed - _differentiated_by(left, right)):
        change = partial(_with_sum, name)
        for views in (context.views, *((each,) for each in models)):
            square = [view for view in views if len(set(view.variables.get(name, ("", "")))) == 1]
            changed = tuple(view.with_each_body(change) for view in square)
            is_known = any(name in view.variables for view in changed) or views is context.views
            if changed and is_known and reads_true(context.setting(changed), change(left), change(right)):
                return True
    return False


def symmetric_models(context: Context, view: View, left: Node, right: Node) -> Iterator[tuple[View, Node, Node]]:
    """The text's own definitions, and the sides, with its own square matrices symmetric that it says to be so somewhere: each, and all together."""
    strange = view.variables.keys() - context.known
    # Of the exercise's letters alone the exercise says what is true.
    meant = view.variables.keys() if strange & (left.names | right.names) else strange
    square = {name for name in meant if len(set(view.variables[name])) == 1 and "1" not in view.variables[name]}
    names = sorted(context.memory.symmetric & square - _differentiated_by(left, right))
    for chosen in (*([name] for name in names), *([names] if len(names) > 1 else [])):
        change = partial(_with_sums, tuple(chosen))
        yield view.with_each_body(change), change(left), change(right)


def _made_symmetric(context: Context, left: Node, right: Node) -> Iterator[tuple[Node, Node, Views]]:
    """Both sides, and what stands behind them, with the sum of a matrix and its transpose in its place; not where it is differentiated by."""
    names = left.names | right.names
    names |= {behind for view in context.views for name in names for meant in view.meant_by(name) for behind in view.behind(meant)}
    for name in sorted((context.memory.symmetric & names) - _differentiated_by(left, right)):
        change = partial(_with_sum, name)
        views = tuple(view.with_each_body(change) for view in context.views if len(set(view.variables.get(name, ("", "1")))) == 1)
        if views:
            yield change(left), change(right), views
    for name in sorted(context.memory.symmetric & _entries_below(left, right)):
        # Where an entry changes, the one on the other side of the diagonal does, too.
        change = partial(_with_sum, name)
        square = (view for view in context.views if len(set(view.variables.get(name, ("", "1")))) == 1)
        yield left, right, tuple(view.with_each_body(change) for view in square)


def _entries_below(left: Node, right: Node) -> set[str]:
    """The matrices by an entry of which something is differentiated, and not by one of the diagonal, which stands there once."""
    bottoms = (part.bottom for side in (left, right) for part in side.everything if isinstance(part, kinds.Derivative))
    entries = [each for each in bottoms if isinstance(each, kinds.Indexed) and len(set(each.indices)) == len(each.indices)]
    return {each.body.text for each in entries if isinstance(each.body, kinds.Name)}


def _differentiated_by(left: Node, right: Node) -> set[str]:
    derivatives = (part for side in (left, right) for part in side.everything if isinstance(part, kinds.Derivative))
    return {name for part in derivatives for name in part.bottom.names}


def _with_sums(names: tuple[str, ...], node: Node) -> Node:
    for name in names:
        node = _with_sum(name, node)
    return node


def _with_sum(name: str, node: Node) -> Node:
    """An expression with the sum of a matrix and its transpose in the place of the matrix."""
    if isinstance(node, kinds.Name) and node.text == name:
        return kinds.Group(kinds.Add((node, kinds.Transposed(node))))
    return node.rebuilt(partial(_with_sum, name))
