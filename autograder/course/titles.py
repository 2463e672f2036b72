"""What the write-ups of an assignment are called, on every page the same."""

import tomllib

from autograder.course.assignment import Assignment
from autograder.course.master import WRITEUPS


def writeup_titles(assignment: Assignment) -> dict[str, str]:
    """By ``grade_id``, as ``writeups.toml`` says; a write-up that is not declared there has none."""
    declared = assignment.folder / WRITEUPS
    content = tomllib.loads(declared.read_text(encoding="utf-8")) if declared.is_file() else {}
    return {name: str(section["title"]) for name, section in content.items() if isinstance(section, dict) and "title" in section}
