"""A student's process that is started again where a cell or a function has ended it."""

import contextlib
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from autograder.isolation.session import Ran, Session

# More than a notebook has checks; what the cells compute when they are run again counts, and bounds them, too.
MAXIMAL_RESTARTS = 30
# A cell that was stopped once is not waited for so long again.
SECONDS_AGAIN = 5.0

# Starts a process that has so many seconds of computing, and so many by the wall.
Start = Callable[[float, float], AbstractContextManager[Session]]


class Budget:
    """The time that remains for all processes of a notebook together.

    Parameters
    ----------
    seconds
        Of computing.
    wall
        By the wall, from now on.
    """

    def __init__(self, seconds: float, wall: float):
        self.seconds = seconds
        self._deadline = time.monotonic() + wall

    @property
    def wall(self) -> float:
        """Seconds that remain by the wall."""
        return self._deadline - time.monotonic()

    @property
    def is_spent(self) -> bool:
        """Whether nothing remains of one of the two."""
        return self.seconds <= 0 or self.wall <= 0


class Replay:
    """Runs cells in a process; where that has ended, in a new one, in which the cells so far are run again.

    The cell that ended a process is left out when they are run again.

    Parameters
    ----------
    start
        Starts a process.
    budget
        The time for it and for those that take its place.
    seconds_per_cell
        Of computing.
    """

    def __init__(self, start: Start, budget: Budget, seconds_per_cell: float):
        self._start, self._budget, self._seconds = start, budget, seconds_per_cell
        # Imports of the course's have no limit of their own.
        self._cells: list[tuple[str, float | None]] = []
        self._open = contextlib.ExitStack()
        self._session: Session | None = None
        self._restarts = 0
        self._forgetting = False

    def __enter__(self) -> "Replay":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def run(self, source: str, seconds: float | None = None) -> Ran:
        """Run a cell, for ``seconds`` of computing or as long as any cell may."""
        session = self.session()
        allowed = self._seconds if seconds is None else min(seconds, self._seconds)
        ran = session.run(source, allowed)
        if not session.ended:
            self._cells.append((source, min(allowed, SECONDS_AGAIN) if ran.stopped else allowed))
        return ran

    def bring_in(self, imports: str) -> None:
        """Run import statements of the course's own."""
        self.session().bring_in(imports, self._seconds)
        self._cells.append((imports, None))

    def forget(self) -> None:
        """End the process. In the one that takes its place, the cells so far are run, and nothing else that it was told is known."""
        if self._session is not None:
            self._session.ended = self._session.ended or "no answer in time"
            self._forgetting = True

    def session(self) -> Session:
        """The process in which all cells so far were run."""
        if self._session is None:
            return self._begin()
        if self._forgetting or self._session.ended and self._restarts < MAXIMAL_RESTARTS:
            self._end()
            if not self._budget.is_spent:
                # Checks, of which there are few, bound how often a process is to forget.
                self._restarts += not self._forgetting
                self._forgetting = False
                session = self._begin()
                for source, seconds in self._cells:
                    session.bring_in(source, self._seconds) if seconds is None else session.run(source, seconds)
                return session
        return self._session

    def _begin(self) -> Session:
        self._session = self._open.enter_context(self._start(max(self._budget.seconds, 0.0), max(self._budget.wall, 0.0)))
        return self._session

    def _end(self) -> None:
        if self._session is not None:
            self._budget.seconds -= self._session.seconds_used
        self._open.close()
