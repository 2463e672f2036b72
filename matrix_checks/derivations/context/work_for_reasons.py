"""Work of its own for reasons and doubts: it is not taken from what the judging of later steps needs, and a text has only so much of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.work_allowed import for_reason

REASONS, POINTS = "work_for_reasons", "work_for_points"


@contextmanager
def work_for_reason(context: Context, usual: Setting) -> Iterator[Setting]:
    """A setting with what may be done for one reason, where so much is left for its equality; what was done is taken from the text's."""
    with _work_of(context, REASONS, usual) as setting:
        yield setting


@contextmanager
def work_for_point(context: Context, usual: Setting) -> Iterator[Setting]:
    """The same for what may make a false step true: where nothing is left for reasons, there is work that is kept for this."""
    with _work_of(context, REASONS if context.work_for_reasons > 0 else POINTS, usual) as setting:
        yield setting


@contextmanager
def _work_of(context: Context, kept: str, usual: Setting) -> Iterator[Setting]:
    """A setting with work of one of the two kinds, named by where the context keeps what is left of it."""
    work = for_reason(getattr(context, kept), usual.work.left)
    allowed = work.left
    try:
        yield replace(usual, work=work)
    finally:
        setattr(context, kept, getattr(context, kept) - allowed + max(work.left, 0))
