"""Practice in a notebook: a problem, the derivation read as in the course, hints, the solution after an attempt, a tally."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path

from matrix_checks.derivations.judging.display import as_markdown
from matrix_checks.derivations.judging.reader import read_writeup
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.verdicts import FALSE, OTHER_LAYOUT
from matrix_checks.practice.drawing import NotPossible, draw_problem, forms_of
from matrix_checks.practice.latex import latex
from matrix_checks.practice.mistakes import traps_of
from matrix_checks.practice.pictures import draw_tally
from matrix_checks.practice.places import find_derivation
from matrix_checks.practice.problem import Problem
from matrix_checks.practice.proof import exercise_of
from matrix_checks.practice.schedule import next_focus
from matrix_checks.practice.showing import show
from matrix_checks.practice.solving import Solution, solve
from matrix_checks.practice.tally_file import FILE, HELPED, SHOWN, SOLVED, Open, Tally, Unreadable, load, save
from matrix_checks.practice.truth import code_of

ATTEMPT_FIRST = (
    "The solution is shown after an attempt: write at least one step below the problem, save the notebook (Ctrl+S), and run "
    "`check_derivation({level})`. For an idea, run `hint({level})`."
)


def _in_one_sentence(function: Callable[..., None]) -> Callable[..., None]:
    """Bad input gets one sentence, and no traceback."""

    @wraps(function)
    def guarded(*arguments: object, **named: object) -> None:
        try:
            function(*arguments, **named)
        except (NotPossible, Unreadable) as error:
            print(error)

    return guarded


@_in_one_sentence
def practice(level: int = 1, focus: str = "", *, another: bool = False, folder: Path | str = ".") -> None:
    """Show a problem, the same one until it is done.

    Parameters
    ----------
    level
        From 1, linear forms, to 5, inverses and layers.
    focus
        A kind of trap: ``transposes``, ``order``, ``factor``, ``layout``, ``mean`` or ``chain``. Without it, what went wrong
        before is asked for again, at growing intervals.
    another
        Leave the open problem, and draw a new one.
    folder
        Where the notebook lies.
    """
    file = Path(folder) / FILE
    forms_of(level, focus)
    tally = load(file)
    opened = tally.open.get(level)
    if opened is None or another or (focus and opened.focus != focus):
        tally.open.pop(level, None)
        tally.open[level] = opened = Open(tally.next_seed(), focus or next_focus(tally, level))
        save(tally, file)
    problem = draw_problem(level, opened.seed, opened.focus)
    because = f" It has a trap that you met before: {opened.focus}." if opened.focus and not focus else ""
    show(f"**Level {level}, problem {opened.seed}.**{because}\n\n{problem.statement()}")


@_in_one_sentence
def check_derivation(level: int, folder: Path | str = ".") -> None:
    """Read the derivation of a level's problem from the saved notebook, as the course's write-ups are read."""
    file = Path(folder) / FILE
    tally = load(file)
    opened, problem = _opened(tally, level)
    place = find_derivation(level, Path(folder))
    if place is None:
        print(
            f"No saved notebook here has a cell check_derivation({level}), so nothing was read: save the notebook (Ctrl+S) and run this cell again."
        )
        return
    if not place.text.strip():
        print(f"{place.notebook.name} has no derivation for level {level} yet: write it, press Ctrl+S, then run this cell again.")
        return
    print(f"{place.notebook.name}, as it was saved on {place.saved:%d %B at %H:%M:%S}.")
    report = read_writeup(place.text, exercise_of(problem))
    show(as_markdown(report))
    opened.attempts += report.is_readable
    opened.fell = sorted({*opened.fell, *traps_of(report, problem)})
    if _is_done(report):
        result = SOLVED if not opened.hints and not opened.fell else HELPED
        tally.close(level, problem.traps, result)
        show(
            f"Done. `practice({level})` draws the next problem"
            + (f"; `practice({level + 1})` goes one level up." if level < 5 else ".")
        )
    save(tally, file)


def _is_done(report: Report) -> bool:
    """Whether the answer is right and no step is wrong."""
    good = all(found == "reached" for found in report.answers.values())
    return good and not any(step.verdict in (FALSE, OTHER_LAYOUT) for step in report.steps)


@_in_one_sentence
def hint(level: int, folder: Path | str = ".") -> None:
    """Show the idea of the next step; called again, the step itself."""
    file = Path(folder) / FILE
    tally = load(file)
    opened, problem = _opened(tally, level)
    hints = hints_of(solve(problem))
    if opened.hints >= len(hints):
        print(f"These were all hints: the last step is the answer. Write it, and run check_derivation({level}).")
        return
    show(f"Hint {opened.hints + 1} of {len(hints)}: {hints[opened.hints]}")
    opened.hints += 1
    save(tally, file)


def hints_of(solution: Solution) -> list[str]:
    """For each step its idea, then the step; the answer itself is no hint."""
    found = []
    for left, line in solution.steps[:-1]:
        found += [_idea(left, line.reason), f"$${left} = {latex(line.term)}$$"]
    return [*found, _idea(*_last(solution))]


def _last(solution: Solution) -> tuple[str, str]:
    left, line = solution.steps[-1]
    return left, line.reason


def _idea(left: str, reason: str) -> str:
    return f"for ${left}$: {reason}."


@_in_one_sentence
def solution(level: int, folder: Path | str = ".") -> None:
    """Show the solution of the open problem, after an attempt; the problem then counts as shown."""
    file = Path(folder) / FILE
    tally = load(file)
    opened, problem = _opened(tally, level)
    if not opened.attempts:
        print(ATTEMPT_FIRST.format(level=level))
        return
    show(as_text(problem))
    tally.close(level, problem.traps, SHOWN)
    save(tally, file)


def as_text(problem: Problem) -> str:
    """A solution with its shapes and its code, in Markdown."""
    found = solve(problem)
    return f"**Solution**\n\n{found.markdown()}\n\n{found.shapes()}\n\n```python\n{code_of(found)}\n```"


@_in_one_sentence
def tally(folder: Path | str = ".") -> None:
    """Show a picture of what was done, level by level and trap by trap."""
    found = load(Path(folder) / FILE)
    if not found.done:
        print("No problem is done yet: the picture appears here after the first.")
        return
    draw_tally(found)


def _opened(found: Tally, level: int) -> tuple[Open, Problem]:
    forms_of(level)
    opened = found.open.get(level)
    if opened is None:
        raise NotPossible(f"No problem of level {level} is open: run practice({level}) first.")
    return opened, draw_problem(level, opened.seed, opened.focus)
