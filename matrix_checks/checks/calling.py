"""Calling a student's function and noting everything that a verdict may need.

A call never raises, never prints, and never lasts longer than its limit where the platform can interrupt it.
"""

import contextlib
import io
import linecache
import signal
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from matrix_checks.checks.functions import NOTHING_GIVEN, Failure, Given, NotebookFunction, Outcome
from matrix_checks.checks.shape_errors import shapes_in_words

MAXIMAL_PRINT = 2_000
# In bytes.
LARGE = 100_000
# By the wall, a function that sleeps may take so many times as long as one that computes.
GENEROUS = 12.0


class TooLong(BaseException):
    """Raised inside a call that has used up its time. No ``Exception``, so that ``except Exception`` lets it through."""


class LocalFunction(NotebookFunction):
    """A function of a notebook that runs in this process.

    Parameters
    ----------
    name
        Of the function.
    namespace
        The names of the notebook.
    """

    def __init__(self, name: str, namespace: dict[str, Any]):
        self._name, self._namespace = name, namespace

    def shows(self, visible: int) -> bool:
        """Always: a notebook shows its own."""
        return True

    def call(self, arguments: tuple, time_limit: float, given: Given = NOTHING_GIVEN, visible: int = 0) -> Outcome:
        """As :func:`call`."""
        function = self._namespace[self._name]
        with given.put_into(self._namespace):
            return call(function, arguments, time_limit)


def call(
    function: Callable | NotebookFunction,
    arguments: tuple,
    time_limit: float,
    given: Given = NOTHING_GIVEN,
    visible: int = 0,
    *,
    processor_time: bool = False,
) -> Outcome:
    """Call ``function(*arguments)`` on copies of the arguments.

    Parameters
    ----------
    function
        The student's function. Only one of a notebook can be given others.
    arguments
        Arrays, numbers, strings, and dictionaries, lists or tuples of these. Strided views stay strided views.
    time_limit
        Seconds. Kept where the platform has interval timers and this is the main thread.
    given
        Right functions in the place of others of the notebook.
    visible
        The number of the visible case: see :meth:`NotebookFunction.shows`.
    processor_time
        Whether they are seconds of computing, which no other work of the machine makes longer.

    Returns
    -------
    Outcome
    """
    if isinstance(function, NotebookFunction):
        return function.call(arguments, time_limit, given, visible)
    copies = tuple(copy_argument(argument) for argument in arguments)
    before = [None if _is_large(argument) else _fingerprint(argument) for argument in copies]
    code = getattr(function, "__code__", None)
    outcome = Outcome(parameters=code.co_varnames[: code.co_argcount] if code else ())
    output = io.StringIO()
    with (
        warnings.catch_warnings(record=True) as caught,
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(output),
    ):
        warnings.simplefilter("always")
        try:
            # As with the warnings: a cell that made NumPy strict, to look for a mistake, was not meant for hidden cases.
            with _usual_errors(), stop_after(time_limit, processor_time):
                outcome.value = function(*copies)
        except TooLong:
            outcome.too_long = True
        except (Exception, SystemExit) as error:
            outcome.failure = _failure(error)
    outcome.printed = output.getvalue()[:MAXIMAL_PRINT]
    outcome.warned = list(dict.fromkeys(str(each.message) for each in caught))
    outcome.changed = tuple(i for i, argument in enumerate(copies) if _is_changed(argument, before[i], arguments[i]))
    outcome.shared = tuple(i for i, argument in enumerate(copies) if _share_memory(outcome.value, argument))
    return outcome


def _usual_errors() -> np.errstate:
    """What NumPy does by itself with numbers out of bounds."""
    return np.errstate(divide="warn", over="warn", under="ignore", invalid="warn")


def copy_argument(argument: Any) -> Any:
    """A deep copy of an argument in which arrays keep their strides, so that a view is handed over as a view."""
    if isinstance(argument, np.ndarray):
        if argument.flags.c_contiguous or argument.flags.f_contiguous:
            return argument.copy(order="K")
        every_other = np.empty(tuple(2 * n for n in argument.shape), dtype=argument.dtype)
        view = every_other[tuple(slice(None, None, 2) for _ in argument.shape)]
        view[...] = argument
        return view
    if isinstance(argument, dict):
        return {key: copy_argument(value) for key, value in argument.items()}
    if isinstance(argument, (list, tuple)):
        return type(argument)(copy_argument(value) for value in argument)
    return argument


