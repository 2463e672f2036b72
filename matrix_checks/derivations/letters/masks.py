r"""Masks: arrays of zeros and ones of the text's own, whose entrywise square is the mask itself, as it says, or calls them masks."""

from collections.abc import Iterator
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of, parsed, relations
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.prose import words
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.values.exercise import View

MOST_RELATIONS = 100
Shape = tuple[str, str]


def take_masks(context: Context, found: list[Piece], freed: set[str]) -> None:
    """Take letters that the text says are masks for arrays of zeros and ones, with the shapes of what they are multiplied with.

    Parameters
    ----------
    context
        Where they are kept.
    found
        The formulas of the text, and the prose between them.
    freed
        Letters of the exercise's sizes that are arrays here: those that are no masks are any arrays.
    """
    formulas = formulas_of(context, found)
    if not any("\\odot" in tokens or "\\circ" in tokens for tokens in formulas):
        return
    pairs = list(islice(relations(context, formulas), MOST_RELATIONS))
    masks = {name for sides in pairs for name in _idempotent(sides)} | set(_called(found, context, formulas))
    for name in sorted((masks | freed) - context.known - context.later.keys() - context.later_entries.keys()):
        others = list(dict.fromkeys(other for sides in pairs for side in sides for other in _multiplied_with(side, name)))
        views = [_with_factor(context, view, name, others, name in masks) for view in context.views]
        if any(name in view.variables for view in views):
            context.look_at(views)


def _idempotent(sides: tuple[Node, Node]) -> Iterator[str]:
    """The letter of ``M \\odot M = M``."""
    for one, other in (sides, sides[::-1]):
        if (
            isinstance(one, kinds.Product)
            and set(one.signs) == {"odot"}
            and isinstance(other, kinds.Name)
            and set(one.factors) == {other}
        ):
            yield other.text


def _called(found: list[Piece], context: Context, formulas: list[list[Token]]) -> Iterator[str]:
    """The letters directly behind the word "mask"."""
    tokens = iter(formulas)
    before = ""
    for piece in found:
        if piece.kind == "prose":
            before = piece.source
            continue
        first = next(tokens, [])[:1]
        if first and isinstance(first[0], str) and first[0].isalpha() and words.MASK.search(before):
            yield first[0]
        before = ""


def _multiplied_with(node: Node, name: str) -> Iterator[Node]:
    """What an array is multiplied with entry by entry."""
    for part in node.everything:
        if isinstance(part, kinds.Product) and "odot" in part.signs and kinds.Name(name) in part.factors:
            groups: list[list[Node]] = [[part.factors[0]]]
            for sign, factor in zip(part.signs, part.factors[1:]):
                if sign == "odot":
                    groups.append([])
                groups[-1].append(factor)
            if [kinds.Name(name)] in groups:
                whole = (kinds.Product(tuple(group), ("",) * (len(group) - 1)) if len(group) > 1 else group[0] for group in groups)
                yield from (each for each in whole if name not in each.names)


def _with_factor(context: Context, view: View, name: str, others: list[Node], is_mask: bool) -> View:
    """The view with an array, where something that it is multiplied with has a shape there; itself elsewhere."""
    shapes = {shape for other in others if (shape := _shape(context, view, bare(other)))}
    if len(shapes) != 1:
        return view
    return view.with_mask(name, *shapes) if is_mask else view.with_variable(name, *shapes)


def _shape(context: Context, view: View, node: Node, deep: bool = True) -> Shape | None:
    if isinstance(node, kinds.Name):
        known = view.variables.get(view.aliases.get(node.text, node.text))
        said = [parsed(context, tokens) for tokens in context.later.get(node.text, ())[:1]] if deep and not known else []
        for meant in said:
            shape = _shape(context, view, meant, deep=False) if meant is not None else None
            if shape:
                return shape
        if known:
            return known
    return context.shape_of(node, (view,))
