"""A text that is read again with what its names stand for: operators that are products, and the number of each layer for its letter.

A step that waits in the text as it stands is what it is there, in each reading where it was understood, if that is one and the same.
See :mod:`matrix_checks.derivations.reading.operators_written_out` and :mod:`matrix_checks.derivations.reading.layers_written_out`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from matrix_checks.derivations.equality.verdicts import FALSE, FIRST_ORDER, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, STATED
from matrix_checks.derivations.judging.answers import MISSING, REACHED, WRONG
from matrix_checks.derivations.judging.report import Report, Step
from matrix_checks.derivations.reading.formulas import read_pieces
from matrix_checks.derivations.reading.labels_written import labels_in
from matrix_checks.derivations.reading.layers_written_out import have_objects_in_columns, with_each_layer
from matrix_checks.derivations.reading.operators_written_out import with_operators
from matrix_checks.derivations.reading.written_out import WrittenOut

SURE = (HOLDS, STATED)
JUDGED = (HOLDS, OTHER_LAYOUT, FIRST_ORDER, FALSE)
OF_LABELS = "it is false as it stands, and not with what its labels stand for"
AS_IT_STANDS = "it holds as it stands, and not with what its names stand for"
OF_COLUMNS = "it is false in the exercise's layout, and the layers of the text are in another one"
OUTPUTS = ("Y", "y")
# How the reason of a false step begins that has other shapes on its sides, as an entry and an array have.
OF_SHAPES = "the left side is "
# The exercise has two layers.
NAME_OF_SECOND = "W_2"


@dataclass(frozen=True)
class _Read:
    """What was found in a text that was written again.

    Attributes
    ----------
    steps
        Those of the text, by their places.
    said
        The sides of what stands before it.
    is_sure
        Whether all of that was understood.
    answers
        The answers that were found in it.
    letters
        The letters of labels that numbers stand for in it.
    """

    steps: dict[int, Step]
    said: frozenset[tuple[str, str]]
    is_sure: bool
    answers: dict[str, str]
    letters: frozenset[str]

    def changes(self, step: Step, one: Step) -> bool:
        """Whether a step has the letter of a layer, or other names that something stands for here."""
        if self.letters:
            return any(label.base in self.letters for label in labels_in(f"{step.left} {step.right}"))
        return (step.left, step.right) != (one.left, one.right)

    def has_only_named(self, step: Step) -> bool:
        """Whether a step holds as the text's own definition of a name, which is none of those that stand before it."""
        return bool(self.said) and step.verdict == HOLDS and not step.earns and (step.left, step.right) not in self.said


def read_again(report: Report, text: str, has_layers: bool, read: Callable[[str], Report]) -> None:
    """Better a report by what was found in the text as it is written again, in place.

    Parameters
    ----------
    report, text
        What was found in a text.
    has_layers
        Whether the exercise has two layers.
    read
        Reads a text.
    """
    formulas = _formulas(text)
    operators = with_operators(text, formulas)
    if operators:
        _take(report, [_read(operators, read(operators.text))])
    if has_layers:
        numbered = with_each_layer(operators.text, _formulas(operators.text)) if operators else with_each_layer(text, formulas)
        _take(report, [_read(each.of(operators) if operators else each, read(each.text)) for each in numbered])
        if numbered and have_objects_in_columns(formulas):
            _doubt_single_layers(report)


def _formulas(text: str) -> list[tuple[int, str]]:
    return [(piece.inside, piece.written.original) for piece in read_pieces(text).pieces if piece.kind != "prose"]


def _doubt_single_layers(report: Report) -> None:
    """What is said of one layer alone is said in the layout of all layers, where the text does not state it in the exercise's."""
    if any(step.verdict in SURE and step.left in OUTPUTS for step in report.steps):
        return
    doubted = [step for step in report.steps if step.verdict == FALSE and not _has_label(step)]
    report.steps = [
        replace(step, verdict=NOT_UNDERSTOOD, reason=OF_COLUMNS, certificate=()) if step in doubted else step
        for step in report.steps
    ]
    if doubted:
        report.answers.update({question: MISSING for question, answer in report.answers.items() if answer == WRONG})


def _has_label(step: Step) -> bool:
    """Whether a name in a step has a label, which a sign of transposition is not."""
    return any(not (label.is_above and label.base == "T") for label in labels_in(f"{step.left} {step.right}"))


def _take(report: Report, found: Sequence[_Read]) -> None:
    report.steps = [_better(step, found) for step in report.steps]
    if all(step.verdict != FALSE for step in report.steps):
        _take_answers(report, found)


def _read(written: WrittenOut, report: Report) -> _Read:
    places = [(written.place(step.place), step) for step in report.steps if step.place >= 0]
    before = [step for place, step in places if place < 0]
    return _Read(
        steps={place: step for place, step in places if place >= 0},
        said=frozenset((step.left, step.right) for step in before),
        is_sure=written.may_be_false and all(step.verdict in SURE for step in before),
        answers=report.answers,
        letters=written.letters,
    )


def _better(step: Step, found: Sequence[_Read]) -> Step:
    """A step of the text, or what was found of it in each reading where it was understood, if that is one and the same."""
    here = [(read, read.steps[step.place]) for read in found if step.place in read.steps]
    judged = [(read, one) for read, one in here if one.sign == step.sign and one.verdict in JUDGED]
    verdicts = {one.verdict for _, one in judged}
    if step.verdict == HOLDS and verdicts == {FALSE} and all(read.is_sure for read, _ in judged):
        # What holds as a name that is given, or as a rule for anything, does not with what its names stand for.
        return replace(step, verdict=NOT_UNDERSTOOD, reason=AS_IT_STANDS)
    if step.verdict not in (NOT_UNDERSTOOD, FALSE):
        return step
    only_named = all(read.has_only_named(one) for read, one in judged)
    if step.verdict == FALSE and verdicts != {FALSE} and (FALSE in verdicts or only_named):
        # As an entry, or of one of two layers, it is false; of another one, or as a name, it is not.
        is_of_shapes = bool(judged) or step.reason.startswith(OF_SHAPES)
        is_changed = is_of_shapes and any(read.changes(step, one) for read, one in here)
        return replace(step, verdict=NOT_UNDERSTOOD, reason=OF_LABELS, certificate=()) if is_changed else step
    if len(verdicts) != 1 or only_named:
        return step
    if FALSE in verdicts and not all(read.is_sure for read, _ in judged):
        # Where what is said of every layer was not understood, nothing that follows from it is false.
        return step
    best = next((one for _, one in judged if one.earns), judged[0][1])
    return replace(best, left=step.left, right=step.right, start=step.start, place=step.place)


def _take_answers(report: Report, found: Sequence[_Read]) -> None:
    for question, answer in report.answers.items():
        if answer == MISSING and any(read.answers.get(question) == REACHED for read in found):
            report.answers[question] = REACHED
