"""What problems are made of: numbers that depend on a seed only, their TeX, and the refusal of numbers that cannot show a mistake."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import wraps

import numpy as np

from matrix_checks.practice.draws import Draws as Draws

EXACT = 1e-12
# Numbers that hide a mistake are rare: so many draws in a row that hide one are an error in the problem.
MOST_DRAWS = 500


@dataclass(frozen=True)
class Problem:
    """One problem with its answer.

    Attributes
    ----------
    task
        Markdown with formulas in TeX.
    answer
        The same: in letters, and in numbers that were computed from the definition.
    variables, definitions, equation
        The answer in letters as an equation, and what its names stand for, in the language of ``writeups.toml``, so that the reader of
        derivations can try it; empty where the task asks for numbers only.
    given, found
        The numbers that were drawn, by letter, and the answer in numbers.
    """

    task: str
    answer: str
    variables: dict[str, list[str]] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    equation: str = ""
    given: dict[str, np.ndarray] = field(default_factory=dict, compare=False)
    found: np.ndarray = field(default_factory=lambda: np.zeros(0), compare=False)


# A problem, and what those find who make a mistake that it is meant to show.
Attempt = tuple[Problem, Sequence[np.ndarray]]


def telling(attempt: Callable[[Draws], Attempt]) -> Callable[[Draws], Problem]:
    """Draw again until every mistake gives other numbers or another shape, and the answer is not zero."""

    @wraps(attempt)
    def drawn(draw: Draws) -> Problem:
        for _ in range(MOST_DRAWS):
            problem, mistakes = attempt(draw)
            if np.any(problem.found) and all(_differ(problem.found, each) for each in mistakes):
                return problem
        raise ValueError(f"the problem {attempt.__name__} hides a mistake with every draw: choose other numbers for it.")

    return drawn


def number(value: float) -> str:
    """A number as TeX: whole, or a fraction."""
    fraction = Fraction(value).limit_denominator(1000)
    if abs(float(fraction) - value) > EXACT:
        raise ValueError(f"{value} is no fraction of small numbers: choose other numbers for this problem.")
    if fraction.denominator == 1:
        return str(fraction.numerator)
    sign = "-" if fraction < 0 else ""
    return rf"{sign}\tfrac{{{abs(fraction.numerator)}}}{{{fraction.denominator}}}"


def column(array: np.ndarray) -> str:
    """A vector in a line of text: numbers between brackets, with commas."""
    return f"({', '.join(map(number, array))})"


def matrix(array: np.ndarray) -> str:
    """A matrix as TeX."""
    rows = r" \\ ".join(" & ".join(map(number, row)) for row in array)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


def _differ(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape != other.shape or not np.allclose(one, other)
