"""How a text writes its formulas, learnt from all of them: colons that are products, unusual indices, labels of layers."""

from collections.abc import Callable, Iterable, Set
from contextlib import suppress

from matrix_checks.derivations.reading.adjoint_stars import (
    transposes_by_daggers,
    transposes_by_letter,
    transposes_by_stars,
    with_transposes_for_daggers,
    with_transposes_for_letters,
    with_transposes_for_stars,
)
from matrix_checks.derivations.reading.batch_labels import label_of_batch, without_label
from matrix_checks.derivations.reading.bounds_of_sums import Bound, named_bounds, with_named_bounds
from matrix_checks.derivations.reading.compositions import functions_defined, with_compositions
from matrix_checks.derivations.reading.contractions import says_contraction, with_contractions
from matrix_checks.derivations.reading.counting import counts_from_zero
from matrix_checks.derivations.reading.crossed_circles import with_entries_multiplied
from matrix_checks.derivations.reading.function_names import function_names, name_of_function, with_function_names
from matrix_checks.derivations.reading.gaps_in_brackets import with_rows_for_gaps
from matrix_checks.derivations.reading.gradient_prefixes import gradient_prefixes, with_gradient_prefixes
from matrix_checks.derivations.reading.index_names import indices_beside, unusual_indices, with_usual_indices, with_words_below
from matrix_checks.derivations.reading.kept_labels import with_kept_label
from matrix_checks.derivations.reading.last_but_one import without_last_but_one
from matrix_checks.derivations.reading.layer_labels import Labels, labels_of_layers, with_layers
from matrix_checks.derivations.reading.layers_in_numbers import numbers_layers, with_numbers_for_layers
from matrix_checks.derivations.reading.left_transposes import with_transposes_behind
from matrix_checks.derivations.reading.letters_of_functions import with_functions
from matrix_checks.derivations.reading.letters_used import numbers_objects
from matrix_checks.derivations.reading.lone_labels import lone_labels, without_lone_labels
from matrix_checks.derivations.reading.loss_labels import Label, loss_label, without_loss_label
from matrix_checks.derivations.reading.marked_names import marked_names, with_marked_names
from matrix_checks.derivations.reading.numbers_above import letters_with_layers, with_layers_in_brackets
from matrix_checks.derivations.reading.numbers_apart import numbered_letters, with_numbers_apart
from matrix_checks.derivations.reading.plain_indices import IndexNotation, with_plain_indices
from matrix_checks.derivations.reading.primed_indices import primed_indices, with_primed_indices
from matrix_checks.derivations.reading.rules_in_matrices import without_rules
from matrix_checks.derivations.reading.script_letters import as_written, script_letters, with_script_letters
from matrix_checks.derivations.reading.scripts_apart import with_scripts_apart
from matrix_checks.derivations.reading.shapes_below import without_shapes_below
from matrix_checks.derivations.reading.staggered_indices import with_indices_below
from matrix_checks.derivations.reading.starred_statistics import with_starred_statistics
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word, tokenize
from matrix_checks.derivations.reading.tokens import without_braces_around_one
from matrix_checks.derivations.reading.unnamed_gradients import names_no_loss, with_loss_named
from matrix_checks.derivations.reading.updates_of_means import with_moving_statistics
from matrix_checks.derivations.reading.upright_names import with_letters
from matrix_checks.derivations.reading.values_at_entries import Name, functions_of_wholes, with_values_at_entries


