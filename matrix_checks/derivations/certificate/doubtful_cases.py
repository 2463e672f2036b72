"""What is false in the case of two indices that was said last, and true in the other one; and a case of indices that cannot be compared."""

from collections.abc import Iterator
from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.rows_and_columns import takes_row
from matrix_checks.derivations.expressions import kinds

OF_OTHER_CASE = "it is true in the other case of its indices, and the words before it may name that"


def may_be_of_other_case(claim: Claim) -> str:
    """Behind a first claim of a case, words in any language may say "otherwise": what is true in the other case was meant for that."""
    case = claim.context.case
    if case is None or not claim.context.is_case_used or not claim.place.is_first:
        return ""
    other = (case[0], case[1], not case[2])
    return OF_OTHER_CASE if holds(replace(claim.context.setting(), case=other, kept={}, ranges={}), *claim.sides) else ""


def compares_ranges(claim: Claim) -> str:
    """Whoever compares the one index of a matrix with an index of another range has a single object, whose entry that is."""
    case = claim.context.case
    if case is None:
        return ""
    found = list(_ranges(claim))
    rows = {(index, size) for index, size, is_row in found if is_row and index in case[:2]}
    for index, size in rows:
        other = case[1] if index == case[0] else case[0]
        others = {each for letter, each, _ in found if letter == other}
        if others and size not in others and _holds_for_one(claim, size):
            return f"it compares {index} with {other}, and they run over different sizes"
    return ""


def _holds_for_one(claim: Claim, size: str) -> bool:
    """Whether it holds where there is one object only."""
    setting = claim.context.setting()
    views = tuple(view.with_letters({size: "1"}) for view in setting.views)
    return holds(replace(setting, views=views, kept={}, ranges={}), *claim.sides)


def _ranges(claim: Claim) -> Iterator[tuple[str, str, bool]]:
    """Each index with what it runs over, and whether it picks the row of a matrix."""
    for part in claim.parts(kinds.Indexed):
        assert isinstance(part, kinds.Indexed)
        shape = claim.context.shape_at(part.body.text) if isinstance(part.body, kinds.Name) else None
        is_row = any(takes_row(view, part) for view in claim.context.views)
        for index, size in zip(part.indices, shape or ()):
            if isinstance(index, kinds.Name):
                yield index.text, size, is_row
