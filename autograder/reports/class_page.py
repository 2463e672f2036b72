"""A class at a glance: who is next, what waits, how the class did, and what is alike; and the page that leads to each assignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from autograder.course.assignment import Assignment
from autograder.course.titles import writeup_titles
from autograder.grading.work import CheckedFunction, ReadWriteup, Work
from autograder.reports.charts import bins_of, funnels, heat_map, histogram
from autograder.reports.class_data import ClassData, StudentsWork
from autograder.reports.pairs import AlikeStudents, alike_students
from autograder.reports.site import Site
from autograder.reports.statistics import STAGES, funnel_of, share_of, summaries_of_checks

DEFENCE = "defence"
# What a row of the table may wait for.
DERIVATIONS, ORAL, UNGRADED = "derivations", "oral", "ungraded"
_NO_RECORD = "graded before records were kept: run make grade again"
# Submissions that took longest.
MOST_SLOW = 5


@dataclass(frozen=True)
class Row:
    """A student in the table.

    Attributes
    ----------
    student, name, sheet
        The id, the name, and the address of the sheet.
    code, suggested, given, total
        Points; ``None`` where there are none yet.
    late
        By how much, in words; empty where it was not.
    late_seconds
        The same, to sort by.
    open_writeups
        The write-ups that wait for a person.
    waits
        The words by which the table is filtered.
    why
        Why it was not graded; empty where it was.
    """

    student: str
    name: str
    sheet: str
    code: float
    suggested: float | None
    given: float | None
    total: float
    late: str
    late_seconds: float
    open_writeups: tuple[str, ...]
    waits: tuple[str, ...]
    why: str = ""


def write_class_page(site: Site, data: ClassData, pairs: Sequence[AlikeStudents] | None = None) -> Path:
    """Write the page of a class, and those of its pairs, which are found here where they are not given."""
    assignment = data.assignment
    rows = [row_of(student, assignment) for student in data.students]
    order = sorted(rows, key=lambda row: (-row.total, row.student))
    pairs = alike_students(data) if pairs is None else pairs
    names = {row.student: row for row in rows}
    _write_pairs(site, data, pairs, names)
    titles = titles_of(assignment)
    return site.write_page(
        f"{assignment.identifier}/index.html",
        "class.html.j2",
        script="class.js",
        assignment=assignment,
        titles=titles,
        rows=rows,
        next_ones=[row for row in rows if ORAL in row.waits and not row.why][:3],
        no_oral=[row for row in rows if ORAL in row.waits],
        ungraded=[row for row in rows if row.why],
        waiting=_waiting(assignment, rows),
        most=sum(assignment.points.values()),
        pairs=[(number, names[pair.first], names[pair.second], pair) for number, pair in enumerate(pairs, 1)],
        run=_run(data, names),
        **_distribution(order, assignment),
        **_of_checks(data, order),
        **_of_writeups(data, titles),
    )


def write_index(site: Site, all_data: Sequence[ClassData]) -> Path:
    """Write the page that leads to the page of each assignment."""
    entries = []
    for data in all_data:
        rows = [row_of(student, data.assignment) for student in data.students]
        entries.append(
            {
                "address": f"{quote(data.assignment.identifier, safe='')}/index.html",
                "title": data.assignment.title,
                "due": data.assignment.due[:10],
                "students": len(rows),
                "waiting": sum(len(row.open_writeups) for row in rows),
                "ungraded": sum(bool(row.why) for row in rows),
                "no_oral": sum(ORAL in row.waits for row in rows),
                "median": median(row.total for row in rows) if rows else None,
                "most": sum(data.assignment.points.values()),
            }
        )
    return site.write_page("index.html", "index.html.j2", entries=entries)


def row_of(student: StudentsWork, assignment: Assignment) -> Row:
    """The row of a student."""
    work = student.work or Work(student.student, assignment.identifier, False, (_NO_RECORD,))
    cells = [cell for exercise in assignment.exercises for cell in exercise.cells]
    writeups = [cell for cell in cells if is_writeup(cell)]
    suggested = [points for each in work.writeups if (points := each.suggested) is not None]
    given = [points for cell in writeups if (points := student.mark(cell).given) is not None and not _is_unmarked(student, cell)]
    open_writeups = tuple(cell for cell in writeups if student.mark(cell).waits)
    why = "" if work.is_graded else " ".join(work.remarks) or "no reason was given"
    waits = [word for word, is_so in ((DERIVATIONS, open_writeups), (ORAL, _has_no_oral(student)), (UNGRADED, why)) if is_so]
    return Row(
        student.student,
        student.name,
        f"sheets/{quote(student.student, safe='')}.html",
        student.points([cell for cell in cells if cell not in writeups]),
        sum(suggested) if suggested else None,
        sum(given) if given else None,
        max(0.0, student.points(list(student.marks)) - student.penalty),
        in_words(student.late),
        student.late.total_seconds(),
        open_writeups,
        tuple(waits),
        why,
    )


def _is_unmarked(student: StudentsWork, cell: str) -> bool:
    """Whether the zero of a write-up is that of an empty cell, which nobody gave."""
    mark = student.mark(cell)
    return mark.manual is None and not mark.automatic


def _has_no_oral(student: StudentsWork) -> bool:
    mark = student.mark(DEFENCE)
    return mark.manual is None and not mark.comment.strip()


def in_words(late: timedelta) -> str:
    """How late something came, in its two largest units: ``2 d 3 h``; empty where it was not late."""
    if late <= timedelta():
        return ""
    minutes = max(int(late.total_seconds() // 60), 1)
    amounts = [(minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min")]
    largest = next(place for place, (amount, _) in enumerate(amounts) if amount)
    return " ".join(f"{amount} {unit}" for amount, unit in amounts[largest : largest + 2] if amount)


def is_writeup(cell: str) -> bool:
    """Whether a graded cell is a derivation, and no check."""
    return not cell.startswith("check_")


def titles_of(assignment: Assignment) -> dict[str, str]:
    """What each write-up is called: as on the sheets; where it has no title, by its exercise, and by its name among several."""
    found, declared = {}, writeup_titles(assignment)
    for exercise in assignment.exercises:
        writeups = [cell for cell in exercise.cells if is_writeup(cell)]
        for cell in writeups:
            own = cell.removeprefix("writeup_").removeprefix(f"{exercise.identifier}_").replace("_", " ")
            found[cell] = declared.get(cell) or (f"{exercise.title} · {own}" if len(writeups) > 1 else exercise.title)
    return found


def _waiting(assignment: Assignment, rows: Sequence[Row]) -> list[tuple[str, str, int]]:
    """For each write-up its title, the address of the page on which it is marked, and how many wait."""
    return [
        (title, f"marking/{quote(cell, safe='')}.html", sum(cell in row.open_writeups for row in rows))
        for cell, title in titles_of(assignment).items()
    ]


def _distribution(rows: Sequence[Row], assignment: Assignment) -> dict[str, Any]:
    totals, most = [row.total for row in rows if not row.why], sum(assignment.points.values())
    if not totals:
        return {"histogram": "", "bins": [], "middle": None}
    edges, counts = bins_of(totals, most)
    return {"histogram": histogram(totals, most), "bins": list(zip(edges, edges[1:], counts)), "middle": median(totals)}


def _of_checks(data: ClassData, order: Sequence[Row]) -> dict[str, Any]:
    """The heat map and the summaries of the checks, of those who were graded."""
    works = _graded(data)
    graded = [row for row in order if row.student in works]
    cells = [cell for exercise in data.assignment.exercises for cell in exercise.cells if not is_writeup(cell)]
    rows = [_by_cell(works[row.student].checks, cells) for row in graded]
    names = [cell.removeprefix("check_") for cell in cells]
    if not (rows and names):
        return {"heat_map": "", "heat_rows": [], "checks": [], "functions": names}
    shares = [[0.0 if each is None else share_of(each) for each in row] for row in rows]
    return {
        "heat_map": heat_map(shares, [row.name for row in graded], names),
        "heat_rows": list(zip(graded, rows)),
        "checks": summaries_of_checks(names, rows),
        "functions": names,
    }


def _by_cell(checks: Sequence[CheckedFunction], cells: Sequence[str]) -> list[CheckedFunction | None]:
    found = {each.check: each for each in checks}
    return [found.get(cell) for cell in cells]


def _of_writeups(data: ClassData, titles: dict[str, str]) -> dict[str, Any]:
    works = _graded(data)
    found: dict[str, list[ReadWriteup | None]] = {cell: [] for cell in titles}
    for work in works.values():
        own = {each.writeup: each for each in work.writeups}
        for cell, writeups in found.items():
            writeups.append(own.get(cell))
    made = [funnel_of(cell, writeups) for cell, writeups in found.items()] if works else []
    return {
        "funnels": made,
        "funnel_chart": funnels(made, [titles[each.writeup] for each in made]) if made else "",
        "stages": STAGES,
        "students": len(works),
    }


def _graded(data: ClassData) -> dict[str, Work]:
    return {each.student: each.work for each in data.students if each.work is not None and each.work.is_graded}


def _run(data: ClassData, names: dict[str, Row]) -> dict[str, Any]:
    """How long grading took, and what it remarked."""
    works = [(names[each.student], each.work) for each in data.students if each.work is not None]
    times = sorted(
        ((work.seconds, row) for row, work in works if work.seconds is not None), key=lambda each: (-each[0], each[1].student)
    )
    return {
        "seconds": sum(seconds for seconds, _ in times),
        "middle": median(seconds for seconds, _ in times) if times else None,
        "timed": len(times),
        "slowest": times[:MOST_SLOW],
        "remarks": [(row, remark) for row, work in works if work.is_graded for remark in work.remarks],
    }


def _write_pairs(site: Site, data: ClassData, pairs: Sequence[AlikeStudents], names: dict[str, Row]) -> None:
    """A page for each pair; those of an earlier run are taken away."""
    folder = f"{data.assignment.identifier}/pairs"
    titles = titles_of(data.assignment)
    for number, pair in enumerate(pairs, 1):
        site.write_page(
            f"{folder}/{number}.html",
            "pair.html.j2",
            assignment=data.assignment,
            pair=pair,
            first=names[pair.first],
            second=names[pair.second],
            titles=titles,
        )
    site.remove_pages(folder, {f"{number}.html" for number, _ in enumerate(pairs, 1)})
