"""What an index picks: how it is written, how many values it has, and which of them it has here."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values.evaluation import Evaluation
from matrix_checks.derivations.values.jets import Jet, ShapeError
from matrix_checks.derivations.values.names import size_named
from matrix_checks.derivations.values.sample import Unknown


def text_of_index(index: kinds.Node) -> str:
    """An index as it is written."""
    return index.text if isinstance(index, kinds.Name) else str(index.value) if isinstance(index, kinds.Number) else ""


def name_of(node: kinds.Indexed) -> str:
    """The name that an index is taken of; empty where it is taken of an expression."""
    return node.body.text if isinstance(node.body, kinds.Name) else ""


def length_of(body: Jet, position: int, count: int) -> int:
    """How many values an index has."""
    rows, columns = body.shape
    if count == 1:
        return max(rows, columns)
    return rows if columns == 1 or count == 2 and position == 0 else columns


def place_of(evaluation: Evaluation, index: kinds.Node, body: Jet, length: int) -> int:
    """The value of an index, counted from zero."""
    text = text_of_index(index)
    if isinstance(index, kinds.Number):
        place = int(index.value) - 1
    elif text in evaluation.indices:
        place = evaluation.indices[text]
    elif size := size_named(evaluation, text):
        place = evaluation.sample.sizes[size] - 1
    else:
        raise Unknown(text or "an index")
    if not 0 <= place < length:
        raise ShapeError(f"an index leaves {body.shown()}")
    return place
