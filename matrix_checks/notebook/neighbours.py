"""Which function of the notebook is at fault, where a function calls another one whose own check does not pass."""

from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

# An attribute of the function itself: one that is defined anew has none.
PASSED = "_own_check_passed"


def remember(function: Any, passed: bool) -> None:
    """Keep with a function whether its own check passed."""
    if isinstance(function, FunctionType):
        setattr(function, PASSED, passed)


def failing_neighbours(name: str, namespace: dict[str, Any]) -> list[str]:
    """The functions that a function calls, itself or through others of the notebook, and whose own check did not pass.

    Of a function that was defined anew since its check ran nothing is known.
    """
    return [other for other in _called(name, namespace, {name}) if not getattr(namespace[other], PASSED, True)]


def fault_in_words(name: str, neighbours: list[str]) -> str:
    """The sentence that sends a student to those functions first."""
    if len(neighbours) == 1:
        return f"{name} calls {neighbours[0]}, whose own check does not pass: repair that one first."
    return f"{name} calls {' and '.join(neighbours)}, whose own checks do not pass: repair those first."


def _called(name: str, namespace: dict[str, Any], seen: set[str]) -> Iterator[str]:
    """Names of functions of the notebook, the innermost first."""
    function = namespace.get(name)
    for other in _names(function.__code__) if isinstance(function, FunctionType) else ():
        if other in seen or not isinstance(namespace.get(other), FunctionType):
            continue
        seen.add(other)
        yield from _called(other, namespace, seen)
        yield other


def _names(code: CodeType) -> Iterator[str]:
    """The global names that a function uses, and those that the functions inside it use."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
