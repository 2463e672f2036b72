"""Students' names for nbgrader's interface, which takes a name for a pattern of files' names and strips blanks off its ends."""

import glob


def pattern_of(student: str) -> str:
    """A pattern that only one student's folder has, whatever is in its name.

    ``CourseDirectory`` of nbgrader 0.9 strips ``student_id``, and ``BaseConverter.init_notebooks`` hands it to ``glob``.
    """
    name = student.strip()
    start, end = student[: len(student) - len(student.lstrip())], student[len(student.rstrip()) :]
    return "".join(f"[{blank}]" for blank in start) + glob.escape(name) + "".join(f"[{blank}]" for blank in end)
