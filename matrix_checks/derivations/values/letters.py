"""The letters of a statement that nobody declared, and what each may be taken for; a new kind of letter is a way to take it.

A letter's look says what it most likely is: a capital one a matrix, a small one a column, a Greek one a number. Other ways are
unusual, and cost accordingly.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.dotted import ends_of_dots
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.names import SIZED
from matrix_checks.derivations.values.sample import Unknown
from matrix_checks.derivations.values.shapes import NotTyped

MOST_LETTERS = 7
# What it costs to take a capital letter for a number.
LIKE_NO_NUMBER = 2
MATRIX, COLUMN, SCALAR, SIZE = "matrix", "column", "number", "size"
DELTA = "\\Delta "
_ONE_LETTER = re.compile(r"(?:\\[a-z]+ )*(?:([A-Za-z])|(\\[A-Za-z]+))(?:_\w+)?(?:\^[-+*])?'*")
Sides = tuple[Node, ...]
# What letters are taken for, with what that costs.
Way = tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Lemma:
    """A statement with letters that nobody declared.

    Attributes
    ----------
    view
        The exercise.
    sides
        The two sides of the statement; of several, one pair behind the other.
    known
        Finds the shape of a name that stands for something, in the letters of the exercise.
    steps
        Finite steps in the statement, which have their shapes from what they are added to.
    unknown
        The names that are to get shapes.
    sizes
        Letters of the text's own for sizes.
    freed
        Letters of the exercise that may have other shapes than there, where the statement is read as a general rule.
    """

    view: View
    sides: Sides
    known: Callable[[str], tuple[str, str]]
    steps: frozenset[str]
    unknown: tuple[str, ...]
    sizes: tuple[str, ...]
    freed: tuple[str, ...] = ()

    @property
    def everything(self) -> Iterator[Node]:
        """All parts of both sides."""
        for side in self.sides:
            yield from side.everything


def lemma_of(view: View, sides: Sides, steps: frozenset[str], known: Callable[[str], tuple[str, str]]) -> Lemma:
    """The statement, with the names in it that stand for nothing; ``NotTyped`` where nothing can be said of them.

    Parameters
    ----------
    view, sides
        The exercise, and the sides of the statement.
    steps
        Names of finite steps.
    known
        Finds the shape of a name.
    """
    arrays = {*view.variables, *view.definitions, *view.aliases, *steps}
    counted = own_sizes(view, sides, arrays)
    unknown: dict[str, None] = {}
    for text in sorted(sides[0].names | sides[1].names):
        meant = _meant(text, sides, arrays)
        if meant not in arrays and meant not in SIZED and meant not in counted:
            unknown[meant] = None
    lemma = Lemma(view, sides, known, steps & (sides[0].names | sides[1].names), tuple(unknown), counted)
    strange = [text for text in unknown if _ONE_LETTER.fullmatch(text) is None or text.startswith(DELTA)]
    if len(unknown) > MOST_LETTERS or strange:
        raise NotTyped(str(Unknown([*strange, *unknown][0])))
    _see_that_derivatives_say_something(lemma)
    return lemma


def as_rule(lemma: Lemma, introduced: frozenset[str] = frozenset()) -> Lemma | None:
    """The statement as a general rule, in which letters of the exercise may have other shapes; ``None`` where it is none.

    Parameters
    ----------
    lemma
        The statement.
    introduced
        Names that the text gives a meaning to, which the rule may have another one for.
    """
    view = lemma.view
    apart = _apart(lemma, introduced)
    own = {view.aliases.get(text, text) for side in lemma.sides for text in side.names}
    used = {each for text in own for each in view.meant_by(text) if each in view.variables}
    # What only this statement adds to a letter is a step by mistake.
    sums = [each.names for each in lemma.everything if isinstance(each, kinds.Add)]
    steps = {step for step in lemma.steps - used for names in sums if step in names and not used.isdisjoint(names)}
    free = {*used, *lemma.unknown, *lemma.sizes, *steps, *apart, *SIZED}
    ends = [each for each in lemma.everything if isinstance(each, kinds.Sum) and each.upper in tuple(map(kinds.Name, lemma.sizes))]
    # Several sums to one end say that a matrix is square.
    if (
        len(ends) > 1
        or not own <= free | {each.lower() for each in free}
        or not used
        or any(text in view.aliases for side in lemma.sides for text in side.names)
    ):
        return None
    return replace(lemma, unknown=(*lemma.unknown, *apart, *sorted(steps), *sorted(used)), freed=tuple(sorted(used)))


def _apart(lemma: Lemma, introduced: frozenset[str]) -> tuple[str, ...]:
    """Of the names that the text introduced, those whose meaning has nothing to do with the other letters of the statement.

    The ``B`` of a rule for ``\\mathrm{Tr}(XBX^T)`` is any matrix, although the text then applies it with ``B = SS^T``.
    """
    view = lemma.view
    names = lemma.sides[0].names | lemma.sides[1].names
    own = sorted(name for name in names & introduced if name in view.definitions and name not in view.variables)
    return tuple(name for name in own if (view.reached_from(name) - {name}).isdisjoint(names))


def ways_to_take(lemma: Lemma, text: str) -> Way:
    """What a letter may be taken for, with what that costs."""
    if text in lemma.view.variables:
        shape = lemma.view.variables[text]
        return ((0, SCALAR if shape == ("1", "1") else COLUMN if "1" in shape else MATRIX),)
    counts = _index_counts(text, lemma.sides)
    if 1 in counts:
        return ((0, COLUMN),)
    if 2 in counts or (len(text) == 1 and text.isupper() and 2 in _index_counts(text.lower(), lemma.sides)):
        return ((0, MATRIX),)
    found = _ONE_LETTER.fullmatch(text)
    letter = found[1] or found[2][1:] if found else text
    ways: Way
    if text in lemma.view.letters:
        ways = ((0, MATRIX), (0.25, SIZE)) if len(text) == 1 and text.isupper() else ((0, SIZE),)
    elif letter[0].isupper():
        ways = ((0, MATRIX), (LIKE_NO_NUMBER, SCALAR))
        if _is_beside_column(lemma, text):
            ways = ((0.25, COLUMN), *ways)
    elif len(letter) > 1 and _is_multiplied(lemma, text):
        ways = ((0, COLUMN), (0.5, SCALAR), (2, MATRIX))
    elif len(letter) > 1:
        ways = ((0, SCALAR), (1, COLUMN), (2, MATRIX))
    else:
        ways = ((0, COLUMN), (1, SCALAR), (1 if _is_among_arrays(lemma, text) else 1.5, MATRIX))
    return tuple(each for each in ways if each[1] != SCALAR) if _is_array(lemma, text) else ways


def _is_beside_column(lemma: Lemma, text: str) -> bool:
    """Whether a capital letter is added to a matrix times a small letter, ``Xw - Y``: such a product is a column."""
    sums = [[kinds.bare(term.body if isinstance(term, kinds.Negative) else term) for term in part.terms] for part in _sums(lemma)]
    return any(kinds.Name(text) in terms and any(map(_is_column, terms)) for terms in sums)


def _sums(lemma: Lemma) -> list[kinds.Add]:
    return [part for part in lemma.everything if isinstance(part, kinds.Add)]


def _is_column(node: Node) -> bool:
    last = node.factors[-1] if isinstance(node, kinds.Product) else node
    is_small = isinstance(last, kinds.Name) and last.text.removeprefix("\\")[:1].islower()
    return is_small and isinstance(node, kinds.Product) and _is_matrix(kinds.bare(node.factors[-2]))


def _is_multiplied(lemma: Lemma, text: str) -> bool:
    """Whether a letter stands directly behind a matrix, as no number does: ``X\\theta``."""
    products = (part for part in lemma.everything if isinstance(part, kinds.Product))
    return any(
        behind == kinds.Name(text) and _is_matrix(before.body if isinstance(before, kinds.Transposed) else before)
        for part in products
        for before, behind in zip(part.factors, part.factors[1:])
    )


def _is_matrix(node: Node) -> bool:
    return isinstance(node, kinds.Name) and len(node.text) == 1 and node.text.isupper()


def _meant(text: str, sides: Sides, arrays: set[str]) -> str:
    """The name that is unknown: a small letter that has two indices wherever it stands is the capital one."""
    upper = text.upper()
    if len(text) != 1 or upper == text or text in arrays:
        return text
    counts = _index_counts(text, sides)
    return upper if counts == {2} or (upper in arrays and counts and 0 not in counts) else text


def _index_counts(text: str, sides: Sides) -> set[int]:
    """With how many indices a name is written; none where it stands by itself."""
    counts: set[int] = set()
    for node in sides:
        waiting = [node]
        while waiting:
            part = waiting.pop()
            if isinstance(part, kinds.Indexed) and part.body == kinds.Name(text):
                counts.add(len(part.indices))
                waiting += part.indices
            elif part == kinds.Name(text):
                counts.add(0)
            else:
                waiting += part.parts
    return counts


def own_sizes(view: View, sides: Sides, arrays: set[str]) -> tuple[str, ...]:
    """Letters that end sums and lines with dots, or stand below an identity, and that the exercise does not have."""
    found: dict[str, None] = {}
    parts = [part for side in sides for part in side.everything]
    indices = {part.index for part in parts if isinstance(part, kinds.Sum)}
    for part in parts:
        letter: Node | None = None
        if isinstance(part, kinds.Sum):
            letter = part.upper
        elif isinstance(part, kinds.Indexed) and len(part.indices) == 1 and part.body in tuple(map(kinds.Name, SIZED)):
            letter = part.indices[0]
        ends = ends_of_dots(part) if isinstance(part, (kinds.Matrix, kinds.Tuple)) else ()
        for text in (*((letter.text,) if isinstance(letter, kinds.Name) else ()), *sorted(ends)):
            if text not in arrays | indices and text not in view.letters:
                found[text] = None
    return tuple(found)


def _is_array(lemma: Lemma, text: str) -> bool:
    """Whether a letter is transposed, or what else only an array can be."""
    for part in lemma.everything:
        if isinstance(part, kinds.Transposed) and bare(part.body) == kinds.Name(text):
            return True
        if isinstance(part, kinds.Norm) and bare(part.body) == kinds.Name(text):
            return True
        if isinstance(part, kinds.Function) and part.name in ("tr", "vec", "diag") and bare(part.arguments[0]) == kinds.Name(text):
            return True
    return False


def _is_among_arrays(lemma: Lemma, text: str) -> bool:
    """Whether a letter stands in a trace, a transposed product or the like, where numbers alone make little sense."""
    for part in lemma.everything:
        arrays = isinstance(part, kinds.Transposed) or (isinstance(part, kinds.Function) and part.name in ("tr", "vec"))
        if (arrays or (isinstance(part, kinds.Product) and "otimes" in part.signs)) and text in part.names:
            return True
    return False


def _see_that_derivatives_say_something(lemma: Lemma) -> None:
    """``NotTyped`` where a derivative is taken by what its top does not depend on, as far as is known: it is not zero."""
    for part in lemma.everything:
        if isinstance(part, kinds.Derivative) and not _depends(lemma, part.top, part.bottom):
            raise NotTyped("it is not said how what is differentiated depends on the variable")
    changed = [
        {name for part in side.everything if isinstance(part, kinds.Differentiated) for name in part.body.names}
        for side in lemma.sides
    ]
    ours, theirs = (each.intersection(lemma.unknown) for each in changed)
    if ours == theirs:
        return
    known, others = (each.difference(lemma.unknown) for each in changed)
    if known != others or not known or not (ours < theirs or theirs < ours):
        raise NotTyped("it is not said what varies in a differential")


def _depends(lemma: Lemma, top: Node, bottom: Node) -> bool:
    view = lemma.view
    variables = {each for name in bottom.names for each in _spellings(view, name)}
    for name in top.names:
        reached = view.reached_from(name) & view.names if name in view.names else _spellings(view, name)
        if not variables.isdisjoint(reached):
            return True
    return False


def _spellings(view: View, name: str) -> set[str]:
    """What a name may speak of: a small letter that is not declared may be an entry of the capital one."""
    if name in view.names:
        return {view.aliases.get(name, name)}
    return {name, name.upper()} if len(name) == 1 else {name}
