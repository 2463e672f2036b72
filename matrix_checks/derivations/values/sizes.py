"""Sizes that are not known yet, and what equations say of them: unification by union-find.

A size is a product of letters, as of the columns of ``A ⊗ B``; the empty product is one. No unknown size is ever one: a letter
that stands for a column or a number has a one in its shape from the beginning.
"""

from dataclasses import dataclass, field

Size = tuple[str, ...]
Shape = tuple[Size, Size]
ONE: Size = ()
NUMBER: Shape = (ONE, ONE)


class DoesNotFit(Exception):
    """Shapes that do not go together, whatever the unknown sizes are."""


@dataclass
class Sizes:
    """Unknown sizes, and which of them are the same.

    Attributes
    ----------
    fixed
        Letters of sizes that are known, and differ from each other.
    named
        Letters that the text uses for sizes, without a word on which they are.
    """

    fixed: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    _parents: dict[str, str] = field(default_factory=dict)
    _waiting: list[tuple[Size, Size]] = field(default_factory=list)
    _count: int = 0

    def copy(self) -> "Sizes":
        """The same equations, to which others may be added."""
        return Sizes(self.fixed, self.named, dict(self._parents), list(self._waiting), self._count)

    def fresh(self) -> Size:
        """A size of which nothing is known."""
        self._count += 1
        return (f"?{self._count}",)

    def found(self, size: Size) -> Size:
        """A size in the letters that stand for those that are the same."""
        return tuple(map(self._root, size))

    def unify(self, one: Size, other: Size) -> None:
        """Take two sizes for the same; an equation that leaves several ways waits for those that follow."""
        left, right = _without_common(self.found(one), self.found(other))
        if not left and not right:
            return
        if not left or not right:
            raise DoesNotFit
        if len(left) == len(right) == 1:
            self._merge(left[0], right[0])
        else:
            self._waiting.append((left, right))

    def settle(self) -> None:
        """Solve the equations that wait; where products of as many letters are left, they are the same in their order."""
        while self._waiting:
            before = len(self._waiting)
            waiting, self._waiting = self._waiting, []
            for one, other in waiting:
                self.unify(one, other)
            if len(self._waiting) < before:
                continue
            one, other = self._waiting.pop(0)
            if len(one) != len(other):
                raise DoesNotFit
            for letter, same in zip(one, other):
                self.unify((letter,), (same,))

    def _root(self, letter: str) -> str:
        while letter in self._parents:
            letter = self._parents[letter]
        return letter

    def _merge(self, one: str, other: str) -> None:
        first, second = sorted((one, other), key=self._rank)
        if second in self.fixed:
            raise DoesNotFit
        self._parents[second] = first

    def _rank(self, letter: str) -> int:
        """Known sizes stand for others, and letters of the text for those without one."""
        return 0 if letter in self.fixed else 1 if letter in self.named else 2


def _without_common(one: Size, other: Size) -> tuple[Size, Size]:
    left, right = list(one), list(other)
    for letter in one:
        if letter in right:
            left.remove(letter)
            right.remove(letter)
    return tuple(left), tuple(right)
