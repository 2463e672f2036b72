"""Whose marks for code a run changed."""

MAXIMAL_SHOWN = 200


def changes(before: dict[str, float], after: dict[str, float]) -> list[str]:
    """A line for each submission that has other points for code than before, by ``"student/assignment"``; none for a first grading."""
    changed = [key for key in sorted(after) if key in before and round(before[key] - after[key], 6)]
    lines = [f"{key}: {before[key]:g} -> {after[key]:g} ({after[key] - before[key]:+g})" for key in changed[:MAXIMAL_SHOWN]]
    return lines + ([f"and {len(changed) - MAXIMAL_SHOWN} more"] if len(changed) > MAXIMAL_SHOWN else [])
