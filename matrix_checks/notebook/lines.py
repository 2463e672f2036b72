"""What a check cell prints: a line for each case, and what the groups of cases earned."""

from matrix_checks.checks.judging import Verdict
from matrix_checks.checks.scoring import GroupResult


def line(verdict: Verdict) -> str:
    """The line of a case, with its details below."""
    mark = "✓" if verdict.passed else "✗"
    head = f"  {mark} {verdict.case.label}"
    lines = [f"{head}: {verdict.reason}" if verdict.reason else head]
    return "\n".join(lines + [f"      {detail}" for detail in verdict.details])


def summary(results: list[GroupResult], group_points: dict[str, float], hidden_tried: bool) -> str:
    """The lines below the cases: each group's points and how many of its cases passed, then what was earned."""
    lines = []
    for result in results:
        state = f"{result.passed} of {result.tried} passed" if result.tried else "tried when the course is graded"
        if result.spoilt:
            state += ", and lost for what is done to the arguments"
        lines.append(f"  {result.title}, {_points(result.points)}: {state}")
    earned, possible = sum(result.earned for result in results), sum(group_points.values())
    if hidden_tried:
        lines.append(f"  Earned: {earned:g} of {_points(possible)}.")
    elif earned == possible:
        lines.append(f"  All visible cases pass: {_points(possible)} if the hidden cases, tried at grading, agree.")
    return "\n".join(lines)


def _points(number: float) -> str:
    return f"{number:g} point" if number == 1 else f"{number:g} points"
