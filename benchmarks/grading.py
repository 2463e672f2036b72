"""How fast is grading? Run by ``make benchmark``; the results are printed as a table.

Measured in the same run, on copies of the course: our command, isolated and in parallel, which gives feedback too, before and
after stock ``nbgrader autograde`` (and ``nbgrader generate_feedback``) on the same submissions. All find the course built and
its assignments in the gradebook, as they are when a class hands in.

The class is made of the sample class's students who hand in notebooks that run. Everyone hands in other derivations, of the
collection that the tests read, so that hardly anything is gained by what was read before; with ``--shared-derivations`` most hand
in the course's own.
"""

import argparse
import contextlib
import itertools
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import psutil

from autograder.course.assignment import read_assignments
from autograder.sandbox.sandbox import Sandbox
from benchmarks.limit import bare_seconds
from benchmarks.parts import shares

# As on anybody's machine: what Python has compiled is kept.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ROOT = Path(__file__).resolve().parent.parent
NBGRADER = str(Path(sys.executable).parent / "nbgrader")
STUDENTS = ("perfect", "forgetful", "seed", "duplicated_cell", "deleted_test")
COURSE = (
    "assignments",
    "autograder",
    "matrix_checks",
    "examples",
    "release",
    "solutions",
    "source",
    "nbgrader_config.py",
    "requirements.txt",
)


def make_course(folder: Path, count: int, own_derivations: bool = False) -> Path:
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
    if own_derivations:
        _write_derivations(folder / "submitted")
    # As after the release of the assignments: nbgrader's gradebook knows them, and nobody's marks. No run is charged for that.
    for assignment in assignments:
        _time(folder, [NBGRADER, "generate_assignment", assignment.identifier, "--force"], folder)
    _time(folder, [sys.executable, "-m", "autograder", "--root", str(folder), "build"], ROOT)
    return folder


def _write_derivations(submitted: Path) -> None:
    """Put derivations of the tests' collection, two each, into the place of the course's own."""
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "tests" / "derivations").glob("*.md")):
        for section in file.read_text(encoding="utf-8").split("\n## ")[1:]:
            text = re.sub(r"(?m)^(verdicts|reason): .*$", "", section.partition("\n")[2])
            found.setdefault(file.stem.partition("-")[0], []).append(text.strip())
    by_turns = {name: itertools.cycle(texts) for name, texts in found.items()}
    for path in sorted(submitted.rglob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            texts = by_turns.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if texts is not None:
                cell.source = f"{next(texts)}\n\n{next(texts)}"
        nbformat.write(notebook, path)


def ours(course: Path) -> float:
    """Seconds of our command, all in all."""
    return _time(course, [sys.executable, "-m", "autograder", "--root", str(course), "grade"], ROOT)


def stock(course: Path) -> tuple[float, float]:
    """Seconds of stock nbgrader, its own kernel and one submission after the other: of grading, and of the feedback."""
    with (course / "nbgrader_config.py").open("a") as file:
        file.write('\nc.IsolatedExecute.isolation = "kernel"\n')
    seconds = [
        [_time(course, [NBGRADER, step, assignment.identifier], course) for assignment in read_assignments(ROOT)]
        for step in ("autograde", "generate_feedback")
    ]
    return sum(seconds[0]), sum(seconds[1])


def _time(course: Path, command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=ENVIRONMENT)
        watch = threading.Thread(target=_watch_memory, args=(process.pid,))
        if watching:
            watch.start()
        if process.wait():
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} failed in {course}:\n{said.read()[-2000:]}")
        seconds = time.perf_counter() - start
        if watching:
            watch.join()
    return seconds


most_memory = 0.0
# To look at the memory of a dozen processes takes time of its own, which would count for the faster command only.
watching = False


def _watch_memory(pid: int) -> None:
    """Note the most megabytes that a command and all its processes ever hold together, pages that they share counted once."""
    global most_memory
    with contextlib.suppress(psutil.NoSuchProcess):
        command = psutil.Process(pid)
        while command.is_running() and command.status() != psutil.STATUS_ZOMBIE:
            total = 0
            for process in [command, *command.children(recursive=True)]:
                with contextlib.suppress(psutil.Error):
                    total += process.memory_full_info().pss
            most_memory = max(most_memory, total / 2**20)
            time.sleep(1)


# A course with so many submissions, with derivations of everyone's own or not; and one way to grade it.
Fresh = Callable[[int, bool], Path]
Way = Callable[[Path], Any]


