"""A notebook is run twice, in two processes, so that what is hidden stays hidden.

The first run is the one that is shown: the student's cells, with their outputs, and the visible cases of the checks, which the
student knows anyway. No hidden case is ever put to its process. The second run is silent: the hidden cases are put to its process,
each at the place of its check, and nothing that its cells print or draw is kept. So a function may keep the hidden cases that it
is asked, and print them in a later cell: nobody will read it.
"""

import ast
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from autograder.sandbox.cell_names import EVERYTHING, needed, needed_when_called, touched
from autograder.sandbox.definitions import defines, note_on_definitions
from autograder.sandbox.proxies import Proxy, SeenProxy, SilentProxy, VisibleOutcomes, namespace
from autograder.sandbox.replay import SECONDS_AGAIN, Budget, Replay, Start
from autograder.sandbox.session import Session
from autograder.sandbox.trusted import run_check, try_visible
from matrix_checks.notebook.surroundings import GONE, WRONG


@dataclass(frozen=True)
class Step:
    """A code cell of a notebook.

    Attributes
    ----------
    source
        What runs: of a check, and of a cell that is only looked at, the instructor's text.
    check
        Name of the function that a check tries; empty for any other cell.
    visible
        Of a check: its text without the hidden tests.
    points
        Of a check.
    look
        Whether this is a locked cell of the instructor's.
    """

    source: str
    check: str = ""
    visible: str = ""
    points: float = 0.0
    look: bool = False


@dataclass
class Report:
    """What became of the cells.

    Attributes
    ----------
    outputs
        Of each step, as nbformat has them.
    late
        Functions that did not return in time.
    stopped
        Places of the cells that were stopped.
    """

    outputs: list[list[dict[str, Any]]] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    stopped: list[int] = field(default_factory=list)


def run_twice(steps: list[Step], first: Start, second: Start, seconds_per_cell: float, budget: Budget) -> Report:
    """Run a notebook's code cells in their order.

    Parameters
    ----------
    steps
        The cells.
    first, second
        Start the process of each run.
    seconds_per_cell
        Of computing, for one cell of the student's.
    budget
        The time for all of it.
    """
    report = Report()
    visible: dict[int, VisibleOutcomes] = {}
    shown: dict[int, set[str]] = {}
    with Replay(first, budget, seconds_per_cell) as seen:
        for place, step in enumerate(steps):
            if step.check:
                seen.bring_in(imports(step.visible))
                outcomes = visible.setdefault(place, {})
                names = namespace(seen.session(), partial(SeenProxy, outcomes=outcomes))
                shown[place] = {*names, step.check}
                try_visible(step.visible, names)
                report.outputs.append([])
                continue
            ran = seen.run(step.source)
            report.outputs.append(ran.outputs)
            if ran.stopped:
                report.stopped.append(place)
    _run_checks(steps, visible, shown, second, seconds_per_cell, budget, report)
    return report


def _run_checks(
    steps: list[Step],
    visible: dict[int, VisibleOutcomes],
    shown: dict[int, set[str]],
    start: Start,
    seconds_per_cell: float,
    budget: Budget,
    report: Report,
) -> None:
    last = max((place for place, step in enumerate(steps) if step.check), default=-1)
    unneeded = without_effect(steps[: last + 1])
    right: dict[str, int] = {}
    tried: set[str] = set()
    with Replay(start, budget, seconds_per_cell) as silent:
        for place, step in enumerate(steps[: last + 1]):
            if not step.check:
                if place not in unneeded:
                    silent.run(step.source, SECONDS_AGAIN if place in report.stopped else None)
                continue
            silent.bring_in(imports(step.visible))
            proxies: list[SilentProxy] = []
            outcomes = visible[place]

            def proxy(
                session: Session, name: str, outcomes: VisibleOutcomes = outcomes, proxies: list[SilentProxy] = proxies
            ) -> SilentProxy:
                proxies.append(SilentProxy(session, name, outcomes))
                return proxies[-1]

            # A check may say a name that is like its own: only one that the student has written where no hidden case was known.
            names = {name: what for name, what in namespace(silent.session(), proxy).items() if name in shown[place]}
            report.outputs[place] = run_check(
                step.source,
                names,
                place + 1,
                may_be_wrong=partial(_state, names=names, tried=tried, right=right, steps=steps[:place]),
                note_on=partial(note_on_definitions, place=place, cells=steps, outputs=report.outputs),
            )
            tried.add(step.check)
            if _points(report.outputs[place]) == step.points:
                right[step.check] = place
            report.late += [step.check] if any(each.was_late for each in proxies) else []
            if any(each.was_given_others for each in proxies):
                # A function that keeps the right ones, or their text, could answer with them in a check that is still to come.
                silent.forget()


@cache
def imports(source: str) -> str:
    """The import statements of a check cell, as far as students see it.

    In one kernel they put back what a student's cell has taken away: ``np``, after ``%reset`` or ``np = 3``.
    """
    return "\n".join(ast.unparse(node) for node in ast.parse(source).body if isinstance(node, (ast.Import, ast.ImportFrom)))


def _state(name: str, names: dict[str, Any], tried: set[str], right: dict[str, int], steps: list[Step]) -> str:
    """What a function may be to blame for, as :func:`matrix_checks.notebook.surroundings.Surroundings` has it."""
    if name not in tried:
        return ""
    if name not in right:
        return WRONG
    written_again = any(defines(name, step.source) for step in steps[right[name] :] if not step.check)
    return GONE if written_again or not isinstance(names.get(name), Proxy) else ""


def _points(outputs: list[dict[str, Any]]) -> float:
    """The points that a check gave."""
    results = [output["data"].get("text/plain", "") for output in outputs if output["output_type"] == "execute_result"]
    try:
        return float(results[-1]) if results else 0.0
    except ValueError:
        return 0.0


def without_effect(steps: list[Step]) -> set[int]:
    """Places of the instructor's cells that only show something: nothing that they define or change is needed by a later cell.

    They are not run a second time. In doubt, a cell has an effect. A function may stand above a cell of which it needs something
    when it is called.
    """
    wanted = {name for step in steps if not (step.check or step.look) for name in needed_when_called(step.source)}
    found = set()
    for place in reversed(range(len(steps))):
        step = steps[place]
        if step.check:
            continue
        if step.look and not (touched(step.source) & (wanted | {EVERYTHING})):
            found.add(place)
            continue
        wanted |= needed(step.source)
    return found
