"""The solution of a practice problem by the differential, line by line, each with its reason."""

from dataclasses import dataclass

from matrix_checks.practice import adjoint
from matrix_checks.practice.calculus import differential, reasons_of
from matrix_checks.practice.jacobians import collected, jacobian_of, moved_to_the_end
from matrix_checks.practice.latex import latex
from matrix_checks.practice.problem import DIFFERENTIAL, GRADIENT, Problem, space_of
from matrix_checks.practice.products import add, expanded, factored, multiply, number, transpose, with_common_front
from matrix_checks.practice.rewriting import replaced
from matrix_checks.practice.stacking import Stacked
from matrix_checks.practice.terms import Letter, Product, Step, Term, letters_of, steps_of

COLLECT = "collect"
MOST_LINES = 40


@dataclass(frozen=True)
class Line:
    """One member of a chain of equalities.

    Attributes
    ----------
    term
        What stands there.
    reason
        Why it is equal to the line before, in words.
    """

    term: Term
    reason: str


@dataclass(frozen=True)
class Chain:
    """A chain of equalities: what stands on its left side, as TeX, and its lines."""

    left: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Solution:
    """The chains of a solution; the last line of the last one is the answer."""

    problem: Problem
    chains: tuple[Chain, ...]

    @property
    def answer(self) -> Term:
        """What was asked for."""
        return self.chains[-1].lines[-1].term

    @property
    def steps(self) -> tuple[tuple[str, Line], ...]:
        """Every line with the left side that it continues."""
        return tuple((chain.left, line) for chain in self.chains for line in chain.lines)

    @property
    def hardness(self) -> int:
        """How many rules and moves the solution needs: by this two problems are equally hard."""
        return sum(1 + line.reason.count(";") for _, line in self.steps)

    def markdown(self) -> str:
        """The derivation as a student would write it, with the reason of each step beside it."""
        return "\n\n".join(map(_chain_as_markdown, self.chains))

    def shapes(self) -> str:
        """The shapes of all that has a name, in Markdown."""
        problem = self.problem
        letters = [problem.variable, *(letter for letter, _ in problem.intermediates), *problem.constants]
        said = [f"${each.name} \\in {space_of(each)}$" for each in letters]
        rows, columns = self.answer.shape
        return f"Shapes: {', '.join(said)}; the answer is ${rows} \\times {columns}$."


def _chain_as_markdown(chain: Chain) -> str:
    lines = [
        f"{chain.left if place == 0 else '{}'} &= {latex(line.term)} && \\text{{{line.reason}}}"
        for place, line in enumerate(chain.lines)
    ]
    body = " \\\\\n".join(lines)
    return f"$$\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n$$"


def solve(problem: Problem) -> Solution:
    """The solution, derived by the rules of :mod:`.calculus` and the moves of :mod:`.adjoint`."""
    chains: list[Chain] = []
    changing = frozenset((problem.variable.name,))
    differentials: dict[str, Term] = {}
    for letter, body in problem.intermediates:
        found = differential(body, changing)
        if letters_of(body).isdisjoint(changing):
            continue
        # What has a name is written by its name: s ⊙ (1 - s), and not the function again.
        found = differentials[letter.name] = replaced(found, body, letter)
        chains.append(Chain(f"d{letter.name}", (Line(found, _reasons(body, changing)),)))
        changing |= {letter.name}
    first = Line(differential(problem.term, changing), _reasons(problem.term, changing))
    if problem.asked == GRADIENT:
        lines = _to_gradient(first, differentials, [letter for letter, _ in problem.intermediates])
        answer = _gradient(adjoint.coefficients(lines[-1].term)[problem.variable.name])
        chains += [Chain(f"d{problem.value.name}", tuple(lines)), Chain(problem.question, (Line(answer, _read_off(problem)),))]
        return Solution(problem, tuple(chains))
    lines = _with_insertions(first, differentials, [letter for letter, _ in problem.intermediates])
    if problem.asked == DIFFERENTIAL:
        return Solution(problem, (*chains, Chain(f"d{problem.value.name}", tuple(lines))))
    if problem.value.is_column:
        lines = _to_jacobian(lines)
        answer = jacobian_of(lines[-1].term)
        chains += [Chain(f"d{problem.value.name}", tuple(lines)), Chain(problem.question, (Line(answer, _read_off(problem)),))]
        return Solution(problem, tuple(chains))
    answer = jacobian_of(lines[-1].term)
    stacked = multiply(answer, Stacked(Step(problem.variable.name, problem.variable.size)))
    left = latex(Stacked(Step(problem.value.name, problem.value.size)))
    chains += [
        Chain(f"d{problem.value.name}", tuple(lines)),
        Chain(left, (Line(stacked, r"vec(AXB) = (Bᵀ ⊗ A) vec(X)"),)),
        Chain(problem.question, (Line(answer, _read_off(problem)),)),
    ]
    return Solution(problem, tuple(chains))


