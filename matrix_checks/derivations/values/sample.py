"""Random numbers for an exercise's variables, and what may be read in more than one way."""

import random
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

import numpy as np

from matrix_checks.derivations.expressions.node import Interned, expression
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.jets import CannotEvaluate, Jet

MAXIMAL_WORK = 60_000
# Texts may be many, and each may fix sizes of its own.
MAXIMAL_LASTING = 20_000


@expression
class Reading(metaclass=Interned):
    """One way to read what is ambiguous.

    Attributes
    ----------
    star
        What ``*`` and ``\\cdot`` mean between arrays: ``matrix``, ``entries`` or ``inner``.
    derivative
        ``total``, or ``direct``: other named quantities on the way are held fixed.
    columns
        Whether a Jacobian of columns has the denominator's layout.
    chain
        Products of derivatives: ``maps`` composed, ``matrices`` multiplied, or ``diagonal``: entry by entry.
    implicit
        Whether a column without an index means its entry, beside others that have one.
    size
        The letter of the size of ``I`` and of the ones where nothing says it.
    varying
        The variables of which differentials are taken; empty for all.
    row_entries
        Whether ``g_{i,:}`` is written as a column.
    units
        The letters of the sizes of ``e_p`` and ``e_q`` by their indices; empty where an ``E_{pq}`` is an entry.
    trace
        Whether ``tr(A) B`` is the trace of what stands in the ``bracket`` or of the ``whole`` product.
    otimes
        Whether the product of two columns is Kronecker's or the ``outer`` one.
    reduced
        Whether ``sum(g)`` and ``mean(g)`` are of ``all`` entries, or over the ``objects``: of each column.
    own_sizes
        Letters of the writer's own with the sizes that they stand for.
    rows
        The matrices of which a small letter with one index, ``a_i``, is a row; of others it is a column.
    """

    star: str = "matrix"
    derivative: str = "total"
    columns: bool = False
    chain: str = "maps"
    implicit: bool = False
    size: str = ""
    varying: frozenset[str] = frozenset()
    row_entries: bool = False
    units: tuple[tuple[str, str], ...] = ()
    trace: str = "bracket"
    rows: frozenset[str] = frozenset()
    otimes: str = "kronecker"
    reduced: str = "all"
    own_sizes: tuple[tuple[str, str], ...] = ()


class Work:
    """Counts what was done for one write-up, so that no text can keep the checker busy."""

    def __init__(self, maximum: int = MAXIMAL_WORK):
        self.left = maximum

    def spend(self, amount: int = 1) -> None:
        """``NotUnderstood`` once too much was done."""
        self.left -= amount
        if self.left < 0:
            raise NotUnderstood("it takes too long to evaluate")


@dataclass
class Memory:
    """What is kept from one equality of a write-up to the next.

    Attributes
    ----------
    written
        The letters for sizes that occur in its formulas.
    sizes
        Letters of the student's own for sizes: ``K`` for ``n_2``.
    ends
        Letters that end sums somewhere in the text.
    found
        By what they depend on: the numbers of variables, and the values that were found.
    """

    written: set[str] = field(default_factory=set)
    sizes: dict[str, str] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)
    found: dict[tuple, tuple] = field(default_factory=dict)

    def agree(self, letter: str, size: str) -> bool:
        """Take a letter for a size, unless it was taken for another, or the text has another letter for this one."""
        if size in self.written or self.sizes.get(letter, size) != size:
            return False
        if any(other != letter and taken == size for other, taken in self.sizes.items()):
            return False
        self.sizes[letter] = size
        return True


