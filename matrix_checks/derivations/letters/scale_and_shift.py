r"""A scale and a shift behind a normalization, in other letters: ``z_i = \gamma y_i + \beta`` with ``y_i = (x_i - \mu)(v + \epsilon)^{-1/2}``.

There the text's ``y`` is what the exercise calls ``\hat x``, and its ``g`` may be the gradient by that. What the exercise has these letters
for gets names that no text writes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, permutations

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.statements_of_text import (
    equalities,
    formulas_of,
    in_letters,
    in_order,
    renamed,
    strange_arrays,
    tokens_of,
    with_names,
)
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import Definition, View

MOST_EQUALITIES = 20
MOST_LETTERS, MOST_LETTERS_OF_SCALE = 2, 3
DELTA = "\\delta"
# Before the name of a letter that the text writes for something else.
_APART = "\\apart "
# What prose between a letter and the output says where the letter is the gradient by it.
_IS_GRADIENT = re.compile(r"(?i)gradient|derivative|upstream|ableitung|dériv|derivad|derivat|градиент|производн|梯度|导数")
# A text that leaves the scale and the shift out somewhere.
_LEFT_OUT = re.compile(
    r"(?i)\b(?:without|omit\w*|ignor\w*|skip\w*|leav\w+ (?:\w+ ){0,2}(?:out|aside|away)|left out|neglect\w*|forget\w*|plain version|no (?:\w+ ){0,2}(?:scale|gamma|affine|parameters?)|"
    r"(?:set|put|equal\w*|is|are) (?:to )?(?:one|1)\b|ohne|sans|sin|senza|sem|bez|без)\b|忽略|不考虑"
)


@dataclass(frozen=True)
class Scaled:
    """A view with a scale and a shift, and what it calls its parts.

    Attributes
    ----------
    view
        The view.
    output, normed, upstream
        What it calls what comes out, what is scaled, and the gradient that comes in.
    numbers
        What it calls the scale and the shift.
    """

    view: View
    output: str
    normed: str
    upstream: str
    numbers: frozenset[str]


def take_scale_and_shift(context: Context, found: list[Piece]) -> None:
    """Take the text's letters for what is normalized and for what comes out, where it states the scale and the shift with them."""
    scaled = [each for view in context.views for each in _scaled(view)]
    if not scaled:
        return
    stated = list(islice(equalities(context, formulas_of(context, found)), MOST_EQUALITIES))
    changed = {each.view: view for each in scaled if (view := _in_letters_of_text(context, each, stated, found))}
    if changed:
        context.look_at(changed.get(view, view) for view in context.views)
    views = tuple(changed.get(each.view, each.view) for each in scaled)
    is_stated = any(_is_stated(context, view, each, stated) for view, each in zip(views, scaled))
    if not is_stated or _leaves_them_out(scaled[0].numbers, found):
        return
    # Without them, a gradient in which the scale is forgotten would be true.
    if _differentiates(scaled[0].numbers, found):
        context.look_at(view for view in context.views if view in views)
    elif not any(_is_of_normed(each, left, right) for each in scaled for left, right in stated):
        context.look_at(
            replace(view, is_stated=True, origin=view.origin or view) if view in views else view for view in context.views
        )


def _leaves_them_out(numbers: frozenset[str], found: list[Piece]) -> bool:
    """Whether a text says somewhere that it has no scale or shift."""
    is_one = re.compile(rf"(?:{_any_of(numbers)})(?![A-Za-z])[^=]{{0,8}}=\s*[01]\b")
    return any((_LEFT_OUT if piece.kind == "prose" else is_one).search(piece.source) for piece in found)


def _differentiates(numbers: frozenset[str], found: list[Piece]) -> bool:
    """Whether a text differentiates by a scale or a shift."""
    by_one = re.compile(rf"(?:\\partial|d|\\nabla_)\s*\{{?\s*(?:{_any_of(numbers)})(?![A-Za-z])")
    return any(by_one.search(piece.source) for piece in found if piece.kind != "prose")


def _any_of(names: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(names)))


def _is_of_normed(scaled: Scaled, left: Node, right: Node) -> bool:
    """Whether a text says that the gradient that comes in is that by what is normalized, behind the scale."""
    view, name = scaled.view, name_of(left)
    is_gradient = (
        isinstance(right, kinds.Derivative) and view.aliases.get(name_of(right.bottom), name_of(right.bottom)) == scaled.normed
    )
    return is_gradient and view.aliases.get(name, name) == scaled.upstream


def _is_stated(context: Context, view: View, scaled: Scaled, stated: list[tuple[Node, Node]]) -> bool:
    """Whether an equality of the text states the output with its scale and its shift in a view."""
    for left, right in stated:
        name = name_of(left)
        meant = {view.aliases.get(each, each) for each in right.names}
        if (
            view.aliases.get(name, name) == scaled.output
            and scaled.numbers <= meant
            and holds(context.setting((view,)), left, right)
        ):
            return True
    return False


def _scaled(view: View) -> Iterator[Scaled]:
    loss = view.definitions["L"][0].body if "L" in view.definitions else None
    if not isinstance(loss, kinds.Inner) or not isinstance(loss.left, kinds.Name) or not isinstance(loss.right, kinds.Name):
        return
    output = loss.right.text
    names = view.definitions[output][0].body.names if output in view.definitions else frozenset()
    normed = [name for name in names if name in view.definitions]
    numbers = names & view.variables.keys()
    if len(names) == 3 and len(normed) == 1 and len(numbers) == 2:
        yield Scaled(view, output, normed[0], loss.left.text, numbers)


