"""Practice problems: the same seed gives the same problem, every step of a solution is proven, and a wrong one is not."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from benchmarks.practice import faults_of
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.practice import drawing
from matrix_checks.practice.cribs import EXERCISES, form_of, is_exercise_of_the_course
from matrix_checks.practice.drawing import LEVELS, LONGEST, NotPossible, draw_problem, forms_of, visible_length
from matrix_checks.practice.forms import FORMS, TRAPS
from matrix_checks.practice.latex import latex
from matrix_checks.practice.problem import DIFFERENTIAL, Problem
from matrix_checks.practice.products import add, multiply, scale, transpose
from matrix_checks.practice.proof import exercise_of
from matrix_checks.practice.solving import solve
from matrix_checks.practice.terms import DoesNotFit, Letter, Product, SquaredNorm, Sum, Term, Trace, Transposed, letters_of
from matrix_checks.practice.truth import numbers_for, sizes_of
from matrix_checks.practice.values import Numbers
from tests.conftest import examples

SEEDS = range(examples(6))
# Forms of which all problems are exercises of the course, so that none is ever drawn.
EXERCISES_ALONE = {"_linear_form", "_trace_of_product", "_inner_product", "_linear_differential"}


@pytest.mark.parametrize("place", range(len(FORMS)))
def test_every_step_of_a_solution_is_proven_and_its_code_agrees_with_a_complex_step(place: int, monkeypatch) -> None:
    """Of problems of each form: seeds alone would draw some forms often, and some never."""
    form = FORMS[place]
    monkeypatch.setattr(drawing, "forms_of", lambda level, focus: [form])
    for seed in SEEDS:
        try:
            faults, _ = faults_of(form.level, seed)
        except NotPossible:
            assert form.make.__name__ in EXERCISES_ALONE
        else:
            assert not faults, f"level {form.level}, seed {seed}, {form.make.__name__}: {faults}"


def mutations(term: Term) -> Iterator[Term]:
    """A wrong answer for each mistake that people make: a factor, a sign, a lost term, a transposition, another order."""
    yield scale(2, term)
    yield scale(-1, term)
    if isinstance(term, Sum):
        yield from (add(*term.terms[:place], *term.terms[place + 1 :]) for place in range(len(term.terms)))
        for place, each in enumerate(term.terms):
            yield from (
                add(*term.terms[:place], other, *term.terms[place + 1 :]) for other in mutations(each) if other.shape == term.shape
            )
    if isinstance(term, Product) and term.chain:
        for place, each in enumerate(term.chain):
            others = [transpose(each)] if each.shape[0] == each.shape[1] else []
            for other in others:
                yield multiply(
                    scale(term.coefficient, multiply(*term.numbers)), *term.chain[:place], other, *term.chain[place + 1 :]
                )
        with contextlib.suppress(DoesNotFit):
            yield multiply(scale(term.coefficient, multiply(*term.numbers)), *reversed(term.chain))


@pytest.mark.parametrize("level", LEVELS)
def test_a_wrong_answer_neither_holds_nor_is_reached(level: int) -> None:
    tried = 0
    for seed in range(9):
        problem = draw_problem(level, seed)
        if problem.asked == DIFFERENTIAL:
            continue
        answer = solve(problem).answer
        arrays = numbers_for(problem)
        numbers = Numbers(sizes_of(problem), dict(arrays))
        for letter, body in problem.intermediates:
            numbers.arrays[letter.name] = numbers.value(body)  # type: ignore[index]
        right = numbers.value(answer)
        for wrong in mutations(answer):
            value = numbers.value(wrong)
            if wrong.shape != answer.shape or np.allclose(value, right):
                continue
            tried += 1
            report = read_writeup(f"$${problem.question} = {latex(wrong)}$$", exercise_of(problem))
            # A Jacobian that is transposed as a whole is one in the other layout, and is told so.
            said = {step.verdict: answer for step, answer in zip(report.steps, report.answers.values())}
            assert said in ({"false": "wrong"}, {"other layout": "other layout"}), f"{problem.statement()}: {latex(wrong)}"
    assert tried > 20


def test_a_seed_gives_the_same_problem_in_another_process() -> None:
    code = "from matrix_checks.practice.drawing import draw_problem as d; print([d(l, s).statement() for l in range(1, 6) for s in range(5)])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == str([draw_problem(level, seed).statement() for level in LEVELS for seed in range(5)])


def test_problems_of_known_seeds_stay_as_they_are() -> None:
    """Whoever adds a form draws other problems, and says so by changing this line: open problems of students change, too."""
    assert draw_problem(2, 3).statement().startswith(r"$$y = (p^\top w) (q^\top G^\top w)$$")


def test_another_stream_has_other_problems() -> None:
    assert draw_problem(2, 3, stream="notebook") != draw_problem(2, 3)


def problems(seeds: int) -> Iterator[Problem]:
    yield from (draw_problem(level, seed) for level in LEVELS for seed in range(seeds))


def test_a_problem_fits_a_line_depends_on_its_variable_and_holds_no_constant_twice() -> None:
    for problem in problems(60):
        whole = [problem.term, *(body for _, body in problem.intermediates)]
        assert sum(visible_length(latex(each)) for each in whole) <= LONGEST
        assert any(problem.variable.name in letters_of(each) for each in whole)
        letters = [each.name for term in whole for each in term.everything if isinstance(each, Letter)]
        constants = {each.name for each in problem.constants}
        assert all(letters.count(name) == 1 for name in constants), problem.statement()


def test_no_problem_is_an_exercise_of_the_course() -> None:
    assert not any(is_exercise_of_the_course(problem) for problem in problems(100))


def letter(name: str, rows: str, columns: str) -> Letter:
    return Letter(name, (rows, columns))


X, A, B, S = letter("X", "N", "M"), letter("A", "M", "N"), letter("B", "N", "R"), letter("S", "R", "M")
x, u, v = letter("x", "N", "1"), letter("u", "N", "1"), letter("v", "M", "1")


@pytest.mark.parametrize(
    ("term", "variable"),
    [
        (multiply(transpose(x), x), "x"),
        (SquaredNorm(x), "x"),
        (Trace(multiply(A, X)), "X"),
        (Trace(multiply(Transposed(X), Transposed(A))), "X"),
        (Trace(multiply(X, A)), "A"),
        (multiply(transpose(u), X, v), "X"),
        (multiply(transpose(v), Transposed(X), u), "u"),
        (SquaredNorm(add(X, scale(-1, multiply(B, S)))), "S"),
        (SquaredNorm(add(multiply(B, S), scale(-1, X))), "B"),
    ],
)
def test_an_exercise_of_the_course_is_known_in_other_letters_order_and_transposes(term: Term, variable: str) -> None:
    assert form_of(term, variable) in EXERCISES


@pytest.mark.parametrize("focus", TRAPS)
def test_a_focus_gives_problems_with_that_trap(focus: str) -> None:
    levels = sorted({each.level for each in FORMS if focus in each.traps})
    for level in levels:
        assert all(focus in draw_problem(level, seed, focus).traps for seed in range(8))


@pytest.mark.parametrize(
    ("level", "focus", "said"),
    [
        (6, "", "There is no level 6: levels go from 1 to 5."),
        (2, "speed", "There is no focus 'speed': choose one of transposes, order, factor, layout, mean, chain."),
        (1, "chain", "Level 1 has no problem with the focus 'chain': it exists on levels 2, 3, 4, 5."),
    ],
)
def test_what_does_not_exist_is_said_in_one_sentence(level: int, focus: str, said: str) -> None:
    with pytest.raises(NotPossible) as error:
        forms_of(level, focus)
    assert str(error.value) == said