@dataclass
class Draw:
    """Random numbers for the variables of a view.

    Attributes
    ----------
    view, sizes, seed, steps
        What the numbers are for.
    work
        What may still be done.
    values, found
        Numbers of variables, and values of expressions, that were found.
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
    found: dict[tuple, Jet] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    precise: bool = False
    _own: dict[str, bool] = field(default_factory=dict)
    _reached: dict[str, frozenset[str]] = field(default_factory=dict)

    def kept(self, name: str) -> dict[tuple, Jet]:
        """Where values of a name are kept: for all write-ups if the name is the exercise's own, for this one otherwise."""
        if name not in self._own:
            changed = not self.steps.keys().isdisjoint((name, *self.view.behind(name))) or not self.view.is_original(name)
            self._own[name] = self.precise or changed
        if self._own[name]:
            return self.found
        lasting = (self.view.origin or self.view).lasting
        if sum(map(len, lasting.values())) > MAXIMAL_LASTING:
            lasting.clear()
        return lasting.setdefault((self.seed, *self.sizes.items()), {})

    def reached_from(self, name: str) -> frozenset[str]:
        """All names that a name depends on, itself included."""
        name = self.view.aliases.get(name, name)
        if name not in self._reached:
            seen, waiting = {name}, [name]
            while waiting:
                for definition in self.view.definitions.get(waiting.pop(), ()):
                    for text in definition.body.names:
                        for each in self.meant_by(text) - seen:
                            seen.add(each)
                            waiting.append(each)
            self._reached[name] = frozenset(seen)
        return self._reached[name]

    def meant_by(self, text: str) -> set[str]:
        """What a name may speak of: itself, and for a small letter the matrix with the capital one, whose entries it may be."""
        text = self.view.aliases.get(text, text)
        if len(text) != 1 or self.view.variables.get(text, ("1", "1")) != ("1", "1"):
            return {text}
        return {text, text.upper()}

    def take_for_size(self, letter: str, size: str) -> None:
        """A letter that was not introduced ends a sum: it is taken for the size that makes sense, if it is none of another."""
        if not self.memory.agree(letter, size):
            raise NotUnderstood(f"it is not said which size {letter} is")

    def size(self, letter: str) -> int:
        """The size that a letter stands for."""
        if letter.isdecimal():
            return int(letter)
        if letter in self.sizes:
            return self.sizes[letter]
        raise CannotEvaluate(f"the size {letter} is not known")

    def array(self, name: str, dims: tuple[str, str], positive: bool = False) -> np.ndarray:
        """Numbers of three digits, the same for the same name."""
        return _numbers(name, self.seed, (self.size(dims[0]), self.size(dims[1])), positive)

    def variable(self, name: str) -> Jet:
        """A variable's value."""
        if name not in self.values:
            dims = self.view.variables[name]
            self.values[name] = jets.constant(self.array(name, dims, name in self.view.positive), dims)
        return self.values[name]


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


class Unknown(NotUnderstood):
    """A name that stands for nothing.

    Attributes
    ----------
    name
        The name.
    """

    def __init__(self, name: str):
        super().__init__(f"it is not said what {name.replace(chr(92) + 'Delta ', 'Δ')} is")
        self.name = name


def assemble(cells: list[list[Jet]], dims: tuple[str, str]) -> Jet:
    """A matrix from its entries or blocks."""
    monomials = {monomial for row in cells for cell in row for monomial in cell.parts}

    def part(cell: Jet, monomial: jets.Monomial) -> np.ndarray:
        return cell.parts[monomial] if monomial in cell.parts else cell.value * 0

    return Jet({each: np.block([[part(cell, each) for cell in row] for row in cells]) for each in monomials}, dims)


def broadcast(small: Jet, large: Jet) -> Jet | None:
    """A number, row or column, repeated to the shape of a matrix."""
    rows, columns = large.shape
    if small.is_scalar or small.shape == (1, columns) or small.shape == (rows, 1):
        return small.map(lambda part: np.broadcast_to(part, (rows, columns)).copy(), large.dims)
    if small.shape == (columns, 1) and small.dims[0] == large.dims[1]:
        return small.map(lambda part: np.broadcast_to(part.T, (rows, columns)).copy(), large.dims)
    return None
