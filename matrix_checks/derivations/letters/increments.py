"""Steps of which the text says what they are added to: "an increment $E$ of $W$"; no such letter is the identity."""

import re

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import tokens_of
from matrix_checks.derivations.reading.formulas import Piece

_INCREMENT = re.compile(
    r"(?i)(?:\b(?:increments?|perturbations?|variations?|displacements?|directions?|steps?|changes?|inkremente?|zuwachs|zuwächse|störung(?:en)?|richtung(?:en)?|"
    r"änderung(?:en)?|accroissements?|pas|incrementos?|perturbaci[oó]n(?:es)?|direcci[oó]n(?:es)?|incrementi?|perturbazion[ei]|direzion[ei]|variazion[ei]|"
    r"acréscimos?|direç(?:ão|ões)|przyrost\w*|kierun\w+|toename|richting|приращени\w+|возмущени\w+|направлени\w+|при?р[оі]ст\w*|збуренн\w+|напрям\w*|artış\w*|yön\w*)|增量|方向|扰动)"
    r"\s*$"
)
# A few words of one sentence, none of which speaks of another step.
_OF = re.compile(
    r"(?i)^\s*(?:of|in|to|for|von|in|für|zu|an|de|del|della|di|da|do|dans|à|en|para|per|van|w|в|для|до|\w+ \w+)?(?:\s+\w+)?\s*$"
)


def declare_increments(context: Context, found: list[Piece]) -> None:
    """Learn the shapes of steps that are named in words, with what they are added to."""
    for place in range(1, len(found) - 2):
        before, one, between, other = found[place - 1 : place + 3]
        if (before.kind, between.kind) != ("prose", "prose") or "prose" in (one.kind, other.kind):
            continue
        if not _INCREMENT.search(before.source) or not _OF.match(between.source):
            continue
        step, point = (context.only_name(tokens_of(context, each)) for each in (one, other))
        shape = context.shape_at(point) if step and point else None
        if shape and not any(step in view.names for view in context.views):
            context.keep_step(step, shape, point)
