"""A variable has one meaning in a text: what holds only where it is read in another way than before is not known to be right."""

import re
from collections.abc import Callable, Iterator

from matrix_checks.derivations.equality.rewriting import BIASES
from matrix_checks.derivations.equality.verdicts import HOLDS, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.jets import CannotEvaluate, ShapeError
from matrix_checks.derivations.values.memory import Memory
from matrix_checks.derivations.values.sample import Unknown

# So many equalities that held are asked, from the last one on.
MOST_ASKED = 6
MOST_KEPT = 40
LOSS = "L"
# Every object has its own: what is summed over afterwards.
_COPIES = re.compile(
    r"(?i)\b(?:own (?:copy|bias)|(?:copy|copies) of (?:the|its) (?:bias|own)|(?:bias|it|\$b\$) (?:is|was|being) (?:copied|repeated|replicated))|"
    r"(?:own|separate) (?:bias|copy) for (?:each|every)|eigene[nrs]? (?:Kopie|Bias)|сво(?:я|ю|ей) копи|копи\w+ (?:вектора )?(?:смещени|сдвиг)|复制|複製"
)


def note_copies(memory: Memory, found: list[Piece]) -> None:
    """Learn whether the text says that every object has a copy of the bias of its own."""
    memory.has_copies = any(piece.kind == "prose" and _COPIES.search(piece.source) is not None for piece in found)


def keep(memory: Memory, equality: Equality) -> None:
    """An equality holds: what its variables mean there, they mean from here on."""
    if (equality.has(kinds.Indexed) or equality.has(kinds.Derivative)) and len(memory.held) < MOST_KEPT:
        memory.held.append(equality.sides)


def has_another_meaning(
    memory: Memory, views: tuple[View, ...], view: View, equality: Equality, verdict_of: Callable[[View, Equality], str | None]
) -> bool:
    """Whether a derivative is by a variable of which the text said before what is not so in this view.

    Parameters
    ----------
    memory
        What held before.
    views, view
        All views, the most usual one first, and the one in which the equality holds.
    equality
        A chain rule for a derivative by the variable.
    verdict_of
        Decides an equality in a view.
    """
    if view is views[0]:
        return False
    if not memory.has_copies and any(_is_by_copies(bare(side), views, view) for side in equality.sides):
        return True
    entries = {shape for side in equality.sides for shape in _entries_meant(bare(side), views[0], view)}
    names = [view.aliases.get(name, name) for name, _ in entries]
    has_other_shape = any(views[0].variables.get(name) != view.variables.get(name) for name in names)
    if not has_other_shape and _speaks_of_mode(views[0], view, equality):
        return False
    asked = 0
    for sides in reversed(memory.held):
        if entries.isdisjoint(_entries(sides)) or asked >= MOST_ASKED:
            continue
        asked += 1
        if _is_otherwise(view, Equality(*sides), verdict_of, has_other_shape, memory.set_to_one):
            return True
    return False


def is_meant_as_usual(
    memory: Memory, views: tuple[View, ...], view: View, verdict_of: Callable[[View, Equality], str | None]
) -> bool:
    """Whether the chain goes on with what holds for the usual meaning of its letters, and is false in this view: it means the former."""
    if memory.following is None or not any(isinstance(part, kinds.Derivative) for part in memory.following[0].everything):
        return False
    following = Equality(*memory.following)
    try:
        return verdict_of(views[0], following) == HOLDS and verdict_of(view, following) is None
    except (NotUnderstood, CannotEvaluate, ShapeError):
        return False


def without_copies(memory: Memory, views: tuple[View, ...], sides: tuple[Node, Node]) -> tuple[View, ...]:
    """The views, without those in which a side is by a bias of which every object has its own, unless the text speaks of that."""
    if memory.has_copies:
        return views
    return tuple(view for view in views if not any(_is_by_copies(bare(side), views, view) for side in sides))


def _is_by_copies(side: Node, views: tuple[View, ...], view: View) -> bool:
    """Whether it is the derivative by a variable as a whole of which every object has a copy of its own in this view."""
    bottom = bare(side.bottom) if isinstance(side, kinds.Derivative) else None
    # A text of two layers has them first, and one layer behind them.
    usual = next((each for each in views if each.variables.keys() == view.variables.keys()), view)
    if not isinstance(bottom, kinds.Name) or usual is view:
        return False
    if usual.aliases.get(bottom.text, bottom.text) not in BIASES:
        # Every object has an input of its own anyway: no sum is lost.
        return False
    own, other = (each.variables.get(each.aliases.get(bottom.text, bottom.text)) for each in (usual, view))
    return own is not None and other is not None and "1" in own and "1" not in other


def _speaks_of_mode(usual: View, view: View, equality: Equality) -> bool:
    """Whether an equality names what the loss depends on in this view only, though the usual one knows it: a moving variance."""
    names = (equality.left.names | equality.right.names) & usual.variables.keys()
    return not names.isdisjoint(view.behind(LOSS) - usual.behind(LOSS))


def _is_otherwise(
    view: View, equality: Equality, verdict_of: Callable[[View, Equality], str | None], has_other_shape: bool, ones: set[str]
) -> bool:
    """Whether what held is false in a view in which the variable has another shape, or has a name that the view does not know."""
    try:
        return verdict_of(view, equality) is None and has_other_shape
    except Unknown as error:
        # Beside a number that the text takes for one, a variable is what it was without it.
        return error.name not in ones
    except ShapeError:
        return has_other_shape
    except (NotUnderstood, CannotEvaluate):
        return False


def is_of_entries(side: Node) -> bool:
    r"""Whether it is the derivative of an entry by an entry, ``\frac{\partial y_i}{\partial x_j}``: one index is no object where it was none before."""
    ends = (side.top, side.bottom) if isinstance(side, kinds.Derivative) else ()
    return bool(ends) and all(isinstance(end, kinds.Indexed) and len(end.indices) == 1 for end in ends)


def _entries(sides: tuple[Node, Node]) -> Iterator[tuple[str, int]]:
    """The variables of which entries are written, with the number of indices."""
    for side in sides:
        for part in side.everything:
            if isinstance(part, kinds.Indexed) and isinstance(part.body, kinds.Name):
                yield part.body.text, len(part.indices)


def _entries_meant(side: Node, usual: View, view: View) -> Iterator[tuple[str, int]]:
    """The entries that say what a derivative is by: ``x_i`` itself, or ``b_j`` for ``b``, where the views differ in ``b`` alone."""
    if isinstance(side, kinds.Indexed) and isinstance(side.body, kinds.Name):
        # An entry of a gradient, as gradInput_i, is a derivative by an entry.
        for definition in view.definitions.get(view.aliases.get(side.body.text, side.body.text), ())[:1]:
            if isinstance(definition.body, kinds.Derivative) and isinstance(definition.body.bottom, kinds.Name):
                yield definition.body.bottom.text, len(side.indices)
    if is_of_entries(side):
        assert isinstance(side, kinds.Derivative)
        yield from _entries((side.top, side.bottom))
        return
    if not isinstance(side, kinds.Derivative) or not isinstance(bare(side.top), kinds.Name):
        return
    bottom = bare(side.bottom)
    if isinstance(bottom, kinds.Indexed) and isinstance(bottom.body, kinds.Name):
        yield bottom.body.text, len(bottom.indices)
    elif isinstance(bottom, kinds.Name):
        name = bottom.text
        names = usual.variables.keys() | view.variables.keys()
        if [each for each in names if usual.variables.get(each) != view.variables.get(each)] == [name]:
            yield name, len([letter for letter in usual.variables.get(name, ()) if letter != "1"])
