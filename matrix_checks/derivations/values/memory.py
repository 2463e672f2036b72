"""What is kept, each in a table of its own: for a scope, and for one write-up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.jets import Jet, ShapeError
from matrix_checks.derivations.values.scope import Key, Scope
from matrix_checks.derivations.values.tensors import Tensor

MAXIMAL_WORK = 60_000

# Values of names that the exercise defines.
Names = dict[tuple[str, Scope], Jet]


@dataclass(slots=True)
class Found:
    """What was found in one scope, for one sample.

    Attributes
    ----------
    values
        Of expressions, for the values of the indices in them.
    misfits
        What is wrong with the shapes in expressions that have no value, and how many letters were taken for sizes by then.
    ranges
        The letters of the sizes that an index runs over in some expressions, where indices of these names have values.
    ranges_at
        The same for one place of an index.
    names
        Values of names.
    tensors
        Derivatives.
    families
        Whether a name stands for one array for each value of its indices.
    """

    values: dict[Key, Jet] = field(default_factory=dict)
    misfits: dict[Key, tuple[ShapeError, int]] = field(default_factory=dict)
    ranges: dict[tuple[str, tuple[Node, ...], tuple[str, ...]], str | None] = field(default_factory=dict)
    ranges_at: dict[tuple[str, Node, tuple[str, ...]], tuple[str, ...]] = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    tensors: dict[Key, Tensor] = field(default_factory=dict)
    families: dict[str, bool] = field(default_factory=dict)


class Work:
    """Counts what was done for one write-up, so that no text can keep the checker busy."""

    def __init__(self, maximum: int = MAXIMAL_WORK):
        self.left = maximum

    def spend(self, amount: int = 1) -> None:
        """``NotUnderstood`` once too much was done."""
        self.left -= amount
        if self.left < 0:
            raise NotUnderstood("it takes too long to evaluate")


@dataclass(frozen=True)
class GivenValue:
    """A number that a text gives to a letter.

    Attributes
    ----------
    place, end
        The pieces of the text from which and up to which it counts.
    name, change
        The letter, and what its value is made of any other.
    is_of_arrays
        Whether an array may have this value, too.
    of, is_supposed
        The array of which it is an entry, empty for no other one; whether it is said under a condition, and counts nowhere else.
    """

    place: int
    end: int
    name: str
    change: Callable[[np.ndarray], np.ndarray]
    is_of_arrays: bool
    of: str = ""
    is_supposed: bool = False


@dataclass
class Memory:
    """What is kept from one equality of a write-up to the next.

    Attributes
    ----------
    written
        The letters for sizes that occur in its formulas.
    sizes
        Letters of the student's own for sizes: ``K`` for ``n_2``.
    declared
        Letters of the student's own for sizes, as the text says in the shapes that it gives.
    ends
        Letters that end sums somewhere in the text.
    alone, speaks_of_special
        Names that are a whole side of some equality: it may say there what they are. Whether some letter is said to be symmetric, or the like.
    speaks_of_any, has_numbers_in_code
        Whether it speaks of matrices of other shapes than the exercise's; and whether code in it gives numbers to names.
    exchanged
        The text's letters for the exercise's, where it has other ones, of which some are the exercise's for something else.
    writes_sums
        Whether the text writes signs of summation, and does not say that it leaves them out.
    sums_repeated
        Whether it does say so, or leaves them out somewhere.
    rows
        Whether a gradient was a row, or transposed, somewhere before.
    deviation
        Whether the letter of the variance means its root; ``None`` as long as the text does not say.
    leaves_epsilon_out
        Whether the letter of the variance is its root, and the text never adds the epsilon.
    partials_by
        The array by whose entry the text says that a ``\\partial_k`` differentiates.
    names_gradients
        Whether ``dx`` may be the gradient by ``x``, as in programs.
    has_named_gradients
        Whether it was, in a step that holds and says nothing true of differentials.
    names_partials
        Whether the text says that ``D_k`` is the derivative by an entry.
    demanded, gradients
        What the text sets to zero where a minimum is looked for; and gradients that it found, by what they are by.
    demanded_by_words
        Whether only words set that to zero, and no formula.
    gradient_names
        The names of several letters that are gradients: ``distd``.
    whole_gradients
        The names whose ``dx`` was found to be the gradient by all ways.
    entries
        Letters with a bar that have an index somewhere in its formulas.
    entries_said
        Letters whose entries the text sets equal to something.
    accumulated
        Letters with a bar to which the text adds something, line by line; an asterisk for any.
    called_labels
        The names of what the exercise defines that words call the labels.
    most_entries
        How many entries the text speaks of at least.
    of_numbers
        The letters for functions of a number of which nothing is said, and those of what is made with them.
    fixes_sizes
        Whether the text fixes a size somewhere, as in "for ``N = 2``".
    inverts
        Whether the text inverts a product such as ``A^\\top A``, which has an inverse where ``A`` is higher than wide.
    steps_along
        Numbers by which a step along a column of the identity is taken: ``x + t e_k``.
    guessed
        Names of which the text does not say what they are, and which were taken for what they usually are.
    has_own_tensors
        Whether the text says by entries what the sign of the Kronecker product stands for.
    shifts
        Numbers that nobody declares, by which entries are shifted before an exponential.
    said_in_words
        Names of which words say what they stand for: "where ``s`` stands for ``1/Z``".
    unclear
        Letters of entries that the text sets equal to what was not understood.
    outputs_named
        Names of the text's own for the output of which it gives the formula with parts that have names.
    differentiates_parts
        Whether the text differentiates the loss by parts of the output that it names.
    constants, labels
        Letters of which the text says that they are constants, and not which; and those of the labels in a loss of the text's own.
    set_to_one
        Numbers beside the exercise's variable, such as a temperature, that the text takes for one somewhere.
    restated_entries
        The indices of entries that the text sets equal to something, and that, by their array, where it is another word for what the exercise defines.
    letters_of_examples
        Letters for the entries of an example, with the place of the text where each is said.
    has_temperature
        Whether its words speak of a temperature.
    has_copies
        Whether the text says that every object has a copy of a variable of its own.
    following
        The sides of the relation behind the one that is judged, in its chain.
    symmetric
        Matrices of which the text says somewhere that they are symmetric.
    said_held
        Names of which the text says what they are only where statistics are those that were kept.
    fixed
        Variables that the text holds fixed somewhere, as in ``dA = 0``.
    holds_partly
        How surely other quantities on the way are held fixed in its derivatives: 2 where it differentiates by one of them, 1 where
        nobody knows, 0 where it writes ``d`` only, and never goes over them.
    examples
        Variables that the text gives numbers to, with these.
    given, place
        Numbers that the text gives to letters; and the place of the piece that is read.
    scalars
        Variables that are set equal to one number.
    example_loss
        The loss that the text puts behind the output, as something of this alone.
    example_changed
        Whether an entry of an example was given another number.
    constrained
        Letters of its own of which the text says somewhere that a sum or a product of them is a number.
    from_zero
        Whether the text counts from zero, wherever it counts.
    numbered
        Entries of matrices that the text numbers through, with their row and column.
    laid_out
        The sizes of matrices that the text writes out.
    loss_of_entry
        The text's own loss, where it is said for an index, as in ``L = y_k``.
    of_one_object
        Whether the text speaks of a single object by now; ``None`` where it never did.
    held
        The sides of equalities that held.
    found
        Where judging keeps what was found for its samples.
    """

    written: set[str] = field(default_factory=set)
    sizes: dict[str, str] = field(default_factory=dict)
    declared: dict[str, str] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)
    speaks_of_special: bool = False
    speaks_of_any: bool = False
    exchanged: frozenset[str] = frozenset()
    writes_sums: bool = False
    sums_repeated: bool = False
    rows: bool = False
    deviation: bool | None = False
    leaves_epsilon_out: bool = False
    has_numbers_in_code: bool = False
    names_gradients: bool = False
    has_named_gradients: bool = False
    partials_by: str = ""
    names_partials: bool = False
    demanded: Node | None = None
    demanded_by_words: bool = False
    gradients: dict[Node, Node] = field(default_factory=dict)
    gradient_names: set[str] = field(default_factory=set)
    whole_gradients: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    entries_said: set[str] = field(default_factory=set)
    accumulated: set[str] = field(default_factory=set)
    called_labels: frozenset[str] = frozenset()
    most_entries: int = 0
    of_numbers: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    fixes_sizes: bool = False
    inverts: bool = False
    steps_along: set[str] = field(default_factory=set)
    guessed: set[str] = field(default_factory=set)
    has_own_tensors: bool = False
    shifts: set[str] = field(default_factory=set)
    said_in_words: set[str] = field(default_factory=set)
    unclear: set[str] = field(default_factory=set)
    outputs_named: set[str] = field(default_factory=set)
    differentiates_parts: bool = False
    constants: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    set_to_one: set[str] = field(default_factory=set)
    restated_entries: dict[str, tuple[tuple[str, ...], list]] = field(default_factory=dict)
    letters_of_examples: dict[str, int] = field(default_factory=dict)
    has_temperature: bool = False
    has_copies: bool = False
    following: tuple[Node, Node] | None = None
    symmetric: set[str] = field(default_factory=set)
    said_held: set[str] = field(default_factory=set)
    fixed: set[str] = field(default_factory=set)
    holds_partly: int = 2
    examples: dict[str, Node] = field(default_factory=dict)
    given: list[GivenValue] = field(default_factory=list)
    place: int = 0
    scalars: dict[str, Node] = field(default_factory=dict)
    example_loss: Node | None = None
    example_changed: bool = False
    constrained: set[str] = field(default_factory=set)
    from_zero: bool = False
    numbered: dict[Node, Node] = field(default_factory=dict)
    laid_out: dict[str, int] = field(default_factory=dict)
    loss_of_entry: Node | None = None
    of_one_object: bool | None = None
    held: list[tuple[Node, Node]] = field(default_factory=list)
    found: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    @property
    def given_here(self) -> list[GivenValue]:
        """The numbers that the text gives to letters, and that count for the piece that is read."""
        return [each for each in self.given if each.place <= self.place < each.end]

    def agree(self, letter: str, size: str) -> bool:
        """Take a letter for a size, unless it was taken for another, or the text has another letter for this one."""
        if letter in self.declared:
            return self.declared[letter] == size
        is_taken = any(other != letter and taken == size for other, taken in self.sizes.items())
        if is_taken or size in self.written or self.sizes.get(letter, size) != size:
            return False
        self.sizes[letter] = size
        return True
