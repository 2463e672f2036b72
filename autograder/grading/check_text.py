"""What a check printed, taken apart: a reviewer reads the diagnosis first, then the points, and the cases only if they are wanted."""

import re
from dataclasses import dataclass
from functools import lru_cache

_DIAGNOSIS, _QUESTION, _WRONG, _RIGHT = "→ ", "? ", "✗ ", "✓ "
_GROUP = re.compile(r"^  (?P<title>[^:✗✓]{1,60}), (?P<points>[\d.]+) points?: (?P<state>.{1,120})$")
_EARNED = re.compile(r"^  Earned: ")
# The details of a case stand further to the right than its line.
_DETAIL = " " * 6
# Of letters that an overview shows of one sentence.
LONGEST = 300


@dataclass(frozen=True)
class Group:
    """One group of cases: its name, what it is worth, and how many of its cases passed."""

    title: str
    points: float
    state: str


@dataclass(frozen=True)
class CheckText:
    """The parts of what a check printed.

    Attributes
    ----------
    diagnoses
        What was probably done, a sentence each.
    questions
        What the check asks the student.
    first_wrong
        The line of the first case that failed, or what stopped the check; empty where nothing failed.
    groups
        The groups of cases.
    cases
        The lines of the cases with their details.
    """

    diagnoses: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    first_wrong: str = ""
    groups: tuple[Group, ...] = ()
    cases: str = ""

    @property
    def in_short(self) -> str:
        """The one sentence that says most: the first diagnosis, else the first case that failed."""
        said = self.diagnoses[0] if self.diagnoses else self.first_wrong
        return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


@lru_cache(maxsize=4000)
def check_text(function: str, printed: str) -> CheckText:
    """Take apart what the check of a function printed; a line of no known form stays among the cases."""
    diagnoses, questions, groups, cases = [], [], [], []
    first_wrong = ""
    for line in printed.rstrip().split("\n"):
        said = "" if line.startswith(_DETAIL) else line.strip()
        group = _GROUP.match(line)
        if said.startswith(_DIAGNOSIS):
            diagnoses.append(said.removeprefix(_DIAGNOSIS))
        elif said.startswith(_QUESTION):
            questions.append(said.removeprefix(_QUESTION))
        elif group:
            groups.append(Group(group["title"], float(group["points"]), group["state"]))
        elif said != function and not _EARNED.match(line):
            cases.append(line.removeprefix("  "))
            first_wrong = first_wrong or (said if said and not said.startswith(_RIGHT) else "")
    text = "\n".join(cases).strip("\n")
    return CheckText(tuple(diagnoses), tuple(questions), first_wrong.removeprefix(_WRONG), tuple(groups), text)
