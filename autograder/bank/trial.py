"""See :mod:`autograder.course.trial`."""

from autograder.course.trial import CheckResult, Trial

__all__ = ["CheckResult", "Trial"]
