"""What travels to students beside the notebooks: NumPy, Matplotlib and IPython are all that it needs.

Imports flow one way: ``checks`` <- ``notebook``; ``derivations`` stands beside them. ``autograder`` stands above, and never
reaches a student.
"""

from matrix_checks.derivations import check_writeup
from matrix_checks.notebook import Check, heat_map, look

__all__ = ["Check", "check_writeup", "heat_map", "look"]
__version__ = "1.0"
