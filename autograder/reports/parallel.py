"""Pages of many students, made on all processors of the machine."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

# For fewer pages, starting processes takes longer than they save.
FEW = 16
_TURNS = 4  # pieces of work for each process, so that none waits long for the last one

# What a worker makes pages with. It is forked with it: nothing of the class is sent to it.
_kept: list[Callable[[int], Path]] = []


def written(write: Callable[[int], Path], count: int) -> list[Path]:
    """What ``write`` returns for each number below ``count``, in their order.

    Parameters
    ----------
    write
        Writes the page of one number. It may be called in another process, so that nothing but its page remains.
    count
        How many pages there are.
    """
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if count < FEW or processors < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [write(number) for number in range(count)]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processors, context, initializer=_keep, initargs=(write,)) as pool:
        return list(pool.map(_write_kept, range(count), chunksize=max(1, count // (_TURNS * processors))))


def _keep(write: Callable[[int], Path]) -> None:
    _kept[:] = [write]


def _write_kept(number: int) -> Path:
    return _kept[0](number)