def _in_letters_of_text(context: Context, scaled: Scaled, stated: list[tuple[Node, Node]], found: list[Piece]) -> View | None:
    """The view with the letters of a text that states its scale and shift; ``None`` where it states none, or in the exercise's letters only."""
    defined = {name_of(one) for one, _ in stated}
    for left, right in stated:
        output = name_of(left)
        taken = {name for name in (scaled.output, scaled.upstream) if name in defined - {output}}
        for meant in _meanings(scaled, right, defined):
            normed = next(name for name, each in meant.items() if each == scaled.normed)
            if output in meant:
                continue
            taken_here = taken | ({normed} & {scaled.output, scaled.upstream})
            view = _apart(scaled.view, taken_here)
            own = {output: _name(scaled.output, taken_here)} | meant
            own = {name: each for name, each in own.items() if name != each}
            if not all(_is_free(view, name, each) for name, each in own.items()):
                continue
            if holds(context.setting((view,)), renamed(left, own), renamed(right, own)):
                own |= _input(view, normed, scaled.normed)
                own |= _statistics(context, view, own, stated, scaled.normed)
                own |= {name: _name(scaled.upstream, taken_here) for name in _gradients_said(context, found, output)}
                return _with_meanings(with_names(view, own), taken_here - own.keys(), stated) if own or taken_here else None
    return None


def _meanings(scaled: Scaled, right: Node, defined: set[str]) -> Iterator[dict[str, str]]:
    """What the letters of a side may be: one is scaled, and two more, in the exercise's letters or in others, scale and shift it."""
    letters = [name for name in in_order(right) if name not in _indices(right)]
    others = [name for name in letters if name not in scaled.numbers]
    for normed in others:
        strange = [name for name in others if name != normed]
        is_said = normed in defined or scaled.view.aliases.get(normed, normed) == scaled.normed or not strange
        free = sorted(scaled.numbers.difference(letters))
        if len(letters) <= MOST_LETTERS_OF_SCALE and is_said and len(strange) <= len(free) and len(letters) > 1:
            for chosen in permutations(free, len(strange)):
                yield {normed: scaled.normed, **dict(zip(strange, chosen))}


def _with_meanings(view: View, names: set[str], stated: list[tuple[Node, Node]]) -> View:
    """The view with what the text sets some of its letters equal to."""
    for left, right in stated:
        name = name_of(left)
        if name in names and name not in view.definitions and name not in right.names:
            indices = left.indices if isinstance(left, kinds.Indexed) else ()
            letters = tuple(each.text for each in indices if isinstance(each, kinds.Name))
            view = view.with_definition(name, Definition(right, letters), first=True)
    return view


def _is_free(view: View, name: str, meant: str) -> bool:
    return view.aliases.get(name, name) == meant or name not in view.names


def _name(name: str, taken: set[str]) -> str:
    return _APART + name if name in taken else name


def _apart(view: View, taken: set[str]) -> View:
    """The view where some of its letters are free for what the text has them for."""
    if not taken:
        return view
    aliases = {name: meant for name, meant in view.aliases.items() if meant not in taken}
    return in_letters(replace(view, aliases=aliases, origin=view.origin or view), {name: _name(name, taken) for name in taken})


def _input(view: View, normed: str, theirs: str) -> dict[str, str]:
    r"""The exercise's input for the letter that a text writes with an accent where it is normalized: the ``Z`` of ``\hat Z``."""
    (accent, _, letter), (sign, _, base) = normed.partition(" "), theirs.partition(" ")
    is_new = letter != base and letter not in view.names
    return {letter: base} if accent == sign and letter and base in view.variables and is_new else {}


def _statistics(context: Context, view: View, own: dict[str, str], stated: list[tuple[Node, Node]], normed: str) -> dict[str, str]:
    """The exercise's statistics for the text's letters in what it normalizes with."""
    theirs = [name for name in in_order(view.definitions[normed][0].body) if name in view.definitions]
    for left, right in stated:
        if own.get(name_of(left), name_of(left)) != normed:
            continue
        strange = [name for name in in_order(right) if name in strange_arrays(context, right)]
        for chosen in permutations(theirs, len(strange)) if 0 < len(strange) <= MOST_LETTERS else ():
            names = own | dict(zip(strange, chosen))
            if holds(context.setting((view,)), renamed(left, names), renamed(right, names)):
                return dict(zip(strange, chosen))
    return {}


def _gradients_said(context: Context, found: list[Piece], output: str) -> Iterator[str]:
    r"""The letter of which words say that it is the gradient by what comes out: "$\delta_i$ is the upstream gradient of $y_i$"."""
    for one, words, other in zip(found, found[1:], found[2:]):
        if words.kind == "prose" and "prose" not in (one.kind, other.kind) and _IS_GRADIENT.search(words.source):
            letter, by = (tokens_of(context, each)[:1] for each in (one, other))
            if letter == [DELTA] and by == [output] and "." not in words.source:
                yield DELTA


def _indices(node: Node) -> set[str]:
    return {index.text for part in node.everything for index in getattr(part, "indices", ()) if isinstance(index, kinds.Name)}
