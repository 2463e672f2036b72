"""A pool of workers: a task that goes wrong costs itself alone, and a worker keeps to its queue."""

import os
import signal
import time
from concurrent.futures import Executor, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path

import pytest

from autograder.grading import pool as pool_module
from autograder.grading.pool import Pool, WorkerDied


def started(queue: str) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("fork"))


@pytest.fixture
def pool():
    """A pool of two workers, each with a queue of its own; a task is a word, and its queue is the first letter."""
    with Pool(started, queue_of, timeout=60.0) as made:
        made.grow(["a", "b"])
        yield made


def queue_of(word: str, *others) -> str:
    return word[0]


def shout(word: str) -> str:
    return word.upper()


def process_of(word: str) -> int:
    time.sleep(0.05)
    return os.getpid()


def meet(word: str, folder: Path) -> bool:
    (folder / word).touch()
    while len(list(folder.iterdir())) < 2:
        time.sleep(0.01)
    return True


def die(word: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep_for_ever(word: str) -> None:
    time.sleep(1000)


def refuse(word: str) -> None:
    raise LookupError(word)


def test_it_is_an_executor_of_the_standard_library(pool):
    assert isinstance(pool, Executor)
    assert pool.submit(shout, "ada").result() == "ADA"
    assert list(pool.map(shout, ["bea", "cleo"])) == ["BEA", "CLEO"]


def test_what_a_task_raises_is_raised_by_its_future(pool):
    with pytest.raises(LookupError, match="ada"):
        pool.submit(refuse, "ada").result()
    assert pool.submit(shout, "ada").result() == "ADA"


def test_a_worker_that_dies_costs_its_task_alone(pool):
    dying, others = pool.submit(die, "a"), [pool.submit(shout, word) for word in ("a1", "b1", "a2", "b2")]
    with pytest.raises(WorkerDied) as error:
        dying.result()
    assert not error.value.late
    assert [future.result() for future in others] == ["A1", "B1", "A2", "B2"]


def test_where_no_worker_is_left_what_waits_is_cancelled_and_can_be_submitted_again():
    with Pool(started, queue_of, timeout=60.0) as alone:
        dying, waiting = alone.submit(die, "a"), alone.submit(shout, "ada")
        wait([dying, waiting])
        assert isinstance(dying.exception(), WorkerDied)
        assert waiting.cancelled()
        assert alone.submit(shout, "ada").result() == "ADA"


def test_a_task_that_takes_longer_than_its_timeout_is_ended_and_said_to_be_late(monkeypatch):
    monkeypatch.setattr(pool_module, "SECONDS_TO_LOOK", 0.05)
    with Pool(started, queue_of, timeout=0.5) as impatient:
        impatient.grow(["a", "b"])
        sleeping, other = impatient.submit(sleep_for_ever, "a"), impatient.submit(shout, "b")
        with pytest.raises(WorkerDied) as error:
            sleeping.result()
        assert error.value.late
        assert other.result() == "B"


def test_a_worker_keeps_to_its_queue_while_there_is_anything_in_it(pool):
    futures = {word: pool.submit(process_of, word) for word in ("a1", "b1", "a2", "b2", "a3", "b3")}
    processes = {queue: {futures[f"{queue}{number}"].result() for number in (1, 2)} for queue in "ab"}
    assert [len(each) for each in processes.values()] == [1, 1]
    assert processes["a"] != processes["b"]


def test_a_worker_whose_queue_is_empty_takes_from_the_other(pool, tmp_path):
    # Neither ends before the other has begun.
    assert all(future.result() for future in [pool.submit(meet, word, tmp_path) for word in ("a1", "a2")])


def test_shutdown_waits_for_what_was_submitted_or_cancels_it():
    pool = Pool(started, queue_of, timeout=60.0)
    futures = [pool.submit(process_of, "a") for _ in range(4)]
    pool.shutdown()
    assert all(future.result() for future in futures)
    pool = Pool(started, queue_of, timeout=60.0)
    futures = [pool.submit(process_of, "a") for _ in range(4)]
    pool.shutdown(cancel_futures=True)
    assert futures[-1].cancelled()
    with pytest.raises(RuntimeError):
        pool.submit(shout, "a")
