"""A class set of fresh problems: a sheet for each person, all different and equally hard, and the key on a page of its own."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from autograder.grading.roster import people
from autograder.reports.site import Site
from matrix_checks.practice.class_sets import ClassSet, draw_class_set
from matrix_checks.practice.truth import code_of

FOLDER = "exam"
SHEETS, KEY = f"{FOLDER}/sheets.html", f"{FOLDER}/key.html"
MOST = 2000


def people_of(root: Path, count: int) -> list[str]:
    """Who gets a problem: so many without a name, or the class list and those who handed something in.

    Raises
    ------
    ValueError
        If there is nobody, or the number is none.
    """
    if not 0 <= count <= MOST:
        raise ValueError(f"COUNT is {count}: it goes from 1 to {MOST}.")
    if count:
        return [f"Sheet {number}" for number in range(1, count + 1)]
    submitted = root / "submitted"
    known = people(root, submitted)
    folders = (
        [path.name for path in submitted.iterdir() if path.is_dir() and not path.name.startswith(".")] if submitted.is_dir() else []
    )
    found = sorted({*known, *folders})
    if not found:
        raise ValueError(
            "Nobody is in the class yet: put roster.csv beside the Makefile, or say how many sheets: make exam COUNT=30."
        )
    return found


def write_exam(
    root: Path, names: Sequence[str], level: int, focus: str, seed: int, reports: Path, say: Callable[[str], None]
) -> ClassSet:
    """Write the sheets and the key.

    Raises
    ------
    NotPossible
        If the level or the focus do not exist, or there are not enough problems.
    """
    drawn = draw_class_set(names, level, seed, focus)
    known = people(root, root / "submitted")
    site = Site(reports)
    site.write_assets()
    rows = [
        {
            "name": _full_name(known.get(name, {}), name),
            "statement": solution.problem.statement(),
            "seed": solution.problem.name,
            "solution": solution.markdown(),
            "shapes": solution.shapes(),
            "code": code_of(solution),
        }
        for name, solution in drawn.solutions.items()
    ]
    values: dict[str, Any] = {"rows": rows, "level": level, "focus": focus, "hardness": drawn.hardness, "seed": seed}
    site.write_page(SHEETS, "exam.html.j2", **values)
    site.write_page(KEY, "exam_key.html.j2", **values)
    say(
        f"{len(rows)} problems of level {level}, all different; each solution needs {drawn.hardness} rules and moves. "
        f"To print: {reports.name}/{SHEETS}; the key: {reports.name}/{KEY}."
    )
    return drawn


def _full_name(person: dict[str, str], name: str) -> str:
    full = " ".join(filter(None, (person.get("first_name", ""), person.get("last_name", ""))))
    return f"{full} ({name})" if full else name
