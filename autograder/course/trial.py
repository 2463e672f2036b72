"""Trying solutions against the check cells of an assignment, in this process, without a kernel.

Only for code of the course's own: nothing here isolates anything.
"""

import ast
import contextlib
import io
import warnings
from dataclasses import dataclass, replace
from types import CodeType

from autograder.course.assignment import Assignment
from autograder.course.master import LOOK, read_master
from matrix_checks.notebook import Check
from matrix_checks.notebook.surroundings import surrounded_by, surroundings

SECONDS_PER_CALL = 2.0


@dataclass(frozen=True)
class CheckResult:
    """What one check cell made of the functions that it found.

    Attributes
    ----------
    points
        What the cell returned.
    possible
        What it could have returned.
    printed
        What it printed, verdicts and diagnosis.
    """

    points: float
    possible: float
    printed: str

    @property
    def diagnosis(self) -> str:
        """The sentences that name the mistake, joined by a blank; empty where nothing certain was said."""
        marked = [line.strip().removeprefix("→ ") for line in self.printed.split("\n") if line.strip().startswith("→ ")]
        return " ".join(marked)


class Trial:
    """The functions and the check cells of one assignment, ready to be run with other functions in place.

    Parameters
    ----------
    assignment
        The assignment; its master is read once.
    """

    def __init__(self, assignment: Assignment):
        self.assignment = assignment
        self.solutions: dict[str, str] = {}
        self._setup: list[CodeType] = []
        self._checks: dict[str, tuple[CodeType, CodeType]] = {}
        self._possible: dict[str, float] = {}
        for cell in read_master(assignment.master).cells:
            if cell.cell_type != "code":
                continue
            name = cell.metadata.nbgrader.grade_id
            if name.startswith("check_"):
                self._checks[name.removeprefix("check_")] = _compile_cell(cell.source, name)
                self._possible[name.removeprefix("check_")] = cell.metadata.nbgrader.points
            elif cell.metadata.nbgrader.solution:
                self.solutions[name] = cell.source
                self._setup.append(compile(cell.source, f"<{name}>", "exec"))
            elif not (name.startswith(LOOK) or _only_looks(cell.source)):
                self._setup.append(compile(cell.source, f"<{name}>", "exec"))

    @property
    def functions(self) -> list[str]:
        """Names of the functions that have a check, in the order of the notebook."""
        return list(self._checks)

    def run(self, replacements: dict[str, str], checks: list[str] | None = None) -> dict[str, CheckResult]:
        """Run check cells with some functions replaced.

        Parameters
        ----------
        replacements
            Source text of a whole solution cell, by function name.
        checks
            The functions whose checks are run; all if not given.

        Returns
        -------
        dict
            Results by function name.
        """
        namespace = self.namespace(replacements)
        # What the solutions on trial warn of helps nobody.
        with warnings.catch_warnings(action="ignore"):
            return {name: self._check(name, namespace)[0] for name in checks or self.functions}

    def sealed_mistakes(self) -> dict[str, dict[str, list]]:
        """What :meth:`matrix_checks.notebook.Check.sealed_mistakes` gives for each function, the right functions in place."""
        namespace = self.namespace({})
        return {name: self._check(name, namespace)[1].sealed_mistakes() for name in self.functions}

    def namespace(self, replacements: dict[str, str]) -> dict:
        """The notebook's names after all cells but checks and looks, with some solution cells replaced."""
        namespace: dict = {"__name__": "notebook"}
        with contextlib.chdir(self.assignment.folder), contextlib.redirect_stdout(io.StringIO()):
            for code in self._setup:
                exec(code, namespace)
            for name, source in replacements.items():
                exec(compile(source, f"<{name}>", "exec"), namespace)
        return namespace

    def _check(self, name: str, namespace: dict) -> tuple[CheckResult, Check]:
        output = io.StringIO()
        statements, last = self._checks[name]
        on_trial = surrounded_by(replace(surroundings(), seconds_per_call=SECONDS_PER_CALL))
        # The notebook's own folder holds its data.
        with on_trial, contextlib.chdir(self.assignment.folder), contextlib.redirect_stdout(output):
            exec(statements, namespace)
            points = eval(last, namespace)
        return CheckResult(points, self._possible[name], output.getvalue()), namespace["check"]


def _only_looks(source: str) -> bool:
    """Whether a cell is one ``with look():`` besides imports: no other cell needs what it defines, and some measure how long things take."""
    rest = [each for each in ast.parse(source).body if not isinstance(each, ast.Import | ast.ImportFrom)]
    return len(rest) == 1 and isinstance(rest[0], ast.With) and ast.unparse(rest[0].items[0]) == "look()"


def _compile_cell(source: str, name: str) -> tuple[CodeType, CodeType]:
    """A check cell as its statements and its last expression."""
    *statements, last = source.rstrip().split("\n")
    return compile("\n".join(statements), f"<{name}>", "exec"), compile(last, f"<{name}>", "eval")
