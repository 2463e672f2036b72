r"""The layer between two, in a text that does not state the second one: ``h = x W_1 + b_1``, "with $h$ for the output of the first layer".

The text goes on with ``\frac{\partial L}{\partial W_2} = h^\top g``. Its ``g`` is the gradient by what the second layer gives then, whatever
it was for the layer alone.
"""

import re
from collections.abc import Iterator
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.statements_of_text import (
    equalities,
    formulas_of,
    is_said,
    letters_written,
    relations,
    with_names,
)
from matrix_checks.derivations.equality.some_convention import holds_in_some_convention
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.letters_said import NO_LETTERS
from matrix_checks.derivations.letters.stated_layers import (
    MOST_EQUALITIES,
    Equality,
    layers_of,
    may_be_upstream,
    numbered_in,
    numbered_upstream,
    stated_in,
    with_sums,
)
from matrix_checks.derivations.names.turned_views import in_layouts
from matrix_checks.derivations.reading.formulas import Piece, prose_at
from matrix_checks.derivations.values.exercise import View

# So many relations are looked at for a letter that no formula states, and so many of them must hold.
MOST_RELATIONS, ENOUGH = 60, 2
# In characters, beside a letter; and what words call it.
NEAR = 60
_HIDDEN = re.compile(
    r"(?i)\bhidden|\b(?:output|result|activations?) of (?:the )?(?:first|layer (?:one|1))|\bfirst layer'?s? output|verborgen|versteckt|"
    r"(?:Ausgabe|Ausgang) der ersten|cach[ée]e?|sortie de la première|oculta|salida de la primera|saída da primeira|nascost|uscita d\w+ primo|"
    r"скрыт|выход\w* перво|ukryt|wyjści\w+ pierwsz|隐藏|第一层"
)


def take_hidden_layers(context: Context, found: list[Piece]) -> None:
    """Take a letter for what the first of two layers gives, where the text writes the weight of a second one and does not state that."""
    layers = [(view, *names) for view in context.views if (names := layers_of(view))]
    formulas = formulas_of(context, found) if layers else []
    written = letters_written(formulas) | {name for tokens in formulas for name in numbered_in(tokens)}
    layers = [each for each in layers if written & _second(*each) and written & _first(*each)]
    if not layers or any(_is_taken(written, *each) for each in layers):
        return
    numbered = frozenset(name for each in layers for name in _first(*each))
    of_first = (sides for sides in equalities(context, formulas) if not numbered.isdisjoint(sides[1].names))
    stated = [with_sums(context, *sides) for sides in islice(of_first, MOST_EQUALITIES)]
    sides = list(islice(relations(context, formulas), MOST_RELATIONS))
    meant: list[View] = []
    for view, hidden, output in layers:
        layouts = (view, *in_layouts(view, output))
        meant = _stated(context, written, layouts, hidden, stated)
        meant = meant or _used(context, written, layouts, hidden, (sides, _letters_called(found)))
        if meant:
            context.look_at((*meant, *context.views))
            return


def _is_taken(written: set[str], view: View, hidden: str, output: str) -> bool:
    """Whether the text has a letter of its own for what a layer gives already."""
    own = view.aliases.keys() & written - (view.origin or view).aliases.keys()
    return any(view.aliases[name] in (hidden, output) for name in own)


def _second(view: View, hidden: str, output: str) -> frozenset[str]:
    """The variables of the second layer."""
    return frozenset(view.variables.keys() & view.behind(output) - view.behind(hidden))


def _first(view: View, hidden: str, output: str) -> frozenset[str]:
    """The variables of the first layer that have a number."""
    return frozenset(name for name in view.variables.keys() & view.behind(hidden) if "_" in name)


def _stated(context: Context, written: set[str], layouts: tuple[View, ...], hidden: str, stated: list[Equality]) -> list[View]:
    """The layouts in which an equality states the first layer, in the exercise's letters for all that it is made of."""
    for sides in stated:
        if name_of(sides[0]) and (meant := stated_in(context, written, layouts, ((sides, hidden),))):
            return [with_names(view, _upstream(context, view, written)) for view in meant]
    return []


def _upstream(context: Context, layout: View, written: set[str]) -> dict[str, str]:
    """The letter for the gradient that comes in, which is that of a layer alone: ``g``, or what the text calls it."""
    numbered = numbered_upstream(layout)
    of_one = numbered.partition("_")[0]
    called = (name for view in context.views for name in view.aliases if view.aliases[name] == of_one)
    free = (name for name in dict.fromkeys((of_one, *called)) if may_be_upstream(context, layout, written, name))
    return dict.fromkeys(islice(free, 1), numbered)


def _letters_called(found: list[Piece]) -> set[str]:
    """The letters that words beside them call the layer between, or what the first layer gives."""
    return {
        piece.source.strip()
        for place, piece in enumerate(found)
        if piece.kind == "inline"
        and len(piece.source.strip()) == 1
        and any(_HIDDEN.search(words) for words in (prose_at(found, place - 1)[-NEAR:], prose_at(found, place + 1)[:NEAR]))
    }


def _used(
    context: Context, written: set[str], layouts: tuple[View, ...], hidden: str, said: tuple[list[Equality], set[str]]
) -> list[View]:
    """The layouts in which relations hold with a letter that nobody explains for what the first layer gives.

    Parameters
    ----------
    said
        The relations of the text, and the letters that its words call so: of these, one relation is enough.
    """
    sides, called = said
    if hidden in written:
        return []
    unknown = {name for each in sides for side in each for name in side.names if name in called - context.known}
    for letter in dict.fromkeys((*_letters(context, sides), *sorted(unknown))):
        meant = []
        for layout in layouts:
            names = {letter: hidden} | _upstream(context, layout, written)
            # One relation is too little to tell in which layout it is written.
            enough = ENOUGH - (letter in called and layout is layouts[0])
            if letter not in layout.names and _tells(context, layout, names, letter, sides, enough):
                meant.append(with_names(layout, names))
        if meant:
            return meant
    return []


def _letters(context: Context, sides: list[Equality]) -> Iterator[str]:
    """Letters by which the loss is differentiated, and that nothing is known of."""
    for left, right in sides:
        for part in (*left.everything, *right.everything):
            name = _differentiated_by(part)
            if len(name) == 1 and name not in context.known | NO_LETTERS and not is_said(context, name):
                yield name


def _differentiated_by(part: Node) -> str:
    whole = kinds.whole_of(part.bottom) if isinstance(part, kinds.Derivative) else None
    return whole.text if isinstance(whole, kinds.Name) else ""


def _tells(context: Context, view: View, names: dict[str, str], letter: str, sides: list[Equality], enough: int) -> bool:
    """Whether relations with a letter hold in a view, enough of them for no other letter to be meant."""
    setting, found = context.setting((with_names(view, names),)), 0
    for left, right in sides:
        if letter in left.names | right.names and holds_in_some_convention(setting, left, right):
            found += 1
            if found == enough:
                return True
    return False
