"""A class is graded on a cluster: the same marks as here, whichever machine fails."""

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from autograder.grading.classes import GradingError, choose_class
from autograder.grading.elsewhere.address import UnsafeAddress, require_safe
from autograder.grading.elsewhere.bundle import Damaged, difference, make_bundle, unpack, versions
from autograder.grading.elsewhere.cluster import ClusterExecutor
from autograder.grading.elsewhere.station import Parcel, close_stations
from autograder.grading.run import grade
from tests.conftest import ROOT, copy_course
from tests.test_speedups import marks_and_comments

# A worker that says it has another NumPy; Python runs this file first.
OTHER_NUMPY = """
import importlib.metadata as metadata
ours = metadata.version
metadata.version = lambda name: "1.0" if name == "numpy" else ours(name)
"""


class Cluster:
    """A scheduler and workers, each with folders of its own, that see nothing of the course but the installed package."""

    def __init__(self, folder: Path):
        self._folder, self._processes, self.workers = folder, [], []
        self.scheduler = self._start("scheduler", ["scheduler", "--host", "127.0.0.1", "--port", "0"])
        self.address = self._said("scheduler", "Scheduler at:").split()[-1]

    def add_worker(self, sitecustomize: str = "", programs: str = os.environ["PATH"]) -> None:
        name = f"worker{len(self.workers)}"
        if sitecustomize:
            (self._folder / f"{name}-first").mkdir()
            (self._folder / f"{name}-first" / "sitecustomize.py").write_text(sitecustomize)
        options = ["worker", self.address, "--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder / name / "local")]
        self.workers.append(self._start(name, options, programs))
        self._said(name, "Registered to:")

    def _start(self, name: str, options: list[str], programs: str = os.environ["PATH"]) -> subprocess.Popen:
        (self._folder / name / "tmp").mkdir(parents=True)
        path = os.pathsep.join([str(self._folder / f"{name}-first"), str(ROOT)])
        environment = {**os.environ, "TMPDIR": str(self._folder / name / "tmp"), "PYTHONPATH": path, "PATH": programs}
        with (self._folder / f"{name}.log").open("w") as log:
            command = [sys.executable, "-m", "dask", *options, "--no-dashboard"]
            process = subprocess.Popen(command, cwd=self._folder / name, env=environment, stdout=log, stderr=log)
        self._processes.append(process)
        return process

    def _said(self, name: str, what: str) -> str:
        """The line of a log; whoever does not come to it has ended."""
        process = self._processes[-1]
        while process.poll() is None:
            for line in (self._folder / f"{name}.log").read_text().splitlines():
                if what in line:
                    return line
            time.sleep(0.1)
        raise AssertionError((self._folder / f"{name}.log").read_text())

    def close(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    started = Cluster(tmp_path / "cluster")
    yield started
    started.close()


# Of one assignment: each process that grades sets the instructor's cells of each assignment once, which takes a second. And one more
# than two machines grade at a time: the one that is killed has something to do.
STUDENTS = ("seed", "perfect", "untouched")


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> dict:
    """The marks and comments of the students who were graded on this machine."""
    course = with_students(tmp_path_factory.mktemp("here"))
    grade(course, choose_class(course), say=lambda line: None)
    return marks_and_comments(course)


def with_students(folder: Path, count: int = len(STUDENTS)) -> Path:
    course = copy_course(folder / "course")
    for student in STUDENTS[:count]:
        shutil.copytree(course / "examples" / "submitted" / student / "layers", course / "submitted" / student / "layers")
    return course


def of_students(marks: dict, count: int) -> dict:
    return {place: each for place, each in marks.items() if place[0] in STUDENTS[:count]}


@pytest.fixture(scope="module")
def without_sandbox(tmp_path_factory):
    """A cluster whose only worker has no sandbox, and what was said by a run that nobody graded for."""
    folder = tmp_path_factory.mktemp("without_sandbox")
    course = with_students(folder, 1)
    started = Cluster(folder / "cluster")
    said: list[str] = []
    try:
        started.add_worker(programs=str(folder))
        # So long another one is waited for.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("autograder.grading.elsewhere.cluster.SECONDS_WITHOUT_WORKERS", 2.0)
            executor = ClusterExecutor(started.address, said.append)
            try:
                with pytest.raises(GradingError):
                    grade(course, choose_class(course), executor=executor, say=said.append)
            finally:
                executor.shutdown()
        yield started, said
    finally:
        started.close()


def test_workers_that_are_killed_of_another_version_without_a_sandbox_or_with_an_older_bundle_change_no_mark(
    without_sandbox, tmp_path, here
):
    course = with_students(tmp_path)
    cluster, _ = without_sandbox
    for first in ("", "", OTHER_NUMPY):
        cluster.add_worker(first)
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if line.startswith("[1/3]"):
            cluster.workers[1].send_signal(signal.SIGKILL)

    executor = ClusterExecutor(cluster.address, say)
    try:
        # Of a course that has changed since: its files are there on every worker.
        grade_nothing_with_an_older_bundle(executor, course)
        grade(course, choose_class(course), executor=executor, say=say)
        # It is looked for every second, whether the run has ended or not.
        for _ in range(600):
            if any("is gone" in line for line in said):
                break
            time.sleep(0.1)
    finally:
        executor.shutdown()
    assert marks_and_comments(course) == here
    assert sum("grades, 1 at a time" in line for line in said) == 3
    assert any("is not used: it has numpy 1.0" in line for line in said)
    assert any("is gone" in line for line in said)
    assert not any("NOT GRADED" in line for line in said)
    assert (course / "feedback" / "seed" / "layers").is_dir() and (course / "history" / "seed" / "layers").is_dir()


def grade_nothing_with_an_older_bundle(executor: ClusterExecutor, course: Path) -> None:
    older = make_bundle(course, b"an older gradebook")
    tasks = [executor.submit(_unpack_there, executor.share(older.data), older.digest) for _ in range(2)]
    assert all(task.result() for task in tasks)


def _unpack_there(data: bytes, digest: str) -> bool:
    from autograder.grading.elsewhere import station

    with station._station(data, digest):
        return digest in station._stations


def test_a_worker_without_a_sandbox_is_named_and_where_it_is_the_only_one_nothing_is_graded(without_sandbox):
    """Beside others it may get no submission before all are graded, and then nobody hears of it."""
    _, said = without_sandbox
    sentence = "is not used: its grading process does not start: bubblewrap is not installed"
    assert any(sentence in line for line in said), "\n".join(said)


def test_a_scheduler_that_is_lost_ends_the_run_with_one_sentence_and_what_was_graded_is_kept(cluster, tmp_path, here, monkeypatch):
    course = with_students(tmp_path, 2)
    # So long the client tries to find it again.
    monkeypatch.setattr("autograder.grading.elsewhere.cluster.SECONDS_TO_CONNECT", 3.0)
    cluster.add_worker()
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if line.startswith("[1/2]"):
            cluster.scheduler.send_signal(signal.SIGKILL)

    executor = ClusterExecutor(cluster.address, say)
    try:
        with pytest.raises(GradingError, match=r"does not answer any more.* recorded: run the command again for the rest"):
            grade(course, choose_class(course), executor=executor, say=say)
    finally:
        executor.shutdown()
    graded = marks_and_comments(course)
    assert graded and all(here[place] == marks for place, marks in graded.items() if marks[0] is not None)
    # The run that follows does the rest, here.
    said.clear()
    grade(course, choose_class(course), say=said.append)
    assert any("unchanged" in line for line in said)
    assert marks_and_comments(course) == of_students(here, 2)


def test_any_executor_will_do(tmp_path, here):
    course = with_students(tmp_path, 1)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        grade(course, choose_class(course), executor=executor, workers=1, say=lambda line: None)
        executor.submit(close_stations).result()
    assert marks_and_comments(course) == of_students(here, 1)


@pytest.mark.parametrize(
    "address", ["tls://grading.example.org:8786", "tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786"]
)
def test_an_address_that_others_cannot_reach_is_used(address):
    require_safe(address)


@pytest.mark.parametrize(
    "address",
    [
        "tcp://10.0.0.3:8786",
        "tcp://grading.example.org:8786",
        "tcp://0.0.0.0:8786",
        "tcp://localhost.example.org:8786",
        "ws://127.0.0.1:8786",
        "inproc://127.0.0.1:8786",
        "tls://grading.example.org",
        "tls://:8786",
        "grading.example.org:8786",
        "tls://host:port",
        "",
    ],
)
def test_an_address_that_is_open_or_none_is_refused_in_one_sentence(address):
    with pytest.raises(UnsafeAddress) as error:
        require_safe(address)
    assert "\n" not in str(error.value)


def test_what_was_changed_on_the_way_is_not_used(tmp_path):
    bundle = make_bundle(ROOT, b"gradebook")
    with pytest.raises(Damaged):
        unpack(bundle.data[:-1] + b"x", bundle.digest, tmp_path)
    unpack(bundle.data, bundle.digest, tmp_path)
    assert (tmp_path / "source" / "layers").is_dir() and not (tmp_path / "assignments" / "layers" / "mutants").exists()
    with pytest.raises(Damaged, match="ada/layers"):
        Parcel("ada/layers", b"a submission", "another digest").checked()


def test_the_same_files_make_the_same_bundle(tmp_path):
    (tmp_path / "source" / "layers").mkdir(parents=True)
    for name in ("nbgrader_config.py", "source/layers/data.txt"):
        (tmp_path / name).write_text(name)
    bundle = make_bundle(tmp_path, b"gradebook")
    assert bundle == make_bundle(tmp_path, b"gradebook") != make_bundle(tmp_path, b"another")
    (tmp_path / "source" / "layers" / "data.txt").write_text("other")
    assert make_bundle(tmp_path, b"gradebook") != bundle


def test_a_machine_grades_only_with_what_this_one_has():
    ours = versions()
    assert not difference(ours, ours)
    assert difference({**ours, "numpy": "1.0"}, ours) == f"it has numpy 1.0, and {ours['numpy']} is needed here"
    assert difference({**ours, "the course's package": "another"}, ours) == "it has another version of the course's package"
    assert "none" not in ours.values() and "has no" in difference({**ours, "nbgrader": "none"}, ours)
