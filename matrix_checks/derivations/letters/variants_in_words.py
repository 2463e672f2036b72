r"""Another number or output than the exercise's, where words say so: "my version is $y = 2x^\top A c$", "Softmin: $y_i = \dots$".

What follows from it waits for a person, as does what is right only of the exercise's own: neither is called false for the other.
"""

import re
from itertools import pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.context.statements_of_text import equalities, formulas_of, letters_written, tokens_of
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.some_convention import holds_in_some_convention
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.losses_in_words import numbers_in_words, numbers_stated
from matrix_checks.derivations.letters.own_outputs import definition_of
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import NUMBER, View

MOST_VARIANTS = 10
_DERIVED = (kinds.Derivative, kinds.Differentiated, kinds.Nabla, kinds.Operator)
_VARIANT = re.compile(
    r"(?i)(?:\b(?:variants?|my (?:own )?version|own version|in my notation|instead of [^.:;$]{0,30}|soft-?min|sharpness|another (?:function|output|loss|layer)|"
    r"variante|meine (?:eigene )?version|statt[^.:;$]{0,30}|eine andere \w+|ma version|au lieu d[^.:;$]{0,30}|une autre \w+|mi versión|en lugar de[^.:;$]{0,30}|otra \w+|la mia versione|invece d[^.:;$]{0,30}|un'altra \w+)\b|"
    r"вариант\w*|моя версия|вместо [^.:;$]{0,30}|变体|变种|変種|변형)[^.;$\n]{0,40}$"
)


def take_variants_in_words(context: Context, found: list[Piece]) -> None:
    """Look at the exercise with the text's own number or output, too, where the words before it call it a variant."""
    for before, piece in pairwise(found):
        if before.kind != "prose" or piece.kind == "prose" or not _VARIANT.search(before.source):
            continue
        for left, right in list(equalities(context, [tokens_of(context, piece)]))[:MOST_VARIANTS]:
            own = _with_variant(context, left, right)
            if own:
                context.look_at((*own, *context.views))
                return
    formulas = formulas_of(context, found)
    written = letters_written(formulas)
    names = sorted(
        {name for view in context.views for name in view.definitions if context.shape_of(kinds.Name(name)) == NUMBER} & written
    )
    for number, is_called in numbers_in_words(context, found) if len(names) == 1 and not numbers_stated(context, formulas) else ():
        # "Had the function been $\\operatorname{tr}(A^\\top B)$"
        own = _with_variant(context, kinds.Name(names[0]), number) if is_called else ()
        if own:
            context.look_at((*own, *context.views))
            return


def _with_variant(context: Context, left: Node, right: Node) -> tuple[View, ...]:
    """The views with what a text states in the place of what the exercise defines; none where it is the same, or does not fit."""
    name, left, whole = name_of(left), without_argument(left), with_parts(context, right)
    views = [view for view in context.views if view.aliases.get(name, name) in view.definitions]
    is_definition = bool(name and right.names and views) and name not in whole.names and whole.kinds.isdisjoint(_DERIVED)
    if not is_definition or any(holds_in_some_convention(context.setting(), left, each) for each in (right, whole)):
        return ()
    own = tuple(view.stating(view.aliases.get(name, name), definition_of(left, whole)) for view in views)
    return own if holds(context.setting(own), left, whole) else ()
