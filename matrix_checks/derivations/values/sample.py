"""Random numbers for an exercise's variables; a new kind of name that has a value of its own gets its numbers here."""

import random
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

import numpy as np

from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.interpretation import Interpretation
from matrix_checks.derivations.values.jets import CannotEvaluate, Jet, assemble, broadcast
from matrix_checks.derivations.values.lasting import lasting_names
from matrix_checks.derivations.values.memory import Found, Memory, Names, Work
from matrix_checks.derivations.values.scope import Scope


@dataclass
class Sample:
    """Random numbers for the variables of a view.

    Attributes
    ----------
    view, sizes, seed, steps
        What the numbers are for.
    work
        What may still be done.
    values
        Numbers of variables that were found.
    found
        By the scope: values of expressions that were found.
    memory
        What is kept from one equality to the next.
    precise
        Whether more digits are taken than elsewhere, so that no other values may be used.
    """

    view: View
    sizes: dict[str, int]
    seed: int
    work: Work
    values: dict[str, Jet] = field(default_factory=dict)
    steps: dict[str, tuple[str, str]] = field(default_factory=dict)
    found: dict[Scope, Found] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    precise: bool = False
    _own: dict[str, bool] = field(default_factory=dict)

    def afresh(self) -> "Sample":
        """The same numbers in more digits: nothing that was found in fewer is used."""
        return replace(self, values={}, found={}, precise=True, _own={})

    def found_in(self, scope: Scope) -> Found:
        """What was found in a scope."""
        found = self.found.get(scope)
        if found is None:
            found = self.found[scope] = Found()
        return found

    def names_in(self, scope: Scope, name: str) -> Names:
        """Where the value of a name is kept: for all write-ups if the name is the exercise's own, for this one otherwise."""
        if name not in self._own:
            changed = not self.steps.keys().isdisjoint((name, *self.view.behind(name))) or not self.view.is_original(name)
            self._own[name] = self.precise or changed
        return self.found_in(scope).names if self._own[name] else lasting_names(self.view, (self.seed, *self.sizes.items()))

    def take_for_size(self, letter: str, size: str) -> None:
        """A letter that was not introduced ends a sum: it is taken for the size that makes sense, if it is none of another."""
        # In a layout of one object, the size of a batch stands for no other.
        whole = self.view.instead_of
        # Nobody writes a letter for a sum of one term: the index of a column's only place has no end of its own.
        if size == "1" or (whole is not None and letter in whole.letters) or not self.memory.agree(letter, size):
            raise UnknownSize(f"it is not said which size {letter} is")

    def size(self, letter: str) -> int:
        """The size that a letter stands for."""
        if letter.isdecimal():
            return int(letter)
        if letter in self.sizes:
            return self.sizes[letter]
        for first in self.sizes:
            # As many as a matrix has entries: NM.
            if letter.startswith(first) and letter.removeprefix(first) in self.sizes:
                return self.sizes[first] * self.sizes[letter.removeprefix(first)]
        raise CannotEvaluate(f"the size {letter} is not known")

    def array(self, name: str, dims: tuple[str, str], positive: bool = False) -> np.ndarray:
        """Numbers of three digits, the same for the same name."""
        return _numbers(name, self.seed, (self.size(dims[0]), self.size(dims[1])), positive)

    def variable(self, name: str) -> Jet:
        """A variable's value."""
        if name not in self.values:
            dims = self.view.variables[name]
            numbers = self.array(name, dims, name in self.view.positive)
            self.values[name] = jets.constant(_zeros_and_ones(numbers) if name in self.view.masks else numbers, dims)
        return self.values[name]

    def step(self, name: str, dims: tuple[str, str]) -> Jet:
        """The value of a finite step of a name."""
        return jets.infinitesimal(f"step {name}", self.array(f"step {name}", dims), dims)


@lru_cache(maxsize=2000)
def _numbers(name: str, seed: int, shape: tuple[int, int], positive: bool) -> np.ndarray:
    generator = random.Random(f"{name} {seed} {shape}")
    made = np.empty(shape, dtype=object)
    for place in np.ndindex(shape):
        number = Decimal(generator.randrange(17, 160)) / 64
        made[place] = number if positive or generator.random() < 0.5 else -number
    # Every write-up has the same numbers.
    made.flags.writeable = False
    return made


def _zeros_and_ones(numbers: np.ndarray) -> np.ndarray:
    """A mask: one where a number is positive; the first entry is one and the last is zero, so that both are there."""
    made = np.array([[Decimal(int(number > 0)) for number in row] for row in numbers], dtype=object)
    made.flat[0], made.flat[-1] = Decimal(1), Decimal(0)
    return made


class DoesNotFit(NotUnderstood):
    """A name of the text's own that has no value here, because what defines it does not fit together."""


class Unknown(NotUnderstood):
    """A name that stands for nothing.

    Attributes
    ----------
    name
        The name.
    """

    def __init__(self, name: str):
        # A copy is made of what stands here: the name, and not the sentence.
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"it is not said what {self.name.replace(chr(92) + 'Delta ', 'Δ')} is"


class UnknownSize(NotUnderstood):
    """A letter that ends a sum, and may stand for several sizes."""


__all__ = ["Interpretation", "Memory", "Sample", "Unknown", "UnknownSize", "Work", "assemble", "broadcast"]
