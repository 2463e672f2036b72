"""A student's function as a check sees it, in this process or in another one, and what becomes of a call."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import CodeType
from typing import Any, NoReturn


@dataclass(frozen=True)
class Failure:
    """An exception, as plain data that may come from another process.

    Attributes
    ----------
    kind, module
        Name of its class, and of the module that defines it.
    message
        Its text.
    line
        Number and text of the student's line that raised, or an empty string.
    function
        The innermost function that was running.
    unwritten
        Whether it says that a function is not written yet.
    shapes
        Which shapes do not fit, in the words of :mod:`matrix_checks.checks.shape_errors`, or an empty string.
    """

    kind: str
    module: str
    message: str
    line: str
    function: str
    unwritten: bool
    shapes: str = ""


@dataclass
class Outcome:
    """What became of one call.

    Attributes
    ----------
    value
        What the function returned (``None`` also when it raised).
    failure
        The exception, or ``None``.
    parameters
        Names of the function's parameters, as far as they are known.
    changed
        Positions of the arguments that the function changed.
    shared
        Positions of the arguments whose memory the result shares.
    printed, warned
        What the function wrote to stdout or stderr, and the texts of its warnings.
    too_long
        Whether the call was stopped at the time limit.
    """

    value: Any = None
    failure: Failure | None = None
    parameters: tuple[str, ...] = ()
    changed: tuple[int, ...] = ()
    shared: tuple[int, ...] = ()
    printed: str = ""
    warned: list[str] = field(default_factory=list)
    too_long: bool = False


@dataclass(frozen=True)
class Given:
    """Right functions that a student's function may call in the place of its own neighbours.

    Attributes
    ----------
    names
        Which ones.
    source
        Python text that defines them, the course's own.
    """

    names: tuple[str, ...] = ()
    source: str = ""

    @cached_property
    def functions(self) -> dict[str, Callable]:
        """The functions, by name."""
        defined = functions_of(self.source) if self.names else {}
        return {name: defined[name] for name in self.names}

    @contextlib.contextmanager
    def put_into(self, namespace: dict[str, Any]) -> Iterator[None]:
        """Put the functions in the place of a notebook's own while a block runs."""
        functions = self.functions
        own = {name: namespace[name] for name in functions if name in namespace}
        namespace.update(functions)
        try:
            yield
        finally:
            for name in functions:
                namespace.pop(name, None)
            namespace.update(own)


NOTHING_GIVEN = Given()


def functions_of(source: str) -> dict[str, Callable]:
    """The functions that a text of the course's own defines, made anew; not those that it imports."""
    scope: dict[str, Any] = {"__name__": "given"}
    exec(_compiled(source), scope)
    return {name: value for name, value in scope.items() if callable(value) and getattr(value, "__module__", "") == "given"}


@lru_cache(maxsize=32)
def _compiled(source: str) -> CodeType:
    return compile(source, "<given>", "exec")


class NotebookFunction:
    """A function of a student's notebook, wherever it runs."""

    def shows(self, visible: int) -> bool:
        """Whether what the function answers may be shown.

        Parameters
        ----------
        visible
            The number of the visible case that is asked, counted from one; 0 for a case that is hidden, or where right functions
            are given.
        """
        raise NotImplementedError

    def call(self, arguments: tuple, time_limit: float, given: Given = NOTHING_GIVEN, visible: int = 0) -> Outcome:
        """Call the function: see :func:`matrix_checks.checks.calling.call`."""
        raise NotImplementedError


class RemoteFunction(NotebookFunction):
    """A function that lives in another process. Its calls give outcomes, never values that could act by themselves."""

    def shows(self, visible: int) -> bool:
        """Whether no hidden case was known to the process that answers: what it then says tells of none."""
        return visible > 0

    def __call__(self, *arguments: Any) -> NoReturn:
        raise TypeError("A remote function is only called through matrix_checks.checks.calling.call.")
