"""Letters of the exercise that words call the labels, "with labels $y$ and predictions $\\hat y$": there they are no output."""

import re

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import tokens_of
from matrix_checks.derivations.reading.formulas import Piece

_LABELS = (
    r"(?:labels?|targets?|ground[- ]truth|gold(?: labels?)?|observations?|observed (?:values?|data)|data (?:vector|points?)|desired outputs?|true (?:values?|outputs?)|zielwerte?|zielgrößen?|messwerte?|beobachtungen|"
    r"étiquettes?|cibles?|etiquetas?|objetivos?|etichett[ae]|rótulos?|alvos?|метк[аи]|целев\w+ \w+|etykiet[ay]|ラベル|正解|标签|標籤|레이블|정답)"
)
_BEFORE = re.compile(rf"(?i)(?<![^\W\d_]){_LABELS}\s*(?:are|is|be|sind|ist|sont|est|son|es|sono|è|são|é|—|:)?\s*$")
_BEHIND = re.compile(
    rf"(?i)^\s*(?:are|is|be|being|denotes?|sind|ist|seien|sont|est|son|es|sono|è|são|é|—|-|:|は|是|为|은|는)?\s*(?:here |now |hier |ici )?(?:the|a|our|die|der|das|ein|les|la|le|los|las|el|un|una|i|gli|il|os|as|o)?\s*"
    rf"(?:(?!\bnot?\b)[^\W\d_]+ )?{_LABELS}(?![^\W\d_])"
)


def take_labels_in_words(context: Context, found: list[Piece]) -> None:
    """Keep the names of what the exercise defines that words call the labels, where no loss of the text's own has them as such."""
    named = {
        context.only_name(tokens_of(context, piece)): None
        for place, piece in enumerate(found)
        if piece.kind == "inline" and _is_called(found, place)
    }
    context.memory.called_labels = frozenset(name for name in named if name and _is_made(context, name))


def _is_made(context: Context, name: str) -> bool:
    """Whether the exercise makes it of its variables, in every way to read the text."""
    meant = [(view, view.aliases.get(name, name)) for view in context.views]
    return any(each in view.definitions for view, each in meant) and not any(each in view.variables for view, each in meant)


def _is_called(found: list[Piece], place: int) -> bool:
    before, behind = found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None
    is_before = before is not None and before.kind == "prose" and _BEFORE.search(before.source) is not None
    return is_before or (behind is not None and behind.kind == "prose" and _BEHIND.search(behind.source) is not None)
