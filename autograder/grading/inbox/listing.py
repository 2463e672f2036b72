"""The beginning of a list, and how much more there is."""

from collections.abc import Sequence


def listed(names: Sequence[str], most: int) -> str:
    """The first of some names, and how many more there are.

    Parameters
    ----------
    names
        As they are to be shown.
    most
        So many of them are.
    """
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
