"""What is asked next: traps that went wrong come back, sooner at first and then at longer intervals.

The boxes are those of S. Leitner, So lernt man lernen (1972): who falls into a trap begins anew, who passes it waits longer.
"""

from matrix_checks.practice.forms import FORMS, TRAPS
from matrix_checks.practice.tally_file import SOLVED, Tally

# In problems until a trap is asked for again, by how many times in a row it was passed since it went wrong.
INTERVALS = (1, 3, 6, 12)


def due_traps(tally: Tally) -> list[str]:
    """The traps that are due, the longest overdue first."""
    now = len(tally.done)
    due: list[tuple[int, str]] = []
    for trap in TRAPS:
        since, passed = None, 0
        for number, each in enumerate(tally.done, start=1):
            if trap in each.fell:
                since, passed = number, 0
            elif since is not None and trap in each.traps and each.result == SOLVED:
                since, passed = number, passed + 1
        if since is not None and passed < len(INTERVALS):
            late = now - since - INTERVALS[passed] + 1
            if late >= 0:
                due.append((-late, trap))
    return [trap for _, trap in sorted(due)]


def next_focus(tally: Tally, level: int) -> str:
    """The trap that the next problem of a level should have; empty for any."""
    possible = {trap for each in FORMS if each.level == level for trap in each.traps}
    return next((trap for trap in due_traps(tally) if trap in possible), "")
