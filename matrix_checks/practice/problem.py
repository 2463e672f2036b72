"""A practice problem: what is given, what is asked, and how it is said."""

from dataclasses import dataclass

from matrix_checks.practice.latex import latex
from matrix_checks.practice.terms import ONE, Entrywise, Letter, Softmax, Term

GRADIENT, DIFFERENTIAL, JACOBIAN = "gradient", "differential", "jacobian"


@dataclass(frozen=True)
class Problem:
    """One problem.

    Attributes
    ----------
    level
        From 1 to 5.
    seed
        With the level and the focus, it gives the same problem on every machine.
    focus
        The kind of trap that was asked for; empty for any.
    traps
        The kinds of traps that the problem has.
    value
        What is differentiated: its name and its shape.
    term
        What that stands for.
    intermediates
        Named parts of it, each with what it stands for; a later one may hold earlier ones.
    variable
        What it is differentiated by.
    asked
        ``gradient``, ``differential`` or ``jacobian``.
    """

    level: int
    seed: int
    focus: str
    traps: tuple[str, ...]
    value: Letter
    term: Term
    intermediates: tuple[tuple[Letter, Term], ...]
    variable: Letter
    asked: str

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the intermediates stand for, and what the value does."""
        return (*(body for _, body in self.intermediates), self.term)

    @property
    def constants(self) -> tuple[Letter, ...]:
        """The letters that are given and stay fixed, in alphabetical order; sizes are not among them."""
        own = {self.variable.name, *(letter.name for letter, _ in self.intermediates)}
        found = {
            each
            for term in self.terms
            for each in term.everything
            if isinstance(each, Letter) and each.name not in own and each.name not in self.sizes
        }
        return tuple(sorted(found, key=lambda letter: (letter.name.upper(), letter.name)))

    @property
    def sizes(self) -> tuple[str, ...]:
        """The letters of the sizes."""
        shapes = [self.variable.size, *(each.shape for _, each in self.intermediates)]
        for term in self.terms:
            shapes += [each.size for each in term.everything if isinstance(each, Letter)]
        return tuple(sorted({size for shape in shapes for size in shape} - {ONE}))

    @property
    def question(self) -> str:
        """What is asked for, as TeX."""
        if self.asked == DIFFERENTIAL:
            return f"d{self.value.name}"
        if self.asked == JACOBIAN and not self.value.is_column:
            return rf"\frac{{d\operatorname{{vec}}({self.value.name})}}{{d\operatorname{{vec}}({self.variable.name})}}"
        return rf"\frac{{d{self.value.name}}}{{d{self.variable.name}}}"

    @property
    def is_entrywise(self) -> bool:
        """Whether functions are applied to every entry of an array."""
        return any(isinstance(each, (Entrywise, Softmax)) and not each.is_number for term in self.terms for each in term.everything)

    @property
    def name(self) -> str:
        """How a person asks for it again."""
        return f"level {self.level}, seed {self.seed}" + (f", focus {self.focus}" if self.focus else "")

    def statement(self) -> str:
        """The task in Markdown."""
        defined = "".join(rf", \quad {letter.name} = {latex(term)}" for letter, term in self.intermediates)
        where = defined.replace(r"\quad", r"\quad \text{where} \quad", 1)
        shapes = ", ".join(f"${each.name} \\in {space_of(each)}$" for each in (self.variable, *self.constants))
        notes = _notes(self)
        task = {
            GRADIENT: f"Find ${self.question}$, in the shape of ${self.variable.name}$.",
            DIFFERENTIAL: f"Find the differential ${self.question}$ for a step $d{self.variable.name}$.",
            JACOBIAN: f"Find the Jacobian ${self.question}$" + (", where vec stacks columns." if not self.value.is_column else "."),
        }[self.asked]
        return f"$${self.value.name} = {latex(self.term)}{where}$$\n\n{shapes}.{notes} {task}"


def space_of(letter: Letter) -> str:
    """The space in which a letter lives, as TeX."""
    rows, columns = letter.size
    if letter.is_number:
        return r"\mathbb{R}"
    return rf"\mathbb{{R}}^{{{rows}}}" if columns == ONE else rf"\mathbb{{R}}^{{{rows} \times {columns}}}"


def _notes(problem: Problem) -> str:
    """What the notation means where a reader may not know it."""
    terms = [each for term in problem.terms for each in term.everything]
    functions = {each.name for each in terms if isinstance(each, Entrywise) and not each.is_number}
    said = []
    if any(isinstance(each, Softmax) and not each.is_column for each in terms):
        said.append("softmax is taken of each row")
    if functions:
        said.append("functions are applied to every entry")
    if "sigmoid" in functions or any(isinstance(each, Entrywise) and each.name == "sigmoid" for each in terms):
        said.append("sigmoid is the logistic function")
    return f" Here {', and '.join(said)}." if said else ""
