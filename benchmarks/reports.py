"""How long do the pages about a class take? Run by ``python -m benchmarks.reports``; the results are printed as a table.

The class is made of the sample class, which is graded first: every student is there many times under other names, each with
derivations of the collection that the tests read, so that hardly any two write the same.
"""

import argparse
import itertools
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from autograder.course.course import Course
from autograder.grading.classes import choose_class
from autograder.grading.run import grade
from autograder.grading.work import ReadWriteup
from autograder.reports.class_data import ClassData, StudentsWork, read_class
from autograder.reports.class_page import write_class_page
from autograder.reports.marking_page import write_marking_pages
from autograder.reports.sheet import write_sheets
from autograder.reports.site import Site
from benchmarks.grading import COURSE, ROOT
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import FILE, read_exercises

KINDS: dict[str, Callable[[Site, ClassData], object]] = {
    "sheets": write_sheets,
    "marking": write_marking_pages,
    "the class": write_class_page,
}


def graded_class(folder: Path) -> list[ClassData]:
    """The sample class, graded in a copy of the course."""
    for name in COURSE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, folder / name)
    which = choose_class(folder, lambda _: None)
    grade(folder, which, say=lambda _: None)
    course = Course(folder)
    with course.api(which.db_url).gradebook as gradebook:
        return [read_class(folder, gradebook, assignment) for assignment in course.assignments]


def enlarged(data: ClassData, size: int) -> ClassData:
    """A class of so many students, each with other derivations."""
    texts = {name: itertools.cycle(found) for name, found in _collection(data).items()}

    def student(number: int, one: StudentsWork) -> StudentsWork:
        name = f"student{number:04}"
        work = one.work and replace(one.work, student=name, writeups=tuple(map(other, one.work.writeups)))
        return replace(one, student=name, name=f"Student {number}", work=work)

    def other(writeup: ReadWriteup) -> ReadWriteup:
        if writeup.is_empty or writeup.writeup not in texts:
            return writeup
        text, report = next(texts[writeup.writeup])
        return replace(writeup, text=text, report=report)

    return replace(data, students=tuple(map(student, range(size), itertools.cycle(data.students))))


def _collection(data: ClassData) -> dict[str, list[tuple]]:
    exercises = read_exercises(data.root / "source" / data.assignment.identifier / FILE)
    found: dict[str, list[tuple]] = {}
    for name, text in _texts():
        if name in exercises:
            found.setdefault(name, []).append((text, read_writeup(text, exercises[name])))
    return found


def _texts() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "tests" / "derivations").glob("*.md")):
        for section in file.read_text(encoding="utf-8").split("\n## ")[1:]:
            yield file.stem.partition("-")[0], re.sub(r"(?m)^(verdicts|reason): .*$", "", section.partition("\n")[2]).strip()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--class-size", type=int, default=300, help="students (default 300)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        classes = [enlarged(data, options.class_size) for data in graded_class(folder)]
        print(f"pages for {options.class_size} students\n\n{'':<16} {'':<10} {'seconds':>8} {'pages':>6} {'largest, kB':>12}")
        total = 0.0
        for data, (kind, write) in itertools.product(classes, KINDS.items()):
            site = Site(folder / "reports" / kind)
            start = time.perf_counter()
            write(site, data)
            seconds = time.perf_counter() - start
            total += seconds
            sizes = [page.stat().st_size for page in (folder / "reports" / kind / data.assignment.identifier).rglob("*.html")]
            print(
                f"{data.assignment.identifier:<16} {kind:<10} {seconds:>8.1f} {len(sizes):>6} {max(sizes) / 1000:>12.0f}",
                flush=True,
            )
        print(f"{'both':<16} {'all':<10} {total:>8.1f}")


if __name__ == "__main__":
    main()
