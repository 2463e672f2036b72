"""A whole write-up, read from the beginning to the end, and where steps wait, part by part."""

from decimal import localcontext
from functools import partial

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.judging.parts import Alone, take_parts
from matrix_checks.derivations.judging.read_again import NAME_OF_SECOND, read_again
from matrix_checks.derivations.judging.reader import Reader
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.reading.long_gaps import without_long_gaps
from matrix_checks.derivations.values.exercise import Exercise
from matrix_checks.derivations.values.jets import CONTEXT

FAILED = "The reader failed here ({}): what follows was not read. This is its fault and not the text's."


def read_writeup(markdown: str, exercise: Exercise) -> Report:
    """Read a write-up and judge every equality in it. Never raises, whatever the text holds."""
    reader, shortened = Reader(exercise, forgiving=True), without_long_gaps(markdown)
    try:
        with localcontext(CONTEXT):
            reader.read(shortened.text)
            own, known = reader.context.own.union(reader.context.steps), {name for view in exercise.views for name in view.names}
            alone = partial(_alone, exercise=exercise, whole=reader.context)
            # The false steps of a part have their reasons from the whole text.
            take_parts(reader.report, shortened.text, own, known, lambda part, asks: alone(part, explains=False, asks=asks))
            has_layers = any(NAME_OF_SECOND in view.names for view in exercise.views)
            read_again(reader.report, shortened.text, has_layers, lambda text: alone(text, explains=True, asks=True).report)
    except Exception as error:
        # No student may lose marks, and no class its run, by a mistake in this reader.
        reader.report.is_whole = False
        reader.report.notes.append(FAILED.format(type(error).__name__))
    return reader.report if shortened.text == markdown else reader.report.at(shortened.place)


def _alone(part: str, exercise: Exercise, whole: Context, explains: bool, asks: bool) -> Alone:
    reader = Reader(exercise, forgiving=True, explains=explains, asks=asks)
    # How a text names its gradients and writes its letters, and whether it leaves out its sums, is said once.
    reader.context.memory.has_named_gradients = whole.memory.has_named_gradients or whole.memory.names_gradients
    reader.context.memory.sums_repeated = whole.memory.sums_repeated
    reader.context.notation.take_over(whole.notation)
    report, model = reader.read(part), reader.context.own_model
    return Alone(report, frozenset(reader.context.own).union(reader.context.steps, model.view.definitions if model else ()))