@contextlib.contextmanager
def made_courses() -> Iterator[Fresh]:
    """Gives a fresh course for each way to grade; each is made once, for nbgrader takes ten times as long for that as a copy does."""
    with tempfile.TemporaryDirectory() as scratch:
        made: dict[tuple[int, bool], Path] = {}
        numbers = itertools.count()

        def fresh(count: int, own_derivations: bool) -> Path:
            key = count, own_derivations
            if key not in made:
                made[key] = Path(scratch) / f"made{len(made)}"
                made[key].mkdir()
                make_course(made[key], count, own_derivations)
            return shutil.copytree(made[key], Path(scratch) / f"course{next(numbers)}")

        yield fresh


def measure(fresh: Fresh, way: Way, count: int, own_derivations: bool = False) -> Any:
    """What one way to grade ``count`` submissions takes, on a fresh course, which is removed behind it."""
    course = fresh(count, own_derivations)
    try:
        return way(course)
    finally:
        shutil.rmtree(course, ignore_errors=True)


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


def first_mark(course: Path) -> float:
    """Seconds from the command to the first mark that it says."""
    command = [sys.executable, "-u", "-m", "autograder", "--root", str(course), "grade"]
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        assert process.stdout is not None
        seconds = next(time.perf_counter() - start for line in process.stdout if line.startswith("["))
        for _ in process.stdout:
            pass
    return seconds


def compare(fresh: Fresh, count: int, of_stock: int, own_derivations: bool) -> None:
    """Ours, before and after stock nbgrader, and what the notebooks compute by themselves.

    Stock nbgrader takes the same time for each submission, one after the other, so a few of them do.
    """
    processors, few = len(os.sched_getaffinity(0)), min(of_stock, count)
    before = measure(fresh, ours, count, own_derivations)
    grading, feedback = (seconds * count / few for seconds in measure(fresh, stock, few, own_derivations))
    after = measure(fresh, ours, count, own_derivations)
    fast = (before + after) / 2
    print(f"\n{count} submissions                   seconds    each   times as long as ours")
    for what, seconds in (("autograde", grading), ("with feedback", grading + feedback)):
        measured = "" if few == count else f"   (measured with {few})"
        print(f"{f'stock nbgrader: {what}':<32}{seconds:>10.1f} {seconds / count:>7.2f}   {seconds / fast:.1f}{measured}")
    print(f"ours, isolated, with feedback   {fast:>10.1f} {fast / count:>7.2f}   (before {before:.1f}, after {after:.1f})")
    for drawn, words in ((True, "with every picture"), (False, "pictures named")):
        least = measure(fresh, partial(bare_seconds, drawn=drawn), count, own_derivations) / processors
        print(
            f"{f'bare cells, {words}':<32}{least:>10.1f} {least / count:>7.2f}   ours takes {fast / least:.2f} times as long",
            flush=True,
        )


def print_shares(fresh: Fresh, count: int, own_derivations: bool) -> None:
    """Where the time of a worker goes."""
    found = measure(fresh, shares, count, own_derivations)
    whole = sum(found.values())
    print("\nprocessor time of a submission, one worker alone")
    for part, seconds in sorted(found.items(), key=lambda each: -each[1]):
        print(f"{part:<44}{1000 * seconds:>6.0f} ms {100 * seconds / whole:>5.0f} %")
    print(f"{'together':<44}{1000 * whole:>6.0f} ms", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--class-size", type=int, default=30, help="submissions in the comparison (default 30)")
    parser.add_argument("--stock-size", type=int, default=10, help="of these, submissions that stock nbgrader grades (default 10)")
    parser.add_argument("--growth", type=int, nargs="*", default=[], help="class sizes for the cost of one more, and the memory")
    parser.add_argument("--shared-derivations", action="store_true", help="hand in the course's own derivations, the same for most")
    options = parser.parse_args()
    own = not options.shared_derivations
    print(f"{os.cpu_count()} processors\n")
    print(f"start-up of a student's process, isolated: {start_up():.1f} ms (median of 50)")
    with made_courses() as fresh:
        first = min(measure(fresh, first_mark, 2, own) for _ in range(2))
        print(f"from the command to the first mark: {first:.1f} s (best of 2)", flush=True)
        compare(fresh, options.class_size, options.stock_size, own)
        print_shares(fresh, options.class_size, own)
        if options.growth:
            print_growth(fresh, options.growth)


def print_growth(fresh: Fresh, sizes: list[int]) -> None:
    """What one more submission takes, and the memory of all processes together."""
    global most_memory, watching
    print("\nclass size   seconds   for each further submission   memory of all processes together")
    previous = (1, measure(fresh, ours, 1))
    for size in sizes:
        most_memory, watching = 0.0, True
        seconds = measure(fresh, ours, size)
        further = (seconds - previous[1]) / (size - previous[0])
        print(f"{size:>10} {seconds:>9.1f}   {further:>20.3f} s {most_memory:>26.0f} MB", flush=True)
        previous = (size, seconds)


if __name__ == "__main__":
    main()
