"""Drawing a problem: the same one for a level, a focus and a seed, on every machine."""

import re

from matrix_checks.practice.cribs import is_exercise_of_the_course
from matrix_checks.practice.draws import Draws
from matrix_checks.practice.forms import FORMS, TRAPS, Draft, Form
from matrix_checks.practice.latex import latex
from matrix_checks.practice.problem import Problem
from matrix_checks.practice.shapes import Maker
from matrix_checks.practice.terms import Letter, Transposed, letters_of

LEVELS = (1, 2, 3, 4, 5)
LONGEST = 60
MOST_TRIES = 50


class NotPossible(ValueError):
    """A level, a focus or a seed that no problem has; the message is one sentence."""


def forms_of(level: int, focus: str = "") -> list[Form]:
    """The forms of a level with a focus.

    Raises
    ------
    NotPossible
        If there are none.
    """
    if type(level) is not int or level not in LEVELS:
        raise NotPossible(f"There is no level {level!r}: levels go from {LEVELS[0]} to {LEVELS[-1]}.")
    if focus and focus not in TRAPS:
        raise NotPossible(f"There is no focus {focus!r}: choose one of {', '.join(TRAPS)}.")
    found = [each for each in FORMS if each.level == level and (not focus or focus in each.traps)]
    if not found:
        levels = sorted({each.level for each in FORMS if focus in each.traps})
        raise NotPossible(
            f"Level {level} has no problem with the focus {focus!r}: it exists on levels {', '.join(map(str, levels))}."
        )
    return found


def draw_problem(level: int, seed: int, focus: str = "", stream: str = "") -> Problem:
    """A problem that fits a line, depends on its variable, and is no exercise of the course.

    Problems of another ``stream`` are others: a seed of a sheet gives nobody the problem of a notebook.

    Raises
    ------
    NotPossible
        If the level or the focus do not exist, or not together.
    """
    forms = forms_of(level, focus)
    draw = Draws("practice", stream, str(level), focus, str(seed))
    for _ in range(MOST_TRIES):
        chosen = draw.one_of(forms)
        kind = draw.one_of(chosen.variables)
        maker = Maker(draw, matrix=kind != "column", square=kind == "square")
        try:
            draft = chosen.make(maker)
        except IndexError:
            # All letters are taken: too long.
            continue
        problem = _problem(level, seed, focus, chosen, maker.variable, draft)
        if _is_good(problem):
            return problem
    raise NotPossible(f"No problem was found for level {level}, seed {seed}.")


def _problem(level: int, seed: int, focus: str, form: Form, variable: Letter, draft: Draft) -> Problem:
    term = draft.term
    name = "y" if term.is_number or term.is_column else "F"
    value = Letter(name, term.shape)
    return Problem(level, seed, focus, form.traps, value, term, draft.intermediates, variable, draft.asked)


def _is_good(problem: Problem) -> bool:
    reached = {problem.variable.name}
    for letter, body in problem.intermediates:
        if letters_of(body) & reached:
            reached.add(letter.name)
    whole = [latex(problem.term), *(latex(body) for _, body in problem.intermediates)]
    return (
        bool(letters_of(problem.term) & reached)
        and sum(map(visible_length, whole)) <= LONGEST
        # Another name for a letter is no chain.
        and not any(isinstance(body, Letter | Transposed) for _, body in problem.intermediates)
        and not is_exercise_of_the_course(problem)
    )


def visible_length(tex: str) -> int:
    """About how many characters wide a formula is."""
    return len(re.sub(r"\\(?:left|right|operatorname|mathbf)|\\[,]|[{}^\s]|(?<=\\)[a-zA-Z]+", "", tex))
