"""What is kept for all write-ups of an exercise: the values of its own names."""

from weakref import WeakKeyDictionary

from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.memory import Names

# Texts may be many, and each may fix sizes of its own.
MAXIMAL_LASTING = 20_000

# By the exercise's own view: the values of its names for each sample, which are the same for every write-up.
_lasting: WeakKeyDictionary[View, dict[tuple[object, ...], Names]] = WeakKeyDictionary()


def lasting_names(view: View, numbers: tuple[object, ...]) -> Names:
    """What is kept for all write-ups of an exercise.

    Parameters
    ----------
    view
        The exercise's own view, or one that a write-up made of it.
    numbers
        What the random numbers are told from all others by.
    """
    kept = _lasting.setdefault(view.origin or view, {})
    if sum(map(len, kept.values())) > MAXIMAL_LASTING:
        kept.clear()
    return kept.setdefault(numbers, {})


def forget(view: View) -> None:
    """Forget what is kept for all write-ups: an evaluation that was broken off may have left it half made."""
    _lasting.pop(view.origin or view, None)
