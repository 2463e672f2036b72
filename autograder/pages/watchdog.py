"""A bound on the processor time that a student's text may take, where nothing else would stop it.

Regular expressions are interrupted, too: Python's matcher looks for signals now and then.
"""

import contextlib
import signal
import threading
from collections.abc import Iterator

# In seconds of processor time, should the first be swallowed on its way out.
_AGAIN = 1.0


class TooMuchTime(BaseException):
    """The bound is reached. No `Exception`, so that ``except Exception`` lets it through."""


@contextlib.contextmanager
def bounded_time(seconds: float) -> Iterator[None]:
    """Raise `TooMuchTime` in the block once it has used `seconds` of processor time; 0 or less is too much at once.

    It does so where the platform can: with interval timers, in the main thread. Its signal is no other's here, so that it
    may stand inside a bound on the time of the clock, and outside of one. One such block inside another ends the outer's.
    """
    if seconds <= 0:
        raise TooMuchTime
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TooMuchTime

    previous = signal.signal(signal.SIGPROF, stop)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
