"""Pages of many students, made on all processors of the machine."""

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

# For fewer pages, starting processes takes longer than they save.
FEW = 16
_TURNS = 4  # pieces of work for each process, so that none waits long for the last one

# What a worker makes pages with. It is forked with it: nothing of the class is sent to it.
_kept: list[Callable[[int], Any]] = []


def written(write: Callable[[int], Path], count: int) -> list[Path]:
    """What ``write`` returns for each number below ``count``, in their order.

    Parameters
    ----------
    write
        Writes the page of one number. It may be called in another process, so that nothing but its page remains.
    count
        How many pages there are.
    """
    processors = _processors()
    if count < FEW or processors < 2:
        return [write(number) for number in range(count)]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processors, context, initializer=_keep, initargs=(write,)) as pool:
        return list(pool.map(_write_kept, range(count), chunksize=max(1, count // (_TURNS * processors))))


@contextlib.contextmanager
def beside(write: Callable[[], None], count: int) -> Iterator[None]:
    """While the block writes pages of ``count`` students, write others; what is wrong with these is raised at the end.

    Parameters
    ----------
    write
        Writes the others. It may be called in another process, so that nothing but its pages remains.
    count
        How many students there are.
    """
    if count < FEW or _processors() < 2:
        yield
        write()
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, context, initializer=_keep, initargs=(lambda _: write(),)) as pool:
        others = pool.submit(_write_kept, 0)
        yield
        others.result()


def _processors() -> int:
    """How many there are for processes that begin as copies of this one; one where the system knows no such processes."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _keep(write: Callable[[int], Any]) -> None:
    _kept[:] = [write]


def _write_kept(number: int) -> Any:
    return _kept[0](number)
