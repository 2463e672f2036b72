"""The account and the machine that a course is graded on: limits of its own, a Python in an unusual place, runs that were killed."""

import os
import resource
import subprocess
import sys

from tests.conftest import ROOT

ONE_SUBMISSION = (
    "import sys, pathlib\nfrom autograder.isolation.sandbox import Sandbox\n"
    "folder = pathlib.Path(sys.argv[1])\nwith Sandbox({'layers': folder}) as sandbox, sandbox.session('layers') as session:\n"
    "    print(session.run_cell('import numpy as np\\nprint(\"graded\", np.ones(2).sum())', 20.0)[0]['text'])"
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


def test_a_worker_of_an_account_with_a_hard_limit_of_memory_starts():
    start = "from autograder.grading.worker import start_worker\nstart_worker(object(), None)\nprint('started')"
    assert "started" in run([sys.executable, "-c", start], preexec_fn=less_memory)


def test_a_python_started_by_a_path_with_dots_works(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "python").symlink_to(sys.prefix)
    (tmp_path / "layers").mkdir()
    executable = os.path.join("..", "python", "bin", os.path.basename(sys.executable))
    assert "graded 2.0" in run([executable, "-c", ONE_SUBMISSION, str(tmp_path / "layers")], cwd=tmp_path / "elsewhere")
