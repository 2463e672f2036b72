r"""Letters that a text never explains, and whose derivative tells what they are: ``\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij} - p_j)``.

What is true of the exercise's output and variable, in a text that writes neither of them, is meant of these.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.meanings import OUTPUTS
from matrix_checks.derivations.context.statements_of_text import (
    are_crossed,
    formulas_of,
    is_said,
    letters_written,
    relations,
    renamed,
    with_names,
)
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare, whole_of
from matrix_checks.derivations.letters.cases_tried import cases_tried
from matrix_checks.derivations.letters.letters_said import NO_LETTERS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.moments import ACCENTS
from matrix_checks.derivations.reading.tokens import Token, without_braces
from matrix_checks.derivations.values.exercise import View

MOST_RELATIONS = 30
OUTPUT = "y"
LOGARITHMS = ("\\log", "\\ln")
# In tokens, how far a label stands before the logarithm: y_{ij} \\cdot \\log.
BEFORE = 6


def take_letters_by_derivatives(context: Context, found: list[Piece]) -> None:
    """Take two letters for the exercise's output and variable, or one of them beside the other, where the text does not write these."""
    formulas = formulas_of(context, found)
    # Below an accent the letter of the output is another name.
    written = letters_written([list(_without_accents(tokens)) for tokens in formulas], alone=False)
    # Beside the logarithm of a probability, the letter of the output is that of the labels.
    written -= {OUTPUT} if any(map(_has_labels, formulas)) else set()
    for left, right in islice(relations(context, formulas), MOST_RELATIONS):
        letters = _letters(context, left)
        # That a derivative is zero, or one, is true of many.
        if letters is None or letters[0] not in right.names:
            continue
        for names in _choices(context, letters, written):
            views = tuple(view for view in context.views if _depends(view, letters, names))
            sides = renamed(left, names), renamed(right, names)
            if views and any(
                holds(replace(context.setting(views), case=case, kept={}), *sides) for case in cases_tried(context, *sides)
            ):
                context.look_at(with_names(view, names) for view in context.views)
                return


def _has_labels(tokens: list[Token]) -> bool:
    r"""Whether a formula is a cross entropy of labels in the letter of the output: ``-\sum_i y_i \log \hat y_i``."""
    plain = without_braces(tokens)
    return OUTPUT in plain and any(
        token in LOGARITHMS and OUTPUT in plain[max(place - BEFORE, 0) : place] for place, token in enumerate(plain)
    )


def _without_accents(tokens: list[Token]) -> Iterator[Token]:
    """The tokens without accents, and without the letters below them."""
    bare = without_braces(tokens)
    return (token for before, token in zip(["", *bare], bare) if token not in ACCENTS and before not in ACCENTS)


def _letters(context: Context, node: Node) -> tuple[str, str] | None:
    """The letters of what is differentiated and of what it is differentiated by, where one of them is not explained; else ``None``."""
    derivative = bare(node)
    if not isinstance(derivative, kinds.Derivative):
        return None
    top, bottom = whole_of(derivative.top), whole_of(derivative.bottom)
    if not isinstance(top, kinds.Name) or not isinstance(bottom, kinds.Name) or top == bottom:
        return None
    names = (top.text, bottom.text)
    strange = [name for name in names if name not in context.known]
    are_free = all(name and name not in NO_LETTERS and not is_said(context, name) for name in strange)
    return names if strange and are_free else None


def _depends(view: View, letters: tuple[str, str], names: dict[str, str]) -> bool:
    """Whether the output rests on the variable in a view: a derivative by anything else is zero, and true of much."""
    output, variable = (names.get(letter, view.aliases.get(letter, letter)) for letter in letters)
    return variable in view.behind(output)


def _choices(context: Context, letters: tuple[str, str], written: set[str]) -> Iterator[dict[str, str]]:
    """The exercise's letters that the two may stand for."""
    outputs = {name: None for view in context.views for name in view.definitions if name in OUTPUTS}
    variables = {name: None for view in context.views for name in view.variables}
    meant = [
        [name for name in of_exercise if _may_be(context, letter, name, written)]
        for letter, of_exercise in zip(letters, (outputs, variables))
    ]
    for chosen in product(*meant):
        names = {letter: name for letter, name in zip(letters, chosen) if letter not in context.known}
        if not are_crossed(names):
            yield names


def _may_be(context: Context, letter: str, name: str, written: set[str]) -> bool:
    """Whether a letter may stand for one of the exercise's: what it is known to stand for, or one that the text does not write."""
    if letter in context.known:
        return any(view.aliases.get(letter, letter) == name for view in context.views)
    return name not in written
