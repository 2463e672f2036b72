"""All reports of a class: what ``make reports`` does, and ``make grade`` in the end."""

from collections.abc import Callable
from pathlib import Path

from nbgrader.apps import NbGraderAPI

from autograder.course.course import Course
from autograder.grading.classes import ClassFolder, GradingError, require_gradebook_of
from autograder.grading.gradebooks import has_submissions
from autograder.reports.class_data import ClassData, read_class
from autograder.reports.class_page import write_class_page, write_index
from autograder.reports.marking_page import write_marking_pages
from autograder.reports.pairs import alike_students
from autograder.reports.parallel import beside
from autograder.reports.sheet import write_sheets
from autograder.reports.site import Site

FOLDER = "reports"


def write_reports(course: Course, api: NbGraderAPI, say: Callable[[str], None]) -> Path:
    """Write the pages of every assignment that was handed in, from what grading kept and from the gradebook.

    Returns
    -------
    Path
        The folder.
    """
    folder = course.root / FOLDER
    site = Site(folder)
    site.write_assets()
    everything: list[ClassData] = []
    for assignment in course.assignments:
        with api.gradebook as gradebook:
            data = read_class(course.root, gradebook, assignment)
        if data.students:
            everything.append(data)
    _write(site, everything)
    write_index(site, everything)
    say(f"For reviewers: open {FOLDER}/index.html, with a sheet for each student and a page for each derivation to mark.")
    return folder


def reports_of(root: Path, which: ClassFolder, say: Callable[[str], None]) -> None:
    """Write the reports of a class that was graded. Raises ``GradingError`` where none was."""
    course = Course(root)
    require_gradebook_of(which)
    if not has_submissions(course, which.db_url):
        raise GradingError("Nothing is graded yet: run make grade first.")
    write_reports(course, course.api(which.db_url), say)


def _write(site: Site, everything: list[ClassData]) -> None:
    """Every kind of page has its own module; each is given the site and a class."""
    classes = [(data, alike_students(data)) for data in everything]

    def write_class_pages() -> None:
        for data, pairs in classes:
            write_class_page(site, data, pairs)

    # Their charts take as long as the sheets of many students.
    with beside(write_class_pages, max((len(data.students) for data in everything), default=0)):
        for data, pairs in classes:
            write_sheets(site, data, pairs)
            write_marking_pages(site, data)
