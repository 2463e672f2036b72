"""Practice in a notebook: a problem, the derivation read as in the course, hints, the solution after an attempt, a tally."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path

from matrix_checks.derivations.judging.display import as_markdown
from matrix_checks.practice.drawing import LEVELS, NotPossible, draw_problem, forms_of
from matrix_checks.practice.helping import as_text, hints_of
from matrix_checks.practice.mistakes import traps_of
from matrix_checks.practice.pictures import draw_tally
from matrix_checks.practice.places import find_derivation
from matrix_checks.practice.problem import Problem
from matrix_checks.practice.readings import Reading, read
from matrix_checks.practice.schedule import next_focus
from matrix_checks.practice.showing import show
from matrix_checks.practice.solving import solve
from matrix_checks.practice.tally_file import FILE, HELPED, LEFT, SHOWN, SOLVED, Open, Tally, Unreadable, digest, load, save

ATTEMPT_FIRST = (
    "The solution is shown after an attempt: write at least one step of a derivation below the problem, save the notebook (Ctrl+S), "
    "and run check_derivation({level}). For an idea, run hint({level})."
)
NOWHERE = (
    "No saved notebook here has a cell with check_derivation({level}), so nothing was read: save the notebook (Ctrl+S) and run this cell "
    'again. Where no file can be saved, as in Colab, hand over the text: check_derivation({level}, text=r"""...""").'
)
# Notebooks draw other problems than sheets of the same seed.
STREAM = "notebook"


def _in_one_sentence(function: Callable[..., None]) -> Callable[..., None]:
    """Bad input gets one sentence, and no traceback."""

    @wraps(function)
    def guarded(*arguments: object, **named: object) -> None:
        try:
            function(*arguments, **named)
        except (NotPossible, Unreadable) as error:
            print(error)
        except OSError as error:
            print(f"{FILE} cannot be written here: {error.strerror}.")

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
        Leave the open problem, and draw a new one; what went wrong in it is remembered.
    folder
        Where the notebook lies.
    """
    file = Path(folder) / FILE
    forms_of(level, focus)
    tally = load(file)
    opened = tally.open.get(level)
    if opened is None or another or (focus and opened.focus != focus):
        seed = tally.next_seed()
        if opened is not None and opened.is_begun:
            tally.close(level, _drawn(level, opened).traps, LEFT)
        tally.open[level] = opened = Open(seed, focus or next_focus(tally, level), chosen=bool(focus))
        save(tally, file)
    because = f" It has a trap that you met before: {opened.focus}." if opened.focus and not opened.chosen else ""
    show(f"**Level {level}, problem {opened.seed}.**{because}\n\n{_drawn(level, opened).statement()}")


@_in_one_sentence
def check_derivation(level: int = 1, *, text: str | None = None, folder: Path | str = ".") -> None:
    """Read the derivation of a level's problem, as the course's write-ups are read.

    Parameters
    ----------
    level
        Of the problem.
    text
        The derivation; without it, the Markdown cells above the cell that calls this, in the notebook as it was last saved.
    folder
        Where the notebook lies.
    """
    file = Path(folder) / FILE
    tally = load(file)
    opened, problem = _opened(tally, level)
    written = _written(level, Path(folder)) if text is None else text
    if not written.strip():
        return
    last = tally.last(level)
    if last is not None and last.text and last.text == digest(written):
        print(
            f"This is the derivation of the problem before. Put that of problem {opened.seed} in its place, and save the notebook."
        )
        return
    reading = read(written, problem, len(solve(problem).steps))
    show(as_markdown(reading.report))
    opened.attempts += reading.is_attempt
    opened.wrong += reading.is_wrong
    opened.fell = sorted({*opened.fell, *traps_of(reading.report)})
    if reading.is_done:
        result = HELPED if opened.hints or opened.wrong else SOLVED
        tally.close(level, problem.traps, result, written)
        up = f"; practice({level + 1}) goes one level up." if level < LEVELS[-1] else "."
        show(f"Done. The short way: solution({level}). The next problem: practice({level}){up}")
    else:
        _say_what_is_missing(reading, level)
    save(tally, file)


def _written(level: int, folder: Path) -> str:
    """The derivation in the saved notebook; where there is none, one sentence says so."""
    place = find_derivation(level, folder)
    if place is None:
        print(NOWHERE.format(level=level))
        return ""
    if not place.text.strip():
        print(f"{place.notebook.name} has no derivation for level {level} yet: write it, press Ctrl+S, then run this cell again.")
        return ""
    print(f"{place.notebook.name}, as it was saved on {place.saved:%d %B at %H:%M:%S}.")
    return place.text


def _say_what_is_missing(reading: Reading, level: int) -> None:
    if reading.has_answer and not reading.is_wrong:
        print(f"The answer is right. Write the steps that lead to it, and run check_derivation({level}) again.")


@_in_one_sentence
def hint(level: int = 1, *, folder: Path | str = ".") -> None:
    """Show the idea of the next step; called again, the step itself. Steps of intermediates that are written already are passed over."""
    file = Path(folder) / FILE
    tally = load(file)
    opened, problem = _opened(tally, level)
    place = find_derivation(level, Path(folder))
    hints = hints_of(solve(problem), place.text if place is not None else "")
    if opened.hints >= len(hints):
        print(f"These were all hints: the last step is the answer. Write it, and run check_derivation({level}).")
        return
    show(f"Hint {opened.hints + 1} of {len(hints)}: {hints[opened.hints]}")
    opened.hints += 1
    save(tally, file)


@_in_one_sentence
def solution(level: int = 1, *, folder: Path | str = ".") -> None:
    """Show the solution of the open problem, after an attempt, which then counts as shown; after Done, that of the problem before."""
    file = Path(folder) / FILE
    tally = load(file)
    forms_of(level)
    opened, last = tally.open.get(level), tally.last(level)
    if opened is None and last is not None:
        show(f"**Solution**\n\n{as_text(draw_problem(level, last.seed, last.focus, STREAM))}")
        return
    opened, problem = _opened(tally, level)
    if not opened.attempts:
        print(ATTEMPT_FIRST.format(level=level))
        return
    show(f"**Solution**\n\n{as_text(problem)}")
    place = find_derivation(level, Path(folder))
    tally.close(level, problem.traps, SHOWN, place.text if place is not None else "")
    save(tally, file)


@_in_one_sentence
def tally(folder: Path | str = ".") -> None:
    """Show a picture of what was done, level by level and trap by trap."""
    found = load(Path(folder) / FILE)
    if not found.done:
        print("No problem is done yet: the picture appears here after the first.")
        return
    draw_tally(found)


def _drawn(level: int, opened: Open) -> Problem:
    return draw_problem(level, opened.seed, opened.focus, STREAM)


def _opened(found: Tally, level: int) -> tuple[Open, Problem]:
    forms_of(level)
    opened = found.open.get(level)
    if opened is None:
        raise NotPossible(f"No problem of level {level} is open: run practice({level}) first.")
    return opened, _drawn(level, opened)
