"""What went wrong, in words, where the numbers leave no doubt.

Only relations that hold for every failed case are named: one coincidence is no diagnosis.
"""

import numpy as np

CLOSE = 1e-9


def diagnose(failures: list[tuple[np.ndarray, np.ndarray]]) -> str:
    """One clause that names the mistake, or an empty string where nothing certain can be said.

    Parameters
    ----------
    failures
        ``(actual, expected)`` of the failed cases that could be compared, real arrays.
    """
    relations = {
        "every entry is right once the array is transposed": _transposed,
        "every entry has the wrong sign": lambda actual, expected: _close(-actual, expected),
    }
    informative = [(actual, expected) for actual, expected in failures if np.any(expected)]
    if not informative:
        return ""
    for sentence, relation in relations.items():
        if all(relation(actual, expected) for actual, expected in informative):
            return sentence
    return _constant_factor(informative)


def _transposed(actual: np.ndarray, expected: np.ndarray) -> bool:
    return actual.ndim == 2 and actual.shape == expected.shape[::-1] and _close(actual.T, expected)


def _constant_factor(failures: list[tuple[np.ndarray, np.ndarray]]) -> str:
    factors = []
    for actual, expected in failures:
        if actual.shape != expected.shape or not np.any(actual):
            return ""
        factor = float(np.sum(actual * expected) / np.sum(expected * expected))
        if not _close(actual, factor * expected):
            return ""
        factors.append(factor)
    names = {2.0: "2", 0.5: "1/2", -2.0: "-2", -0.5: "-1/2"}
    for value, name in names.items():
        if all(abs(factor - value) <= CLOSE * abs(value) for factor in factors):
            return f"every entry is {name} times the right one"
    return ""


def _close(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and bool(np.all(np.abs(one - other) <= CLOSE * np.abs(other).max(initial=0.0)))
