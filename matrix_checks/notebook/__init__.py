"""What the cells of the notebooks call: :class:`Check`, :func:`look` and :func:`heat_map`."""

from matrix_checks.notebook.check import Check
from matrix_checks.notebook.pictures import heat_map, look

__all__ = ["Check", "heat_map", "look"]
