"""Choices that look like chance and depend on the seed only."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Draws:
    """Numbers that look like chance and depend on the seed only.

    They come from a hash, whose values are a standard; what ``random`` and NumPy draw from a seed may change with their versions.
    """

    def __init__(self, *seed: str) -> None:
        # A byte that no word holds keeps ("ab", "c") and ("a", "bc") apart.
        self._seed, self._count = "\0".join(seed), 0

    def below(self, bound: int) -> int:
        """A number from 0 to ``bound - 1``."""
        self._count += 1
        digest = hashlib.sha256(f"{self._seed}\0{self._count}".encode()).digest()
        return int.from_bytes(digest, "big") % bound

    def one_of(self, choices: Sequence[T]) -> T:
        """One of several things."""
        return choices[self.below(len(choices))]

    def integers(self, *shape: int) -> np.ndarray:
        """An array of small numbers that a person can multiply in their head; none of them is zero."""
        numbers = [self.one_of((-2, -1, 1, 2, 3)) for _ in range(int(np.prod(shape)))]
        return np.array(numbers, dtype=np.float64).reshape(shape)

    def order(self, choices: Sequence[T]) -> list[T]:
        """All of several things, in some order."""
        left = list(choices)
        return [left.pop(self.below(len(left))) for _ in choices]
