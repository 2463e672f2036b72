"""The account and the machine that a course is graded on: limits of its own, a Python in an unusual place, runs that were killed."""

import contextlib
import os
import resource
import subprocess
import sys

from autograder.isolation.folders import LOCK, HeldFolder, remove_left_behind
from tests.conftest import ROOT

ONE_SUBMISSION = (
    "import sys, pathlib\nfrom autograder.isolation.sandbox import Sandbox\n"
    "folder = pathlib.Path(sys.argv[1])\nwith Sandbox({'layers': folder}) as sandbox, sandbox.session('layers') as session:\n"
    "    print(session.run_cell('import numpy as np\\nprint(\"graded\", np.ones(2).sum())', 20.0)[0]['text'])"
)


START = (
    "import sys, pathlib, types\nfrom autograder.course.course import Course\nfrom autograder.grading.worker import Plan, start_worker\n"
    "parent = types.SimpleNamespace(copy=lambda processor: None)\nroot, scratch = map(pathlib.Path, sys.argv[1:])\n"
    "start_worker(Plan(Course(root), scratch, scratch / 'gradebook.db', parent))\nprint('started')"
)


def run(command, **options):
    """What a process of its own says, at both outputs."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, **options)
    return done.stdout + done.stderr


def less_memory():
    """A hard limit below those that the course sets itself."""
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


def test_an_account_with_a_hard_limit_of_memory_keeps_its_own(tmp_path):
    assert "graded 2.0" in run([sys.executable, "-c", ONE_SUBMISSION, str(tmp_path)], preexec_fn=less_memory)


def test_a_worker_of_an_account_with_a_hard_limit_of_memory_starts(tmp_path):
    assert "started" in run([sys.executable, "-c", START, str(ROOT), str(tmp_path)], preexec_fn=less_memory)


def test_a_python_started_by_a_path_with_dots_works(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "python").symlink_to(sys.prefix)
    (tmp_path / "layers").mkdir()
    executable = os.path.join("..", "python", "bin", os.path.basename(sys.executable))
    assert "graded 2.0" in run([executable, "-c", ONE_SUBMISSION, str(tmp_path / "layers")], cwd=tmp_path / "elsewhere")


STAY = (
    "import sys, pathlib, time\nfrom autograder.course.course import Course\nfrom autograder.grading.class_pool import ClassPool\nfrom autograder.isolation.warm import WarmParent\n"
    "parent, pool = WarmParent(), ClassPool(Course(pathlib.Path(sys.argv[1])), 1)\nprint('ready', flush=True)\ntime.sleep(1000)"
)


@contextlib.contextmanager
def a_run_that_stays(temporary):
    """A process with the folders of a run, in a temporary folder of its own; killed at the end."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    with subprocess.Popen([sys.executable, "-c", STAY, str(ROOT)], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        try:
            yield
        finally:
            process.kill()


def names(temporary) -> list[str]:
    """The first words of the names of its folders."""
    return sorted(path.name.partition("-")[0] for path in temporary.iterdir() if path.is_dir())


def test_folders_of_a_killed_run_are_removed_at_the_next_and_those_of_a_living_one_are_not(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "sandbox-of-another-program").mkdir()
    with a_run_that_stays(tmp_path):
        remove_left_behind()
        assert names(tmp_path) == ["grading", "sandbox", "sandbox"]
    assert names(tmp_path) == ["grading", "sandbox", "sandbox"]
    with a_run_that_stays(tmp_path):
        assert names(tmp_path) == ["grading", "sandbox", "sandbox"]
    held = HeldFolder("grading-")
    assert names(tmp_path) == ["grading", "sandbox"]
    held.cleanup()
    assert names(tmp_path) == ["sandbox"]


def test_nothing_is_removed_through_a_link(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / LOCK).touch()
    (tmp_path / "temporary" / "sandbox-link").symlink_to(tmp_path / "precious")
    remove_left_behind()
    assert (tmp_path / "precious" / LOCK).exists()
