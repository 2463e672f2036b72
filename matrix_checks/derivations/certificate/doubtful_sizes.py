"""A smaller case that the words of a paragraph speak of: what is false in general, and true there, may be said of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.sides_of_names import fits_nowhere
from matrix_checks.derivations.context.statements_of_text import without_index
from matrix_checks.derivations.context.work_for_reasons import work_for_reason
from matrix_checks.derivations.deciding.case_of_numbers import NOT, of_numbers, speaks_of_numbers
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.letters_of_sizes import letters_of
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.some_convention import holds_in_some_convention
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.prose import words
from matrix_checks.derivations.values.exercise import NUMBER

OBJECTS = "N"
CONSTANT = "\\constant"
SAME = 3
# A matrix with as many rows as columns, or one for several layers.
_SQUARE = re.compile(
    r"(?i)\bsquare\b|\b(?:shar|ti)ed\b|\bsame (?:size|width|matrix|weight)|quadratisch|gleich\w* (?:größe|breite|gewicht|matri)|geteilte|carrée?s?\b|partagé|"
    r"cuadrad|compartid|quadrat[ao]|condivis|kwadratow|wspóln|квадратн|общ\w+ вес|спільн|方阵|共享|正方"
)


def may_be_of_small_case(claim: Claim) -> str:
    """Whether an equality may be said of numbers, or of one object, since it is true there."""
    paragraph = claim.surroundings.paragraph
    if speaks_of_numbers(paragraph) != NOT:
        with _small_setting(claim) as setting:
            if holds(of_numbers(setting), *claim.sides):
                return "it may be said of numbers"
    if _SQUARE.search(paragraph) and _is_of_equal_sizes(claim):
        return "it may be said of sizes that are the same"
    if _is_rule_of_numbers(claim):
        return "it may be said of numbers"
    ends = {
        part.upper.value for part in claim.parts(kinds.Sum) if isinstance(part, kinds.Sum) and isinstance(part.upper, kinds.Number)
    }
    if any(_holds_for(claim, {letter: int(end)}) for end in ends if end > 1 for letter in sorted(_sizes(claim))):
        return "it may be said of so many objects, or of so many entries"
    ones = {letter for letter in _sizes(claim) if letter == OBJECTS and words.ONE_OBJECT.search(paragraph)}
    ones |= {letter for letter in _sizes(claim) if letter != OBJECTS and words.ONE_WIDTH.search(paragraph)}
    pairs: list[list[str]] = []
    if _is_of_one_output(claim):
        ones |= _sizes(claim)
        pairs = [[OBJECTS, each] for each in sorted(ones - {OBJECTS})]
    for chosen in ([OBJECTS], sorted(ones - {OBJECTS}), *([each] for each in sorted(ones)), *pairs, sorted(ones)):
        if chosen and ones.issuperset(chosen) and _holds_for(claim, dict.fromkeys(chosen, 1)):
            return "it may be said of one object, or of one output"
    return ""


def _is_of_equal_sizes(claim: Claim) -> bool:
    """Whether shapes alone are wrong with an equality, and it is true where sizes are the same: two of them, or all."""
    if claim.decision.attempt is not None:
        return False
    sizes = sorted(_sizes(claim) - {OBJECTS})
    return any(_holds_for(claim, dict.fromkeys(each, SAME)) for each in (*combinations(sizes, 2), sizes))


def _is_rule_of_numbers(claim: Claim) -> bool:
    r"""Whether an equality differentiates what cannot be multiplied, in small letters, and is true of numbers: ``\frac{d}{dx} cx = c``."""
    tops = [bare(part.top) for part in claim.parts(kinds.Derivative) if isinstance(part, kinds.Derivative)]
    are_small = all(name.islower() for side in claim.sides for name in side.names)
    if not tops or not are_small or not all(fits_nowhere(claim.context, top) for top in tops):
        return False
    with _small_setting(claim) as setting:
        return holds(of_numbers(setting), *claim.sides)


def _is_of_one_output(claim: Claim) -> bool:
    """Whether the text states one output of one object with a small letter for its weights: ``z = w^\\top x + b``."""
    view = claim.context.views[0]
    names = {name for side in claim.sides for name in without_index(side) if len(name) == 1 and name.islower()}
    weights = {view.variables.get(view.aliases[name]) for name in names & view.aliases.keys() if view.aliases[name].isupper()}
    inputs = {shape for name, shape in view.variables.items() if name.islower() and not name.startswith("g") and "1" not in shape}
    return any(weight is not None and weight[0] == shape[0] for weight in weights for shape in inputs)


def _sizes(claim: Claim) -> frozenset[str]:
    """The letters of sizes that the text does not fix."""
    return letters_of(claim.context.views) - claim.context.sizes.keys()


def _holds_for(claim: Claim, sizes: dict[str, int]) -> bool:
    with _small_setting(claim) as setting:
        return holds_in_some_convention(replace(setting, sizes={**setting.sizes, **sizes}), *claim.sides)


def may_be_of_number(claim: Claim) -> str:
    """What is added to a variable is taken for a step of its shape where nothing is said of it: it may be a number. A constant may be an array."""
    attempt = claim.decision.attempt
    constants = (claim.left.names | claim.right.names) & claim.context.memory.constants
    if constants and (attempt is None or attempt.left[0].shape != attempt.right[0].shape):
        return f"it is not said whether {min(constants)} is a number"
    added = (claim.left.names | claim.right.names) & claim.context.steps.keys()
    for name in sorted(added):
        if claim.context.steps[name] == NUMBER:
            continue
        with _small_setting(claim) as setting:
            steps = {other: shape for other, shape in setting.steps.items() if other != name}
            views = tuple(view.with_variable(name, NUMBER) for view in setting.views)
            if holds(replace(setting, views=views, steps=steps), *claim.sides):
                return f"it is not said whether {name} is a number"
    return ""


@contextmanager
def _small_setting(claim: Claim) -> Iterator[Setting]:
    """The setting of a claim in which a doubt is looked for: by work that may be done for reasons."""
    with work_for_reason(claim.context, claim.context.setting()) as setting:
        yield replace(setting, kept={}, ranges={})


def constant_of_entries(claim: Claim) -> str:
    """A constant beside entries may have another value for each of them."""
    has_constant = any(str(token) == CONSTANT for tokens in claim.tokens for token in tokens)
    letters = tuple(letter for view in claim.context.views for letter in view.letters)
    is_of_entries = any(free_indices(side, letters) for side in claim.sides)
    return "it is not said for which entries the constant is one" if has_constant and is_of_entries else ""


def varies_a_size(claim: Claim) -> str:
    """Nobody differentiates a size: its letter is an array of the text's own where ``dV`` stands, or a gradient by it."""
    varied: list[kinds.Node] = []
    for part in claim.parts(kinds.Differentiated, kinds.Derivative):
        varied += [bare(part.bottom)] if isinstance(part, kinds.Derivative) else []
        varied += [bare(part.body)] if isinstance(part, kinds.Differentiated) else []
    names = {each.text for each in varied if isinstance(each, kinds.Name)}
    views = claim.context.views
    sizes = sorted(name for name in names if any(view.aliases.get(name, name) in view.letters for view in views))
    return f"{sizes[0]} may be an array, and no size" if sizes else ""
