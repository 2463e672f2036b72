r"""A small case in which components have letters of their own: ``x = (a, b)^\top``, ``y = a^2 + b^2``; and a row that is named as a column."""

from fractions import Fraction

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ONE
from matrix_checks.derivations.expressions.kinds import Name, Node, Number
from matrix_checks.derivations.names.components_kept import Component, Components
from matrix_checks.derivations.values.exercise import NUMBER, View


def components_said(context: Context, left: Node, right: Node) -> Components:
    """The letters that an equality has for the components of an array of the exercise; none where it is anything else."""
    if not isinstance(left, Name):
        return {}
    shapes = [view.variables.get(view.aliases.get(left.text, left.text), NUMBER) for view in context.views]
    shapes = [shape for shape in shapes if shape != NUMBER]
    row = _row_as_column(context, left, right)
    if row and shapes:
        return row
    rows = _rows(right)
    letters = [entry.text for line in rows for entry in line if isinstance(entry, Name)]
    if not shapes or len(letters) < 2 or len(letters) != sum(map(len, rows)) or len(set(letters)) < len(letters):
        return {}
    if not all(is_free_letter(context, letter, is_entry=True) for letter in letters):
        return {}
    for shape in reversed(shapes):
        sizes = _sizes(shape, (len(rows), len(rows[0])))
        if sizes is None and isinstance(right, kinds.Tuple):
            # Letters in brackets are a column, too.
            rows, sizes = [[entry] for line in rows for entry in line], _sizes(shape, (len(letters), 1))
        if sizes is not None:
            return {
                entry.text: Component(kinds.Indexed(left, _place(shape, place, across)), sizes)
                for place, line in enumerate(rows, 1)
                for across, entry in enumerate(line, 1)
                if isinstance(entry, Name)
            }
    return {}


def number_said(context: Context, left: Node, right: Node) -> Components:
    """The letter for the only entry of an array, in a case where it has no more; none where an equality gives no such letter."""
    if not isinstance(left, Name) or not isinstance(right, Name) or not is_free_letter(context, right.text):
        return {}
    for view in context.views:
        shape = view.variables.get(view.aliases.get(left.text, left.text), NUMBER)
        if shape != NUMBER and all(size == "1" or context.sizes.get(size) == 1 for size in shape):
            place = _place(shape, 1, 1)
            return {right.text: Component(kinds.Indexed(left, place), tuple(context.sizes.items()))}
    return {}


def in_components(found: Components, node: Node) -> Node:
    """An expression with what its letters stand for in a small case; with indices they are something else."""
    if isinstance(node, Name):
        return found[node.text].node if node.text in found else node
    if isinstance(node, kinds.Differentiated) and node.body.names <= found.keys() and "d" in found:
        # Among the letters a, b, c, d the ds of a product is no differential.
        return kinds.Product((found["d"].node, in_components(found, node.body)), ("",))
    if isinstance(node, kinds.Indexed) and isinstance(node.body, Name) and node.body.text in found:
        whole = found[node.body.text].node
        is_row = isinstance(whole, kinds.Transposed) and len(node.indices) == 1
        return kinds.Indexed(whole.body, (ONE, *node.indices)) if isinstance(whole, kinds.Transposed) and is_row else node
    return node.rebuilt(lambda part: in_components(found, part))


def letters_of(found: Components, node: Node) -> frozenset[str]:
    """The letters of components in an expression; none where one of them is an index there."""
    names: set[str] = set()
    for part in node.everything:
        indices = part.indices if isinstance(part, kinds.Indexed) else ()
        bound = {part.index, part.other} if isinstance(part, kinds.Sum) else set[str]().union(*(each.names for each in indices))
        if not bound.isdisjoint(found):
            return frozenset()
        names |= part.names & found.keys() if in_components(found, part) != part else set()
    return frozenset(names)


def sizes_of(found: Components, names: frozenset[str]) -> dict[str, int]:
    """The sizes of the case that the letters in an equality belong to; none where they belong to several, or to none."""
    sizes: dict[str, int] = {}
    for name in sorted(names & found.keys()):
        for letter, size in found[name].sizes:
            if sizes.setdefault(letter, size) != size:
                return {}
    return sizes


def _row_as_column(context: Context, left: Name, right: Node) -> Components:
    """What a new letter stands for, where an array is said to be its transpose in a case of fixed sizes: ``A = a^\\top``."""
    letter = right.body if type(right) is kinds.Transposed else None
    if (
        not context.sizes
        or not isinstance(letter, Name)
        or letter.text.upper() != left.text
        or not is_free_letter(context, letter.text)
    ):
        return {}
    return {letter.text: Component(kinds.Transposed(left), tuple(context.sizes.items()))}


def is_free_letter(context: Context, letter: str, is_entry: bool = False) -> bool:
    """Whether a letter stands for nothing yet; ``is_entry`` says that it stands among others in a matrix that is written out."""
    is_small = len(letter) == 1 and letter.islower()
    return is_small and not is_taken(context, letter, is_entry) and letter not in context.memory.declared


def is_taken(context: Context, letter: str, is_entry: bool = False) -> bool:
    """Whether a letter stands for something without an index; another name of the output does only where the text calls it so.

    No entry of a matrix is called so, even if it stands alone elsewhere.
    """
    views = [view for view in context.views if letter in view.names]
    if not views or letter in context.steps:
        return letter in context.known
    is_other_name = all(letter in (view.origin or view).aliases for view in views)
    is_said = letter in context.later or letter in context.restated if is_entry else letter in context.memory.alone
    is_other_name = is_other_name and not is_said
    return not is_other_name and not all(_is_of_lines(view, letter) for view in views)


def _is_of_lines(view: View, letter: str) -> bool:
    """Whether a letter has a meaning with an index only: ``a_k`` is a column."""
    found = view.definitions.get(letter, ())
    return bool(found) and all(definition.indices for definition in found)


def _rows(node: Node) -> list[list[Node]]:
    """The rows of an array that is written out; none of anything else."""
    while isinstance(node, kinds.Group):
        node = node.body
    if isinstance(node, kinds.Transposed):
        rows = _rows(node.body)
        return [list(column) for column in zip(*rows)]
    if isinstance(node, kinds.Tuple):
        return [list(node.entries)]
    if not isinstance(node, kinds.Matrix):
        return []
    entries, columns = list(node.entries), node.columns
    return [entries[start : start + columns] for start in range(0, len(entries), columns)]


def _sizes(shape: tuple[str, str], found: tuple[int, int]) -> tuple[tuple[str, int], ...] | None:
    """How large the sizes of a shape are where it is so large; ``None`` where it cannot be."""
    sizes: dict[str, int] = {}
    for letter, size in zip(shape, found):
        if letter.isdecimal():
            if int(letter) != size:
                return None
        elif sizes.setdefault(letter, size) != size:
            return None
    return tuple(sizes.items())


def _place(shape: tuple[str, str], place: int, across: int) -> tuple[Node, ...]:
    numbers = (Number(Fraction(place)), Number(Fraction(across)))
    return numbers[:1] if shape[1] == "1" else numbers[1:] if shape[0] == "1" else numbers
