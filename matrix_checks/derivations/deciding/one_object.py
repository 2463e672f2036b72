"""One object first: where a text begins with "a single sample", its small letters are rows of it, and what is true for ``N = 1`` is true.

Behind what it says of more objects, as of a batch, the same is not sure any more: a sum over the objects may be forgotten there.
"""

import re
from dataclasses import replace

from matrix_checks.derivations.equality.equality import Decision, decide_as_read
from matrix_checks.derivations.equality.rewriting import is_by_bias
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.names.scaled_gradients import batch_of, is_of_objects
from matrix_checks.derivations.prose import words
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.memory import Memory

# What formulas have of many objects only: sums over them, their number, and the matrices of all.
_OF_MANY = re.compile(r"\\sum|(?<![A-Za-z\\])[XYZGN](?![A-Za-z])")
# What a text calls the gradients by the outputs of its layers.
_ERRORS_OF_LAYERS = frozenset(("\\delta_(1)", "\\delta_(2)"))
_ONE = re.compile(r"^\s*N\s*=\s*1\s*$")


def hear_of_objects(memory: Memory, piece: Piece) -> None:
    """Keep whether a text speaks of one object by now, or did before."""
    if piece.kind != "prose":
        if _ONE.match(piece.source):
            memory.of_one_object = True
        elif _OF_MANY.search(piece.source):
            memory.of_one_object = None if memory.of_one_object is None else False
        return
    one, many = (
        max((found.start() for found in pattern.finditer(piece.source)), default=-1)
        for pattern in (words.ONE_OBJECT, words.MANY_OBJECTS)
    )
    if memory.of_one_object is None and words.IS_ROW.search(piece.source):
        # The others may be rows, too.
        memory.of_one_object = False
    if max(one, many) >= 0 and (one >= 0 or memory.of_one_object is not None):
        memory.of_one_object = one > many


def for_one_object(setting: Setting, equality: Equality) -> Decision | None:
    """The decision on what is false for a batch and true for one object, in a text that speaks of one; ``None`` for anything else."""
    states = setting.memory.of_one_object is None and _states_layer(setting, equality)
    if (
        setting.memory.of_one_object is None
        and not states
        and not _is_of_entries(equality)
        and not _is_jacobian(setting.views, equality)
    ):
        return None
    views = tuple(view for view in setting.views if _is_in_small_letters(view, equality))
    sizes = dict.fromkeys(filter(None, map(batch_of, views)), 1)
    if not sizes or not sizes.keys().isdisjoint(setting.sizes):
        return None
    if setting.memory.of_one_object is None and (_counts_objects(views, equality) or not sizes.keys().isdisjoint(_names(equality))):
        # Who has an index for the objects, or divides by their number, has several.
        return None
    small = replace(setting, views=views, sizes={**setting.sizes, **sizes}, ranges={})
    found = decide_as_read(small, *equality.sides).verdict
    if found == OTHER_LAYOUT and _is_jacobian(views, equality):
        return Decision(equality, NOT_UNDERSTOOD, "it holds for one object in the other layout, and the text does not say so")
    if found == NOT_UNDERSTOOD and _ERRORS_OF_LAYERS & _names(equality):
        return Decision(equality, NOT_UNDERSTOOD, "whether it holds for one object was not understood")
    if found == OTHER_LAYOUT and is_by_bias(equality.sides, views):
        found = HOLDS
    if found != HOLDS:
        turned = tuple(map(_turned, equality.sides))
        is_turned = states and decide_as_read(small, turned[0], turned[1]).verdict == HOLDS
        return (
            Decision(equality, NOT_UNDERSTOOD, "it holds for one object in a column, and the text does not say so")
            if is_turned
            else None
        )
    if setting.memory.of_one_object or states:
        # A text that states the layer so has none but this object, until it speaks of more.
        setting.memory.of_one_object = True
        return Decision(equality, HOLDS, "for one object", as_written=False)
    is_said = setting.memory.of_one_object is not None
    return Decision(
        equality,
        NOT_UNDERSTOOD,
        f"it holds for one object only, and the text {'speaks of one elsewhere' if is_said else 'does not say so'}",
    )


def _names(equality: Equality) -> frozenset[str]:
    return equality.left.names | equality.right.names


def _counts_objects(views: tuple[View, ...], equality: Equality) -> bool:
    """Whether what each object has a row of stands there with two indices."""
    entries = [
        part for side in equality.sides for part in side.everything if isinstance(part, kinds.Indexed) and len(part.indices) == 2
    ]
    return any(is_of_objects(view, name) for view in views for part in entries for name in part.body.names)


def _is_of_entries(equality: Equality) -> bool:
    """Whether a matrix stands there with two indices, and what each object has a row of with one: ``\\frac{\\partial y_j}{\\partial x_i} = W_{ij}``."""
    counts = {len(part.indices) for side in equality.sides for part in side.everything if isinstance(part, kinds.Indexed)}
    return counts == {1, 2}


def _is_jacobian(views: tuple[View, ...], equality: Equality) -> bool:
    """Whether a side has the derivative of the output, a whole, by a whole: ``dy/dx = W^T`` is said of one row."""
    derivatives = [part for side in equality.sides for part in side.everything if isinstance(part, kinds.Derivative)]
    wholes = [each for each in derivatives if isinstance(each.top, kinds.Name) and isinstance(each.bottom, kinds.Name)]
    return any(is_of_objects(view, each.top.text) for view in views for each in wholes if isinstance(each.top, kinds.Name))


def _turned(node: Node) -> Node:
    """The same with the indices of each matrix exchanged."""
    if isinstance(node, kinds.Indexed) and len(node.indices) == 2:
        return kinds.Indexed(node.body, node.indices[::-1])
    return node.rebuilt(_turned)


def _states_layer(setting: Setting, equality: Equality) -> bool:
    """Whether an entry of what the exercise defines is said, as in ``y_j = \\sum_i x_i W_{ij} + b_j``."""
    left = equality.sides[0]
    name = (
        left.body.text if isinstance(left, kinds.Indexed) and isinstance(left.body, kinds.Name) and len(left.indices) == 1 else ""
    )
    return any(view.aliases.get(name, name) in view.definitions for view in setting.views if name in view.names)


def _is_in_small_letters(view: View, equality: Equality) -> bool:
    """Whether what each object has a row of is written by small letters, where the exercise has batches."""
    names = [name for side in equality.sides for name in side.names if is_of_objects(view, name)]
    return bool(names) and all(name.islower() for name in names)
