"""What a text says of the exercise in the case that all its arrays are numbers: "for numbers, ``y = ab``"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.prose import words, words_of_numbers
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import NUMBER, View

# What tells an array from a number.
OF_ARRAYS = (kinds.Transposed, kinds.Indexed, kinds.Matrix, kinds.Tuple, kinds.Sum)
# How far a text speaks of numbers: not at all, perhaps, and surely.
NOT, PERHAPS, SURELY = range(3)
# In characters: what was said before in a paragraph.
LONGEST_PARAGRAPH = 1000
_FORMULA = re.compile(r"\$([^$]*)\$")
_COMMAND = re.compile(r"\\[A-Za-z]+")


def holds_for_numbers(context: Context, left: Node, right: Node) -> bool:
    """Whether an equality holds where all arrays of the exercise are numbers, which small letters may stand for."""
    return holds(of_numbers(context.setting()), left, right)


def of_numbers(setting: Setting) -> Setting:
    """The same where all arrays of the exercise are numbers."""
    views = tuple(_of_numbers(view) for view in setting.views)
    return replace(setting, views=views, steps=dict.fromkeys(setting.steps, NUMBER), sizes={}, kept={}, ranges={})


def has_small_letters(context: Context, left: Node, right: Node) -> bool:
    """Whether an equality has the small letter of a matrix of the exercise, which stands for nothing else, and nothing but plain letters."""
    if any(isinstance(part, OF_ARRAYS) for side in (left, right) for part in side.everything):
        return False
    names = left.names | right.names
    return any(len(name) == 1 and name not in context.known and _is_matrix(context, name.upper()) for name in names)


def is_in_small_letters(left: Node, right: Node) -> bool:
    """Whether an equality has nothing but plain letters, and small ones: beside what is differentiated, a capital may be a matrix."""
    parts = (*left.everything, *right.everything)
    tops = {part.top.text for part in parts if isinstance(part, kinds.Derivative) and isinstance(part.top, kinds.Name)}
    return not any(isinstance(part, OF_ARRAYS) for part in parts) and not any(map(str.isupper, (left.names | right.names) - tops))


def has_matrix_beside_number(heard: str, left: Node, right: Node) -> bool:
    """Whether an equality has a capital whose small letter its paragraph has for a number."""
    letters = set(_COMMAND.sub(" ", " ".join(_FORMULA.findall(heard))))
    return any(len(name) == 1 and name.isupper() and name.lower() in letters for name in left.names | right.names)


def _is_matrix(context: Context, name: str) -> bool:
    return any("1" not in view.variables.get(name, NUMBER) for view in context.views)


def _of_numbers(view: View) -> View:
    small = {name.lower(): name for name in view.variables if len(name) == 1 and name.lower() not in view.names}
    return replace(
        view, variables=dict.fromkeys(view.variables, NUMBER), aliases={**view.aliases, **small}, origin=view.origin or view
    )


def paragraphs(found: Sequence[Piece]) -> list[str]:
    """What each piece stands behind in its paragraph, or in the one to which a display belongs."""
    result: list[str] = []
    heard = ""
    for piece in found:
        if piece.kind != "prose":
            heard += f"${piece.source}$" if piece.kind == "inline" else " $ $ "
        else:
            *before, last = words.PARAGRAPH_END.split(piece.source)
            ended = before[0].rstrip() if before else ""
            if before and (any(map(str.isalpha, "".join(before[1:]))) or (any(map(str.isalpha, ended)) and ended[-1] not in ":,")):
                heard = ""
            heard += (" ".join((*before, "")) if heard else "") + last
        heard = heard[-LONGEST_PARAGRAPH:]
        result.append(heard)
    return result


def speaks_of_numbers(heard: str) -> int:
    """How far a paragraph takes all arrays for numbers; to look through one takes milliseconds, so it is asked for few steps only."""
    for pattern, how in ((words_of_numbers.ARE_NUMBERS, SURELY), (words_of_numbers.MAY_BE_NUMBERS, PERHAPS)):
        said = max((match.end() for match in pattern.finditer(heard)), default=-1)
        if said >= 0 and not words_of_numbers.OF_ARRAYS_AGAIN.search(heard, said):
            return how
    return NOT
