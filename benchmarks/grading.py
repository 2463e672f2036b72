"""How fast is grading? Run by ``make benchmark``; the results are printed as a table.

Measured in pairs in the same run, on copies of the course: our command, isolated and in parallel, against stock
``nbgrader autograde`` followed by ``nbgrader generate_feedback`` on the same submissions. The class is made of the sample
class's students who hand in notebooks that run.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.course.assignment import read_assignments
from autograder.isolation.sandbox import Sandbox

ROOT = Path(__file__).resolve().parent.parent
STUDENTS = ("perfect", "forgetful", "seed", "duplicated_cell", "deleted_test")
COURSE = ("assignments", "autograder", "examples", "release", "solutions", "source", "nbgrader_config.py", "requirements.txt")


def make_course(folder: Path, count: int) -> Path:
    """A copy of the course with ``count`` submissions, both assignments by turns."""
    for name in COURSE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, folder / name)
    assignments = read_assignments(ROOT)
    for number in range(count):
        assignment = assignments[number % len(assignments)]
        student = STUDENTS[number // 2 % len(STUDENTS)]
        origin = ROOT / "examples" / "submitted" / student / assignment.identifier
        shutil.copytree(origin, folder / "submitted" / f"student{number // 2:04}" / assignment.identifier)
    return folder


def ours(course: Path) -> float:
    """Seconds of our command, all in all."""
    return _time(course, [sys.executable, "-m", "autograder", "--root", str(course), "grade"], ROOT)


def stock(course: Path) -> float:
    """Seconds of stock nbgrader: its own kernel, one submission after the other."""
    with (course / "nbgrader_config.py").open("a") as file:
        file.write('\nc.IsolatedExecute.isolation = "kernel"\n')
    nbgrader = str(Path(sys.executable).parent / "nbgrader")
    seconds = 0.0
    for assignment in read_assignments(ROOT):
        _time(course, [nbgrader, "generate_assignment", assignment.identifier, "--force"], course)
        seconds += _time(course, [nbgrader, "autograde", assignment.identifier], course)
        seconds += _time(course, [nbgrader, "generate_feedback", assignment.identifier], course)
    return seconds


def _time(course: Path, command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)} failed in {course}:\n{result.stderr[-2000:]}")
    return time.perf_counter() - start


def measure(function, count: int) -> float:
    """Seconds of one way to grade ``count`` submissions, on a fresh course."""
    with tempfile.TemporaryDirectory() as scratch:
        return function(make_course(Path(scratch), count))


def start_up(repeats: int = 50) -> float:
    """Milliseconds from asking for a student's process to its being confined and ready; the median."""
    folders = {folder.name: folder for folder in (ROOT / "source").iterdir()}
    times = []
    with Sandbox(folders) as sandbox:
        for _ in range(repeats):
            start = time.perf_counter()
            with sandbox.session("layers"):
                times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--class-size", type=int, default=60, help="submissions in the comparison (default 60)")
    parser.add_argument("--growth", type=int, nargs="*", default=[10, 100], help="class sizes for the cost of one more")
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors\n")
    print(f"start-up of a student's process, isolated: {start_up():.1f} ms (median of 50)")
    print(f"one submission, from the command to the mark: {measure(ours, 1):.1f} s")
    count = options.class_size
    fast, slow = measure(ours, count), measure(stock, count)
    print(f"\n{count} submissions          seconds   each    ratio")
    print(f"stock nbgrader, kernel    {slow:>7.1f} {slow / count:>6.2f}    1")
    print(f"ours, isolated            {fast:>7.1f} {fast / count:>6.2f}    {slow / fast:.1f}")
    print("\nclass size   seconds   for each further submission")
    previous = (1, measure(ours, 1))
    for size in options.growth:
        seconds = measure(ours, size)
        print(f"{size:>10} {seconds:>9.1f}   {(seconds - previous[1]) / (size - previous[0]):.3f} s")
        previous = (size, seconds)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nlargest memory of one process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