class TextNotation:
    """The notation of one text.

    Parameters
    ----------
    words
        Names of several letters that may be written without ``\\text``.
    below
        What begins words that stand below a symbol.

    Attributes
    ----------
    words
        As above; a text may add its own.
    usual
        Letters that are indices in the text, and the usual letters that they are read as.
    scripts
        Letters that it writes in a script alphabet, too, for something else, and what they are read as there.
    primed
        The same for indices with primes.
    marked_names
        Letters with primes or labels that the text gives to something new.
    function_names
        Functions whose names it gives to numbers.
    gradient_prefixes
        Signs that make the gradient by a letter its name: ``gW``.
    names_no_loss
        Whether its gradients stand without what they are of: ``\\nabla_W = x^\\top g``.
    beside
        The same for letters that are indices where they stand beside one.
    indices
        How the text writes indices.
    layers
        What letters with the label of a layer above them are read as.
    other_layers
        The names among these for what other layers have: ``Z^{(l-1)}``.
    numbers_layers
        Whether it goes on with numbers where it speaks of the layer ``l``.
    functions
        Letters for functions of every entry, and the functions that they are read as.
    composed
        Functions that it defines, where it has compositions.
    numbered_above
        Letters above which it writes the number of a layer: ``\\delta^1``.
    bounds
        Bounds of sums that are no letter, each with the letter that it is read as.
    lone_labels
        The letters that have one word below them, or indices, each with its word, which says nothing.
    loss
        The letter of the loss and the word below it, which says nothing; empty for none.
    functions_of_wholes
        Names of functions of a whole vector that the text writes at one entry, by their tokens.
    contracts
        Whether the text writes ``A : B`` for an inner product.
    transposes_by_stars
        Whether it writes the adjoint ``A^*`` of a matrix.
    transposes_by_letter
        Whether it writes it ``A^H``.
    transposes_by_daggers
        Whether it writes the transpose of a column ``x^\\dagger``.
    from_zero
        Whether it counts from zero.
    batch
        What the mean and the variance have below them, and is no index; empty for nothing.
    has_own_deltas
        Whether its delta with two indices is a gradient, of which no more is known.
    stacks_rows
        Whether its vec stacks the rows of a matrix.
    crosses_entries
        Whether its crossed circle multiplies entry by entry.
    stars_are_kept
        Whether its star marks a statistic that is kept.
    numbers_objects
        Whether numbers below its letters are those of objects, and of no layers.
    """

    def __init__(self, words: tuple[str, ...], below: tuple[str, ...]):
        self.words, self._below = words, below
        self.usual: dict[str, str] = {}
        self.scripts: dict[str, str] = {}
        self.primed: dict[str, str] = {}
        self.marked_names: frozenset[str] = frozenset()
        self.function_names: frozenset[str] = frozenset()
        self.gradient_prefixes: frozenset[str] = frozenset()
        self.names_no_loss = False
        self.beside: dict[str, str] = {}
        self.indices = IndexNotation()
        self.layers: Labels = {}
        self.other_layers: frozenset[str] = frozenset()
        self.functions: dict[str, str] = {}
        self.functions_of_wholes: frozenset[Name] = frozenset()
        self.numbered_above: frozenset[str] = frozenset()
        self.composed: frozenset[str] = frozenset()
        self.numbered: frozenset[str] = frozenset()
        self.kept_label = ""
        self.bounds: dict[Bound, str] = {}
        self.lone_labels: dict[str, str] = {}
        self.loss: Label = ("", "")
        self.contracts = self.from_zero = self.numbers_layers = self.transposes_by_stars = self.transposes_by_letter = False
        self.transposes_by_daggers = False
        self.batch = ""
        self.numbers_objects = self.stacks_rows = self.has_own_deltas = self.crosses_entries = self.stars_are_kept = False

    @property
    def names(self) -> tuple[str, ...]:
        """Words that are names in its formulas, whatever they stand for."""
        return (*self.words, *self.other_layers, *self.marked_names, *map(name_of_function, self.function_names))

    @property
    def learned(self) -> tuple[object, ...]:
        """What changes how formulas are read while the text is learned from."""
        return self.indices, id(self.layers), id(self.functions), self.crosses_entries, self.stars_are_kept

    def take_over(self, whole: "TextNotation") -> None:
        """Keep, for a part of a text, what the whole of it says of its letters."""
        self.lone_labels, self.transposes_by_daggers = whole.lone_labels, whole.transposes_by_daggers

    def survey(self, sources: Iterable[str], known: frozenset[str], variables: frozenset[str]) -> None:
        """Learn from all formulas, where some names stand for something, and some of these are variables."""
        formulas: list[list[Token]] = []
        sources = list(sources)
        self.scripts = script_letters(sources, known)
        for source in sources:
            with suppress(NotUnderstood):
                formulas.append(self._tokenized(source))
        self.numbered = numbered_letters(formulas, known)
        self.transposes_by_stars = transposes_by_stars(formulas, variables)
        self.transposes_by_letter = transposes_by_letter(formulas, variables)
        self.transposes_by_daggers |= transposes_by_daggers(formulas)
        self.composed = functions_defined(formulas)
        self.numbered_above = letters_with_layers(formulas)
        formulas = [with_layers_in_brackets(tokens, self.numbered_above) for tokens in formulas]
        self.bounds = named_bounds(formulas, known)
        formulas = [with_named_bounds(tokens, self.bounds) for tokens in formulas]
        self.lone_labels = {**lone_labels(formulas, known), **self.lone_labels}
        formulas = [without_lone_labels(tokens, self.lone_labels) for tokens in formulas]
        self.loss = loss_label(formulas)
        formulas = [without_loss_label(tokens, self.loss) for tokens in formulas]
        self.primed = primed_indices(formulas, known)
        formulas = [with_primed_indices(tokens, self.primed) for tokens in formulas]
        self.marked_names = marked_names(formulas, known, variables)
        formulas = [with_marked_names(tokens, self.marked_names) for tokens in formulas]
        self.function_names = function_names(formulas)
        formulas = [with_function_names(tokens, self.function_names) for tokens in formulas]
        self.functions_of_wholes = functions_of_wholes(formulas)
        self.gradient_prefixes = gradient_prefixes(formulas)
        self.names_no_loss = names_no_loss(formulas)
        self.numbers_layers = numbers_layers(formulas)
        formulas = [with_numbers_for_layers(tokens) for tokens in formulas] if self.numbers_layers else formulas
        self.contracts, self.layers = any(map(says_contraction, formulas)), labels_of_layers(formulas)
        self.other_layers = frozenset(name.text for name in self.layers.values() if isinstance(name, Word))
        self.from_zero = counts_from_zero(formulas)
        self.usual = unusual_indices(formulas, known)
        self.beside = indices_beside(formulas, known, self.usual)
        self.batch = label_of_batch(formulas, known)
        self.numbers_objects = numbers_objects(formulas)

    def tokens(self, source: str, known: Set[str], shape_at: Callable[[str], tuple[str, str] | None]) -> list[Token]:
        """The tokens of a formula of the text; ``NotUnderstood`` where it has none.

        Parameters
        ----------
        source
            The formula.
        known
            The names that stand for something.
        shape_at
            The shape of a name; ``None`` where nobody knows it.
        """
        tokens = with_starred_statistics(self._tokenized(source)) if self.stars_are_kept else self._tokenized(source)
        tokens = with_kept_label(tokens, self.kept_label) if self.kept_label else tokens
        tokens = with_compositions(with_numbers_apart(tokens, self.numbered, shape_at), self.composed)
        tokens = with_transposes_for_stars(tokens) if self.transposes_by_stars else tokens
        tokens = with_transposes_for_letters(tokens) if self.transposes_by_letter else tokens
        tokens = with_transposes_for_daggers(tokens) if self.transposes_by_daggers else tokens
        tokens = with_entries_multiplied(tokens) if self.crosses_entries else tokens
        tokens = with_layers_in_brackets(tokens, self.numbered_above)
        tokens = without_lone_labels(with_named_bounds(tokens, self.bounds), self.lone_labels)
        tokens = without_loss_label(tokens, self.loss)
        tokens = with_marked_names(with_primed_indices(tokens, self.primed), self.marked_names)
        tokens = with_values_at_entries(with_function_names(tokens, self.function_names), self.functions_of_wholes)
        tokens = with_gradient_prefixes(tokens, self.gradient_prefixes, known)
        tokens = with_loss_named(tokens, known) if self.names_no_loss else tokens
        tokens = without_label(tokens, self.batch) if self.batch else tokens
        tokens = with_layers(with_numbers_for_layers(tokens) if self.numbers_layers else tokens, self.layers)
        found = with_letters(with_usual_indices(tokens, self.usual, self.beside), known)
        found = with_plain_indices(with_functions(found, self.functions) if self.functions else found, self.indices)
        found = without_shapes_below(with_transposes_behind(found), shape_at)
        return with_contractions(found) if self.contracts else found

    def _tokenized(self, source: str) -> list[Token]:
        tokens = without_braces_around_one(
            as_written(tokenize(with_script_letters(source, self.scripts), self.words), self.scripts)
        )
        found = with_indices_below(without_last_but_one(with_rows_for_gaps(without_rules(tokens))))
        return with_moving_statistics(with_scripts_apart(with_words_below(found, self._below)))
