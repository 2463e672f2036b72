"""How much may be evaluated for one equality, for the reason of one, and for a whole text: what a text asks for is bounded, whatever it says."""

from matrix_checks.derivations.values.sample import Work

PER_WRITEUP = 70_000
PER_RELATION = 20_000
# Where a text has used up its own: enough for a plain equality, such as the answer at its end.
LEAST_PER_RELATION = 200
# To find what is wrong with what is false; it is not taken from what the judging of later steps needs.
REASONS_PER_WRITEUP = 25_000
POINTS_PER_WRITEUP = 10_000
REASONS_PER_RELATION = 12_000


def for_relation(left: int) -> Work:
    """What may be done for one equality, where so much is left for its text."""
    return Work(min(PER_RELATION, max(left, LEAST_PER_RELATION)))


def for_reason(left: int, of_equality: int) -> Work:
    """What may be done for one reason, where so much is left for those of its text, and for its equality."""
    return Work(max(min(REASONS_PER_RELATION, left, of_equality), 0))
