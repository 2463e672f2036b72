"""What surrounds a check: a notebook, or the grading of a class, which knows more and shows pictures in its own way."""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

WRONG, GONE = "wrong", "gone"


def compute(truth: Callable, arguments: tuple) -> Any:
    """The right answer."""
    return truth(*arguments)


def any_may_be_wrong(name: str) -> str:
    """A notebook knows of no function that it is right."""
    return WRONG


def no_note(name: str) -> str:
    """A notebook knows nothing of a function beside its answers."""
    return ""


def _display_in_notebook() -> Callable[[bytes, str], None] | None:
    """What shows a picture in this process, or ``None`` where there is no notebook."""
    try:
        from IPython import get_ipython
        from IPython.display import Image, display
    except ImportError:
        return None
    return (lambda data, text: display(Image(data, alt=text))) if get_ipython() is not None else None


@dataclass(frozen=True)
class Surroundings:
    """What a check asks of the place where it runs.

    Attributes
    ----------
    right_answer
        Computes a right answer from a function and its arguments. The grading of a class puts one here that remembers.
    may_be_wrong
        Whether a function of the notebook may be what makes another one fail: ``"wrong"``, or ``"gone"`` since it was right, or
        ``""``. In the place of a function that has earned all its points and is still there, no right one is put, so that
        nothing is asked twice. Where it is gone, the right one is there from the beginning, and nothing is asked twice either.
    note_on
        What is known of a function beside its answers. The grading sees the whole notebook, and knows where else it is defined.
    show_png
        Shows a picture, and says in words what it shows; ``None`` where there is no place for one.
    seconds_per_call
        How long one call of a student's function may take.
    """

    right_answer: Callable[[Callable, tuple], Any] = compute
    may_be_wrong: Callable[[str], str] = any_may_be_wrong
    note_on: Callable[[str], str] = no_note
    show_png: Callable[[bytes, str], None] | None = None
    seconds_per_call: float = 5.0


OF_A_NOTEBOOK = Surroundings(show_png=_display_in_notebook())
_surroundings: ContextVar[Surroundings] = ContextVar("surroundings", default=OF_A_NOTEBOOK)


def surroundings() -> Surroundings:
    """Those of this moment."""
    return _surroundings.get()


@contextlib.contextmanager
def surrounded_by(new: Surroundings) -> Iterator[None]:
    """Have checks in this block find other surroundings."""
    before = _surroundings.set(new)
    try:
        yield
    finally:
        _surroundings.reset(before)
