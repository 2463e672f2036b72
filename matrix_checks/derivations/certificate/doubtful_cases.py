"""A case of two indices that cannot be compared, as the row of a matrix and a column: then the text's matrix is a column to its writer."""

from collections.abc import Iterator
from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.rows_and_columns import takes_row
from matrix_checks.derivations.expressions import kinds


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
