r"""Names for matrices that are written out, ``J = \begin{pmatrix}a&b\\c&d\end{pmatrix}``: what is said with them has their sizes.

Whoever looks at two classes first, and writes ``\frac{dL}{dx} = J^\top g``, speaks of two classes there.
"""

from collections.abc import Iterator
from dataclasses import replace

from matrix_checks.derivations.equality.conventions import ways
from matrix_checks.derivations.equality.equality import Decision, best_of, decide_as_read
from matrix_checks.derivations.equality.numbered_entries import LARGEST, with_sizes_of_numbers
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, ORDER, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

BY_SIZES = "for the sizes of the matrices that are written out"


def for_named_matrices(setting: Setting, left: Node, right: Node) -> Decision | None:
    """The decision on a false equality for the sizes that its names have; ``None`` where they are not of a fixed size.

    Parameters
    ----------
    setting, left, right
        What is decided, and where.
    """
    bodies = list(_written_out(setting, left.names | right.names))
    if not bodies or setting.sizes:
        return None
    found: list[Decision] = []
    for sizes in _sizes(setting, bodies):
        small = replace(setting, sizes=sizes, ranges={})
        decisions = [decide_as_read(small, *sides) for sides in ways(left, right, setting.views, setting.memory)]
        best = best_of(decisions)
        if best.verdict == HOLDS:
            return Decision(Equality(left, right), HOLDS, BY_SIZES, as_written=False)
        found.append(replace(best, equality=Equality(left, right), sizes=tuple(sizes.items())))
    best = best_of(found)
    fitting = [decision for decision in found if decision.attempt is not None]
    if best.verdict in ORDER:
        return best
    if fitting and all(decision.verdict == FALSE for decision in found):
        return fitting[0]
    return Decision(Equality(left, right), NOT_UNDERSTOOD, "it is not sure for which sizes it is meant")


def _written_out(setting: Setting, names: frozenset[str]) -> Iterator[Node]:
    """What names of the text's own stand for, where that is made of a matrix that is written out."""
    for name in sorted(names & setting.own):
        for view in setting.views:
            body = view.definitions[name][0].body if view.definitions.get(name) else None
            if body is not None and any(_is_of_fixed_size(part) for part in body.everything):
                yield body
                break


def _is_of_fixed_size(node: Node) -> bool:
    """Whether it is a matrix of several entries that are no arrays, without dots; two of the sizes would be blocks otherwise."""
    if not isinstance(node, kinds.Matrix) or kinds.Dots in node.kinds or len(node.entries) < 2:
        return False
    return all(not _is_array(entry) for entry in node.entries)


def _is_array(node: Node) -> bool:
    return isinstance(node, kinds.Name) or (isinstance(node, kinds.Transposed) and isinstance(node.body, kinds.Name))


def _sizes(setting: Setting, bodies: list[Node]) -> Iterator[dict[str, int]]:
    """The sizes that are meant: those of the entries in what names stand for, or any one of the exercise's as large as a matrix."""
    said: dict[str, int] = {}
    for body in bodies:
        numbered = with_sizes_of_numbers(setting, body, body)
        said |= numbered.sizes if numbered else {}
    if said:
        yield said
        return
    lengths = {
        length
        for body in bodies
        for part in body.everything
        if isinstance(part, kinds.Matrix)
        for length in (part.columns, len(part.entries) // part.columns)
    }
    for length in sorted(each for each in lengths if 1 < each <= LARGEST):
        for letter in dict.fromkeys(letter for view in setting.views for letter in view.letters):
            yield {letter: length}
