"""Help in steps: what happened is said by the check; then comes a question to think about; then what was probably done."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from matrix_checks.checks.diagnosis import exchanged_outputs
from matrix_checks.checks.judging import Verdict
from matrix_checks.checks.shape_errors import ENTRY_BY_ENTRY

# By words of a diagnosis that holds for any exercise.
QUESTIONS = {
    "the array is transposed": "Which variable does row i of the answer belong to, and which does row i of your array?",
    "the sign is wrong": "When one entry of the argument grows a little, does the result grow or fall?",
    "a factor of 2": "In how many places does the variable stand in the formula, and with which power?",
    "averaged, where a sum": "Who divides by the number of objects or entries: the loss, this function, both, or nobody?",
    "summed, where an average": "Who divides by the number of objects or entries: the loss, this function, both, or nobody?",
    "numerator layout": "Which shape does the docstring ask for, and which of the two layouts has it?",
    "axis of length one": "Which shape does each step of your line have, and which shape does the docstring ask for?",
    "approximated": "Is what the function computes equal to the formula, or only near it?",
    "finite difference": "Is what the function computes equal to the formula, or only near it?",
}
OF_THE_ORDER = "In which order does the docstring name the results?"
OF_ENTRY_BY_ENTRY = (
    "Should entries meet one by one here? Then which axis was lost, and how is it kept? If not, which product belongs here?"
)
OF_SHAPES = "Write the shape of each factor below the line that raised: in which order do they give the shape of the result?"
OF_ANOTHER_FAILURE = "Which kind and which shape does each name have in the line that raised, and which did you expect?"
OF_A_NAME = "Where is the name that the exception speaks of given a value, and is it written in the same way there?"
OF_SOME_ENTRIES = "Some entries are right and others are not: what do the right ones have in common?"
OF_THE_SHAPE = "Which sizes should the answer have, and which has yours? Which axis should be summed away, and which kept?"
OF_A_NUMBER = "Compute the smallest case by hand, term by term. Which term differs in your code?"
OF_ALL_ENTRIES = "Compute one entry of the smallest case by hand, term by term. Which term differs in your code?"


@dataclass
class Hints:
    """The steps of help after a check.

    Attributes
    ----------
    question
        To think about; empty where there is none.
    sentences
        What was probably done.
    """

    question: str = ""
    sentences: list[str] = field(default_factory=list)
    _given: int = 0

    def all(self) -> list[str]:
        """Every step, as lines of a check."""
        return ([f"  ? {self.question}"] if self.question else []) + [f"  → {sentence}" for sentence in self.sentences]

    def invitation(self) -> list[str]:
        """How to ask for the steps; nothing where there are none."""
        if not self._steps():
            return []
        further = "; asked again, it says what was probably done" if self.question and self.sentences else ""
        first = "asks a question that may help" if self.question else "says what was probably done"
        return [f"  ? check.hint() in a new cell {first}{further}."]

    def next(self) -> str:
        """The next step, in words."""
        steps = self._steps()
        if not steps:
            return "There is no hint beyond what the check says."
        if self._given == len(steps):
            return "That was the last hint."
        self._given += 1
        return steps[self._given - 1]

    def _steps(self) -> list[str]:
        return [step for step in (self.question, "\n".join(self.sentences)) if step]


def question_for(visible: list[Verdict], sentences: list[str]) -> str:
    """A question to think about.

    Parameters
    ----------
    visible
        The verdicts of the cases that students may see: of no other anything is asked.
    sentences
        What was probably done. Where one of them holds for any exercise, there is a question for it.
    """
    return next(_questions(visible, sentences), "")


def _questions(visible: list[Verdict], sentences: list[str]) -> Iterator[str]:
    """Those that are to the point, the best one first."""
    failures = [verdict.outcomes[0].failure for verdict in visible if verdict.outcomes]
    shapes = [failure.shapes for failure in failures if failure is not None and failure.shapes]
    if shapes and ENTRY_BY_ENTRY in shapes[0]:
        yield OF_ENTRY_BY_ENTRY
    if shapes and "multiplied" in shapes[0]:
        yield OF_SHAPES
    if any(failure is not None and failure.kind in ("NameError", "UnboundLocalError") for failure in failures):
        yield OF_A_NAME
    if any(failure is not None for failure in failures):
        yield OF_ANOTHER_FAILURE
    if exchanged_outputs([reading for verdict in visible for reading in verdict.readings]):
        yield OF_THE_ORDER
    yield from (question for words, question in QUESTIONS.items() if any(words in sentence for sentence in sentences))
    failed = next((verdict for verdict in visible if not verdict.passed), None)
    passed = next((verdict for verdict in visible if verdict.passed), None)
    # What a property of a case allows says little about the next one.
    if failed and passed and failed.case.holds is None:
        yield f'The case "{passed.case.label}" passes and "{failed.case.label}" does not: what is different between them?'
    wrong = [reading for verdict in visible for reading in verdict.readings if reading.wrong]
    if any(reading.actual.shape != reading.expected.shape for reading in wrong):
        yield OF_THE_SHAPE
    if any(reading.actual.shape == reading.expected.shape and _some_right(reading.actual, reading.expected) for reading in wrong):
        yield OF_SOME_ENTRIES
    if wrong:
        yield OF_ALL_ENTRIES if any(reading.expected.size > 1 for reading in wrong) else OF_A_NUMBER


def _some_right(actual: np.ndarray, expected: np.ndarray) -> bool:
    """Whether an entry is right that is not zero: a zero comes out of many formulas."""
    return bool(np.any(np.isclose(actual, expected, rtol=1e-9, atol=0) & (expected != 0)))
