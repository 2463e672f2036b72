"""The derivative of a problem in numbers, by a complex step: it knows none of the rules by which solutions are derived.

Source: W. Squire and G. Trapp, Using complex variables to estimate derivatives of real functions, SIAM Review 40 (1998).
"""

import numpy as np

from matrix_checks.practice.code import DEFINED, numpy_code, python_name
from matrix_checks.practice.draws import Draws
from matrix_checks.practice.problem import DIFFERENTIAL, GRADIENT, Problem
from matrix_checks.practice.solving import Solution
from matrix_checks.practice.terms import Letter, Term
from matrix_checks.practice.values import COMPLEX_STEP, Numbers

# They all differ, so that no shape fits by accident.
SIZES = (2, 3, 4, 5)
FINEST = 10_000


def numbers_for(problem: Problem, seed: str = "") -> dict[str, np.ndarray]:
    """An array for every letter: columns as ``(n, 1)``, sizes as ``(1, 1)``."""
    draw = Draws("numbers", problem.name, seed)
    sizes = sizes_of(problem)
    arrays = {name: np.full((1, 1), float(size)) for name, size in sizes.items()}
    for each in (problem.variable, *problem.constants):
        shape = [sizes.get(size, 1) for size in each.size]
        values = [(draw.below(2 * FINEST) - FINEST + 0.5) / FINEST for _ in range(int(np.prod(shape)))]
        arrays[each.name] = np.array(values).reshape(shape)
    return arrays


def sizes_of(problem: Problem) -> dict[str, int]:
    """A number for the letter of every size."""
    return dict(zip(problem.sizes, SIZES))


def value_of(problem: Problem, arrays: dict[str, np.ndarray]) -> np.ndarray:
    """The value that is differentiated, at numbers that may be complex."""
    known = dict(arrays)
    numbers = Numbers(sizes_of(problem), known)
    for letter, body in problem.intermediates:
        known[letter.name] = numbers.value(body)
    return numbers.value(problem.term)


def _derivative(problem: Problem, arrays: dict[str, np.ndarray], step: np.ndarray) -> np.ndarray:
    """The derivative in the direction of a step."""
    name = problem.variable.name
    return value_of(problem, {**arrays, name: arrays[name] + 1j * COMPLEX_STEP * step}).imag / COMPLEX_STEP


def true_answer(problem: Problem, arrays: dict[str, np.ndarray]) -> np.ndarray:
    """What was asked for, in numbers; for a differential, its value at the step ``arrays["dX"]``."""
    variable = arrays[problem.variable.name]
    if problem.asked == DIFFERENTIAL:
        return _derivative(problem, arrays, arrays[f"d{problem.variable.name}"])
    found = []
    for place in range(variable.size):
        # Columns are stacked, as vec does.
        unit = np.zeros(variable.size)
        unit[place] = 1
        found.append(_derivative(problem, arrays, unit.reshape(variable.shape, order="F")))
    if problem.asked == GRADIENT:
        return np.array([each[0, 0] for each in found]).reshape(variable.shape, order="F")
    return np.stack([each.ravel(order="F") for each in found], axis=1)


def answer_by_code(solution: Solution, arrays: dict[str, np.ndarray]) -> np.ndarray:
    """What the solution's code gives: columns are arrays of shape ``(n,)`` there."""
    problem = solution.problem
    names: dict[str, object] = {"np": np}
    for name, array in arrays.items():
        is_size = name in problem.sizes
        plain: object = int(array[0, 0]) if is_size else array[:, 0] if array.shape[1] == 1 else array
        names[python_name(name)] = float(array[0, 0]) if array.shape == (1, 1) and not is_size else plain
    exec(code_of(solution), names)
    return np.asarray(names["answer"])


def code_of(solution: Solution) -> str:
    """The code of a solution: the intermediates, and the answer."""
    problem = solution.problem
    lines = [f"{letter.name} = {numpy_code(body)}" for letter, body in problem.intermediates if _is_needed(letter, solution)]
    lines.append(f"answer = {numpy_code(solution.answer)}")
    code = "\n".join(lines)
    return "".join(f"{body}\n" for name, body in DEFINED.items() if name in code) + code


def _is_needed(letter: Letter, solution: Solution) -> bool:
    bodies: list[Term] = [solution.answer, *(body for _, body in solution.problem.intermediates)]
    return any(each == letter for body in bodies for each in body.everything)
