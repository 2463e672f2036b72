"""One page for each write-up of an assignment, with the derivations of the whole class in groups, on which a person marks.

The page writes ``marks.csv``, which ``make marks`` records. It changes nothing by itself; its script keeps what was ticked in the
browser until then.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from autograder.course.assignment import Exercise
from autograder.grading.missing import not_found
from autograder.grading.writeups import LONGEST_REASON, is_bare
from autograder.pages.sizes import with_sizes_as_formulas
from autograder.reports.class_data import ClassData, StudentsWork
from autograder.reports.derivation_groups import Derivation, Group, agreement, groups_of
from autograder.reports.rubrics import RubricLine, read_rubrics
from autograder.reports.sheet_parts import shown
from autograder.reports.site import Site, points, reason_html
from matrix_checks.derivations.equality.verdicts import FALSE, FIRST_ORDER, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT
from matrix_checks.derivations.judging.display import MARKS, stretches
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.values.declared_exercises import FILE

# Of letters of a step that is quoted in a comment.
LONGEST_STEP = 200
_COUNTED = {
    HOLDS: "true",
    FIRST_ORDER: "true to first order",
    OTHER_LAYOUT: "right in the other layout",
    FALSE: "false",
    NOT_UNDERSTOOD: "not understood",
}
_CLASSES = {MARKS[HOLDS]: "holds", MARKS[FALSE]: "false"}
_PARAGRAPH = re.compile(r"\s*<p>((?:(?!</?p\b).)*)</p>\s*", re.DOTALL)


def write_marking_pages(site: Site, data: ClassData) -> None:
    """Write ``reports/<assignment>/marking/<write-up>.html`` for each write-up of an assignment."""
    assignment = data.assignment
    source = data.root / "source" / assignment.identifier
    rubrics = read_rubrics(source / f"{assignment.notebook}.ipynb")
    writeups = _writeups(data, rubrics)
    titles = _titles(source / FILE, writeups)
    for name, exercise in writeups.items():
        derivations = [_derivation(each, name) for each in data.students]
        rubric = rubrics.get(name, ())
        known = [each.writeup.most for each in derivations if each.writeup is not None]
        most = max(known, default=sum(line.points for line in rubric))
        groups = groups_of(derivations)
        in_order = [each for group in groups for each in group.derivations]
        site.write_page(
            f"{assignment.identifier}/marking/{name}.html",
            "marking.html.j2",
            script=("marks_csv.js", "marks_kept.js", "marking.js"),
            data=_for_the_script(assignment.identifier, name, most, rubric, in_order),
            title=titles[name],
            exercise=exercise.title,
            assignment=assignment.title,
            most=most,
            rubric=rubric,
            groups=groups,
            places={each.student: place for place, each in enumerate(in_order)},
            agreement=agreement(derivations),
            others=[(each, titles[each]) for each in writeups],
            name=name,
            suggestions=suggestions,
            signs=signs,
            counts=counts,
            inline=inline,
            sheet=sheet,
            to_come=lambda report: ", ".join(not_found(report)),
        )


def suggestions(group: Group, most: float) -> str:
    """What is suggested for a group, in words."""
    found = group.suggestions
    if not found:
        return "none"
    span = points(found[0]) if len(found) == 1 else f"{points(found[0])} to {points(found[-1])}"
    return f"{span} of {points(most)}"


def why_suggested(report: Report) -> str:
    """What a student reads who was given the suggested points, as Markdown: what failed, and what was not found."""
    if report.complete:
        return "Every step holds, and all that is asked for is there."
    said, false = [], report.first_false
    if false is not None:
        formula = " ".join(f"{false.left} {false.sign} {false.right}".split())
        step = f" ${formula}$" if len(formula) <= LONGEST_STEP and "$" not in formula else ""
        reason = f": {false.reason}" if 0 < len(false.reason) <= LONGEST_REASON else ""
        said.append(f"The first false step{' is' if step else ''}{step}{reason}.")
    for found, words in (("other layout", "In the other layout"), ("other factor", "With another factor, as the text defines it")):
        other = [name for name, each in report.answers.items() if each == found]
        if other:
            said.append(f"{words}: {', '.join(map(shown, other))}.")
    if missing := not_found(report):
        said.append(f"Not found: {', '.join(missing)}.")
    if is_bare(report):
        said.append("There are answers without a derivation.")
    if unread := report.count(NOT_UNDERSTOOD):
        said.append(f"{unread} step{'' if unread == 1 else 's'} could not be read.")
    return with_sizes_as_formulas(" ".join(said))


def signs(report: Report) -> list[tuple[str, str]]:
    """The sign of each step, and how it is coloured."""
    lines = [line for stretch in stretches(report) for line in stretch]
    return [(line.mark, _CLASSES.get(line.mark, "other")) for line in lines]


def counts(report: Report) -> str:
    """How many steps have which verdict, in words."""
    found = [f"{report.count(verdict)} {words}" for verdict, words in _COUNTED.items() if report.count(verdict)]
    return ", ".join(found) or "no step"


def inline(text: str) -> Markup:
    """A sentence with formulas, as HTML that may stand in a heading."""
    html = reason_html(text)
    paragraph = _PARAGRAPH.fullmatch(html)
    return Markup(paragraph[1]) if paragraph else Markup("{}").format(text)


def sheet(student: str) -> str:
    """Where the defence sheet of a student is, from a page of marking."""
    return f"../sheets/{quote(student, safe='')}.html"


def _writeups(data: ClassData, rubrics: Mapping[str, Sequence[RubricLine]]) -> dict[str, Exercise]:
    """The write-ups of an assignment, each with its exercise, in the order of the notebook."""
    handed_in = {each.writeup for student in data.students if student.work for each in student.work.writeups}
    known = handed_in | set(rubrics)
    return {cell: exercise for exercise in data.assignment.exercises for cell in exercise.cells if cell in known}


def _titles(file: Path, writeups: Mapping[str, Exercise]) -> dict[str, str]:
    """What the write-ups are called."""
    declared = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {name: declared.get(name, {}).get("title", exercise.title) for name, exercise in writeups.items()}


def _derivation(student: StudentsWork, name: str) -> Derivation:
    found = [each for each in student.work.writeups if each.writeup == name] if student.work else []
    return Derivation(student.student, student.name, found[0] if found else None, student.mark(name))


def _for_the_script(
    assignment: str, name: str, most: float, rubric: Sequence[RubricLine], derivations: Sequence[Derivation]
) -> dict[str, Any]:
    lines = [asdict(line) for line in rubric]
    return {
        "assignment": assignment,
        "cell": name,
        "most": most,
        "rubric": lines,
        "digest": _digest(lines),
        "students": [
            {
                "id": each.student,
                "name": each.name,
                "suggested": each.writeup.suggested if each.writeup else None,
                "why": why_suggested(each.report) if each.report else "",
                "marked": each.is_marked,
                # Of this very text: a mark that was ticked for another one is not taken over.
                "digest": _digest([each.student, each.writeup.text, each.writeup.pictures] if each.writeup else [each.student]),
            }
            for each in derivations
        ],
    }


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
