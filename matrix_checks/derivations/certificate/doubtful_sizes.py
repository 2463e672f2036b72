"""A smaller case that the words of a paragraph speak of: what is false in general, and true there, may be said of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.work_for_reasons import work_for_reason
from matrix_checks.derivations.deciding.case_of_numbers import NOT, of_numbers, speaks_of_numbers
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.letters_of_sizes import letters_of
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.prose import words
from matrix_checks.derivations.values.exercise import NUMBER

OBJECTS = "N"
CONSTANT = "\\constant"


def may_be_of_small_case(claim: Claim) -> str:
    """Whether an equality may be said of numbers, or of one object, since it is true there."""
    paragraph = claim.surroundings.paragraph
    if speaks_of_numbers(paragraph) != NOT:
        with _small_setting(claim) as setting:
            if holds(of_numbers(setting), *claim.sides):
                return "it may be said of numbers"
    ones = {letter for letter in _sizes(claim) if letter == OBJECTS and words.ONE_OBJECT.search(paragraph)}
    ones |= {letter for letter in _sizes(claim) if letter != OBJECTS and words.ONE_WIDTH.search(paragraph)}
    for chosen in ([OBJECTS], sorted(ones - {OBJECTS}), *([each] for each in sorted(ones)), sorted(ones)):
        if chosen and ones.issuperset(chosen) and _holds_for(claim, dict.fromkeys(chosen, 1)):
            return "it may be said of one object, or of one output"
    return ""


def _sizes(claim: Claim) -> frozenset[str]:
    """The letters of sizes that the text does not fix."""
    return letters_of(claim.context.views) - claim.context.sizes.keys()


def _holds_for(claim: Claim, sizes: dict[str, int]) -> bool:
    with _small_setting(claim) as setting:
        return holds(replace(setting, sizes={**setting.sizes, **sizes}), *claim.sides)


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
