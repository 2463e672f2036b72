"""What names stand for: variables, definitions, steps, sizes, identities; a new kind of name is looked up here."""

from collections.abc import Set
from decimal import Decimal

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.evaluation import Evaluation, rule
from matrix_checks.derivations.values.exercise import Definition, View
from matrix_checks.derivations.values.jets import Jet, ShapeError, assemble
from matrix_checks.derivations.values.sample import DoesNotFit, Unknown

# The identity, and the column of ones: their size is not said.
# The size of an identity, or of the ones, that fits what they are multiplied by; a letter behind it is the size where nothing says one.
FITTING = "fitting"
SIZED = ("I", "E", "\\ones")
LONGEST_CHAIN_OF_ALIASES = 5


@rule(kinds.Name)
def name(evaluation: Evaluation, node: kinds.Name) -> Jet:
    """The value of a name, or the entry of it that is meant."""
    return entry_if_implicit(evaluation, evaluation.named(node.text))


def entry_if_implicit(evaluation: Evaluation, value: Jet) -> Jet:
    """The entry of a column where a column without an index means that, else the value itself."""
    entry = evaluation.scope.entry
    if entry is not None and 1 in value.shape and max(value.shape) == entry[1] > 1:
        place = entry[0]
        return jets.entry(value, place, 0) if value.shape[1] == 1 else jets.entry(value, 0, place)
    return value


def resolve(evaluation: Evaluation, text: str) -> str:
    """The name that a name is another spelling of."""
    aliases, overridden = evaluation.view.aliases, evaluation.overridden
    for _ in range(LONGEST_CHAIN_OF_ALIASES):
        if text in overridden or text not in aliases:
            break
        text = aliases[text]
    return text


def size_named(evaluation: Evaluation, text: str) -> str:
    """The exercise's letter of the size that a letter stands for, by the exercise or by the text; empty for none."""
    letter, memory = resolve(evaluation, text), evaluation.sample.memory
    for found in (letter, memory.declared.get(text, ""), memory.sizes.get(text, "")):
        if found in evaluation.sample.sizes:
            return found
    return ""


def value_of_name(evaluation: Evaluation, text: str) -> Jet:
    """The value of a name (``Unknown`` where it has none)."""
    text = resolve(evaluation, text)
    found = evaluation.overridden.get(text)
    if found is None:
        found = evaluation.names.get(text)
    if found is None:
        found = evaluation.names[text] = _looked_up(evaluation, text)
    return found


def _looked_up(evaluation: Evaluation, text: str) -> Jet:
    view, sample = evaluation.view, evaluation.sample
    if text in view.variables:
        return sample.variable(text)
    if text in view.definitions:
        return _definition_of(evaluation, text)
    if text in sample.steps:
        return sample.step(text, sample.steps[text])
    own_sizes = dict(evaluation.interpretation.own_sizes)
    letter = text if text in sample.sizes else own_sizes.get(text) or sample.memory.declared.get(text)
    if letter in sample.sizes:
        return jets.number(sample.sizes[letter])
    if text in SIZED:
        return sized(evaluation, text, evaluation.interpretation.size)
    if text.startswith("\\Delta "):
        variable = resolve(evaluation, text.removeprefix("\\Delta "))
        if variable in view.variables:
            return sample.step(text, view.variables[variable])
        if variable in view.definitions:
            return sample.step(text, value_of_name(evaluation, variable).dims)
    raise Unknown(text)


def sized(evaluation: Evaluation, text: str, letter: str) -> Jet:
    """The identity, or the column of ones, of a size."""
    if not letter:
        raise Unknown(text)
    letter = letter.removeprefix(FITTING).strip()
    if not letter:
        raise ShapeError("an identity with nothing beside it has no size")
    size = evaluation.sample.size(letter)
    if text == "\\ones":
        return jets.constant(np.full((size, 1), Decimal(1), dtype=object), (letter, "1"))
    made = np.full((size, size), Decimal(0), dtype=object)
    np.fill_diagonal(made, Decimal(1))
    return jets.constant(made, (letter, letter))


def _definition_of(evaluation: Evaluation, text: str) -> Jet:
    """The value of a name that is defined, kept by the scope."""
    overridden = evaluation.overridden
    # Where what was changed does not matter, the value is the same as without.
    matters = overridden and not evaluation.view.reached_from(text).isdisjoint(overridden)
    chosen = evaluation if matters else evaluation.without_overrides()
    scope = chosen.scope.without_entry
    if not scope.is_repeatable:
        return _defined(chosen, text)
    kept = evaluation.sample.names_in(scope, text)
    found = kept.get((text, scope))
    if found is None:
        found = kept[text, scope] = _defined(chosen, text)
    return found


def _defined(evaluation: Evaluation, text: str) -> Jet:
    definition = _that_changes(evaluation, evaluation.view.definitions[text])
    sample, inner = evaluation.sample, evaluation.within(indices={}).without_entry()
    if not definition.indices:
        try:
            return inner.value(definition.body)
        except ShapeError as error:
            if text in (evaluation.view.origin or evaluation.view).definitions:
                raise
            # What is wrong with it is wrong where the text defines it, and not where it is used.
            raise DoesNotFit(f"what defines {text} does not fit together: {error}") from error
    letters = [inner.range_of(index, (definition.body,)) for index in definition.indices]
    dims = [letter for letter in letters if letter is not None]
    if len(dims) < len(letters):
        raise NotUnderstood(f"the shape of {text} is not known")
    down, across = [*dims, "1"][:2]
    cells = [
        [
            inner.within(indices=dict(zip(definition.indices, (row, column)))).value(definition.body)
            for column in range(sample.size(across))
        ]
        for row in range(sample.size(down))
    ]
    return assemble(cells, (down, across))


def _that_changes(evaluation: Evaluation, definitions: tuple[Definition, ...]) -> Definition:
    """The first of some definitions of the same that what is overridden makes a difference to; before others, one with the text's own name."""
    changed = evaluation.overridden.keys()
    if not changed or len(definitions) == 1:
        return definitions[0]
    definitions = own_first(evaluation.view, definitions, changed)
    return next((each for each in definitions if changed & reaches(evaluation, each.body)), definitions[0])


def own_first(view: View, definitions: tuple[Definition, ...], changed: Set[str]) -> tuple[Definition, ...]:
    """Some definitions of the same: before others, one with a name of the text's own among those that something is changed of, or held fixed.

    Of several with the name, the first one is that in which all that depends on what is behind the name depends on the name itself.
    """
    own = changed - (view.origin or view).names
    if not own:
        return definitions
    return tuple(sorted(definitions, key=lambda each: (_passes_by(view, each, own), own.isdisjoint(each.body.names))))


def _passes_by(view: View, definition: Definition, own: Set[str]) -> bool:
    """Whether nothing depends on the names, or something beside them depends on a variable that is behind them, and not through them."""
    behind = set[str]().union(*(view.reached_from(name) for name in own)) & view.variables.keys()
    names = definition.body.names
    reached = [view.reached_from(name) for name in names - own]
    if own.isdisjoint(names.union(*reached)):
        return True
    return any(not behind.isdisjoint(each) and own.isdisjoint(each) for each in reached)


def reaches(evaluation: Evaluation, node: kinds.Node) -> set[str]:
    """All names that a value depends on, through definitions."""
    found: set[str] = set()
    for text in node.names:
        for meant in evaluation.view.meant_by(text):
            found |= {text} | evaluation.view.reached_from(meant)
    return found
