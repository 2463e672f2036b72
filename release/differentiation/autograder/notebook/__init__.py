"""What the cells of the notebooks call: :class:`Check`, :func:`look` and :func:`heat_map`."""

from autograder.notebook.check import Check
from autograder.notebook.pictures import heat_map, look

__all__ = ["Check", "heat_map", "look"]