def _is_large(argument: Any) -> bool:
    """Whether it is an array that had better be compared than copied once more."""
    return (
        isinstance(argument, np.ndarray)
        and argument.nbytes >= LARGE
        and argument.flags.c_contiguous
        and not argument.dtype.hasobject
    )


def _fingerprint(argument: Any) -> Any:
    if isinstance(argument, np.ndarray):
        return argument.dtype.str, argument.shape, argument.tobytes()
    if isinstance(argument, dict):
        return tuple((key, _fingerprint(value)) for key, value in argument.items())
    if isinstance(argument, (list, tuple)):
        return tuple(_fingerprint(value) for value in argument)
    return repr(argument)


def _is_changed(given: Any, before: Any, argument: Any) -> bool:
    """Whether a function changed what it was given, by its fingerprint ``before`` the call, or by what it is a copy of."""
    if before is not None:
        return _fingerprint(given) != before
    if given.dtype != argument.dtype or given.shape != argument.shape or not given.flags.c_contiguous:
        return True
    return not np.array_equal(given.reshape(-1).view(np.uint8), argument.reshape(-1).view(np.uint8))


def _share_memory(result: Any, argument: Any) -> bool:
    results, arguments = list(_arrays(result)), list(_arrays(argument))
    return any(np.may_share_memory(one, other) and _overlap(one, other) for one in results for other in arguments)


def _overlap(one: np.ndarray, other: np.ndarray) -> bool:
    try:
        return np.shares_memory(one, other, max_work=10_000)  # type: ignore[arg-type]  # NumPy takes any number here; its stubs do not
    except np.exceptions.TooHardError:
        return True


def _arrays(value: Any) -> Iterator[np.ndarray]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _arrays(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _arrays(each)


def _failure(error: BaseException) -> Failure:
    try:
        message = str(error)
    except Exception:
        message = ""
    # What NumPy raises for want of memory is a private class, and a MemoryError.
    kind = next(each for each in type(error).__mro__ if not each.__name__.startswith("_"))
    unwritten = isinstance(error, NotImplementedError)
    try:
        shapes = shapes_in_words(error)
    except Exception:
        # The words are a help; where they fail, NumPy's own stay.
        shapes = ""
    return Failure(kind.__name__, kind.__module__, message, _failing_line(error), innermost_function(error), unwritten, shapes)


def _failing_line(error: BaseException) -> str:
    """The innermost line that the student wrote: the last frame of a notebook cell, or of any file if there is none."""
    frames = traceback.extract_tb(error.__traceback__)[1:]
    if not frames:
        return ""
    own = [frame for frame in frames if "ipykernel_" in frame.filename or frame.filename.startswith("<")] or frames
    last = own[-1]
    text = (last.line or linecache.getline(last.filename, last.lineno or 0)).strip()
    return f"line {last.lineno}: {text}" if text else f"line {last.lineno}"


@contextlib.contextmanager
def stop_after(seconds: float, processor_time: bool = False) -> Iterator[None]:
    """Raise :class:`TooLong` inside the block once ``seconds`` have passed, where the platform can.

    With ``processor_time`` they are seconds of computing, in all threads; a block that only sleeps has a generous multiple by
    the wall.
    """
    can_interrupt = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not can_interrupt:
        yield
        return

    def stop(*_: object) -> None:
        raise TooLong

    timers = [(signal.SIGALRM, signal.ITIMER_REAL, seconds * GENEROUS if processor_time else seconds)]
    if processor_time:
        timers.append((signal.SIGPROF, signal.ITIMER_PROF, seconds))
    previous = [signal.signal(number, stop) for number, _, _ in timers]
    # A timer fires again and again: a bare `except:` in the student's loop swallows only the first.
    for _, timer, limit in timers:
        signal.setitimer(timer, limit, 0.1)
    try:
        yield
    finally:
        for (number, timer, _), handler in zip(timers, previous):
            signal.setitimer(timer, 0)
            signal.signal(number, handler)


def innermost_function(error: BaseException) -> str:
    """Name of the function in which an exception was raised, or an empty string."""
    name, step = "", error.__traceback__
    while step is not None:
        name, step = step.tb_frame.f_code.co_name, step.tb_next
    return "" if name == "<module>" else name
