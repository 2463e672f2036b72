"""Questions for the oral defence: what ``defence.toml`` says, checked against the assignment that it speaks of.

.. code-block:: toml

    [[question]]
    id = "outer_product"                 # once in the file
    exercise = "grad_bilinear_A"         # an exercise of assignment.toml, or one function of it
    when = ["c x^T, where x c^T belongs", "other layout", "answer missing: \\frac{dy}{dA}"]
    unless = ["the sign is wrong"]       # may be left out
    question = "Which shape has $c x^\\top$?"
    good = "What a good answer says."
    weak = "What a weak one sounds like."

    [problems]                           # of autograder/course/problems.py, to be solved at the table
    ex3 = ["bilinear_by_the_right", "bilinear_by_the_matrix"]
    grad_bilinear_A = ["bilinear_by_the_matrix", "transposed_by_the_matrix"]  # where this function is wrong

Each entry of ``when`` is one of these, and the question is meant for a student for whom one of them holds:

============================  =============================================================================================
a declared mistake            its sentence in ``hidden/<function>.py``, of one of the question's functions
a mistake of any exercise     words of ``ANY_EXERCISE`` in ``defence_words.py``
a verdict of the reader       a word of ``VERDICTS`` there, on a step of one of the exercise's write-ups
``false step: <reason>``      words of ``STEP_REASONS`` there, in the reason at the first false step of a write-up
``answer missing: <answer>``  the write-up gives no right answer to this question of ``writeups.toml``
``way missing: <way>``        the write-up does not go this way of ``writeups.toml``
an exercise or a function     something in it is not right, whatever it is
``always``                    anyone
============================  =============================================================================================

A function or write-up for which an entry of ``unless`` holds is no reason to ask: a question may state a fact only where it is true.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course.assignment import Assignment, Exercise
from autograder.course.defence_words import ANY_EXERCISE, STEP_REASONS, VERDICTS
from autograder.course.hidden_cases import FOLDER, declared_sentences
from autograder.course.problems import PROBLEMS
from autograder.pages.markdown import find_formulas
from autograder.pages.maths import FormulaError, check_formula

FILE = "defence.toml"
ALWAYS = "always"
ANSWER_MISSING, WAY_MISSING, FALSE_STEP = "answer missing: ", "way missing: ", "false step: "
_TEXTS = ("question", "good", "weak")
_ENTRIES = {"id", "exercise", "when", "unless", *_TEXTS}

# The kinds of conditions.
MISTAKE, ANY_MISTAKE, VERDICT, STEP, ANSWER, WAY, PART = "mistake", "any mistake", "verdict", "step", "answer", "way", "part"


class DefenceError(ValueError):
    """Something in ``defence.toml`` that cannot stand there; the message names the file and the remedy."""


@dataclass(frozen=True)
class Condition:
    """For whom a question is meant: one entry of ``when``.

    Attributes
    ----------
    kind
        What it names.
    words
        The sentence, the verdict, the answer, the way, or the exercise or function; of ``always`` nothing.
    """

    kind: str
    words: str = ""


@dataclass(frozen=True)
class Question:
    """One question of ``defence.toml``.

    Attributes
    ----------
    identifier
        Stands once in the file.
    exercise
        The identifier of its exercise.
    functions, writeups
        What its conditions speak of: names of functions, and ``grade_id`` of write-ups.
    conditions
        It is meant for a student for whom one of them holds.
    question, good, weak
        Markdown with formulas in TeX: what is asked, what a good answer says, what a weak one sounds like.
    exceptions
        A function or write-up for which one of them holds is no reason to ask it.
    """

    identifier: str
    exercise: str
    functions: tuple[str, ...]
    writeups: tuple[str, ...]
    conditions: tuple[Condition, ...]
    question: str
    good: str
    weak: str
    exceptions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Defence:
    """What ``defence.toml`` says: the questions in its order, and by exercise or function the names of problems to be solved at the table."""

    questions: tuple[Question, ...] = ()
    problems: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_defence(assignment: Assignment) -> Defence:
    """Read and check the questions of an assignment; there are none where it has no ``defence.toml``.

    Raises
    ------
    DefenceError
        At the first entry that names nothing, is missing, or cannot be typeset.
    """
    path = assignment.folder / FILE
    if not path.exists():
        return Defence()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefenceError(f"{path} cannot be read: {error}; correct this place.") from error
    for unknown in sorted(content.keys() - {"question", "problems"}):
        raise DefenceError(f"{path} has an entry {unknown!r}, which nothing reads: use [[question]] and [problems].")
    entries, problems = content.get("question", []), content.get("problems", {})
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DefenceError(f"{path} has a question that is no entry of a list: write [[question]], with two brackets, above each.")
    if not isinstance(problems, dict) or not all(isinstance(names, list) for names in problems.values()):
        raise DefenceError(f'{path}: [problems] gives an exercise no list of names: write it as in ex1 = ["squares"].')
    reader = _Reader(assignment, path)
    return Defence(tuple(reader.question(number, entry) for number, entry in enumerate(entries, 1)), reader.problems(problems))


def functions_of(exercise: Exercise) -> tuple[str, ...]:
    """The functions that an exercise checks."""
    return tuple(cell.removeprefix("check_") for cell in exercise.cells if cell.startswith("check_"))


def writeups_of(exercise: Exercise) -> tuple[str, ...]:
    """The write-ups of an exercise, by their ``grade_id``."""
    return tuple(cell for cell in exercise.cells if cell.startswith("writeup_"))


class _Reader:
    """Reads the entries of one file."""

    def __init__(self, assignment: Assignment, path: Path) -> None:
        self._assignment, self._path = assignment, path
        self._known: set[str] = set()
        self._exercises = {exercise.identifier: exercise for exercise in assignment.exercises}
        self._exercise_of = {name: exercise for exercise in assignment.exercises for name in functions_of(exercise)}
        self._sentences = {name: declared_sentences(assignment.folder / FOLDER / f"{name}.py") for name in self._exercise_of}
        writeups = assignment.folder / "writeups.toml"
        self._writeups = tomllib.loads(writeups.read_text(encoding="utf-8")) if writeups.exists() else {}

    def question(self, number: int, entry: dict[str, Any]) -> Question:
        """One ``[[question]]``."""
        identifier = self._identifier(number, entry)
        for unknown in sorted(entry.keys() - _ENTRIES):
            raise self._error(identifier, f"has an entry {unknown!r}, which nothing reads: remove it, or correct its name")
        for name in _TEXTS:
            self._require_text(identifier, name, entry.get(name))
        exercise, functions = self._scope(identifier, entry.get("exercise"))
        writeups = writeups_of(exercise)
        when = entry.get("when")
        if not isinstance(when, list) or not when or not all(isinstance(words, str) for words in when):
            raise self._error(identifier, 'has no list of conditions: write for whom it is meant, as in when = ["always"]')
        unless = entry.get("unless", [])
        if not isinstance(unless, list) or not all(isinstance(words, str) and words != ALWAYS for words in unless):
            raise self._error(
                identifier, 'has an unless that is no list of conditions: write it as in unless = ["the sign is wrong"]'
            )
        conditions, exceptions = (
            tuple(self._condition(identifier, words, functions, writeups) for words in each) for each in (when, unless)
        )
        texts = (entry["question"], entry["good"], entry["weak"])
        return Question(identifier, exercise.identifier, functions, writeups, conditions, *texts, exceptions)

    def problems(self, table: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        """What ``[problems]`` says."""
        for exercise, names in table.items():
            if exercise not in self._exercises and exercise not in self._exercise_of:
                raise DefenceError(
                    f"{self._path}: [problems] names {exercise!r}, which is no exercise and no function of assignment.toml: use one of "
                    f"{_listed([*self._exercises, *self._exercise_of])}."
                )
            for name in names:
                if name not in PROBLEMS:
                    raise DefenceError(
                        f"{self._path}: [problems] gives {exercise} the problem {name!r}, which does not exist: use one of "
                        f"{_listed(PROBLEMS)}."
                    )
        return {exercise: tuple(names) for exercise, names in table.items()}

    def _identifier(self, number: int, entry: dict[str, Any]) -> str:
        identifier = entry.get("id")
        if not isinstance(identifier, str) or not identifier.isidentifier():
            raise DefenceError(
                f"{self._path}: question {number} has no id: give it one of letters, digits and _, such as id = {f'question_{number}'!r}."
            )
        if identifier in self._known:
            raise self._error(identifier, "stands there twice: give the second one another id")
        self._known.add(identifier)
        return identifier

    def _scope(self, identifier: str, name: Any) -> tuple[Exercise, tuple[str, ...]]:
        if not isinstance(name, str):
            raise self._error(identifier, 'belongs to no exercise: write its name, as in exercise = "ex1"')
        if name in self._exercises:
            return self._exercises[name], functions_of(self._exercises[name])
        if name in self._exercise_of:
            return self._exercise_of[name], (name,)
        raise self._error(
            identifier,
            f"belongs to {name!r}, which is neither an exercise of assignment.toml nor one of its functions: "
            f"set exercise to one of {_listed([*self._exercises, *self._exercise_of])}",
        )

    def _condition(self, identifier: str, words: str, functions: tuple[str, ...], writeups: tuple[str, ...]) -> Condition:
        if words == ALWAYS:
            return Condition(ALWAYS)
        if words in VERDICTS:
            if not writeups:
                raise self._error(identifier, f"waits for the verdict {words!r}, and its exercise has no write-up: remove it")
            return Condition(VERDICT, words)
        if words.startswith(FALSE_STEP) and words.removeprefix(FALSE_STEP) in STEP_REASONS:
            return Condition(STEP, words.removeprefix(FALSE_STEP))
        for prefix, kind, entry in ((ANSWER_MISSING, ANSWER, "questions"), (WAY_MISSING, WAY, "ways")):
            if words.startswith(prefix):
                return Condition(kind, self._declared(identifier, words.removeprefix(prefix), entry, writeups))
        if any(words in self._sentences[name] for name in functions):
            return Condition(MISTAKE, words)
        if words in ANY_EXERCISE:
            return Condition(ANY_MISTAKE, words)
        if words in self._exercises or words in self._exercise_of:
            return Condition(PART, words)
        raise self._error(
            identifier,
            f"waits for {words!r}, which is no mistake that {' or '.join(f'{FOLDER}/{name}.py' for name in functions)} declares, no "
            f"verdict, no exercise and no function: correct it in when, or use {ALWAYS!r}",
        )

    def _declared(self, identifier: str, words: str, entry: str, writeups: tuple[str, ...]) -> str:
        """An answer or a way that a write-up of the exercise asks for."""
        asked = [each for name in writeups for each in self._writeups.get(name, {}).get(entry, [])]
        names = [each["name"] if isinstance(each, dict) else each for each in asked]
        if words not in names:
            raise self._error(
                identifier,
                f"waits for {words!r}, which writeups.toml does not list among the {entry} of its exercise: use one of {_listed(names)}",
            )
        return words

    def _require_text(self, identifier: str, name: str, text: Any) -> None:
        if not isinstance(text, str) or not text.strip():
            raise self._error(identifier, f"has no {name!r}: write it")
        rest = text
        for formula in reversed(find_formulas(text)):
            try:
                check_formula(formula.source)
            except FormulaError as error:
                raise self._error(
                    identifier, f"has a formula in {name!r} that cannot be typeset, ${formula.source}$ ({error}): correct it"
                ) from error
            rest = rest[: formula.start] + rest[formula.end :]
        if "$" in rest:
            raise self._error(identifier, f"has a dollar in {name!r} that begins or ends no formula: write the other one, too")

    def _error(self, identifier: str, problem: str) -> DefenceError:
        return DefenceError(f"{self._path}: the question {identifier!r} {problem}.")


def _listed(names: Any) -> str:
    return ", ".join(names) or "none"
