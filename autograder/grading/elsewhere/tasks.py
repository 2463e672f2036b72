"""What is submitted to a cluster of Dask's, and how it runs there."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from distributed import Future as TaskFuture
from distributed import get_worker

from autograder.grading.elsewhere.station import Parcel, UnfitMachine


@dataclass(eq=False)
class Task:
    """What was submitted, and where it is by now."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    future: Future
    sent: TaskFuture | None = None
    workers: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The submission that it grades."""
        return next((each.name for each in self.arguments if isinstance(each, Parcel)), "a task")


class UnfitWorker(RuntimeError):
    """A worker cannot grade for the course; the message says why."""

    def __init__(self, why: str, worker: str):
        super().__init__(why, worker)
        self.worker = worker

    def __str__(self) -> str:
        return str(self.args[0])


def run(function: Callable[..., Any], *arguments: Any) -> Any:
    """Run a task, on a worker; where the machine is not fit for it, say which one."""
    try:
        return function(*arguments)
    except UnfitMachine as error:
        raise UnfitWorker(str(error), get_worker().address) from None
