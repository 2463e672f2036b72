"""How long the trusted process waits for a student's: seconds of the processor, which no load of the machine changes.

By the wall a process is given longer, for it may sleep; for how long it waited for its turn on a busy machine is not counted.
"""

import contextlib
import os
import signal
import time
from typing import Protocol

from matrix_checks.checks.calling import GENEROUS

# So short a wait would only be repeated at once.
SHORTEST_WAIT = 0.01
PROCESSOR_TIME = 2
# Seconds for which what a process waited is not asked again where it need not be exact.
FRESH = 0.1


class Limit(Protocol):
    """Says how long to wait."""

    def left(self) -> float:
        """Seconds to wait before this is asked again; nothing or less when the time is up."""


class WallLimit:
    """So many seconds from now, by the wall."""

    def __init__(self, seconds: float):
        self._deadline = time.monotonic() + seconds

    def left(self) -> float:
        """As :meth:`Limit.left`."""
        return self._deadline - time.monotonic()


class StudentProcess:
    """A student's process, as the system knows it: the time that it has computed, and its signals.

    Parameters
    ----------
    descriptor
        Of the process, as ``pidfd_open`` gives it; closed with :meth:`close`.
    """

    def __init__(self, descriptor: int):
        self._descriptor = descriptor
        with open(f"/proc/self/fdinfo/{descriptor}") as file:
            number = next(int(line.split()[1]) for line in file if line.startswith("Pid:"))
        # The clock of a process with all its threads: clock_getcpuclockid(3), as the C library computes it.
        self._clock = (~number << 3) | PROCESSOR_TIME
        self._schedule = f"/proc/{number}/schedstat"
        self._seconds = self._waited = 0.0
        self._looked = -FRESH

    def seconds(self) -> float:
        """Seconds that the process has computed, in all its threads; of one that has ended, those that were known last."""
        with contextlib.suppress(OSError):
            self._seconds = time.clock_gettime(self._clock)
        return self._seconds

    def waited(self) -> float:
        """Seconds for which its main thread was ready to run, and other work of the machine ran; 0 where the system does not tell."""
        # Nanoseconds of running, nanoseconds of waiting, turns: Documentation/scheduler/sched-stats.rst of the Linux sources.
        with contextlib.suppress(OSError, ValueError, IndexError), open(self._schedule) as file:
            self._waited = int(file.read().split()[1]) / 1e9
        return self._waited

    def waited_so_far(self) -> float:
        """As :meth:`waited`, perhaps of a moment ago: most calls take less time than to ask the system does."""
        now = time.monotonic()
        if now - self._looked >= FRESH:
            self._looked = now
            self.waited()
        return self._waited

    def interrupt(self) -> None:
        """Interrupt the cell that it runs, as a person would from the keyboard."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self._descriptor, signal.SIGINT)

    def end(self) -> None:
        """End it."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)

    def close(self) -> None:
        """Forget it."""
        os.close(self._descriptor)


class ProcessorLimit:
    """So many seconds of computing of a process from now, and at most so many by the wall.

    Parameters
    ----------
    process
        Whose time is counted; ``None`` where it is not known, so that only the wall counts.
    seconds
        Of computing.
    wall
        By the wall, waiting for a busy machine aside; a generous multiple if not given. With the waiting it is never more than a
        generous multiple of itself.
    """

    def __init__(self, process: StudentProcess | None, seconds: float, wall: float | None = None):
        self._process, self._end = process, seconds + (process.seconds() if process else 0.0)
        # What it waited in the moment before counts as waited in this one: it is given so much more.
        self._waited = process.waited_so_far() if process else 0.0
        wall = seconds * GENEROUS if wall is None else wall
        self._wall, self._longest = WallLimit(wall), WallLimit(wall * GENEROUS)

    def left(self) -> float:
        """As :meth:`Limit.left`: that much computing takes at least as long by the wall, on one processor."""
        wall = self._wall.left()
        if self._process is None:
            return wall
        if wall <= 0:
            wall = min(wall + self._process.waited() - self._waited, self._longest.left())
        if wall <= 0:
            return wall
        computing = self._end - self._process.seconds()
        return min(wall, max(computing, SHORTEST_WAIT)) if computing > 0 else 0.0
