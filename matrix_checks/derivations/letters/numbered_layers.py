r"""Layers with numbers above their letters: ``Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}``, and what a text says of all of them, for each ``l``."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import equalities, formulas_of, letters_written, with_names
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.stated_layers import layers_of, upstream_of
from matrix_checks.derivations.names.scaled_gradients import is_of_objects
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import View

NUMBER = "_("
INPUT, OUTPUTS = "x", ("y", "y_1", "y_2")
ENDS = (",", ".", ";", "\\quad", "\\\\")
MOST_EQUALITIES = 12
LAYERS = ("1", "2")
# How layers are numbered in names.
LABELS = (*LAYERS, "(1)", "(2)")
MOST_PIECES = 6
# A letter of layer l, of all of them or of one object.
_OF_LAYER = re.compile(r"([A-Za-z])\s*\^\s*\{\s*\[\s*(?:l|\\ell)\s*(-\s*1)?\s*\]\s*(\(\s*[a-z]\s*\))?\s*\}")
_NUMBER_ABOVE = re.compile(r"\^\s*\{?\s*[\[(]\s*\d")
# What each object has, as small letters for its column and as capital ones for all of them.
_COLUMNS = frozenset("azhy")


def layers_in_numbers(context: Context, found: list[Piece]) -> list[Piece]:
    """What a text says of the layer ``l``, said of the first one and of the second, where it goes on with numbers."""
    formulas = [piece for piece in found if piece.kind != "prose"]
    if not context.notation.numbers_layers:
        return []
    general = [piece for piece in formulas if _OF_LAYER.search(piece.source) and "=" in piece.source][:MOST_PIECES]
    return [replace(piece, source=_in_numbers(piece.source, int(layer))) for layer in LAYERS for piece in general]


def _in_numbers(source: str, layer: int) -> str:
    def numbered(letter: re.Match[str]) -> str:
        name = letter[1].upper() if letter[3] or letter[1] in _COLUMNS else letter[1]
        return f"{name}^{{[{layer - bool(letter[2])}]}}"

    return _OF_LAYER.sub(numbered, source)


def take_inputs(context: Context, found: list[Piece]) -> None:
    """Take names with a number for the input, where the text sets them equal to it: ``A^{[0]} = X``, ``a_0 = x``."""
    for name, meant in _before_first(context, found):
        _take(context, name, meant)
    for left, right in _said(context, found):
        if isinstance(right, kinds.Name) and any(view.aliases.get(right.text, right.text) == INPUT for view in context.views):
            _take(context, left, right.text)


def take_numbered_layers(context: Context, found: list[Piece]) -> None:
    """Take names with a number for what the layers of the exercise give, where the text says that they are."""
    for left, right in _said(context, found):
        if isinstance(right, kinds.Name):
            _take(context, left, right.text)
        else:
            _take_output(context, left, right)
    if any(NUMBER in name for view in context.views for name in view.aliases):
        written = letters_written(formulas_of(context, found))
        context.look_at(_with_upstream(context, with_letters_of_entries(context, view), written) for view in context.views)


def _with_upstream(context: Context, view: View, written: set[str]) -> View:
    """The view of two layers with the letter without a number for the gradient that comes in, where the text names what they give."""
    layers = layers_of(view)
    is_named = layers is not None and any(meant == layers[1] for name, meant in view.aliases.items() if NUMBER in name)
    return with_names(view, upstream_of(context, view, written)) if is_named else view


def with_letters_of_entries(context: Context, view: View) -> View:
    """The view with small letters for the entries of what each object has, where it has the capital ones, and the other way round."""
    names = {name: name for name in view.definitions} | view.aliases
    for name, meant in names.items():
        letter, _, label = name.partition("_")
        other = name[0].swapcase() + name[1:]
        is_free = label in LABELS or (len(name) == 1 and other not in context.later)
        if len(letter) == 1 and is_free and other not in context.known and is_of_objects(view, meant):
            view = view.with_alias(other, meant)
    return view


def take_outputs(context: Context, found: list[Piece]) -> None:
    """Take a letter for what a layer of the exercise gives, where the text says so: ``Z = XW + b``."""
    for left, right in islice(equalities(context, formulas_of(context, found)), MOST_EQUALITIES):
        is_letter = isinstance(left, kinds.Name) and len(left.text) == 1 and left.text not in context.known
        if isinstance(left, kinds.Name) and is_letter and not isinstance(right, kinds.Name):
            _take_output(context, left.text, right)


def _take_output(context: Context, name: str, right: Node) -> None:
    for view in context.views:
        setting = context.setting((view,))
        same = (each for each in OUTPUTS if each in view.definitions and holds(setting, kinds.Name(each), right))
        meant = next(same, "")
        if meant:
            context.look_at(each.with_alias(name, meant) if each is view else each for each in context.views)


def _before_first(context: Context, found: list[Piece]) -> Iterator[tuple[str, str]]:
    """Letters with a zero below them that are set equal to the input, and what the text calls that; else a zero below says nothing."""
    for tokens in formulas_of(context, found):
        bare = without_braces(tokens)
        for letter, below, zero, sign, meant, behind in zip(bare, bare[1:], bare[2:], bare[3:], bare[4:], [*bare[5:], ","]):
            is_equal = (below, zero) == ("_", "0") and sign in EQUALITIES and behind in ENDS
            if is_equal and isinstance(letter, str) and any(view.aliases.get(str(meant), meant) == INPUT for view in context.views):
                yield f"{letter}_{zero}", str(meant)


def _said(context: Context, found: list[Piece]) -> Iterator[tuple[str, Node]]:
    """The names with a number that nothing is known of, each with what the text sets it equal to."""
    if not any(_NUMBER_ABOVE.search(piece.source) for piece in found):
        return
    for left, right in equalities(context, formulas_of(context, found)):
        if isinstance(left, kinds.Name) and NUMBER in left.text and left.text not in context.known:
            yield left.text, right


def _take(context: Context, name: str, meant: str) -> None:
    if any(is_of_objects(view, meant) for view in context.views):
        context.look_at(
            view.with_alias(name, view.aliases.get(meant, meant)) if is_of_objects(view, meant) else view for view in context.views
        )
