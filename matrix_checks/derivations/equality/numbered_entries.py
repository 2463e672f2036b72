"""Entries at numbers that are written out, ``y = x_1^2 + x_2^2``: for arrays of so many entries this may be true."""

from dataclasses import replace

from matrix_checks.derivations.equality.laid_out import dims
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

LARGEST = 4


def with_sizes_of_numbers(setting: Setting, left: Node, right: Node) -> Setting | None:
    """The setting where arrays end at the largest number that stands at them; ``None`` where no number says so, or sizes are fixed.

    Parameters
    ----------
    setting, left, right
        What is decided, and where.
    """
    if kinds.Dots in left.kinds | right.kinds:
        return None
    largest: dict[str, int] = {}
    for side in (left, right):
        for part in side.everything:
            if isinstance(part, kinds.Indexed) and isinstance(part.body, kinds.Name):
                for letter, index in zip(_letters(setting, part.body), part.indices):
                    number = int(index.value) if isinstance(index, kinds.Number) else 0
                    largest[letter] = max(number, largest.get(letter, 0))
    sizes = {letter: number for letter, number in largest.items() if 1 < number <= LARGEST and letter not in setting.sizes}
    return replace(setting, sizes={**setting.sizes, **sizes}, ranges={}) if sizes else None


def _letters(setting: Setting, name: kinds.Name) -> tuple[str, ...]:
    """The sizes that the indices of an array run over."""
    for view in setting.views:
        for meant in sorted(view.meant_by(name.text)):
            shape = view.variables.get(meant) or (dims(setting, kinds.Name(meant)) if meant in view.names else ())
            letters = tuple(letter for letter in shape if letter != "1")
            if letters:
                return letters
    return ()
