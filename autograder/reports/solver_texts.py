"""Does a write-up read like the solver of practice problems? It never draws an exercise of the course, but it is Python, and open."""

import re
from collections.abc import Iterator
from functools import cache

from autograder.reports.similarity import Runs, runs_of, similarity, tokens_of_text
from matrix_checks.practice.adjoint import DIAGONAL, HADAMARD, NUMBER_IS_TRACE, TRANSPOSE_NUMBER
from matrix_checks.practice.problem import GRADIENT, Problem
from matrix_checks.practice.products import add, multiply, scale, transpose
from matrix_checks.practice.solving import solve
from matrix_checks.practice.terms import Letter, SquaredNorm, Term, Trace

# Of the runs of tokens that two texts have together. Of a thousand texts that people wrote, none had more than 0.06.
LEAST = 0.35
# Reasons in words that nobody comes to alone, and so many of them.
OWN_WORDS = (HADAMARD, DIAGONAL, NUMBER_IS_TRACE, TRANSPOSE_NUMBER, "read off dy = ")
MOST_BY_CHANCE = 1
# Signs of transposition.
_TRANSPOSED = re.compile(r"\^\s*\{?\s*(?:T\b|\\top\b|\\intercal\b|\\mathsf\s*\{?T\}?)\s*\}?|\'")
_REASON = re.compile(r"&& \\text\{[^}]*\}")


def reads_like_the_solver(text: str) -> bool:
    """Whether a write-up is the solver's text for an exercise of the course, in any letters, or has its words for reasons."""
    if sum(words in text for words in OWN_WORDS) > MOST_BY_CHANCE:
        return True
    own = runs_of(tokens_of_text(_TRANSPOSED.sub(r"^\\top ", text)))
    return any(similarity(own, known) >= LEAST for known in _known())


@cache
def _known() -> tuple[Runs, ...]:
    """Of the solver's texts, with the reasons and without them."""
    texts = [solve(problem).markdown() for problem in exercises()]
    return tuple(runs_of(tokens_of_text(each)) for text in texts for each in (text, _REASON.sub("", text)))


def exercises() -> Iterator[Problem]:
    """The course's exercises as a student could hand them to the solver."""
    x, c = Letter("x", ("N", "1")), Letter("c", ("N", "1"))
    A, B = Letter("A", ("N", "N")), Letter("B", ("N", "N"))
    yield _problem(multiply(transpose(x), x), x)
    yield _problem(Trace(multiply(A, B)), A)
    yield _problem(multiply(transpose(x), A, c), x)
    yield _problem(multiply(transpose(x), A, c), A)
    X, F, S = Letter("X", ("N", "M")), Letter("A", ("N", "R")), Letter("S", ("R", "M"))
    loss = SquaredNorm(add(X, scale(-1, multiply(F, S))))
    yield _problem(loss, S)
    yield _problem(loss, F)


def _problem(term: Term, variable: Letter) -> Problem:
    return Problem(0, 0, "", (), Letter("y", term.shape), term, (), variable, GRADIENT)
