"""The forms of problems, level by level: a new form is a function in one of these modules, with the traps that it has."""

from matrix_checks.practice.forms import algebra, chains, layers
from matrix_checks.practice.forms.registry import FORMS, TRAPS, Draft, Form

__all__ = ["FORMS", "TRAPS", "Draft", "Form", "algebra", "chains", "layers"]
