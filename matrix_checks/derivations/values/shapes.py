"""The shapes of an expression's parts in unknown sizes, and the table of rules by kind of expression; the rules are in :mod:`.shape_rules`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.in_words import in_words
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.names import SIZED
from matrix_checks.derivations.values.sizes import ONE, Shape, Size, Sizes


class NotTyped(NotUnderstood):
    """An operation whose shape is not known here: nothing is said of the statement."""


@dataclass
class Typing:
    """The shapes of an expression's parts, once it is said which letters are matrices, columns and numbers.

    Attributes
    ----------
    sizes
        The unknown sizes.
    letters
        Shapes of the letters that nobody declared.
    known
        Finds the shape of any other name.
    applies
        Whether a name before brackets is a function of what stands in them.
    elementwise
        Whether columns side by side may be multiplied entry by entry, and numbers added to columns.
    indices
        What the index letters run over.
    """

    sizes: Sizes
    letters: dict[str, Shape]
    known: Callable[[str], Shape]
    applies: Callable[[Node, Node], bool]
    elementwise: bool
    indices: dict[str, Size] = field(default_factory=dict)

    def shape(self, node: Node) -> Shape:
        """The shape of an expression; ``DoesNotFit`` where it has none, and ``NotTyped`` where that is not known."""
        rule = RULES.get(type(node))
        if rule is None:
            raise NotTyped(f"{in_words(type(node))} was not understood among letters that were not introduced")
        return rule(self, node)

    def named(self, text: str) -> Shape:
        """The shape of a name."""
        if text in self.letters:
            return self.letters[text]
        if text in SIZED:
            size = self.sizes.fresh()
            return (size, ONE) if text == "\\ones" else (size, size)
        return self.known(text)

    def same(self, one: Shape, other: Shape) -> None:
        """Take two shapes for the same."""
        self.sizes.unify(one[0], other[0])
        self.sizes.unify(one[1], other[1])

    def run(self, index: Node, size: Size) -> None:
        """An index is taken of something that has this size."""
        if isinstance(index, kinds.Slice):
            raise NotTyped("a colon as an index of a letter that was not introduced was not understood")
        if not isinstance(index, kinds.Name):
            return
        if index.text in self.sizes.fixed:
            raise NotTyped("the last entry of a letter that was not introduced was not understood")
        self.sizes.unify(self.indices.setdefault(index.text, self.sizes.fresh()), size)

    def over(self, index: str, body: Node, upper: Node | None) -> Shape:
        """The shape of an expression in which an index is bound."""
        outside = self.indices.pop(index, None)
        size = self.indices[index] = self.sizes.fresh()
        shape = self.shape(body)
        if isinstance(upper, kinds.Name) and upper.text in self.sizes.fixed | self.sizes.named:
            self.sizes.unify(size, (upper.text,))
        elif upper is not None:
            raise NotTyped("the bound of a sum was not understood")
        del self.indices[index]
        if outside is not None:
            self.indices[index] = outside
        return shape


RULES: dict[type[Node], Callable[[Typing, Any], Shape]] = {}


def rule(*of: type[Node]) -> Callable[[Callable[[Typing, Any], Shape]], Callable[[Typing, Any], Shape]]:
    """The decorator of the function that finds the shape of some kinds of expressions."""

    def register(function: Callable[[Typing, Any], Shape]) -> Callable[[Typing, Any], Shape]:
        RULES.update(dict.fromkeys(of, function))
        return function

    return register
