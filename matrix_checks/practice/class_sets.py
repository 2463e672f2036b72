"""A problem for each of several people: all different, and equally hard.

The measure of hardness is the number of rules and moves that the solution needs: :attr:`~.solving.Solution.hardness`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matrix_checks.practice.drawing import NotPossible, draw_problem
from matrix_checks.practice.latex import latex
from matrix_checks.practice.problem import Problem
from matrix_checks.practice.solving import Solution, solve

# So many problems are drawn to find out which hardness is the most frequent one.
FIRST = 120
# For each person, so many problems are drawn at most.
TRIES = 12


@dataclass(frozen=True)
class ClassSet:
    """Problems for a class.

    Attributes
    ----------
    hardness
        The number of rules and moves that each solution needs.
    solutions
        By person.
    """

    hardness: int
    solutions: dict[str, Solution]


def pattern_of(problem: Problem) -> str:
    """The problem with its letters numbered in the order in which they appear: equal for problems that differ in letters only."""
    known: dict[str, str] = {}
    names = {problem.variable.name, *(each.name for each in problem.constants), *problem.sizes} - {"\\lambda"}
    whole = "; ".join([latex(problem.term), *(f"{letter.name} = {latex(body)}" for letter, body in problem.intermediates)])
    shapes = "; ".join("x".join(each.size) for each in (problem.variable, *problem.constants))

    def numbered(found: re.Match[str]) -> str:
        name = found.group()
        return known.setdefault(name, f"#{len(known)}") if name in names else name

    # A letter of a command, as in \operatorname, is none of the problem's.
    return re.sub(r"\\[a-zA-Z]+(?:\{[a-z]+\})?|[A-Za-z]", numbered, f"{whole} ({problem.question}) {shapes}")


def draw_class_set(people: Sequence[str], level: int, seed: int, focus: str = "") -> ClassSet:
    """A problem for each person; nobody's differs from another's in letters only, as long as there are enough.

    Raises
    ------
    NotPossible
        If the level or the focus do not exist, if there are no people, or not enough problems for them.
    """
    if not people:
        raise NotPossible("There is nobody to draw problems for.")
    first = [solve(draw_problem(level, seed + place, focus)) for place in range(FIRST)]
    hardness = Counter(each.hardness for each in first).most_common(1)[0][0]
    equally_hard = _drawn(first, level, seed, focus, hardness, len(people))
    if len(equally_hard) < len(people):
        raise NotPossible(
            f"There are {len(equally_hard)} different problems of level {level} that are equally hard, and {len(people)} people: "
            "take another level or no focus."
        )
    return ClassSet(hardness, dict(zip(people, equally_hard)))


def _drawn(first: Sequence[Solution], level: int, seed: int, focus: str, hardness: int, wanted: int) -> list[Solution]:
    """Solutions of one hardness, those of other patterns first."""
    new: list[Solution] = []
    again: list[Solution] = []
    patterns: set[str] = set()
    statements: set[str] = set()
    for place in range(max(FIRST, wanted * TRIES)):
        if len(new) >= wanted:
            break
        solution = first[place] if place < len(first) else solve(draw_problem(level, seed + place, focus))
        statement = solution.problem.statement()
        if solution.hardness != hardness or statement in statements:
            continue
        statements.add(statement)
        pattern = pattern_of(solution.problem)
        (again if pattern in patterns else new).append(solution)
        patterns.add(pattern)
    return (new + again)[:wanted]