def _read_off(problem: Problem) -> str:
    """Where the answer stands in the last differential."""
    if problem.asked == GRADIENT:
        return (
            f"read off dy = gᵀ d{problem.variable.name}"
            if problem.variable.is_column
            else f"read off dy = tr(Gᵀ d{problem.variable.name})"
        )
    if problem.value.is_column:
        return f"read off dy = J d{problem.variable.name}"
    return f"read off vec(dF) = J vec(d{problem.variable.name})"


def _gradient(array: Term) -> Term:
    """``S^T`` for ``dy = tr(S dX)``, with the transposition at each term."""
    if isinstance(array, Product) and len(array.chain) == 1:
        inner = factored(add(*map(transpose, adjoint.terms_of(array.chain[0]))))
        return multiply(number(array.coefficient), *array.numbers, inner)
    return factored(with_common_front(add(*map(transpose, adjoint.terms_of(array)))))


def _reasons(term: Term, changing: frozenset[str]) -> str:
    return "; ".join(reasons_of(term, changing)) or "linear"


def _to_gradient(first: Line, differentials: dict[str, Term], order: list[Letter]) -> list[Line]:
    """Lines until the differential stands as ``tr(S dX)``."""
    lines = [first]
    while len(lines) < MOST_LINES:
        found = adjoint.moved(lines[-1].term)
        if found is not None:
            lines.append(Line(found[0], "; ".join(found[1])))
            continue
        arrays = adjoint.coefficients(lines[-1].term)
        if len(adjoint.terms_of(lines[-1].term)) > len(arrays):
            steps = {each.name: each for each in lines[-1].term.everything if isinstance(each, Step)}
            lines.append(Line(add(*(adjoint.paired(array, steps[name]) for name, array in arrays.items())), COLLECT))
        inner = next((letter for letter in reversed(order) if letter.name in arrays), None)
        if inner is None:
            return lines
        step = Step(inner.name, inner.size)
        inserted = add(
            *(adjoint.paired(array, differentials[name]) for name, array in arrays.items() if name == inner.name),
            *(adjoint.paired(array, _step_in(lines[-1].term, name)) for name, array in arrays.items() if name != inner.name),
        )
        lines.append(Line(inserted, f"insert {latex(step)}"))
    raise RuntimeError("the differential did not come to an end")


def _step_in(term: Term, name: str) -> Step:
    return next(each for each in term.everything if isinstance(each, Step) and each.name == name)


def _with_insertions(first: Line, differentials: dict[str, Term], order: list[Letter]) -> list[Line]:
    """Lines until only the differential of the variable is left."""
    lines = [first]
    for letter in reversed(order):
        if letter.name in steps_of(lines[-1].term):
            lines.append(Line(_inserted(lines[-1].term, letter, differentials[letter.name]), f"insert d{letter.name}"))
    return lines


def _inserted(term: Term, letter: Letter, found: Term) -> Term:
    """A differential with that of an intermediate put in its place."""
    return expanded(replaced(term, Step(letter.name, letter.size), found))


def _to_jacobian(lines: list[Line]) -> list[Line]:
    lines = list(lines)
    while (found := moved_to_the_end(lines[-1].term)) is not None:
        lines.append(Line(found[0], "; ".join(found[1])))
        if len(lines) > MOST_LINES:
            raise RuntimeError("the differential did not come to an end")
    together = collected(lines[-1].term)
    return lines if together == lines[-1].term else [*lines, Line(together, COLLECT)]
