"""Which letters with one index may be rows or columns of matrices: ``a_i`` and ``A_i``."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values.exercise import View


def has_matrices(view: View) -> bool:
    """Whether a variable is a matrix."""
    return any("1" not in shape for shape in view.variables.values())


def line_of(view: View, node: kinds.Indexed) -> str:
    """The letter of ``a_i``, where that may be a row or a column of ``A``."""
    text = node.body.text if isinstance(node.body, kinds.Name) and len(node.indices) == 1 else ""
    upper = text.upper()
    if len(text) != 1 or upper == text or text in view.names:
        return ""
    matrix = view.matrix_of(text)
    return text if "1" not in view.variables.get(matrix, ("1",)) or matrix in view.definitions else ""


def takes_row(view: View, node: kinds.Indexed) -> bool:
    """Whether it is ``A_i``, a row of a matrix."""
    if len(node.indices) != 1 or not isinstance(node.body, kinds.Name):
        return False
    name = view.aliases.get(node.body.text, node.body.text)
    defined = name in view.definitions and not view.definitions[name][0].indices
    return "1" not in view.variables.get(name, ("1",)) or (defined and has_matrices(view))
